"""Outputs: what they keep of the document, and what becomes of those that cannot be written."""
import os
import re
import resource
import subprocess
import sys
import unittest
import zipfile

from command import PROGRAM, SPEECH, Scratch, environment, gangmu

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


class Lists(Scratch):
    def test_a_list_inside_a_list_stays_there_whatever_it_starts_at(self):
        self.write("a.html", "<ol><li>船<ol start=2><li>桨</li><li>锚</li></ol></li><li>网</li></ol>")
        self.assertEqual(gangmu("-t", "toc", "a.html")[1].decode(), "1. 船\n  2. 桨\n  3. 锚\n2. 网\n")


if __name__ == "__main__":
    sys.exit(unittest.main())
