"""Inputs: what cannot be read, and how it is said; what becomes the title."""
import json
import os
import subprocess
import sys
import threading
import unittest

from command import PROGRAM, SPEECH, Scratch, environment, gangmu, unprivileged


class Inputs(Scratch):
    def test_done(self):
        status, out, err = gangmu(self.write("a.txt"))
        self.assertEqual((status, err), (0, b""))
        self.assertIn("（一）成绩来之不易".encode(), out)

    def test_standard_input(self):
        self.write("a.txt")
        expected = gangmu("-t", "markdown", "a.txt")[1]
        for args in ([], ["-"], ["-t", "markdown"]):
            self.assertEqual(gangmu(*args, stdin=SPEECH.encode())[:2], (0, expected), args)

    def test_markdown_below_a_tag(self):
        """A README begins with a tag, with a name or without one; a page has its lines of # inside <pre>."""
        readme = ('<p align="center"><img src="a.png"></p>\n<h1 align="center">渡口</h1>\n\n## Install\n\n1. 下载\n2. 解压\n\n'
                  '```sh\nmake\n```\n')
        page = '<div>\n<h2>一、编译</h2>\n<pre>\nmake\n\n# 安装\nmake install\n\n# 清理\n</pre>\n<p>二、运行</p></div>\n'
        for name, text, format in (("README", readme, "markdown"), ("a.md", readme, "markdown"), ("b", page, "html"),
                                   ("a.html", readme, "html")):
            out = json.loads(gangmu("-t", "json", self.write(name, text))[1])
            self.assertEqual(out["source"]["format"], format, name)

    def test_first_sentence_of_an_outliners_point(self):
        """As in a text; what has no number is a name and stays whole."""
        opml = ('<opml version="2.0"><head><title>读书</title></head><body><outline text="一、方法。先读后写。">'
                '<outline text="（一）先读“好书。再好的也读。”"/><outline text="（二）后写。"/><outline text="要点。说明"/></outline>'
                '<outline text="二、怎么办？看着办。" _note="另有说明"/></body></opml>')
        first, second = json.loads(gangmu("-t", "json", self.write("a.opml", opml))[1])["outline"]
        self.assertEqual((first["title"], first["text"]), ("方法", ["先读后写。"]))
        self.assertEqual([n["title"] for n in first["children"]], ["先读“好书。再好的也读。”", "后写", "要点。说明"])
        self.assertEqual((second["title"], second["text"]), ("怎么办？", ["看着办。", "另有说明"]))

    def test_marks_of_direction(self):
        """They stand before a number, and end behind it; what they enclose in a title stays as it is."""
        text = "\u202a一、\u202c值守\n\u2066\u2063（一）\u2069白天\n（二）看\u2066b\u2069\n\n二、\u2067abc\u2069记录\n"
        first, second = json.loads(gangmu("-t", "json", self.write("a.txt", text))[1])["outline"]
        self.assertEqual([(n["label"], n["title"]) for n in (first, *first["children"], second)],
                         [("一、", "值守"), ("（一）", "白天"), ("（二）", "看\u2066b\u2069"), ("二、", "\u2067abc\u2069记录")])

    def test_quoted_headings(self):
        """A quotation holds no structure; what stands in it is text of the point before."""
        text = "# 手册\n\n## 一、说明\n\n> ## 二、引来的\n>\n> 原文。\n\n## 二、用法\n"
        nodes = json.loads(gangmu("-t", "json", self.write("a.md", text))[1])["outline"]
        self.assertEqual([(n["label"], n["title"]) for n in nodes], [("一、", "说明"), ("二、", "用法")])

    def test_empty(self):
        for text in ("", "\ufeff", "\n", " \n"):
            status, out, err = gangmu("-t", "json", self.write("a.txt", text))
            self.assertEqual((status, err), (0, b""))
            self.assertEqual(json.loads(out)["outline"], [])
        self.assertEqual(gangmu(stdin=b"")[0], 0)

    def test_missing(self):
        status, out, err = gangmu("missing.txt")
        self.assertEqual((status, out), (3, b""))
        self.one_line(err, "missing.txt: error: ", "[no-such-file]")

    def test_directory(self):
        os.mkdir("d")
        status, out, err = gangmu("d")
        self.assertEqual((status, out), (3, b""))
        self.one_line(err, "d: error: is a directory; -r goes through folders [is-directory]")

    def test_grammar_that_is_no_plain_file(self):
        """What a grammar extends is a plain file; the grammar itself, which the user names, may come from a pipe."""
        self.write("a.txt")
        self.write("empty.yaml", "")
        os.mkdir("folder")
        os.mkfifo("pipe")
        os.symlink("/dev/zero", "device")
        for name in ("folder", "pipe", "device", "missing"):
            status, out, err = gangmu("-g", self.write("g.yaml", f"name: g\nextends: {name}\n"), "a.txt")
            self.assertEqual((status, out), (2, b""), name)
            self.one_line(err, "g.yaml:2:10: error: expected a built-in grammar or a file next to this one", "[bad-grammar]")
        for name, said in (("./folder", "./folder: error: cannot be read: "), ("./device", "./device: error: a grammar has at most 1 MiB"),
                           (self.write("g.yaml", "extends: empty.yaml\n"), "empty.yaml:1:1: error: expected keys")):
            status, out, err = gangmu("-g", name, "a.txt")
            self.assertEqual((status, out), (2, b""), name)
            self.one_line(err, said, "[bad-grammar]")
        self.assertEqual(gangmu("-g", "/dev/stdin", "a.txt", stdin=b"extends: speech\n"), gangmu("-g", "speech", "a.txt"))

    def test_documents_open_no_file(self):
        """A pipe that a document names would be waited for."""
        os.mkfifo("pipe")
        for root, name in (("gangmu", "a.xml"), ("opml", "a.opml"), ("map", "a.mm"), ("html", "a.html")):
            for inner in ('', '[<!ENTITY e SYSTEM "pipe">]', '[<!ENTITY % e SYSTEM "pipe"> %e;]'):
                use = "&e;" if "ENTITY e" in inner else ""
                self.write(name, f'<?xml version="1.0"?><!DOCTYPE {root} SYSTEM "pipe" {inner}><{root} version="2.0">'
                                 f'<body><p><outline text="一、东{use}"/>一、东{use}</p></body></{root}>')
                self.assertIn(gangmu("--sandbox", "never", name)[0], (0, 3), (name, inner))
        self.write("b.html", '<link rel="stylesheet" href="pipe"><style>@import "pipe"; @import url(pipe);</style><base href="pipe">'
                             '<p>一、东<p>二、西<iframe src="pipe"></iframe><img src="pipe"><object data="pipe"></object>'
                             '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="pipe"/>')
        self.assertEqual(gangmu("--sandbox", "never", "b.html")[:2], (0, "# 一、东\n\n# 二、西\n".encode()))

    def test_reference_that_is_no_plain_file(self):
        self.write("a.txt")
        os.mkdir("folder")
        os.mkfifo("pipe")
        for name in ("folder", "pipe", "/dev/zero", "missing", "a.txt"):
            status, _, err = gangmu("-o", "a.docx", "--reference-doc", name, "a.txt")
            self.assertEqual((status, os.path.exists("a.docx")), (3, False), name)
            words = "cannot be opened: No such file" if name == "missing" else "this is not a Word document"
            self.one_line(err, f"{name}: error: {words}", "[reference-doc]")

    def test_no_name(self):
        self.one_line(gangmu("")[2], "'': error: ", "[no-such-file]")

    def test_folder_of_nothing(self):
        """Not in silence: the folder may be the wrong one. Hidden files do not count, nor what no suffix claims."""
        self.write("d/e/.a.txt")
        self.write("d/b.bin")
        status, out, err = gangmu("-r", "-t", "json", "d")
        self.assertEqual((status, out), (0, b""))
        self.one_line(err, "d: warning: no file in it", "-f reads all [no-files]")
        self.assertEqual(gangmu("-r", "-q", "d"), (0, b"", b""))
        self.assertEqual(gangmu("-r", "-f", "text", "d")[2], b"")
        self.one_line(gangmu("-r", "-f", "text", "d/e")[2], "d/e: warning: no file in it [no-files]")
        self.write("d/e/a.txt")
        self.assertEqual(gangmu("-r", "d")[2], b"")

    def test_reference_document(self):
        """The message is about that file, not about the input."""
        self.write("a.txt")
        status, _, err = gangmu("-t", "docx", "--reference-doc", "missing.docx", "a.txt")
        self.assertEqual(status, 3)
        self.one_line(err, "missing.docx: error: cannot be opened: No such file or directory [reference-doc]")
        self.write("b.docx")
        self.one_line(gangmu("-t", "docx", "--reference-doc", "b.docx", "a.txt")[2], "b.docx: error: this is not a Word document")
        os.chmod(self.write("c.docx"), 0)
        os.chmod(".", 0o755)
        _, _, err = gangmu("-t", "docx", "--reference-doc", "c.docx", "a.txt", **unprivileged())
        self.one_line(err, "c.docx: error: cannot be opened: Permission denied [reference-doc]")

    def test_unreadable(self):
        os.chmod(self.write("a.txt"), 0)
        os.chmod(".", 0o755)
        status, out, err = gangmu("a.txt", **unprivileged())
        self.assertEqual((status, out), (3, b""))
        self.one_line(err, "a.txt: error: ")

    def test_loop_of_links(self):
        os.symlink("b", "a")
        os.symlink("a", "b")
        status, _, err = gangmu("a")
        self.assertEqual(status, 3)
        self.one_line(err, "a: error: ")

    def test_data_of_other_programs(self):
        """A folder may hold them beside the documents; braces and tags are no text."""
        for name, content, word in (("a.json", '{"items":["一、甲","二、乙"]}', "not one of gangmu's"), ("b.json", '\n["一、甲"]', "a list"),
                                    ("c.xml", "<?xml version='1.0'?>\n<doc>一、甲</doc>", "not gangmu's"),
                                    ("d.yaml", "items:\n- 一、甲\n", "not one of gangmu's"), ("e.yml", "一、甲\n", "one value")):
            with self.subTest(name=name):
                status, out, err = gangmu(self.write(name, content))
                self.assertEqual((status, out), (3, b""))
                self.one_line(err, f"{name}: error: ", word, "[not-an-outline]")
                self.assertEqual(gangmu("-f", "text", name)[0], 0)
                self.assertEqual(gangmu(stdin=content.encode())[0], 0)
                self.assertEqual(gangmu(self.write(name + ".txt", content))[0], 0)
        self.assertEqual(gangmu(self.write("prose.json", "一、甲\n二、乙\n"))[0], 0)

    def test_text_that_is_called_a_pdf(self):
        """Damage and passwords are not what is wrong with it."""
        for name in ("a.txt", "empty.txt"):
            status, _, err = gangmu("-f", "pdf", self.write(name, "一、甲\n" if name == "a.txt" else ""))
            self.assertEqual(status, 3)
            self.one_line(err, f"{name}: error: this is not a PDF [bad-pdf]")

    def test_outline_that_is_cut_off(self):
        self.write("a.txt")
        whole = gangmu("-t", "json", "a.txt")[1]
        status, _, err = gangmu(self.write("cut.json", whole[:-20].decode()))
        self.assertEqual(status, 3)
        self.one_line(err, "cut.json: error: the JSON is cut off [bad-json]")
        self.one_line(gangmu(self.write("bad.json", '{"gangmu":1,"outline":[}'))[2], "bad.json: error: the JSON is damaged at byte 24")

    def test_many_invalid_bytes(self):
        """Thousands of warnings say no more than five and how many there are; lint lists them all."""
        self.write("a.txt", "一、甲\n".encode() + b"\xff\n".join(["乙".encode()] * 21) + b"\n")
        status, _, err = gangmu("--encoding", "UTF-8", "a.txt")
        self.assertEqual((status, err.count(b"[bad-bytes]")), (0, 5))
        self.assertIn(b"a.txt: warning: 15 more of these warnings; lint lists them all [more]\n", err)
        _, _, err = gangmu("lint", "--encoding", "UTF-8", "a.txt")
        self.assertEqual(err.count(b"[bad-bytes]"), 20)

    def test_invalid_utf8(self):
        broken = SPEECH.encode().replace("投资".encode(), b"\xff\xfe\xc0\x80")
        self.write("a.txt", broken)
        status, out, err = gangmu("-t", "json", "--encoding", "UTF-8", "a.txt")
        self.assertEqual(status, 0)
        self.one_line(err, "a.txt:6:", "warning", "[")
        self.assertEqual(len(json.loads(out)["outline"]), 2)
        status, out, err = gangmu("--encoding", "UTF-8", "--strict-encoding", "a.txt")
        self.assertEqual((status, out), (3, b""))
        self.one_line(err, "a.txt", "error")

    def test_fifo(self):
        os.mkfifo("pipe")
        threading.Thread(target=self.write, args=("pipe",)).start()
        status, out, err = gangmu("pipe")
        self.assertEqual((status, err), (0, b""))
        self.assertIn("（二）问题不容回避".encode(), out)

    def test_closed_standard_input(self):
        done = subprocess.run(["sh", "-c", 'exec "$0" <&-', PROGRAM], env=environment(), capture_output=True)
        self.assertEqual(done.returncode, 3)
        self.one_line(done.stderr, "<stdin>: error: ")

    def test_strange_names(self):
        for name in ("-a", "a b", "甲", "a\nb", "a\033[31mb", "a" * 255):
            self.write("./" + name)
            self.assertEqual(gangmu("--", name)[0], 0, name)
        status, _, err = gangmu("--", "x\033]0;title\007\n\u202e\x80.txt".encode("utf-8", "surrogateescape"))
        self.assertEqual(status, 3)
        self.one_line(err, r"x\x1b]0;title\x07\x0a\u202e\u0080.txt: error: ")
        _, _, err = gangmu(b"\xff\xc3")
        self.one_line(err, r"\xff\xc3: error: ")


