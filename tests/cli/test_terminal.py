"""The terminal, languages, completions."""
import glob
import os
import pty
import re
import select
import signal
import subprocess
import sys
import threading
import time
import unittest

from command import FAULTY, PROGRAM, SOURCE, SPEECH, Scratch, environment, gangmu


class Terminal(Scratch):
    def on_terminal(self, *args, stdin=None, wait=b"", **env):
        """Run with a terminal as standard output and error; returns (status, what it showed)."""
        pid, fd = pty.fork()
        if pid == 0:
            os.execve(PROGRAM, [PROGRAM, *args], environment(TERM="xterm", **env))
        shown = b""
        while True:
            try:
                piece = os.read(fd, 65536)
            except OSError:
                break
            if not piece:
                break
            shown += piece
        os.close(fd)
        return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), shown.replace(b"\r\n", b"\n")

    def test_control_characters_do_not_reach_it(self):
        evil = "一、甲\033]0;title\007乙\n二、丙\x9b31m丁\u202e\n"
        self.write("a.txt", evil)
        for format in ("markdown", "text", "tree", "toc", "yaml"):
            _, shown = self.on_terminal("-t", format, "--colour", "never", "a.txt")
            text = shown.decode()
            for bad in ("\033", "\007", "\x9b", "\u202e"):
                self.assertNotIn(bad, text, format)
            self.assertIn("丙", text)

    def test_messages_show_what_they_are_about(self):
        """On a terminal only; elsewhere a message is one line."""
        text = "值班安排\n\n一、早班\n　　三、中班在一楼大厅，\x9b中午不休息，晚上八点以前把钥匙和登记本交给保安室，再签字\n四、晚班，照前面的办法，也接第三部分\n"
        self.write("a.txt", text)
        shown = self.on_terminal("lint", "a.txt")[1].decode()
        self.assertEqual(shown, "a.txt:4:3: warning: “二、” missing before “三、” [gap]\n"
                         "    三、中班在一楼大厅，\\u009b中午不休息，晚上八点以前把…\n")
        shown = self.on_terminal("renumber", "--check", "a.txt")[1].decode()
        self.assertIn("[reference]\n    …班，照前面的办法，也接第三部分\n", shown)
        self.write("a.md", text)
        for format in ("docx", "json", "opml"): # places of another text are not looked up in this one
            gangmu("-t", format, "-o", "b." + format, "a.txt")
            shown = self.on_terminal("lint", "b." + format)[1].decode()
            self.assertRegex(shown, r"\A\S+ warning: .* \[gap\]\n(    三、 ?中班.*\n)?\Z")
        self.assertEqual(gangmu("lint", "a.txt")[2].count(b"\n"), 1)

    def test_no_sequence_is_cut(self):
        self.write("a.txt", "一、" + "汉字" * 100000 + "。正文\n")
        _, shown = self.on_terminal("-t", "toc", "a.txt")
        self.assertEqual(shown, gangmu("-t", "toc", "a.txt")[1])

    def test_colour(self):
        self.write("a.txt")
        coloured = self.on_terminal("tree", "a.txt")[1]
        self.assertIn(b"\033[", coloured)
        self.assertNotIn(b"\033", self.on_terminal("tree", "a.txt", NO_COLOR="1")[1])
        self.assertNotIn(b"\033", self.on_terminal("tree", "--colour=never", "a.txt")[1])
        self.assertNotIn(b"\033", gangmu("tree", "a.txt")[1])
        self.assertIn(b"\033[", gangmu("tree", "--color=always", "a.txt")[1])

    def test_progress(self):
        names = [self.write(f"in/{i}.txt") for i in range(3)]
        os.mkfifo("in/slow.txt")
        slow = threading.Thread(target=lambda: (time.sleep(0.8), self.write("in/slow.txt")))
        slow.start()
        status, shown = self.on_terminal("--out-dir", "out", "in/slow.txt", *names)
        slow.join()
        self.assertEqual(status, 0)
        self.assertIn(b"\r[#######.......................] 1/4\033[K", shown)
        self.assertTrue(shown.endswith(b"\r\033[K"), shown)
        for quiet in (["-q"], ["-j2", "-q"]):
            self.assertEqual(self.on_terminal(*quiet, "--force", "--out-dir", "out", *names), (0, b""))
        self.assertEqual(gangmu("--force", "--out-dir", "out", *names), (0, b"", b""))


