"""The work that both peers share: read the scenario, write the figures, measure.

A peer is called with the number of samples, and with the scenario as JSON on standard input. It prints a JSON object with
its figures and, unless no sample is asked for, the time of a ledger and of a comparison.
"""

import json
import sys
import time


def seconds(samples, warm_up, work):
    """The median, and the quartiles, of the time that some work takes."""
    for _ in range(warm_up):
        work()
    times = []
    for _ in range(samples):
        begin = time.perf_counter()
        work()
        times.append(time.perf_counter() - begin)
    times.sort()
    return {"median": times[len(times) // 2], "low": times[len(times) // 4], "high": times[len(times) * 3 // 4]}


def run(load, figures, compare, ledger, warm_up):
    """Runs a peer."""
    samples = int(sys.argv[1])
    scenario = load(json.load(sys.stdin))
    result = {"figures": figures(scenario)}
    if samples:
        result["ledger"] = seconds(samples, warm_up, lambda: ledger(scenario))
        result["compare"] = seconds(samples, warm_up, lambda: compare(scenario))
    json.dump(result, sys.stdout)
