#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""`jianheng detect` and `jianheng risk`: files, exit codes, a study that goes on.

usage: study_test.py JIANHENG SOURCE_FOLDER
"""
import json
import os
import subprocess
import sys
import tempfile
import time
import unittest

PROGRAM, SOURCE = map(os.path.abspath, sys.argv[1:3])
SHORT = ("--scenario", "verifications/30t-jjg539-initial.yaml")


def jianheng(*arguments):
    environment = {**os.environ, "JIANHENG_DATA": os.path.join(SOURCE, "scenarios")}
    return subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True, timeout=600,
                          env=environment)


class Study(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.at = self.folder.name

    def tearDown(self):
        self.folder.cleanup()

    def json(self, name):
        with open(os.path.join(self.at, name), encoding="utf-8") as f:
            return json.load(f)

    def text(self, name):
        with open(os.path.join(self.at, name), encoding="utf-8") as f:
            return f.read()

    def study(self, command, *arguments, expect=0):
        done = jianheng(command, *SHORT, "--out", self.at, "--quiet", *arguments)
        self.assertEqual(done.returncode, expect, done.stdout + done.stderr)
        return done

    # --- detect

    def test_a_fault_is_caught_where_the_catalogue_names_a_test(self):
        self.study("detect", "--fault", "span_drift", "--fault", "sense_wire_open", "--healthy", 3)
        matrix = self.json("detection.json")
        drift = next(row for row in matrix["faults"] if row["fault"] == "span_drift")
        self.assertEqual([r["magnitude"] for r in drift["results"]], [0.5, 1, 2])
        for result in drift["results"][1:]:
            self.assertEqual(result["outcome"], "caught")
            self.assertIn("weighing", result["failing"])
        # Broken or not: such a fault has one size.
        broken = next(row for row in matrix["faults"] if row["fault"] == "sense_wire_open")
        self.assertEqual([r["magnitude"] for r in broken["results"]], [1])
        self.assertEqual(matrix["false_alarms"], {"found": 0, "healthy_scales": 3, "by_test": {}})
        self.assertIn("span_drift", self.text("detection.txt"))
        self.assertIn("Weighing", self.text("detection.html"))

    def test_twice_its_size_is_more_than_once(self):
        worst = {}
        self.study("detect", "--fault", "span_drift", "--healthy", 0)
        for size in ("0.5", "1", "2"):
            worst[size] = self.json(f"cases/span_drift-{size}.json")["true_worst"]
        # Of a drift alone the true error at Max grows with it; the cells' own errors are a third of the mpe.
        self.assertGreater(worst["1"], 1.5 * worst["0.5"])
        self.assertGreater(worst["2"], 1.5 * worst["1"])

    def test_chinese(self):
        done = self.study("detect", "--fault", "mud_on_deck", "--healthy", 0, "--lang", "zh")
        self.assertIn("每个项目先行置零", done.stdout)
        self.assertIn('lang="zh"', self.text("detection.html"))

    def test_an_unknown_fault_is_refused_at_once(self):
        done = self.study("detect", "--fault", "gremlins", expect=2)
        self.assertIn("gremlins", done.stderr)
        self.assertFalse(os.path.exists(os.path.join(self.at, "detection.json")))

    def test_a_wrong_scenario_is_refused(self):
        done = jianheng("detect", "--scenario", "verifications/30t-jjg539-intial.yaml", "--out", self.at)
        self.assertEqual(done.returncode, 2)
        self.assertIn("30t-jjg539-intial", done.stderr)

    # --- a study that was stopped

    def test_a_study_goes_on_and_repeats_nothing(self):
        self.study("detect", "--healthy-only", "--healthy", 4)
        case = os.path.join(self.at, "cases", "healthy-2.json")
        kept = {n: os.stat(os.path.join(self.at, "cases", n)).st_mtime_ns
                for n in os.listdir(os.path.join(self.at, "cases"))}
        before = self.text("detection.json")
        with open(case, "w") as f:
            f.write("{ damaged")
        time.sleep(0.02)
        self.study("detect", "--healthy-only", "--healthy", 4)
        self.assertEqual(self.text("detection.json"), before)
        for name, at in kept.items():
            now = os.stat(os.path.join(self.at, "cases", name)).st_mtime_ns
            self.assertEqual(now == at, name != "healthy-2.json", name)

    # --- risk

    def test_every_scale_is_counted_once(self):
        self.study("risk", "--scales", 12, "--weights", 10, "--weights", 20)
        risk = self.json("risk.json")
        self.assertEqual([(r["weights_t"], r["wind_m_s"]) for r in risk["rows"]], [(10, 0), (20, 0)])
        for row in risk["rows"]:
            self.assertEqual(row["bad_passed"]["of"] + row["good_failed"]["of"], 12)
            self.assertEqual(row["not_all_tests"]["of"], 12)
            for share in ("bad_passed", "good_failed"):
                of = row[share]
                if of["of"]:
                    self.assertLessEqual(of["least"], of["found"] / of["of"])
                    self.assertGreaterEqual(of["most"], of["found"] / of["of"])
        # The same scales are bad, whatever they are tested with.
        self.assertEqual(*(row["bad_passed"]["of"] for row in risk["rows"]))
        self.assertIn("<svg", self.text("risk.html"))
        self.assertIn("12", self.text("risk.txt"))

    def test_the_same_study_twice_gives_the_same_bytes(self):
        self.study("risk", "--scales", 4)
        first = self.text("risk.json")
        with tempfile.TemporaryDirectory() as other:
            done = jianheng("risk", *SHORT, "--out", other, "--quiet", "--scales", 4, "-j", 1)
            self.assertEqual(done.returncode, 0, done.stderr)
            with open(os.path.join(other, "risk.json"), encoding="utf-8") as f:
                self.assertEqual(f.read(), first)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
