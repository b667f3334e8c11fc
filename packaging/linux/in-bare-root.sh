#!/bin/sh
# in-bare-root.sh ROOT NAME=VALUE... COMMAND...: run a command in the bare root as a user of no
# rights, in ~, without a network, with no variables but those given. What is mounted for it is
# seen by it alone and goes with it. X_SOCKETS names the folder of a screen's sockets to lend it.
set -eu

root=$1
shift
exec unshare --mount --pid --fork --net --kill-child sh -euc '
    root=$1
    shift
    mount -t proc proc "$root/proc"
    mount -t tmpfs tmpfs "$root/dev/shm"
    if [ -n "${X_SOCKETS:-}" ]; then
        mkdir -p "$root/tmp/.X11-unix"
        mount --bind "$X_SOCKETS" "$root/tmp/.X11-unix"
    fi
    mkdir -p "$root/home/inspector"
    chown -R 1000:1000 "$root/home/inspector"
    exec chroot --userspec=1000:1000 "$root" \
        /usr/bin/env -i HOME=/home/inspector LANG=C.UTF-8 PATH=/usr/bin:/bin \
        sh -c "cd && exec /usr/bin/env \"\$@\"" sh "$@"
' sh "$root" "$@"
