"""The tables of gangmu(1), README and docs that come from the registries; with --renew they are written anew."""
import os
import re
import subprocess
import sys

SOURCE = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PAGE = os.path.join(SOURCE, "docs", "gangmu.1")


def listed(program, *args):
    """Rows of a listing, as blocks parted by blank lines; the columns of a row stand two spaces apart."""
    text = subprocess.run([program, *args], capture_output=True, check=True, env={"LC_ALL": "C"}).stdout.decode()
    return [[re.split(r"\s{2,}", line.strip()) for line in block.splitlines() if line.startswith("  ")]
            for block in text.split("\n\n")]


def tables(program):
    """{name of the section: its rows in mdoc}."""
    readers, writers = listed(program, "--list-formats")
    grammars = listed(program, "--list-grammars")[0]
    quoted = lambda text: text.replace("\\", "\\e").replace("--", "\\-\\-")
    return {
        "Input formats": [f".It Cm {name} Pq {suffixes}\n{quoted(summary)}" for name, suffixes, summary in readers],
        "Output formats": [f".It Cm {name} Pq {suffixes}\n{quoted(summary)}" for name, suffixes, summary in writers],
        "Numbering schemes": [f".It Cm {name}\n{quoted(summary)}" for name, summary in grammars],
    }


def renewed(page, program):
    for section, rows in tables(program).items():
        page, count = re.subn(rf"(\.Ss {section}\n(?:.*\n)*?\.Bl .*\n)(?:.*\n)*?(?=\.El\n)",
                              lambda m, rows=rows: m[1] + "\n".join(rows) + "\n", page, count=1)
        assert count == 1, section
    return page


if __name__ == "__main__":
    with open(PAGE, encoding="utf-8") as file:
        before = file.read()
    after = renewed(before, sys.argv[sys.argv.index("--renew") + 1])
    with open(PAGE, "w", encoding="utf-8") as file:
        file.write(after)
