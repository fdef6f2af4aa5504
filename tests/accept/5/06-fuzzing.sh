#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Shows: 6. libFuzzer on server framing, RTU receiver, profile loader and serial readers, 30 minutes each
set -euo pipefail
cd "$ROOT" || exit 1
seconds=${JH_FUZZ_SECONDS:-1800}
targets=(server_framing rtu_receiver profile_loader serial_readers)
cmake -G Ninja -B build/fuzz -DJH_FUZZ=ON -DCMAKE_BUILD_TYPE=RelWithDebInfo -DCMAKE_C_COMPILER=clang-14 \
    -DCMAKE_CXX_COMPILER=clang++-14 >"$OUT/configure.log"
ninja -C build/fuzz "${targets[@]/#/fuzz_}" >"$OUT/build.log"

# Counts processor time, so that a busy machine does not shorten it, in slices, so that an interrupted one goes on.
fuzz() {
    local seeds=("tests/fuzz/corpus/$1") used slice
    [ "$1" != profile_loader ] || seeds+=(scenarios/indicators)
    mkdir -p "$OUT/$1"
    TIMEFORMAT=%0U
    used=$(cat "$OUT/$1.seconds" 2>/dev/null || echo 0)
    while [ "$used" -lt "$seconds" ]; do
        slice=$((seconds - used < 300 ? seconds - used : 300))
        if ! { time build/fuzz/test-programs/fuzz_"$1" -max_total_time="$slice" -print_final_stats=1 \
            -artifact_prefix="$OUT/$1-" "$OUT/$1" "${seeds[@]}" >"$OUT/$1.slice" 2>&1; } 2>"$OUT/$1.time"; then
            echo "$1: FOUND something:"
            tail -n 30 "$OUT/$1.slice"
            return 1
        fi
        cat "$OUT/$1.slice" >>"$OUT/$1.log"
        used=$((used + $(cat "$OUT/$1.time")))
        echo "$used" >"$OUT/$1.seconds"
    done
}

# Two at a time: a core each.
status=0
for first in 0 2; do
    fuzz "${targets[$first]}" & one=$!
    fuzz "${targets[$((first + 1))]}" & other=$!
    wait "$one" || status=1
    wait "$other" || status=1
done
for target in "${targets[@]}"; do
    runs=$(awk '/^stat::number_of_executed_units:/ { n += $2 } END { print n + 0 }' "$OUT/$target.log")
    echo "$target: $runs runs in $(cat "$OUT/$target.seconds") s of processor time"
done
exit "$status"
