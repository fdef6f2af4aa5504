#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Shows: 4. the sick scales fail in the tests that their scenarios name, and only there
set -uo pipefail
cd "$ROOT" || exit 1
"$JIANHENG" run scenarios/verifications/*-sick-*.yaml --quiet --out "$OUT" | grep -v '^record'
[ "${PIPESTATUS[0]}" = 0 ]
