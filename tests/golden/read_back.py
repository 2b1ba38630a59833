#!/usr/bin/env python3
"""Read gangmu's outputs back with tools of other hands and compare them with each other.

usage: read_back.py --nasty PROGRAM            documents built by hand (nasty.c)
       read_back.py --gangmu PROGRAM FILE...   real documents through the command
       read_back.py --goldens FOLDER           the schemas over every golden output

For each document: JSON against its schema; XML against its schema (xmllint); the same model in JSON, YAML (PyYAML
as YAML 1.1, npm's yaml as 1.2) and XML; the same titles at the same levels in Markdown (cmark) and OPML (opmlparser, pandoc).
"""
import argparse, functools, html.parser, json, os, re, subprocess, sys, tempfile
import xml.etree.ElementTree as ET

import jsonschema, yaml

sys.setrecursionlimit(10000)
HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
SUFFIXES = {"json": ["-t", "json"], "xml": ["-t", "xml"], "yaml": ["-t", "yaml"], "md": ["-t", "markdown"],
            "list.md": ["-t", "markdown", "--style", "list"], "opml": ["-t", "opml", "--text", "full"],
            "children.opml": ["-t", "opml", "--text", "full", "--style", "children"], "toc": ["-t", "toc"], "text": ["-t", "text"]}
failures = []

def check(condition, place, what):
    if not condition:
        failures.append(f"{place}: {what}")
        print(f"FAILED {place}: {what}", file=sys.stderr)

def same(got, want, place, what):
    """Equal, or say where they part."""
    if got == want:
        return
    where = next((i for i, (g, w) in enumerate(zip(got, want)) if g != w), min(len(got), len(want))) \
        if isinstance(got, list) and isinstance(want, list) else None
    detail = f"{got!r:.300} != {want!r:.300}" if where is None else \
        f"item {where} of {len(got)}/{len(want)}: {got[where:where + 1]!r:.300} != {want[where:where + 1]!r:.300}"
    check(False, place, f"{what}: {detail}")

def tool(*command):
    p = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    if p.returncode:
        raise RuntimeError(f"{command[0]} {command[-1]}: {p.stderr.decode(errors='replace')[:500]}")
    return p.stdout

def read(path):
    with open(path, "rb") as f:
        return f.read()

# ------------------------------------------------------------------- the model

def of_xml(e):
    """The JSON model from the XML."""
    def paragraphs(parent, name):
        found = parent.find(name)
        return {} if found is None else {name: [p.text or "" for p in found.findall("p")]}
    def place(n, prefix):
        return {k: int(n.get(prefix + k)) for k in ("byte", "line", "column")}
    def node(n):
        out = {k: n.get(k) for k in ("kind", "label", "marker") if n.get(k) is not None}
        out.update({k: int(n.get(k)) for k in ("level", "number") if n.get(k) is not None})
        if n.get("implied"):
            out["implied"] = True
        if n.find("title") is not None:
            out["title"] = n.find("title").text
        out["start"], out["end"] = place(n, ""), place(n, "end-")
        out.update(paragraphs(n, "text"))
        out["children"] = [node(c) for c in n.findall("node")]
        out.update(paragraphs(n, "tail"))
        return out
    out = {"gangmu": int(e.get("version")), "source": dict(e.find("source").attrib)}
    for key in ("title", "salutation"):
        if e.find(key) is not None:
            out[key] = e.find(key).text
    out.update(paragraphs(e, "text"))
    out["outline"] = [node(n) for n in e.find("outline").findall("node")]
    out.update(paragraphs(e, "tail"))
    if e.find("matter") is not None:
        out["matter"] = [{"kind": p.get("kind"), "line": int(p.get("line")), **({"text": p.text} if p.text else {})}
                         for p in e.find("matter").findall("p")]
    if e.find("diagnostics") is not None:
        out["diagnostics"] = [{"id": d.get("id"), "severity": d.get("severity"), "line": int(d.get("line")),
                               "column": int(d.get("column")), "message": d.text} for d in e.find("diagnostics")]
    return out

def mapped(value, change):
    if isinstance(value, str):
        return change(value)
    if isinstance(value, list):
        return [mapped(v, change) for v in value]
    return {k: mapped(v, change) for k, v in value.items()} if isinstance(value, dict) else value

FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
for_xml = functools.partial(FORBIDDEN.sub, "\ufffd")

