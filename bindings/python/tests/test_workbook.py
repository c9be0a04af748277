"""Workbooks, recalculated by LibreOffice: every cell is what the library says, also after a change."""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

import relocost as rc

openpyxl = pytest.importorskip("openpyxl")

PROGRAM = str(Path(sys.executable).with_name("relocost"))
# So many at least, lest nothing be checked.
ENOUGH_CELLS = 100_000
# A cell of a spreadsheet holds 15 digits.
DIGITS = 1e-12

Recalculated = dict[str, "openpyxl.Workbook"]


@pytest.fixture(scope="session")
def recalculate(tmp_path_factory: pytest.TempPathFactory) -> Callable[[dict[str, object]], Recalculated]:
    """Workbooks as LibreOffice computes them: openpyxl saves formulas without results, so none can be a stored one."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice is not installed")
    profile = tmp_path_factory.mktemp("profile")

    def of(workbooks: dict[str, object]) -> Recalculated:
        folder = tmp_path_factory.mktemp("workbooks")
        for name, workbook in workbooks.items():
            workbook.save(folder / f"{name}.xlsx")
        computed = folder / "computed"
        subprocess.run(
            [
                program,
                f"-env:UserInstallation={profile.as_uri()}",
                "--headless",
                "--convert-to",
                "xlsx:Calc MS Excel 2007 XML",
                "--outdir",
                str(computed),
                *(str(folder / f"{name}.xlsx") for name in workbooks),
            ],
            check=True,
            capture_output=True,
        )
        return {name: openpyxl.load_workbook(computed / f"{name}.xlsx", data_only=True) for name in workbooks}

    return of


def written(file: Path, to: Path, *options: str) -> Path:
    done = subprocess.run([PROGRAM, "workbook", str(file), "-o", str(to), *options], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return to


def named(workbook: object, name: str) -> object:
    """The cell of a name."""
    ((sheet, cell),) = workbook.defined_names[name].destinations
    return workbook[sheet][cell]


def same_cells(delivered: object, computed: object, name: str) -> int:
    """The number of cells, each of which LibreOffice computed as it was delivered."""
    cells = 0
    for sheet in delivered:
        for row in sheet.iter_rows():
            for cell in row:
                found = computed[sheet.title][cell.coordinate].value
                place = f"{name} {sheet.title} {cell.coordinate}"
                cells += 1
                if isinstance(cell.value, (int, float)):
                    assert found == pytest.approx(cell.value, rel=DIGITS, abs=1e-9), place
                else:
                    assert (found or "") == (cell.value or ""), place
    return cells


def scenarios(whole: Path) -> list[Path]:
    files = [*sorted((whole / "golden").glob("*.toml")), *sorted((whole / "conformance").glob("*.toml"))[::10]]
    examples = sorted((whole.parent / "examples" / "scenarios").glob("*.toml"))
    return [file for file in [*examples, *files] if "horizon_months" in file.read_text(encoding="utf-8")]


def test_every_cell_is_what_libreoffice_computes(recalculate, whole: Path, tmp_path: Path) -> None:
    files = {}
    for place, file in enumerate(scenarios(whole)):
        options = ["--lang", "fr"] if place % 2 else []
        names = list(rc.load(file).pathways)
        if "permanent" not in names or "temporary" not in names:
            options += ["--base", names[0], "--alternative", names[-1]]
        files[f"{place}-{file.stem}"] = written(file, tmp_path / f"{place}.xlsx", *options)
    formulas = {name: openpyxl.load_workbook(file) for name, file in files.items()}
    computed = recalculate(formulas)
    cells = 0
    for name, file in files.items():
        delivered = openpyxl.load_workbook(file, data_only=True)
        cells += same_cells(delivered, computed[name], name)
    assert cells > ENOUGH_CELLS


def test_a_workbook_is_that_of_the_command(family: rc.Scenario, golden: Path, tmp_path: Path) -> None:
    file = golden / "family-of-five.toml"
    assert family.workbook() == written(file, tmp_path / "en.xlsx").read_bytes()
    other = written(file, tmp_path / "fr.xlsx", "--alternative", "delayed", "--basis", "constant", "--lang", "fr")
    assert family.workbook(alternative="delayed", basis="constant", lang="fr") == other.read_bytes()
    with pytest.raises(rc.RelocostError):
        family.workbook("nowhere")


FAMILY = "examples/scenarios/family-of-five.toml"
FUND = "examples/scenarios/trust-fund.toml"
CHANGES = [
    (FAMILY, "lines.rent.amount", "price_rent", "1111.11"),
    (FAMILY, "lines.short-let.amount", "price_short_let", "1600.01"),
    (FAMILY, "rates.fx.USD", "fx_usd_default", "0.777"),
    (FAMILY, "rates.index.housing.default", "growth_housing_default", "0.0333"),
    (FUND, "lines.programme-support.percentage.share", "share_programme_support", "0.0777"),
]


@pytest.mark.parametrize(("file", "path", "name", "value"), CHANGES)
def test_a_changed_input_gives_what_a_fresh_run_gives(
    recalculate, whole: Path, tmp_path: Path, file: str, path: str, name: str, value: str
) -> None:
    scenario = rc.load(whole.parent / file)
    workbook = openpyxl.load_workbook(written(whole.parent / file, tmp_path / "audit.xlsx"))
    before = named(openpyxl.load_workbook(tmp_path / "audit.xlsx", data_only=True), "premium").value
    named(workbook, name).value = float(value)
    changed = recalculate({"changed": workbook})["changed"]
    fresh = scenario.with_({path: value})
    comparison = fresh.compare()
    for side in ("permanent", "temporary"):
        # Every entry is rounded as the library rounds it, so that the cents agree, ties or not.
        found = Decimal(str(round(named(changed, f"total_{side}").value, 2)))
        assert found == fresh.ledger(side).total, side
    assert named(changed, "premium").value == pytest.approx(float(comparison.premium), abs=1e-12)
    assert named(changed, "premium").value != pytest.approx(before, abs=1e-9), "the input drives the premium"
    assert named(changed, "extra").value == pytest.approx(float(comparison.extra), abs=1e-6)


PAID = """month,line,category,amount,currency,rate,quantity
2026-03,rent,,900.005,EUR,,
2026-04,rent,,1111.11,EUR,,1
2026-05,rent,,1000,USD,0.9,2
2026-06,rent,,500,USD,,
2026-06,rent,,500.01,USD,0.91,
2026-09,,housing,77.77,EUR,,
"""
# A deposit that is returned in the first fiscal year and was paid before it; and a payment in a category of which the
# model has no charge: it falls to a fund that pays none of them, and by a share that rounds to nothing to another.
MORE = {
    "earlier": (
        """
