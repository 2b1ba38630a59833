"""Several files and folders, output files that appear whole, workers, signals, the terminal, languages, completions."""
import glob
import os
import pty
import re
import select
import shutil
import signal
import stat
import subprocess
import sys
import threading
import time
import unittest

from command import FAULTY, PROGRAM, SOURCE, SPEECH, Scratch, environment, gangmu, has_nameless, has_temporary, is_writing, kill_when, unprivileged


class Several(Scratch):
    def test_prose_is_parted_by_a_blank_line(self):
        a, b = self.write("a.txt"), self.write("b.txt", FAULTY)
        for format in ("markdown", "text", "toc"):
            one, two = gangmu("-t", format, a)[1], gangmu("-t", format, b)[1]
            self.assertEqual(gangmu("-t", format, a, b)[1], one + b"\n" + two)

    def test_json_and_yaml(self):
        a, b = self.write("a.txt"), self.write("b.txt", FAULTY)
        for format, between in (("json", b""), ("yaml", b"---\n")):
            one, two = gangmu("-t", format, a)[1], gangmu("-t", format, b)[1]
            self.assertEqual(gangmu("-t", format, a, b)[1], one + between + two)

    def test_one_bad_file_and_the_rest(self):
        a, b = self.write("a.txt"), self.write("b.txt", FAULTY)
        for jobs in ("-j1", "-j2"):
            status, out, err = gangmu(jobs, a, "missing", b)
            self.assertEqual(status, 3)
            self.assertEqual(out, gangmu(a, b)[1])
            self.one_line(err, "missing: error: ")

    def test_file_of_several(self):
        a, b = self.write("a.txt"), self.write("b.txt", FAULTY)
        self.assertEqual(gangmu("-o", "x.md", a, b)[0], 0)
        self.assertEqual(self.read("x.md"), gangmu(a, b)[1])
        self.write("y.md", "old")
        for jobs in ("-j1", "-j3"):
            self.assertEqual(gangmu(jobs, "-o", "y.md", a, "missing", b)[0], 3)
            self.assertEqual(self.read("y.md"), b"old")
        self.no_leftovers()

    def test_format_by_name(self):
        self.write("a.txt")
        for name, format in (("x.json", "json"), ("x.md", "markdown"), ("x.opml", "opml"), ("x", "markdown"),
                             ("x.unknown", "markdown"), ("x.JSON", "json")):
            status, _, err = gangmu("-o", name, "a.txt")
            self.assertEqual((status, self.read(name)), (0, gangmu("-t", format, "a.txt")[1]), name)
            self.assertEqual(b"[unknown-suffix]" in err, name == "x.unknown", name)
        status, _, err = gangmu("-o", "提纲.xlsx", "a.txt")
        self.one_line(err, "提纲.xlsx: warning: ", "'.xlsx'; this is markdown, -t", "[unknown-suffix]")
        for args in (["-q"], ["-t", "markdown"]):
            self.assertEqual(gangmu(*args, "-o", "提纲.xlsx", "a.txt"), (0, b"", b""))

    def test_a_suffix_names_its_format(self):
        self.write("a", "# 一、甲\n\n正文\n")
        for suffix, name in (("md", "markdown"), ("tex", "latex"), ("toc.md", "md-toc"), ("jsonl", "chunks"), ("toc", "toc")):
            self.assertEqual(gangmu("-t", suffix, "a"), gangmu("-t", name, "a"), name)
        self.assertEqual(gangmu("-f", "md", "-t", "json", "a"), gangmu("-f", "markdown", "-t", "json", "a"))
        for args in (["-t", "out.md"], ["-t", "m"], ["-t", ""], ["-f", "jpg"], ["-f", "a.md"], ["-f", ""]):
            self.assertEqual(gangmu(*args, "a")[0], 2, args)

    def test_a_sub_command_behind_an_option(self):
        self.write("a.txt")
        for name in ("lint", "toc", "tree", "renumber"):
            status, _, err = gangmu("-q", name, "a.txt")
            self.assertEqual(status, 3)
            self.one_line(err, f"{name}: error: no such file; a sub-command is the first argument [no-such-file]")
        self.assertIn("[no-such-file]", gangmu("lint", "tree")[2].decode())
        self.write("lint")
        self.assertEqual(gangmu("-q", "lint", "a.txt")[0], 0)

    def test_shorthands(self):
        self.write("a.txt")
        for name in ("toc", "tree"):
            self.assertEqual(gangmu(name, "a.txt")[:2], gangmu("-t", name, "a.txt")[:2])
        self.write("toc")
        self.assertEqual(gangmu("./toc")[0], 0)

    def test_an_xpath_computes(self):
        """By libm's functions, which a static command loads only now, behind its sandbox."""
        with open("a.html", "w", encoding="utf-8") as file:
            file.write("<html><body>" + "".join(f"<p>{c}、{c}</p>" for c in "一二三四") + "</body></html>")
        for path, want in (("//p[position() mod 2 = 1]", "一、一\n三、三\n"), ("//p[position() > floor(2.5)]", "三、三\n四、四\n"),
                           ("//p[position() > 12.5e-1 and string(1 div 8) = '0.125']", "二、二\n三、三\n四、四\n")):
            self.assertEqual(gangmu("--select", path, "-t", "toc", "a.html"), (0, want.encode(), b""))


