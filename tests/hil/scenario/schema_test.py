#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The JSON Schemas for editors accept all that is shipped and refuse typical mistakes.

Usage: schema_test.py SCHEMAS SCENARIOS"""
import json
import pathlib
import sys

import jsonschema
import yaml

schemas, folder = (pathlib.Path(argument).resolve() for argument in sys.argv[1:3])
failures = 0


def fail(text):
    global failures
    print(text)
    failures += 1


class Loader(yaml.SafeLoader):
    """A date is text, as in YAML 1.2 and for the program."""


Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def from_yaml(file):
    return yaml.load((folder / file).read_text(encoding="utf-8"), Loader)


def validator_of(kind):
    file = schemas / f"{kind}.schema.json"
    schema = json.loads(file.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    # Schemas name each other as neighbours.
    return jsonschema.Draft202012Validator(schema, resolver=jsonschema.RefResolver(file.as_uri(), schema))


def check_shipped(validator, subfolder):
    files = sorted((folder / subfolder).glob("*.yaml"))
    for file in files:
        for error in validator.iter_errors(from_yaml(file)):
            fail(f"{file}: {error.json_path}: {error.message}")
    if not files:
        fail(f"{subfolder}: nothing there")
    return len(files)


def check_refused(validator, right, wrong):
    # A schema that accepts everything would pass so far.
    if not validator.is_valid(right):
        fail("the text that mistakes are put into is wrong itself")
    for key, value in wrong:
        if validator.is_valid(right | {key: value}):
            fail(f"accepted: {key}: {value}")
    return len(wrong)


scenario = validator_of("scenario")
count = check_shipped(scenario, "verifications")
right = from_yaml("verifications/100t-sick-1-cell-2l.yaml")
for fault in from_yaml("faults/catalogue.yaml")["faults"]:
    if not fault.get("available", True):
        continue
    for item in ({"fault": fault["id"]}, {"kind": fault["kind"], **fault["typical"]},
                 {"fault": fault["id"], **fault["typical"]}):
        for error in scenario.iter_errors(right | {"faults": [item]}):
            fail(f"{item}: {error.json_path}: {error.message}")
mistakes = check_refused(scenario, right, [
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
    ("line_faults", [{"kind": "late_replay"}]),
    ("line_faults", [{"kind": "late_reply", "dely": "1 s"}]),
    ("office", {"ownr": "A"}),
    ("office", {"valid_months": "12"}),
])

scene = validator_of("scene")
count += check_shipped(scene, "scenes")
right = from_yaml("scenes/drive-on-49t-leaf.yaml")
truck = right["vehicles"][0]


def driven(**changes):
    return [{**truck, "drive": truck["drive"] | changes}]


for vehicles in (driven(scatter="yes"), driven(heading="against_x"), driven(lateral="-0.1 m"),
                 [{"vehicle": truck["vehicle"], "park": {"front_axle": "15.8 m", "partly_off": "yes"}}]):
    for error in scene.iter_errors(right | {"vehicles": vehicles}):
        fail(f"{vehicles}: {error.json_path}: {error.message}")
mistakes += check_refused(scene, right, [
    ("jianheng", "scenario"),
    ("indicator", "indicators/jh-r1.yaml"),
    ("duration", "60"),
    ("conversion_rate", "20 Hz"),
    ("road", {"edge_stp": "3 mm"}),
    ("vehicles", [truck | {"park": {"front_axle": "15.8 m"}}]),
    ("vehicles", [{"vehicle": truck["vehicle"]}]),
    ("vehicles", driven(stops=[])),
    ("vehicles", driven(speed="5 mph")),
    ("vehicles", driven(deceleration="0.6 m/s")),
    ("vehicles", driven(heading="west")),
    ("weights", [{"mass": "1 t", "at": "8 m", "down": "5 s"}]),
    ("weights", [{"mass": "1 t", "at": {"x": "8 m", "y": "0 m"}}]),
    ("faults", [{"kind": "cell_tilt", "cell": "1L", "offset": "5"}]),
])

suite = validator_of("suite")
count += check_shipped(suite, "suites")
right = from_yaml("suites/smoke.yaml")
entry = right["scenarios"][0]
known = {"scenario": "a@seed1", "reason": "known", "until": "2026-12-31"}
for quarantine in ("quarantine.yaml", {"entries": [known]}):
    for error in suite.iter_errors(right | {"quarantine": quarantine}):
        fail(f"{quarantine}: {error.json_path}: {error.message}")
mistakes += check_refused(suite, right, [
    ("jianheng", "scenario"),
    ("scenarios", []),
    ("scenarios", ["verifications/30t-jjg539-initial.yaml"]),
    ("scenarios", [entry | {"seed": 1}]),
    ("scenarios", [entry | {"seeds": "1-3"}]),
    ("scenarios", [entry | {"seeds": ["1"]}]),
    ("scenarios", [entry | {"label": "a b"}]),
    ("scenarios", [entry | {"with": "sites/windy.yaml"}]),
    ("quarantine", {"entries": [{**known, "until": "tomorrow"}]}),
    ("quarantine", {"entries": [{"scenario": "a@seed1", "until": "2026-12-31"}]}),
    ("baselines", "b.json"),
])

print(f"{count} files, {mistakes} mistakes, {failures} failures")
sys.exit(1 if failures else 0)
