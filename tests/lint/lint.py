#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Format, licence lines, architecture and clang-tidy over the whole tree.

  python3 tests/lint/lint.py BUILD_FOLDER [--deep]

--deep looks at the tests with clang-tidy too, with the checks that are slow over the standard library's
headers, and adds clang's path-sensitive analyzer, which takes longer than all the rest.
Sources of one folder are looked at together, which reads the headers they share once; where they
do not go together, or anything is found, each is looked at by itself.
clang-tidy looks at a source again only when it, a header it includes, its compile command or the
rules have changed: clean results are remembered in BUILD_FOLDER/../lint. The list of included
headers is ninja's, so the build must be up to date.
"""

import concurrent.futures
import hashlib
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
JOBS = 2
TOGETHER = 8
# memset_s, which one check asks for, is not in glibc.
DEEP = ("--checks=clang-analyzer-*,"
        "-clang-analyzer-security.insecureAPI.DeprecatedOrUnsafeBufferHandling")
SLOW = ("bugprone-reserved-identifier", "bugprone-stringview-nullptr", "modernize-use-using",
        "bugprone-suspicious-string-compare", "bugprone-infinite-loop", "bugprone-assert-side-effect",
        "bugprone-multiple-statement-macro", "bugprone-suspicious-semicolon", "bugprone-unused-raii",
        "bugprone-sizeof-expression")
QUICK = "--checks=" + ",".join("-" + name for name in SLOW)
CODE = {".h", ".cpp", ".c"}
LICENSED = CODE | {".py", ".cmake", ".sh", ".yaml"}
LICENCE = b"SPDX-License-Identifier: GPL-3.0-or-later"


def output(*command: str) -> str:
    return subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout


def source_files() -> list[pathlib.Path]:
    """Tracked and new files, without what git ignores."""
    names = output("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard").split("\0")
    return sorted(ROOT / name for name in names if name and (ROOT / name).is_file())


def check_format(files: list[pathlib.Path]) -> bool:
    code = [str(f.relative_to(ROOT)) for f in files if f.suffix in CODE]
    run = subprocess.run(["clang-format", "--dry-run", "-Werror", *code], cwd=ROOT, capture_output=True, text=True)
    for name in sorted({line.split(":", 1)[0] for line in run.stderr.splitlines() if ": error:" in line}):
        print(f"{name}: not as clang-format -i leaves it")
    return run.returncode == 0


def check_licence(files: list[pathlib.Path]) -> bool:
    bare = [f for f in files
            if (f.suffix in LICENSED or f.name in ("CMakeLists.txt", "dev"))
            and LICENCE not in f.read_bytes()[:400]]
    for file in bare:
        print(f"{file.relative_to(ROOT)}: no line '{LICENCE.decode()}'")
    return not bare


def check_architecture() -> bool:
    return subprocess.run(["cmake", f"-DROOT={ROOT}", "-P", "tests/architecture.cmake"], cwd=ROOT).returncode == 0


def included_headers(build: pathlib.Path) -> dict[str, list[str]]:
    """Our own files that each object was made of, by object."""
    deps: dict[str, list[str]] = {}
    current: list[str] = []
    for line in output("ninja", "-C", str(build), "-t", "deps").splitlines():
        if line.startswith("    "):
            path = os.path.normpath(build / line.strip())
            if path.startswith(str(ROOT)):
                current.append(path)
        elif ": #deps" in line:
            current = deps.setdefault(line.split(":", 1)[0], [])
    return deps


def file_hash(path: str, known: dict[str, str] = {}) -> str:
    if path not in known:
        known[path] = hashlib.sha256(pathlib.Path(path).read_bytes()).hexdigest()
    return known[path]


def key_of(entry: dict, headers: list[str], checks: str) -> str:
    rules = sorted(str(p) for p in [ROOT / ".clang-tidy", *ROOT.glob("*/.clang-tidy")] if p.exists())
    parts = [entry["command"], checks, *(file_hash(f) for f in [*rules, *sorted({entry["file"], *headers})])]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def tidy(entry: dict, build: pathlib.Path, checks: str, *options: str) -> str:
    """What clang-tidy has to say; empty when nothing."""
    # Headers of the C code have their own spelling and no 'using': looked at through C sources.
    filter_C = ["--header-filter=/firmware-bridge/"] if entry["file"].endswith(".c") else []
    run = subprocess.run(["clang-tidy", "--quiet", "-p", str(build), *filter_C, checks, *options, entry["file"]], cwd=ROOT,
                         capture_output=True, text=True)
    return "" if run.returncode == 0 else run.stdout + run.stderr


def groups(entries: list[dict]) -> list[list[dict]]:
    """Entries of one folder with the same flags, a few at a time."""
    alike: dict[tuple[str, str], list[dict]] = {}
    for entry in entries:
        flags = entry["command"].split(" -o ", 1)[0]
        alike.setdefault((os.path.dirname(entry["file"]), flags), []).append(entry)
    return [same[i:i + TOGETHER] for same in alike.values() for i in range(0, len(same), TOGETHER)]


def found_together(group: list[dict], checks: str) -> bool:
    """Whether clang-tidy has anything to say about these, or cannot read them as one source."""
    with tempfile.TemporaryDirectory() as folder:
        one = pathlib.Path(folder) / "together.cpp"
        one.write_text("".join(f'#include "{e["file"]}"\n' for e in group))
        command = group[0]["command"].split(" -o ", 1)[0] + f" -c {one}"
        (one.parent / "compile_commands.json").write_text(
            json.dumps([{"directory": group[0]["directory"], "command": command, "file": str(one)}]))
        included = f"{checks},-bugprone-suspicious-include"
        return tidy({"file": str(one)}, one.parent, included, f"--config-file={ROOT / '.clang-tidy'}") != ""


def tidy_group(group: list[dict], build: pathlib.Path, checks: str) -> list[str]:
    """What there is to say of each of these."""
    together = len(group) > 1 and group[0]["file"].endswith(".cpp")
    if together and not found_together(group, checks):
        return ["" for _ in group]
    if together and len(group) > 2:
        half = len(group) // 2
        return tidy_group(group[:half], build, checks) + tidy_group(group[half:], build, checks)
    return [tidy(entry, build, checks) for entry in group]


def check_tidy(build: pathlib.Path, deep: bool) -> bool:
    checks = DEEP if deep else QUICK
    cache = build.parent / "lint"
    cache.mkdir(exist_ok=True)
    deps = included_headers(build)
    entries = [e for e in json.loads((build / "compile_commands.json").read_text())
               if e["file"].startswith(str(ROOT)) and not e["file"].startswith(str(build))]
    for entry in entries:  # the compiler's own precompiled header
        entry["command"] = re.sub(r" -Winvalid-pch -include \S+cmake_pch\.hxx", "", entry["command"])
    (cache / "compile_commands.json").write_text(json.dumps(entries))
    if not deep:
        tests = str(ROOT / "tests") + os.sep
        entries = [e for e in entries if not e["file"].startswith(tests)]
    keys = {}
    for entry in entries:
        headers = deps.get(entry["command"].split(" -o ", 1)[1].split(" ", 1)[0])
        keys[entry["command"]] = key_of(entry, headers, checks) if headers else ""
    todo = [e for e in entries if not keys[e["command"]] or not (cache / keys[e["command"]]).exists()]
    print(f"clang-tidy: {len(todo)} of {len(entries)} sources to look at")
    clean = True
    with concurrent.futures.ThreadPoolExecutor(JOBS) as pool:
        work = groups(todo)
        for group, said_of in zip(work, pool.map(lambda g: tidy_group(g, cache, checks), work)):
            for entry, said in zip(group, said_of):
                if said:
                    print(said, end="")
                    clean = False
                elif keys[entry["command"]]:
                    (cache / keys[entry["command"]]).touch()
    return clean


def main() -> int:
    build = pathlib.Path(sys.argv[1]).resolve()
    deep = "--deep" in sys.argv[2:]
    files = source_files()
    checks = {"format": lambda: check_format(files), "licence lines": lambda: check_licence(files),
              "architecture": check_architecture, "clang-tidy": lambda: check_tidy(build, deep)}
    broken = [name for name, check in checks.items() if not check()]
    print("lint: " + ("clean" if not broken else "NOT clean: " + ", ".join(broken)))
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
