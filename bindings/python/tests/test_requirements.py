"""The requirements that the package states are those that are tested."""

from __future__ import annotations

import re
from pathlib import Path

HERE = Path(__file__).parent


def test_the_oldest_libraries_that_are_tested_are_those_declared() -> None:
    declared = re.findall(r'"([a-z]+)>=([\d.]+)"', (HERE.parent / "pyproject.toml").read_text())
    pins = re.findall(r"^([a-z]+)==([\d.]+)$", (HERE / "requirements-minima.txt").read_text(), re.MULTILINE)
    assert {name for name, _ in pins} == {name for name, _ in declared}
    for name, pin in pins:
        minimum = dict(declared)[name]
        assert pin == minimum or re.fullmatch(re.escape(minimum) + r"(\.0)+", pin), name
