#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The JSON Schema for editors accepts every shipped scenario and refuses typical mistakes.

Usage: schema_test.py SCHEMA SCENARIOS"""
import copy
import json
import pathlib
import sys

import jsonschema
import yaml



class Loader(yaml.SafeLoader):
    """A date is text, as in YAML 1.2 and for the program."""


Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def read(file: pathlib.Path):
    return yaml.load(file.read_text(encoding="utf-8"), Loader)


schema = json.loads(pathlib.Path(sys.argv[1]).read_text(encoding="utf-8"))
folder = pathlib.Path(sys.argv[2])
jsonschema.Draft202012Validator.check_schema(schema)
validator = jsonschema.Draft202012Validator(schema)

failures = 0
files = sorted((folder / "verifications").glob("*.yaml"))
for file in files:
    for error in validator.iter_errors(read(file)):
        print(f"{file}: {error.json_path}: {error.message}")
        failures += 1

# A schema that accepts everything would pass so far.
right = read(folder / "verifications/100t-sick-1-cell-2l.yaml")
faults = read(folder / "faults/catalogue.yaml")["faults"]
for fault in faults:
    if not fault.get("available", True):
        continue
    for item in ({"fault": fault["id"]}, {"kind": fault["kind"], **fault["typical"]},
                 {"fault": fault["id"], **fault["typical"]}):
        mutant = copy.deepcopy(right)
        mutant["faults"] = [item]
        for error in validator.iter_errors(mutant):
            print(f"{item}: {error.json_path}: {error.message}")
            failures += 1

wrong = [
    ("sede", 1),
    ("seed", "1"),
    ("jianheng", "scale"),
    ("faults", [{"kind": "cell_sensitivity", "cell": "2L", "change": "0.3"}]),
    ("faults", [{"kind": "span_drift", "cell": "2L", "change": "0.3 %"}]),
    ("faults", [{"kind": "cell_sensitivty", "cell": "2L", "change": "0.3 %"}]),
    ("faults", [{"kind": "deck_contact", "x": "9 m", "y": "0 m"}]),
    ("faults", [{"kind": "rain", "rate": "20 mm/h", "from": "noon"}]),
    ("faults", [{"gap": "3 mm"}]),
    ("expect", {"verdict": "fail", "failing_tests": ["eccentricty"]}),
    ("settings", {"conversion_rate": "20 Hz"}),
]
for key, value in wrong:
    mutant = copy.deepcopy(right)
    mutant[key] = value
    if validator.is_valid(mutant):
        print(f"accepted: {key}: {value}")
        failures += 1

print(f"{len(files)} scenarios, {len(wrong)} mistakes, {failures} failures")
sys.exit(1 if failures or not files else 0)
