"""Do README, the man pages and the help say what the program does? Every example is run."""
import os
import re
import shutil
import subprocess
import sys
import unittest

import man_tables
from command import PROGRAM, SOURCE, Scratch, environment, gangmu

BUILD = os.path.dirname(PROGRAM)


def page(name):
    with open(os.path.join(SOURCE, name), encoding="utf-8") as file:
        return file.read()


class Base(Scratch):
    """Examples run in a folder that holds the example documents, with the program on PATH."""

    def setUp(self):
        super().setUp()
        shutil.copytree(f"{SOURCE}/examples", "examples")
        for name in os.listdir("examples"):
            if name.endswith(".txt"):
                shutil.copy(f"examples/{name}", ".")

    def shell(self, command):
        env = environment(PATH=f"{BUILD}:{os.environ['PATH']}")
        return subprocess.run(["bash", "-o", "pipefail", "-c", command], capture_output=True, env=env, timeout=60)

    def check_session(self, session):
        """Lines after `$ ` are commands; what follows each, if anything, is what it prints."""
        for command, expected in re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", session, re.M):
            done = self.shell(command)
            self.assertIn(done.returncode, (0, 1) if "lint" in command else (0,), (command, done.stderr))
            if expected.strip():
                self.assertEqual((done.stdout + done.stderr).decode().rstrip("\n"), expected.rstrip("\n"), command)


class Documents(Base):
    def check_readme(self, name):
        text = page(name)
        blocks = re.findall(r"^```(\w*)\n(.*?)^```", text, re.M | re.S)
        sessions = [body for kind, body in blocks if kind == "" and body.startswith("$ ")]
        self.assertGreaterEqual(len(sessions), 2)
        for session in sessions:
            self.check_session(session)
        commands = [line for kind, body in blocks if kind == "sh" for line in body.splitlines() if line.startswith("gangmu ")]
        self.assertGreaterEqual(len(commands), 6)
        for command in commands:
            done = self.shell(command)
            self.assertIn(done.returncode, (0, 1) if " lint " in command else (0,), (command, done.stderr))
        listed = {row[0] for row in man_tables.listed(PROGRAM, "--list-formats")[1]}
        rows = re.findall(r"^\| [^|`]+ \| ([a-z][^`]*?) \|$", text, re.M)
        named = {word for row in rows for word in re.findall(r"(?<![\w(（-])[a-z][a-z-]+(?![\w)）-])", re.sub(r"[(（][^)）]*[)）]", "", row))}
        self.assertEqual(named, listed)

    def test_readme(self):
        self.check_readme("README.md")

    def test_chinese_readme(self):
        self.check_readme("docs/README.zh-CN.md")

    def test_first_commands(self):
        for name in ("README.md", "docs/README.zh-CN.md"):
            first = re.search(r"^```sh\n(.*?)^```", page(name), re.M | re.S)[1].splitlines()
            self.assertEqual(first, ["./dev run examples/speech.txt -t opml", "./dev test"])

    def test_links(self):
        for name in ("README.md", "docs/README.zh-CN.md", "CONTRIBUTING.md", "docs/ARCHITECTURE.md"):
            for target in re.findall(r"\]\((?!https?:|#)([^)#]+)\)", page(name)):
                path = os.path.normpath(os.path.join(SOURCE, os.path.dirname(name), target))
                self.assertTrue(os.path.exists(path), f"{name}: {target}")

    def build_and_run(self, source):
        with open("outline.c", "w", encoding="utf-8") as file:
            file.write(source)
        subprocess.run([os.environ.get("CC", "cc"), "-std=c17", "-Wall", "-Wextra", "-Werror", f"-I{SOURCE}/include",
                        "outline.c", "-o", "outline", f"-L{BUILD}", "-lgangmu", f"-Wl,-rpath,{BUILD}"], check=True)
        done = subprocess.run(["./outline", "speech.txt"], capture_output=True, check=True, env=environment())
        return done.stdout.decode().splitlines()

    def test_program_of_the_readme(self):
        lines = self.build_and_run(re.search(r"^```c\n(.*?)^```", page("README.md"), re.M | re.S)[1])
        self.assertEqual(lines[0], "1 看清家底，农村供水到了非解决不可的时候")

    def test_program_of_the_man_page(self):
        source = re.search(r"^#include.*?(?=^\.Ed)", page("docs/gangmu.3"), re.M | re.S)[0].replace("\\e", "\\")
        self.assertEqual(self.build_and_run(source)[0], "一、看清家底，农村供水到了非解决不可的时候")


class Manual(Base):
    def test_options_are_those_of_help(self):
        shown = gangmu("--help")[1].decode()
        helped = re.findall(r"^  (?:-(.), |    )--(\S+)(?: (\S+))?\s+(\S.*)$", shown, re.M)
        described = re.findall(r"^\.It (?:Fl (\S) , )?Fl -(\S+)(?: Ar (\S+))?\n(.*)$", page("docs/gangmu.1"), re.M)
        self.assertGreater(len(helped), 25)
        self.assertEqual([x[:3] for x in helped], [x[:3] for x in described])
        for (_, name, _, short), (_, _, _, long) in zip(helped, described):
            self.assertEqual(long.rstrip("."), short[0].upper() + short[1:], name)

    def test_tables_are_those_of_the_registries(self):
        text = page("docs/gangmu.1")
        self.assertEqual(man_tables.renewed(text, PROGRAM), text)

    def test_diagnostics_are_those_of_the_catalogue(self):
        text = page("docs/diagnostics.md")
        self.assertEqual(man_tables.renewed_catalogue(text, PROGRAM), text)

    def test_commands_are_those_of_help(self):
        shown = re.findall(r"^  gangmu (\w+) +\[OPTION\]", gangmu("--help")[1].decode(), re.M)
        synopsis = page("docs/gangmu.1").split(".Sh DESCRIPTION")[0]
        self.assertEqual(re.findall(r"^\.Cm (\w+)$", synopsis, re.M), shown)

    def test_examples(self):
        examples = page("docs/gangmu.1").split(".Sh EXAMPLES")[1]
        sessions = re.findall(r"^\.Bd [^\n]*\n(.*?)^\.Ed", examples, re.M | re.S)
        self.assertGreater(len(sessions), 5)
        for session in sessions:
            self.check_session(session.replace("\\e", "\\"))

    def test_statuses(self):
        text = page("docs/gangmu.1").split(".Sh EXIT STATUS")[1].split(".Sh")[0]
        self.assertEqual(re.findall(r"^\.It (\d)$", text, re.M), list("012345"))

    def test_pages_are_well_formed(self):
        for name in ("gangmu.1", "gangmu.3", "gangmu-grammar.5"):
            done = subprocess.run(["mandoc", "-Tlint", "-W", "warning", f"{SOURCE}/docs/{name}"], capture_output=True)
            self.assertEqual((done.returncode, done.stdout), (0, b""), name)

    def test_library_page_names_real_functions(self):
        header = page("include/gangmu/gangmu.h")
        for name in set(re.findall(r"\bgm_[a-z_]+\b", page("docs/gangmu.3"))):
            self.assertRegex(header, rf"\b{name}\b")


if __name__ == "__main__":
    sys.exit(unittest.main())
