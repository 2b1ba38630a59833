#!/usr/bin/env python3
"""Write the PDF fixtures: pages of lines in a font that is not embedded and has a ToUnicode map.
usage: make_pdf.py DIR"""
import sys


def page_content(lines, codes):
    out = []
    for x, y, text in lines:
        hexes = "".join("%04X" % codes[c] for c in text)
        out.append("BT /F1 16 Tf 1 0 0 1 %d %d Tm <%s> Tj ET" % (x, y, hexes))
    return "\n".join(out)


def to_unicode(codes):
    rows = "\n".join("<%04X> <%s>" % (n, c.encode("utf-16-be").hex()) for c, n in codes.items())
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def\n"
        "1 begincodespacerange <0000> <FFFF> endcodespacerange\n%d beginbfchar\n%s\nendbfchar\n"
        "endcmap end end" % (len(codes), rows)
    )


def outline(marks, first, page_number):
    """Objects of the bookmarks (depth, page, title), the root at number `first`; kin are linked in order."""
    kids, path, up = {0: []}, {0: 0}, []
    for n, (depth, _, _) in enumerate(marks, 1):
        up.append(path[depth - 1])
        path[depth] = n
        kids.setdefault(n, [])
        kids[up[-1]].append(n)
    out = ["<< /Type /Outlines /First %d 0 R /Last %d 0 R >>" % (first + kids[0][0], first + kids[0][-1])]
    for n, (_, page, title) in enumerate(marks, 1):
        row, at = kids[up[n - 1]], kids[up[n - 1]].index(n)
        links = " /Prev %d 0 R" % (first + row[at - 1]) if at else ""
        links += " /Next %d 0 R" % (first + row[at + 1]) if at + 1 < len(row) else ""
        links += " /First %d 0 R /Last %d 0 R" % (first + kids[n][0], first + kids[n][-1]) if kids[n] else ""
        out.append("<< /Title <FEFF%s> /Parent %d 0 R /Dest [%d 0 R /Fit]%s >>" %
                   (title.encode("utf-16-be").hex(), first + up[n - 1], page_number(page), links))
    return out


