#!/usr/bin/env python3
"""Compare what gangmu writes with what it wrote when somebody last looked.

usage: run.py [--gangmu PROGRAM] [--renew] [CASE...]

cases/NAME.case says what to run, "key: value" a line:
    input:    a file, from the top of the repository
    args:     more arguments (optional)
    formats:  output formats, or "all": every one of --list-formats
    except:   formats to leave out of "all" (optional)
The expected outputs are cases/NAME/FORMAT. --renew writes them anew, and removes those that no case asks for; look at
the difference before you commit it.
"""
import argparse, difflib, os, re, shlex, subprocess, sys

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
CASES = os.path.join(HERE, "cases")

def read_case(name):
    with open(os.path.join(CASES, name + ".case"), encoding="utf-8") as f:
        rows = dict(re.match(r"(input|args|formats|except):\s*(.*)", line).groups() for line in f if line.strip())
    return rows["input"], shlex.split(rows.get("args", "")), rows["formats"].split(), rows.get("except", "").split()

def all_formats(gangmu):
    text = subprocess.run([gangmu, "--list-formats"], stdout=subprocess.PIPE, check=True, env={"LC_ALL": "C"}).stdout.decode()
    return re.findall(r"^  (\S+)", text.split("Output formats")[1], re.M)

def run(gangmu, args, fmt, file):
    p = subprocess.run([gangmu, *args, "-t", fmt, file], stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT)
    if p.returncode or p.stderr:
        sys.exit(f"{file} as {fmt}: exit {p.returncode}: {p.stderr.decode(errors='replace')}")
    return p.stdout

def show(expected, got, path):
    lines = lambda b: b.decode("utf-8", errors="replace").splitlines()
    for line in list(difflib.unified_diff(lines(expected), lines(got), path, "now", lineterm="", n=1))[:20]:
        print(line[:240])

def one(gangmu, name, renew):
    file, args, formats, leave_out = read_case(name)
    if formats == ["all"]:
        formats = [f for f in all_formats(gangmu) if f not in leave_out]
    folder, bad = os.path.join(CASES, name), 0
    if renew:
        os.makedirs(folder, exist_ok=True)
    for stale in set(os.listdir(folder) if os.path.isdir(folder) else []) - set(formats):
        if renew:
            os.remove(os.path.join(folder, stale))
        else:
            print(f"{name}/{stale}: no such output is asked for")
            bad += 1
    for fmt in formats:
        path, got = os.path.join(folder, fmt), run(gangmu, args, fmt, file)
        expected = open(path, "rb").read() if os.path.exists(path) else None
        if expected == got:
            continue
        if renew:
            with open(path, "wb") as f:
                f.write(got)
            print(f"renewed {name}/{fmt}")
            continue
        bad += 1
        if expected is None:
            print(f"{name}/{fmt}: nothing to compare with; run.py --renew {name}")
        else:
            show(expected, got, f"{name}/{fmt}")
    return bad

def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--gangmu", default=os.path.join(ROOT, "build/release/gangmu"))
    parser.add_argument("--renew", action="store_true")
    parser.add_argument("cases", nargs="*")
    args = parser.parse_args()
    names = args.cases or sorted(n[:-5] for n in os.listdir(CASES) if n.endswith(".case"))
    bad = sum(one(os.path.abspath(args.gangmu), name, args.renew) for name in names)
    if bad:
        sys.exit(f"{bad} outputs differ; if they should, run tests/golden/run.py --renew and look at git diff")

main()