class Folders(Scratch):
    def make(self):
        for name in ("in/b.txt", "in/a.md", "in/sub/c.txt", "in/sub/deep/d.html", "in/.hidden/e.txt", "in/pic.png",
                     "in/no-suffix"):
            self.write(name)
        os.symlink("..", "in/sub/up")

    def test_mirrored(self):
        self.make()
        status, out, err = gangmu("-r", "--out-dir", "out", "in")
        self.assertEqual((status, out, err), (0, b"", b""))
        made = sorted(os.path.relpath(p, "out") for p in glob.glob("out/**", recursive=True) if os.path.isfile(p))
        self.assertEqual(made, ["a.md", "b.md", "sub/c.md", "sub/deep/d.md"])
        self.assertEqual(self.read("out/b.md"), gangmu("in/b.txt")[1])

    def test_order(self):
        self.make()
        _, out, _ = gangmu("-r", "-t", "json", "in")
        self.assertEqual(re.findall(rb'"name":"([^"]*)"', out),
                         [b"in/a.md", b"in/b.txt", b"in/sub/c.txt", b"in/sub/deep/d.html"])

    def test_folder_without_r(self):
        self.make()
        self.assertEqual(gangmu("in")[0], 3)

    def test_format_takes_every_file(self):
        self.make()
        self.assertEqual(gangmu("-r", "-f", "text", "--out-dir", "out", "in")[0], 0)
        self.assertTrue(os.path.exists("out/no-suffix.md"))

    def test_kept_and_forced(self):
        self.make()
        self.write("out/b.md", "mine")
        status, _, err = gangmu("-r", "--out-dir", "out", "in")
        self.assertEqual(status, 0)
        self.one_line(err, "out/b.md: info: ", "[kept]")
        self.assertEqual(self.read("out/b.md"), b"mine")
        self.assertEqual(gangmu("-r", "--out-dir", "out", "--force", "in")[0], 0)
        self.assertEqual(self.read("out/b.md"), gangmu("in/b.txt")[1])

    def test_a_second_run_reads_no_output_of_the_first(self):
        """-r --out-dir out . is the plainest thing to type; the folder of outputs itself is read when it is named."""
        for name in ("a.txt", "sub/b.txt"):
            self.write(name)
        for out in ("out", "./out/", os.path.abspath("out")):
            for args in ([], ["--force"], ["-j", "2"]):
                self.assertEqual(gangmu("-q", "-r", "-t", "html", "--out-dir", out, *args, ".")[0], 0)
                made = sorted(os.path.relpath(p, "out") for p in glob.glob("out/**", recursive=True) if os.path.isfile(p))
                self.assertEqual(made, ["a.html", "sub/b.html"], args)
        os.symlink("out", "link")
        self.assertEqual(gangmu("-q", "-r", "-t", "html", "--out-dir", "link", ".")[0], 0)
        self.assertEqual(len(glob.glob("out/**/*.html", recursive=True)), 2)
        self.assertEqual(gangmu("-r", "-t", "toc", "--out-dir", "out", "out")[0], 0)
        self.assertTrue(os.path.exists("out/sub/b.toc"))

    def test_same_names(self):
        self.write("in/a.txt")
        self.write("in/a.md", "# 一、甲\n")
        self.write("in/b.txt")
        self.assertEqual(gangmu("-r", "--out-dir", "out", "in")[0], 0)
        self.assertEqual(sorted(os.listdir("out")), ["a.md.md", "a.txt.md", "b.md"])
        self.write("x/a.txt")
        self.write("y/a.txt")
        status, _, err = gangmu("--out-dir", "two", "x/a.txt", "y/a.txt")
        self.assertEqual(status, 4)
        self.one_line(err, "y/a.txt: error: ", "[same-output]")
        self.assertEqual(os.listdir("two"), ["a.txt.md"])

    def test_unreadable_folder(self):
        self.make()
        os.chmod("in/sub", 0)
        os.chmod(".", 0o777)
        status, _, err = gangmu("-r", "in", "--out-dir", "out", **unprivileged())
        self.assertEqual(status, 3)
        self.one_line(err, "in/sub: error: ")
        self.assertEqual(sorted(os.listdir("out")), ["a.md", "b.md"])


