#!/usr/bin/env bash
# Installs everything Fairlead needs on Debian 12 (bookworm) or Debian 13 (trixie).
#
#   installer/dependencies.sh [--profile run|build|all] [--print-packages]
#
#   run     what the built programs need
#   build   run + compilers and libraries, SQLCipher     (enough for installer/demo.sh)
#   all     build + everything the tests need            (the default)
#
# Packages come from apt (as root or through sudo). What Debian 12 has too old is built from
# Debian 13's source packages into a folder outside the checkout:
# ${XDG_CACHE_HOME:-~/.cache}/fairlead/deps-CODENAME, or $FAIRLEAD_DEPS. Run again, it finds
# everything in place and does nothing.

set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=installer/lib/common.sh
. "$here/lib/common.sh"
# shellcheck source=installer/lib/packages.sh
. "$here/lib/packages.sh"
# shellcheck source=installer/lib/debian-source.sh
. "$here/lib/debian-source.sh"
# shellcheck source=installer/lib/build-deps.sh
. "$here/lib/build-deps.sh"

profile=all
print_only=no

parse_options() {
    while [ $# -gt 0 ]; do
        case $1 in
            --profile)
                profile=${2:-}
                shift
                ;;
            --print-packages) print_only=yes ;;
            -h | --help) usage && exit ;;
            *) die "unknown option $1 (see --help)" ;;
        esac
        shift
    done
    case $profile in
        run | build | all) ;;
        *) die "no profile '$profile': run, build or all" ;;
    esac
}

# What this profile wants from source on this release.
wanted_builds() {
    case $profile-$codename in
        run-*) ;;
        build-bookworm) echo sqlcipher rapidfuzz ;;
        all-bookworm) echo sqlcipher rapidfuzz catch2 ;;
        *) echo sqlcipher ;;
    esac
}

# build_missing NAME...: fetches all sources first, then compiles; SQLCipher, one huge
# translation unit that keeps only one core busy, alongside the others.
build_missing() {
    local name pids=() pid
    scratch=$(mktemp -d)
    trap 'rm -rf "$scratch"' EXIT
    open_source_index "$scratch/apt" "$logs"
    for name in "$@"; do fetch_source "$(source_package "$name")" "$scratch/$name" "$logs"; done
    for name in "$@"; do
        "build_$name" "$scratch/$name" &
        pids+=($!)
    done
    for pid in "${pids[@]}"; do wait "$pid" || die "a build failed; logs are in $logs"; done
}

main() {
    local name missing=()
    parse_options "$@"
    locate_deps
    if [ "$print_only" = yes ]; then
        packages "$profile"
        return
    fi
    logs=$deps_dir/logs
    mkdir -p "$logs"
    install_packages "$profile" "$logs"
    for name in $(wanted_builds); do is_built "$name" || missing+=("$name"); done
    if [ ${#missing[@]} -gt 0 ]; then build_missing "${missing[@]}"; fi
    say "dependencies: ready (profile $profile)"
}

main "$@"
