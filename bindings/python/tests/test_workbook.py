"""Workbooks, recalculated by LibreOffice: every cell is what the library says, also after a change."""

from __future__ import annotations

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
        for sheet in delivered:
            for row in sheet.iter_rows():
                for cell in row:
                    found = computed[name][sheet.title][cell.coordinate].value
                    place = f"{name} {sheet.title} {cell.coordinate}"
                    cells += 1
                    if isinstance(cell.value, (int, float)):
                        assert found == pytest.approx(cell.value, rel=DIGITS, abs=1e-9), place
                    else:
                        assert (found or "") == (cell.value or ""), place
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
