#!/bin/sh
# dmg.sh APP OUT: signs the app and puts it into a disk image beside a link to Applications.
# [untried: nobody has run this on a Mac yet]
set -eu

app=$1
out=$2
root=$(cd "$(dirname "$0")/../.." && pwd)
version=$("$root/.venv/bin/python" -c 'import hmip_desktop; print(hmip_desktop.__version__)')
image=$out/hmip-desktop-$version-macos-$(uname -m).dmg

codesign --force --deep --options runtime --sign "${HMIP_SIGN_AS:--}" "$app"
codesign --verify --deep --strict "$app"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp -R "$app" "$work/"
ln -s /Applications "$work/Applications"
mkdir -p "$out"
hdiutil create -quiet -ov -fs HFS+ -format UDZO -volname "HMIP Desktop $version" \
    -srcfolder "$work" "$image"
echo "$image"
