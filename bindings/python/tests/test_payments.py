"""Payments beside the model, from files, workbooks, frames and rows; the catalogue of the prices that they imply."""

from __future__ import annotations

import datetime
import pickle
from decimal import Decimal
from pathlib import Path

import pytest

import relocost as rc

_ROOT = Path(__file__).parents[3]
_BOOKS = _ROOT / "tests" / "workbooks"
_ROWS = [
    {"month": "2026-03", "line": "short-let", "amount": Decimal("2500.10"), "currency": "EUR", "quantity": 2},
    {"month": datetime.date(2026, 4, 1), "line": "short-let", "amount": 1400, "currency": "USD", "rate": "0.95",
     "quantity": 1, "remark": "=SECRET"},
    {"month": "2026-04", "category": "housing", "amount": "60", "currency": "EUR"},
    {"month": "2026-05", "line": "short-let", "amount": "-25.5", "currency": "EUR"},
]  # fmt: skip


@pytest.fixture
def family() -> rc.Scenario:
    return rc.load(_ROOT / "tests/golden/family-of-five.toml")


def test_every_form_of_a_table_gives_the_same(family: rc.Scenario) -> None:
    wanted = family.payments(_BOOKS / "payments.csv", "temporary")
    assert family.payments(_BOOKS / "payments.xlsx", "temporary") == wanted
    assert family.payments(_ROWS, "temporary") == wanted
    pandas = pytest.importorskip("pandas")
    columns = {name: [row.get(name) for row in _ROWS] for name in ("month", "line", "category", "currency", "rate")}
    columns["amount"] = [str(row["amount"]) for row in _ROWS]
    columns["quantity"] = [str(row.get("quantity", "")) for row in _ROWS]
    assert family.payments(pandas.DataFrame(columns), "temporary") == wanted


def test_the_parts_add_up_and_are_kept(family: rc.Scenario) -> None:
    paid = family.payments(_ROWS, pathway="temporary", until="2026-06", window=1)
    total = paid.total
    assert total.paid - total.model == total.difference == sum(total[3:])
    assert (total.exchange, paid.window, paid.pathway) == (Decimal("70.00"), 1, "temporary")
    assert paid.months == (datetime.date(2026, 3, 1), datetime.date(2026, 6, 1))
    assert paid.forecast == total.paid + paid.rest
    for table in (paid.lines, paid.by_category, paid.by_fiscal_year, paid.by_fund):
        assert sum(table["paid"]) == total.paid and sum(table["difference"]) == total.difference
    assert paid.lines["line"][-1] is None and paid.lines["category"][-1] == "housing"
    assert pickle.loads(pickle.dumps(paid)) == paid
    prices = paid.estimate()
    assert pickle.loads(pickle.dumps(prices)) == prices
    assert "SECRET" not in paid.text() + repr(paid) + paid.to_json() + prices.text()
    later = family.payments([], "temporary", from_="2026-04", until=datetime.date(2026, 5, 1))
    assert later.total.paid == 0 and later.months[0] == datetime.date(2026, 4, 1)


def test_estimates_lie_over_the_catalogue(family: rc.Scenario, tmp_path: Path) -> None:
    prices = family.payments(_ROWS, "temporary").estimate(credibility=0)
    assert prices.table["amount"] == [Decimal("1255.02")] and prices.credibility == 0
    prices.to_catalogue(tmp_path / "estimated.toml")
    text = (tmp_path / "estimated.toml").read_text()
    assert text == prices.to_catalogue() and "inherit = true" in text
    with pytest.raises(ValueError, match="credibility"):
        family.payments([], "temporary").estimate(credibility=-1)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"line": "SECRET"}, "payments:1: line: expected the id"),
        ({"month": "2020-01"}, "payments:1: month: expected a month within"),
        ({"currency": "CHF"}, "payments:1: currency: has no exchange rate"),
        ({"quantity": 0}, "payments:1: quantity: expected a number above 0"),
        ({"amount": None}, "payments:1: amount: expected an amount"),
        ({"reference": "SECRET-2"}, "payments:1: reference: is of another household"),
    ],
)
def test_wrong_rows_are_named_without_their_text(family: rc.Scenario, change: dict[str, object], said: str) -> None:
    with pytest.raises(rc.RelocostError) as error:
        family.payments([{**_ROWS[0], **change}], "temporary")
    assert str(error.value).startswith(said) and "SECRET" not in str(error.value)


def test_a_float_is_no_exact_amount(family: rc.Scenario) -> None:
    with pytest.raises(TypeError, match="amount"):
        family.payments([{**_ROWS[0], "amount": 0.1}], "temporary")
    with pytest.raises(TypeError, match="month"):
        family.payments([], "temporary", until=3)  # type: ignore[arg-type]


def test_a_programme_is_paid_as_planned() -> None:
    programme = rc.load_programme(_ROOT / "tests/programmes/random-01/programme.toml")
    last = programme.until - datetime.timedelta(days=1)
    paid = programme.payments([], until=last)
    assert paid.total.model == programme.run(values=False).totals["as_planned"]
    assert paid.pathway is None and "programme as planned" in paid.text()
