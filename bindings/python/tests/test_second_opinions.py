"""Simulations beside libraries that know nothing of this one.

SciPy on distributions, SALib on Sobol' indices, SimPy on the queue of a programme.
"""

from __future__ import annotations

import math
import random
import statistics
from decimal import Decimal
from typing import Any

import pytest

import relocost as rc

numpy = pytest.importorskip("numpy", reason="held against where the libraries are installed")
stats = pytest.importorskip("scipy.stats", reason="held against where the libraries are installed")

DRAWS = 2**16
SEED = 11


def a_line(id: str, **keys: object) -> dict[str, Any]:
    return {
        "id": id,
        "category": id,
        "label": id,
        "driver": "household",
        "schedule": {"monthly": {}},
        "amount": "1",
        "currency": "EUR",
        "source": "made up",
        **keys,
    }


def scenario(lines: list[dict[str, Any]], uncertain: dict[str, Any], months: int = 1, **keys: object) -> rc.Scenario:
    """Both solutions pay every line."""
    solution = {"label": "s", "entitlements": []}
    return rc.Scenario(
        catalogue=None,
        start="2026-01",
        horizon_months=months,
        household=[34],
        currency="EUR",
        price_base_year=2026,
        categories=[line["id"] for line in lines],
        funds=["f"],
        entitlements=["e"],
        solutions={"permanent": {**solution, "kind": "permanent"}, "temporary": {**solution, "kind": "temporary"}},
        lines=lines,
        uncertain=[{"parameter": path, "distribution": of} for path, of in uncertain.items()],
        **keys,
    )


def lognormal(mean: float, sd: float) -> Any:
    sigma = math.sqrt(math.log1p((sd / mean) ** 2))
    return stats.lognorm(sigma, scale=mean / math.sqrt(1 + (sd / mean) ** 2))


def pert(low: float, mode: float, high: float, shape: float) -> Any:
    alpha, beta = 1 + shape * (mode - low) / (high - low), 1 + shape * (high - mode) / (high - low)
    return stats.beta(alpha, beta, loc=low, scale=high - low)


Z95 = stats.norm.ppf(0.95)
LAWS = {
    "uniform": ({"uniform": {"low": 9, "high": 21}}, stats.uniform(9, 12)),
    "triangular": ({"triangular": {"low": 300, "mode": 520, "high": 1200}}, stats.triang(220 / 900, 300, 900)),
    "pert": ({"pert": {"low": 700, "mode": 950, "high": 1500}}, pert(700, 950, 1500, 4)),
    "pert of a shape": ({"pert": {"low": 1, "mode": 2, "high": 9, "shape": 7}}, pert(1, 2, 9, 7)),
    "normal": ({"normal": {"mean": 700, "sd": 60}}, stats.norm(700, 60)),
    "lognormal": ({"lognormal": {"mean": "950", "sd": "400"}}, lognormal(950, 400)),
    "lognormal by quantiles": (
        {"lognormal": {"p5": 100, "p95": 900}},
        stats.lognorm(math.log(9) / (2 * Z95), scale=300),
    ),
    "gamma": ({"gamma": {"mean": 105, "sd": 45}}, stats.gamma((105 / 45) ** 2, scale=45**2 / 105)),
    "gamma with a peak at 0": ({"gamma": {"mean": 10, "sd": 20}}, stats.gamma(0.25, scale=40)),
    "beta": ({"beta": {"alpha": "0.8", "beta": "3", "low": 5, "high": 25}}, stats.beta(0.8, 3, 5, 20)),
}


@pytest.mark.parametrize(("law", "opinion"), LAWS.values(), ids=LAWS.keys())
def test_quantiles_are_those_of_scipy(law: dict[str, Any], opinion: Any) -> None:
    """The cost of a scenario whose only charge is one uncertain amount is that amount."""
    s = scenario([a_line("a")], {"lines.a.amount": law})
    total = s.simulate(DRAWS, SEED, sampling="sobol").pathways["temporary"].total
    spread = opinion.ppf(0.75) - opinion.ppf(0.25)
    for share in (0.001, 0.01, 0.05, 0.1, 0.25, 0.5, 0.8, 0.9, 0.95, 0.99, 0.999):
        near = opinion.ppf([share - 16 / DRAWS, share + 16 / DRAWS])
        error = 1e-7 * spread
        assert near[0] - error <= total.quantile(share) <= near[1] + error, share
    assert total.mean == pytest.approx(opinion.mean(), abs=2e-3 * spread)
    assert total.sd == pytest.approx(opinion.std(), rel=1e-2)
    # The mean at which the ledger is taken beside them is exact.
    assert float(total.ledger_at_means) == pytest.approx(opinion.mean(), abs=0.0051)


