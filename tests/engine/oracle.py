#!/usr/bin/env python3
"""Brute force against reduction, on generated programs.

Each generated program (see oracle/program.c) is explored three times: every schedule by plain depth first
search, one schedule for each class of equivalent ones, and every state once. The set of outcomes (how it ends, what
was printed) must be the same, and so must the verdict: whether it passes, whether there is a race. Fixed seeds; speaks TAP, one line for each world.

usage: oracle.py THREADMILL ENGINE PROGRAM.C [COUNT [WORLD]]
"""
import os
import random
import sys
import tempfile

from wire import DFS, DPOR, OUTCOME, TEST, Engine, plugin

STATES = 3
TABLES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../src/trace")


def rows(table, start):
    with open(os.path.join(TABLES, table)) as lines:
        return [line for line in lines if line.startswith(start)]


# Which sentence explains a deadlock may depend on what does not conflict.
VERDICTS = [row.split(",")[2].strip() for row in rows("reason.def", "R(")]
NAMES_OF_VERDICTS = [row[2:].split(",")[0] for row in rows("verdict.def", "V(")]
NAMES = {DPOR: 'reduction', STATES: 'the search over states'}
TOO_MANY = 20000  # runs of the brute force; larger programs are left out and counted

OPERATIONS = {
    "locks": ["l0", "u0", "l1", "u1", "c0", "c1", "t0", "t1", "V0", "V1"],
    "atomics": ["r0", "w0", "a0", "x0", "r1", "w1", "a1", "c0", "X0", "X1", "O0"],
    "conditions": ["W0", "W1", "I0", "B0", "S0", "S1", "A0", "N0", "c0", "r0"],
    "sleeps": ["s1", "s2", "s3", "c0", "r0", "w0", "t0", "a0"],
    "semaphores": ["p0", "v0", "q0", "p1", "v1", "q1", "g0", "r0", "w0"],
    "exchanges": ["k0", "k0", "k1", "r0", "w0", "a1", "r1"],
    "readers": ["R0", "E0", "R1", "E1", "R0", "c0", "t0", "r0"],
    "readers that try": ["R0", "E0", "h0", "H0", "R0", "h1", "E1", "r0"],
    "readers in time": ["R0", "E0", "j0", "s1", "j0", "h0", "w0"],
    "deadlines": ["T1", "T2", "M1", "M2", "L1", "S0", "A0", "s1", "s2", "c0", "w0", "v0"],
    "pipes and memory": ["i0", "o0", "i1", "o1", "n0", "Q0", "m0", "G0", "n0", "Q0", "K0", "P0"],
    "pipes": ["i0", "o0", "i1", "o1", "K0", "K1", "P0", "i0", "c0"],
    "numbers": [">0", ">0", ">0", "=0", "=1", "=1", "i0", "o0", "o1", "P0"],
    "signals": ["!0", "!1", "^0", "^1", "^0", "(0", ")0", "&0", "&1", "v0", "v1", "r0", "r1", "c0", "w1"],
    "signals and pauses": ["!0", "!1", "^0", ";0", "^1", "v0", "r0", "(0", ";0"],
    "counters": ["C0", "C1", "C0", "U0", "U1", "U0", "c0", "r0", "w0"],
    "interrupted": ["%0", "%0", "%1", "v0", "v0", "v1", "q0", "c0", "r0", "w0"],
    "edges": ["i0", "i0", "o0", "i1", "K0", "Y0", "Y0", "Y1", "e0"],
    "events": ["i0", "o0", "i1", "o1", "K0", "e0", "e1", "P0", "P1", "s1"],
    "barriers": ["b0", "b0", "c0", "r0", "w0", "R0", "E0"],
    "barriers for three": ["d0", "d0", "r0", "w0", "b0", "c0"],
    "own": ["D0", "J0", "f0", "F0", "c0", "V0", "D0", "w0", "r0"],
    "cancelling": ["Z0", "Z1", "z0", "c0", "s1", "p0", "v0", "w0"],
    "plain": ["n0", "Q0", "m0", "G0", "c0", "w0", "r0", "v0", "L1", "R0"],
    "mixed": ["c0", "c1", "t0", "r0", "w0", "a0", "W0", "S0", "A1", "N0", "y0", "s1", "x1", "k0", "h0", "V0", "X0", "D0"],
}
NOT_BY_STATES = ("signals", "signals and pauses")  # signals are no part of a state: it gives up
WORLDS = [  # name, operations, clock, spurious, races ignored
    ("locks", "locks", 0, 0, 0), ("atomics", "atomics", 0, 0, 0), ("conditions", "conditions", 0, 0, 0),
    ("conditions, spurious wakeups", "conditions", 0, 1, 0), ("sleeps", "sleeps", 0, 0, 0),
    ("sleeps, hostile clock", "sleeps", 1, 0, 0), ("semaphores", "semaphores", 0, 0, 0),
    ("reader-writer locks", "readers", 0, 0, 0), ("exchanges", "exchanges", 0, 0, 0),
    ("reader-writer locks, tried", "readers that try", 0, 0, 0), ("... in time", "readers in time", 0, 0, 0),
    ("... in time, hostile clock", "readers in time", 1, 0, 0), ("barriers for three", "barriers for three", 0, 0, 0),
    ("deadlines", "deadlines", 0, 0, 0), ("deadlines, spurious wakeups", "deadlines", 0, 1, 0),
    ("barriers", "barriers", 0, 0, 0), ("pipes", "pipes", 0, 0, 0), ("pipes and plain variables", "pipes and memory", 0, 0, 0), ("events", "events", 0, 0, 0),
    ("events, hostile clock", "events", 1, 0, 0), ("edges", "edges", 0, 0, 0), ("numbers given anew", "numbers", 0, 0, 0), ("counters", "counters", 0, 0, 0),
    ("interrupted", "interrupted", 0, 0, 0),
    ("signals", "signals", 0, 0, 0), ("signals and pauses", "signals and pauses", 0, 0, 0), ("memory, once, thread-local", "own", 0, 0, 0),
    ("cancelling", "cancelling", 0, 0, 0), ("plain variables: races", "plain", 0, 0, 0),
    ("plain variables: values", "plain", 0, 0, 1), ("mixed", "mixed", 0, 0, 0),
    ("mixed, hostile and spurious", "mixed", 1, 1, 0),
]


