#!/bin/sh
# The one-command script against a made-up machine: meson, ninja, cc, apt-get, sudo and id are small fakes
# that write down how they were called. Prints TAP.
#
# usage: script_test.sh SOURCE-ROOT
#
# Each case starts from a fresh checkout (in a folder with a space in its name) on a machine that has
# everything; the case takes something away. `calls` holds what the fakes were asked, in order.
set -u
source_root=$1
python=$(python3 -c 'import sys; print(sys.executable)')
work=$(mktemp -d)
trap 'chmod -R u+w "$work"; rm -rf "$work"' EXIT
chmod 755 "$work"
n=0 failed=0

# ---- the machine -----------------------------------------------------------

fake() { # fake NAME <script
    { echo '#!/bin/sh'; cat; } >"$work/bin/$1"
    chmod +x "$work/bin/$1"
}

machine() {
    chmod -R u+w "$work"
    rm -rf "${work:?}"/* && mkdir -p "$work/bin" "$work/home" "$work/has" "$work/a checkout/src/room" "$work/tmp"
    top="$work/a checkout" calls="$work/calls"
    cp "$source_root/threadmill" "$top/"
    echo 'int main;' >"$top/src/room/room.c"
    echo "project('x')" >"$top/meson.build"
    : >"$calls"
    chmod 777 "$work" "$work/tmp" "$work/home" "$work/has" && chmod 666 "$calls"
    echo 'cc 1.0' >"$work/cc-version"
    for tool in sh env cat dirname readlink find head tail rm mkdir mv mktemp grep sed chmod tr touch cp setpriv; do
        path=$(command -v "$tool") && ln -s "$path" "$work/bin/$tool"
    done
    printf 'exec "%s" "$@"\n' "$python" | fake python3
    printf 'echo "$*" >>"%s"; exec "%s" "$@"\n' "$work/flocks" "$(command -v flock)" | fake flock
    : >"$work/flocks" && chmod 666 "$work/flocks"
    for tool in ld true; do fake $tool </dev/null; done
    printf 'cat "%s/cc-version"\n' "$work" | fake cc-1 && ln -s cc-1 "$work/bin/cc"
    # A library is there when has/NAME is; pkg-config itself always.
    printf '[ "$1" = --exists ] && [ -e "%s/has/$2" ]\n' "$work" | fake pkg-config
    for lib in ncursesw libuv libmd4c md4c jansson libdw libelf cmocka vterm; do : >"$work/has/$lib"; done
    fake meson <<END
echo "meson \$*" >>"$calls"
[ -e "$work/meson-breaks" ] && { echo "meson is unwell"; exit 1; }
case \$1 in
setup) echo "\$CC" >"$work/setup-cc"; mkdir -p "\$2/meson-private" && : >"\$2/build.ninja" ;;
test) mkdir -p "\$3/meson-logs"; cp "$work/testlog" "\$3/meson-logs/testlog.json"; [ ! -e "$work/tests-fail" ] ;;
esac
END
    fake ninja <<END
echo "ninja \$*" >>"$calls"
[ -e "$work/ninja-breaks" ] && { echo "room.c: error: no"; exit 1; }
[ -e "$work/gate" ] && cat "$work/gate" >/dev/null
echo "building noise"
mkdir -p "\$2/src/app"
{ echo '#!/bin/sh'; echo 'printf "lab"; printf " [%s]" "\$@"; [ -e /proc/self/fd/9 ] && printf " fd 9"; echo'; } >"\$2/src/app/threadmill"
chmod +x "\$2/src/app/threadmill"
END
    fake id <<END
cat "$work/uid" 2>/dev/null || echo 0
END
    # Installing makes things exist: has/ for libraries.
    fake apt-get <<END
echo "apt-get \$*" >>"$calls"
[ -e "$work/no-network" ] && { echo "Temporary failure resolving"; exit 100; }
case " \$* " in *" install "*) for p in "\$@"; do
    case \$p in libuv1-dev) : >"$work/has/libuv" ;; libmd4c-dev) : >"$work/has/md4c" ;; ninja-build) mv "$work/ninja.away" "$work/bin/ninja" ;; esac
done ;; esac
exit 0
END
}

ordinary_user() { echo 1000 >"$work/uid"; }
sudo_without_password() { printf 'echo "sudo $*" >>"%s"; [ "$1" = -n ] && shift; exec "$@"\n' "$calls" | fake sudo; }
sudo_with_password() { printf 'echo "sudo $*" >>"%s"; exit 1\n' "$calls" | fake sudo; }

# run ARG...: the script, with nothing but the machine above. Sets $out, $err, $status.
run_as() {
    env -i PATH="$work/bin" HOME="$work/home" TMPDIR="$work/tmp" ${CI_SET:+CI=true} ${BUILD_IN:+THREADMILL_BUILD="$BUILD_IN"} ${BUILD_CC:+CC="$BUILD_CC"} \
        "$@" >"$work/out" 2>"$work/err" </dev/null
    status=$? out=$(cat "$work/out") err=$(cat "$work/err")
}
run() { run_as "$top/threadmill" "$@"; }
forget_calls() { : >"$calls"; }

# ---- saying what happened ----------------------------------------------------

problems=
is() { [ "$2" = "$3" ] || problems="$problems#   $1: '$2', expected '$3'
"; }
has() { case $2 in *"$3"*) ;; *) problems="$problems#   $1: no '$3' in '$2'
" ;; esac; }
hasnt() { case $2 in *"$3"*) problems="$problems#   $1: '$3' in '$2'
" ;; esac; }
point() {
    n=$((n + 1))
    if [ -z "$problems" ]; then echo "ok $n - $1"; else
        echo "not ok $n - $1"
        printf '%s' "$problems"
        failed=1
    fi
    problems=
}
tools_called() { sed 's/ .*//' "$calls" | tr '\n' ' '; }

# ---- building ------------------------------------------------------------------

machine
run list --json "a b"
is status "$status" 0
is stdout "$out" "lab [list] [--json] [a b]"
is calls "$(tools_called)" "meson ninja "
has "ninja call" "$(cat "$calls")" "-C $top/build lab"
point "the first start builds, then runs with all its arguments, and stdout is the lab's alone"

forget_calls
run again
is stdout "$out" "lab [again]"
is stderr "$err" ""
is calls "$(tools_called)" ""
point "a start when built asks neither meson nor ninja, and says nothing"

touch "$top/src/room/room.c"
run
is calls "$(tools_called)" "ninja "
point "a saved source file is built"

forget_calls
touch -d '2001-01-01' "$work/other" && cp -p "$work/other" "$top/src/room/room.c"
run
is calls "$(tools_called)" "ninja "
point "so is one that was overwritten by an older one, with its old time"

forget_calls
rm "$top/src/room/room.c"
run
is calls "$(tools_called)" "ninja "
point "so is one that is gone"

forget_calls
echo 'cc 2.0' >"$work/cc-version" && touch "$work/bin/cc"
run
is calls "$(tools_called)" "meson ninja "
point "another compiler makes a fresh build"

forget_calls
touch "$work/bin/cc"
run
is calls "$(tools_called)" "ninja "
point "the same compiler, installed again, does not"

machine
BUILD_CC=cc-1 run && forget_calls
BUILD_CC=other run x
is stdout "$out" "lab [x]"
is calls "$(tools_called)" ""
echo 'cc 3.0' >"$work/cc-version" && touch "$work/bin/cc-1"
run
is calls "$(tools_called)" "meson ninja "
is "compiler of the fresh build" "$(cat "$work/setup-cc")" "cc-1"
point "CC is for the first build: another CC later, for the exercises, builds nothing"

machine
run && ln -s "$top/threadmill" "$work/link" && ln -s link "$work/link2" && forget_calls
run_as "$work/link2" x
is stdout "$out" "lab [x]"
is calls "$(tools_called)" ""
point "a start through symbolic links finds its checkout"

machine
run && mv "$top" "$work/moved" && top="$work/moved" && forget_calls
run x
is stdout "$out" "lab [x]"
is calls "$(tools_called)" "meson ninja "
point "a checkout that was moved is built afresh"

machine
: >"$work/ninja-breaks"
run
is status "$status" 2
is stdout "$out" ""
has stderr "$err" "room.c: error: no"
rm "$work/ninja-breaks"
run
is status "$status" 0
point "a failed build shows why and exits 2; the next start tries again"

machine
: >"$work/meson-breaks"
run
is status "$status" 2
has stderr "$err" "meson is unwell"
rm "$work/meson-breaks"
run
is status "$status" 0
point "so does a failed set-up"

machine
mkdir -p "$top/build/meson-private" && : >"$top/build/half" && : >"$top/build/.identity"
run
is status "$status" 0
is leftovers "$(ls "$top/build/half" 2>/dev/null)" ""
point "an interrupted set-up is thrown away"

machine
mkdir -p "$top/build/meson-private" && : >"$top/build/build.ninja"
run
is calls "$(tools_called)" "ninja "
point "a build set up by hand keeps its options"

machine
mkdir "$work/mine" && echo precious >"$work/mine/file"
BUILD_IN="$work/mine" run
is status "$status" 2
is file "$(cat "$work/mine/file")" precious
point "a folder with something else in it is never built in"

machine
BUILD_IN="$work/else where" run x
is stdout "$out" "lab [x]"
is "made in the checkout" "$(ls "$top")" "meson.build
src
threadmill"
point "THREADMILL_BUILD builds elsewhere"

# Permissions mean nothing to root.
if [ "$(id -u)" = 0 ]; then ordinary='setpriv --reuid=65534 --regid=65534 --clear-groups'; else ordinary=; fi

machine
ordinary_user
chmod 555 "$top"
# shellcheck disable=SC2086  # a command and its arguments
run_as $ordinary "$top/threadmill" x
is stdout "$out" "lab [x]"
has stderr "$err" "cannot be written; building in '$work/home/.cache/threadmill/build"
forget_calls
# shellcheck disable=SC2086
run_as $ordinary "$top/threadmill" y
is stdout "$out" "lab [y]"
is stderr "$err" ""
is calls "$(tools_called)" ""
rm -rf "$work/home/.cache"
point "a checkout that cannot be written is built below the home folder"

machine
ordinary_user
chmod 555 "$top" "$work/home"
# shellcheck disable=SC2086
run_as $ordinary "$top/threadmill" x
is status "$status" 2
has stderr "$err" "THREADMILL_BUILD="
chmod 755 "$top" "$work/home"
point "where nothing can be written it says what to do"

machine
mkfifo "$work/gate"
run_a() { env -i PATH="$work/bin" HOME="$work/home" TMPDIR="$work/tmp" "$top/threadmill" "$1" >"$work/out.$1" 2>"$work/err.$1" </dev/null; }
run_a 1 & first=$!
until grep -q ninja "$calls"; do :; done # the first builds, and waits at the gate
run_a 2 & second=$!
until grep -qx "9" "$work/flocks"; do :; done # the second waits for it
echo open >"$work/gate"
wait $first; is "first status" $? 0
wait $second; is "second status" $? 0
has "second stderr" "$(cat "$work/err.2")" "waiting for it"
is "first" "$(cat "$work/out.1")" "lab [1]"
is "second" "$(cat "$work/out.2")" "lab [2]"
is calls "$(tools_called)" "meson ninja "
point "of two starts at once one builds and the other waits"

# ---- packages ----------------------------------------------------------------------

machine
rm "$work/has/libuv" && mv "$work/bin/ninja" "$work/ninja.away"
run x
is stdout "$out" "lab [x]"
has stderr "$err" "missing: ninja-build libuv1-dev"
has calls "$(cat "$calls")" "install -y --no-install-recommends ninja-build libuv1-dev"
point "as root, exactly what is missing is named and installed"

machine
rm "$work/has/md4c" && ordinary_user && sudo_without_password
run x
is stdout "$out" "lab [x]"
has calls "$(cat "$calls")" "sudo -n env DEBIAN_FRONTEND=noninteractive apt-get"
point "an ordinary user who may use sudo gets it installed"

machine
rm "$work/has/md4c" "$work/has/libuv" && ordinary_user && sudo_with_password
CI_SET=1 run x
is status "$status" 2
has stderr "$err" "sudo apt-get update && sudo apt-get install -y --no-install-recommends libuv1-dev libmd4c-dev"
hasnt calls "$(cat "$calls")" "apt-get"
point "where sudo would ask and nobody can answer, the command is printed and the status is 2"

machine
rm "$work/has/md4c" && ordinary_user
run x
is status "$status" 2
has stderr "$err" "sudo apt-get install"
point "so it is without sudo"

machine
rm "$work/has/md4c" && : >"$work/no-network"
run x
is status "$status" 2
has stderr "$err" "could not install: libmd4c-dev"
has stderr "$err" "Temporary failure resolving"
point "without a network it says what could not be installed"

machine
rm "$work/has/md4c" "$work/bin/apt-get"
run x
is status "$status" 2
has stderr "$err" "missing: libmd4c-dev"
point "on other systems the packages are named"

# ---- tests ---------------------------------------------------------------------------

machine
mkdir -p "$top/tests" && cp "$source_root/tests/summary.py" "$top/tests/"
echo '{"name": "a", "result": "OK", "stdout": ""}' >"$work/testlog"
run test
is status "$status" 0
is stdout "$(tail -n 1 "$work/out")" "1 passed, 0 failed"
has calls "$(cat "$calls")" "--no-suite=slow --no-suite=sweep"
point "test ends with the line, and leaves out the slow ones"

forget_calls
: >"$work/tests-fail"
echo '{"name": "b", "result": "FAIL", "stdout": ""}' >>"$work/testlog"
run test --all
is status "$status" 1
is stdout "$(tail -n 1 "$work/out")" "1 passed, 1 failed"
hasnt calls "$(cat "$calls")" "slow"
point "test --all runs all, and a failure is exit status 1"

run test --al
is status "$status" 2
has stderr "$err" "unknown argument '--al'"
point "an unknown argument to test is refused"

echo "1..$n"
exit $failed
