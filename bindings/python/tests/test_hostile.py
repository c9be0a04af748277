"""Wrong types, wrong values, huge and hostile inputs: an exception each time, never a crash."""

from __future__ import annotations

import random
from decimal import Decimal
from pathlib import Path

import pytest

import relocost as rc
from relocost import _relocost

ODD = [
    None,
    True,
    0,
    -1,
    2**31,
    2**63,
    2**64,
    -(2**200),
    10**5000,
    0.5,
    float("nan"),
    float("inf"),
    "",
    "x",
    "\0",
    "9" * 10_000,
    "\ud800",
    "1e9",
    "١٢",
    b"\xff",
    Decimal("NaN"),
    Decimal("Infinity"),
    Decimal("1e999999999"),
    Decimal("-0"),
    [],
    {},
    (),
    set(),
    object(),
    lambda: 1,
    type,
    ...,
    1j,
    range(3),
]
EXPECTED = (rc.RelocostError, TypeError, ValueError, OverflowError, LookupError, RecursionError, OSError)


def provoke(call, *arguments, **named) -> None:
    """A user may see an exception of Python's own kinds, or of the package's."""
    try:
        call(*arguments, **named)
    except EXPECTED:
        pass


def shown(value: object) -> str:
    return type(value).__name__


@pytest.mark.parametrize("odd", ODD, ids=shown)
def test_odd_arguments(family: rc.Scenario, odd: object, tmp_path: Path) -> None:
    provoke(rc.load, odd)
    provoke(rc.load, tmp_path / "none.toml", catalogue=odd)
    provoke(rc.load, tmp_path / "none.toml", catalogues=odd)
    provoke(rc.loads, odd)
    provoke(rc.Scenario.from_dict, odd)
    provoke(rc.Catalogue.from_dict, odd)
    provoke(rc.Catalogue.load, odd)
    for key in (
        "start",
        "horizon_months",
        "household",
        "catalogue",
        "currency",
        "rates",
        "lines",
        "solutions",
        "title",
    ):
        provoke(rc.Scenario, **{"start": "2026-03", "horizon_months": 3, "household": [34], key: odd})
        provoke(family.replace, **{key: odd})
    for question in (
        family.compare,
        family.ledger,
        family.delay,
        family.variant,
        family.caseload,
        family.run_expectations,
    ):
        provoke(question, odd)
    provoke(family.compare, "permanent", odd)
    provoke(family.compare, basis=odd)
    provoke(family.delay, months=odd)
    provoke(family.calibrate, odd, ["short-let"])
    provoke(family.calibrate, "0.6", odd)
    provoke(family.caseload, [{"reference": odd, "members": odd, "count": odd, "start": odd}])
    provoke(family.caseload, {"reference": odd, "members": odd})
    provoke(family.caseload, [], threads=odd if odd not in (10**5000, 2**31, 2**63) else None)
    provoke(family.with_, odd)
    provoke(family.with_, {"lines.rent.amount": odd})
    provoke(family.with_, {odd if isinstance(odd, (str, int, bytes, float, tuple, type(None))) else "x": "1"})
    provoke(family.grid, {"lines.rent.amount": odd})
    provoke(family.grid, {"lines.rent.amount": [odd]})
    provoke(family.grid, odd)
    provoke(family.what_ifs, odd)
    provoke(family.parameter, odd)
    provoke(family.labels, odd)
    provoke(family.diff, odd)
    for name in (
        "draws",
        "seed",
        "sampling",
        "base",
        "alternative",
        "basis",
        "figures",
        "keep",
        "precision",
        "threads",
    ):
        # A number of draws may be one of a century.
        if not (name in ("draws", "threads") and odd in (2**31, True)):
            provoke(family.simulate, **{"draws": 10, name: odd})
    small = family.simulate(10)
    for ask in (small.kept_draws, small.pathways["permanent"].total.quantile, small.extra.total.exceedance):
        provoke(ask, odd)
    provoke(small.kept_draws, "permanent", odd)
    provoke(family.simulate_range, odd, 10, draws=10)
    provoke(family.simulate_range, 0, odd, draws=10)
    provoke(family.simulation_of_part, odd)
    rows = [{"reference": "HH-1", "members": [34]}]
    provoke(family.caseload_part, odd, 0, 1)
    provoke(family.caseload_part, rows, odd, 2)
    provoke(family.caseload_part, rows, 3, odd)
    provoke(family.caseload_of_part, odd)
    provoke(rc.CaseloadPart.from_bytes, odd)
    provoke(family.caseload_part(rows, 0, 1).merge, odd)
    provoke(family.caseload_part(rows, 0, 1).after, odd)
    provoke(rc.SimulationPart.from_bytes, odd)
    provoke(family.simulate_range(0, 10, draws=10).merge, odd)
    for name in ("base", "alternative", "basis"):
        provoke(family.tornado, **{name: odd})
    for name in ("draws", "seed", "resamples", "threads"):
        if odd not in (2**31,):
            provoke(family.sobol, **{"draws": 4, "resamples": 2, name: odd})
    ledger = family.ledger("permanent")
    provoke(ledger.__getitem__, odd)
    for name in ("category", "line", "fiscal_year", "month", "fund"):
        provoke(ledger.explain, **{name: odd})
    provoke(ledger.text, odd)
    provoke(ledger.table.__getitem__, odd)
    provoke(rc.estimate, odd)
    provoke(rc.estimate, 1, currency=odd)
    provoke(rc.estimate, 1, months=odd)
    provoke(rc.estimate, 1, band=odd)
    provoke(rc.estimate, 1, band=(odd, odd))
    provoke(lambda: odd in rc.REPORTED_BAND)
    provoke(ledger.to_csv, odd if not isinstance(odd, str) else str(tmp_path / "x"))
    for handle in (_relocost.Scenario, _relocost.Table, _relocost.Ledger):
        provoke(handle)
        provoke(handle, odd)


