#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Firmware in other processes: verifications against the same inside the program, its examination, what differs
between two of them, and defects that must be noticed.

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
NATIVE = os.path.join(FIRMWARE, "reference-native.so")
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
        _, native = self.verify("native", self.firmware(NATIVE, "boards/reference-native.yaml"))
        self.assertEqual(native, inside)
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

    def call(self, *arguments, expect=0):
        done = subprocess.run([PROGRAM, *arguments], capture_output=True, text=True)
        self.assertEqual(done.returncode, expect, done.stdout + done.stderr)
        return done.stdout + done.stderr

    def test_the_template_is_a_firmware_of_its_own(self):
        build = os.path.join(self.folder, "build")
        for command in (["cmake", "-G", "Ninja", "-S", os.path.join(SOURCE, "firmware-bridge", "template"), "-B", build],
                        ["cmake", "--build", build]):
            subprocess.run(command, check=True, capture_output=True)
        with open(os.path.join(SOURCE, "firmware-bridge", "template", "verification.yaml"), encoding="utf-8") as f:
            text = f.read()
        path = os.path.join(self.folder, "verification.yaml")
        with open(path, "w", encoding="utf-8") as f:
            f.write(text)
        self.call("run", path, "--out", self.folder, "--quiet")
        with open(os.path.join(self.folder, "verification.json"), encoding="utf-8") as f:
            self.assertEqual(json.load(f)["firmware"]["host"], "native")

    def test_the_reference_firmware_is_as_it_says(self):
        text = self.call("examine", "verifications/100t-firmware.yaml", "--power-fails", "50")
        self.assertIn("50 power fails around the save", text)
        self.assertIn("0 differ", text)
        scenario = self.scenario("served", "indicator: indicators/laumas.yaml\n")
        self.assertIn("own_firmware", self.call("examine", scenario, expect=2))

    def mutants_file(self, *mutants):
        path = os.path.join(self.folder, "mutants.yaml")
        reference = os.path.join(SOURCE, "firmware-bridge", "reference")
        sources = ["boards/native.c", "commands.c", "indication.c", "indicator.c", "indicator_core.c", "measuring.c",
                   "modbus_slave.c", "parameters.c", "registers.c", "stages.c", "zero.c"]
        with open(path, "w", encoding="utf-8") as f:
            json.dump({"jianheng": "mutants", "title": "Some", "board": "boards/reference-native.yaml",
                       "scenarios": ["verifications/30t-jjg539-initial.yaml"],
                       "examined": ["verifications/100t-firmware.yaml"],
                       "program": {"include": SOURCE, "sources": [os.path.join(reference, s) for s in sources]},
                       "mutants": [{"id": i, "kind": "test", "defect": "one of the test", "find": find, "replace": to,
                                    "file": os.path.join(reference, file), **more}
                                   for i, file, find, to, more in mutants]}, f)
        return path

    def test_defects_are_noticed_or_explained(self):
        out = os.path.join(self.folder, "out")
        path = self.mutants_file(
            ("rounds-down", "arithmetic.h", "2 * mg + d;", "2 * mg;", {}),
            ("seal-open", "commands.c", "if (!i->operation.unlocked) return JH_STATE_SEALED;", "", {}),
            ("torn-copy", "parameters.c", "if (crc_in(slot) != jh_crc32(slot, JH_SLOT_BYTES - 4)) continue;",
             "(void)crc_in;", {}),
            ("comment", "zero.c", "edges included.", "edges not included.", {"why_not": "it is none"}))
        text = self.call("mutants", path, "--seeds", "1", "--out", out, "--quiet")
        self.assertIn("3 of 4 defects noticed (75.0 %); 0 of 2 runs of the unchanged", text)
        with open(os.path.join(out, "mutants.json"), encoding="utf-8") as f:
            by = {m["id"]: m["by"] for m in json.load(f)["mutants"]}
        self.assertIn("verifications/30t-jjg539-initial.yaml", by["rounds-down"])
        self.assertEqual(list(by["seal-open"]), ["examine verifications/100t-firmware.yaml"])
        self.assertIn("Power fails", str(by["torn-copy"]))
        unexplained = self.mutants_file(("comment", "zero.c", "edges included.", "edges not included.", {}))
        self.assertIn("NO REASON", self.call("mutants", unexplained, "--seeds", "1", "--out", out, "--quiet", expect=1))

    def test_what_is_wrong_with_a_mutants_file_is_said_at_its_place(self):
        path = self.mutants_file(("a", "zero.c", "no such words", "", {}), ("a", "zero.c", "return", "", {}),
                                 ("b", "missing.c", "return", "", {}))
        text = self.call("mutants", path, expect=2)
        for word in ("stands 0 times", "times in", "expected once", "'a' is there twice", "missing.c"):
            self.assertIn(word, text)

    def test_what_differs_between_two_firmwares(self):
        scenario = self.scenario("diff", "")
        out = os.path.join(self.folder, "out")
        self.call("mutants", self.mutants_file(
            ("sticks", "commands.c", "i->operation.tare_mg = 0; i->operation.tare_active = false;", "(void)i;", {})),
                  "--seeds", "1", "--out", out, "--quiet", expect=0)
        other = next(os.path.join(out, "programs", f) for f in os.listdir(os.path.join(out, "programs"))
                     if f.startswith("sticks-") and f.endswith(".so"))
        self.assertIn("no difference in", self.call("diff", NATIVE, NATIVE, "--scenario", scenario, "--quiet"))
        page = os.path.join(self.folder, "diff.html")
        text = self.call("diff", NATIVE, other, "--scenario", scenario, "--quiet", "--html", page, expect=1)
        self.assertRegex(text, r"first legally relevant: net .* after 'clear tare' began")
        with open(page, encoding="utf-8") as f:
            self.assertIn("<svg", f.read())
        records = []
        for seed in ("1", "2"):
            self.call("run", scenario, "--seed", seed, "--out", os.path.join(self.folder, seed), "--quiet")
            records.append(os.path.join(self.folder, seed, "diff.json"))
        self.assertIn("no difference", self.call("diff", records[0], records[0]))
        self.assertIn("first legally relevant", self.call("diff", *records, expect=1))


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
