#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Shows: 2. modes empty, with 20 t, under a parked truck; stops of the 49 t truck within 20 %; pendulum, bumpers
set -euo pipefail
"$ROOT"/build/release/test-programs/jh_validate --all --chapter modes --chapter sideways --chapter vehicles
