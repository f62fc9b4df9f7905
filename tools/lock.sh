#!/bin/sh
# Writes the three lock files from pyproject.toml; versions already locked stay unless `make lock UPGRADE=1`.
#   requirements.lock        what runs
#   requirements-build.lock  Node.js as a wheel, for machines without one
#   requirements-dev.lock    what runs, and what tests and checks need
set -eu
cd "$(dirname "$0")/.."
uv="${VENV:-.venv}/bin/uv"
[ -x "$uv" ] || { echo "uv is missing: run 'make dev' first." >&2; exit 1; }
flags="-q --universal --generate-hashes --no-header --no-emit-index-url --no-emit-find-links ${UPGRADE:+--upgrade}"
"$uv" pip compile $flags pyproject.toml -o requirements.lock
"$uv" pip compile $flags --extra dev -c requirements.lock pyproject.toml -o requirements-dev.lock
sed -n 's/^build = \["\(.*\)"\]$/\1/p' pyproject.toml | "$uv" pip compile $flags - -o requirements-build.lock
