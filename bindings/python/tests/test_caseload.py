"""Caseloads from files, lists and dictionaries; data frames are in test_frames."""

from __future__ import annotations

import datetime
import pickle
from decimal import Decimal
from pathlib import Path

import pytest

import relocost as rc

ROWS = [
    {"reference": "HH-1", "members": [34], "count": 3},
    {"reference": "HH-2", "members": "41 38 14", "start": "2027-01"},
    {"reference": "HH-3", "members": [datetime.date(1984, 3, 1), "2012-05", 9], "start": datetime.date(2026, 6, 1)},
]


def test_rows_of_every_kind_are_the_rows_of_a_file(family: rc.Scenario, tmp_path: Path) -> None:
    file = tmp_path / "households.csv"
    file.write_text(
        "reference,members,count,start\nHH-1,34,3,\nHH-2,41 38 14,,2027-01\nHH-3,1984-03 2012-05 9,,2026-06\n"
    )
    of_file = family.caseload(file)
    columns = {name: [row.get(name) for row in ROWS] for name in ("reference", "members", "count", "start")}
    for households in (ROWS, tuple(ROWS), (row for row in ROWS), columns):
        assert family.caseload(households).to_dict() == of_file.to_dict()
    assert rc.caseload(family, str(file)) == of_file


def test_the_whole_is_the_sum_of_its_households(family: rc.Scenario) -> None:
    c = family.caseload(ROWS)
    rows = c.to_dicts()
    assert c.count == 5
    for name, whole in (("base", c.base.total), ("alternative", c.alternative.total), ("extra", c.extra)):
        assert sum(row[name] * row["count"] for row in rows) == whole
    assert c.premium == (c.extra / c.base.total).quantize(Decimal("1e-12"))
    for table in (c.by_category, c.by_fiscal_year, c.by_fund):
        assert sum(row.extra for row in table.values()) == c.extra
    assert sum(c.attribution.values()) + c.residual == c.extra
    alone = family.replace(household=[34]).compare()
    assert (rows[0]["base"], rows[0]["premium"], rows[0]["band"]) == (alone.base.total, alone.premium, alone.band)


def test_any_number_of_threads_gives_the_same(family: rc.Scenario) -> None:
    households = {
        "reference": [f"R-{row}" for row in range(3000)],
        "members": [[20 + row % 50, row % 17] for row in range(3000)],
    }
    one = family.caseload(households, threads=1)
    assert (
        one.to_dict()
        == family.caseload(households, threads=2).to_dict()
        == family.caseload(households, threads=7).to_dict()
    )
    with pytest.raises(rc.RelocostError, match="threads"):
        family.caseload(households, threads=0)
    for wrong in (-1, 2**64, True):
        with pytest.raises(rc.ValidationError, match="threads: expected a whole number"):
            family.caseload(households, threads=wrong)
    with pytest.raises(TypeError, match="threads"):
        family.caseload(households, threads=1.5)
    assert family.caseload(ROWS, threads=2**31) == family.caseload(ROWS)


def test_everything_wrong_with_a_table_by_row_and_column(family: rc.Scenario) -> None:
    rows = [*ROWS, {"reference": "A name", "members": "34 x", "count": 0}, {"reference": "B", "members": []}]
    with pytest.raises(rc.ValidationError) as caught:
        family.caseload(rows)
    places = {(it.file, it.line, it.key) for it in caught.value.findings}
    assert places == {
        ("households", 4, "reference"),
        ("households", 4, "members"),
        ("households", 4, "count"),
        ("households", 5, "members"),
    }
    assert "A name" not in str(caught.value)
    with pytest.raises(rc.ValidationError) as caught:
        family.caseload([{"refrence": "A", "members": "34"}])
    assert "did you mean" in str(caught.value)


@pytest.mark.parametrize(
    "households",
    [
        3,
        None,
        3.5,
        object(),
        b"reference,members",
        [3],
        ["HH-1"],
        {"reference": ["A"], "members": [34, 35]},
        {1: ["A"]},
        {"reference": ["A"], "members": [3.5]},
        {"reference": ["A"], "members": [b"34"]},
        {"reference": ["A"], "members": [{34: 1}]},
        {"reference": ["A"], "members": [memoryview(b"34")]},
        "reference,members\nHH-1,34",
        {"reference": [object()], "members": ["34"]},
        {"reference": ["A"], "members": [True]},
    ],
)
def test_what_is_no_table(family: rc.Scenario, households: object) -> None:
    with pytest.raises((TypeError, ValueError)):
        family.caseload(households)


def test_nobody(family: rc.Scenario) -> None:
    c = family.caseload([])
    assert (c.count, c.extra, c.premium, len(c.households)) == (0, Decimal("0.00"), None, 0)
    assert repr(c)


@pytest.mark.parametrize("missing", [None, float("nan")])
def test_a_member_that_is_missing_is_wrong_and_not_one_member_fewer(family: rc.Scenario, missing: object) -> None:
    with pytest.raises(rc.ValidationError, match="members: member 2"):
        family.caseload([{"reference": "A", "members": [34, missing]}])


def test_a_caseload_of_a_file_is_kept_with_the_files_place(family: rc.Scenario, tmp_path: Path, monkeypatch) -> None:
    (tmp_path / "households.csv").write_text("reference,members\nHH-1,34\n")
    monkeypatch.chdir(tmp_path)
    c = family.caseload("households.csv")
    kept = pickle.dumps(c)
    monkeypatch.chdir("/")
    assert pickle.loads(kept) == c
