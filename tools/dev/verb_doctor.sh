# ./dev doctor: looks at this machine and says what would be in the way.
problems=0
main() {
    PATH="$PWD/${node_home:?}/node_modules/.bin:$PATH"
    about 'system' "$(. /etc/os-release && printf '%s' "$PRETTY_NAME"), $(nproc) cores, $(awk '/MemTotal/ {printf "%.0f", $2 / 1048576}' /proc/meminfo) GiB"
    look 'memory' "[ $(awk '/MemTotal/ {print int($2 / 1048576)}' /proc/meminfo) -ge 3 ]" 'enough to compile' 'less than 4 GiB: the build may run out of it (ninja -j1 helps)'
    look 'disk' "[ $(df --output=avail -k . | tail -n 1) -ge 6000000 ]" 'at least 6 GB are free here' 'less than 6 GB are free here: all presets together need that'
    about 'compiler' "$(first_line clang++-19 --version)"
    look 'node' node_is_new_enough "$(first_line node --version), npm $(first_line npm --version)" 'older than 20 or not there: ./dev installs it into build/tools'
    local set
    for set in build run test check full bench; do packages_are_there "$set"; done
    look_at_port 8080 'the web'
    look_at_port 1935 'RTMP'
    look 'descriptors' "[ $(ulimit -n) -ge 4096 ]" "$(ulimit -n) a process" "$(ulimit -n) a process: many viewers need more (ulimit -n)"
    look 'data' '[ ! -e data ] || [ -w data ]' 'the folder ./data can be written' 'the folder ./data belongs to somebody else'
    [ "$problems" -eq 0 ] && say 'Nothing is in the way.' || say "$problems of these may be in the way."
}

first_line() { "$@" 2>/dev/null | head -n 1 || true; }
about() { printf '  --   %-12s %s\n' "$1" "${2:-not there}"; }

# look WHAT TEST GOOD BAD
look() {
    if eval "$2"; then
        printf '  ok   %-12s %s\n' "$1" "$3"
    else
        printf '  LOOK %-12s %s\n' "$1" "$4"
        problems=$((problems + 1))
    fi
}

packages_are_there() {
    local missing names
    mapfile -t names < <(packages_of "$1")
    missing=$(missing_of "${names[@]}" | tr '\n' ' ')
    case $1 in
        full | bench) about "for $1" "${missing:+installed when asked for: }${missing:-all there}" ;;
        *) look "for $1" "[ -z '$missing' ]" 'all packages are there' "not yet: $missing(./dev install $1)" ;;
    esac
}

# Whoever listens there would keep the server from it.
look_at_port() {
    local hex
    hex=$(printf ':%04X ' "$1")
    look "port $1" "! cat /proc/net/tcp /proc/net/tcp6 2>/dev/null | grep -q -- '$hex.* 0A '" "free, for $2" "somebody listens there; $2 needs it, or another: ./dev run -- --http.listen 127.0.0.1:8081"
}
