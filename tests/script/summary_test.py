"""The summary line counts what ran, and never hides a failure. Prints TAP.

usage: summary_test.py SUMMARY.PY
"""
import json
import subprocess
import sys
import tempfile

CASES = [
    ('one program, one point', [('OK', '')], 0, '1 passed, 0 failed'),
    ('TAP points count each', [('OK', '1..3\nok 1 - a\nok 2 - b\nok 3\n')], 0, '3 passed, 0 failed'),
    ('a failed point', [('FAIL', '1..2\nok 1\nnot ok 2 - b\n')], 1, '1 passed, 1 failed'),
    ('a crash after good points', [('ERROR', '1..3\nok 1\n')], 1, '1 passed, 1 failed'),
    ('a time-out', [('TIMEOUT', '')], 1, '0 passed, 1 failed'),
    ('a skipped program', [('OK', ''), ('SKIP', '')], 0, '1 passed, 0 failed, 1 skipped'),
    ('a skipped point', [('OK', 'ok 1 - a\nok 2 - b # SKIP no tty\n1..2\n')], 0, '1 passed, 0 failed, 1 skipped'),
    ('words in the output are not points', [('OK', 'it is ok\nokay\nnot okay\n')], 0, '1 passed, 0 failed'),
    ('trouble without a failed test', [('OK', '')], 1, '1 passed, 1 failed'),
    ('nothing ran', [], 0, '0 passed, 1 failed'),
    ('the build broke', None, 1, '0 passed, 1 failed'),
]


def summary(script, tests, status):
    with tempfile.NamedTemporaryFile('w', suffix='.json') as log:
        path = log.name
        for result, stdout in tests or []:
            print(json.dumps({'name': 'x', 'result': result, 'stdout': stdout}), file=log)
        log.flush()
        if tests is None:
            path = '/nonexistent/testlog.json'
        done = subprocess.run([sys.executable, script, path, str(status)], stdout=subprocess.PIPE, text=True)
    return done.stdout, done.returncode


def main():
    print(f'1..{len(CASES)}')
    failed = 0
    for number, (title, tests, status, line) in enumerate(CASES, 1):
        got, code = summary(sys.argv[1], tests, status)
        good = got == line + '\n' and (code == 0) == (' 0 failed' in line)
        failed |= not good
        print(f'{"" if good else "not "}ok {number} - {title}')
        if not good:
            print(f'#   got {got!r}, exit status {code}; expected {line!r}')
    return failed


sys.exit(main())
