"""Several files and folders, output files that appear whole, workers, signals."""
import glob
import os
import re
import shutil
import signal
import stat
import subprocess
import sys
import threading
import unittest

from command import FAULTY, PROGRAM, SPEECH, Scratch, environment, gangmu, has_nameless, has_temporary, is_writing, kill_when, unprivileged


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


if __name__ == "__main__":
    sys.exit(unittest.main())
