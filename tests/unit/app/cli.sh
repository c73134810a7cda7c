#!/bin/sh
# The command line from outside: exit statuses, what is said, that JSON is always JSON.
# usage: cli.sh THREADMILL COURSE
tm=$(realpath "$1") || exit 1
course=$2
box=$(mktemp -d) || exit 1
trap 'rm -rf "$box"' EXIT
export HOME="$box/home" XDG_CACHE_HOME="$box/cache" THREADMILL_WORKSPACE="$box/ws"
unset THREADMILL_ROOT THREADMILL_CC CC
mkdir "$HOME"
cd "$box" || exit 1
n=0

report() { # report OK NAME
    n=$((n + 1))
    if [ "$1" -eq 0 ]; then
        echo "ok $n - $2"
    else
        echo "not ok $n - $2"
        sed 's/^/# out: /' out
        sed 's/^/# err: /' err
    fi
}

with= # "NAME=VALUE": in the environment of the next commands
lab() {
    if [ -n "$with" ]; then
        env "$with" "$tm" "$@" >out 2>err </dev/null
    else
        "$tm" "$@" >out 2>err </dev/null
    fi
}

# expect STATUS WORDS ARGUMENTS...: the status, and WORDS somewhere in what is said.
expect() {
    status=$1 words=$2
    shift 2
    lab "$@"
    got=$?
    cat out err | grep -qF -- "$words"
    found=$?
    [ "$got" -eq "$status" ] && [ "$found" -eq 0 ]
    report $? "$* -> $status, \"$words\" (got $got)"
}

# json STATUS VERDICT ARGUMENTS...: one JSON object on stdout with that verdict.
json() {
    status=$1 verdict=$2
    shift 2
    lab "$@"
    got=$?
    [ "$got" -eq "$status" ] && [ "$(wc -l <out)" -eq 1 ] && grep -q '^{"schema":"threadmill/verdict/1",.*}$' out &&
        grep -q "^[^[]*\"verdict\":\"$verdict\"" out
    report $? "$* -> $status, JSON $verdict (got $got)"
}

cat >race.c <<'C'
#include <pthread.h>
static int c;
static void *up(void *x) { c++; return x; }
int main(void)
{
    pthread_t a, b;
    pthread_create(&a, 0, up, 0);
    pthread_create(&b, 0, up, 0);
    pthread_join(a, 0);
    pthread_join(b, 0);
    return c != 2;
}
C
cat >fine.c <<'C'
int main(void) { return STATUS; }
C
cat >locked.c <<'C'
#include <pthread.h>
#ifndef N
#define N 1
#endif
static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static int c;
static void *up(void *x)
{
    for (int i = 0; i < N; i++) {
        pthread_mutex_lock(&m);
        c++;
        pthread_mutex_unlock(&m);
    }
    return x;
}
int main(void)
{
    pthread_t t[3];
    for (int i = 0; i < 3; i++)
        pthread_create(&t[i], 0, up, 0);
    for (int i = 0; i < 3; i++)
        pthread_join(t[i], 0);
    return c != 3 * N;
}
C
echo 'int main(void) { return 0' >broken.c
echo 'int helper(void) { return 0; }' >nomain.c
printf '\n/* caf\351 */\nint main(void) { return 0; }\n' >latin1.c
printf 'int main(void)\0{ return 0; }' >binary.c
printf '#include <stdlib.h>\nint main(void) { return system("ls"); }\n' >refused.c
mkdir folder.c

# usage
expect 2 "did you mean 'check'?" chek
expect 2 "there is no command 'xyzzy'" xyzzy
expect 2 "there is no option '--frob'" --frob
expect 2 "did you mean --json?" check --jsn
expect 2 "an argument is missing" explore
expect 2 "one argument too many" explore a.c b.c
expect 2 "--runs needs a value" explore race.c --runs
expect 2 "--runs takes a number, not 'x'" explore race.c --runs x
expect 2 "--runs takes a number above 0" explore race.c --runs 0
expect 2 "--seconds takes a number of seconds" check --seconds nan
expect 2 "the lab needs a terminal"
expect 2 "with --plain it reads choices" drive lost-update
expect 0 "usage: threadmill" --help
expect 0 "threadmill 0" --version
for command in list read demo drive init check watch hint reset solution diff explore replay lint help version; do
    expect 0 "usage: threadmill $command" $command --help
    expect 0 "usage: threadmill $command" help $command
