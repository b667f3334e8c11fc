#!/bin/sh
# install.sh: puts the program that lies here into your own menu, without rights of an
# administrator. install.sh --remove takes it out again; your case files are never touched.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
share=${XDG_DATA_HOME:-$HOME/.local/share}
commands=$HOME/.local/bin
entry=$share/applications/hmip-desktop.desktop
kind=$share/mime/packages/hmip.xml
picture=$share/icons/hicolor/scalable/apps/hmip-desktop.svg

tell_the_desktop() {
    command -v update-desktop-database >/dev/null && update-desktop-database -q "$share/applications"
    command -v update-mime-database >/dev/null && update-mime-database "$share/mime"
    return 0
}

if [ "${1:-}" = --remove ]; then
    rm -f "$entry" "$kind" "$picture" "$commands/hmip" "$commands/hmip-desktop"
    tell_the_desktop
    echo "HMIP Desktop is out of your menu. Delete $here to be rid of the rest."
    exit 0
fi
mkdir -p "$(dirname "$entry")" "$(dirname "$kind")" "$(dirname "$picture")" "$commands"
sed "s|^Exec=hmip-desktop|Exec=\"$here/hmip-desktop\"|" "$here/desktop/hmip-desktop.desktop" >"$entry"
cp "$here/desktop/hmip.xml" "$kind"
cp "$here/desktop/hmip-desktop.svg" "$picture"
ln -sf "$here/hmip" "$here/hmip-desktop" "$commands/"
tell_the_desktop
echo "HMIP Desktop is in your menu; in a terminal, $commands/hmip."
