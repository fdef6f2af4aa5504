#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Faults of lines, by option and by order, as a client on TCP and on a pseudo terminal sees them.

usage: line_fault_test.py JIANHENG SOURCE_FOLDER
"""
import os
import re
import select
import socket
import struct
import subprocess
import sys
import termios
import time
import tty
import unittest

PROGRAM, SOURCE = sys.argv[1], sys.argv[2]
READ = bytes([3, 0, 6, 0, 4])  # status and gross of a Laumas
SILENCE_S = 0.25               # a reply without a fault comes within milliseconds
# Transaction, protocol, length; then unit, function, bytes, four registers.
WHOLE_TCP, WHOLE_RTU = 17, 13


def crc16(data):
    crc = 0xFFFF
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0xA001 if crc & 1 else 0)
    return struct.pack("<H", crc)


class Serve:
    def __init__(self, *arguments):
        environment = dict(os.environ, JIANHENG_DATA=os.path.join(SOURCE, "scenarios"))
        self.process = subprocess.Popen([PROGRAM, "serve", "indicators/laumas.yaml", *arguments],
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1,
                                        env=environment)

    def line(self):
        return self.process.stdout.readline().strip()

    def order(self, text):
        self.process.stdin.write(text + "\n")
        self.process.stdin.flush()
        return self.line()

    def close(self):
        self.process.stdin.write("quit\n")
        self.process.stdin.flush()
        self.process.communicate(timeout=10)


def receive(descriptor, wanted, within):
    """What comes until so many bytes are there, the time is up or the other side is gone."""
    data, end = b"", time.monotonic() + within
    while len(data) < wanted and time.monotonic() < end:
        if not select.select([descriptor], [], [], max(0, end - time.monotonic()))[0]:
            break
        piece = os.read(descriptor, 512)
        if not piece:
            break
        data += piece
    return data


class Tcp:
    whole = WHOLE_TCP

    def __init__(self, port):
        self.port, self.transaction = port, 0
        self.socket = socket.create_connection(("127.0.0.1", port), 5)

    def body(self, data):
        return data[6:]

    def ask(self, wanted=WHOLE_TCP, within=SILENCE_S, pdu=READ):
        self.transaction += 1
        self.socket.sendall(struct.pack(">HHHB", self.transaction, 0, len(pdu) + 1, 1) + pdu)
        return receive(self.socket.fileno(), wanted, within)

    def reset(self):
        self.socket.close()
        self.socket = socket.create_connection(("127.0.0.1", self.port), 5)

    def close(self):
        self.socket.close()


class Pty:
    whole = WHOLE_RTU

    def __init__(self, device):
        self.file = os.open(device, os.O_RDWR | os.O_NOCTTY)
        tty.setraw(self.file, termios.TCSANOW)

    def body(self, data):
        return data[:-2]

    def ask(self, wanted=WHOLE_RTU, within=SILENCE_S, pdu=READ):
        time.sleep(0.02)  # silence between frames
        os.write(self.file, bytes([1]) + pdu + crc16(bytes([1]) + pdu))
        return receive(self.file, wanted, within)

    def reset(self):
        receive(self.file, 1000, 0.05)

    def close(self):
        os.close(self.file)


class LineFaults(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.serve = Serve("--tcp", "127.0.0.1:0", "--pty", "1", "--baud", "115200")
        cls.tcp = Tcp(int(re.search(r":(\d+)$", cls.serve.line())[1]))
        cls.pty = Pty(re.search(r"at (/dev/\S+),", cls.serve.line())[1])

    @classmethod
    def tearDownClass(cls):
        cls.tcp.close()
        cls.pty.close()
        cls.serve.close()

    def setUp(self):
        self.sound()

    def sound(self):
        self.assertEqual(self.serve.order("line clear"), "ok")
        for line in (self.tcp, self.pty):
            line.reset()
            reply = line.ask()
            self.assertEqual(len(reply), line.whole)
            self.assertEqual(line.body(reply)[:3], bytes([1, 3, 8]))

    def fault(self, text):
        self.assertEqual(self.serve.order("line " + text), "ok")

    def on_both(self, fault, check):
        for line in (self.tcp, self.pty):
            with self.subTest(fault=fault, line=type(line).__name__):
                self.sound()
                self.fault(fault)
                check(line)

    def test_no_reply(self):
        self.on_both("no_reply", lambda line: self.assertEqual(line.ask(), b""))

    def test_no_reply_of_another_station(self):
        self.on_both("no_reply station=9", lambda line: self.assertEqual(len(line.ask()), line.whole))

    def test_late_reply(self):
        def check(line):
            begin = time.monotonic()
            self.assertEqual(len(line.ask(within=3)), line.whole)
            self.assertGreater(time.monotonic() - begin, 0.29)
        self.on_both("late_reply delay=300ms", check)

    def test_wrong_id(self):
        self.on_both("wrong_id plus=4", lambda line: self.assertEqual(line.body(line.ask())[0], 5))

    def test_truncated(self):
        self.on_both("truncated missing=3", lambda line: self.assertEqual(len(line.ask()), line.whole - 3))

    def test_split(self):
        def check(line):
            self.assertEqual(len(line.ask(within=0.15)), 4)
            self.assertEqual(len(receive(line.socket.fileno() if line is self.tcp else line.file,
                                         line.whole - 4, 3)), line.whole - 4)
        self.on_both("split after=4 pause=300ms", check)

    def test_merged_with_the_next(self):
        def check(line):
            self.assertEqual(line.ask(), b"")
            self.assertEqual(len(line.ask(wanted=2 * line.whole)), 2 * line.whole)
        self.on_both("merged", check)

    def test_duplicated(self):
        def check(line):
            reply = line.ask(wanted=2 * line.whole)
            self.assertEqual(reply[:line.whole], reply[line.whole:])
            self.assertEqual(len(reply), 2 * line.whole)
        self.on_both("duplicated", check)

    def test_noise_bytes(self):
        self.on_both("noise_bytes count=5 pause=8ms", lambda line: self.assertEqual(
            len(line.ask(wanted=line.whole + 5)), line.whole + 5))

    def test_busy(self):
        self.on_both("busy", lambda line: self.assertEqual(
            line.body(line.ask(wanted=line.whole - 8))[:3], bytes([1, 0x83, 6])))

    def test_wrong_function(self):
        self.on_both("wrong_function plus=1", lambda line: self.assertEqual(line.body(line.ask())[1], 4))

    def test_stale_data(self):
        def check(line):
            first = line.body(line.ask(pdu=bytes([3, 0, 0, 0, 4])))  # firmware, type …
            self.assertEqual(line.body(line.ask())[1:], first[1:])
        self.on_both("stale_data", check)

    def test_word_swap(self):
        def check(line):
            status, gross = bytes([3, 0, 6, 0, 1]), bytes([3, 0, 13, 0, 2])
            self.fault("word_swap")
            swapped = line.body(line.ask(pdu=gross, wanted=line.whole - 4))[3:]
            self.serve.order("line clear")
            right = line.body(line.ask(pdu=gross, wanted=line.whole - 4))[3:]
            self.assertEqual(swapped, right[2:4] + right[:2])
            self.assertNotEqual(swapped, right)
            self.assertEqual(len(line.ask(pdu=status, wanted=line.whole - 6)), line.whole - 6)
        self.on_both("no_reply share=0.0001%", check)

    def test_frozen_value(self):
        def check(line):
            before = line.body(line.ask())
            self.assertEqual(self.serve.order("load 20 t @ 9.0"), "ok")
            time.sleep(0.8)
            self.assertEqual(line.body(line.ask()), before)
            self.serve.order("line clear")
            self.assertNotEqual(line.body(line.ask()), before)
            self.assertEqual(self.serve.order("unload"), "ok")
            time.sleep(0.8)
        self.on_both("frozen_value", check)

    def test_disconnect_and_return(self):
        self.fault("disconnect away=500ms")
        time.sleep(0.1)
        with self.assertRaises(OSError):
            # Closed at once: an end of file, or a reset when we spoke into it.
            if not self.tcp.ask():
                raise ConnectionError
        with socket.create_connection(("127.0.0.1", self.tcp.port), 5) as late:
            self.assertEqual(receive(late.fileno(), 1, 2), b"")
        self.assertEqual(self.pty.ask(within=0.1), b"")
        time.sleep(0.6)
        self.tcp.reset()
        self.assertEqual(len(self.tcp.ask()), WHOLE_TCP)
        self.assertEqual(len(self.pty.ask()), WHOLE_RTU)

    def test_what_only_a_serial_line_has(self):
        for fault, wrong in (("wrong_crc", lambda reply: crc16(reply[:-2]) != reply[-2:]),
                             ("bit_errors rate=0.2", lambda reply: crc16(reply[:-2]) != reply[-2:]),
                             ("wrong_baud sent=9600 heard=19200", lambda reply: reply[:1] != b"\x01")):
            with self.subTest(fault=fault):
                self.sound()
                self.fault(fault)
                self.assertTrue(wrong(self.pty.ask()))
                self.assertEqual(len(self.tcp.ask()), WHOLE_TCP)

    def test_share_and_span(self):
        self.fault("no_reply share=50% until=10min")
        answered = sum(len(self.tcp.ask(within=0.05)) == WHOLE_TCP for _ in range(24))
        self.assertTrue(0 < answered < 24, answered)
        self.serve.order("line clear")
        self.fault("no_reply from=10min")
        self.tcp.reset()
        self.assertEqual(len(self.tcp.ask()), WHOLE_TCP)

    def test_orders_that_are_none(self):
        self.assertIn("did you mean 'late_reply'", self.serve.order("line late_replay delay=1s"))
        self.assertIn("has no unit", self.serve.order("line late_reply delay=1"))
        self.assertEqual(self.serve.order("line"), "nothing is wrong with the line")
        self.fault("busy")
        self.assertEqual(self.serve.order("line"), "busy")


class Options(unittest.TestCase):
    def test_from_the_beginning(self):
        serve = Serve("--tcp", "127.0.0.1:0", "--line-fault", "busy share=100%", "--line-fault", "wrong_id plus=1")
        try:
            tcp = Tcp(int(re.search(r":(\d+)$", serve.line())[1]))
            self.assertEqual(tcp.body(tcp.ask(wanted=9)), bytes([2, 0x83, 6]))
            tcp.close()
        finally:
            serve.close()

    def test_all_that_is_wrong_at_once(self):
        done = subprocess.run([PROGRAM, "serve", "indicators/laumas.yaml", "--tcp", "127.0.0.1:0", "--line-fault",
                               "wrong_crc", "--line-fault", "buzy", "--line-fault", "split after=0"],
                              capture_output=True, text=True, timeout=30,
                              env=dict(os.environ, JIANHENG_DATA=os.path.join(SOURCE, "scenarios")))
        self.assertEqual(done.returncode, 2)
        self.assertIn("line_faults[0]: wrong_crc: not on Modbus TCP", done.stderr)
        self.assertIn("did you mean 'busy'?", done.stderr)
        self.assertIn("line_faults[2].pause: is missing", done.stderr)
        self.assertIn("line_faults[2].after: '0' is out of range", done.stderr)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
