#!/usr/bin/env python3
"""Documents, contents and bookmarks, read by the programs they are for.

usage: pages.py GANGMU text|latex|nav|bookmarks|docx

text       reads back to the same outline
latex      pandoc reads the same words
nav        well-formed, and epubcheck accepts a book with it
bookmarks  Ghostscript and pdftk make the PDF outline that the other one's format describes
docx       LibreOffice makes the headings and the pages of GB/T 9704; gangmu reads the same outline back
"""
import os, re, shutil, subprocess, sys, tempfile, zipfile
import xml.etree.ElementTree as ET

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
PAGE = os.path.join(HERE, "page.txt")
SAMPLES = [PAGE] + [os.path.join(ROOT, "examples", name + ".txt") for name in ("notice", "regulation")]
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

def run(*args, data=None, env=None):
    p = subprocess.run(args, input=data, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env)
    if p.returncode:
        sys.exit(f"{' '.join(args)}: exit {p.returncode}\n{p.stdout.decode(errors='replace')}{p.stderr.decode(errors='replace')}")
    return p.stdout

def gangmu(*args, data=None):
    return run(os.path.abspath(sys.argv[1]), *args, data=data)

def same(what, got, want):
    if got != want:
        sys.exit(f"{what}:\n got  {got!r}\n want {want!r}")

def outline(*args, data=None):
    return gangmu("-t", "tree", *args, data=data).decode().split("\n", 1)[1]

def text():
    for sample in SAMPLES:
        copy = gangmu("-t", "text", sample)
        same(sample, outline("-f", "text", "-", data=copy), outline(sample))
        same(sample + " twice", gangmu("-t", "text", "-f", "text", "-", data=copy), copy)

def latex():
    odd = "一、\\ {a} $b$ c&d #1 50% x_y x^2 ~ `` '' -- --- ?` !` [z] <<w>> \\input{/etc/passwd} \\end{document}\n正文。\n".encode()
    bare = lambda words: re.sub(r"[\s\u3000\"'`。]", "", words) # pandoc knows no \\textquotedbl, \\textasciigrave
    for data in [odd] + [open(sample, "rb").read() for sample in SAMPLES]:
        source = gangmu("-t", "latex", "-f", "text", "-", data=data)
        words = gangmu("-t", "text", "-f", "text", "-", data=data).decode()
        title = re.search(r'^"?InfoValue: (.*)$', gangmu("-t", "pdftk", "-f", "text", "-", data=data).decode(), re.M)
        words = words.replace(title[1], "", 1) if title else words  # which pandoc keeps apart, and what stands above it not
        got = run("pandoc", "-f", "latex-smart", "-t", "plain", "--wrap=none", data=source).decode()
        same("words", bare(got), bare(words))

# ---------------------------------------------------------------- contents

BOOK = {
    "META-INF/container.xml": '<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
        '<rootfile full-path="book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>',
    "book.opf": '<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id">'
        '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:identifier id="id">urn:gangmu:test</dc:identifier>'
        '<dc:title>规程</dc:title><dc:language>zh</dc:language><meta property="dcterms:modified">2026-01-01T00:00:00Z</meta></metadata>'
        '<manifest><item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>'
        '<item id="text" href="content.xhtml" media-type="application/xhtml+xml"/></manifest>'
        '<spine><itemref idref="text"/></spine></package>',
}

def nav():
    for sample in SAMPLES[:2]:
        with tempfile.TemporaryDirectory() as folder:
            contents = gangmu("-t", "nav", sample)
            run("xmllint", "--noout", "-", data=contents)
            ids = re.findall(rb'href="content\.xhtml#(n\d+)"', contents)
            page = gangmu("-t", "html", sample)
            same("ids of the page", [i for i in ids if b'<section id="' + i + b'"' not in page], [])
            body = "".join(f'<p id="{i.decode()}">文</p>' for i in ids)
            book = os.path.join(folder, "book.epub")
            with zipfile.ZipFile(book, "w") as z:
                z.writestr("mimetype", "application/epub+zip")
                for name, part in BOOK.items():
                    z.writestr(name, '<?xml version="1.0" encoding="UTF-8"?>' + part)
                z.writestr("nav.xhtml", contents)
                z.writestr("content.xhtml", '<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml">'
                           f'<head><title>规程</title></head><body>{body}</body></html>')
            run("java", "-jar", shutil.which("epubcheck") or "epubcheck", book) # Debian's is a jar that needs binfmt

# --------------------------------------------------------------- bookmarks

def marks_of(pdf):
    dump = run("pdftk", pdf, "dump_data_utf8").decode()
    return re.findall(r"BookmarkTitle: (.*)\nBookmarkLevel: (\d+)\nBookmarkPageNumber: (\d+)", dump)

def bookmarks():
    paged = "第一章　总则\n第一节　“上”与 <下> & \"引号\"\n正文。\n\f第二节　𠮷祥 (括号\\)\n正文。\n第二章　附则\n\f第一节　施行\n正文。\n".encode()
    with tempfile.TemporaryDirectory() as folder:
        at = lambda name: os.path.join(folder, name)
        for data in [paged] + [open(sample, "rb").read() for sample in SAMPLES]:
            with open(at("blank.ps"), "w") as f:
                f.write("%!\nshowpage showpage showpage\n")
            for name in ("pdfmark", "pdftk"):
                with open(at(name), "wb") as f:
                    f.write(gangmu("-t", name, "-f", "text", "-", data=data))
            run("gs", "-q", "-dSAFER", "-sDEVICE=pdfwrite", "-o", at("gs.pdf"), at("blank.ps"), at("pdfmark"))
            run("gs", "-q", "-dSAFER", "-sDEVICE=pdfwrite", "-o", at("blank.pdf"), at("blank.ps"))
            run("pdftk", at("blank.pdf"), "update_info_utf8", at("pdftk"), "output", at("tk.pdf"))
            want = re.findall(r"BookmarkTitle: (.*)\nBookmarkLevel: (\d+)\nBookmarkPageNumber: (\d+)", open(at("pdftk"), encoding="utf-8").read())
            same("Ghostscript's outline", marks_of(at("gs.pdf")), want)
            same("pdftk's outline", marks_of(at("tk.pdf")), want)
            if data is paged:
                same("pages", [(t, p) for t, _, p in want], [("第一章 总则", "1"), ("第一节 “上”与 <下> & \"引号\"", "1"),
                     ("第二节 𠮷祥 (括号\\)", "2"), ("第二章 附则", "2"), ("第一节 施行", "3")])

