"""The installed copy: programs built against it, symbols, the header in every language, the .deb; and the include rule."""
import gzip
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

SOURCE = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BUILD = os.environ["GANGMU_BUILD"]
CC, CXX = os.environ["CC"], os.environ["CXX"]
CLEAN = {k: v for k, v in os.environ.items() if k not in ("DESTDIR", "LANG", "LANGUAGE")} | {"LC_ALL": "C"}
OUTLINE = "一、甲\n  （一）乙\n二、丙\n"
PATHS = "甲\n甲 / 乙\n丙\n"


def run(*args, cwd=None, env=None, check=True):
    done = subprocess.run(args, cwd=cwd, env=env or CLEAN, capture_output=True, text=True)
    if check and done.returncode != 0:
        raise AssertionError(f"{' '.join(args)}: {done.returncode}\n{done.stdout}{done.stderr}")
    return done


class Scratch(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="gangmu-test-")
        self.input = os.path.join(self.folder, "a.txt")
        with open(self.input, "w", encoding="utf-8") as file:
            file.write("一、甲\n（一）乙。正文。\n二、丙\n")

    def tearDown(self):
        shutil.rmtree(self.folder)

    def install(self):
        prefix = os.path.join(self.folder, "prefix")
        run("cmake", "--install", BUILD, "--prefix", prefix)
        return prefix

    def check_examples(self, find, env=None):
        """find(name) gives the program; run each."""
        env = dict(CLEAN, **(env or {}))
        self.assertEqual(run(find("walk"), self.input, env=env).stdout, OUTLINE)
        self.assertEqual(run(find("own_writer"), self.input, env=env).stdout, PATHS)
        output = os.path.join(self.folder, "a.opml")
        run(find("convert"), self.input, output, env=env)
        with open(output, encoding="utf-8") as file:
            self.assertIn("一、甲", file.read())


class PkgConfig(Scratch):
    def build(self, prefix, *flags):
        env = dict(CLEAN, PKG_CONFIG_PATH=f"{prefix}/lib/pkgconfig")
        cflags = run("pkg-config", "--cflags", "gangmu", env=env).stdout.split()
        libs = run("pkg-config", "--libs", *flags, "gangmu", env=env).stdout.split()
        if flags:
            libs[libs.index("-lgangmu")] = f"{prefix}/lib/libgangmu.a"
        for name in ("walk", "convert", "own_writer"):
            run(CC, "-std=c17", "-Wall", "-Wextra", "-Wpedantic", "-Werror", *cflags, f"{SOURCE}/examples/{name}.c",
                "-o", f"{self.folder}/{name}", *libs)

    def test_shared(self):
        prefix = self.install()
        self.build(prefix)
        self.check_examples(lambda name: f"{self.folder}/{name}", {"LD_LIBRARY_PATH": f"{prefix}/lib"})
        needed = run("readelf", "-d", f"{self.folder}/walk").stdout
        self.assertIn("libgangmu.so.0", needed)
        self.assertNotIn("libxml2", needed)

    def test_static(self):
        self.build(self.install(), "--static")
        self.check_examples(lambda name: f"{self.folder}/{name}")

    def test_version(self):
        prefix = self.install()
        env = dict(CLEAN, PKG_CONFIG_PATH=f"{prefix}/lib/pkgconfig")
        version = run("pkg-config", "--modversion", "gangmu", env=env).stdout.strip()
        with open(f"{prefix}/include/gangmu/gangmu.h", encoding="utf-8") as file:
            self.assertIn(f'#define GM_VERSION       "{version}"', file.read())
        self.assertEqual(run(f"{prefix}/bin/gangmu", "--version").stdout, f"gangmu {version}\n")
        with open(f"{SOURCE}/CHANGELOG.md", encoding="utf-8") as file:
            self.assertIn(f"\n## {version}", file.read())


class FindPackage(Scratch):
    def test_both_libraries(self):
        prefix = self.install()
        with open(f"{self.folder}/CMakeLists.txt", "w", encoding="utf-8") as file:
            file.write("cmake_minimum_required(VERSION 3.25)\nproject(user C)\nfind_package(gangmu 0.1 REQUIRED)\n")
            for name in ("walk", "convert", "own_writer"):
                for kind in ("gangmu", "gangmu_static"):
                    file.write(f"add_executable({name}_{kind} {SOURCE}/examples/{name}.c)\n"
                               f"target_link_libraries({name}_{kind} PRIVATE gangmu::{kind})\n")
        run("cmake", "-G", "Ninja", "-S", self.folder, "-B", f"{self.folder}/b", f"-DCMAKE_PREFIX_PATH={prefix}",
            f"-DCMAKE_C_COMPILER={CC}")
        run("cmake", "--build", f"{self.folder}/b")
        for kind in ("gangmu", "gangmu_static"):
            self.check_examples(lambda name, kind=kind: f"{self.folder}/b/{name}_{kind}")


