#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Shows: 5. diff between the reference and ten mutants names the first legally relevant difference
set -euo pipefail
cd "$ROOT" || exit 1
ninja -C build/release jianheng-native reference-native >/dev/null
python3 tests/accept/6/diff.py "$JIANHENG" "$ROOT" "$OUT"
