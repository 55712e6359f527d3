#!/usr/bin/env bash
# Builds Fairlead, makes an invented city with its agencies, loads and links it, and opens it.
#
#   installer/demo.sh [--pupils N] [--seed S] [--dir D] [--no-window] [--screenshots-only]
#
#   --pupils N           how many pupils the city has (default 2000)
#   --seed S             another seed is another city (default 1)
#   --dir D              where it goes (default ${XDG_DATA_HOME:-~/.local/share}/fairlead-demo)
#   --no-window          do not open the window, even on a desktop
#   --screenshots-only   pictures of every page and a briefing instead of the window
#
# Nobody in it is real. Run again, the folder is replaced, but only one that this script made.

set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=installer/lib/common.sh
. "$here/lib/common.sh"

pupils=2000
seed=1
dir=${XDG_DATA_HOME:-$HOME/.local/share}/fairlead-demo
window=yes
readonly marker=.fairlead-demo

parse_options() {
    while [ $# -gt 0 ]; do
        case $1 in
            --pupils | --seed | --dir)
                [ $# -ge 2 ] || die "$1 needs a value"
                printf -v "${1#--}" '%s' "$2"
                shift
                ;;
            --no-window | --screenshots-only) window=no ;;
            -h | --help) usage && exit ;;
            *) die "unknown option $1 (see --help)" ;;
        esac
        shift
    done
    [[ $pupils =~ ^[1-9][0-9]*$ ]] || die "--pupils takes a number, not '$pupils'"
    [[ $seed =~ ^[0-9]+$ ]] || die "--seed takes a number, not '$seed'"
    [ -n "$dir" ] || die "--dir needs a folder"
}

has_display() { [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; }

# The steps are numbered, and each says how long it took.
readonly steps=7
step_number=0
step() {
    local title=$1 started=$SECONDS
    shift
    step_number=$((step_number + 1))
    say "step $step_number of $steps: $title"
    "$@"
    say "step $step_number of $steps: done in $((SECONDS - started)) s"
}

# ------------------------------------------------------------------------- the programs

program() { find "$repo_dir/build/release/app" -type f -name "$1" -perm -u+x -print -quit; }

build_programs() {
    cd -- "$repo_dir"
    configure release
    quietly "$(build_log build-release)" cmake --build --preset release -j "$(jobs)" --target fairlead fairlead-cli
    cli=$(program fairlead-cli)
    desktop=$(program fairlead)
    if [ -z "$cli" ] || [ -z "$desktop" ]; then die "the build left no programs"; fi
}

# -------------------------------------------------------------------------- the folder

# Only an empty folder or one with our own marker is ever replaced.
fresh_folder() {
    if [ -e "$dir" ] && [ ! -e "$dir/$marker" ] && [ -n "$(ls -A -- "$dir")" ]; then
        die "$dir exists and is not a demo folder; choose another with --dir"
    fi
    rm -rf -- "$dir"
    mkdir -p -- "$dir"
    chmod 700 -- "$dir"
    dir=$(cd -- "$dir" && pwd)
    touch -- "$dir/$marker"
    workspace=$dir/demo.fairlead
    export FAIRLEAD_PASSPHRASE_FILE=$dir/passphrase # read by both programs
    (umask 077 && head -c 24 /dev/urandom | base64 >"$FAIRLEAD_PASSPHRASE_FILE")
}

# --------------------------------------------------------------- what fairlead-cli does

# city_values KEY: the values of a key in the city's description in their order, texts or numbers.
city_values() {
    grep -oE "\"$1\"[[:space:]]*:[[:space:]]*(\"[^\"]*\"|[0-9]+)" "$dir/city/demo.json" |
        sed -E 's/^[^:]*:[[:space:]]*"?//; s/"$//; s#\\/#/#g'
}

create_city() {
    "$cli" demo create "$dir/city" --pupils "$pupils" --seed "$seed"
    as_at=$(city_values as_at | sed -n 1p)
    school=$(city_values urn | sed -n 1p)
    if [ -z "$as_at" ] || [ -z "$school" ]; then die "the city does not say its date and schools"; fi
}

create_workspace() {
    "$cli" workspace create "$workspace" --name "Demo analyst" --trust "$dir/city/keys"
}

load_extracts() {
    local extracts
    mapfile -t extracts < <(city_values file | sed "s#^#$dir/city/#")
    "$cli" workspace load "$workspace" "${extracts[@]}"
}

link_records() { "$cli" workspace link "$workspace"; }

make_documents() {
    export QT_QPA_PLATFORM=offscreen
    "$cli" overview "$workspace" --school "$school" --as-at "$as_at"
    "$cli" brief "$workspace" --school "$school" --as-at "$as_at" --out "$dir/briefing.pdf"
    # Qt's offscreen platform says once a window that it knows no size hints: not worth thirty lines.
    "$desktop" --demo "$dir" --screenshots "$dir/screenshots" 2> >(grep -v propagateSizeHints >&2)
    say "pictures of the pages: $dir/screenshots"
    say "the school's briefing: $dir/briefing.pdf"
}

# --------------------------------------------------------------------------------------

main() {
    parse_options "$@"
    step "dependencies" bash "$here/dependencies.sh" --profile build
    locate_deps
    use_ccache
    step "building the programs" build_programs
    fresh_folder
    step "inventing a city of $pupils pupils (seed $seed)" create_city
    step "creating the workspace" create_workspace
    step "loading the agencies' extracts" load_extracts
    step "linking records to people" link_records
    if [ "$window" = yes ] && has_display; then
        say "step $steps of $steps: opening the window; the demo is in $dir"
        exec "$desktop" --demo "$dir"
    fi
    step "pictures and a briefing (no window)" make_documents
    say "to open it on a desktop: $desktop --demo $dir"
}

main "$@"
