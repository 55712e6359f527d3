#!/usr/bin/env bash
# Installs what is missing, builds Fairlead, and runs every test of it.
#
#   installer/test.sh [--quick] [--tidy all|changed|none]
#
#   --quick   the ordinary build and its tests only
#   --tidy    which sources clang-tidy reads: all (the default), those changed since the
#             branch left main, or none
#
# Without --quick: formatting, the ordinary build and all its tests, clang-tidy, the tests again
# under the address and undefined-behaviour sanitizers, core's under the thread sanitizer. Needs
# no display. Stops at the first step that fails. The last lines are ctest's own summaries.

set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=installer/lib/common.sh
. "$here/lib/common.sh"

quick=no
tidy=all

parse_options() {
    while [ $# -gt 0 ]; do
        case $1 in
            --quick) quick=yes ;;
            --tidy)
                tidy=${2:-}
                shift
                ;;
            -h | --help) usage && exit ;;
            *) die "unknown option $1 (see --help)" ;;
        esac
        shift
    done
    case $tidy in
        all | changed | none) ;;
        *) die "--tidy takes all, changed or none, not '$tidy'" ;;
    esac
}

# step TITLE COMMAND...
step() {
    say "== $1"
    "${@:2}"
}

build() { quietly "$(build_log "build-$1")" cmake --build --preset "$1" -j "$(jobs)"; }

# run_tests PRESET: shows the tests as they run; ctest's summary is kept for the end.
run_tests() {
    local status=0
    ctest --preset "$1" 2>&1 | tee "$(build_log "test-$1")" || status=$?
    sed -n '/tests passed/,$p' "$(build_log "test-$1")" >"$(build_log "summary-$1")"
    [ "$status" -eq 0 ] || die "tests failed ($1)"
}

own_sources() { find core ui app tests -name '*.cpp' -o -name '*.h' | sort; }

check_format() { own_sources | xargs -r clang-format-19 --dry-run --Werror; }

# Sources that clang-tidy reads, as one regular expression each for run-clang-tidy.
tidy_sources() {
    if [ "$tidy" = changed ]; then
        local base
        base=$(git merge-base HEAD origin/main 2>/dev/null || git merge-base HEAD main)
        git diff --name-only --diff-filter=d "$base" -- 'core/*.cpp' 'ui/*.cpp' 'app/*.cpp'
    else
        find core ui app -name '*.cpp' | sort
    fi | sed 's/[.+]/\\&/g; s#.*#/&$#'
}

# With the compile commands of the asan tree: clang's, whose precompiled headers clang-tidy can read. Sources that it
# found clean before, as they and all they include are now, are not read again.
run_tidy() {
    local all unread
    mapfile -t all < <(tidy_sources)
    [ ${#all[@]} -gt 0 ] || return 0
    unread=$(python3 -B installer/lib/tidied.py unread build/asan "${all[@]}")
    local sources=()
    if [ -n "$unread" ]; then mapfile -t sources <<<"$unread"; fi
    say "clang-tidy reads ${#sources[@]} of ${#all[@]} files"
    [ ${#sources[@]} -gt 0 ] || return 0
    quietly "$(build_log tidy)" run-clang-tidy-19 -quiet -j "$(jobs)" -p build/asan "${sources[@]}" ||
        die "clang-tidy found something"
    python3 -B installer/lib/tidied.py clean build/asan "${sources[@]}"
}

# check_preset PRESET
check_preset() {
    step "$1: configure" configure "$1"
    step "$1: build" build "$1"
    step "$1: test" run_tests "$1"
}

main() {
    local preset
    parse_options "$@"
    cd -- "$repo_dir"
    step "dependencies" bash "$here/dependencies.sh" --profile all
    locate_deps
    use_ccache
    mkdir -p build/logs
    rm -f build/logs/summary-*.log
    step "formatting" check_format
    check_preset dev
    if [ "$quick" = no ]; then
        check_preset asan
        if [ "$tidy" != none ]; then step "clang-tidy" run_tidy; fi
        check_preset tsan
    fi
    say "== all passed"
    for preset in tsan asan dev; do
        if [ -f "$(build_log "summary-$preset")" ]; then
            printf '\n%s:\n' "$preset"
            cat "$(build_log "summary-$preset")"
        fi
    done
}

main "$@"
