# Sourced by the scripts beside it: says what is being done, and installs what is missing on a Debian machine.

set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
# How the program is built that is shipped: Swift's own libraries are in it, so that an image needs none of them.
shipped=(-c release --static-swift-stdlib)
# Swift's own linker packs 1.1 MB of relocations, which would be read at each start, into a few KB, which glibc 2.36
# understands; and nobody asks a program for the names in it.
shipped+=(-Xswiftc -use-ld=lld -Xlinker -z -Xlinker pack-relative-relocs -Xlinker --no-export-dynamic)

# install_missing PACKAGE COMMAND-THAT-SUCCEEDS-WHEN-IT-IS-THERE...
install_missing() {
    local package=$1
    shift
    if "$@" >/dev/null 2>&1; then return; fi
    echo "installing $package"
    local as_root=()
    if [ "$(id -u)" -ne 0 ]; then as_root=(sudo); fi
    if [ -z "${apt_updated:-}" ]; then
        "${as_root[@]}" apt-get update -qq
        apt_updated=yes
    fi
    DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get install -y -qq --no-install-recommends "$package" >/dev/null
}

require_swift() {
    if command -v swift >/dev/null; then return; fi
    echo "swift is not on the PATH: install Swift 6.2 or later from https://www.swift.org/install/linux/" >&2
    exit 1
}

# What a build needs; then what the demo and the integration tests drive the sandbox with.
install_build_tools() {
    require_swift
    install_missing pkg-config command -v pkg-config
    install_missing libssl-dev pkg-config --exists openssl
    install_missing libyaml-dev pkg-config --exists yaml-0.1
}

install_kubectl() {
    install_missing kubernetes-client command -v kubectl
}
