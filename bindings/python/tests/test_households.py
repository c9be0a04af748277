"""Tables of households as people have them: files of spreadsheets, rows of code, and what is refused."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

import relocost as rc

ROWS = [
    {"reference": "A", "count": 4, "members": "34"},
    {"reference": "B", "count": 2, "members": ["witness:36", "8@2026-09..2028-01"], "ages_at": "2026-01"},
]


@pytest.mark.parametrize(
    "text",
    [
        "\ufeffReference;Count;Ages_At;Members\r\nA;4;;34\r\nB;2;2026-01;witness:36 8@2026-09..2028-01\r\n;;;\r\n",
        "sep=;\nreference;count;ages_at;members\nA;4,0;;34,0\nB;2;2026-01-01;witness:36 8@2026-09..2028-01\n",
        "reference\tcount\tages_at\tmembers\t\nA\t4\t\t34\t\n\nB\t2\t2026-01\twitness:36 8@2026-09..2028-01\t\n",
    ],
)
def test_files_of_spreadsheets_are_rows_of_code(family: rc.Scenario, tmp_path: Path, text: str) -> None:
    file = tmp_path / "households.csv"
    file.write_bytes(text.encode())
    assert family.caseload(file).to_dict() == family.caseload(ROWS).to_dict()


def test_cells_are_read_by_one_grammar(family: rc.Scenario) -> None:
    wanted = family.caseload([{"reference": "A", "count": 4, "start": "2026-09", "members": [34, 8]}]).to_dict()
    for count, start, members in [
        (4.0, "2026-09-01", [34.0, 8.0]),
        ("4.0", "2026-09", "34.0 8"),
        (Decimal("4.00"), "2026-09-01 00:00:00", ["34", Decimal(8)]),
    ]:
        rows = [{"Reference": "A", "Count": count, "START": start, "Members": members}]
        assert family.caseload(rows).to_dict() == wanted
    for name, value, told in [
        ("start", "Sep-26", "what a spreadsheet makes of a month such as 2026-09"),
        ("start", 46266, "a spreadsheet's own number of a day"),
        ("count", 4.5, "expected a whole number"),
        ("count", "1,000", "separators of thousands"),
        ("count", 10**40, "at most 15 digits before the point"),
        ("count", Decimal("1e1000000000"), "expected a number"),
        ("count", float("inf"), "expected a number"),
        ("members", [3.5], "member 1: expected a month of birth"),
        ("members", "34@..", "of which one may be left out"),
        ("members", "34@2028-01..2027-01", "leaves before the month of joining"),
        ("members", "aunt:34", "unknown role"),
        ("ages_at", "soon", "expected a month"),
    ]:
        with pytest.raises(rc.ValidationError, match=told) as caught:
            family.caseload([{"reference": "A", "members": [34], **{name: value}}])
        assert [(it.line, it.key) for it in caught.value.findings] == [(1, name)]


@pytest.mark.parametrize(
    ("households", "told"),
    [
        ({"reference": "R1", "members": "34"}, "reference: expected a column"),
        ({"reference": ["R1"], "members": "34"}, "members: expected a column"),
        ({"reference": ["R1"], "members": b"4"}, "members: expected a column"),
        ({"reference": ["R1"], "members": {34}}, "members: expected a column"),
        ({"reference": ["R1"], "members": 34}, "members: expected a column"),
        ({"reference": ["R1"], "members": [{34, 8}]}, "members: a set keeps one of two members that are alike"),
        ([{"reference": "R1", "members": frozenset((34, 8))}], "members: a set keeps one of two"),
        ([{"reference": "R1", "members": [34], "SECRET": {8}}], "^a column: a set"),
    ],
)
def test_what_would_be_read_letter_by_letter_or_lose_a_child(
    family: rc.Scenario, households: object, told: str
) -> None:
    with pytest.raises(TypeError, match=told):
        family.caseload(households)


def test_a_household_is_no_set() -> None:
    with pytest.raises(TypeError, match="household.members: a set keeps one of two that are alike"):
        rc.Scenario(start="2026-03", horizon_months=12, household={34, 8})
    with pytest.raises(rc.ValidationError, match="household.members: found a text; expected a list"):
        rc.Scenario(start="2026-03", horizon_months=12, household="34")


def test_what_is_odd_in_a_row_is_said_by_its_line(family: rc.Scenario, tmp_path: Path) -> None:
    file = tmp_path / "households.csv"
    file.write_bytes(b"reference,members\r\nTWICE,34\r\n\r\nB,2062-05 34\r\nTWICE,34@..2026-09 8\r\n")
    warnings = family.caseload(file).warnings()
    assert [(it.line, it.key, it.code) for it in warnings] == [
        (4, "members", rc.Code.NEVER_USED),
        (5, "reference", rc.Code.SAME_REFERENCE),
        (5, "members", rc.Code.MINORS_ALONE),
    ]
    assert "TWICE" not in str(warnings) and "households.csv:2" in str(warnings[1])
    assert family.caseload(ROWS).warnings() == []


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"PK\x03\x04\x14\x00", "is no workbook that is read"),
        (b"\x1f\x8b\x08\x00", "compressed"),
        ("reference\tmembers\r\nA\t34".encode("utf-16"), "UTF-16"),
        ("référence;members\nA;34".encode("cp1252"), "Windows-1252"),
        (b'reference,members\nA,34\nB,"41 38', "is it cut off"),
    ],
)
def test_what_is_no_table_is_named(family: rc.Scenario, tmp_path: Path, content: bytes, told: str) -> None:
    file = tmp_path / "households.csv"
    file.write_bytes(content)
    with pytest.raises(rc.RelocostError, match=told):
        family.caseload(file)


def test_a_device_is_no_table(family: rc.Scenario) -> None:
    with pytest.raises(rc.RelocostError, match="no regular file"):
        family.caseload("/dev/zero")


def test_blank_rows_of_a_data_frame_are_passed_over(family: rc.Scenario) -> None:
    pandas = pytest.importorskip("pandas", reason="tested where the data frame libraries are installed")
    frame = pandas.DataFrame({"reference": ["A", None, "B"], "members": ["34", None, "36"], "count": [2, None, 1]})
    assert family.caseload(frame).count == 3
    assert family.caseload(frame.iloc[[0, 2]]).to_dict() == family.caseload(frame).to_dict()
