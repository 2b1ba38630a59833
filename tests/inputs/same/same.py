"""One outline in many inputs: each must give the tree that the plain UTF-8 text gives.

usage: same.py --gangmu GANGMU --work DIR
The text is written in characters that GBK and Big5 share.
"""
import argparse
import json
import pathlib
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / 'office'))
from build import abstract, docx, fodt, level, li, list_style, lvl, num, odt, p, tl, tp  # noqa: E402

# (level, label, text): level 0 is body text.
LINES = [
    (1, '一、', '工作目的'), (0, '', '本市公共文化工作以人民生活水平提高作中心。'), (2, '（一）', '立足本地'), (0, '', '各地主管部分明白分工。'),
    (2, '（二）', '面向全市'), (3, '1.', '公共文化'), (3, '2.', '公共安全'), (4, '（1）', '水上安全'), (4, '（2）', '山林安全'),
    (1, '二、', '工作方法'), (2, '（一）', '分工合作'), (2, '（二）', '定期公告'), (1, '三、', '日期'), (0, '', '本文件自公告日期起生效。'),
]
TEXT = ''.join(label + text + '\n' for _, label, text in LINES)


def escape(text):
    return text.replace('&', '&amp;').replace('<', '&lt;')


def auto_docx():
    levels = [('chineseCounting', '%1、'), ('chineseCounting', '（%2）'), ('decimal', '%3.'), ('decimal', '（%4）')]
    numbering = abstract(0, *[lvl(i, f, t, suff='nothing') for i, (f, t) in enumerate(levels)]) + num(1, 0)
    return docx(''.join(p(text, (1, n - 1) if n else None) for n, _, text in LINES), numbering)


STYLE = list_style('G', level(1, '一, 二, 三, ...', '', '、', follow='nothing'), level(2, '一, 二, 三, ...', '（', '）', follow='nothing'),
                   level(3, '1', '', '.', follow='nothing'), level(4, '1', '（', '）', follow='nothing'))


def auto_odf():
    """Each item stands in as many lists as its level is deep; the first list of all is continued."""
    out = []
    for n, _, text in LINES:
        item = tp(text)
        for depth in range(n, 0, -1):
            extra = 'text:continue-numbering="true"' if depth == 1 and out else ''
            item = tl('<text:list-item>%s</text:list-item>' % item, style='G' if depth == 1 else '', extra=extra)
        out.append(item)
    return ''.join(out)


def html(encoding):
    return ('<!DOCTYPE html><html><head><meta charset="%s"></head><body>%s</body></html>' %
            (encoding, ''.join('<p>%s</p>\n' % escape(line) for line in TEXT.splitlines()))).encode(encoding)


INPUTS = {
    'utf8.txt': TEXT.encode(), 'utf8-bom.txt': TEXT.encode('utf-8-sig'), 'gbk.txt': TEXT.encode('gbk'), 'gb18030.txt': TEXT.encode('gb18030'),
    'big5.txt': TEXT.encode('big5'), 'big5-hkscs.txt': TEXT.encode('big5hkscs'), 'utf16le.txt': TEXT.encode('utf-16-le'),
    'utf16be.txt': TEXT.encode('utf-16-be'), 'utf16-bom.txt': TEXT.encode('utf-16'), 'utf32le.txt': TEXT.encode('utf-32-le'),
    'utf32-bom.txt': TEXT.encode('utf-32'), 'crlf.txt': TEXT.replace('\n', '\r\n').encode(), 'cr.txt': TEXT.replace('\n', '\r').encode(),
    'typed.docx': docx(''.join(p(line) for line in TEXT.splitlines())), 'auto.docx': auto_docx(),
    'typed.odt': odt(''.join(tp(line) for line in TEXT.splitlines())), 'auto.odt': odt(auto_odf(), STYLE), 'auto.fodt': fodt(auto_odf(), STYLE),
    'utf8.html': html('utf-8'), 'gbk.html': html('gbk'), 'big5.html': html('big5'), 'text.md': TEXT.replace('\n', '\n\n').encode(),
}


def strip(nodes):
    return [{k: strip(v) if k == 'children' else v for k, v in n.items() if k not in ('start', 'end', 'kind')} for n in nodes]


def main():
    a = argparse.ArgumentParser()
    a.add_argument('--gangmu', required=True)
    a.add_argument('--work', required=True, type=pathlib.Path)
    a = a.parse_args()
    a.work.mkdir(parents=True, exist_ok=True)
    want, wrong = None, 0
    for name, data in INPUTS.items():
        path = a.work / name
        path.write_bytes(data)
        run = subprocess.run([a.gangmu, '-t', 'json', path], capture_output=True, text=True)
        got = strip(json.loads(run.stdout)['outline']) if run.returncode == 0 else run.stderr
        if want is None:
            want = got
            if [n['label'] for n in want] != ['一、', '二、', '三、']:
                sys.exit('the text itself is not understood: %s' % want)
        elif got != want:
            wrong += 1
            print('%s: %s' % (name, got))
    print('%d inputs, %d differ' % (len(INPUTS), wrong))
    sys.exit(1 if wrong else 0)


main()
