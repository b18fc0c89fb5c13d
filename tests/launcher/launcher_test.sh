#!/usr/bin/env bash
# The launcher against stand-ins for apt-get, dpkg-query, sudo, cmake, ninja and the program: what it asks of them, and when.
# launcher_test.sh ROOT-OF-THE-PROJECT
export DENGJI_SKIP_MODELS=1 # the real npm must not be asked
set -euo pipefail
project=$1
scratch=$(mktemp -d)
trap 'rm -rf -- "$scratch"' EXIT
failures=0

# Stand-ins note their words in calls.log; which packages are there is the file installed.
fresh_machine() {
    rm -rf -- "${scratch:?}"/*
    root="$scratch/a folder/dengji"
    mkdir -p -- "$root/scripts" "$scratch/bin"
    cp -- "$project/dengji" "$root/"
    cp -- "$project/scripts/setup.sh" "$root/scripts/"
    printf '%s\n' '# words' alpha 'beta   # why' >"$root/scripts/packages.txt"
    printf '%s\n' gamma >"$root/scripts/packages-test.txt"
    echo alpha >"$scratch/installed"
    : >"$scratch/calls.log"
    echo 0 >"$scratch/run-status"
    stand_in dpkg-query 'shift 3; for p in "$@"; do if grep -qx "$p" "$S/installed"; then echo "installed $p"; else echo "no packages found matching $p" >&2; fi; done'
    stand_in apt-get 'echo "apt-get $*" >>"$S/calls.log"; case "$*" in *install*) printf "%s\n" "$@" >>"$S/installed";; esac'
    stand_in id 'echo 0'
    stand_in cmake 'echo "cmake $*" >>"$S/calls.log"; mkdir -p build/release; case "$*" in *TESTS=ON*) t=ON;; *) t=OFF;; esac; echo "DENGJI_TESTS:BOOL=$t" >build/release/CMakeCache.txt; touch build/release/build.ninja'
    stand_in ninja 'echo "ninja $*" >>"$S/calls.log"; cp "$S/bin/program" "$2/dengji"'
    stand_in ctest 'echo "ctest $*" >>"$S/calls.log"; exit 8'
    stand_in git 'cat "$S/commit" 2>/dev/null'
    echo one >"$scratch/commit"
    stand_in program 'echo "program $*" >>"$S/calls.log"; echo "said by the program"; if [ "$1" = run ]; then exit "$(cat "$S/run-status")"; fi'
}

stand_in() {
    printf '#!/bin/bash\nS=%q\n%s\n' "$scratch" "$2" >"$scratch/bin/$1"
    chmod +x -- "$scratch/bin/$1"
}

# Runs the launcher from another folder; its exit code is in $status.
launch() {
    status=0
    (cd / && PATH="$scratch/bin:$PATH" "$root/dengji" "$@") >"$scratch/out" 2>"$scratch/err" </dev/null || status=$?
}

expect() { # expect WHAT CONDITION...
    local what=$1
    shift
    if ! "$@"; then
        failures=$((failures + 1))
        echo "FAILED: $what"
        sed 's/^/    err: /' "$scratch/err"
        sed 's/^/    call: /' "$scratch/calls.log"
    fi
}
called() { grep -q -- "$1" "$scratch/calls.log"; }
not_called() { ! called "$1"; }
said() { grep -q -- "$1" "$scratch/err"; }
not_said() { ! said "$1"; }

fresh_machine
launch
expect "help alone needs nothing" [ "$status" -eq 0 ]
expect "help names the demo" grep -q 'dengji demo' "$scratch/out"
expect "help calls nobody" [ ! -s "$scratch/calls.log" ]

launch demo
expect "the demo works" [ "$status" -eq 0 ]
expect "apt is asked for what is missing only" called 'install --no-install-recommends beta$'
expect "the first demo says that it builds" said Building
expect "the demo is built without the tests" called 'cmake --preset release -DDENGJI_TESTS=OFF'
expect "the sample stack is run" called 'program run samples/stack --data demo-data'
expect "the rows are written" called 'program rows --data demo-data -o demo-data/rows.csv'

: >"$scratch/calls.log"
echo old >"$root/demo-data/left-over"
launch demo
expect "the second demo works" [ "$status" -eq 0 ]
expect "the second demo installs nothing" not_called apt-get
expect "the second demo prepares nothing" not_called cmake
expect "the second demo does not speak of building: ninja finds nothing to do" not_said Building
expect "the second demo starts afresh" [ ! -e "$root/demo-data/left-over" ]

rm -rf -- "$root/demo-data"
mkdir -- "$root/demo-data"
touch -- "$root/demo-data/mine"
launch demo
expect "another's folder is left alone" [ -e "$root/demo-data/mine" ]
expect "the next name is taken" called 'program run samples/stack --data demo-data-2'

echo 3 >"$scratch/run-status"
launch demo
expect "papers that were set aside are no failure" [ "$status" -eq 0 ]
echo 5 >"$scratch/run-status"
launch demo
expect "a full disk is one" [ "$status" -eq 5 ]

: >"$scratch/calls.log"
launch test -R layout
expect "the tests' exit code is handed on" [ "$status" -eq 8 ]
expect "the tests' packages are installed" called 'install --no-install-recommends gamma$'
expect "the tests are configured afterwards" called 'TESTS=ON'
expect "ctest gets the further words" called 'ctest .*--output-on-failure.* -R layout'

: >"$scratch/calls.log"
launch read 'a file.pdf'
expect "other words go to the program" called 'program read a file.pdf'
expect "nothing else stands on standard output" [ "$(cat "$scratch/out")" = "said by the program" ]
expect "a program that is up to date is not built" not_called ninja
echo two >"$scratch/commit"
rm -f -- "$root/build/release/dengji"
launch read
expect "a new version is built first" called ninja

fresh_machine
stand_in id 'echo 1000'
stand_in sudo 'echo "sudo $*" >>"$S/calls.log"; exec "$@"'
launch demo
expect "who is not root uses sudo" called 'sudo env DEBIAN_FRONTEND=noninteractive apt-get'

fresh_machine
stand_in apt-get 'echo "apt: no network here"; exit 100'
launch demo
expect "without packages nothing goes on" [ "$status" -eq 1 ]
expect "the message asks for the network" said 'is there a network'
expect "apt's own words are shown" said 'no network here'
expect "nothing is built then" not_called ninja

# The second reader's model; its script is a stand-in too.
fresh_machine
mkdir -p -- "$root/scripts/models"
stand_in npm 'exit 1'
stand_in fetch 'if [ "$1" = --check ]; then [ -s "$2/recogniser.weights" ]; exit; fi; echo "fetch $*" >>"$S/calls.log"; exit 3'
cp -- "$scratch/bin/fetch" "$root/scripts/models/"
printf '%s\n' delta >"$root/scripts/packages-models.txt"
printf '%s\n' epsilon >"$root/scripts/packages-npm.txt"
DENGJI_SKIP_MODELS='' launch demo
expect "the model is fetched into its folder" called "fetch $root/models"
expect "its packages are installed first" called 'install --no-install-recommends delta$'
expect "an npm that is there is not installed" not_called epsilon
expect "without the model the demo goes on" [ "$status" -eq 0 ]
expect "the program is run without it" called 'program run'
: >"$scratch/calls.log"
mkdir -- "$root/models"
echo model >"$root/models/recogniser.onnx"
DENGJI_SKIP_MODELS='' launch demo
expect "a model of an earlier version is fetched anew" called "fetch $root/models"
: >"$scratch/calls.log"
echo model >"$root/models/recogniser.weights"
DENGJI_SKIP_MODELS='' launch demo
expect "a model that is there is not fetched" not_called fetch

# The page of the workbench; its script is a stand-in too.
fresh_machine
mkdir -p -- "$root/scripts/web"
stand_in build 'echo "page built" >>"$S/calls.log"; exit 3'
cp -- "$scratch/bin/build" "$root/scripts/web/"
launch demo
expect "the page is built with the program" called 'page built'
expect "without the page the demo goes on" [ "$status" -eq 0 ]

fresh_machine
stand_in ninja 'echo "error: that does not compile"; exit 1'
launch demo
expect "a broken build ends the demo" [ "$status" -eq 1 ]
expect "the compiler's words are shown" said 'that does not compile'
expect "nothing is run then" not_called 'program run'

if [ "$failures" -gt 0 ]; then
    echo "$failures expectations failed"
    exit 1
fi
echo "the launcher does what it should"
