# What the verbs share: speaking, timing, being root.

say() { printf '%s\n' "$*"; }
die() { say "$*" >&2; exit 1; }

# step LABEL COMMAND...: says what begins, runs it with its output as it comes, says how long it took.
step() {
    local label=$1 began=$SECONDS status=0
    shift
    say "== $label"
    "$@" || status=$?
    if [ "$status" -eq 0 ]; then
        say "   $label: $((SECONDS - began)) s"
    else
        say "   $label: failed after $((SECONDS - began)) s"
    fi
    return "$status"
}

# quietly LABEL COMMAND...: the same, with the output in build/logs; a line of progress every ten seconds, the end of the log on failure.
quietly() {
    local label=$1 began=$SECONDS said=$SECONDS status=0 log job
    shift
    mkdir -p build/logs
    log="build/logs/$(printf '%s' "$label" | tr -cs 'a-zA-Z0-9' '-').log"
    say "== $label"
    "$@" >"$log" 2>&1 </dev/null &
    job=$!
    while kill -0 "$job" 2>/dev/null; do
        sleep 0.2
        if [ $((SECONDS - said)) -ge 10 ]; then
            said=$SECONDS
            say "   ... $((SECONDS - began)) s: $(grep -v "^[[:space:]]*$" "$log" | tail -n 1 | tr -d "\r" | cut -c1-110)"
        fi
    done
    wait "$job" || status=$?
    if [ "$status" -eq 0 ]; then
        say "   $label: $((SECONDS - began)) s"
    else
        tail -n 40 "$log"
        say "   $label: failed after $((SECONDS - began)) s; all of it is in $log"
    fi
    return "$status"
}

# The superuser, for packages alone.
as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo "$@"
    else
        die "This needs root and there is no sudo; as root, run: $*"
    fi
}

source tools/dev/packages.sh
source tools/dev/node.sh
source tools/dev/build.sh
