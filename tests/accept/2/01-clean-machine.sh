#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Shows: 1. from a clean clone on a machine without the packages: ./dev run, ./dev test (needs root)
set -euo pipefail
# A minimal Debian 12 in a folder; mounts and processes of its own, so that nothing is left behind.
machine=$(mktemp -d /var/tmp/jianheng-clean.XXXXXX)
trap 'rm -rf --one-file-system "$machine"' EXIT
mmdebstrap --quiet --variant=minbase bookworm "$machine" >"$OUT/debootstrap.log" 2>&1
git clone --quiet "$ROOT" "$machine/clone"
cp /etc/resolv.conf "$machine/etc/"
inside() {
    unshare --mount --pid --fork --kill-child bash -c '
        mount -t proc proc "$0/proc" && mount --bind /dev "$0/dev" && mount -t tmpfs tmp "$0/tmp" &&
        exec chroot "$0" env -i HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin bash -c "cd /clone && $1"' "$machine" "$1"
}
start=$SECONDS
inside './dev run' >"$OUT/run.log" 2>&1 || { tail -n 30 "$OUT/run.log"; exit 1; }
echo "./dev run: exit 0 after $((SECONDS - start)) s; $(grep '^verdict' "$OUT/run.log")"
grep -q '^verdict: pass' "$OUT/run.log"
start=$SECONDS
inside './dev test' >"$OUT/test.log" 2>&1 || { tail -n 30 "$OUT/test.log"; exit 1; }
echo "./dev test: exit 0 after $((SECONDS - start)) s; $(grep 'tests passed' "$OUT/test.log")"
