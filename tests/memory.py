"""How much memory a piece of work takes at most, in a process of its own."""

import os
import subprocess
import sys

START = """
import resource, sys
import django
django.setup()
def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024  # Linux counts in kB
"""


def megabytes(prepare, work):
    """The MB that the peak of a process rises by while it runs `work` (Python), after `prepare`."""
    program = f"{START}\n{prepare}\nbefore = peak()\n{work}\nprint(peak() - before)"
    env = os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings"}
    done = subprocess.run([sys.executable, "-c", program], env=env, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    return int(done.stdout.split()[-1])
