#!/usr/bin/env python3
"""Places in Markdown are places in the file: line and column of each point.
usage: places.py GANGMU FILE LINE:COLUMN:LABEL..."""
import json
import subprocess
import sys


def walk(nodes):
    for n in nodes:
        yield "%d:%d:%s" % (n["start"]["line"], n["start"]["column"], n.get("label", ""))
        yield from walk(n["children"])


out = subprocess.run([sys.argv[1], "-t", "json", sys.argv[2]], stdout=subprocess.PIPE, check=True).stdout
got = list(walk(json.loads(out)["outline"]))
if got != sys.argv[3:]:
    sys.exit("got %s\nnot %s" % (got, sys.argv[3:]))
