"""What exploring costs and finds: runs a second, time to a counterexample, and other tools beside it."""
import os
import shutil
import subprocess
import time

HERE = os.path.dirname(os.path.abspath(__file__))
TESTS = os.path.join(os.path.dirname(HERE), 'engine')

# One run for each class of equivalent schedules, where that takes more than 500 runs.
KNOWN = [('fib', 'N=5'), ('stack', 'N=8'), ('queue', 'N=8'), ('turns', 'N=7'), ('locks', 'N=3', 'K=4'), ('locks', 'N=2', 'K=8'),
         ('reorder', 'N=6'), ('phases', 'N=4', 'K=3'), ('lastwrite', 'N=6'), ('readers', 'N=10'), ('indexer', 'N=15'), ('lastzero', 'N=10')]
# Up to five threads besides main: name, defines, options.
FOUND = [('reorder', ['N=2'], ['--races=ignore']), ('reorder', ['N=3'], ['--races=ignore']), ('reorder', ['N=4'], ['--races=ignore']),
         ('twostage', [], []), ('twostage', ['N=3'], []), ('account', [], []), ('lazy01', [], []), ('stack', ['N=3'], []), ('stack', ['N=10'], []),
         ('queue', [], []), ('bounded_buffer', [], []), ('wronglock', ['N=3'], ['--races=ignore']), ('bluetooth', [], []), ('token_ring', [], []),
         ('carter01', [], []), ('deadlock01', [], []), ('circular_buffer', [], []), ('phase01', [], []), ('sync01', [], []),
         ('stringbuffer', [], []), ('arithmetic_prog', [], []), ('philosophers', ['N=5'], []), ('gap_if', [], []), ('gap_no_predicate', [], []),
         ('gap_no_join', [], [])]
WRONG = ['reorder', 'twostage', 'account', 'stack', 'queue', 'bounded_buffer', 'wronglock', 'bluetooth', 'token_ring', 'deadlock01', 'gap_if',
         'gap_no_predicate']
TSAN_RUNS = 200
HANGS = 2  # seconds without an end


def defined(defines):
    return [word for d in defines for word in ('--define', d)]


def bench_runs(b, say):
    for name, *defines in KNOWN:
        best = None
        for _ in range(5):
            test = b.run('explore', f'{TESTS}/known/{name}.c', '--strategy', 'dpor', '--json', *defined(defines))['tests'][0]
            best = min(best or test['seconds'], test['seconds'])
        blocked = f', {test["blocked"]:,} given up' if test['blocked'] else ''
        say(f'one run a class: {name} {" ".join(defines)}', f'{(test["runs"] + test["blocked"]) / best:,.0f} /s', f'{test["runs"]:,} classes{blocked}')


def bench_found(b, say):
    for name, defines, options in FOUND:
        times = []
        for _ in range(5):
            test = b.run('explore', f'{TESTS}/sct/{name}.c', '--json', *defined(defines), *options)['tests'][0]
            times.append(test['seconds'])
        say(f'counterexample: {name} {" ".join(defines)}', f'{min(times) * 1000:.1f} ms',
            f'{test["verdict"]}, {test["preemptions"]} preemptions, {test["runs"]} runs')


# ---- beside other tools -------------------------------------------------------------------


def ours(b, source):
    shutil.rmtree(b.dir + '/cache', ignore_errors=True)
    began = time.monotonic()
    verdict = b.run('explore', source, '--json')['verdict']
    return verdict not in ('pass', 'unjudged', 'trouble'), time.monotonic() - began, verdict


def fails(command):
    """Does one run of it fail, or hang?"""
    try:
        return subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=HANGS).returncode != 0
    except subprocess.TimeoutExpired:
        return True


def tsan(b, source):
    began = time.monotonic()
    subprocess.run(['gcc', '-g', '-O1', '-fsanitize=thread', source, '-o', b.dir + '/tsan-program'], check=True)
    for run in range(1, TSAN_RUNS + 1):
        if fails([b.dir + '/tsan-program']):
            return True, time.monotonic() - began, f'run {run}'
    return False, time.monotonic() - began, f'{TSAN_RUNS} runs'


def helgrind(b, source):
    if not shutil.which('valgrind'):
        return None
    began = time.monotonic()
    subprocess.run(['gcc', '-g', '-O1', '-pthread', source, '-o', b.dir + '/plain-program'], check=True)
    found = fails(['valgrind', '--tool=helgrind', '--error-exitcode=9', '-q', b.dir + '/plain-program'])
    return found, time.monotonic() - began, '1 run'


def bench_tools(b, say):
    tools = [('every interleaving, here', ours), (f'gcc ThreadSanitizer, up to {TSAN_RUNS} runs', tsan), ('helgrind, one run', helgrind)]
    found, seconds = [0] * len(tools), [0.0] * len(tools)
    for name in WRONG:
        told = []
        for i, (_, tool) in enumerate(tools):
            result = tool(b, f'{TESTS}/sct/{name}.c')
            if result is None:
                told.append('not installed')
                continue
            found[i] += result[0]
            seconds[i] += result[1]
            told.append(f'{"found" if result[0] else "MISSED"} ({result[2]}, {result[1] * 1000:.0f} ms)')
        say(f'wrong program: {name}', '', ' | '.join(told))
    for i, (what, _) in enumerate(tools):
        if seconds[i]:
            say(f'{what}: bugs found, compiling included', f'{found[i]} of {len(WRONG)}', f'{seconds[i]:.1f} s')
        else:
            say(what, 'not installed')