@pytest.mark.parametrize("sampling", ["random", "latin_hypercube"])
@pytest.mark.parametrize(("law", "opinion"), LAWS.values(), ids=LAWS.keys())
def test_draws_pass_the_test_of_kolmogorov_and_smirnov(law: dict[str, Any], opinion: Any, sampling: str) -> None:
    s = scenario([a_line("a")], {"lines.a.amount": law})
    draws = s.simulate(20_000, SEED, sampling=sampling, keep="totals").kept_draws("temporary")
    result = stats.kstest(draws, opinion.cdf)
    # One in ten thousand right ones would fail, and the seed is fixed; stratified draws lie closer than chance.
    assert result.pvalue > 1e-4
    if sampling == "latin_hypercube":
        assert result.statistic < 0.01


def test_observed_and_discrete_values() -> None:
    observed = [8, 2, 4, 15, 3]
    s = scenario([a_line("a")], {"lines.a.amount": {"empirical": {"values": observed}}})
    total = s.simulate(DRAWS, SEED, sampling="sobol").pathways["temporary"].total
    for share in (0.01, 0.2, 0.5, 0.77, 0.99):
        assert total.quantile(share) == pytest.approx(numpy.quantile(observed, share), abs=2e-3)
    s = scenario([a_line("a")], {"lines.a.amount": {"discrete": {"values": [1, 4, 9], "weights": [3, 1, 4]}}})
    values, counts = numpy.unique(s.simulate(DRAWS, SEED, keep="totals").kept_draws("temporary"), return_counts=True)
    assert list(values) == [1, 4, 9]
    assert stats.chisquare(counts, DRAWS * numpy.array([3, 1, 4]) / 8).pvalue > 1e-4


@pytest.mark.parametrize("wanted", [-0.9, -0.3, 0.0, 0.5, 0.95])
def test_rank_correlations_are_those_asked_for(wanted: float) -> None:
    laws = {
        "lines.a.amount": {"gamma": {"mean": 105, "sd": 45}},
        "lines.b.amount": {"triangular": {"low": 300, "mode": 520, "high": 1200}},
    }
    tied = [{"between": list(laws), "spearman": str(wanted)}] if wanted else []
    s = scenario([a_line("a"), a_line("b")], laws, correlations=tied)
    sim = s.simulate(DRAWS, SEED, keep="everything")
    found = stats.spearmanr(sim.kept_draws("temporary", "a"), sim.kept_draws("temporary", "b")).statistic
    assert found == pytest.approx(wanted, abs=4 / math.sqrt(DRAWS))


def test_rank_correlations_with_a_figure() -> None:
    laws = {
        "lines.a.amount": {"gamma": {"mean": 105, "sd": 45}},
        "lines.b.amount": {"triangular": {"low": 300, "mode": 520, "high": 1200}},
    }
    s = scenario([a_line("a"), a_line("b")], laws)
    sim = s.simulate(DRAWS, SEED, keep="everything")
    found = s.sobol(DRAWS, SEED, resamples=0).figures["temporary"].spearman
    for id in ("a", "b"):
        opinion = stats.spearmanr(sim.kept_draws("temporary", id), sim.kept_draws("temporary")).statistic
        assert found[f"lines.{id}.amount"] == pytest.approx(opinion, abs=0.01)


# Sobol' indices.


def saltelli(laws: list[Any], draws: int) -> tuple[dict[str, Any], Any]:
    """SALib's problem, and its sample of the unit cube by the laws' quantile functions."""
    sample = pytest.importorskip("SALib.sample.sobol", reason="held against where the library is installed")
    problem = {
        "num_vars": len(laws),
        "names": [f"x{place}" for place in range(len(laws))],
        "bounds": [[0, 1]] * len(laws),
    }
    points = sample.sample(problem, draws, calc_second_order=False, seed=SEED)
    return problem, numpy.column_stack([law.ppf(column) for law, column in zip(laws, points.T)])


