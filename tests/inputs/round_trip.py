#!/usr/bin/env python3
"""What gangmu wrote it reads back: text -> JSON, XML, YAML -> JSON gives the same model; OPML and mind maps keep
labels, titles, levels and notes, Markdown and HTML the document's title, labels, titles and levels.
usage: round_trip.py GANGMU FILE...

Left out of the comparison: `source`, which names the file that was read, and the lines of matter, which only the
first source has."""
import json
import os
import subprocess
import sys
import tempfile

GANGMU = sys.argv[1]


def convert(path, to, *options):
    p = subprocess.run([GANGMU, "-t", to, *options, path], stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=120)
    if p.returncode:
        raise SystemExit("%s -t %s: status %d: %s" % (path, to, p.returncode, p.stderr.decode("utf8", "replace")))
    return p.stdout


def model(data):
    doc = json.loads(data)
    doc.pop("source")
    for m in doc.get("matter", []):
        m.pop("line")
    return doc


def points(nodes, text):
    return [
        (n.get("label", "") + n.get("title", "").strip(), [t for t in n.get("text", [])] if text else [],
         points(n["children"], text))
        for n in nodes
    ]


def squeezed(tree):
    return [("".join(name.split()), text, squeezed(below)) for name, text, below in tree]


def first_difference(a, b, at=""):
    if type(a) is not type(b) or not isinstance(a, (dict, list)):
        return None if a == b else "%s: %.200r / %.200r" % (at, a, b)
    keys = sorted(set(a) | set(b)) if isinstance(a, dict) else range(max(len(a), len(b)))
    for k in keys:
        missing = k not in a or k not in b if isinstance(a, dict) else k >= len(a) or k >= len(b)
        if missing:
            return "%s/%s is missing on one side" % (at, k)
        fault = first_difference(a[k], b[k], "%s/%s" % (at, k))
        if fault:
            return fault
    return None


def check(path, folder):
    faults = []
    source = convert(path, "json")
    for to in ("json", "yaml", "xml"):
        middle = os.path.join(folder, "middle." + to)
        with open(middle, "wb") as f:
            f.write(source if to == "json" else convert(path, to))
        fault = first_difference(model(source), model(convert(middle, "json")))
        if fault:
            faults.append("%s through %s: %s" % (path, to, fault))
    outline = json.loads(source)["outline"]
    for to in ("opml", "mm") if outline else ():  # a body without points would hold the title as one
        middle = os.path.join(folder, "middle." + to)
        with open(middle, "wb") as f:
            f.write(convert(path, to, "--text", "none"))
        got = squeezed(points(json.loads(convert(middle, "json"))["outline"], False))
        fault = first_difference(squeezed(points(outline, False)), got)
        if fault:
            faults.append("%s through %s: %s" % (path, to, fault))
    if json.loads(source)["source"]["format"] == "text":
        faults += check_headings(path, json.loads(source), folder)
    return faults


def check_headings(path, source, folder):
    """Markdown and HTML: the document's heading is its title again, and its points stand at their levels."""
    faults = []
    for to in ("markdown", "html"):
        middle = os.path.join(folder, "middle." + to)
        with open(middle, "wb") as f:
            f.write(convert(path, to))
        got = json.loads(convert(middle, "json"))
        for key, one, two in (("title", source.get("title", ""), got.get("title", "")),
                              ("outline", squeezed(points(source["outline"], False)),
                               squeezed(points(got["outline"], False)))):
            fault = first_difference(one, two, key)
            if fault:
                faults.append("%s through %s: %s" % (path, to, fault))
    return faults


faults = []
with tempfile.TemporaryDirectory() as folder:
    for path in sys.argv[2:]:
        faults += check(path, folder)
print("\n".join(faults) or "%d files" % len(sys.argv[2:]))
sys.exit(bool(faults))
