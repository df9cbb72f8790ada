# ./dev fuzz [TARGET] [--seconds N] [--keep]: libFuzzer over the kept corpus of each target (fuzz/corpus/TARGET).
main() {
    local target='' argument
    for argument in "$@"; do
        case $argument in
            --* | [0-9]*) ;;
            *) target=$argument ;;
        esac
    done
    install_packages build
    ensure_node
    configure fuzz
    if [ -n "$target" ]; then compile fuzz "fuzz_$target"; else compile fuzz fuzzers; fi
    node tools/dev/fuzz.mjs "$@"
}
