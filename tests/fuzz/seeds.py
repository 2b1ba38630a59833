"""What the fuzzers start from and the replays go through, made of the documents of this repository.

seeds.py REPOSITORY FOLDER      FOLDER/TARGET/NAME for every target, what the fuzzers found before included, and the
                                words of its language in FOLDER/TARGET.dict; the same repository gives the same files
seeds.py --pack FOLDER ARCHIVE  what a fuzzer found, for the repository: one file for each target, not thousands
"""
import base64
import hashlib
import io
import pathlib
import quopri
import re
import shutil
import sys
import zipfile

if sys.argv[1] == '--pack':
    with zipfile.ZipFile(sys.argv[3], 'w', zipfile.ZIP_DEFLATED) as z:
        for path in sorted(pathlib.Path(sys.argv[2]).iterdir()):
            info = zipfile.ZipInfo(path.name)  # 1980: the archive depends on the files alone
            info.compress_type = zipfile.ZIP_DEFLATED
            z.writestr(info, path.read_bytes())
    sys.exit()
root, out = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
tests = root / 'tests'
SMALL = 24 * 1024  # larger ones only slow a fuzzer down


def put(target, data, name=None):
    folder = out / target
    folder.mkdir(parents=True, exist_ok=True)
    (folder / (name or hashlib.sha256(data).hexdigest()[:16])).write_bytes(data)


def files(*patterns):
    for pattern in patterns:
        for path in sorted(root.glob(pattern)):
            if path.is_file():
                yield path


def cut(data, most=SMALL):
    """At a line's end."""
    return data if len(data) <= most else data[:data.rfind(b'\n', 0, most) + 1]


def parse_seeds():
    for i, path in enumerate(files('examples/*.txt', 'tests/traps/*.txt', 'tests/golden/cases/*.txt')):
        data = cut(path.read_bytes(), 4096)
        put('parse', bytes([(0x80, 0x0b, 0x41, 0x93)[i % 4], i * 37 % 256]) + data)
        put('renumber', bytes([i % 2]) + data)
    text = '一、目的\r\n（一）方法。一是快；二是好。\n第一条　总则\n1.1 范围\n①甲②乙\n'
    for encoding in ('utf-16-le', 'utf-16', 'utf-32', 'gb18030', 'big5', 'shift_jis', 'euc-jp', 'utf-8-sig'):
        put('parse', b'\x81\x10' + text.replace('快', '速').encode(encoding, 'replace'))


def archive(page):
    """The page as a browser saves it: quoted-printable or, every other one, base64; a style sheet comes along."""
    page = cut(page, 2048)
    coding, body = (('quoted-printable', quopri.encodestring(page)), ('base64', base64.encodebytes(page)))[len(page) % 2]
    return (b'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="b"\n\n'
            b'--b\nContent-Type: text/html; charset=utf-8\nContent-Location: http://x.invalid/a\n'
            b'Content-Transfer-Encoding: ' + coding.encode() + b'\n\n' + body +
            b'\n--b\nContent-Type: text/css\nContent-Location: http://x.invalid/a.css\n\nol{list-style:cjk-decimal}\n--b--\n')


def reader_seeds():
    for target, suffix in (('html', 'html'), ('mht', 'mht'), ('markdown', 'md'), ('opml', 'opml'), ('xml', 'xml'), ('yaml', 'yaml'),
                           ('json', 'json'), ('mm', 'mm')):
        for path in files('tests/inputs/**/*.' + suffix):
            put(target, cut(path.read_bytes()) + b'\0')
        for path in files('tests/golden/cases/*/' + target):
            data = path.read_bytes()
            if len(data) <= SMALL:
                put(target, data + b'\x03')
    for path in files('tests/inputs/**/*.html', 'tests/golden/cases/*/html'):
        put('mht', archive(path.read_bytes()) + b'\0')


FRAGMENTS = {
    'docx': (('word/document.xml', 'w:body'), ('word/numbering.xml', 'w:numbering'), ('word/styles.xml', 'w:styles')),
    'odt': (('content.xml', 'office:text'), ('content.xml', 'office:automatic-styles'), ('styles.xml', 'office:styles')),
}


def inner(zip_file, name, element):
    if name not in zip_file.namelist():
        return b''
    found = re.search(rb'<%s[^>]*>(.*)</%s>' % (element.encode(), element.encode()), zip_file.read(name), re.S)
    return found.group(1) if found else b''


def package_seeds():
    for path in files('tests/inputs/office/made/*'):
        data = path.read_bytes()
        kind = 'odt' if b'content.xml' in data else 'docx'
        if len(data) <= SMALL:
            put(kind, data + b'\0')
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as z:
                parts = b'\xff'.join(cut(inner(z, *f)) for f in FRAGMENTS[kind])
        except (zipfile.BadZipFile, NotImplementedError, OSError, RuntimeError, ValueError, EOFError):
            continue
        if len(parts) <= 2 * SMALL:
            put(kind + '_parts', parts)


