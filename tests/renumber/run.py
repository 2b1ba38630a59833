#!/usr/bin/env python3
"""Renumber each NAME.txt and compare with NAME.out; check what must hold for every text.

usage: run.py GANGMU [--renew]

NAME.args holds more arguments. For each text: the outcome is as written down; renumbering it again changes nothing;
with labels and references cut out not a byte differs; --check and --diff tell the same; patch(1) takes the diff.
"""
import os, re, shutil, subprocess, sys, tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ENV = {**{k: v for k, v in os.environ.items() if not k.startswith("LC_")}, "LC_ALL": "C"}
NUMBER = (r"[〇零一二三四五六七八九十百千壹贰叁肆伍陆柒捌玖拾0-9０-９.．、 　A-Za-zⅠ-ⅻ①-㊿㈠-㈩]+")
# What renumbering may touch: labels at line starts and behind sentence ends, and references.
TOUCHED = re.compile(r"(?m)(?:[第卷]|其)?[ 　]*[（(]?[ 　]*" + NUMBER + r"[）)]?[ 　]*(?:[编篇章节条款项目]|部分|是|要)?")


def run(program, *args):
    done = subprocess.run([program, "renumber", *args], capture_output=True, env=ENV, timeout=60)
    return done.returncode, done.stdout, done.stderr


def cut(text):
    return TOUCHED.sub("", text.decode())


def check(program, name, args, renew):
    source = os.path.join(HERE, name + ".txt")
    expected = os.path.join(HERE, name + ".out")
    before = open(source, "rb").read()
    status, out, err = run(program, *args, source)
    if status != 0:
        return [f"status {status}: {err.decode()}"]
    if renew:
        open(expected, "wb").write(out)
    faults = []
    if out != open(expected, "rb").read():
        faults.append("not as written down:\n" + out.decode())
    if cut(before) != cut(out):
        faults.append("more than numbers changed")
    status, _, listed = run(program, *args, "--check", source)
    if status != (before != out):
        faults.append(f"--check says {status}")
    status, diff, _ = run(program, *args, "--diff", source)
    if status != 0 or bool(diff) != (before != out):
        faults.append(f"--diff says {status}")
    with tempfile.TemporaryDirectory() as folder:
        again = os.path.join(folder, "again.txt")
        open(again, "wb").write(out)
        status, twice, err = run(program, *args, "--check", again)
        if status != 0:
            faults.append("renumbering again changes more:\n" + err.decode())
        if diff and shutil.which("patch"):
            copy = os.path.join(folder, "copy.txt")
            shutil.copy(source, copy)
            done = subprocess.run(["patch", "--binary", "-s", copy], input=diff, capture_output=True)
            if done.returncode or open(copy, "rb").read() != out:
                faults.append("patch does not take the diff: " + done.stdout.decode())
    return faults


def main():
    program, renew = os.path.abspath(sys.argv[1]), "--renew" in sys.argv
    bad = 0
    for name in sorted(n[:-4] for n in os.listdir(HERE) if n.endswith(".txt")):
        extra = os.path.join(HERE, name + ".args")
        args = open(extra).read().split() if os.path.exists(extra) else []
        for fault in check(program, name, args, renew):
            print(f"{name}: {fault}")
            bad = 1
    return bad


if __name__ == "__main__":
    sys.exit(main())
