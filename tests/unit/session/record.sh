#!/bin/sh
# Makes the recordings again, when the protocol or what the engine says has changed:
#
#   ninja -C BUILD tests/unit/session/record_drive
#   tests/unit/session/record.sh BUILD
#   REGENERATE=1 meson test -C BUILD 'session *'       (then look at the difference in the screens)
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
lesson=$root/tests/screens/course/lessons/01-first/drive
record() {
    file=$1 what=$2 out=$3
    shift 3
    "$build/tests/unit/session/record_drive" "$root/src/engine/include" \
        "$build/src/engine/threadmill-engine" "$file" "$what" "$here/$out" "$@"
}
build=$(cd "$1" && pwd)
record "$lesson/lost.c" lost lost.jsonl 1 1 b b 1 2 2 1 R 1 1 2 2 i \
    R 1 2 1 2 R 1 2 2 1 R 2 2 1 1 R 2 1 2 1 R 2 1 1 2
record "$here/queue.c" - queue.jsonl 0 0 0 1 1 1 2 2 2 3 3 3 3 2 3 z r t
record "$here/ready.c" - ready.jsonl 0 0 0 0 0 0 0 0 0 0 0 0 0
record "$here/deadlock.c" main:i:aabc deadlock.jsonl o
