"""Simulations: statistics, draws without a copy, parts, tornados, Sobol' indices; wrong options; no NumPy."""

from __future__ import annotations

import copy
import gc
import json
import math
import pickle
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

import relocost as rc

SHARES = (0.05, 0.1, 0.5, 0.8, 0.9, 0.95)


@pytest.fixture(scope="module")
def sim(family: rc.Scenario) -> rc.Simulation:
    return family.simulate(5000, seed=3, keep="everything")


def test_statistics_are_those_of_the_draws(sim: rc.Simulation) -> None:
    numpy = pytest.importorskip("numpy")
    for figure, figures in (*sim.pathways.items(), ("extra", sim.extra), ("premium", sim.premium)):
        funds = [(f"by_fund.{fund}", told) for fund, told in figures.by_fund.items()]
        parts = [("total", figures.total), *figures.by_fiscal_year.items(), *figures.by_category.items(), *funds]
        assert len(parts) > 8 and funds
        for key, told in parts:
            draws = sim.kept_draws(figure, key)
            if told is None:
                assert numpy.isnan(draws).any()
                continue
            assert told.draws == len(draws) == sim.draws == 5000
            scale = max(abs(draws).max(), 1e-9)
            assert told.mean == pytest.approx(draws.mean(), rel=1e-12, abs=1e-12 * scale)
            assert told.sd == pytest.approx(draws.std(ddof=1), rel=1e-6, abs=1e-6 * scale)
            assert told.se == pytest.approx(told.sd / math.sqrt(5000), rel=1e-12)
            assert (told.least, told.most) == (draws.min(), draws.max())
            for share, value in told.quantiles.items():
                assert value == told.quantile(share) == numpy.quantile(draws, share, method="inverted_cdf")
            value = told.quantile(0.7)
            assert told.exceedance(value) == (draws > value).mean()
            worst = numpy.sort(draws)[-250:]
            assert told.expected_shortfall(0.95) == pytest.approx(worst.mean(), rel=1e-9, abs=1e-9 * scale)
            assert tuple(told.quantiles) == tuple(told.quantile_errors) == SHARES


def test_draws_of_figures_belong_together(sim: rc.Simulation) -> None:
    numpy = pytest.importorskip("numpy")
    base, alternative = sim.kept_draws("permanent"), sim.kept_draws("temporary")
    assert numpy.array_equal(sim.kept_draws("extra"), alternative - base)
    assert numpy.array_equal(sim.kept_draws("premium"), (alternative - base) / base)
    years = [sim.kept_draws("permanent", year) for year in sim.pathways["permanent"].by_fiscal_year]
    assert numpy.allclose(sum(years), base)
    premium = sim.kept_draws("premium")
    below, within, above, none = sim.band
    assert (below, above, none) == ((premium < 0.45).mean(), (premium > 0.75).mean(), 0.0)
    assert within == pytest.approx(1 - below - above)


def test_the_ledgers_figures_stand_beside_them_exactly(sim: rc.Simulation, family: rc.Scenario) -> None:
    at_means = family.at_means().compare()
    for name, figures in family.compare().pathways.items():
        told = sim.pathways[name].total
        assert isinstance(told.ledger, Decimal)
        assert (told.ledger, told.ledger_at_means) == (figures.total, at_means.pathways[name].total)
        for year, amount in figures.by_fiscal_year.items():
            assert sim.pathways[name].by_fiscal_year[year].ledger == amount
        for category, told_category in sim.pathways[name].by_category.items():
            assert told_category.ledger == figures.by_category.get(category, Decimal(0))
        for fund, told_fund in sim.pathways[name].by_fund.items():
            assert told_fund.ledger == figures.by_fund.get(fund, Decimal(0))
        gap = told.gap
        assert gap.assumptions + gap.curvature == pytest.approx(told.mean - float(told.ledger))
        assert gap.chance == 2 * told.se
    assert str(sim.premium.total.ledger) == str(family.compare().premium)
    assert str(sim.extra.total.ledger_at_means) == str(at_means.extra)
    assert pickle.loads(pickle.dumps(family.at_means())) == family.at_means()


