"""Hostile and broken packages, and what becomes of them.

usage: hostile.py DIR    writes the files and list.json: [name, allowed statuses, what the message says]
"""
import json
import pathlib
import random
import struct
import sys
import zipfile

from build import *

FINE, INPUT, LIMIT = (0,), (3,), (5,)
FILES = []


def hostile(name, data, status, says=''):
    FILES.append((name, data, status, says))


GOOD = docx(p('一、要点') + p('二、要点'))
PNG = (b'\x89PNG\r\n\x1a\n' + struct.pack('>I', 13) + b'IHDR' + struct.pack('>IIBBBBB', 1, 1, 8, 2, 0, 0, 0) + b'\x90wS\xde' +
       b'\0\0\0\x0cIDAT\x08\xd7c\xf8\xcf\xc0\0\0\x03\x01\x01\0' + b'\0\0\0\0IEND\xaeB`\x82')
DTD = '<!DOCTYPE x [<!ENTITY a "一、"><!ENTITY b "%s">]>' % ('&a;' * 10)
XXE = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
LAUGHS = '<!DOCTYPE x [<!ENTITY a0 "笑">%s]>' % ''.join(
    '<!ENTITY a%d "%s">' % (i, '&a%d;' % (i - 1) * 10) for i in range(1, 12))


def flip(data, count, seed):
    rng, out = random.Random(seed), bytearray(data)
    for _ in range(count):
        out[rng.randrange(len(out))] ^= 1 << rng.randrange(8)
    return bytes(out)


def encrypted_flag(data):
    """Set the "encrypted" bit of every member."""
    out = bytearray(data)
    for signature, at in ((b'PK\3\4', 6), (b'PK\1\2', 8)):
        i = out.find(signature)
        while i >= 0:
            out[i + at] |= 1
            i = out.find(signature, i + 4)
    return bytes(out)


def lying_size(data):
    """The directory says that the main part is small."""
    out = bytearray(data)
    i = out.rfind(b'PK\1\2')
    while i >= 0:
        if out[i + 46:i + 46 + 17] == b'word/document.xml':
            out[i + 24:i + 28] = struct.pack('<I', 100)
        i = out.rfind(b'PK\1\2', 0, i)
    return bytes(out)


def compound(stream):
    return (b'\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1' + b'\0' * 504 + b'\xff' * 512 + stream.encode('utf-16-le')).ljust(4096, b'\0')


def with_chunk(target, styles='', inner=b'', times=1):
    """A document that takes in a file of its package."""
    return archive([
        ('[Content_Types].xml', content_types([('word/document.xml', 'document.main')])), ('_rels/.rels', relationships([('officeDocument', 'word/document.xml')])),
        ('word/document.xml', part('document', '<w:body>%s%s</w:body>' % (p('一、甲'), '<w:altChunk r:id="r0"/>' * times))),
        ('word/_rels/document.xml.rels', relationships([('aFChunk', target)] + [('styles', 'styles.xml')] * bool(styles))),
        ('word/styles.xml', part('styles', '&e;' if styles else '', prolog=styles)), ('word/' + target, inner)][:5 if target == 'document.xml' else 6])


def nested(depth):
    return with_chunk('c.docx', inner=nested(depth - 1) if depth else GOOD)


def tree(depth):
    """Six documents in each of six documents in each of …, a page of 40 KB at their ends."""
    names = ['c%d.bin' % i for i in range(6)]
    inner = tree(depth - 1) if depth else ('<p>甲' * 5000).encode()
    return archive([
        ('[Content_Types].xml', content_types([('word/document.xml', 'document.main')])), ('_rels/.rels', relationships([('officeDocument', 'word/document.xml')])),
        ('word/document.xml', part('document', '<w:body>%s</w:body>' % ''.join('<w:altChunk r:id="r%d"/>' % i for i in range(6)))),
        ('word/_rels/document.xml.rels', relationships([('aFChunk', name) for name in names]))] + [('word/' + name, inner) for name in names])


