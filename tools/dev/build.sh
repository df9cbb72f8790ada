# Building: one CMake preset a folder in build/, and the web app.

export NINJA_STATUS='   [%f/%t %es] '

# configure PRESET: makes the build files, again where a CMake file or the set of sources changed.
configure() {
    if [ -f "build/$1/build.ninja" ]; then
        ninja -C "build/$1" build.ninja >/dev/null 2>&1 || quietly "configuring $1" cmake --preset "$1"
    else
        quietly "configuring $1" cmake --preset "$1"
    fi
}

# compile PRESET TARGET...
compile() {
    local preset=$1
    shift
    configure "$preset"
    step "building $preset: $*" nice cmake --build "build/$preset" --target "$@"
}

# test_target ROOM [PRESET]: its test program; media/hls, media_hls and hls are the same room.
test_target() {
    local name=${1//\//_} found
    found=$(ninja -C "build/${2:-dev}" -t targets all | sed -n "s/^\(test_\(.*_\)\?$name\): .*/\1/p" | head -n 1)
    [ -n "$found" ] || die "There is no room '$1' with tests; rooms are listed in src/CMakeLists.txt."
    printf '%s' "$found"
}

# newer_than STAMP PATH...: is any file in these paths newer than the stamp (or is there no stamp)?
newer_than() {
    local stamp=$1
    shift
    [ -e "$stamp" ] || return 0
    [ -n "$(find "$@" \( -name node_modules -o -name dist -o -name .vite -o -name coverage \) -prune -o -type f -newer "$stamp" -print -quit 2>/dev/null)" ]
}

# npm_packages FOLDER: what its package-lock.json names, exactly.
npm_packages() {
    [ -f "$1/package-lock.json" ] || return 0
    newer_than "$1/node_modules/.package-lock.json" "$1/package-lock.json" || return 0
    quietly "installing the packages of $1" npm ci --prefix "$1" --no-audit --no-fund --loglevel=error
    touch "$1/node_modules/.package-lock.json"
}

# web_build: web/dist, when something it is made of is newer.
web_build() {
    [ -f web/package.json ] || return 0
    npm_packages web
    newer_than web/dist/assets.json web api || return 0
    quietly "building the web app" nice npm run --prefix web build
}
