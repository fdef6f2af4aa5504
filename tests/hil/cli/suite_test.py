#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""`jianheng suite` as a user and a CI call it: files, exit codes, signals.

usage: suite_test.py JIANHENG SOURCE_FOLDER
"""
import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
import unittest

import junit_reader
import yaml

PROGRAM, SOURCE = map(os.path.abspath, sys.argv[1:3])
DATA = os.path.join(SOURCE, "scenarios")
BATCH = ("SLURM_", "JOB_COMPLETION", "CI_NODE_", "TEST_SHARD", "TEST_TOTAL")
CLEAN = {k: v for k, v in os.environ.items() if not k.startswith(BATCH)}
CLEAN["ASAN_OPTIONS"] = "handle_segv=0"  # one case wants a job that ends by that signal
DAY = ("--date", "2026-11-27")


def jianheng(*arguments, env=None, **more):
    return subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True, timeout=600,
                          env={**CLEAN, **(env or {})}, **more)


class Suite(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.at = self.folder.name

    def tearDown(self):
        self.folder.cleanup()

    def path(self, *names):
        return os.path.join(self.at, *names)

    def file(self, name, text):
        with open(self.path(name), "w") as f:
            f.write(text)
        return self.path(name)

    def read(self, *names):
        with open(self.path(*names), "rb") as f:
            return f.read()

    def json(self, *names):
        return json.loads(self.read(*names))

    def suite(self, more="", count=4, name="s.yaml"):
        return self.file(name, "jianheng: suite\ntitle: T\ntitle_zh: 套\nscenarios:\n"
                         f"  - {{scenario: verifications/30t-jjg539-initial.yaml, seeds: 1..{count}}}\n" + more)

    def run_suite(self, *arguments, out="out", expect=0, **more):
        done = jianheng("suite", *arguments, "--out", self.path(out), "--quiet", *DAY, **more)
        self.assertEqual(done.returncode, expect, done.stdout + done.stderr)
        return done

    def results(self, out="out"):
        found = []
        for folder, _, names in os.walk(self.path(out, "results")):
            found += [os.path.join(folder, n) for n in names]
        return sorted(found)

    # --- a whole run

    def test_a_suite_leaves_results_and_reports(self):
        done = self.run_suite(self.suite())
        self.assertIn("scenarios: 4   as expected: 4", done.stdout)
        self.assertEqual([os.path.basename(f) for f in self.results()],
                         [f"30t-jjg539-initial@seed{i}.json" for i in (1, 2, 3, 4)])
        merged = self.json("out", "merged.json")
        self.assertEqual([r["id"] for r in merged["results"]],
                         [f"verifications/30t-jjg539-initial@seed{i}" for i in (1, 2, 3, 4)])
        self.assertEqual(merged["missing"], [])
        self.assertTrue(len(merged["results"][0]["numbers_kg"]) > 20)
        for word in ("wall", "host", os.uname().nodename, self.at):
            self.assertNotIn(word.encode(), self.read("out", "merged.json"))
        self.assertIn("wall_s", self.json("out", "timing", "verifications", "30t-jjg539-initial@seed1.json"))
        self.assertIn("# T", self.read("out", "summary.md").decode())
        self.assertEqual(junit_reader.problems(self.path("out", "junit.xml")), "")
        self.assertEqual(junit_reader.counts(self.path("out", "junit.xml")), (36, 0, 0, 0))

    def test_numbers_and_verdicts_are_those_of_run(self):
        self.run_suite(self.suite(count=1), "--records")
        jianheng("run", "verifications/30t-jjg539-initial.yaml", "--out", self.at, "--quiet")
        self.assertEqual(self.read("30t-jjg539-initial.json"),
                         self.read("out", "records", "verifications", "30t-jjg539-initial@seed1.json"))
        numbers = self.json("out", "merged.json")["results"][0]["numbers_kg"]
        record = self.json("30t-jjg539-initial.json")
        weighing = next(t for t in record["tests"] if t["id"] == "weighing")
        for m in weighing["measurements"]:
            value = m.get("corrected_error_kg", m.get("error_kg"))
            if value is not None:
                self.assertEqual(numbers["weighing/" + m["label"]], value)

    def test_chinese(self):
        done = self.run_suite(self.suite(count=1), "--lang", "zh")
        self.assertIn("符合预期: 1", done.stdout)
        self.assertIn("# 套", self.read("out", "summary.md").decode())

    def test_what_is_not_as_expected_fails_the_suite(self):
        suite = self.suite("  - {scenario: verifications/30t-jjg539-initial.yaml, label: x, with: {expect: "
                           "{verdict: fail, failing_tests: [zero]}}}\n", count=1)
        done = self.run_suite(suite, expect=1)
        self.assertIn("30t-jjg539-initial~x@seed1: pass; expected: fail (zero)", done.stdout)
        path = self.path("out", "junit.xml")
        self.assertEqual(junit_reader.problems(path), "")
        self.assertEqual(junit_reader.counts(path), (18, 1, 0, 0))
        quarantine = "quarantine: {entries: [{scenario: '*~x@*', reason: known, until: %s}]}\n"
        with open(suite, "a") as f:
            f.write(quarantine % "2026-11-27")
        done = self.run_suite(suite, "--resume")
        self.assertIn("quarantined: 1", done.stdout)
        self.assertEqual(junit_reader.problems(path), "")
        self.assertEqual(junit_reader.counts(path), (18, 0, 0, 1))
        with open(suite) as f:
            text = f.read().replace("2026-11-27", "2026-11-26")
        self.run_suite(self.file("s.yaml", text), "--resume", expect=1)

    # --- shards and merge

    def test_shards_make_the_same_bytes(self):
        suite = self.suite(count=8)
        self.run_suite(suite)
        whole = self.read("out", "merged.json")
        for count in (2, 3, 7):
            out = f"of{count}"
            ran = 0
            for i in range(1, count + 1):
                self.run_suite(suite, "--shard", f"{i}/{count}", out=out)
                ran += len(self.results(os.path.join(out, f"shard-{i}-of-{count}")))
            self.assertEqual(ran, 8)
            done = jianheng("suite", "merge", self.path(out), "--out", self.path("m"), *DAY)
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertEqual(self.read("m", "merged.json"), whole)
            self.assertEqual(self.read("m", "junit.xml"), self.read("out", "junit.xml"))
            self.assertEqual(self.read("m", "summary.md"), self.read("out", "summary.md"))

    def test_merge_finds_gaps_duplicates_and_damage(self):
        suite = self.suite(count=6)
        for i in (1, 2):
            self.run_suite(suite, "--shard", f"{i}/2")
        one, two = self.path("out", "shard-1-of-2"), self.path("out", "shard-2-of-2")
        merge = lambda *inputs: jianheng("suite", "merge", *inputs, "--out", self.path("m"), *DAY)
        done = merge(one)
        self.assertEqual(done.returncode, 4, done.stdout)
        self.assertIn(": missing", done.stdout)
        self.assertEqual(merge(one, "--partial").returncode, 0)
        done = merge(one, two, os.path.join(one, "merged.json"))
        self.assertEqual(done.returncode, 0)
        self.assertIn("again, with the same result", done.stderr)
        # Files that merge wrote are merged as well.
        whole = self.read("m", "merged.json")
        self.assertEqual(merge(os.path.join(two, "merged.json"), os.path.join(one, "merged.json")).returncode, 0)
        self.assertEqual(self.read("m", "merged.json"), whole)

        victim = self.results("out/shard-1-of-2")[0]
        with open(victim) as f:
            text = f.read()
        with open(victim, "w") as f:
            f.write(text.replace('"pass"', '"fail"', 1))
        done = merge(one, two)
        self.assertEqual(done.returncode, 2)
        self.assertIn(victim, done.stderr)
        # The damaged one, and only that, is made anew.
        done = self.run_suite(suite, "--shard", "1/2", "--resume")
        self.assertIn(victim, done.stderr)
        self.assertEqual(merge(one, two).returncode, 0)
        self.assertEqual(self.read("m", "merged.json"), whole)

        other = text.replace('"version": "', '"version": "9')
        with open(victim, "w") as f:
            f.write(other)
        self.assertEqual(merge(one, two).returncode, 2)

    def test_two_versions_are_refused(self):
        self.run_suite(self.suite(count=1))
        plan = self.read("out", "plan.json").decode()
        os.mkdir(self.path("old"))
        self.file("old/plan.json", plan.replace('"version": "', '"version": "9'))
        done = jianheng("suite", "merge", self.path("out"), self.path("old"), "--out", self.path("m"))
        self.assertEqual(done.returncode, 2)
        self.assertRegex(done.stderr, r"two program versions: .*out is of jianheng \d.*old of jianheng 9\d")
        self.assertFalse(os.path.exists(self.path("m")))

    def test_batch_systems_choose_the_shard(self):
        suite = self.suite(count=6)
        for env, shard in [({"SLURM_ARRAY_TASK_ID": "1", "SLURM_ARRAY_TASK_COUNT": "3",
                             "SLURM_ARRAY_TASK_MIN": "0"}, "2-of-3"),
                           ({"JOB_COMPLETION_INDEX": "0", "JOB_COMPLETIONS": "3"}, "1-of-3"),
                           ({"CI_NODE_INDEX": "3", "CI_NODE_TOTAL": "3"}, "3-of-3"),
                           ({"TEST_SHARD_INDEX": "1", "TEST_TOTAL_SHARDS": "2",
                             "TEST_SHARD_STATUS_FILE": self.path("touched")}, "2-of-2")]:
            done = self.run_suite(suite, env=env)
            self.assertIn("shard " + shard.replace("-of-", "/"), done.stderr)
            self.assertTrue(os.path.exists(self.path("out", "shard-" + shard, "merged.json")))
        self.assertTrue(os.path.exists(self.path("touched")))
        env = {"CI_NODE_INDEX": "5", "CI_NODE_TOTAL": "4"}
        self.assertIn("shard 5/4", self.run_suite(suite, env=env, expect=2).stderr)
        self.run_suite(suite, "--shard", "1/1", env=env, out="all")  # the line's word counts
        done = jianheng("suite", "plan", suite, "--shards", "3")
        self.assertEqual(len(done.stdout.splitlines()), 6)
        self.assertRegex(done.stdout, r"(?m)^[123]/3  verifications/30t-jjg539-initial@seed1$")

    # --- interruptions

    def start(self, *arguments, **more):
        return subprocess.Popen([PROGRAM, "suite", *arguments, "--out", self.path("out"), "--quiet", *DAY],
                                stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, env=CLEAN, **more)

    def until(self, condition):
        deadline = time.monotonic() + 120
        while not condition():
            self.assertLess(time.monotonic(), deadline)
            time.sleep(0.005)

    def children(self, process):
        try:
            with open(f"/proc/{process.pid}/task/{process.pid}/children") as f:
                return [int(p) for p in f.read().split()]
        except OSError:
            return []

    def test_a_killed_suite_goes_on_and_repeats_nothing(self):
        suite = self.suite(count=6)
        self.run_suite(suite, out="whole")
        for finished in (1, 3, 5):
            process = self.start(suite, "-j", "2", "--resume")
            self.until(lambda: len(self.results()) >= finished)
            process.kill()
            process.communicate()
        before = {f: os.stat(f).st_mtime_ns for f in self.results() if f.endswith(".json")}
        self.assertTrue(before)
        self.run_suite(suite, "--resume")
        for file, when in before.items():
            self.assertEqual(os.stat(file).st_mtime_ns, when)
        self.assertEqual(self.read("out", "merged.json"), self.read("whole", "merged.json"))
        self.assertEqual(self.read("out", "junit.xml"), self.read("whole", "junit.xml"))
        self.assertFalse([f for f in self.results() if f.endswith(".part")])

    def test_ctrl_c_is_130_and_leaves_no_process(self):
        suite = self.suite(count=20)
        process = self.start(suite, "-j", "2", start_new_session=True)
        self.until(lambda: self.results() and len(self.children(process)) == 2)
        children = self.children(process)
        os.killpg(process.pid, signal.SIGINT)  # as a terminal does, to all of them
        _, told = process.communicate(timeout=60)
        self.assertEqual(process.returncode, 130)
        self.assertIn("--resume", told)
        for child in children:
            self.assertRaises(ProcessLookupError, os.kill, child, 0)
        for file in self.results():
            with open(file) as f:
                self.assertEqual(json.load(f)["attempts"][0]["verdict"], "pass")

    def test_a_crash_is_an_error_that_can_be_retried(self):
        suite = self.suite(count=3)
        process = self.start(suite, "-j", "1")
        self.until(lambda: self.children(process))
        os.kill(self.children(process)[0], signal.SIGSEGV)
        process.communicate()
        self.assertEqual(process.returncode, 3)
        self.assertIn("ended by signal 11 (Segmentation fault)", self.read("out", "summary.md").decode())
        self.assertEqual(junit_reader.counts(self.path("out", "junit.xml")), (19, 0, 1, 0))
        self.run_suite(suite, "--resume", expect=3)  # a result is a result
        self.run_suite(suite, "--retry-failed")
        retried = [r for r in self.json("out", "merged.json")["results"] if len(r["attempts"]) > 1]
        self.assertEqual(len(retried), 1)
        self.assertEqual([a["verdict"] for a in retried[0]["attempts"]], ["error", "pass"])
        self.assertEqual(junit_reader.problems(self.path("out", "junit.xml")), "")
        self.assertIn("attempt 1", self.read("out", "junit.xml").decode())

    def test_a_full_disk_leaves_no_half_result(self):
        suite = self.suite(count=3)
        limit = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))
        done = self.run_suite(suite, expect=3, preexec_fn=limit)
        self.assertIn("results/verifications", done.stderr)
        self.assertEqual(self.results(), [])
        self.run_suite(suite, "--resume")
        self.assertEqual(len(self.results()), 3)

    @unittest.skipIf(os.geteuid() != 0, "only root can mount a disk")
    def test_a_disk_that_fills_up_keeps_what_fits(self):
        suite, small = self.suite(count=4), self.path("small")
        os.mkdir(small)
        if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=28k", "tmpfs", small], capture_output=True).returncode:
            self.skipTest("this container may not mount")
        try:
            self.assertIn("No space left on device", self.run_suite(suite, out="small/out", expect=3).stderr)
            for file in self.results("small/out"):
                with open(file) as f:
                    self.assertEqual(json.load(f)["attempts"][0]["verdict"], "pass")
            subprocess.run(["mount", "-o", "remount,size=4m", small], check=True)
            self.run_suite(suite, "--resume", out="small/out")
            self.run_suite(suite)
            self.assertEqual(self.read("small", "out", "merged.json"), self.read("out", "merged.json"))
        finally:
            subprocess.run(["umount", small], check=True)

    def test_a_folder_belongs_to_one_run(self):
        suite = self.suite(count=30)
        process = self.start(suite)
        self.until(lambda: os.path.exists(self.path("out", "plan.json")))
        self.assertIn("another run", self.run_suite(suite, "--resume", expect=3).stderr)
        process.kill()
        process.communicate()
        self.assertIn("--restart", self.run_suite(self.suite(count=1), expect=2).stderr)
        self.run_suite(self.suite(count=1), "--restart")
        self.assertEqual(len(self.results()), 1)

    # --- baseline, trend

    def test_baseline_and_trend(self):
        suite = self.suite(count=2)
        db, base = self.path("t.db"), self.path("b.json")
        self.run_suite(suite, "--write-baseline", base, "--trend", db)
        self.run_suite(suite, "--resume", "--baseline", base, "--trend", db)
        self.assertIn("## Trend", self.read("out", "summary.md").decode())
        self.assertEqual(junit_reader.counts(self.path("out", "junit.xml")), (20, 0, 0, 0))
        baseline = self.json("b.json")
        held = baseline["scenarios"]["verifications/30t-jjg539-initial@seed1"]
        held["numbers_kg"]["weighing/up Max"] = "1000"
        self.file("moved.json", json.dumps(baseline))
        done = self.run_suite(suite, "--resume", "--baseline", self.path("moved.json"), expect=1)
        self.assertIn("weighing/up Max: 1000 kg -> ", done.stdout)
        held["scale"] = "Max 60000 kg, e 20 kg, 6 cells"
        self.file("other.json", json.dumps(baseline))
        done = self.run_suite(suite, "--resume", "--baseline", self.path("other.json"), expect=2)
        self.assertIn("baseline of another scale: it is of Max 60000 kg", done.stderr)
        done = jianheng("suite", "merge", self.path("out"), "--out", self.path("m"), "--baseline",
                        self.path("other.json"))
        self.assertEqual(done.returncode, 2)

    # --- bad input

    def test_bad_input_starts_nothing(self):
        suite = self.suite()
        for arguments, word in [([suite, "--shard", "5/4"], "shard 5/4"), ([suite, "--name", "x"], "leave none of 4"),
                                ([suite, "--date", "tomorrow"], "--date"), ([suite, "--baseline", "none"], "none"),
                                ([self.path("none.yaml")], "no such file"), ([suite, "-j", "0"], "--jobs"),
                                ([self.file("e.yaml", "jianheng: suite\ntitle: T\nscenarios: []\n")],
                                 "e.yaml:3:12: scenarios: the suite names no scenario"),
                                ([self.file("n.yaml", "jianheng: suite\ntitle: T\n")], "scenarios: is missing"),
                                ([self.suite("  - {scenario: verifications/30t-jjg539-initial.yaml}\n", name="d.yaml")],
                                 "two scenarios with one id"),
                                ([suite, "--restart", "--resume"], "excludes"), ([], "SUITE")]:
            done = self.run_suite(*arguments, expect=2)
            self.assertIn(word, done.stderr)
            self.assertFalse(os.path.exists(self.path("out")))
        self.assertEqual(jianheng("suite", "merge", self.path("none"), "--out", self.path("m")).returncode, 2)
        self.assertEqual(jianheng("suite", "merge", self.at, "--out", self.path("m")).returncode, 2)

    def test_check_plan_and_help(self):
        self.assertEqual(jianheng("check", "suites/smoke.yaml").returncode, 0)
        quarantine = self.file("q.yaml", "jianheng: quarantine\nentries: [{scenario: a, reason: b, until: c}]\n")
        self.assertEqual(jianheng("check", quarantine).returncode, 2)
        plan = json.loads(jianheng("suite", "plan", "suites/smoke.yaml", "--json").stdout)
        self.assertTrue(all("smoke" in s["tags"] for s in plan["scenarios"]))
        self.assertEqual(len(jianheng("suite", "plan", "suites/smoke.yaml", "--tag", "fault").stdout.splitlines()), 1)
        for command in (["suite"], ["suite", "plan"], ["suite", "merge"]):
            done = jianheng(*command, "--help")
            self.assertEqual(done.returncode, 0)
            self.assertIn("Example", done.stdout)

    # --- the pipelines of docs/use-in-ci.md, each script with the variables of its server

    def script(self, lines, **env):
        done = subprocess.run(["bash", "-e", "-o", "pipefail", "-c", lines], cwd=self.at, capture_output=True,
                              text=True, timeout=600,
                              env={**CLEAN, "JIANHENG": PROGRAM, "SUITE": "suites/smoke.yaml", **env})
        self.assertEqual(done.returncode, 0, lines + done.stdout + done.stderr)

    def pipeline(self, name):
        with open(os.path.join(SOURCE, "docs/ci", name)) as f:
            return yaml.safe_load(f)

    def check_pipeline(self):
        self.assertEqual(junit_reader.problems(self.path("suite", "junit.xml")), "")
        self.assertIn("# Smoke", self.read("suite", "summary.md").decode())
        self.assertEqual(self.json("suite", "merged.json")["missing"], [])

    def test_the_gitlab_pipeline_runs(self):
        jobs = self.pipeline("gitlab-ci.yml")
        total = jobs["verify"]["parallel"]
        for i in range(total):
            self.script("\n".join(jobs["verify"]["script"]), CI_NODE_INDEX=str(i + 1), CI_NODE_TOTAL=str(total))
        self.script("\n".join(jobs["report"]["script"]))
        self.check_pipeline()

    def test_the_github_workflow_runs(self):
        jobs = self.pipeline("github-actions.yml")["jobs"]
        shards = jobs["verify"]["strategy"]["matrix"]["shard"]
        ours = lambda job: [s["run"] for s in job["steps"] if "run" in s and s["name"] != "build"]
        for line in ours(jobs["verify"]):
            self.assertIn(f"/{len(shards)} ", line)
            for shard in shards:
                self.script(line.replace("${{ matrix.shard }}", str(shard)))
        for line in ours(jobs["report"]):
            self.script(line, GITHUB_STEP_SUMMARY=self.path("step.md"))
        self.assertIn("# Smoke", self.read("step.md").decode())
        self.check_pipeline()


class Reader(unittest.TestCase):
    def test_the_schema_refuses_what_consumers_do(self):
        right = ('<testsuites><testsuite name="a" tests="1" failures="0" errors="0"><testcase name="b" time="1.5">'
                 '</testcase></testsuite></testsuites>')
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "j.xml")
            for text, valid in [(right, True), (right.replace(' tests="1"', ""), False),
                                (right.replace('name="b" ', ""), False), (right.replace("1.5", "1.5 s"), False),
                                (right.replace("</testcase>", "<properties/></testcase>"), False),
                                (right.replace("</testcase>", ""), False)]:
                with open(path, "w") as f:
                    f.write(text)
                self.assertEqual(junit_reader.problems(path) == "", valid, text)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=1)
