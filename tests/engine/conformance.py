#!/usr/bin/env python3
"""The virtual kernel against the real one: each program of conformance/programs.c is run on the real system and
explored by the engine; what really came out must be among what the engine says can come out. A program for which the
engine knows only one outcome must have that one. Brute force, reduction and, where it knows all that the states are made
of, the search over states must know the same outcomes. Speaks TAP.

usage: conformance.py THREADMILL ENGINE [CC...]
"""
import os
import re
import subprocess
import sys
import tempfile

from wire import DFS, DPOR, OUTCOME, TEST, Engine, plugin

MANY = 20000  # runs
STATES = 3     # a strategy
TRIES = 3      # on the real system: a busy machine may be later than a program allows for
HERE = os.path.dirname(os.path.abspath(__file__))
SOURCE = os.path.join(HERE, "conformance", "programs.c")


def outputs(engine, name, strategy):
    """What the runs print that end well, and the others. None: too many, or given up."""
    found, other, runs, all_of_it = set(), set(), 0, True
    for m in engine.explore(name, clock=0, spurious=0, strategy=strategy, runs=MANY):
        if m["m"] == OUTCOME:
            (other if m.get("r", 0) else found).add(m["output"])
            runs += m["n"]
        elif m["m"] == TEST:
            all_of_it = m.get("complete", False)
    return (found, other) if runs < MANY and (all_of_it or strategy != STATES) else None


def real_run(program, name, wanted):
    """What the real system prints; what it does is not luck, so only lateness can make it better next time."""
    for _ in range(TRIES):
        done = subprocess.run([program, name], capture_output=True, text=True, timeout=20, stdin=subprocess.DEVNULL,
                              env=dict(os.environ, PATH="/usr/bin:/bin"))  # a folder one may not search: EACCES
        if done.returncode == 0 and done.stdout in wanted:
            break
    return done


def main():
    threadmill, engine = sys.argv[1:3]
    cc = sys.argv[3:] or ["cc"]
    with open(SOURCE) as f:
        names = re.findall(r"^    CASE\((\w+)\)", f.read(), re.M)
    bad = known = 0
    with tempfile.TemporaryDirectory() as work:
        program = os.path.join(work, "programs")
        subprocess.run([*cc, "-w", "-pthread", "-o", program, SOURCE, "-lrt"], check=True)
        explored = Engine(engine, plugin(threadmill, SOURCE, work))
        print(f"1..{len(names)}")
        for i, name in enumerate(names, 1):
            reduced, every = outputs(explored, name, DPOR), outputs(explored, name, DFS)
            possible, failing = reduced
            states = outputs(explored, name, STATES)
            known += states is not None
            same = all(other is None or other == reduced for other in (every, states))
            # A leak (a child nobody waited for) is a verdict here and nothing on the real system.
            wanted = possible or failing
            real = real_run(program, name, wanted)
            good = same and real.returncode == 0 and real.stdout in wanted
            print("ok" if good and real.stdout else "not ok", i, "-", name, flush=True)
            if not good:
                print(f"#   real: {real.stdout!r} ({real.returncode}); possible: {sorted(possible)} {sorted(failing)}, by "
                      f"brute force {every}, by states {states}")
            bad += not good or not real.stdout
    print(f"# {known} of {len(names)} by states, too")
    sys.exit(bad != 0)


main()
