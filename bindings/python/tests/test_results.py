"""Results: figures, tables, texts, and what Python does with them."""

from __future__ import annotations

import copy
import datetime
import decimal
import json
import pickle
import re
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

import relocost as rc


@pytest.fixture(scope="module")
def results(family: rc.Scenario, golden: Path) -> list[rc.Result]:
    ledger = family.ledger("temporary")
    return [
        family.compare(),
        family.compare("permanent", "delayed", basis="constant"),
        ledger,
        ledger.explain(category="education", fiscal_year=2027),
        family.delay(months=6),
        family.calibrate("0.60", ["short-let"]),
        family.compare_variants(),
        family.grid({"lines.rent.amount": [900, 1000]}),
        family.diff(family.with_({"lines.rent.amount": 1000})),
        family.caseload(golden / "questions" / "caseload-of-28.csv"),
        family.caseload([{"reference": "A", "members": [34, 9]}]),
        rc.estimate(permanent=112_000, currency="USD"),
    ]


def test_a_console_shows_the_text_but_for_the_middle_of_long_tables(results: list[rc.Result]) -> None:
    cut = 0
    for result in results:
        # A column is as wide as the widest cell that is shown, so blanks may differ.
        text = result.text("en")
        if isinstance(result, rc.Caseload):  # a repr shows no pseudonyms
            text = re.sub(r"(?m)^(?:HH-\d+|A) ", "(not shown) ", text)
        shown, whole = ([line.split() for line in text.splitlines()] for text in (repr(result), text))
        place = 0
        for words in shown:
            if words[:1] == ["..."] and words[-1] == "...":
                cut += 1
                place += int(words[1])
            else:
                assert words == whole[place]
                place += 1
        assert place == len(whole)
    assert cut, "no result is long enough to be cut"


def test_every_result_shows_and_keeps_itself(results: list[rc.Result]) -> None:
    for result in results:
        text, html = repr(result), result._repr_html_()
        assert html.startswith("<div") and html.rstrip().endswith("</div>")
        assert result.text("fr") != text
        assert json.loads(result.to_json()) == result.to_dict()
        assert "," in result.to_csv()
        again = pickle.loads(pickle.dumps(result))
        assert again == result and hash(again) == hash(result)
        assert copy.deepcopy(result) is result
        assert result != object()
        with pytest.raises(rc.RelocostError, match="lang"):
            result.text("de")
    assert len(set(results)) == len(results)


def test_every_table_is_lists_without_any_library(results: list[rc.Result]) -> None:
    for result in results:
        if isinstance(result, rc.Tabular):
            table = result.table
            assert table.shape == (len(table), len(table.columns))
            assert [list(row) for row in table] == [table.columns] * len(table)
            assert {name: table[name] for name in table.columns} == table.to_dict()
            assert repr(table).splitlines()[0].split()
            assert "<table" in table._repr_html_()
            assert not any(isinstance(cell, float) for row in table for cell in row.values())


def test_results_are_written_whole_or_not_at_all(family: rc.Scenario, tmp_path: Path) -> None:
    c = family.compare()
    assert c.to_json(tmp_path / "c.json") is None
    assert json.loads((tmp_path / "c.json").read_text()) == c.to_dict()
    c.to_csv(tmp_path / "c.csv")
    c.to_csv(tmp_path / "c.csv")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["c.csv", "c.json"]
    with pytest.raises(FileNotFoundError, match="c.json cannot be written") as caught:
        c.to_json(tmp_path / "secret" / "c.json")
    assert "secret" not in str(caught.value)
    with pytest.raises(IsADirectoryError):
        c.to_json(tmp_path)
    (tmp_path / "link.json").symlink_to(tmp_path / "c.json")
    c.to_json(tmp_path / "link.json")
    assert (tmp_path / "link.json").is_symlink()


