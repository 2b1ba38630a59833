#!/usr/bin/env python3
"""Hand each export to the program that it is made for and compare what that program understood with what was meant.

usage: exports.py OUTDOC FORMAT
       exports.py GANGMU sarif

OUTDOC (outdoc.c) writes a document that is described here line by line, so that labels, titles and texts can be
hostile: whatever a user's text holds, it must come out as text and never as syntax of the target.
"""
import csv, html, io, json, os, random, re, subprocess, sys, tempfile, urllib.parse, zipfile
import xml.etree.ElementTree as ET

sys.dont_write_bytecode = True
from attacks import ATTACKS

HERE = os.path.dirname(os.path.abspath(__file__))
OUTDOC, FORMAT = sys.argv[1:3]
SECTION, ARTICLE, ITEM, HEADING, REGION = 1, 2, 3, 4, 5
ZWSP = "\u200b"

failures = 0


def check(condition, what):
    global failures
    if not condition:
        failures += 1
        print(f"FAILED {FORMAT}: {what}"[:600], file=sys.stderr)


def same(got, want, what):
    if isinstance(got, list) and isinstance(want, list) and got != want:
        at = next((i for i, (g, w) in enumerate(zip(got, want)) if g != w), min(len(got), len(want)))
        what, got, want = f"{what}, {at} of {len(got)}/{len(want)}", got[at:at + 2], want[at:at + 2]
    check(got == want, f"{what}: got {got!r}, want {want!r}")


def describe(rows):
    def field(value):
        return "".join(f"\\x{ord(c):02x}" if c < " " or c == "\x7f" else "\\\\" if c == "\\" else c for c in str(value))
    return "".join("\t".join(field(f) for f in row) + "\n" for row in rows).encode()


def write(rows, *options, fmt=FORMAT, status=0):
    p = subprocess.run([OUTDOC, fmt, *options], input=describe(rows), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    if p.returncode != status:
        sys.exit(f"outdoc {fmt} {options}: status {p.returncode}: {p.stderr.decode(errors='replace')}")
    return p.stdout


def run(command, data, **more):
    p = subprocess.run(command, input=data, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **more)
    if p.returncode != 0:
        sys.exit(f"FAILED {FORMAT}: {command[0]}: {(p.stderr + p.stdout).decode(errors='replace')[:2000]}")
    return p.stdout


def node(script, data):
    return json.loads(run(["node", os.path.join(HERE, script)], data))


def xmllint(schema, data):
    with tempfile.NamedTemporaryFile(suffix=".xml") as f:
        f.write(data)
        f.flush()
        run(["xmllint", "--noout", "--relaxng", os.path.join(HERE, "schemas", schema), f.name], b"")


def clean(s):
    """Control characters are no text."""
    return re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]", " ", s).strip()


def squeeze(s):
    """As a program sees it that knows one kind of blank."""
    return re.sub(r"[\s\xa0\ufffd]+", " ", clean(s)).strip()


def hostile():
    """Every attack as label, title and text."""
    rows = [(0, 0, 0, "", 'Title "]<b>&#35;\\ =x=', "", "")]
    for i, a in enumerate(a.strip() for a in ATTACKS):
        rows.append((1, SECTION, i + 1, "一、", a, "", ""))
        rows.append((2, HEADING, 0, "", a, "", ""))
        rows.append((2, ITEM, 1, a, "题", "", ""))
        rows.append((2, ITEM, 2, "（一）", "文", "段 " + a, "尾 " + a))
    return rows


def space(label, title):
    """GB/T 15834-2011 B.3, as gm__heading_space has it."""
    if not label or not title:
        return ""
    if re.search(r"[0-9A-Za-z.)]$", label):
        return " "
    return " " if label[0] == "第" and label[-1] not in "，、：是要,:" else ""


def headings(rows):
    return [(r[0], r[3] + space(r[3], r[4]) + r[4]) for r in rows if r[0]]


