#!/usr/bin/env python3
"""One engine process or several: the same verdict, counterexample and counts.

Programs large enough to be split, wrong and right ones, under each strategy that lists schedules.
Everything the JSON says but times and the number of workers must be the same. Speaks TAP.

usage: workers.py THREADMILL ENGINE-TESTS
"""
import json
import os
import subprocess
import sys
import tempfile

PROGRAMS = [  # program, options
    ("known/stack.c", ["--define", "N=8", "--strategy", "dpor"]),
    ("known/fib.c", ["--define", "N=5", "--strategy", "dpor"]),
    ("known/lastzero.c", ["--define", "N=10", "--strategy", "dpor"]),
    ("known/locks.c", ["--define", "N=3", "--define", "K=3", "--strategy", "dfs"]),
    ("known/locks.c", ["--define", "N=4", "--define", "K=3", "--strategy", "dfs", "--runs", "20000"]),
    ("sct/reorder.c", ["--define", "N=5", "--races=ignore"]),
    ("sct/wronglock.c", ["--define", "N=6", "--races=ignore"]),
    ("sct/philosophers.c", ["--define", "N=6", "--strategy", "dpor"]),
    ("sct/token_ring.c", ["--define", "FIXED"]),
    ("twins/smokers-ok.c", []),
    ("twins/smokers-ok.c", ["--strategy", "dpor"]),
    ("twins/dekker-twice-ok.c", ["--strategy", "dpor"]),
    ("twins/buffer-stop-ok.c", []),
    ("cases/philosophers.c", ["--strategy", "dpor"]),
]


def judge(threadmill, path, options, workers):
    args = [threadmill, "explore", path, "--json", "--workers", str(workers), *options]
    done = subprocess.run(args, capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=300)
    got = json.loads(done.stdout)
    used = got["tests"][0]["workers"]
    for test in got["tests"]:
        del test["seconds"], test["workers"]
    del got["seconds"]
    return got, used


def main():
    threadmill, programs = sys.argv[1:]
    bad = split = 0
    print(f"1..{len(PROGRAMS) + 1}")
    with tempfile.TemporaryDirectory() as cache:
        os.environ["XDG_CACHE_HOME"] = cache
        for i, (name, options) in enumerate(PROGRAMS, 1):
            path = os.path.join(programs, name)
            one, _ = judge(threadmill, path, options, 1)
            problem = ""
            for workers in (2, 5):
                got, used = judge(threadmill, path, options, workers)
                split += used == workers
                if got != one and not problem:
                    problem = f"{workers} workers: {got}, one: {one}"
            print("not ok" if problem else "ok", i, "-", name, *options, f"# {problem}" if problem else "", flush=True)
            bad += bool(problem)
    enough = split >= len(PROGRAMS)
    print("ok" if enough else "not ok", len(PROGRAMS) + 1, "- most of them were split", f"# {split} of {2 * len(PROGRAMS)} runs")
    sys.exit(bad != 0 or not enough)


main()
