#!/usr/bin/env python3
"""What a client case costs beside the client's own run time: the time of a case minus that of the runs in it, from the record of one run.

    cargo build --release && target/release/scopecheck client --jobs 1 --report json=results.json && python3 benches/client-cost.py results.json

Times are whole milliseconds, so that a case of two runs is up to two milliseconds off.
"""
import json
import statistics
import sys

cases = json.load(open(sys.argv[1]))["cases"]
beside, own = [], []
for case in cases:
    runs = sum(exchange["duration_ms"] for exchange in case["exchanges"] if exchange["method"] == "RUN")
    own.append(runs)
    beside.append(case["duration_ms"] - runs)
print(f"{len(cases)} cases: beside the client {statistics.median(beside)} ms at the median, {sum(beside) / len(beside):.1f} on average,"
      f" {max(beside)} at most; the client itself {statistics.median(own)} ms at the median")
