#!/usr/bin/env python3
"""Hostile pages, Markdown, outlines, PDF and OLE files: each must end as the table says, quickly and in little memory,
without a crash, and with one line that says why when it fails.
usage: hostile_web.py DUMP [SECONDS [MIB]]     DUMP: the program source_dump; SECONDS: of the processor"""
import os
import subprocess
import sys
import tempfile
import threading

N = 100000
LIMIT, INPUT = 5, 3


def entry(name):
    """A directory entry of an OLE2 container, as far as its name goes."""
    return name.encode("utf-16-le").ljust(128, b"\0")


def opml(body, head=""):
    return '<?xml version="1.0"?>%s<opml version="2.0"><head/><body>%s</body></opml>' % (head, body)


LAUGHS = '<!DOCTYPE %s [<!ENTITY a "ha">' + "".join(
    '<!ENTITY %s "%s">' % (chr(98 + i), ("&%s;" % chr(97 + i)) * 10) for i in range(9)
) + "]>"
FETCH = '<!DOCTYPE %s [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
PARAMETER = '<!DOCTYPE %s [<!ENTITY %% a SYSTEM "file:///etc/passwd">%%a;]>'
MAIL = "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504
HTML = "<!DOCTYPE html><html><body>"

# name, content, statuses that are right, a word of the message (None: it may succeed), extra arguments
CASES = [
    ("divs.html", HTML + "<div>" * N + "一、甲", [LIMIT], "nested-too-deep"),
    ("lists.html", HTML + "<ol><li>" * N + "一、甲", [LIMIT], "nested-too-deep"),
    ("tables.html", HTML + "<table><tr><td>" * N, [LIMIT], "nested-too-deep"),
    ("fonts.html", HTML + "<p><font size=2>一、甲" * 3000, [0], None),
    ("ends.html", HTML + "<span>" * 1900 + "</b>" * N * 2, [0, LIMIT], None),
    ("attributes.html", HTML + "<p " + " ".join("a%d=1" % i for i in range(60000)) + ">一、甲", [LIMIT], "attributes"),
    ("elements.html", HTML + "<i></i>" * 1500000, [LIMIT], "memory"),
    ("comments.html", HTML + "<!--" * N * 3 + "一、甲", [0], None),
    ("entities.html", HTML + "&amp;&#x110000;&#0;&bogus;&" * N, [0], None),
    ("numbers.html", HTML + "<ol start=999999999999999999999>" + "<li value=-2147483649>甲<li>乙" * 1000, [0], None),
    ("css.html", HTML.replace("<body>", "<style>%s</style><body>" % ("a b,c d{list-style:none}" * N)) + "<p>甲" * 5000, [0], None),
    ("counters.html", HTML.replace("<body>", "<style>%s</style><body>" % "".join(
        "i{counter-reset:%s;counter-increment:%s}i::before{content:%scounters(a%d,'.')}" % (" ".join("a%d" % (9 * i + k) for k in range(9)), "b " * 60,
                                                                      " " * 200, i) for i in range(200))) + "<i>甲</i>" * 50000, [0], None),
    ("content.html", HTML.replace("<body>", "<style>p{counter-increment:a}p::before{content:'%s'counter(a)}</style><body>" % ("长" * N)) + "<p>甲" * 20000, [0], None),
    ("braces.html", HTML.replace("<body>", "<style>%s</style><body>" % ("@x{" * N)) + "<p>甲", [0], None),
    ("charset.html", '<meta charset="no-such-thing"><p>一、甲', [0], None),
    ("nul.html", HTML.encode() + b"<p>\0\0\0\xff\xfe\xc0\x80" * 1000, [0, INPUT], None),
    ("picture.html", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)) * 64, [0, INPUT], None),
    ("parts.mht", MAIL + "--b\nContent-Type: image/png\n\n" * N * 3, [INPUT], "bad-archive"),
    ("headers.mht", MAIL + "--b\n" + "Content-Type: text/html; charset=x\n" * N * 3, [0, INPUT], None),
    ("no-boundary.mht", "MIME-Version: 1.0\nContent-Type: multipart/related\n\n--\n" * N, [INPUT], "bad-archive"),
    ("quoted.mht", MAIL + "--b\nContent-Type: text/html\nContent-Transfer-Encoding: quoted-printable\n\n" + "=\n=E4=\r\n=4" * N, [0], None),
    ("deep.mht", MAIL + "--b\nContent-Type: text/html\n\n" + "<div>" * N, [LIMIT], "nested-too-deep"),
    ("quotes.md", ">" * N + " 一、甲", [0, LIMIT], None),
    ("lists.md", "- " * N + "甲", [0, LIMIT], None),
    ("numbers.md", "1. " * N, [0, LIMIT], None),
    ("indents.md", "\n".join("  " * i + "1. 甲" for i in range(1500)), [0, LIMIT], None),
    ("brackets.md", "[" * N, [0, LIMIT], None),
    ("images.md", "![](" * N, [0, LIMIT], None),
    ("pictures.md", "![[]()" * 60000, [LIMIT], "pictures"),
    ("album.md", "![甲](乙.png) " * 5000, [0], None),
    ("maps.md", "---\n" + "{a: " * 15000 + "\n---\n一、甲", [0], None),
    ("links.md", "[甲](" * N, [0, LIMIT], None),
    ("stars.md", "*a **a " * N, [0, LIMIT], None),
    ("pairs.md", "~~甲~~" * N + "**", [0], None),
    ("rows.html", HTML + "<table><tr><td>" + "<p>一、</p>" * N, [0], None),
    ("forms.html", HTML + "<form><p>甲</form>" * 20000, [0, LIMIT], None),
    ("headings.html", HTML + "<h1>甲" + '<a href="#x">#</a>' * 20000 + "乙</h1>", [0], None),
    ("mains.html", HTML + "<ul><li><a href=x>甲</a>" * 600, [0, LIMIT], None),
    ("nested.html", HTML + "<table><tr><td>" * 500 + "甲" * N, [0, LIMIT], None),
    ("ticks.md", "".join("a" + "`" * i for i in range(1000)), [0, LIMIT], None),
    ("instructions.md", "<?" * N, [0, LIMIT], None),
    ("front.md", "---\n" + "[" * N + "\n---\n一、甲", [0, LIMIT], None),
    ("anchors.md", "---\ntitle: &a [x]\n" + "b: *a\n" * N + "---\n一、甲", [0], None),
    ("deep.opml", opml('<outline text="甲">' * N), [LIMIT], "too-deep"),
    ("attributes.opml", opml('<outline text="甲" %s/>' % " ".join("a%d='1'" % i for i in range(N))), [LIMIT], "attributes"),
    ("namespaces.mm", "<map %s><node TEXT='甲'/></map>" % " ".join("xmlns:n%d='u'" % i for i in range(N)), [LIMIT], "attributes"),
    ("laughs.opml", opml('<outline text="&j;"/>', LAUGHS % "opml"), [INPUT], "entities"),
    ("fetch.opml", opml('<outline text="甲">&a;</outline>', FETCH % "opml"), [INPUT], "entities"),
    ("parameter.opml", opml('<outline text="甲"/>', PARAMETER % "opml"), [INPUT], "entities"),
    ("cut.opml", opml('<outline text="一、甲"/><outline text="二、乙"/>')[:-30], [INPUT], "bad-xml"),
    ("laughs.xml", LAUGHS % "gangmu" + "<gangmu version='1'><title>&j;</title></gangmu>", [INPUT], "entities"),
    ("deep.xml", "<gangmu version='1'><outline>" + "<node>" * N, [LIMIT], "too-deep"),
    ("laughs.mm", LAUGHS % "map" + "<map><node TEXT='&j;'/></map>", [INPUT], "entities"),
    ("deep.mm", "<map>" + "<node TEXT='甲'>" * N, [LIMIT], "too-deep"),
    ("rich.mm", "<map><node><richcontent TYPE='NOTE'>" + "<p>" * N, [LIMIT], "nested-too-deep"),
    ("deep.json", '{"gangmu":1,"x":' + "[" * N * 3, [LIMIT], "nested-too-deep"),
    ("nodes.json", '{"gangmu":1,"outline":[' + '{"children":[' * N, [LIMIT], "too-deep"),
    ("cut.json", '{"gangmu":1,"outline":[{"label":"一、"},', [INPUT], "bad-json"),
    ("list.json", '{"gangmu":2,"outline":[]}', [INPUT], "not-an-outline"),
    ("deep.yaml", "gangmu: 1\nx: " + "[" * N, [LIMIT], "nested-too-deep"),
    ("indents.yaml", "gangmu: 1\n" + "\n".join(" " * i + "x:" for i in range(2000)), [INPUT, LIMIT], ""),
    ("aliases.yaml", "gangmu: 1\na: &a [x]\nb: [*a,*a]\n", [INPUT], "bad-yaml"),
    ("keys.yaml", "gangmu: 1\n? [a]\n: b\n", [INPUT], "bad-yaml"),
    ("encrypted.docx", OLE + entry("EncryptionInfo") + entry("EncryptedPackage"), [INPUT], "encrypted"),
    ("renamed.docx", OLE + entry("Workbook"), [INPUT], "old-format"),
    ("sheet.doc", OLE + entry("Workbook"), [INPUT], "old-format"),
    ("cut.pdf", b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog", [INPUT], "bad-pdf"),
]


