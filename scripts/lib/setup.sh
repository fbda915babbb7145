# Sourced by the scripts beside it: says what is being done, and installs what is missing on a Debian machine.

set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
# How the program is built that is shipped: Swift's own libraries are in it, so that an image needs none of them.
plain=(-c release --static-swift-stdlib)
# Swift's own linker packs 1.1 MB of relocations, which would be read at each start, into a few KB, which glibc 2.36
# understands; and nobody asks a program for the names in it.
plain+=(-Xswiftc -use-ld=lld -Xlinker -z -Xlinker pack-relative-relocs -Xlinker --no-export-dynamic)

# A section for each function lets the linker leave out what nobody calls, keep one of those that are the same, and lay
# beside each other what calls each other.
plain+=(-Xswiftc -Xfrontend -Xswiftc -function-sections -Xlinker --icf=safe)

shipped=("${plain[@]}")
# Which code of the server runs often, as `scripts/profile` saw it. What runs is laid together and the rest put aside, so
# that a review takes a tenth less of the processor's time.
profile=$root/scripts/lib/server.proftext
# Which values there were is not recorded: names of files of the machine would be among them.
no_values=(-Xswiftc -Xllvm -Xswiftc -disable-vp)

# find_toolchain: where the compiler's tools are, beside its libraries, wherever the `swift` on the PATH leads.
find_toolchain() {
    toolchain=$(swiftc -print-target-info | sed -n 's|.*"runtimeResourcePath": "\(.*\)/lib/swift[^"]*".*|\1/bin|p')
}

# use_shipped: fills in `shipped` what depends on where the compiler is.
use_shipped() {
    mkdir -p "$root/.build"
    find_toolchain
    link_cxx
    use_profile
}

# link_cxx: has the C++ library, of which Swift's own use little, taken into the program: a process then maps 2.7 MB less,
# and an image needs one package less.
link_cxx() {
    local archive folder=$root/.build/static
    # Where the compiler has none it prints the name alone, and some toolchains have no clang: the program then asks for the
    # shared one.
    archive=$("$toolchain/clang" -print-file-name=libstdc++.a 2>/dev/null) || return 0
    if [ ! -f "$archive" ]; then return; fi
    mkdir -p "$folder"
    ln -sf "$archive" "$folder/libstdc++.a"
    shipped+=(-Xlinker "-L$folder")
}

# use_profile: has what is built as it is shipped compiled by the profile.
use_profile() {
    local translated=$root/.build/server.profdata
    # The text is the same for each version of the compiler, what it is translated to is not.
    if ! "$toolchain/llvm-profdata" merge -o "$translated.$$" "$profile"; then
        echo "the compiler does not take $profile: what is shipped will be some percent slower" >&2
        return
    fi
    # An object is written again only when its source has changed.
    if ! cmp -s "$translated.$$" "$translated"; then rm -rf "$root"/.build/*/release "$root"/Benchmarks/.build/*/release; fi
    mv "$translated.$$" "$translated"
    shipped+=(-Xswiftc -Xfrontend -Xswiftc "-ir-profile-use=$translated" "${no_values[@]}")
    # A function that has changed since, or is gone, is no mistake.
    shipped+=(-Xswiftc -Xllvm -Xswiftc -no-pgo-warn-mismatch -Xlinker -z -Xlinker keep-text-section-prefix)
}

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
