#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Shows: 7. HTML reports opened in headless Chromium without a console message; the button hides the truth
set -euo pipefail
cd "$ROOT" || exit 1
"$JIANHENG" run verifications/100t-jjg539-initial.yaml verifications/100t-sick-1-cell-2l.yaml \
    verifications/150t-60t-multi-jjg539-initial.yaml --quiet --out "$OUT" >"$OUT/run.log"
for language in en zh; do
    "$JIANHENG" report "$OUT"/{100t-jjg539-initial,100t-sick-1-cell-2l,150t-60t-multi-jjg539-initial}.json --html "$OUT/$language" --language "$language" >/dev/null 2>"$OUT/report.log" ||
        { cat "$OUT/report.log"; exit 1; }
done

# opened PAGE: its document after loading; what went to the console is in $OUT/console
opened() {
    timeout 120 chromium --headless --no-sandbox --disable-gpu --user-data-dir="$OUT/profile" --enable-logging=stderr \
        --virtual-time-budget=3000 --dump-dom "file://$1" 2>"$OUT/chromium.log"
    grep 'CONSOLE' "$OUT/chromium.log" >"$OUT/console" || true
}

# A broken page must be seen as one.
sed 's|</body>|<script>nobodyKnowsThis();</script></body>|' "$OUT/en/100t-jjg539-initial.html" >"$OUT/broken.html"
opened "$OUT/broken.html" >/dev/null
grep -q 'nobodyKnowsThis is not defined' "$OUT/console" || { echo 'a broken page went unnoticed'; exit 1; }

pages=0 messages=0
for page in "$OUT"/{en,zh}/*.html; do
    opened "$page" >"$OUT/dom.html"
    grep -q '<svg class="curve"' "$OUT/dom.html" && grep -q '<svg class="map"' "$OUT/dom.html"
    messages=$((messages + $(wc -l <"$OUT/console")))
    cat "$OUT/console"
    pages=$((pages + 1))
done

sed 's|</body>|<script>document.getElementById("truth").click();</script></body>|' "$OUT/zh/100t-jjg539-initial.html" >"$OUT/clicked.html"
opened "$OUT/clicked.html" >"$OUT/dom.html"
grep -q '<body class="no-truth">' "$OUT/dom.html"
grep -q 'aria-pressed="false"[^>]*>显示真值' "$OUT/dom.html"

echo "$pages pages, $messages console messages; the button hides the ground truth"
[ "$pages" = 6 ] && [ "$messages" = 0 ]
