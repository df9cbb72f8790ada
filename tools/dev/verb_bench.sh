# ./dev bench [NAME] [--smoke]: side by side with the peers, on the release build; --smoke shows that our side of each works (3 s, no peers).
main() {
    local preset=release sets=(build run test)
    case " $* " in
        *' --smoke '*) preset=dev ;;
        *) sets+=(bench) ;;
    esac
    install_packages "${sets[@]}"
    ensure_node
    npm_packages tests/system
    [ "$preset" = dev ] || npm_packages bench/next
    web_build
    compile "$preset" aethex benches
    AE_PRESET=$preset node tools/dev/bench.mjs "$@"
}
