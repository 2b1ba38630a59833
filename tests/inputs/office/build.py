"""Build docx, odt and fodt documents from little XML, with nothing but the standard library."""
import io
import zipfile

W = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main'
STRICT = 'http://purl.oclc.org/ooxml/wordprocessingml/main'
REL = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
NS = ('xmlns:w="%s" xmlns:r="' + REL + '" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
      'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml" '
      'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
      'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"')

STYLES = ''.join([
    '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>',
    '<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/><w:basedOn w:val="a"/>'
    '<w:pPr><w:jc w:val="center"/></w:pPr></w:style>',
    *['<w:style w:type="paragraph" w:styleId="%d"><w:name w:val="heading %d"/><w:basedOn w:val="a"/>'
      '<w:pPr><w:outlineLvl w:val="%d"/></w:pPr><w:rPr><w:b/></w:rPr></w:style>' % (n, n, n - 1) for n in (1, 2, 3)],
    *['<w:style w:type="paragraph" w:styleId="TOC%d"><w:name w:val="toc %d"/><w:basedOn w:val="a"/></w:style>' % (n, n)
      for n in (1, 2)],
])


def archive(members, mimetype=None, method=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, 'w', method) as z:
        if mimetype:
            z.writestr(zipfile.ZipInfo('mimetype', (2024, 1, 1, 0, 0, 0)), mimetype)
        for name, data in members:
            info = zipfile.ZipInfo(name, (2024, 1, 1, 0, 0, 0))
            info.compress_type = method
            z.writestr(info, data if isinstance(data, bytes) else data.encode())
    return out.getvalue()


def part(root, inner, namespace=W, encoding='UTF-8', prolog=''):
    text = '<?xml version="1.0" encoding="%s"?>%s<w:%s %s>%s</w:%s>' % (encoding, prolog, root, NS % namespace, inner, root)
    return text.encode('utf-16' if encoding == 'UTF-16' else encoding)


def relationships(pairs):
    return ('<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">' +
            ''.join('<Relationship Id="r%d" Type="%s/%s" Target="%s"/>' % (i, REL, kind, target)
                    for i, (kind, target) in enumerate(pairs)) + '</Relationships>')


def content_types(parts):
    kinds = 'application/vnd.openxmlformats-officedocument.wordprocessingml.%s+xml'
    return ('<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>' +
            ''.join('<Override PartName="/%s" ContentType="%s"/>' % (name, kinds % kind) for name, kind in parts) + '</Types>')


def docx(body, numbering='', styles='', namespace=W, encoding='UTF-8', main='word/document.xml', extra=(), prolog=''):
    folder, _, file = main.rpartition('/')
    folder += '/' if folder else ''
    members = [
        ('[Content_Types].xml', content_types([(main, 'document.main'), (folder + 'styles.xml', 'styles'),
                                               (folder + 'numbering.xml', 'numbering')][:3 if numbering else 2])),
        ('_rels/.rels', relationships([('officeDocument', main)])),
        (main, part('document', '<w:body>%s</w:body>' % body, namespace, encoding, prolog)),
        (folder + 'styles.xml', part('styles', STYLES + styles, namespace, encoding)),
    ]
    rels = [('styles', 'styles.xml')]
    if numbering:
        members.append((folder + 'numbering.xml', part('numbering', numbering, namespace, encoding)))
        rels.append(('numbering', 'numbering.xml'))
    members.append((folder + '_rels/' + file + '.rels', relationships(rels)))
    return archive(members + list(extra))


# ------------------------------------------------------------- pieces of docx

def r(text, props=''):
    return '<w:r>%s<w:t xml:space="preserve">%s</w:t></w:r>' % ('<w:rPr>%s</w:rPr>' % props if props else '', text)


def p(content='', num=None, style=None, props='', mark=''):
    """A paragraph. num: numId or (numId, ilvl); content: text or ready XML."""
    inside = '<w:pStyle w:val="%s"/>' % style if style else ''
    if num is not None:
        num_id, ilvl = num if isinstance(num, tuple) else (num, None)
        inside += '<w:numPr>%s%s</w:numPr>' % ('' if ilvl is None else '<w:ilvl w:val="%d"/>' % ilvl,
                                               '' if num_id is None else '<w:numId w:val="%d"/>' % num_id)
    inside += props + ('<w:rPr>%s</w:rPr>' % mark if mark else '')
    if content and not content.startswith('<'):
        content = r(content)
    return '<w:p>%s%s</w:p>' % ('<w:pPr>%s</w:pPr>' % inside if inside else '', content)