def write(path, pages, marks=()):
    codes = {}
    for page in pages:
        for _, _, text in page:
            for c in text:
                codes.setdefault(c, len(codes) + 1)
    assert len(codes) <= 100 * 10
    objects = []

    def stream(text):
        return "<< /Length %d >>\nstream\n%s\nendstream" % (len(text.encode()), text)

    kids = " ".join("%d 0 R" % (7 + 2 * i) for i in range(len(pages)))
    behind = 7 + 2 * len(pages)
    objects.append("<< /Type /Catalog /Pages 2 0 R%s >>" % (" /Outlines %d 0 R" % behind if marks else ""))
    objects.append("<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, len(pages)))
    objects.append(
        "<< /Type /Font /Subtype /Type0 /BaseFont /None /Encoding /Identity-H "
        "/DescendantFonts [4 0 R] /ToUnicode 6 0 R >>"
    )
    objects.append(
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /None /DW 1000 /FontDescriptor 5 0 R "
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>"
    )
    objects.append(
        "<< /Type /FontDescriptor /FontName /None /Flags 4 /FontBBox [0 -200 1000 800] /ItalicAngle 0 "
        "/Ascent 800 /Descent -200 /CapHeight 700 /StemV 80 >>"
    )
    objects.append(stream(to_unicode(codes)))
    for i, page in enumerate(pages):
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>" % (8 + 2 * i)
        )
        objects.append(stream(page_content(page, codes)))
    if marks:
        objects += outline(marks, behind, lambda page: 7 + 2 * (page - 1))
    data = b"%PDF-1.4\n"
    places = []
    for n, body in enumerate(objects, 1):
        places.append(len(data))
        data += ("%d 0 obj\n%s\nendobj\n" % (n, body)).encode()
    start = len(data)
    data += ("xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)).encode()
    data += b"".join(b"%010d 00000 n \n" % p for p in places)
    data += ("trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)).encode()
    with open(path, "wb") as f:
        f.write(data)


def body(lines, number):
    """Head, lines from the top, page number. A line that begins with two blanks opens a paragraph."""
    out = [(220, 800, "某县防汛工作手册")]
    for i, text in enumerate(lines):
        out.append((72 + (32 if text.startswith("  ") else 0), 740 - 30 * i, text.strip()))
    out.append((280, 40, "— %d —" % number))
    return out


PAGES = [
    [
        "  为了做好今年的防汛工作，按照上级的统一部署，结合本县",
        "的实际情况，制定本手册。",
        "  一、组织领导",
        "  （一）县防汛指挥部负责全县防汛抗旱工作的组织、协调、",
        "监督和指导，各乡镇成立相应的指挥机构。",
        "  （二）各部门按照各自的职责做好有关的工作，遇到重大险",
    ],
    [
        "情立即上报。",
        "  二、监测预警",
        "  （一）雨情监测。气象部门要加密监测的频次，每小时通报",
        "一次。",
        "  （二）水情监测。",
    ],
    ["  三、抢险救援", "  1.队伍", "  2.物资"],
]

MARKED = [
    ["某县防汛工作手册", "编写说明", "  本手册按照上级的统一部署编写。", "第一章　总则", "  为了做好防汛工作，制定本手册。"],
    ["第二章　关于加强重点河段堤防巡查与重大险情", "处置的规定", "  各乡镇按照职责做好有关的工作。", "第一节　巡查", "  每日一次。",
     "第三章　附则", "  本手册自印发之日起执行。"],
]
MARKS = [(1, 1, "某县防汛工作手册"), (2, 1, "封面"), (2, 1, "编写说明"), (2, 1, "第一章 总则"),
         (2, 2, "第二章 关于加强重点河段堤防巡查与重大险情处置的规定"), (3, 2, "第一节 巡查"), (2, 2, "附则")]

# Two columns below a title that goes across, the right one shorter.
LEFT = ["  一、修枝。冬季落叶以后修", "剪枯枝和病枝，切口要平，涂", "上保护的药剂。", "  （一）先修高处的枝条，再",
        "修低处的枝条，注意行人。", "  （二）修下的枝条当天运走", "，不在路边堆放过夜。", "  二、浇水。春季每周一次，",
        "夏季早晚各一次，避开正午。", "  （一）新栽的树要浇透，浇", "到土壤下陷为止。", "  （二）老树沿着树冠的边缘", "挖沟浇水，水渗完后填平。"]
RIGHT = ["  三、施肥。以腐熟的有机肥", "为主，开沟埋施，不伤根系。", "  （一）春季施一次，每株五", "斤，结合松土进行。",
         "  （二）秋季施一次，每株十", "斤，落叶以前完成。", "  四、登记。养护的情况记在", "册子里，一株一页，年底由街",
         "道统一检查，列入考核。", "  （一）记录要写明日期、人", "员和做了什么。"]


def columns():
    out = [(140, 800, "街道行道树冬春养护办法试行稿全文如下")]
    for x, lines in ((50, LEFT), (316, RIGHT)):
        out += [(x + (32 if t.startswith("  ") else 0), 750 - 26 * i, t.strip()) for i, t in enumerate(lines)]
    return out + [(280, 40, "— 1 —")]


# A book: each page's head names its part, with the page's number far behind it or before it; the text goes on over the
# page.
BOOK = [
    ("第一章　渡口", ["  第一章　渡口", "  一、船只。渡口有三只船，大船载人，小船载货，另一只",
                 "停在北岸备用。每天清晨由值班的船工检查缆绳，检查以后"]),
    ("第一章　渡口", ["在簿子上签字。", "  二、票务。上船以前买票，儿童免票。"]),
    ("第二章　值班", ["  第二章　值班", "  一、值班表。每月底由渡口管理站排出，贴在候船室门口。"]),
    ("第三章　检修", ["  第三章　检修", "  一、船底。每年上岸一次，刮去水草，重新上漆，两个月以"]),
    ("第三章　检修", ["后才能下水。", "  二、码头。汛期以前检查木桩。"]),
]


def leaf(index):
    head, lines = BOOK[index]
    number = "%d" % (index + 7)
    out = [(72, 800, head), (480, 800, number)] if index % 2 == 0 else [(72, 800, number), (380, 800, head)]
    out += [(72 + (32 if t.startswith("  ") else 0), 740 - 30 * i, t.strip()) for i, t in enumerate(lines)]
    return out


# Chapters each of which begins a page: their numbers count on with the pages, too.
# Articles that happen to begin pages.
ARTICLES = [[(72, 800, "第 %d 條" % n), (72, 770, text)] for n, text in
            [(1, "渡口由縣管理。"), (2, "渡船應登記。"), (3, "票價由縣定之。"), (4, "本辦法自公布日施行。")]]
CHAPTERS = [[(72, 800, str(n)), (150, 800, name), (72, 740, "正文在这里。")] for n, name in enumerate(["总则", "职责", "检修", "附则"], 1)]

# Footnotes, whose numbers are raised.
NOTES = [(72, 130, "1"), (104, 115, "备用的船不载人，汛期除外。"), (72, 85, "2"), (104, 70, "船工两人一班。")]


if __name__ == "__main__":
    write(sys.argv[1] + "/book.pdf", [leaf(i) for i in range(len(BOOK))])
    write(sys.argv[1] + "/notes.pdf", [leaf(0) + NOTES])
    write(sys.argv[1] + "/chapters.pdf", CHAPTERS)
    write(sys.argv[1] + "/articles.pdf", ARTICLES)
    write(sys.argv[1] + "/columns.pdf", [columns()])
    write(sys.argv[1] + "/marked.pdf", [body(p, n) for n, p in enumerate(MARKED, 1)], MARKS)
    write(sys.argv[1] + "/manual.pdf", [body(p, n) for n, p in enumerate(PAGES, 1)])
    write(sys.argv[1] + "/blank.pdf", [[]])
