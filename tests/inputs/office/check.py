"""Compare what the readers make of each case with golden/NAME.txt: the paragraphs, then the outline.

usage: check.py --dump SOURCE_DUMP --gangmu GANGMU --work DIR [--update] [NAME...]
"""
import argparse
import json
import pathlib
import subprocess
import sys

from cases import CASES

HERE = pathlib.Path(__file__).parent


def outline(nodes, depth=0):
    for n in nodes:
        yield '%s%s|%s' % ('  ' * depth, n.get('label', ''), n.get('title', ''))
        yield from outline(n.get('children', []), depth + 1)


def main():
    a = argparse.ArgumentParser()
    a.add_argument('--dump', required=True)
    a.add_argument('--gangmu', required=True)
    a.add_argument('--work', required=True, type=pathlib.Path)
    a.add_argument('--update', action='store_true')
    a.add_argument('names', nargs='*')
    a = a.parse_args()
    a.work.mkdir(parents=True, exist_ok=True)
    wrong = 0
    for name in a.names or CASES:
        file, data = CASES[name]
        path = a.work / file
        path.write_bytes(data)
        dump = subprocess.run([a.dump, path], capture_output=True, text=True)
        tree = subprocess.run([a.gangmu, '-t', 'json', path], capture_output=True, text=True)
        got = dump.stdout + dump.stderr + '----\n'
        got += '\n'.join(outline(json.loads(tree.stdout)['outline'])) + '\n' if tree.returncode == 0 else tree.stderr
        golden = HERE / 'golden' / (name + '.txt')
        if a.update:
            golden.write_text(got)
        elif not golden.exists() or golden.read_text() != got:
            wrong += 1
            print('%s differs from its golden; got:\n%s' % (name, got))
    left = {g.stem for g in (HERE / 'golden').glob('*.txt')} - set(CASES)
    if left and not a.names:
        print('goldens without a case:', *sorted(left))
        wrong += 1
    sys.exit(1 if wrong else 0)


main()
