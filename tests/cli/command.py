"""What the tests of the command share: the program, a scratch folder, documents."""
import os
import shutil
import signal
import subprocess
import tempfile
import time
import unittest

PROGRAM = os.environ["GANGMU"]
SOURCE = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

SPEECH = """在全区重点工作推进会上的讲话

同志们：

一、认清形势，增强信心
（一）成绩来之不易。去年，全区上下奋力拼搏，完成投资120亿元。
（二）问题不容回避。项目储备不足，服务还有短板。
二、突出重点，狠抓落实
一是抓项目。二是抓服务。三是抓作风。
"""
FAULTY = "一、总则\n二、职责\n四、附则\n"


def environment(**more):
    keep = {k: v for k, v in os.environ.items() if not k.startswith("LC_") and k not in ("LANG", "LANGUAGE")}
    keep.update({"LC_ALL": "C"}, **more)
    return keep


def gangmu(*args, stdin=None, env=None, **more):
    """Run the command; returns (status, stdout, stderr), the streams as bytes."""
    more.setdefault("stdout", subprocess.PIPE)
    more.setdefault("stderr", subprocess.PIPE)
    if stdin is None:
        more.setdefault("stdin", subprocess.DEVNULL)
    done = subprocess.run([PROGRAM, *args], input=stdin, env=env or environment(), timeout=60, **more)
    return done.returncode, done.stdout, done.stderr


def is_writing(process, folder):
    """Has the process an output below the folder that is not whole: one with a temporary name, or without any?"""
    return has_temporary(folder) or has_nameless(process, folder)


def has_temporary(folder):
    return os.path.isdir(folder) and any(".gangmu-" in n for n in os.listdir(folder))


def has_nameless(process, folder):
    begin = os.path.join(os.path.realpath(folder), "#")
    try:
        handles = [f"/proc/{process}/fd/{n}" for n in os.listdir(f"/proc/{process}/fd")]
        return any(os.readlink(h).startswith(begin) for h in handles if os.path.lexists(h))
    except OSError:  # it ended, or closed one of them
        return False


def kill_when(process, holds, number=signal.SIGKILL):
    """Send the signal at a moment at which holds() is true; False when the process ended before.
    It stands still while it is asked: what holds then is what the signal meets."""
    while True:
        os.kill(process.pid, signal.SIGSTOP)  # send_signal would ask after the process, which may have ended
        _, status = os.waitpid(process.pid, os.WUNTRACED)
        if not os.WIFSTOPPED(status):
            process.returncode = os.waitstatus_to_exitcode(status)
            return False
        if holds():
            process.send_signal(number)
            process.send_signal(signal.SIGCONT)
            process.wait()
            return True
        process.send_signal(signal.SIGCONT)
        time.sleep(0.001)


class Scratch(unittest.TestCase):
    """A test with a folder of its own, which is the working directory meanwhile."""

    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="gangmu-test-")
        self.before = os.getcwd()
        os.chdir(self.folder)

    def tearDown(self):
        os.chdir(self.before)
        subprocess.run(["chmod", "-R", "u+rwX", self.folder], check=True)
        shutil.rmtree(self.folder)

    def write(self, name, text=SPEECH):
        if os.path.dirname(name):
            os.makedirs(os.path.dirname(name), exist_ok=True)
        with open(name, "wb") as file:
            file.write(text if isinstance(text, bytes) else text.encode())
        return name

    def read(self, name):
        with open(name, "rb") as file:
            return file.read()

    def one_line(self, stderr, *parts):
        """The messages are exactly one line, which holds the parts."""
        text = stderr.decode()
        self.assertEqual(text.count("\n"), 1, text)
        self.assertTrue(text.endswith("\n"), text)
        for part in parts:
            self.assertIn(part, text)

    def no_leftovers(self, folder="."):
        left = [n for n in os.listdir(folder) if ".gangmu-" in n or n.endswith(".tmp")]
        self.assertEqual(left, [])


def unprivileged():
    """Arguments for subprocess that drop root, to whom every file is readable."""
    return {"user": 65534, "group": 65534, "extra_groups": []} if os.geteuid() == 0 else {}
