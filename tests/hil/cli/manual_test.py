#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""`jianheng run` on a real scale: a person is asked to place loads. Here the scale is a served one, and
the person does with its loads what is written on the terminal.

usage: manual_test.py JIANHENG SOURCE_FOLDER
"""
import concurrent.futures
import json
import os
import re
import select
import subprocess
import sys
import tempfile
import time
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from served import PATIENCE_S, Served  # noqa: E402

PROGRAM, SOURCE = sys.argv[1], sys.argv[2]
DATA = os.path.join(SOURCE, "scenarios")
SCALE = "scales/30t-7x3-4c.yaml"
PROMPT = re.compile(r"\n *(\d+)\. (.*)\n(?:.*\n)*?.*> $")

SCENARIO = """jianheng: scenario
extends: verifications/30t-jjg539-initial.yaml
title: a real scale
weights: {{extends: weights/20x1t-m1.yaml, settle: 1 s, touch_down: 1.2 s}}
indicator: indicators/laumas.yaml
regulation:
  extends: procedures/jjg-539-2016-initial.yaml
  small_weight: 0.2 e
  tests:
    - {{id: zero, title: Zero, clause: R 76-1 4.5.2}}
{more}bench:
  indicator: {{tcp: "127.0.0.1:{port}"}}
  patience: {patience}
