#!/usr/bin/env bash
# Run as root: installs Debian packages without letting any of them start a service, now or at the next boot. A test starts its own
# PostgreSQL, nginx and Prometheus on free ports; a newcomer's port 80 is none of our business.
set -euo pipefail

policy=/usr/sbin/policy-rc.d
clusters=/etc/postgresql-common/createcluster.d/aethex-dev.conf
services=(memcached nginx postgresql prometheus prometheus-node-exporter swift-account swift-container swift-object swift-proxy)
ours=()
for service in "${services[@]}"; do
    [ -e "/lib/systemd/system/$service.service" ] || ours+=("$service")
done

tidy_up() {
    rm -f "$clusters"
    if [ -n "${wrote_policy:-}" ]; then rm -f "$policy"; fi
    for service in "${ours[@]}"; do
        if [ -e "/lib/systemd/system/$service.service" ] && command -v systemctl >/dev/null; then
            systemctl disable --quiet "$service" >/dev/null 2>&1 || true
        fi
    done
}
trap tidy_up EXIT

if [ ! -e "$policy" ]; then
    wrote_policy=yes
    printf '#!/bin/sh\nexit 101\n' >"$policy"
    chmod 755 "$policy"
fi
if [[ " $* " == *' postgresql'* ]]; then
    mkdir -p "$(dirname "$clusters")"
    echo 'create_main_cluster = false' >"$clusters"
fi

export DEBIAN_FRONTEND=noninteractive
apt-get install -y -q --no-install-recommends -o Dpkg::Use-Pty=0 -o Dpkg::Options::=--force-confold "$@"
