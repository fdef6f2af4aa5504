# SPDX-License-Identifier: GPL-3.0-or-later
"""value_kg against unrounded_kg over all measurements of a folder of records.

P = I + e/2 - dL with steps of 0.1 e lies in (true - 0.1 e, true]: R 76-1 A.4.4.3. Noise and creep move
the signal between the reading of I and the change-over, a few seconds later.
"""

import json
import pathlib
import sys

NOISE_E = 0.03


def main() -> int:
    seen, outside, lowest, highest = 0, 0, 0.0, 0.0
    for file in sorted(pathlib.Path(sys.argv[1]).glob("*.json")):
        if file.name.endswith(".timing.json"):
            continue
        record = json.loads(file.read_text())
        ranges = [(float(r["max_kg"]), float(r["e_kg"])) for r in record["scale"]["ranges"]]
        for test in record["tests"]:
            for m in test["measurements"]:
                if "finding" in m:
                    continue
                if not {"value_kg", "unrounded_kg", "added_kg"} <= m.keys():
                    continue
                value, true = float(m["value_kg"]), float(m["unrounded_kg"])
                shown = abs(float(m["indication_kg"]))
                e = next((e for most, e in ranges if shown <= most), ranges[-1][1])
                off = (value - true) / e
                seen += 1
                lowest, highest = min(lowest, off), max(highest, off)
                if not -0.1 - NOISE_E <= off <= NOISE_E:
                    outside += 1
                    print(f"{file.name}: {test['id']}, {m['label']}: {off:+.3f} e")
    print(f"{seen} values, off by {lowest:+.3f} e to {highest:+.3f} e; allowed -{0.1 + NOISE_E} to +{NOISE_E}; {outside} outside")
    return 0 if seen > 0 and outside == 0 else 1


if __name__ == "__main__":
    sys.exit(main())
