#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Shows: 5. 1, 2, 3 and 7 shards, merged in any order: the same bytes
set -euo pipefail
cd "$ROOT" || exit 1
day=(--date 2026-01-01)
sums() { (cd "$1" && sha256sum merged.json junit.xml summary.md | cut -c1-16 | tr '\n' ' '); }
# Healthy and sick, fast ones only.
suite() { "$JIANHENG" suite suites/verifications.yaml --name '100t-sick' --name '30t' "${day[@]}" --quiet "$@" >/dev/null; }
suite --out "$OUT/whole"
whole=$(sums "$OUT/whole")
echo "single run: $whole"
status=0
for count in 1 2 3 7; do
    sizes=''
    folders=()
    for i in $(seq "$count" -1 1); do
        suite --out "$OUT/of-$count" --shard "$i/$count"
        folder=$OUT/of-$count
        [ "$count" = 1 ] || folder=$OUT/of-$count/shard-$i-of-$count
        sizes+=" $(find "$folder" -path '*/results/*.json' | wc -l)"
        folders+=("$folder")
    done
    for order in given turned files; do
        inputs=("${folders[@]}")
        [ "$order" = given ] || mapfile -t inputs < <(printf '%s\n' "${folders[@]}" | tac)
        [ "$order" != files ] || inputs=("${inputs[@]/%//merged.json}")
        "$JIANHENG" suite merge "${inputs[@]}" --out "$OUT/merged-$count-$order" "${day[@]}" >/dev/null
        [ "$(sums "$OUT/merged-$count-$order")" = "$whole" ] || { echo "NOT the same: $count shards, $order"; status=1; }
    done
    echo "$count shards of sizes$sizes: $(sums "$OUT/merged-$count-files")"
done
exit $status
