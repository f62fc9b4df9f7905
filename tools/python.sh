#!/bin/sh
# Prints the Python to build the environment with: $PYTHON, or the first of 3.11 and newer that is found.
for python in ${PYTHON:-} python3.13 python3.12 python3.11 python3 python; do
    command -v "$python" >/dev/null 2>&1 || continue
    "$python" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { command -v "$python"; exit 0; }
done
echo "Python 3.11 or newer with venv is needed. Debian, Ubuntu: apt install python3 python3-venv. macOS: brew install python." >&2
echo "If it lies elsewhere: make PYTHON=/path/to/python3" >&2
exit 1
