#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Shows: 4. the healthy scales pass with 20 different seeds
set -uo pipefail
cd "$ROOT" || exit 1
healthy=(scenarios/verifications/*-jjg539-initial.yaml)
passed=0 failed=0
for seed in $(seq 1 20); do
    for scenario in "${healthy[@]}"; do
        if "$JIANHENG" run "$scenario" --seed "$seed" --quiet --out "$OUT/$seed" >"$OUT/last" 2>&1; then
            passed=$((passed + 1))
        else
            failed=$((failed + 1))
            echo "seed $seed: $(grep -v '^record' "$OUT/last")"
        fi
    done
done
echo "${#healthy[@]} scales, 20 seeds: $passed passed, $failed failed"
[ "$failed" = 0 ] && [ "$passed" -ge 100 ]
