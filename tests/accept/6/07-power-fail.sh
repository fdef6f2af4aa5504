#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Shows: 7. power fail at 200 moments of a calibration save: the old or the new calibration, checksum and counter right
set -euo pipefail
cd "$ROOT" || exit 1
ninja -C build/release jianheng-avr jianheng-native reference-native reference-atmega1284p_elf >/dev/null
status=0
for board in native:reference-native.so atmega1284p:reference-atmega1284p.elf; do
    cat >"$OUT/${board%%:*}.yaml" <<END
jianheng: scenario
extends: verifications/100t-firmware.yaml
title: power fails, ${board%%:*}
firmware: {board: boards/reference-${board%%:*}.yaml, image: $ROOT/build/release/firmware/${board#*:}, memory: works}
END
    "$JIANHENG" examine "$OUT/${board%%:*}.yaml" --power-fails 200 --quiet --json "$OUT/${board%%:*}.json" || status=1
    python3 - "$OUT/${board%%:*}.json" "${board%%:*}" <<'END'
import json
import sys

lines = json.load(open(sys.argv[1]))["lines"]
fails = [line for line in lines if "power fails" in line["tried"]]
print(f"{sys.argv[2]}: {fails[0]['tried']}: {fails[0]['verdict']}: {fails[0]['found']}")
print(f"  of the whole examination {sum(line['verdict'] == 'differs' for line in lines)} of {len(lines)} lines differ")
END
done
exit "$status"
