#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Shows: 2. one healthy verification for each regulation and stage passes
set -euo pipefail
cd "$ROOT" || exit 1
./dev build >/dev/null
names=(100t-jjg539-initial 100t-jjg539-subsequent 100t-jjg539-in-use 100t-r76-initial 100t-r76-subsequent
       100t-r76-in-service 100t-r76-type 100t-r76-days 200klb-hb44-acceptance 200klb-hb44-maintenance
       indicator-alone-r76 100t-adjustment)
passed=0
for name in "${names[@]}"; do
    line=$("$JIANHENG" run "verifications/$name.yaml" --quiet --out "$OUT" | head -n 1) || true
    echo "$line"
    [[ $line != *": pass (as the scenario expects)"* ]] || passed=$((passed + 1))
done
echo "$passed of ${#names[@]} passed"
[ "$passed" = "${#names[@]}" ]
