# ./dev coverage: runs every test program on a build that counts, and says room by room what was reached.
main() {
    install_packages build run test
    ensure_node
    web_build
    compile coverage tests
    node tools/dev/coverage.mjs
}
