"""`python -m benchmarks`: all measurements, one after the other, each in a process of its own."""

import subprocess
import sys

for part in ("intake", "inbox", "report"):
    if code := subprocess.run([sys.executable, "-m", f"benchmarks.{part}"], check=False).returncode:
        sys.exit(code)
