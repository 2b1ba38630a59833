#!/usr/bin/env python3
"""Compare the outline that gangmu finds with the outline that a reader would write, one short document a difficulty.

usage: run.py [--gangmu PROGRAM] [NAME...]

NAME.txt is the document, NAME.tree the truth, written by hand and never taken from a program:
    ; the rule that the document tests
    args: more arguments for the program (optional)
    LINE:COLUMN LABEL | TITLE      a numbered point
    LINE:COLUMN # TITLE            a heading without a number
    LINE:COLUMN @ TITLE            a region (an annex) with numbering of its own
    LINE ~ KIND                    front or back matter; a truth that names one names all
Two spaces of indent are one level of nesting. White space inside titles does not count; everything else does.
KNOWN lists the traps that the program still fails, "NAME: reason" a line; one of them that passes is reported too.
Exit status: 0 when the outcome is as KNOWN says, 1 when not, 2 when a truth contradicts its own document.
"""
import argparse, difflib, json, os, re, subprocess, sys

HERE = os.path.dirname(os.path.abspath(__file__))
ROW = re.compile(r"( *)(\d+):(\d+) (?:([#@]) (.*)|(.+?) \|(?: (.*))?)$")
PARTED = re.compile("^(第[^章节回卷篇]+[章节回卷篇])[-—·｜丨】]+")
BLANKS = re.compile(r"\s*")
MATTER = re.compile(r"\d+ ~ \S+$")


def squeeze(text):
    return re.sub("[\\s\u200b\u2060]+", "", text or "")


def row(depth, line, column, mark, title):
    return f"{'  ' * depth}{line}:{column} {mark} {squeeze(title)}".rstrip()


def read_truth(name):
    return read_truth_file(os.path.join(HERE, name + ".tree"))


def read_truth_file(path):
    """Return the rows and the matter that the truth asks for, and the arguments for the program."""
    rows, matter, args, depth = [], [], [], -1
    with open(path, encoding="utf-8") as f:
        for line in f.read().splitlines():
            if line.startswith(";") or not line:
                continue
            if line.startswith("args: "):
                args = line[len("args: "):].split()
                continue
            if MATTER.match(line):
                matter.append(line)
                continue
            m = ROW.match(line)
            if not m or len(m[1]) % 2 or len(m[1]) // 2 > depth + 1:
                sys.exit(f"{path}: cannot read: {line}")
            depth = len(m[1]) // 2
            mark = m[4] or m[6] + " |"
            rows.append((depth, int(m[2]), int(m[3]), mark, m[5] or m[7] or ""))
    return rows, matter, args