def check_schema(model, place):
    with open(os.path.join(ROOT, "docs/gangmu.schema.json"), encoding="utf-8") as f:
        for fault in jsonschema.Draft202012Validator(json.load(f)).iter_errors(model):
            check(False, place, f"{fault.json_path}: {fault.message[:300]}")

def check_xml_schema(path):
    tool("xmllint", "--noout", "--huge", "--schema", os.path.join(ROOT, "docs/gangmu.xsd"), path)

def check_goldens(folder):
    seen = 0
    for place, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(place, name)
            if name == "json":
                check_schema(json.loads(read(path)), path)
            elif name == "yaml":
                check_schema(yaml.load(read(path), yaml.SafeLoader), path)
            elif name == "xml":
                check_xml_schema(path)
            seen += name in ("json", "yaml", "xml")
    check(seen > 5, folder, "hardly any golden outputs")

def check_model(base):
    model = json.loads(read(base + ".json").decode("utf-8"))
    check_schema(model, base + ".json")
    text = read(base + ".yaml").decode("utf-8")
    check(yaml.load(text, yaml.SafeLoader) == model, base + ".yaml", "PyYAML reads another model")
    lines = tool("node", os.path.join(HERE, "read_yaml.js"), base + ".yaml").split(b"\n")
    for version, line in zip(("1.1", "1.2"), lines):
        check(json.loads(line) == model, base + ".yaml", f"npm's yaml reads another model as YAML {version}")
    check_xml_schema(base + ".xml")
    check(of_xml(ET.fromstring(read(base + ".xml"))) == mapped(model, for_xml), base + ".xml", "another model than JSON's")
    return model

# --------------------------------------------------------------------- outlines

TIGHT = "，、：是要,:"

def heading(node):
    """Label and title as people write them together (GB/T 15834-2011 B.3)."""
    label, title = node.get("label", ""), node.get("title", "")
    word = label[-1:].isascii() and (label[-1:].isalnum() or label[-1:] in ".)")
    return label + (" " if label and title and (word or (label[0] == "第" and label[-1] not in TIGHT)) else "") + title

def rows(nodes, level=1, item=lambda text: text):
    for n in nodes:
        yield level, item(heading(n)) if n["kind"] == "item" else heading(n)
        yield from rows(n["children"], level + 1, item)

def closed(base):
    """Items that are clauses keep the mark that closes them, as in the text format, where each has a line of its own."""
    if not os.path.exists(base + ".text"):
        return lambda text: text
    lines = {re.sub("[。；，：、;,:.．]+$", "", line): line for line in read(base + ".text").decode("utf-8").split("\n")}
    return lambda text: lines.get(text, text)

class Html(html.parser.HTMLParser):
    """The headings and list items of cmark's HTML as (level, text); a list goes on below the last heading."""
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.rows, self.depth, self.heading, self.open = [], 0, 0, None
        self.paragraphs, self.inside = [], False

    def start(self, level):
        self.rows.append([level, ""])
        self.open = self.rows[-1]

    def handle_starttag(self, tag, attrs):
        if re.fullmatch("h[1-6]", tag):
            self.heading = int(tag[1])
            self.start(self.heading)
        elif tag == "ul":
            self.depth += 1
            self.open = None
        elif tag == "li":
            self.start(self.base + self.depth)
        elif tag == "p":
            self.paragraphs.append("")
            self.inside = True
        else:
            check(False, "markdown", f"unexpected <{tag}>")

    base = 0

    def handle_endtag(self, tag):
        if tag == "p":
            self.inside = False
        if tag == "ul":
            self.depth -= 1
        if tag in ("p", "ul", "li") or tag[0] == "h":
            self.open = None

    def handle_data(self, data):
        if self.open is not None:
            self.open[1] += data
        if self.inside:
            self.paragraphs[-1] += data

def all_texts(model):
    yield from model.get("text", [])
    for n in model.get("outline", model.get("children", [])):
        yield from all_texts({k: v for k, v in n.items() if k != "tail"})
        yield from n.get("tail", [])
    if "outline" in model:
        yield from model.get("tail", [])