def run(dump, path, seconds):
    with tempfile.TemporaryFile() as err:
        p = subprocess.Popen([dump, path], stdout=subprocess.PIPE, stderr=err)
        timer = threading.Timer(seconds * 10, p.kill)
        timer.start()
        out = p.stdout.read()
        _, status, usage = os.wait4(p.pid, 0)
        timer.cancel()
        p.returncode = os.waitstatus_to_exitcode(status)
        err.seek(0)
        return p.returncode, out, err.read().decode("utf8", "replace"), usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def check(dump, folder, case, seconds, mib):
    name, content, statuses, word = case
    path = os.path.join(folder, name)
    with open(path, "wb") as f:
        f.write(content if isinstance(content, bytes) else content.encode())
    status, out, message, took, peak = run(dump, path, seconds)
    faults = []
    if status not in statuses:
        faults.append("status %d, expected %s" % (status, statuses))
    if status and len(message.strip().splitlines()) != 1:
        faults.append("not one line of message")
    if status and word is not None and word not in message:
        faults.append("the message has no %r" % word)
    if b"root:" in out:
        faults.append("a file was fetched")
    if took > seconds or peak > mib:
        faults.append("too slow or too large")
    print("%-18s %d  %5.2f s %5.0f MiB  %s" % (name, status, took, peak, message.strip()[:100]))
    for fault in faults:
        print("  FAULT", fault)
    os.remove(path)
    return not faults


def main():
    seconds = float(sys.argv[2]) if len(sys.argv) > 2 else 2
    mib = float(sys.argv[3]) if len(sys.argv) > 3 else 256
    with tempfile.TemporaryDirectory() as folder:
        good = [check(sys.argv[1], folder, case, seconds, mib) for case in CASES]
    sys.exit(not all(good))


if __name__ == "__main__":
    main()
