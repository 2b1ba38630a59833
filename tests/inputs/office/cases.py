"""Documents for the readers of packages: one for each rule. NAME -> (file name, bytes)."""
import base64
import pathlib

from build import *

CASES = {}


def case(name, suffix, data):
    CASES[name] = (name + '.' + suffix, data)


GONGWEN = abstract(0, lvl(0, 'chineseCounting', '%1、', suff='nothing'), lvl(1, 'chineseCounting', '（%2）', suff='nothing'),
                   lvl(2, 'decimal', '%3.'), lvl(3, 'decimal', '（%4）'), lvl(4, 'decimalEnclosedCircleChinese', '%5'))
BOOK = abstract(0, lvl(0, 'chineseCountingThousand', '第%1章', suff='space'), lvl(1, 'decimal', '%1.%2', extra='<w:isLgl/>'),
                lvl(2, 'decimal', '%1.%2.%3', extra='<w:isLgl/>'))

FORMATS = '''decimal upperRoman lowerRoman upperLetter lowerLetter decimalZero decimalHalfWidth decimalFullWidth decimalFullWidth2
decimalEnclosedCircle decimalEnclosedCircleChinese decimalEnclosedFullstop decimalEnclosedParen chineseCounting taiwaneseCounting
chineseCountingThousand taiwaneseCountingThousand chineseLegalSimplified ideographLegalTraditional ideographDigital
japaneseDigitalTenThousand taiwaneseDigital japaneseCounting japaneseLegal ideographTraditional ideographZodiac
ideographZodiacTraditional ideographEnclosedCircle aiueo aiueoFullWidth iroha irohaFullWidth ganada chosung koreanDigital
koreanDigital2 koreanCounting koreanLegal numberInDash ordinal hex chicago russianLower russianUpper arabicAlpha arabicAbjad
hebrew2 thaiLetters thaiNumbers hindiNumbers hindiVowels none bullet'''.split()
case('docx-formats', 'docx', docx(
    ''.join(p(f, (i * 10 + k + 1, 0)) for i, f in enumerate(FORMATS) for k in range(3)),
    ''.join(abstract(i, lvl(0, f, '%1、')) for i, f in enumerate(FORMATS)) +
    ''.join(num(i * 10 + k + 1, i, start_at(0, v)) for i in range(len(FORMATS)) for k, v in enumerate((1, 10, 21)))))

# What stands beyond the first score, where the formats part: one line a format, the numbers side by side.
LARGE = (0, 11, 12, 13, 14, 15, 20, 21, 30, 46, 47, 48, 49, 60, 61, 99, 100, 101, 110, 111, 120, 200, 999, 1000, 1001, 1010, 1100, 9999, 10000,
         10001, 10010, 12345, 20000)
EAST_ASIAN = FORMATS[FORMATS.index('decimalFullWidth'):FORMATS.index('numberInDash')]
case('docx-formats-large', 'docx', docx(
    ''.join(p('%s %d' % (f, v), (i * 100 + k + 1, 0)) for i, f in enumerate(EAST_ASIAN) for k, v in enumerate(LARGE)),
    ''.join(abstract(i, lvl(0, f, '%1、')) for i, f in enumerate(EAST_ASIAN)) +
    ''.join(num(i * 100 + k + 1, i, start_at(0, v)) for i in range(len(EAST_ASIAN)) for k, v in enumerate(LARGE))))
case('docx-gongwen', 'docx', docx(
    p('关于做好河湖管护工作的通知', props='<w:jc w:val="center"/>') + p('各乡镇人民政府：') + p('目标任务', (1, 0)) +
    p('全面落实河湖长制。') + p('建立台账', (1, 1)) + p('摸清底数', (1, 2)) + p('河道', (1, 3)) + p('湖泊', (1, 3)) +
    p('面积在一平方公里以上的', (1, 4)) + p('其他湖泊', (1, 4)) + p('分类登记', (1, 2)) + p('开展巡查', (1, 1)) +
    p('工作要求', (1, 0)) + p('加强领导', (1, 1)) + p('严格考核', (1, 1)), GONGWEN + num(1, 0)))
case('docx-shared-abstract', 'docx', docx(
    p('总则', (1, 0)) + p('目的', (1, 1)) + p('依据', (2, 1)) + p('管理', (2, 0)) + p('机构', (3, 1)) + p('监督', (1, 0)) +
    p('检查', (2, 1)), BOOK + num(1, 0) + num(2, 0) + num(3, 0)))
case('docx-start-override', 'docx', docx(
    p('甲', (1, 0)) + p('乙', (1, 0)) + p('从五起', (2, 0)) + p('接着', (1, 0)) + p('又接着', (2, 0)) + p('下级从三起', (3, 1)) +
    p('下级接着', (3, 1)) + p('新的上级', (3, 0)) + p('下级又从三起', (3, 1)),
    GONGWEN + num(1, 0) + num(2, 0, start_at(0, 5)) + num(3, 0, start_at(1, 3))))
case('docx-restart', 'docx', docx(
    p('一章', (1, 0)) + p('条', (1, 1)) + p('款', (1, 2)) + p('条', (1, 1)) + p('款', (1, 2)) + p('二章', (1, 0)) + p('条', (1, 1)) +
    p('款', (1, 2)),
    abstract(0, lvl(0, 'chineseCounting', '第%1章'), lvl(1, 'chineseCounting', '第%2条', extra='<w:lvlRestart w:val="0"/>'),
             lvl(2, 'decimal', '（%3）', extra='<w:lvlRestart w:val="1"/>')) + num(1, 0)))