class Workers(Scratch):
    def test_same_as_one(self):
        names = [self.write(f"{i}.txt", FAULTY * (i % 7 + 1) + f"五、第{i}份\n") for i in range(60)]
        names[30:30] = ["missing"]
        one = gangmu("-j1", "-t", "json", *names)
        names.append(self.write("in/empty.txt", ""))
        names.append(self.write("in/last.txt", "一、甲\n"))
        for format in ("text", "markdown"):  # nothing parts an empty output from the next one
            self.assertEqual(gangmu("-j2", "-t", format, *names), gangmu("-j1", "-t", format, *names))
        del names[-2:]
        for jobs in ("-j2", "-j8", "-j0"):
            self.assertEqual(gangmu(jobs, "-t", "json", *names), one, jobs)
        lint = gangmu("lint", *names)
        self.assertEqual(lint[0], 3)
        self.assertEqual(gangmu("lint", "-j3", *names), lint)

    def test_folders(self):
        for i in range(40):
            self.write(f"in/{i % 5}/{i}.txt", FAULTY + f"五、第{i}份\n")
        gangmu("-r", "in", "--out-dir", "one")
        gangmu("-r", "-j4", "in", "--out-dir", "four")
        self.assertEqual(subprocess.run(["diff", "-r", "one", "four"]).returncode, 0)
        self.assertEqual(len(glob.glob("four/*/*.md")), 40)


class Atomic(Scratch):
    def test_permissions_are_kept(self):
        self.write("a.txt")
        for mode in (0o600, 0o664, 0o755):
            os.chmod(self.write("x.md", "old"), mode)
            self.assertEqual(gangmu("-o", "x.md", "a.txt")[0], 0)
            self.assertEqual(stat.S_IMODE(os.stat("x.md").st_mode), mode)
            self.assertNotEqual(self.read("x.md"), b"old")

    def test_a_new_file_heeds_the_umask(self):
        self.write("a.txt")
        gangmu("-o", "x.md", "a.txt", preexec_fn=lambda: os.umask(0o027))
        self.assertEqual(stat.S_IMODE(os.stat("x.md").st_mode), 0o640)

    def test_read_only_files_stay(self):
        self.write("a.txt")
        os.chmod(self.write("x.md", "old"), 0o444)
        os.chmod(".", 0o777)
        status, _, _ = gangmu("-o", "x.md", "a.txt", **unprivileged())
        self.assertEqual((status, self.read("x.md")), (4, b"old"))

    def test_links_are_followed(self):
        self.write("a.txt")
        self.write("real/x.md", "old")
        os.symlink("real/x.md", "link.md")
        self.assertEqual(gangmu("-o", "link.md", "a.txt")[0], 0)
        self.assertTrue(os.path.islink("link.md"))
        self.assertEqual(self.read("real/x.md"), gangmu("a.txt")[1])

    def test_a_failed_run_leaves_the_old_file(self):
        self.write("x.md", "old")
        self.assertEqual(gangmu("-o", "x.md", "missing")[0], 3)
        self.assertEqual(gangmu("--max-nodes", "2", "-o", "x.md", self.write("a.txt"))[0], 5)
        self.assertEqual(self.read("x.md"), b"old")

    def test_over_its_own_input(self):
        """Only when told to: what the output format does not keep would be gone."""
        self.write("a.txt")
        before, expected = self.read("a.txt"), gangmu("-t", "text", "a.txt")[1]
        os.symlink("a.txt", "link.txt")
        for args in (["-o", "a.txt", "a.txt"], ["-o", "link.txt", "a.txt"], ["lint", "-o", "a.txt", self.write("b.txt"), "./a.txt"]):
            status, out, err = gangmu(*args)
            self.assertEqual((status, out), (2, b""))
            self.one_line(err, "is also an input; --force", "[usage]")
        with open("a.txt", "rb") as stdin:
            self.assertEqual(subprocess.run([PROGRAM, "-o", "a.txt"], stdin=stdin, capture_output=True).returncode, 2)
        self.assertEqual(self.read("a.txt"), before)
        self.assertEqual(gangmu("-t", "text", "--force", "-o", "a.txt", "a.txt")[0], 0)
        self.assertEqual(self.read("a.txt"), expected)

    def test_pipes_and_devices_are_written_in_place(self):
        self.write("a.txt")
        self.assertEqual(gangmu("-o", "/dev/null", "a.txt")[0], 0)
        os.mkfifo("pipe")
        got = []
        reader = threading.Thread(target=lambda: got.append(self.read("pipe")))
        reader.start()
        self.assertEqual(gangmu("-o", "pipe", "-t", "markdown", "a.txt")[0], 0)
        reader.join()
        self.assertEqual(got[0], gangmu("a.txt")[1])
        self.assertTrue(stat.S_ISFIFO(os.stat("pipe").st_mode))

    def test_names_of_open_pipes(self):
        """/dev/stdout, and /dev/fd/63, which bash makes of >(…): links that lead to no file."""
        self.write("a.txt")
        expected = gangmu("a.txt")[1]
        self.assertEqual(gangmu("-o", "/dev/stdout", "-t", "markdown", "a.txt"), (0, expected, b""))
        end, start = os.pipe()
        status, out, err = gangmu("-o", f"/dev/fd/{start}", "-t", "markdown", "a.txt", pass_fds=[start])
        os.close(start)
        with open(end, "rb") as pipe:
            self.assertEqual((status, out, err, pipe.read()), (0, b"", b"", expected))


