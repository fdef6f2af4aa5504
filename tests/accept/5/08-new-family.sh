#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Shows: 8. Flintec DAD 141.1 by its file alone: verified, and conforming with its commands
set -euo pipefail
cd "$ROOT" || exit 1
grep -rli 'dad141\|dad 141' --include='*.cpp' --include='*.h' sim hil firmware-bridge && { echo "named in C++"; exit 1; }
cat >"$OUT/dad141.yaml" <<'END'
jianheng: scenario
extends: verifications/100t-jjg539-initial.yaml
title: Flintec DAD 141.1
indicator: indicators/flintec-dad141.yaml
END
"$JIANHENG" run "$OUT/dad141.yaml" --out "$OUT" --quiet
coproc "$JIANHENG" serve indicators/flintec-dad141.yaml --tcp 127.0.0.1:0
served=$COPROC_PID  # gone with the process
read -r line <&"${COPROC[0]}"
echo "$line"
port=$(sed -n 's/.*127\.0\.0\.1:\([0-9]*\).*/\1/p' <<<"$line")
result=0
"$JIANHENG" conform indicators/flintec-dad141.yaml --tcp "127.0.0.1:$port" --write | tail -n 3 || result=1
echo quit >&"${COPROC[1]}"
wait "$served" || true
exit "$result"
