#!/usr/bin/env bash
# Pictures of every page and of every state of a page, in one folder: for looking at what a change did to the screens.
#
#   installer/pictures.sh FOLDER
#
# Pages, light and dark, at 100 and 200 per cent and in high contrast, over a small synthetic city that is made for it;
# states (empty, waiting, failed, not allowed) over made-up records. Needs no display. Nobody in them is real.

set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=installer/lib/common.sh
. "$here/lib/common.sh"

main() {
    case ${1:-} in
        "" | -h | --help) usage && exit ;;
    esac
    mkdir -p -- "$1"
    local folder city
    folder=$(cd -- "$1" && pwd)
    city=$(mktemp -d)
    # shellcheck disable=SC2064
    trap "rm -rf -- '$city'" EXIT
    bash "$here/demo.sh" --pupils 1000 --dir "$city/demo" --screenshots-only
    find "$city/demo" -name '*.png' -exec cp -- {} "$folder/" \;
    cd -- "$repo_dir"
    locate_deps
    use_ccache
    mkdir -p build/logs
    quietly "$(build_log configure-dev)" cmake --preset dev
    quietly "$(build_log build-dev)" cmake --build --preset dev -j "$(jobs)" --target ui_tests
    FAIRLEAD_PICTURES=$folder QT_QPA_PLATFORM=offscreen build/dev/tests/ui/ui_tests "[states]" >"$(build_log pictures)" 2>&1 ||
        die "the states could not be shown: see $(build_log pictures)"
    say "$(find "$folder" -name '*.png' | wc -l) pictures in $folder"
}

main "$@"
