#!/usr/bin/env python3
"""What is said beside a failure, against brute force.

For each program: after the step of `no_return` every continuation must fail, and before it one must
pass; `always` must hold from the first step on; the nearest passing schedule must pass. Here every
step of the program is a decision and nothing is reduced: another way to the answer than the engine's own.
Speaks TAP.

usage: explained.py THREADMILL ENGINE PROGRAMS
"""
import json
import os
import re
import subprocess
import sys
import tempfile

MOST = 60000  # replays for one program
REPLAY, STATE, DONE, TROUBLE = 1, 4, 7, 8
SPURIOUS = 1


class Engine:
    def __init__(self, engine, plugin, frame):
        self.process = subprocess.Popen([engine, plugin], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.process.stdout.readline()
        self.frame = frame
        self.replays = 0

    def state(self, steps):
        """Where the run is after these steps."""
        self.replays += 1
        if self.replays > MOST:
            raise RuntimeError("too large for brute force")
        request = {"q": REPLAY, "clock": -1, "spurious": -1, "preemptions": -1, "stop": len(steps),
                   "schedule": f"{self.frame}:{''.join(steps)}:0"}
        self.process.stdin.write(json.dumps(request) + "\n")
        self.process.stdin.flush()
        state = None
        while True:
            m = json.loads(self.process.stdout.readline())
            if m["m"] == STATE:
                state = m
            elif m["m"] == DONE:
                return state
            elif m["m"] == TROUBLE:
                raise RuntimeError(m["text"])

    def can_pass(self, steps):
        """Is there a continuation that does not fail?"""
        st = self.state(steps)
        if st.get("ended"):
            return not st.get("failure", {}).get("r", 0)
        choices = [c for c in st.get("choices", []) if c.get("v", 0) != SPURIOUS]
        return any(self.can_pass(steps + [step(c.get("t", 0), c.get("v", 0))]) for c in choices)


def step(tid, variant):
    return chr(ord("a") + tid) + (f".{variant}" if variant else "")


def steps_of(token):
    """'a3b.1' -> ['a', 'a', 'a', 'b.1']: a thread so many times, or once with a variant."""
    out = []
    for who, variant, times in re.findall(r"([a-z])(?:\.(\d+)|(\d*))", token):
        out += [f"{who}.{variant}"] if variant else [who] * int(times or 1)
    return out


def explore(threadmill, program, cache):
    env = dict(os.environ, XDG_CACHE_HOME=cache)
    done = subprocess.run([threadmill, "explore", program, "--json"], env=env, stdin=subprocess.DEVNULL,
                          capture_output=True, text=True)
    return json.loads(done.stdout)["tests"][0]


def plugin_in(cache):
    for folder, _, files in os.walk(cache):
        for f in files:
            if f.endswith(".so"):
                return os.path.join(folder, f)
    raise RuntimeError("no plugin was built")


def check(threadmill, engine, program):
    with tempfile.TemporaryDirectory() as cache:
        test = explore(threadmill, program, cache)
        if test["reason"] == "dead_stack":
            return None  # a race with the end of a function: a run that is stopped half way does not look for it
        frame, steps = re.fullmatch(r"[^@]*@([^:]*:[^:]*):([^:]*):.*", test["schedule"]).groups()
        brute, steps = Engine(engine, plugin_in(cache), frame), steps_of(steps)
        if test["always"]:
            return None if not brute.can_pass([]) else "always, but there is a schedule that passes"
        if test["verdict"] == "race" and not test["consequence"]:
            return "more is said than can be" if test["no_return"] or test["nearest_pass"] else None
        if not test["no_return"] or not test["nearest_pass"]:
            return "nothing was said, and this program is small"
        n = test["no_return"]["step"]
        if brute.can_pass(steps[:n]):
            return f"a continuation passes after step {n}"
        if not brute.can_pass(steps[:n - 1]):
            return f"no continuation passes before step {n} either"
        return None


def main():
    threadmill, engine, folder = sys.argv[1:]
    programs = sorted(os.path.join(folder, f) for f in os.listdir(folder) if f.endswith(".c"))
    bad = 0
    print(f"1..{len(programs)}")
    for i, program in enumerate(programs, 1):
        try:
            problem = check(threadmill, engine, program)
        except RuntimeError as e:
            problem = str(e)
        bad += bool(problem)
        print(f"{'not ' if problem else ''}ok {i} - {os.path.basename(program)}{' # ' + problem if problem else ''}")
    return bad != 0


sys.exit(main())