class Installed(Scratch):
    def test_files(self):
        prefix = self.install()
        for name in ("bin/gangmu", "lib/libgangmu.so", "lib/libgangmu.so.0", "lib/libgangmu.a", "include/gangmu/gangmu.h",
                     "share/man/man1/gangmu.1", "share/man/man3/gangmu.3", "share/man/man5/gangmu-grammar.5",
                     "share/doc/gangmu/README.md", "share/doc/gangmu/LICENSE", "share/gangmu/grammars/base.yaml",
                     "share/bash-completion/completions/gangmu", "share/zsh/site-functions/_gangmu",
                     "share/fish/vendor_completions.d/gangmu.fish", "share/locale/zh_CN/LC_MESSAGES/gangmu.mo"):
            self.assertTrue(os.path.getsize(f"{prefix}/{name}") > 0, name)
        env = dict(CLEAN, LC_ALL="zh_CN.UTF-8")
        done = run(f"{prefix}/bin/gangmu", "missing", env=env, check=False)
        self.assertEqual((done.returncode, "错误：" in done.stderr), (3, True))

    def test_links_between_documents(self):
        """To files that are installed too; manual pages are where man looks for them."""
        folder = self.install() + "/share/doc/gangmu"
        asked = 0
        for path in (f"{folder}/README.md", f"{folder}/docs/README.zh-CN.md", f"{folder}/docs/formats.md"):
            with open(path, encoding="utf-8") as file:
                links = re.findall(r"\]\(([^):#]+)(?:#[^)]*)?\)", file.read())
            for link in links:
                page = re.fullmatch(r"(?:docs/)?([a-z-]+)\.([135])", link)
                to = f"{folder}/../../man/man{page[2]}/{page[1]}.{page[2]}" if page else os.path.join(os.path.dirname(path), link)
                self.assertTrue(os.path.exists(to), f"{path}: {link}")
                asked += 1
        self.assertGreater(asked, 20)

    def test_nothing_of_the_build_remains(self):
        prefix = self.install()
        for folder, _, names in os.walk(prefix):
            for name in names:
                with open(os.path.join(folder, name), "rb") as file:
                    self.assertNotIn(os.fsencode(BUILD), file.read(), name)


class Header(Scratch):
    """The header alone, as each language reads it at its strictest."""

    def compile(self, compiler, standard, suffix):
        source = f"{self.folder}/use.{suffix}"
        with open(source, "w", encoding="utf-8") as file:
            file.write("#include <gangmu/gangmu.h>\n#include <gangmu/gangmu.h>\n"
                       "int main(void) { struct gm_options o; gm_options_init(&o); return gm_version()[0] == 0; }\n")
        run(compiler, f"-std={standard}", "-Wall", "-Wextra", "-Wpedantic", "-pedantic-errors", "-Wshadow", "-Werror",
            f"-I{SOURCE}/include", source, "-o", f"{self.folder}/use", f"-L{BUILD}", "-lgangmu")

    def test_c(self):
        for compiler in (CC, "clang"):
            for standard in ("c99", "c11", "c17"):
                with self.subTest(compiler=compiler, standard=standard):
                    self.compile(compiler, standard, "c")

    def test_cxx(self):
        for compiler in (CXX, "clang++"):
            for standard in ("c++11", "c++17", "c++20"):
                with self.subTest(compiler=compiler, standard=standard):
                    self.compile(compiler, standard, "cc")


def headers_of(name):
    return run("readelf", "-W", "-l", "-d", f"{BUILD}/{name}").stdout