case('docx-legal', 'docx', docx(
    p('总论', (1, 0)) + p('概念', (1, 1)) + p('定义', (1, 2)) + p('特征', (1, 2)) + p('分论', (1, 0)) + p('主体', (1, 1)),
    abstract(0, lvl(0, 'upperRoman', '%1．'), lvl(1, 'upperLetter', '%1-%2', ),
             lvl(2, 'lowerLetter', '%1.%2.%3', extra='<w:isLgl/>')) + num(1, 0)))
PAGE = '<html><body><p>二、页</p><ol><li>修路<li>修桥</ol><h2>三、附</h2></body></html>'
case('docx-alt-chunk-page', 'docx', archive([
    ('[Content_Types].xml', content_types([('word/document.xml', 'document.main')])), ('_rels/.rels', relationships([('officeDocument', 'word/document.xml')])),
    ('word/document.xml', part('document', '<w:body>%s<w:altChunk r:id="r0"/>%s<w:altChunk r:id="r1"/></w:body>' % (p('一、甲'), p('四、乙')))),
    ('word/_rels/document.xml.rels', relationships([('aFChunk', '/word/chunk.html'), ('aFChunk', 'chunk.rtf')])), ('word/chunk.html', PAGE)]))
ARCHIVE = ('MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n--b\r\nContent-Type: text/html;\r\n charset="utf-8"\r\n'
           'Content-Transfer-Encoding: base64\r\n\r\n%s\r\n--b--\r\n' %
           base64.encodebytes('<p>三、档案</p><ol><li>收集<li>整理</ol>'.encode()).decode().replace('\n', '\r\n'))
case('docx-alt-chunk-documents', 'docx', archive([
    ('[Content_Types].xml', content_types([('word/document.xml', 'document.main')])), ('_rels/.rels', relationships([('officeDocument', 'word/document.xml')])),
    ('word/document.xml', part('document', '<w:body>%s<w:altChunk r:id="r0"/><w:altChunk r:id="r1"/>%s<w:altChunk r:id="r2"/></w:body>' % (
        p('一、正文'), p('四、正文')))),
    ('word/_rels/document.xml.rels', relationships([('aFChunk', 'inner.bin'), ('aFChunk', 'page.mht'), ('aFChunk', 'old.rtf')])),
    ('word/inner.bin', docx(p('二、文中之文') + p('自动', (1, 1)) + p('编号', (1, 1)) + '<w:altChunk r:id="none"/>', GONGWEN + num(1, 0))),
    ('word/page.mht', ARCHIVE), ('word/old.rtf', b'{\\rtf1 x}')]))
# A list of its own under a point of another: its level says nothing of where it stands.
OWN_LISTS = GONGWEN + abstract(1, lvl(0, 'decimal', '%1.')) + abstract(2, lvl(0, 'decimalEnclosedCircleChinese', '%1'))
case('docx-list-under-another', 'docx', docx(
    p('目标', (1, 0)) + p('任务', (1, 0)) + p('建设', (1, 1)) + p('修路', (2, 0)) + p('修桥', (2, 0)) + p('说明段落。') + p('管理', (1, 1)) +
    p('巡查', (3, 0)) + p('养护', (3, 0)) + p('路面', (4, 0)) + p('路灯', (4, 0)) + p('保障', (1, 0)),
    OWN_LISTS + num(1, 0) + num(2, 1) + num(3, 1, start_at(0, 1)) + num(4, 2)))
# A number is what the format counted, whatever stands right behind it: 1.|2号隧道 is no 1.2, and a typed 、 is of the number.
GLUED = abstract(0, lvl(0, 'chineseCounting', '%1、', suff='nothing')) + abstract(1, lvl(0, 'decimal', '%1.', suff='nothing')) + \
    abstract(2, lvl(0, 'decimal', '%1', suff='nothing')) + abstract(3, lvl(0, 'chineseCounting', '%1')) + num(1, 0) + num(2, 1) + num(3, 2) + num(4, 3)
case('docx-digits-behind-numbers', 'docx', docx(
    p('3号桥', (1, 0)) + p('2号隧道', (2, 0)) + p('10米高的塔。', (2, 0)) + p('5米标线、2.5万元', (2, 0)) + p('4号桥', (1, 0)) + p('2024年任务', (3, 0)) +
    p('2025年任务', (3, 0)) + p('另见1.2节。') + p('三、四季度', (1, 0)), GLUED))
case('docx-typed-mark', 'docx', docx(
    p('会议议程') + p('、致辞', (4, 0)) + p('、介绍', (4, 0)) + p('合影', (4, 0)) + p('、顿号开头', (1, 0)), GLUED))
# Lists of one look: one that goes on behind others holds them, those that follow one another stand side by side.
ALIKE = ''.join(abstract(i, lvl(0, 'decimal', '%1.')) + num(i + 1, i) for i in range(3))
case('docx-lists-of-one-look', 'docx', docx(
    p('装修须知') + p('水电', (1, 0)) + p('放样', (2, 0)) + p('开槽', (2, 0)) + p('布管', (2, 0)) + p('泥瓦', (1, 0)) + p('先验收水电。') + p('防水', (3, 0)) +
    p('贴砖', (3, 0)) + p('木工', (1, 0)) + p('油漆', (1, 0)), ALIKE))
case('docx-lists-side-by-side', 'docx', docx(
    p('装修须知') + p('水电', (1, 0)) + p('泥瓦', (1, 0)) + p('以下由业主自理。') + p('防水', (2, 0)) + p('贴砖', (2, 0)) + p('木工', (2, 0)) + p('其他：') +
    p('油漆', (3, 0)), ALIKE))
