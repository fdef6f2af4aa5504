#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The pictures in docs/read-a-report are those that report_pictures draws.

Usage: report_pictures_test.py REPORT_PICTURES FOLDER"""
import pathlib
import subprocess
import sys
import tempfile

program, folder = sys.argv[1], pathlib.Path(sys.argv[2])
with tempfile.TemporaryDirectory() as drawn:
    subprocess.run([program, drawn], check=True)
    now = {file.name: file.read_bytes() for file in pathlib.Path(drawn).iterdir()}
stored = {file.name: file.read_bytes() for file in folder.iterdir()}
old = sorted(name for name in now.keys() | stored.keys() if now.get(name) != stored.get(name))
for name in old:
    print(f"{name} is not what is drawn today; draw it anew: {program} {folder}, and look at it")
print(f"{len(now)} pictures, {len(old)} differ")
sys.exit(1 if old else 0)
