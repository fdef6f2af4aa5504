#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Shows: 8. 100 verifications keep two cores busy (1.85 times one job), a job starts within 30 ms, 10,000 results merge within 5 s and 300 MB
set -euo pipefail
python3 "$ROOT/tests/accept/4/suite_speed.py" "$JIANHENG" "$OUT"
