#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Shows: 5. every fault scenario fails in the tests it names and in no other, with three seeds
set -euo pipefail
cd "$ROOT" || exit 1
./dev build >/dev/null
scenarios=(scenarios/verifications/100t-fault-*.yaml)
for seed in 1 2 3; do
    "$JIANHENG" run "${scenarios[@]}" --seed "$seed" --quiet --out "$OUT/$seed" >"$OUT/$seed.log" || true
done
grep -h 'NOT as the scenario' "$OUT"/*.log || true
right=$(cat "$OUT"/*.log | grep -c '(as the scenario expects)' || true)
echo "${#scenarios[@]} fault scenarios, 3 seeds: $right of $((3 * ${#scenarios[@]})) as the scenario expects"
[ "$right" = $((3 * ${#scenarios[@]})) ]
