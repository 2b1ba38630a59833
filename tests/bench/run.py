#!/usr/bin/env python3
"""Benchmark: run.py [--check] [--quick]

Builds release, makes its inputs, runs gangmu and its peers in turn and prints a table of ratios with what each must
reach and what it aims at.  --check: exit 1 when a ratio is more than 25 % short of its must.  --quick: smaller inputs
and fewer rounds, for a look; the figures of small inputs are not the table's.
"""
import argparse
import os
import re
import shutil
import subprocess
import sys

import docx
import generate
import hostile

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
BUILD = os.path.join(ROOT, "build", "bench")
DATA = os.path.join(BUILD, "data")
GANGMU = os.path.join(BUILD, "gangmu")
PEERS = os.path.join(BUILD, "tests", "bench_peers")
READERS = os.path.join(BUILD, "tests", "bench_readers")
SPAWN = os.path.join(BUILD, "tests", "bench_spawn")
KINDS = tuple(generate.KINDS)
MIB = 1024 * 1024
TOOLS = ("cmark", "lowdown", "pandoc", "wc", "cat", "true")


class Row:
    """One ratio. more: the larger the better."""

    def __init__(self, what, values, must=None, aim=None, more=False):
        self.what, self.values, self.more = what, values, more
        self.must, self.aim = self.spread(must), self.spread(aim)

    def spread(self, limit):
        return limit if isinstance(limit, tuple) else (limit,) * len(self.values)

    def reaches(self, limits, slack=1.0):
        return all(v >= limit * slack if self.more else v <= limit / slack for v, limit in zip(self.values, limits))

    def verdict(self):
        if self.must[0] is None:
            return ""
        return "aim" if self.reaches(self.aim) else "must" if self.reaches(self.must) else "MISSED"

    def fails(self):
        return self.must[0] is not None and not self.reaches(self.must, 0.75)


def show(values):
    """A figure that is the same for all kinds is shown once."""
    values = values[:1] if len(set(values)) == 1 else values
    return " / ".join(f"{v:,.0f}" if v >= 100 else f"{v:.3g}" for v in values)


def run(command, stdin=None, timeout=None):
    done = subprocess.run(command, input=stdin, stdout=subprocess.PIPE, text=True, check=False, timeout=timeout)
    if done.returncode != 0:
        sys.exit(f"bench: {' '.join(command[:4])} … failed with status {done.returncode}")
    return done.stdout


def table(text, column=2):
    """{(group, name): number} of lines GROUP<tab>NAME<tab>MEDIAN<tab>LEAST"""
    return {tuple(line.split("\t")[:2]): int(line.split("\t")[column]) for line in text.splitlines()}


def build():
    run(["cmake", "-G", "Ninja", "-S", ROOT, "-B", BUILD, "-DCMAKE_BUILD_TYPE=Release", "-DGANGMU_BENCH=ON"])
    run(["cmake", "--build", BUILD, "--target", "gangmu", "bench_peers", "bench_readers", "bench_spawn"])


def machine():
    with open("/proc/cpuinfo", encoding="utf8") as f:
        cpu = re.search(r"model name\s*:\s*(.*)", f.read())
    with open(os.path.join(BUILD, "CMakeCache.txt"), encoding="utf8") as f:
        cache = dict(re.findall(r"^(\w+):\w+=(.*)$", f.read(), re.M))
    compiler = run([cache["CMAKE_C_COMPILER"], "--version"]).splitlines()[0]
    flags = " ".join((cache["CMAKE_C_FLAGS"] + " " + cache["CMAKE_C_FLAGS_RELEASE"]).split())
    return f"CPU {cpu.group(1) if cpu else os.uname().machine}, {os.cpu_count()} cores; {compiler}; {flags}"


# ------------------------------------------------------------------ processes


def processes(rounds, commands):
    """[(name, [argument…])] → times in ns and resident sets in bytes, by name"""
    lines = "".join("\t".join([name, *arguments]) + "\n" for name, arguments in commands)
    found = table(run([SPAWN, str(rounds)], lines))
    return ({n: t for (g, n), t in found.items() if g == "process"},
            {n: kib * 1024 for (g, n), kib in found.items() if g == "rss"})


def opml(*arguments):
    return [GANGMU, "-t", "opml", "--text", "none", *arguments]


def contents(*arguments):
    """Outlines one after another on standard output, which OPML, one document a file, cannot be."""
    return [GANGMU, "-t", "toc", *arguments]


# ----------------------------------------------------------------------- rows


