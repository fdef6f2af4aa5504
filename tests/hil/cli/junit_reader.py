# SPDX-License-Identifier: GPL-3.0-or-later
"""JUnit files as consumers take them: xmllint with the rules of Jenkins' xUnit plugin (docs/schema/junit.xsd), and
Debian's python3-junitparser, which CI tools use to merge and count."""
import os
import subprocess

import junitparser

SCHEMA = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../docs/schema/junit.xsd")


def problems(path):
    """What xmllint has to say; empty when it is valid."""
    done = subprocess.run(["xmllint", "--noout", "--nonet", "--schema", SCHEMA, path], capture_output=True, text=True)
    return "" if done.returncode == 0 else done.stderr


def counts(path):
    """(cases, failures, errors, skipped) as junitparser counts them by itself."""
    found = [0, 0, 0, 0]
    xml = junitparser.JUnitXml.fromfile(path)
    for suite in xml:
        claimed = (suite.tests, suite.failures, suite.errors, suite.skipped)
        suite.update_statistics()
        counted = (suite.tests, suite.failures, suite.errors, suite.skipped)
        assert claimed == counted, f"{suite.name}: claims {claimed}, holds {counted}"
        found = [a + b for a, b in zip(found, counted)]
    return tuple(found)
