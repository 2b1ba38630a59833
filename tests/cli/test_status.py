"""Exit statuses and messages: usage, inputs that cannot be read, outputs that cannot be written, limits."""
import json
import os
import re
import resource
import subprocess
import sys
import threading
import unittest
import zipfile

from command import FAULTY, PROGRAM, SPEECH, Scratch, environment, gangmu, unprivileged


class Usage(Scratch):
    def test_output_is_said_once(self):
        self.write("a.txt", "一、甲\n")
        for twice in (["-o", "x.md", "-o", "y.md"], ["--output=x.md", "-oy.md"], ["--out-dir", "x", "--out-dir", "y"]):
            status, _, err = gangmu("-t", "json", *twice, "a.txt")
            self.assertEqual(status, 2)
            self.one_line(err, "gangmu: error: -", "is given twice", "[usage]")
            self.assertEqual(os.listdir(), ["a.txt"])

    def test_a_folder_wants_r(self):
        os.mkdir("d")
        self.write("a.txt", "一、甲\n")
        for args in (["d"], ["renumber", "--check", "d"], ["-o", "x.md", "a.txt", "d"]):
            status, _, err = gangmu(*args)
            self.assertEqual(status, 3)
            self.one_line(err, "d: error: is a directory; -r goes through folders [is-directory]")
        self.assertFalse(os.path.exists("x.md"))

    def test_name_of_another_format(self):
        """A name that promises a format that gangmu only reads is no name for Markdown."""
        self.write("a.txt", "一、甲\n")
        status, out, err = gangmu("a.txt", "-o", "out.pdf")
        self.assertEqual((status, out, os.path.exists("out.pdf")), (2, b"", False))
        self.one_line(err, "'out.pdf'", "-t")
        self.assertEqual(gangmu("a.txt", "-o", "outline")[0], 0)
        self.assertEqual(gangmu("a.txt", "-t", "json", "-o", "out.pdf")[0], 0)

    def test_faults_of_usage(self):
        self.write("a.txt")
        for args in (
            ["--bogus"], ["-Z"], ["-t"], ["--to"], ["-t", "nonsense", "a.txt"], ["-f", "nonsense", "a.txt"],
            ["-d", "x", "a.txt"], ["-d", "-1", "a.txt"], ["-d", "99999999999999999999", "a.txt"], ["--text", "some", "a.txt"],
            ["-g", "nonsense", "a.txt"], ["--colour", "red", "a.txt"], ["--max-input", "1Q", "a.txt"],
            ["--max-nodes", "0", "a.txt"], ["-o", "x.md", "--out-dir", "d", "a.txt"], ["--force", "a.txt"],
            ["--profile", "law", "a.txt"], ["toc", "-t", "json", "a.txt"], ["lint", "--out-dir", "d", "a.txt"],
            ["-t", "opml", "a.txt", "a.txt"], ["--completion", "csh"],
        ):
            with self.subTest(args=args):
                status, out, err = gangmu(*args)
                self.assertEqual((status, out), (2, b""))
                self.one_line(err, "gangmu: error: ", "[usage]")

    def test_what_would_have_been_right(self):
        """A message says which words there are, or where they stand, and points to one place only."""
        self.write("a.txt")
        self.write("b.txt")
        for args, words in (
            (["--text", "some"], "'some' is no value for --text; its values: none lead full [usage]"),
            (["--completion", "csh"], "its values: bash zsh fish [usage]"), (["lint", "--profile", "x"], "default gongwen law taiwan [usage]"),
            (["-t", "x"], "unknown output format 'x'; see --list-formats [usage]"), (["-f", "x"], "'x'; see --list-formats [usage]"),
            (["-g", "x"], "unknown grammar 'x'; see --list-grammars [usage]"),
            (["-t", "toc", "--style", "x"], "toc has no style 'x'; its styles: plain leaders [usage]"),
            (["-t", "tree", "--style", "x"], "tree has no style 'x'; its styles: none [usage]"),
            (["--encoding", "x"], "gangmu: error: unknown encoding 'x' [unknown-encoding]"),
            (["--reference-doc", "a.txt"], "--reference-doc belongs to -t docx"), (["-o", ""], "-o is given no name"),
            (["--out-dir="], "--out-dir is given no name"), (["--implied=yes"], "option '--implied' takes no argument"),
            (["--recursive="], "option '--recursive' takes no argument"), (["--t", "full"], "option '--t' is ambiguous"),
            (["--li"], "option '--li' is ambiguous"), (["--x"], "unknown option '--x'"),
        ):
            with self.subTest(args=args):
                status, out, err = gangmu(*args, "a.txt", "b.txt")
                self.assertEqual((status, out), (2, b""))
                self.one_line(err, "gangmu: error: ", words)
        self.assertEqual(gangmu("--te", "full", "a.txt")[0], 0)
        self.assertEqual(gangmu("-t", "nav", "--style", "any.xhtml", "a.txt")[0], 0)

    def test_help_and_lists_need_no_input(self):
        for args in (["--help"], ["--version"], ["--list-formats"], ["--list-grammars"], ["--list-diagnostics"], ["-h"]):
            status, out, err = gangmu(*args)
            self.assertEqual((status, err), (0, b""), args)
            self.assertTrue(out.endswith(b"\n"))

    def test_help_to_a_full_disk(self):
        with open("/dev/full", "wb") as full:
            status, _, err = gangmu("--help", stdout=full)
        self.assertEqual(status, 4)
        self.one_line(err, "write-failed")