# -------------------------------------------------------------------- docx

def to_pdf(folder, docx):
    run("soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to",
        'pdf:writer_pdf_Export:{"ExportBookmarks":{"type":"boolean","value":"true"}}', "--outdir", folder, docx,
        env={**os.environ, "HOME": folder})
    return docx[:-len("docx")] + "pdf"

def headings(docx):
    """(level, text) of the paragraphs that have a heading style."""
    with zipfile.ZipFile(docx) as z:
        styles, document = ET.fromstring(z.read("word/styles.xml")), ET.fromstring(z.read("word/document.xml"))
    levels = {s.get(W + "styleId"): int(s.find(W + "name").get(W + "val")[8:]) for s in styles.iter(W + "style")
              if s.find(W + "name").get(W + "val").startswith("heading ")}
    found = []
    for p in document.iter(W + "p"):
        style = p.find(f"{W}pPr/{W}pStyle")
        if style is not None and style.get(W + "val") in levels:
            found.append((levels[style.get(W + "val")], "".join(t.text for t in p.iter(W + "t"))))
    return found

def layout(pdf):
    info = run("pdfinfo", pdf).decode()
    assert re.search(r"Page size: +59\d(\.\d+)? x 84\d(\.\d+)? pts \(A4\)", info), info
    pages = run("pdftotext", "-layout", pdf, "-").decode().split("\f")[:-1]
    body = [[line for line in page.split("\n") if line.strip()] for page in pages]
    numbers = [re.sub(r"\s", "", page[-1]) for page in body if re.fullmatch(r"\s*—\s*\d+\s*—\s*", page[-1])]
    same("page numbers", numbers, [f"—{i + 1}—" for i in range(len(numbers))])
    assert numbers, "no page has a number"
    longest = max(len(re.sub(r"\s", "", line)) for page in body for line in page if re.fullmatch(r"[^ -~]*", line.strip()))
    assert max(map(len, body)) <= 23 and longest <= 29, (max(map(len, body)), longest) # 22 lines and the number; 28 and a mark that hangs
    return max(map(len, body)), longest

def check_docx(folder, sample):
    docx = os.path.join(folder, os.path.basename(sample)[:-3] + "docx")
    gangmu("-t", "docx", "-o", docx, sample)
    same(sample, outline(docx), outline(sample))
    with zipfile.ZipFile(docx) as z:
        assert z.testzip() is None
        for name in z.namelist():
            ET.fromstring(z.read(name))
        document = z.read("word/document.xml").decode()
    assert ' TOC \\o "1-3" ' in document and "pwned" not in re.sub(r"<w:t [^>]*>[^<]*</w:t>", "", document)
    seen = run("pandoc", "-f", "docx", "-t", "json", docx).decode()
    same("pandoc's headings", [min(int(n), 9) for n in re.findall(r'"t":"Header","c":\[(\d)', seen)], [n for n, _ in headings(docx)])
    marks = marks_of(to_pdf(folder, docx))
    found = headings(docx)
    same("LibreOffice's outline", [(int(level), title) for title, level, _ in marks], found)
    return docx, found

def reference(folder, docx):
    """Another Word's styles: ids are numbers, and there is no Body Text."""
    mine = os.path.join(folder, "reference.docx")
    with zipfile.ZipFile(docx) as z, zipfile.ZipFile(mine, "w") as out:
        styles = re.sub(r"Heading(\d)", r"\1", z.read("word/styles.xml").decode()).replace("Body Text", "Other Text")
        out.writestr("word/styles.xml", styles)
    other = os.path.join(folder, "other.docx")
    gangmu("-t", "docx", "--reference-doc", mine, "-o", other, PAGE)
    with zipfile.ZipFile(other) as z:
        same("styles", z.read("word/styles.xml").decode(), styles)
        document = z.read("word/document.xml").decode()
    assert '<w:pStyle w:val="1"/>' in document and "BodyText" not in document
    same("headings with other styles", headings(other), headings(docx))
    p = subprocess.run([sys.argv[1], "-t", "docx", "--reference-doc", PAGE, PAGE], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert p.returncode == 3 and b"reference-doc" in p.stderr and not p.stdout, p

def docx():
    with tempfile.TemporaryDirectory() as folder:
        for sample in SAMPLES:
            file, found = check_docx(folder, sample)
            assert len(found) >= 5
            if sample != PAGE:
                lines, chars = layout(file[:-4] + "pdf")
                assert lines >= 22 and chars >= 27, (sample, lines, chars)
            else:
                same("a title that runs on", [t for _, t in found][4], "（二）儿童阅览室。")
                reference(folder, file)
        plain = os.path.join(folder, "plain.docx")
        gangmu("-t", "docx", "--style", "plain", "-o", plain, PAGE)
        assert b" TOC " not in zipfile.ZipFile(plain).read("word/document.xml")

{"text": text, "latex": latex, "nav": nav, "bookmarks": bookmarks, "docx": docx}[sys.argv[2]]()
