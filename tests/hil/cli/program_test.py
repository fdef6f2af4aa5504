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

    def probe(self, scale, *arguments):
        done = jianheng("probe", f"scales/{scale}.yaml", *arguments, "--json")
        self.assertEqual(done.returncode, 0, done.stderr)
        return json.loads(done.stdout)

    def test_probe_puts_vehicles_on_their_axles(self):
        # By the lever rule of each span; both cells of a line alike.
        rows = [("china-6axle-49t.yaml @ 15.8", (4620.00, 8017.50, 9270.83, 2591.67)),
                ("china-8x4-31t.yaml @ 12.3", (225.00, 8827.08, 6285.42, 162.50)),
                ("us-3s2-36t.yaml @ 17.535", (6328.62, 2001.39, 7072.70, 2737.29)),
                ("eu-5axle-40t.yaml @ 15.06", (3208.33, 8378.33, 6628.33, 1785.00)),
                ("china-6axle-49t.yaml @ 2.2 0 reverse", (2591.67, 9270.83, 8017.50, 4620.00))]
        for vehicle, lines in rows:
            cells = self.probe("100t-18x3-8c-torsion-free", "--vehicle", "vehicles/" + vehicle)["cells"]
            for i, cell in enumerate(cells):
                self.assertAlmostEqual(cell["live_kg"], lines[i // 2], delta=0.01, msg=vehicle)
        aside = self.probe("100t-18x3-8c-torsion-free", "--vehicle", "vehicles/china-6axle-49t.yaml @ 15.8 0.1")
        left = sum(c["live_kg"] for c in aside["cells"][::2])
        self.assertAlmostEqual(left, 24500 + 49000 * 0.1 / 2.6, delta=0.01)

    def test_probe_couples_deck_and_truck(self):
        empty = self.probe("100t-18x3-8c")["modes_Hz"]
        modes = self.probe("100t-18x3-8c", "--vehicle", "vehicles/china-6axle-49t.yaml @ 15.8")["modes_Hz"]
        self.assertAlmostEqual(empty[1], 23.7, delta=0.1)
        bounce = [f for f in modes if f < 5]
        hop = [f for f in modes if 9 < f < 14]
        deck = [f for f in modes if 20 < f < 28]
        self.assertEqual(len(bounce) + len(hop), 17)
        self.assertTrue(any(1.5 < f < 3 for f in bounce))
        self.assertTrue(all(10 <= f <= 13 for f in hop), hop)
        # Tyres hold the deck to the truck's inertia: its own family lies higher.
        self.assertAlmostEqual(deck[1], 24.4, delta=0.1)
        self.assertTrue(all(f > e for f, e in zip(deck, empty)))

    def test_probe_tells_what_faults_do(self):
        errors = [-0.833, -2.500, -1.282, -5.000, 2.500, 0.192, 2.821]
        for (x, y), kg in zip(POSITIONS.values(), errors):
            got = self.probe("100t-18x3-8c-torsion-free", "--load", f"10 t @ {x} {y}",
                             "--fault", "cell_sensitivity cell=3L change=0.2 %",
                             "--fault", "cell_sensitivity cell=2R change=-0.1%")
            self.assertAlmostEqual(got["load_error_kg"], kg, delta=1e-3)
        # 1 mm under one cell: the hinged deck and the bolted one; the sum never changes.
        for scale, rows, delta in [
                ("100t-18x3-8c", [157.4, -157.4, -314.7, 314.7, 156.2, -156.2, 1.2, -1.2], 0.2),
                ("100t-18x3-8c-bolted", [343.9, -177.1, -807.6, 363.6, 581.0, -193.5, -117.3, 7.0], 30)]:
            level = self.probe(scale)["cells"]
            got = self.probe(scale, "--fault", "support_settlement cell=2L depth=1mm")
            for before, after, kg in zip(level, got["cells"], rows):
                self.assertAlmostEqual(after["dead_kg"] - before["dead_kg"], kg, delta=delta)
            self.assertAlmostEqual(got["zero_error_kg"], 0, delta=1e-3)
        # Something hard under the deck, 10 t on the same spot and 40 t over a gap.
        for load, stone, kg in [("10 t @ 9 0", "stiffness=1 kN/mm gap=0mm", -226), ("10 t @ 9 0", "gap=0mm", -1876),
                                ("10 t @ 9 0", "gap=1 mm", -1048), ("40 t @ 9 0", "gap=3mm", -5020),
                                ("40 t @ 9 0", "gap=5mm", -3363)]:
            got = self.probe("100t-18x3-8c", "--load", load, "--fault", "stone_under_girder " + stone)
            self.assertAlmostEqual(got["load_error_kg"], kg, delta=2, msg=stone)
            self.assertAlmostEqual(sum(c["error_mV_V"] for c in got["cells"]) / 8, got["terminals_error_mV_V"])

    def test_probe_knows_the_site(self):
        plain = self.probe("100t-18x3-8c", "--load", "10 t @ 9 0")
        lhasa = self.probe("100t-18x3-8c", "--load", "10 t @ 9 0", "--site", "sites/lhasa.yaml")
        self.assertLess(lhasa["terminals_mV_V"], plain["terminals_mV_V"] * 0.9995)
        self.assertAlmostEqual(sum(c["live_kg"] for c in lhasa["cells"]), 10000, delta=1e-3)

    def test_probe_refuses_wrong_vehicles_and_faults(self):
        vehicle = "vehicles/china-6axle-49t.yaml"
        for arguments, word in [(["--vehicle", vehicle], "--vehicle"), (["--vehicle", vehicle + " @ x"], "--vehicle"),
                                (["--vehicle", vehicle + " @ 15 0 sideways"], "--vehicle"),
                                (["--vehicle", vehicle + " @ 15 1"], "beside the deck"),
                                (["--vehicle", vehicle + " @ 80"], "no axle on the deck"),
                                (["--vehicle", "none.yaml @ 15"], "none.yaml"),
                                (["--fault", "ston_under_girder"], "stone_under_girder"),
                                (["--fault", "cell_tilt cell=9L offset=2mm"], "9L"),
                                (["--fault", "cell_tilt cell=1L offset=2"], "has no unit"),
                                (["--site", "none.yaml"], "none.yaml")]:
            done = jianheng("probe", "scales/100t-18x3-8c.yaml", *arguments)
            self.assertEqual(done.returncode, 2, arguments)
            self.assertIn(word, done.stderr)

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

    # --- report

    def text(self, *names):
        with open(os.path.join(self.out, *names), encoding="utf-8") as f:
            return f.read()

    def test_a_report_after_the_run_and_of_its_record_are_the_same(self):
        done = jianheng("run", "verifications/30t-jjg539-initial.yaml", "--out", self.out, "--quiet", "--html",
                        "--junit", os.path.join(self.out, "run.xml"))
        self.assertEqual(done.returncode, 0, done.stderr)
        record = os.path.join(self.out, "30t-jjg539-initial.json")
        self.assertIn("report: " + os.path.join(self.out, "30t-jjg539-initial.html"), done.stdout)
        html = os.path.join(self.out, "again.html")
        done = jianheng("report", record, "--html", html, "--junit", os.path.join(self.out, "report.xml"))
        self.assertEqual((done.returncode, done.stdout), (0, html + "\n"), done.stderr)
        self.assertEqual(self.text("again.html"), self.text("30t-jjg539-initial.html"))
        self.assertEqual(self.text("report.xml"), self.text("run.xml"))
        ET.fromstring(self.text("again.html"))
        # Without a wish the table of the run again.
        self.assertIn("结论: 合格", jianheng("report", record, "--language", "zh").stdout)

    def test_reports_of_several_records(self):
        jianheng("run", "verifications/30t-jjg539-initial.yaml", "verifications/100t-sick-1-cell-2l.yaml", "--out",
                 self.out, "--quiet")
        records = [os.path.join(self.out, name + ".json") for name in ("30t-jjg539-initial", "100t-sick-1-cell-2l")]
        pages = os.path.join(self.out, "pages")
        done = jianheng("report", *records, "--html", pages, "--markdown")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(sorted(os.listdir(pages)), ["100t-sick-1-cell-2l.html", "30t-jjg539-initial.html"])
        self.assertIn("| ✗ fail | 100t-sick-1-cell-2l |", done.stdout)
        self.assertIn("\n- Eccentricity, support 2L: +26 kg", done.stdout)
        done = jianheng("report", *records, "--html", os.path.join(self.out, "one.html"))
        self.assertEqual(done.returncode, 2)
        self.assertIn("2 records: name a folder", done.stderr)

    def test_a_report_refuses_what_is_no_record(self):
        jianheng("run", "verifications/30t-jjg539-initial.yaml", "--out", self.out, "--quiet")
        whole = self.text("30t-jjg539-initial.json")
        cut = self.file("cut.json", whole[:len(whole) // 2])
        foreign = self.file("foreign.json", "{}")
        html = os.path.join(self.out, "x")
        done = jianheng("report", cut, foreign, os.path.join(self.out, "none.json"), "--html", html)
        self.assertEqual(done.returncode, 2)
        for problem in ("cut.json: is no record", "foreign.json: is no record", "none.json: cannot be read"):
            self.assertIn(problem, done.stderr)
        self.assertFalse(os.path.exists(html))
        record = os.path.join(self.out, "30t-jjg539-initial.json")
        for arguments in ([], [record, "--form", "diploma"], [record, "--language", "de"], ["--html", record, record]):
            self.assertEqual(jianheng("report", *arguments).returncode, 2, arguments)
        self.assertEqual(self.text("30t-jjg539-initial.json"), whole)

    def test_a_pdf_without_its_printer_names_the_package(self):
        jianheng("run", "verifications/30t-jjg539-initial.yaml", "--out", self.out, "--quiet")
        record = os.path.join(self.out, "30t-jjg539-initial.json")
        for arguments in (["report", record, "--pdf"],
                          ["run", "verifications/30t-jjg539-initial.yaml", "--out", self.out, "--pdf"]):
            done = jianheng(*arguments, env={**os.environ, "PATH": "/nowhere"})
            self.assertEqual(done.returncode, 3, done.stderr)
            self.assertIn("apt-get install weasyprint", done.stderr)

    # --- the rest

    def test_check_list_version_help(self):
        self.assertEqual(jianheng("check", "scales/100t-18x3-8c.yaml").returncode, 0)
        for what in ("scales", "sites", "vehicles", "weights", "test-trucks", "indicators", "procedures", "faults",
                     "scenes", "scenarios", "suites"):
            done = jianheng("list", what, "--json")
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertTrue(json.loads(done.stdout), what)
        self.assertRegex(jianheng("version").stdout, r"^jianheng \d+\.\d+\.\d+ \(\w+\)\n$")
        for command in ([], ["run"], ["simulate"], ["probe"], ["report"], ["replay"], ["check"], ["list"]):
            done = jianheng(*command, "--help")
            self.assertEqual(done.returncode, 0)
            self.assertIn("Example", done.stdout)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=1)