def test_a_comparison_adds_up(family: rc.Scenario) -> None:
    c = family.compare()
    assert (c.base.name, c.alternative.name) == ("permanent", "temporary")
    assert c.extra == c.alternative.total - c.base.total
    assert c.premium == (c.extra / c.base.total).quantize(Decimal("1e-12"))
    assert c.premium.exact == Fraction(c.extra) / Fraction(c.base.total)
    for table in (c.by_category, c.by_fiscal_year, c.by_fund):
        assert sum(row.extra for row in table.values()) == c.extra
        assert all(row.alternative - row.base == row.extra for row in table.values())
    assert c.premium_curve[60].premium == c.premium
    assert sum(c.attribution.values()) + c.attribution.residual == c.extra
    assert set(c.attribution.alone) == set(c.attribution.last) == set(c.attribution)
    for pathway in c.pathways.values():
        for amounts in (pathway.by_category, pathway.by_fiscal_year, pathway.by_fund, pathway.by_line):
            assert sum(amounts.values()) == pathway.total
    assert c.pathways["temporary"] == c.alternative
    assert c.currency in repr(c.base)
    with pytest.raises(KeyError, match="not one of "):
        c.attribution["no such"]
    with pytest.raises(KeyError):
        c.by_fiscal_year[1999]


def test_a_premium_is_held_exactly_against_the_band() -> None:
    just_below = rc.Premium("0.450000000000", 45 * 10**28 - 1, 10**30)
    assert just_below == Decimal("0.45")
    assert just_below not in rc.REPORTED_BAND
    assert pickle.loads(pickle.dumps(just_below)).exact == just_below.exact
    assert Decimal("0.75") in rc.REPORTED_BAND
    assert 0.61 in rc.REPORTED_BAND
    assert 0.45 in rc.REPORTED_BAND
    assert 0.7500001 not in rc.REPORTED_BAND
    assert float("nan") not in rc.REPORTED_BAND
    assert 0.5 in rc.Band(0.4, "0.6")
    assert None not in rc.REPORTED_BAND
    assert "one half" not in rc.REPORTED_BAND


def test_every_entry_can_be_recomputed(family: rc.Scenario) -> None:
    ledger = family.ledger("delayed")
    for entry in ledger:
        product = Fraction(entry.quantity) * entry.unit_price * entry.index_factor * entry.exchange_rate
        assert entry.unrounded == product * (1 - entry.relief)
        assert Decimal(round(entry.unrounded * 100)) / 100 == entry.amount  # half to even
        assert sum(entry.funds.values()) == entry.amount
        factor = Fraction(1)
        for increase in entry.index_years.values():
            factor *= 1 + Fraction(increase)
        assert entry.index_factor in (factor, 1 / factor)
    assert ledger[-1] == ledger[len(ledger) - 1]
    assert ledger[:2] == [ledger[0], ledger[1]]
    for place in (len(ledger), -len(ledger) - 1, 10**30):
        with pytest.raises(IndexError):
            ledger[place]


def test_a_figure_is_traced_to_its_entries_and_sources(family: rc.Scenario) -> None:
    c, ledger = family.compare(), family.ledger("temporary")
    assert ledger.explain(category="education").total == c.by_category["education"].alternative
    assert ledger.explain(fiscal_year=2027).total == c.by_fiscal_year[2027].alternative
    assert (
        ledger.explain(line="short-let", month="2027-03").total
        == ledger.explain(line="short-let", month=ledger.start.replace(year=2027)).total
    )
    for fund in family.funds:
        traced = ledger.explain(fund=fund)
        assert traced.total == sum(part for _, part in traced.entries) == sum(traced.table["part"])
        assert traced.total == c.alternative.by_fund.get(fund, 0)
    assert ledger.explain().total == ledger.total
    assert ledger.explain(line="rent").entries == ()
    assert any(source.key == "lines.short-let" and source.source for source in ledger.explain().sources)
    with pytest.raises(rc.ValidationError):
        ledger.explain(category="educaton")
    for outside in ({"fiscal_year": 2035}, {"fiscal_year": 2025}, {"month": "2035-01"}, {"month": "2026-02"}):
        with pytest.raises(rc.ValidationError, match="outside the horizon"):
            ledger.explain(**outside)


def test_sums_by_year_and_category(family: rc.Scenario) -> None:
    ledger = family.ledger("temporary")
    table = ledger.by_fiscal_year_and_category
    assert sum(table["amount"]) == ledger.total
    for row in table:
        traced = ledger.explain(fiscal_year=row["fiscal_year"], category=row["category"])
        assert traced.total == row["amount"]


