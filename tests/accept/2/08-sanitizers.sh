#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Shows: 8. address and undefined-behaviour sanitizer clean: all fast tests and the whole verification
set -euo pipefail
cd "$ROOT" || exit 1
./dev asan >"$OUT/asan.log" 2>&1 || { tail -n 40 "$OUT/asan.log"; exit 1; }
grep 'tests passed' "$OUT/asan.log"
build/asan/jianheng run verifications/100t-jjg539-initial.yaml --quiet --out "$OUT" | head -n 1
