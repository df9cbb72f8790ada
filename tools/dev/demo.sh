#!/usr/bin/env bash
# demo.sh ADDRESS SERVER_PID: sends a moving test picture with a clock and a beep each second, until the server is gone.
set -u
address=$1 server=$2 encoder=''
trap '[ -z "$encoder" ] || kill "$encoder" 2>/dev/null; exit 0' TERM INT

font=/usr/share/fonts/truetype/dejavu/DejaVuSansMono-Bold.ttf
clock="drawtext=fontfile=$font:text='%{localtime\\:%H\\\\\\:%M\\\\\\:%S}':fontsize=96:fontcolor=white:box=1:boxcolor=black@0.6:boxborderw=20:x=(w-tw)/2:y=h-190"
title="drawtext=fontfile=$font:text='AeThex LIVE':fontsize=40:fontcolor=white:box=1:boxcolor=black@0.6:boxborderw=12:x=(w-tw)/2:y=60"

while kill -0 "$server" 2>/dev/null; do
    ffmpeg -hide_banner -nostdin -loglevel error -re \
        -f lavfi -i 'testsrc2=size=1280x720:rate=30' -f lavfi -i 'sine=frequency=220:beep_factor=4:sample_rate=48000' \
        -vf "$clock,$title" -c:v libx264 -preset veryfast -tune zerolatency -pix_fmt yuv420p -g 60 -keyint_min 60 -sc_threshold 0 \
        -b:v 2500k -maxrate 2500k -bufsize 2500k -c:a aac -b:a 128k -ac 2 -f flv "$address" &
    encoder=$!
    wait "$encoder"
    encoder=''
    sleep 2
done
