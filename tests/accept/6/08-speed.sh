#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Shows: 8. AVR at least 0.8 of bare simavr, native at least 2,000 times real time; QEMU as it is
set -euo pipefail
cd "$ROOT" || exit 1
ninja -C build/release jh_firmware_bench jianheng-avr jianheng-native jianheng-cortexm reference-native reference-atmega1284p_elf reference-cortexm3_elf hx711_plain_elf >/dev/null
build/release/jh_firmware_bench build/release/firmware | tee "$OUT/rows"
awk '/ratio/ { if ($0 !~ /ratio (0\.[89]|[1-9])/) bad = 1 }
     /native/ { for (i = 1; i < NF; ++i) if ($(i + 1) == "x" && $(i + 2) == "real" && $i < 2000) bad = 1 }
     END { exit bad }' "$OUT/rows"
