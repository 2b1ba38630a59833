"""The renumber command: what it writes and where, encodings, --check, --diff, --in-place."""
import os
import unittest

from command import Scratch, environment, gangmu

GAP = "值班安排\n\n一、早班\n三、中班\n四、晚班，接第三部分\n"
MENDED = "值班安排\n\n一、早班\n二、中班\n三、晚班，接第二部分\n"
RIGHT = "值班安排\n\n一、早班\n二、晚班\n"
DOUBT = "守则\n第一章　总则\n第一条　甲。\n第三条　见第二条、第三条。\n第三条　乙。\n"


class Renumber(Scratch):
    def test_item_that_is_missing(self):
        """（三） takes the place of （二）, and who meant （二） is told so."""
        self.write("a.txt", "第一条 甲：\n（一）子；\n（三）丑。\n第二条 依照第一条第（二）项处罚。\n")
        status, out, err = gangmu("renumber", "a.txt")
        self.assertEqual((status, out.decode().splitlines()[2]), (0, "（二）丑。"))
        self.one_line(err, "a.txt:4:", "第（二）项", "[dangling]")

    def test_what_contracts_say(self):
        """约 after 条 makes a treaty of it, but 约定 does not."""
        text = "供货合同\n\n第一条 价款\n甲。\n第三条 交付\n按第一条约定的价款交付。\n第四条 责任\n违反第三条约定的，依照第二条约定处理；第三条约另行签订。\n"
        status, out, err = gangmu("renumber", self.write("a.txt", text))
        self.assertEqual((status, out.decode().splitlines()[-1]), (0, "违反第二条约定的，依照第二条约定处理；第三条约另行签订。"))
        self.one_line(err, "a.txt:8:", "“第二条” refers to nothing here", "[dangling]")

    def test_to_standard_output(self):
        self.assertEqual(gangmu("renumber", self.write("a.txt", GAP)), (0, MENDED.encode(), b""))
        self.assertEqual(gangmu("renumber", stdin=GAP.encode()), (0, MENDED.encode(), b""))
        self.assertEqual(gangmu("renumber", stdin=RIGHT.encode())[:2], (0, RIGHT.encode()))
        self.assertEqual(gangmu("renumber", stdin=b""), (0, b"", b""))

    def test_check(self):
        status, out, err = gangmu("renumber", "--check", self.write("a.txt", GAP))
        self.assertEqual((status, out), (1, b""))
        self.assertEqual(err.decode().splitlines(), [
            "a.txt:4:1: info: “三、” becomes “二、” [label]",
            "a.txt:5:1: info: “四、” becomes “三、” [label]",
            "a.txt:5:8: info: “第三部分” becomes “第二部分” [reference]"])
        self.assertEqual(gangmu("renumber", "--check", self.write("b.txt", RIGHT)), (0, b"", b""))
        self.assertEqual(gangmu("renumber", "-q", "--check", "a.txt"), (1, b"", b""))
        self.assertEqual(gangmu("renumber", "--check", "b.txt", "a.txt", "b.txt")[0], 1)

    def test_diff(self):
        self.write("a.txt", GAP)
        status, out, err = gangmu("renumber", "--diff", "a.txt")
        self.assertEqual((status, err), (0, b""))
        self.assertEqual(out.decode(), "--- a.txt\n+++ a.txt\n@@ -1,5 +1,5 @@\n 值班安排\n \n 一、早班\n-三、中班\n"
                         "-四、晚班，接第三部分\n+二、中班\n+三、晚班，接第二部分\n")
        self.assertEqual(gangmu("renumber", "--diff", self.write("b.txt", RIGHT)), (0, b"", b""))
        status, out, err = gangmu("renumber", "--diff", "--check", "a.txt")
        self.assertEqual((status, bool(out), err.count(b"\n")), (1, True, 3))

    def test_far_changes_are_hunks_of_their_own(self):
        rows = [f"第{i}行说明" for i in range(40)]
        text = "\n".join(["甲乙", "一、头"] + rows[:6] + ["三、中"] + rows[6:30] + ["四、尾"]) # no final line end
        out = gangmu("renumber", "--diff", self.write("a.txt", text))[1].decode()
        self.assertEqual([line for line in out.splitlines() if line.startswith("@@")],
                         ["@@ -6,7 +6,7 @@", "@@ -31,4 +31,4 @@"])
        self.assertEqual(out.count("\\ No newline at end of file"), 2)

    def test_doubts_are_reported_whatever_is_asked_for(self):
        for args in ([], ["--diff"], ["--check"]):
            err = gangmu("renumber", *args, self.write("a.txt", DOUBT))[2].decode()
            self.assertIn("a.txt:4:6: warning: “第二条” refers to nothing here [dangling]\n", err)
            self.assertIn("a.txt:4:11: warning: “第三条” refers to more than one point; it becomes “第二条” [ambiguous]\n", err)

    def test_output_file(self):
        self.write("a.txt", GAP)
        self.assertEqual(gangmu("renumber", "-o", "b.txt", "a.txt"), (0, b"", b""))
        self.assertEqual(self.read("b.txt").decode(), MENDED)
        self.assertEqual(gangmu("renumber", "--diff", "-o", "b.diff", "a.txt"), (0, b"", b""))
        self.assertIn("+二、中班".encode(), self.read("b.diff"))
        self.write("c.txt", "kept")
        self.assertEqual(gangmu("renumber", "-o", "c.txt", "missing.txt")[0], 3)
        self.assertEqual(self.read("c.txt"), b"kept")
        self.no_leftovers()

    def test_in_place(self):
        for name in ("a.txt", "b.txt"):
            self.write(name, GAP)
        os.chmod("a.txt", 0o640)
        os.symlink("a.txt", "link.txt")
        self.write("c.txt", RIGHT)
        before = os.stat("c.txt")
        self.assertEqual(gangmu("renumber", "-i", "-j", "2", "link.txt", "b.txt", "c.txt"), (0, b"", b""))
        self.assertEqual({self.read(n).decode() for n in ("a.txt", "b.txt")}, {MENDED})
        self.assertTrue(os.path.islink("link.txt"))
        self.assertEqual(os.stat("a.txt").st_mode & 0o777, 0o640)
        self.assertEqual((os.stat("c.txt").st_ino, os.stat("c.txt").st_mtime_ns), (before.st_ino, before.st_mtime_ns))
        self.no_leftovers()

    def test_folders(self):
        self.write("in/a.txt", GAP)
        self.write("in/deep/b.text", RIGHT)
        self.assertEqual(gangmu("renumber", "-r", "--out-dir", "out", "in"), (0, b"", b""))
        self.assertEqual(self.read("out/a.txt").decode(), MENDED)
        self.assertEqual(self.read("out/deep/b.text").decode(), RIGHT)
        self.assertEqual(gangmu("renumber", "-r", "--out-dir", "out", "in")[2].count(b"[kept]"), 2)

    def test_own_encoding(self):
        for encoding in ("gb18030", "big5", "utf-16", "utf-8-sig"):
            text = GAP if encoding != "big5" else GAP.translate(str.maketrans("值", "職"))
            mended = MENDED if encoding != "big5" else MENDED.translate(str.maketrans("值", "職"))
            more = "各村民小组应当按时到岗，交接清楚。\n" * 5 if encoding == "gb18030" else ""
            with self.subTest(encoding=encoding):
                self.write("a.txt", (text + more).encode(encoding))
                status, out, err = gangmu("renumber", "a.txt")
                self.assertEqual((status, err), (0, b""))
                self.assertEqual(out, (mended + more).encode(encoding))
                self.assertIn("+二、中班".encode(), gangmu("renumber", "--diff", "a.txt")[1])

    def test_doubled_byte_order_mark(self):
        """The first is a mark, the second a part of the text, however often the text is read anew."""
        for encoding in "utf-8-sig", "utf-16":
            text = "\ufeff题\n\n2.1 乙\n2.1 乙\n".encode(encoding)
            self.write("a.txt", text)
            status, out, err = gangmu("renumber", "-g", "gongwen", "a.txt")
            self.assertEqual((status, out.decode(encoding), err), (0, "\ufeff题\n\n一、乙\n（一）乙\n", b""))

    def test_bytes_that_cannot_be_written_back(self):
        broken = (GAP + "各村民小组应当按时到岗，交接清楚。\n" * 9).encode("gb18030") + b"\xff\xff\n"
        self.write("a.txt", broken)
        status, out, err = gangmu("renumber", "-q", "-i", "a.txt")
        self.assertEqual((status, out), (3, b""))
        self.one_line(err, "a.txt: error: ", "[not-reversible]")
        self.assertEqual(self.read("a.txt"), broken)

    def test_a_number_that_the_numerals_lack(self):
        self.write("own.yaml", "extends: base\nlevels: [circled-han]\n")
        text = "题目\n\n" + "".join(f"{i}.点\n" for i in range(1, 12))
        status, out, err = gangmu("renumber", "-g", "own.yaml", self.write("a.txt", text))
        self.assertEqual((status, out), (5, b""))
        self.one_line(err, "a.txt:13:1: error: ", "[no-numeral]")

    def test_not_text(self):
        self.assertEqual(gangmu("-t", "docx", "-o", "a.docx", self.write("a.txt", GAP))[0], 0)
        status, out, err = gangmu("renumber", "a.docx")
        self.assertEqual((status, out), (2, b""))
        self.one_line(err, "a.docx: error: only plain text can be renumbered", "--check", "[not-text]")

    def test_what_to_change_in_other_formats(self):
        """Nothing is written, but the author is told what to type, paragraph by paragraph."""
        self.write("a.txt", GAP)
        for suffix, format in (("docx", "docx"), ("html", "html"), ("md", "markdown"), ("json", "json")):
            with self.subTest(suffix=suffix):
                name = f"b.{suffix}"
                style = ["--style", "plain"] if suffix == "docx" else [] # contents would be renumbered too
                self.assertEqual(gangmu("-t", format, *style, "-o", name, "a.txt")[0], 0)
                before = self.read(name)
                status, out, err = gangmu("renumber", "--check", name)
                self.assertEqual((status, out, err.count(b"\n")), (1, b"", 3))
                for change in ("“三、” becomes “二、” [label]", "“四、” becomes “三、” [label]",
                               "“第三部分” becomes “第二部分” [reference]"):
                    self.assertIn(change, err.decode())
                status, out, err = gangmu("renumber", "--diff", name)
                self.assertEqual((status, err), (0, b""))
                self.assertRegex(out.decode(), r"\n\+ *二、 ?中班\n")
                for args in (["-i", name], ["-o", "c.txt", name]):
                    self.assertEqual(gangmu("renumber", *args)[0], 2)
                self.assertEqual((self.read(name), os.path.exists("c.txt")), (before, False))
        for jobs in ("-j1", "-j2"):
            self.assertEqual(gangmu("renumber", "--check", jobs, "b.docx", "a.txt", "b.html")[2].count(b"\n"), 9)

    def test_usage(self):
        self.write("a.txt", GAP)
        for args in (["renumber", "-t", "json"], ["renumber", "-i"], ["renumber", "-i", "-"], ["renumber", "-i", "--check", "a.txt"],
                     ["renumber", "-i", "-o", "b.txt", "a.txt"], ["renumber", "a.txt", "a.txt"],
                     ["renumber", "--check", "-o", "b.txt", "a.txt"], ["renumber", "--diff", "--out-dir", "d", "a.txt"],
                     ["--check", "a.txt"], ["--diff", "a.txt"], ["lint", "-i", "a.txt"], ["renumber", "-g", "nonsense", "a.txt"]):
            with self.subTest(args=args):
                status, out, err = gangmu(*args)
                self.assertEqual((status, out), (2, b""))
                self.one_line(err, "gangmu: error: ", "[usage]")

    def test_scheme(self):
        text = "通知\n\n1.甲\n（1）子\n（2）丑\n2、乙\n"
        self.assertEqual(gangmu("renumber", "-g", "gongwen", stdin=text.encode())[1].decode(),
                         "通知\n\n一、甲\n（一）子\n（二）丑\n二、乙\n")
        scheme = "extends: base\nlevels: [chapter, article]\n"
        self.write("own.yaml", scheme)
        self.assertEqual(gangmu("renumber", "-g", "own.yaml", stdin=text.encode())[1].decode(),
                         "通知\n\n第一章甲\n第一条子\n第二条丑\n第二章乙\n")
        self.write("own.yaml", "extends: base\nlevels: [order]\n")
        self.assertEqual(gangmu("renumber", "-g", "own.yaml", stdin=text.encode())[0], 2)

    def test_chinese(self):
        self.write("a.txt", GAP)
        err = gangmu("renumber", "--check", "a.txt", env=environment(LC_ALL="zh_CN.UTF-8"))[2].decode()
        self.assertIn("a.txt:4:1: 提示：“三、”改为“二、” [label]\n", err)

    def test_closed_output(self):
        with open("/dev/full", "wb") as full:
            self.assertEqual(gangmu("renumber", self.write("a.txt", GAP), stdout=full)[0], 4)


if __name__ == "__main__":
    unittest.main()
