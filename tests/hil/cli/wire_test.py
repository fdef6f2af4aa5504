#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""`jianheng read`, `monitor` and `doctor`, against `jianheng serve`.

usage: wire_test.py JIANHENG SOURCE_FOLDER
"""
import csv
import json
import os
import re
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from served import PATIENCE_S, Running, Served  # noqa: E402

PROGRAM, SOURCE = sys.argv[1], sys.argv[2]
DATA = os.path.join(SOURCE, "scenarios")
PROFILE = "indicators/laumas.yaml"


def jianheng(*arguments):
    return subprocess.run([PROGRAM, *arguments], capture_output=True, text=True, timeout=PATIENCE_S, stdin=subprocess.DEVNULL,
                          env={**os.environ, "JIANHENG_DATA": DATA})


def serve(*arguments, places=1):
    return Served(PROGRAM, DATA, PROFILE, *arguments, "--load", "20 t @ 9.0", places=places)


def free_port():
    """One where nothing listens."""
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Wire(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.served = serve("--tcp", "127.0.0.1:0", "--rtu-over-tcp", "127.0.0.1:0", "--pty", "1", "--baud", "38400",
                           # Bytes leave one by one; on a busy machine a pause among them is no end of a frame.
                           "--adapter-latency", "20", places=3)

    @classmethod
    def tearDownClass(cls):
        cls.served.__exit__()

    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def path(self, name):
        return os.path.join(self.folder.name, name)

    def ways(self):
        return [("--tcp", f"127.0.0.1:{self.served.port()}"), ("--rtu-over-tcp", f"localhost:{self.served.port(True)}"),
                ("--rtu", self.served.device(), "--baud", "38400")]

    # --- read

    def test_reads_over_every_wire(self):
        # The load may still be coming; the last of many has it.
        for way in self.ways():
            done = jianheng("read", PROFILE, *way, "--count", "20", "--json")
            self.assertEqual(done.returncode, 0, done.stderr)
            rows = [json.loads(line) for line in done.stdout.splitlines()]
            self.assertEqual(len(rows), 20)
            # A single one may be missed on a busy machine; it is empty then.
            last = [row for row in rows if "error" not in row][-1]
            self.assertAlmostEqual(last["gross_kg"], 20_000, delta=40)
            self.assertEqual(last["d_kg"], 20)
            self.assertFalse(last["overload"])
            self.assertRegex(done.stderr, r"\d+ readings, \d+ missed, of them \d+ time-outs")

    def test_a_row_for_each_reading(self):
        done = jianheng("read", PROFILE, *self.ways()[0], "--count", "3", "--csv")
        rows = list(csv.DictReader(done.stdout.splitlines()))
        self.assertEqual(len(rows), 3)
        self.assertEqual(list(rows[0]), ["time", "gross_kg", "net_kg", "tare_kg", "d_kg", "stable", "zero", "overload",
                                         "underload", "fault", "age_s", "error"])
        line = jianheng("read", PROFILE, *self.ways()[0], "--count", "1")
        self.assertRegex(line.stdout, r"^gross +\d+ kg +net +\d+ kg +tare +0 kg +d 20 kg")

    def test_says_what_to_do_when_nothing_is_there(self):
        done = jianheng("read", PROFILE, "--tcp", f"127.0.0.1:{free_port()}")
        self.assertEqual(done.returncode, 3)
        self.assertIn("is the device on, and is this its port?", done.stderr)
        done = jianheng("read", PROFILE, "--rtu", "/dev/ttyUSB77")
        self.assertEqual(done.returncode, 3)
        self.assertIn("is it plugged in?", done.stderr)
        done = jianheng("read", PROFILE, *self.ways()[2], "--unit", "9", "--patience", "1 s")
        self.assertEqual(done.returncode, 3)
        self.assertRegex(done.stderr, "no reply; .*unit id 9, 38400 baud and 8N2")
        done = jianheng("read", "indicators/rinstrum-c500.yaml", *self.ways()[0], "--patience", "1 s")
        self.assertEqual(done.returncode, 3)
        self.assertIn("is it the right one?", done.stderr)

    def test_names_all_wrong_arguments_at_once(self):
        done = jianheng("read", "nobody.yaml", "--every", "10 ms", "--csv", "--json")
        self.assertEqual(done.returncode, 2)
        for text in ("nobody.yaml", "--every", "--tcp, --rtu-over-tcp, --rtu", "exclude each other", "4 problems"):
            self.assertIn(text, done.stderr)

    def test_a_device_that_goes_is_missed_and_then_lost(self):
        with serve("--tcp", "127.0.0.1:0") as served:
            command = [PROGRAM, "read", PROFILE, "--tcp", f"127.0.0.1:{served.port()}", "--json", "--patience", "1 s"]
            with Running(command, DATA) as reading:
                self.assertNotIn("error", json.loads(reading.line()))
                served.terminate()
                code, rest, told = reading.end()
                self.assertEqual(code, 3)
                last = json.loads(rest.splitlines()[-1])
                self.assertIsNone(last["gross_kg"])
                self.assertIn("error", last)
                self.assertRegex(told, r"lost for \d+ s")

    def test_ends_by_signal(self):
        with Running([PROGRAM, "read", PROFILE, *self.ways()[0], "--json"], DATA) as reading:
            reading.line()
            reading.process.send_signal(signal.SIGINT)
            self.assertEqual(reading.process.wait(PATIENCE_S), 130)

    # --- monitor of TCP

    def monitored(self, target, *arguments):
        monitor = Running([PROGRAM, "monitor", "--tcp", "0", "--to", target, "--profile", PROFILE, *arguments], DATA, "stderr")
        return monitor, int(re.search(r"listening at 127.0.0.1:(\d+), ", monitor.line()).group(1))

    def test_relays_and_names_registers(self):
        monitor, port = self.monitored(f"127.0.0.1:{self.served.port()}", "--csv", self.path("m.csv"), "--pcap",
                                       self.path("m.pcapng"))
        with monitor:
            done = jianheng("read", PROFILE, "--tcp", f"127.0.0.1:{port}", "--count", "2")
            self.assertEqual(done.returncode, 0, done.stderr)
            with socket.create_connection(("127.0.0.1", port)) as s:
                s.sendall(bytes.fromhex("000700000006 01 03 01F4 0001".replace(" ", "")))
                self.assertEqual(s.recv(100).hex(), "000700000003018302")
            with socket.create_connection(("127.0.0.1", port)) as s:
                s.sendall(b"GET / HTTP/1.0\r\n\r\n")
                self.assertEqual(s.recv(100), b"")
            code, out, err = monitor.terminate()
        self.assertEqual(code, 0)
        lines = out.splitlines()
        self.assertRegex(lines[0], r"^\d\d:\d\d:\d\d\.\d{6} +0\.000 +#1 >   1  read 8 holding registers from 6 \(40007\): status")
        self.assertRegex(lines[1], r"#1 <   1  status 0x\w{4} \(.*\), gross -?\d+ kg, net -?\d+ kg.*interval 20, unit kg")
        self.assertIn("exception 02 to read holding registers: no such register", out)
        self.assertIn("no Modbus TCP: 47 45 54", out)
        self.assertIn("7 frames: 3 requests, 3 replies, of them 1 exceptions; 1 damaged", err)
        with open(self.path("m.csv")) as f:
            rows = list(csv.DictReader(f))
        self.assertEqual([r["kind"] for r in rows], ["request", "reply"] * 2 + ["request", "exception", "damaged"])
        self.assertEqual(rows[4]["bytes"], "00 07 00 00 00 06 01 03 01 F4 00 01")
        with open(self.path("m.pcapng"), "rb") as f:
            self.assertEqual(struct.unpack("<I", f.read(4))[0], 0x0A0D0D0A)

    def test_a_server_that_is_not_there_is_told_and_the_client_let_go(self):
        monitor, port = self.monitored(f"127.0.0.1:{free_port()}")
        with monitor:
            with socket.create_connection(("127.0.0.1", port)) as s:
                self.assertEqual(s.recv(10), b"")
            self.assertIn("#1: ", monitor.line())

    def test_monitor_names_all_wrong_arguments_at_once(self):
        done = jianheng("monitor", "--tcp", "x:y", "--to", "", "--profile", "nobody.yaml")
        self.assertEqual(done.returncode, 2)
        for text in ("nobody.yaml", "--tcp", "--to", "3 problems"):
            self.assertIn(text, done.stderr)

    # --- monitor of a line

    def test_listens_to_a_line_and_never_sends(self):
        """The test plays the line: the monitor has the far end of a pseudo terminal."""
        master, slave = os.openpty()
        device = os.ttyname(slave)

        def frame(*data):
            crc = 0xFFFF
            for byte in data:
                crc ^= byte
                for _ in range(8):
                    crc = crc >> 1 ^ (0xA001 if crc & 1 else 0)
            return bytes(data) + bytes([crc & 0xFF, crc >> 8])

        said = [frame(1, 3, 0, 6, 0, 2), frame(1, 3, 4, 8, 0, 0, 1), frame(1, 3, 1, 0xF4, 0, 1), frame(1, 0x83, 2),
                frame(1, 6, 0, 5, 0, 8), frame(1, 6, 0, 5, 0, 8), frame(0, 16, 0, 5, 0, 1, 2, 0, 7),
                bytes([1, 3, 4, 8, 0, 0, 1, 0xAA, 0xBB]), bytes([0xFE, 0xFF])]
        command = [PROGRAM, "monitor", "--rtu", device, "--profile", PROFILE, "--pcap", self.path("l.pcapng"), "--count",
                   str(len(said))]
        with Running(command, DATA, "stderr") as monitor:
            self.assertIn("never sending", monitor.line())
            shown = []
            for each in said:
                os.write(master, each)
                # A frame is over, and its line there, before the next one is sent.
                shown.append(monitor.line(monitor.process.stdout))
            self.assertEqual(monitor.process.wait(PATIENCE_S), 0)
        os.set_blocking(master, False)
        self.assertRaises(BlockingIOError, os.read, master, 1)
        os.close(master)
        os.close(slave)
        texts = [re.sub(r"^[\d:.]+ +[\d.]+ +[\d.]+ ", "", line) for line in shown]
        self.assertEqual(texts, [
            ">   1  read 2 holding registers from 6 (40007): status",
            "<   1  status 0x0800 (stable), 7 (40008)=0x0001",
            ">   1  read 1 holding register from 500 (40501)",
            "<   1  exception 02 to read holding registers: no such register",
            ">   1  write command 8 (zero)",
            "<   1  written",
            ">   0  write command 7 (tare) (broadcast)",
            "!      wrong CRC: 01 03 04 08 00 00 01 AA BB",
            "!      noise: FE FF"])

    # --- doctor

    def test_doctor(self):
        done = jianheng("doctor")
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertRegex(done.stdout, r"(?m)^ok +data +shipped files")
        self.assertRegex(done.stdout, r"sleeps end late by \d+ us \(p50\), \d+ us \(p99\), \d+ us at most")
        told = json.loads(jianheng("doctor", "--json").stdout)["findings"]
        self.assertEqual({f["mark"] for f in told} - {"ok", "look", "missing"}, set())
        for finding in told:
            self.assertTrue(finding["mark"] == "ok" or finding["advice"], finding)
        late = next(f for f in told if "late_p99_us" in f)
        self.assertGreaterEqual(late["late_max_us"], late["late_p50_us"])

    def test_doctor_fails_where_serve_would(self):
        done = subprocess.run([PROGRAM, "doctor"], capture_output=True, text=True, timeout=PATIENCE_S,
                              env={**os.environ, "JIANHENG_DATA": self.folder.name, "PATH": "/nowhere"})
        self.assertEqual(done.returncode, 3)
        self.assertRegex(done.stdout, r"(?m)^missing +data")
        self.assertRegex(done.stdout, r"(?m)^missing +programs +weasyprint.*\n +-> sudo apt-get install weasyprint")

    # --- serve

    def test_orders_after_a_time(self):
        with serve("--tcp", "127.0.0.1:0") as served:
            served.process.stdin.write("after 50 ms unload\n")
            served.process.stdin.flush()
            self.assertEqual(served.line(), "ok")

    def test_captures_what_is_served(self):
        with serve("--tcp", "127.0.0.1:0", "--pcap", self.path("s.pcapng")) as served:
            jianheng("read", PROFILE, "--tcp", f"127.0.0.1:{served.port()}", "--count", "1")
            self.assertEqual(served.terminate()[0], 0)
        with open(self.path("s.pcapng"), "rb") as f:
            content = f.read()
        self.assertIn(bytes.fromhex("0001000000060103"), content)
        done = jianheng("serve", PROFILE, "--tcp", "127.0.0.1:0", "--pcap", "/nowhere/s.pcapng")
        self.assertEqual(done.returncode, 3)
        self.assertIn("/nowhere/s.pcapng", done.stderr)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
