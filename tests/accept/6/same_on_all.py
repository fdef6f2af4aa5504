# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs the first verification of two scales with the reference firmware inside the program, on an emulated
ATmega1284P and on an emulated Cortex-M3, and compares the values. Without noise they must be the same digits."""
import json
import pathlib
import subprocess
import sys
import time
from decimal import Decimal

program, out = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
out.mkdir(parents=True, exist_ok=True)
chips = {"avr": "reference-atmega1284p", "cortexm": "reference-cortexm3"}
scales = {"30t": Decimal(1), "100t": Decimal(2)}  # 0.1 e in kg


def run(scale, host, noise):
    name = f"{scale}-{host}-{'noise' if noise else 'quiet'}"
    text = (f"jianheng: scenario\nextends: verifications/{scale}-jjg539-initial.yaml\n"
            f"title: {name}\nnoise: {'true' if noise else 'false'}\n")
    if host != "host":
        image = program.resolve().parent / "firmware" / f"{chips[host]}.elf"
        text += f"firmware: {{board: boards/{chips[host]}.yaml, image: {image}, memory: works}}\n"
    scenario = out / f"{name}.yaml"
    scenario.write_text(text)
    begin = time.monotonic()
    done = subprocess.run([program, "run", scenario, "--out", out, "--quiet"], capture_output=True, text=True)
    took = time.monotonic() - begin
    record = json.loads((out / f"{name}.json").read_text())
    values = [(t["id"], m["kind"], Decimal(m["value_kg"]))
              for t in record["tests"] for m in t.get("measurements", []) if "value_kg" in m]
    return record, values, took, done.stderr


bad = 0
for scale, limit in scales.items():
    for noise in (False, True):
        reference, wanted, took, _ = run(scale, "host", noise)
        print(f"{scale}, noise {'on' if noise else 'off'}: {reference['verdict']}, {len(wanted)} values, "
              f"{reference['sim_s'] / took:.0f} simulated s a second")
        for host in chips:
            record, values, took, errors = run(scale, host, noise)
            same = [a[:2] for a in values] == [a[:2] for a in wanted]
            worst = max((abs(a[2] - b[2]) for a, b in zip(values, wanted)), default=Decimal(0))
            good = (record["verdict"] == reference["verdict"] and len(values) > 20 and same
                    and worst <= (limit if noise else 0) and not record["firmware"]["notices"])
            bad += not good
            print(f"  {host:<8} {record['verdict']}, {len(values)} values, worst difference {worst} kg, at most "
                  f"{record['firmware']['lateness_ns'] / 1000:.1f} us late, {took:.1f} s, "
                  f"{record['sim_s'] / took:.0f} simulated s a second{'' if good else '   NOT the same'} "
                  f"{errors.strip()}")
sys.exit(1 if bad else 0)
