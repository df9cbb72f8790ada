# ./dev build [PRESET] [TARGET ...]: everything of a preset that is run or tested, or the targets named.
main() {
    local preset=${1:-dev} targets
    [ $# -gt 0 ] && shift
    install_packages build
    ensure_node
    targets=("$@")
    if [ ${#targets[@]} -eq 0 ]; then
        case $preset in
            release) targets=(aethex benches) ;;
            fuzz) targets=(fuzzers) ;;
            dev) targets=(aethex tests benches headers_alone) ;;
            *) targets=(aethex tests) ;;
        esac
    fi
    web_build
    compile "$preset" "${targets[@]}"
}
