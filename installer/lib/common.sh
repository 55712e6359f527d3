# Shared by the scripts of this folder; sourced, not run.
# shellcheck shell=bash

codename='' deps_dir='' # set by locate_deps

# Where the checkout is, whatever folder the script was called from.
repo_dir=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.." && pwd)

say() { printf '[%4ds] %s\n' "$SECONDS" "$*"; }

die() {
    printf '%s: %s\n' "$(basename -- "$0")" "$*" >&2
    exit 1
}

# usage: prints the comment block at the head of the calling script.
usage() { sed -n '2,/^[^#]/ s/^# \{0,1\}//p' "$0"; }

# The release's code name; stops on a release that nobody has tried.
require_debian() {
    codename=$(. /etc/os-release && printf '%s' "${VERSION_CODENAME:-}")
    case $codename in
        bookworm | trixie) ;;
        *) die "needs Debian 12 (bookworm) or 13 (trixie); this is '${codename:-unknown}'" ;;
    esac
}

# Sets deps_dir, the folder of what is built from source, and tells CMake about it.
locate_deps() {
    require_debian
    export HOME=${HOME:-$(getent passwd "$(id -u)" | cut -d: -f6)}
    deps_dir=${FAIRLEAD_DEPS:-${XDG_CACHE_HOME:-$HOME/.cache}/fairlead/deps-$codename}
    export FAIRLEAD_DEPS=$deps_dir
}

# as_root COMMAND...: runs it directly for root, else with sudo.
as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo "$@"
    else
        die "needs root for: $1 (no sudo here)"
    fi
}

# Takes server names out of a log, so that it can be shown to anybody.
without_hosts() { sed -uE 's#(https?://)[^/[:space:]]+#\1MIRROR#g; s#\[(IP: )?[0-9a-f.: ]+\]#[IP]#g'; }

# quietly LOG COMMAND...: output goes to LOG; its end is shown only when the command fails.
quietly() {
    local log=$1
    shift
    mkdir -p "$(dirname -- "$log")"
    if ! "$@" < /dev/null 2>&1 | without_hosts >"$log"; then
        tail -n 25 "$log" >&2
        return 1
    fi
}

# Build output is kept in a log; quietly shows its end when something fails.
build_log() { printf '%s/build/logs/%s.log' "$repo_dir" "$1"; }

# configure PRESET, in the checkout. A build tree that came from elsewhere is made afresh.
configure() {
    local cache=build/$1/CMakeCache.txt fresh=()
    if [ -f "$cache" ] && ! grep -qxF "CMAKE_HOME_DIRECTORY:INTERNAL=$repo_dir" "$cache"; then fresh=(--fresh); fi
    quietly "$(build_log "configure-$1")" cmake "${fresh[@]}" --preset "$1"
}

# The compiler cache works across checkouts: paths below the checkout are made relative.
use_ccache() {
    export CCACHE_BASEDIR=$repo_dir CCACHE_NOHASHDIR=1
    export CCACHE_SLOPPINESS=pch_defines,time_macros
}

jobs() { nproc; }
