"""Data frames: exact decimals in and out of pandas, Polars, pyarrow and DuckDB, through Arrow's PyCapsule interface."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest

import relocost as rc

pandas = pytest.importorskip("pandas", reason="tested where the data frame libraries are installed")
polars = pytest.importorskip("polars")
pyarrow = pytest.importorskip("pyarrow")


def test_a_table_of_no_rows_has_the_types_of_one_with_rows() -> None:
    """Without them `.str` fails, and the years of a concatenation become 2026.0."""
    s = rc.Scenario(start="2026-03", horizon_months=6, household=[34])
    nobody, full = s.replace(household=[]).ledger("permanent"), s.ledger("permanent").to_pandas()
    empty = nobody.to_pandas()
    assert len(nobody) == 0 < len(full)
    assert list(empty.columns) == list(full.columns)
    for name in full.columns:
        assert str(empty[name].dtype).split("[")[0] == str(full[name].dtype).split("[")[0], name
    assert empty["fiscal_year"].dtype == "int64" and empty["line"].str.startswith("r").sum() == 0
    both = pandas.concat([empty, full], ignore_index=True)
    assert both["fiscal_year"].dtype == "int64" and both["fiscal_year"].iloc[0] == 2026
    caseload = s.caseload([]).to_pandas()
    assert caseload["count"].dtype == "int64" and caseload["band"].str.upper().tolist() == []


def test_a_year_that_a_row_lacks_is_missing_and_the_others_stay_whole() -> None:
    """Percentages and refunds have no price base."""
    years = rc.Scenario(start="2026-03", horizon_months=6, household=[34]).lines.to_pandas()["price_base_year"]
    assert years.dtype == "Int64" and 0 < years.isna().sum() < len(years) and set(years.dropna()) == {2026}


def test_a_ledger_in_every_library(family: rc.Scenario) -> None:
    ledger = family.ledger("temporary")
    frame = ledger.to_pandas()
    assert frame["amount"].sum() == ledger.total
    assert str(frame["month"].dtype).startswith("datetime64")
    assert frame.attrs["currency"] == "EUR"
    by_year = frame.groupby("fiscal_year")["amount"].sum()
    assert dict(by_year) == dict(family.compare().alternative.by_fiscal_year)

    frame = ledger.to_polars()
    assert frame.schema["amount"] == polars.Decimal(38, 2)
    assert frame.schema["month"] == polars.Date
    assert frame["amount"].sum() == ledger.total

    table = ledger.to_arrow()
    assert table.schema.field("amount").type == pyarrow.decimal128(38, 2)
    assert table.schema.metadata[b"currency"] == b"EUR"
    assert table.to_pylist() == ledger.to_dicts()

    duckdb = pytest.importorskip("duckdb")
    entries = pyarrow.table(ledger)  # noqa: F841
    total = duckdb.sql("SELECT sum(amount), count(*) FROM entries WHERE line = 'short-let'").fetchall()
    assert total == [(ledger.explain(line="short-let").total, 60)]


def test_libraries_take_results_as_they_are(family: rc.Scenario) -> None:
    c = family.compare()
    for result in (c.by_category, c.premium_curve, c.attribution, c.base.by_line, family.delay(), family.lines):
        rows = result.to_dicts()
        assert polars.DataFrame(result).to_dicts() == rows
        assert pyarrow.table(result).to_pylist() == rows
        if int(pandas.__version__.split(".")[0]) >= 3:  # the first that reads Arrow's PyCapsules
            assert len(pandas.DataFrame.from_arrow(result)) == len(rows)
        assert result.to_pandas().shape == (len(rows), len(rows[0]))
    table = c.by_category.to_polars()
    assert table.columns == ["category", "base", "alternative", "extra", "premium"]
    assert pyarrow.schema(c.by_category) == pyarrow.table(c.by_category).schema


def test_a_missing_premium_is_missing_everywhere() -> None:
    s = rc.Scenario(start="2026-03", horizon_months=3, household=[])
    table = s.compare().by_category
    curve = s.compare().premium_curve
    assert [row.premium for row in curve.values()] == [None] * 3
    assert curve.to_polars()["premium"].null_count() == 3
    assert curve.to_pandas()["premium"].isna().all()
    assert table.to_polars().height == len(table)


def test_months_far_away_are_months() -> None:
    tables = rc.Catalogue.reference().to_dict()
    s = rc.Scenario(catalogue=rc.Catalogue.from_dict(tables), start="2990-11", horizon_months=3, household=["2950-01"])
    ledger = s.ledger("temporary")
    first = datetime.date(2990, 11, 1)
    assert ledger.to_dicts()[0]["month"] == first
    assert ledger.to_polars()["month"][0] == first
    assert ledger.to_pandas()["month"].iloc[0].date() == first


def test_households_from_every_frame(family: rc.Scenario) -> None:
    columns = {
        "reference": ["HH-1", "HH-2", "HH-3"],
        "members": ["34", "41 38 14", "1984-03 9"],
        "count": [3, None, 1],
        "start": ["2026-03", None, "2027-01"],
    }
    wanted = family.caseload(columns).to_dict()
    frame = pandas.DataFrame(columns)
    assert family.caseload(frame).to_dict() == wanted
    assert family.caseload(frame.convert_dtypes()).to_dict() == wanted
    assert family.caseload(frame.assign(start=pandas.to_datetime(frame["start"]))).to_dict() == wanted
    periods = pandas.Series(pandas.PeriodIndex(["2026-03", None, "2027-01"], freq="M"))
    assert family.caseload(frame.assign(start=periods)).to_dict() == wanted
    assert family.caseload(polars.DataFrame(columns)).to_dict() == wanted
    dated = polars.DataFrame(columns).with_columns(polars.col("start").str.to_date("%Y-%m", strict=False))
    dated = dated.with_columns(start=polars.Series([datetime.date(2026, 3, 1), None, datetime.date(2027, 1, 1)]))
    assert family.caseload(dated).to_dict() == wanted
    assert family.caseload(pyarrow.table(columns)).to_dict() == wanted
    lists = {**columns, "members": [[34], [41, 38, 14], ["1984-03", "9"]]}
    assert family.caseload(pandas.DataFrame(lists)).to_dict() == wanted
    numbers = {**columns, "members": [[34], [41, 38, 14], [41, 9]]}
    assert family.caseload(polars.DataFrame(numbers)).count == 5


def test_parameters_from_numpy(family: rc.Scenario) -> None:
    numpy = pytest.importorskip("numpy")
    grid = family.grid({"lines.rent.amount": numpy.arange(900, 1100, 100)})
    assert [row["lines.rent.amount"] for row in grid.to_dicts()] == [950, 900, 1000]
    with pytest.raises(TypeError, match="binary floating point"):
        family.grid({"lines.rent.amount": numpy.linspace(0, 1, 3)})


def test_ratios_too_long_for_arrow_say_so() -> None:
    tables = {
        "start": "2026-01",
        "horizon_months": 1,
        "household": [34],
        "catalogue": None,
        "currency": "EUR",
        "price_base_year": 2026,
        "categories": ["a"],
        "funds": ["f"],
        "entitlements": ["e"],
        "solutions": {
            "permanent": {"label": "p", "kind": "permanent", "entitlements": ["e"]},
            "temporary": {"label": "t", "kind": "temporary", "entitlements": []},
        },
        "lines": [
            {
                "id": "small",
                "category": "a",
                "label": "s",
                "driver": "household",
                "schedule": {"monthly": {}},
                "amount": "0.01",
                "currency": "EUR",
                "source": "made up",
                "when": ["e"],
            },
            {
                "id": "large",
                "category": "a",
                "label": "l",
                "driver": "household",
                "schedule": {"monthly": {}},
                "amount": "999999999999999",
                "currency": "EUR",
                "source": "made up",
                "unless": ["e"],
            },
        ],
    }
    curve = rc.Scenario(**tables).with_({"lines.large.factor": "99999999999"}).compare().premium_curve
    assert curve[1].premium > Decimal(10) ** 26
    with pytest.raises(OverflowError, match="as a list"):
        curve.to_arrow()


def test_frames_that_are_no_table_of_households_say_so(family: rc.Scenario) -> None:
    twice = pandas.DataFrame([["A", "B", "34"]], columns=["reference", "reference", "members"])
    with pytest.raises(ValueError, match="a column stands twice"):
        family.caseload(twice)
    for wrong in (pandas.Series([1]), polars.Series([1])):
        with pytest.raises(TypeError):
            family.caseload(wrong)


def test_lazy_frames_and_relations_are_taken(family: rc.Scenario) -> None:
    columns = {"reference": ["HH-1", "HH-2"], "members": ["34", "41 38 14"]}
    wanted = family.caseload(columns).to_dict()
    assert family.caseload(polars.DataFrame(columns).lazy()).to_dict() == wanted
    duckdb = pytest.importorskip("duckdb")
    frame = polars.DataFrame(columns)  # noqa: F841
    assert family.caseload(duckdb.sql("SELECT * FROM frame")).to_dict() == wanted


def test_the_schema_does_not_depend_on_the_rows(family: rc.Scenario) -> None:
    nobody = family.replace(horizon_months=1).caseload([])
    assert pyarrow.schema(nobody) == pyarrow.schema(family.caseload([{"reference": "A", "members": [34]}]))


def test_months_of_pandas_and_numpy(family: rc.Scenario) -> None:
    numpy = pytest.importorskip("numpy")
    for start in (pandas.Period("2026-03", "M"), pandas.Timestamp("2026-03-09"), numpy.datetime64("2026-03")):
        assert family.replace(start=start).start == datetime.date(2026, 3, 1)
    for wrong in (pandas.Period("2026", "Y"), pandas.Period("2026Q1", "Q")):
        with pytest.raises(TypeError, match="start: expected a month"):
            family.replace(start=wrong)


def test_what_is_missing_in_records_is_left_out_and_years_may_be_numpys() -> None:
    numpy = pytest.importorskip("numpy")
    plain = {"start": "2026-03", "horizon_months": 12}
    wanted = rc.Scenario(household=[{"age": 34, "role": "witness"}, {"age": 8}], **plain)
    for missing in (numpy.nan, None, pandas.NA, pandas.NaT):
        frame = pandas.DataFrame({"age": [34, 8], "role": pandas.Series(["witness", missing], dtype="object")})
        assert rc.Scenario(household=frame.to_dict("records"), **plain) == wanted
    gaps = pandas.DataFrame({"age": [34, 8, numpy.nan], "born": [numpy.nan, numpy.nan, "2001-02"]})
    assert str(gaps["age"].dtype) == "float64"
    three = rc.Scenario(household=[34, 8, "2001-02"], **plain)
    assert rc.Scenario(household=gaps.to_dict("records"), **plain) == three
    ages = [{"age": numpy.float32(34)}, {"age": numpy.int8(8)}, {"born": "2001-02"}]
    assert rc.Scenario(household=ages, **plain) == three
    with pytest.raises(TypeError, match=r"household\.members\[0\]\.age: binary"):
        rc.Scenario(household=[{"age": 34.5}], **plain)
    # Members who are nothing but an age, as a column with a gap elsewhere has them.
    assert rc.Scenario(household=[34.0, numpy.float32(8), "2001-02"], **plain) == three
    with pytest.raises(TypeError, match=r"household\.members\[0\]: binary"):
        rc.Scenario(household=[34.5], **plain)
    indices = {year: rc.Scenario(household=[34], rates=_index(year), **plain) for year in (2027, numpy.int64(2027))}
    assert len(set(indices.values())) == 1


def _index(year: object) -> dict[str, object]:
    return {**rc.Catalogue.reference().to_dict()["rates"], "index": {"general": {"default": "0.02", year: "0.03"}}}


def test_zeros_that_arithmetic_leaves_at_the_end_of_a_decimal_are_no_decimals() -> None:
    s = rc.Scenario(start="2026-03", horizon_months=12, household=[34])
    amount = Decimal("1000.1") * Decimal("1.000000000000")
    assert s.with_({"lines.rent.amount": amount}).compare() == s.with_({"lines.rent.amount": "1000.1"}).compare()
    with pytest.raises(rc.RelocostError):
        s.with_({"lines.rent.amount": Decimal("1000.1000000000001")})