# The characters of a number may change within a list: （参）（四）, ハ、ニ、, ⑳ 21; one alone counts, too.
GLYPHS = abstract(0, lvl(0, 'decimalEnclosedCircle', '%1'), lvl(1, 'decimal', '【%2】')) + abstract(1, lvl(0, 'japaneseLegal', '（%1）')) + \
    abstract(2, lvl(0, 'irohaFullWidth', '%1、')) + num(1, 0) + num(2, 1) + num(3, 2) + num(4, 0, start_at(0, 18))
case('docx-glyphs-of-one-list', 'docx', docx(
    ''.join(p(t, (4, 0)) for t in ('春耕', '夏耘', '秋收', '冬藏', '歇息')) + p('修农具', (1, 1)) + p('备种', (4, 0)) + p('附则：') +
    ''.join(p(t, (2, 0)) for t in ('东村', '南村', '西村', '北村', '中村')) + p('又：') +
    ''.join(p(t, (3, 0)) for t in ('甲社', '乙社', '丙社', '丁社', '戊社')), GLYPHS))
OUTLINE_LEVEL = '<w:outlineLvl w:val="%d"/>'


def counting(code):
    return ('<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> %s </w:instrText></w:r>'
            '<w:r><w:fldChar w:fldCharType="end"/></w:r>' % code)


def simple(code):
    return '<w:fldSimple w:instr=" %s "><w:r><w:t>9</w:t></w:r></w:fldSimple>' % code


# Fields that count: Word keeps no result of them, or an old one.
case('docx-autonum', 'docx', docx(
    p(counting('AUTONUM \\* CHINESENUM3 \\s 、') + r('总体要求'), props=OUTLINE_LEVEL % 0) + p(counting('AUTONUM') + r(' 指导思想'), props=OUTLINE_LEVEL % 1) +
    p(simple('AUTONUM') + r(' 基本原则'), props=OUTLINE_LEVEL % 1) + p(counting('AUTONUM \\* CHINESENUM3 \\s 、') + r('重点任务'), props=OUTLINE_LEVEL % 0) +
    p(counting('AUTONUM') + r(' 整治河道'), props=OUTLINE_LEVEL % 1) + p(r('先看')) + p(counting('AUTONUM \\* CIRCLENUM \\s') + r('清淤')) +
    p(counting('AUTONUM \\* CIRCLENUM \\s') + r('护岸'))))
case('docx-autonumlgl', 'docx', docx(
    p(counting('AUTONUMLGL') + r(' 总则'), props=OUTLINE_LEVEL % 0) + p(counting('AUTONUMLGL \\e') + r(' 目的'), props=OUTLINE_LEVEL % 1) +
    p(counting('AUTONUMLGL \\e') + r(' 范围'), props=OUTLINE_LEVEL % 1) + p(counting('AUTONUMLGL') + r(' 分则'), props=OUTLINE_LEVEL % 0) +
    p(counting('AUTONUMLGL \\e') + r(' 机构'), props=OUTLINE_LEVEL % 1) + p(counting('AUTONUMOUT') + r(' 一般'), props=OUTLINE_LEVEL % 2)))
case('docx-listnum', 'docx', docx(
    p(counting('LISTNUM') + r(' 备料')) + p(counting('LISTNUM \\l 2') + r(' 竹子')) + p(counting('LISTNUM \\l 2') + r(' 棕绳')) +
    p(counting('LISTNUM') + r(' 编织')) + p(counting('LISTNUM "LegalDefault" \\l 1 \\s 5') + r(' 验收'))))
# A file that Word takes in when it opens the document: what stands there is not read, which is said.
case('docx-alt-chunk', 'docx', docx(p('一、甲') + '<w:altChunk r:id="rId9"/>' + p('二、乙')))
case('docx-suffix', 'docx', docx(
    ''.join(p('要点', (n, 0)) for n in (1, 2, 3, 4)),
    abstract(0, lvl(0, 'decimal', '%1.', 1, suff='tab')) + abstract(1, lvl(0, 'decimal', '%1.', 2, suff='space')) +
    abstract(2, lvl(0, 'decimal', '%1.', 3, suff='nothing')) + abstract(3, lvl(0, 'decimal', ' %1. ', 4, suff='nothing')) +
    ''.join(num(n + 1, n) for n in range(4))))
case('docx-style-link', 'docx', docx(
    p('提高认识', (2, 0)) + p('学习', (2, 1)) + p('落实责任', (1, 0)) + p('分工', (2, 1)),
    abstract(0, lvl(0, 'chineseCounting', '%1、'), lvl(1, 'decimal', '%2.'), link='<w:styleLink w:val="Lst"/>') +
    abstract(1, link='<w:numStyleLink w:val="Lst"/>') + num(1, 0) + num(2, 1),
    '<w:style w:type="numbering" w:styleId="Lst"><w:name w:val="L"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'))
case('docx-style-chain', 'docx', docx(
    p('由样式编号', style='B1') + p('由样式编号', style='B2') + p('只改级别', (None, 2), style='B1') + p('只改列表', 2, style='B2') +
    p('不编号', 0, style='B1') + p('继承的样式不编号', style='B0') + p('由样式编号', style='B3'),
    GONGWEN + num(1, 0) + abstract(1, lvl(0, 'upperLetter', '%1.'), lvl(1, 'lowerLetter', '%2)')) + num(2, 1),
    '<w:style w:type="paragraph" w:styleId="B1"><w:name w:val="B1"/><w:basedOn w:val="a"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="B2"><w:name w:val="B2"/><w:basedOn w:val="B1"/><w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="B3"><w:name w:val="B3"/><w:basedOn w:val="B2"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="B0"><w:name w:val="B0"/><w:basedOn w:val="B1"/><w:pPr><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr></w:style>'))
