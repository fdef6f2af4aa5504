#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Shows: 6. real RTU frames: CRC, 3.5 characters of silence, latency of 9,600 baud
set -euo pipefail
"$JIANHENG" run verifications/100t-jjg539-initial.yaml --quiet --out "$OUT" --frames "$OUT/frames.jsonl" >/dev/null
python3 "$ROOT/tests/accept/2/frames.py" "$OUT/frames.jsonl"
