#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Shows: 5. slow-loris, half frames, flood and garbage while an honest client polls; and the speed of the server
set -euo pipefail
cd "$ROOT" || exit 1
ninja -C build/release jh_modbus_bench jh_serial_bench >/dev/null
build/release/test-programs/jh_modbus_bench
build/release/test-programs/jh_serial_bench