LAW = [
    (0, 0, 0, "", "数据条例", "根据宪法，制定本法。", ""),
    (1, SECTION, 1, "第一编", "总则", "", ""),
    (2, SECTION, 1, "第一章", "一般规定", "", ""),
    (3, ARTICLE, 1, "第一条", "", "为了规范，制定本法。\n国家保护数据。", ""),
    (3, ARTICLE, 2, "第二条", "", "有下列情形之一的，处罚：", ""),
    (4, ITEM, 1, "（一）", "拒不改正", "", ""),
    (4, ITEM, 2, "（二）", "情节严重", "包括：", "前款所称情节，由国务院规定。\n另行公布。"),
    (5, ITEM, 1, "1.", "数额大", "", ""),
    (3, ARTICLE, 2, "第二条之一", "", "增加的条文。", ""),
    (3, ARTICLE, 3, "第三条", "", "甲。", "章末说明。"),
    (2, SECTION, 2, "第二章", "附则", "", "编末说明。"),
    (3, SECTION, 1, "第一节", "施行", "本节说明。", "夹在中间。"),
    (4, ARTICLE, 4, "第四条", "", "自公布之日起施行。", ""),
    (4, ARTICLE, 4, "第四条", "", "误编的同号。", ""),
    (3, SECTION, 2, "第二节", "其他", "只有说明。", ""),
    (1, REGION, 0, "", "附件", "", ""),
    (2, ARTICLE, 1, "第一条", "", "附件自有编号。", ""),
    (2, SECTION, 1, "一、", "办法", "说明。", ""),
]

DEEP = [(0, 0, 0, "", "深", "", "")] + [(i, ITEM, 1, f"{i}.", f"层{i}", "", "") for i in range(1, 64)]


# ------------------------------------------------------------------ formats

def freeplane(data):
    """Level, text and note of each node, as Freeplane's own reader has them."""
    share = "/usr/share/freeplane"
    jars = [os.path.join(d, f) for d, _, files in os.walk(share) for f in files if f.endswith(".jar")]
    jars += ["/usr/share/java/*"]
    with tempfile.TemporaryDirectory() as home:
        path = os.path.join(home, "map.mm")
        with open(path, "wb") as f:
            f.write(data)
        out = run(["java", "-Djava.awt.headless=true", "-Duser.home=" + home, "-Dorg.freeplane.basedirectory=" + share,
                   "-Dorg.freeplane.globalresourcedir=" + share + "/resources", "-Dorg.freeplane.userfpdir=" + home,
                   "-cp", ":".join(jars), os.path.join(HERE, "ReadMap.java"), path], b"").decode()
    return [line.split("\t") for line in out.split("\n") if re.match(r"\d+\t", line)]  # it says other things too


def test_mm():
    def walk(e, level, out):
        for child in e.findall("node"):
            out.append((level, child.get("TEXT"), [p.text for p in child.findall("richcontent/html/body/p")]))
            walk(child, level + 1, out)
        return out
    bad = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
    for rows in (hostile(), LAW, DEEP):
        data = write(rows)
        xmllint("freeplane.rng", data)
        got = walk(ET.fromstring(data).find("node"), 1, [])
        same([(l, t.replace(ZWSP, "")) for l, t, _ in got], [(l, bad.sub("\ufffd", t)) for l, t in headings(rows)], "node texts")
        same([(int(l), squeeze(t), squeeze(n)) for l, t, n in freeplane(data)][1:], [(l, squeeze(t), squeeze(" ".join(n))) for l, t, n in got],
             "what Freeplane reads")
    law = walk(ET.fromstring(write(LAW)), 0, [])
    same(law[0], (0, "数据条例", ["根据宪法，制定本法。"]), "root")
    same([n for n in law if n[1] == "第二条"][0][2],
         ["有下列情形之一的，处罚：", "前款所称情节，由国务院规定。", "另行公布。"], "note with the text after the points")
    child = ET.fromstring(write(LAW, "style=child"))
    same([n.get("TEXT") for n in child.find(".//node[@TEXT='第二条']").findall("node")],
         ["有下列情形之一的，处罚：", "（一）拒不改正", "（二）情节严重", "前款所称情节，由国务院规定。", "另行公布。"], "style child")
    xmllint("freeplane.rng", write(LAW, "style=child"))
    write(LAW, "style=none-such", status=2)


