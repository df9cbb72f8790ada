# Node: 20 or later builds the web app, packs it into the server and runs the checks. Debian 12 has 18, whose npm is good enough to
# fetch npm's own `node` package; that lives in build/tools and is used by this script alone.

node_home=build/tools/node

node_is_new_enough() {
    local version
    version=$(node --version 2>/dev/null) || return 1
    version=${version#v}
    [ "${version%%.*}" -ge 20 ] && command -v npm >/dev/null
}

# ensure_node: after it, `node` is 20 or later and `npm` is there.
ensure_node() {
    PATH="$PWD/$node_home/node_modules/.bin:$PATH"
    export PATH
    hash -r
    # npm's Node brings its own certificates; Debian's trusts what the machine trusts, and so shall this one.
    if [ -z "${NODE_EXTRA_CA_CERTS:-}" ] && [ -r /etc/ssl/certs/ca-certificates.crt ]; then
        export NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt
    fi
    node_is_new_enough && return 0
    if ! command -v npm >/dev/null; then
        say "Node 20 or later is missing: Debian's nodejs and npm will be installed, and with them npm's node@22 into $node_home."
        quietly "installing npm" apt_install nodejs npm
    else
        say "Node here is older than 20: npm's node@22 will be installed into $node_home."
    fi
    mkdir -p "$node_home"
    quietly "installing node@22" npm install --prefix "$node_home" --no-audit --no-fund --loglevel=error node@22 npm@10
    hash -r
    node_is_new_enough || die "npm installed node@22 into $node_home, but \`node --version\` still answers: $(node --version 2>&1)."
}
