"""Tables: the columns of every face, a name for each figure, and everything that is exact marked as internal."""

from __future__ import annotations

import csv
import io
import json
import pickle
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

import relocost as rc

_ROOT = Path(__file__).parents[3]
_PROGRAMME = {
    "catalogue": "reference",
    "programme": {"first_fiscal_year": 2026, "fiscal_years": 2, "run_off_months": 12},
    "cases": [{"members": [{"age": 41}, {"age": 9}], "arrives": "2025-06", "count": 2, "every_months": 9}],
    "agreements": [{"id": "north", "label": "North", "signed": True, "from": "2026-03", "places_per_year": 1}],
}


@pytest.fixture(scope="module")
def scenario(golden: Path) -> rc.Scenario:
    text = rc.load(golden / "family-of-five.toml").to_dict()
    text["horizon_months"] = 24
    text["variants"] = {"dearer": {"lines.rent.amount": "1045"}}
    return rc.loads(json.dumps(text))


def _results(s: rc.Scenario) -> Iterator[tuple[str, rc.Result]]:
    yield "comparison", s.compare()
    yield "ledger", s.ledger("temporary")
    yield "explanation", s.ledger("temporary").explain(category="housing")
    yield "delay", s.delay()
    yield "caseload", s.caseload([{"reference": "HH-1", "members": [34, 6], "count": 2}])
    yield "calibration", s.calibrate("0.30", ["short-let"])
    yield "variants", s.compare_variants()
    yield "what-ifs", s.what_ifs([{"lines.rent.amount": 1045}])
    yield "diff", s.diff(s.with_({"lines.rent.amount": 1045}))
    yield "estimate", rc.estimate(112000, currency="USD")
    row = {"id": "rent", "amount": 1000, "currency": "EUR", "source": "list"}
    yield "prices", rc.Catalogue.reference().update_prices([row])
    rows = [{"month": "2026-03", "line": "short-let", "amount": 1300, "currency": "EUR"}]
    paid = s.payments(rows, "temporary")
    yield "payments", paid
    yield "price-estimates", paid.estimate()
    yield "postings", s.ledger("temporary").postings()
    yield "simulation", s.simulate(draws=200)
    yield "tornado", s.tornado()
    yield "indices", s.sobol(draws=64, resamples=5)
    programme = rc.Programme.from_dict(_PROGRAMME)
    yield "programme", programme.run(cases=True)
    yield "futures", programme.simulate(100)
    yield "budget-diff", programme.diff(rc.Programme.from_dict({**_PROGRAMME, "agreements": []}))


def _committed() -> dict[str, str]:
    lines = (_ROOT / "tests" / "columns.txt").read_text().splitlines()
    return dict(line.split(": ", 1) for line in lines if not line.startswith("#"))


def test_columns_are_those_that_are_committed(scenario: rc.Scenario) -> None:
    committed = _committed()
    found = {}
    for result, it in _results(scenario):
        for name, table in it.tables.items():
            found[f"{result}.{name}"] = ", ".join(f"{column.name} {column.type}" for column in table.declared)
            assert table.columns == [column.name for column in table.declared]
            assert table.name == name
    levels = _ROOT / "crates/relocost-rates/tests/fixtures/levels.csv"
    published = rc.rates("csv", levels, columns={"Miete": "housing"})
    found["rates.rates"] = ", ".join(f"{column.name} {column.type}" for column in published.table.declared)
    rows = [{"reference": "A", "members": [34], "count": 5}, {"reference": "B", "members": [41, 38], "count": 4}]
    for name, table in scenario.publish(rows).tables.items():
        found[f"publication.{name}"] = ", ".join(f"{column.name} {column.type}" for column in table.declared)
    found["scenario.lines"] = ", ".join(f"{column.name} {column.type}" for column in scenario.lines.declared)
    assert found == {name: columns for name, columns in committed.items() if name in found}
    # Outcomes of expectations are a list, and declarations of a scenario are its properties.
    assert {name.split(".")[0] for name in committed.keys() - found.keys()} == {"expectations", "scenario"}


def test_every_table_has_a_head_and_pickles(scenario: rc.Scenario) -> None:
    for result, it in _results(scenario):
        for name, table in it.tables.items():
            assert table.head["internal"] is True and table.head["currency"] == table.currency
            if result not in ("estimate", "prices"):
                assert table.head["horizon_months"] == 24
            if result not in ("simulation", "indices", "futures"):
                assert pickle.loads(pickle.dumps(table)) == table, (result, name)
    with pytest.raises(KeyError, match="not one of"):
        scenario.compare().tables["no-such-table"]


def test_a_pathway_called_extra_has_rows_of_its_own(scenario: rc.Scenario) -> None:
    text = scenario.to_dict()
    for name in ("extra", "premium"):
        text["pathways"][name] = {"stages": [{"solution": "permanent"}]}
    sim = rc.loads(json.dumps(text)).simulate(draws=200, keep="totals")
    keys = [(row["figure"], row["by"], row["key"]) for row in sim.to_dicts()]
    assert len(set(keys)) == len(keys)
    assert ("pathways.extra", "total", "total") in keys and ("extra", "total", "total") in keys


def test_everything_exact_is_marked_as_internal(scenario: rc.Scenario) -> None:
    for result, it in _results(scenario):
        assert "Internal:" in it.text(), result
        assert "Interne" in it.text("fr"), result
        assert "Internal:" in it.html() and "Internal:" in it._repr_html_(), result
        assert "Internal:" in repr(it), result
        assert json.loads(it.to_json())["internal"] is True, result
        heads, *rows = csv.reader(io.StringIO(it.to_csv()))
        assert heads[-1] == "internal" or ["internal", "true"] in rows, result
        for name, table in it.tables.items():
            assert "internal" in repr(table) and "internal" in table._repr_html_(), (result, name)
            assert "Internal:" in table.text() and "Interne" in table.html("fr"), (result, name)


def test_frames_are_marked_as_internal(scenario: rc.Scenario) -> None:
    pytest.importorskip("pandas")
    pytest.importorskip("pyarrow")
    for result, it in _results(scenario):
        for name, table in it.tables.items():
            assert table.to_pandas().attrs["internal"] is True, (result, name)
            assert table.to_arrow().schema.metadata[b"internal"] == b"true", (result, name)


def test_parts_are_marked_as_internal(scenario: rc.Scenario) -> None:
    c, sim = scenario.compare(), scenario.simulate(draws=200)
    for part in (
        *c.pathways.values(),
        c.by_category,
        c.by_fiscal_year,
        c.by_fund,
        c.premium_curve,
        c.attribution,
        c.base.by_line,
        sim.extra,
        sim.extra.total,
        scenario.simulate_range(0, 100, draws=200),
        scenario.delay().table,
    ):
        assert "internal" in repr(part), type(part)
    for part in (c.by_category, c.attribution, c.table):
        assert "internal" in part._repr_html_(), type(part)


def test_csv_for_a_french_spreadsheet_has_the_same_figures(scenario: rc.Scenario, tmp_path: Path) -> None:
    scenario.ledger("temporary").to_csv(tmp_path / "ledger.csv", lang="fr")
    content = (tmp_path / "ledger.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbfmonth;month_index;fiscal_year;")
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
    total = sum(Decimal(row["amount"].replace(",", ".")) for row in rows)
    assert total == scenario.ledger("temporary").total
    with pytest.raises(rc.ValidationError):
        scenario.compare().to_csv(lang="de")  # type: ignore[arg-type]
