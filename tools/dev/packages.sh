# Debian packages: the lists in tools/packages, one package a line. Nothing that is installed here starts a service.

# packages_of SET...: the names in these lists.
packages_of() {
    local set
    for set in "$@"; do
        [ -f "tools/packages/$set.txt" ] || die "There is no package set '$set' in tools/packages."
        sed -e 's/#.*//' -e '/^[[:space:]]*$/d' "tools/packages/$set.txt"
    done | sort -u
}

# missing_of NAME...: those that are not installed, in one question to dpkg.
missing_of() {
    comm -23 <(printf '%s\n' "$@" | sort -u) <(dpkg-query -W -f '${Package} ${db:Status-Status}\n' 2>/dev/null | sed -n 's/ installed$//p' | sort -u)
}

# install_packages SET...: what is missing of these lists.
install_packages() {
    local names missing
    command -v dpkg-query >/dev/null || die "./dev installs on Debian 12 and later; elsewhere install what tools/packages lists, then call the build by hand."
    mapfile -t names < <(packages_of "$@")
    mapfile -t missing < <(missing_of "${names[@]}")
    [ ${#missing[@]} -eq 0 ] && return 0
    say "These ${#missing[@]} Debian packages are missing and will be installed now:"
    printf '%s\n' "${missing[*]}" | fold -s -w 110 | sed 's/^/   /'
    as_root true
    quietly "installing ${#missing[@]} packages" apt_install "${missing[@]}"
}

apt_install() {
    # A list from before an upgrade of the archive names files that are gone: refresh it and try once more.
    if ! ls /var/lib/apt/lists/*Packages* >/dev/null 2>&1; then as_root apt-get update -q; fi
    as_root bash tools/packages/install.sh "$@" || { as_root apt-get update -q && as_root bash tools/packages/install.sh "$@"; }
}
