#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Firmware in other processes: verifications against the same inside the program, its examination, what differs
between two of them, and defects that must be noticed.

usage: firmware_test.py JIANHENG SOURCE_FOLDER
"""
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import unittest

import jsonschema

PROGRAM, SOURCE = sys.argv[1], sys.argv[2]
FIRMWARE = os.path.join(os.path.dirname(os.path.abspath(PROGRAM)), "firmware")
ELF = os.path.join(FIRMWARE, "reference-atmega1284p.elf")
ARM_ELF = os.path.join(FIRMWARE, "reference-cortexm3.elf")
ARM_BOARD = "boards/reference-cortexm3.yaml"
NATIVE = os.path.join(FIRMWARE, "reference-native.so")
# One test only, so that the signals are few.
SHORT = """regulation:
  extends: procedures/jjg-539-2016-initial.yaml
  tests: [{id: zero, title: Accuracy of zero setting, title_zh: 置零准确度, clause: "R 76-1 4.5.2, A.4.2.3"}]
"""
# One test that fails, at its first support.
FAILING = """regulation:
  extends: procedures/jjg-539-2016-initial.yaml
  mpe_factor: 0.02
  tests: [{id: eccentricity, title: Eccentricity, title_zh: 偏载, clause: "R 76-1 3.6.2.2, A.4.7.2"}]