class Languages(Scratch):
    def test_chinese(self):
        for env in ({"LC_ALL": "C.UTF-8", "LANGUAGE": "zh_CN"}, {"LC_ALL": "zh_CN.UTF-8"},
                    {"LC_ALL": "", "LANG": "zh_CN.GBK"}, {"LC_ALL": "", "LC_MESSAGES": "zh_SG.UTF-8"}):
            status, _, err = gangmu("missing", env=environment(**env))
            self.assertEqual(status, 3)
            self.one_line(err, "missing: 错误：", "[no-such-file]")
            self.assertIn("输出格式", gangmu("--help", env=environment(**env))[1].decode())

    def test_english(self):
        for env in ({"LC_ALL": "C"}, {"LC_ALL": "en_US.UTF-8"}, {"LC_ALL": "C", "LANGUAGE": "zh_CN"},
                    {"LC_ALL": "fr_FR.UTF-8"}, {"LC_ALL": "C.UTF-8", "LANGUAGE": "en"}):
            self.one_line(gangmu("missing", env=environment(**env))[2], "missing: error: ")

    def test_output_is_the_same(self):
        self.write("a.txt", FAULTY)
        for format in ("json", "markdown", "toc"):
            self.assertEqual(gangmu("-t", format, "a.txt", env=environment(LC_ALL="zh_CN.UTF-8"))[1],
                             gangmu("-t", format, "a.txt")[1])

    def test_catalogue_is_complete(self):
        made = subprocess.run(["msgfmt", "--check", "--statistics", "-o", "/dev/null", f"{SOURCE}/po/zh_CN.po"],
                              capture_output=True, env=environment())
        self.assertEqual(made.returncode, 0, made.stderr)
        self.assertNotRegex(made.stderr, rb"fuzzy|untranslated")
        # The command's own words, and what of the library's words it shows: messages, parts of them, summaries, reasons.
        keywords = {"cli": ["_", "N_"], "*": ["N_", "gm__fail:4", "gm__yaml_fault:4", "gm_output_fail:3", "expected:3",
                                              "refuse:4", "wrong:2", "fault_at:3", "fault:4", "get_choice:4",
                                              "check_texts:3"]}
        for folder, names in keywords.items():
            sources = sorted(glob.glob(f"{SOURCE}/src/{folder}/*.c"))
            if folder == "*":
                sources = [name for name in sources if "/cli/" not in name and "/tool/" not in name]
            subprocess.run(["xgettext", *(f"-k{name}" for name in names), "-L", "C", "--from-code=UTF-8", "-o", "now.pot",
                            *sources], check=True)
            compared = subprocess.run(["msgcmp", f"{SOURCE}/po/zh_CN.po", "now.pot"], capture_output=True,
                                      env=environment())
            self.assertEqual(compared.returncode, 0, compared.stderr)

    def test_lists_are_in_chinese(self):
        chinese = environment(LC_ALL="zh_CN.UTF-8")
        for option in ("--list-formats", "--list-grammars", "--list-diagnostics", "--help"):
            english = set(gangmu(option)[1].decode().splitlines())
            for line in gangmu(option, env=chinese)[1].decode().splitlines():
                if line.strip() and not re.fullmatch(r"(  [a-z0-9-]+( [a-z0-9-]+)*)|      --sandbox.*", line):
                    self.assertNotIn(line, english)
                    self.assertRegex(line, "[\u4e00-\u9fff]")

    def test_failures_are_in_chinese(self):
        """Each failure is a Chinese sentence with Chinese marks; what other programs said stands in brackets."""
        for name, content in (
                ("a.txt", SPEECH), ("faulty.txt", FAULTY), ("bad.txt", b"\xe4\xb8\x80\xe3\x80\x81\xff\xfe\xfd\xe4\n"),
                ("a.json", "{"), ("b.json", "[1]"), ("c.json", "{\"a\":1}"), ("a.yaml", "gangmu: [1"), ("b.yaml", "gangmu: *a"),
                ("a.xml", "<gangmu"), ("b.xml", "<other/>"), ("a.opml", "<opml"), ("a.mm", "<mindmap/>"), ("a.docx", b"PK\3\4"),
                ("b.docx", "text"), ("a.odt", "text"), ("a.fodt", "<office/>"), ("a.pdf", "%PDF-1.4\n"), ("a.png", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8),
                ("g1.yaml", "name: ["), ("g2.yaml", "name: x\nfamilies: 3\n"), ("g3.yaml", "nonsense: x\n"),
                ("g4.yaml", "extends: nonsense\n"), ("g7.yaml", "extends: folder\n"), ("g5.yaml", "families:\n- id: A\n"), ("g6.yaml", "families:\n- id: a\n  pattern: x\n"),
                ("d.xml", "<!DOCTYPE gangmu [<!ENTITY a \"b\">]><gangmu>&a;</gangmu>"), ("a.html", "<p>一、东"), ("a.md", "# 东\n")):
            self.write(name, content)
        os.mkdir("folder")
        cases = [["missing"], ["folder"], ["--strict-encoding", "bad.txt"], ["bad.txt"], ["a.png"], ["--max-input", "3", "a.txt"],
                 ["--max-text", "3", "a.txt"], ["--max-nodes", "1", "a.txt"], ["--max-depth", "1", "a.txt"],
                 ["--max-memory", "3", "a.md"], ["--max-memory", "3", "a.html"],
                 ["--encoding", "nonsense", "a.txt"], ["--select", "//p[", "a.html"], ["--select", "//b", "a.html"],
                 ["--style", "nonsense", "a.txt"], ["-t", "json", "--style", "nonsense", "a.txt"],
                 ["-t", "docx", "-o", "x.docx", "--reference-doc", "a.txt", "a.txt"],
                 ["-o", "folder", "a.txt"], ["-o", "missing/x.md", "a.txt"], ["-o", "x.pdf", "a.txt"], ["renumber", "a.html"],
                 ["lint", "faulty.txt"], ["lint", "--profile", "nonsense", "a.txt"], ["-t", "nonsense", "a.txt"],
                 ["-f", "nonsense", "a.txt"], ["-g", "nonsense", "a.txt"], ["--depth", "x", "a.txt"], ["--nonsense"], ["-Z"], ["-o"],
                 ["-o", "x", "--out-dir", "y", "a.txt"], ["--force", "a.txt"], ["--check", "a.txt"], ["toc", "-t", "json", "a.txt"],
                 ["-t", "html", "a.txt", "faulty.txt"], ["renumber", "a.txt", "faulty.txt"]]
        formats = {"json": "json", "yaml": "yaml", "xml": "xml", "opml": "opml", "mm": "mm", "docx": "docx", "odt": "odt",
                   "fodt": "odt", "pdf": "pdf"}
        cases += [["-f", formats[name[2:]], name] for name in sorted(os.listdir()) if name[2:] in formats and name[1] == "."]
        cases += [["-g", f"./g{i}.yaml", "a.txt"] for i in range(1, 8)]
        for args in cases:
            status, _, err = gangmu(*args, env=environment(LC_ALL="zh_CN.UTF-8"))
            lines = err.decode().splitlines()
            self.assertTrue(status or "bad.txt" in args, args)
            self.assertTrue(lines, args)
            for line in lines:
                said = re.fullmatch(r"[^ ]+: (?:错误|警告|提示)：(.*?)(?: \[[a-z-]+\])?", line)
                self.assertIsNotNone(said, err.decode()[:3000])
                bare = re.sub("“[^”]*”|（(lib\\w+)：[^）]*）", "", said[1])
                self.assertRegex(bare, "[\u4e00-\u9fff]", line)
                self.assertNotRegex(bare, r"[;,:'\"?!()]|(?<![-\w])(the|of|is|are|to|be|not|no|with|in|it)(?![-\w])", line)