def in_memory(size, rounds):
    times = {}
    for kind in KINDS:
        path = generate.write(DATA, kind, size)
        times.update(table(run([PEERS, "parse", str(rounds), kind, path, path[:-3] + "md"])))
    ours = [times[kind, "gangmu"] for kind in KINDS]

    def against(name):
        return [times[kind, name] / own for kind, own in zip(KINDS, ours)]

    rows = [
        Row("buffer → tree: time ÷ memchr newline loop", [1 / x for x in against("memchr")], (5, 4, 5), (2.5, 2, 2.5)),
        Row("… speed against md4c", against("md4c"), (6, 5, 2.5), (12, 9, 5), True),
        Row("… speed against cmark", against("cmark"), (25, 20, 8), (50, 40, 16), True),
        Row("… speed against PCRE2-JIT with captures", against("pcre2"), 1, 2, True),
        Row("… time ÷ memcpy", [1 / x for x in against("memcpy")]),
        Row("… bytes per ns", [times[kind, "bytes"] / own for kind, own in zip(KINDS, ours)]),
    ]
    return rows, {kind: times[kind, "nodes"] for kind in KINDS}


def readers(size, rounds):
    """What reading UTF-8 text adds to the rest of the way to a tree; Word documents beside pandoc on the same files."""
    added, checked = [], []
    for kind in KINDS:
        times = table(run([READERS, str(rounds), kind, generate.write(DATA, kind, size)]))
        parse = times[kind, "parse"] - times[kind, "read"]
        added.append(times[kind, "read"] / parse)
        checked.append(times[kind, "check"] / parse)
    word = docx.measure(GANGMU, 2 if size == "2M" else 20)
    return [
        Row("reading UTF-8 text ÷ the parse", added, 0.2, 0.05),
        Row("… where the reader checks all of it first", checked),
        Row("docx, plain paragraphs and formatted runs: MB of document.xml a second", [w[2] for w in word], 20, 40, True),
        Row("… speed against pandoc -t plain", [w[3] for w in word], more=True),
    ]


def whole_process(size, rounds, nodes):
    ratios = {name: [] for name in ("pandoc", "cmark", "wc")}
    memory, memory_aim = [], []
    for kind in KINDS:
        path = generate.write(DATA, kind, size)
        mark = path[:-3] + "md"
        times, rss = processes(rounds, [("gangmu", opml(path)), ("cmark", ["cmark", "-t", "xml", mark]),
                                        ("wc", ["wc", "-l", path])])
        slow, _ = processes(1, [("pandoc", ["pandoc", "-f", "markdown", "-t", "opml", mark])])
        for name, t in {**times, **slow}.items():
            if name != "gangmu":
                ratios[name].append(t / times["gangmu"])
        memory.append(rss["gangmu"] / (os.path.getsize(path) + 8 * MIB + 160 * nodes[kind]))
        memory_aim.append(rss["gangmu"] / (8 * MIB + 64 * nodes[kind]))
    rss_row = Row("peak RSS ÷ (input + 8 MiB + 160 B a node)", memory, 1, 0)
    rss_row.aim = tuple(m / a for m, a in zip(memory, memory_aim))
    return [
        Row("file → OPML without text: speed against pandoc", ratios["pandoc"], (500, 500, 200), 1500, True),
        Row("… speed against cmark -t xml", ratios["cmark"], (10, 10, 3), (25, 25, 10), True),
        Row("… time ÷ wc -l", [1 / x for x in ratios["wc"]]),
        rss_row,
    ]


def against_lowdown(rounds):
    """On 200 KB: its time grows with the square of the number of headings."""
    ratios = []
    for kind in KINDS:
        path = generate.write(DATA, kind, "200K")
        times, _ = processes(rounds, [("gangmu", opml(path)), ("lowdown", ["lowdown", path[:-3] + "md"])])
        ratios.append(times["lowdown"] / times["gangmu"])
    return Row("200 KB → OPML without text: speed against lowdown", ratios, more=True)


def writers(size, rounds):
    ratios = {"xml": [], "yaml": [], "json": []}
    for kind in KINDS:
        times = table(run([PEERS, "write", str(rounds), kind, generate.write(DATA, kind, size)]))
        for name, values in ratios.items():
            values.append(times[kind, name] / times[kind, "bare " + name])
    return [Row(f"file → {name} with full text: time ÷ the library's bare writer", values, 1.5, 1.15)
            for name, values in ratios.items()]