def check_markdown(base, suffix, model, headings):
    parser = Html()
    parser.base = headings
    parser.feed(tool("cmark", "-t", "html", f"{base}.{suffix}").decode("utf-8"))
    clean = lambda s: re.sub("[ \t\r\n\x0b\x0c]+$|^[ \t\r\n\x0b\x0c]+", "", s.replace("\0", "\ufffd").replace("\r", " ").replace("\n", " "))
    above = 1 if "title" in model and headings else 0
    want = [(1, clean(model["title"]))] if "title" in model else []
    want += [(level + above, clean(text)) for level, text in rows(model["outline"], item=closed(base))]
    same([(level, clean(text)) for level, text in parser.rows], want, f"{base}.{suffix}", "cmark reads other titles")
    left = iter([clean(text) for text in parser.paragraphs])
    for text in all_texts(model):  # front matter and the items of loose lists stand between them
        if not any(clean(text) == found for found in left):
            check(False, f"{base}.{suffix}", f"no such paragraph, or not in its place: {text!r}")
            break

def check_opml(base, model, plain):
    got = json.loads(tool("node", os.path.join(HERE, "read_opml.js"), base + ".opml"))
    strip = lambda s: re.sub(r"^[\s\ufeff]+|[\s\ufeff]+$", "", s)  # as opmlparser does
    def expected(nodes):
        out = []
        for n in nodes:
            out.append({"text": strip(for_xml(heading(n))), "note": strip(for_xml("\n".join(n.get("text", [])))),
                        "children": expected(n["children"])})
            out += [{"text": strip(for_xml(p)), "note": "", "children": []} for p in n.get("tail", [])]
        return out
    want = [{"text": strip(for_xml(p)), "note": "", "children": []} for p in model.get("text", [])] + expected(model["outline"])
    if not model["outline"]:
        want.append({"text": model.get("title", ""), "note": "", "children": []})
    same(got["outlines"], want, base + ".opml", "opmlparser reads other outlines")
    same(got["title"], strip(for_xml(model.get("title", ""))), base + ".opml", "title")
    for suffix in ("opml", "children.opml"):
        e = ET.fromstring(read(f"{base}.{suffix}"))
        names = {a for o in e.iter("outline") for a in o.attrib}
        check(e.get("version") == "2.0" and [c.tag for c in e] == ["head", "body"] and len(e.find("body")) > 0
              and all("text" in o.attrib for o in e.iter("outline")) and names <= {"text", "_note"},
              f"{base}.{suffix}", "not OPML 2.0")
    if plain:  # pandoc takes the text of an outline for HTML
        heads = [(b["c"][0], inline(b["c"][2])) for b in json.loads(tool("pandoc", "-f", "opml", "-t", "json", base + ".opml"))["blocks"]
                 if b["t"] == "Header"]
        flat = lambda nodes, level=1: [row for n in nodes for row in [(level, n["text"])] + flat(n["children"], level + 1)]
        same(heads, flat(got["outlines"]), base + ".opml", "pandoc reads other headings")

def inline(parts):
    return "".join(p["c"] if p["t"] == "Str" else " " if p["t"] in ("Space", "SoftBreak") else inline(p["c"][-1]) for p in parts)

def check_toc(base, model):
    lines = read(base + ".toc").decode("utf-8").split("\n")
    clean = lambda s: re.sub("[\x00-\x1f\x7f\x85\u2028\u2029]", " ", s)
    want = ([clean(model["title"]), ""] if "title" in model else []) + \
           ["  " * (level - 1) + clean(text) for level, text in rows(model["outline"])] + [""]
    same(lines, want, base + ".toc", "other lines")

def check_document(base, plain):
    model = check_model(base)
    check_markdown(base, "md", model, 6)
    check_markdown(base, "list.md", model, 0)
    check_opml(base, model, plain)
    check_toc(base, model)

def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--nasty")
    parser.add_argument("--gangmu")
    parser.add_argument("--goldens")
    parser.add_argument("files", nargs="*")
    args = parser.parse_args()
    if args.goldens:
        check_goldens(args.goldens)
    with tempfile.TemporaryDirectory() as folder:
        if args.nasty:
            tool(args.nasty, folder)
            for name in ("plain", "empty", "deep", "nasty"):
                check_document(os.path.join(folder, name), plain=name != "nasty")
        for file in args.files:
            base = os.path.join(folder, os.path.basename(file))
            for suffix, options in SUFFIXES.items():
                with open(f"{base}.{suffix}", "wb") as f:
                    f.write(tool(args.gangmu, *options, file))
            check_document(base, plain=True)
    sys.exit(1 if failures else 0)

main()
