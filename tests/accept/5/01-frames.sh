#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Shows: 1. every frame printed in the manuals, their errata refused, CRC and LRC rules
set -euo pipefail
cd "$ROOT" || exit 1
programs=$ROOT/build/release/test-programs
ninja -C build/release hil_indicator_test hil_modbus_test >/dev/null
grep -c 'request:' scenarios/indicators/*.yaml | grep -v ':0$' | sed 's|.*/||; s/:/: frames /'
"$programs/hil_indicator_test" --run_test=manual_frames --report_level=short 2>&1 | tail -6
"$programs/hil_modbus_test" --run_test='checksum*' --report_level=short 2>&1 | tail -6
