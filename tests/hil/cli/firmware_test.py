#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A verification with the reference firmware on an emulated ATmega1284P, against the same inside the program.

usage: firmware_test.py JIANHENG SOURCE_FOLDER
"""
import json
import os
import subprocess
import sys
import tempfile
import unittest

import jsonschema

PROGRAM, SOURCE = sys.argv[1], sys.argv[2]
ELF = os.path.join(os.path.dirname(os.path.abspath(PROGRAM)), "firmware", "reference-atmega1284p.elf")
with open(os.path.join(SOURCE, "docs", "schema", "record.schema.json"), encoding="utf-8") as schema_file:
    SCHEMA = json.load(schema_file)


class Firmware(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def scenario(self, name, more):
        path = os.path.join(self.folder, name + ".yaml")
        with open(path, "w", encoding="utf-8") as f:
            f.write(f"jianheng: scenario\nextends: verifications/30t-jjg539-initial.yaml\ntitle: {name}\nnoise: false\n{more}")
        return path

    def run_scenario(self, name, more=""):
        done = subprocess.run([PROGRAM, "run", self.scenario(name, more), "--out", self.folder, "--quiet"],
                              capture_output=True, text=True)
        return done, os.path.join(self.folder, name + ".json")

    def firmware(self, image, board="boards/reference-atmega1284p.yaml"):
        return f"firmware: {{board: {board}, image: {image}, memory: works}}\n"

    def test_the_same_digits_as_inside_the_program(self):
        values = []
        for name, more in (("host", ""), ("avr", self.firmware(ELF))):
            done, record = self.run_scenario(name, more)
            self.assertEqual(done.returncode, 0, done.stderr)
            with open(record, encoding="utf-8") as f:
                record = json.load(f)
            jsonschema.validate(record, SCHEMA)
            values.append([(t["id"], m["kind"], m["value_kg"]) for t in record["tests"]
                           for m in t.get("measurements", []) if "value_kg" in m])
        self.assertGreater(len(values[0]), 20)
        self.assertEqual(*values)
        told = record["firmware"]
        self.assertEqual(told["notices"], [])
        self.assertLessEqual(told["conversions"] - told["conversions_read"], 1)
        self.assertGreater(told["nonvolatile_writes"], 0)

    def test_what_is_wrong_with_board_or_program_is_said_at_its_place(self):
        text = os.path.join(self.folder, "text.elf")
        with open(text, "w", encoding="utf-8") as f:
            f.write("no program\n")
        for more, *words in (
                (self.firmware("missing.elf"), ":5:", "there is no file"),
                (self.firmware(ELF, "{extends: boards/reference-atmega1284p.yaml, mcu: atmega1284}"),
                 "board.mcu", "atmega1284p"),
                (self.firmware(ELF, "{extends: boards/reference-atmega1284p.yaml, uart: {baud: 4800}}"),
                 "4800 Bd", "9600"),
                (self.firmware(ELF, "{extends: boards/reference-atmega1284p.yaml, converter: {pins: {SCLK: PD2}}}"),
                 "PD2 is taken by", "converter.pins")):
            done, _ = self.run_scenario("wrong", more)
            self.assertEqual(done.returncode, 2, done.stderr)
            for word in words:
                self.assertIn(word, done.stderr)
        done, _ = self.run_scenario("wrong", self.firmware(text))
        self.assertEqual(done.returncode, 3, done.stderr)
        self.assertIn("neither an ELF file nor an Intel HEX file", done.stdout + done.stderr)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