def test_tables_in_tables_without_an_end() -> None:
    endless: dict[str, object] = {}
    endless["rates"] = endless
    provoke(rc.Scenario.from_dict, endless)
    loop: list[object] = []
    loop.append(loop)
    provoke(rc.Scenario, start="2026-03", horizon_months=1, household=loop)
    provoke(rc.loads, "a = " + "[" * 100_000)
    provoke(rc.loads, '{"a":' * 100_000)


def test_a_text_as_large_as_it_likes() -> None:
    with pytest.raises(rc.RelocostError):
        rc.loads("# " + "x" * 5_000_000)
    with pytest.raises(rc.RelocostError):
        rc.loads("x" * 5_000_000)


def test_too_many_of_everything(family: rc.Scenario) -> None:
    provoke(rc.Scenario, start="2026-03", horizon_months=1200, household=[34] * 100_000)
    provoke(rc.Scenario, start="2026-03", horizon_months=10**9, household=[34])
    many = {f"lines.{line}.factor": range(1, 100) for line in ("rent", "short-let", "subsistence", "legal-status")}
    provoke(family.grid, many)
    axis = {"lines.rent.amount": range(10**6)}
    with pytest.raises(rc.RelocostError):
        family.grid(axis)


def test_texts_with_anything_changed(golden: Path) -> None:
    text = (golden / "family-of-five.toml").read_text().replace('"reference-catalogue.toml"', '"reference"')
    chance = random.Random(12)
    loaded = 0
    for _ in range(1500):
        broken = list(text)
        for _ in range(chance.randint(1, 4)):
            place = chance.randrange(len(broken))
            broken[place : place + chance.randint(0, 8)] = chance.choice(
                ["", "\n", '"', "[", "]", "=", "9", "-", "{", "é", "\0"]
            )
        try:
            s = rc.loads("".join(broken))
        except rc.RelocostError as error:
            assert error.findings and str(error)
        else:
            loaded += 1
            provoke(s.compare)
    assert loaded > 10


def test_classes_of_the_library_cannot_be_made_or_changed(family: rc.Scenario) -> None:
    for kind in vars(_relocost).values():
        if isinstance(kind, type):
            with pytest.raises(TypeError):
                kind()
    with pytest.raises(AttributeError):
        family.start = None
    with pytest.raises(AttributeError):
        family.compare().extra = 0
