#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Format, licence lines, architecture and clang-tidy over the whole tree.

  python3 tests/lint/lint.py BUILD_FOLDER [--deep]

--deep looks at the tests with clang-tidy too and adds clang's path-sensitive analyzer, which takes longer
than all the rest.
clang-tidy looks at a source again only when it, a header it includes, its compile command or the
rules have changed: clean results are remembered in BUILD_FOLDER/../lint. The list of included
headers is ninja's, so the build must be up to date.
"""

import concurrent.futures
import hashlib
import json
import os
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
JOBS = 2
# memset_s, which one check asks for, is not in glibc.
DEEP = ("--checks=clang-analyzer-*,"
        "-clang-analyzer-security.insecureAPI.DeprecatedOrUnsafeBufferHandling")
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


def key_of(entry: dict, headers: list[str], extra: list[str]) -> str:
    rules = sorted(str(p) for p in [ROOT / ".clang-tidy", *ROOT.glob("*/.clang-tidy")] if p.exists())
    parts = [entry["command"], *extra, *(file_hash(f) for f in [*rules, *sorted({entry["file"], *headers})])]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def tidy(entry: dict, build: pathlib.Path, extra: list[str]) -> str:
    """What clang-tidy has to say; empty when nothing."""
    # Headers of the C code have their own spelling and no 'using': looked at through C sources.
    filter_C = ["--header-filter=/firmware-bridge/"] if entry["file"].endswith(".c") else []
    run = subprocess.run(["clang-tidy", "--quiet", "-p", str(build), *filter_C, *extra, entry["file"]], cwd=ROOT,
                         capture_output=True, text=True)
    return "" if run.returncode == 0 else run.stdout + run.stderr


def check_tidy(build: pathlib.Path, extra: list[str]) -> bool:
    cache = build.parent / "lint"
    cache.mkdir(exist_ok=True)
    deps = included_headers(build)
    entries = [e for e in json.loads((build / "compile_commands.json").read_text())
               if e["file"].startswith(str(ROOT)) and not e["file"].startswith(str(build))]
    if not extra:
        tests = str(ROOT / "tests") + os.sep
        entries = [e for e in entries if not e["file"].startswith(tests)]
    todo = []
    for entry in entries:
        headers = deps.get(entry["command"].split(" -o ", 1)[1].split(" ", 1)[0])
        key = key_of(entry, headers, extra) if headers else ""
        if not key or not (cache / key).exists():
            todo.append((entry, key))
    print(f"clang-tidy: {len(todo)} of {len(entries)} sources to look at")
    clean = True
    with concurrent.futures.ThreadPoolExecutor(JOBS) as pool:
        for (entry, key), said in zip(todo, pool.map(lambda t: tidy(t[0], build, extra), todo)):
            if said:
                print(said, end="")
                clean = False
            elif key:
                (cache / key).touch()
    return clean


def main() -> int:
    build = pathlib.Path(sys.argv[1]).resolve()
    extra = [DEEP] if "--deep" in sys.argv[2:] else []
    files = source_files()
    checks = {"format": lambda: check_format(files), "licence lines": lambda: check_licence(files),
              "architecture": check_architecture, "clang-tidy": lambda: check_tidy(build, extra)}
    broken = [name for name, check in checks.items() if not check()]
    print("lint: " + ("clean" if not broken else "NOT clean: " + ", ".join(broken)))
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
