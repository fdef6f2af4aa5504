# SPDX-License-Identifier: GPL-3.0-or-later
"""Figures of the suite runner: two jobs against one, start-up of a job, a large merge."""
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import time

PROGRAM, OUT = sys.argv[1], pathlib.Path(sys.argv[2])
missed = 0


def limit(what, figure, unit, bound, most):
    global missed
    met = figure <= bound if most else figure >= bound
    missed += not met
    print(f"{what}: {figure:.3g} {unit} ({'at most' if most else 'at least'} {bound}){'' if met else ' MISSED'}")


def suite_of(seeds):
    file = OUT / f"suite-{seeds}.yaml"
    file.write_text("jianheng: suite\ntitle: Speed\nscenarios:\n"
                    f"  - {{scenario: verifications/30t-jjg539-initial.yaml, seeds: 1..{seeds}}}\n")
    return file


def call(*words):
    """Wall time and processor time in s, peak memory of the largest process in MB."""
    start = time.monotonic()
    child = subprocess.Popen([PROGRAM, "suite", *words], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    assert child.returncode == 0, words
    return time.monotonic() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def suite_times(jobs):
    return call(suite_of(100), "-j", str(jobs), "--out", OUT / f"jobs-{jobs}", "--restart", "--quiet")


# One after the other, several times: the machine is not the same all the time. Processor time tells whether two jobs
# do more work than one; on a machine that has other work to do it is the only figure that means something.
ratios = []
for _ in range(3):
    one, one_cpu, _ = suite_times(1)
    two, two_cpu, _ = suite_times(2)
    ratios.append(one / two)
    print(f"100 verifications of the 30 t scale: one job {one:.1f} s ({one_cpu:.1f} s of processor), two jobs {two:.1f} s "
          f"({two_cpu:.1f} s of processor); load of the machine {os.getloadavg()[0]:.1f}")
limit("two jobs against one, median of three", statistics.median(ratios), "times", 1.85, False)
start_up = [json.loads(f.read_text())["start_up_s"] * 1e3 for f in (OUT / "jobs-1" / "timing").rglob("*.json")]
limit("start-up of a job, from fork to the first step, median", statistics.median(start_up), "ms", 30, True)
print(f"  worst of {len(start_up)}: {max(start_up):.3g} ms")

# 10,000 results: a real one, told by the program's own plan under so many ids.
seeds = 10_000
big = OUT / "big"
shutil.rmtree(big, ignore_errors=True)
(big / "results" / "verifications").mkdir(parents=True)
plan = subprocess.run([PROGRAM, "suite", "plan", suite_of(seeds), "--json"], check=True, capture_output=True,
                      text=True).stdout
(big / "plan.json").write_text(plan)
real = json.loads((OUT / "jobs-1" / "results" / "verifications" / "30t-jjg539-initial@seed1.json").read_text())


def check_sum(text):
    """The 64-bit hash of sim/base/hash.h, written anew."""
    mask, value = (1 << 64) - 1, 0xcbf29ce484222325
    data = text.encode()
    for word in (*data, len(data)):
        value = ((value ^ word) * 0x100000001b3) & mask
        value = ((value << 29) | (value >> 35)) & mask
    value = ((value ^ (value >> 33)) * 0xff51afd7ed558ccd) & mask
    value = ((value ^ (value >> 33)) * 0xc4ceb9fe1a85ec53) & mask
    return f"{value ^ (value >> 33):016x}"


for planned in json.loads(plan)["scenarios"]:
    result = {**real, "id": planned["id"], "scenario_hash": planned["scenario_hash"]}
    del result["check"]
    result["check"] = check_sum(json.dumps(result, ensure_ascii=False, separators=(",", ":")))
    (big / "results" / f"{planned['id']}.json").write_text(json.dumps(result, ensure_ascii=False, indent=1) + "\n")
size_MB = sum(f.stat().st_size for f in (big / "results").rglob("*.json")) / 1e6


for what, source in (("a folder", big), ("a merged file", OUT / "merged-before.json")):
    if source.suffix:
        shutil.copy(OUT / "merged" / "merged.json", source)
    runs = [call("merge", source, "--out", OUT / "merged") for _ in range(2)]
    wall, cpu, memory = min(runs)
    limit(f"merge of 10,000 results from {what} ({size_MB:.0f} MB), time", wall, "s", 5, True)
    print(f"  processor time {cpu:.2f} s")
    limit(f"merge of 10,000 results from {what}, memory", memory, "MB", 300, True)
assert (OUT / "merged" / "merged.json").read_bytes() == (OUT / "merged-before.json").read_bytes()
shutil.rmtree(big)
sys.exit(missed > 0)
