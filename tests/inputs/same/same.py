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
from build import abstract, docx, fodt, level, li, list_style, lvl, num, odt, p, r, tl, tp  # noqa: E402

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
    'indented.md': ('# 标题\n\n' + ''.join('    %s\n\n' % line for line in TEXT.splitlines())).encode(),
}


# Each line ends where the page ended: a paragraph of the format is a line of the text.
WRAPPED = """\
河道养护工作方案
　　为做好今年汛期前后的河道养护，让沿河居民住得安心，方便大家监督，现将有关
工作安排如下，请各村各队对照执行。
　　一、摸清底数。三月底以前，由水务站会同各村把辖区内的河段、沟渠、涵洞逐一登
记造册，一是查清长度和宽度，说明淤积的程度；二是查清两岸堆放的杂物，写明由谁
清运。登记结果在村务公开栏张贴七天，有不同意见的可以向水务站提出。
　　二、分段负责。每个河段确定一名养护员，姓名和电话写在岸边的木牌上，让过路的
人看得见，找得到。
　　（一）日常巡查。每周不少于两次，遇有大雨当天加巡一次，发现险情立即报告，同
时采取力所能及的措施。
　　（二）清理打捞。水面漂浮物随见随捞，岸坡杂草每月割除一次，割下的草集中堆放
在指定的地点，不得留在坡上。
　　三、按时验收。每个季度的最后一周由水务站组织验收，邀请两名居民代表参加，不
合格的限期十天改正。
"""

# A regulation below the notice that issues it; what looks like a heading is bold or stands in the middle.
ANNEXED = """\
关于印发《柳湾镇船只停靠管理办法》的通知
各村民委员会：
现将《柳湾镇船只停靠管理办法》印发给你们，请遵照执行。
柳湾镇人民政府
2021年3月6日
柳湾镇船只停靠管理办法
第一条　船只应当停靠在指定的码头。
第二条　夜间停靠的船只应当点灯。
第三条　本办法自公布之日起施行。
"""


def shown(line):
    """Does an author make it bold and put it in the middle?"""
    return len(line) < 24 and line[-1] not in '。：' and not line.startswith(('2021', '柳湾镇人民政府'))


def looking(text):
    """What it looks like as a page, as Markdown and as documents of word processors."""
    lines = text.splitlines()
    bold = ['<p align="center"><b>%s</b></p>' % line if shown(line) else '<p>%s</p>' % line for line in lines]
    middle = '<w:jc w:val="center"/>'
    return {'looks.txt': text.encode(), 'looks.html': '<!DOCTYPE html><meta charset="utf-8">%s' % ''.join(bold),
            'looks.md': '\n\n'.join('**%s**' % line if shown(line) else line for line in lines),
            'looks.docx': docx(''.join(p(r(line, '<w:b/>'), props=middle) if shown(line) else p(line) for line in lines))}


def line_by_line(text):
    lines = text.splitlines()
    return {'lines.txt': text.encode(), 'lines.html': '<!DOCTYPE html><meta charset="utf-8">%s' % ''.join('<p>%s</p>' % line for line in lines),
            'breaks.html': '<!DOCTYPE html><meta charset="utf-8"><div>%s</div>' % '<br>\n'.join(lines),
            'lines.docx': docx(''.join(p(r(line)) for line in lines)), 'lines.odt': odt(''.join(tp(line) for line in lines)),
            'soft.md': text.replace('\n　　', '\n\n')}


# What no label stands before in running text (编制, 节约) begins a title behind a number that Word wrote.
HEADINGS = [(1, '第一编', '总则'), (1, '第二编', '制度建设'), (2, '第一节', '节约用水'), (2, '第二节', '课程安排'), (1, '第三编', '队伍管理')]


def headings():
    numbering = abstract(0, lvl(0, 'chineseCounting', '第%1编', suff='nothing'), lvl(1, 'chineseCounting', '第%2节', suff='nothing')) + num(1, 0)
    return {'headings.txt': ''.join('%s　%s\n' % (label, title) for _, label, title in HEADINGS),
            'headings.docx': docx(''.join(p(title, (1, n - 1)) for n, _, title in HEADINGS), numbering)}


# The first of a group is plain text, whose points are these.
GROUPS = [(INPUTS, ['一、', '二、', '三、']), (line_by_line(WRAPPED), ['一、', '二、', '三、']), (looking(ANNEXED), ['']),
          (headings(), ['第一编', '第二编', '第三编'])]


def strip(nodes):
    return [{k: strip(v) if k == 'children' else v for k, v in n.items() if k not in ('start', 'end', 'kind')} for n in nodes]


def main():
    a = argparse.ArgumentParser()
    a.add_argument('--gangmu', required=True)
    a.add_argument('--work', required=True, type=pathlib.Path)
    a = a.parse_args()
    a.work.mkdir(parents=True, exist_ok=True)
    wrong = 0
    for inputs, points in GROUPS:
        want = None
        for name, data in inputs.items():
            path = a.work / name
            path.write_bytes(data.encode() if isinstance(data, str) else data)
            run = subprocess.run([a.gangmu, '-t', 'json', path], capture_output=True, text=True)
            got = strip(json.loads(run.stdout)['outline']) if run.returncode == 0 else run.stderr
            if want is None:
                want = got
                if [n.get('label', '') for n in want] != points:
                    sys.exit('the text itself is not understood: %s' % want)
            elif got != want:
                wrong += 1
                print('%s: %s' % (name, got))
    print('%d inputs, %d differ' % (sum(len(inputs) for inputs, _ in GROUPS), wrong))
    sys.exit(1 if wrong else 0)


main()
