"""What the command gives up before it reads: what is forbidden fails, what it needs works as it does without."""
import os
import shutil
import subprocess
import sys
import unittest

from command import FAULTY, PROGRAM, SOURCE, SPEECH, Scratch, environment, gangmu

PROBE = os.environ["SANDBOXED"]

# What a hijacked reader may try, and how it ends: by itself, and when a converter may be needed.
FATES = {
    "before-reads-other": ("done", "done"),
    "reads-open-input": ("done", "done"),
    "reads-input": ("EACCES", "EACCES"),  # it is open: its name is not wanted any more
    "writes-input": ("EACCES", "EACCES"),
    "reads-library": ("done", "done"),
    "reads-other": ("EACCES", "EACCES"),
    "reads-passwords": ("EACCES", "EACCES"),
    "lists-folder": ("EACCES", "EACCES"),
    "writes-other": ("EACCES", "EACCES"),
    "removes-other": ("EACCES", "EACCES"),
    "replaces-other": ("EACCES", "EACCES"),
    "writes-output": ("done", "done"),
    "makes-beside": ("done", "done"),
    "renames-beside": ("done", "done"),
    "removes-beside": ("done", "done"),
    "links-beside": ("ENOSYS", "EACCES"),
    "makes-fifo": ("ENOSYS", "ENOSYS"),
    "reads-parent": ("EACCES", "EACCES"),
    "socket-internet": ("ENOSYS", "ENOSYS"),
    "socket-datagram": ("ENOSYS", "ENOSYS"),
    "socket-packet": ("ENOSYS", "ENOSYS"),
    "socket-local": ("ENOSYS", "done"),
    "forks": ("ENOSYS", "done"),
    "runs-program": ("ENOSYS", "done"),
    "signals-parent": ("ENOSYS", "EPERM"),
    "traces": ("ENOSYS", "ENOSYS"),
    "types": ("ENOSYS", "ENOSYS"),
    "mounts": ("ENOSYS", "ENOSYS"),
    "namespaces": ("ENOSYS", "ENOSYS"),
    "limits-parent": ("ENOSYS", "ENOSYS"),
    "changes-root": ("ENOSYS", "ENOSYS"),
    "programs-kernel": ("ENOSYS", "ENOSYS"),
    "ring": ("ENOSYS", "ENOSYS"),
    "old-abi": ("ENOSYS", "ENOSYS"),
    "program-reads-other": ("ENOSYS", "done"),  # it ran, and was refused the file
    "thread-reads-other": ("EACCES", "EACCES"),
    "thread-socket": ("ENOSYS", "ENOSYS"),
    "thread": ("done", "done"),
}


class Forbidden(Scratch):
    def fates(self, *, format="", text=SPEECH):
        self.write("in/a.txt", text)
        self.write("else/b.txt")
        os.makedirs("out")
        done = subprocess.run([PROBE, format, os.path.abspath("in/a.txt"), os.path.abspath("out/a.md"),
                               os.path.abspath("else/b.txt")], capture_output=True, env=environment(TMPDIR="/nowhere"))
        if done.returncode == 77:
            self.skipTest("no Landlock or no seccomp here")
        self.assertEqual((done.returncode, done.stderr), (0, b""))
        self.assertEqual(self.read("else/b.txt"), SPEECH.encode())
        return dict(line.split() for line in done.stdout.decode().splitlines())

    def check(self, column, **more):
        got = self.fates(**more)
        self.assertEqual(got, {name: fate[column] for name, fate in FATES.items()})

    def test_alone(self):
        self.check(0)

    def test_alone_by_format(self):
        self.check(0, format="text", text="%PDF-1.4\n")

    def test_with_a_converter(self):
        self.check(1, text="%PDF-1.4\n")

    def test_with_a_converter_by_format(self):
        self.check(1, format="doc")


