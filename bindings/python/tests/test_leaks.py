"""A million loads and comparisons leave nothing behind."""

from __future__ import annotations

import gc
import resource
import sys

import relocost as rc

TEXT = """
schema = 1
currency = "EUR"
start = "2026-01"
horizon_months = 2
price_base_year = 2026
categories = ["a"]
funds = ["f"]
entitlements = ["e"]
household = { members = [{ age = 34 }] }
solutions.permanent = { label = "p", kind = "permanent", entitlements = ["e"] }
solutions.temporary = { label = "t", kind = "temporary", entitlements = [] }
[[lines]]
id = "l"
category = "a"
label = "l"
driver = "household"
schedule = { monthly = {} }
amount = "10"
currency = "EUR"
unless = ["e"]
source = "made up"
"""


def size() -> int:
    """Bytes of memory that the process has."""
    gc.collect()
    if sys.platform == "linux":
        with open("/proc/self/statm") as file:
            return int(file.read().split()[1]) * resource.getpagesize()
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def rounds(count: int) -> None:
    for _ in range(count):
        c = rc.loads(TEXT).compare(progress=False)
        assert c.attribution.residual == 0


def test_a_million_loads_and_comparisons() -> None:
    rounds(50_000)
    before = size()
    rounds(950_000)
    # Two bytes a round are far less than any object that could be lost.
    assert size() - before < 2_000_000


def test_results_errors_and_tables() -> None:
    s = rc.loads(TEXT)

    def all_of_it(count: int) -> None:
        for _ in range(count):
            try:
                rc.loads("schema = 2")
            except rc.RelocostError:
                pass
            ledger = s.ledger("temporary", progress=False)
            assert ledger[0].amount == 10
            ledger.__arrow_c_stream__()
            ledger.explain(line="l").to_dict()
            s.caseload([{"reference": "A", "members": "34"}], progress=False).to_csv()

    all_of_it(2_000)
    before = size()
    all_of_it(20_000)
    assert size() - before < 2_000_000


def test_simulations_their_draws_and_parts() -> None:
    line = {"parameter": "lines.l.amount", "distribution": {"uniform": {"low": 9, "high": 11}}}
    s = rc.loads(TEXT).replace(uncertain=[line])

    def all_of_it(count: int) -> None:
        for _ in range(count):
            sim = s.simulate(300, keep="everything", threads=1, progress=False)
            assert len(sim._core.kept_draws("temporary", "total").__array_interface__) == 4
            assert sim.extra.total.quantile(0.8) >= sim.pathways["temporary"].by_category["a"].least
            part = s.simulate_range(0, 300, draws=300, threads=1, progress=False)
            assert rc.SimulationPart.from_bytes(part.to_bytes()).merge().draws == 300
            s.tornado(progress=False).to_json()
            s.sobol(draws=4, resamples=2, threads=1, progress=False).to_csv()
            try:
                s.simulate(base="none", progress=False)
            except rc.RelocostError:
                pass

    all_of_it(300)
    before = size()
    all_of_it(1_500)
    # The draws alone, of eight outputs, would be 30 MB if they stayed.
    assert size() - before < 4_000_000
