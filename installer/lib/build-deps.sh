# What is compiled from source: SQLCipher always, Catch2 and rapidfuzz-cpp on Debian 12;
# sourced, not run. Each build_NAME SOURCE installs into $deps_dir and leaves a stamp there that
# names its recipe, so that a changed recipe builds again.
# shellcheck shell=bash

readonly sqlcipher_least=4.6.1

# Why each is here: resources/docs/decisions/0001-toolchain.md
readonly sqlcipher_options=(
    SQLITE_HAS_CODEC SQLCIPHER_CRYPTO_OPENSSL
    SQLCIPHER_OMIT_DEFAULT_LOGGING
    SQLITE_TEMP_STORE=3
    SQLITE_SECURE_DELETE
    SQLITE_DQS=0
    SQLITE_OMIT_LOAD_EXTENSION
    SQLITE_OMIT_SHARED_CACHE
    SQLITE_TRUSTED_SCHEMA=0
    SQLITE_MAX_MMAP_SIZE=0
    SQLITE_MAX_ATTACHED=2
    SQLITE_DEFAULT_FOREIGN_KEYS=1
    SQLITE_LIKE_DOESNT_MATCH_BLOBS
    SQLITE_ENABLE_API_ARMOR
    SQLITE_THREADSAFE=1
)
readonly sqlcipher_platform=(
    NDEBUG HAVE_USLEEP=1 HAVE_FDATASYNC=1 HAVE_GMTIME_R=1 HAVE_LOCALTIME_R=1 HAVE_STRERROR_R=1
    HAVE_STDINT_H=1 HAVE_INTTYPES_H=1
)
readonly sqlcipher_flags=(
    -O2 -g1 -fPIC -fvisibility=hidden -fno-strict-aliasing
    -fstack-protector-strong -fstack-clash-protection -D_FORTIFY_SOURCE=2
)

# A recipe is the text whose change must lead to a new build.
recipe_sqlcipher() { echo "1 >=$sqlcipher_least ${sqlcipher_options[*]} ${sqlcipher_platform[*]} ${sqlcipher_flags[*]}"; }
recipe_catch2() { echo "1 C++23 RelWithDebInfo"; }
recipe_rapidfuzz() { echo "1 headers"; }

source_package() { case $1 in rapidfuzz) echo rapidfuzz-cpp ;; *) echo "$1" ;; esac; }

is_built() { [ "$(cat "$deps_dir/stamps/$1" 2>/dev/null)" = "$("recipe_$1")" ]; }

mark_built() {
    mkdir -p "$deps_dir/stamps"
    "recipe_$1" >"$deps_dir/stamps/$1"
    say "$1: ready"
}

# ---------------------------------------------------------------------------- SQLCipher

build_sqlcipher() {
    local source=$1 log=$deps_dir/logs/build-sqlcipher version
    say "sqlcipher: generating one source file"
    (cd "$source" && quietly "$log-1.log" sqlcipher_amalgamate)
    version=$(awk '$1 == "#define" && $2 == "CIPHER_VERSION_NUMBER" { print $3; exit }' "$source/sqlite3.c")
    dpkg --compare-versions "${version:-0}" ge "$sqlcipher_least" || die "sqlcipher '$version' is older than $sqlcipher_least"
    say "sqlcipher: compiling $version"
    (cd "$source" && quietly "$log-2.log" sqlcipher_compile)
    sqlcipher_install "$source"
    sqlcipher_cmake_files "$version"
    sqlcipher_check
    mark_built sqlcipher
}

sqlcipher_amalgamate() {
    ./configure --disable-tcl --disable-readline --enable-tempstore=always \
        CFLAGS=-DSQLITE_HAS_CODEC LDFLAGS=-lcrypto &&
        make -j1 sqlite3.c sqlite3.h shell.c
}

# quietly() switches `set -e` off in what it calls: hence the && chains.
sqlcipher_compile() {
    local defines=("${sqlcipher_options[@]/#/-D}" "${sqlcipher_platform[@]/#/-D}")
    if grep -q sqlcipher_extra_init sqlite3.c; then # 4.7 and later do not start without it
        defines+=(-DSQLITE_EXTRA_INIT=sqlcipher_extra_init -DSQLITE_EXTRA_SHUTDOWN=sqlcipher_extra_shutdown)
    fi
    cc "${sqlcipher_flags[@]}" "${defines[@]}" -c sqlite3.c -o sqlcipher.o &&
        rm -f libsqlcipher.a &&
        ar rcs libsqlcipher.a sqlcipher.o &&
        cc "${sqlcipher_flags[@]}" "${defines[@]}" -I. shell.c libsqlcipher.a -o sqlcipher \
            -lcrypto -lm -lpthread -Wl,-z,relro,-z,now
}

