# ./dev test [ROOM] [--full]: one build, then every test.
main() {
    local room='' full='' argument
    for argument in "$@"; do
        case $argument in
            --full) full=--full ;;
            -*) die "./dev test knows --full alone, not $argument" ;;
            *) room=$argument ;;
        esac
    done
    install_packages build run test ${full:+full}
    ensure_node
    build_for "$room"
    node tools/dev/test.mjs ${room:+"$room"} $full
}

# The whole takes the web app and C++ at once: the rooms below `app` do not see web/dist.
build_for() {
    local target
    case $1 in
        '') build_all ;;
        tools) ;;
        house) npm_packages web && compile dev headers_alone generators aethex ;;
        web) npm_packages web ;;
        system) npm_packages tests/system && web_build && compile dev aethex system_tools ;;
        *)
            configure dev
            target=$(test_target "$1")
            compile dev "$target"
            ;;
    esac
}

build_all() {
    local web status=0
    configure dev
    { npm_packages tests/system && web_build; } &
    web=$!
    step 'building the rooms' nice cmake --build build/dev --target rooms headers_alone || status=$?
    wait "$web" || status=$?
    [ "$status" -eq 0 ] || return "$status"
    compile dev aethex tests system_tools generators
}
