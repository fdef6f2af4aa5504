# SPDX-License-Identifier: GPL-3.0-or-later
"""Looks at every frame of a run: CRC, order, time on the wire, silence."""

import json
import sys

CHARACTER_NS = 11 * 1_000_000_000 / 9600
# The bench counts whole nanoseconds a character.
ROUNDING_NS = 300


def crc(data: bytes) -> int:
    value = 0xFFFF
    for byte in data:
        value ^= byte
        for _ in range(8):
            value = value >> 1 ^ (0xA001 if value & 1 else 0)
    return value


def main() -> int:
    with open(sys.argv[1]) as file:
        frames = [json.loads(line) for line in file]
    problems: list[str] = []
    silence, latencies = [], []
    for i, frame in enumerate(frames):
        data = bytes.fromhex(frame["hex"])
        if crc(data[:-2]) != int.from_bytes(data[-2:], "little"):
            problems.append(f"frame {i}: CRC")
        if abs(frame["end_ns"] - frame["start_ns"] - len(data) * CHARACTER_NS) > ROUNDING_NS:
            problems.append(f"frame {i}: {len(data)} bytes in {frame['end_ns'] - frame['start_ns']} ns")
        if frame["from"] != ("client", "station")[i % 2]:
            problems.append(f"frame {i}: out of turn")
        if i > 0:
            silence.append((frame["start_ns"] - frames[i - 1]["end_ns"]) / CHARACTER_NS)
            if i % 2 == 1:
                latencies.append((frame["end_ns"] - frames[i - 1]["start_ns"]) * 1e-6)
    least = min(silence)
    if least < 3.5 - ROUNDING_NS / CHARACTER_NS:
        problems.append(f"silence of {least:.3f} characters")
    for problem in problems[:20]:
        print(problem)
    print(f"{len(frames)} frames, {len(frames) // 2} transactions (limit 6000); least silence {least:.3f} characters; "
          f"request to end of reply {min(latencies):.1f} to {max(latencies):.1f} ms; {len(problems)} problems")
    return 0 if frames and not problems and len(frames) // 2 <= 6000 else 1


if __name__ == "__main__":
    sys.exit(main())
