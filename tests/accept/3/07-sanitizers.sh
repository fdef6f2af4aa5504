#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Shows: 7. address and undefined-behaviour sanitizer clean: fast tests, a verification and a truck in wind
set -euo pipefail
cd "$ROOT" || exit 1
./dev asan >"$OUT/asan.log" 2>&1 || { tail -n 40 "$OUT/asan.log"; exit 1; }
grep 'tests passed' "$OUT/asan.log"
build/asan/jianheng run verifications/100t-jjg539-initial.yaml --quiet --out "$OUT" | head -n 1
printf 'jianheng: scene\nextends: scenes/drive-on-49t-leaf.yaml\nsite: sites/windy.yaml\n' >"$OUT/crossing.yaml"
build/asan/jianheng simulate "$OUT/crossing.yaml" --out "$OUT" >"$OUT/crossing.log"
echo "a crossing of 49 t in wind: $(wc -c <"$OUT/crossing.h5") bytes recorded"
