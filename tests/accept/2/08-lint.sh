#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Shows: 8. lint clean
set -euo pipefail
cd "$ROOT" || exit 1
./dev lint --deep >"$OUT/lint.log" 2>&1 || { tail -n 40 "$OUT/lint.log"; exit 1; }
tail -n 2 "$OUT/lint.log"
