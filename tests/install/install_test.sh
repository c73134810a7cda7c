#!/bin/sh
# What `meson install` makes is the whole lab, and it works wherever it is put. Prints TAP.
#
# usage: install_test.sh BUILD-DIR PREFIX SOLUTION.c EXERCISE     (PREFIX as configured)
#
# The lab is installed below a temporary folder and moved from there, so that nothing can be found in the
# prefix it was configured for; a mark in the installed course shows whose course is read.
set -u
build=$1 prefix=$2 solution=$3 exercise=$4
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
n=0 failed=0
lab="$work/somewhere else"

point() { # point STATUS TITLE: shows $work/out when it failed
    n=$((n + 1))
    if [ "$1" = 0 ]; then echo "ok $n - $2"; else
        echo "not ok $n - $2"
        sed 's/^/#   /' "$work/out" 2>/dev/null | head -n 20
        failed=1
    fi
}
threadmill() {
    env -i PATH="$PATH" HOME="$work/home" LANG=C.UTF-8 TERM=dumb "$lab/bin/threadmill" "$@" </dev/null >"$work/out" 2>&1
}
files_there() {
    for f in bin/threadmill libexec/threadmill/threadmill-engine libexec/threadmill/threadmill-native \
        libexec/threadmill/include/lab/lab.h libexec/threadmill/include/lab/check.h libexec/threadmill/include/lab/loop.h share/man/man1/threadmill.1; do
        [ -f "$lab/$f" ] || { echo "missing: $f" >"$work/out"; return 1; }
    done
    for d in lessons exercises solutions tests/mutants; do
        [ -d "$lab/share/threadmill/$d" ] || { echo "missing: $d" >"$work/out"; return 1; }
    done
}

mkdir "$work/home"
meson install -C "$build" --no-rebuild --destdir "$work/root" >"$work/out" 2>&1
point $? "meson install"
mv "$work/root$prefix" "$lab"
files_there
point $? "every part is there"

for lesson in "$lab"/share/threadmill/lessons/*/lesson.md; do sed -i '1,12s/^\(# *\|title: *\)\(.*\)$/\1\2 (installed here)/' "$lesson"; done
threadmill list --json
grep -q "installed here" "$work/out"
point $? "list reads the course that was installed beside it"
threadmill check "$exercise" --file "$solution" --json && grep -q '"verdict": *"pass"' "$work/out"
point $? "check compiles and judges with the installed parts"
echo "1..$n"
exit $failed
