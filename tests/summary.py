"""Counts what `meson test` ran and prints one line: N passed, N failed[, N skipped].

usage: summary.py TESTLOG.json MESON-STATUS

A test program that speaks TAP counts once for each of its points; any other counts as one. A program
that crashed, timed out or stopped short of its plan is at least one failure, whatever it printed
before; and where meson itself reports trouble, the line never says "0 failed".
"""
import json
import re
import sys

POINT = re.compile(r'^(not )?ok\b([^#\n]*)(#\s*skip)?', re.IGNORECASE | re.MULTILINE)


def count(test):
    """(passed, failed, skipped) of one test program."""
    good = test['result'] in ('OK', 'EXPECTEDFAIL')
    if test['result'] == 'SKIP':
        return 0, 0, 1
    points = POINT.findall(test.get('stdout') or '')
    failed = sum(1 for bad, _, skip in points if bad and not skip)
    skipped = sum(1 for _, _, skip in points if skip)
    passed = len(points) - failed - skipped
    if good:
        return (passed, failed, skipped) if points else (1, 0, 0)
    return passed, max(failed, 1), skipped


def main():
    path, status = sys.argv[1], int(sys.argv[2])
    total = [0, 0, 0]
    try:
        with open(path, encoding='utf-8', errors='replace') as log:
            for line in log:
                total = [a + b for a, b in zip(total, count(json.loads(line)))]
    except FileNotFoundError:
        pass  # the build failed before the first test
    passed, failed, skipped = total
    if status and not failed or not passed + failed:
        failed += 1
    print(f'{passed} passed, {failed} failed' + (f', {skipped} skipped' if skipped else ''))
    return 1 if failed else 0


sys.exit(main())
