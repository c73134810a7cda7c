#!/bin/sh
# layers: the rooms of src/ may only include downwards, as src/LAYERS says. Prints TAP.
#
# usage: layers.sh SRC      (SRC holds LAYERS and the rooms)
#
# One point a room, and four for the rules that no single room owns. What is looked at are the
# quoted includes of every .c, .h and .def file below SRC/<room>/, and a few system headers
# that belong to one room alone.
set -eu
cd "$1"

# Lines "room file line header quoted|angle", for the rules below to read.
facts() {
    find . -mindepth 2 \( -name '*.c' -o -name '*.h' -o -name '*.S' -o -name '*.def' \) -exec awk '
        match($0, /^[ \t]*#[ \t]*include[ \t]*["<][^">]+[">]/) {
            inc = substr($0, RSTART, RLENGTH); kind = inc ~ /</ ? "angle" : "quoted"
            sub(/^[^"<]*["<]/, "", inc); sub(/[">]$/, "", inc)
            file = FILENAME; sub(/^\.\//, "", file)
            room = file; sub(/\/.*/, "", room)
            print room, file, FNR, inc, kind
        }' {} +
}

{
    sed 's/^/L /' LAYERS
    for room in */; do printf 'R %s\n' "${room%/}"; done
    facts | sed 's/^/I /'
} | awk '
    function problem(point, text) { bad[point] = bad[point] "#   " text "\n" }
    $1 == "L" {
        sub(/^L /, ""); sub(/#.*/, "")
        if ($0 ~ /^[ \t]*$/) next
        room = $1; sub(/:$/, "", room)
        order[++rooms] = room; rank[room] = rooms
        for (i = 2; i <= NF; i++) {
            may[room, $i] = 1
            # Only rooms already read are lower; so a circle cannot even be written down.
            if (!($i in rank) || rank[$i] >= rank[room]) problem("list", room " may not list " $i ": it stands higher or nowhere")
        }
        next
    }
    $1 == "R" { if (!($2 in rank)) problem("list", "src/" $2 "/ is not in LAYERS"); next }
    {
        room = $2; file = $3; where = $3 ":" $4; inc = $5
        if ($6 == "angle") {
            if (inc ~ /^(n?curses(w)?|term|panel)(\.h|\/)/ || inc ~ /^ncursesw\//) { if (room != "screen") problem("curses", where " includes <" inc ">: only screen/ knows curses") }
            if (inc ~ /^uv[.\/]/ && room != "run" && room != "app") problem("uv", where " includes <" inc ">: only run/ and app/ know libuv")
            next
        }
        if (split(inc, part, "/") < 2) { problem("qualified", where " includes \"" inc "\": write \"room/" inc "\""); next }
        if (inc ~ /(^|\/)\.\.?\//) { problem("qualified", where " includes \"" inc "\": write it from src/"); next }
        if (part[1] == room) next
        if (!(part[1] in rank)) problem(room, where " includes \"" inc "\": no such room")
        else if (!((room, part[1]) in may)) problem(room, where " includes \"" inc "\": " room " may not use " part[1])
    }
    function point(name, text) {
        n++
        if (!(name in bad)) { print "ok " n " - " text; return }
        printf "not ok %d - %s\n%s", n, text, bad[name]
        failed = 1
    }
    END {
        printf "1..%d\n", rooms + 4
        for (i = 1; i <= rooms; i++) point(order[i], order[i] " includes only what it may")
        point("list", "every room is listed, low to high")
        point("qualified", "includes are written room/file.h")
        point("curses", "only screen/ includes curses")
        point("uv", "only run/ and app/ include libuv")
        if (!rooms) { print "Bail out! LAYERS is empty"; failed = 1 }
        exit failed + 0
    }'
