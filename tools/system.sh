#!/bin/sh
# What tests need from the machine: Chromium and a Chinese font for those in a browser, Java for those on Spark.
# Installed by apt where there is one.
set -eu
browser() { [ -n "${CHROMIUM:-}" ] || command -v chromium || command -v chromium-browser || command -v google-chrome ||
    [ -x "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome" ]; }
font() { ! command -v fc-list >/dev/null 2>&1 || fc-list :lang=zh family | grep -q .; }
java_17() { java -version 2>&1 | sed -n 's/.*version "\([0-9]*\).*/\1/p' | grep -q '^\(1[7-9]\|[2-9][0-9]\)$'; }
wanted=""
browser >/dev/null 2>&1 || wanted="chromium"
if ! font || ! command -v fc-list >/dev/null 2>&1; then
    [ "$(uname)" = Darwin ] || wanted="$wanted fontconfig fonts-noto-cjk"
fi
java_17 || wanted="$wanted default-jre-headless"
[ -n "$wanted" ] || exit 0
if ! command -v apt-get >/dev/null 2>&1; then
    echo "Tests need: $wanted. Install them (Java 17 or newer; a Chromium can be named: CHROMIUM=/path make test)." >&2
    exit 1
fi
sudo=""
if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null 2>&1 || { echo "Run as root: apt-get install $wanted" >&2; exit 1; }
    sudo=sudo
fi
echo "Installing for the tests: $wanted"
export DEBIAN_FRONTEND=noninteractive
log=$(mktemp)
if ! { $sudo apt-get update -q && $sudo apt-get install -q -y --no-install-recommends $wanted; } >"$log" 2>&1; then
    tail -5 "$log" >&2
    echo "That failed. Install by hand:$wanted, then make test again." >&2
    exit 1
fi