def small_files(count, rounds):
    one = generate.write(DATA, "speech", "18K")
    folder = os.path.join(DATA, "many")
    os.makedirs(folder, exist_ok=True)
    many = [os.path.join(folder, f"{i:04}.txt") for i in range(count)]
    for path in many:
        if not os.path.exists(path):
            shutil.copyfile(one, path)
    start, _ = processes(10 * rounds, [("true", ["true"]), ("gangmu", opml(one))])
    half = many[:count // 2]
    batch, _ = processes(rounds, [("cat", ["cat", *half]), ("gangmu", contents(*half))])
    parallel, _ = processes(5 * rounds, [(j, contents(j, *many)) for j in ("-j1", "-j2")])
    return [
        Row("18 KB speech → OPML, whole process ÷ true", [start["gangmu"] / start["true"]], 3, 1),
        Row(f"{count // 2:,} such files in one call → toc ÷ cat", [batch["gangmu"] / batch["cat"]], 4, 2),
        Row(f"-j2 against -j1 on {count:,} files", [parallel["-j1"] / parallel["-j2"]], 1.8, 1.95, True),
    ]


# -------------------------------------------------------------------- scaling

GROWTH_AIM = 2.05


def growth(small, large, rounds):
    """time(large) ÷ time(small), parsed in turn, the least of each: a disturbance only ever adds, and one that meets the
    small text more often than the large one says nothing of the parser. So what seems to grow faster than the aim is
    parsed up to three times as often again, and the least of all that counts. Infinite when it takes longer than any
    linear parser would."""
    least = {}
    for _ in range(4):
        try:
            times = table(run([PEERS, "scale", str(rounds), small, large], timeout=120), column=3)
        except subprocess.TimeoutExpired:
            return float("inf")
        for path in (small, large):
            least[path] = min(times["scale", path], least.get(path, float("inf")))
        if least[large] <= GROWTH_AIM * least[small]:
            break
    return least[large] / least[small]


def repeated(kind, times):
    """The kind's 1.4 MB, that many times over, in a file that the caller removes"""
    with open(generate.write(DATA, kind, "1400000"), "rb") as f:
        text = f.read()
    path = os.path.join(DATA, f"{kind}-{times}-times.txt")
    with open(path, "wb") as f:
        for _ in range(times):
            f.write(text)
    return path


def doubling(steps, rounds):
    """The largest time(2n) ÷ time(n) of each kind, 1.4 MB doubled that many times"""
    worst = []
    for kind in KINDS:
        paths = [repeated(kind, 2 ** step) for step in range(steps + 1)]
        worst.append(max(growth(a, b, rounds if step < 5 else 5)
                         for step, (a, b) in enumerate(zip(paths, paths[1:]))))
        for path in paths:
            os.remove(path)
    return Row(f"time(2n) ÷ time(n), 1.4 to {1.4 * 2 ** steps:.0f} MB, the largest", worst, 2.2, GROWTH_AIM)


def hostile_families(size, rounds):
    ratios = {}
    for family in hostile.FAMILIES:
        small, large = (hostile.write(DATA, family, n) for n in (size, 2 * size))
        ratios[family] = growth(small, large, rounds)
        os.remove(small)
        os.remove(large)
    worst = max(ratios, key=ratios.get)
    return Row(f"time(2n) ÷ time(n) of {len(ratios)} hostile families, the largest ({worst})", [ratios[worst]], 2.2, GROWTH_AIM)


# ----------------------------------------------------------------------- main


def report(rows):
    print("\n" + machine() + "\n")
    print("| speech / novel / statute | measured | must | aim | reached |\n|---|---|---|---|---|")
    for row in rows:
        sign = "≥ " if row.more else "≤ "
        limits = ["" if limit[0] is None else sign + show(limit) for limit in (row.must, row.aim)]
        print(f"| {row.what} | {' / '.join(show([v]) for v in row.values)} | {limits[0]} | {limits[1]} | {row.verdict()} |")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--quick", action="store_true")
    options = parser.parse_args()
    missing = [tool for tool in TOOLS if not shutil.which(tool)]
    if missing:
        sys.exit("bench: please install " + ", ".join(missing))
    build()
    size, rounds = ("2M", 7) if options.quick else ("18M", 9)
    rows, nodes = in_memory(size, rounds)
    rows += whole_process(size, rounds, nodes)
    rows += readers(size, rounds)
    rows.append(against_lowdown(7))
    rows += writers("1M" if options.quick else size, rounds)
    rows += small_files(2000, 7)
    rows.append(doubling(3 if options.quick else 8, rounds))
    rows.append(hostile_families(MIB if options.quick else 4 * MIB, rounds))
    report(rows)
    short = [row.what for row in rows if row.fails()]
    if options.check and short:
        sys.exit("bench: more than 25 % short of the must: " + "; ".join(short))


if __name__ == "__main__":
    main()
