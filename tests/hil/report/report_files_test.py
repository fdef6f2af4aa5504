#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Records keep to their schema at every moment; JUnit files are XML and count right.

Usage: report_files_test.py REPORT_SAMPLES SCHEMA"""
import copy
import json
import pathlib
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree

import jsonschema

VERDICTS = ["pass", "fail", "error", "invalid", "interrupted"]
failures = []


def check(condition, text):
    if not condition:
        failures.append(text)


def mutants(record):
    """Mistakes that a schema must see."""
    measurement = record["tests"][1]["measurements"][0]
    for change in (
        lambda r, m: r.update(verdict="passed"),
        lambda r, m: r.update(build_type="Release"),
        lambda r, m: r.pop("state_hashes"),
        lambda r, m: r["state_hashes"].append("xyz"),
        lambda r, m: r["steps"].append(["settle", 1]),
        lambda r, m: r["scale"].update(max_kg=100000),
        lambda r, m: m.update(value_kg=1.5),
        lambda r, m: m.update(value_kg="1e5"),
        lambda r, m: m.update(truth_kg="0.1 kg"),
        lambda r, m: m.pop("verdict"),
        lambda r, m: m.update(kind="lift"),
        lambda r, m: m.pop("kind"),
        lambda r, m: r["tests"][0].update(end_s="12"),
        lambda r, m: r["tests"][0].update(id="identities"),
        lambda r, m: r["tests"][0].pop("clause"),
        lambda r, m: r["plan"].pop("needs"),
        lambda r, m: r["plan"]["loads"][0].update(load_kg=400),
        lambda r, m: r["plan"]["needs"][0].update(there="yes"),
    ):
        mutant = copy.deepcopy(record)
        change(mutant, mutant["tests"][1]["measurements"][0])
        yield mutant
    assert measurement


def check_junit(file, record):
    suite = ElementTree.parse(file).getroot()
    check(suite.tag == "testsuite", f"{file.name}: {suite.tag}")
    check(suite.get("name") == record["name"] == "a <&\"> b 'c'", f"{file.name}: name {suite.get('name')}")
    cases = suite.findall("testcase")
    check([case.get("name") for case in cases] == [test["id"] for test in record["tests"]],
          f"{file.name}: names of the cases")
    counted = {"failures": 0, "errors": 0, "skipped": 0}
    kind = {"fail": "failure", "not_run": "skipped", "error": "error", "interrupted": "error"}
    for case, test in zip(cases, record["tests"]):
        float(case.get("time"))
        tags = [child.tag for child in case]
        check(tags == ([] if test["verdict"] == "pass" else [kind[test["verdict"]]]),
              f"{file.name}: {test['id']} is {test['verdict']}, shown as {tags}")
        for tag in tags:
            counted[{"failure": "failures", "error": "errors", "skipped": "skipped"}[tag]] += 1
            check(case.find(tag).get("message"), f"{file.name}: {test['id']} has no message")
    check(suite.get("tests") == str(len(cases)), f"{file.name}: tests")
    for key, value in counted.items():
        check(suite.get(key) == str(value), f"{file.name}: {key} {suite.get(key)}, counted {value}")


schema = json.loads(pathlib.Path(sys.argv[2]).read_text(encoding="utf-8"))
validator_class = jsonschema.validators.validator_for(schema)
validator_class.check_schema(schema)
validator = validator_class(schema)

with tempfile.TemporaryDirectory() as name:
    folder = pathlib.Path(name)
    subprocess.run([sys.argv[1], name], check=True)
    moments = 0
    for verdict in VERDICTS:
        for file in sorted(folder.glob(f"{verdict}-moment-*.json")):
            record = json.loads(file.read_text(encoding="utf-8"))
            check(record["verdict"] == "interrupted", f"{file.name}: verdict {record['verdict']}")
            # Early, middle and late: validation of all of them takes its time.
            if moments % 25 == 0:
                for error in validator.iter_errors(record):
                    failures.append(f"{file.name}: {error.json_path}: {error.message}")
            moments += 1
        record = json.loads((folder / f"{verdict}.json").read_text(encoding="utf-8"))
        check(record["verdict"] == verdict, f"{verdict}: {record['verdict']}")
        for error in validator.iter_errors(record):
            failures.append(f"{verdict}: {error.json_path}: {error.message}")
        for i, mutant in enumerate(mutants(record)):
            check(not validator.is_valid(mutant), f"{verdict}: mistake {i} was accepted")
        check_junit(folder / f"{verdict}.xml", record)
    check(not list(folder.glob("*.part")), "a .part file was left")
    check(moments > 100, f"only {moments} moments")

print("\n".join(failures))
print(f"{moments} moments, {len(failures)} failures")
sys.exit(1 if failures else 0)
