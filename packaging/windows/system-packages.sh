#!/bin/sh
# What a Debian machine needs to build and run the Windows program: wine, a compiler for the two
# stand-in libraries, the maker of installers, a screen that nobody sees, letters. Installs what is
# missing when it may (root, or sudo without a password); otherwise says what to install, and fails.
set -eu

tools="wine:wine makensis:nsis
x86_64-w64-mingw32-gcc:gcc-mingw-w64-x86-64 Xvfb:xvfb xdotool:xdotool"

missing=""
for pair in $tools; do
    command -v "${pair%%:*}" >/dev/null 2>&1 || missing="$missing ${pair##*:}"
done
[ -e /usr/share/fonts/truetype/dejavu/DejaVuSans.ttf ] || missing="$missing fonts-dejavu-core"
[ -n "$missing" ] || exit 0

if [ "$(id -u)" = 0 ]; then
    as_root=""
elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
    as_root="sudo"
else
    echo "Building for Windows needs these packages; please install them:$missing" >&2
    exit 1
fi
echo "Installing what building for Windows needs:$missing"
$as_root apt-get update -qq >/dev/null 2>&1
# shellcheck disable=SC2086 # the list is meant to fall apart into words
DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq --no-install-recommends $missing >/dev/null