case('docx-heading-numbers', 'docx', docx(
    p('总则', style='H1') + p('适用范围', style='H2') + p('术语', style='H2') + p('无编号的标题', 0, style='H1') + p('附则', style='H1') +
    p('施行', style='H2') + p('再下一级', style='H3'),
    abstract(0, lvl(0, 'chineseCountingThousand', '第%1章', extra='<w:pStyle w:val="H1"/>'),
             lvl(1, 'chineseCountingThousand', '第%2节', extra='<w:pStyle w:val="H2"/>'),
             lvl(2, 'chineseCountingThousand', '%3、', extra='<w:pStyle w:val="H3"/>')) + num(1, 0),
    ''.join('<w:style w:type="paragraph" w:styleId="H%d"><w:name w:val="heading %d"/><w:basedOn w:val="a"/><w:pPr><w:numPr>'
            '<w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="%d"/></w:pPr></w:style>' % (n, n, n - 1) for n in (1, 2, 3))))
# A style based on one that the list is linked to: it stays at that level, unless it names one itself.
case('docx-style-based-on-linked', 'docx', docx(
    p('连着第一级', style='L1') + p('自己说第三级', style='L3') + p('跟着第三级', style='L4') + p('仍在第一级', style='L2') + p('直接说第二级', (None, 1), style='L3') +
    p('又跟着第三级', style='L4'),
    abstract(0, lvl(0, 'chineseCounting', '%1、', extra='<w:pStyle w:val="L1"/>'), lvl(1, 'chineseCounting', '（%2）'), lvl(2, 'decimal', '%3.')) + num(1, 0),
    '<w:style w:type="paragraph" w:styleId="L1"><w:name w:val="L1"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="L2"><w:name w:val="L2"/><w:basedOn w:val="L1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="L3"><w:name w:val="L3"/><w:basedOn w:val="L1"/><w:pPr><w:numPr><w:ilvl w:val="2"/></w:numPr></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="L4"><w:name w:val="L4"/><w:basedOn w:val="L3"/></w:style>'))
case('docx-no-number', 'docx', docx(
    p('一级', (1, 0)) + p('项目符号不是编号。', (1, 1)) + p('二级', (1, 2)) + p('级别没有编号。', (1, 3)) + p('隐藏的编号。', (1, 4)) +
    p('图片符号。', (1, 5)) + p('二级', (1, 2)) + p('一级', (1, 0)) + p('没有定义的级别。', (1, 8)) + p('没有定义的列表。', (77, 0)) +
    p('附注的正文。', (2, 0)),
    abstract(0, lvl(0, 'chineseCounting', '%1、'), lvl(1, 'bullet', '\uf0b7'), lvl(2, 'decimal', '%3.'), lvl(3, 'none', ''),
             lvl(4, 'decimal', '%5.', extra='<w:rPr><w:vanish/></w:rPr>'), lvl(5, 'decimal', '%6', extra='<w:lvlPicBulletId w:val="0"/>')) +
    abstract(1, lvl(0, 'none', '附注：', suff='nothing')) + num(1, 0) + num(2, 1)))
case('docx-orphan-levels', 'docx', docx(
    p('没有上级', (1, 1)) + p('接着', (1, 1)) + p('上级来了', (1, 0)) + p('下级', (1, 2)), BOOK + num(1, 0)))
case('docx-start-omitted', 'docx', docx(
    p('从零起', (1, 0)) + p('然后是一', (1, 0)), abstract(0, lvl(0, 'decimal', '%1.', start=None)) + num(1, 0)))
case('docx-level-override', 'docx', docx(
    p('甲', (1, 0)) + p('乙', (2, 0)) + p('丙', (1, 0)),
    GONGWEN + num(1, 0) + num(2, 0, '<w:lvlOverride w:ilvl="0">%s</w:lvlOverride>' % lvl(0, 'upperLetter', '%1)'))))
case('docx-custom-format', 'docx', docx(
    p('补零', (1, 0)) + p('补零', (1, 0)), abstract(0, '<w:lvl w:ilvl="0"><w:start w:val="9"/><mc:AlternateContent><mc:Choice Requires="w14">'
        '<w:numFmt w:val="custom" w:format="001, 002, 003, ..."/></mc:Choice><mc:Fallback><w:numFmt w:val="decimal"/></mc:Fallback>'
        '</mc:AlternateContent><w:lvlText w:val="%1"/></w:lvl>') + num(1, 0)))
case('docx-typed-and-auto', 'docx', docx(
    p('一、手写的一级') + p('自动的二级', (1, 1)) + p('自动的二级', (1, 1)) + p('二、手写的一级') + p('自动的二级', (2, 1)) + p('1.手写的三级') +
    p('2.手写的三级') + p('自动的二级', (2, 1)), GONGWEN + num(1, 0) + num(2, 0, start_at(1, 1))))
case('docx-headings-typed', 'docx', docx(
    p('某县防汛预案', style='Title') + p('一、总则', style='1') + p('（一）编制目的', style='2') + p('略。') + p('（二）编制依据', style='2') +
    p('编后说明', style='1') + p('二、组织体系', style='1') + p('1.指挥部', style='3') +
    p('直接给出大纲级别', props='<w:outlineLvl w:val="1"/>') + p('正文级别', style='1', props='<w:outlineLvl w:val="9"/>')))