done

# programs
expect 0 "PASSED" explore fine.c --define STATUS=0
expect 0 "PASSED" explore fine.c -- -DSTATUS=0
expect 1 "main returned 3, expected 0" explore fine.c --define STATUS=3
expect 1 "nothing orders them" explore race.c
expect 1 "main returned 1, expected 0" explore race.c --races=ignore
expect 1 "COMPILE" explore broken.c
expect 1 "system() cannot be" explore refused.c
expect 2 "neither main() nor" explore nomain.c
expect 2 "cannot open 'nofile.c'" explore nofile.c
expect 2 "is a directory" explore folder.c
expect 2 "is not a C source text: line 1 has a NUL byte" explore binary.c
expect 2 "line 2 has a byte that is not" explore latin1.c
expect 2 "demo: '$box/latin1.c' is not a C source text" demo latin1.c --plain
expect 1 "the program has no main()" demo nomain.c --plain
expect 2 "the name of the folder is empty" init ""
expect 2 "there is no command '?[31mcheck'" "$(printf '\033[31mcheck')"
expect 2 "is not a C file" explore out
# few open files: the limit is raised where it may be, and told where not
files=$(ulimit -S -n)
ulimit -S -n 20
expect 0 "every interleaving" explore locked.c
ulimit -S -n "$files"
sh -c 'ulimit -n 20; exec "$0" list' "$tm" >out 2>err </dev/null
[ $? -eq 2 ] && grep -q 'only 20 files may be open here; the lab needs 256' err
report $? "a hard limit of 20 files"
expect 2 "not supported yet" explore race.c --memory=c11
for strategy in dpor states dfs random pct surw; do
    expect 1 "nothing orders them" explore race.c --strategy "$strategy"
done
expect 2 "there is no strategy 'best'; there are auto" explore race.c --strategy best
expect 0 "PASSED" explore locked.c --strategy dfs --preemptions 1
expect 0 "PASSED" explore locked.c --strategy states
expect 2 "100 random interleavings" explore locked.c --strategy surw --runs 100
expect 2 "100 random interleavings" explore locked.c --strategy pct --runs 100 --seed 7
expect 2 "100 random interleavings" explore locked.c --strategy random --runs 100
expect 2 "--preemptions goes with" explore race.c --strategy dpor --preemptions 1
expect 2 "--count goes with" explore race.c --strategy surw --count
expect 2 "--preemptions takes a number from" explore race.c --preemptions 99999
expect 2 "--spurious takes a number from" explore race.c --spurious 99999
expect 2 "--seed takes a number" explore race.c --seed -1
expect 2 "--seconds takes a number" explore race.c --seconds 0
expect 2 "--clock is ideal or hostile" explore race.c --clock slow
expect 2 "--races is report or ignore" explore race.c --races=maybe
expect 2 "--memory is sc or c11" explore race.c --memory tso
expect 2 "--workers takes a number from 1" explore race.c --workers 0
expect 2 "the count stopped after" explore locked.c --define N=12 --count --seconds 0.05
expect 2 "stopped after 0.05 seconds" explore locked.c --define N=12 --seconds 0.05
expect 1 "nothing orders them" explore race.c --workers 4
expect 1 "ways to end" explore race.c --races=ignore --count
json 0 pass explore --json fine.c --define STATUS=0
json 1 race explore --json race.c
json 1 compile explore --json broken.c
json 2 trouble explore --json nofile.c
json 2 trouble explore --json folder.c
json 2 trouble explore --json
json 2 trouble explore --json race.c --frob
json 2 trouble explore --json race.c --memory c11
json 2 trouble check --json nosuch
json 2 trouble check --json --seconds x

# no compiler, a compiler that is none
with=PATH=/nonexistent
expect 2 "no C compiler found" explore race.c
with=THREADMILL_CC=/bin/false
json 2 trouble explore --json race.c
with=

# names that are none
expect 2 "is a file, not the name of an exercise" check "$box/race.c"
expect 2 "is a file, not the name of an exercise" hint race.c
expect 2 "there is no exercise '/no/such/thing'" check /no/such/thing
json 2 trouble check --json race.c

