#!/usr/bin/env python3
"""Is the table of input formats in docs/formats.md true? usage: inputs_table.py GANGMU LIBRARY

One row for each reader of the registry, with its suffixes; whether a document without a name is recognised by its content; whether the
format's own numbers and headings reach the outline.
"""
import ctypes
import json
import os
import pathlib
import re
import subprocess
import sys

HERE = pathlib.Path(__file__).parent
sys.path.insert(0, str(HERE / 'office'))
from build import abstract, docx, level, list_style, lvl, num, odt, p, tl  # noqa: E402

GANGMU, LIBRARY = sys.argv[1:3]
for name in ('LD_PRELOAD', 'ASAN_OPTIONS'):  # were for this process, which loads the library
    os.environ.pop(name, None)
TEXT = '值守守则\n\n一、值守\n（一）白班\n（二）夜班\n二、交接\n'.encode()
NUMBERED = abstract(0, lvl(0, 'chineseCounting', '%1、')) + num(1, 0)
LIST = list_style('L', level(1, '一, 二, 三, ...', '', '、'))


class Reader(ctypes.Structure):
    _fields_ = [(n, ctypes.c_char_p) for n in ('name', 'extensions', 'summary')]


def registry():
    library = ctypes.CDLL(LIBRARY)
    library.gm_reader_at.restype, library.gm_reader_at.argtypes = ctypes.POINTER(Reader), [ctypes.c_size_t]
    index, readers = 0, {}
    while reader := library.gm_reader_at(index):
        readers[reader.contents.name.decode()] = reader.contents.extensions.decode()
        index += 1
    return readers


def table():
    part = (HERE.parent.parent / 'docs/formats.md').read_text(encoding='utf-8').split('\n## Input formats\n')[1].split('\n## ')[0]
    return [[cell.strip() for cell in line.strip('|').split('|')] for line in re.findall(r'^\|( `.*)$', part, re.M)]


def read(data, *options):
    done = subprocess.run([GANGMU, '-t', 'json', *options, '-'], input=data, capture_output=True)
    return json.loads(done.stdout) if done.returncode == 0 else {'source': {}, 'outline': [], 'error': done.stderr.decode()}


def written(name):
    return subprocess.run([GANGMU, '-t', name, '--text', 'full', '-'], input=TEXT, capture_output=True, check=True).stdout


# A document of each format that holds a point numbered by the format, if it can, and a heading without a number.
SAMPLES = {
    'text': TEXT, 'docx': docx(p('甲', (1, 0)) + p('乙', (1, 0)) + p('说明', style='1'), NUMBERED),
    'odt': odt(tl('甲', '乙', style='L') + '<text:h text:outline-level="1">说明</text:h>', LIST),
    'html': '<!DOCTYPE html><html><body><ol><li>甲<li>乙</ol><h1>说明</h1><p>略。</body></html>'.encode(),
    'mht': ('MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/html; charset=utf-8\n\n'
            '<ol><li>甲<li>乙</ol><h1>说明</h1><p>略。\n--b--\n').encode(),
    'markdown': '1. 甲\n2. 乙\n\n# 说明\n\n略。\n'.encode(), 'pdf': (HERE / 'external/pdf/marked.pdf').read_bytes(),
    'doc': b'\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'.ljust(2048, b'\0'),
}


def check(row, readers):
    name = row[0].strip('`')
    if name not in readers:
        yield 'a row in docs/formats.md but no reader'
        return
    if row[1] != readers[name]:
        yield "docs/formats.md says '%s', the reader '%s'" % (row[1], readers[name])
    data = SAMPLES[name] if name in SAMPLES else written(name)
    bare = read(data)
    known = 'OLE2' in bare['error'] if name == 'doc' else bare['source'].get('format') == name
    if (row[2] == 'yes') != known:
        yield "content: docs/formats.md says '%s'; got %s" % (row[2], bare)
    if name in ('doc', 'opml', 'xml', 'yaml', 'json', 'mm'):
        return
    outline = read(data, '-f', name)['outline']
    rendered = any(n.get('title') == '乙' and n.get('number') == 2 for n in outline)
    heading = any(n['kind'] == 'heading' for n in outline)
    if (row[3] != '-') != rendered:
        yield "numbers: docs/formats.md says '%s'; got %s" % (row[3], outline)
    if (row[4] != '-') != heading:
        yield "headings: docs/formats.md says '%s'; got %s" % (row[4], outline)


def main():
    readers, rows = registry(), table()
    names = [row[0].strip('`') for row in rows]
    faults = ['%s: no row in docs/formats.md' % n for n in readers if n not in names]
    faults += ['%s: two rows in docs/formats.md' % n for n in set(names) if names.count(n) > 1]
    faults += ['%s: %s' % (row[0], fault) for row in rows for fault in check(row, readers)]
    return '\n'.join(faults) or (0 if readers else 'no readers')


sys.exit(main())
