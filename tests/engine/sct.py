#!/usr/bin/env python3
"""The shapes of SCTBench, and four programs that explorers of pthreads programs tend to miss.

Each program of sct/ is wrong as it stands and right with -DFIXED. The wrong one must get its verdict
with no more than so many preemptions and within so many runs; the right one must pass, every
interleaving of it (where those are few enough for a test). `best` is the fewest runs to
the first bug that any published explorer reports for the benchmark: GenMC, Lotto, MapleAlg, Nidhugg,
PERIOD, POS, Q-learning, RFF, random walk, SURW; measured or from their own tables. Those
find some bug; here all schedules with fewer preemptions come first, so that what is shown is
the simplest. Where that takes more runs, `why` says how many those are. Speaks TAP.

usage: sct.py THREADMILL PROGRAMS
"""
import json
import os
import subprocess
import sys
import tempfile

IGNORE = "--races=ignore"  # the races are the benchmark: look for what they lead to
ORDERS = "all orders of {} threads without a preemption come first"


class Row:
    def __init__(self, program, verdict, preemptions, best, most, why="", races="", fixed=True, defines=()):
        self.program, self.verdict, self.preemptions = program, verdict, preemptions
        self.best, self.most, self.why = best, most, why
        self.races, self.fixed, self.defines = races, fixed, defines
        self.name = " ".join([program, *defines])


TABLE = [
    Row("reorder", "wrong", 1, 2, 20, ORDERS.format(3) + ": 6", IGNORE, defines=["N=2"]),  # reorder_3
    Row("reorder", "wrong", 1, 6, 80, ORDERS.format(4) + ": 24", IGNORE, defines=["N=3"]),  # reorder_4
    Row("reorder", "wrong", 1, 6, 400, ORDERS.format(5) + ": 120", IGNORE, defines=["N=4"]),  # reorder_5
    Row("reorder", "wrong", 1, 6, 140000, "too many for a level, so the proof finds it; then fewer preemptions are looked for: " + ORDERS.format(10),
        IGNORE, fixed=False, defines=["N=9"]),  # reorder_10
    Row("twostage", "wrong", 1, 1, 4, ORDERS.format(2) + ": 2"),
    Row("twostage", "wrong", 1, 0, 60, ORDERS.format(4) + ": 24", defines=["N=3"]),
    Row("account", "wrong", 0, 1, 1),
    Row("lazy01", "wrong", 0, 1, 1),
    Row("stack", "wrong", 1, 1, 4, ORDERS.format(2) + ": 2", defines=["N=3"]),
    Row("stack", "wrong", 1, 1, 4, ORDERS.format(2) + ": 2", defines=["N=5"]),
    Row("stack", "wrong", 1, 1, 4, ORDERS.format(2) + ": 2", defines=["N=10"]),
    Row("queue", "wrong", 1, 1, 10, ORDERS.format(2) + ": 2; the flags must be met the wrong way"),
    Row("bounded_buffer", "deadlock", 0, 0, 4),
    Row("wronglock", "wrong", 1, 1, 40, ORDERS.format(4) + ": 24", IGNORE, defines=["N=3"]),
    Row("wronglock", "wrong", 1, 1, 60000, ORDERS.format(8) + ": 40 320", IGNORE, fixed=False, defines=["N=7"]),
    Row("bluetooth", "wrong", 1, 1, 8, ORDERS.format(2) + ": 2"),
    Row("token_ring", "wrong", 0, 4, 4),
    Row("carter01", "deadlock", 1, 1, 4, ORDERS.format(2) + ": 2"),
    Row("deadlock01", "deadlock", 1, 1, 4, ORDERS.format(2) + ": 2"),
    Row("circular_buffer", "wrong", 0, 1, 1),
    Row("phase01", "deadlock", 0, 1, 1),
    Row("sync01", "deadlock", 0, 1, 1),
    Row("stringbuffer", "wrong", 1, 8, 8),
    Row("arithmetic_prog", "wrong", 0, 1, 1),
    Row("philosophers", "deadlock", 1, 0, 20, defines=["N=3"]),
    Row("philosophers", "deadlock", 1, 0, 600, defines=["N=5"]),
    Row("gap_if", "wrong", 1, 0, 30),
    Row("gap_no_predicate", "deadlock", 0, 1, 2, ORDERS.format(2) + ": 2"),
    Row("gap_no_join", "leak", 0, 0, 4),
]


def explore(threadmill, programs, row, fixed):
    args = [threadmill, "explore", os.path.join(programs, row.program + ".c"), "--json"]
    for d in [*row.defines, *(["FIXED"] if fixed else [])]:
        args += ["--define", d]
    if row.races and not fixed:
        args.append(row.races)
    done = subprocess.run(args, capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=300)
    got = json.loads(done.stdout)
    return got["verdict"], got["tests"][0] if got["tests"] else {}


def wrong_one(threadmill, programs, row):
    verdict, test = explore(threadmill, programs, row, False)
    if verdict != row.verdict:
        return f"{verdict}, expected {row.verdict}"
    if test["preemptions"] != row.preemptions:
        return f"{test['preemptions']} preemptions, expected {row.preemptions}"
    if test["runs"] > row.most:
        return f"{test['runs']} runs, expected {row.most} at most"
    if row.best and test["runs"] > row.best and not row.why:
        return f"{test['runs']} runs, the best known is {row.best}"
    return ""


def right_one(threadmill, programs, row):
    verdict, test = explore(threadmill, programs, row, True)
    if verdict != "pass" or not test["complete"]:
        return f"{verdict}, complete {test.get('complete')} ({test.get('bound')})"
    return ""


def main():
    threadmill, programs = sys.argv[1:]
    bad, number = 0, 0
    print(f"1..{len(TABLE) + sum(row.fixed for row in TABLE)}")
    with tempfile.TemporaryDirectory() as cache:
        os.environ["XDG_CACHE_HOME"] = cache
        for row in TABLE:
            for check, what in ((wrong_one, "wrong"), (right_one, "fixed"))[:1 + row.fixed]:
                problem = check(threadmill, programs, row)
                number += 1
                print("not ok" if problem else "ok", number, "-", row.name, what, f"# {problem}" if problem else "", flush=True)
                bad += bool(problem)
    sys.exit(bad != 0)


main()
