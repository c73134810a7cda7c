#!/usr/bin/env python3
"""How fast the terminal lab answers. usage: ui_bench.py THREADMILL COURSE

Prints one figure a line, in milliseconds: best and worst of several runs. Nothing here passes or
fails; the goals are in brackets. Runs on a pseudo terminal of its own, in a home of its own.
"""
import fcntl, os, pty, re, resource, select, shutil, struct, sys, tempfile, termios, time

THREADMILL, COURSE = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
SPIN = '#include "tally.h"\nint total;\nvoid count(void) { for (;;) ; }\n'
FLOOD = '#include <stdio.h>\n#include "tally.h"\nint total;\nvoid count(void) { for (;;) puts("flood"); }\n'


class Lab:
    def __init__(self, home, rows, cols, *words):
        self.begun = time.monotonic()
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.environ.clear()
            os.environ.update(HOME=home, TERM='xterm-256color', LANG='C.UTF-8', TZ='UTC', PATH='/usr/bin:/bin')
            os.chdir(home)
            os.execv(THREADMILL, [THREADMILL, '--course', COURSE, *words])
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack('HHHH', rows, cols, 0, 0))
        self.seen = b''

    def wait(self, text, limit=20):
        end = time.monotonic() + limit
        while text not in self.seen:
            if not select.select([self.fd], [], [], max(0, end - time.monotonic()))[0]:
                raise SystemExit('never saw %r' % text)
            self.seen += os.read(self.fd, 1 << 16)
        return time.monotonic()

    def drain(self, quiet):
        while select.select([self.fd], [], [], quiet)[0]:
            try:
                if not os.read(self.fd, 1 << 16):
                    break
            except OSError:
                break

    def send(self, keys):
        self.seen = b''
        begun = time.monotonic()
        os.write(self.fd, keys)
        return begun

    def cpu(self):
        with open('/proc/%d/schedstat' % self.pid) as f:
            return int(f.read().split()[0]) / 1e9

    def frames(self, keys):
        """Seconds for each, and the CPU time of each: on a busy machine the second is the truer one."""
        wall, cpu = [], []
        for key in keys:
            before = self.cpu()
            wall.append(self.frame_after(key))
            cpu.append(self.cpu() - before)
        return wall, cpu

    def frame_after(self, keys):
        """From the key to the last byte of its frame: the output that comes without a pause."""
        begun = self.send(keys)
        last = begun
        if select.select([self.fd], [], [], 0.5)[0]:
            last = time.monotonic()
            os.read(self.fd, 1 << 16)
        while select.select([self.fd], [], [], 0.02)[0]:
            os.read(self.fd, 1 << 16)
            last = time.monotonic()
        return last - begun

    def end(self):
        while True:
            try:
                if not os.read(self.fd, 1 << 16):
                    break
            except OSError:
                break
        os.waitpid(self.pid, 0)
        done = time.monotonic()
        os.close(self.fd)
        return done

    def peak(self):
        """The most memory it ever had, in MiB."""
        with open('/proc/%d/status' % self.pid) as f:
            return int(re.search(r'VmHWM:\s+(\d+)', f.read()).group(1)) / 1024

    def switches(self):
        with open('/proc/%d/status' % self.pid) as f:
            return sum(int(line.split()[1]) for line in f if 'ctxt_switches' in line)


def show(name, seconds, goal):
    ms = sorted(1000 * s for s in seconds)
    print('%-44s %7.1f %7.1f ms   (%s)' % (name, ms[0], ms[-1], goal))


def first_frame(home):
    times = []
    for _ in range(10):
        lab = Lab(home, 50, 200)
        times.append(lab.wait(b'quit') - lab.begun)
        lab.send(b'Q')
        lab.end()
    show('from exec to the first frame, 200x50', times, 'goal 50')


