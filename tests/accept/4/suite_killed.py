# SPDX-License-Identifier: GPL-3.0-or-later
"""Kills a suite again and again at random moments, resumes it, and compares what comes out in the end."""
import hashlib
import os
import pathlib
import random
import subprocess
import sys
import time

KILLS, SEEDS = 20, 60


def sums(folder: pathlib.Path) -> dict[str, str]:
    return {name: hashlib.sha256((folder / name).read_bytes()).hexdigest()[:16]
            for name in ("merged.json", "junit.xml", "summary.md")}


def results(folder: pathlib.Path) -> dict[str, int]:
    return {str(f): f.stat().st_mtime_ns for f in (folder / "results").rglob("*.json")}


def main() -> int:
    program, out = sys.argv[1], pathlib.Path(sys.argv[2])
    suite = out / "suite.yaml"
    suite.write_text("jianheng: suite\ntitle: Killed\nscenarios:\n"
                     f"  - {{scenario: verifications/30t-jjg539-initial.yaml, seeds: 1..{SEEDS}}}\n")
    words = [program, "suite", suite, "--quiet", "--date", "2026-01-01", "--out"]
    start = time.monotonic()
    subprocess.run([*words, out / "whole"], check=True, stdout=subprocess.DEVNULL)
    whole_s = time.monotonic() - start
    seed = int(os.environ.get("JH_SEED", "20260801"))
    luck, killed, repeated, states = random.Random(seed), 0, 0, []
    folder = out / "killed"
    while killed < KILLS:
        before = results(folder)
        run = subprocess.Popen([*words, folder, "--resume"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(luck.uniform(0.0, 1.2 * whole_s / KILLS))
        run.kill()
        if run.wait() != -9:
            break  # it was faster than expected; too few kills are not met below
        killed += 1
        after = results(folder)
        repeated += sum(after.get(name) != when for name, when in before.items())
        states.append(len(after))
    before = results(folder)
    subprocess.run([*words, folder, "--resume"], check=True, stdout=subprocess.DEVNULL)
    after = results(folder)
    repeated += sum(after.get(name) != when for name, when in before.items())
    same = sums(folder) == sums(out / "whole")
    left = [f.name for f in folder.rglob("*.part")]
    print(f"seed {seed}: {killed} kills, results after each: {states} of {SEEDS}")
    print(f"finished results that were made again: {repeated}; half files left: {len(left)}")
    print(f"sha256 of {', '.join(f'{k} {v}' for k, v in sums(folder).items())}: {'the same' if same else 'NOT the same'}")
    return 0 if same and killed == KILLS and repeated == 0 and not left and 0 < states[-1] < SEEDS else 1


if __name__ == "__main__":
    sys.exit(main())
