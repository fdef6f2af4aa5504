#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Shows: 7. by the clock for 10 minutes with `serve` on the other end of a pty pair; the same under load
set -euo pipefail
cd "$ROOT" || exit 1
python3 tests/accept/5/wall_clock.py "$JIANHENG" "$OUT"