def lvl(ilvl, fmt, text, start=1, extra='', suff=''):
    return ('<w:lvl w:ilvl="%d">%s<w:numFmt w:val="%s"/>%s%s<w:lvlText w:val="%s"/></w:lvl>' %
            (ilvl, '' if start is None else '<w:start w:val="%d"/>' % start, fmt, extra,
             '<w:suff w:val="%s"/>' % suff if suff else '', text))


def abstract(number, *levels, link=''):
    return '<w:abstractNum w:abstractNumId="%d">%s%s</w:abstractNum>' % (number, link, ''.join(levels))


def num(number, base, *overrides):
    return '<w:num w:numId="%d"><w:abstractNumId w:val="%d"/>%s</w:num>' % (number, base, ''.join(overrides))


def start_at(ilvl, value, level=''):
    return '<w:lvlOverride w:ilvl="%d"><w:startOverride w:val="%d"/>%s</w:lvlOverride>' % (ilvl, value, level)


def field(code, result):
    return ('<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> %s </w:instrText></w:r>'
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r>%s<w:r><w:fldChar w:fldCharType="end"/></w:r>' % (code, r(result)))


# ------------------------------------------------------------------------ odf

ODF = ' '.join('xmlns:%s="urn:oasis:names:tc:opendocument:xmlns:%s:1.0"' % (a, b) for a, b in [
    ('office', 'office'), ('style', 'style'), ('text', 'text'), ('table', 'table'), ('draw', 'drawing'),
    ('fo', 'xsl-fo-compatible'), ('svg', 'svg-compatible')]) + \
    ' xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0"'


def odt(body, automatic='', styles='', manifest=''):
    content = ('<?xml version="1.0" encoding="UTF-8"?><office:document-content %s office:version="1.3">'
               '<office:automatic-styles>%s</office:automatic-styles><office:body><office:text>%s</office:text></office:body>'
               '</office:document-content>' % (ODF, automatic, body))
    common = ('<?xml version="1.0" encoding="UTF-8"?><office:document-styles %s office:version="1.3"><office:styles>%s'
              '</office:styles></office:document-styles>' % (ODF, styles))
    members = [('styles.xml', common), ('content.xml', content)]
    if manifest:
        members.append(('META-INF/manifest.xml', manifest))
    return archive(members, mimetype='application/vnd.oasis.opendocument.text')


def fodt(body, automatic='', styles='', prolog=''):
    return ('<?xml version="1.0" encoding="UTF-8"?>%s<office:document %s office:version="1.3" '
            'office:mimetype="application/vnd.oasis.opendocument.text"><office:styles>%s</office:styles>'
            '<office:automatic-styles>%s</office:automatic-styles><office:body><office:text>%s</office:text></office:body>'
            '</office:document>' % (prolog, ODF, styles, automatic, body)).encode()


def level(n, fmt, prefix='', suffix='', extra='', follow='listtab'):
    return ('<text:list-level-style-number text:level="%d" style:num-format="%s" style:num-prefix="%s" style:num-suffix="%s" %s>'
            '<style:list-level-properties><style:list-level-label-alignment text:label-followed-by="%s"/>'
            '</style:list-level-properties></text:list-level-style-number>' % (n, fmt, prefix, suffix, extra, follow))


def list_style(name, *levels):
    return '<text:list-style style:name="%s">%s</text:list-style>' % (name, ''.join(levels))


def tp(text, style='Standard'):
    return '<text:p text:style-name="%s">%s</text:p>' % (style, text)


def li(*content, extra=''):
    return '<text:list-item %s>%s</text:list-item>' % (extra, ''.join(c if c.startswith('<') else tp(c) for c in content))


def tl(*items, style='', extra=''):
    return '<text:list %s %s>%s</text:list>' % ('text:style-name="%s"' % style if style else '', extra,
                                               ''.join(i if i.startswith('<') else li(i) for i in items))
