#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The program jianheng as a user calls it: files, exit codes, signals.

usage: program_test.py JIANHENG SOURCE_FOLDER
"""
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
import unittest
import xml.etree.ElementTree as ET

PROGRAM, SOURCE = sys.argv[1], sys.argv[2]
DATA = os.path.join(SOURCE, "scenarios")

# docs/physics.md: kg per cell for 10 t, cells 1L 1R 2L 2R 3L 3R 4L 4R
POSITIONS = {"P1": (1, 0), "P2": (3, 0), "P3": (5, 0.9), "P4": (6, 0), "P5": (9, 0),
             "P6": (10.5, -0.9), "P7": (17, 0.9)}
ORACLES = {
    "100t-18x3-8c-torsion-free": (0.01, {
        "P1": [4166.67, 4166.67, 833.33, 833.33, 0, 0, 0, 0],
        "P2": [2500, 2500, 2500, 2500, 0, 0, 0, 0],
        "P3": [1410.26, 256.41, 7051.28, 1282.05, 0, 0, 0, 0],
        "P4": [0, 0, 5000, 5000, 0, 0, 0, 0],
        "P5": [0, 0, 2500, 2500, 2500, 2500, 0, 0],
        "P6": [0, 0, 384.62, 2115.38, 1153.85, 6346.15, 0, 0],
        "P7": [0, 0, 0, 0, 1410.26, 256.41, 7051.28, 1282.05]}),
    "100t-18x3-8c": (0.01, {
        "P1": [4166.67, 4166.67, 833.33, 833.33, 0, 0, 0, 0],
        "P2": [2500, 2500, 2500, 2500, 0, 0, 0, 0],
        "P3": [1427.18, 239.48, 7013.13, 1320.21, 21.07, -21.07, 0.16, -0.16],
        "P4": [0, 0, 5000, 5000, 0, 0, 0, 0],
        "P5": [0, 0, 2500, 2500, 2500, 2500, 0, 0],
        "P6": [-6.50, 6.50, 378.40, 2121.60, 1185.69, 6314.31, -19.12, 19.12],
        "P7": [0.03, -0.03, 4.37, -4.37, 1422.97, 243.69, 7034.17, 1299.17]}),
    "100t-18x3-8c-bolted": (100.0, {
        "P1": [3949.75, 3949.75, 1318.08, 1318.08, -318.74, -318.74, 50.91, 50.91],
        "P2": [2012.63, 2012.63, 3588.11, 3588.11, -714.09, -714.09, 113.36, 113.36],
        "P3": [919.43, 107.61, 8126.01, 1627.08, -679.83, -240.80, 95.93, 44.57],
        "P4": [19.48, 19.48, 4948.17, 4948.17, 45.24, 45.24, -12.88, -12.88],
        "P5": [-370.71, -370.71, 2870.71, 2870.71, 2870.71, 2870.71, -370.71, -370.71],
        "P6": [-100.05, -317.67, 433.51, 2210.80, 1356.84, 7107.68, -151.84, -539.28],
        "P7": [68.04, 33.79, -458.40, -179.09, 2143.54, 492.63, 6708.36, 1191.13]}),
}


def jianheng(*arguments, **more):
    return subprocess.run([PROGRAM, *arguments], capture_output=True, text=True, timeout=600, **more)


class Program(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.out = self.folder.name

    def tearDown(self):
        self.folder.cleanup()

    def file(self, name, text):
        path = os.path.join(self.out, name)
        with open(path, "w") as f:
            f.write(text)
        return path

    def record(self, name):
        with open(os.path.join(self.out, name + ".json")) as f:
            return json.load(f)

    # --- probe

    def test_probe_gives_the_oracles(self):
        for scale, (tolerance, rows) in ORACLES.items():
            for position, expected in rows.items():
                x, y = POSITIONS[position]
                done = jianheng("probe", f"scales/{scale}.yaml", "--load", f"10 t @ {x} {y}", "--json")
                self.assertEqual(done.returncode, 0, done.stderr)
                cells = json.loads(done.stdout)["cells"]
                self.assertEqual([c["id"] for c in cells], ["1L", "1R", "2L", "2R", "3L", "3R", "4L", "4R"])
                for cell, kg in zip(cells, expected):
                    self.assertAlmostEqual(cell["live_kg"], kg, delta=tolerance,
                                           msg=f"{scale} {position} {cell['id']}")
                lines = [0, 0, 6, 6, 12, 12, 18, 18]
                live = [c["live_kg"] for c in cells]
                self.assertAlmostEqual(sum(live), 10000, delta=10000 * 1e-6)
                self.assertAlmostEqual(sum(f * a for f, a in zip(live, lines)), 10000 * x, delta=max(x, 1) * 1e-2)
                moment = sum(f * (1.3 if i % 2 == 0 else -1.3) for i, f in enumerate(live))
                self.assertAlmostEqual(moment, 10000 * y, delta=1e-2)

    def test_probe_refuses_nonsense_loads(self):
        for load in ["10 @ 5 0", "10 kgs @ 5 0", "10 t", "10 t @ 5 9", "-1 t @ 5 0", "10 t @ x", "10 t @ 5 0 7"]:
            done = jianheng("probe", "scales/100t-18x3-8c.yaml", "--load", load)
            self.assertEqual(done.returncode, 2, load)
            self.assertIn("--load", done.stderr)

    # --- run

    def test_run_leaves_record_timing_and_junit(self):
        junit = os.path.join(self.out, "j.xml")
        done = jianheng("run", "verifications/30t-jjg539-initial.yaml", "--out", self.out, "--junit", junit)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("verdict: pass", done.stdout)
        record = self.record("30t-jjg539-initial")
        self.assertEqual(record["verdict"], "pass")
        self.assertEqual([t["id"] for t in record["tests"]],
                         ["identity", "zero", "eccentricity", "repeatability", "weighing", "tare",
                          "net_weighing", "discrimination", "zero_return"])
        self.assertNotIn("wall", json.dumps(record))
        self.assertEqual(len(record["state_hashes"]), int(record["sim_s"]))
        self.assertIn("wall_s", self.record("30t-jjg539-initial.timing"))
        suite = ET.parse(junit).getroot().find("testsuite")
        self.assertEqual(suite.get("tests"), "9")
        self.assertEqual(suite.get("failures"), "0")

    def test_json_alone_goes_to_stdout(self):
        done = jianheng("run", "verifications/30t-jjg539-initial.yaml", "--out", self.out, "--json")
        self.assertEqual(json.loads(done.stdout)["verdict"], "pass")

    def test_chinese_table(self):
        done = jianheng("run", "verifications/30t-jjg539-initial.yaml", "--out", self.out, "--lang", "zh")
        self.assertIn("结论: 合格", done.stdout)
        self.assertIn("偏载", done.stdout)

    def test_an_unexpected_verdict_is_exit_1(self):
        path = self.file("s.yaml", "jianheng: scenario\nextends: " + DATA +
                         "/verifications/100t-sick-1-cell-2l.yaml\nexpect: {verdict: pass, failing_tests: []}\n")
        done = jianheng("run", path, "--out", self.out, "--quiet")
        self.assertEqual(done.returncode, 1)
        self.assertIn("NOT as the scenario expects", done.stdout)

    def test_verify_and_seed(self):
        done = jianheng("run", "verifications/30t-jjg539-initial.yaml", "--out", self.out, "--quiet",
                        "--verify", "--seed", "5")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("the same twice", done.stderr)
        self.assertEqual(self.record("30t-jjg539-initial")["seed"], 5)

    def test_bad_input_starts_nothing(self):
        bad = self.file("bad.yaml", "jianheng: scenario\ntitle: x\nscale: nowhere.yaml\nseeed: 3\n")
        done = jianheng("run", "verifications/30t-jjg539-initial.yaml", bad, "--out", os.path.join(self.out, "o"))
        self.assertEqual(done.returncode, 2)
        self.assertIn("bad.yaml:4:1", done.stderr)
        self.assertIn("bad.yaml:3:", done.stderr)
        self.assertIn("'seed'", done.stderr)
        self.assertFalse(os.path.exists(os.path.join(self.out, "o")))
        for arguments in (["run"], ["run", "x.yaml", "--lang", "de"], ["fly"], ["run", self.out], [],
                          ["run", "--json", "a.yaml", "b.yaml"]):
            self.assertEqual(jianheng(*arguments).returncode, 2, arguments)

    def test_frames(self):
        frames = os.path.join(self.out, "f.jsonl")
        done = jianheng("run", "verifications/30t-jjg539-initial.yaml", "--out", self.out, "--quiet",
                        "--frames", frames)
        self.assertEqual(done.returncode, 0)
        byte_ns, last_end, count = 11 * 1e9 / 9600, None, 0
        with open(frames) as f:
            for line in f:
                frame = json.loads(line)
                data = bytes.fromhex(frame["hex"])
                crc = 0xFFFF
                for b in data:
                    crc ^= b
                    for _ in range(8):
                        crc = crc >> 1 ^ (0xA001 if crc & 1 else 0)
                self.assertEqual(crc, 0, line)
                self.assertAlmostEqual(frame["end_ns"] - frame["start_ns"], len(data) * byte_ns, delta=len(data))
                if last_end is not None:
                    self.assertGreaterEqual(frame["start_ns"] - last_end, int(3.5 * byte_ns))
                last_end, count = frame["end_ns"], count + 1
        self.assertGreater(count, 500)
        self.assertLessEqual(count, 12000)

    # --- interruptions

    def interrupted(self, how):
        """Starts a run that takes long enough, stops it in the middle, gives its exit code."""
        path = self.file("long.yaml", "jianheng: scenario\nextends: " + DATA +
                         "/verifications/100t-jjg539-initial.yaml\nsettings: {conversion_rate: 80 Hz}\n")
        process = subprocess.Popen([PROGRAM, "run", path, "--out", self.out], stdout=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL)
        record = os.path.join(self.out, "long.json")
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and process.poll() is None:
            if os.path.exists(record):
                with open(record) as f:
                    if '"support 3L"' in f.read():
                        break
            time.sleep(0.002)
        process.send_signal(how)
        return process.wait(60)

    def test_kill_leaves_a_readable_record(self):
        self.assertEqual(self.interrupted(signal.SIGKILL), -signal.SIGKILL)
        record = self.record("long")
        self.assertEqual(record["verdict"], "interrupted")
        tests = {t["id"]: t for t in record["tests"]}
        self.assertEqual(tests["zero"]["verdict"], "pass")
        labels = [m["label"] for m in tests["eccentricity"]["measurements"]]
        self.assertIn("support 3L", labels)
        # What it holds is what an undisturbed run measures.
        done = jianheng("replay", os.path.join(self.out, "long.json"))
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_ctrl_c_ends_cleanly(self):
        self.assertEqual(self.interrupted(signal.SIGINT), 130)
        self.assertEqual(self.record("long")["verdict"], "interrupted")

    # --- replay

    def test_replay_finds_the_first_difference(self):
        jianheng("run", "verifications/30t-jjg539-initial.yaml", "--out", self.out, "--quiet")
        path = os.path.join(self.out, "30t-jjg539-initial.json")
        done = jianheng("replay", path)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        record = self.record("30t-jjg539-initial")
        record["tests"][2]["measurements"][1]["value_kg"] = "1"
        with open(path, "w") as f:
            json.dump(record, f)
        done = jianheng("replay", path)
        self.assertEqual(done.returncode, 1)
        self.assertIn("/tests/2/measurements/1/value_kg", done.stdout)
        for text in ("", "{}", "[1]", "nonsense"):
            self.assertEqual(jianheng("replay", self.file("r.json", text)).returncode, 2)

    # --- the rest

    def test_check_list_version_help(self):
        self.assertEqual(jianheng("check", "scales/100t-18x3-8c.yaml").returncode, 0)
        for what in ("scales", "indicators", "procedures", "faults", "scenarios"):
            done = jianheng("list", what, "--json")
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertTrue(json.loads(done.stdout), what)
        self.assertRegex(jianheng("version").stdout, r"^jianheng \d+\.\d+\.\d+ \(\w+\)\n$")
        for command in ([], ["run"], ["probe"], ["replay"], ["check"], ["list"]):
            done = jianheng(*command, "--help")
            self.assertEqual(done.returncode, 0)
            self.assertIn("Example", done.stdout)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=1)
