#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Shows: 4. a suite killed with SIGKILL at 20 random moments and resumed: the merged bytes equal an undisturbed run, nothing finished is repeated
set -euo pipefail
python3 "$ROOT/tests/accept/4/suite_killed.py" "$JIANHENG" "$OUT"
