#!/usr/bin/env python3
"""Compare what lint says of documents with faults with what it said when somebody last looked.

usage: lint.py [--gangmu PROGRAM] [--renew]

lint/NAME.txt is a document, lint/NAME.messages all that is said of it: for each profile a line `== PROFILE STATUS`, then the
messages in English and in Chinese. --renew writes them anew; look at the difference before you commit it.
"""
import argparse, difflib, glob, os, subprocess, sys

HERE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "lint")
PROFILES = ("default", "gongwen", "law", "taiwan")


def messages(program, name):
    rows = []
    for profile in PROFILES:
        statuses, texts = set(), []
        for locale in ("C", "zh_CN.UTF-8"):
            done = subprocess.run([program, "lint", "--profile", profile, name + ".txt"], cwd=HERE, capture_output=True,
                                  env={"LC_ALL": locale})
            statuses.add(done.returncode)
            texts.append(done.stderr.decode())
            if done.stdout:
                sys.exit(f"{name}: lint writes to standard output")
        rows.append(f"== {profile} {' '.join(map(str, statuses))}\n{''.join(texts)}")
    return "".join(rows)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--gangmu", default=os.environ.get("GANGMU", "gangmu"))
    parser.add_argument("--renew", action="store_true")
    args = parser.parse_args()
    names = sorted(os.path.basename(p)[:-len(".txt")] for p in glob.glob(HERE + "/*.txt"))
    bad = not names
    for name in names:
        path, now = os.path.join(HERE, name + ".messages"), messages(os.path.abspath(args.gangmu), name)
        before = open(path, encoding="utf-8").read() if os.path.exists(path) else ""
        if now == before:
            continue
        if args.renew:
            with open(path, "w", encoding="utf-8") as f:
                f.write(now)
            print(f"renewed lint/{name}")
            continue
        bad = True
        for line in list(difflib.unified_diff(before.splitlines(), now.splitlines(), name, "now", lineterm="", n=0))[:20]:
            print(line)
    sys.exit(bad)


if __name__ == "__main__":
    main()
