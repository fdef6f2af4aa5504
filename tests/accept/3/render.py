# SPDX-License-Identifier: GPL-3.0-or-later
"""Renders a Markdown file with its pictures: HTML, then one PNG for each printed page.

  python3 render.py FILE.md FOLDER
"""

import pathlib
import re
import subprocess
import sys

import markdown

STYLE = """
@page { size: A4; margin: 12mm }
body { font: 9pt/1.35 'Noto Sans CJK SC', 'DejaVu Sans', sans-serif }
table { border-collapse: collapse; margin: 0.6em 0 }
th, td { border: 1px solid #aaa; padding: 1px 5px; vertical-align: top }
tr, img { break-inside: avoid }
h2, h3 { break-after: avoid }
img { width: 100% }
"""


def main() -> int:
    source, folder = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    text = source.read_text(encoding="utf-8")
    body = markdown.markdown(text, extensions=["tables"])
    pictures = [source.parent / name for name in re.findall(r'<img [^>]*src="([^"]+)"', body)]
    absent = [picture for picture in pictures if not picture.is_file()]
    page = source.with_suffix(".html")
    page.write_text(f'<!doctype html><meta charset="utf-8"><style>{STYLE}</style>{body}', encoding="utf-8")
    pdf = folder / "report.pdf"
    # As root in a container Chromium has no sandbox of its own.
    subprocess.run(["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
                    f"--print-to-pdf={pdf}", page.as_uri()], check=True, capture_output=True, timeout=300)
    subprocess.run(["pdftoppm", "-png", "-r", "80", str(pdf), str(folder / "page")], check=True)
    pages = sorted(folder.glob("page-*.png"))
    # A blank page of this size takes some 2 kB.
    blank = [page.name for page in pages if page.stat().st_size < 5000]
    print(f"{body.count('<table>')} tables, {len(pictures)} pictures, {len(absent)} of them missing; "
          f"{len(pages)} pages, {len(blank)} blank")
    return 0 if pages and pictures and not absent and not blank else 1


if __name__ == "__main__":
    sys.exit(main())
