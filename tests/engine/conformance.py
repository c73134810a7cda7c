#!/usr/bin/env python3
"""The virtual kernel against the real one: each program of conformance/programs.c is run on the real system and
explored by the engine; what really came out must be among what the engine says can come out. A program for which the
engine knows only one outcome must have that one. Brute force and reduction must know the same outcomes. Speaks TAP.

usage: conformance.py THREADMILL ENGINE [CC...]
"""
import json
import os
import re
import subprocess
import sys
import tempfile

DFS, DPOR = 1, 2
HERE = os.path.dirname(os.path.abspath(__file__))
SOURCE = os.path.join(HERE, "conformance", "programs.c")


def plugin(threadmill, cache):
    """As the lab builds it: explored once, it lies in the cache."""
    env = dict(os.environ, XDG_CACHE_HOME=cache)
    subprocess.run([threadmill, "explore", SOURCE], env=env, stdin=subprocess.DEVNULL, capture_output=True)
    for folder, _, files in os.walk(cache):
        for f in files:
            if f.endswith(".so"):
                return os.path.join(folder, f)
    raise SystemExit("Bail out! no plugin was built")


class Engine:
    def __init__(self, engine, path):
        self.process = subprocess.Popen([engine, path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.process.stdout.readline()

    def outputs(self, name, strategy):
        """What the runs print that end well, and the others. None: too many."""
        request = {"q": 0, "clock": 0, "spurious": 0, "preemptions": -1, "strategy": strategy, "count": True, "runs": 20000,
                   "args": [{"s": name}]}
        self.process.stdin.write(json.dumps(request) + "\n")
        self.process.stdin.flush()
        found, other, runs = set(), set(), 0
        while True:
            m = json.loads(self.process.stdout.readline())
            if m["m"] == 5:
                (other if m.get("r", 0) else found).add(m["output"])
                runs += m["n"]
            elif m["m"] == 7:
                return (found, other) if runs < 20000 else None
            elif m["m"] == 8:
                raise RuntimeError(m["text"])


def main():
    threadmill, engine = sys.argv[1:3]
    cc = sys.argv[3:] or ["cc"]
    with open(SOURCE) as f:
        names = re.findall(r"^    CASE\((\w+)\)", f.read(), re.M)
    bad = 0
    with tempfile.TemporaryDirectory() as work:
        program = os.path.join(work, "programs")
        subprocess.run([*cc, "-w", "-pthread", "-o", program, SOURCE, "-lrt"], check=True)
        explored = Engine(engine, plugin(threadmill, work))
        print(f"1..{len(names)}")
        for i, name in enumerate(names, 1):
            real = subprocess.run([program, name], capture_output=True, text=True, timeout=20, stdin=subprocess.DEVNULL)
            reduced, every = explored.outputs(name, DPOR), explored.outputs(name, DFS)
            possible, failing = reduced
            same = every is None or every == reduced
            # A leak (a child nobody waited for) is a verdict here and nothing on the real system.
            good = same and real.returncode == 0 and (real.stdout in possible or (not possible and real.stdout in failing))
            print("ok" if good and real.stdout else "not ok", i, "-", name, flush=True)
            if not good:
                print(f"#   real: {real.stdout!r} ({real.returncode}); possible: {sorted(possible)} {sorted(failing)}, by "
                      f"brute force {every}")
            bad += not good or not real.stdout
    sys.exit(bad != 0)


main()
