#!/bin/sh
# The libraries that Qt needs on a bare Debian, and fonts to draw with. Installs what is missing
# when it may (root, or sudo without a password); otherwise says what to install, and goes on:
# everything but the window works without them.
set -u

libraries="libEGL.so.1:libegl1 libGL.so.1:libgl1 libxkbcommon.so.0:libxkbcommon0
libdbus-1.so.3:libdbus-1-3 libfontconfig.so.1:libfontconfig1 libglib-2.0.so.0:libglib2.0-0
libxcb-cursor.so.0:libxcb-cursor0 libxcb-icccm.so.4:libxcb-icccm4 libxcb-image.so.0:libxcb-image0
libxcb-keysyms.so.1:libxcb-keysyms1 libxcb-render-util.so.0:libxcb-render-util0
libxcb-shape.so.0:libxcb-shape0 libxcb-xkb.so.1:libxcb-xkb1 libxkbcommon-x11.so.0:libxkbcommon-x11-0"

command -v apt-get >/dev/null 2>&1 || exit 0

known=$(PATH="$PATH:/sbin:/usr/sbin" ldconfig -p 2>/dev/null)
missing=""
for pair in $libraries; do
    case "$known" in
        *"${pair%%:*}"*) ;;
        *) missing="$missing ${pair##*:}" ;;
    esac
done
[ -d /usr/share/fonts/truetype/noto ] || [ -n "$(find /usr/share/fonts -name '*.ttf' 2>/dev/null | head -n 1)" ] ||
    missing="$missing fonts-noto-core"
[ -n "$missing" ] || exit 0

if [ "$(id -u)" = 0 ]; then
    as_root=""
elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
    as_root="sudo"
else
    echo "The window needs these packages; please install them:$missing" >&2
    exit 0
fi
echo "Installing what the window needs:$missing"
$as_root apt-get update -qq >/dev/null 2>&1
# shellcheck disable=SC2086 # the list is meant to fall apart into words
DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq --no-install-recommends $missing >/dev/null 2>&1 ||
    echo "Some packages could not be installed; the window may not start:$missing" >&2
exit 0
