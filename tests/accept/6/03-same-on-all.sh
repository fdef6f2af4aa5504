#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Shows: 3. JJG 539 with the reference firmware inside the program, on an ATmega1284P and on a Cortex-M3:
# same verdicts, each value within 0.1 e; digit by digit without noise
set -euo pipefail
cd "$ROOT" || exit 1
python3 tests/accept/6/same_on_all.py "$JIANHENG" "$OUT"
