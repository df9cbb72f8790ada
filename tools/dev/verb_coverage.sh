# ./dev coverage: runs every test program on a build that counts, says room by room what was reached, and fails below what is promised.
main() {
    install_packages build run test
    ensure_node
    web_build
    compile coverage tests
    node tools/dev/coverage.mjs
}
