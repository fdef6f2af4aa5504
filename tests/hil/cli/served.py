# SPDX-License-Identifier: GPL-3.0-or-later
"""`jianheng serve` for as long as a test needs it."""
import os
import re
import selectors
import subprocess
import time

# Long enough for any machine; a test that is right never waits for it.
PATIENCE_S = 120


class Running:
    """A program whose output is read line by line."""

    def __init__(self, command, data, stream="stdout"):
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            env={**os.environ, "JIANHENG_DATA": data})
        self.stream = getattr(self.process, stream)
        self.pending = {}

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        self.pending.clear()
        for stream in (self.process.stdin, self.process.stdout, self.process.stderr):
            stream.close()

    def line(self, stream=None):
        """The next line of the stream; an error when none comes."""
        # Not readline: its buffer hides from select() what has come.
        stream = stream or self.stream
        file = stream.fileno()
        pending = self.pending.get(stream, b"")
        with selectors.DefaultSelector() as selector:
            selector.register(file, selectors.EVENT_READ)
            while b"\n" not in pending:
                if not selector.select(PATIENCE_S):
                    raise AssertionError("no line came")
                more = os.read(file, 65536)
                if not more:
                    raise AssertionError("it ended: " + self.process.stderr.read())
                pending += more
        text, self.pending[stream] = pending.split(b"\n", 1)
        return text.decode()

    def end(self):
        """Its exit code, and what of stdout and stderr was not yet read, when it has ended."""
        texts = self.process.communicate(timeout=PATIENCE_S)
        files = (self.process.stdout, self.process.stderr)
        return (self.process.returncode,
                *(self.pending.get(f, b"").decode() + text for f, text in zip(files, texts)))

    def terminate(self):
        self.process.terminate()
        return self.end()


class Served(Running):
    """Indicators that are served. `places`: a dict for each line "serving": title, unit, and host and port or device."""

    def __init__(self, program, data, *arguments, places):
        super().__init__([program, "serve", *arguments], data)
        self.places = []
        while len(self.places) < places:
            found = re.match(r"serving (.*) as unit (\d+) at (?:(\d+\.\d+\.\d+\.\d+):(\d+)( \(RTU over TCP\))?|([^,]+), .*)$",
                             self.line())
            title, unit, host, port, wrapped, device = found.groups()
            self.places.append({"title": title, "unit": int(unit), "host": host, "port": int(port or 0),
                                "rtu_over_tcp": bool(wrapped), "device": device})

    def port(self, rtu_over_tcp=False):
        return next(p["port"] for p in self.places if p["host"] and p["rtu_over_tcp"] == rtu_over_tcp)

    def device(self):
        return next(p["device"] for p in self.places if p["device"])

    def order(self, text):
        self.process.stdin.write(text + "\n")
        self.process.stdin.flush()
        return self.line()


def eventually(holds, what):
    """Asks again until it holds: a scale needs its time."""
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end:
        if holds():
            return
        time.sleep(0.1)
    raise AssertionError("never came true: " + what)