def test_an_estimate() -> None:
    e = rc.estimate(permanent=112_000, currency="USD")
    assert [point.temporary for point in e.points] == [Decimal("162400.00"), Decimal("179200.00"), Decimal("196000.00")]
    assert (e.known, e.cost, e.currency) == ("permanent", Decimal("112000.00"), "USD")
    assert "2015" in e.rests_on
    assert rc.estimate(monthly="3750", months=12).cost == Decimal("45000.00")
    assert rc.estimate(monthly=3750, months=12, of="temporary").known == "temporary"
    assert rc.estimate(temporary=196_000, band=("0.75", "0.75")).low.permanent == Decimal("112000.00")
    for wrong in ({}, {"permanent": 1, "temporary": 1}, {"monthly": 1}, {"permanent": 1.5}):
        with pytest.raises(TypeError):
            rc.estimate(**wrong)
    for wrong in ({"permanent": 0}, {"permanent": "-1"}, {"permanent": 1, "currency": "XXQ"}):
        with pytest.raises(rc.RelocostError):
            rc.estimate(**wrong)
    with pytest.raises(rc.RelocostError):
        rc.estimate(permanent=1, band=("0.8", "0.2"))
    assert rc.estimate(permanent=100, band=(0.45, 0.75)) == rc.estimate(permanent=100)


def test_a_target_is_the_decimal_that_is_written(family: rc.Scenario) -> None:
    wanted = family.calibrate("0.60", lines=["short-let"])
    assert family.calibrate(0.60, lines=["short-let"]) == wanted
    assert family.calibrate(Decimal("0.6"), ["short-let"]).target == Decimal("0.6")
    with pytest.raises(TypeError, match="target"):
        family.calibrate(float("nan"), ["short-let"])


def test_a_number_above_ten_is_one_of_per_cents(family: rc.Scenario) -> None:
    assert family.calibrate("12.5", ["short-let"]).target == Decimal("12.5")  # as it is written
    for target in (60, 60.0, 10.5):
        with pytest.raises(rc.RelocostError, match="per cent write 0"):
            family.calibrate(target, ["short-let"])
        with pytest.raises(rc.RelocostError, match="per cent write 0"):
            rc.estimate(1, band=(0, target))


def test_what_is_set_to_per_cents_is_a_warning(family: rc.Scenario) -> None:
    shift = "rates.index.housing.shift"
    results = [family.grid({shift: ["0.01", 2]}), family.what_ifs([{shift: 2}, {shift: 3}])]
    for result in [*results, family.replace(variants={"v": {shift: 2}}).compare_variants()]:
        (warning,) = result.warnings()
        assert warning.key is not None and warning.key.endswith(shift) and 'write "0.02"' in str(warning)
        assert str(warning) in result.text()
    assert not family.grid({shift: ["0.01"]}).warnings()
    assert any(it.code == rc.Code.PER_CENT for it in family.with_({shift: 2}).warnings())


def test_constant_prices(family: rc.Scenario) -> None:
    c = family.compare(basis="constant")
    assert c.basis == "constant"
    assert c.base.total == c.base.constant == family.compare().base.constant
    with pytest.raises(rc.RelocostError, match="basis"):
        family.compare(basis="real")


def test_parts_of_results_are_kept_too(family: rc.Scenario) -> None:
    c, ledger = family.compare(), family.ledger("temporary")
    parts = [
        c.attribution,
        c.by_category,
        c.by_fiscal_year,
        c.by_fund,
        c.premium_curve,
        c.base,
        c.base.by_category,
        c.base.by_line,
        c.table,
        ledger.table,
        ledger[0],
        ledger.by_fiscal_year_and_category,
        family.lines,
        family.delay(months=2).rows,
        family.diff(family.with_({"lines.rent.amount": 1})).totals,
    ]
    for part in parts:
        assert pickle.loads(pickle.dumps(part)) == part
        assert copy.deepcopy(part) == part
    assert hash(ledger[0]) == hash(ledger[0])


def test_figures_in_two_currencies_are_not_equal(family: rc.Scenario) -> None:
    c = family.compare()
    other = rc.Attribution(c._core.table("attribution"), c.attribution.residual + 1)
    assert other != c.attribution
    assert dict(other) == c.attribution
    assert c.by_category != c.by_fund


def test_a_comparison_is_a_table_of_its_differences(family: rc.Scenario) -> None:
    c = family.compare()
    rows = {(row["by"], row["key"]): row["extra"] for row in c.to_dicts()}
    assert rows["total", "total"] == c.extra
    assert rows["category", "housing"] == c.by_category["housing"].extra
    assert rows["fiscal_year", "2027"] == c.by_fiscal_year[2027].extra
    assert len(rows) == 1 + len(c.by_category) + len(c.by_fiscal_year) + len(c.by_fund)