def test_xmind():
    def walk(topic, level, out):
        check(topic["class"] == "topic" and topic["id"], "class and id of a topic")
        out.append((level, topic["title"], topic.get("notes", {}).get("plain", {}).get("content", "").split("\n")))
        for child in topic.get("children", {}).get("attached", []):
            walk(child, level + 1, out)
        return out
    for rows in (hostile(), LAW, DEEP):
        data = write(rows)
        with zipfile.ZipFile(io.BytesIO(data)) as z:
            same(z.testzip(), None, "packed data")
            same(sorted(z.namelist()), ["content.json", "manifest.json", "metadata.json"], "members")
            same({i.date_time for i in z.infolist()}, {(1980, 1, 1, 0, 0, 0)}, "dates of the members")
            same(sorted(json.loads(z.read("manifest.json"))["file-entries"]), ["content.json", "metadata.json"], "manifest")
            json.loads(z.read("metadata.json"))
            sheets = json.loads(z.read("content.json"))
        same((len(sheets), sheets[0]["class"], sheets[0]["title"]), (1, "sheet", rows[0][4]), "sheet")
        got = walk(sheets[0]["rootTopic"], 0, [])
        same([(l, t) for l, t, _ in got[1:]], headings(rows), "topics")
        ids = re.findall(r'"id":"(\w+)"', json.dumps(sheets, separators=(",", ":")))
        same(len(ids), len(set(ids)), "ids are unique")
    same(walk(json.loads(zipfile.ZipFile(io.BytesIO(write(LAW))).read("content.json"))[0]["rootTopic"], 0, [])[0][2],
         ["根据宪法，制定本法。"], "note of the root")
    same(write(LAW), write(LAW), "the same bytes twice")


def test_mermaid():
    def walk(n, level, out):
        out.append((level, squeeze(n["text"])))
        for child in n["children"]:
            walk(child, level + 1, out)
        return out
    for rows in (hostile(), LAW):
        got = walk(node("read_mermaid.mjs", write(rows, "text=none")), 0, [])
        same(got[1:], [(l, squeeze(t)) for l, t in headings(rows)], "nodes")
    texts = [t for _, t in walk(node("read_mermaid.mjs", write(hostile(), "text=full")), 0, [])]
    for a in ATTACKS:
        check(squeeze("段 " + a) in texts and squeeze("尾 " + a) in texts, f"text {a!r}")
    lead = walk(node("read_mermaid.mjs", write(LAW)), 0, [])
    check((4, "第一条 为了规范，制定本法。") in lead or (3, "第一条 为了规范，制定本法。") in lead, "an untitled point shows how it begins")


def test_markmap():
    def walk(n, level, out):
        check("<" not in n["content"], f"mark-up in {n['content']!r}")
        out.append((level, squeeze(html.unescape(n["content"].replace("&#x85;", " ")))))
        for child in n["children"]:
            walk(child, level + 1, out)
        return out
    for rows in (hostile(), LAW):
        got = node("read_markmap.mjs", write(rows, "text=none"))
        same(got["features"], {}, "features that the text switched on")
        same(walk(got["root"], 0, [])[1:], [(l, squeeze(t)) for l, t in headings(rows)], "nodes")
    texts = [t for _, t in walk(node("read_markmap.mjs", write(hostile(), "text=full"))["root"], 0, [])]
    for a in ATTACKS:
        check(squeeze("段 " + a) in texts and squeeze("尾 " + a) in texts, f"text {a!r}")


