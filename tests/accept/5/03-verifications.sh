#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Shows: 3. JJG 539 over each profile, in virtual time, over TCP and over RTU in real time: same verdict,
# each value within 0.1 e of the reference; digit by digit without noise
set -euo pipefail
cd "$ROOT" || exit 1
python3 tests/accept/5/verifications.py "$JIANHENG" "$OUT"