def keys(home):
    lab = Lab(home, 60, 200)
    lab.wait(b'quit')
    lab.send(b'q')
    lab.end()
    lab = Lab(home, 60, 200)
    lab.wait(b'quit')
    lab.drain(0.2)
    times, cpu = lab.frames([b'\r', b'n', b'p', b'R', b'R', b'n', b'n', b'p', b'q', b'?', b'?'] * 3)
    show('from a key to its frame, 200x60', times, 'goal 16')
    show('CPU time of such a frame', cpu, 'goal 16')
    lab.drain(0.3)
    before = lab.switches()
    time.sleep(3)
    print('%-44s %7d           (goal 0)' % ('wakeups in 3 idle seconds', lab.switches() - before))
    lab.send(b'Q')
    lab.end()


def write_trace(path, lanes, events):
    """A recorded run of so many events: locks and sleeps of a microsecond to a millisecond."""
    kinds = ['block', 'acquire', 'sleep', 'awake', 'release']
    with open(path, 'w') as f:
        f.write('threadmill-lanes 1\nmachine made up\nrun 10.0 5.0 0 0\n')
        for lane in range(lanes):
            f.write('lane 0 0 9999999999 T%d\n' % lane)
            step = 9000000000 // (events // lanes)
            for i in range(events // lanes):
                kind = kinds[i % len(kinds)]
                what = step if kind == 'sleep' else 0 if kind == 'awake' else 4096 * (1 + (lane + i // 5) % 7)
                f.write('%d %s %d 0\n' % (step - step // 2 + (i * 7919 + lane) % step, kind, what))


def trace(home):
    path = home + '/large.lanes'
    write_trace(path, 40, 100000)
    lab = Lab(home, 60, 200, 'demo', path)
    lab.wait(b'back')
    lab.drain(0.2)
    right, left, down, up = b'\x1bOC', b'\x1bOD', b'\x1bOB', b'\x1bOA'
    keys = [right, down, right, b'+', right, left, b'+', right, down, up, b'+', b'+', right, right, b'-', left, b'f', b'f', b'-', b'G', b'g']
    times, cpu = lab.frames(keys * 3)
    show('the same in a trace of 100 000 events', times, 'goal 16')
    show('CPU time of such a frame', cpu, 'goal 16')
    print('%-44s %7.1f MiB          (goal 64)' % ('peak memory with that trace', lab.peak()))
    begun = lab.send(b'Q')
    show('leaving it', [lab.end() - begun], 'goal 100')


def leaving_from(home, name, words, keys, sight):
    """Opens the lab with some words, presses keys, and leaves when `sight` is there."""
    times = []
    for _ in range(3):
        lab = Lab(home, 24, 80, *words)
        lab.wait(b'back' if words else b'quit')
        for key in keys:
            lab.send(key)
            lab.drain(0.15)
        if sight:
            lab.wait(sight)
        begun = lab.send(b'Q')
        times.append(lab.end() - begun)
    show('leaving %s' % name, times, 'goal 100')


def leaving(home, name, program):
    times = []
    for _ in range(5):
        lab = Lab(home, 24, 80)
        lab.wait(b'quit')
        lab.send(b'/tally\r')
        lab.wait(b'01 tally')
        with open(home + '/threadmill/01-first/tally/tally.c', 'w') as f:
            f.write(program)
        lab.wait(b'checking')
        time.sleep(0.5)
        begun = lab.send(b'Q')
        times.append(lab.end() - begun)
    show('leaving while the program %s' % name, times, 'goal 100')


home = tempfile.mkdtemp(prefix='tm-bench-')
try:
    warm = Lab(home, 24, 80)
    warm.wait(b'quit')
    warm.send(b'\r')
    warm.wait(b'One line')
    warm.send(b'Q')
    warm.end()
    first_frame(home)
    keys(home)
    trace(home)
    leaving_from(home, 'the map', [], [], None)
    leaving_from(home, 'a drive that is compiled', ['drive', 'lost'], [], None)
    leaving_from(home, 'a drive', ['drive', 'lost'], [b'1', b'2'], None)
    leaving_from(home, 'a demo', ['demo', 'restock'], [], None)
    leaving(home, 'spins', SPIN)
    leaving(home, 'floods', FLOOD)
finally:
    shutil.rmtree(home, ignore_errors=True)
