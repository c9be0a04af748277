"""The futures of programmes: the same bits on any threads and in any parts, and the command's; wrong options."""

from __future__ import annotations

import copy
import json
import pickle
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import relocost as rc

TABLES: dict[str, Any] = {
    "catalogue": "reference",
    "programme": {
        "first_fiscal_year": 2026,
        "fiscal_years": 2,
        "ceiling": {"regular_budget": {"default": 120000}},
    },
    "cases": [{"members": [{"age": 34}], "arrives": "2025-06", "count": 2}],
    "arrivals": [{"members": [{"age": 30}, {"age": 3}], "per_year": 4}],
    "agreements": [
        {
            "id": "north",
            "label": {"en": "Northern", "fr": "Du Nord"},
            "signed": True,
            "from": "2026-03",
            "places_per_year": 2,
            "slip": {"triangular": {"low": 0, "mode": 2, "high": 9}},
            "refusal": {"probability": "0.3", "after_months": 2},
        },
        {"id": "south", "label": "S", "grants": [{"month": "2026-09", "places": 2}]},
    ],
    "uncertain": [
        {"parameter": "lines.short-let.amount", "distribution": {"normal": {"mean": 1000, "sd": 400}}},
    ],
}


@pytest.fixture(scope="module")
def programme() -> rc.Programme:
    return rc.Programme.from_dict(TABLES)


@pytest.fixture(scope="module")
def sim(programme: rc.Programme) -> rc.ProgrammeSimulation:
    return programme.simulate(400, seed=5)


@pytest.mark.parametrize("sampling", ["random", "latin_hypercube", "sobol"])
def test_the_same_bits_on_any_threads_and_in_any_parts(programme: rc.Programme, sampling: Any) -> None:
    named: dict[str, Any] = {"draws": 600, "seed": 2**64 - 1, "sampling": sampling}
    whole = programme.simulate(**named)
    assert (whole.draws, whole.seed, whole.sampling) == (600, 2**64 - 1, sampling)
    for threads in (1, 2):
        again = programme.simulate(**named, threads=threads)
        assert again == whole and again.to_json() == whole.to_json()
    cuts = [0, 1, 250, 600]
    late, *others = [programme.simulate_range(first, end, **named) for first, end in zip(cuts, cuts[1:])][::-1]
    merged = late.merge(*(rc.SimulationPart.from_bytes(part.to_bytes()) for part in others))
    assert merged.ranges == [(0, 600)]
    found = programme.simulation_of_part(merged, **named)
    assert found == whole and found.to_json() == whole.to_json()
    assert programme.simulate(**{**named, "seed": 5}) != whole


def test_figures_are_those_of_the_command(tmp_path: Path, sim: rc.ProgrammeSimulation) -> None:
    (tmp_path / "budget.json").write_text(json.dumps({"schema": 1, **TABLES}), encoding="utf-8")
    command = [sys.executable, "-m", "relocost", "programme", "budget.json", "--draws", "400", "--seed", "5"]

    def ask(form: str) -> str:
        done = subprocess.run([*command, "--format", form], cwd=tmp_path, capture_output=True, text=True, check=True)
        return done.stdout

    told = json.loads(ask("json"))["futures"]
    # The command's file is none of Python's, and neither is its digest.
    assert {**told, "programme": None} == {**sim.to_dict(), "programme": None}
    assert ask("csv") == sim.to_csv()
    assert sim.text().splitlines()[0] in ask("text")


def test_every_figure_is_that_of_the_json(sim: rc.ProgrammeSimulation) -> None:
    told, checked = sim.to_dict(), 0

    def same(figure: rc.SimulatedFigure | None, at: Any) -> None:
        nonlocal checked
        checked += 1
        if figure is None:
            assert at is None
            return
        assert (figure.mean, figure.sd, figure.se) == (at["mean"], at["sd"], at["se"])
        assert {share: figure.quantile(float(share)) for share in at["quantiles"]} == at["quantiles"]
        assert figure.deterministic == Decimal(str(at["deterministic"]))
        assert copy.copy(figure) is figure
        assert figure.exceedance(figure.most) == 0 and "internal" in repr(figure)

    def line(found: rc.SimulatedLine | rc.SimulatedSaving, at: Any) -> None:
        same(found.total, at["total"])
        assert [str(year) for year in found.by_fiscal_year] == list(at["by_fiscal_year"])
        for year, figure in found.by_fiscal_year.items():
            same(figure, at["by_fiscal_year"][str(year)])
        assert list(found.by_fund) == list(at["by_fund"])
        for fund, figure in found.by_fund.items():
            same(figure, at["by_fund"][fund])
        if isinstance(found, rc.SimulatedLine):
            for year, funds in found.by_fiscal_year_and_fund.items():
                for fund, figure in funds.items():
                    same(figure, at["by_fiscal_year_and_fund"][str(year)][fund])

    assert list(sim.lines) == list(told["lines"]) == ["as_signed", "as_planned", "all_settled"]
    for name, found in sim.lines.items():
        line(found, told["lines"][name])
    line(sim.extra, told["extra"])
    line(sim.joint, told["joint"])
    assert list(sim.last) == list(told["last"]) == list(sim.agreements) == ["north", "south"]
    for id, saving in sim.last.items():
        line(saving, told["last"][id])
        same(sim.agreements[id].lapsed, told["agreements"][id]["lapsed"])
        same(sim.agreements[id].refused, told["agreements"][id]["refused"])
    for fund, years in told["ceiling"].items():
        for year, row in years.items():
            found_row = sim.ceiling[fund][int(year)]
            same(found_row.excess, row["excess"])
            assert (str(found_row.ceiling), found_row.above) == (row["ceiling"], row["above"])
            assert found_row.mean_excess_above == row["mean_excess_above"]
    for months, share in told["waiting"]["given_within"].items():
        same(sim.waiting.given_within[int(months)], share)
    for name in ("still_waiting", "lapsed", "refused"):
        same(getattr(sim.waiting, name), told["waiting"][name])
    assert sim.moved == {row["parameter"]: row["moved"] for row in told["moved"]}
    assert 0 < sim.moved["lines.short-let.amount"] < 400
    assert sim.note() == told["note"] and sim.note("fr").startswith("Les chiffres sans hasard")
    assert checked > 40