class Signals(Scratch):
    def interrupt(self, number, *args):
        """Send the signal as soon as an output is begun; returns how the process ended."""
        process = subprocess.Popen([PROGRAM, *args], env=environment(), stderr=subprocess.PIPE)
        folder = "out" if "--out-dir" in args else "."
        seen = False
        while process.poll() is None:
            if is_writing(process.pid, folder):
                seen = True
                process.send_signal(number)
                break
        process.communicate()
        return process.returncode, seen

    def attempt(self, number, *args):
        """Until the signal came in time, which it nearly always does."""
        for _ in range(20):
            status, seen = self.interrupt(number, *args)
            self.no_leftovers("out" if os.path.isdir("out") else ".")
            if seen and status == -number:
                return
            shutil.rmtree("out", ignore_errors=True)
        self.fail(f"signal {number} never ended the process; last: {status}, {seen}")

    def test_single_file(self):
        self.write("a.txt", SPEECH * 20000)
        self.write("x.json", "old")
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGUSR1, signal.SIGALRM, signal.SIGXCPU):
            self.attempt(number, "-o", "x.json", "a.txt")
            self.write("x.json", "old")

    def test_killed(self):
        """Where the file system has files without a name, not even SIGKILL leaves one behind."""
        try:
            os.close(os.open(".", os.O_TMPFILE | os.O_WRONLY))
        except OSError as e:
            self.skipTest(f"no O_TMPFILE here: {e}")
        self.write("a.txt", SPEECH * 20000)
        self.write("x.json", "old")
        for _ in range(3):
            self.kill_while_nameless(".", "-o", "x.json", "a.txt")
            self.assertEqual(self.read("x.json"), b"old")
        names = [self.write(f"{i}.txt", SPEECH * 2000) for i in range(20)]
        self.kill_while_nameless("out", "-j2", "-t", "json", "--out-dir", "out", *names)

    def kill_while_nameless(self, folder, *args):
        for _ in range(20):
            process = subprocess.Popen([PROGRAM, *args], env=environment())
            if kill_when(process, lambda: has_nameless(process.pid, folder) and not has_temporary(folder)):
                return self.no_leftovers(folder)
            shutil.rmtree("out", ignore_errors=True)
        self.fail("it was never seen to write")

    def test_workers(self):
        names = [self.write(f"{i}.txt", SPEECH * 2000) for i in range(20)]
        for number in (signal.SIGINT, signal.SIGUSR2):
            self.attempt(number, "-j2", "-t", "json", "--out-dir", "out", *names)

    def test_ignored_signals_stay_ignored(self):
        self.write("a.txt", SPEECH * 2000)
        process = subprocess.Popen([PROGRAM, "-o", "x.json", "a.txt"], env=environment(),
                                   preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN))
        while process.poll() is None:
            process.send_signal(signal.SIGHUP)
        self.assertEqual(process.returncode, 0)
        self.assertTrue(os.path.exists("x.json"))


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


