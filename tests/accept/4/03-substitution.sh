#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Shows: 3. response 1.0002 L + 3 kg: material of exactly 20, 40, 60, 80 t, errors 11, 15, 19, 23 kg; change-over within 0.1 e
set -euo pipefail
cd "$ROOT" || exit 1
./dev build >/dev/null
build/release/test-programs/hil_procedure_test --run_test=weighing --log_level=error --report_level=short
