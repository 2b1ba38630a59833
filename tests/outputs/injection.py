#!/usr/bin/env python3
"""Texts that try to be XML, HTML, YAML, Markdown, LaTeX, a formula, a terminal's commands … stay text: attacks × writers.

usage: injection.py OUTDOC GANGMU

The attacks stand in attacks.py, by what they try to be. Each is a label, a title and a text of one document (outdoc.c).
The document goes through every writer and from there through a reader of other hands: what it reads is compared
with the same document of harmless words. Its structure must be the same, and the texts must be the attacks'. Writers that
exports.py gives to the programs they are made for, with the same attacks, are named in EXPORTS. A writer in neither table is
a failure.
"""
import csv, html.parser, io, json, os, re, subprocess, sys, tempfile, zipfile
import xml.etree.ElementTree as ET

import yaml

sys.dont_write_bytecode = True
from attacks import ATTACKS, TABLE

OUTDOC, GANGMU = map(os.path.abspath, sys.argv[1:3])
CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffd\ufeff\u2400-\u2426\u200b\u202a-\u202e\u2066-\u2069]")
EXPORTS = {"mm": "Freeplane, xmllint", "xmind": "json in a zip", "mermaid": "mermaid", "markmap": "markmap", "dot": "Graphviz",
           "org": "Emacs", "csv": "csv", "ctags": "readtags", "ctags-json": "json", "akn": "xmllint", "lsp": "json, the LSP's types",
           "chunks": "json"}
failures = []


def flat(s):
    """As read by a program that knows one kind of blank and shows no control characters, however the writer shows them."""
    return re.sub(r"[\s\xa0]+", " ", CONTROLS.sub(" ", re.sub("<U\\+[0-9A-F]{4}>", " ", s))).strip()


def bare(s):
    return re.sub(r"\s", "", flat(s))


def rows_of(words):
    rows = [(0, 0, 0, "", words[0], "", "")]
    for i, word in enumerate(words):
        rows += [(1, 1, i + 1, "一、", word, "", ""), (2, 4, 0, "", word, "", ""), (2, 3, 1, word, "题", "", ""),
                 (2, 3, 2, "（一）", "文", "段" + word, "尾" + word)]
    return rows


def describe(rows):
    def field(value):
        return "".join(f"\\x{ord(c):02x}" if c < " " or c == "\x7f" else "\\\\" if c == "\\" else c for c in str(value))
    return "".join("\t".join(field(f) for f in row) + "\n" for row in rows).encode()


