#!/bin/sh
# Runs a command with Node.js 20 or newer in reach: the machine's own, else the one that comes as a Python wheel.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
venv=${VENV:-.venv}
case $venv in /*) ;; *) venv=$root/$venv ;; esac
modern() { "$1" -e 'process.exit(Number(process.versions.node.split(".")[0]) < 20 ? 1 : 0)' 2>/dev/null; }
if ! { command -v npm >/dev/null 2>&1 && command -v node >/dev/null 2>&1 && modern node; }; then
    if ! { [ -x "$venv/bin/node" ] && modern "$venv/bin/node"; }; then
        echo "Node.js 20 or newer is not on this machine: taking the wheel (about 60 MB)" >&2
        "$venv/bin/python" -m pip install -q --require-hashes -r "$root/requirements-build.lock"
    fi
    PATH=$venv/bin:$PATH
    export PATH
fi
# Node.js knows only the authorities that it was built with; one of the office's own stands in the system's list.
system=/etc/ssl/certs/ca-certificates.crt
if [ -z "${NODE_EXTRA_CA_CERTS:-}" ] && [ -r "$system" ]; then
    NODE_EXTRA_CA_CERTS=$system
    export NODE_EXTRA_CA_CERTS
fi
exec "$@"
