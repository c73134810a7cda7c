#!/usr/bin/env python3
"""The lab against the real library: conform/*.c print what calls answer.

Each program is run outside the lab, by this machine's C library, and explored. What it printed outside
must be one of the outcomes in the lab, and no interleaving may fail. Speaks TAP.

usage: conform.py THREADMILL DIRECTORY CC
"""
import difflib
import json
import os
import subprocess
import sys
import tempfile

THREADMILL, DIRECTORY = sys.argv[1:3]
CC = sys.argv[3:] or ["cc"]


def outside(path, scratch):
    binary = os.path.join(scratch, "program")
    subprocess.run([*CC, "-std=gnu11", "-O0", "-w", "-fno-builtin", "-pthread", "-o", binary, path, "-latomic", "-lm"], check=True)
    done = subprocess.run([binary], capture_output=True, text=True, timeout=60, stdin=subprocess.DEVNULL)
    return done.returncode, done.stdout


def inside(path, env):
    done = subprocess.run([THREADMILL, "explore", "--count", "--json", path], capture_output=True, text=True,
                          env=env, timeout=120, stdin=subprocess.DEVNULL)
    return json.loads(done.stdout)


def check(path, scratch, env):
    status, printed = outside(path, scratch)
    got = inside(path, env)
    if status != 0:
        return [f"outside the lab it exits with {status}"]
    if got["verdict"] != "pass":
        return [f"{got['verdict']}: {got['message'] or got['tests'][0]['message']} (line {got['line'] or got['tests'][0]['line']})"]
    outcomes = [o["output"] for o in got["outcomes"]]
    if printed in outcomes:
        return []
    best = max(outcomes, key=lambda o: difflib.SequenceMatcher(None, o, printed).ratio(), default="")
    return ["not among %d outcomes" % len(outcomes)] + list(difflib.unified_diff(
        best.splitlines(), printed.splitlines(), "the lab", "outside", lineterm="", n=0))


def main():
    paths = sorted(os.path.join(DIRECTORY, f) for f in os.listdir(DIRECTORY) if f.endswith(".c"))
    bad = 0
    print(f"1..{len(paths)}")
    with tempfile.TemporaryDirectory() as scratch:
        env = dict(os.environ, NO_COLOR="1", XDG_CACHE_HOME=scratch)
        for i, path in enumerate(paths, 1):
            problems = check(path, scratch, env)
            print("ok" if not problems else "not ok", i, "-", os.path.basename(path)[:-2])
            for p in problems:
                print("#  ", p)
            bad += bool(problems)
    sys.exit(bad != 0)


main()