schema = 1
catalogue = "reference"
[programme]
first_fiscal_year = 2026
fiscal_years = 1
[[lines]]
id = "fee"
label = "Fee"
percentage = { share = "0.1", lines = ["deposit-returned"] }
source = "A test."
[[cases]]
members = [{ age = 40 }]
arrives = "2025-10"
placed = { solution = "permanent", moves = "2026-03" }
""",
        "2026-01,rent,,500,EUR\n2026-03,deposit-returned,,-1000,EUR\n",
    ),
    "other-fund": (
        """
schema = 1
currency = "EUR"
price_base_year = 2026
start = "2026-01"
horizon_months = 12
categories = ["medical", "other"]
funds = ["a", "b", "c"]
entitlements = []
household = { members = [{ age = 40 }] }
[solutions.permanent]
label = "P"
kind = "permanent"
entitlements = []
funding = { c = "1", by_category = { other = { a = "0.0001", b = "0.9999" } } }
[[lines]]
id = "clinic"
category = "medical"
label = "Clinic"
driver = "person"
schedule = "monthly"
amount = "100"
currency = "EUR"
source = "A test."
""",
        "2026-03,clinic,,500,EUR\n2026-04,,other,40,EUR\n",
    ),
}
HOUSEHOLDS = "reference,count,members\nHH-1,3,34\nHH-2,,41 38 14\nHH-3,2,70\n"


def programmes(whole: Path) -> list[Path]:
    return sorted((whole / "programmes").glob("random-*/programme.toml"))[::4]


def test_every_cell_of_the_other_subjects_is_what_libreoffice_computes(
    recalculate, whole: Path, tmp_path: Path
) -> None:
    (paid, households) = (tmp_path / "paid.csv", tmp_path / "households.csv")
    paid.write_text(PAID, encoding="utf-8")
    households.write_text(HOUSEHOLDS, encoding="utf-8")
    family = whole.parent / FAMILY
    files = {
        "paid": written(family, tmp_path / "paid.xlsx", "--payments", str(paid), "--pathway", "permanent"),
        "caseload": written(family, tmp_path / "caseload.xlsx", "--households", str(households), "--lang", "fr"),
    }
    for place, file in enumerate(programmes(whole)):
        options = ["--lang", "fr"] if place % 2 else []
        files[f"programme-{place}"] = written(file, tmp_path / f"programme-{place}.xlsx", *options)
        programme = rc.load_programme(file)
        category = programme.setting.lines["category"][0]
        row = f"{programme.start:%Y-%m},{category},123.45,{programme.currency}"
        paid.write_text(f"month,category,amount,currency\n{row}\n", encoding="utf-8")
        files[f"paid-{place}"] = written(file, tmp_path / f"paid-{place}.xlsx", "--payments", str(paid))
    for name, (text, rows) in MORE.items():
        file = tmp_path / f"{name}.toml"
        file.write_text(text, encoding="utf-8")
        paid.write_text(f"month,line,category,amount,currency\n{rows}", encoding="utf-8")
        options = ["--payments", str(paid), *(["--pathway", "permanent"] if "[programme]" not in text else [])]
        files[name] = written(file, tmp_path / f"{name}.xlsx", *options)
        if "[programme]" in text:
            files[f"{name}-alone"] = written(file, tmp_path / f"{name}-alone.xlsx")
    computed = recalculate({name: openpyxl.load_workbook(file) for name, file in files.items()})
    delivered = {name: openpyxl.load_workbook(file, data_only=True) for name, file in files.items()}
    assert sum(same_cells(delivered[name], computed[name], name) for name in files) > ENOUGH_CELLS // 4


def test_workbooks_of_the_other_subjects_are_those_of_the_command(whole: Path, tmp_path: Path) -> None:
    family, file = rc.load(whole.parent / FAMILY), programmes(whole)[0]
    (paid, households) = (tmp_path / "paid.csv", tmp_path / "households.csv")
    paid.write_text(PAID, encoding="utf-8")
    households.write_text(HOUSEHOLDS, encoding="utf-8")
    of_command = written(whole.parent / FAMILY, tmp_path / "a.xlsx", "--payments", str(paid), "--pathway", "permanent")
    assert family.payments(paid, "permanent").workbook() == of_command.read_bytes()
    of_command = written(whole.parent / FAMILY, tmp_path / "b.xlsx", "--households", str(households), "--lang", "fr")
    assert family.caseload(households).workbook(lang="fr") == of_command.read_bytes()
    assert rc.load_programme(file).workbook() == written(file, tmp_path / "c.xlsx").read_bytes()


def cents(workbook: object, name: str) -> Decimal:
    return Decimal(str(round(named(workbook, name).value, 2)))


def test_a_changed_payment_or_rate_gives_the_variance_of_a_fresh_run(recalculate, whole: Path) -> None:
    family = rc.load(whole.parent / FAMILY)
    header, *rows = (row.split(",") for row in PAID.splitlines())
    given = [{key: cell for key, cell in zip(header, row, strict=True) if cell} for row in rows]
    file = family.payments(given, "permanent").workbook()
    names = ["model", "paid", "difference", "exchange", "price", "volume", "timing", "not_paid", "not_planned"]
    changes = {
        "amount": ({2: ("amount", "G4", "1234.56")}, {}),
        "rate": ({2: ("rate", "H4", "0.8765")}, {}),
        "quantity": ({1: ("quantity", "J3", "1.5")}, {}),
        "fx": ({}, {"rates.fx.USD": ("fx_usd_default", "0.777")}),
        "rent": ({}, {"lines.rent.amount": ("price_rent", "1111.11")}),
    }
    workbooks, fresh = {}, {}
    for name, (cells, inputs) in changes.items():
        workbook = openpyxl.load_workbook(io.BytesIO(file))
        changed = [dict(row) for row in given]
        for place, (key, cell, value) in cells.items():
            assert workbook["Payments"][cell].value == pytest.approx(float(changed[place][key])), cell
            workbook["Payments"][cell].value = float(value)
            changed[place][key] = value
        for of_input, value in inputs.values():
            named(workbook, of_input).value = float(value)
        scenario = family.with_({path: value for path, (_, value) in inputs.items()})
        workbooks[name], fresh[name] = workbook, scenario.payments(changed, "permanent")
    before = openpyxl.load_workbook(io.BytesIO(file), data_only=True)
    for name, workbook in recalculate(workbooks).items():
        total = fresh[name].total
        found = {figure: cents(workbook, figure) for figure in names}
        assert found == {figure: getattr(total, figure) for figure in names}, name
        assert any(found[figure] != cents(before, figure) for figure in names), "the input drives a figure"
        assert cents(workbook, "rest") == fresh[name].rest, name
        assert cents(workbook, "forecast") == fresh[name].forecast, name


def test_a_changed_price_of_a_programme_gives_what_a_fresh_run_gives(recalculate, whole: Path) -> None:
    entries = {
        "catalogue": "reference",
        "programme": {"first_fiscal_year": 2026, "fiscal_years": 4},
        "cases": [
            {"members": [{"age": 34}], "arrives": "2026-01", "count": 3},
            {"members": [{"age": 41}, {"age": 39}, {"age": 9}], "arrives": "2026-05", "count": 2},
        ],
        "agreements": [
            {"id": "a", "label": "A", "grants": [{"month": "2027-03", "places": 2}], "processing_months": 3}
        ],
    }
    programme = rc.Programme.from_dict(entries)
    workbook = openpyxl.load_workbook(io.BytesIO(programme.workbook()))
    before = programme.run().totals["as_planned"]
    named(workbook, "price_short_let").value = 1234.57
    changed = recalculate({"changed": workbook})["changed"]
    dearer = entries | {"lines": [{"id": "short-let", "inherit": True, "amount": "1234.57"}]}
    run = rc.Programme.from_dict(dearer).run()
    assert cents(changed, "total_as_planned") == run.totals["as_planned"] != before
    totals = run.tables["budget_totals"].to_dicts()
    (value,) = [row["as_planned"] for row in totals if row["key"] == "present_value"]
    assert cents(changed, "present_value_as_planned") == value


def test_a_changed_number_of_households_moves_the_premium_of_all(recalculate, whole: Path) -> None:
    family = rc.load(whole.parent / FAMILY)
    rows = [{"reference": "HH-1", "members": [34], "count": 3}, {"reference": "HH-2", "members": [41, 38, 14]}]
    workbook = openpyxl.load_workbook(io.BytesIO(family.caseload(rows).workbook()))
    workbook["Households"]["B2"].value = 7
    changed = recalculate({"changed": workbook})["changed"]
    fresh = family.caseload([rows[0] | {"count": 7}, rows[1]])
    assert cents(changed, "extra") == fresh.extra
    assert named(changed, "premium").value == pytest.approx(float(fresh.premium), abs=1e-12)