class Inputs(Scratch):
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

    def test_done(self):
        status, out, err = gangmu(self.write("a.txt"))
        self.assertEqual((status, err), (0, b""))
        self.assertIn("（一）成绩来之不易".encode(), out)

    def test_standard_input(self):
        self.write("a.txt")
        expected = gangmu("-t", "markdown", "a.txt")[1]
        for args in ([], ["-"], ["-t", "markdown"]):
            self.assertEqual(gangmu(*args, stdin=SPEECH.encode())[:2], (0, expected), args)

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


NOTICE = """山乡人民政府文件
山政发〔2024〕3号

山乡人民政府关于做好植树工作的通知

各村：

为做好植树工作，通知如下：

一、统一思想
植树是大事。
二、抓好落实
（一）选苗
（二）浇水

附件：1. 植树任务表
2. 植树办法

山乡人民政府
2024年3月5日

附件1
植树任务表
一、东村五百棵
二、西村六百棵

附件2
植树办法
第一条　春天植树。
第二条　秋天浇水。

名词解释
1. 植树：把树栽进土里。
2. 浇水：给树喝水。

抄送：县林业局。
"""


class Outputs(Scratch):
    def test_implied_points_read_like_the_sentence(self):
        """No blank behind 要, 应 and 须, which the author wrote none behind either."""
        for word in ("要", "应", "须", "必须", "坚持"):
            text = "".join(f"{word}{title}。大家都看在眼里。" for title in ("守规矩", "讲团结"))
            out = gangmu("--implied", "-t", "toc", stdin=f"一、带好队伍\n{text}\n二、管好账目\n".encode())[1].decode()
            self.assertEqual(out, f"一、带好队伍\n  {word}守规矩\n  {word}讲团结\n二、管好账目\n")

    def test_markdown_keeps_the_order_of_the_document(self):
        self.write("a.txt", NOTICE)
        for style in ("headings", "list"):
            out = gangmu("-t", "markdown", "--style", style, "a.txt")[1].decode().replace("\\", "")
            at = [out.index(words) for words in (
                "山政发〔2024〕3号", "# 山乡人民政府关于", "各村：", "一、统一思想", "（二）浇水", "附件：1. 植树", "\n山乡人民政府\n",
                "2024年3月5日", "附件1 植树任务表", "六百棵", "附件2", "秋天浇水", "名词解释", "把树栽进土里", "抄送：")]
            self.assertEqual(at, sorted(at))

    def test_other_documents_keep_it_too(self):
        """文件 and 文号 stand above the title, as on paper."""
        self.write("a.txt", NOTICE)
        gangmu("-o", "a.docx", "--style", "plain", "a.txt")
        with zipfile.ZipFile("a.docx") as package:
            docx = re.sub("<[^>]*>", "", package.read("word/document.xml").decode())
        html = gangmu("-t", "html", "a.txt")[1].decode().split("<main", 1)[1]
        latex = gangmu("-t", "latex", "a.txt")[1].decode().split("\\begin{document}", 1)[1]
        for out, title in ((docx, "山乡人民政府关于"), (html, "<h1>山乡人民政府关于"), (latex, "\\maketitle"),
                           (gangmu("-t", "text", "a.txt")[1].decode(), "山乡人民政府关于")):
            at = [out.index(words) for words in ("山乡人民政府文件", "山政发〔2024〕3号", title, "各村：", "一、", "附件：1. 植树", "2024年3月5日", "抄送：")]
            self.assertEqual(at, sorted(at), title)
            self.assertEqual(out.count("山政发"), 1)

    def test_items_keep_their_marks_in_markdown(self):
        """（一）公园绿地； is a part of a sentence; headings and what text follows on the same line have none."""
        text = ("绿化条例\n\n第一章　总则。\n第一条　绿地包括：\n（一）公园绿地；\n（二）附属绿地：\n1.居住绿地；\n2.道路绿地。\n（三）其他绿地。由市政府另行规定。\n"
                "第二条　本条例自公布之日起施行。\n")
        out = gangmu("-g", "law", stdin=text.encode())[1].decode()
        self.assertEqual([line.lstrip("# ") for line in out.splitlines() if line.startswith("##")],
                         ["第一章 总则", "第一条", "（一）公园绿地；", "（二）附属绿地：", "1. 居住绿地；", "2. 道路绿地。", "（三）其他绿地", "第二条"])
        again = gangmu("-f", "markdown", "-t", "text", stdin=out.encode())[1].decode()
        self.assertIn("（一）公园绿地；\n（二）附属绿地：\n1. 居住绿地；\n2. 道路绿地。\n（三）其他绿地", again)
        bare = gangmu("-g", "law", "--text", "none", stdin=text.encode())[1].decode()
        self.assertIn("（一）公园绿地\n", bare)

    def test_dates_of_a_statute(self):
        """The work has the date of its adoption, the expression that of its last amendment."""
        for note, made, version in (
            ("（2019年6月12日通过）", "2019-06-12", ""),
            ("（2019年6月12日通过 根据2021年5月8日《决定》修正 2024年11月28日修订）", "2019-06-12", "@2024-11-28"),
            ("（2019年6月12日通过，自2019年9月1日起施行）", "2019-06-12", ""),
            ("（2019年6月12日通过\n2024年11月28日修订 自2025年1月1日起施行）", "2019-06-12", "@2024-11-28"),
        ):
            text = f"河道管理条例\n{note}\n第一章　总则\n第一条　甲。\n第二条　乙。\n"
            out = gangmu("-t", "akn", stdin=text.encode())[1].decode()
            uris = re.findall('<FRBRuri value="(.*?)"', out)
            self.assertEqual(uris, [f"/akn/cn/act/{made}", f"/akn/cn/act/{made}/zho{version}",
                                    f"/akn/cn/act/{made}/zho{version}.xml"], note)
            self.assertEqual(re.findall('FRBRdate date="(.*?)" name="(.*?)"', out),
                             [(made, "adoption")] + [(version[1:], "amendment") if version else (made, "adoption")] * 2)

    def test_notes_are_text(self):
        self.write("a.txt", NOTICE)
        for format in ("markdown", "org", "mm", "csv", "chunks", "xmind"):
            self.assertEqual(gangmu("-t", format, "-o", "x", "a.txt")[0], 0)
            out = self.read("x") if format != "xmind" else zipfile.ZipFile("x").read("content.json")
            for words in ("名词解释", "把树栽进土里", "给树喝水"):
                self.assertEqual(out.decode().count(words), 1, (format, words))
        self.assertNotIn("名词解释", gangmu("-t", "csv", "--text", "none", "a.txt")[1].decode())

    def test_full_disk(self):
        self.write("a.txt")
        with open("/dev/full", "wb") as full:
            status, _, err = gangmu("a.txt", stdout=full)
        self.assertEqual(status, 4)
        self.one_line(err, "<stdout>: error: ", "No space left")
        status, _, err = gangmu("-o", "/dev/full", "-t", "json", "a.txt")
        self.assertEqual(status, 4)
        self.one_line(err, "/dev/full: error: ", "No space left")

    def limited(self, *args):
        """The command with files of 4 KiB at most, which is how a quota meets it."""
        return gangmu(*args, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096)))

    def test_file_size_limit(self):
        self.write("a.txt", SPEECH * 200)
        self.write("old.md", "old\n")
        for name in ("new.md", "old.md"):
            status, _, err = self.limited("-o", name, "--text", "full", "a.txt")
            self.assertEqual(status, 4)
            self.one_line(err, name, "File too large")
        self.assertFalse(os.path.exists("new.md"))
        self.assertEqual(self.read("old.md"), b"old\n")
        self.no_leftovers()
        self.assertEqual(self.limited("--out-dir", "d", "--text", "full", "a.txt")[0], 4)
        self.assertEqual(os.listdir("d"), [])

    def test_small_file_system(self):
        if os.geteuid() != 0 or subprocess.run(["unshare", "-m", "true"], capture_output=True).returncode != 0:
            self.test_file_size_limit()  # the same path of the program, where no file system can be mounted
            return
        self.write("a.txt", SPEECH * 2000)
        os.mkdir("disk")
        script = ('mount -t tmpfs -o size=64k none disk && "$0" -o disk/a.md --text full a.txt; '
                  'echo "status $?"; ls -A disk')
        done = subprocess.run(["unshare", "-m", "sh", "-c", script, PROGRAM], env=environment(), capture_output=True)
        self.assertEqual(done.stdout, b"status 4\n")
        self.one_line(done.stderr, "disk/a.md: error: ", "No space left")

    def test_closed_pipe(self):
        self.write("a.txt")
        for count in (1, 2):
            read, write = os.pipe()
            os.close(read)
            status, _, err = gangmu(*["a.txt"] * count, stdout=write)
            os.close(write)
            self.assertEqual(status, 4)
            self.one_line(err, "<stdout>: error: ", "[closed-pipe]")

    def test_closed_standard_output(self):
        self.write("a.txt")
        for args in ([], ["-j2", "a.txt"], ["-o", "x.md"]):
            done = subprocess.run(["sh", "-c", 'exec "$0" "$@" >&-', PROGRAM, "a.txt", *args], env=environment(),
                                  capture_output=True)
            self.assertEqual(done.returncode, 0 if "-o" in args else 4)

    def test_no_such_folder(self):
        self.write("a.txt")
        status, _, err = gangmu("-o", "none/x.md", "a.txt")
        self.assertEqual(status, 4)
        self.one_line(err, "none/x.md: error: ", "[write-failed]")
        status, _, err = gangmu("-o", ".", "a.txt")
        self.assertEqual(status, 4)

    def test_binary_formats_keep_off_terminals(self):
        self.write("a.txt")
        master, slave = os.openpty()
        status, _, err = gangmu("-t", "xmind", "a.txt", stdout=slave)
        os.close(slave)
        os.close(master)
        self.assertEqual(status, 2)
        self.one_line(err, "xmind")