class Explained(Scratch):
    """What --explain says of each marker: series, evidence, rule."""
    TEXT = "一、开头\n二、见第一条。一是甲；二是乙。\n第一条的规定\n附则\n"

    def lines(self, text=TEXT, *args, **env):
        self.write("a.txt", text)
        return gangmu("--explain", "-t", "toc", *args, "a.txt", env=environment(**env))[2].decode().splitlines()

    def test_node(self):
        lines = self.lines()
        self.assertEqual(lines[0], "a.txt:1:1: info: node “一、” (han-dun 1); series: number 1, member 1 of 2, from “一、” to “二、”, "
                         "level 1; evidence: opens its paragraph, text follows, none before it, after it “二、” (line 2); "
                         "rule: It is a first ordinal in a place where a series may open. [opens-series]")
        self.assertEqual(lines[3], "a.txt:2:12: info: node “二是” (shi 2); series: number 2, member 2 of 2, from “一是” to “二是”, "
                         "level 2, under “二、”; evidence: behind the end of a sentence, text follows, before it “一是” (line 2), "
                         "none after it; rule: It is the next ordinal of a series that is open here. [continues-series]")

    def test_no_node(self):
        self.assertEqual(self.lines()[4], "a.txt:3:1: info: no node “第一条” (article 1); series: none; evidence: opens its paragraph, "
                         "text follows, none before it, none after it; "
                         "rule: It is prose that refers to a number or begins with one. [reference]")
        self.assertEqual(self.lines("一、甲\n二、乙\n正文。三是丙。\n")[2], "a.txt:3:4: info: no node “三是” (shi 3); series: none; "
                         "evidence: behind the end of a sentence, text follows, none before it, none after it; "
                         "rule: It fits no open series and cannot open one here. [no-series]")

    def test_heading(self):
        self.assertIn("a.txt:4:1: info: node “附则” (- 0); series: none, level 1; evidence: opens its paragraph, nothing follows, ",
                      self.lines()[5])

    def test_neighbours_of_no_node(self):
        """A number that no series takes: the nearest of its kind are the evidence."""
        lines = self.lines("一、甲\n二、乙\n八、丙\n三、丁\n四、戊\n")
        self.assertIn("no node “八、” (han-dun 8); series: none; ", lines[2])
        self.assertIn(", before it “二、” (line 2), after it “三、” (line 4); ", lines[2])
        self.assertIn("member 3 of 4, from “一、” to “四、”, ", lines[3])
        self.assertIn(", before it “二、” (line 2), after it “四、” (line 5); ", lines[3])

    def test_implied(self):
        lines = self.lines("一、甲\n会议要求：要强化大局意识；要强化责任意识。\n", "--implied")
        self.assertIn("node “要” (- 1); series: number 2, member 1 of 2, from “要” to “要”, level 2, under “一、”; ", lines[1])

    def test_chinese(self):
        lines = self.lines(LC_ALL="zh_CN.UTF-8")
        self.assertEqual(lines[3], "a.txt:2:12: 提示：节点“二是”（shi 2）；系列：第 2 组，第 2 项（共 2 项），自“一是”至“二是”，第 2 级，在“二、”之下；"
                         "依据：前为句末，后为文字，前有“一是”（第 2 行），后无同类；规则：是此处未完的系列的下一序数。 [continues-series]")
        for line in lines:
            self.assertNotRegex(line.split("；", 1)[1].rsplit(" [", 1)[0], r"[A-Za-z]{2}")


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


class Lists(Scratch):
    def test_a_list_inside_a_list_stays_there_whatever_it_starts_at(self):
        self.write("a.html", "<ol><li>船<ol start=2><li>桨</li><li>锚</li></ol></li><li>网</li></ol>")
        self.assertEqual(gangmu("-t", "toc", "a.html")[1].decode(), "1. 船\n  2. 桨\n  3. 锚\n2. 网\n")


if __name__ == "__main__":
    sys.exit(unittest.main())
