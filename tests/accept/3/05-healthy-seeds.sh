#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Shows: 5. fifty healthy scales pass in light wind: the shipped ones, ten seeds each
set -uo pipefail
cd "$ROOT" || exit 1
scenarios=()
for file in scenarios/verifications/*-jjg539-initial.yaml; do
    name=$(basename "$file" .yaml)
    printf 'jianheng: scenario\nextends: verifications/%s.yaml\nsite: sites/light-wind.yaml\n' "$name" >"$OUT/$name.yaml"
    scenarios+=("$OUT/$name.yaml")
done
one_seed() { # SEED SCENARIO…
    "$JIANHENG" run "${@:2}" --seed "$1" --quiet --out "$OUT/$1" >"$OUT/$1.log" 2>&1
}
export -f one_seed
seq 1 10 | xargs -P "$(nproc)" -I SEED bash -c 'one_seed SEED "$@"' one_seed "${scenarios[@]}"
passed=$(cat "$OUT"/*.log | grep -c ': pass (as the scenario expects)')
grep -H -v -e '^record' -e ': pass (as the scenario expects)' "$OUT"/*.log
echo "${#scenarios[@]} scales, 10 seeds, light wind: $passed of 50 passed"
[ "${#scenarios[@]}" = 5 ] && [ "$passed" = 50 ]
