"""Programmes: loaded, run, asked for tables; every figure is the command's."""

from __future__ import annotations

import copy
import json
import pickle
from decimal import Decimal
from pathlib import Path

import pytest

import relocost as rc

TABLES = {
    "catalogue": "reference",
    "programme": {"first_fiscal_year": 2026, "fiscal_years": 3, "run_off_months": 12},
    "cases": [
        {"members": [{"age": 34}], "arrives": "2025-06", "reference": "HH-1"},
        {"members": [{"age": 41}, {"age": 9}], "arrives": "2026-02", "count": 3, "every_months": 7},
    ],
    "agreements": [
        {
            "id": "north",
            "label": {"en": "Northern", "fr": "Du Nord"},
            "signed": True,
            "from": "2026-03",
            "places_per_year": 1,
        },
        {"id": "south", "label": "S", "unit": "person", "grants": [{"month": "2026-09", "places": 4}]},
    ],
    "expect": [
        {"figure": "waiting.queued", "equals": 4},
        {"figure": "waiting.given", "equals": 0, "why": "nobody moves"},
    ],
}


@pytest.fixture(scope="module")
def programme() -> rc.Programme:
    return rc.Programme.from_dict(TABLES)


@pytest.fixture(scope="module")
def run(programme: rc.Programme) -> rc.ProgrammeRun:
    return programme.run(cases=True)


def test_figures_are_those_of_the_conformance_programmes(whole: Path) -> None:
    folder = whole / "programmes" / "random-09"
    run = rc.load_programme(folder / "programme.toml").run(cases=True)
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    found = run.to_dict()
    assert found["internal"] is True
    for line, figures in expected["lines"].items():
        assert found["lines"][line]["total"] == figures["total"]
        assert run.totals[line] == Decimal(figures["total"])
    assert found["values"]["within"]["joint"] == expected["values"]["within"]["joint"]
    assert len(found["cases"]) == len(expected["cases"])


def test_what_a_programme_says_of_itself(programme: rc.Programme) -> None:
    assert (programme.cases, programme.fiscal_years, programme.currency) == (4, [2026, 2027, 2028], "EUR")
    assert (f"{programme.start:%Y-%m}", f"{programme.until:%Y-%m}") == ("2026-01", "2029-01")
    assert programme.agreements("fr") == {"north": "Du Nord", "south": "S"}
    assert programme.setting.currency == "EUR" and programme.fiscal_year_start == 1
    assert repr(programme) == "Programme(2026 to 2028, 4 cases, 2 agreements)"
    assert programme.warnings() == []
    with pytest.raises(TypeError, match="load_programme"):
        rc.Programme()


def test_tables_foot(run: rc.ProgrammeRun) -> None:
    assert sum(run.budget["as_planned"]) == run.totals["as_planned"]
    assert sum(run.budget["extra"]) == sum(run.causes["amount"]) == run.extra
    assert run.extra == run.totals["as_planned"] - run.totals["all_settled"]
    assert sum(run.months["total"]) == sum(run.cases["total"]) == run.totals["as_planned"]
    worth = [
        value
        for window, fund, id, value in zip(*(run.values[name] for name in ("window", "fund", "agreement", "value")))
        if window == "within" and fund is None and id is not None
    ]
    assert sum(worth) == run.joint
    assert run.agreements["cases"] == [3, 1] or sum(run.agreements["cases"]) == run.waiting["given"][0]
    assert {"one_more_place", "month_later", "processing", "queue"} == set(run.steps["step"])
    assert run.budget.head["internal"] is True and len(run.ceilings) == 0
    for name, table in run.tables.items():
        assert table.name == name


def test_cases_and_values_are_given_on_request(programme: rc.Programme) -> None:
    run = programme.run(values=False, threads=1, progress=False)
    assert len(run.cases) == 0 and "cases" not in run.to_dict()
    assert run.joint is None and len(run.values) == 0 and len(run.steps) == 0
    assert "HH-1" not in run.text() and "HH-1" not in run.to_csv()
    with pytest.raises(ValueError, match="threads"):
        programme.run(threads=0)


def test_reports_in_both_languages(run: rc.ProgrammeRun) -> None:
    assert run.text().startswith("The programme of 2026 to 2028") and "Internal: " in run.text()
    assert run.html("fr").startswith("<div") and "Du Nord" in run.html("fr") and "Interne" in run.html("fr")
    assert run.to_csv().startswith("figure,value\nschema,1\ninternal,true\n")


def test_expectations(programme: rc.Programme) -> None:
    held, failed = programme.run_expectations()
    assert held and not failed and failed.why == "nobody moves"


def test_copies_and_pickles(programme: rc.Programme, run: rc.ProgrammeRun, tmp_path: Path) -> None:
    assert copy.deepcopy(programme) is programme
    again = pickle.loads(pickle.dumps(run))
    assert again == run and hash(again) == hash(run)
    assert pickle.loads(pickle.dumps(programme.setting)) == programme.setting
    text = """schema = 1
catalogue = "reference"
programme = { first_fiscal_year = 2026, fiscal_years = 1 }
cases = [{ caseload = "cases.csv", arrives = "2026-01" }]"""
    (tmp_path / "budget.toml").write_text(text, encoding="utf-8")
    (tmp_path / "cases.csv").write_text("reference,members\nHH-1,34\n", encoding="utf-8")
    loaded = rc.load_programme(tmp_path / "budget.toml")
    assert pickle.loads(pickle.dumps(loaded)).run() == loaded.run()
    with pytest.raises(rc.RelocostError, match="cases"):
        rc.loads_programme(text)
    with pytest.raises(TypeError, match="loads_programme"):
        rc.load_programme(text)
    with pytest.raises(TypeError, match="catalogues"):
        rc.load_programme(tmp_path / "budget.toml", catalogues=str(tmp_path))


def test_frames(run: rc.ProgrammeRun) -> None:
    pandas = pytest.importorskip("pandas")
    frame = run.budget.to_pandas()
    assert isinstance(frame, pandas.DataFrame) and list(frame["as_planned"]) == run.budget["as_planned"]
    pyarrow = pytest.importorskip("pyarrow")
    assert pyarrow.table(run.months).num_rows == 36


def test_progress_is_told_and_ends_the_call(programme: rc.Programme, monkeypatch: pytest.MonkeyPatch) -> None:
    from relocost import _progress

    def stop(self: object, done: int, total: int | None) -> None:
        raise KeyboardInterrupt

    large = {**TABLES, "cases": [{"members": [{"age": 34}], "arrives": "2026-01", "count": 3000}]}
    large["agreements"] = [{"id": f"a{n}", "label": "l", "from": "2026-03", "places_per_year": 1} for n in range(15)]
    monkeypatch.setattr(_progress.Bar, "__call__", stop)
    with pytest.raises(KeyboardInterrupt):
        rc.Programme.from_dict(large).run()