case('docx-headings-translated', 'docx', docx(
    p('某站运行规程', style='Title') + p('总论', style='h1') + p('一、范围') + p('二、职责') + p('分论', style='h1') + p('开机', style='h2') + p('一、检查'),
    styles=''.join('<w:style w:type="paragraph" w:styleId="%s"><w:name w:val="%s"/><w:basedOn w:val="a"/></w:style>' % row
                   for row in (('h1', '标题 1'), ('h2', '標題2'), ('h3', '标题栏')))))
case('docx-revisions', 'docx', docx(
    p(r('一、') + '<w:ins w:id="1">%s</w:ins><w:del w:id="2"><w:r><w:delText>废话</w:delText></w:r></w:del>' % r('新写的') + r('要点')) +
    p('<w:del w:id="3"><w:r><w:delText>二、整段删去</w:delText></w:r></w:del>', mark='<w:del w:id="4"/>') +
    p('二、与下一段', mark='<w:del w:id="5"/>') + p('合成一段') +
    '<w:moveFromRangeStart w:id="6"/>' + p('<w:moveFrom w:id="7">%s</w:moveFrom>' % r('三、移走的'), mark='<w:moveFrom w:id="8"/>') +
    p('三、原来的样式', props='<w:pPrChange w:id="9"><w:pPr><w:pStyle w:val="1"/><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:pPrChange>') +
    p('<w:moveTo w:id="10">%s</w:moveTo>' % r('四、移来的')) +
    p('删掉的自动编号不占号', (1, 0), mark='<w:del w:id="11"/>') + p('自动编号', (1, 0)) + p('自动编号', (1, 0)),
    GONGWEN + num(1, 0)))
case('docx-fields', 'docx', docx(
    p(r('第') + field(r'SEQ ch \* CHINESENUM3', '一') + r('章　概况')) +
    p(r('第') + '<w:fldSimple w:instr=" SEQ ch ">%s</w:fldSimple>' % r('二') + r('章　结果')) +
    p(r('1.') + '<w:hyperlink r:id="r9">%s</w:hyperlink>' % r('链接里的标题')) +
    p(r('2.') + '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> IF </w:instrText></w:r>' + field('PAGE', '9') +
      '<w:r><w:instrText> = 9 "一、假的" </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>' + r('条件域的结果') +
      '<w:r><w:fldChar w:fldCharType="end"/></w:r>') +
    p('<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>EQ \\o\\ac(○,1)</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>' +
      r('带圈的编号')) +
    p('<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>EQ \\o\\ac(○,2)</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>' +
      r('带圈的编号')) +
    p('<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>XE "一、索引项"</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>' +
      r('第三章　建议'))))
TOC_START = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> TOC \\o "1-3" </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
case('docx-contents', 'docx', docx(
    p('制度汇编', style='Title') + p(TOC_START + r('第一章 总则') + '<w:r><w:tab/></w:r>' + field('PAGEREF a', '1')) +
    p(r('第二章 附则') + '<w:r><w:tab/></w:r>' + field('PAGEREF b', '2')) + p('<w:r><w:fldChar w:fldCharType="end"/></w:r>') +
    '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr><w:sdtContent>' +
    p('目录') + p('一、再来一遍\t1') + '</w:sdtContent></w:sdt>' + p('一、样式说的目录 1', style='TOC1') +
    p('第一章 总则', style='1') + p('正文。') + '<w:sdt><w:sdtPr><w:alias w:val="x"/></w:sdtPr><w:sdtContent>' +
    p('第二章 附则', style='1') + '</w:sdtContent></w:sdt>'))
case('docx-fields-unbalanced', 'docx', docx(
    p('<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>' +
      r('一、目标')) + p('<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>二、不是文本</w:instrText></w:r>' + r('二、措施')) + p('自动', (1, 1)) +
    p('三、保障'), GONGWEN + num(1, 0)))
BOX = '<w:txbxContent>%s</w:txbxContent>'
case('docx-text-boxes', 'docx', docx(
    p('一、正文的要点') +
    p('<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>' + BOX % p('（一）框里的要点') + '</wps:txbx></w:drawing>'
      '</mc:Choice><mc:Fallback><w:pict><v:textbox>' + BOX % p('（一）框里的要点') + '</v:textbox></w:pict></mc:Fallback>'
      '</mc:AlternateContent></w:r>' + r('（二）挂着文本框的段落')) +
    p('<w:r><w:pict><v:textbox>' + BOX % (p('1.旧式文本框') + p('2.第二段')) + '</v:textbox></w:pict></w:r>') + p('二、正文的要点')))
ROW = '<w:tr>%s</w:tr>'
CELL = '<w:tc><w:tcPr/>%s</w:tc>'
case('docx-tables', 'docx', docx(
    p('登记表') + '<w:tbl><w:tblPr/>' + ROW % (CELL % p('序号') + CELL % p('事项')) + ROW % (CELL % p('1') + CELL % p('受理')) +
    ROW % ('<w:trPr><w:del w:id="1"/></w:trPr>' + CELL % p('删去的行')) + '</w:tbl><w:tbl>' +
    ROW % (CELL % p('总结') + CELL % (p('一、成绩') + p('自动', (1, 1)) + p('自动', (1, 1)) +
           '<w:tbl>' + ROW % (CELL % p('套着的表')) + '</w:tbl>' + p('二、问题'))) + '</w:tbl>' + p('签名：'), GONGWEN + num(1, 0)))
case('docx-notes-and-comments', 'docx', docx(
    p(r('一、标题') + '<w:r><w:footnoteReference w:id="2"/></w:r><w:commentRangeStart w:id="0"/>' + r('到此') +
      '<w:r><w:commentReference w:id="0"/></w:r>') + p('二、标题') +
    p(r('三、自选的注号') + '<w:r><w:footnoteReference w:customMarkFollows="1" w:id="3"/><w:t>※</w:t></w:r>' + r('不算在内') +
      '<w:r><w:endnoteReference w:customMarkFollows="0" w:id="4"/><w:t>后面</w:t></w:r>')))
