#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Shows: 1. every worked example as a test; mpe bands inclusive at their upper end; the Handbook 44 table in lb
set -euo pipefail
cd "$ROOT" || exit 1
./dev build >/dev/null
for program in hil_procedure sim_base sim_model; do
    "build/release/test-programs/${program}_test" --log_level=error --report_level=short
done
