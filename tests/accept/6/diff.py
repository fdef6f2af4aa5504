# SPDX-License-Identifier: GPL-3.0-or-later
"""Ten mutants of the reference firmware against it: what has to differ first, and during what, follows from the
defect and the procedure, not from the program."""
import json
import pathlib
import subprocess
import sys

program, root, out = sys.argv[1], pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])
JJG, R76 = "verifications/100t-jjg539-initial.yaml", "verifications/100t-r76-type.yaml"
# mutant, scenario, field or bit that differs first, what was done last before it
WANTED = [
    ("rounds-down", JJG, "gross", ""),
    ("int16-overflow", JJG, "gross", ""),
    ("word-swap", JJG, "gross", ""),
    ("decimals-wrong", JJG, "decimals", ""),
    ("counter-stands", JJG, "event_counter", "seal"),
    ("checksum-of-nothing", JJG, "checksum", "seal"),
    ("tare-added", JJG, "net", "tare"),
    ("tare-sticks", JJG, "net bit", "tare load"),
    # Nothing is read in motion before the seal; but zero at switch-on is taken before there is rest, so the
    # adjustment that follows is another.
    ("always-at-rest", JJG, "checksum", "seal"),
    ("overload-shown", R76, "overload", ""),
]

subprocess.run([program, "mutants", "--seeds", "1", "--out", out / "mutants", "--quiet", "--build"]
               + [word for m in WANTED for word in ("--only", m[0])], check=True, stdout=subprocess.DEVNULL)
wrong = 0
for mutant, scenario, field, after in WANTED:
    other = next((out / "mutants" / "programs").glob(mutant + "-*.so"))
    found = out / (mutant + ".json")
    done = subprocess.run([program, "diff", root / "build/release/firmware/reference-native.so", other, "--scenario",
                           scenario, "--json", found, "--html", out / (mutant + ".html"), "--quiet"],
                          capture_output=True, text=True)
    report = json.loads(found.read_text())
    first = next((d for d in report["differences"] if d["legally_relevant"]), None)
    right = (done.returncode == 1 and first is not None and first["what"] == field
             and (not after or f"'{after}'" in first["doing"]))
    wrong += not right
    print(f"{'ok ' if right else 'NOT'} {mutant:<20} "
          + (f"{first['what']}: {first['first']} | {first['second']} at {first['at_s']:.1f} s; {first['doing']}"
             if first else "no difference"))
sys.exit(1 if wrong else 0)
