#!/usr/bin/env python3
"""Programs whose size is known: their classes of equivalent interleavings, their states.

Classes: the figures agree with two independent explorers (and, where there is one, with a formula, said on
top of the program). `--strategy dpor` must make exactly that many complete runs.

States: `--strategy states` must prove the program with exactly that many runs to an end and at most that many
states (what the compiler leaves in dead places on the stack makes some states differ that need not), and auto must
prove it too.

Races: in some interleavings only, of which a state without open accesses, or steps without unlocks, would lose the
last; every strategy must find them. None of these may need luck or a large budget: tests/bench has the times.
Speaks TAP.

usage: known.py THREADMILL PROGRAMS
"""
import json
import os
import subprocess
import sys
import tempfile

CLASSES = [
    ("locks", 20, "N=2", "K=3"), ("locks", 90, "N=3", "K=2"), ("locks", 1680, "N=3", "K=3"),
    ("locks", 2520, "N=4", "K=2"), ("locks", 34650, "N=3", "K=4"),
    ("philosophers", 6, "N=3"), ("philosophers", 14, "N=4"), ("philosophers", 30, "N=5"),
    ("fib", 141, "N=3"), ("fib", 1107, "N=4"), ("fib", 8953, "N=5"),
    ("indexer", 8, "N=12"), ("indexer", 64, "N=13"), ("indexer", 512, "N=14"), ("indexer", 4096, "N=15"),
    ("readers", 1024, "N=10"), ("lastzero", 64, "N=5"), ("lastzero", 3328, "N=10"),
    ("stack", 20, "N=3"), ("stack", 70, "N=4"), ("stack", 252, "N=5"), ("stack", 924, "N=6"), ("stack", 12870, "N=8"),
    ("queue", 252, "N=5"), ("queue", 12870, "N=8"), ("turns", 3432, "N=7"),
    ("reorder", 24, "N=4"), ("reorder", 120, "N=5"), ("reorder", 720, "N=6"),
    ("phases", 4, "N=2", "K=2"), ("phases", 36, "N=3", "K=2"), ("phases", 8, "N=2", "K=3"), ("phases", 216, "N=3", "K=3"),
    ("phases", 13824, "N=4", "K=3"),
    ("lastwrite", 2, "N=2"), ("lastwrite", 6, "N=3"), ("lastwrite", 720, "N=6"),
    ("lastwrite", 6, "N=2", "READER"), ("lastwrite", 24, "N=3", "READER"), ("lastwrite", 5040, "N=6", "READER"),
    ("readers", 4, "N=2"), ("readers", 8, "N=3"), ("lastzero", 5, "N=2"), ("lastzero", 12, "N=3"),
]
STATES = [  # runs to an end, states at most
    ("locks", 3, 1160, "N=3", "K=3"), ("reorder", 10, 6200, "N=10"), ("philosophers", 5, 24000, "N=5", "MEALS=2"),
    ("shelf", 65, 8000, "N=10"), ("stack", 2079, 54000, "N=10"), ("queue", 23, 1600, "N=8"),
    ("fibonacci", 2455, 70000, "N=5", "--races=ignore"), ("smokers", 5, 1000), ("pipeline", 9, 9000, "N=3", "ROOM=2"),
]

RACES = ["open", "handover"]


def explore(threadmill, path, strategy, options):
    args = [threadmill, "explore", path, "--json", "--strategy", strategy]
    for o in options:
        args += [o] if o.startswith("--") else ["--define", o]
    done = subprocess.run(args, capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=120)
    got = json.loads(done.stdout)
    return got["verdict"], got["complete"], got["runs"], got["tests"][0]["states"]


def classes(prove, want):
    got = prove("dpor")[:3]
    return None if got == ("pass", True, want) else f"{got}, expected {want}"


def states(prove, runs, most):
    *got, count = prove("states")
    if got != ["pass", True, runs] or not 0 < count <= most:
        return f"{got}, {count} states, expected {runs} runs and at most {most} states"
    got = prove("auto")[:2]
    return None if got == ("pass", True) else f"auto: {got}"


def race(prove):
    got = {strategy: prove(strategy)[0] for strategy in ("dpor", "states", "dfs")}
    return None if set(got.values()) == {"race"} else f"{got}"


def main():
    threadmill, programs = sys.argv[1:]
    bad = 0
    rows = [(classes, 1, row) for row in CLASSES] + [(states, 2, row) for row in STATES] + [(race, 0, (name,)) for name in RACES]
    print(f"1..{len(rows)}")
    with tempfile.TemporaryDirectory() as cache:
        os.environ["XDG_CACHE_HOME"] = cache
        for i, (judge, figures, (name, *rest)) in enumerate(rows, 1):
            options, path = rest[figures:], os.path.join(programs, name + ".c")
            problem = judge(lambda strategy: explore(threadmill, path, strategy, options), *rest[:figures])
            print("not ok" if problem else "ok", i, "-", judge.__name__, "of", name, *options, f"# {problem}" if problem else "")
            bad += bool(problem)
    sys.exit(bad != 0)


main()
