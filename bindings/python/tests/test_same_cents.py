"""The same golden and conformance files as Rust, and the same figures to the cent."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import relocost as rc
from conftest import CONFORMANCE, GOLDEN

RANDOM = sorted(CONFORMANCE.glob("*.expected.json"))
KNOWN = sorted(path for path in GOLDEN.glob("*.expected.json"))


def expected(path: Path) -> dict[str, Any]:
    return json.loads(path.read_text())


def differences(found: Any, wanted: Any, at: str = "") -> Iterator[str]:
    """Where what is wanted does not stand in what is found."""
    if isinstance(wanted, dict):
        for key, value in wanted.items():
            if key not in found:
                yield f"{at}.{key} is missing"
            else:
                yield from differences(found[key], value, f"{at}.{key}")
    elif found != wanted:
        yield f"{at}: {found} instead of {wanted}"


def test_the_files_are_there() -> None:
    assert len(RANDOM) == 120
    assert len(KNOWN) >= 20


@pytest.mark.parametrize("path", RANDOM, ids=lambda path: path.name.split(".")[0])
def test_random_scenarios(path: Path) -> None:
    wanted = expected(path)
    s = rc.load(path.with_name(path.name.replace(".expected.json", ".toml")))
    for pair in wanted["comparisons"]:
        c = s.compare(pair["base"], pair["alternative"])
        found = c.to_dict()
        assert not list(differences(found["comparison"], pair))
        assert not list(differences(found["pathways"], wanted["pathways"]))
        # The attributes say what the JSON says.
        assert str(c.extra) == pair["extra"]
        assert (None if c.premium is None else str(c.premium)) == pair["premium"]
        assert {name: str(share) for name, share in c.attribution.items()} == pair["attribution"]
        for name, figures in wanted["pathways"].items():
            assert str(c.pathways[name].total) == figures["total"]
            assert {str(year): str(it) for year, it in c.pathways[name].by_fiscal_year.items()} == figures[
                "by_fiscal_year"
            ]
            ledger = s.ledger(name)
            assert len(ledger) == figures["entries"]
            assert sum(ledger.table["amount"]) == ledger.total == c.pathways[name].total
    for wait in wanted["delay"]:
        d = s.delay(months=wait["months"])
        row = d[wait["months"]]
        assert {key: str(it) for key, it in row.within_horizon._asdict().items()} == wait["within_horizon"]
        assert {key: str(it) for key, it in row.full_course._asdict().items()} == wait["full_course"]
    asked = wanted["calibrate"]
    if asked["result"]["factor"] is None:
        with pytest.raises(rc.ComputationError) as caught:
            s.calibrate(asked["target"], asked["lines"])
        assert caught.value.code is rc.Code.NO_SOLUTION
    else:
        calibration = s.calibrate(asked["target"], asked["lines"])
        assert calibration.factor == Decimal(asked["result"]["factor"])
        assert str(calibration.premium) == asked["result"]["premium"]


@pytest.mark.parametrize("path", KNOWN, ids=lambda path: path.name.removesuffix(".expected.json"))
def test_known_scenarios(path: Path) -> None:
    wanted = expected(path)
    pair = wanted.get("comparison", {})
    s = rc.load(path.with_name(path.name.split(".")[0] + ".toml"))
    c = s.compare(pair.get("base", "permanent"), pair.get("alternative", "temporary"))
    assert not list(differences(c.to_dict(), wanted))


def test_published_answers(family: rc.Scenario, golden: Path) -> None:
    questions = golden / "questions"
    assert not list(differences(family.delay().to_dict(), expected(questions / "family-of-five.delay.expected.json")))
    calibration = family.calibrate("0.60", ["short-let", "international-school", "hospital-uninsured"])
    assert not list(differences(calibration.to_dict(), expected(questions / "family-of-five.calibrate.expected.json")))
    caseload = family.caseload(questions / "caseload-of-28.csv")
    assert not list(differences(caseload.to_dict(), expected(questions / "caseload-of-28.expected.json")))
