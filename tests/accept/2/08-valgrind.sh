#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Shows: 8. valgrind clean on a short run
set -euo pipefail
valgrind --quiet --error-exitcode=9 --leak-check=full --errors-for-leak-kinds=definite,indirect,possible \
    "$JIANHENG" run verifications/30t-jjg539-initial.yaml --quiet --out "$OUT" 2>"$OUT/valgrind.log" | head -n 1 ||
    { tail -n 40 "$OUT/valgrind.log"; exit 1; }
[ ! -s "$OUT/valgrind.log" ] || { tail -n 40 "$OUT/valgrind.log"; exit 1; }
echo "valgrind: nothing to report"
