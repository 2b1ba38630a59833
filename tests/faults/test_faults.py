"""Every call that may fail fails in turn: the output is there whole or not at all, nothing is left lying about, and
the message and the status say so."""
import errno
import os
import resource
import shutil
import signal
import subprocess
import sys
import threading
import time
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "cli"))
from command import FAULTY, PROGRAM, SPEECH, Scratch, environment, gangmu, has_temporary, is_writing, kill_when, unprivileged  # noqa: E402

SHIM = os.environ["FAULT_SHIM"]
OLD = b"old\n"


def faulted(fault, *args, stdin=None):
    """(status, stdout, stderr, did it happen)"""
    reader, writer = os.pipe()
    env = environment(LD_PRELOAD=SHIM, FAULT=fault, FAULT_FD=str(writer))
    done = subprocess.run([PROGRAM, *args], env=env, pass_fds=[writer], capture_output=True, timeout=60,
                          **({"input": stdin} if stdin is not None else {"stdin": subprocess.DEVNULL}))
    os.close(writer)
    hits = os.read(reader, 1 << 16)
    os.close(reader)
    assert b"u" not in hits, f"{fault}: a file was unlinked that this process had not made"
    return done.returncode, done.stdout, done.stderr, bool(hits)


class Calls(Scratch):
    """Each call of each function, one at a time and all from then on."""

    CALLS = {"read": errno.EIO, "open": errno.EMFILE, "fstat": errno.EIO, "stat": errno.EACCES, "write": errno.ENOSPC,
             "fsync": errno.EIO, "close": errno.EDQUOT, "rename": errno.EXDEV, "fchmod": errno.EPERM, "mkdir": errno.EROFS,
             "realpath": errno.EACCES, "linkat": errno.EPERM, "access": errno.ENOENT}

    def each(self, call, code, *args, after, stdin=None, most=400):
        """Run with the fault at 0, 1, 2 … until there is no such call any more; after(status, out, err) checks."""
        happened = 0
        for plus in ("", "+"):
            for n in range(most):
                status, out, err, hit = faulted(f"{call}:{n}{plus}:{code}", *args, stdin=stdin)
                with self.subTest(call=call, n=n, plus=plus, args=args, status=status, err=err):
                    after(status, out, err, hit)
                if not hit:
                    break
                happened += 1
            else:
                self.fail(f"{call}: more than {most} calls")
        return happened

    def check_output(self, name, whole):
        def after(status, out, err, hit):
            self.no_leftovers(os.path.dirname(name) or ".")
            found = self.read(name)
            if status == 0:
                self.assertEqual(found, whole)
            else:
                self.assertIn(found, (OLD, whole) if hit else (OLD,))
                self.assertIn(status, (2, 3, 4, 5))
            self.write(name, OLD)
        return after

    def test_output_file(self):
        self.write("a.txt", SPEECH)
        whole = gangmu("-t", "json", "a.txt")[1]
        self.write("x.json", OLD)
        seen = {call: self.each(call, code, "-o", "x.json", "a.txt", after=self.check_output("x.json", whole))
                for call, code in self.CALLS.items() if call != "mkdir"}
        for call in ("read", "open", "write", "fsync", "close", "rename", "fchmod", "realpath", "linkat", "access"):
            self.assertGreater(seen[call], 0, call)

    def test_new_file(self):
        """A file that was not there is not there after a failure."""
        self.write("a.txt", SPEECH)
        whole = gangmu("-t", "json", "a.txt")[1]

        def after(status, out, err, hit):
            self.no_leftovers()
            self.assertEqual(os.path.exists("x.json"), status == 0)
            if status == 0:
                self.assertEqual(self.read("x.json"), whole)
                os.unlink("x.json")
        for call in ("open", "write", "fsync", "close", "rename", "linkat", "access"):
            self.each(call, self.CALLS[call], "-o", "x.json", "a.txt", after=after)

    def test_out_dir(self):
        names = [self.write(f"{i}.txt", FAULTY + f"五、第{i}份\n") for i in range(3)]
        whole = {f"{i}.json": gangmu("-t", "json", n)[1] for i, n in enumerate(names)}

        def after(status, out, err, hit):
            self.no_leftovers("out") if os.path.isdir("out") else None
            found = {n: self.read("out/" + n) for n in os.listdir("out")} if os.path.isdir("out") else {}
            shutil.rmtree("out", ignore_errors=True)
            self.assertEqual(found, whole if status == 0 else {n: whole.get(n) for n in found})
        for call in ("read", "open", "write", "fsync", "close", "rename", "mkdir", "linkat", "access"):
            for jobs in ("-j1", "-j2"):
                self.each(call, self.CALLS[call], jobs, "-q", "-t", "json", "--out-dir", "out", *names, after=after)

    def test_named_all_along(self):
        """Where no file can do without a name, the temporary one goes when a signal comes."""
        self.write("a.txt", SPEECH * 20000)
        self.write("x.json", OLD)
        env = environment(LD_PRELOAD=SHIM, FAULT=f"access:1+:{errno.ENOENT}", FAULT_FD="2")  # 0: may x.json be replaced?
        for _ in range(20):
            self.write("x.json", OLD)
            process = subprocess.Popen([PROGRAM, "-o", "x.json", "a.txt"], env=env, stderr=subprocess.DEVNULL)
            if kill_when(process, lambda: has_temporary("."), signal.SIGTERM) and self.read("x.json") == OLD:
                break  # else it was renamed before the signal was heeded
        else:
            self.fail("no temporary name was seen, or the file was in place each time")
        self.assertEqual(process.returncode, -signal.SIGTERM)
        self.no_leftovers()
        self.assertEqual(self.read("x.json"), OLD)

    def test_standard_streams(self):
        """What came out is a beginning of the whole; only with all of it the status is 0."""
        self.write("a.txt", SPEECH * 20)
        whole = gangmu("-t", "json", "a.txt")[1]

        def after(status, out, err, hit):
            self.assertTrue(whole.startswith(out))
            self.assertEqual(status == 0, out == whole and not (hit and status), err)
        for call in ("read", "open", "fstat", "write"):
            self.each(call, self.CALLS[call], "-t", "json", "a.txt", after=after)
        text = self.read("a.txt")
        whole = gangmu("-t", "json", stdin=text)[1]
        for call in ("read", "write"):
            self.each(call, self.CALLS[call], "-t", "json", stdin=text, after=after)

    def test_no_threads(self):
        names = [self.write(f"{i}.txt", FAULTY) for i in range(4)]
        whole = gangmu("-t", "json", *names)
        self.each("pthread_create", errno.EAGAIN, "-j3", "-t", "json", *names,
                  after=lambda status, out, err, hit: self.assertEqual((status, out), whole[:2]))

    def test_interrupted_reads(self):
        self.write("a.txt", SPEECH)
        whole = gangmu("a.txt")
        for call in ("read", "write"):
            status, out, err, hit = faulted(f"{call}:1:{errno.EINTR}", "a.txt")
            self.assertEqual((status, out, err), whole)


