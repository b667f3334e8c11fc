#!/bin/sh
# bare-root.sh FOLDER: a Debian with nothing but its base and what Qt names; no Python, no desktop,
# nothing of this checkout. Made once and kept, packed, as FOLDER.tar; FOLDER is unpacked afresh
# each time, so that no run sees what an earlier one left. The mirror is the one of this machine.
set -eu

root=$1
needs=$(dirname "$0")/needs
packed=$root.tar

if [ "$(id -u)" != 0 ] || ! command -v debootstrap >/dev/null; then
    echo "A bare Debian can only be made by root, with debootstrap (apt-get install debootstrap)." >&2
    exit 3
fi
if [ ! -e "$packed" ] || [ "$needs" -nt "$packed" ]; then
    packages=$(sed -e '/^#/d' -e 's/ |.*//' "$needs" | paste -s -d ,)
    apt-get indextargets --format '$(CODENAME) $(REPO_URI)' 'Created-By: Packages' |
        grep -v -e '-security' -e '-updates' | head -n 1 >"$packed.from"
    read -r codename mirror <"$packed.from"
    rm -rf "$packed.making"
    debootstrap --variant=minbase --include="$packages" "$codename" "$packed.making" "$mirror" \
        >"$packed.log" 2>&1 || { tail -n 5 "$packed.log" >&2; exit 1; }
    rm -rf "$packed.making"/var/cache/apt/* "$packed.making"/var/lib/apt/lists/*
    tar -C "$packed.making" -cf "$packed.half" --one-file-system .
    mv "$packed.half" "$packed"
    rm -rf "$packed.making" "$packed.from"
fi
rm -rf "$root"
mkdir -p "$root"
tar -C "$root" -xf "$packed"
echo "inspector:x:1000:1000::/home/inspector:/bin/sh" >>"$root/etc/passwd"
mkdir -p "$root/home/inspector"