# replay
"$tm" explore race.c >out 2>err
token=$(sed -n 's/^replay: threadmill replay //p' out)
(cd / && "$tm" replay "$token" >"$box/out" 2>"$box/err")
[ $? -eq 1 ]
report $? "replay of $token from another folder -> 1"
expect 1 "wrong: main returned 1" replay "$token" race.c
expect 0 "This run ends well" replay "$(echo "$token" | sed 's/:[a-z0-9.]*:[0-9a-f]*$/:/')" race.c
sed 's/c++/if (x) c++/' race.c >other.c
expect 2 "the program is not the one this token was made with" replay "$token" other.c
# assert's text is the same in every folder, however it is spelled
mkdir -p "a folder with a long name"
sed 's/^#include <pthread.h>/#include <pthread.h>\n#include <assert.h>/; s/c++;/c++; assert(c);/' race.c >"a folder with a long name/same.c"
cp "a folder with a long name/same.c" same.c
tokens=$(for file in same.c ./same.c "$PWD/same.c" "a folder with a long name/same.c"; do "$tm" explore "$file"; done 2>err |
    grep '^replay: ' | sort | uniq -c | sed 's/^ *//; s/@.*//')
[ "$tokens" = "4 replay: threadmill replay same" ]
report $? "one token wherever the file is: $tokens"
expect 2 "is no replay token" replay nonsense
expect 2 "name the C file" replay "unknown@main:i:ab"
expect 2 "cannot open 'gone.c'" replay "$token" gone.c

# the workspace
expect 0 "not made yet" list
expect 0 "files written" init
expect 0 "0 files written" init
expect 0 '{"lessons":[{"id":"' list --json
expect 0 "03-race-conditions" list
expect 0 "The lost cup" read 03
expect 0 "One line, three steps" read 03/1
expect 2 "there is no lesson or step 'nosuch'" read nosuch
expect 1 "nothing orders them" check private-tallies
expect 2 "did you mean 'private-tallies'?" check privat-tallies
expect 2 "cannot open 'nofile.c'" check private-tallies --file nofile.c
expect 0 "PASSED" check private-tallies --file "$course/solutions/03-race-conditions/private-tallies.c"
expect 0 "hint 1 of 3" hint private-tallies
expect 0 "hint 2 of 3" hint private-tallies
expect 0 "hint 1 of 3" hint --again private-tallies
expect 0 "hint 3 of 3" hint private-tallies
expect 0 "You have seen all 3 hints" hint private-tallies
expect 1 "has not passed yet" solution private-tallies
expect 0 "count_all" solution private-tallies
expect 0 "+ ours" diff private-tallies
mine="$box/ws/03-race-conditions/private-tallies/private-tallies.c"
cp "$course/solutions/03-race-conditions/private-tallies.c" "$mine"
expect 0 "PASSED" check private-tallies
expect 0 '"state":"passed"' list --json
"$tm" list | grep "03.8" | grep -vq "(done)"
report $? "a step with exercises left is not done"
for name in read-after-join spot-the-race; do
    "$tm" check $name >out 2>&1
    edit=$(sed -n 's/^edit: *//p' "$course/exercises/03-race-conditions/$name/exercise.md")
    cp "$course/solutions/03-race-conditions/$name".[ch] "$box/ws/03-race-conditions/$name/${edit:-$name.c}"
    expect 0 "PASSED" check $name
done
"$tm" list | grep "03.8" | grep -q "(done)"
report $? "a step is done when its last exercise passes"
grep -q '^belief M12 0 1 right$' ws/progress.txt && grep -q '^belief M11 0 3 right$' ws/progress.txt
report $? "a pass counts for its beliefs, once"
echo '/* changed */' >>"$mine"
expect 0 '"state":"changed"' list --json
expect 0 "is kept as" reset private-tallies
expect 0 "is the starter" reset private-tallies
grep -q 'changed' "$mine.1"
report $? "reset kept the file"

