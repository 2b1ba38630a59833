#!/usr/bin/env python3
"""Seed defects one at a time and see that the tests find each.

usage: run.py [NAME...]
       run.py --fit        see that each defect fits the sources, and no more

defects.txt lists them. The sources are copied to build/mutation, where each defect is put in, the quick tests are built and
run, and the defect is taken out again. A defect that no longer fits the sources, or that the compiler refuses, is
a fault of the list. A test that was stopped by the clock has not found anything: it is tried again alone, and if that is all, the
defect counts as not found. Exit status: 0 when the result of a test told every one.
"""
import pathlib
import re
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
WORK = ROOT / 'build' / 'mutation'
SOURCE, BUILD = WORK / 'source', WORK / 'build'
TESTS = r'^(unit/test_(numeral|grammar|grammar_files|word_number|lint|renumber|match|shortcuts|decide|scan)|traps/outlines|golden/cases|inputs/(office|same)|fuzz/(seeds|numeral|parse|html))$'
LIMITS = r'^(fuzz/seeds|cli/(limits|renumber_texts)|unit/test_linear|inputs/(outlines/.*|web/.*|round_trip))$'
TARGETS = ['gangmu', 'source_dump', 'test_numeral', 'test_grammar', 'test_grammar_files', 'test_word_number', 'test_lint', 'test_renumber', 'test_linear', 'test_match',
           'test_shortcuts', 'test_decide', 'test_scan',
           'replay_numeral', 'replay_parse', 'replay_html']


def read_defects():
    defects = []
    for line in (HERE / 'defects.txt').read_text().splitlines():
        if line.startswith('== '):
            _, name, file = line.split()
            defects.append({'name': name, 'file': file, 'old': [], 'new': []})
        elif line[:1] in '+-' and line:
            defects[-1]['new' if line[0] == '+' else 'old'].append(line[1:])
        elif line and not line.startswith('#'):
            sys.exit('defects.txt: cannot read: ' + line)
    return defects


def run(*args):
    return subprocess.run(args, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors='replace')


def copy_sources():
    names = run('git', '-C', str(ROOT), 'ls-files', '-z').stdout.split('\0')
    for name in filter(None, names):
        source, target = ROOT / name, SOURCE / name
        if source.is_file() and (not target.exists() or source.read_bytes() != target.read_bytes()):
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, target)  # of now: what was built of a defect in it before is older


def build():
    return run('cmake', '--build', str(BUILD), '-j2', '--target', *TARGETS)


def first_failure(tests, jobs):
    """The first test that fails and whether its result says so, None when all pass."""
    out = run('ctest', '--test-dir', str(BUILD), '-R', tests, jobs, '--stop-on-failure', '--output-on-failure', '--timeout', '300')
    if out.returncode == 0:
        return None
    found = re.search(r'Test +#\d+: (\S+) .*(?:\*\*\*|Failed|Timeout)', out.stdout)
    by_result = not re.search(r'\*\*\*Timeout|TimeoutExpired|(exit|AssertionError:) -(24|9)\b', out.stdout)  # SIGXCPU, SIGKILL
    return found.group(1) if found else out.stdout[-400:], by_result


def failed_test():
    """What finds the defect. The quick tests first; those that hold limits, some by the processor's clock, only when all pass."""
    failure = first_failure(TESTS, '-j2') or first_failure(LIMITS, '-j1')
    if not failure:
        return None
    return failure[0] if failure[1] else 'SURVIVES but for the clock of ' + failure[0]


def prepare():
    copy_sources()
    out = run('cmake', '-S', str(SOURCE), '-B', str(BUILD), '-G', 'Ninja', '-DCMAKE_BUILD_TYPE=Debug', '-DCMAKE_C_FLAGS=-O1 -g0',
              '-DGANGMU_WERROR=OFF', '-DBUILD_TESTING=ON')
    out = out if out.returncode else build()
    if out.returncode:
        sys.exit(out.stdout[-3000:])
    failed = failed_test()
    if failed:
        sys.exit('without any defect a test fails: ' + failed)


def check_fit(defects):
    stale = [d['name'] for d in defects if (ROOT / d['file']).read_text().count('\n'.join(d['old'])) != 1]
    print('\n'.join('STALE: ' + name for name in stale) or '%d defects fit' % len(defects))
    sys.exit(1 if stale else 0)


def try_defect(defect):
    path = SOURCE / defect['file']
    text = path.read_text()
    old, new = '\n'.join(defect['old']), '\n'.join(defect['new'])
    if text.count(old) != 1:
        return 'STALE: what it replaces stands there %d times' % text.count(old)
    path.write_text(text.replace(old, new))
    try:
        built = build()
        if built.returncode and 'compile_grammars' not in built.stdout:
            return 'STALE: the compiler refuses it: ' + built.stdout[-300:]
        return 'the build fails: a grammar is refused' if built.returncode else failed_test() or 'SURVIVES'
    finally:
        path.write_text(text)


def main():
    wanted = sys.argv[1:]
    if wanted == ['--fit']:
        check_fit(read_defects())
    defects = [d for d in read_defects() if not wanted or d['name'] in wanted]
    prepare()
    bad = 0
    for defect in defects:
        killer = try_defect(defect)
        bad += killer.startswith(('STALE', 'SURVIVES'))
        print('%-42s %s' % (defect['name'], killer), flush=True)
    print('%d defects, %d not found' % (len(defects), bad))
    sys.exit(1 if bad else 0)


main()
