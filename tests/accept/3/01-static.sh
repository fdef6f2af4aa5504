#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Shows: 1. loads at rest: 49 t within 0.5 kg, four trucks per cell, gain mismatch, settlement, debris
set -euo pipefail
"$ROOT"/build/release/test-programs/jh_validate --all --chapter statics --chapter loads