# drives and demos, line by line
printf 'A B*2\nA\n' | "$tm" drive lost-update --plain >out 2>err
[ $? -eq 0 ] && grep -q "4 of 6 schedules" out
report $? "drive lost-update at par"
printf 'nonsense\nback\nhint\nA\nquit\n' | "$tm" drive lost-update --plain >out 2>err
[ $? -eq 1 ] && grep -q '^hint: ' out
report $? "drive that was given up -> 1"
printf 'A B\nhint\nquit\n' | "$tm" drive two-dishes --plain >out 2>err
[ $? -eq 0 ] && grep -q '^Now: ' out && grep -q 'no hints for this further goal' out && ! grep -q '^hint: ' out
report $? "the further goal of a drive has no hints"
printf 'A B\nB*2\n' | "$tm" drive two-dishes --plain >out 2>err
[ $? -eq 0 ] && grep -q "Goal reached in 2 steps, 0 switches\." out && [ "$(grep -c '^Par' out)" -eq 1 ] &&
    [ "$(grep -c '^Overlapping periods' out)" -eq 1 ]
report $? "par and the last word of a drive are about its first goal"
printf 'impossible\n' | "$tm" drive down-to-one --plain >out 2>err
[ $? -eq 0 ] && grep -q "none of the 924" out
report $? "an impossible drive"
printf 'M C*2\nM C\ntoken\nimpossible\n' | "$tm" drive private-memory --plain >out 2>err
[ $? -eq 0 ] && grep -q "sold in C = 1" out && grep -q "none of the 4" out
report $? "a drive with two processes"
expect 0 "write sold = 1" replay "$(grep '^private-memory@' out)" "$course/lessons/12-processes/drive/private-memory.c"
printf 'main*2 T1 T2*2 T1\n' | "$tm" drive race.c --plain >out 2>err
[ $? -eq 0 ] && grep -q "T1 up *has ended" out && grep -q "next: join T1" out
report $? "drive of any C file"
printf 'main\nquit\n' | "$tm" drive private-tallies --plain >out 2>err
[ $? -eq 0 ] && grep -q "next: create" out
report $? "drive of an exercise"
expect 2 "there is no drive, demo, exercise or C file" drive nosuch --plain
expect 2 "did you mean 'counter'?" demo conter
expect 0 "elapsed" demo counter --plain -- -n 1000
expect 0 "elapsed" demo counter --record run.lanes -- -n 1000 -t 0
expect 0 "recorded on" demo run.lanes
expect 0 "cups per thread: 1000" demo run.lanes
sed 's/ start / dance /' run.lanes >wrong.lanes
expect 2 "makes no sense" demo wrong.lanes
expect 2 "no recorded run" demo counter --recorded
expect 2 "cannot open" demo nosuch.lanes
expect 2 "cannot open" demo nosuch.c
printf 'main\nquit\n' | "$tm" drive counter --plain >out 2>err
grep -q "^1 step, 0 switches" out
report $? "drive takes over a demo, with the arguments for it"
printf 'A\nB\nquit\n' | "$tm" drive two-dishes --plain >out 2>err
grep -q "^4 of 6 schedules do this" out
report $? "drive counts the schedules that reach a moment"
printf 'i\nquit\n' | "$tm" drive two-dishes --plain >out 2>err
grep -q "^It is possible: 4 of 6 schedules do it" out
report $? "drive does not believe that a moment is impossible"
printf 'quit\n' | "$tm" drive race.c --plain -- one two >out 2>err
report $? "drive passes arguments on"
printf '#include <string.h>\nint main(int n, char **v) { return n == 2 && !strcmp(v[1], "seven") ? 0 : 3; }\n' >args.c
printf 'token\nquit\n' | "$tm" drive args.c --plain -- seven >out 2>err
token=$(grep -o 'args@.*' out)
expect 0 "This run ends well" replay "$token"
expect 1 "main returned 3" replay "$token" -- eight
expect 1 "main returned 3" replay "$token" args.c -- eight

# watch: a save is checked, Ctrl-C ends it
wait_for() { # wait_for WORDS: until they are in the file watched, at most 20 seconds
    for _ in $(seq 200); do
        grep -q "$1" watched && return 0
        sleep 0.1
    done
    return 1
}
"$tm" watch private-tallies >watched 2>err &
watcher=$!
wait_for "Watching 1 file"
report $? "watch begins"
cp "$course/solutions/03-race-conditions/private-tallies.c" "$mine.new" && mv "$mine.new" "$mine"
wait_for "^PASSED"
report $? "watch checks what is saved"
kill -TERM $watcher
wait $watcher
report $? "watch ends when it is told to"
expect 0 '"state":"passed"' list --json

