#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Shows: 2. pymodbus, mbpoll, modbus-serial ask `serve` over TCP and RTU; tshark dissects the captures without an error
set -euo pipefail
cp "$ROOT"/tests/peers/node/{package.json,package-lock.json,.npmrc,peer.js} "$OUT"
(cd "$OUT" && npm ci --silent)
# The fast tier's own test first: pymodbus and mbpoll, each order and each refusal.
/usr/bin/python3 "$ROOT/tests/hil/cli/peers_test.py" "$JIANHENG" "$ROOT" 2>&1 | grep -E '^(Ran|OK|FAILED)'
exec /usr/bin/python3 "$ROOT/tests/accept/5/peers.py" "$JIANHENG" "$ROOT" "$OUT"