# Figures, tables, notes and the rows of tables are counted too, but are no points; numbered references neither.
COUNTED = ''.join(abstract(i, lvl(0, 'decimal', t)) for i, t in enumerate(('图%1', '表%1', '注%1：', '[%1]', '%1', '%1.'), 1))
case('docx-counted', 'docx', docx(
    p('泵站改造', (1, 0)) + p('如图1所示。') + p('流程', (11, 0)) + p('现状', (1, 1)) + p('设备', (12, 0)) +
    ''.join('<w:tbl>' + ROW % (CELL % p('序号') + CELL % p('名称') + CELL % p('数量')) +
            ''.join(ROW % (CELL % cell(i) + CELL % p(name) + CELL % p(str(i * 3))) for i, name in enumerate(('水泵', '阀门'), 1)) + '</w:tbl>'
            for cell in (lambda i: p('', (15, 0)), lambda i: p('', (16, 0)), lambda i: p(str(i)), lambda i: p('%d.' % i))) +
    p('截至年底。', (13, 0)) + p('不含税。', (13, 0)) + p('问题', (1, 1)) + p('布置', (11, 0)) + p('对策', (1, 0)) +
    p('参考文献', style='1') + p('李某. 泵站[M]. 2001.', (14, 0)) + p('王某. 管网[J]. 2003.', (14, 0)),
    GONGWEN + COUNTED + num(1, 0) + ''.join(num(10 + i, i) for i in range(1, 7))))
case('docx-hidden', 'docx', docx(
    p(r('一、') + r('看不见', '<w:vanish/>') + r('看得见', '<w:vanish w:val="0"/>')) + p(r('二、整段看不见', '<w:vanish/>'), mark='<w:vanish/>') +
    p('二、字符样式' + '') + p(r('三、') + r('样式隐藏', '<w:rStyle w:val="Hid"/>') + r('露出', '<w:rStyle w:val="Hid"/><w:vanish w:val="0"/>')) +
    p('四、样式分隔符', mark='<w:vanish/><w:specVanish/>') + p('后面的正文接在同一行。') +
    p('看不见的自动编号不占号', (1, 0), style='HidP') + p('自动', (1, 0)),
    GONGWEN + num(1, 0, start_at(0, 5)),
    '<w:style w:type="character" w:styleId="Hid"><w:name w:val="Hid"/><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="HidP"><w:name w:val="HidP"/><w:rPr><w:vanish/></w:rPr></w:style>'))
case('docx-breaks-and-symbols', 'docx', docx(
    p(r('一、第一行') + '<w:r><w:br/></w:r>' + r('（一）软回车之后') + '<w:r><w:cr/></w:r>' + r('（二）又一行')) +
    p(r('二、标题样式') + '<w:r><w:br/></w:r>' + r('里的软回车'), style='1') +
    p('<w:r><w:br w:type="page"/></w:r>' + r('三、分页之后')) +
    p('<w:r><w:sym w:font="Wingdings 2" w:char="F06A"/></w:r>' + r('另一种带圈')) + p('<w:r><w:sym w:font="Wingdings 2" w:char="F076"/></w:r>' + r('实心')) +
    p('<w:r><w:sym w:font="Wingdings" w:char="F081"/></w:r>' + r('带圈')) + p('<w:r><w:sym w:font="Wingdings" w:char="F082"/></w:r>' + r('带圈')) +
    p(r('2024') + '<w:r><w:noBreakHyphen/></w:r>' + r('2025') + '<w:r><w:sym w:font="Symbol" w:char="F0B7"/><w:softHyphen/></w:r>' + r('年')) +
    p('<w:r><w:ruby><w:rt>%s</w:rt><w:rubyBase>%s</w:rubyBase></w:ruby></w:r><m:oMath><m:r><m:t>x</m:t></m:r></m:oMath>' % (r('zhù'), r('注音')))))
case('docx-strict', 'docx', docx(p('目标', (1, 0)) + p('措施', (1, 1)) + p('标题', style='1'), GONGWEN + num(1, 0), namespace=STRICT))
case('docx-utf16', 'docx', docx(p('目标', (1, 0)) + p('措施', (1, 1)), GONGWEN + num(1, 0), encoding='UTF-16'))
case('docx-renamed-parts', 'docx', docx(p('目标', (1, 0)) + p('措施', (1, 0)), GONGWEN + num(1, 0), main='a/b/main.xml'))
case('docx-cyclic-styles', 'docx', docx(
    p('一、循环', style='X') + p('二、自指', style='Z') + p('三、链接成环', (1, 0)),
    abstract(0, link='<w:numStyleLink w:val="N"/>') + num(1, 0),
    '<w:style w:type="paragraph" w:styleId="X"><w:basedOn w:val="Y"/></w:style><w:style w:type="paragraph" w:styleId="Y"><w:basedOn w:val="X"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Z"><w:basedOn w:val="Z"/></w:style>'
    '<w:style w:type="numbering" w:styleId="N"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'))

# ------------------------------------------------------------------------ odf

GW = list_style('GW', level(1, '一, 二, 三, ...', '', '、', follow='nothing'), level(2, '一, 二, 三, ...', '（', '）', follow='nothing'),
                level(3, '1', '', '.'), level(4, '1', '（', '）'))
