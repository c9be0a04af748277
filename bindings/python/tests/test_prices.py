"""Price lists and published rates: what a list does to a catalogue in every form of a table, and rates."""

from __future__ import annotations

import pickle
from decimal import Decimal
from pathlib import Path
from typing import get_args

import pytest

import relocost as rc
from relocost.published import RateFormat

_ROOT = Path(__file__).parents[3]
_FIXTURES = _ROOT / "crates/relocost-rates/tests/fixtures"
_LIST = """id,amount,currency,from,source
rent,1010.50,EUR,2027-01,contract
furniture,3300,EUR,,invoices
rend,1,EUR,,list
"""
_ROWS = [dict(zip(_LIST.split("\n")[0].split(","), row.split(","))) for row in _LIST.strip().split("\n")[1:]]


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    file = tmp_path / "list.csv"
    file.write_text(_LIST)
    return file


def test_a_list_changes_confirms_lacks_and_knows_more(listed: Path) -> None:
    old = rc.Catalogue.reference()
    update = old.update_prices(listed)
    assert update.changed["line"] == ["rent"] and update.changed["change"] == [Decimal("0.063684210526")]
    assert update.confirmed["line"] == ["furniture"]
    assert update.unknown["line"] == ["rend"] and update.unknown["row"] == [4]
    assert "short-let" in update.missing["line"] and "deposit-returned" not in update.missing["line"]
    assert len(update.table) == sum(
        len(it) for it in (update.changed, update.confirmed, update.missing, update.unknown)
    )
    lines = {line["id"]: line for line in update.catalogue.to_dict()["lines"]}
    assert lines["rent"]["amounts"] == {"2026-01": "950", "2027-01": "1010.5"}
    assert lines["rent"]["source"] == "illustrative; from 2027-01: contract"
    # Comments and order stay in the text, which is a catalogue.
    assert old.text.splitlines()[0] == update.catalogue.text.splitlines()[0]
    assert len(old.text.splitlines()) == len(update.catalogue.text.splitlines())
    s = rc.Scenario(catalogue=update.catalogue, start="2026-03", horizon_months=24, household=[34])
    assert s.parameter("lines.rent.amounts.2027-01") == Decimal("1010.5")
    assert update.text().startswith("What the list does to the catalogue: 1 price changes\n")
    assert update.currency == "EUR" and update.to_dict()["internal"] is True


def test_every_form_of_a_table_is_the_same_list(listed: Path) -> None:
    pandas, polars, pyarrow = (pytest.importorskip(name) for name in ("pandas", "polars", "pyarrow"))
    old = rc.Catalogue.reference()
    from_rows = old.update_prices(_ROWS)
    columns = {name: [row[name] for row in _ROWS] for name in _ROWS[0]}
    decimals = [{**row, "amount": Decimal(row["amount"])} for row in _ROWS]
    forms = [
        columns,
        decimals,
        pandas.read_csv(listed, dtype=str),
        polars.DataFrame(columns),
        pyarrow.table(columns),
    ]
    for form in forms:
        update = old.update_prices(form)
        assert update == from_rows and update.catalogue.text == from_rows.catalogue.text
    of_file = old.update_prices(listed)
    assert of_file.catalogue == from_rows.catalogue
    assert pickle.loads(pickle.dumps(of_file)) == of_file
    assert pickle.loads(pickle.dumps(from_rows)).changed == from_rows.changed


def test_what_is_wrong_is_said_by_row_and_column() -> None:
    old = rc.Catalogue.reference()
    with pytest.raises(TypeError, match="amount: binary floating point is not exact"):
        old.update_prices([{"id": "rent", "amount": 1010.5, "currency": "EUR", "source": "list"}])
    with pytest.raises(TypeError, match="prices: expected the path of a CSV file, not its text"):
        old.update_prices(_LIST)
    with pytest.raises(TypeError, match="a column: expected a text, a number or a month"):
        old.update_prices([{"id": "rent", "Jane": object()}])
    rows = [
        {"id": "rent", "amount": "-5", "currency": "EUR", "source": "list"},
        {"id": "deposit-returned", "amount": "5", "currency": "EUR", "source": "list"},
    ]
    with pytest.raises(rc.RelocostError) as caught:
        old.update_prices(rows)
    assert [str(finding) for finding in caught.value.findings] == [
        "prices:1: amount: is negative, but the line is a charge",
        "prices:2: amount: the line is a refund, which has no amount",
    ]


def test_rates_are_those_of_the_command(capfd: pytest.CaptureFixture[str]) -> None:
    file = _FIXTURES / "eurofxref-hist.csv"
    published = rc.rates("ecb", file, columns=["USD"], years=(2025, 2026), of="month", allow_gaps=True)
    from relocost._relocost import command

    options = ["--column", "USD", "--years", "2025..2026", "--of", "month", "--allow-gaps"]
    assert command(["relocost", "rates", "ecb", str(file), *options]) == 0
    assert capfd.readouterr().out == published.to_toml() == repr(published)
    rates = published.to_dict()["fx"]["USD"]
    assert len(published.table) == len(rates) - 1  # beside the source
    for row in published.table.to_dicts():
        assert (row["key"], row["increase_month"], row["source"]) == ("fx.USD", None, rates["source"])
        assert row["rate"] == Decimal(rates[row["period"]])
    assert published.table.head["internal"] is False and published.currency == "EUR"
    assert pickle.loads(pickle.dumps(published)) == published


def test_published_rates_go_into_a_catalogue() -> None:
    tables = rc.Catalogue.reference().to_dict()
    published = rc.rates(
        "ecb", _FIXTURES / "eurofxref-hist.csv", columns=["USD"], of="month", years=2026, allow_gaps=True
    )
    tables["rates"]["fx"]["USD"] = {"default": "0.9", **published.to_dict()["fx"]["USD"]}
    assert rc.Catalogue.from_dict(tables).to_dict()["rates"]["fx"]["USD"]["default"] == "0.9"


def test_an_index_has_the_month_of_its_increase() -> None:
    published = rc.rates("csv", _FIXTURES / "levels.csv", columns={"Miete": "housing"})
    assert published.table["key"][0] == "index.housing" and published.table["increase_month"][0] == 1
    assert published.to_dict()["index"]["housing"]["2024"] == "0.035"


def test_rates_refuse_what_is_wrong() -> None:
    # The formats that a type checker knows are those that there are.
    with pytest.raises(rc.RelocostError, match=f"format: expected one of {', '.join(get_args(RateFormat))}$"):
        rc.rates("bank", _FIXTURES / "levels.csv")  # type: ignore[arg-type]
    with pytest.raises(rc.RelocostError, match="of: expected one of average, end, month"):
        rc.rates("ecb", _FIXTURES / "levels.csv", of="mean")  # type: ignore[arg-type]
    with pytest.raises(rc.RelocostError, match="levels.csv:1:1: is not in this format"):
        rc.rates("eurostat", [_FIXTURES / "levels.csv"])
    with pytest.raises(rc.RelocostError, match="without month"):
        rc.rates("ecb", _FIXTURES / "eurofxref-hist.csv", years=2026)
    with pytest.raises(rc.RelocostError, match="currency"):
        rc.rates("ecb", _FIXTURES / "eurofxref-hist.csv", currency="euro")
