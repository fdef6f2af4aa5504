#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Shows: 2. probe gives the oracle tables A and B2 to 0.01 kg, CC within 100 kg; balance; modes
set -euo pipefail
python3 "$(dirname "$0")/oracles.py" "$JIANHENG"