def decode(data):
    for encoding in ("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig", "gb18030", "latin-1"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            pass


def contradiction(name, rows, matter):
    """A label or a title that does not stand in the document where the truth says, pages' lines aside; a mark may part
    the number of a division from its name."""
    with open(os.path.join(HERE, name + ".txt"), "rb") as f:
        lines = re.split("\r\n|\r|\n", decode(f.read()))
    for line in (int(m.split(" ~ ")[0]) for m in matter if m.endswith(" ~ page")):
        lines[line - 1] = ""
    for _, line, column, mark, title in rows:
        words = squeeze((title if mark in "#@" else mark[:-2] + title))
        below = re.sub("\n#+ ", "\n", "\n".join(lines[line - 1:line + 4]))  # a Markdown heading below names the number
        there = squeeze(below[column - 1:])
        if not there.startswith(words) and not PARTED.sub(r"\1", there, count=1).startswith(words):
            return f"{line}:{column} {mark} {title}"
    return None


def flatten(nodes, depth, out):
    work = [(n, depth) for n in reversed(nodes)]
    while work:
        n, depth = work.pop()
        mark = n["label"] + " |" if n.get("label") else {"region": "@"}.get(n["kind"], "#")
        out.append(row(depth, n["start"]["line"], n["start"]["column"], mark, n.get("title")))
        work.extend((c, depth + 1) for c in reversed(n["children"]))


def odd_kinds(nodes):
    """Members of one series are of one kind, whatever the document: rows for those that are not."""
    out, work = [], [nodes]
    while work:
        siblings = work.pop()
        work.extend(n["children"] for n in siblings)
        for a, b in zip(siblings, siblings[1:]):
            same = a.get("marker") == b.get("marker") and a.get("number", 0) + 1 == b.get("number", 0)
            if same and a["kind"] != b["kind"]:
                out.append(f"{b['start']['line']}:{b['start']['column']} is of kind {b['kind']}, its sibling of {a['kind']}")
    return out


def json_of(gangmu, args, names):
    """Ask for the documents' JSON in one process; the message where that fails."""
    p = subprocess.run([gangmu, *args, "-t", "json", *[os.path.join(HERE, n + ".txt") for n in names]],
                       stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    if p.returncode:
        return f"exit {p.returncode}: {p.stderr.decode(errors='replace').strip()}"
    text, at, documents = p.stdout.decode("utf-8"), 0, []
    while at < len(text):
        document, at = json.JSONDecoder().raw_decode(text, at)
        documents.append(document)
        at = BLANKS.match(text, at).end()
    return documents


def json_of_all(gangmu, truths):
    """name -> document or message. Those with the same arguments share a process, so that sanitizers can be afforded; where
    that fails, each gets its own, to see whose fault it is."""
    out, groups = {}, {}
    for name, (_, _, args) in truths.items():
        groups.setdefault(tuple(args), []).append(name)
    for args, names in groups.items():
        documents = json_of(gangmu, args, names)
        if len(documents) != len(names) or isinstance(documents, str):
            documents = [d if isinstance(d, str) else d[0] for d in (json_of(gangmu, args, [n]) for n in names)]
            if not any(isinstance(d, str) for d in documents):
                sys.exit("what fails with all of them fails with none alone: " + " ".join(args))
        out.update(zip(names, documents))
    return out


def find(document, with_matter):
    if isinstance(document, str):
        return [document]
    out = []
    flatten(document["outline"], 0, out)
    out += odd_kinds(document["outline"])
    if with_matter:
        out += [f"{m['line']} ~ {m['kind']}" for m in document.get("matter", [])]
    return out


def read_known():
    with open(os.path.join(HERE, "KNOWN"), encoding="utf-8") as f:
        return dict(line.rstrip("\n").split(": ", 1) for line in f if line.strip())


def judge(document, truth, name, known):
    """True when the outcome is the one foreseen."""
    rows, matter, _ = truth
    wrong = contradiction(name, rows, matter)
    if wrong:
        print(f"{name}: the truth does not fit the document at {wrong}")
        sys.exit(2)
    expected, got = [row(*r) for r in rows] + matter, find(document, bool(matter))
    if expected == got:
        if name in known:
            print(f"PASSES NOW {name}: take it out of KNOWN")
        return name not in known
    if name in known:
        return True
    print(f"FAIL {name}")
    for line in list(difflib.unified_diff(expected, got, "truth", "gangmu", lineterm="", n=1))[2:]:
        print("    " + line)
    return False


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--gangmu", default=os.path.join(HERE, "../../build/release/gangmu"))
    p.add_argument("--no-known", action="store_true", help="show the traps of KNOWN like the others")
    p.add_argument("name", nargs="*")
    a = p.parse_args()
    known = {} if a.no_known else read_known()
    everything = sorted(f[:-4] for f in os.listdir(HERE) if f.endswith(".txt"))
    orphans = [k for k in known if k not in everything]
    truths = {n: read_truth(n) for n in a.name or everything}
    documents = json_of_all(a.gangmu, truths)
    bad = [n for n, truth in truths.items() if not judge(documents[n], truth, n, known)] + orphans
    print(f"{len(truths)} traps, {len(known)} known failures, {len(bad)} surprises" +
          "".join("\n  " + b for b in bad))
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
