"""Runs a command with a PostgreSQL of its own: `python -m tools.postgres pytest rixin/cases`.

The server is started in a new folder, its address is handed on as DATABASE_URL, and both are gone afterwards.
The machine's own PostgreSQL is not touched; the programs come with the wheel `pgserver`.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path


def main(command: list[str]) -> int:
    if not command:
        print(__doc__, file=sys.stderr)
        return 2
    try:
        import pgserver
    except ImportError:
        print("PostgreSQL for tests is missing. Run: make dev", file=sys.stderr)
        return 2
    # A short path: the name of a socket may have some hundred characters only.
    folder = Path(tempfile.mkdtemp(prefix="rixin-pg-"))
    server = pgserver.get_server(folder, cleanup_mode="delete")
    try:
        return subprocess.run(command, env={**os.environ, "DATABASE_URL": server.get_uri()}, check=False).returncode
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
