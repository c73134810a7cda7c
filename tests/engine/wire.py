"""The engine process as the lab talks to it: a plugin, a request, the messages of its answer."""
import json
import os
import subprocess

TEST, OUTCOME, DONE, TROUBLE = 2, 5, 7, 8  # kinds of messages
DFS, DPOR = 1, 2                           # strategies


def plugin(threadmill, program, cache, *options):
    """The path of the program as the lab itself builds it: explored once, it lies in the cache. None: it does not compile,
    or may not be used."""
    env = dict(os.environ, XDG_CACHE_HOME=cache)
    subprocess.run([threadmill, "explore", program, *options], env=env, stdin=subprocess.DEVNULL, capture_output=True)
    for folder, _, files in os.walk(cache):
        for f in files:
            if f.endswith(".so"):
                return os.path.join(folder, f)
    return None


class Engine:
    def __init__(self, engine, path):
        if path is None:
            raise SystemExit("Bail out! no plugin was built")
        self.process = subprocess.Popen([engine, path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.process.stdout.readline()

    def explore(self, argument, **request):
        """Explores the program with this argument, counting outcomes: the messages up to the last, which is dropped."""
        asked = {"q": 0, "preemptions": -1, "count": True, "args": [{"s": argument}], **request}
        self.process.stdin.write(json.dumps(asked) + "\n")
        self.process.stdin.flush()
        while (m := json.loads(self.process.stdout.readline()))["m"] != DONE:
            if m["m"] == TROUBLE:
                raise RuntimeError(m["text"])
            yield m
