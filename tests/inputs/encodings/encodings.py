"""Byte-level fixtures in every encoding, made with Python's codecs (the program uses iconv), and what they must give.

usage: encodings.py --dump SOURCE_DUMP --work DIR
"""
import argparse
import pathlib
import subprocess
import sys

HANS = '''关于做好春季植树工作的通知

各乡镇人民政府：
　　现将有关事项通知如下。
一、总体要求
（一）指导思想。坚持因地制宜，分类施策。
（二）基本原则
1．政府主导；
2．群众参与。
二、保障措施
第一条　各单位应当于3月12日前完成。①宣传 ②动员
'''
HANT = '''關於文書處理之規定
第一章　總則
第一條　為提高文書處理效率，特訂定本規定。
第二條　本規定所稱文書，指下列各款：
一、公文。
二、其他文件。
（一）簽
（二）報告
第二章　附則
'''
JAPANESE = '''文書管理規程
第一章　総則
第一条　この規程は、文書の管理に関し必要な事項を定めるものとする。
２　前項の文書とは、次に掲げるものをいう。
一　起案文書
二　供覧文書
附　則
この規程は、公布の日から施行する。
'''
KOREAN = '''문서관리 규정
제1장 총칙
제1조(목적) 이 규정은 문서의 관리에 필요한 사항을 정함을 목적으로 한다.
제2조(정의) 이 규정에서 사용하는 용어의 뜻은 다음과 같다.
1. "문서"란 업무상 작성한 것을 말한다.
가. 전자문서
나. 종이문서
'''
GB, BIG5 = 'GB18030', 'BIG5-HKSCS'
CASES = []  # name, bytes, encoding, text, options, warnings


def case(name, data, encoding, text, options=(), warnings=()):
    CASES.append((name, data, encoding, text, list(options), list(warnings)))


for codec, name, text in [
        ('utf-8', 'UTF-8', HANS), ('utf-8-sig', 'UTF-8', HANS), ('gb2312', GB, HANS), ('gbk', GB, HANS), ('gb18030', GB, HANS),
        ('utf-16', 'UTF-16LE', HANS), ('utf-16-le', 'UTF-16LE', HANS), ('utf-16-be', 'UTF-16BE', HANS), ('utf-32', 'UTF-32LE', HANS),
        ('utf-32-le', 'UTF-32LE', HANS), ('utf-32-be', 'UTF-32BE', HANS), ('utf-8', 'UTF-8', HANT), ('big5', BIG5, HANT),
        ('big5hkscs', BIG5, HANT), ('cp950', BIG5, HANT), ('gbk', GB, HANT), ('utf-16-le', 'UTF-16LE', HANT),
        ('shift_jis', 'SHIFT_JIS', JAPANESE), ('cp932', 'SHIFT_JIS', JAPANESE), ('euc_jp', 'EUC-JP', JAPANESE),
        ('iso2022_jp', 'ISO-2022-JP', JAPANESE), ('utf-16-be', 'UTF-16BE', JAPANESE), ('euc_kr', 'EUC-KR', KOREAN),
        ('cp949', 'EUC-KR', KOREAN), ('utf-8', 'UTF-8', KOREAN)]:
    case('%s of %s' % (codec, text[:4]), text.encode(codec), name, text)
    crlf = text.replace('\n', '\r\n')
    case('%s of %s, CRLF' % (codec, text[:4]), crlf.encode(codec), name, crlf)
    long = text * 300
    case('%s of %s, long' % (codec, text[:4]), long.encode(codec), name, long)

for line in ('一、', '第一条', '（一）报名', '附件', '1．总则', '通知', '目录', '一是抓学习，二是抓落实。', '①甲'):
    case('short GBK ' + line, line.encode('gbk'), GB, line)
for line in ('第一條', '壹、前言', '（一）報名', '說明：', '依據'):
    case('short Big5 ' + line, line.encode('big5'), BIG5, line)
for line in ('第一条　この規程', 'イ　甲', '（目的）'):
    case('short Shift_JIS ' + line, line.encode('shift_jis'), 'SHIFT_JIS', line)
    case('forced EUC-JP ' + line, line.encode('euc_jp'), 'EUC-JP', line, ['-e', 'euc-jp'])

# Characters beyond the basic plane, private use, the euro sign, what GBK has and GB 2312 has not.
for text in ('第一条　𠀀𪚥', '一、镕基、朱镕', '二、€'):
    case('GB18030 ' + text, text.encode('gb18030'), GB, text, ['-e', 'gb18030'])
case('HKSCS', '一、㗎喺嘅'.encode('big5hkscs'), BIG5, '一、㗎喺嘅', ['-e', 'big5-hkscs'])
case('surrogates', '一、𠀀\n'.encode('utf-16-be'), 'UTF-16BE', '一、𠀀\n', ['-e', 'utf-16be'])

# Bad bytes: U+FFFD each, the offsets in the text and in the file.
good = HANS.encode('utf-8')
at = good.index('总体'.encode())
case('one bad byte in UTF-8', good[:at] + b'\xff' + good[at:], 'UTF-8', HANS.replace('总体', '\ufffd总体'),
     warnings=['at %d raw %d count 1' % (at, at)])
case('UTF-8 cut in a character', good[:at + 2], 'UTF-8', HANS[:HANS.index('总体')] + '\ufffd', warnings=['at %d raw %d count 2' % (at, at)])
raw = HANS.encode('gbk')
at, byte = raw.index('总体'.encode('gbk')), good.index('总体'.encode())
case('one bad byte in GBK', raw[:at] + b'\xff' + raw[at:], GB, HANS.replace('总体', '\ufffd总体'),
     warnings=['at %d raw %d count 1' % (byte, at)])
lone = '一、甲\n'.encode('utf-16-le') + b'\x00\xd8' + '乙、\n'.encode('utf-16-le')
case('a lone surrogate', lone, 'UTF-16LE', '一、甲\n\ufffd乙、\n', ['-e', 'utf-16le'], ['at 10 raw 8 count 2'])


def main():
    a = argparse.ArgumentParser()
    a.add_argument('--dump', required=True)
    a.add_argument('--work', required=True, type=pathlib.Path)
    a = a.parse_args()
    a.work.mkdir(parents=True, exist_ok=True)
    path, wrong = a.work / 'fixture.txt', 0
    for name, data, encoding, text, options, warnings in CASES:
        path.write_bytes(data)
        run = subprocess.run([a.dump, *options, path], capture_output=True)
        want = 'text %s \n%s%s' % (encoding, text, ''.join('warning bad-bytes %s\n' % w for w in warnings))
        if run.returncode != 0 or run.stdout != want.encode():
            wrong += 1
            print('%s: %r %s' % (name, run.stdout[:80].decode('utf-8', 'replace'), run.stderr.decode()))
    print('%d fixtures, %d wrong' % (len(CASES), wrong))
    sys.exit(1 if wrong else 0)


main()
