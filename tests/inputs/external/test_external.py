#!/usr/bin/env python3
"""Formats that another program reads: PDF through pdftotext (the real one), old Word files through LibreOffice (a
stand-in that checks how it is called), and what is said when they are not installed.
usage: test_external.py DUMP"""
import os
import subprocess
import sys
import tempfile
import zipfile

HERE = os.path.dirname(os.path.abspath(__file__))
DUMP = sys.argv[1]
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0")
MANUAL = """pdf UTF-8 
  为了做好今年的防汛工作，按照上级的统一部署，结合本县
的实际情况，制定本手册。
  一、组织领导
  （一）县防汛指挥部负责全县防汛抗旱工作的组织、协调、
监督和指导，各乡镇成立相应的指挥机构。
  （二）各部门按照各自的职责做好有关的工作，遇到重大险
情立即上报。
  二、监测预警
  （一）雨情监测。气象部门要加密监测的频次，每小时通报
一次。
  （二）水情监测。
三、抢险救援
1.队伍
2.物资
"""
MARKED = """pdf UTF-8 
h1 d0 #0 	[]编写说明
h1 d0 #0 	[]第一章   总则
h1 d0 #0 	[]第二章   关于加强重点河段堤防巡查与重大险情处置的规定
h2 d0 #0 	[]第一节   巡查
h1 d0 #0 	[]第三章   附则
"""
# Both columns, the left one first; the title goes across.
COLUMNS = ["街道行道树冬春养护办法试行稿全文如下\n", "沿着树冠的边缘\n挖沟浇水，水渗完后填平。\n ", "三、施肥。以腐熟的有机肥\n为主，开沟埋施，不伤根系。\n",
           "\n员和做了什么。\n"]
BOOK = """pdf UTF-8 
  第一章   渡口
  一、船只。渡口有三只船，大船载人，小船载货，另一只
停在北岸备用。每天清晨由值班的船工检查缆绳，检查以后
在簿子上签字。
    二、票务。上船以前买票，儿童免票。
  第二章   值班
  一、值班表。每月底由渡口管理站排出，贴在候船室门口。
  第三章   检修
  一、船底。每年上岸一次，刮去水草，重新上漆，两个月以
后才能下水。
  二、码头。汛期以前检查木桩。
"""
ARTICLES = """pdf UTF-8 
第   1   條
渡口由縣管理。
第   2   條
渡船應登記。
第   3   條
票價由縣定之。
第   4   條
本辦法自公布日施行。
"""
CHAPTERS = """pdf UTF-8 
1   总则
正文在这里。
2   职责
正文在这里。
3   检修
正文在这里。
4   附则
正文在这里。
"""
NOTES = """pdf UTF-8 
h0 d0 #0 n	[]1
h0 d0 #0 n	[]    备用的船不载人，汛期除外。
h0 d0 #0 n	[]2
h0 d0 #0 n	[]    船工两人一班。
"""
DOCUMENT = (
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
    "<w:p><w:r><w:t>一、旧格式</w:t></w:r></w:p></w:body></w:document>"
)
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml"'
    ' ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Target='
    '"word/document.xml" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/>'
    "</Relationships>"
)
faults = 0


def expect(what, path, status, text, **env):
    global faults
    given = dict(os.environ, **env)
    p = subprocess.run([DUMP, path], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=given, timeout=120)
    got = (p.stdout + p.stderr).decode("utf8", "replace")
    if p.returncode != status or text not in got:
        faults += 1
        print("FAULT %s: status %d, expected %d; output:\n%s" % (what, p.returncode, status, got))


def write(folder, name, content):
    path = os.path.join(folder, name)
    with open(path, "wb") as f:
        f.write(content)
    return path


with tempfile.TemporaryDirectory() as folder:
    docx = os.path.join(folder, "converted.docx")
    with zipfile.ZipFile(docx, "w") as z:
        z.writestr("[Content_Types].xml", TYPES)
        z.writestr("_rels/.rels", RELATIONS)
        z.writestr("word/document.xml", DOCUMENT)
    old = write(folder, "old.doc", OLE + "WordDocument".encode("utf-16-le").ljust(128, b"\0"))
    rtf = write(folder, "old.rtf", b"{\\rtf1 x}")
    scratch = os.path.join(folder, "tmp")
    os.mkdir(scratch)
    stand_in = {"PATH": HERE + "/bin:/usr/bin:/bin", "GANGMU_TEST_DOCX": docx, "TMPDIR": scratch}

    expect("pdf", HERE + "/pdf/manual.pdf", 0, MANUAL)
    expect("pdf with bookmarks", HERE + "/pdf/marked.pdf", 0, MARKED)
    expect("pdf of a book", HERE + "/pdf/book.pdf", 0, BOOK)
    expect("pdf whose chapters begin pages", HERE + "/pdf/chapters.pdf", 0, CHAPTERS)
    expect("pdf whose articles begin pages", HERE + "/pdf/articles.pdf", 0, ARTICLES)
    expect("pdf with footnotes", HERE + "/pdf/notes.pdf", 0, NOTES)
    for part in COLUMNS:
        expect("pdf with columns", HERE + "/pdf/columns.pdf", 0, part)
    expect("pdf without text", HERE + "/pdf/blank.pdf", 3, "[no-text]")
    expect("no pdftotext", HERE + "/pdf/manual.pdf", 3, "pdftotext (poppler-utils), which is not installed", PATH=folder)
    expect("doc", old, 0, "一、旧格式", **stand_in)
    expect("rtf", rtf, 0, "一、旧格式", **stand_in)
    expect("failed conversion", old, 3, "[conversion-failed]", **dict(stand_in, GANGMU_TEST_DOCX="/nonexistent"))
    expect("no LibreOffice", old, 3, "old Word or WPS file; convert it first: soffice", PATH=folder)
    expect("no LibreOffice, rtf", rtf, 3, "old RTF file", PATH=folder)
    if os.listdir(scratch):
        faults += 1
        print("FAULT temporary files stay:", os.listdir(scratch))
sys.exit(faults != 0)
