#!/usr/bin/env python3
"""Does docs/formats.md have a row for each writer, with its suffixes, and a writer for each row? usage: formats.py GANGMU"""
import os, re, subprocess, sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
listing = subprocess.run([sys.argv[1], "--list-formats"], stdout=subprocess.PIPE, check=True, env={"LC_ALL": "C"}).stdout.decode()
writers = {}
for line in listing.split("Output formats")[1].splitlines():
    found = re.match(r"  (\S+) +(\S+(?: \S+)*?)(?:  +|$)", line)
    if found:
        writers[found[1]] = found[2]
with open(os.path.join(ROOT, "docs/formats.md"), encoding="utf-8") as f:
    rows = dict(re.findall(r"^\| `([\w-]+)` \| ([^|]*?) \|", f.read().split("\n## ")[0], re.M))
faults = [f"{name}: no row in docs/formats.md" for name in writers if name not in rows]
faults += [f"{name}: a row in docs/formats.md but no writer" for name in rows if name not in writers]
faults += [f"{name}: docs/formats.md says '{rows[name]}', the writer '{writers[name]}'"
           for name in writers if name in rows and not (writers[name] + " ").startswith(rows[name] + " ")]
sys.exit("\n".join(faults) or (0 if writers else "no formats are listed"))