class Completions(Scratch):
    def words(self, *args):
        return [line.split()[0] for line in gangmu(*args)[1].decode().splitlines() if line.startswith("  ")]

    def bash(self, *line):
        script = gangmu("--completion", "bash")[1].decode()
        quoted = " ".join(f"'{word}'" for word in line)
        done = subprocess.run(["bash", "-c", f"{script}\nCOMP_WORDS=({quoted}); COMP_CWORD={len(line) - 1}; _gangmu;"
                               "printf '%s\\n' \"${COMPREPLY[@]}\""], capture_output=True, check=True, env=environment())
        self.assertEqual(done.stderr, b"")
        return done.stdout.decode().split()

    def test_bash(self):
        formats = gangmu("--list-formats")[1].decode().split("\n\n")
        self.assertEqual(self.bash("gangmu", "-t", ""), [x.split()[0] for x in formats[1].splitlines()[1:]])
        self.assertEqual(self.bash("gangmu", "-f", ""), [x.split()[0] for x in formats[0].splitlines()[1:]])
        self.assertEqual(self.bash("gangmu", "-g", ""), self.words("--list-grammars"))
        self.assertEqual(self.bash("gangmu", "--text", "l"), ["lead"])
        self.assertEqual(self.bash("gangmu", "--list"), ["--list-formats", "--list-grammars", "--list-diagnostics"])
        self.assertEqual(self.bash("gangmu", "li"), ["lint"])
        self.write("some.txt")
        self.assertEqual(self.bash("gangmu", "so"), ["some.txt"])

    def test_every_option_is_there(self):
        options = re.findall(r"^  (?:-.,|   ) --([a-z-]+)", gangmu("--help")[1].decode(), re.M)
        self.assertGreater(len(options), 25)
        for shell, form in (("bash", "--%s"), ("zsh", "--%s"), ("fish", "-l %s ")):
            script = gangmu("--completion", shell)[1].decode()
            for option in options:
                self.assertIn(form % option, script, shell)

    def test_zsh(self):
        self.write("_gangmu", gangmu("--completion", "zsh")[1])
        subprocess.run(["zsh", "-n", "_gangmu"], check=True)
        pid, fd = pty.fork()
        if pid == 0:
            os.execvpe("zsh", ["zsh", "-f", "-i"], environment(TERM="dumb"))

        def until(text):
            shown, end = b"", time.monotonic() + 30
            while text not in shown and time.monotonic() < end:
                if select.select([fd], [], [], 1)[0]:
                    shown += os.read(fd, 65536)
            return shown

        try:
            os.write(fd, b"PS1=; fpath=($PWD $fpath); autoload -U compinit; compinit -u -D; print RE''ADY\n")
            self.assertIn(b"READY", until(b"READY"))
            os.write(fd, b"gangmu -t mer\t")
            self.assertIn(b"maid", until(b"maid"))
        finally:
            os.close(fd)
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)

    def test_fish(self):
        self.write("gangmu.fish", gangmu("--completion", "fish")[1])
        done = subprocess.run(["fish", "--no-config", "-c", "source gangmu.fish; complete -C 'gangmu -t op'; "
                               "complete -C 'gangmu --text '; complete -C 'gangmu --strict'"],
                              capture_output=True, env=environment(HOME=self.folder))
        self.assertEqual(done.stderr, b"")
        words = [line.split("\t")[0] for line in done.stdout.decode().splitlines()]
        self.assertEqual(words, ["opml", "full", "lead", "none", "--strict-encoding"])


if __name__ == "__main__":
    sys.exit(unittest.main())
