#!/usr/bin/env python3
"""Score gangmu against truth files of one's own.

usage: score.py [--gangmu PROGRAM] [--show N] [--fail-under F1] DIRECTORY...

A directory holds documents NAME.SUFFIX (any format that gangmu reads), each with its truth NAME.tree beside it, in the form that
tests/traps/run.py describes: `LINE:COLUMN LABEL | TITLE`, two blanks a level, `#` and `@` for headings and regions without a number.
Printed for each directory: precision and recall of numbered nodes (place and label), the share of those found whose parent and
whose title are right, and tree: the F1 in which a node counts only when place, label, parent and title are all right.
"""
import argparse
import glob
import importlib.util
import json
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
spec = importlib.util.spec_from_file_location("traps", os.path.join(HERE, "../traps/run.py"))
traps = importlib.util.module_from_spec(spec)
spec.loader.exec_module(traps)


def nodes_of(rows):
    """(line, column, label) -> (the same of its parent, title); what has no number is looked through."""
    found, stack = {}, []
    for depth, line, column, mark, title in rows:
        while stack and stack[-1][0] >= depth:
            stack.pop()
        if mark.endswith(" |"):
            place = (line, column, mark[:-2])
            found[place] = (stack[-1][1] if stack else None, traps.squeeze(title))
        else:
            place = stack[-1][1] if stack else None
        stack.append((depth, place))
    return found


def found_in(program, path, arguments):
    p = subprocess.run([program, *arguments, "-t", "json", path], stdout=subprocess.PIPE, check=True)
    rows, work = [], [(n, 0) for n in reversed(json.loads(p.stdout)["outline"])]
    while work:
        n, depth = work.pop()
        mark = n["label"] + " |" if n.get("label") else "#"
        rows.append((depth, n["start"]["line"], n["start"]["column"], mark, n.get("title") or ""))
        work.extend((c, depth + 1) for c in reversed(n["children"]))
    return nodes_of(rows)


def score(program, directory, show):
    truth_count = found_count = common = parents = titles = right = documents = 0
    for tree in sorted(glob.glob(os.path.join(directory, "*.tree"))):
        stem = tree[:-len(".tree")]
        documents += 1
        rows, _, arguments = traps.read_truth_file(tree)
        document = next(f for f in sorted(glob.glob(glob.escape(stem) + ".*")) if f != tree)
        truth, found = nodes_of(rows), found_in(program, document, arguments)
        truth_count, found_count = truth_count + len(truth), found_count + len(found)
        for place, (parent, title) in truth.items():
            fault = "missing"
            if place in found:
                same_parent, same_title = found[place][0] == parent, found[place][1] == title
                common, parents, titles = common + 1, parents + same_parent, titles + same_title
                right += same_parent and same_title
                fault = "" if same_parent and same_title else "title" if same_parent else "parent"
            if fault and show:
                print(f"   {document}:{place[0]}:{place[1]}: {place[2]} {title} -- {fault}")
                show -= 1
        for place in [p for p in found if p not in truth][:show]:
            print(f"   {document}:{place[0]}:{place[1]}: {place[2]} {found[place][1]} -- extra")
    share = lambda a, b: f"{a / b:7.4f}" if b else "      -"
    print(f"{os.path.basename(os.path.normpath(directory)):24} {documents:6} {truth_count:7} {share(common, found_count)} "
          f"{share(common, truth_count)} {share(parents, common)} {share(titles, common)} "
          f"{share(2 * right, truth_count + found_count)}")
    return 2 * right / (truth_count + found_count) if truth_count + found_count else 1.0


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--gangmu", default=os.path.join(HERE, "../../build/release/gangmu"))
    p.add_argument("--show", type=int, default=0, metavar="N", help="list N faults of each directory")
    p.add_argument("--fail-under", type=float, default=0.0, metavar="F1", help="exit 1 when tree is less somewhere")
    p.add_argument("directory", nargs="+")
    a = p.parse_args()
    print(f"{'directory':24} {'docs':>6} {'nodes':>7} {'P':>7} {'R':>7} {'parent':>7} {'title':>7} {'tree':>7}")
    worst = 1.0
    for directory in a.directory:
        if not os.path.isdir(directory):
            sys.exit(f"score.py: no directory: {directory}")
        worst = min(worst, score(a.gangmu, directory, a.show))
    sys.exit(worst < a.fail_under)


main()
