#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Shows: 4. gravity to the last printed digit, wind, rain, deposits, air pressure to 1 %
set -euo pipefail
"$ROOT"/build/release/test-programs/jh_validate --all --chapter site --chapter wind --chapter r60
