# ./dev run [--demo] [-- FLAGS]: installs, builds, starts the server on its embedded defaults with its data in ./data, and says where to
# watch and where to send. It builds the preset `release`, the server alone: what people run is what they see here.
main() {
    local demo='' sets=(build)
    while [ $# -gt 0 ]; do
        case $1 in
            --demo) demo=yes ;;
            --) shift; break ;;
            *) die "./dev run knows --demo, and flags of \`aethex serve\` behind --, not $1" ;;
        esac
        shift
    done
    [ -z "$demo" ] || sets+=(run)
    install_packages "${sets[@]}"
    ensure_node
    web_build
    compile release aethex
    serve "$demo" "$@"
}

aethex() { build/release/aethex "$@" --data data; }

serve() {
    local demo=$1 status=0
    shift
    mkdir -p data
    rm -f data/addresses.json
    server_pid='' demo_pid=''
    trap stop_all EXIT
    trap 'exit 130' INT TERM
    build/release/aethex serve --data data "$@" &
    server_pid=$!
    wait_until_ready || exit 1
    channel_of my-channel 'My channel'
    say_where my-channel
    if [ -n "$demo" ]; then
        channel_of demo-channel 'Demo'
        bash tools/dev/demo.sh "$(address rtmp)/$(field streamKey demo-channel)" "$server_pid" &
        demo_pid=$!
        say "  The demo channel is on the air:  $(address http)/streams/demo-channel"
        say ''
    fi
    wait "$server_pid" || status=$?
    server_pid=''
    return "$status"
}

# Ends what this script started, the picture first.
stop_all() {
    local pid
    for pid in $demo_pid $server_pid; do
        kill -TERM "$pid" 2>/dev/null || continue
        wait "$pid" 2>/dev/null || true
    done
}

# The server writes its addresses once it listens.
wait_until_ready() {
    local tries
    for ((tries = 0; tries < 300; tries++)); do
        [ -s data/addresses.json ] && return 0
        kill -0 "$server_pid" 2>/dev/null || return 1
        sleep 0.1
    done
    say 'The server did not say its addresses within 30 s.'
    return 1
}

address() { node -p 'JSON.parse(require("fs").readFileSync("data/addresses.json"))[process.argv[1]]' "$1"; }

# field NAME SLUG: of a channel, as the server tells it to its owner.
field() { aethex channel show "$2" --json | node -p 'JSON.parse(require("fs").readFileSync(0))[process.argv[1]]' "$1"; }

# channel_of SLUG NAME: makes the channel the first time.
channel_of() { aethex channel show "$1" --json >/dev/null 2>&1 || aethex channel create "$2" --slug "$1" --json >/dev/null; }

say_where() {
    say "  Your channel:          $(address http)/streams/$1"
    say ''
    say '  In OBS: Settings > Stream > Service "Custom...", then paste'
    say "    Server:              $(address rtmp)"
    say "    Stream Key:          $(field streamKey "$1")"
    say '  and in Settings > Output: keyframe interval 2 s. Press Ctrl-C here to stop.'
    say ''
}
