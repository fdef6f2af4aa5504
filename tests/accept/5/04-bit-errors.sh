#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Shows: 4. eight stations on one RTU line, 10 simulated minutes, 9600 baud, bit errors at 1e-4
set -euo pipefail
cd "$ROOT" || exit 1
ninja -C build/release hil_loop_test >/dev/null
build/release/test-programs/hil_loop_test --run_test=virtual_line/with_bit_errors* --log_level=message 2>&1 | grep -E 'right|error|No errors'
