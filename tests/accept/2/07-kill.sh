#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Shows: 7. kill -9 in the middle: the record opens, says interrupted, holds every finished measurement
set -euo pipefail
python3 "$ROOT/tests/accept/2/kill.py" "$JIANHENG" "$OUT"