def run(*command, data=b""):
    p = subprocess.run(command, input=data, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    if p.returncode:
        raise ValueError(f"{os.path.basename(command[0])}: {(p.stderr + p.stdout).decode(errors='replace')[:400]}")
    return p.stdout


# A reader takes the output and gives (structure, texts): what it sees but for the words, and the words.

def of_model(data):
    """JSON and YAML: the shape of the value, and its strings."""
    shape, texts = [], []
    def walk(v):
        if isinstance(v, dict):
            shape.append(sorted(v))
            for key in sorted(v):
                if key not in ("start", "end", "source"):
                    walk(v[key])
        elif isinstance(v, list):
            shape.append(len(v))
            for x in v:
                walk(x)
        else:
            shape.append(type(v).__name__)
            texts.append(str(v))
    walk(data)
    return shape, texts


def json_(data):
    return of_model(json.loads(data))


def yaml_(data):
    return of_model(yaml.safe_load(data))


def xml_(data):
    texts = []
    shape = []
    for e in ET.fromstring(data).iter():
        shape.append((e.tag, sorted(e.attrib)))
        texts += [e.text or "", e.tail or ""] + [v for k, v in sorted(e.attrib.items()) if k in ("text", "_note", "label", "TEXT", "href")]
    return shape, texts


class Page(html.parser.HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.shape, self.texts, self.code = [], [], False

    def handle_starttag(self, tag, attrs):
        self.shape.append((tag, sorted(k for k, _ in attrs)))
        self.code = tag in ("script", "style")
        for key, value in attrs:
            if key in ("href", "src", "action") and not value.startswith("#"):
                failures.append(f"html: {key}={value!r}")

    def handle_endtag(self, tag):
        self.shape.append("/" + tag)
        self.code = False

    def handle_comment(self, data):
        self.shape.append("comment")

    def handle_decl(self, decl):
        self.shape.append("declaration")

    unknown_decl = handle_pi = handle_decl

    def handle_data(self, data):
        if not self.code:
            self.texts.append(data)


def html_(data):
    page = Page()
    page.feed(data.decode())
    page.close()
    return page.shape, page.texts


def markdown(data):
    """CommonMark's own tree: every element of it, texts joined within a block."""
    shape, texts = [], []
    for e in ET.fromstring(run("cmark", "-t", "xml", "--validate-utf8", data=data)).iter():
        tag = e.tag.split("}")[1]
        if tag in ("text", "softbreak", "linebreak"):
            texts[-1] += e.text or " "
        else:
            shape.append((tag, e.get("level")))
            texts.append("")
            if tag in ("html_block", "html_inline", "image", "code", "code_block", "thematic_break", "block_quote"):
                failures.append(f"markdown: {tag} {e.text!r}")
            if tag == "link" and not e.get("destination").startswith("#"):
                failures.append(f"markdown: a link to {e.get('destination')!r}")
    return shape, texts


def pandoc(format):
    def read(data):
        shape, texts = [], [""]
        def walk(v):
            if isinstance(v, list):
                for x in v:
                    walk(x)
            elif isinstance(v, dict) and v.get("t") == "Str":
                texts[-1] += v["c"]
            elif isinstance(v, dict) and v.get("t") in ("Space", "SoftBreak"):
                texts[-1] += " "
            elif isinstance(v, dict) and "t" in v:
                if v["t"] not in ("Quoted", "Span"):  # words in quotes, and in the braces that keep brackets apart
                    shape.append(v["t"])
                    texts.append("")
                if v["t"] in ("RawInline", "RawBlock", "Math", "Link", "Image", "Note", "Code"):
                    failures.append(f"{format}: {json.dumps(v, ensure_ascii=False)[:200]}")
                walk(v.get("c", []))
        # it knows neither of the two and takes what stands behind them for their arguments
        data = b"\\newcommand{\\textquotedbl}{''}\\newcommand{\\textasciigrave}{'}\n" + data
        walk(json.loads(run("pandoc", "-f", format, "-t", "json", data=data))["blocks"])
        return shape, texts
    return read


RUN = {"r", "rPr", "t", "tab", "rFonts", "b", "bCs", "spacing"}
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def docx(data):
    shape, texts = [], []
    with zipfile.ZipFile(io.BytesIO(data)) as z:
        shape.append(sorted(z.namelist()))
        for name in sorted(z.namelist()):
            part = ET.fromstring(z.read(name))
            shape += [(e.tag, sorted(e.attrib)) for e in part.iter() if e.tag[len(W):] not in RUN]
            shape += [e.text for e in part.iter(W + "instrText")]
            texts += ["".join(t.text or "" for t in p.iter(W + "t")) for p in part.iter(W + "p")]
    return shape, texts


def lines(data):
    """For people, line by line; what a terminal would obey is none of it."""
    text = data.decode()
    for c in re.findall("[\x00-\x09\x0b-\x1f\x7f]", text):
        failures.append(f"a line holds {c!r}")
    return len(text.split("\n")), text.split("\n")


def bookmarks(data):
    """What pdftk takes into a PDF and gives back."""
    with tempfile.TemporaryDirectory() as d:
        at = lambda name: os.path.join(d, name)
        for name, content in (("blank.ps", b"%!\nshowpage\n"), ("marks", data)):
            with open(at(name), "wb") as f:
                f.write(content)
        if data.lstrip().startswith(b"Info") or b"BookmarkBegin\n" in data:
            run("gs", "-q", "-dSAFER", "-sDEVICE=pdfwrite", "-o", at("blank.pdf"), at("blank.ps"))
            run("pdftk", at("blank.pdf"), "update_info_utf8", at("marks"), "output", at("out.pdf"))
        else:
            run("gs", "-q", "-dSAFER", "-sDEVICE=pdfwrite", "-o", at("out.pdf"), at("blank.ps"), at("marks"))
        dump = run("pdftk", at("out.pdf"), "dump_data_utf8").decode()
    found = re.findall(r"BookmarkTitle: ?(.*)\nBookmarkLevel: (\d+)", dump)
    return [level for _, level in found], [title for title, _ in found]


WRITERS = {  # writer and options: reader, its name
    "json": (json_, "Python's json"), "yaml": (yaml_, "PyYAML"), "xml": (xml_, "expat"), "html": (html_, "html.parser"),
    "opml": (xml_, "expat"), "nav": (xml_, "expat"), "markdown": (markdown, "cmark"), "markdown style=list": (markdown, "cmark"),
    "md-toc": (markdown, "cmark"), "latex": (pandoc("latex-smart"), "pandoc"), "docx": (docx, "expat in a zip"),
    "docx style=plain": (docx, "expat in a zip"), "toc": (lines, "lines"), "tree": (lines, "lines"), "pdftk": (bookmarks, "pdftk"),
    "pdfmark": (bookmarks, "Ghostscript, pdftk"),
}
OTHERS = {"text": "test Terminal, inputs/text_again", "sarif": "outputs/exports-sarif: its texts are gangmu's, its labels JSON strings"}
PANDOC_LOSES = re.compile("[\"'`‘’“”~^]")  # and takes them for each other


def check(writer, reader, name):
    words = [a.strip() for a in ATTACKS]
    harmless = ["词语" + chr(0x4E00 + i) for i in range(len(words))]
    def read(rows):
        format, *options = writer.split(" ")
        return reader(run(OUTDOC, format, "text=full", *options, data=describe(rows)))
    try:
        plain, calm = read(rows_of(harmless))
        shape, texts = read(rows_of(words))
    except (ValueError, ET.ParseError, yaml.YAMLError, KeyError, UnicodeDecodeError) as fault:
        failures.append(f"{writer}: {name} does not read it: {fault}")
        return
    if shape != plain:
        at = next((i for i, (a, b) in enumerate(zip(shape, plain)) if a != b), -1) if isinstance(shape, list) else -1
        failures.append(f"{writer}: {name} sees another structure, at {at}: {shape[at:at + 3] if at >= 0 else shape!r} "
                        f"for {plain[at:at + 3] if at >= 0 else plain!r}")
    tidy = (lambda s: PANDOC_LOSES.sub("", bare(s))) if name == "pandoc" else bare
    seen = tidy("\n".join(texts))
    for kind, attacks in TABLE.items():
        for a in attacks:
            apart = writer in ("json", "yaml")  # there a label and a title have keys of their own
            if apart and a.strip() not in texts:
                failures.append(f"{writer}: {name} does not find {a!r} as it was")
            whole = (() if apart else (tidy("一、" + a), tidy(a + "题"))) + ((tidy("段" + a), tidy("尾" + a)) if tidy("段" + words[0]) in seen else ())
            for want in whole:
                if want not in seen:
                    failures.append(f"{writer}: {name} does not find the {kind} attack {a!r} as {want!r}")


def check_table():
    listed = run(GANGMU, "--list-formats").decode().split("Output formats")[1]
    have = {line.split()[0] for line in listed.split("\n")[1:] if line.strip()}
    tested = {w.split(" ")[0] for w in WRITERS} | set(EXPORTS) | set(OTHERS)
    if have != tested:
        failures.append(f"writers without a reader here, or readers without a writer: {sorted(have ^ tested)}")


check_table()
for writer, (reader, name) in WRITERS.items():
    before = len(failures)
    check(writer, reader, name)
    print(f"{writer:20} {name:20} {len(ATTACKS)} attacks of {len(TABLE)} kinds, {len(failures) - before} failures")
if failures:
    sys.exit("\n".join(f"FAILED {f}"[:400] for f in failures[:40]) + f"\n{len(failures)} failures")
