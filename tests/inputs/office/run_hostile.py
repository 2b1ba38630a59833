"""Run gangmu over hostile files: each must end with the status its list says, with one line, fast and small.

usage: run_hostile.py --gangmu GANGMU --work DIR [--sanitized]
A sanitized build is given more time and memory; it must not report anything.
"""
import argparse
import json
import os
import pathlib
import resource
import subprocess
import sys


def run(command, seconds, megabytes, sanitized):
    """Status, standard output, standard error, seconds, MiB."""
    r_out, w_out = os.pipe()
    r_err, w_err = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.dup2(w_out, 1)
        os.dup2(w_err, 2)
        resource.setrlimit(resource.RLIMIT_CPU, (seconds * 4, seconds * 4))
        if not sanitized:
            resource.setrlimit(resource.RLIMIT_AS, (megabytes * 4 << 20,) * 2)
        os.execv(command[0], command)
    os.close(w_out)
    os.close(w_err)
    out = open(r_out, 'rb').read()
    err = open(r_err, 'rb').read()
    _, status, usage = os.wait4(pid, 0)
    code = os.waitstatus_to_exitcode(status)
    return code, out, err.decode('utf-8', 'replace'), usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def main():
    a = argparse.ArgumentParser()
    a.add_argument('--gangmu', required=True)
    a.add_argument('--work', required=True, type=pathlib.Path)
    a.add_argument('--sanitized', action='store_true')
    a = a.parse_args()
    maker = pathlib.Path(__file__).parent / 'hostile.py'
    subprocess.run([sys.executable, '-B', maker, a.work], check=True)
    files = json.loads((a.work / 'list.json').read_text())
    seconds, megabytes = (30, 2000) if a.sanitized else (2, 256)
    wrong = 0
    for name, allowed, says in files:
        path = a.work / name
        code, out, err, cpu, rss = run([a.gangmu, '-t', 'json', str(path)], seconds, megabytes, a.sanitized)
        faults = []
        if code not in allowed:
            faults.append('status %d, not %s' % (code, allowed))
        if code != 0 and (len(err.strip().splitlines()) != 1 or says not in err):
            faults.append('message')
        if code != 0 and out:
            faults.append('output in spite of the error')
        if b'root:' in out or 'root:' in err:
            faults.append('shows a file it was not given')
        if cpu > seconds:
            faults.append('%.1f s' % cpu)
        if rss > megabytes:
            faults.append('%.0f MiB' % rss)
        if faults:
            wrong += 1
            print('%s: %s: %s' % (name, ', '.join(faults), err[:300]))
    print('%d files, %d wrong' % (len(files), wrong))
    sys.exit(1 if wrong else 0)


main()
