#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Shows: 6. the detection matrix at three magnitudes, and false alarms over 1,000 healthy scales with M1 weights and no wind: none
set -euo pipefail
cd "$ROOT" || exit 1
./dev build >/dev/null
start=$SECONDS
"$JIANHENG" detect --out "$OUT/matrix" --quiet >"$OUT/detection.txt"
cat "$OUT/detection.txt"
echo "matrix after $((SECONDS - start)) s (900 allowed)"
[ $((SECONDS - start)) -le 900 ]
"$JIANHENG" detect --healthy 1000 --healthy-only --out "$OUT/healthy" --quiet >"$OUT/healthy.txt"
tail -n 3 "$OUT/healthy.txt"
python3 - "$OUT/matrix/detection.json" "$OUT/healthy/detection.json" <<'PY'
import json
import sys
matrix, healthy = (json.load(open(name, encoding="utf-8")) for name in sys.argv[1:])
missed = []
for row in matrix["faults"]:
    typical = next(r for r in row["results"] if r["magnitude"] == 1)
    if row["named"] and typical["outcome"] != "caught":
        missed.append((row["fault"], typical["outcome"], typical["failing"]))
    if not row["named"] and not row.get("why_not"):
        missed.append((row["fault"], "no reason why it is not found", []))
for one in missed:
    print("NOT as the catalogue says:", *one)
alarms = healthy["false_alarms"]
print(f"{len(matrix['faults'])} faults; {alarms['found']} false alarms of {alarms['healthy_scales']} healthy scales")
sys.exit(bool(missed) or alarms["found"] > 0)
PY