def test_draws_are_not_copied_and_outlive_their_simulation(family: rc.Scenario) -> None:
    numpy = pytest.importorskip("numpy")
    sim = family.simulate(10_000, keep="everything")
    one, other = sim.kept_draws("permanent"), sim.kept_draws("permanent")
    year = sim.kept_draws("temporary", "2027")
    assert one.dtype == numpy.float64 and one.shape == (10_000,) and not one.flags.owndata
    assert one.__array_interface__["data"] == other.__array_interface__["data"]
    assert numpy.shares_memory(one, other) and not numpy.shares_memory(one, year)
    assert numpy.array_equal(year, sim.kept_draws("temporary", 2027))
    for array in (one, other):
        assert not array.flags.writeable
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 0.0
        with pytest.raises(ValueError):
            array.flags.writeable = True
    copied = one.copy()
    mean = sim.pathways["permanent"].total.mean
    del sim, other
    gc.collect()
    filler = [family.simulate(10_000, seed=seed, keep="everything") for seed in range(5)]
    assert numpy.array_equal(one, copied) and one.mean() == pytest.approx(mean)
    assert len(filler) == 5


def test_what_was_not_kept_is_said(family: rc.Scenario) -> None:
    pytest.importorskip("numpy")
    totals, nothing = family.simulate(50, keep="totals"), family.simulate(50)
    assert totals.kept == [(name, "total") for name in (*family.pathways, "extra", "premium")]
    assert nothing.kept == []
    with pytest.raises(KeyError, match="keep='everything'"):
        totals.kept_draws("permanent", 2027)
    with pytest.raises(KeyError, match="not one of permanent, temporary"):
        totals.kept_draws("permanant")
    with pytest.raises(KeyError, match="keep='totals'"):
        nothing.kept_draws("permanent")


def test_figures_on_request_have_the_bits_of_all(family: rc.Scenario) -> None:
    every = family.simulate(300)
    parts = ("by_fiscal_year", "by_category", "by_fund")
    for figures in ("totals", *parts):
        found = family.simulate(300, figures=figures)
        assert (found.figures, every.figures) == (figures, "all")
        for name, whole in every.pathways.items():
            assert found.pathways[name].total == whole.total
            for part in parts:
                assert getattr(found.pathways[name], part) == (getattr(whole, part) if part == figures else {})
        assert found.extra.total == every.extra.total and found.band == every.band
        part = family.simulate_range(0, 300, draws=300, figures=figures)
        assert family.simulation_of_part(part, draws=300, figures=figures) == found
        with pytest.raises(rc.RelocostError):
            family.simulation_of_part(part, draws=300)
        assert found.text() and found.to_json()


def test_a_pathway_called_like_a_figure_is_told_apart(family: rc.Scenario) -> None:
    pytest.importorskip("numpy")
    tables = family.to_dict()
    tables["pathways"]["extra"] = tables["pathways"]["delayed"]
    sim = rc.Scenario.from_dict(tables).simulate(50, keep="totals")
    assert ("pathways.extra", "total") in sim.kept
    assert sim.kept_draws("pathways.extra").mean() == pytest.approx(sim.pathways["extra"].total.mean)
    assert sim.kept_draws("extra").mean() == pytest.approx(sim.extra.total.mean)