class Symbols(unittest.TestCase):
    def declared(self):
        with open(f"{SOURCE}/include/gangmu/gangmu.h", encoding="utf-8") as file:
            text = re.sub(r"/\*.*?\*/", "", file.read(), flags=re.S)
        return set(re.findall(r"GM_API\s[^;]*?\b(gm_[a-z0-9_]+)\s*\(", text))

    def exported(self):
        lines = run("nm", "-D", "--defined-only", f"{BUILD}/libgangmu.so").stdout.splitlines()
        return {line.split()[-1].split("@")[0] for line in lines}

    def test_the_library_exports_its_header_and_nothing_else(self):
        self.assertEqual(self.exported(), self.declared())

    def test_soname(self):
        dynamic = run("readelf", "-d", f"{BUILD}/libgangmu.so").stdout
        self.assertIn("Library soname: [libgangmu.so.0]", dynamic)

    def test_no_mutable_global_state(self):
        """Constants with addresses in them stand in .data.rel.ro, which is read-only once relocated."""
        table = run("objdump", "-t", f"{BUILD}/libgangmu.a").stdout
        mutable = [line for line in table.splitlines()
                   if re.search(r"\sO\s+(\.data|\.bss|\.tdata|\.tbss|\*COM\*)(?!\.rel\.ro)\S*\s", line)]
        self.assertIn("gm_doc_parse", table)
        self.assertEqual(mutable, [])

    def test_hardening(self):
        for name in ("gangmu", "libgangmu.so"):
            headers = headers_of(name)
            self.assertIn("GNU_RELRO", headers, name)
            self.assertRegex(headers, r"FLAGS.*NOW", name)
            self.assertRegex(headers, r"GNU_STACK.* RW ", name)
            used = run("nm", "-D", "-u", f"{BUILD}/{name}").stdout
            self.assertIn("__stack_chk_fail", used, name)
            self.assertRegex(used, r"__(memcpy|snprintf|vsnprintf|read)_chk", name)  # _FORTIFY_SOURCE
            segments = re.findall(r"^ +LOAD .* ([R ][W ][E ]) 0x", headers, re.M)
            self.assertGreater(len(segments), 3, name)
            self.assertNotIn("RWE", segments, name)
        self.assertRegex(run("readelf", "-h", f"{BUILD}/gangmu").stdout, r"Type:\s+DYN")
        self.assertRegex(headers_of("gangmu"), r"FLAGS_1.*PIE")

    def test_a_static_command_starts_with_the_c_library_alone(self):
        needed = re.findall(r"Shared library: \[([^]]+)\]", headers_of("gangmu"))
        if "libxml2.so.2" in needed:
            self.skipTest("its libraries are shared")
        self.assertEqual([name for name in needed if not re.match(r"(libc|ld-linux.*)\.so", name)], [])

    @unittest.skipUnless(os.uname().machine == "x86_64", "other processors have other means")
    def test_hardening_of_each_object(self):
        """What the linker would hide: one object without the marks takes them from the whole."""
        notes = run("readelf", "-W", "-n", f"{BUILD}/libgangmu.a").stdout
        objects = [part for part in notes.split("\nFile: ") if ".c.o)" in part.partition("\n")[0]]
        self.assertGreater(len(objects), 100)
        for part in objects:
            self.assertRegex(part, r"x86 feature: .*IBT.*SHSTK", part.partition("\n")[0])
        probes = re.findall(r"orq? +\$0x0,.*\(%rsp\)", run("objdump", "-d", f"{BUILD}/libgangmu.a").stdout)
        self.assertGreater(len(probes), 5)  # -fstack-clash-protection touches each page of a large frame

    def test_the_library_does_not_print_or_exit(self):
        used = run("nm", "-u", f"{BUILD}/libgangmu.a").stdout
        for name in ("printf", "puts", "stdout", "stderr", "exit", "abort", "setlocale", "perror", "gettext"):
            self.assertNotRegex(used, rf"\bU {name}\b", name)


class Includes(unittest.TestCase):
    """base <- grammar, tree <- parse, input, transform, output <- api <- cli."""

    MAY = {
        "base": {"base"},
        "grammar": {"base", "grammar"},
        "tree": {"base", "tree"},
        "input": {"base", "grammar", "tree", "input"},
        "parse": {"base", "grammar", "tree", "input", "parse"},
        "transform": {"base", "grammar", "tree", "transform"},
        "output": {"base", "tree", "output"},
        "api": {"base", "grammar", "tree", "input", "parse", "transform", "output", "api"},
        "cli": {"cli"},
        "tool": {"base", "grammar"},  # programs of the build
        "lazy": set(),  # stand-ins for libraries that the command loads when it needs them
    }

    def included(self, path):
        with open(path, encoding="utf-8") as file:
            return re.findall(r'^\s*#\s*include\s*([<"])([^>"]+)', file.read(), re.M)

    def test_rule(self):
        faults, seen = [], 0
        for module, may in self.MAY.items():
            for folder, _, names in os.walk(f"{SOURCE}/src/{module}"):
                for name in names:
                    if not name.endswith((".c", ".h")):
                        continue
                    for kind, header in self.included(os.path.join(folder, name)):
                        seen += 1
                        part = header.split("/")[0]
                        if header == "gangmu/gangmu.h" or (kind == "<" and part not in self.MAY):
                            continue
                        if module == "cli" and header == "cli.h":
                            continue
                        if "/" not in header or part not in may:
                            faults.append(f"src/{module}/{name} includes {header}")
        self.assertGreater(seen, 100)
        self.assertEqual(faults, [])

    def test_every_module_has_a_rule(self):
        self.assertEqual(set(os.listdir(f"{SOURCE}/src")) - set(self.MAY), set())

    def test_headers_are_self_contained(self):
        for folder, _, names in os.walk(f"{SOURCE}/src"):
            for name in names:
                if name.endswith(".h"):
                    run(CC, "-std=c17", "-D_POSIX_C_SOURCE=200809L", "-fsyntax-only", "-Wall", "-Wextra", "-Werror",
                        "-Wno-unused-function", "-Wno-pragma-once-outside-header", f"-I{SOURCE}/include", f"-I{SOURCE}/src",
                        "-I/usr/include/libxml2", "-x", "c", os.path.join(folder, name))


