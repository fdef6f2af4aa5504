#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A verification with the reference firmware on emulated chips, against the same inside the program.

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
FIRMWARE = os.path.join(os.path.dirname(os.path.abspath(PROGRAM)), "firmware")
ELF = os.path.join(FIRMWARE, "reference-atmega1284p.elf")
ARM_ELF = os.path.join(FIRMWARE, "reference-cortexm3.elf")
ARM_BOARD = "boards/reference-cortexm3.yaml"
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

    def run_scenario(self, name, more="", env=None):
        done = subprocess.run([PROGRAM, "run", self.scenario(name, more), "--out", self.folder, "--quiet"],
                              capture_output=True, text=True, env=env)
        return done, os.path.join(self.folder, name + ".json")

    def firmware(self, image, board="boards/reference-atmega1284p.yaml"):
        return f"firmware: {{board: {board}, image: {image}, memory: works}}\n"

    def verify(self, name, more=""):
        done, path = self.run_scenario(name, more)
        self.assertEqual(done.returncode, 0, done.stderr)
        with open(path, encoding="utf-8") as f:
            record = json.load(f)
        jsonschema.validate(record, SCHEMA)
        return record, [(t["id"], m["kind"], m["value_kg"]) for t in record["tests"]
                        for m in t.get("measurements", []) if "value_kg" in m]

    def test_the_same_digits_as_inside_the_program(self):
        _, inside = self.verify("host")
        self.assertGreater(len(inside), 20)
        avr, on_avr = self.verify("avr", self.firmware(ELF))
        arm, on_arm = self.verify("arm", self.firmware(ARM_ELF, ARM_BOARD))
        again, _ = self.verify("arm", self.firmware(ARM_ELF, ARM_BOARD))
        self.assertEqual(on_avr, inside)
        self.assertEqual(on_arm, inside)
        self.assertEqual(arm, again)
        # The AVR stops within 3 cycles of 62.5 ns after the first one that is not too early.
        for record, most_ns in ((avr, 4 * 62.5), (arm, 20_000)):
            told = record["firmware"]
            self.assertEqual(told["notices"], [])
            self.assertLessEqual(told["conversions"] - told["conversions_read"], 1)
            self.assertGreater(told["nonvolatile_writes"], 0)
            self.assertLessEqual(told["lateness_ns"], most_ns)

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
                 "PD2 is taken by", "converter.pins"),
                (self.firmware(ARM_ELF, "{extends: boards/reference-cortexm3.yaml, mcu: mps2-an386}"),
                 "board.mcu", "mps2-an385"),
                (self.firmware(ARM_ELF, "{extends: boards/reference-cortexm3.yaml, trace: [PA0]}"),
                 "board.trace", "no pins")):
            done, _ = self.run_scenario("wrong", more)
            self.assertEqual(done.returncode, 2, done.stderr)
            for word in words:
                self.assertIn(word, done.stderr)
        done, _ = self.run_scenario("wrong", self.firmware(text))
        self.assertEqual(done.returncode, 3, done.stderr)
        self.assertIn("neither an ELF file nor an Intel HEX file", done.stdout + done.stderr)

    def test_a_cortex_m3_that_cannot_be_is_said(self):
        silent = os.path.join(FIRMWARE, "cortexm_silent.elf")
        bare = dict(os.environ, PATH="/nonexistent")
        for image, env, *words in ((ELF, None, "a program for AVR, not for ARM"),
                                   (silent, None, "it never comes to its mailbox", "(hang"),
                                   (ARM_ELF, bare, "apt-get install qemu-system-arm")):
            done, _ = self.run_scenario("wrong", self.firmware(image, ARM_BOARD), env)
            self.assertEqual(done.returncode, 3, done.stderr)
            for word in words:
                self.assertIn(word, done.stdout + done.stderr)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
