#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Shows: 8. the validation report is what the program gives, byte for byte, and can be read as pages
set -euo pipefail
cd "$ROOT" || exit 1
build/release/test-programs/jh_validate --out "$OUT"
diff -r "$OUT/validation" docs/validation
diff "$OUT/validation.md" docs/validation.md
echo "the committed report is the same, byte for byte"
/usr/bin/python3 tests/accept/3/render.py "$OUT/validation.md" "$OUT/pages"