def test_dot():
    for rows in (hostile(), LAW, DEEP):
        svg = ET.fromstring(run(["dot", "-Tsvg"], write(rows, "text=none")))
        ns = "{http://www.w3.org/2000/svg}"
        boxes = {g.find(ns + "title").text: squeeze("".join(t.text or "" for t in g.findall(ns + "text")))
                 for g in svg.iter(ns + "g") if g.get("class") == "node"}
        edges = [g.find(ns + "title").text for g in svg.iter(ns + "g") if g.get("class") == "edge"]
        want = headings(rows)
        same([boxes.get(f"n{i + 1}") for i in range(len(want))], [squeeze(t) for _, t in want], "labels")
        same((len(boxes), len(edges)), (len(want) + 1, len(want)), "boxes and arrows")
    tips = run(["dot", "-Tsvg"], write(LAW, "text=full")).decode()
    check("国家保护数据" in html.unescape(tips), "tooltips hold the text")


def of_org(text):
    return text.replace(ZWSP, "").replace("\\dollar{}", "$")


def test_org():
    seen = set()
    for rows in (hostile(), LAW, DEEP):
        data = write(rows)
        with tempfile.NamedTemporaryFile(suffix=".org") as f:
            f.write(data)
            f.flush()
            out = run(["emacs", "-Q", "--batch", "-l", os.path.join(HERE, "read_org.el"), f.name], b"").decode()
        got = [json.loads(line) for line in out.split("\n")[:-1]]
        heads = [(h["level"], squeeze(of_org(h["title"]))) for h in got if h["type"] == "headline"]
        same(heads, [(l, squeeze(t)) for l, t in headings(rows)], "headlines")
        for h in got:
            if h["type"] == "headline":
                check(not (h["todo"] or h["priority"] or h["tags"] or h["commented"]), f"read as more than text: {h}")
        text = {"headline", "section", "paragraph", "keyword", "plain-text", "org-data"}
        same([h for h in got if h["type"] not in text and (h["type"], h.get("name")) != ("entity", "dollar")], [], "not text")
        same([h["key"] for h in got if h["type"] == "keyword"], ["TITLE"], "keywords")
        seen |= {squeeze(of_org(h["text"])) for h in got if h["type"] == "paragraph"}
    for a in ATTACKS:
        check(squeeze("段 " + a) in seen and squeeze("尾 " + a) in seen, f"text {a!r}")


def test_csv():
    for rows in (hostile(), LAW):
        raw = write(rows)
        check(b"\r\n" in raw and not re.search(rb'"\r\n[^0-9l]', raw), "line ends")
        table = list(csv.DictReader(io.StringIO(raw.decode(), newline=""), strict=True))
        same(len(table), len(rows), "rows")
        def guarded(s):
            return "'" + s if s[:1] in tuple("=+-@\t\r＝＋－＠") and s else s
        for row, want in zip(table, rows):
            same((row["level"], row["label"], row["title"]), (str(want[0]), guarded(want[3]), guarded(want[4])), "cells")
            for key, cell in row.items():
                check(cell is not None and cell[:1] not in tuple("=+-@\t\r＝＋－＠") or cell == "", f"a formula: {cell!r}")
    table = list(csv.DictReader(io.StringIO(write(LAW).decode(), newline="")))
    same(table[4]["text"], "有下列情形之一的，处罚：\n前款所称情节，由国务院规定。\n另行公布。", "text")
    same((table[4]["kind"], table[4]["number"], table[4]["line"]), ("article", "2", "7"), "columns")
    check(write(LAW, "style=excel").startswith(b"\xef\xbb\xbflevel,"), "byte order mark for Excel")


