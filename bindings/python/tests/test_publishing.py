"""Publications: what is suppressed, what is refused, and the intervals of the audit by a second linear programme."""

from __future__ import annotations

import json
import math
import pickle
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

import relocost as rc

_EXAMPLES = Path(__file__).parents[3] / "examples" / "scenarios"
_ROWS = [
    {"reference": "A", "count": 7, "members": [34]},
    {"reference": "B", "count": 5, "members": [41, 38]},
    {"reference": "C", "count": 4, "members": [36, 8, 5]},
    {"reference": "D", "count": 1, "members": [39, 37, 12, 9]},
    {"reference": "E", "count": 4, "members": [44, 40, 15, 11, 6]},
]
_PROGRAMME = {
    "catalogue": "reference",
    "programme": {"first_fiscal_year": 2026, "fiscal_years": 3},
    "cases": [
        {"members": [{"age": 34}], "arrives": "2025-06", "count": 6, "every_months": 1},
        {"members": [{"age": 44}, {"age": 7}], "arrives": "2026-01", "count": 5, "every_months": 1},
    ],
    "agreements": [{"id": "a", "label": "A", "from": "2026-03", "places_per_year": 4}],
}


@pytest.fixture
def setting() -> rc.Scenario:
    return rc.Scenario(start="2026-03", horizon_months=24, household=[])


@pytest.fixture
def programme() -> rc.Programme:
    return rc.Programme.from_dict(_PROGRAMME)


def test_a_lone_household_is_suppressed_and_the_publication_is_one(setting: rc.Scenario) -> None:
    published = setting.publish(_ROWS, by=[["size"]])
    table = published.table
    hidden = [size for size, status in zip(table["size"], table["status"], strict=True) if status == "suppressed"]
    assert "4" in hidden and published.suppressed == len(hidden) >= 2
    assert all(cases is None or cases >= 3 for cases in table["cases"])
    assert all(base is None or base % 1000 == 0 for base in table["base"])
    assert published.to_dict()["internal"] is False and published.threshold == 3
    assert pickle.loads(pickle.dumps(published)) == published
    assert "×" in published.text() and "×" in published.text("fr") and "<table" in published.html()


def test_it_is_what_the_command_makes() -> None:
    files = (_EXAMPLES / "family-of-five.toml", _EXAMPLES / "caseload-of-28.csv")
    done = subprocess.run(
        [sys.executable, "-m", "relocost", "publish", *map(str, files), "--format", "json"],
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == rc.load(files[0]).publish(files[1]).to_dict()


def test_few_households_and_few_more_are_refused(setting: rc.Scenario, tmp_path: Path) -> None:
    with pytest.raises(rc.RelocostError) as refused:
        setting.publish(_ROWS[3:4])
    assert refused.value.code == rc.Code.DISCLOSURE
    first = setting.publish(_ROWS, by=[["fiscal_year"]])
    file = tmp_path / "first.json"
    first.to_json(file)
    more = [{**_ROWS[0], "count": 8}, *_ROWS[1:]]
    for beside in (first, [first], file, [str(file)]):
        with pytest.raises(rc.RelocostError) as refused:
            setting.publish(more, by=[["fiscal_year"]], beside=beside)
        assert refused.value.code == rc.Code.DISCLOSURE
    many = [{**_ROWS[0], "count": 11}, *_ROWS[1:]]
    assert setting.publish(many, by=[["fiscal_year"]], beside=file).to_dict()["audit"]["differences"] == 1


def test_wrong_tables_are_refused(setting: rc.Scenario) -> None:
    for by in ([["place"]], [[]], [["size", "size"]]):
        with pytest.raises(rc.RelocostError):
            setting.publish(_ROWS, by=by)  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        setting.publish(_ROWS, by=["size"])
    with pytest.raises(rc.RelocostError):
        setting.publish(_ROWS, threshold=2)


def intervals(published: rc.Publication, figure: str) -> dict[tuple[tuple[str, str], ...], tuple[object, object]]:
    """The interval of each suppressed cell as HiGHS finds it, from what is published alone, in thousands outwards."""
    scipy = pytest.importorskip("scipy.optimize")
    data = published.to_dict()
    names = [tuple(sorted(cell["names"].items())) for cell in data["cells"]]
    place = {name: at for at, name in enumerate(names)}
    bounds = []
    for cell in data["cells"]:
        shown = None if cell["suppressed"] else Decimal(cell[figure])
        # A published figure is rounded to the thousand; no cost of these cases is a credit.
        bounds.append((0, None) if shown is None else (max(0, float(shown) / 1000 - 0.5), float(shown) / 1000 + 0.5))
    wholes: dict[tuple[int, str], list[int]] = {}
    for at, name in enumerate(names):
        for key in name:
            whole = tuple(one for one in name if one != key)
            wholes.setdefault((place[whole], key[0]), []).append(at)
    sums = []
    for (whole, _), parts in wholes.items():
        row = [0.0] * len(names)
        row[whole] = -1.0
        for each in parts:
            row[each] = 1.0
        sums.append(row)
    found = {}
    for at, cell in enumerate(data["cells"]):
        if not cell["suppressed"]:
            continue
        ends: list[object] = []
        for sign in (1, -1):
            goal = [0.0] * len(names)
            goal[at] = sign
            done = scipy.linprog(goal, A_eq=sums, b_eq=[0.0] * len(sums), bounds=bounds, method="highs")
            assert done.status == 0, done.message
            end = sign * done.fun
            ends.append(1000 * (math.floor(end + 1e-6) if sign == 1 else math.ceil(end - 1e-6)))
        found[names[at]] = (ends[0], ends[1])
    return found


def audited(published: rc.Publication, figure: str) -> dict[tuple[tuple[str, str], ...], tuple[object, object]]:
    """The intervals of the audit."""
    rows = [row for row in published.to_dict()["audit"]["intervals"] if row["figure"] == figure]
    return {tuple(sorted(row["names"].items())): (Decimal(row["low"]), Decimal(row["high"])) for row in rows}


@pytest.mark.parametrize(
    "by",
    [
        [["fiscal_year"]],
        [["fiscal_year", "size"]],
        [["fiscal_year", "fund"], ["fiscal_year", "category"], ["size"]],
        [["fiscal_year", "category", "fund"]],
    ],
)
def test_a_second_linear_programme_finds_the_same_intervals(by: list[list[str]]) -> None:
    published = rc.load(_EXAMPLES / "family-of-five.toml").publish(
        _EXAMPLES / "caseload-of-28.csv",
        by=by,  # type: ignore[arg-type]
    )
    assert published.suppressed
    for figure in ("base", "alternative"):
        assert audited(published, figure) == intervals(published, figure)


def test_a_second_linear_programme_finds_the_same_intervals_of_a_programme(programme: rc.Programme) -> None:
    published = programme.publish(by=[["fiscal_year", "kind"], ["fiscal_year", "category"]])
    assert published.table["cases"][0] == 11 and published.suppressed
    assert audited(published, "cost") == intervals(published, "cost")