sqlcipher_install() {
    install -d "$deps_dir"/{bin,lib/cmake/SQLCipher,include/sqlcipher,share/doc/sqlcipher}
    install -m 755 "$1/sqlcipher" "$deps_dir/bin/"
    install -m 644 "$1/libsqlcipher.a" "$deps_dir/lib/"
    install -m 644 "$1/sqlite3.h" "$deps_dir/include/sqlcipher/"
    install -m 644 "$1/LICENSE.md" "$deps_dir/share/doc/sqlcipher/"
    printf '%s\n' "${sqlcipher_options[@]}" >"$deps_dir/share/doc/sqlcipher/options"
}

sqlcipher_cmake_files() {
    local folder=$deps_dir/lib/cmake/SQLCipher
    cat >"$folder/SQLCipherConfig.cmake" <<'CMAKE'
include(CMakeFindDependencyMacro)
find_dependency(OpenSSL)
find_dependency(Threads)
get_filename_component(_sqlcipher_root "${CMAKE_CURRENT_LIST_DIR}/../../.." ABSOLUTE)
if(NOT TARGET SQLCipher::SQLCipher)
    add_library(SQLCipher::SQLCipher STATIC IMPORTED)
    set_target_properties(SQLCipher::SQLCipher PROPERTIES
        IMPORTED_LOCATION "${_sqlcipher_root}/lib/libsqlcipher.a"
        IMPORTED_LINK_INTERFACE_LANGUAGES C
        INTERFACE_INCLUDE_DIRECTORIES "${_sqlcipher_root}/include/sqlcipher"
        INTERFACE_COMPILE_DEFINITIONS SQLITE_HAS_CODEC
        INTERFACE_LINK_LIBRARIES "OpenSSL::Crypto;Threads::Threads;m")
endif()
set(SQLCipher_SHELL "${_sqlcipher_root}/bin/sqlcipher")
unset(_sqlcipher_root)
CMAKE
    cat >"$folder/SQLCipherConfigVersion.cmake" <<CMAKE
set(PACKAGE_VERSION "$1")
if(PACKAGE_VERSION VERSION_LESS PACKAGE_FIND_VERSION)
    set(PACKAGE_VERSION_COMPATIBLE FALSE)
else()
    set(PACKAGE_VERSION_COMPATIBLE TRUE)
endif()
CMAKE
}

# The options must be in force, not just asked for; and what we do not use must not be there.
sqlcipher_check() {
    local shell=$deps_dir/bin/sqlcipher options option
    [ "$("$shell" -batch :memory: 'PRAGMA trusted_schema;')" = 0 ] || die "sqlcipher: schemas are trusted"
    options=$("$shell" -batch :memory: 'PRAGMA compile_options;')
    for option in HAS_CODEC TEMP_STORE=3 SECURE_DELETE DQS=0 OMIT_LOAD_EXTENSION OMIT_SHARED_CACHE \
        MAX_MMAP_SIZE=0 MAX_ATTACHED=2 DEFAULT_FOREIGN_KEYS LIKE_DOESNT_MATCH_BLOBS \
        ENABLE_API_ARMOR; do
        grep -qxE "$option(=1)?" <<<"$options" || die "sqlcipher: option $option is not in force"
    done
    for option in ENABLE_FTS ENABLE_RTREE ENABLE_GEOPOLY ENABLE_SESSION ENABLE_DBSTAT ENABLE_DBPAGE DEFAULT_MEMSTATUS=0; do
        ! grep -q "^$option" <<<"$options" || die "sqlcipher: $option must not be compiled in"
    done
}

# ------------------------------------------------------------------ Catch2, rapidfuzz-cpp

# cmake_install NAME SOURCE ARGUMENTS...
cmake_install() {
    local name=$1 source=$2 log=$deps_dir/logs/build-$1
    shift 2
    say "$name: building"
    quietly "$log-1.log" cmake -S "$source" -B "$source.build" -G Ninja -DCMAKE_INSTALL_PREFIX="$deps_dir" \
        -DCMAKE_INSTALL_LIBDIR=lib -DCMAKE_BUILD_TYPE=RelWithDebInfo "$@"
    quietly "$log-2.log" cmake --build "$source.build" -j "$(jobs)"
    quietly "$log-3.log" cmake --install "$source.build"
    mark_built "$name"
}

build_catch2() {
    cmake_install catch2 "$1" -DCMAKE_CXX_STANDARD=23 -DCATCH_BUILD_TESTING=OFF -DCATCH_INSTALL_DOCS=OFF
}

build_rapidfuzz() {
    cmake_install rapidfuzz "$1" -DRAPIDFUZZ_BUILD_TESTING=OFF -DRAPIDFUZZ_BUILD_BENCHMARKS=OFF \
        -DRAPIDFUZZ_BUILD_FUZZERS=OFF
}
