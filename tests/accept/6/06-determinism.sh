#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Shows: 6. AVR run twice, then beside six busy processes: the same bytes of record and signals; native and Cortex-M3 too
set -euo pipefail
cd "$ROOT" || exit 1
ninja -C build/release jianheng-avr jianheng-native jianheng-cortexm reference-native reference-atmega1284p_elf reference-cortexm3_elf >/dev/null
busy=()
trap '[ ${#busy[@]} = 0 ] || kill "${busy[@]}"' EXIT

# once WHEN HOST PROGRAM
once() {
    local to=$OUT/$2-$1
    mkdir -p "$to"
    "$JIANHENG" run "$OUT/$2.yaml" --out "$to" --vcd "$to/signals.vcd" --quiet >"$to/said" 2>&1 || { cat "$to/said"; exit 1; }
}
hosts='atmega1284p:reference-atmega1284p.elf native:reference-native.so cortexm3:reference-cortexm3.elf'
for host in $hosts; do
    name=${host%%:*}
    cat >"$OUT/$name.yaml" <<END
jianheng: scenario
extends: verifications/30t-jjg539-initial.yaml
title: twice, $name
firmware: {board: boards/reference-$name.yaml, image: $ROOT/build/release/firmware/${host#*:}, memory: works}
END
    once first "$name"
    once second "$name"
done
for _ in 1 2 3 4 5 6; do
    python3 -c 'while True: pass' &
    busy+=($!)
done
for host in $hosts; do once busy "${host%%:*}"; done
for host in $hosts; do
    name=${host%%:*}
    for file in "$name.json" signals.vcd; do
        for when in second busy; do
            cmp "$OUT/$name-first/$file" "$OUT/$name-$when/$file"
        done
    done
    echo "$name: three runs, the same $(stat -c %s "$OUT/$name-first/$name.json") bytes of record and $(stat -c %s "$OUT/$name-first/signals.vcd") of signals"
done
