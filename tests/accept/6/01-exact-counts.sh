#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Shows: 1. ten thousand conversions of an HX711 at 80 a second, over the whole range and both its ends, read exactly:
# by a plain firmware and by one on the Arduino core
set -euo pipefail
cd "$ROOT" || exit 1
ninja -C build/release firmware_bridge_avr_test >/dev/null
build/release/test-programs/firmware_bridge_avr_test --log_level=message \
    --run_test='avr_emulator/*ten_thousand*' 2>&1 | grep -E 'exact|error|No errors'