class Memory(Calls):
    """Each allocation of the whole command, the C library's and those of libraries linked statically too."""

    CALLS = {}
    test_output_file = test_new_file = test_out_dir = test_standard_streams = test_no_threads = None
    test_interrupted_reads = None

    def setUp(self):
        super().setUp()
        self.write("a.txt", SPEECH)
        self.write("x.json", OLD)

    def test_text(self):
        whole = gangmu("-t", "json", "a.txt")[1]
        count = self.each("malloc", errno.ENOMEM, "-o", "x.json", "a.txt", after=self.check_output("x.json", whole), most=2000)
        self.assertGreater(count, 30)

    def test_packages(self):
        self.write("x.docx", OLD)
        gangmu("-o", "y.docx", "a.txt")
        whole = self.read("y.docx")
        self.each("malloc", errno.ENOMEM, "-o", "x.docx", "a.txt", after=self.check_output("x.docx", whole), most=2000)

    def test_workers(self):
        whole = gangmu("-t", "json", *["a.txt"] * 3)[1]

        def after(status, out, err, hit):
            self.assertIn(status, (0, 2, 3, 4, 5))
            if status == 0:
                self.assertEqual(out, whole)
        self.each("malloc", errno.ENOMEM, "-j2", "-t", "json", *["a.txt"] * 3, after=after, most=2000)

    def test_address_space(self):
        """As a limit of the system meets it (ulimit -v): never a signal, never half a file."""
        self.write("b.txt", SPEECH * 3000)
        for megabytes in (40, 44, 50, 60, 80, 100, 130):  # the program itself takes 36
            size = megabytes << 20
            status, _, err = gangmu("-o", "x.json", "b.txt", "--sandbox", "never",
                                    preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (size, size)))
            self.assertIn(status, (0, 5, 127), (megabytes, err))  # 127: the dynamic linker had none
            self.no_leftovers()
            if status != 0:
                self.assertEqual(self.read("x.json"), OLD)
            self.write("x.json", OLD)