"""


REPEATABILITY = "    - {id: repeatability, title: Repeatability, clause: R 76-1 3.6.1}\n"


class Person:
    """Reads what is asked for and does it on the served scale."""

    def __init__(self, run, served):
        self.run, self.served = run, served
        self.on_deck = {}
        self.asked = []

    def next_order(self):
        """The next thing asked for; nothing when the program has ended."""
        text, file = "", self.run.stdout.fileno()
        end = time.monotonic() + PATIENCE_S
        while time.monotonic() < end:
            if not select.select([file], [], [], 1.0)[0]:
                continue
            more = os.read(file, 65536).decode()
            if not more:
                self.rest = text
                return None
            text += more
            found = PROMPT.search(text)
            if found:
                self.asked.append(found[2])
                return found[2]
        raise AssertionError("nothing was asked for: " + text)

    def obey(self, order):
        found = re.match(r"(put|take) (\d+) x ([\d.]+) kg \(([a-z ]+)\) (?:on|off) the scale"
                         r"(?:, evenly along the deck)?; (?:none of them stays|then (\d+) x)", order)
        if not found:
            raise AssertionError("what shall a person do with this: " + order)
        verb, pieces, mass, kind, stay = found.groups()
        before = self.on_deck.get(kind, 0)
        after = before + int(pieces) * (1 if verb == "put" else -1)
        assert after == int(stay or 0), order
        self.on_deck[kind] = after
        self.masses = getattr(self, "masses", {})
        self.masses[kind] = float(mass)
        loads = " + ".join(f"{count * self.masses[k]:g} kg @ 3.5" for k, count in self.on_deck.items() if count)
        assert self.served.order(f"load {loads}" if loads else "unload").startswith("ok")
        self.answer("")

    def answer(self, text):
        self.run.stdin.write((text + "\n").encode())
        self.run.stdin.flush()


class Manual(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def serve(self, port=0):
        served = Served(PROGRAM, DATA, "indicators/laumas.yaml", "--scale", SCALE, "--tcp", f"127.0.0.1:{port}", places=1)
        self.addCleanup(served.__exit__)
        return served

    def start(self, served, *arguments, patience="10 s", more=""):
        scenario = os.path.join(self.folder, "real.yaml")
        with open(scenario, "w", encoding="utf-8") as f:
            f.write(SCENARIO.format(port=served.port(), patience=patience, more=more))
        run = subprocess.Popen([PROGRAM, "run", scenario, "--out", self.folder, *arguments], stdin=subprocess.PIPE,
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                               env={**os.environ, "JIANHENG_DATA": DATA})

        def over():
            if run.poll() is None:
                run.kill()
            run.communicate()
        self.addCleanup(over)
        return run, Person(run, served)

    def record(self):
        with open(os.path.join(self.folder, "real.json"), encoding="utf-8") as f:
            return json.load(f)

    def test_a_healthy_scale_passes_in_the_hands_of_a_person(self):
        served = self.serve()
        run, person = self.start(served, more=REPEATABILITY)
        while (order := person.next_order()) is not None:
            person.obey(order)
        self.assertEqual(run.wait(PATIENCE_S), 0, person.rest)
        record = self.record()
        self.assertEqual(record["verdict"], "pass")
        placed = [m for t in record["tests"] for m in t["measurements"] if m["kind"] == "placement"]
        self.assertEqual(len(placed), 3)
        for each in placed:
            # Served weights have no error; class III allows 1.5 e = 15 kg at 20 t.
            self.assertLessEqual(abs(float(each["value_kg"]) - float(each["load_kg"])), 15)
            self.assertNotIn("truth", each)
        self.assertEqual(person.asked[0], "put 20 x 1000 kg (standard weights) on the scale, evenly along the deck; "
                                          "then 20 x 1000 kg lie there")

    def test_what_cannot_be_done_leaves_that_test_out(self):
        served = self.serve()
        run, person = self.start(served, more=REPEATABILITY)
        heavy = 0
        while (order := person.next_order()) is not None:
            heavy += order.startswith("put 20 x 1000")
            # The first time is the set-up; then the crane breaks.
            if heavy > 1 and order.startswith("put 20 x 1000"):
                person.answer("n")
            else:
                person.obey(order)
        self.assertEqual(run.wait(PATIENCE_S), 4, person.rest)
        verdicts = {t["id"]: t["verdict"] for t in self.record()["tests"]}
        self.assertEqual(verdicts, {"zero": "pass", "repeatability": "not_run"})

    def test_a_run_by_the_clock_cannot_be_verified_by_another(self):
        run, _ = self.start(self.serve(), "--verify")
        _, told = run.communicate(timeout=PATIENCE_S)
        self.assertEqual(run.returncode, 2)
        self.assertIn("never the same twice", told.decode())

    def test_q_ends_it_and_the_record_is_kept(self):
        served = self.serve()
        run, person = self.start(served, "--language", "zh")
        self.assertIn("将 20 × 1000 kg（标准砝码）放上秤台", person.next_order())
        person.answer("q")
        self.assertEqual(run.wait(PATIENCE_S), 130)
        self.assertEqual(self.record()["verdict"], "interrupted")

    def test_an_indicator_that_goes_away_ends_the_run_with_its_record(self):
        served = self.serve()
        run, person = self.start(served, patience="1 s")
        person.obey(person.next_order())
        person.obey(person.next_order())
        person.next_order()
        served.terminate()
        person.answer("")
        self.assertIsNone(person.next_order())
        self.assertEqual(run.wait(PATIENCE_S), 3)
        record = self.record()
        self.assertEqual(record["verdict"], "error")
        self.assertIn("did not come back within 1 s", record["cause"])

    def test_an_indicator_that_comes_back_is_found_again(self):
        served = self.serve()
        run, person = self.start(served, patience="60 s")
        person.obey(person.next_order())
        take = person.next_order()
        served.terminate()
        person.answer("")  # goes on reading, of what is not there
        person.served = self.serve(served.port())
        person.on_deck.clear()
        self.assertEqual(take, "take 20 x 1000 kg (standard weights) off the scale; none of them stays")
        while (order := person.next_order()) is not None:
            person.obey(order)
        self.assertEqual(run.wait(PATIENCE_S), 0, person.rest)
        self.assertEqual(self.record()["verdict"], "pass")


if __name__ == "__main__":
    # A person waits most of the time: all of them at once.
    cases = list(unittest.defaultTestLoader.loadTestsFromTestCase(Manual))
    with concurrent.futures.ThreadPoolExecutor(len(cases)) as pool:
        results = list(pool.map(lambda case: case.run(), cases))
    for result in results:
        for case, trace in result.failures + result.errors:
            print(f"FAIL: {case}\n{trace}")
    sys.exit(not all(result.wasSuccessful() for result in results))
