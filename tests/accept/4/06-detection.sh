#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Shows: 6. the detection matrix at three magnitudes within 15 minutes, and false alarms over 1,000 healthy scales with M1 weights and no wind: none
set -euo pipefail
cd "$ROOT" || exit 1
./dev build >/dev/null
rm -rf "$OUT/matrix" # a study that goes on would tell too short a time
start=$SECONDS
"$JIANHENG" detect --healthy 40 --out "$OUT/matrix" --quiet >"$OUT/detection.txt"
cat "$OUT/detection.txt"
matrix=$((SECONDS - start))
echo "matrix after $matrix s (900 allowed)"
"$JIANHENG" detect --scenario verifications/100t-jjg539-initial.yaml --healthy 1000 --healthy-only --out "$OUT/healthy" \
    --quiet >"$OUT/healthy.txt"
tail -n 2 "$OUT/healthy.txt"
python3 - "$OUT/matrix/detection.json" "$OUT/healthy/detection.json" "$matrix" <<'PY'
import json
import sys
matrix, healthy = (json.load(open(name, encoding="utf-8")) for name in sys.argv[1:3])
missed = []
for row in matrix["faults"]:
    typical = next(r for r in row["results"] if r["magnitude"] == 1)
    if row["named"] and typical["outcome"] != "caught":
        missed.append((row["fault"], typical["outcome"], typical["failing"]))
    if not row["named"] and not row.get("why_not"):
        missed.append((row["fault"], "no reason why it is not found", []))
for one in missed:
    print("NOT as the catalogue says:", *one)
named = sum(bool(row["named"]) for row in matrix["faults"])
runs = sum(len(row["results"]) for row in matrix["faults"])
alarms = [m["false_alarms"] for m in (matrix, healthy)]
print(f"{len(matrix['faults'])} faults, {runs} runs: {named} with a test named for them, "
      f"{len(matrix['faults']) - named} with the reason why none finds them")
print(f"false alarms: {alarms[0]['found']} of {alarms[0]['healthy_scales']} with all tests of a day, "
      f"{alarms[1]['found']} of {alarms[1]['healthy_scales']} under JJG 539")
sys.exit(bool(missed) or alarms[0]["found"] > 0 or alarms[1]["found"] > 0 or int(sys.argv[3]) > 900)
PY