@pytest.mark.parametrize("precision", [1, 3])
def test_the_decimal_context_of_a_program_changes_no_figure(golden: Path, precision: int) -> None:
    def figures() -> list[object]:
        s = rc.load(golden / "family-of-five.toml").with_({"lines.rent.amount": Decimal("1234.56789")})
        c = s.compare()
        return [c.to_json(), c.extra, c.premium, c.table.to_dict(), s.delay().rows, s.ledger("temporary").to_dicts()]

    wanted = figures()
    with decimal.localcontext() as context:
        context.prec = precision
        for signal in (decimal.FloatOperation, decimal.Inexact, decimal.Rounded):
            context.traps[signal] = True
        assert figures() == wanted


def test_a_figure_that_there_is_not_is_no_other_figure(family: rc.Scenario, golden: Path) -> None:
    c, caseload = family.compare()._core, family.caseload(golden / "questions" / "caseload-of-28.csv")._core
    for ask in (
        lambda: c.figure("permanent", "totl"),
        lambda: c.figure("nowhere", "total"),
        lambda: c.table("by_categry"),
        lambda: caseload.figure("bas"),
        lambda: caseload.table("by_categry"),
    ):
        with pytest.raises(KeyError):
            ask()


WHOLE = """
schema = 1
currency = "EUR"
price_base_year = 2026
start = "2026-01"
horizon_months = 6
household = { members = [{ role = "witness", age = 40 }, { age = 38 }] }
categories = ["housing"]
funds = ["budget"]
places = ["aville", "bville"]
drivers = { flat = { of = "person", steps = [[1, "1"], [2, "1.5"]] } }
rates = { level = { aville = { housing = "0.8" } } }
[solutions.permanent]
label = "p"
kind = "permanent"
entitlements = []
place = "bville"
[solutions.temporary]
label = "t"
kind = "temporary"
entitlements = []
place = "aville"
[pathways.moving]
stages = [{ solution = "temporary", months = 3 }, { solution = "permanent" }]
[[lines]]
id = "rent"
category = "housing"
label = "rent"
driver = "flat"
schedule = "monthly"
amounts = { "2026-01" = "1000", "2026-04" = "1100" }
currency = "EUR"
source = "x"
[[lines]]
id = "tax"
label = "tax"
percentage = { share = "0.13" }
source = "x"
[[lines]]
id = "deposit"
category = "housing"
label = "deposit"
driver = "flat"
schedule = "once"
clock = "place"
amount = 2000
currency = "EUR"
source = "x"
[[lines]]
id = "returned"
category = "housing"
label = "returned"
refund = { of = "deposit", share = "0.9" }
source = "x"
"""


def test_an_entry_says_place_tariff_level_and_percentage() -> None:
    s = rc.loads(WHOLE)
    ledger = s.ledger("moving")
    rent, tax = (next(e for e in ledger if e.line == line) for line in ("rent", "tax"))
    assert (rent.place, rent.of, rent.share) == ("aville", None, None)
    assert (rent.tariff, rent.price_level) == (datetime.date(2026, 1, 1), Fraction(4, 5))
    assert (tax.of, tax.share, tax.category) == ("rent", Fraction(13, 100), "housing")
    for entry in ledger:
        if entry.line == "returned":
            assert (entry.of, entry.share, entry.price_level, entry.tariff) == ("deposit", Fraction(9, 10), None, None)
            continue
        if entry.of == "returned":  # a percentage of a refund, which has no price of its own
            assert (entry.share, entry.price_level, entry.unit_price) == (Fraction(13, 100), None, None)
            continue
        product = Fraction(entry.quantity) * entry.unit_price * entry.price_level * entry.index_factor
        assert entry.unrounded == product * entry.exchange_rate * (1 - entry.relief) * (entry.share or 1)
    assert {e.tariff for e in ledger if e.line == "rent"} == {datetime.date(2026, 1, 1), datetime.date(2026, 4, 1)}
    moving = s.compare().pathways["moving"]
    assert set(moving.by_place) == {"aville", "bville"} == set(s.places)
    assert sum(moving.by_place.values()) == moving.total
    assert s.drivers.to_dicts() == [{"driver": "flat", "counts": "person"}]
    row = ledger.to_dicts()[0]
    assert (row["place"], row["tariff"], row["price_level"]) == ("aville", datetime.date(2026, 1, 1), Decimal("0.8"))
    assert [line["price_base_year"] for line in s.lines.to_dicts()] == [None, None, 2026, None]