class Limits(Scratch):
    NESTED = "".join(mark + "甲\n" for mark in ("一、", "（一）", "1.", "（1）", "①", "a)", "（a）", "第一条") * 40)

    def edge(self, option, name, least, most):
        """The smallest value that is enough; one less is status 5, with no output and one line that says why."""
        low, high = least, most
        self.assertEqual(gangmu("-q", option, str(high), name)[0], 0, option)
        while low < high:
            middle = (low + high) // 2
            status = gangmu("-q", option, str(middle), name)[0]
            self.assertIn(status, (0, 5), option)
            low, high = (low, middle) if status == 0 else (middle + 1, high)
        self.assertGreater(low, 1, option)
        self.assertEqual(gangmu("-q", option, str(low), name)[0], 0)
        status, out, err = gangmu("-q", option, str(low - 1), "-o", "x.json", name)
        self.assertEqual((status, out), (5, b""))
        self.assertFalse(os.path.exists("x.json"))
        self.one_line(err, f"{name}: error: ", "]")
        return low

    def test_each_side(self):
        self.write("a.txt")
        size = len(SPEECH.encode())
        self.assertEqual(self.edge("--max-input", "a.txt", 1, 2 * size), size)
        self.assertEqual(self.edge("--max-text", "a.txt", 1, 2 * size), size)
        nodes = len(re.findall(r"[一二三]、|（.）|.是", SPEECH))
        self.assertEqual(self.edge("--max-nodes", "a.txt", 1, 100), nodes)
        longest = max(len(line.encode()) for line in SPEECH.splitlines())
        self.assertEqual(self.edge("--max-paragraph", "a.txt", 1, size), longest)
        self.write("a.json", gangmu("-t", "json", "a.txt")[1])
        self.edge("--max-paragraph", "a.json", 1, size)
        self.write("b.txt", self.NESTED)
        self.assertLess(self.edge("--max-steps", "b.txt", 1, 64), 10)
        self.assertGreater(self.edge("--max-depth", "b.txt", 1, 64), 4)

    def test_without_an_option(self):
        """How many series may be open is fixed: no option is said to allow more."""
        words = [a + b for a in "春夏秋冬东西南北上下" for b in "山水花鸟鱼虫风云雨雪日月星江河湖海"]
        self.write("g.yaml", "name: deep\nfamilies:\n" + "".join(
            f'- {{id: f{i}, pattern: "{word}{{han}}、", rank: {i // 2 + 1}}}\n' for i, word in enumerate(words)))
        self.write("c.txt", "".join(f"{word}一、甲\n" for word in words))
        status, _, err = gangmu("-g", "./g.yaml", "--max-depth", "1000", "c.txt")
        self.assertEqual((status, err.decode()), (5, "c.txt: error: more than 160 series are open at once [too-many-series]\n"))

    def package(self, name, paragraphs):
        body = "".join(f"<w:p><w:r><w:t>{p}</w:t></w:r></w:p>" for p in paragraphs)
        with zipfile.ZipFile(name, "w", zipfile.ZIP_DEFLATED) as file:
            file.writestr("word/document.xml", '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/'
                          f'2006/main"><w:body>{body}</w:body></w:document>')
            return file.getinfo("word/document.xml")

    def test_packages(self):
        part = self.package("a.docx", [f"{i}. 甲" for i in range(1, 300)])
        self.assertEqual(self.edge("--max-memory", "a.docx", 1, 1 << 20), part.file_size)
        part = self.package("b.docx", ["甲" * 1000] * 6000)
        self.assertGreater(part.file_size, 16 << 20)
        ratio = part.file_size // part.compress_size
        self.edge("--max-ratio", "b.docx", ratio - 2, ratio + 2)
        status, _, err = gangmu("b.docx")  # beyond the default
        self.assertEqual(status, 5)
        self.one_line(err, "[zip-ratio]")

    def test_long_lines(self):
        """Neither one endless line nor a run of blanks takes more than its share of time: 5 s are fifty times of it."""
        for unit in ("一是甲；三是丙；", "\u3000", "a)"):
            self.write("long.txt", "\n；" + unit * (400_000 // len(unit.encode())))
            for args in (["lint", "-q"], ["renumber", "--check"], ["--explain", "-t", "json"]):
                status, _, err = gangmu(*args, "long.txt", preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (5, 5)))
                self.assertIn(status, (0, 1), (unit, args, err[:200]))

    def test_sizes(self):
        self.write("a.txt")
        for value in ("1K", "1k", "2M", "1G"):
            self.assertEqual(gangmu("--max-input", value, "a.txt")[0], 0, value)
        self.assertEqual(gangmu("--max-input", "1K", stdin=SPEECH.encode() * 10)[0], 5)


class Lint(Scratch):
    def said(self, text, *args, **env):
        """Status and messages, without the name of the file."""
        status, out, err = gangmu("lint", *args, self.write("a.txt", text), env=environment(**env))
        self.assertEqual(out, b"")
        return status, err.decode().replace("a.txt:", "").splitlines()

    def test_faults(self):
        status, out, err = gangmu("lint", self.write("a.txt", FAULTY))
        self.assertEqual((status, out), (1, b""))
        self.one_line(err, "a.txt:3:1: ", "warning", "[")

    def test_none(self):
        self.assertEqual(gangmu("lint", self.write("a.txt")), (0, b"", b""))

    def test_places(self):
        """Columns count code points; lines end at LF, CRLF and CR; the places are those of the label."""
        for end in ("\n", "\r\n", "\r"):
            text = end.join(["𠮷町事务", "", "　　一、东", "　　（一）早", "　　（二)夜", "　　二、西", "　　四、北", ""])
            self.assertEqual(self.said(text), (1, [
                "5:3: warning: the brackets of “（二)” do not match [mixed-brackets]",
                "7:3: warning: “三、” missing before “四、” [gap]"]))
        self.assertEqual(self.said("𠮷町有三件事：一是，修路；二是，种树。\n"),
                         (1, ["1:4: warning: “三件事” is announced, but 2 follow [count]"]))

    def test_languages(self):
        self.assertEqual(self.said(FAULTY), (1, ["3:1: warning: “三、” missing before “四、” [gap]"]))
        for env in ({"LC_ALL": "zh_CN.UTF-8"}, {"LC_ALL": "C.UTF-8", "LANGUAGE": "zh_CN"}):
            self.assertEqual(self.said(FAULTY, **env), (1, ["3:1: 警告：“四、”之前缺少“三、” [gap]"]))

    def test_profiles(self):
        text = "一、东\n1、早\n2、晚\n二、西\n"
        self.assertEqual(self.said(text), (0, []))
        self.assertNotIn("[arabic-mark]", " ".join(self.said(text, "--profile", "taiwan")[1]))
        status, said = self.said(text, "--profile", "gongwen")
        self.assertEqual((status, [line.split(":")[0] + line.split(" ")[-1] for line in said]),
                         (1, ["2[arabic-mark]", "3[arabic-mark]"]))
        status, _, err = gangmu("lint", "--profile", "nonsense", "a.txt")
        self.assertEqual(status, 2)
        self.one_line(err, "nonsense", "--profile", "[usage]")

    def test_information_is_no_fault(self):
        self.assertEqual(self.said("第二章　东\n第三章　西\n"),
                         (0, ["1:1: info: the text begins with “第二章”: it may be part of a longer one [excerpt]"]))

    def test_a_missing_file_weighs_more(self):
        self.write("a.txt", FAULTY)
        self.assertEqual(gangmu("lint", "a.txt", "missing")[0], 3)

    def test_several_files(self):
        self.write("a.txt", FAULTY)
        self.write("b.txt", FAULTY)
        for args in ([], ["-j", "2"]):
            status, _, err = gangmu("lint", *args, "a.txt", "b.txt")
            self.assertEqual((status, [line[:10] for line in err.decode().splitlines()]), (1, ["a.txt:3:1:", "b.txt:3:1:"]))

    def test_format(self):
        status, out, _ = gangmu("lint", "-t", "json", self.write("a.txt", FAULTY))
        self.assertEqual(status, 1)
        self.assertEqual(json.loads(out)["diagnostics"], [
            {"id": "gap", "severity": "warning", "line": 3, "column": 1, "message": "“三、” missing before “四、”"}])

    def test_outlines_keep_their_places(self):
        """An outline read from a file of the model says where the text had its label."""
        self.write("a.txt", "\n\n" + FAULTY)
        for format in ("json", "xml", "yaml"):
            self.assertEqual(gangmu("-t", format, "-o", "a." + format, "a.txt")[0], 0)
            status, _, err = gangmu("lint", "a." + format)
            self.assertEqual(status, 1, format)
            self.one_line(err, f"a.{format}:5:1: warning: “三、” missing before “四、” [gap]")

    def test_sarif(self):
        for args, message in ([], "“三、” missing before “四、”"), (["--style", "zh"], "“四、”之前缺少“三、”"):
            status, out, _ = gangmu("lint", "-t", "sarif", *args, self.write("a.txt", FAULTY))
            run = json.loads(out)["runs"][0]
            (result,) = run["results"]
            self.assertEqual((status, result["level"], result["message"]["text"]), (1, "warning", message))
            self.assertEqual(result["locations"][0]["physicalLocation"],
                             {"artifactLocation": {"uri": "a.txt"}, "region": {"startLine": 3, "startColumn": 1}})
            rules = run["tool"]["driver"]["rules"]
            self.assertEqual(rules[result["ruleIndex"]]["id"], "gap")
            listed = gangmu("--list-diagnostics")[1].decode().splitlines()
            self.assertEqual([r["id"] for r in rules], [line.split()[0] for line in listed])


if __name__ == "__main__":
    sys.exit(unittest.main())
