"""Parquet files, read back by pyarrow, Polars and DuckDB: every figure exact, and the head of the table beside them."""

from __future__ import annotations

import json
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import relocost as rc

pyarrow = pytest.importorskip("pyarrow", reason="tested where pyarrow is installed")
parquet = pytest.importorskip("pyarrow.parquet")

PAID = [{"month": "2026-03", "line": "short-let", "amount": "1300.25", "currency": "EUR"}]


def _everything(family: rc.Scenario) -> list[Any]:
    """Results of each kind of column, in order of rows."""
    c = family.compare()
    households = [{"reference": "HH-1", "members": [34, 6], "count": 2}]
    results: list[Any] = [c, family.ledger("temporary"), family.delay(), family.caseload(households), family.tornado()]
    results += [family.payments(PAID, "temporary"), family.simulate(draws=200), family.ledger("temporary").postings()]
    tables = [table for result in results for table in result.tables.values()]
    return [*tables, c.by_category, c.premium_curve, c.attribution, family.lines]


def test_every_figure_is_read_back_by_every_library(family: rc.Scenario, tmp_path: Path) -> None:
    polars, duckdb = pytest.importorskip("polars"), pytest.importorskip("duckdb")
    compared = 0
    for number, table in enumerate(_everything(family)):
        path = tmp_path / f"{number}.parquet"
        table.to_parquet(path)
        rows = table.to_dicts()
        assert parquet.read_table(path).to_pylist() == rows
        assert polars.read_parquet(path).to_dicts() == rows
        relation = duckdb.sql(f"SELECT * FROM '{path}'")
        assert [dict(zip(relation.columns, row)) for row in relation.fetchall()] == rows
        compared += len(rows)
    assert compared > 1000


def test_decimals_are_decimals_and_months_are_dates(family: rc.Scenario, tmp_path: Path) -> None:
    path = tmp_path / "entries.parquet"
    ledger = family.ledger("temporary")
    ledger.to_parquet(path)
    schema = parquet.read_schema(path)
    assert schema.field("amount").type == pyarrow.decimal128(38, 2)
    assert schema.field("month").type == pyarrow.date32()
    assert schema.field("amount").metadata == pyarrow.table(ledger).schema.field("amount").metadata
    duckdb = pytest.importorskip("duckdb")
    total = duckdb.sql(
        f"SELECT sum(amount), typeof(any_value(amount)) FROM '{path}' WHERE line = 'short-let'"
    ).fetchall()
    assert total == [(ledger.explain(line="short-let").total, "DECIMAL(38,2)")]


def test_the_file_has_the_head_of_the_table(family: rc.Scenario, tmp_path: Path) -> None:
    path = tmp_path / "entries.parquet"
    table = family.ledger("temporary").table
    table.to_parquet(path)
    told = {key.decode(): value.decode() for key, value in parquet.read_schema(path).metadata.items()}
    assert told.keys() == table.head.keys() and told["internal"] == "true" and told["currency"] == "EUR"
    for key, value in table.head.items():
        assert told[key] == value if isinstance(value, str) else json.loads(told[key]) == value, key


def test_the_same_table_gives_the_same_bytes(tmp_path: Path) -> None:
    program = """import sys, relocost as rc
rc.Scenario(start="2026-03", horizon_months=6, household=[34]).ledger("temporary").to_parquet(sys.argv[1])"""
    for name in ("a", "b"):  # Arrow's metadata has another order in another process
        subprocess.run([sys.executable, "-c", program, str(tmp_path / name)], check=True)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_a_file_that_is_there_is_refused_and_nothing_is_left_of_one_that_failed(
    family: rc.Scenario, tmp_path: Path
) -> None:
    path = tmp_path / "c.parquet"
    path.write_text("kept")
    with pytest.raises(FileExistsError, match=r"c\.parquet cannot be written"):
        family.compare().to_parquet(path)
    assert path.read_text() == "kept"
    family.compare().to_parquet(path, force=True)
    assert parquet.read_table(path).num_rows == len(family.compare().table)
    with pytest.raises(FileNotFoundError):
        family.compare().to_parquet(tmp_path / "nowhere" / "c.parquet")
    assert [each.name for each in tmp_path.iterdir()] == ["c.parquet"]


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such permissions")
def test_a_file_of_a_household_is_for_its_owner_alone(family: rc.Scenario, tmp_path: Path) -> None:
    family.compare().to_parquet(tmp_path / "c.parquet")
    assert stat.S_IMODE((tmp_path / "c.parquet").stat().st_mode) == 0o600


def test_who_lacks_pyarrow_is_told_what_to_install(family: rc.Scenario, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(ImportError, match=r"pip install 'relocost\[arrow\]'"):
        family.compare().to_parquet("c.parquet")