GOOD_ODT = odt(tl('甲', '乙', style='L'), list_style('L', level(1, '1', '', '.')))
BIG = p('长') * 3000000
hostile('cut-in-half.docx', GOOD[:len(GOOD) // 2], INPUT, 'damaged')
hostile('cut-at-the-end.docx', GOOD[:-10], INPUT, 'damaged')
hostile('only-the-start.docx', GOOD[:4], INPUT)
hostile('empty.docx', b'', FINE)
hostile('picture.docx', PNG, INPUT, 'no format')
hostile('picture.odt', PNG, INPUT, 'no format')
hostile('noise.docx', random.Random(7).randbytes(20000), INPUT, 'no format')
hostile('noise-after-magic.docx', b'PK\3\4' + random.Random(8).randbytes(20000), INPUT, 'damaged')
hostile('text.docx', '一、其实是文本\n二、内容说了算\n'.encode(), FINE)
hostile('empty-archive.docx', archive([]), INPUT)
hostile('no-document.docx', archive([('[Content_Types].xml', '<x/>')]), INPUT, 'neither')
hostile('spreadsheet.docx', archive([('[Content_Types].xml', '<x/>'), ('_rels/.rels', relationships([('officeDocument', 'xl/workbook.xml')])),
                                     ('xl/workbook.xml', '<workbook/>')]), INPUT, 'no text document')
hostile('bomb.docx', docx(BIG), LIMIT, 'too large')
hostile('bomb-that-lies.docx', lying_size(docx(BIG)), INPUT + LIMIT)
hostile('tree-of-documents.docx', tree(4), LIMIT, 'together')
hostile('bomb-in-styles.docx', docx(p('一、'), styles='<w:style w:styleId="s"><w:name w:val="x"/></w:style>' * 1500000), LIMIT, 'too large')
hostile('bomb.odt', odt(tp('长') * 2000000), LIMIT, 'too large')
hostile('long-attribute.docx', docx(p('一、', style='x' * 12000000)), INPUT + LIMIT + FINE)
hostile('laughs.docx', docx(p('&a11;'), prolog=LAUGHS), INPUT, 'document type')
hostile('doctype-only.docx', docx(p('一、'), prolog='<!DOCTYPE x>'), INPUT, 'document type')
hostile('entity.fodt', fodt(tp('&b;'), prolog=DTD), INPUT, 'document type')
hostile('external-entity.docx', docx(p('&e;'), prolog=XXE), INPUT, 'document type')
hostile('external-entity.fodt', fodt(tp('&e;'), prolog=XXE), INPUT, 'document type')
hostile('external-subset.docx', docx(p('一、'), prolog='<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">'), INPUT, 'document type')
hostile('unclosed.docx', docx('<w:p><w:r><w:t>一、'), INPUT, 'not well-formed')
hostile('deep.docx', docx('<w:p>' * 200000), INPUT + LIMIT)
hostile('deep-boxes.docx', docx('<w:p><w:r><w:txbxContent>' * 60 + p('深') + '</w:txbxContent></w:r></w:p>' * 60), FINE)
hostile('deep-lists.odt', odt('<text:list><text:list-item>' * 240 + tp('深') + '</text:list-item></text:list>' * 240), FINE)
hostile('deep-tables.docx', docx('<w:tbl><w:tr><w:tc>' * 80 + p('深') + '</w:tc></w:tr></w:tbl>' * 80), FINE)
hostile('cyclic-styles.docx', docx(p('一、甲', style='s0'), styles=''.join(
    '<w:style w:type="paragraph" w:styleId="s%d"><w:basedOn w:val="s%d"/></w:style>' % (i, (i + 1) % 5000) for i in range(5000))), FINE)
hostile('cyclic-styles.odt', odt(tp('一、甲', 's0'), ''.join(
    '<style:style style:name="s%d" style:family="paragraph" style:parent-style-name="s%d"/>' % (i, (i + 1) % 5000) for i in range(5000))), FINE)
hostile('cyclic-links.docx', docx(p('甲', (1, 0)), ''.join(
    abstract(i, link='<w:numStyleLink w:val="n%d"/>' % i) for i in range(2)) + num(1, 0) + num(2, 1), ''.join(
    '<w:style w:type="numbering" w:styleId="n%d"><w:pPr><w:numPr><w:numId w:val="%d"/></w:numPr></w:pPr></w:style>' % (i, 2 - i)
    for i in range(2))), FINE)
hostile('wild-numbers.docx', docx(
    p('甲', (1, 99)) + p('乙', (-5, 0)) + p('丙', (2147483647, 0)) + p('丁', (1, 0)) + p('戊', (1, 0)),
    abstract(0, lvl(0, 'chineseCounting', '%1%9%%0、', start=2147483647), lvl(77, 'decimal', '%1')) + num(1, 0) + num(2, 99)), FINE)
# What stands once in the package and again at each of its items.
hostile('endless-label.docx', docx(p('甲', (1, 0)) * 20000, abstract(0, lvl(0, 'decimal', '%1' * 20000)) + num(1, 0)), FINE)
hostile('endless-prefix.odt', odt(tl(*['甲'] * 20000, style='L'), list_style('L', level(1, '1', '（' * 20000, '）' * 20000))), FINE)
hostile('lines-in-a-label.docx', docx(p('、甲' * 3, (1, 0)), abstract(0, lvl(0, 'chineseCounting', '一&#10;%1')) + num(1, 0)), FINE)
hostile('blanks.odt', odt(tp('<text:s text:c="999999999"/>' * 100000 + '一、甲')), FINE)


# libxml2 compares each attribute with all before it, and looks for each prefix in all namespaces that are in force.
def attributes(count):
    return ' '.join('a%d=">"' % i for i in range(count))


hostile('attributes.docx', docx('<w:p %s/>' % attributes(100000)), LIMIT, 'attributes')
hostile('attributes-behind-a-long-one.docx', docx('<w:p b="%s" %s/>' % ('=' * 3000000, attributes(100000))), LIMIT, 'attributes')
hostile('long-attribute-alone.docx', docx('<w:p b="%s"/>' % ('=' * 3000000) + p('一、')), FINE)
hostile('many-attributes.docx', docx(('<w:p %s/>' % attributes(490)) * 1000 + p('一、')), FINE)
hostile('namespaces.odt', odt('<text:p %s/>' % ' '.join('xmlns:n%d="u"' % i for i in range(100000))), LIMIT, 'attributes')
hostile('namespaces-in-force.docx', docx(''.join('<w:p %s>' % ' '.join('xmlns:n%dx%d="u"' % (d, i) for i in range(400)) for d in range(180)) +
                                         '<n0x0:r/>' * 100000 + '</w:p>' * 180), LIMIT, 'attributes')
hostile('fields-never-closed.docx', docx(''.join(p('<w:r><w:fldChar w:fldCharType="begin"/></w:r>' + r('一、')) for _ in range(30000))), FINE)
hostile('fields-never-opened.docx', docx(''.join(p('<w:r><w:fldChar w:fldCharType="end"/><w:fldChar w:fldCharType="separate"/></w:r>' + r('%d、' % i))
                                                for i in range(1, 99))), FINE)
hostile('parent-path.docx', archive([('_rels/.rels', relationships([('officeDocument', '../../../../etc/passwd')])), ('../../evil', 'x'),
                                     ('/etc/passwd', 'root:'), ('word/document.xml', part('document', '<w:body/>'))]), INPUT)
hostile('encrypted-members.docx', encrypted_flag(GOOD), INPUT, 'encrypted')
hostile('encrypted-package.docx', compound('EncryptedPackage'), INPUT, 'encrypted')
hostile('encrypted.odt', odt(tp('一、'), manifest=(
    '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>')),
        INPUT, 'encrypted')
hostile('wrong-checksum.docx', archive([('word/document.xml', part('document', '<w:body>%s</w:body>' % p('一、'))), ('_rels/.rels', '<x/>')],
                                       method=zipfile.ZIP_STORED).replace('一'.encode(), '二'.encode(), 1), INPUT, 'damaged')
for percent in range(5, 100, 5):
    hostile('cut-%02d.docx' % percent, GOOD[:len(GOOD) * percent // 100], INPUT, 'damaged')
    hostile('cut-%02d.odt' % percent, GOOD_ODT[:len(GOOD_ODT) * percent // 100], INPUT, 'damaged')
hostile('parts-that-are-one.docx', archive([
    ('_rels/.rels', relationships([('officeDocument', 'word/document.xml')])), ('word/document.xml', part('document', '<w:body>%s</w:body>' % p('一、'))),
    ('word/_rels/document.xml.rels', relationships([('styles', 'document.xml'), ('numbering', 'document.xml')]))]), FINE)
hostile('relations-that-are-the-document.docx', archive([('_rels/.rels', relationships([('officeDocument', '_rels/.rels')]))]), INPUT, 'no text document')
hostile('zip-in-zip.docx', archive([('word/document.xml', GOOD)]), INPUT, 'is not XML')
hostile('external-entity-in-styles.docx', with_chunk('x', XXE), INPUT, 'document type')
hostile('chunk-of-itself.docx', with_chunk('document.xml'), FINE)
hostile('chunks-in-chunks.docx', nested(60), FINE)
hostile('bomb-in-a-chunk.docx', with_chunk('c.docx', inner=docx(BIG)), LIMIT, 'too large')
hostile('deep-page-in-a-chunk.docx', with_chunk('c.html', inner=b'<div>' * 100000), LIMIT, 'deep')
hostile('many-chunks.docx', with_chunk('c.docx', inner=GOOD, times=20000), FINE)
hostile('deep-spans.fodt', fodt('<text:p>' + '<text:span>' * 100000), LIMIT, 'deep')
hostile('repeated-cells.fodt', fodt('<table:table><table:table-row table:number-rows-repeated="1000000000"><table:table-cell '
                                    'table:number-columns-repeated="1000000000">%s</table:table-cell></table:table-row></table:table>' % tp('一、')), FINE)
hostile('numbered-paragraphs.fodt', fodt(''.join('<text:numbered-paragraph text:list-id="l%d" text:level="%d" text:start-value="2147483647">%s'
                                                 '</text:numbered-paragraph>' % (i, i - 50, tp('甲')) for i in range(20000))), FINE)
hostile('text.fodt', '一、其实是文本\n'.encode(), FINE)
for seed in range(12):
    hostile('flipped-%d.docx' % seed, flip(GOOD, 5 + seed * 3, seed), FINE + INPUT + LIMIT)
for seed in range(4):
    hostile('flipped-%d.odt' % seed, flip(odt(tl('一', '二', style='x')), 5 + seed * 5, seed), FINE + INPUT + LIMIT)


def main():
    work = pathlib.Path(sys.argv[1])
    work.mkdir(parents=True, exist_ok=True)
    for name, data, _, _ in FILES:
        (work / name).write_bytes(data)
    (work / 'list.json').write_text(json.dumps([[name, allowed, says] for name, _, allowed, says in FILES]))


main()
