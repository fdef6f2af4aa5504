#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Signals that `jianheng simulate` writes, read by h5py, which shares nothing with their writer.

usage: recording_test.py JIANHENG SOURCE_FOLDER
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

import h5py
import numpy as np

PROGRAM, SOURCE = sys.argv[1], sys.argv[2]
G = 9.8037  # of a scene without a site
DEAD_KG = 11700

PARKED = """jianheng: scene
title: parked
scale: scales/100t-18x3-8c.yaml
duration: 60 s
vehicles:
  - vehicle: vehicles/china-6axle-49t.yaml
    park: {front_axle: 15.8 m}
"""
LONG = """jianheng: scene
title: an hour of wind
scale: scales/100t-18x3-8c.yaml
site: sites/windy.yaml
duration: 1 h
"""


def jianheng(*arguments):
    return subprocess.run([PROGRAM, *arguments], capture_output=True, text=True, timeout=600)


class Recordings(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.out = self.folder.name

    def tearDown(self):
        self.folder.cleanup()

    def path(self, name):
        return os.path.join(self.out, name)

    def scene(self, text, name="scene.yaml"):
        with open(self.path(name), "w") as f:
            f.write(text)
        return self.path(name)

    def record(self, scene, name="r.h5"):
        done = jianheng("simulate", scene, "--h5", self.path(name), "--quiet")
        self.assertEqual(done.returncode, 0, done.stderr)
        return h5py.File(self.path(name))

    def test_a_parked_truck_weighs_49_t(self):
        with self.record(self.scene(PARKED)) as f:
            forces = f["steps/cell_force_N"]
            live_kg = forces[-1].sum() / G - DEAD_KG
            self.assertAlmostEqual(live_kg, 49000, delta=0.5)
            self.assertEqual(f["steps/mass_on_deck_kg"][-1], 49000)
            self.assertAlmostEqual(f["steps/wheel_force_N"][-1].sum() / G, 49000, delta=0.5)
            # Once at rest there is one row a window.
            t_ns = f["steps/time_ns"][:]
            self.assertEqual(t_ns[-1], 60 * 10**9)
            self.assertEqual(t_ns[-1] - t_ns[-2], 10**8)
            self.assertEqual(t_ns[1] - t_ns[0], 10**6)
            self.assertTrue((np.diff(t_ns) > 0).all())
            self.assertEqual(list(forces.attrs["columns"]),
                             [b"1L", b"1R", b"2L", b"2R", b"3L", b"3R", b"4L", b"4R"])
            self.assertEqual((forces.attrs["unit"], forces.attrs["frame"]), (b"N", b"D"))
            self.assertEqual(f.attrs["program"], b"jianheng")
            self.assertEqual(f.attrs["seed"], 1)
            self.assertRegex(f.attrs["version"].decode(), r"^\d+\.\d+\.\d+$")
            self.assertTrue(f.attrs["commit"])
            scene = json.loads(f["scene"][()].decode())
            self.assertEqual(scene["vehicles"][0]["park"]["front_axle"], "15.8 m")
            self.assertEqual(scene["conversion_rate"], "10 Hz")
            self.assertNotIn("wall", str(list(f.attrs)))

    def test_driving_on_is_a_staircase(self):
        with self.record("scenes/drive-on-49t-leaf.yaml") as f:
            x_m, mass_kg = f["steps/front_axle_m"][:, 0], f["steps/mass_on_deck_kg"][:]
            self.assertEqual(len(x_m), 60000)  # a driver is at work all the time
            self.assertEqual(f["steps/wheel_force_N"].shape, (60000, 22))
            self.assertEqual(f["windows/terminals_V_V"].shape, (600,))
            self.assertEqual(f["windows/cell_ratio_V_V"].shape, (600, 8))
            for place_m, kg in [(-1, 0), (0.5, 7000), (4, 16000), (5, 25000), (11.5, 33000),
                                (12.5, 41000), (13.5, 49000), (18.5, 42000)]:
                step = int(np.argmax(x_m >= place_m))
                self.assertEqual(mass_kg[step], kg, f"front axle at {place_m} m")
            self.assertEqual(mass_kg[-1], 0)
            # It stands where it should, and the cells then bear it.
            standing = f["steps/time_ns"][:] == 34 * 10**9
            self.assertAlmostEqual(x_m[standing][0], 15.8, delta=0.02)
            self.assertLess(abs(f["steps/speed_m_s"][standing, 0][0]), 1e-4)
            self.assertAlmostEqual(f["steps/cell_force_N"][standing][0].sum() / G - DEAD_KG, 49000, delta=2)
            # 2 mV/V on 30 t a cell, mean of eight.
            last = f["windows/terminals_V_V"][-1] * 240000 / 2e-3 * 9.80665 / G
            self.assertAlmostEqual(last, DEAD_KG, delta=6)

    def test_the_same_bytes_every_time(self):
        for name in ("a.h5", "b.h5"):
            self.record("scenes/weights-centre-module.yaml", name).close()
        with open(self.path("a.h5"), "rb") as a, open(self.path("b.h5"), "rb") as b:
            self.assertEqual(a.read(), b.read())

    def started(self, *more):
        process = subprocess.Popen([PROGRAM, "simulate", self.scene(LONG), "--h5", self.path("l.h5"), *more],
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and process.poll() is None:
            if os.path.exists(self.path("l.h5")) and os.path.getsize(self.path("l.h5")) > 1_000_000:
                break
            time.sleep(0.01)
        return process

    def test_ctrl_c_ends_cleanly(self):
        process = self.started("--csv", self.path("l.csv"))
        process.send_signal(signal.SIGINT)
        self.assertEqual(process.wait(60), 130)
        with h5py.File(self.path("l.h5")) as f:
            end_ns = f["windows/time_ns"][-1]
            self.assertEqual(f["steps/time_ns"][-1], end_ns)
        with open(self.path("l.csv")) as f:
            lines = f.read().splitlines()
        self.assertAlmostEqual(float(lines[-1].split(",")[0]), end_ns / 1e9, delta=1e-3)

    def test_a_killed_run_keeps_what_was_flushed(self):
        process = self.started()
        process.send_signal(signal.SIGKILL)
        process.wait(60)
        with h5py.File(self.path("l.h5")) as f:
            t_ns = f["steps/time_ns"][:]
            self.assertGreater(len(t_ns), 1000)
            self.assertTrue((np.diff(t_ns) == 10**6).all())
            forces = f["steps/cell_force_N"][: len(t_ns) - 1]
            self.assertTrue((forces.sum(axis=1) / G > 11000).all())

    def test_csv_and_plot(self):
        done = jianheng("simulate", "scenes/weights-centre-module.yaml", "--out", self.out)
        self.assertEqual(done.returncode, 0, done.stderr)
        with open(self.path("weights-centre-module.csv")) as f:
            rows = [line.rstrip("\n").split(",") for line in f]
        self.assertEqual(rows[0][:3], ["time s", "terminals mV/V", "cell 1L mV/V"])
        self.assertTrue(all(len(row) == len(rows[0]) for row in rows))
        self.assertEqual(len(rows), 601)
        mass = rows[0].index("mass on deck kg")
        self.assertEqual([float(row[mass]) for row in (rows[1], rows[300], rows[-1])], [0, 4000, 2000])
        first = rows[0].index("mean force 1L N")
        force_N = sum(float(v) for v in rows[300][first:first + 8])
        self.assertAlmostEqual(force_N / G - DEAD_KG, 4000, delta=0.5)
        svg = ET.parse(self.path("weights-centre-module.svg")).getroot()
        lines = svg.findall("{http://www.w3.org/2000/svg}polyline")
        self.assertEqual(len(lines), 6)
        self.assertEqual(len({(line.get("stroke-dasharray"), line.get("stroke-width")) for line in lines}), 6)
        self.assertTrue(os.path.exists(self.path("weights-centre-module.h5")))

    def test_refusals(self):
        scene = self.scene(PARKED)
        for more in (["--plot", "x.png"], ["--h5", "x.yaml"]):
            self.assertEqual(jianheng("simulate", scene, *more).returncode, 2, more)
        self.assertEqual(jianheng("simulate", self.scene("jianheng: scene\n", "bad.yaml")).returncode, 2)
        self.assertFalse(os.path.exists("x.yaml"))
        done = jianheng("simulate", scene, "--h5", "/proc/nowhere.h5")
        self.assertEqual(done.returncode, 3)
        self.assertIn("/proc/nowhere.h5", done.stderr)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=1)
