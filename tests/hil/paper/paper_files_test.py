#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pages and forms are well-formed, load nothing from anywhere, and speak one language.

Usage: paper_files_test.py PAPER_SAMPLES"""
import pathlib
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree

# Words of three letters and more that a Chinese page may hold: symbols, units, names.
NAMES = {"Max", "Min", "mpe", "min", "hPa", "JJG", "OIML", "EURAMET", "CLC", "III", "Pmax", "Pmin", "jianheng", "Jianheng", "LC",
         # name of the indicator and what the bench was made to say
         "reference", "indicator", "wait", "was", "made", "fail", "adjustment"}
failures = []


def check(condition, text):
    if not condition:
        failures.append(text)


def texts(element):
    """What a reader reads; attributes that are shown count."""
    if element.tag in ("style", "script", "code"):
        return
    yield element.text or ""
    yield element.get("title") or ""
    for child in element:
        yield from texts(child)
        yield child.tail or ""


def english_words(text):
    return [word for word in re.findall(r"[A-Za-z]{3,}", text) if word not in NAMES]


def check_page(name, text):
    try:
        root = ElementTree.fromstring(text)
    except ElementTree.ParseError as error:
        check(False, f"{name}: not well-formed: {error}")
        return
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    check(len(ids) == len(set(ids)), f"{name}: an id stands twice")
    for element in root.iter():
        for key, value in element.attrib.items():
            if key == "href" and value.startswith("#"):
                check(value[1:] in ids, f"{name}: {value} leads nowhere")
            elif key in ("href", "src"):
                check(value == "data:,", f"{name}: loads {value}")
    for used in re.findall(r"url\((?!#)[^)]*\)|@import", text):
        check(False, f"{name}: loads {used}")
    for used in re.findall(r"url\(#([^)]+)\)", text):
        check(used in ids, f"{name}: no pattern {used}")
    # A commit's name may hold letters in a row.
    read = re.sub(r"\b[0-9a-f]{7,40}\b", "", " ".join(texts(root)))
    if "-zh-" in name:
        check(not english_words(read), f"{name}: English words {sorted(set(english_words(read)))}")
        check(root.get("lang") == "zh-CN", f"{name}: lang {root.get('lang')}")
    else:
        check(not re.search(r"[\u4e00-\u9fff]", read), f"{name}: Chinese in an English page")
        check(root.get("lang") == "en", f"{name}: lang {root.get('lang')}")


# The test itself must see a foreign word.
assert english_words("检定 the Max 20 kg verdict") == ["the", "verdict"]

with tempfile.TemporaryDirectory() as folder:
    subprocess.run([sys.argv[1], folder], check=True)
    pages = sorted(pathlib.Path(folder).glob("*.html"))
    for page in pages:
        check_page(page.name, page.read_text(encoding="utf-8"))
    check(len(pages) == 54, f"{len(pages)} pages")

print("\n".join(failures))
print(f"{len(pages)} pages, {len(failures)} failures")
sys.exit(1 if failures else 0)
