#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Prints every form of three records in both languages and looks at what came out.

Usage: reports.py JIANHENG FOLDER, which holds records/office.json, in-use.json, 100t-sick-1-cell-2l.json"""
import hashlib
import pathlib
import re
import subprocess
import sys

JIANHENG, OUT = sys.argv[1], pathlib.Path(sys.argv[2])
# record, form, least and most pages, what must stand in it in Chinese and in English
FORMS = [
    ("office", "record", 3, 3, ["检定记录", "某物流园", "合格"], ["Verification record", "某物流园", "pass"]),
    ("office", "certificate", 2, 2, ["检定证书", "2026-0117", "2027-08-13"], ["Verification certificate", "2027-08-13"]),
    ("office", "r76-2", 10, 12, ["OIML R 76-2", "表 3.1", "超出工作范围"], ["Sheet 3.1", "out of working range"]),
    ("office", "hb44", 3, 3, ["汽车衡检定报告", "集中载荷能力"], ["Vehicle scale test report", "approved"]),
    ("office", "auto", 5, 5, ["检定记录", "检定证书"], ["Verification record", "Verification certificate"]),
    ("100t-sick-1-cell-2l", "record", 3, 3, ["不合格项目", "偏载"], ["Eccentricity", "fail"]),
    ("100t-sick-1-cell-2l", "notice", 2, 2, ["检定结果通知书", "支承点 2L", "+24 kg", "±20 kg"],
     ["Notice of the verification result", "support 2L", "+24 kg"]),
    ("in-use", "notice", 2, 2, ["使用中检查不给出新的有效期"], ["no new period of validity"]),
]
# Head and foot alone have some 90.
LEAST_LETTERS = 125
missed = 0


def check(condition, text):
    global missed
    if not condition:
        print("MISSED:", text)
        missed += 1


def run(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def printed(record, form, language, name):
    file = OUT / f"{name}.pdf"
    run(JIANHENG, "report", str(OUT / "records" / f"{record}.json"), "--pdf", str(file), "--form", form, "--language", language)
    return file


def look_at(file, least, most, texts):
    pages = int(re.search(r"Pages: +(\d+)", run("pdfinfo", str(file))).group(1))
    check(least <= pages <= most, f"{file.name}: {pages} pages, expected {least} to {most}")
    check("595.2" in run("pdfinfo", str(file)), f"{file.name}: not A4")
    # Letters that are spread out come back with blanks between them.
    text = re.sub(r"\s+", "", run("pdftotext", "-layout", str(file), "-"))
    for wanted in texts:
        check(re.sub(r"\s+", "", wanted) in text, f"{file.name}: no '{wanted}'")
    subprocess.run(["pdftoppm", "-png", "-r", "70", str(file), str(file.with_suffix(""))], check=True)
    pictures = sorted(OUT.glob(file.stem + "-*.png"))
    check(len(pictures) == pages, f"{file.name}: {len(pictures)} pictures of {pages} pages")
    for page in range(1, pages + 1):
        letters = len("".join(run("pdftotext", "-f", str(page), "-l", str(page), str(file), "-").split()))
        check(letters > LEAST_LETTERS, f"{file.name}: page {page} has {letters} letters")
    return pages


pages = 0
for record, form, least, most, chinese, english in FORMS:
    for language, texts in (("zh", chinese), ("en", english)):
        name = f"{record}-{form}-{language}"
        pages += look_at(printed(record, form, language, name), least, most, texts)
sums = {hashlib.sha256(printed("office", "record", "zh", f"again-{i}").read_bytes()).hexdigest() for i in (1, 2)}
check(len(sums) == 1, "the same record gives two different PDFs")

# A certificate for a scale that failed, and a printer that is not there.
refused = subprocess.run([JIANHENG, "report", str(OUT / "records/100t-sick-1-cell-2l.json"), "--pdf", "--form", "certificate"],
                         capture_output=True, text=True)
check(refused.returncode == 2 and "--form notice" in refused.stderr, f"certificate of a fail: {refused}")
absent = subprocess.run([JIANHENG, "report", str(OUT / "records/office.json"), "--pdf"], capture_output=True, text=True,
                        env={"PATH": "/nowhere"})
check(absent.returncode == 3 and "apt-get install weasyprint" in absent.stderr, f"no printer: {absent}")

print(f"{2 * len(FORMS)} forms, {pages} pages as PNG in {OUT.name}, {missed} missed")
sys.exit(missed > 0)
