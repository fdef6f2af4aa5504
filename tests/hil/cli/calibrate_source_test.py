#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""`jianheng calibrate-source` against the source of `jianheng serve`, and what a run makes of its keys.

usage: calibrate_source_test.py JIANHENG SOURCE_FOLDER
"""
import json
import os
import re
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from served import PATIENCE_S, Running, Served  # noqa: E402

PROGRAM, SOURCE = sys.argv[1], sys.argv[2]
DATA = os.path.join(SOURCE, "scenarios")
PLAIN = "sources/bridge-simulator-24bit.yaml"
STEP_MV_V = 2e-7
UNIT = 2


def jianheng(*arguments, typed=""):
    return subprocess.run([PROGRAM, *arguments], capture_output=True, text=True, timeout=PATIENCE_S, input=typed,
                          env={**os.environ, "JIANHENG_DATA": DATA})


def keys_of(text):
    return dict(re.findall(r"(?m)^(\w+): (.*)$", text))


class Line:
    """The source's registers, asked without the program."""

    def __init__(self, port):
        self.socket = socket.create_connection(("127.0.0.1", port), PATIENCE_S)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()

    def ask(self, pdu):
        self.socket.sendall(struct.pack(">HHHB", 1, 0, len(pdu) + 1, UNIT) + pdu)
        answer = self.socket.recv(260)
        assert answer[7] == pdu[0], answer.hex()
        return answer[8:]

    def set(self, steps):
        self.ask(struct.pack(">BHHBi", 16, 0, 2, 4, steps))

    def terminals_mV_V(self):
        return struct.unpack(">i", self.ask(struct.pack(">BHH", 4, 0, 2))[1:])[0] * 1e-8

    def steps(self):
        return struct.unpack(">i", self.ask(struct.pack(">BHH", 3, 0, 2))[1:])[0]


