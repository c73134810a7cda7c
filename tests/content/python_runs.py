#!/usr/bin/env python3
"""Runs every lessons/*/py/*.py as a program, with sleeping stubbed, so that the Python side of
the lessons cannot rot. A program must end by itself, without an exception, having printed something.

usage: python_runs.py COURSE
"""
import asyncio
import contextlib
import io
import pathlib
import runpy
import sys
import time
import traceback


def stub_sleep():
    """Sleeping only lets others have a turn: what a program may rely on, without the waiting."""
    real_sleep, real_async = time.sleep, asyncio.sleep
    time.sleep = lambda seconds: real_sleep(0)
    asyncio.sleep = lambda seconds, result=None: real_async(0, result)


def run(path):
    out = io.StringIO()
    try:
        with contextlib.redirect_stdout(out):
            runpy.run_path(str(path), run_name="__main__")
    except SystemExit as end:
        if end.code not in (None, 0):
            return f"ended with {end.code}"
    except Exception:
        return traceback.format_exc()
    return None if out.getvalue().strip() else "printed nothing"


def main():
    files = sorted(pathlib.Path(sys.argv[1]).glob("lessons/*/py/*.py"))
    if not files:
        sys.exit("no Python file found: is this a course?")
    stub_sleep()
    bad = 0
    for path in files:
        trouble = run(path)
        bad += trouble is not None
        print(f"{path}: {trouble or 'fine'}")
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