def test_tables_and_reports(sim: rc.ProgrammeSimulation) -> None:
    assert list(sim.tables) == ["futures", "future_ceilings", "future_waiting", "moved"]
    rows = [row for row in sim.to_dicts() if row["figure"] == "as_planned" and row["fund"] is None]
    planned = sim.lines["as_planned"]
    figures = [planned.total, *planned.by_fiscal_year.values()]
    assert [row["mean"] for row in rows] == [figure.mean for figure in figures]
    assert [row["p80"] for row in rows] == [figure.quantile(0.8) for figure in figures]
    assert sim.text().startswith("What chance does to the programme, in EUR, over 400 futures\nInternal: ")
    assert "Du Nord" in sim.html("fr") and "Interne" in sim.text("fr")
    assert sim.currency == "EUR" and sim.programme.cases == 2
    pyarrow = pytest.importorskip("pyarrow")
    assert pyarrow.table(sim).num_rows == len(sim.to_dicts())


def test_results_pickle_as_their_question(sim: rc.ProgrammeSimulation) -> None:
    again = pickle.loads(pickle.dumps(sim))
    assert again == sim and hash(again) == hash(sim)
    year = sim.ceiling["regular_budget"][2026]
    told = (sim.lines["as_planned"], sim.extra, sim.last["south"], sim.waiting, sim.agreements["north"], year)
    assert pickle.loads(pickle.dumps(told)) == told


def test_parts_of_other_simulations_are_refused(programme: rc.Programme, family: rc.Scenario) -> None:
    part = programme.simulate_range(0, 100, draws=200)
    with pytest.raises(rc.ValidationError, match="draw 50 is in both"):
        part.merge(programme.simulate_range(50, 200, draws=200))
    with pytest.raises(rc.ValidationError, match="100 draws of 200"):
        programme.simulation_of_part(part, draws=200)
    rest = programme.simulate_range(100, 200, draws=200)
    with pytest.raises(rc.ValidationError, match="another simulation"):
        programme.simulation_of_part(part.merge(rest), draws=200, seed=2)
    for other in (rc.Programme.from_dict({**TABLES, "arrivals": []}), family):
        with pytest.raises(rc.ValidationError, match="another simulation"):
            part.merge(other.simulate_range(100, 200, draws=200))
    for first, end in ((0, 0), (5, 3), (0, 201)):
        with pytest.raises(rc.ValidationError) as caught:
            programme.simulate_range(first, end, draws=200)
        assert caught.value.code is rc.Code.OUT_OF_RANGE
    with pytest.raises(TypeError, match="SimulationPart"):
        programme.simulation_of_part(3)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("named", "code", "message"),
    [
        ({"draws": 0}, "OUT_OF_RANGE", "draws"),
        ({"draws": True}, "OUT_OF_RANGE", "draws"),
        ({"draws": 2**36 + 1}, "OUT_OF_RANGE", r"2\^36"),
        ({"seed": -1}, "OUT_OF_RANGE", "seed"),
        ({"seed": 2**64}, "OUT_OF_RANGE", "seed"),
        ({"sampling": "sobl"}, "WRONG_KIND", 'sampling: expected .* did you mean "sobol"'),
        ({"threads": 0}, "OUT_OF_RANGE", "threads"),
    ],
    ids=str,
)
def test_wrong_options_are_refused(programme: rc.Programme, named: Any, code: str, message: str) -> None:
    with pytest.raises(rc.RelocostError, match=message) as caught:
        programme.simulate(**named)
    assert caught.value.code.name == code
    with pytest.raises(rc.RelocostError, match=message):
        programme.simulate_range(0, 1, **named)


@pytest.mark.parametrize("named", [{"draws": 1.5}, {"seed": "x"}, {"sampling": None}, {"threads": 1.5}, {"keep": 1}])
def test_options_of_wrong_types_are_refused(programme: rc.Programme, named: Any) -> None:
    with pytest.raises(TypeError, match=next(iter(named))):
        programme.simulate(**named)


def test_too_many_arrivals_are_refused_by_their_key() -> None:
    many = rc.Programme.from_dict({**TABLES, "arrivals": [{"members": [{"age": 30}], "per_year": 10**6}]})
    with pytest.raises(rc.RelocostError, match=r"arrivals\[0\]\.per_year"):
        many.simulate(10)


def test_progress_is_told_and_ends_the_call(programme: rc.Programme, monkeypatch: pytest.MonkeyPatch) -> None:
    from relocost import _progress

    def stop(self: object, done: int, total: int | None) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(_progress.Bar, "__call__", stop)
    with pytest.raises(KeyboardInterrupt):
        programme.simulate(10**8)