ODF_FORMATS = ['1', 'A', 'a', 'I', 'i', '', '一, 二, 三, ...', '壹, 贰, 叁, ...', '壹, 貳, 參, ...', '①, ②, ③, ...', '甲, 乙, 丙, ...',
               '子, 丑, 寅, ...', '壱, 弐, 参, ...', 'ア, イ, ウ, ...', 'ｱ, ｲ, ｳ, ...', 'イ, ロ, ハ, ...', 'ｲ, ﾛ, ﾊ, ...', '가, 나, 다, ...',
               'ㄱ, ㄴ, ㄷ, ...', '일, 이, 삼, ...', '하나, 둘, 셋, ...', '一, 二, 三, ... (ko)', '일, 이, 삼, ... (ko-x-digital)',
               '１, ２, ３, ...', '01, 02, 03, ...', '1st', '一', 'no such']
case('odt-formats', 'odt', odt(
    ''.join(tl(*[li(f or 'none', extra='text:start-value="%d"' % v) for v in (1, 10, 21)], style='L%d' % i)
            for i, f in enumerate(ODF_FORMATS)),
    ''.join(list_style('L%d' % i, level(1, f, '', '、')) for i, f in enumerate(ODF_FORMATS))))
case('odt-gongwen', 'odt', odt(
    tp('关于加强古树保护的通知') + tl(li('提高认识', tl('组织学习', '广泛宣传')), li('开展普查', tl(li('登记造册', tl(li('古树', tl('一级', '二级')), '名木')))),
                              style='GW') + tp('普查于六月底前完成。') + tl(li('落实责任', tl('管护')), style='GW', extra='text:continue-numbering="true"'), GW))
case('odt-starts-and-continuations', 'odt', odt(
    tl(li('从七起', extra='text:start-value="7"'), '接着', style='GW', extra='xml:id="one"') + tp('隔开。') + tl('新的一组', style='GW') +
    tl('接第一组', style='GW', extra='text:continue-list="one"') + tl('接上一组', style='GW', extra='text:continue-numbering="true"') +
    tl('接没有写出的一组', style='GW', extra='text:continue-list="gone"') + tl('再接它', style='GW', extra='text:continue-list="gone"') +
    tl(li(tl('只有二级')), li('一级'), style='GW') +
    tl('<text:list-header>%s</text:list-header>' % tp('列表头没有编号'), li('一项', '第二段没有编号'), style='GW'), GW))
case('odt-display-levels', 'odt', odt(
    tl(li('甲', tl(li('乙', tl('丙', '丁')))), li('戊', tl(li('己', tl('庚')))), style='D') +
    tl(li('甲', tl('乙', '丙')), style='P') + tl(li('字母', extra='text:start-value="28"'), style='S') +
    tl(li('换样式', extra='text:style-override="S"'), '不换', style='D'),
    list_style('D', level(1, '1', '', '.'), level(2, '1', '', '', 'text:display-levels="2"'), level(3, '1', '', '、', 'text:display-levels="3"')) +
    list_style('P', level(1, '一, 二, 三, ...', '×', '×', 'style:num-list-format="第%1%章"'),
               level(2, '1', '', '', 'loext:num-list-format="%1%-%2%" text:display-levels="2"')) +
    list_style('S', level(1, 'a', '', ')', 'style:num-letter-sync="true"'))))
OUTLINE = '<text:outline-style style:name="Outline">' + ''.join(
    '<text:outline-level-style text:level="%d" style:num-format="%s" style:num-prefix="%s" style:num-suffix="%s" %s/>' % row for row in [
        (1, '一, 二, 三, ...', '第', '章', ''), (2, '1', '', '', 'text:display-levels="1"'), (3, '', '', '', '')]) + '</text:outline-style>'
case('odt-level-without-style', 'odt', odt(
    tp('样式没有定义的大标题', 'Title') + tl(li('项目', tl('罗马', '罗马', style='R')), style='U'),
    list_style('R', level(1, 'i', '', '.')) + '<text:list-style style:name="U"><text:list-level-style-bullet text:level="1" '
    'text:bullet-char="•"/></text:list-style>'))
case('odt-headings', 'odt', odt(
    '<text:h text:outline-level="1">绪论</text:h><text:h text:outline-level="2">背景</text:h><text:h text:outline-level="3">没有编号的级别</text:h>'
    '<text:h text:outline-level="2">意义</text:h><text:h text:outline-level="1" text:is-list-header="true">致谢</text:h>'
    '<text:h text:outline-level="1">方法</text:h><text:h text:outline-level="1" text:restart-numbering="true" text:start-value="9">结论</text:h>'
    '<text:h text:outline-level="2" text:style-name="NoNum">样式说不编号</text:h>' + tp('大标题', 'P9') +
    tl('<text:list-item><text:h text:outline-level="1">列表里的标题</text:h></text:list-item>', style='Outline') +
    tl('<text:list-item><text:h text:outline-level="1">另一列表</text:h></text:list-item>', style='GW'),
    GW + '<style:style style:name="P9" style:family="paragraph" style:parent-style-name="Title"/>',
    '<style:style style:name="Title" style:family="paragraph"><style:paragraph-properties fo:text-align="center"/></style:style>'
    '<style:style style:name="NoNum" style:family="paragraph" style:list-style-name=""/>' + OUTLINE))