class Files(Scratch):
    """Files that vanish, cannot be read or change under the command."""

    def test_reading_fails_midway(self):
        """/proc/self/mem: it can be opened, and reading fails."""
        for args in (["/proc/self/mem"], ["-j2", "/proc/self/mem", "/proc/self/mem"]):
            status, out, err = gangmu("-f", "text", "--sandbox", "never", *args)
            self.assertEqual((status, out), (3, b""))
            self.assertIn(b"/proc/self/mem: error: ", err)
            self.assertIn(b"[read-failed]", err)

    def test_reading_standard_input_fails(self):
        with open("/proc/self/mem", "rb") as memory:
            done = subprocess.run([PROGRAM], stdin=memory, capture_output=True, env=environment())
        self.assertEqual(done.returncode, 3)
        self.one_line(done.stderr, "<stdin>: error: ", "[read-failed]")

    def test_files_come_and_go(self):
        names = [self.write(f"in/{i}.txt", FAULTY) for i in range(30)]
        end = threading.Event()

        def churn():
            while not end.is_set():
                for name in names:
                    os.rename(name, name + ".gone")
                    os.rename(name + ".gone", name)
        thread = threading.Thread(target=churn)
        thread.start()
        try:
            for jobs in ("-j1", "-j3") * 10:
                status, _, err = gangmu(jobs, "-r", "--force", "--out-dir", "out", "in")
                self.assertIn(status, (0, 3), err)
                for line in err.decode().splitlines():
                    self.assertRegex(line, r"\[(gap|no-such-file|open-failed)\]$")
        finally:
            end.set()
            thread.join()
        self.no_leftovers("out")

    def test_a_file_that_grows_and_shrinks(self):
        self.write("a.txt", SPEECH * 200)
        end = threading.Event()

        def churn():
            while not end.is_set():
                with open("a.txt", "r+b") as file:
                    file.truncate(len(SPEECH.encode()))
                    file.write(SPEECH.encode() * 300)
        thread = threading.Thread(target=churn)
        thread.start()
        try:
            for _ in range(40):
                status, out, err = gangmu("-t", "json", "a.txt")
                self.assertIn(status, (0, 3), err)  # the system may show zeros where it is being cut: no text
        finally:
            end.set()
            thread.join()

    def test_a_grammar_that_changes(self):
        """Read once, whole: what it says afterwards does not matter; a broken one is refused with its place."""
        grammar = "name: own\nextends: auto\n"
        self.write("g.yaml", grammar)
        os.mkfifo("pipe.txt")
        process = subprocess.Popen([PROGRAM, "-g", "g.yaml", "pipe.txt"], env=environment(), stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE)
        writer = os.open("pipe.txt", os.O_WRONLY)  # the grammar is loaded before an input is opened
        self.write("g.yaml", "- broken: [")
        os.write(writer, SPEECH.encode())
        os.close(writer)
        out, err = process.communicate()
        if process.returncode == 0:
            self.assertIn("（一）成绩来之不易".encode(), out)
        else:
            self.fail(err.decode())
        self.assertEqual(gangmu("-g", "g.yaml", stdin=SPEECH.encode())[0], 2)

    def test_several_where_one_fails(self):
        good, bad = self.write("a.txt"), "missing.txt"
        self.write("c.txt", FAULTY)
        for jobs in ("-j1", "-j3"):
            status, _, err = gangmu(jobs, "--out-dir", "out", "--force", good, bad, "c.txt")
            self.assertEqual(status, 3)
            self.assertEqual(sorted(os.listdir("out")), ["a.md", "c.md"])
            self.assertEqual(err.decode().count("error:"), 1)

    def test_one_output_cannot_be_written(self):
        os.makedirs("out/a.md")  # a folder stands where a file should
        self.write("a.txt")
        self.write("b.txt")
        for jobs in ("-j1", "-j2"):
            status, _, err = gangmu(jobs, "--force", "--out-dir", "out", "a.txt", "b.txt")
            self.assertEqual(status, 4)
            self.assertIn(b"out/a.md: error: ", err)
            self.assertEqual(self.read("out/b.md"), gangmu("b.txt")[1])
            os.unlink("out/b.md")

    def test_links(self):
        """A link to nowhere is replaced, one that goes round is refused, one to a folder is no file."""
        self.write("a.txt")
        whole = gangmu("-t", "json", "a.txt")[1]
        os.symlink("nowhere.json", "x.json")
        self.assertEqual(gangmu("-o", "x.json", "a.txt")[0], 0)
        self.assertEqual(self.read("x.json"), whole)
        os.symlink("loop.json", "loop.json")
        self.assertIn(gangmu("-o", "loop.json", "a.txt")[0], (0, 4))
        os.mkdir("d")
        os.symlink("d", "d.json")
        status, _, err = gangmu("-o", "d.json", "a.txt")
        self.assertEqual(status, 4)
        self.assertEqual(os.listdir("d"), [])
        self.no_leftovers()

    def test_owner_and_mode_of_a_file_in_a_closed_folder(self):
        """A folder that may not be written: the old file stays."""
        self.write("d/x.json", OLD)
        self.write("a.txt")
        os.chmod("d", 0o555)
        os.chmod(".", 0o755)
        os.chmod("d/x.json", 0o666)
        status, _, err = gangmu("-o", "d/x.json", "a.txt", **unprivileged())
        self.assertEqual(status, 4)
        self.one_line(err, "d/x.json: error: ", "[write-failed]")
        self.assertEqual(self.read("d/x.json"), OLD)

    def test_killed(self):
        """SIGKILL cannot be caught: the old file stays whole, or the new one is there whole."""
        self.write("a.txt", SPEECH * 20000)
        begin = time.monotonic()
        self.assertEqual(gangmu("-o", "x.json", "a.txt")[0], 0)
        span, whole = time.monotonic() - begin, self.read("x.json")
        for n in range(10):
            self.write("x.json", OLD)
            process = subprocess.Popen([PROGRAM, "-o", "x.json", "a.txt"], env=environment())
            time.sleep(span * n / 9)
            process.kill()
            process.wait()
            self.assertTrue(self.read("x.json") in (OLD, whole), "a part of a file was left")
        for _ in range(20):
            self.write("x.json", OLD)
            process = subprocess.Popen([PROGRAM, "-o", "x.json", "a.txt"], env=environment())
            if kill_when(process, lambda: is_writing(process.pid, ".")):
                return self.assertEqual(self.read("x.json"), OLD)
        self.fail("it was never seen to write")


if __name__ == "__main__":
    sys.exit(unittest.main())
