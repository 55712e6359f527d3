# The Debian packages Fairlead needs, by profile; sourced after require_debian.
# shellcheck shell=bash

# What the programs need to run once they are built. The names of libraries differ between
# releases because a library's version is part of its package's name.
packages_run() {
    echo fontconfig fonts-dejavu-core fonts-open-sans
    echo libqt6widgets6 libqt6charts6 libqt6svg6 libqt6svgwidgets6 libqt6printsupport6 libqt6dbus6
    echo libsodium23 libpango-1.0-0 libpangocairo-1.0-0 libcairo2 zlib1g
    case $codename in
        bookworm) echo libicu72 libssl3 libfmt9 libqpdf29 libboost-json1.81.0 ;;
        trixie) echo libicu76 libssl3t64 libfmt10 libqpdf30 libboost-json1.83.0 qt6-svg-plugins ;;
    esac
}

packages_build() {
    packages_run
    echo build-essential cmake ninja-build pkg-config ccache mold git dpkg-dev file
    echo debian-archive-keyring tcl # SQLCipher: signatures, and generating its amalgamation
    echo libssl-dev libsodium-dev libicu-dev libfmt-dev libcli11-dev libtomlplusplus-dev
    echo libpango1.0-dev libcairo2-dev libfontconfig-dev libqpdf-dev zlib1g-dev
    echo qt6-base-dev qt6-base-dev-tools qt6-charts-dev qt6-svg-dev
    echo qt6-tools-dev qt6-tools-dev-tools qt6-l10n-tools
    echo libgl-dev libvulkan-dev libxkbcommon-dev
    case $codename in
        # Qt6Charts' CMake file asks for Qt6OpenGL, which its package does not bring.
        bookworm) echo libboost1.81-dev libboost-json1.81-dev libqt6opengl6-dev ;;
        trixie) echo libboost1.83-dev libboost-json1.83-dev librapidfuzz-cpp-dev ;;
    esac
}

packages_all() {
    packages_build
    [ "$codename" = bookworm ] || echo catch2
    echo python3 xvfb xauth xdotool x11-utils openbox imagemagick dbus at-spi2-core python3-gi gir1.2-atspi-2.0
    echo poppler-utils qpdf
    echo binutils strace # what the programs do to files and sockets
    echo gnupg           # a signer who is made up, for the test of how sources are fetched
    echo clang-19 clang-tidy-19 clang-tools-19 clang-format-19 libclang-rt-19-dev llvm-19
}

# packages PROFILE: one name a line.
packages() { "packages_$1" | tr ' ' '\n' | sort -u; }

# missing_packages PROFILE: those of them that are not installed.
missing_packages() {
    local have
    have=$(dpkg-query -W -f '${db:Status-Status} ${Package}\n' | awk '$1 == "installed" {print $2}' | sort -u)
    comm -23 <(packages "$1") <(printf '%s\n' "$have")
}

# Another apt may be at work on this machine: updates are tried again, installs wait for the lock.
apt_update() {
    local log=$1 attempt
    for attempt in 1 2 3 4 5 6; do
        if quietly "$log" as_root apt-get update -q && ! grep -qE '^(E:|Err:)' "$log"; then return; fi
        say "the package lists could not be read (attempt $attempt)"
        sleep 5
    done
    die "apt-get update failed; see $log"
}

# install_packages PROFILE LOGS
install_packages() {
    local missing
    mapfile -t missing < <(missing_packages "$1")
    if [ ${#missing[@]} -eq 0 ]; then
        say "packages: all present"
        return
    fi
    say "packages: reading the lists"
    apt_update "$2/apt-update.log"
    say "packages: installing ${#missing[@]}: ${missing[*]}"
    quietly "$2/apt-install.log" as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get -o DPkg::Lock::Timeout=900 -o Acquire::Retries=3 \
        install -y -q --no-install-recommends "${missing[@]}" ||
        die "apt-get install failed; see $2/apt-install.log"
    say "packages: installed"
}
