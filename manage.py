#!/usr/bin/env python
"""Django's command line."""

import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hybrid.settings")
    os.umask(0o077)  # what is written here is nobody else's on this machine
    for stream in (sys.stdout, sys.stderr):  # names of all scripts, on a terminal that knows one
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        sys.exit(f"Configuration: {error}")
