#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Shows: 6. verifications in wind and with a weight cart, a crossing of 49 t in wind: the same sha256 in Release and Debug, alone and loaded
set -euo pipefail
cd "$ROOT" || exit 1
./dev build >/dev/null
[ -f build/dev/build.ninja ] || cmake --preset dev >"$OUT/configure.log"
ninja -C build/dev jianheng >"$OUT/build.log"
cat >"$OUT/crossing.yaml" <<'YAML'
jianheng: scene
extends: scenes/drive-on-49t-leaf.yaml
site: sites/windy.yaml
YAML
sum() { sha256sum <"$1" | cut -c1-16; }
hashes_of() { # PROGRAM NAME
    local out=$OUT/$2
    "$1" run verifications/100t-light-wind.yaml --quiet --out "$out" >/dev/null
    "$1" run verifications/30t-jjg539-cart.yaml --quiet --out "$out" >/dev/null
    "$1" simulate "$OUT/crossing.yaml" --out "$out" >/dev/null
    echo "$(sum "$out/100t-light-wind.json") $(sum "$out/30t-jjg539-cart.json") $(sum "$out/crossing.csv") $(sum "$out/crossing.h5")"
}
hogs=()
trap '[ ${#hogs[@]} = 0 ] || kill "${hogs[@]}" 2>/dev/null || true' EXIT
release=$(hashes_of "$JIANHENG" release-alone)
debug=$(hashes_of build/dev/jianheng debug-alone)
for _ in $(seq "$(nproc)"); do
    (while :; do :; done) &
    hogs+=($!)
done
release_loaded=$(hashes_of "$JIANHENG" release-loaded)
debug_loaded=$(hashes_of build/dev/jianheng debug-loaded)
printf '%-16s  %-16s  %-16s  %-16s\n' 'in wind' 'with cart' csv h5
printf '%s  %s  %s  %s  %s\n' $release 'Release, alone' $release_loaded 'Release, cores loaded' \
    $debug 'Debug, alone' $debug_loaded 'Debug, cores loaded'
[ "$release" = "$release_loaded" ] && [ "$release" = "$debug" ] && [ "$release" = "$debug_loaded" ]