case('odt-text', 'odt', odt(
    '<text:tracked-changes><text:changed-region text:id="c"><text:deletion>' + tp('九、删去的') + '</text:deletion></text:changed-region></text:tracked-changes>' +
    tp('<text:span text:style-name="B">一</text:span><text:span>、</text:span>登<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation>'
       '<text:note-body>' + tp('二、脚注') + '</text:note-body></text:note>记') +
    tp('二、  空白<text:s text:c="2"/>和\n  换行<text:tab/>制表<office:annotation>' + tp('三、批注') + '</office:annotation>') +
    tp('三、第一行<text:line-break/>（一）第二行') + tp('<text:span text:style-name="H">四、隐藏</text:span>') + tp('四、整段隐藏', 'HP') +
    '<text:section text:name="s" text:display="none">' + tp('五、隐藏的节') + '</text:section><text:section text:name="t">' + tp('四、显示的节') + '</text:section>' +
    '<text:section text:name="u" text:display="condition" text:condition="ooow:1==1" text:is-hidden="true">' + tp('五、有条件的节') + '</text:section>' +
    '<text:section text:name="v" text:display="condition" text:condition="ooow:1==0" text:is-hidden="false">' + tp('说明。') + '</text:section>' +
    tp('<text:variable-set text:name="n" text:display="none">看不见</text:variable-set>变量') +
    tp('五、<text:ruby><text:ruby-base>注</text:ruby-base><text:ruby-text>zhù</text:ruby-text></text:ruby>音<text:a>链接</text:a>') +
    '<text:h text:outline-level="1">六、标题<text:line-break/>折行</text:h>',
    '<style:style style:name="B" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>'
    '<style:style style:name="H" style:family="text"><style:text-properties text:display="none"/></style:style>'
    '<style:style style:name="HP" style:family="paragraph"><style:text-properties text:display="none"/></style:style>'))
FRAME = '<draw:frame><draw:text-box>%s</draw:text-box></draw:frame>'
case('odt-tables-and-boxes', 'odt', odt(
    '<text:table-of-content><text:table-of-content-source><text:index-title-template>目录</text:index-title-template></text:table-of-content-source>'
    '<text:index-body><text:index-title>' + tp('目录') + '</text:index-title>' + tp('一、表格<text:tab/>1') + '</text:index-body></text:table-of-content>' +
    tp('一、表格') + '<table:table><table:table-row><table:table-cell>' + tl('格里的一项', style='GW') + '</table:table-cell><table:table-cell>' +
    tl('另一格', style='GW', extra='text:continue-numbering="true"') + '</table:table-cell></table:table-row></table:table>' +
    tp(FRAME % (tp('框里的话') + tl('框里的列表', style='GW')) + '二、文本框') +
    tl(li(tp(FRAME % tp('列表项里的框') + '挂着框的一项')), li('下一项'), style='GW'), GW))
case('odt-list-under-another', 'odt', odt(
    tl(li('目标'), li('任务', tl('建设')), style='GW', extra='xml:id="main"') + tl('修路', '修桥', style='OW') + tp('说明段落。') +
    tl(li(tl('管理')), style='GW', extra='text:continue-list="main"') + tl('巡查', '养护', style='OW'),
    GW + list_style('OW', level(1, '1', suffix='.'))))
NUMBERED = '<text:numbered-paragraph text:list-id="%s" text:style-name="GW" %s>%s</text:numbered-paragraph>'
case('odt-what-continues', 'odt', odt(
    tl('一项', style='GW') + tl('字母', style='OW') + tl('隔着别的列表不接', style='GW', extra='text:continue-numbering="true"') +
    tl('紧跟着才接', style='GW', extra='text:continue-numbering="true"') + tl('从文字处理软件来', style='LFO1') + tl('下级', style='LFO2') +
    tl('隔着也接', style='LFO1', extra='text:continue-numbering="true"') +
    tl(li(tl('先有下级'), tp('列表之后的段落没有编号')), li('下一项'), style='GW') +
    NUMBERED % ('n', '', tp('单独的编号段落')) + tp('隔开。') + NUMBERED % ('n', 'text:level="2"', tp('它的下级')) +
    NUMBERED % ('m', 'text:start-value="4"', '<text:h text:outline-level="1">另一组</text:h>') + NUMBERED % ('n', '', tp('接第一组')),
    GW + list_style('OW', level(1, '1', suffix='.')) + list_style('LFO1', level(1, '甲, 乙, 丙, ...', suffix='、')) +
    list_style('LFO2', level(1, 'a', suffix='.'))))
case('odt-cyclic-styles', 'odt', odt(
    tp('一、循环', 'A') + tp('二、自指', 'C'),
    '<style:style style:name="A" style:family="paragraph" style:parent-style-name="B"/><style:style style:name="B" style:family="paragraph" style:parent-style-name="A"/>'
    '<style:style style:name="C" style:family="paragraph" style:parent-style-name="C"/>'))
case('fodt-flat', 'fodt', fodt('<text:h text:outline-level="1">总则</text:h>' + tl(li('甲', tl('乙')), '丙', style='GW'), GW, OUTLINE))
case('odt-named-docx', 'docx', odt(tl('内容说了算', style='GW'), GW))
case('docx-named-odt', 'odt', docx(p('内容说了算', (1, 0)), GONGWEN + num(1, 0)))
case('docx-named-txt', 'txt', docx(p('内容说了算', (1, 0)), GONGWEN + num(1, 0)))

# Documents that pandoc 2.17 and LibreOffice 7.4 wrote.
for made in sorted((pathlib.Path(__file__).parent / 'made').iterdir()):
    CASES['made-' + made.stem + '-' + made.suffix[1:]] = (made.name, made.read_bytes())
# The same in Writer, whose numbers need nothing behind them either.
case('odt-digits-behind-numbers', 'odt', odt(
    tl(li('2号隧道'), li('10米高的塔。'), li('5米标线'), style='NW') + tp('另见1.2节。') + tl(li('、致辞'), li('、合影'), style='HW'),
    list_style('NW', level(1, '1', suffix='.', follow='nothing')) + list_style('HW', level(1, '一, 二, 三, ...'))))
