# ./dev soak [--minutes N]: the long tests of the system alone: a broadcast that goes on, watched for growth.
main() {
    local minutes=30
    [ "${1:-}" = --minutes ] && minutes=${2:-30}
    install_packages build run test
    ensure_node
    npm_packages tests/system
    web_build
    compile release aethex
    AE_PRESET=release AE_SOAK_MINUTES=$minutes node tests/system/run.mjs --full soak
}