def test_without_numpy_the_error_names_it() -> None:
    code = """
import sys
sys.modules["numpy"] = None
import relocost as rc
sim = rc.Scenario(start="2026-03", horizon_months=3, household=[34]).simulate(10, keep="totals")
assert sim.pathways["permanent"].total.sd == 0
try:
    sim.kept_draws("permanent")
except ImportError as error:
    print(error)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.stdout == "draws need numpy: pip install 'relocost[numpy]'\n", done.stderr


def test_quantiles_without_draws_are_near(sim: rc.Simulation, family: rc.Scenario) -> None:
    near = family.simulate(5000, seed=3)
    for name in family.pathways:
        exact, found = sim.pathways[name].total, near.pathways[name].total
        assert (found.mean, found.sd) == (exact.mean, exact.sd)
        for share in SHARES:
            assert found.quantile(share) == pytest.approx(exact.quantile(share), rel=2**-10)


@pytest.mark.parametrize("sampling", ["random", "latin_hypercube", "sobol"])
def test_the_same_bits_on_any_threads_and_in_any_parts(family: rc.Scenario, sampling: str) -> None:
    named = {"draws": 10_000, "seed": 2**64 - 1, "sampling": sampling, "keep": "everything"}
    whole = family.simulate(**named)
    assert (whole.seed, whole.sampling, whole.draws) == (2**64 - 1, sampling, 10_000)
    for threads in (1, 2, 7):
        again = family.simulate(**named, threads=threads)
        assert again == whole and again.to_json() == whole.to_json()
    cuts = [0, 1, 300, 5000, 5001, 10_000]
    parts = [family.simulate_range(first, end, **named) for first, end in zip(cuts, cuts[1:])]
    late, *others = parts[::-1]
    merged = late.merge(*(rc.SimulationPart.from_bytes(part.to_bytes()) for part in others))
    assert merged.ranges == [(0, 10_000)] and merged.draws == 10_000
    assert late.ranges == [(5001, 10_000)]  # a part does not change
    found = family.simulation_of_part(merged, **named)
    assert found == whole and found.to_json() == whole.to_json()
    assert family.simulate(**{**named, "seed": 5}) != whole


def test_a_precision_ends_it_early(family: rc.Scenario) -> None:
    soon = family.simulate(10**7, precision=0.01)
    assert soon.draws == 2**14
    assert soon == family.simulate(2**14)
    later = family.simulate(10**6, precision=0.001)
    assert 2**14 < later.draws <= 10**6
    for name in ("permanent", "temporary"):
        assert later.pathways[name].total.se <= 0.001 * later.pathways[name].total.mean


def test_parts_of_other_simulations_are_refused(family: rc.Scenario) -> None:
    part = family.simulate_range(0, 100, draws=200)
    assert repr(part) == "SimulationPart(100 draws: 0 to 99; internal)"
    with pytest.raises(rc.ValidationError, match="draw 50 is in both"):
        part.merge(family.simulate_range(50, 200, draws=200))
    with pytest.raises(rc.ValidationError, match="another simulation"):
        part.merge(family.simulate_range(100, 200, draws=200, seed=2))
    other = family.with_({"lines.rent.amount": 1000}).simulate_range(100, 200, draws=200)
    with pytest.raises(rc.ValidationError, match="another simulation"):
        part.merge(other)
    with pytest.raises(rc.ValidationError, match="100 draws of 200"):
        family.simulation_of_part(part, draws=200)
    with pytest.raises(rc.ReadError):
        rc.SimulationPart.from_bytes(b"\x00\x01")
    for first, end in ((0, 0), (5, 3), (0, 201)):
        with pytest.raises(rc.ValidationError) as caught:
            family.simulate_range(first, end, draws=200)
        assert caught.value.code is rc.Code.OUT_OF_RANGE
    with pytest.raises(TypeError):
        part.merge(3)
    with pytest.raises(TypeError):
        family.simulation_of_part(3)


@pytest.mark.parametrize(
    ("named", "code", "message"),
    [
        ({"draws": 0}, "OUT_OF_RANGE", "draws"),
        ({"draws": -1}, "OUT_OF_RANGE", "draws"),
        ({"draws": 10**30}, "OUT_OF_RANGE", "draws"),
        ({"draws": 2**36 + 1, "keep": "nothing"}, "OUT_OF_RANGE", r"2\^36"),
        ({"draws": 2**29, "keep": "totals"}, "TOO_MANY", "would hold 2684354560 numbers; expected at most 1073741824"),
        ({"draws": 2**26, "keep": "everything"}, "TOO_MANY", "keep less, or fewer draws"),
        ({"draws": True}, "OUT_OF_RANGE", "draws"),
        ({"seed": -1}, "OUT_OF_RANGE", "seed"),
        ({"seed": 2**64}, "OUT_OF_RANGE", "seed"),
        ({"sampling": "sobl"}, "WRONG_KIND", 'sampling: expected .* did you mean "sobol"'),
        ({"sampling": "x" * 1000}, "WRONG_KIND", 'sampling: expected "random"'),
        ({"figures": "total"}, "WRONG_KIND", 'did you mean "totals"'),
        ({"keep": "all"}, "WRONG_KIND", 'expected "nothing", "totals" or "everything"'),
        ({"keep": "everthing"}, "WRONG_KIND", 'did you mean "everything"'),
        ({"basis": "real"}, "WRONG_KIND", "nominal"),
        ({"base": "permanant"}, "UNKNOWN_PATHWAY", "permanent"),
        ({"alternative": "none"}, "UNKNOWN_PATHWAY", "temporary"),
        ({"precision": 0}, "OUT_OF_RANGE", "precision"),
        ({"precision": 1.5}, "OUT_OF_RANGE", "precision"),
        ({"precision": float("nan")}, "OUT_OF_RANGE", "precision"),
        ({"threads": 0}, "OUT_OF_RANGE", "threads"),
        ({"threads": -3}, "OUT_OF_RANGE", "threads"),
    ],
    ids=str,
)
def test_wrong_options_are_refused(family: rc.Scenario, named: dict[str, object], code: str, message: str) -> None:
    with pytest.raises(rc.RelocostError, match=message) as caught:
        family.simulate(**named)
    assert caught.value.code.name == code
    # A range needs neither precision nor threads, and the draws kept of it are tested elsewhere.
    if "precision" not in named and "threads" not in named and code != "TOO_MANY":
        with pytest.raises(rc.RelocostError, match=message):
            family.simulate_range(0, 1, **named)


@pytest.mark.parametrize(
    "named",
    [
        {"draws": 1.5},
        {"draws": "many"},
        {"draws": None},
        {"seed": "x"},
        {"seed": 1.0},
        {"sampling": None},
        {"keep": True},
        {"base": 3},
        {"precision": "0.1"},
        {"precision": True},
        {"threads": 1.5},
        {"wrong": 1},
    ],
    ids=str,
)
def test_options_of_wrong_types_are_refused(family: rc.Scenario, named: dict[str, object]) -> None:
    with pytest.raises(TypeError, match=next(iter(named))):
        family.simulate(**named)


def test_shares_and_values_are_checked(sim: rc.Simulation) -> None:
    total = sim.pathways["permanent"].total
    assert total.quantile(0) == total.least and total.quantile(1) == total.most
    assert total.exceedance(total.ledger) == total.exceedance(float(total.ledger))
    assert total.exceedance(math.inf) == 0 and total.exceedance(-math.inf) == 1
    for ask in (total.quantile, total.expected_shortfall):
        for share in (-0.1, 1.1, 80, math.nan, math.inf):
            with pytest.raises(rc.ValidationError, match="share"):
                ask(share)
    for wrong in ("0.5", None, [0.5]):
        with pytest.raises(TypeError):
            total.quantile(wrong)
    with pytest.raises(KeyError):
        sim.pathways["none"]
    with pytest.raises(KeyError):
        sim.pathways["permanent"].by_fiscal_year[1999]


def test_it_shows_itself(sim: rc.Simulation) -> None:
    total = sim.pathways["temporary"].total
    assert sim.text().startswith(repr(sim).splitlines()[0])
    for shown in (f"{total.mean:,.0f}", f"{total.quantile(0.8):,.0f}", "Not for publication"):
        assert shown in sim.text() and shown in sim._repr_html_()
    assert "Ne pas publier" in sim.text("fr") and "Ne pas publier" in sim.html("fr")
    assert f"P80 {total.quantile(0.8):,.0f}" in repr(total) and repr(total) in repr(sim.pathways["temporary"])
    with pytest.raises(rc.ValidationError, match="lang"):
        sim.text("de")


def test_json_csv_and_tables(sim: rc.Simulation, tmp_path: Path) -> None:
    written = sim.to_dict()
    assert written == json.loads(sim.to_json())
    total = sim.pathways["permanent"].total
    assert {"internal": True, **written["pathways"]["permanent"]["total"]} == total.to_dict()
    assert written["pathways"]["permanent"]["total"]["quantiles"]["0.8"] == total.quantile(0.8)
    assert written["comparison"]["band"] == sim.band._asdict()
    assert {each["parameter"]: each["moved"] for each in written["moved"]} == sim.moved

    rows = {(row["figure"], row["by"], row["key"]): row for row in sim.to_dicts()}
    row = rows["permanent", "total", "total"]
    assert (row["mean"], row["sd"], row["se"], row["least"], row["most"]) == (
        total.mean,
        total.sd,
        total.se,
        total.least,
        total.most,
    )
    for share in SHARES:
        assert row[f"p{round(100 * share)}"] == total.quantile(share)
    assert row["expected_shortfall_95"] == total.expected_shortfall(0.95)
    assert (row["ledger"], row["ledger_at_means"]) == (total.ledger, total.ledger_at_means)
    assert rows["premium", "fiscal_year", "2027"]["p80"] == sim.premium.by_fiscal_year[2027].quantile(0.8)
    assert rows["premium", "category", "legal"]["mean"] is None and sim.premium.by_category["legal"] is None
    assert len(rows) == len(sim.table)

    sim.to_csv(tmp_path / "sim.csv")
    lines = (tmp_path / "sim.csv").read_text().splitlines()
    assert lines[0] == "figure,value" and f"pathways.permanent.total.mean,{total.mean!r}" in lines


def test_tables_in_every_library(sim: rc.Simulation, family: rc.Scenario) -> None:
    pandas = pytest.importorskip("pandas")
    polars = pytest.importorskip("polars")
    pyarrow = pytest.importorskip("pyarrow")
    for result in (sim, family.tornado(), family.sobol(draws=64, resamples=10)):
        rows = result.to_dicts()
        frame = result.to_pandas()
        assert frame.shape == (len(rows), len(rows[0])) and frame.attrs["currency"] == "EUR"
        assert polars.DataFrame(result).shape == frame.shape
        table = pyarrow.table(result)
        floats = [name for name in table.column_names if table.schema.field(name).type == pyarrow.float64()]
        assert len(floats) >= 7
        for name in floats:
            assert table[name].to_pylist() == [row[name] for row in rows]
            assert str(frame[name].dtype) == "float64"
    assert pandas.isna(sim.to_pandas()["mean"]).sum() >= 1


def test_results_are_kept_and_compared(sim: rc.Simulation, family: rc.Scenario) -> None:
    for result in (
        sim,
        sim.pathways["permanent"],
        sim.pathways["permanent"].total,
        sim.premium.by_category["housing"],
        family.tornado(),
        family.sobol(draws=64, resamples=10),
        family.simulate(100),
    ):
        again = pickle.loads(pickle.dumps(result))
        assert again == result and hash(again) == hash(result) and type(again) is type(result)
        assert copy.copy(result) == result == copy.deepcopy(result)
        assert result != 3
    part = family.simulate_range(0, 100, draws=100)
    again = pickle.loads(pickle.dumps(part))
    assert again.to_bytes() == part.to_bytes()
    assert pickle.loads(pickle.dumps(family.simulation_of_part(again, draws=100))) == family.simulate(100)
    assert sim.pathways["permanent"].total != sim.pathways["temporary"].total


def test_a_tornados_ends_are_what_if(family: rc.Scenario) -> None:
    tornado = family.tornado()
    standing = family.compare()
    assert tornado.standing.value is None
    # Sums of a hundred entries, each rounded to the cent in the ledger alone.
    assert tornado.standing.extra == pytest.approx(float(standing.extra), abs=5)
    swings = [abs(bar.swing) for bar in tornado.bars]
    assert swings == sorted(swings, reverse=True) and len(swings) == 11
    for bar in tornado.bars[:5]:
        for end in (bar.low, bar.high):
            c = family.with_({bar.parameter: Decimal(repr(end.value)).quantize(Decimal("1e-9"))}).compare()
            assert end.extra == pytest.approx(float(c.extra), abs=5)
            assert end.premium == pytest.approx(float(c.premium), rel=1e-4)
            assert end.pathways["permanent"] == pytest.approx(float(c.base.total), abs=5)
        assert bar.swing == bar.high.extra - bar.low.extra
    assert (tornado.base, tornado.alternative, tornado.basis) == ("permanent", "temporary", "nominal")
    assert json.loads(tornado.to_json())["bars"][0]["parameter"] == tornado.bars[0].parameter
    assert tornado.to_dicts()[0]["high_extra"] == tornado.bars[0].high.extra
    assert tornado.text("fr") != tornado.text() and tornado.bars[0].parameter in tornado.html()
    with pytest.raises(rc.ComputationError):
        family.tornado(base="permanant")


def test_sobol_indices_are_the_same_on_any_threads(family: rc.Scenario) -> None:
    indices = family.sobol(draws=500, seed=2, resamples=50)
    for threads in (1, 7):
        assert family.sobol(draws=500, seed=2, resamples=50, threads=threads) == indices
    assert indices != family.sobol(draws=500, seed=3, resamples=50)
    assert list(indices.figures) == [*family.pathways, "extra", "premium"]
    for figure in indices.figures.values():
        totals = [factor.total.value for factor in figure.factors]
        assert totals == sorted(totals, reverse=True) and figure.sd > 0
        for factor in figure.factors:
            for index in (factor.first_order, factor.total):
                assert index.low <= index.value <= index.high
            assert factor.sd_total == pytest.approx(figure.sd * math.sqrt(max(factor.total.value, 0)))
        assert set(figure.spearman) == {each["parameter"] for each in family.to_dict()["uncertain"]}
    names = {factor.name for factor in indices.figures["extra"].factors}
    assert "lines.short-let.amount + lines.international-school.amount" in names
    assert indices.draws == 500 and json.loads(indices.to_json())["figures"]["extra"]["sd"] > 0
    assert len(indices.to_dicts()) == sum(len(figure.factors) for figure in indices.figures.values())
    assert indices.text("fr") != indices.text() and "Not for publication" in indices.text()
    for named in ({"draws": 1}, {"draws": -1}, {"draws": 2**40}, {"resamples": 10**6}, {"resamples": -1}, {"seed": -1}):
        with pytest.raises(rc.ValidationError):
            family.sobol(**named)
    for named in ({"draws": 1.5}, {"resamples": None}, {"threads": "x"}):
        with pytest.raises(TypeError):
            family.sobol(**named)


def test_odd_scenarios_are_simulated_too(golden: Path) -> None:
    nobody = rc.Scenario(start="2026-03", horizon_months=3, household=[])
    sim = nobody.simulate(50)
    assert sim.premium.total is None and sim.band == (0, 0, 0, 1) and sim.moved == {}
    assert repr(sim) and repr(nobody.tornado()) and repr(nobody.sobol(draws=4))
    assert nobody.tornado().bars == () and nobody.tornado().table.shape[0] == 0
    assert nobody.sobol(draws=4).figures["permanent"].factors == ()
    assert "premium" not in nobody.sobol(draws=4).figures
    for file in sorted(golden.glob("*.toml")):
        if file.name != "reference-catalogue.toml":
            s = rc.load(file)
            if {"permanent", "temporary"} <= set(s.solutions):
                sim = s.simulate(100, keep="everything")
                assert sum(sim.band) == pytest.approx(1)
                repr(sim), sim.text("fr"), sim.to_csv()


def test_nothing_identifies_a_household() -> None:
    s = rc.Scenario(
        start="2026-03",
        horizon_months=12,
        title="Zanzibar",
        household={"reference": "SECRET-1", "members": [{"born": "1987-05", "role": "witness"}]},
        uncertain=[{"parameter": "lines.rent.amount", "distribution": {"uniform": {"low": 900, "high": 1000}}}],
    )
    sim = s.simulate(20)
    shown = [repr(sim), sim.html(), sim.to_json(), sim.to_csv(), repr(s.tornado()), repr(s.sobol(draws=4))]
    shown.append(repr(s.simulate_range(0, 5, draws=20)))
    assert b"SECRET" not in s.simulate_range(0, 5, draws=20).to_bytes()
    for text in shown:
        assert not any(secret in text for secret in ("SECRET", "1987-05", "Zanzibar"))