class Allowed(Scratch):
    """The command in its sandbox does what it does without."""

    def both(self, *args, **more):
        free = gangmu("--sandbox", "never", *args, **more)
        self.assertEqual(gangmu("--sandbox", "always", *args, **more), free, args)
        return free

    def setUp(self):
        super().setUp()
        if gangmu("--sandbox", "always", self.write("a.txt"))[0] == 2:
            self.skipTest("no Landlock or no seccomp here")

    def test_it_is_entered(self):
        os.mkfifo("pipe")
        for args, seccomp in (([], "2"), (["--sandbox", "auto"], "2"), (["--sandbox", "never"], "0")):
            process = subprocess.Popen([PROGRAM, *args, "pipe"], env=environment(), stdout=subprocess.DEVNULL)
            writer = os.open("pipe", os.O_WRONLY)  # it has opened the pipe now and waits for more
            status = self.read(f"/proc/{process.pid}/status").decode()
            os.write(writer, SPEECH.encode())
            os.close(writer)
            self.assertEqual(process.wait(), 0)
            self.assertIn(f"\nSeccomp:\t{seccomp}\n", status, args)
            self.assertIn(f"\nNoNewPrivs:\t{int(seccomp == '2')}\n", status, args)

    def test_every_format(self):
        listed = gangmu("--list-formats")[1].decode().split("\n\n")[1].splitlines()
        names = [line.split()[0] for line in listed if line.startswith("  ")]
        self.assertGreater(len(names), 20)
        for name in names:
            self.assertEqual(self.both("-t", name, "a.txt")[0], 0, name)
        for suffix in ("docx", "json", "xml", "yaml", "opml", "md", "html", "mm"):
            self.assertEqual(self.both("-o", "x." + suffix, "a.txt")[0], 0)
            self.assertEqual(self.both("-t", "json", "x." + suffix)[0], 0, suffix)
        self.both("-t", "docx", "--reference-doc", "x.docx", "a.txt")

    def test_encodings(self):
        for name in ("GB18030", "Big5-HKSCS", "UTF-16"):
            self.write("b.txt", SPEECH.encode(name, "replace"))
            self.both("--encoding", name, "b.txt")
            self.both("b.txt")

    def test_standard_input(self):
        for args in ([], ["-"], ["-", "a.txt"], ["-t", "docx"], ["-j2", "a.txt", "-"]):
            self.assertEqual(self.both(*args, stdin=SPEECH.encode())[0], 0, args)
        with open("a.txt", "rb") as file:
            self.assertEqual(gangmu("/dev/stdin", stdin=file.read()), gangmu("a.txt"))
        done = subprocess.run(["bash", "-c", '"$0" <(cat a.txt)', PROGRAM], env=environment(), capture_output=True)
        self.assertEqual((done.returncode, done.stdout), (0, gangmu("a.txt")[1]))

    def test_names_of_open_pipes(self):
        expected = gangmu("a.txt")[1]
        self.assertEqual(self.both("-o", "/dev/stdout", "-t", "markdown", "a.txt"), (0, expected, b""))
        end, start = os.pipe()
        try:
            self.assertEqual(self.both("-o", f"/dev/fd/{start}", "-t", "markdown", "a.txt", pass_fds=[start]), (0, b"", b""))
            self.assertEqual(os.read(end, 1 << 16), 2 * expected)
        finally:
            os.close(start)
            os.close(end)

    def test_links(self):
        self.write("real/b.txt", FAULTY)
        self.write("real/x.md", "old")
        os.symlink("real/b.txt", "link.txt")
        os.symlink("real/x.md", "link.md")
        self.assertEqual(self.both("link.txt")[0], 0)
        self.assertEqual(gangmu("--sandbox", "always", "-o", "link.md", "link.txt")[0], 0)
        self.assertEqual(self.read("real/x.md"), gangmu("link.txt")[1])
        os.mkdir("in")
        os.symlink("../real/b.txt", "in/c.txt")
        self.assertEqual(self.both("-r", "in")[0], 0)

    def test_folders(self):
        for i in range(20):
            self.write(f"in/{i % 3}/{i}.txt", FAULTY + f"五、第{i}份\n")
        self.both("-r", "in", "-j4", "-t", "json")
        for jobs in ("-j1", "-j4"):
            for mode in ("never", "always"):
                self.assertEqual(gangmu("--sandbox", mode, jobs, "-r", "in", "--out-dir", f"{mode}/deep/er")[0], 0)
            self.assertEqual(subprocess.run(["diff", "-r", "never", "always"]).returncode, 0)
            shutil.rmtree("never")
            shutil.rmtree("always")
        os.makedirs("out")
        self.write("aside/a.md", "old")
        os.symlink("../aside/a.md", "out/a.md")
        self.assertEqual(gangmu("--sandbox", "always", "--force", "--out-dir", "out", "a.txt")[0], 0)
        self.assertEqual(self.read("aside/a.md"), gangmu("a.txt")[1])

    def test_few_descriptors(self):
        """More inputs than files may be open: the rest is opened when its turn comes."""
        names = [self.write(f"in/{i:03}.txt", FAULTY + f"五、第{i}份\n") for i in range(300)]
        self.write("aside/x.txt", FAULTY)
        names.append("in/300.txt")
        os.symlink("../aside/x.txt", names[-1])
        free = gangmu("--sandbox", "never", "-t", "json", *names)
        self.assertEqual(free[0], 0)
        for most in (16, 40, 100):
            for inputs in (["-j1", *names], ["-j4", *names], ["-j1", "-r", "in"], ["-j4", "-r", "in"]):
                command = ["bash", "-c", f'ulimit -n {most}; exec "$0" "$@"', PROGRAM, "--sandbox", "always", "-t", "json",
                           *inputs]
                done = subprocess.run(command, capture_output=True, env=environment())
                self.assertEqual((done.returncode, done.stdout, done.stderr), free, (most, inputs[:2]))

    def test_one_input_twice(self):
        self.assertEqual(self.both("-t", "json", "a.txt", "a.txt")[0], 0)
        self.write("b.txt", "一、甲\n三、乙\n")
        self.assertEqual(gangmu("renumber", "--sandbox", "always", "--in-place", "b.txt", "b.txt")[0], 0)
        self.assertEqual(self.read("b.txt").decode(), "一、甲\n二、乙\n")

    def test_faults_are_told_alike(self):
        self.write("file")
        os.mkdir("d")
        os.symlink("loop", "loop")
        for args in (["missing"], ["d"], ["loop"], ["-o", "none/x.md", "a.txt"], ["-o", "d", "a.txt"],
                     ["-o", "/dev/full", "a.txt"], ["--out-dir", "file/x", "a.txt"], ["-o", "/dev/null", "a.txt"],
                     ["-t", "docx", "--reference-doc", "missing", "a.txt"]):
            self.both(*args)

    def test_converters(self):
        pdf = self.write("a.pdf", self.read(f"{SOURCE}/tests/inputs/external/pdf/manual.pdf"))
        self.assertEqual(self.both("-t", "toc", pdf)[0], 0)
        self.assertEqual(self.both("-t", "toc", stdin=self.read(pdf))[0], 0)
        os.rename(pdf, "a.unknown")
        self.assertEqual(self.both("-t", "toc", "a.unknown", "a.txt")[0], 0)

    def test_a_system_without(self):
        """Under a filter that knows neither call, as an old kernel: never a refusal but by --sandbox=always."""
        shim = [os.environ["NO_SANDBOX"]]
        self.assertEqual(subprocess.run([*shim, PROGRAM, "a.txt"], capture_output=True, env=environment()).returncode, 0)
        for args in (["a.txt"], []):
            done = subprocess.run([*shim, PROGRAM, "--sandbox", "always", *args], capture_output=True, env=environment(),
                                  stdin=subprocess.DEVNULL)
            self.assertEqual(done.returncode, 2)
            self.one_line(done.stderr, "no sandbox")


class Rich(Scratch):
    """Old Word files through LibreOffice, which needs most of what a converter may need."""

    def test_rtf(self):
        if not shutil.which("soffice"):
            self.skipTest("LibreOffice is not installed")
        body = "".join("\\par\n" if c == "\n" else f"\\u{ord(c) - 65536 * (ord(c) > 32767)}?" for c in FAULTY)
        self.write("a.rtf", "{\\rtf1\\ansi\\uc1 " + body + "}")
        free = gangmu("--sandbox", "never", "-t", "toc", "a.rtf")
        self.assertEqual(free[0], 0, free[2])
        self.assertIn("一、总则".encode(), free[1])
        self.assertEqual(gangmu("--sandbox", "always", "-t", "toc", "a.rtf"), free)


if __name__ == "__main__":
    sys.exit(unittest.main())