def agree(problem: dict[str, Any], values: Any, parameters: list[str], found: rc.FigureIndices) -> None:
    analyze = pytest.importorskip("SALib.analyze.sobol")
    opinion = analyze.analyze(problem, numpy.asarray(values, float), calc_second_order=False, seed=SEED)
    factors = {factor.name: factor for factor in found.factors}
    assert set(factors) == set(parameters)
    for place, name in enumerate(parameters):
        for kind, index in (("S1", factors[name].first_order), ("ST", factors[name].total)):
            # Both are estimates: they may differ by what their own intervals say together, and half of it again.
            allowed = 1.5 * (opinion[f"{kind}_conf"][place] + (index.high - index.low) / 2) + 1e-9
            assert index.value == pytest.approx(opinion[kind][place], abs=allowed), (name, kind)


def test_sobol_indices_beside_salib_and_a_second_program() -> None:
    """Twenty-four months of two lines: one that grows by an index, one in dollars that grows too."""
    uncertain = {
        "lines.a.amount": {"normal": {"mean": 700, "sd": 60}},
        "lines.b.amount": {"triangular": {"low": 300, "mode": 520, "high": 1200}},
        "rates.index.i.shift": {"normal": {"mean": "0.02", "sd": "0.08"}},
        "rates.fx.USD.factor": {"lognormal": {"mean": 1, "sd": "0.2"}},
    }
    laws = [stats.norm(700, 60), stats.triang(220 / 900, 300, 900), stats.norm(0.02, 0.08), lognormal(1, 0.2)]
    rates = {"index": {"i": {"default": "0.03"}}, "fx": {"USD": {"default": "0.9"}}}
    s = scenario([a_line("a", index="i"), a_line("b", currency="USD", index="i")], uncertain, 24, rates=rates)

    def cost(point: Any) -> Any:
        a, b, shift, factor = point
        return 12 * (1 + 1 + 0.03 + shift) * (a + b * 0.9 * factor)

    problem, points = saltelli(laws, 2**12)
    # The second program costs what the ledger does, but for its cents.
    for point in points[:20]:
        changes = {path: Decimal(repr(float(x))).quantize(Decimal("1e-9")) for path, x in zip(uncertain, point)}
        assert cost(point) == pytest.approx(float(s.with_(changes).ledger("temporary").total), abs=0.5)
    found = s.sobol(2**14, SEED, resamples=200).figures["temporary"]
    agree(problem, cost(points.T), list(uncertain), found)
    values = cost(numpy.array([law.rvs(10**6, random_state=place) for place, law in enumerate(laws)]))
    assert found.mean == pytest.approx(values.mean(), rel=5e-3)
    assert found.sd == pytest.approx(values.std(), rel=2e-2)


def test_sobol_indices_of_the_family_beside_salib_and_the_ledger(family: rc.Scenario) -> None:
    """SALib's points, each costed by the exact ledger."""
    uncertain = {
        "profiles.integration.stretch": ({"pert": {"low": "0.6", "mode": 1, "high": "2.5"}}, pert(0.6, 1, 2.5, 4)),
        "lines.rent.amount": LAWS["pert"],
        "lines.subsistence.amount": LAWS["normal"],
    }
    s = family.replace(
        uncertain=[{"parameter": path, "distribution": law} for path, (law, _) in uncertain.items()], correlations=[]
    )
    problem, points = saltelli([opinion for _, opinion in uncertain.values()], 2**8)
    rows = [dict(zip(uncertain, (Decimal(repr(float(x))).quantize(Decimal("1e-9")) for x in row))) for row in points]
    totals = [float(row.base) for row in s.what_ifs(rows).rows]
    indices = s.sobol(2**13, SEED, resamples=200).figures["permanent"]
    found = {factor.name: factor for factor in indices.factors}
    # The events of a line that only the alternative pays explain nothing of the base.
    assert found.pop("lines.hospital-uninsured.events").total.value == 0
    agree(problem, totals, list(uncertain), indices._replace(factors=tuple(found.values())))
    assert indices.mean == pytest.approx(numpy.mean(totals), rel=1e-2)