class Titles(Scratch):
    def test_recipients_over_two_lines(self):
        """Broken behind a comma; a first sentence that is broken there is text."""
        head, rest = "关于修缮古桥的通知\n\n", "\n\n一、查清家底\n二、筹措资金\n"
        for lines, kinds in (("各县人民政府，市政府各部门，\n各直属单位：", ["recipient", "recipient"]), ("各县人民政府：", ["recipient"]),
                             ("各县古桥年久失修，\n现将有关事项通知如下：", [])):
            out = json.loads(gangmu("-t", "json", stdin=(head + lines + rest).encode())[1])
            self.assertEqual([m["kind"] for m in out["matter"]], ["title"] + kinds)

    def test_cover_of_a_standard(self):
        """Its number tells it: what stands around the title is no part of it. A list of standards has no cover."""
        body = "\n前言\n本文件由养蜂协会提出。\n1　范围\n本文件规定了蜂箱的要求。\n2　要求\n应坚固。\n"
        whole = ("ICS 65.140\nCCS B 47\n\n中华人民共和国国家标准\n\nGB/T 43210—2024\n代替 GB/T 43210—2015\n\n蜂箱\nBeehives\n\n"
                 "2024-03-15 发布　　2024-10-01 实施\n\n国家市场监督管理总局\n国家标准化管理委员会　发布\n")
        for cover, title, kinds in (
                (whole, "蜂箱", "classification classification issuer number number title subtitle date subtitle subtitle"),
                ("B 47\n东河省地方标准\nDB11/T 123.4-2021\n蜂箱　第4部分：验收\n", "蜂箱　第4部分：验收", "classification issuer number title"),
                ("T/YFXH 12–2024\n蜂箱通用技术规范\n", "蜂箱通用技术规范", "number title"),
                ("蜂箱通用技术规范\nQ/ABC 001-2023\n", "蜂箱通用技术规范", "title number"),
                ("蜂箱有关标准\nGB/T 1.1—2020\nGB/T 2.2—2019\n", "蜂箱有关标准", "title"),
                ("GB/T 43210—2024\n", "GB/T 43210—2024", "title"),
                ("ICS 的由来\n东河省地方标准\n", "ICS 的由来东河省地方标准", "title title")):
            out = json.loads(gangmu("-t", "json", stdin=(cover + body).encode())[1])
            self.assertEqual((out["title"], " ".join(m["kind"] for m in out["matter"])), (title, kinds))
            self.assertEqual([n["title"] for n in out["outline"]], ["前言", "范围", "要求"])

    def test_who_wrote_it_is_no_title(self):
        """Authors with the numbers of where they work, an officer with his office; the net's titles may call out."""
        for head, title in (
                ("论柳湾船歌的曲调\n\n周慎之1，林晚舟2*\n", "论柳湾船歌的曲调"),
                ("修渡的实践与思考\n\n柳河县委书记　林晚舟\n", "修渡的实践与思考"),
                ("过河不等人，这三件事先问清楚！\n原创 周某 江边夜话 2023-05-06 08:00\n", "过河不等人，这三件事先问清楚！"),
                ("过河不等人！\n船在对岸等着。\n", "")):
            out = json.loads(gangmu("-t", "json", stdin=(head + "\n一、看水\n二、问路\n").encode())[1])
            self.assertEqual(out.get("title", ""), title)

    def test_a_title_of_two_lines(self):
        """The second names the kind of document, its characters apart or not; a speaker's name is no title."""
        for head, title in (
                ("临江市水务平台采购项目\n招标文件\n", "临江市水务平台采购项目招标文件"),
                ("临江市水务平台采购项目\n招 标 文 件\n", "临江市水务平台采购项目招 标 文 件"),
                ("临江市水利局2023年度\n工　作　总　结\n", "临江市水利局2023年度工　作　总　结"),
                ("坚定信心 再创佳绩\n张 三\n", "坚定信心 再创佳绩")):
            out = json.loads(gangmu("-t", "json", self.write("a.txt", head + "\n一、甲方\n二、乙方\n"))[1])
            self.assertEqual(out["title"], title)
            self.assertEqual([n["title"] for n in out["outline"]], ["甲方", "乙方"])

    def test_the_only_first_heading_is_the_title(self):
        """Where it comes first and has no number; what stands above it is short."""
        rest = "\n\n## 一、查清家底\n\n## 二、筹措资金\n"
        for head, title, levels in (
                ("# 关于修缮古桥的通知", "关于修缮古桥的通知", [1, 1]), ("临政发〔2024〕7号\n\n# 2024年修桥办法", "2024年修桥办法", [1, 1]),
                ("# 第十次会议纪要", "第十次会议纪要", [1, 1]), ("# 第一章 总则", "", [1, 2, 2]), ("# （一）登记", "", [1, 2, 2]),
                ("# 1. 登记", "", [1, 2, 2]), ("# 前言", "", [1, 2, 2]), ("# 东桥\n\n# 西桥", "", [1, 1, 2, 2]),
                ("## 序\n\n# 修桥", "", [1, 1, 2, 2]), ("话" * 31 + "。\n\n# 修桥", "", [1, 2, 2])):
            out = json.loads(gangmu("-f", "markdown", "-t", "json", stdin=(head + rest).encode())[1])
            found, stack = [], list(reversed(out["outline"]))
            while stack:
                node = stack.pop()
                found.append(node["level"])
                stack += reversed(node["children"])
            self.assertEqual((out.get("title", ""), found), (title, levels), head)
        page = b"<title>x - y</title><h1>x</h1><h2>\xe4\xb8\x80\xe3\x80\x81a</h2><h2>\xe4\xba\x8c\xe3\x80\x81b</h2>"
        out = json.loads(gangmu("-f", "html", "-t", "json", stdin=page)[1])
        self.assertEqual((out["title"], [n["level"] for n in out["outline"]]), ("x", [1, 1]))


if __name__ == "__main__":
    sys.exit(unittest.main())
