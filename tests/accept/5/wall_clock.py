# SPDX-License-Identifier: GPL-3.0-or-later
"""A simulated scale drives a served signal source, a served indicator is read over a pseudo
terminal, both by the clock, for ten minutes; then again beside two busy processes. Prints
histogram, misses and latencies of the record."""
import json
import pathlib
import re
import signal
import subprocess
import sys
import time

program, out = sys.argv[1], pathlib.Path(sys.argv[2])
minutes = float(sys.argv[3]) if len(sys.argv) > 3 else 10.0
out.mkdir(parents=True, exist_ok=True)


def serve():
    server = subprocess.Popen(
        [program, "serve", "indicators/laumas.yaml", "--source", "sources/bridge-simulator-24bit.yaml",
         "--pty", "1", "--tcp", "127.0.0.1:0", "--baud", "115200"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    pty = port = None
    while not (pty and port):
        line = server.stdout.readline()
        if not line:
            sys.exit("serve ended: " + str(server.wait()))
        pty = pty or (re.search(r"/dev/pts/\d+", line) or [None])[0]
        found = re.search(r"127\.0\.0\.1:(\d+)", line)
        port = port or (found and found[1])
    return server, pty, port


def run(name, busy):
    server, pty, port = serve()
    scenario = out / f"{name}.yaml"
    scenario.write_text(f"""jianheng: scenario
extends: verifications/100t-jjg539-initial.yaml
title: by the clock, {name}
indicator: {{extends: indicators/laumas.yaml, baud: 115200}}
# Nobody has to walk here: a minute of crane work would be a minute of waiting.
weights: {{extends: weights/20x1t-m1.yaml, set_up: 2 s, move_blocks: 4 s, move_hand_weight: 1 s, move_small_weight: 1 s,
          move_material: 4 s, trim_material: 1 s, settle: 3 s, touch_down: 1 s}}
bench:
  indicator: {{rtu: {pty}, baud: 115200, format: 8N2, unit: 1}}
  source:
    signal_source: sources/bridge-simulator-24bit.yaml
    place: {{tcp: "127.0.0.1:{port}", unit: 2}}
""")
    load = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(busy)]
    runner = subprocess.Popen([program, "run", scenario, "--out", out, "--quiet"],
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        runner.wait(60 * minutes)
    except subprocess.TimeoutExpired:
        runner.send_signal(signal.SIGINT)  # ten minutes are asked for, a verification takes hours
    text = runner.communicate(timeout=30)[0]
    for each in load:
        each.kill()
        each.wait()
    server.communicate("quit\n", timeout=30)
    record = json.loads((out / f"{name}.json").read_text())
    loop = record["loop"]
    print(f"{name}: exit {runner.returncode}; {text.strip().splitlines()[0] if text.strip() else ''}")
    print(f"  {loop['ticks']} ticks of {loop['period_ms']} ms, {loop['missed']} missed; real time "
          f"{loop['real_time']}, memory locked {loop['memory_locked']}")
    for key in ("lateness", "period_error", "work", "transaction", "source", "signal_to_register"):
        h = loop[key]
        print(f"  {key:<19} {h['count']:>7} x  median {h['median_ms']:.3f}  p99 {h['p99_ms']:.3f}  "
              f"p99.9 {h['p999_ms']:.3f}  max {h['max_ms']:.3f} ms")
    print(f"  line {loop['line']}")
    return loop, record


status = 0
for name, busy in (("quiet", 0), ("loaded", 2)):
    loop, record = run(name, busy)
    if loop["ticks"] < 0.95 * minutes * 60_000:
        print(f"  NOT the wanted number of ticks; the run ended: {record['verdict']}")
        status = 1
    if not loop["source"]["driven_to_safe"]:
        print("  NOT driven to safe")
        status = 1
sys.exit(status)
