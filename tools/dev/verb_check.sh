# ./dev check [--all]: everything a tool can say about the source. Builds what the drift checks ask (the server, the generators).
main() {
    install_packages build check
    ensure_node
    web_build
    compile dev aethex generators
    node tools/check/check.mjs "$@"
}
