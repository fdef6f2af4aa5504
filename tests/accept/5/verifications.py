# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs the first verification over every profile and wire and compares the values with those that
the reference indicator gives in virtual time. Without noise they must be the same digits."""
import json
import pathlib
import subprocess
import sys
import time
from decimal import Decimal

program, out = sys.argv[1], pathlib.Path(sys.argv[2])
out.mkdir(parents=True, exist_ok=True)
TENTH_KG = Decimal(2)  # 0.1 e of the 100 t scale


def run(profile, wire, noise):
    name = f"{profile}-{wire}-{'noise' if noise else 'quiet'}"
    scenario = out / f"{name}.yaml"
    scenario.write_text(
        "jianheng: scenario\nextends: verifications/100t-jjg539-initial.yaml\n"
        f"title: {name}\nindicator: indicators/{profile}.yaml\nwire: {wire}\n"
        f"noise: {'true' if noise else 'false'}\n")
    begin = time.monotonic()
    done = subprocess.run([program, "run", scenario, "--out", out, "--quiet"], capture_output=True, text=True)
    record = json.loads((out / f"{name}.json").read_text())
    values = [(t["id"], m["kind"], Decimal(m["value_kg"]))
              for t in record["tests"] for m in t.get("measurements", []) if "value_kg" in m]
    return record["verdict"], values, time.monotonic() - begin, done.stderr


# A digital cell alone is no indicator of a scale.
profiles = sorted(p.stem for p in pathlib.Path("scenarios/indicators").glob("*.yaml") if p.stem != "jh-dc1")
bad = 0
for noise in (False, True):
    verdict, reference, _, _ = run("jh-r1", "virtual", noise)
    print(f"reference, noise {'on' if noise else 'off'}: {verdict}, {len(reference)} values")
    for profile in profiles:
        for wire in ("virtual", "tcp", "pty"):
            got, values, took, errors = run(profile, wire, noise)
            same = [a[:2] for a in values] == [a[:2] for a in reference]
            worst = max((abs(a[2] - b[2]) for a, b in zip(values, reference)), default=Decimal(0))
            limit = TENTH_KG if noise else Decimal(0)
            good = got == verdict and same and worst <= limit
            bad += not good
            print(f"  {profile:<20} {wire:<8} {got:<6} {len(values)} values, worst difference {worst} kg, "
                  f"{took:.1f} s{'' if good else '   NOT as the reference'} {errors.strip()}")
sys.exit(1 if bad else 0)
