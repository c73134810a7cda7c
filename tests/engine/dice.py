#!/usr/bin/env python3
"""Random schedules: the same seed is the same search, dice find what they are good at, and prove nothing.

Speaks TAP.

usage: dice.py THREADMILL ENGINE-TESTS
"""
import json
import os
import subprocess
import sys
import tempfile

STRATEGIES = ["random", "pct", "surw"]
SEEDS = range(4)
WITHIN = 200  # runs: several times what the best explorers need for these on average
WRONG = [("reorder", "--define", "N=9", "--races=ignore"), ("reorder", "--define", "N=4", "--races=ignore"), ("twostage",),
         ("stack", "--define", "N=3"), ("bluetooth",), ("wronglock", "--define", "N=7", "--races=ignore"), ("token_ring",), ("stringbuffer",),
         ("queue",)]


class Lab:
    def __init__(self, threadmill, tests):
        self.threadmill, self.tests, self.done, self.bad = threadmill, tests, 0, 0

    def explore(self, program, strategy, seed, *options):
        args = [self.threadmill, "explore", os.path.join(self.tests, program + ".c"), "--json", "--strategy", strategy, "--seed", str(seed), *options]
        run = subprocess.run(args, capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=120)
        test = json.loads(run.stdout)["tests"][0]
        del test["seconds"]
        return test

    def check(self, ok, what, why=""):
        self.done += 1
        self.bad += not ok
        print("ok" if ok else "not ok", self.done, "-", what, "" if ok else f"# {why}", flush=True)


def finds(lab, name, *options):
    for strategy in STRATEGIES:
        runs = [lab.explore("sct/" + name, strategy, seed, *options) for seed in SEEDS]
        slow = [t["runs"] for t in runs if t["verdict"] == "unjudged" or t["runs"] > WITHIN]
        lab.check(not slow, f"{strategy} finds {name} {' '.join(options)} within {WITHIN} runs", slow)


def main():
    lab = Lab(*sys.argv[1:])
    print(f"1..{len(WRONG) * len(STRATEGIES) + 2 * len(STRATEGIES) + 2}")
    with tempfile.TemporaryDirectory() as cache:
        os.environ["XDG_CACHE_HOME"] = cache
        for name, *options in WRONG:
            finds(lab, name, *options)
        for strategy in STRATEGIES:
            alike = [lab.explore("sct/bluetooth", strategy, 5) for _ in range(3)]
            lab.check(alike[0] == alike[1] == alike[2], f"{strategy}: the same seed, the same search")
            fixed = lab.explore("sct/stack", strategy, 1, "--define", "FIXED", "--runs", "300")
            proves_nothing = (fixed["verdict"], fixed["complete"], fixed["runs"]) == ("unjudged", False, 300)
            lab.check(proves_nothing, f"{strategy} proves nothing, and makes the runs it was asked for", fixed)
        for strategy, expected in (("random", False), ("surw", True)):  # see dice/uneven.c
            found = [lab.explore("dice/uneven", strategy, seed, "--runs", "500")["verdict"] == "wrong" for seed in SEEDS]
            lab.check(found == [expected] * len(found), f"{strategy} on threads of uneven length", found)
    sys.exit(lab.bad != 0)


main()