"""
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

    def run_scenario(self, name, more="", *arguments, env=None):
        done = subprocess.run([PROGRAM, "run", self.scenario(name, more), "--out", self.folder, "--quiet", *arguments],
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
        _, native = self.verify("native", self.firmware(NATIVE, "boards/reference-native.yaml"))
        self.assertEqual(native, inside)
        self.assertEqual(on_avr, inside)
        self.assertEqual(on_arm, inside)
        short = [self.verify("short", SHORT + self.firmware(ARM_ELF, ARM_BOARD))[0] for _ in range(2)]
        self.assertEqual(*short)
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
            done, _ = self.run_scenario("wrong", self.firmware(image, ARM_BOARD), env=env)
            self.assertEqual(done.returncode, 3, done.stderr)
            for word in words:
                self.assertIn(word, done.stdout + done.stderr)

    def misbehaving_avr(self, misdeed):
        """The program of the tests with this number in its EEPROM."""
        elf = os.path.join(self.folder, f"misdeed{misdeed}.elf")
        number = os.path.join(self.folder, f"misdeed{misdeed}.c")
        with open(number, "w", encoding="utf-8") as f:
            f.write(f'__attribute__((section(".eeprom"))) unsigned char misdeed = {misdeed};\n')
        subprocess.run(["avr-gcc", "-std=gnu11", "-mmcu=atmega328p", "-DF_CPU=16000000UL", "-O2", "-g", "-o", elf, number,
                        os.path.join(SOURCE, "tests", "firmware-bridge", "avr", "misbehaving.c")], check=True)
        return elf

    def record_of(self, name, firmware):
        """What a run says of a firmware that does not do its work."""
        done, path = self.run_scenario(name, SHORT + firmware)
        self.assertEqual(done.returncode, 3, done.stderr)
        with open(path, encoding="utf-8") as f:
            record = json.load(f)
        jsonschema.validate(record, SCHEMA)
        self.assertEqual(record["verdict"], "error")
        return record

    def test_a_run_with_a_firmware_that_misbehaves_ends_with_its_cause(self):
        board = os.path.join(self.folder, "board.yaml")
        with open(board, "w", encoding="utf-8") as f:
            f.write("jianheng: board\ntitle: a board\nhost: avr\nmcu: atmega328p\nclock: 16000000 Hz\n"
                    "converter: {chip: hx711, rate: 10 Hz, pins: {DOUT: PD2, PD_SCK: PD3}}\n"
                    "uart: {number: 0, baud: 115200}\n")
        fast = "indicator: {extends: indicators/jh-r1.yaml, baud: 115200}\n"
        for misdeed, lost, notice in ((1, r"it hangs: .*; it is at 0x\w+ \(hang", r"does not read .* 0x\w+ \(hang"),
                                      (2, r"it resets without end; it is at 0x\w+", "it resets again and again"),
                                      (7, r"it crashed at 0x\w+", None)):
            record = self.record_of(f"avr{misdeed}", fast + f"firmware: {{board: {board}, "
                                    f"image: {self.misbehaving_avr(misdeed)}}}\n")
            told = record["firmware"]
            self.assertRegex(told["lost"], lost)
            self.assertIn(told["lost"], record["cause"])
            if notice:
                self.assertRegex(str(told["notices"]), notice)
            # Not the whole time of warming up, which takes minutes of wall time.
            self.assertLess(told["cycles"], 70 * 16_000_000)

    def test_a_program_for_another_chip_and_a_damaged_file_are_refused(self):
        damaged = os.path.join(self.folder, "damaged.hex")
        subprocess.run(["avr-objcopy", "-O", "ihex", ELF, damaged], check=True)
        with open(damaged, encoding="ascii") as f:
            lines = f.read().splitlines()
        lines[6] = lines[6][:-2] + ("00" if lines[6][-2:] != "00" else "01")
        with open(damaged, "w", encoding="ascii") as f:
            f.write("\n".join(lines) + "\n")
        other = os.path.join(FIRMWARE, "hx711_plain.elf")
        native = "boards/reference-native.yaml"
        for image, board, *words in (
                (other, "boards/reference-atmega1284p.yaml", "built for atmega328p; the board has an atmega1284p"),
                (ARM_ELF, "boards/reference-atmega1284p.yaml", "a program for ARM, not for AVR"),
                (damaged, "boards/reference-atmega1284p.yaml", "line 7: its checksum is wrong"),
                (damaged, ARM_BOARD, "line 7: its checksum is wrong"),
                (other, native, "no shared object for this machine")):
            done, _ = self.run_scenario("refused", self.firmware(image, board))
            self.assertEqual(done.returncode, 3, done.stderr)
            for word in words:
                self.assertIn(word, done.stdout + done.stderr)
        done, _ = self.run_scenario("refused", self.firmware(
            ELF, "{extends: boards/reference-atmega1284p.yaml, converter: {pins: {SCLK: PE9}}}"))
        self.assertEqual(done.returncode, 2, done.stderr)
        self.assertIn("PE9", done.stderr)

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
        # The supply is switched in this one.
        self.assertIn("no difference in", self.call("diff", NATIVE, NATIVE, "--scenario",
                                                    "verifications/indicator-alone-r76.yaml", "--quiet"))
        page = os.path.join(self.folder, "diff.html")
        text = self.call("diff", NATIVE, other, "--scenario", scenario, "--quiet", "--html", page, expect=1)
        self.assertRegex(text, r"first legally relevant: net bit \(no \| yes\) .* test net_weighing")
        with open(page, encoding="utf-8") as f:
            self.assertIn("<svg", f.read())
        records = []
        for seed in ("1", "2"):
            self.call("run", scenario, "--seed", seed, "--out", os.path.join(self.folder, seed), "--quiet")
            records.append(os.path.join(self.folder, seed, "diff.json"))
        self.assertIn("no difference", self.call("diff", records[0], records[0]))
        self.assertIn("first legally relevant", self.call("diff", *records, expect=1))

    def signals(self, path):
        """A VCD file as IEEE 1364-2005 clause 18 describes it: names with their changes."""
        with open(path, encoding="ascii") as f:
            head, body = f.read().split("$enddefinitions $end\n")
        self.assertIn("$timescale 1 ns $end", head)
        self.assertNotIn("$date", head)
        names, scope = {}, []
        for line in head.splitlines():
            words = line.split()
            if words[0] == "$scope":
                scope.append(words[2])
            elif words[0] == "$upscope":
                scope.pop()
            elif words[0] == "$var":
                self.assertNotIn(words[3], names)
                names[words[3]] = (".".join(scope + [words[4]]), int(words[2]))
        self.assertEqual(scope, [])
        changes, now = {name: [] for name, _ in names.values()}, -1
        for line in body.splitlines():
            if line.startswith("#"):
                self.assertGreater(int(line[1:]), now)
                now = int(line[1:])
            elif not line.startswith("$"):
                value, code = line[1:].split() if line[0] == "b" else (line[0], line[1:])
                name, bits = names[code]
                self.assertEqual(len(value), bits)
                self.assertLessEqual(set(value), set("01z"))
                changes[name].append((now, value))
        return changes

    def test_signals_as_vcd_the_same_twice(self):
        board = "{extends: boards/reference-atmega1284p.yaml, trace: [PD4, PD5]}"
        files = []
        for name in ("first", "second"):
            files.append(os.path.join(self.folder, name + ".vcd"))
            done, record = self.run_scenario(name, SHORT + self.firmware(ELF, board), "--vcd", files[-1])
            self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        with open(files[0], "rb") as first, open(files[1], "rb") as second:
            self.assertEqual(first.read(), second.read())
        with open(record, encoding="utf-8") as f:
            told = json.load(f)["firmware"]
        signals = self.signals(files[0])
        self.assertEqual([v for _, v in signals["board.supply"]], ["1"])
        # A word of the ADS1232 is read with 25 pulses or 26.
        pulses = sum(v == "1" for _, v in signals["pins.PD4"])
        self.assertGreaterEqual(pulses, 24 * told["conversions_read"])
        self.assertLessEqual(pulses, 26 * (told["conversions_read"] + 1))
        # Modbus: a request of station 1, and its answer that begins with the same two bytes.
        sent = [int(v, 2) for _, v in signals["uart.sent"] if v[0] != "z"]
        received = [int(v, 2) for _, v in signals["uart.received"] if v[0] != "z"]
        self.assertGreater(len(sent), 100)
        self.assertEqual(sent[:2], received[:2])
        # 8N2 at 9600 Bd.
        begin, end = (t for t, _ in signals["uart.received"][1:3])
        self.assertEqual(end - begin, 1_145_833)

    def test_signals_of_what_is_not_emulated_are_refused(self):
        done, _ = self.run_scenario("native", "", "--vcd", os.path.join(self.folder, "x.vcd"))
        self.assertEqual(done.returncode, 2, done.stderr)
        self.assertIn("has no `firmware`", done.stderr)

    def check(self, program, more):
        """A board file around an ATmega328P, and a program of the tests: exit code, findings, notes."""
        board = os.path.join(self.folder, "board.yaml")
        with open(board, "w", encoding="utf-8") as f:
            f.write("jianheng: board\ntitle: a board\nhost: avr\nclock: 16000000 Hz\n" + more)
        done = subprocess.run([PROGRAM, "check", board, os.path.join(FIRMWARE, program)],
                              capture_output=True, text=True)
        return done.returncode, done.stderr.replace(board + ": ", ""), done.stdout

    def test_a_board_file_is_checked_by_running_its_program(self):
        right = ("mcu: atmega328p\nconverter: {chip: hx711, rate: 80 Hz, pins: {DOUT: PD2, PD_SCK: PD3}}\n"
                 "uart: {number: 0, baud: 115200}\n")
        for program in ("hx711_plain.elf", "hx711_arduino.elf"):
            code, problems, notes = self.check(program, right)
            self.assertEqual((code, problems), (0, ""))
            self.assertRegex(notes, r"it has read 63\d of 63\d conversions of the hx711")
            self.assertRegex(notes, r"it has sent \d+ bytes by UART 0")
            self.assertNotIn("the board has nothing", notes)

            # Wrong pins, rate and parts that the program does not serve.
            wrong = ("mcu: atmega328p\nconverter: {chip: hx711, rate: 80 Hz, pins: {DOUT: PD4, PD_SCK: PD5}}\n"
                     "uart: {number: 0, baud: 9600}\nlamps: [{name: stable, pin: PB5}]\n"
                     "buttons: [{name: zero, pin: PB0}]\n")
            code, problems, _ = self.check(program, wrong)
            self.assertEqual(code, 2)
            for line in ("converter.pins.PD_SCK: PD5; but the program gives bursts of 25 pulses on PD3: PD_SCK: PD3",
                         "converter.pins.DOUT: PD4; but the program reads PD2 with each pulse: DOUT: PD2",
                         "uart: 9600 Bd 8N1; but the program sets 117647 Bd 8N1: "
                         "uart: {number: 0, baud: 115200, format: 8N1}",
                         "lamps[0].pin: the program never drives PB5 of 'stable'",
                         "buttons[0].pin: the program never looks at PB0 of 'zero'"):
                self.assertIn(line, problems.splitlines())

            code, problems, _ = self.check(program, "mcu: atmega328p\n")
            self.assertEqual(code, 2)
            self.assertIn("converter: {chip: hx711, pins: {DOUT: PD2, PD_SCK: PD3}}", problems)
            self.assertIn("uart: {number: 0, baud: 115200, format: 8N1}", problems)

    def test_programs_that_do_not_fit_or_do_not_run_are_named(self):
        converter = "converter: {chip: hx711, pins: {DOUT: PD2, PD_SCK: PD3}}\n"
        code, problems, _ = self.check("hx711_plain.elf", "mcu: atmega1284p\n" + converter)
        self.assertEqual(code, 2)
        self.assertIn("built for atmega328p; the board has an atmega1284p", problems)
        code, problems, _ = self.check("misbehaving.elf", "mcu: atmega328p\n" + converter)
        self.assertEqual(code, 2)
        self.assertRegex(problems, r"converter: the program never reads the hx711; at the end it is at 0x\w+ \(main")
        # It sleeps for ever: nothing is said of pins that it never came to.
        asleep = os.path.join(self.folder, "asleep.elf")
        program = ("#include <avr/interrupt.h>\n#include <avr/sleep.h>\n"
                   "int main(void) { cli(); sleep_enable(); sleep_cpu(); for (;;) {} }\n")
        subprocess.run(["avr-gcc", "-mmcu=atmega328p", "-O1", "-x", "c", "-", "-o", asleep], input=program, text=True,
                       check=True)
        code, problems, _ = self.check(asleep, "mcu: atmega328p\n" + converter)
        self.assertEqual((code, problems.count("\n")), (2, 2), problems)
        # It was started, so nothing else is said.
        self.assertTrue(problems.endswith("\n1 problem found\n"), problems)
        self.assertIn("the program ends: it sleeps for ever with interrupts off", problems)
        burnt = os.path.join(self.folder, "burnt.hex")
        subprocess.run(["avr-objcopy", "-O", "ihex", os.path.join(FIRMWARE, "hx711_plain.elf"), burnt], check=True)
        code, problems, notes = self.check(burnt, "mcu: atmega328p\n" + converter + "uart: {baud: 115200}\n")
        self.assertEqual((code, problems), (0, ""))
        self.assertIn("a HEX file does not tell for which chip it was built; taken for atmega328p", notes)
        done = subprocess.run([PROGRAM, "check", ELF], capture_output=True, text=True)
        self.assertEqual(done.returncode, 2)
        self.assertIn("expected the file of its board before it", done.stderr)

    @unittest.skipUnless(shutil.which("avr-gdb"), "Debian's gdb-avr is not there")
    def play(self, program, more, *arguments, expect=0):
        board = os.path.join(self.folder, "board.yaml")
        with open(board, "w", encoding="utf-8") as f:
            f.write("jianheng: board\ntitle: mine\nhost: avr\nmcu: atmega328p\n"
                    "converter: {chip: hx711, rate: 10 Hz, pins: {DOUT: PD2, PD_SCK: PD3}}\nuart: {baud: 115200}\n" + more)
        done = subprocess.run([PROGRAM, "play", board, os.path.join(FIRMWARE, program), *arguments],
                              capture_output=True, text=True)
        self.assertEqual(done.returncode, expect, done.stderr)
        return done.stdout if expect == 0 else done.stderr

    def test_a_program_that_knows_no_modbus_is_seen_at_work(self):
        said = self.play("hx711_arduino.elf", "", "--for", "9s")
        codes = [(float(t), int(code)) for t, code in re.findall(r'^ *([\d.]+) s  sends   "(-?\d+)\\r\\n"$', said, re.M)]
        # The first three of ten a second settle, the last one is still read. 1 t comes after 5 s: of eight cells of 30 t with
        # 2 mV/V these are 0.00833 mV/V, steps of 0.5 / 128 / 2^23.
        self.assertEqual(len(codes), 9 * 10 - 4)
        empty = [code for t, code in codes if t < 5]
        loaded = [code for t, code in codes if t > 8.5]
        self.assertLess(max(empty) - min(empty), 200)
        self.assertAlmostEqual((sum(loaded) / len(loaded) - sum(empty) / len(empty)) / 17896, 1, delta=0.01)
        self.assertIn("deck    1000 kg on it", said)
        self.assertIn("86 of 87 conversions read", said)
        self.assertEqual(said, self.play("hx711_arduino.elf", "", "--for", "9s"))

    def test_what_cannot_be_played_is_said(self):
        said = self.play("hx711_arduino.elf", "buttons: [{name: tare, pin: PB0}]\n", "--press", "tara@1s", "--press",
                         "tare", "--for", "soon", expect=2)
        for problem in ("--press: 'tare': expected what and when, like zero@5s", "--for: expected a time, like 30s",
                        "--press: the board has no button 'tara' (did you mean 'tare'?)"):
            self.assertIn(problem, said)
        self.assertIn("there is no such program", self.play("none.elf", "", expect=2))

    def test_a_debugger_meets_the_program_and_lets_it_go(self):
        with socket.socket() as s:
            s.bind(("127.0.0.1", 0))
            port = s.getsockname()[1]
        elf = os.path.join(FIRMWARE, "misbehaving.elf")
        board = "host avr\nmcu atmega328p\nclock 16000000\nuart 0 115200 8N1 high\n"
        host = subprocess.Popen([os.path.join(os.path.dirname(FIRMWARE), "jianheng-avr")], stdin=subprocess.PIPE,
                                stdout=subprocess.PIPE, text=True)
        self.addCleanup(host.kill)
        # Its EEPROM says that it is to hang.
        host.stdin.write(f"hello 1\nboard {board.count(chr(10))}\n{board}image {elf}\nnonvolatile 01\nstart\n"
                         "run 1000\n")
        host.stdin.flush()
        self.assertEqual([host.stdout.readline().strip() for _ in range(3)], ["hello 1 avr", "ready", "at 1000"])
        host.stdin.write(f"debug {port}\nwhere\nrun 5000000\nquit\n")
        host.stdin.flush()
        orders = [f"target remote :{port}", "break hang", "continue", "backtrace", "stepi", "print $pc"]
        # avr-gdb tries again for 15 s until somebody listens.
        said = subprocess.run(["avr-gdb", "-nx", "-batch", elf, *(w for o in orders for w in ("-ex", o))],
                              capture_output=True, text=True, timeout=60).stdout
        self.assertIn("Breakpoint 1, hang ()", said)
        self.assertRegex(said, r"#1  0x\w+ in main \(\)")
        self.assertRegex(said, r"\$1 = .* <hang\+2>")
        answers = host.communicate(timeout=60)[0].splitlines()
        self.assertEqual(answers[0], "debugged")
        self.assertRegex(answers[1], r"where 0x\w+ \(hang")
        self.assertEqual(answers[-1], "at 5000000")

    def free_port(self):
        with socket.socket() as s:
            s.bind(("127.0.0.1", 0))
            return s.getsockname()[1]

    def run_to_its_failure(self, name, more, port):
        """The run while it waits for a debugger, and what it said."""
        run = subprocess.Popen([PROGRAM, "run", self.scenario(name, more), "--out", self.folder, "--quiet",
                                "--gdb-on-fail", str(port)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.addCleanup(run.kill)
        said = run.stderr.readline()
        self.assertRegex(said, r"^fails: test eccentricity: support 1L fails at \d+\.\d{6} s; "
                               "the firmware is (at 0x|between two calls)")
        return run, said

    def with_and_without(self, more, meet):
        """The same run alone, and with the debugger that `meet` starts: same verdict, same record."""
        done, path = self.run_scenario("fails", more)
        self.assertEqual(done.returncode, 1, done.stderr)
        with open(path, "rb") as f:
            record = f.read()
        port = self.free_port()
        run, said = self.run_to_its_failure("fails", more, port)
        meet(said, port)
        out, err = run.communicate(timeout=120)
        self.assertEqual((run.returncode, out, err), (1, done.stdout, ""))
        with open(path, "rb") as f:
            self.assertEqual(f.read(), record)

    @unittest.skipUnless(shutil.which("avr-gdb"), "Debian's gdb-avr is not there")
    def test_a_debugger_meets_the_firmware_where_a_check_fails(self):
        def meet(said, port):
            at = re.search(r"the firmware is at (0x\w+) \((\w+)", said)
            self.assertIn(f'waits for: avr-gdb {ELF} -ex "target remote :{port}"', said)
            # Nobody listens there yet, or on the loopback alone.
            deadline = time.monotonic() + 10
            while not (listeners := self.listeners(port)) and time.monotonic() < deadline:
                time.sleep(0.05)
            self.assertEqual(listeners, ["0100007F"])
            orders = [f"target remote :{port}", "info registers pc", "info symbol $pc"]
            gdb = subprocess.run(["avr-gdb", "-nx", "-batch", ELF, *(w for o in orders for w in ("-ex", o))],
                                 capture_output=True, text=True, timeout=60).stdout
            self.assertEqual(int(re.search(r"^pc .*(0x\w+) <", gdb, re.M)[1], 16), int(at[1], 16), gdb)
            self.assertRegex(gdb, rf"{at[2]}( \+ \d+)? in section .text")

        self.with_and_without(FAILING + self.firmware(ELF), meet)

    def listeners(self, port):
        """Local addresses, as the system writes them."""
        with open("/proc/net/tcp", encoding="ascii") as f:
            rows = [line.split() for line in f][1:]
        return [row[1][:8] for row in rows if row[1][9:] == f"{port:04X}" and row[3] == "0A"]

    @unittest.skipUnless(shutil.which("gdb"), "Debian's gdb is not there")
    def test_a_debugger_meets_the_process_of_a_native_firmware(self):
        def meet(said, _):
            process = re.search(r"waits for: gdb -p (\d+)$", said.strip())[1]
            gdb = subprocess.run(["gdb", "-nx", "-batch", "-p", process, "-ex", "info address jh_firmware"],
                                 capture_output=True, text=True, timeout=120)
            if "ptrace" in gdb.stderr:
                self.skipTest(gdb.stderr)
            self.assertRegex(gdb.stdout, r'"jh_firmware" is (at 0x|a function at)', gdb.stderr)

        self.with_and_without(FAILING + self.firmware(NATIVE, "boards/reference-native.yaml"), meet)

    def test_where_no_debugger_can_come_is_said(self):
        avr = self.scenario("one", self.firmware(ELF))
        said = self.call("run", avr, avr, "--gdb-on-fail", "1234", expect=2)
        self.assertIn("takes one scenario at a time", said)
        said = self.call("run", self.scenario("none", ""), "--gdb-on-fail", "1234", expect=2)
        self.assertIn("name it under `firmware`", said)
        arm = self.scenario("arm", self.firmware(ARM_ELF, ARM_BOARD))
        self.assertIn("QEMU serves no debugger", self.call("run", arm, "--gdb-on-fail", "1234", expect=2))
        with socket.socket() as s:
            s.bind(("127.0.0.1", 0))
            s.listen()
            done, _ = self.run_scenario("fails", FAILING + self.firmware(ELF), "--gdb-on-fail", str(s.getsockname()[1]))
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertIn("cannot be served", done.stderr)

    def tracefile(self, path):
        """A tracefile as geninfo(1) describes it: files with the counts of their lines and functions."""
        files, lines, functions = {}, {}, {}
        with open(path, encoding="utf-8") as f:
            for row in f.read().splitlines():
                key, _, value = row.partition(":")
                if key == "SF":
                    lines, functions = {}, {}
                    files[value] = lines, functions
                elif key == "DA":
                    lines[int(value.split(",")[0])] = int(value.split(",")[1])
                elif key == "FNDA":
                    functions[value.split(",")[1]] = int(value.split(",")[0])
                elif key in ("LF", "LH", "FNF", "FNH"):
                    counts = lines if key[0] == "L" else functions
                    self.assertEqual(int(value), len(counts) if key[-1] == "F" else sum(c > 0 for c in counts.values()))
        return files

    def test_what_runs_reached_is_added_up(self):
        info = os.path.join(self.folder, "firmware.info")
        main = os.path.join(SOURCE, "firmware-bridge", "reference", "boards", "atmega1284p.c")
        short = [self.scenario(n, SHORT + self.firmware(ELF)) for n in ("one", "two")]
        self.call("run", short[0], "--out", self.folder)
        with open(os.path.join(self.folder, "one.json"), "rb") as f:
            record = f.read()
        said = self.call("run", *short, "--out", self.folder, "--coverage", info)
        with open(os.path.join(self.folder, "one.json"), "rb") as f:
            self.assertEqual(f.read(), record)
        self.assertIn("2 runs, ", said)
        self.assertRegex(said, r"\n    0\.0 %      0 of +\d+  \w+  never entered\n")
        files = self.tracefile(info)
        with open(main, encoding="utf-8") as f:
            begin = next(n for n, line in enumerate(f, 1) if line.startswith("int main("))
        lines, functions = files[main]
        self.assertEqual(functions["main"], 2)
        self.assertEqual(lines[begin], 2)
        counts = [c for table in files.values() for c in table[0].values()]
        self.assertEqual(set(counts), {0, 2})
        self.assertIn(0, [c for table in files.values() for c in table[1].values()])
        if shutil.which("genhtml"):
            subprocess.run(["genhtml", "-q", info, "-o", os.path.join(self.folder, "html")], check=True)

        # A suite of one of them with two seeds comes to the same.
        suite, of_suite = os.path.join(self.folder, "suite.yaml"), os.path.join(self.folder, "suite.info")
        with open(suite, "w", encoding="utf-8") as f:
            f.write("jianheng: suite\ntitle: T\nscenarios: [{scenario: one.yaml, seeds: 1..2}]\n")
        out = os.path.join(self.folder, "suite")
        self.call("suite", suite, "--out", out, "--quiet", "--coverage", of_suite)
        self.assertEqual(self.tracefile(of_suite)[main][1]["main"], 2)

        # Intel HEX has no lines, and a firmware of another kind is not noted.
        burnt = os.path.join(self.folder, "burnt.hex")
        subprocess.run(["avr-objcopy", "-O", "ihex", ELF, burnt], check=True)
        of_hex = os.path.join(self.folder, "hex.info")
        said = self.call("run", self.scenario("hex", SHORT + self.firmware(burnt)), "--out", self.folder, "--coverage",
                         of_hex)
        self.assertIn("give the ELF file", said)
        self.assertFalse(os.path.exists(of_hex))
        for more, word in (("", "no `firmware`"), (self.firmware(ARM_ELF, ARM_BOARD), "only an AVR's"),
                           (self.firmware(NATIVE, "boards/reference-native.yaml"), "--coverage, and gcov")):
            self.assertIn(word, self.call("run", self.scenario("other", more), "--coverage", info, expect=2))

    def test_gcov_counts_a_native_firmware(self):
        reference = os.path.join(SOURCE, "firmware-bridge", "reference")
        sources = [os.path.join(reference, s) for s in os.listdir(reference) if s.endswith(".c")]
        covered = os.path.join(self.folder, "covered.so")
        subprocess.run(["gcc", "-std=gnu11", "--coverage", "-shared", "-fPIC", f"-I{SOURCE}", *sources,
                        os.path.join(reference, "boards", "native.c"), "-o", covered], check=True, cwd=self.folder)
        self.verify("covered", SHORT + self.firmware(covered, "boards/reference-native.yaml"))
        counted = [f for f in os.listdir(self.folder) if f.endswith("zero.gcda")]
        self.assertEqual(len(counted), 1)
        said = subprocess.run(["gcov", "-n", counted[0]], cwd=self.folder, capture_output=True, text=True, check=True)
        self.assertRegex(said.stdout, r"zero\.c'\nLines executed:[1-9]")


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
