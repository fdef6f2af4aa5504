# SPDX-License-Identifier: GPL-3.0-or-later
"""Compares `jianheng probe` with the tables below: 10 t at seven places, kg on each cell.

The tables were worked out by other programs: A in closed form (lever rule), B2 by a rigid chain with
torsion springs and, independently, a finite-element grillage with hinges, CC by the grillage with
moment-carrying joints.
"""

import json
import subprocess
import sys

PLACES = {"P1": (1.0, 0.0), "P2": (3.0, 0.0), "P3": (5.0, 0.9), "P4": (6.0, 0.0), "P5": (9.0, 0.0),
          "P6": (10.5, -0.9), "P7": (17.0, 0.9)}
A = {"P1": [4166.67, 4166.67, 833.33, 833.33, 0, 0, 0, 0],
     "P2": [2500, 2500, 2500, 2500, 0, 0, 0, 0],
     "P3": [1410.26, 256.41, 7051.28, 1282.05, 0, 0, 0, 0],
     "P4": [0, 0, 5000, 5000, 0, 0, 0, 0],
     "P5": [0, 0, 2500, 2500, 2500, 2500, 0, 0],
     "P6": [0, 0, 384.62, 2115.38, 1153.85, 6346.15, 0, 0],
     "P7": [0, 0, 0, 0, 1410.26, 256.41, 7051.28, 1282.05]}
B2 = {**A,
      "P3": [1427.18, 239.48, 7013.13, 1320.21, 21.07, -21.07, 0.16, -0.16],
      "P6": [-6.50, 6.50, 378.40, 2121.60, 1185.69, 6314.31, -19.12, 19.12],
      "P7": [0.03, -0.03, 4.37, -4.37, 1422.97, 243.69, 7034.17, 1299.17]}
CC = {"P1": [3949.75, 3949.75, 1318.08, 1318.08, -318.74, -318.74, 50.91, 50.91],
      "P2": [2012.63, 2012.63, 3588.11, 3588.11, -714.09, -714.09, 113.36, 113.36],
      "P3": [919.43, 107.61, 8126.01, 1627.08, -679.83, -240.80, 95.93, 44.57],
      "P4": [19.48, 19.48, 4948.17, 4948.17, 45.24, 45.24, -12.88, -12.88],
      "P5": [-370.71, -370.71, 2870.71, 2870.71, 2870.71, 2870.71, -370.71, -370.71],
      "P6": [-100.05, -317.67, 433.51, 2210.80, 1356.84, 7107.68, -151.84, -539.28],
      "P7": [68.04, 33.79, -458.40, -179.09, 2143.54, 492.63, 6708.36, 1191.13]}
SCALES = {"A": ("100t-18x3-8c-torsion-free", A, 0.01), "B2": ("100t-18x3-8c", B2, 0.01),
          "CC": ("100t-18x3-8c-bolted", CC, 100.0)}
LINES_M, SIDE_M = [0.0, 6.0, 12.0, 18.0], 1.3
# Hz: the empty reference deck, its mass uniform over the width.
MODES_EMPTY = [23.3, 23.7, 24.0, 44.5, 45.6, 46.7]
# 20 t hung on the girders of the centre module, every 0.5 m, and their heave.
TWENTY_TONNES = [f"{20000 / 14:.3f} kg @ {7.5 + 0.5 * i} {y}" for i in range(7) for y in (-1.3, 1.3)]
HEAVE_20T_HZ = 8.0


def probe(program: str, scale: str, loads: list[str]) -> dict:
    words = [program, "probe", f"scales/{scale}.yaml"]
    for load in loads:
        words += ["--load", load]
    return json.loads(subprocess.run([*words, "--json"], check=True, capture_output=True, text=True).stdout)


def main() -> int:
    program, met = sys.argv[1], True
    for name, (scale, table, tolerance) in SCALES.items():
        worst, balance = 0.0, 0.0
        for place, (x, y) in PLACES.items():
            cells = [c["live_kg"] for c in probe(program, scale, [f"10 t @ {x} {y}"])["cells"]]
            worst = max(worst, *(abs(c - w) for c, w in zip(cells, table[place])))
            xs = [line for line in LINES_M for _ in "LR"]
            ys = [SIDE_M, -SIDE_M] * len(LINES_M)
            # Relative to the load and to the lever arms of the deck.
            balance = max(balance, abs(sum(cells) / 1e4 - 1.0),
                          abs(sum(c * a for c, a in zip(cells, xs)) / 1e4 - x) / 18.0,
                          abs(sum(c * a for c, a in zip(cells, ys)) / 1e4 - y) / SIDE_M)
        met &= worst <= tolerance and balance <= 1e-6
        print(f"oracle {name}: worst cell {worst:.4f} kg (limit {tolerance}), forces and moments {balance:.1e} (limit 1e-6)")
    modes = probe(program, "100t-18x3-8c", [])["modes_Hz"]
    off = [abs(m / w - 1.0) for m, w in zip(modes, MODES_EMPTY)]
    met &= max(off) <= 0.01
    print("modes, Hz: " + " ".join(f"{m:.2f}" for m in modes[:6]) + f"; worst {max(off):.2%} (limit 1 %)")
    loaded = probe(program, "100t-18x3-8c", TWENTY_TONNES)["modes_Hz"][0]
    met &= abs(loaded / HEAVE_20T_HZ - 1.0) <= 0.01
    print(f"with 20 t on the centre module: {loaded:.2f} Hz, expected {HEAVE_20T_HZ} (limit 1 %)")
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