def test_ctags():
    for rows in (hostile(), LAW):
        data = write(rows)
        source = write(rows, fmt="source")
        want = [t for _, t in headings(rows)]
        with tempfile.TemporaryDirectory() as d:
            path = os.path.join(d, "tags")
            with open(path, "wb") as f:
                f.write(data)
            listed = run(["readtags", "-t", path, "-e", "-n", "-l"], b"").decode().split("\n")[:-1]
            same(len(listed), len(want), "tags that readtags lists")
            for name in [w for w in want if "\t" not in w and not re.search(r"[\x00-\x1f\x7f\\]", w)][:40] if rows is LAW else []:
                check(run(["readtags", "-t", path, name], b"").strip(), f"readtags finds {name!r}")
        compare_tags([line.split("\t") for line in data.decode().split("\n")[:-1] if not line.startswith("!_TAG_")], want,
                     [json.loads(line) for line in write(rows, fmt="ctags-json").decode().split("\n")[:-1]], source)
    law = {t["name"]: t for t in map(json.loads, write(LAW, fmt="ctags-json").decode().split("\n")[:-1]) if t["_type"] == "tag"}
    same((law["第二条之一"]["kind"], law["第二条之一"]["scopeKind"], law["第二条之一"]["scope"]),
         ("article", "chapter", "第一章 一般规定"), "scope of 第二条之一")
    check(law["第二条"]["end"] > law["第二条"]["line"], "the last line of 第二条")


def unescape_tag(s):
    return re.sub(r"\\(x[0-9A-F]{2}|.)", lambda m: {"t": "\t", "n": "\n", "r": "\r"}.get(m[1], m[1]) if len(m[1]) == 1
                  else chr(int(m[1][1:], 16)), s)


def compare_tags(lines, want, records, source):
    text = source.decode().split("\n")
    records = [r for r in records if r["_type"] == "tag"]
    same([unescape_tag(f[0]) for f in lines], want, "names")
    same([r["name"] for r in records], want, "names in the JSON")
    for fields, record in zip(lines, records):
        same(unescape_tag(fields[1]), record["path"], "path")
        rest = "\t".join(fields[2:])
        check(rest.startswith(record["pattern"] + ';"\tkind:'), f"pattern {rest!r}")
        number = int(re.search(r"\tline:(\d+)", rest)[1])
        same(number, record["line"], "line")
        pattern = record["pattern"][1:-1]
        begin, end = pattern.startswith("^"), re.search(r"(?<!\\)(\\\\)*\$$", pattern) is not None
        plain = re.sub(r"\\(.)", r"\1", pattern[begin:len(pattern) - end])
        line = text[number - 1]
        check(line == plain if begin and end else line.startswith(plain) if begin else plain in line,
              f"the pattern {pattern!r} is not the line {line!r}")


def test_chunks():
    sentence = re.compile(r'.*?(?:[。！？]|……|[.!?]+(?=\s|$))[”’」』）》】)"\]。！？…]*|.+')
    rng = random.Random(7)
    pieces = ["、续行。", "国家建立制度。", "是否可行？", "他说：“好！”", "长" * 30 + "。", "see fig. 1.5 here. ", "没有句号", "……", "“引文。”", "English text! ", "（注。）"]
    for trial in range(60):
        rows = [(0, 0, 0, "", "标题", "".join(rng.choices(pieces, k=rng.randint(0, 4))).strip(), "")]
        level = 0
        for i in range(rng.randint(0, 30)):
            level = rng.randint(1, min(level + 1, 6))
            texts = ["\n".join(p for p in ("".join(rng.choices(pieces, k=rng.randint(1, 9))).strip()
                                           for _ in range(rng.randint(0, 3))) if p) for _ in range(2)]
            rows.append((level, SECTION, i + 1, f"{i + 1}、", f"点{i}", *texts))
        cap = rng.choice([1, 20, 50, 200, 800])
        source = write(rows, fmt="source")
        records = [json.loads(line) for line in write(rows, f"width={cap}").decode().split("\n")[:-1]]
        check_chunks(rows, records, source, cap, sentence)
    records = [json.loads(line) for line in write(hostile()).decode().split("\n")[:-1]]
    same(len({r["id"] for r in records}), len(records), "ids are unique")
    long_sentences()
    one = [json.loads(line) for line in write(LAW).decode().split("\n")[:-1]]
    same([r["path"] for r in one if r["text"].startswith("拒不") or "拒不" in r["text"]],
         [["第一编 总则", "第一章 一般规定", "第二条", "（一）拒不改正"]], "path of a point")


