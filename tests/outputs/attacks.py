"""Texts that try to be something else, by what they try to be. Whatever the format, each must come out as text.

exports.py and injection.py put every one of them into labels, titles and texts of a document.
"""

TABLE = {
    "XML": ['<b>bold</b>', '&lt;b&gt;', '&amp;', '&', '&nbsp;', ']]>', '<![CDATA[x]]>', '<!--', '-->', '<?php', '<?xml version="1.0"?>',
            '<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]>', '&e;', '</title></p></w:t></text:p>', '" x="y', "' x='y"],
    "HTML": ['<script>alert(1)</script>', '</script><script>alert(1)</script>', '<img src=x onerror=alert(1)>', '<html><b>x</b></html>',
             '<HTML>', '"><svg onload=alert(1)>', '" onmouseover="alert(1)', 'javascript:alert(1)', '</style><style>*{display:none}',
             '<iframe src="//x">', '<meta http-equiv=refresh content=0>', '<a href="javascript:alert(1)">x</a>', '&#60;script&#62;'],
    "YAML": ['null', 'true', '0', '---', '...', '- minus', '? key', 'a: b', '!!python/object/apply:os.system ["id"]', '&anchor x',
             '*anchor', '%YAML 1.2', '{a: b}', '[a, b]', '| block', '> fold', '"\\x41"', '#comment', 'a #comment', '<<: *x', '@at'],
    "JSON": ['"', '\\', '\\"', '\\u0041', '\\n', '","x":"', '"}],"outline":[{', '{', '}', '[', ']', '\\ud800'],
    "Markdown": ['# hash', '## two', '===', '***', '___', '* star', '+ plus', '1. one', '1) one', '10. ten', '> quote', '```', '~~~',
                 '    code', '`code`', '**b**', '__b__', '*bold*', '_under_', '~~del~~', '![i](u)', '[l](javascript:alert(1))',
                 '[x]: javascript:alert(1)', '<javascript:alert(1)>', '[ ] box', '[x] box', '| a | b |', '|--+--|', ':smile:', '==mark==',
                 '++ins++', 'http://example.org/', 'www.example.org', 'a@b.cn', '<a@b.cn>', '\\', 'end\\', '<!-- markmap: fold -->', '[^1]: note'],
    "LaTeX": ['\\input{/etc/passwd}', '\\write18{id}', '\\end{document}', '\\begin{equation}', '\\alpha', '$x^2$', '$$x$$', '\\(x\\)', '\\[x\\]',
              'a_b', 'a^b', 'a_{b}', '%', '%d%s', '% comment', '#1', '~', '\\catcode`\\%=12', '\\latex x', '\\unparsedlatex x', '^^5c', '{{', '}}'],
    "dot": ['"]', 'a"] b["c', '\\N', '\\l', 'a\\lb', 'n0 -> n1', 'graph', 'n1', '<<b>x</b>>', '"];n0->n0;"', '/* x */', '// x'],
    "Mermaid": ['["`**md**`"]', '%% comment', '%%{init: {"theme":"dark"}}%%', 'root((x))', '::icon(fa fa-book)', ':::urgent', 'fa:fa-book',
                'style x:#f00;', 'classDef a fill:#f00;', '#quot;', '#35;', '#9829;', 'ﬂ°°60¶ß', 'click a "javascript:alert(1)"'],
    "Org": ['#+TITLE: other', '#+INCLUDE: "/etc/passwd"', '#+BEGIN_SRC sh', '# comment', 'TODO do it', 'DONE it', 'COMMENT no', '[#A] first',
            'title :tag:', 'x :a:b:', '[1/2]', '[50%]', ':PROPERTIES:', ': fixed', 'CLOCK: [2024-01-01 Mon 10:00]',
            'DEADLINE: <2024-01-01 Mon>', 'SCHEDULED: <2024-01-01>', '<2024-01-01 Mon>', '[2024-01-01 Mon]', '<<target>>', '<<<radio>>>',
            '[[link]]', '[[elisp:(shell-command "id")][x]]', 'shell:id', '[fn:1]', '[fn:1] note', '[fn::inline]', '[cite:@a]',
            '{{{macro}}}', '@@html:<b>@@', 'src_sh{id}', 'call_x()', '/italic/', '=verb=', '~code~', '+strike+', '%%(diary)'],
    "formulas": ['=1+1', '+1', '-1', '@SUM(A1)', "=cmd|' /C calc'!A0", '=HYPERLINK("http://x")', '＝1+1', '＋1', '－1', '＠x', '\t=1', 'a,b',
                 'a;b', 'a,"b"', '"=1+1"'],
    "tags files": ['!_TAG_FILE_SORTED\t2', '!x', '/^x$/;"\tkind:f', 'a/b', '/', 'a\\/b', '^x$', 'x$', '$', ';"'],
    "PostScript": ['(', ')', '(unbalanced', '\\)', ') /Action /Launch /File (x', '<41>', '/OUT pdfmark', 'InfoBegin', 'BookmarkBegin',
                   'BookmarkLevel: 1', '%!PS'],
    "terminals": ['\x1b[31mred', '\x1b]0;title\x07', '\x1b]8;;http://x\x1b\\link', '\x1b[2J\x1b[H', '\x9b31m', '\x07\x08\x7f',
                  '\x1bP1$r\x1b\\', '\u202egpj.exe', '\u2066a\u2069', 'a\x01b', 'a\x1bb', 'a\x7fb', 'a\u0085b', 'a\u2028b'],
    "gangmu": ['plain', '一、', '第一条', '"quoted" \'single\'', 'a\tb', '𠮷野家', '中文，标点。', '“引号”', '（括号）', 'e\u0301', 'a  b', 'a) letter'],
}
ATTACKS = list(dict.fromkeys(attack for attacks in TABLE.values() for attack in attacks))
