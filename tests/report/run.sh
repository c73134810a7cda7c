#!/bin/sh
# Literal reports: what `threadmill explore NAME.c` says at 80 columns must be NAME.txt, byte for byte, so
# that every change of wording is seen. Left out are the seconds, and where on a stack a variable lies.
#
#   tests/report/run.sh THREADMILL                 all of them, as TAP
#   tests/report/run.sh --regenerate THREADMILL    shows what changed and writes the new reports
set -u
here=$(cd "$(dirname "$0")" && pwd)
regenerate=no
[ "$1" = --regenerate ] && { regenerate=yes; shift; }
case $1 in /*) threadmill=$1 ;; *) threadmill=$PWD/$1 ;; esac
export LANG=C.UTF-8 LC_ALL=C.UTF-8 NO_COLOR=1
unset THREADMILL_WORKSPACE XDG_CACHE_HOME
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT INT TERM
cd "$here" || exit 1
n=0 bad=0
for program in *.c; do
    n=$((n + 1))
    name=${program%.c}
    HOME=$work timeout 60 "$threadmill" explore "$program" 2>&1 | sed -e 's/, [0-9.]* s$/, - s/' -e 's/,s\([0-9]*\)-[0-9a-f]*+/,s\1-...+/' > "$work/got"
    if [ -f "$name.txt" ] && diff "$name.txt" "$work/got" > "$work/diff"; then
        echo "ok $n - $name"
        continue
    fi
    if [ $regenerate = yes ]; then
        echo "# $name"
        cat "$work/diff" 2> /dev/null
        cp "$work/got" "$name.txt"
        continue
    fi
    bad=$((bad + 1))
    echo "not ok $n - $name"
    sed 's/^/# /' "$work/diff" 2> /dev/null
done
echo "1..$n"
[ $bad = 0 ]
