#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Shows: 3. R 60 envelopes, creep, junction box to 0.1 kg, leakage, cable, signal per e
set -euo pipefail
"$ROOT"/build/release/test-programs/jh_validate --all --chapter cells --chapter r60 --chapter wiring