class Deb(Scratch):
    def make(self):
        run("cpack", "-G", "DEB", "--config", f"{BUILD}/CPackConfig.cmake", "-B", self.folder)
        names = [n for n in os.listdir(self.folder) if n.endswith(".deb")]
        self.assertEqual(len(names), 1)
        return os.path.join(self.folder, names[0])

    def test_contents(self):
        deb = self.make()
        fields = run("dpkg-deb", "-f", deb).stdout
        for library in ("libc6", "libxml2", "libyaml", "libzip", "libutf8proc", "libcmark", "libuchardet", "libyajl"):
            self.assertRegex(fields, rf"Depends:.*\b{library}", library)
        listing = run("dpkg-deb", "-c", deb).stdout
        self.assertIn("/usr/share/zsh/vendor-completions/_gangmu", listing)
        for line in listing.splitlines():
            self.assertRegex(line, r"^[dl-]\S+ root/root ")
        self.assertRegex(listing, r"-rwxr-xr-x root/root .* \./usr/bin/gangmu\n")
        self.assertNotIn("/usr/local", listing)
        self.assertRegex(listing, r"-rw-r--r-- root/root .* \./usr/share/doc/gangmu/copyright\n")
        run("dpkg-deb", "-x", deb, f"{self.folder}/doc")
        with open(f"{self.folder}/doc/usr/share/doc/gangmu/copyright", encoding="utf-8") as file:
            self.assertRegex(file.read(), r"\AFormat: https://www\.debian\.org/[^\n]*\n(.*\n)+License: MIT\n Permission")
        with gzip.open(f"{self.folder}/doc/usr/share/doc/gangmu/changelog.gz", "rt", encoding="utf-8") as file:
            version = re.search(r"(?m)^ ?Version: (.*)$", fields)[1]
            self.assertTrue(file.read().startswith(f"gangmu ({version}) "))

    def test_unpacked_in_a_clean_folder(self):
        root = f"{self.folder}/root"
        run("dpkg-deb", "-x", self.make(), root)
        bare = {"PATH": "/usr/bin:/bin"}
        shown = run(f"{root}/usr/bin/gangmu", "-t", "toc", self.input, cwd="/", env=bare).stdout
        self.assertIn("  （一）乙\n", shown)
        chinese = run(f"{root}/usr/bin/gangmu", "--help", cwd="/", env=dict(bare, LANG="zh_CN.UTF-8")).stdout
        self.assertIn("选项：", chinese)


class CleanDebian(Scratch):
    """Install the .deb with apt in a Debian 12 made for it. Slow; needs root and a Debian mirror."""

    def test_install_and_use(self):
        if os.geteuid() != 0:
            self.skipTest("needs root for chroot")
        Deb.make(self)
        deb = [n for n in os.listdir(self.folder) if n.endswith(".deb")][0]
        root = f"{self.folder}/debian"
        run("debootstrap", "--variant=minbase", "bookworm", root)
        shutil.copy(os.path.join(self.folder, deb), root)
        shutil.copy(self.input, root)
        inside = dict(CLEAN, DEBIAN_FRONTEND="noninteractive", PATH="/usr/sbin:/usr/bin:/sbin:/bin")
        run("chroot", root, "apt-get", "install", "-y", "-q", "--no-install-recommends", f"/{deb}", env=inside)
        self.assertIn("  （一）乙\n", run("chroot", root, "gangmu", "toc", "/a.txt", env=inside).stdout)
        self.assertIn("libgangmu.so.0", run("chroot", root, "ldconfig", "-p", env=inside).stdout)


if __name__ == "__main__":
    sys.exit(unittest.main())
