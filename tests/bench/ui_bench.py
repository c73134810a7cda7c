#!/usr/bin/env python3
"""How fast the terminal lab answers. usage: ui_bench.py THREADMILL COURSE

Prints one figure a line, in milliseconds: best and worst of several runs. Nothing here passes or
fails; the goals are in brackets. Runs on a pseudo terminal of its own, in a home of its own.
"""
import fcntl, os, pty, resource, select, shutil, struct, sys, tempfile, termios, time

THREADMILL, COURSE = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
SPIN = '#include "tally.h"\nint total;\nvoid count(void) { for (;;) ; }\n'
FLOOD = '#include <stdio.h>\n#include "tally.h"\nint total;\nvoid count(void) { for (;;) puts("flood"); }\n'


class Lab:
    def __init__(self, home, rows, cols):
        self.begun = time.monotonic()
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.environ.clear()
            os.environ.update(HOME=home, TERM='xterm-256color', LANG='C.UTF-8', TZ='UTC', PATH='/usr/bin:/bin')
            os.chdir(home)
            os.execv(THREADMILL, [THREADMILL, '--course', COURSE])
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
    times = [lab.frame_after(k) for k in [b'\r', b'n', b'p', b'R', b'R', b'n', b'n', b'p', b'q', b'?', b'?'] * 3]
    show('from a key to its frame, 200x60', times, 'goal 16')
    lab.drain(0.3)
    before = lab.switches()
    time.sleep(3)
    print('%-44s %7d           (goal 0)' % ('wakeups in 3 idle seconds', lab.switches() - before))
    lab.send(b'Q')
    lab.end()


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
    leaving(home, 'spins', SPIN)
    leaving(home, 'floods', FLOOD)
finally:
    shutil.rmtree(home, ignore_errors=True)
