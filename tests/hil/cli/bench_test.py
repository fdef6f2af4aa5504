#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""`jianheng run` by the clock: a simulated scale drives a served signal source, a served indicator at it is
read. A whole verification takes hours, so every run is ended here.

usage: bench_test.py JIANHENG SOURCE_FOLDER
"""
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
import unittest

import jsonschema

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from served import PATIENCE_S, Served, eventually  # noqa: E402

PROGRAM, SOURCE = sys.argv[1], sys.argv[2]
DATA = os.path.join(SOURCE, "scenarios")
with open(os.path.join(SOURCE, "docs", "schema", "record.schema.json"), encoding="utf-8") as schema_file:
    SCHEMA = json.load(schema_file)


class Rig(unittest.TestCase):
    MORE = ""  # of the scenario

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.served = Served(PROGRAM, DATA, "indicators/laumas.yaml", "--source", "sources/bridge-simulator-24bit.yaml",
                             "--tcp", "127.0.0.1:0", places=2)
        self.addCleanup(self.served.__exit__)
        port = self.served.port()
        scenario = os.path.join(self.folder, "rig.yaml")
        with open(scenario, "w", encoding="utf-8") as f:
            f.write(f"""jianheng: scenario
extends: verifications/100t-jjg539-initial.yaml
title: a rig
indicator: indicators/laumas.yaml
weights: {{extends: weights/20x1t-m1.yaml, set_up: 1 s, move_blocks: 2 s, settle: 2 s, touch_down: 1 s}}
bench:
  indicator: {{tcp: "127.0.0.1:{port}"}}
  source: {{signal_source: sources/bridge-simulator-24bit.yaml, place: {{tcp: "127.0.0.1:{port}", unit: 2}}}}
  patience: 1 s
{self.MORE}""")
        self.run_ = subprocess.Popen([PROGRAM, "run", scenario, "--out", self.folder, "--quiet"],
                                     stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
                                     env={**os.environ, "JIANHENG_DATA": DATA})

        def over():
            if self.run_.poll() is None:
                self.run_.kill()
            self.run_.communicate()
        self.addCleanup(over)

    def record(self):
        with open(os.path.join(self.folder, "rig.json"), encoding="utf-8") as f:
            record = json.load(f)
        jsonschema.validate(record, SCHEMA)
        return record

    def weighs(self):
        """What the served indicator shows, read beside the run, kg."""
        read = subprocess.run([PROGRAM, "read", "indicators/laumas.yaml", "--tcp", f"127.0.0.1:{self.served.port()}",
                               "--count", "1", "--json"], capture_output=True, text=True, timeout=PATIENCE_S,
                              env={**os.environ, "JIANHENG_DATA": DATA})
        return float(json.loads(read.stdout.splitlines()[0]).get("gross_kg") or 0)


class Bench(Rig):
    def test_the_record_tells_how_the_loop_kept_its_time(self):
        # The 20 t of the set-up have come through source and indicator.
        eventually(lambda: self.weighs() > 19000, "20 t at the indicator")
        time.sleep(1)
        self.run_.send_signal(signal.SIGINT)
        self.assertEqual(self.run_.wait(PATIENCE_S), 130)
        record = self.record()
        self.assertEqual(record["verdict"], "interrupted")
        loop = record["loop"]
        seconds = record["sim_s"]
        # Every period of 1 ms had a tick or counts as missed; the last one may be under way.
        self.assertAlmostEqual((loop["ticks"] + loop["missed"]) / 1000, seconds, delta=0.2)
        self.assertEqual(loop["lateness"]["count"], loop["ticks"])
        self.assertEqual(sum(n for _, n in loop["lateness"]["bins_ms"]), loop["ticks"])
        self.assertGreater(loop["transaction"]["count"], 10)
        self.assertGreater(loop["source"]["written"], 10)
        self.assertTrue(loop["source"]["driven_to_safe"])
        # The indicator's filter alone takes 0.4 s.
        self.assertGreater(loop["signal_to_register"]["count"], 0)
        self.assertGreater(loop["signal_to_register"]["median_ms"], 100)

    def test_devices_that_go_away_end_the_run_with_its_record(self):
        eventually(lambda: self.weighs() > 1000, "a load at the indicator")
        self.served.terminate()
        self.assertEqual(self.run_.wait(PATIENCE_S), 3)
        record = self.record()
        self.assertEqual(record["verdict"], "error")
        self.assertRegex(record["cause"], "did not come back within 1 s|the signal source is gone")
        self.assertFalse(record["loop"]["source"]["driven_to_safe"])
        self.assertGreater(record["loop"]["source"]["failed"], 0)


class RealBoard(Rig):
    MORE = """firmware:
  board: {title: my board, host: serial, mcu: stm32f103, uart: {baud: 9600, format: 8N1},
          converter: {chip: hx711, rate: 80 Hz, pins: {DOUT: PA1, PD_SCK: PA2}}}
"""

    def test_a_board_file_says_what_is_read(self):
        eventually(lambda: self.weighs() > 19000, "20 t at the indicator")
        self.run_.send_signal(signal.SIGINT)
        self.assertEqual(self.run_.wait(PATIENCE_S), 130)
        board = self.record()["scenario"]["firmware"]["board"]
        self.assertEqual((board["host"], board["mcu"]), ("serial", "stm32f103"))


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
