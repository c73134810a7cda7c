#!/usr/bin/env python3
"""Engine tests by files: each cases/*.c says on its first line what must come out.

    // expect: VERDICT[|VERDICT] [REASON]; CONDITION; ...
    // aarch64: the same, where 64-bit ARM differs (a second line; README.md says why)

REASON is an id of src/trace/reason.def. CONDITION is `complete`, or a comparison of preemptions, switches
or runs (`preemptions <= 1`). Every failing verdict must also carry a token whose replay fails in
the same way. With --twice, a second exploration must give the same verdict, token and number of runs.
Speaks TAP.

usage: run.py [--twice] THREADMILL CASES [CC]
"""
import json
import os
import platform
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

TWICE = sys.argv[1] == "--twice"
THREADMILL, CASES, *CC = sys.argv[1 + TWICE:]
ENV = dict(os.environ, NO_COLOR="1", **{"THREADMILL_CC": cc for cc in CC})
OPERATORS = {"==": lambda a, b: a == b, "<=": lambda a, b: a <= b, ">=": lambda a, b: a >= b}


def threadmill(*args):
    done = subprocess.run([THREADMILL, *args], capture_output=True, text=True, env=ENV, timeout=120,
                          stdin=subprocess.DEVNULL)
    return done.returncode, done.stdout, done.stderr


def expectation(path):
    with open(path) as f:
        m, other = re.match(r"// expect: (.*)", f.readline()), re.match(r"// aarch64: (.*)", f.readline())
    if not m:
        raise ValueError("first line must be // expect: …")
    if other and platform.machine() == "aarch64":
        m = other
    head, *conditions = [part.strip() for part in m.group(1).split(";")]
    return head.split(), conditions


def holds(condition, test):
    if condition == "complete":
        return test["complete"]
    m = re.fullmatch(r"(preemptions|switches|runs) (==|<=|>=) (\d+)", condition)
    if not m:
        raise ValueError(f"unknown condition '{condition}'")
    value = test[m.group(1)]
    return value is not None and OPERATORS[m.group(2)](value, int(m.group(3)))


def judge(path):
    status, out, err = threadmill("explore", path, "--json")
    try:
        return status, json.loads(out)
    except json.JSONDecodeError:
        raise ValueError(f"no JSON: {out[:200]!r} {err[:200]!r}")


def check_replay(path, test, problems):
    status, out, err = threadmill("replay", test["schedule"], path)
    if status != 1:
        problems.append(f"replay of {test['schedule']} exits with {status}: {(out + err)[-200:]}")
    nearest = test.get("nearest_pass")
    if nearest:
        status, out, err = threadmill("replay", nearest["schedule"], path)
        if status != 0:
            problems.append(f"{nearest['schedule']} should pass, and exits with {status}: {(out + err)[-200:]}")


def check_verdict(path, problems):
    (verdict, *reason), conditions = expectation(path)
    status, got = judge(path)
    test = got["tests"][0] if got["tests"] else {}
    if got["verdict"] not in verdict.split("|"):
        problems.append(f"verdict {got['verdict']} ({test.get('reason')}), expected {verdict}")
    if reason and test.get("reason") not in (reason[0], None if reason[0] == "none" else reason[0]):
        problems.append(f"reason {test.get('reason')}, expected {reason[0]}")
    if status != {"pass": 0, "unjudged": 2, "trouble": 2}.get(got["verdict"], 1):
        problems.append(f"exit status {status} for {got['verdict']}")
    problems += [f"not so: {c} (preemptions {test.get('preemptions')}, runs {test.get('runs')}, "
                 f"complete {test.get('complete')})" for c in conditions if not holds(c, test)]
    return got, test


def check(path):
    problems = []
    try:
        got, test = check_verdict(path, problems)
        again = judge(path)[1] if TWICE else got
        for key in ("verdict", "schedule", "runs", "reason"):
            if again["tests"] and again["tests"][0].get(key) != test.get(key):
                problems.append(f"a second run gives another {key}")
        if test.get("schedule"):
            check_replay(path, test, problems)
    except (ValueError, subprocess.TimeoutExpired) as e:
        problems.append(str(e))
    return problems


def main():
    paths = sorted(os.path.join(CASES, f) for f in os.listdir(CASES) if f.endswith(".c"))
    bad = 0
    with tempfile.TemporaryDirectory() as cache, ThreadPoolExecutor(2) as pool:
        ENV["XDG_CACHE_HOME"] = cache
        print(f"1..{len(paths)}")
        for i, (path, problems) in enumerate(zip(paths, pool.map(check, paths)), 1):
            name = os.path.basename(path)[:-2]
            print("ok" if not problems else "not ok", i, "-", name)
            for p in problems:
                print("#  ", p)
            bad += bool(problems)
    sys.exit(bad != 0)


main()
