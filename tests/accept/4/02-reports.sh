#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Shows: 2. every form in both languages: pages counted, text read back, no page empty, the same bytes twice
set -euo pipefail
cd "$ROOT" || exit 1
cat >"$OUT/office.yaml" <<'YAML'
jianheng: scenario
extends: verifications/100t-jjg539-initial.yaml
date: 2026-08-14
office: {office: 某县计量检定测试所, owner: 某物流园, verifier: 甲, checker: 乙, certificate_number: 2026-0117, valid_months: 12}
YAML
cat >"$OUT/in-use.yaml" <<'YAML'
jianheng: scenario
extends: verifications/100t-jjg539-initial.yaml
regulation: {extends: procedures/jjg-539-2016-initial.yaml, stage: in-use}
YAML
"$JIANHENG" run "$OUT/office.yaml" "$OUT/in-use.yaml" verifications/100t-sick-1-cell-2l.yaml --quiet --out "$OUT/records" >"$OUT/run.log"
exec /usr/bin/python3 tests/accept/4/reports.py "$JIANHENG" "$OUT"
