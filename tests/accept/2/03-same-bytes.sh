#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Shows: 3. alone, with all cores loaded, in Release and in Debug: records with the same sha256
set -euo pipefail
cd "$ROOT" || exit 1
./dev build >/dev/null
[ -f build/dev/build.ninja ] || cmake --preset dev >"$OUT/configure.log"
ninja -C build/dev jianheng >"$OUT/build.log"
scenario=verifications/100t-jjg539-initial.yaml
hash_of() { # PROGRAM NAME
    "$1" run "$scenario" --quiet --out "$OUT/$2" >/dev/null
    sha256sum <"$OUT/$2/100t-jjg539-initial.json" | cut -d' ' -f1
}
hogs=()
trap '[ ${#hogs[@]} = 0 ] || kill "${hogs[@]}" 2>/dev/null || true' EXIT
first=$(hash_of "$JIANHENG" release-alone)
for _ in $(seq "$(nproc)"); do
    (while :; do :; done) &
    hogs+=($!)
done
loaded=$(hash_of "$JIANHENG" release-loaded)
debug_loaded=$(hash_of build/dev/jianheng debug-loaded)
kill "${hogs[@]}"
hogs=()
debug=$(hash_of build/dev/jianheng debug-alone)
printf '%s  %s\n' "$first" 'Release, alone' "$loaded" 'Release, cores loaded' "$debug" 'Debug, alone' "$debug_loaded" 'Debug, cores loaded'
[ "$first" = "$loaded" ] && [ "$first" = "$debug" ] && [ "$first" = "$debug_loaded" ]
