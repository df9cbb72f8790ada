# ./dev gen: writes everything generated again, from the programs as they are now.
main() {
    install_packages build
    ensure_node
    npm_packages web
    compile dev aethex generators
    step 'writing what is generated' node tools/check/generate.mjs
}
