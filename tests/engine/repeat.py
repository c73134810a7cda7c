#!/usr/bin/env python3
"""The same program, again and again: one verdict, one token.

Every program of the engine's suites (cases, twins, sct) is explored COUNT times: in COUNT / 20 engine
processes at least, each asked several times over. Everything an answer says but its time must be
the same: verdict, schedule, runs, the words of a bound. Programs that take more than LARGE runs
are explored a tenth as often, which the last line says. Speaks TAP, one line for a folder.

usage: repeat.py THREADMILL ENGINE ENGINE-TESTS [COUNT] [PART/OF]      (default 20; PART/OF: only that part of the programs)
"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile

from wire import DONE, TEST, TROUBLE, plugin

FOLDERS = ["cases", "twins", "sct"]
ASKS = 20       # of one process
LARGE = 2000    # runs
REQUEST = {"q": 0, "clock": -1, "spurious": -1, "preemptions": -1}


def code_of(threadmill, program):
    """The built program's bytes; None where it does not compile, or may not be used."""
    with tempfile.TemporaryDirectory() as cache:
        path = plugin(threadmill, program, cache, "--runs", "1")
        return path and pathlib.Path(path).read_bytes()


def answers(engine, path, times):
    """What one engine process says, asked so often: texts that should be alike, and the most runs of one."""
    asked = (json.dumps(REQUEST) + "\n") * times
    done = subprocess.run([engine, path], input=asked, capture_output=True, text=True)
    said, runs, now = [], 0, []
    for line in done.stdout.splitlines():
        m = json.loads(line)
        kind = m.get("m", 0)
        if kind == TEST:
            result = m.get("result", m)
            runs = max(runs, result.get("runs", 0))
            result.pop("seconds", None)
            now.append(json.dumps(m, sort_keys=True))
        elif kind in (DONE, TROUBLE):
            said.append("\n".join(now) if kind == DONE else line)
            now = []
    return said, runs


def repeat(engine, path, count):
    """(How often it was explored, how many different answers.)"""
    said, runs = answers(engine, path, 2)
    if runs > LARGE:
        count = max(count // 10, 2)
    asks = max(1, min(ASKS, count // 4))
    while len(said) < count:
        more, _ = answers(engine, path, asks)
        if not more:
            return len(said), 0
        said += more
    return len(said), len(set(said))


def main():
    threadmill, engine, tests = sys.argv[1:4]
    count = int(sys.argv[4]) if len(sys.argv) > 4 else 20
    part, of = map(int, sys.argv[5].split("/")) if len(sys.argv) > 5 else (1, 1)
    bad = fewer = 0
    print(f"1..{len(FOLDERS)}")
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "program.so")
        for i, name in enumerate(FOLDERS, 1):
            problems, explored, programs = [], 0, sorted(f for f in os.listdir(os.path.join(tests, name)) if f.endswith(".c"))
            programs = programs[part - 1::of]
            for program in programs:
                code = code_of(threadmill, os.path.join(tests, name, program))
                if code is None:
                    continue
                with open(path, "wb") as so:
                    so.write(code)
                times, different = repeat(engine, path, count)
                explored += times
                fewer += times < count
                if different != 1:
                    problems.append(f"{program}: {different} answers")
            print("not ok" if problems else "ok", i, "-", name,
                  "# " + ("; ".join(problems) or f"{len(programs)} programs, explored {explored} times"), flush=True)
            bad += bool(problems)
    print(f"# {fewer} programs are large and were explored a tenth as often" if fewer else "# each at least as often as asked")
    sys.exit(bad != 0)


main()
