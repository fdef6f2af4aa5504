#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Shows: 8. `risk` with 2,000 verifications, 10 t against 20 t of weights, within 30 minutes; the same in light wind with fewer scales
set -euo pipefail
cd "$ROOT" || exit 1
./dev build >/dev/null
start=$SECONDS
"$JIANHENG" risk --scales 1000 --weights 10 --weights 20 --out "$OUT/still" --quiet
still=$((SECONDS - start))
echo "2,000 verifications in still air: $still s (1800 allowed; begun anew only where $OUT/still was empty)"
start=$SECONDS
"$JIANHENG" risk --scales 40 --weights 10 --weights 20 --wind 2 --wind 5 --out "$OUT/wind" --quiet
echo "160 verifications in wind: $((SECONDS - start)) s"
[ "$still" -le 1800 ]