# output that cannot be written, a home that cannot be
"$tm" list >/dev/full 2>err
[ $? -eq 2 ] && grep -q "cannot write to standard output" err
report $? "a full disk on stdout -> 2"
"$tm" list >&- 2>err
[ $? -eq 2 ] && grep -q "cannot write to standard output" err
report $? "a closed stdout -> 2"
("$tm" read 03; echo $? >status) 2>err | head -n 1 >out
[ ! -s err ]
report $? "a reader that goes away is no error message"
with=THREADMILL_WORKSPACE=/proc/ws
expect 2 "/proc/ws" init
expect 2 "/proc/ws" check private-tallies
with=
expect 2 "dark, light, mono or auto" --theme pink list
expect 2 "on or off" --mouse maybe list
expect 0 "lost update" --theme=light --mouse=off read 03.1
expect 2 "cannot open course" --course "$box/nocourse" list
expect 2 "is no course" lint "$box"
with="THREADMILL_ROOT=$box"
expect 2 "THREADMILL_ROOT is" list
json 2 trouble check --json private-tallies
# ---- doctor: tried for real, and it says so when something is missing
with=
lab doctor
grep -q '^ok  compiler' out && grep -q '^ok  engine' out && grep -q '^ok  threads' out
report $? "doctor: compiler, engine and threads are tried"
lab doctor --json
python3 -c 'import json, sys; d = json.load(open("out")); assert all(f["found"] for f in d["findings"])'
report $? "doctor --json is JSON"
with=THREADMILL_CC=/bin/false
expect 1 "install gcc" doctor
expect 1 '"ok":false' doctor --json
with=THREADMILL_ROOT=/nowhere
expect 1 "there is no" doctor
with=VISUAL=no-such-editor
expect 0 "is not there" doctor
with=THREADMILL_WORKSPACE=/proc/ws
expect 1 "your progress cannot be saved" doctor
with=
if grep -q __asan_init "$tm"; then # which needs terabytes of it itself
    n=$((n + 1)) && echo "ok $n - doctor: too little address space # SKIP built with AddressSanitizer"
else
    (ulimit -v 2000000 && exec "$tm" doctor) >out 2>err
    [ $? -eq 1 ] && grep -q "^XX  memory *limited to 1953 MB" out && grep -q "ulimit -v unlimited" out
    report $? "doctor: too little address space"
fi
(ulimit -f 1000 && exec "$tm" doctor) >out 2>err
[ $? -eq 1 ] && grep -q "^XX  file size" out
report $? "doctor: too small files"
expect 2 "doctor" doctor --nonsense

# ---- progress, search, cards, paths: the twins of what the map offers
built_in=$course
course=$built_in/tests/screens/course
expect 0 "recorded on 4 cores" --course "$course" demo restock --recorded
with=THREADMILL_WORKSPACE=$box/twins
expect 0 "can be stopped" --course "$course" search stopped
expect 0 "01.3" --course "$course" search "lose an"
expect 1 "nowhere" --course "$course" search no-such-word
expect 2 "search" --course "$course" search
expect 0 "0 of 6" --course "$course" progress
expect 0 '"in_play":0' --course "$course" progress --json
expect 0 "No cards are in play" --course "$course" cards
expect 0 "The short way" --course "$course" path
expect 0 "The short way" --course "$course" path short
expect 0 "* short" --course "$course" path
expect 2 "no path 'long'" --course "$course" path long
expect 0 "All lessons" --course "$course" path all
printf 'threadmill progress 1\nstep 02.1 done\nend\n' > "$box/twins/progress.txt"
expect 0 '"due":3' --course "$course" cards --json
cards() { # cards DAY INPUT
    printf "$2" | THREADMILL_TODAY=$1 THREADMILL_WORKSPACE=$box/twins "$tm" --course "$course" cards >out 2>err
}
cards 2026-11-20 '\ny\n\nn\n'
grep -q "It comes again on 2026-11-21" out && grep -q "2 of 3 asked" out
report $? "cards: two answers, then the end of the input"
cards 2026-11-20 '\nperhaps\ny\n'
grep -q "1 of 1 asked" out
report $? "cards: what was answered is not asked again that day"
cards 2026-11-20 ''
grep -q "No card is due today; the next on 2026-11-21" out
report $? "cards: when the next is due"
cards 2026-11-21 ''
grep -q "3 cards due" out
report $? "cards: the next day"
with=
course=$built_in

echo "1..$n"
