"""Speed on Word documents, beside pandoc on the same files: ratios, not seconds.

usage: docx.py --gangmu GANGMU [--megabytes N]
Prints, for a document of plain paragraphs and one of many short formatted runs, how many MB of
document.xml gangmu reads in a second and how many times faster it is than `pandoc -t plain`.
"""
import argparse
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

sys.path.append(str(pathlib.Path(__file__).parent.parent / 'inputs' / 'office'))
from build import abstract, docx, lvl, num, p, r  # noqa: E402

LIST = abstract(0, lvl(0, 'chineseCounting', '%1、'), lvl(1, 'chineseCounting', '（%2）'), lvl(2, 'decimal', '%3.')) + num(1, 0)
WORDS = '各级各有关部门要充分认识做好这项工作的重要意义加强组织领导落实工作责任完善政策措施强化监督检查确保各项任务落到实处'


def sentence(i):
    k = i * 7 % len(WORDS)
    return WORDS[k:] + '，' + WORDS[:k] + '。'


def plain(i):
    return p(sentence(i), (1, i % 3)) + p(sentence(i + 1) * 3) + p(sentence(i + 2) * 2)


def formatted(i):
    fonts = '<w:rFonts w:hint="eastAsia" w:ascii="仿宋_GB2312" w:eastAsia="仿宋_GB2312"/><w:sz w:val="32"/><w:szCs w:val="32"/>'
    text = sentence(i)
    return p(''.join(r(text[k:k + 8], fonts) for k in range(0, len(text), 8)), (1, i % 3) if i % 4 == 0 else None)


def document(make, megabytes):
    body, size, i = [], 0, 0
    while size < megabytes * 1000000:
        body.append(make(i))
        size += len(body[-1].encode())
        i += 1
    return docx(''.join(body), LIST), size


def best(command, times):
    """The least processor time of several runs, in seconds: other programs on the machine do not count."""
    low = None
    for _ in range(times):
        with open(os.devnull, 'wb') as nowhere:
            pid = subprocess.Popen(command, stdout=nowhere).pid
        _, status, usage = os.wait4(pid, 0)
        if status:
            sys.exit('%s failed' % command[0])
        took = usage.ru_utime + usage.ru_stime
        low = took if low is None else min(low, took)
    return low


def measure(gangmu, megabytes, rounds=5):
    """[(name, MB of document.xml, MB/s, times pandoc)]"""
    out = []
    with tempfile.TemporaryDirectory() as folder:
        for name, make in (('plain paragraphs', plain), ('formatted runs', formatted)):
            data, size = document(make, megabytes)
            path = pathlib.Path(folder) / 'speed.docx'
            path.write_bytes(data)
            ours = best([gangmu, '-t', 'markdown', '--text', 'none', str(path)], rounds)
            theirs = best(['pandoc', '-t', 'plain', str(path)], 1)
            out.append((name, size / 1e6, size / 1e6 / ours, theirs / ours))
    return out


def main():
    a = argparse.ArgumentParser()
    a.add_argument('--gangmu', required=True)
    a.add_argument('--megabytes', type=float, default=20)
    a = a.parse_args()
    if not shutil.which('pandoc'):
        sys.exit('pandoc is not installed')
    for row in measure(a.gangmu, a.megabytes):
        print('%-16s %5.1f MB of document.xml: %5.1f MB/s, %.0f times pandoc' % row)


if __name__ == '__main__':
    main()
