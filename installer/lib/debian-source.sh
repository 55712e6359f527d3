# Fetching Debian 13 *source* packages; sourced, not run.
# shellcheck shell=bash
#
# A private apt configuration in a temporary folder holds deb-src entries only, so that no
# binary of another release can be installed by mistake and the system's sources stay as they
# are. The server is the one the machine's own sources name; Debian's signatures are checked.

readonly source_suite=trixie
readonly debian_keyring=/usr/share/keyrings/debian-archive-keyring.gpg

# debian_uri CODENAME: where this machine gets that suite of Debian from; empty if nowhere.
# apt is asked rather than its files read: it knows every format and include.
debian_uri() {
    # shellcheck disable=SC2016 # apt's own variables
    apt-get indextargets --format '$(ORIGIN) $(CODENAME) $(COMPONENT) $(REPO_URI)' 2>/dev/null |
        awk -v name="$1" '$1 == "Debian" && $2 == name && $3 == "main" && !found++ { print $4 }'
}

source_stanza() { printf 'Types: deb-src\nURIs: %s\nSuites: %s\nComponents: main\nSigned-By: %s\n\n' "$1" "$2" "$debian_keyring"; }

# open_source_index DIR LOGS: prepares DIR so that fetch_source works.
open_source_index() {
    local main security
    source_apt=$1
    main=$(debian_uri "$codename")
    if [ -z "$main" ]; then # lists that were deleted to save room, as in container images
        apt_update "$2/apt-update.log"
        main=$(debian_uri "$codename")
    fi
    [ -n "$main" ] || die "this machine's apt sources name no Debian $codename"
    security=$(debian_uri "$codename-security")
    mkdir -p "$source_apt"/{parts,lists/partial,cache/archives/partial}
    {
        source_stanza "$main" "$source_suite"
        [ -z "$security" ] || source_stanza "$security" "$source_suite-security"
    } >"$source_apt/parts/debian.sources"
    cat >"$source_apt/apt.conf" <<CONF
Dir::Etc::SourceList "/dev/null";
Dir::Etc::SourceParts "$source_apt/parts";
Dir::State::Lists "$source_apt/lists";
Dir::Cache "$source_apt/cache";
Acquire::Retries "3";
APT::Sandbox::User "root";
CONF
    say "sources: reading the index of $source_suite"
    quietly "$2/source-index.log" source_apt_get update || die "no source index; see $2/source-index.log"
    ! grep -qE '^(E:|Err:)' "$2/source-index.log" || die "incomplete source index; see $2/source-index.log"
}

source_apt_get() { APT_CONFIG=$source_apt/apt.conf apt-get -q "$@"; }

# fetch_source PACKAGE DIR LOGS: unpacks the package's source into DIR. A server may list a
# .dsc and not hold it: then the upstream archive alone is taken, which the signed index vouches
# for all the same.
fetch_source() {
    local package=$1 target=$2 log=$3/fetch-$1.log downloads=$2.download
    mkdir -p "$downloads"
    if (cd "$downloads" && quietly "$log" source_apt_get source --download-only "$package") 2>/dev/null &&
        quietly "$log" dpkg-source --no-check -x "$downloads"/*.dsc "$target"; then
        say "$package: $(basename "$downloads"/*.dsc), with Debian's patches"
    else
        rm -rf "$target" "${downloads:?}"/*
        (cd "$downloads" && quietly "$log" source_apt_get source --download-only --tar-only "$package") ||
            die "cannot fetch the source of $package"
        mkdir -p "$target"
        tar -xf "$downloads"/*.orig.tar.* -C "$target" --strip-components=1
        say "$package: $(basename "$downloads"/*.orig.tar.*), upstream archive alone"
    fi
}
