# ./dev install [SET ...]: the package sets named, or all that building, running and testing need.
main() {
    local sets=("$@")
    [ ${#sets[@]} -gt 0 ] || sets=(build run test)
    install_packages "${sets[@]}"
    ensure_node
    say "Installed: ${sets[*]}; node $(node --version)."
}
