#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Shows: 8. under 1.5 s on one core, under 200 MB, version in under 20 ms, every simulated second in a step
set -euo pipefail
cd "$ROOT" || exit 1
for i in 1 2 3; do
    taskset -c 0 "$JIANHENG" run verifications/100t-jjg539-initial.yaml --quiet --out "$OUT/$i" >/dev/null
done
python3 - "$OUT" "$JIANHENG" <<'END'
import glob, json, subprocess, sys, time
timings = [json.load(open(f)) for f in glob.glob(sys.argv[1] + "/*/*.timing.json")]
wall, memory = min(t["wall_s"] for t in timings), max(t["peak_memory_MB"] for t in timings)
print(f"verification on one core: {wall:.2f} s, {timings[0]['sim_s'] / wall:.0f} times real time (limit 1.5 s); "
      f"{memory:.0f} MB (limit 200); {timings[0]['transactions']} transactions (limit 6000)")
starts = []
for _ in range(20):
    start = time.monotonic()
    subprocess.run([sys.argv[2], "version"], check=True, capture_output=True)
    starts.append(time.monotonic() - start)
version_ms = sorted(starts)[10] * 1e3
print(f"jianheng version: {version_ms:.1f} ms (limit 20)")
record = json.load(open(glob.glob(sys.argv[1] + "/1/*-initial.json")[0]))
gap, at = 0.0, 0.0
for name, start, end in record["steps"]:
    gap, at = gap + abs(start - at), end
gap += abs(record["sim_s"] - at)
print(f"{len(record['steps'])} named steps, {gap:.3f} s of {record['sim_s']:.0f} in none")
sys.exit(0 if wall < 1.5 and memory < 200 and version_ms < 20 and gap < 1.0 and timings[0]["transactions"] <= 6000 else 1)
END
./dev bench
