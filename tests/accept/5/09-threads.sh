#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Shows: 9. loop, queues and wires under the thread sanitizer
set -euo pipefail
cd "$ROOT" || exit 1
[ -f build/tsan/build.ninja ] || cmake --preset tsan >"$OUT/configure.log"
ninja -C build/tsan hil_loop_test hil_modbus_test jianheng >"$OUT/build.log"
export TSAN_OPTIONS="halt_on_error=1 second_deadlock_stack=1"
for test in hil_loop_test hil_modbus_test; do
    JIANHENG_DATA=$ROOT/scenarios "build/tsan/test-programs/$test" | tail -n 2
done
# The program's own threads: executive, source, served line, by the clock for a minute.
python3 tests/accept/5/wall_clock.py build/tsan/jianheng "$OUT/clock" 1
