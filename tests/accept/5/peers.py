#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""modbus-serial against `serve`, seen by `serve --pcap` and `monitor --pcap`; tshark judges the captures.

Usage: peers.py JIANHENG SOURCE_FOLDER FOLDER, which holds peer.js and its node_modules"""
import collections
import os
import re
import subprocess
import sys
import time

JIANHENG, ROOT, OUT = sys.argv[1:4]
sys.path.insert(0, os.path.join(ROOT, "tests/hil/cli"))
from served import Running, Served  # noqa: E402
from pymodbus.client import ModbusSerialClient, ModbusTcpClient  # noqa: E402

DATA = os.path.join(ROOT, "scenarios")
PROFILE = "indicators/jh-r1.yaml"
BAUD = 38400
missed = 0


def check(condition, text):
    global missed
    if not condition:
        print("MISSED:", text)
        missed += 1


def peer(*arguments):
    done = subprocess.run(["node", os.path.join(OUT, "peer.js"), *map(str, arguments)], capture_output=True, text=True,
                          timeout=300, cwd=OUT)
    print(done.stdout, end="")
    check(done.returncode == 0, f"modbus-serial {arguments}: {done.stderr}")


def pymodbus(client, name):
    """Figures only; what is right and what is refused is peers_test.py's matter."""
    check(client.connect(), name + ": no connection")
    readings = 200
    start = time.monotonic()
    good = sum(not client.read_holding_registers(0, 10, slave=1).isError() for _ in range(readings))
    each_ms = (time.monotonic() - start) * 1000 / readings
    client.close()
    check(good == readings, f"{name}: {good} of {readings} readings")
    print(f"pymodbus {name}: {good} readings at {each_ms:.2f} ms each")


def fields(file, *names, only=""):
    command = ["tshark", "-r", file, "-T", "fields", *(x for name in names for x in ("-e", name))]
    done = subprocess.run(command + (["-Y", only] if only else []), capture_output=True, text=True, check=True)
    return [line.split("\t") for line in done.stdout.splitlines()]


def judge(name, least):
    file = os.path.join(OUT, name)
    errors = fields(file, "frame.number", "_ws.expert.message", only="_ws.expert.severity == error")
    malformed = fields(file, "frame.number", only="_ws.malformed")
    checksums = subprocess.run(["tshark", "-r", file, "-o", "tcp.check_checksum:TRUE", "-o", "ip.check_checksum:TRUE", "-o",
                                "mbrtu.crc_verification:TRUE", "-Y",
                                "tcp.checksum.status == bad || ip.checksum.status == bad || mbrtu.crc16.status == bad"],
                               capture_output=True, text=True, check=True).stdout
    by_protocol = collections.Counter(row[0] for row in fields(file, "_ws.col.Protocol", only="modbus"))
    codes = collections.Counter(row[0] for row in fields(file, "modbus.exception_code", only="modbus.exception_code"))
    functions = sorted({int(row[0]) for row in fields(file, "modbus.func_code", only="modbus")})
    dissected = sum(by_protocol.values())
    check(not errors, f"{name}: expert items {errors[:3]}")
    check(not malformed, f"{name}: malformed {malformed[:3]}")
    check(not checksums, f"{name}: checksums {checksums[:200]}")
    check(dissected >= least, f"{name}: {dissected} frames of Modbus, expected {least}")
    check({"1", "2", "3"} <= set(codes), f"{name}: exceptions {dict(codes)}")
    print(f"tshark {name}: {dict(by_protocol)}, functions {functions}, exceptions "
          f"{dict(sorted(codes.items()))}; {len(errors)} errors, {len(malformed)} malformed")


capture = os.path.join(OUT, "serve.pcapng")
with Served(JIANHENG, DATA, PROFILE, "--tcp", "127.0.0.1:0", "--pty", "1", "--baud", str(BAUD), "--load", "20 t @ 9.0",
            "--pcap", capture, places=2) as served:
    peer("tcp", served.port())
    peer("rtu", served.device(), BAUD)
    pymodbus(ModbusTcpClient("127.0.0.1", port=served.port()), "tcp")
    pymodbus(ModbusSerialClient(served.device(), baudrate=BAUD, stopbits=2, timeout=3), "rtu")
    # The same once more, through a monitor that nobody notices.
    relay = [JIANHENG, "monitor", "--tcp", "0", "--to", f"127.0.0.1:{served.port()}", "--profile", PROFILE, "--quiet",
             "--pcap", os.path.join(OUT, "monitor.pcapng")]
    with Running(relay, DATA, "stderr") as monitor:
        peer("tcp", re.search(r":(\d+),", monitor.line()).group(1))
        print("monitor:", monitor.terminate()[2].strip())
    served.terminate()
# 200 readings with request and reply each: twice over TCP, twice over RTU, and once through the monitor.
judge("serve.pcapng", 5 * 400)
judge("monitor.pcapng", 400)
print(f"{missed} missed")
sys.exit(missed > 0)
