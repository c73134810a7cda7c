#!/bin/sh
# The layers test must see what it is there to see: in a small made-up tree each rule is broken once,
# and exactly its point has to fail. Prints TAP.
#
# usage: selftest.sh LAYERS.SH
set -eu
layers=$1
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
n=0 failed=0

fresh() {
    rm -rf "$dir/src"
    mkdir -p "$dir/src/low" "$dir/src/run" "$dir/src/screen/deep"
    printf '# rooms\nlow:\nrun: low\nscreen: low\n' >"$dir/src/LAYERS"
    echo '#include <stdio.h>' >"$dir/src/low/low.h"
    printf '#include "low/low.h"\n#include <uv.h>\n' >"$dir/src/run/run.c"
    printf '#include <ncursesw/curses.h>\n#include "screen/screen.h"\n' >"$dir/src/screen/deep/canvas.c"
}

# expect WORDS TITLE: the failing points of the tree are WORDS, in order ("" = all pass).
expect() {
    status=0; sh "$layers" "$dir/src" >"$dir/out" || status=$?
    got=$(sed -n 's/^not ok [0-9]* - \([a-z]*\).*/\1/p' "$dir/out" | tr '\n' ' ')
    want=0; [ -z "$1" ] || want=1
    n=$((n + 1))
    if [ "${got% }/$status" = "$1/$want" ]; then echo "ok $n - $2"; else
        failed=1
        printf 'not ok %d - %s\n#   failing points: %s, status %s; expected: %s, %s\n' "$n" "$2" "${got:-none}" "$status" "${1:-none}" "$want"
    fi
}

echo 1..9
fresh; expect "" "a tree that keeps the rules passes"
fresh; echo '#include "run/run.h"' >>"$dir/src/low/low.h"; expect "low" "an upward include"
fresh; echo '  #  include "run/run.h"' >>"$dir/src/screen/deep/canvas.c"; expect "screen" "a sideways include"
fresh; echo '#include "mars/mars.h"' >>"$dir/src/low/low.h"; expect "low" "a room that is not there"
fresh; mkdir "$dir/src/stray"; expect "every" "a folder that is not listed"
fresh; printf 'low: run\nrun: low\nscreen: low\n' >"$dir/src/LAYERS"; expect "every" "a circle in the list"
fresh; echo '#include "run.h"' >>"$dir/src/run/run.c"; expect "includes" "an include without its room"
fresh; echo '#include <term.h>' >>"$dir/src/run/run.c"; expect "only" "curses outside screen"
fresh; echo '#include <uv.h>' >>"$dir/src/low/low.h"; expect "only" "libuv outside run and app"
exit $failed