class CalibrateSource(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.kept = tempfile.TemporaryDirectory()
        cls.wrong = os.path.join(cls.kept.name, "wrong.yaml")
        with open(cls.wrong, "w") as f:
            f.write(f"jianheng: signal_source\nextends: {PLAIN}\noffset: 0.0006 mV/V\ngain_error: 200 ppm\n")
        cls.served = Served(PROGRAM, DATA, "indicators/laumas.yaml", "--source", cls.wrong, "--tcp", "127.0.0.1:0", places=2)
        cls.port = cls.served.port()
        cls.place = ("--tcp", f"127.0.0.1:{cls.port}")

    @classmethod
    def tearDownClass(cls):
        cls.served.__exit__()
        cls.kept.cleanup()

    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def path(self, name, text=None):
        path = os.path.join(self.folder.name, name)
        if text is not None:
            with open(path, "w") as f:
                f.write(text)
        return path

    def typed(self, offset=0.0, gain=1.0, points=3):
        """What a reference would read of a source that errs so, up and down over -0.2 to 3 mV/V."""
        up = [-0.2 + 3.2 * i / (points - 1) for i in range(points)]
        return [(asked, offset + gain * asked) for asked in up + up[-2::-1]]

    def test_what_it_finds_makes_the_signal_right(self):
        out = self.path("found.yaml")
        done = jianheng("calibrate-source", PLAIN, *self.place, "--read-back", "--date", "2026-03-10", "--by", "our workshop",
                        "--out", out)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("21 points up and down", done.stderr)
        self.assertIn("driven to 0 mV/V", done.stderr)
        keys = keys_of(done.stdout)
        self.assertRegex(keys["offset"], r"^[\d.]+ mV/V$")
        offset, gain = float(keys["offset"].split()[0]), float(keys["gain_error"].split()[0]) * 1e-6
        self.assertAlmostEqual(offset, 0.0006, delta=STEP_MV_V / 10)
        self.assertAlmostEqual(gain, 200e-6, delta=0.01e-6)
        self.assertEqual(keys["calibrated"], "2026-03-10")
        # 20 ms; a busy machine sees it later, never earlier.
        self.assertGreaterEqual(float(re.search(r"settling +([\d.]+) ms", done.stdout)[1]), 19.0)
        with open(out) as f:
            written = f.read()
        self.assertIn("# A mV/V source with a 24-bit converter", written)
        self.assertEqual(written.count("gain_uncertainty:"), 1)
        self.assertEqual(jianheng("check", out).returncode, 0)
        with Line(self.port) as line:
            for wanted in (0.0, 0.7654321, 2.9):
                line.set(round((wanted - offset) / (1 + gain) / STEP_MV_V))
                # Until its settling is over it is on the way.
                for _ in range(10_000):
                    if abs(line.terminals_mV_V() - wanted) <= STEP_MV_V:
                        break
                self.assertAlmostEqual(line.terminals_mV_V(), wanted, delta=STEP_MV_V)
            line.set(0)

    def test_a_person_types_and_may_go_back(self):
        readings = self.typed(offset=0.0002, gain=1.0003)
        lines = [f"{read:.9f}" for _, read in readings]
        lines[1] += " mV/V"
        lines[2] = f"{readings[2][1] * 1e-3:.12f} V/V"
        # A slip of the finger, a wrong unit, and a reading that was noticed to be wrong too late.
        lines[1:2] = ["1.4.0", "1400", "1.41", "back", lines[1]]
        done = jianheng("calibrate-source", PLAIN, *self.place, "--points", "3", "--reference-uncertainty", "10 ppm",
                        "--reference", "meter 7", typed="\n".join(lines) + "\n")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn('"1.4.0" is no reading', done.stderr)
        self.assertIn("more than a tenth of the range off", done.stderr)
        keys = keys_of(done.stdout)
        self.assertAlmostEqual(float(keys["offset"].split()[0]), 0.0002, delta=1e-8)
        self.assertAlmostEqual(float(keys["gain_error"].split()[0]), 300, delta=0.01)
        self.assertEqual(keys["gain_uncertainty"], "11 ppm")  # 10.003, up
        self.assertEqual(keys["reference"], '"meter 7"')

    def test_readings_of_a_sheet(self):
        rows = "".join(f"{asked:.7f},{read:.9f}\n" for asked, read in self.typed(0.001, 0.9995, 5))
        sheet = self.path("sheet.csv", "asked,read\n" + rows)
        alone = jianheng("calibrate-source", PLAIN, "--readings", sheet, "--reference-uncertainty", "10 ppm")
        self.assertEqual(alone.returncode, 0, alone.stderr)
        self.assertEqual(keys_of(alone.stdout)["gain_error"], "-500 ppm")
        self.assertNotIn("--reference-uncertainty was not given", alone.stderr)
        self.assertIn("--reference-uncertainty was not given",
                      jianheng("calibrate-source", PLAIN, "--readings", sheet).stderr)
        # Values that stood on paper before cannot be those of a source that is driven now.
        for more in (self.place, ["--read-back"]):
            done = jianheng("calibrate-source", PLAIN, *more, "--readings", sheet)
            self.assertNotEqual(done.returncode, 0)
            self.assertEqual(done.stdout, "")
        one = jianheng("calibrate-source", PLAIN, "--readings", self.path("one.csv", "0\n1\n"))
        self.assertEqual(one.returncode, 2)
        self.assertIn("one.csv:1:1", one.stderr)
        self.assertIn("with a comma between", one.stderr)

    def test_what_decides_nothing(self):
        absurd = jianheng("calibrate-source", PLAIN, "--readings", self.path("v.csv", "0,0\n1,0.001\n2,0.002\n"))
        self.assertEqual(absurd.returncode, 4)
        self.assertIn("is it in mV/V?", absurd.stderr)
        same = jianheng("calibrate-source", PLAIN, "--readings", self.path("s.csv", "1,1\n1,1\n1,1\n"))
        self.assertEqual(same.returncode, 4)
        self.assertIn("of the same value", same.stderr)

    def test_names_all_wrong_arguments_at_once(self):
        done = jianheng("calibrate-source", "nobody.yaml", "--reference-uncertainty", "10", "--settle", "soon", "--date",
                        "2026-02-30")
        self.assertEqual(done.returncode, 2)
        for text in ("nobody.yaml", "--tcp, --rtu-over-tcp, --rtu", "--reference-uncertainty", "--settle", "--date",
                     "5 problems"):
            self.assertIn(text, done.stderr)
        done = jianheng("calibrate-source", PLAIN, "--readings", self.path("x.csv", "1,1\nx\n"))
        self.assertEqual(done.returncode, 2)
        self.assertIn('x.csv:2:1: "x"', done.stderr)

    def test_ends_safe_when_readings_end_or_somebody_ends_it(self):
        done = jianheng("calibrate-source", PLAIN, *self.place, typed="-0.2\n")
        self.assertEqual(done.returncode, 3)
        self.assertIn("the input ended", done.stderr)
        with Line(self.port) as line:
            self.assertEqual(line.steps(), 0)
            command = [PROGRAM, "calibrate-source", PLAIN, *self.place]
            with Running(command, DATA, "stderr") as calibrating:
                calibrating.line()
                calibrating.process.stdin.write("-0.2\nwhat\n")
                calibrating.process.stdin.flush()
                self.assertIn("is no reading", calibrating.line())
                self.assertEqual(line.steps(), 600_000)  # 0.12 mV/V, the second point
                calibrating.process.send_signal(signal.SIGINT)
                code, _, told = calibrating.end()
            self.assertEqual(code, 130)
            self.assertIn("driven to 0 mV/V", told)
            self.assertEqual(line.steps(), 0)

    def test_says_when_nothing_is_there(self):
        with socket.socket() as s:
            s.bind(("127.0.0.1", 0))
            done = jianheng("calibrate-source", PLAIN, "--tcp", f"127.0.0.1:{s.getsockname()[1]}", "--read-back")
        self.assertEqual(done.returncode, 3)
        self.assertIn("could NOT be driven to 0 mV/V", done.stderr)
        # An indicator is no source.
        done = jianheng("calibrate-source", PLAIN, *self.place, "--unit", "1", "--read-back")
        self.assertEqual(done.returncode, 3)

    def test_a_source_too_uncertain_for_the_scale_makes_a_run_invalid(self):
        def run(keys):
            scenario = self.path("rig.yaml", f"""jianheng: scenario
extends: verifications/100t-jjg539-initial.yaml
title: a rig
indicator: indicators/laumas.yaml
bench:
  indicator: {{tcp: "127.0.0.1:{self.port}"}}
  source: {{signal_source: {{extends: {PLAIN}, {keys}}}, place: {{tcp: "127.0.0.1:{self.port}", unit: {UNIT}}}}}
""")
            out = self.path("records")
            done = jianheng("run", scenario, "--out", out)
            with open(os.path.join(out, "rig.json")) as f:
                return done, json.load(f)

        # 40 ppm of 100 t are 4 kg; 0.1 e is 2 kg.
        done, record = run("gain_uncertainty: 40 ppm")
        self.assertEqual(done.returncode, 4, done.stderr)
        self.assertEqual(record["verdict"], "invalid")
        self.assertIn("too uncertain", record["cause"])
        self.assertRegex(record["cause"], r"more than 0\.1 e = 2\.00 kg \(resolution 0\.01, gain \d\.\d\d, ")
        self.assertEqual(record["source"]["gain_ppm"], 40.0)
        self.assertAlmostEqual(float(record["source"]["uncertainty_at_max_kg"]), 8.0, delta=0.01)
        self.assertRegex(done.stdout, r"signal source: one step 0\.02\d kg, U\(Max\) 8\.00 kg")
        html = jianheng("report", os.path.join(self.folder.name, "records", "rig.json"), "--html", self.path("rig.html"))
        self.assertEqual(html.returncode, 0, html.stderr)
        with open(self.path("rig.html")) as f:
            page = f.read()
        self.assertIn("U of the source at Max, k = 2", page)
        self.assertIn("40 ppm", page)
        done, record = run("step: 0.00005 mV/V")
        self.assertEqual(done.returncode, 4)
        self.assertIn("too coarse", record["cause"])
        # 1 ppm/K over 60 K, a bound: 35 ppm.
        done, record = run("gain_drift: 1 ppm/K, temperature_span: 60 K")
        self.assertIn("too uncertain", record["cause"])
        self.assertEqual(record["source"]["temperature_span_K"], 60.0)
        self.assertAlmostEqual(record["source"]["drift_ppm"], 60 / 3 ** 0.5, delta=0.001)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
