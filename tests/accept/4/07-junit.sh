#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Shows: 7. JUnit accepted by real consumers: the rules of Jenkins' xUnit plugin (xmllint) and Debian's junitparser
set -euo pipefail
cat >"$OUT/suite.yaml" <<'YAML'
# Every kind of case: passed, failed, expected to fail, in quarantine, missing.
jianheng: suite
title: Every kind of case
scenarios:
  - {scenario: verifications/30t-jjg539-initial.yaml}
  - {scenario: verifications/100t-sick-1-cell-2l.yaml}
  - {scenario: verifications/100t-sick-1-cell-2l.yaml, label: unexpected, with: {expect: {verdict: pass, failing_tests: []}}}
  - {scenario: verifications/100t-sick-1-cell-2l.yaml, label: known, with: {expect: {verdict: pass, failing_tests: []}}}
quarantine: {entries: [{scenario: '*~known@*', reason: 'known <&"'' 检', until: 2026-01-01}]}
YAML
"$JIANHENG" suite "$OUT/suite.yaml" --out "$OUT/run" --date 2026-01-01 --quiet >"$OUT/run.log" || [ $? = 1 ]
"$JIANHENG" run verifications/100t-sick-1-cell-2l.yaml --quiet --out "$OUT" --junit "$OUT/run.xml" >/dev/null
cp -r "$OUT/run" "$OUT/gap"
rm "$OUT/gap/results/verifications/30t-jjg539-initial@seed1.json"
"$JIANHENG" suite merge "$OUT/gap" --out "$OUT/merged" >/dev/null || [ $? = 4 ]
for file in "$OUT/run.xml" "$OUT/run/junit.xml" "$OUT/merged/junit.xml"; do
    xmllint --noout --nonet --schema "$ROOT/docs/schema/junit.xsd" "$file"
    /usr/bin/python3 -m junitparser verify "$file" >/dev/null && verified=0 || verified=$?
    PYTHONPATH=$ROOT/tests/hil/cli /usr/bin/python3 -c "
import sys, junit_reader
print('junitparser counts cases, failures, errors, skipped:', *junit_reader.counts(sys.argv[1]))" "$file"
    # Every one of these files has a failure to find.
    [ "$verified" = 1 ]
done
