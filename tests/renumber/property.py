#!/usr/bin/env python3
"""What holds for every text, shown on all examples and traps, and on each of them with points taken out.

usage: property.py GANGMU SOURCE [ROUNDS [EVERY]]     EVERY n: every n-th trap only

1. An example is numbered rightly and comes out as it is.
2. A text that has lost points, or whose lines were moved, doubled or given other numbers (the same each time), is
   renumbered so that
   a. renumbering again changes nothing;
   b. with all numbers cut out, whatever they belong to, no byte differs.
"""
import glob, json, os, random, re, subprocess, sys, tempfile

ENV = {**{k: v for k, v in os.environ.items() if not k.startswith("LC_")}, "LC_ALL": "C"}


def run(program, *args, text=None):
    done = subprocess.run([program, *args], input=text, capture_output=True, env=ENV, timeout=60)
    return done.returncode, done.stdout, done.stderr.decode()


def nodes(tree):
    for node in tree:
        yield node
        yield from nodes(node.get("children", []))


def outline(program, text):
    return json.loads(run(program, "-t", "json", "-", text=text)[1])["outline"]


def skeleton(text):
    """The text without numbers: glyphs of all numeral systems, digits, and letters that may count."""
    return re.sub(r"[〇零一二三四五六七八九十百千廿卅壹贰貳叁參参肆伍陆陸柒捌玖拾0-9０-９A-Za-zＡ-Ｚａ-ｚ①-㊿❶-➓⑴-⒛ⓐ-⓿⒜-⒵Ⅰ-ⅿ㈠-㈩㊀-㊉"
                  r"甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥ァ-ヺ가-힣]+", "#", text.decode())


def without(program, text, rng):
    """Take out some points that have no children, whole lines of them."""
    lines = text.split(b"\n")
    leaves = {n["start"]["line"] for n in nodes(outline(program, text))
              if n.get("label") and not n["children"] and n["start"]["line"] == n["end"]["line"]}
    gone = {line for line in leaves if rng.random() < 0.25}
    return b"\n".join(line for i, line in enumerate(lines, 1) if i not in gone)


def edited(text, rng):
    """Lines taken out, doubled, changed about, given another number."""
    lines, han = text.decode().split("\n"), "一二三四五六七八九十"
    for _ in range(rng.randint(1, 4)):
        at, other = rng.randrange(len(lines)), rng.randrange(len(lines))
        what = rng.randrange(4) if len(lines) > 2 else 3
        if what == 0:
            del lines[at]
        elif what == 1:
            lines.insert(other, lines[at])
        elif what == 2:
            lines[at], lines[other] = lines[other], lines[at]
        else:
            lines[at] = re.sub(f"[{han}1-9]", lambda m: rng.choice(han if m[0] in han else "123456789"), lines[at], count=1)
    return "\n".join(lines).encode()


def check(program, name, text, faults):
    """Whether anything changed."""
    status, out, err = run(program, "renumber", "-q", "-", text=text)
    if status:
        if not (status == 5 and "no-numeral" in err):
            faults.append(f"{name}: status {status} {err}")
        return False
    if out == text:
        return False
    status, _, err = run(program, "renumber", "--check", "-", text=out)
    if status:
        faults.append(f"{name}: not stable: {err}")
    if skeleton(text) != skeleton(out):
        faults.append(f"{name}: more than numbers changed")
    return True


def main():
    program, source = os.path.abspath(sys.argv[1]), sys.argv[2]
    rounds = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    every = int(sys.argv[4]) if len(sys.argv) > 4 else 1
    faults, changed = [], 0
    for path in sorted(glob.glob(source + "/examples/*.txt")) + sorted(glob.glob(source + "/tests/traps/*.txt"))[::every]:
        text, name = open(path, "rb").read(), os.path.relpath(path, source)
        try:
            text.decode()
        except UnicodeDecodeError:
            continue
        if check(program, name, text, faults) and name.startswith("examples"):
            faults.append(f"{name}: a right text is changed")
        for i in range(rounds):
            rng = random.Random(f"{name} {i}")
            less = without(program, text, rng)
            changed += check(program, f"{name} ({i})", less, faults)
            changed += check(program, f"{name} (edited {i})", edited(text, rng), faults)
    print(f"{changed} texts with points taken out or changed were renumbered")
    if changed < 100 // every:
        faults.append("hardly anything was renumbered: the test shows nothing")
    print("\n".join(faults))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
