// Real encoders, each as its users run it, sending a prepared file in real time.
import { Child } from './processes.mjs';

/** ffmpeg, copying the prepared file round and round. `reconnects`: through its fifo muxer, which dials again. */
export function ffmpeg(url, { file }, { reconnects = false, loop = true, extra = [] } = {}) {
    const source = ['-re', ...(loop ? ['-stream_loop', '-1'] : []), '-i', file, '-c', 'copy', '-map', '0', ...extra];
    const sink = reconnects
        ? ['-f', 'fifo', '-fifo_format', 'flv', '-attempt_recovery', '1', '-recover_any_error', '1', '-recovery_wait_time', '0.3',
            '-drop_pkts_on_overflow', '1', '-restart_with_keyframe', '1', '-format_opts', 'flvflags=no_duration_filesize', url]
        : ['-flvflags', 'no_duration_filesize', '-f', 'flv', url];
    return new Child('ffmpeg', ['-hide_banner', '-nostdin', '-loglevel', 'info', ...source, ...sink]);
}

/** GStreamer; `sink` is `rtmp2sink` (its own client) or `rtmpsink` (librtmp). */
export function gstreamer(url, { file }, sink) {
    const location = sink === 'rtmpsink' ? `${url} live=1` : url;
    return new Child('gst-launch-1.0', ['-e', 'filesrc', `location=${file}`, '!', 'flvdemux', 'name=in',
        'in.video', '!', 'queue', '!', 'h264parse', '!', 'flvmux', 'name=out', 'streamable=true', '!', sink, `location=${location}`,
        'in.audio', '!', 'queue', '!', 'aacparse', '!', 'out.']);
}
