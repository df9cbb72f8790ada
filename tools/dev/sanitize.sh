# What asan and tsan share: a preset, its test programs, and what the sanitizers are told.
sanitize() {
    local preset=$1 room=${2:-}
    install_packages build run test
    ensure_node
    web_build
    configure "$preset"
    if [ -n "$room" ]; then
        compile "$preset" "$(test_target "$room" "$preset")"
    else
        npm_packages tests/system
        compile "$preset" tests aethex
    fi
    node tools/dev/sanitize.mjs "$preset" $room
}
