"""MEBIBYTES PROGRAM WORDS...: runs it; the last line of the errors is [exit code, CPU s, s, peak MiB, most descriptors].

A process begins with the memory of the one that started it, so this one is small.
"""

import os
import resource
import sys
import time

MIB = 1 << 20


def main():
    begin = time.monotonic()
    child = os.fork()
    if child == 0:
        if int(sys.argv[1]):
            resource.setrlimit(resource.RLIMIT_AS, (int(sys.argv[1]) * MIB,) * 2)
        os.execv(sys.argv[2], sys.argv[2:])
    ended, descriptors = 0, 0
    while ended == 0:
        try:
            descriptors = max(descriptors, len(os.listdir(f"/proc/{child}/fd")))
        except OSError:
            pass
        ended, status, usage = os.wait4(child, os.WNOHANG)
        if ended == 0:
            time.sleep(0.01)
    code = os.waitstatus_to_exitcode(status)
    cpu = usage.ru_utime + usage.ru_stime
    print(f"\n[{code}, {cpu:.3f}, {time.monotonic() - begin:.3f}, {usage.ru_maxrss / 1024:.1f}, {descriptors}]", file=sys.stderr)


main()
