#!/usr/bin/env python3
"""Guard on instructions per byte: instructions.py GANGMU LIMITS

Runs file → OPML under callgrind on two sizes of each kind of text and divides the difference of the instruction counts
by the difference of the sizes, so that the start does not count. Unlike times, the counts are the same on a busy
machine. Fails when one is above its limit; LIMITS holds lines "KIND LIMIT" and # comments.
"""
import os
import re
import subprocess
import sys
import tempfile

import generate

SIZES = ("100K", "300K")


def instructions(gangmu, path):
    done = subprocess.run(["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", gangmu, "-t", "opml", "--text",
                           "none", path], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False)
    count = re.search(r"Collected : (\d+)", done.stderr)
    if done.returncode != 0 or not count:
        sys.exit("instructions.py: callgrind fails\n" + done.stderr)
    return int(count.group(1))


def read_limits(path):
    with open(path, encoding="utf8") as f:
        lines = [line.split("#")[0].split() for line in f]
    return {words[0]: float(words[1]) for words in lines if words}


def main(gangmu, limits_path):
    limits = read_limits(limits_path)
    bad = 0
    with tempfile.TemporaryDirectory() as folder:
        for kind in generate.KINDS:
            small, large = (generate.write(folder, kind, size) for size in SIZES)
            count = instructions(gangmu, large) - instructions(gangmu, small)
            rate = count / (os.path.getsize(large) - os.path.getsize(small))
            over = rate > limits[kind]
            bad += over
            print(f"{kind}: {rate:.2f} instructions a byte, limit {limits[kind]:g}{': TOO MANY' if over else ''}")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2]))
