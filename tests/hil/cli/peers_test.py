#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""`jianheng serve` asked by clients that have nothing in common with it, pymodbus, and by mbpoll.

usage: peers_test.py JIANHENG SOURCE_FOLDER
"""
import logging
import os
import subprocess
import sys
import unittest

from pymodbus.client import ModbusSerialClient, ModbusTcpClient
from pymodbus.exceptions import ModbusIOException
from pymodbus.register_write_message import WriteMultipleRegistersRequest
from pymodbus.transaction import ModbusRtuFramer

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from served import Served, eventually  # noqa: E402

PROGRAM, SOURCE = sys.argv[1], sys.argv[2]
DATA = os.path.join(SOURCE, "scenarios")
BAUD = 38400
# docs/indicator.md: status 0, gross 1, net 3, tare 5, interval 7, command 22
STATUS, GROSS, NET, TARE, COMMAND = 0, 1, 3, 5, 22
DO_TARE, CLEAR_TARE = 2, 3
STABLE = 1
logging.disable(logging.CRITICAL)  # pymodbus tells of every exception by itself


def serve(*arguments, places):
    return Served(PROGRAM, DATA, *arguments, "--load", "20 t @ 9.0", "--baud", str(BAUD), places=places)


class Peers(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.served = serve("indicators/jh-r1.yaml", "--tcp", "127.0.0.1:0", "--rtu-over-tcp", "127.0.0.1:0", "--pty", "1",
                           places=3)

    @classmethod
    def tearDownClass(cls):
        cls.served.__exit__()

    def clients(self):
        """One after the other, each connected."""
        for client in (ModbusTcpClient("127.0.0.1", port=self.served.port()),
                       ModbusTcpClient("127.0.0.1", port=self.served.port(True), framer=ModbusRtuFramer),
                       ModbusSerialClient(self.served.device(), baudrate=BAUD, stopbits=2, timeout=3)):
            self.addCleanup(client.close)
            self.assertTrue(client.connect(), client)
            yield client
            client.close()

    def registers(self, client, address, count, unit=1):
        reply = client.read_holding_registers(address, count, slave=unit)
        self.assertFalse(reply.isError(), reply)
        return reply.registers

    def value(self, client, address, unit=1):
        high, low = self.registers(client, address, 2, unit)
        number = high << 16 | low
        return number - (1 << 32) if number >> 31 else number

    def await_load(self, client, unit=1):
        """Until the 20 t lie there and rest."""
        eventually(lambda: self.registers(client, STATUS, 1, unit)[0] & STABLE and self.value(client, GROSS, unit) > 19_000,
                   "20 t at rest")

    # --- pymodbus

    def test_reads_what_lies_there(self):
        for client in self.clients():
            self.await_load(client)
            self.assertAlmostEqual(self.value(client, GROSS), 20_000, delta=40)
            self.assertEqual(len(self.registers(client, 0, 10)), 10)

    def test_writes_by_both_functions(self):
        for client in self.clients():
            self.await_load(client)
            self.assertFalse(client.write_register(COMMAND, DO_TARE, slave=1).isError())
            eventually(lambda: self.value(client, TARE) != 0, "a tare is set")
            self.assertAlmostEqual(self.value(client, NET), 0, delta=40)
            # Parameter and command in one write.
            self.assertFalse(client.write_registers(20, [0, 0, CLEAR_TARE], slave=1).isError())
            eventually(lambda: self.value(client, TARE) == 0, "no tare is set")

    def test_refuses_what_is_not_there(self):
        for client in self.clients():
            cases = [("address", 2, client.read_holding_registers(5000, 1, slave=1)),
                     ("end behind the last", 2, client.read_holding_registers(44, 20, slave=1)),
                     ("no register at all", 3, client.read_holding_registers(0, 0, slave=1)),
                     ("too many registers", 3, client.read_holding_registers(0, 126, slave=1)),
                     ("far too many", 3, client.read_holding_registers(0, 65535, slave=1)),
                     ("input registers", 1, client.read_input_registers(0, 1, slave=1)),
                     ("coils", 1, client.read_coils(0, 1, slave=1)),
                     ("discrete inputs", 1, client.read_discrete_inputs(0, 1, slave=1)),
                     ("a coil", 1, client.write_coil(0, True, slave=1)),
                     ("many coils", 1, client.write_coils(0, [True] * 3, slave=1)),
                     ("mask", 1, client.mask_write_register(22, 1, 1, unit=1)),
                     ("to nowhere", 2, client.write_register(5000, 1, slave=1)),
                     ("to what is read only", 2, client.write_register(GROSS, 1, slave=1)),
                     ("many to nowhere", 2, client.write_registers(5000, [1, 2], slave=1))]
            for what, code, reply in cases:
                self.assertTrue(reply.isError(), what)
                self.assertEqual(getattr(reply, "exception_code", reply), code, what)
            # And goes on as if nothing had been.
            self.assertEqual(len(self.registers(client, 0, 10)), 10)

    def test_a_count_that_does_not_fit_its_bytes(self):
        client = ModbusTcpClient("127.0.0.1", port=self.served.port())
        self.assertTrue(client.connect())
        request = WriteMultipleRegistersRequest(20, [0, 0, 0], unit=1)
        request.count = 2
        reply = client.execute(request)
        client.close()
        self.assertEqual(getattr(reply, "exception_code", reply), 3)

    def test_another_unit_is_silent_on_a_line_and_named_by_a_gateway(self):
        for client in self.clients():
            client.params.timeout = 0.5
            client.params.retries = 0
            client.params.retry_on_empty = False
            framed_as_tcp = not isinstance(client.framer, ModbusRtuFramer)
            reply = client.read_holding_registers(0, 1, slave=77)
            self.assertTrue(reply.isError())
            if framed_as_tcp:
                self.assertEqual(reply.exception_code, 11)
            else:
                self.assertIsInstance(reply, ModbusIOException)

    # --- several units, broadcast

    def test_several_units_on_one_line_and_a_broadcast_to_all(self):
        profiles = ["indicators/jh-r1.yaml"] * 3
        with serve(*profiles, "--pty", "1", places=3) as served:
            self.assertEqual([p["unit"] for p in served.places], [1, 2, 3])
            client = ModbusSerialClient(served.device(), baudrate=BAUD, stopbits=2, timeout=3, broadcast_enable=True)
            self.assertTrue(client.connect())

            def tares():
                return [self.value(client, TARE, unit) for unit in (1, 2, 3)]

            for unit in (1, 2, 3):
                self.await_load(client, unit)
            self.assertEqual(tares(), [0, 0, 0])
            client.write_register(COMMAND, DO_TARE, slave=2)
            eventually(lambda: tares()[1] != 0, "a tare is set")
            self.assertEqual([t != 0 for t in tares()], [False, True, False])
            self.assertEqual(client.write_register(COMMAND, DO_TARE, slave=0), b"Broadcast write sent - no response expected")
            eventually(lambda: all(tares()), "all have their tare")
            client.close()

    # --- mbpoll

    def mbpoll(self, *arguments):
        return subprocess.run(["mbpoll", "-0", "-a", "1", "-t", "4", "-1", *arguments], capture_output=True, text=True,
                              timeout=120)

    def ways(self):
        yield ["-m", "tcp", "-p", str(self.served.port())], "127.0.0.1"
        yield ["-m", "rtu", "-b", str(BAUD), "-P", "none", "-s", "2", "-o", "3"], self.served.device()

    def test_mbpoll(self):
        for options, place in self.ways():
            with self.subTest(options[1]):
                read = self.mbpoll(*options, "-r", "0", "-c", "10", place)
                self.assertEqual(read.returncode, 0, read.stdout + read.stderr)
                rows = dict(line.split(":", 1) for line in read.stdout.splitlines() if line.startswith("["))
                self.assertEqual(len(rows), 10, read.stdout)
                self.assertAlmostEqual(int(rows["[2]"].split()[0]), 20_000, delta=40)
                written = self.mbpoll(*options, "-r", str(COMMAND), place, str(CLEAR_TARE))
                self.assertEqual(written.returncode, 0, written.stdout + written.stderr)
                refused = self.mbpoll(*options, "-r", "5000", "-c", "1", place)
                self.assertNotEqual(refused.returncode, 0)
                self.assertIn("Illegal data address", refused.stdout + refused.stderr)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
