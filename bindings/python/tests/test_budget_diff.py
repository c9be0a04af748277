"""What changed from one budget to the next, of programmes and of caseloads."""

from __future__ import annotations

import pickle
from collections import defaultdict
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import relocost as rc

_FILE: dict[str, Any] = {
    "catalogue": "reference",
    "programme": {"first_fiscal_year": 2026, "fiscal_years": 2},
    "cases": [
        {"id": "first", "members": [{"age": 34}], "arrives": "2026-01"},
        {"id": "second", "members": [{"age": 41}, {"age": 9}], "arrives": "2025-05"},
    ],
}


def _programmes() -> tuple[rc.Programme, rc.Programme]:
    later = {**_FILE, "programme": {"first_fiscal_year": 2027, "fiscal_years": 2}, "cases": _FILE["cases"][1:]}
    return rc.Programme.from_dict(_FILE), rc.Programme.from_dict(later)


def _foots(diff: rc.BudgetDiff) -> None:
    for table, keys in [
        (diff.table, ()),
        (diff.by_fiscal_year, ("fiscal_year",)),
        (diff.by_fund, ("fund",)),
        (diff.by_fiscal_year_and_fund, ("fiscal_year", "fund")),
    ]:
        sums: dict[Any, Decimal] = defaultdict(Decimal)
        for row in table:
            cell = (row["line"], *(row[key] for key in keys))
            sums[cell] += -row["amount"] if row["cause"] == "new" else row["amount"]
        assert sums and not any(sums.values())


def test_two_programmes() -> None:
    old, new = _programmes()
    diff = old.diff(new)
    _foots(diff)
    assert (diff.of, diff.lines) == ("programmes", ["as_signed", "as_planned", "all_settled"])
    assert dict(zip(diff.cases["cause"], diff.cases["count"]))["cases_gone"] == 1
    assert diff.changes["key"] == ["programme.first_fiscal_year"]
    assert diff == old.diff(new, threads=1)
    assert "cases gone" in diff.text() and "dossiers partis" in diff.text("fr")
    assert pickle.loads(pickle.dumps(diff)) == diff
    with pytest.raises(TypeError):
        old.diff("new")  # type: ignore[arg-type]


def test_two_caseloads(tmp_path: Path) -> None:
    s = rc.Scenario(start="2026-03", horizon_months=24, household=[34])
    dearer = s.with_({"lines.rent.amount": 1000})
    last = [{"reference": "HH-1", "members": [34, 6], "count": 2}, {"reference": "HH-2", "members": [41]}]
    diff = s.diff_caseload(last, dearer, last[:1])
    _foots(diff)
    assert (diff.of, diff.lines) == ("caseloads", ["permanent", "temporary"])
    assert diff.changes["key"] == ["lines.rent.amount"]
    assert diff.cases["count"] == [1, 0, 0, 0, 0]
    path = tmp_path / "now.csv"
    path.write_text("reference,members,count\nHH-1,34 6,2\n", encoding="utf-8")
    assert s.diff_caseload(last, dearer, path) == diff
    assert pickle.loads(pickle.dumps(diff)) == diff
    with pytest.raises(rc.RelocostError):
        s.diff_caseload([{"reference": "HH 1", "members": [34]}], s, last)
