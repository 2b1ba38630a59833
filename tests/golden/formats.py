#!/usr/bin/env python3
"""Is the table of docs/formats.md true? usage: formats.py GANGMU LIBRARY

One row for each writer of the registry, with its suffixes, styles and default amount of text; and what a row says that a format keeps
or drops is looked for in its output: body text, text after children, matter, and whether moving the text changes it (places).
"""
import ctypes, io, os, re, subprocess, sys, zipfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
GANGMU, LIBRARY = (os.path.abspath(a) for a in sys.argv[1:3])
SAMPLE = """灯塔管理处关于做好值守工作的通知

灯管发〔2024〕9号

各灯塔：

现将有关事项通知如下：

一、值守安排

各塔应当安排两人轮值。

（一）白班。记录能见度。

一是看。二是记。

记录本由塔长保管。

（二）夜班。点灯一小时前检查燃油。

三、交接

灯塔管理处

2024年3月5日
"""
TEXT, TAIL, MATTER = "各塔应当安排两人轮值", "记录本由塔长保管", ("灯管发", "3月5日", "2024-03-05")
ARTICLE = "灯塔守则\n\n第一条　煤油灯每周擦拭一次。\n第二条　不得离岗。\n"


class Writer(ctypes.Structure):
    _fields_ = [("struct_size", ctypes.c_size_t)] + [(n, ctypes.c_char_p) for n in
                ("name", "extensions", "summary", "media_type", "styles")] + [("text_default", ctypes.c_int)]


def registry():
    library = ctypes.CDLL(LIBRARY)
    library.gm_writer_at.restype, library.gm_writer_at.argtypes = ctypes.POINTER(Writer), [ctypes.c_size_t]
    index, writers = 0, {}
    while writer := library.gm_writer_at(index):
        w = writer.contents
        writers[w.name.decode()] = (w.extensions.decode(), (w.styles or b"").decode(), ["none", "none", "lead", "full"][w.text_default])
        index += 1
    return writers


def table():
    with open(os.path.join(ROOT, "docs/formats.md"), encoding="utf-8") as f:
        part = f.read().split("\n## ")[0]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in re.findall(r"^\|( `.*)$", part, re.M)]


def output(name, text):
    done = subprocess.run([GANGMU, "lint", "-t", name, "--text", "full", "-"], input=text.encode(), capture_output=True,
                          env={"LC_ALL": "C"})
    if done.returncode > 1: # 1: the sample has a gap in its numbers, as lint's own format needs
        sys.exit(f"{name}: {done.stderr.decode()}")
    data = done.stdout
    if data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(data)) as z:
            data = b"\n".join(z.read(n) for n in z.namelist())
    data = data.decode()
    return re.sub(r"\\u([0-9a-f]{4})", lambda m: chr(int(m[1], 16)), data)


def check(row, writers):
    name = row[0].strip("`")
    if name not in writers:
        yield "a row in docs/formats.md but no writer"
        return
    suffixes, styles, default = writers[name]
    if row[1] != suffixes:
        yield f"docs/formats.md says '{row[1]}', the writer '{suffixes}'"
    if row[4] != default:
        yield f"default text: docs/formats.md says '{row[4]}', the writer '{default}'"
    named = re.findall(r"`([\w-]+)`", row[8])
    if styles != "*" and not set(named) <= set(styles.split()) or not set(styles.split()[1:]) <= set(named) | {"*"}:
        yield f"styles: docs/formats.md says {named}, the writer '{styles}'"
    out, moved = output(name, SAMPLE), output(name, "\n\f\n" + SAMPLE)
    text = "煤油灯" in output(name, ARTICLE) if row[3].startswith("begin") else TEXT in out
    for what, cell, there in (("text", row[3], text), ("text after children", row[5], TAIL in out),
                              ("places", row[6], out != moved), ("matter", row[7], any(m in out for m in MATTER))):
        if (cell != "-") != there:
            yield f"{what}: docs/formats.md says '{cell}', the output {'has' if there else 'lacks'} it"


def main():
    writers, rows = registry(), table()
    names = [row[0].strip("`") for row in rows]
    faults = [f"{n}: no row in docs/formats.md" for n in writers if n not in names]
    faults += [f"{n}: two rows in docs/formats.md" for n in set(names) if names.count(n) > 1]
    faults += [f"{row[0]}: {fault}" for row in rows for fault in check(row, writers)]
    return "\n".join(faults) or (0 if writers else "no writers")


sys.exit(main())
