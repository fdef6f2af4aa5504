# SPDX-License-Identifier: GPL-3.0-or-later
"""Kills a run again and again, each time a little later, and looks at what it leaves."""

import json
import pathlib
import subprocess
import sys
import time

SCENARIO = "100t-jjg539-initial"
ATTEMPTS = 16


def measurements(record: dict) -> list[dict]:
    return [m for test in record["tests"] for m in test["measurements"]]


def main() -> int:
    program, out = sys.argv[1], pathlib.Path(sys.argv[2])
    words = [program, "run", f"verifications/{SCENARIO}.yaml", "--quiet", "--out"]
    start = time.monotonic()
    subprocess.run([*words, out / "whole"], check=True, capture_output=True)
    whole_s = time.monotonic() - start
    whole = measurements(json.loads((out / "whole" / f"{SCENARIO}.json").read_text()))
    found, met = [], True
    for i in range(1, ATTEMPTS):
        folder = out / f"killed-{i}"
        run = subprocess.Popen([*words, folder], stdout=subprocess.DEVNULL)
        time.sleep(whole_s * i / ATTEMPTS)
        run.kill()
        if run.wait() != -9:
            continue  # it was faster
        file = folder / f"{SCENARIO}.json"
        if not file.exists():
            continue  # before the first measurement
        record = json.loads(file.read_text())
        kept = measurements(record)
        replay = subprocess.run([program, "replay", file], capture_output=True, text=True)
        good = record["verdict"] == "interrupted" and kept == whole[:len(kept)] and replay.returncode == 0
        met &= good
        found.append(len(kept))
        if not good:
            print(f"killed after {len(kept)}: {record['verdict']}, replay: {replay.stdout.strip()}")
    between = [n for n in found if 0 < n < len(whole)]
    print(f"killed with so many of {len(whole)} measurements in the record: {found}; all valid JSON, interrupted, "
          f"the first part of the whole record, and replayed" if met else "NOT all as they should be")
    return 0 if met and len(between) >= 3 else 1


if __name__ == "__main__":
    sys.exit(main())
