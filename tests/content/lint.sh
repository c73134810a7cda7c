#!/bin/sh
# Lint must find what is wrong: one lesson of the course is copied, a few things are broken at a time, and the sentence
# about each is looked for. A lint that only ever says OK proves nothing.
# usage: lint.sh THREADMILL COURSE
tm=$(realpath "$1") || exit 1
course=$2
box=$(mktemp -d) || exit 1
trap 'rm -rf "$box"' EXIT
export HOME="$box" XDG_CACHE_HOME="$box/cache"
n=0
lesson=03-race-conditions

fresh() {
    rm -rf "$box/c"
    for room in lessons exercises solutions tests/mutants; do
        mkdir -p "$box/c/$room"
        cp -rL "$course/$room/$lesson" "$box/c/$room/"
    done
    cp -rL "$course"/lessons/00-* "$course"/lessons/99-* "$course"/lessons/*.txt "$box/c/lessons/"
}

# look: lints what has been broken. Faults that have nothing to do with each other are broken together.
look() {
    "$tm" lint "$box/c" >"$box/out" 2>&1
    status=$?
    fresh
}

# finds WORDS NAME: it failed, and WORDS is in what it said.
finds() {
    n=$((n + 1))
    if [ $status -eq 1 ] && grep -qF -- "$1" "$box/out"; then
        echo "ok $n - $2"
    else
        echo "not ok $n - $2 (status $status)"
        sed 's/^/# /' "$box/out"
    fi
}

page="$box/c/lessons/$lesson/lesson.md"
ex="$box/c/exercises/$lesson"
sol="$box/c/solutions/$lesson"
mut="$box/c/tests/mutants/$lesson/private-tallies"
fresh

"$tm" lint "$box/c" >"$box/out" 2>&1
n=$((n + 1))
if grep -v -e 'is not in lessons/coverage.txt' "$box/out" | grep -q '^[a-z]*/.*: '; then
    echo "not ok $n - nothing is wrong before something is broken"
    sed 's/^/# /' "$box/out"
else
    echo "ok $n - nothing is wrong before something is broken"
fi
fresh

sed -i 's/^par: 4 steps, 2 switches/par: 4 steps, 1 switches/' "$page"
sed -i 's/^count: 8 of 924/count: 9 of 924/' "$page"
sed -i '/down-to-one/,/impossible/s/^goal: final c == 1/goal: final c == 3/; /^impossible: yes/,/^count/s/^count.*//' "$page"
sed -i '/What can it print/,/^key/s/^\[x\] 2$/[ ] 2/' "$page"
echo 'int broken(' >>"$box/c/lessons/$lesson/demo/counter.c"
echo 'int broken(' >>"$box/c/lessons/00-entry/demo/five.c"
echo 'raise SystemExit(3)' >>"$box/c/lessons/$lesson/py/counter.py"
cp "$ex/private-tallies/private-tallies.c" "$sol/private-tallies.c"
echo 'static int no_such_thing;' >"$sol/a.c"
cp "$ex/private-tallies/private-tallies.c" "$mut/ok-racy.c"
sed -i 's/"returned 0, expected 4"/"returned 7, expected 4"/' "$mut/m4-thread-local.c"
look
finds "par is 4 steps, 2 switches; the file says 4 steps, 1 switches" "a wrong par"
finds "it is 8 of 924 schedules; the file says 9 of 924" "a wrong count"
finds "schedules do it" "an impossible goal that is possible"
finds "key: 2 can be the end of drive/down-to-two.c, and the option is marked wrong" "a wrong key"
finds "demo/counter does not compile with" "a demo that does not compile"
finds "demo/five.c does not compile with" "a program that is only shown, and does not compile"
command -v python3 >/dev/null && finds "it fails: python3 ends with status 3" "Python that fails"
finds "the solution gets race" "a solution that does not pass"
finds "'files: a.c' differs from solutions/03-race-conditions/a.c" "a given file that is not the solution"
finds "the right answer gets race" "a variant that does not pass"
finds 'with "returned 7, expected 4" and gets wrong in two_by_two' "a mutant with other words"

sed -i 's/^sched: A B\*2 A$/sched: A*2 B*2/' "$page"
sed -i 's/^goal: final c == 2/goal: final d == 2/' "$page"
echo 'int broken(' >>"$box/c/lessons/$lesson/drive/down-to-one.c"
cp "$sol/private-tallies.c" "$ex/private-tallies/private-tallies.c"
cp "$sol/private-tallies.c" "$mut/m1-volatile.c"
sed -i '1i /* mutant: none at all\n * expect: RACE in two_by_two\n * belief: M11 volatile makes it safe */' "$mut/m1-volatile.c"
sed -i 's/belief: M04, M05/belief: M33/' "$mut/m7-add-once-each.c"
sed -i 's/belief: M26 .*/belief: none *\//' "$mut/m9-address-of-i.c"
sed -i 's/belief: none/belief: M08 a lock may be tried/' "$mut/m19-tries-a-lock.c"
look
finds 'm7-add-once-each.c: the report says "right if one statement were one step" (M04), documented is the belief "M33' "a belief that is not told"
finds 'm9-address-of-i.c: the report says "right if a thread got a copy of what its argument points to" (M26), documented is the belief "none"' "a belief that is told of an answer that has none"
finds 'm19-tries-a-lock.c: the report says "right if " (none), documented is the belief "M08' "a belief that nothing tells"
finds "sched 'A*2 B*2' does not reach the goal 'final c == 1'" "a schedule that misses the goal"
finds "'d' is not among the watched variables" "a goal about something else"
finds "drive/down-to-one.c: compile: " "a drive that does not compile"
finds "the starter is not rejected: pass" "a starter that passes"
finds "the mutant is documented as race in two_by_two and gets pass" "a mutant that passes"

sed -i 's/^sched: A B\*2 A$/sched: A C A/' "$page"
sed -i 's/^goal: final c == 2/goal: final c == 1/' "$page"
sed -i 's/^starter: race/starter: deadlock/' "$ex/private-tallies/exercise.md"
sed -i 's/expect: RACE in two_by_two/expect: DEADLOCK in two_by_two/' "$mut/m1-volatile.c"
sed -i '/3: arrange:/,/^```/{/pthread_join/d}' "$ex/private-tallies/exercise.md"
printf 'static int nobody_needs_this;\n' >>"$sol/private-tallies.c"
look
finds "sched 'A C A'" "a schedule with a thread that is none"
finds "no schedule reaches the goal 'final c == 1'" "a goal nobody reaches"
finds "the starter gets race, documented is deadlock" "a starter with another verdict"
finds "the mutant is documented as deadlock in two_by_two" "a mutant with another verdict"
finds "the arrangement of the third hint, assembled, gets" "an arrangement that does not pass"
finds "it compiles with a warning" "a warning"

sed -i 's/expect: RACE in two_by_two/expect: RACE in no_such_test/' "$mut/m1-volatile.c"
look
finds "the mutant is documented as race in no_such_test" "a mutant in another test"

# covers ITEMS MISSING NAME: the promises as JSON says them; careful items (E) are corrections, not promises.
covers() {
    got=$("$tm" lint --static --json "$box/c" | sed 's/.*"coverage":{"items":\([0-9]*\),"missing":\[\([^]]*\)\].*/\1 \2/')
    n=$((n + 1))
    if [ "$got" = "$1 $2" ]; then
        echo "ok $n - $3"
    else
        echo "not ok $n - $3 (got $got)"
    fi
}
printf 'S0-14 | taught | 03.1\nS0-02 | not by this step | 03.1\nE1 | a correction | 03.2\nS0-03 | no such step | 17.9\n' \
    >"$box/c/lessons/coverage.txt"
covers 3 '"S0-02","S0-03"' "who is taught, who is missing"
fresh
items=$("$tm" lint --static --json "$course" | sed 's/.*"coverage":{"items":\([0-9]*\),.*/\1/')
n=$((n + 1))
rows=$(grep -c '^S' "$course/lessons/coverage.txt")
[ "$items" = "$rows" ] && echo "ok $n - as many promises as S rows" || echo "not ok $n - $items promises, $rows S rows"
echo "1..$n"