def check_chunks(rows, records, source, cap, sentence):
    def letters(s):
        return re.sub(r"\s", "", s)
    body, last = "", 0
    for r in records:
        same(r["characters"], len(r["text"]), "characters")
        check(r["start"] >= last and r["end"] > r["start"], f"spans in order: {r}")
        last = r["end"]
        same(letters(r["text"]), letters(source[r["start"]:r["end"]].decode()), "the span is the text")
        same(r["path"][-1:], [r["path"][-1]] if r["level"] else [], "path")
        same(len(r["path"]), r["level"], "length of the path")
        check(len(r["text"]) <= cap, f"cap {cap}: {r['text']!r}")
        body += letters(r["text"])
    for row in rows:
        for text in row[5:7]:
            for paragraph in text.split("\n"):
                check(letters(paragraph) in body, f"lost: {paragraph!r}")
    whole = "".join(letters(row[5]) + letters(row[6]) for row in rows)
    bare = [row for row, below in zip(rows, rows[1:] + [(0,)]) if row[0] and not row[5] and below[0] <= row[0]]
    same(sorted(body), sorted(whole + "".join(letters(row[3] + row[4]) for row in bare)), "every character once")
    pieces = [piece for row in rows for text in row[5:7] for paragraph in text.split("\n") for piece in sentence.findall(paragraph)]
    for piece in pieces:
        if len(piece) <= cap:
            check(any(piece.strip() in r["text"] for r in records), f"cap {cap}: {piece!r} was parted")


def long_sentences():
    """Parted behind a clause, ；before ，; where there is none, anywhere; in their own text and in titles."""
    def texts(text, cap, title="点"):
        rows = [(0, 0, 0, "", "题", "", ""), (1, SECTION, 1, "一、", title, text, "")]
        return [r["text"] for r in map(json.loads, write(rows, f"width={cap}").decode().split("\n")[:-1])]
    same(texts("甲乙丙，丁戊己；庚辛壬，癸。", 9), ["甲乙丙，丁戊己；", "庚辛壬，癸。"], "behind ；")
    same(texts("甲；乙丙丁戊，己庚辛壬，癸。", 9), ["甲；乙丙丁戊，", "己庚辛壬，癸。"], "； comes too early")
    same(texts("共1,234,567元整，都要公开。", 11), ["共1,234,567元", "整，都要公开。"], "digits hold no clause")
    same(texts("甲" * 25, 10), ["甲" * 10, "甲" * 10, "甲" * 5], "no clause")
    same(texts("短。" + "甲" * 12 + "。短。", 10), ["短。", "甲" * 10, "甲甲。短。"], "the rest goes on")
    same(texts("", 10, "甲乙丙，丁戊己，庚辛，壬"), ["一、甲乙丙，丁戊己，", "庚辛，壬"], "a title")
    rows = [(0, 0, 0, "", "题", "", ""), (1, SECTION, 1, "一、", "甲" * 5000, "", ""), (2, SECTION, 1, "（一）", "子", "文", "")]
    records = [json.loads(line) for line in write(rows).decode().split("\n")[:-1]]
    same([r["path"] for r in records], [["一、" + "甲" * 800 + "…", "（一）子"]], "a long title in a path")


def test_akn():
    ns = "{http://docs.oasis-open.org/legaldocml/ns/akn/3.0}"
    for rows in (LAW, hostile(), DEEP, LAW[:1], [(0, 0, 0, "", "", "", "")], LAW[:4]):
        for options in ((), ("depth=2",), ("text=none",)):
            data = write(rows, *options)
            xmllint("akn-subset.rng", data)
            ids = [e.get("eId") for e in ET.fromstring(data).iter() if e.get("eId")]
            same(len(ids), len(set(ids)), f"eIds are unique: {[i for i in ids if ids.count(i) > 1][:5]}")
    root = ET.fromstring(write(LAW))
    by_id = {e.get("eId"): e for e in root.iter() if e.get("eId")}
    for eid, element, text in (("book_1__chp_1", "chapter", "第一章一般规定"), ("art_1__para_2", "paragraph", "国家保护数据。"),
                               ("art_2", "article", "第二条"), ("art_2__para_1__point_2", "point", "（二）情节严重"),
                               ("art_2__para_1__point_2__indent_1", "indent", "1.数额大"), ("art_2__para_2", "paragraph", "前款所称"),
                               ("art_2__para_3", "paragraph", "另行公布。"), ("art_2-1", "article", "第二条之一"),
                               ("book_1__chp_2__sec_1", "section", "第一节施行"), ("art_4", "article", "第四条")):
        e = by_id.get(eid)
        got = "".join("".join(e.itertext()).split()) if e is not None else None
        check(e is not None and e.tag == ns + element and got.startswith(text), f"{eid}: {element} {text!r}, got {got!r}")
    whole = "".join("".join(root.itertext()).split())
    for row in LAW:
        for text in (row[3], row[4], *row[5].split("\n"), *row[6].split("\n")):
            check(text in whole, f"lost: {text!r}")


