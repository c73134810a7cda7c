#!/bin/sh
# Literal screens: NAME.keys is played by `threadmill --script` at each size, and the screen it ends
# with must be NAME.COLSxROWS.screen, byte for byte.
#
#   tests/screens/run.sh THREADMILL                 all of them, as TAP
#   tests/screens/run.sh --regenerate THREADMILL    shows what changed and writes the new screens
#
# The scripts run against the small course beside them, in a home of their own, so nothing of
# this machine is on a screen. A `.keys` file sets no size and saves no screen: this does.
set -u
here=$(cd "$(dirname "$0")" && pwd)
regenerate=no
[ "$1" = --regenerate ] && { regenerate=yes; shift; }
case $1 in /*) threadmill=$1 ;; *) threadmill=$PWD/$1 ;; esac
sizes="80x24 120x40 200x60"
export LANG=C.UTF-8 LC_ALL=C.UTF-8 TZ=UTC THREADMILL_TODAY=2026-11-20
unset NO_COLOR VISUAL EDITOR TMUX ZELLIJ THREADMILL_WORKSPACE THREADMILL_ASCII XDG_CACHE_HOME
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT INT TERM
cache=$work/cache

# play KEYS SIZE OUT: HOME has the same name each time, for it may be seen on the screen.
play() {
    rm -rf "$work/home"
    mkdir -p "$work/home/.cache"
    ln -s "$cache" "$work/home/.cache/threadmill"
    mkdir -p "$cache"
    { echo ":size $2"; echo ":within 10"; cat "$1"; echo ":save-screen $3"; } > "$work/keys"
    (cd "$here" && HOME="$work/home" timeout 60 "$threadmill" --course "$here/course" --script "$work/keys") 2> "$work/err"
}

count=0 bad=0
ok() { count=$((count + 1)); echo "ok $count - $1"; }
not_ok() { count=$((count + 1)); bad=$((bad + 1)); echo "not ok $count - $1"; sed 's/^/# /' "$2"; }

for keys in "$here"/*.keys; do
    for size in $sizes; do
        name=$(basename "$keys" .keys).$size
        want=$here/$name.screen
        : > "$work/out"
        if ! play "$keys" "$size" "$work/out"; then
            not_ok "$name: the script did not end well" "$work/err"
            continue
        fi
        if [ $regenerate = yes ]; then
            diff -u "$want" "$work/out" 2> /dev/null || cp "$work/out" "$want"
            ok "$name written"
        elif diff -u "$want" "$work/out" > "$work/diff" 2>&1; then
            ok "$name"
        else
            not_ok "$name" "$work/diff"
        fi
    done
done
# The scripts can fail: at a wait for what never comes, at a key or a command that does not exist.
for line in 'wait text there is no such text' 'wait nonsense' 'NoSuchKey' ':no-such-command'; do
    printf ':within 0.05\n%s\n' "$line" > "$work/wrong.keys"
    play "$work/wrong.keys" 80x24 "$work/out"
    status=$?
    if [ $status -eq 1 ] && grep -qF "$line" "$work/err"; then
        ok "fails as it should: $line"
    else
        not_ok "should fail with status 1, was $status: $line" "$work/err"
    fi
done
echo "1..$count"
[ $bad -eq 0 ]
