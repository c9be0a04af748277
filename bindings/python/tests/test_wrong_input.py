"""Wrong inputs that Rust is told too: each names its key and what is expected, from a text and from a dictionary."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import relocost as rc

SHARED: dict[str, Any] = json.loads(
    (Path(__file__).resolve().parents[3] / "tests/wrong_input.json").read_text(encoding="utf-8")
)


def told(error: rc.RelocostError, case: dict[str, str]) -> bool:
    return any(it.key.startswith(case["key"]) and case["says"] in it.message for it in error.findings)


@pytest.mark.parametrize("case", SHARED["cases"], ids=lambda case: case["key"])
def test_a_text_is_refused(case: dict[str, str]) -> None:
    with pytest.raises(rc.RelocostError) as caught:
        rc.loads(case.get("top", "") + SHARED["scenario"] + case["part"])
    assert told(caught.value, case), caught.value
    assert "ville" not in str(caught.value)


@pytest.mark.parametrize("case", SHARED["cases"], ids=lambda case: case["key"])
def test_a_dictionary_is_refused(case: dict[str, str]) -> None:
    tomllib = pytest.importorskip("tomllib")
    tables = tomllib.loads(case.get("top", "") + SHARED["scenario"] + case["part"])
    with pytest.raises(rc.RelocostError) as caught:
        rc.Scenario.from_dict(tables)
    assert told(caught.value, case), caught.value
    assert "ville" not in str(caught.value)


@pytest.mark.parametrize("case", SHARED["questions"], ids=lambda case: case["says"])
def test_a_question_is_refused(case: dict[str, Any]) -> None:
    scenario = rc.loads(SHARED["scenario"] + case["part"])
    with pytest.raises(rc.RelocostError) as caught:
        if "ledger" in case:
            scenario.ledger(case["ledger"])
        elif "members" in case:
            scenario.caseload([{"reference": "A", "members": case["members"]}])
        else:
            path, value = case["set"]
            scenario.with_({path: value})
    assert told(caught.value, case), caught.value


@pytest.mark.parametrize("case", SHARED["programmes"], ids=lambda case: case["key"])
def test_a_programme_is_refused(case: dict[str, str]) -> None:
    with pytest.raises(rc.RelocostError) as caught:
        rc.loads_programme(SHARED["programme"] + case["part"])
    assert told(caught.value, case), caught.value
    assert not any(secret in str(caught.value) for secret in ("essel", "hidden", "1987", "Jane"))


def test_what_is_right_is_accepted() -> None:
    assert rc.loads(SHARED["scenario"]).ledger("permanent").total == 1200
