"""The charts of workbooks: each is tied to cells that have its figures, named, and told to who does not see it."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest

import relocost as rc

openpyxl = pytest.importorskip("openpyxl")

LANGUAGES = ("en", "fr")
KINDS = ("scenario", "programme", "caseload", "payments")
# The charts of each kind, and whether one of them may have nothing to draw.
COUNTS = {"scenario": 4, "programme": 3, "caseload": 3, "payments": 3}


@pytest.fixture(scope="module")
def subjects(family: rc.Scenario, whole: Path) -> dict[str, Any]:
    """One of each kind."""
    paid = [
        {"month": "2026-03", "line": "short-let", "amount": 1500, "currency": "EUR"},
        {"month": "2027-04", "line": "international-school", "amount": 4000, "currency": "EUR"},
    ]
    return {
        "scenario": family,
        "programme": rc.load_programme(whole / "programmes" / "court" / "programme.toml"),
        "caseload": family.caseload([{"reference": "HH-1", "members": [34], "count": 3}]),
        "payments": family.payments(paid, "temporary"),
    }


def title(chart: Any) -> str:
    """What stands above a chart."""
    return "".join(run.t for paragraph in chart.title.tx.rich.p for run in paragraph.r)


def cells(workbook: Any, reference: str) -> list[Any]:
    """The values of a range, such as 'Totals'!$C$5:$D$9."""
    sheet, place = re.fullmatch(r"'?(.*?)'?!(.*)", reference).groups()
    found = workbook[sheet.replace("''", "'")][place.replace("$", "")]
    rows = found if isinstance(found, tuple) else ((found,),)
    return [cell.value for row in rows for cell in row]


def drawn(workbook: bytes) -> list[tuple[str, list[tuple[str, list[Any], list[float]]]]]:
    """The title of each chart, with the name, the labels and the figures of what it draws."""
    book = openpyxl.load_workbook(io.BytesIO(workbook), data_only=True)
    found = []
    for chart in (chart for sheet in book for chart in sheet._charts):
        series = []
        for each in chart.series:
            (name,) = cells(book, each.tx.strRef.f)
            below = each.cat.numRef or each.cat.strRef
            series.append((name, cells(book, below.f), cells(book, each.val.numRef.f)))
        found.append((title(chart), series))
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_charts_show_cells_with_figures(subjects: dict[str, Any], kind: str) -> None:
    titles = []
    for lang in LANGUAGES:
        workbook = subjects[kind].workbook(lang=lang)
        charts = drawn(workbook)
        assert len(charts) == COUNTS[kind]
        for name, series in charts:
            assert name and series, name
            for what, labels, figures in series:
                assert isinstance(what, str) and what, name
                assert len(labels) == len(figures) > 0, (name, what)
                assert all(isinstance(label, (str, int, datetime.datetime)) and label for label in labels), (
                    name,
                    labels,
                )
                assert all(isinstance(figure, (int, float)) for figure in figures), (name, what, figures)
            assert any(figure for _, _, figures in series for figure in figures), name
        told = []
        with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
            for part in archive.namelist():
                if re.fullmatch(r"xl/drawings/drawing\d+\.xml", part):
                    told += re.findall(r'descr="([^"]+)"', archive.read(part).decode())
        assert len(told) == len(charts)
        titles.append({name for name, _ in charts})
    assert not titles[0] & titles[1], "a title is in the other language"


def test_figures_of_charts_are_those_of_the_library(subjects: dict[str, Any]) -> None:
    def totals(kind: str) -> list[float]:
        charts = drawn(subjects[kind].workbook())
        return [sum(sum(figures) for _, _, figures in series) for _, series in charts]

    planned = float(subjects["programme"].run(values=False).totals["as_planned"])
    assert totals("programme") == pytest.approx([planned] * 3, abs=0.01)
    caseload = subjects["caseload"]
    both = float(caseload.base.total + caseload.alternative.total)
    assert totals("caseload") == pytest.approx([both] * 3, abs=0.01)
    of = subjects["payments"].total
    sides = float(of.model + of.paid)
    assert totals("payments") == pytest.approx([float(of.difference), sides, sides], abs=0.01)
