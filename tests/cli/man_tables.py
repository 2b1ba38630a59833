"""The tables of gangmu(1), README and docs that come from the registries; with --renew they are written anew."""
import os
import re
import subprocess
import sys

SOURCE = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PAGE = os.path.join(SOURCE, "docs", "gangmu.1")
CATALOGUE = os.path.join(SOURCE, "docs", "diagnostics.md")


def listed(program, *args, locale="C"):
    """Rows of a listing, as blocks parted by blank lines; the columns of a row stand two spaces apart."""
    text = subprocess.run([program, *args], capture_output=True, check=True, env={"LC_ALL": locale}).stdout.decode()
    return [[re.split(r"\s{2,}", line.strip()) for line in block.splitlines() if line.startswith("  ")]
            for block in text.split("\n\n")]


def tables(program):
    """{name of the section: its rows in mdoc}."""
    readers, writers = listed(program, "--list-formats")
    grammars = listed(program, "--list-grammars")[0]
    diagnostics = listed(program, "--list-diagnostics")[0]
    quoted = lambda text: text.replace("\\", "\\e").replace("--", "\\-\\-")
    return {
        "Input formats": [f".It Cm {name} Pq {suffixes}\n{quoted(summary)}" for name, suffixes, summary in readers],
        "Output formats": [f".It Cm {name} Pq {suffixes}\n{quoted(summary)}" for name, suffixes, summary in writers],
        "Diagnostics": [f".It Cm {row[0]} Pq {row[1]}; {row[2].replace('-', 'always').replace(',', ', ')}\n{quoted(row[3])}"
                        for row in diagnostics],
        "Numbering schemes": [f".It Cm {name}\n{quoted(summary)}" for name, summary in grammars],
    }


def renewed(page, program):
    for section, rows in tables(program).items():
        page, count = re.subn(rf"(\.Ss {section}\n(?:.*\n)*?\.Bl .*\n)(?:.*\n)*?(?=\.El\n)",
                              lambda m, rows=rows: m[1] + "\n".join(rows) + "\n", page, count=1)
        assert count == 1, section
    return page


def renewed_catalogue(page, program):
    """docs/diagnostics.md with its table anew: the catalogue in both languages."""
    english, chinese = (listed(program, "--list-diagnostics", locale=locale)[0] for locale in ("C", "zh_CN.UTF-8"))
    rows = [f"| `{a[0]}` | {a[1]} | {a[2].replace(',', ' ')} | {a[3]} | {b[3]} | {a[4] if len(a) > 4 else ''} |\n"
            for a, b in zip(english, chinese, strict=True)]
    page, count = re.subn(r"(\n\| id \|.*\n\|[-|]+\n)(?:\|.*\n)*", lambda m: m[1] + "".join(rows), page, count=1)
    assert count == 1
    return page


if __name__ == "__main__":
    for path, renew in ((PAGE, renewed), (CATALOGUE, renewed_catalogue)):
        with open(path, encoding="utf-8") as file:
            before = file.read()
        after = renew(before, sys.argv[sys.argv.index("--renew") + 1])
        with open(path, "w", encoding="utf-8") as file:
            file.write(after)
