#!/usr/bin/env python3
"""The number of classes of equivalent interleavings of programs whose number is known.

The figures agree with two independent explorers (and, where there is one, with a formula, said on
top of the program). `--strategy dpor` must make exactly that many complete runs. Speaks TAP.

usage: known.py THREADMILL PROGRAMS
"""
import json
import os
import subprocess
import sys
import tempfile

TABLE = [
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


def count(threadmill, path, defines):
    args = [threadmill, "explore", path, "--json", "--strategy", "dpor"]
    for d in defines:
        args += ["--define", d]
    done = subprocess.run(args, capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=120)
    got = json.loads(done.stdout)
    return got["verdict"], got["complete"], got["runs"]


def main():
    threadmill, programs = sys.argv[1:]
    bad = 0
    print(f"1..{len(TABLE)}")
    with tempfile.TemporaryDirectory() as cache:
        os.environ["XDG_CACHE_HOME"] = cache
        for i, (name, want, *defines) in enumerate(TABLE, 1):
            got = count(threadmill, os.path.join(programs, name + ".c"), defines)
            ok = got == ("pass", True, want)
            print("ok" if ok else "not ok", i, "-", name, *defines, "" if ok else f"# {got}, expected {want}")
            bad += not ok
    sys.exit(bad != 0)


main()