def built_seeds():
    """The cases of the office tests are made by a program: take its documents too."""
    sys.path.insert(0, str(tests / 'inputs' / 'office'))
    import cases
    for _, data in sorted(cases.CASES.values()):
        if len(data) > SMALL:
            continue
        kind = 'docx' if b'[Content_Types].xml' in data else 'odt'
        put(kind, data + b'\0')
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as z:
                put(kind + '_parts', b'\xff'.join(inner(z, *f) for f in FRAGMENTS[kind]))
        except zipfile.BadZipFile:
            pass


def other_seeds():
    for path in files('grammars/*.yaml', 'tests/**/grammars/*.yaml'):
        put('grammar', path.read_bytes())
    put('grammar', b'name: x\nextends: auto\nonly: [han-dun]\n')
    for line in ('--help', '--list-formats', '--list-grammars', '--version', '--completion\nbash', '--completion\nzsh',
                 '--completion\nfish', 'lint\n--profile\nlaw\na.txt', '-t\njson\n-o\nx.json\na', 'tree\n--colour=never\n--width=3',
                 '-j0\n--max-input=1K\n--max-memory\n2G\n-d9\nx', '-g\nlaw\n--text=lead\n--style\nlist', '--out-dir=d\n--force\n-r\nx',
                 '--\n-x', 'toc\n-t\ntoc', '一、\x1b[31m红\x1b[0m\x07\x7f', '\u202e\u2066甲\u2028'):
        put('command', line.encode())
    for text in ('一百零三', '两千〇一', '廿三', '壹拾贰', '１２', 'XIV', 'ⅻ', '1.2.3', 'A.1', '⑳', '㈠', '一百一', '十 二', 'ニ〇', '甲', '가'):
        put('numeral', (len(text) * 1009 % 65536).to_bytes(8, 'big') + text.encode() + '。'.encode())


def found_seeds():
    for path in files('tests/fuzz/corpus/*.zip'):
        with zipfile.ZipFile(path) as z:
            for name in z.namelist():
                put(path.stem, z.read(name), name)


def tokens(target):
    """The words of what is there: labels of the goldens, names of elements, attributes and keys, options."""
    found = {}
    for path in sorted((out / target).iterdir()):
        data = path.read_bytes()
        if target in ('parse', 'renumber'):
            pattern = rb'(?m)^[ \t]*((?:\xe3\x80\x80)*[^\x00-\x2f\xef]{3,12}(?:\xe3\x80\x81|\xef\xbc\x89|\xef\xbc\x9a|\.)|[0-9.]{2,5}|[\xe2].{2})'
        elif target == 'command':
            pattern = rb'--?[a-z-]+=?'
        elif target in ('yaml', 'grammar', 'json'):
            pattern = rb'[a-z_-]{3,}"?:|\{[a-z]+\}|\[\]|\\u[0-9a-f]{4}'
        elif target in ('docx', 'odt'):
            pattern = rb'[A-Za-z_/\[\].-]{6,40}'
        else:
            pattern = rb'</?[A-Za-z:0-9-]+[ >]|[A-Za-z:-]{3,20}="|<!\[CDATA\[|&#?[a-z0-9]+;|^[#>*_`~-]+'
        for word in re.findall(pattern, data):
            found[word] = found.get(word, 0) + 1
    return sorted(found, key=lambda w: (-found[w], w))[:200]


def extra_tokens():
    """Every marker that the goldens hold."""
    found = set()
    for path in files('tests/golden/cases/*/json'):
        found.update(re.findall(r'"label":"([^"]{1,8})"', path.read_text()))
    return sorted(word.encode() for word in found)


def dictionary(target):
    words = tokens(target) + (extra_tokens()[:200] if target in ('parse', 'renumber', 'numeral', 'markdown', 'html') else [])
    text = ''.join('"%s"\n' % ''.join(chr(b) if 32 <= b < 127 and b not in b'"\\' else '\\x%02x' % b for b in w)
                   for w in words if len(w) < 64)
    (out / (target + '.dict')).write_text(text)


shutil.rmtree(out, ignore_errors=True)
parse_seeds()
reader_seeds()
package_seeds()
built_seeds()
other_seeds()
found_seeds()
for folder in sorted(p for p in out.iterdir() if p.is_dir()):
    dictionary(folder.name)
    sizes = [p.stat().st_size for p in folder.iterdir()]
    print('%-12s %4d files %8d bytes' % (folder.name, len(sizes), sum(sizes)))
