#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Shows: 4. at least 95 % of the mutants noticed, each survivor explained, no alarm on the unchanged firmware with 20 seeds
set -euo pipefail
cd "$ROOT" || exit 1
ninja -C build/release jianheng-native >/dev/null
"$JIANHENG" mutants --seeds 20 --out "$OUT/mutants" --quiet >"$OUT/mutants.txt"
sed -n 's/^· /not noticed: /p' "$OUT/mutants.txt"
grep -E 'defects noticed' "$OUT/mutants.txt"
python3 - "$OUT/mutants/mutants.json" <<'END'
import json
import sys

m = json.load(open(sys.argv[1]))
if 100 * m["caught"] < 95 * m["of"] or m["false_alarms"] or m["healthy_runs"] < 20:
    sys.exit("NOT: wanted 95 % and no alarm")
END
