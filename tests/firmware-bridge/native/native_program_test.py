#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""jianheng-native with firmwares that crash, hang and flood: each is told with its cause, and the program goes on.

usage: native_program_test.py JIANHENG_NATIVE FIRMWARE_FOLDER
"""
import os
import subprocess
import sys
import time
import unittest

PROGRAM, FOLDER = sys.argv[1], sys.argv[2]
BOARD = ["host native", "clock 1000000", "uart 0 9600 8N2 high"]


class Native(unittest.TestCase):
    def start(self, image, memory=b""):
        process = subprocess.Popen([PROGRAM], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.addCleanup(process.stdout.close)
        self.addCleanup(process.wait)
        self.addCleanup(process.stdin.close)
        self.process = process
        lines = [f"board {len(BOARD)}", *BOARD, "image " + os.path.join(FOLDER, image)]
        if memory:
            lines.append("nonvolatile " + memory.hex())
        return self.ask(*lines, "start")

    def ask(self, *lines):
        """The answers up to and with the one to the last line."""
        self.process.stdin.write("\n".join(lines) + "\n")
        self.process.stdin.flush()
        ends = {"start": ("ready", "refused"), "run": ("at",), "keep": ("nonvolatile",), "figures": ("figures",)}
        answers = []
        while True:
            answers.append(self.process.stdout.readline().rstrip("\n"))
            if not answers[-1] or answers[-1].split()[0] in ends[lines[-1].split()[0]]:
                return answers

    def five_conversions(self):
        return self.ask(*(f"c {n}00000000 {n}" for n in range(1, 6)), "run 1000000000")

    def lost(self, mode):
        self.assertEqual(self.start("misbehaving_native.so", mode), ["ready"])
        answers = self.five_conversions()
        self.assertEqual(answers[-1], "at 1000000000")
        told = [a for a in answers if a.startswith("lost ")]
        self.assertEqual(len(told), 1, answers)
        # It is asked on: the program is there, the firmware is not.
        self.assertEqual(self.ask("run 2000000000"), ["at 2000000000"])
        self.assertEqual(self.ask("keep")[0][:14], "nonvolatile " + mode.hex())
        return told[0]

    def test_a_crash_is_told_with_the_functions_it_was_in(self):
        told = self.lost(b"c")
        self.assertIn("Segmentation fault", told)
        self.assertIn("in follow_a_null_pointer+", told)
        self.assertIn("conversion+", told)

    def test_an_abort_is_told(self):
        self.assertIn("Aborted", self.lost(b"a"))

    def test_a_firmware_that_never_comes_back_is_given_up(self):
        start = time.monotonic()
        told = self.lost(b"h")
        self.assertIn("computes for more than 10 s", told)
        self.assertIn("never_come_back", told)
        self.assertLess(time.monotonic() - start, 120)

    def test_sending_or_waking_without_end_is_told(self):
        self.assertIn("it sends without end", self.lost(b"f"))
        self.assertIn("again and again at one instant", self.lost(b"w"))

    def test_wearing_the_memory_out_is_told_once_and_goes_on(self):
        self.assertEqual(self.start("misbehaving_native.so", b"e"), ["ready"])
        answers = self.five_conversions() + self.ask("run 2000000000")
        self.assertEqual([a.split(" ", 2)[2] for a in answers if not a.startswith("at ")],
                         ["it writes its non-volatile memory again and again"])
        # Each byte takes 3.3 ms and it writes one every 0.1 ms: it never comes to an end.
        self.assertRegex(self.ask("run 10000000000")[0], "^lost .* it writes its non-volatile memory without end")
        self.assertEqual(self.ask("run 11000000000"), ["at 11000000000"])

    def test_memory_is_written_byte_by_byte(self):
        for off_ms, left in ((0, "6dffffffff"), (4, "6d01ffffff"), (7, "6d0102ffff"), (11, "6d010203ff")):
            self.assertEqual(self.start("misbehaving_native.so", b"m"), ["ready"])
            off = 300_000_000 + off_ms * 1_000_000
            self.ask(*(f"c {n}00000000 {n}" for n in range(1, 4)), f"off {off}", "run 1000000000")
            self.assertEqual(self.ask("keep")[0][:22], "nonvolatile " + left)

    def test_what_is_no_firmware_is_refused(self):
        for image, memory, *words in (
                ("missing.so", b"", "missing.so"),
                ("hx711_plain.elf", b"", "no shared object for this machine"),
                ("other_version.so", b"", "version 99 of jh_firmware.h", "has version 1"),
                ("misbehaving_native.so", bytes(9), "9 bytes of non-volatile memory; it has 8")):
            answer = self.start(image, memory)
            self.assertTrue(answer[0].startswith("refused "), answer)
            for word in words:
                self.assertIn(word, answer[0])


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
