"""Exit statuses and messages: usage, limits."""
import os
import re
import resource
import sys
import unittest
import zipfile

from command import SPEECH, Scratch, gangmu


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


if __name__ == "__main__":
    sys.exit(unittest.main())
