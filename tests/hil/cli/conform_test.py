#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""`jianheng conform` against `jianheng serve`: what differs, reports, exit codes.

usage: conform_test.py JIANHENG SOURCE_FOLDER
"""
import html.parser
import json
import os
import re
import subprocess
import sys
import tempfile
import threading
import unittest

PROGRAM, SOURCE = sys.argv[1], sys.argv[2]
ENVIRONMENT = dict(os.environ, JIANHENG_DATA=os.path.join(SOURCE, "scenarios"))


class Serve:
    def __init__(self, profile, *arguments):
        self.process = subprocess.Popen([PROGRAM, "serve", f"indicators/{profile}.yaml", *arguments],
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1,
                                        env=ENVIRONMENT)
        self.where = re.search(r"at ([^\s,]+)", self.process.stdout.readline())[1]

    def order(self, text):
        self.process.stdin.write(text + "\n")
        self.process.stdin.flush()
        return self.process.stdout.readline().strip()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is not None:
            self.process.stdin.close()
            self.process.stdout.close()
            return
        self.process.stdin.write("quit\n")
        self.process.stdin.flush()
        self.process.communicate(timeout=10)


def conform(*arguments, watch="300ms"):
    return subprocess.run([PROGRAM, "conform", *arguments, "--watch", watch], capture_output=True, text=True, timeout=60, env=ENVIRONMENT)


def differing(report):
    return {line["tried"] for line in report["lines"] if line["verdict"] == "differs"}


class Links(html.parser.HTMLParser):
    """A page for people must stand alone."""
    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attributes):
        self.found += [value for name, value in attributes if name in ("src", "href")]


class Conform(unittest.TestCase):
    def test_sound_on_tcp(self):
        with Serve("laumas", "--tcp", "127.0.0.1:0", "--load", "500 kg @ 9.0") as serve, \
                tempfile.TemporaryDirectory() as folder:
            page = os.path.join(folder, "page.html")
            done = conform("indicators/laumas.yaml", "--tcp", serve.where, "--json", "--html", page)
            report = json.loads(done.stdout)
            self.assertEqual(differing(report), set())
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertEqual(report["verdict"], "conforms")
            self.assertGreater(report["counts"]["ok"], 60)
            tried = [line["tried"] for line in report["lines"]]
            for part in ("in two pieces", "in one go", "protocol id 1", "unit 255", "33 registers"):
                self.assertTrue(any(part in line for line in tried), part)
            links = Links()
            with open(page, encoding="utf-8") as file:
                text = file.read()
            links.feed(text)
            self.assertEqual(links.found, [])
            self.assertIn("conforms", text)

    def test_sound_on_a_serial_line(self):
        with Serve("flintec-dad141", "--pty", "1", "--baud", "115200", "--adapter-latency", "30") as serve:
            done = conform("indicators/flintec-dad141.yaml", "--rtu", serve.where, "--baud", "115200", "--json")
            report = json.loads(done.stdout)
            # A pseudo terminal on a busy machine may lose a reply now and then: that is not asked here.
            self.assertEqual({line for line in differing(report) if "one after the other" not in line}, set())
            tried = [line["tried"] for line in report["lines"]]
            self.assertIn("a wrong CRC", tried)
            self.assertIn("unit 0, a broadcast", tried)

    def test_another_family_differs(self):
        with Serve("flintec-ft10", "--tcp", "127.0.0.1:0") as serve:
            done = conform("indicators/laumas.yaml", "--tcp", serve.where)
            self.assertEqual(done.returncode, 1, done.stdout + done.stderr)
            self.assertRegex(done.stdout, r"differs +33 registers")
            self.assertRegex(done.stdout, r"verdict: differs +\d+ ok, \d+ differ")

    def test_a_line_that_fails_is_seen(self):
        with Serve("laumas", "--tcp", "127.0.0.1:0", "--line-fault", "wrong_function plus=1") as serve:
            self.assertEqual(conform("indicators/laumas.yaml", "--tcp", serve.where, "--quiet").returncode, 1)

    def test_a_device_that_goes_is_lost(self):
        with Serve("laumas", "--tcp", "127.0.0.1:0") as serve:
            threading.Timer(1.0, serve.process.kill).start()
            done = conform("indicators/laumas.yaml", "--tcp", serve.where, "--json", watch="30s")
            self.assertEqual(done.returncode, 3, done.stderr)
            report = json.loads(done.stdout)
            self.assertEqual(report["verdict"], "device lost")
            self.assertGreater(len(report["lines"]), 10)
            serve.process.wait()
            done = conform("indicators/laumas.yaml", "--tcp", serve.where)
            self.assertEqual(done.returncode, 3)
            self.assertIn(serve.where, done.stderr)

    def test_a_step_of_the_load(self):
        with Serve("laumas", "--tcp", "127.0.0.1:0") as serve:
            threading.Timer(1.5, lambda: serve.order("load 20 t @ 9.0")).start()
            report = json.loads(conform("indicators/laumas.yaml", "--tcp", serve.where, "--step", "12s",
                                        "--json").stdout)
            step = next(line for line in report["lines"] if line["tried"] == "a step of the load")
            self.assertEqual(step["verdict"], "ok", step)
            self.assertIn("stable after", step["found"])

    def test_all_that_is_wrong_at_once(self):
        done = conform("indicators/nobody.yaml", "--step", "soon", "--tcp", "nowhere")
        self.assertEqual(done.returncode, 2)
        for part in ("nobody.yaml", "--step", "--tcp", "3 problems"):
            self.assertIn(part, done.stderr)
        done = conform("indicators/laumas.yaml")
        self.assertEqual(done.returncode, 2)
        self.assertIn("give either --tcp or --rtu", done.stderr.lower())
        self.assertEqual(conform("indicators/laumas.yaml", "--rtu", "/dev/nothing-there").returncode, 3)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
