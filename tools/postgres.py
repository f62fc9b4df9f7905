"""Runs a command with a PostgreSQL of its own: `python -m tools.postgres pytest rixin/cases`.

The server is started in a new folder, its address is handed on as DATABASE_URL, and both are gone afterwards. Nothing of the
machine's own PostgreSQL is touched; the programs come with the wheel `pgserver`.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit


def address(uri: str) -> str:
    """A DATABASE_URL for the socket that pgserver names in the query part."""
    parts = urlsplit(uri)
    folder = parse_qs(parts.query).get("host")
    if not folder:
        return uri
    return f"postgres://{parts.username or 'postgres'}@{quote(folder[0], safe='')}{parts.path}"


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
        return subprocess.run(
            command, env={**os.environ, "DATABASE_URL": address(server.get_uri())}, check=False
        ).returncode
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
