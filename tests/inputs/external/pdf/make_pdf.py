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


def write(path, pages):
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
    objects.append("<< /Type /Catalog /Pages 2 0 R >>")
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

if __name__ == "__main__":
    write(sys.argv[1] + "/manual.pdf", [body(p, n) for n, p in enumerate(PAGES, 1)])
    write(sys.argv[1] + "/blank.pdf", [[]])
