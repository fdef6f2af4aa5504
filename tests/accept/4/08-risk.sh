#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Shows: 8. `risk` with 2,000 verifications, 10 t against 20 t of weights, within 30 minutes; the same in light wind with fewer scales
set -euo pipefail
cd "$ROOT" || exit 1
./dev build >/dev/null
rm -rf "$OUT/still" # a study that goes on would tell too short a time
start=$SECONDS
"$JIANHENG" risk --scales 1000 --weights 10 --weights 20 --out "$OUT/still" --quiet
still=$((SECONDS - start))
echo "2,000 verifications in still air: $still s (1800 allowed)"
start=$SECONDS
for wind in 0 2; do
    "$JIANHENG" risk --scales $((wind == 0 ? 400 : 50)) --weights 10 --weights 20 --wind $wind --spread 0.1 \
        --out "$OUT/adjusted-$wind" --quiet
    echo "soon after an adjustment, wind $wind m/s: $((SECONDS - start)) s"
done
[ "$still" -le 1800 ]