# A queue: cases that arrive at random, a place or two a month, of which one in four is refused.
PER_YEAR, YEARS, REFUSED, AGAIN = 15, 5, 0.25, 3
LIMITS = (6, 12, 24)


def places(month: int) -> int:
    return 2 if month % 3 == 0 else 1


def a_queue_of_simpy(seed: int) -> dict[str, float]:
    """One future of the queue by discrete events: exponential times between arrivals, an office at each month's end."""
    simpy = pytest.importorskip("simpy", reason="held against where the library is installed")
    env, drawn, months = simpy.Environment(), random.Random(seed), 12 * YEARS
    waiting = simpy.PriorityStore(env)  # by the time of arrival
    joined: list[float] = []
    given: dict[float, int] = {}
    found = dict.fromkeys(("lapsed", "refused", "waiting_months"), 0)

    def arrivals() -> Any:
        while True:
            yield env.timeout(drawn.expovariate(PER_YEAR / 12))
            joined.append(env.now)
            yield waiting.put(env.now)

    def returns(case: float) -> Any:
        yield env.timeout(AGAIN - 0.25)
        yield waiting.put(case)

    def office() -> Any:
        yield env.timeout(0.75)
        for month in range(months):
            # What arrived in the last quarter of the month is there, too: the office looks at its end.
            yield env.timeout(0.25 - 2**-20)
            for _ in range(places(month)):
                if not waiting.items:
                    found["lapsed"] += 1
                    continue
                case = yield waiting.get()
                if drawn.random() < REFUSED:
                    found["refused"] += 1
                    env.process(returns(case))
                else:
                    given[case] = month
            found["waiting_months"] += len(joined) - len(given)
            yield env.timeout(0.75 + 2**-20)

    env.process(arrivals())
    env.process(office())
    env.run(until=months)
    figures: dict[str, float] = {**found, "still_waiting": len(joined) - len(given)}
    for limit in LIMITS:
        early = [case for case in joined if int(case) + limit <= months]
        within = [case for case in early if case in given and given[case] - int(case) <= limit]
        figures[f"given_within {limit}"] = len(within) / len(early)
    return figures


def test_a_queue_of_cases_is_that_of_simpy() -> None:
    futures = [a_queue_of_simpy(seed) for seed in range(1000)]
    cost = 10**9  # beside it households cost next to nothing
    lines = [a_line("stay", amount="0.01")]
    setting = scenario(lines, {}).to_dict()
    setting = {key: setting[key] for key in setting if key not in ("start", "horizon_months", "household", "variants")}
    month = [f"{2026 + number // 12}-{number % 12 + 1:02}" for number in range(12 * YEARS)]
    waits = {"count": "waiting"}
    programme = rc.Programme.from_dict(
        {
            **setting,
            "programme": {
                "first_fiscal_year": 2026,
                "fiscal_years": YEARS,
                "lines": [a_line("waits", driver=waits, category="stay", schedule="monthly", amount=cost)],
            },
            "arrivals": [{"members": [{"age": 30}], "per_year": PER_YEAR}],
            "agreements": [
                {
                    "id": "a",
                    "label": "A",
                    "grants": [{"month": of, "places": places(number)} for number, of in enumerate(month)],
                    "refusal": {"probability": str(REFUSED), "after_months": AGAIN},
                }
            ],
        }
    )
    sim = programme.simulate(4000, seed=SEED)
    told = sim.waiting._asdict() | {f"given_within {limit}": sim.waiting.given_within[limit] for limit in LIMITS}
    told["waiting_months"] = sim.lines["as_planned"].total
    for name in futures[0]:
        values = [future[name] for future in futures]
        unit = cost if name == "waiting_months" else 1
        error = math.hypot(statistics.stdev(values) / math.sqrt(len(values)), told[name].se / unit)
        assert told[name].mean / unit == pytest.approx(statistics.mean(values), abs=4 * error), name
        assert error < 0.05 * statistics.mean(values), name
        assert told[name].sd / unit == pytest.approx(statistics.stdev(values), rel=0.15), name