def outcomes(engine, code, strategy, world):
    """The verdict, the set of outcomes, and how many runs ended in one; None when there are too many."""
    _, _, clock, spurious, ignored = world
    found, runs, verdict = set(), 0, None
    for m in engine.explore(code, clock=clock, spurious=spurious, strategy=strategy, races=ignored, runs=TOO_MANY):
        if m["m"] == TEST:
            verdict = told(m)
        elif m["m"] == OUTCOME:
            found.add((VERDICTS[m.get("r", 0)], m["output"]))
            runs += m["n"]
    return verdict, found if runs < TOO_MANY else None, runs


def told(m):
    """The verdict of the exploration itself. Which failure is met first depends on the order of the runs."""
    verdict = NAMES_OF_VERDICTS[m.get("verdict", 0)]
    return verdict if verdict in ("PASS", "RACE", "UNJUDGED") else "FAIL"


def balanced(ops):
    """Locks are released in the end, and never taken twice, so that most programs go far."""
    out, held = [], []
    for op in ops:
        if op[0] == "l":
            if op[1] in held:
                continue
            held.append(op[1])
        elif op[0] == "u":
            if op[1] not in held:
                continue
            held.remove(op[1])
        elif held and op[0] in "cWIBSAtVmGDMTZ":
            continue
        out.append(op)
    return out + ["u" + m for m in reversed(held)]


def generate(rng, operations):
    threads = rng.choice([2, 2, 3, 3])
    longest = 4 if threads == 2 else 3
    return "/".join(rng.choice(["", "-"]) + ("".join(balanced(rng.choices(operations, k=rng.randint(1, longest)))) or "y0")
                    for _ in range(threads))


def compare(engine, world, count, seed):
    rng = random.Random(seed)
    if world[1] in NOT_BY_STATES:  # many runs each
        count = max(5, count // 4)
    done = skipped = full = 0
    made = {DPOR: 0, STATES: 0}
    while done < count:
        code = generate(rng, OPERATIONS[world[1]])
        verdict, want, many = outcomes(engine, code, DFS, world)
        if want is None:
            skipped += 1
            continue
        done += 1
        full += many
        for strategy in (DPOR,) if world[1] in NOT_BY_STATES else (DPOR, STATES):
            judged, got, few = outcomes(engine, code, strategy, world)
            made[strategy] += few
            if got != want or not agree(judged, verdict, world):
                return f"{code}: brute force finds {verdict} {sorted(want)}, {NAMES[strategy]} {judged} {sorted(got or [])}", 0
    return None, f"{done} programs, {full} runs against {made[DPOR]} and {made[STATES]}, {skipped} too large"


def agree(judged, verdict, world):
    """A race and another failure of one program may hide each other, where there is another. Brute force over all
    worlds of time and wakeups may have been too much."""
    only_races = world[1] == "plain"
    return judged == verdict or verdict == "UNJUDGED" or (not only_races and {judged, verdict} <= {"RACE", "FAIL"})


def main():
    threadmill, engine, program = sys.argv[1:4]
    count = int(sys.argv[4]) if len(sys.argv) > 4 else 60
    bad = 0
    with tempfile.TemporaryDirectory() as cache:
        running = Engine(engine, plugin(threadmill, program, cache))
        print(f"1..{len(WORLDS)}")
        for i, world in enumerate(WORLDS, 1):
            if world[0] not in (sys.argv[5:] or [world[0]]):
                continue
            problem, done = compare(running, world, count, i)
            print("not ok" if problem else "ok", i, "-", world[0], f"# {problem or done}", flush=True)
            bad += bool(problem)
    sys.exit(bad != 0)


main()
