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

fuzz() {
    local seeds=("tests/fuzz/corpus/$1")
    [ "$1" != profile_loader ] || seeds+=(scenarios/indicators)
    mkdir -p "$OUT/$1"
    build/fuzz/test-programs/fuzz_"$1" -max_total_time="$seconds" -print_final_stats=1 -artifact_prefix="$OUT/$1-" \
        "$OUT/$1" "${seeds[@]}" >"$OUT/$1.log" 2>&1 && return
    echo "$1: FOUND something:"
    tail -n 30 "$OUT/$1.log"
    return 1
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
    runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$OUT/$target.log")
    echo "$target: ${runs:-0} runs in $seconds s"
done
exit "$status"