def test_lsp():
    def walk(symbols, level, out):
        for symbol in symbols:
            out.append((level, symbol["name"], symbol))
            walk(symbol["children"], level + 1, out)
        return out
    for rows in (hostile(), LAW, DEEP):
        got = walk(node("read_lsp.mjs", write(rows)), 1, [])
        same([(l, n) for l, n, _ in got], [(l, re.sub(r"^[\s\x00-\x1f\x7f]+|[\s\x00-\x1f\x7f]+$", "", t) or "heading")
                                             for l, t in headings(rows)], "names")
        lines = re.split("\r\n|\r|\n", write(rows, fmt="source").decode())
        for (_, name, symbol), row in zip(got, [r for r in rows if r[0]]):
            start, end = symbol["selectionRange"]["start"], symbol["selectionRange"]["end"]
            units = lines[start["line"]].encode("utf-16-le")[2 * start["character"]:2 * end["character"]]
            same(units.decode("utf-16-le"), row[3] + row[4], "what the selection selects")
    kinds = {s["name"]: s["kind"] for _, _, s in walk(node("read_lsp.mjs", write(LAW)), 1, [])}
    same((kinds["第一章 一般规定"], kinds["第二条"], kinds["（一）拒不改正"]), (2, 12, 8), "kinds")


def test_sarif():
    modules = os.path.join(os.path.dirname(HERE), "node_modules")
    faulty = "试行办法\n一、总则\n正文。\n二、职责\n（一）甲\n（三）丙\n四、附则\n"
    with tempfile.TemporaryDirectory() as d:
        name = os.path.join(d, "a b:#%.txt")
        with open(name, "w") as f:
            f.write(faulty)
        for style in ([], ["--style", "zh"]):
            def lint(fmt, *more):
                p = subprocess.run([OUTDOC, "lint", "-q", "-t", fmt, *more, name], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
                check(p.returncode in (0, 1), p.stderr)
                return json.loads(p.stdout)
            log, model = lint("sarif", *style), lint("json")
            results = log["runs"][0]["results"]
            same([(r["ruleId"], r["locations"][0]["physicalLocation"]["region"]["startLine"]) for r in results],
                 [(x["id"], x["line"]) for x in model.get("diagnostics", [])], "the faults")
            rules = [rule["id"] for rule in log["runs"][0]["tool"]["driver"]["rules"]]
            for r in results:
                same((rules[r["ruleIndex"]], bool(r["message"]["text"])), (r["ruleId"], True), "rule and message")
                same(r["locations"][0]["physicalLocation"]["artifactLocation"]["uri"], "file://" + urllib.parse.quote(name), "uri")
            path = os.path.join(d, "log.ts")
            with open(path, "w") as f: # the compiler compares the literal with Microsoft's types, unknown keys included
                f.write(f'import type {{ Log }} from "{modules}/@types/sarif/index";\nexport const log: Log = {json.dumps(log)};\n')
            run(["node", os.path.join(modules, "typescript/bin/tsc"), "--noEmit", "--strict", "--skipLibCheck", path], b"")


globals()["test_" + FORMAT]()
if failures:
    sys.exit(f"{failures} failures")
