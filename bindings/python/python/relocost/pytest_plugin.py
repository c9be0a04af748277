"""Scenario and programme files with expectations, as tests of pytest.

A file of TOML or JSON that is a scenario or a programme is collected: each of its `[[expect]]` tables is a test, and
one that cannot be loaded fails as one. A file that is neither is left alone, whatever its size; one that cannot be
looked into is named in a warning.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import relocost
from relocost import _relocost


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> ScenarioFile | None:
    """Collects scenarios and programmes."""
    if file_path.suffix.lower() not in (".toml", ".json"):
        return None
    sort = _relocost.sort_of_file(str(file_path))
    if sort == "unreadable":
        parent.warn(pytest.PytestWarning(f"{file_path.name} cannot be read: if it is a scenario, it is not tested"))
    if sort not in ("scenario", "programme"):
        return None
    collected: ScenarioFile = ScenarioFile.from_parent(parent, path=file_path)
    collected.sort = sort
    return collected


class ScenarioFile(pytest.File):
    """The file of a scenario or of a programme."""

    sort: str = "scenario"

    def collect(self) -> Iterator[Expectation]:
        """An item for each expectation; one for all where the file cannot be evaluated."""
        try:
            load = relocost.load_programme if self.sort == "programme" else relocost.load
            outcomes = load(self.path).run_expectations(progress=False)
        except relocost.RelocostError as error:
            yield Expectation.from_parent(self, name=self.sort, outcome=None, error=error)
            return
        for place, outcome in enumerate(outcomes):
            yield Expectation.from_parent(self, name=f"{outcome.name}[{place}]", outcome=outcome, error=None)


class Expectation(pytest.Item):
    """An expectation of a scenario."""

    def __init__(
        self, *, outcome: relocost.ExpectationOutcome | None, error: relocost.RelocostError | None, **others: Any
    ) -> None:
        super().__init__(**others)
        self.outcome = outcome
        self.error = error

    def runtest(self) -> None:
        """Fails unless the figure is as expected."""
        if self.error is not None:
            raise self.error
        if not self.outcome:
            raise _Unexpected(self.outcome)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> str:
        """The expected value and the value found, without a traceback of this plugin."""
        return str(excinfo.value)

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """Where the expectation stands."""
        line = self.outcome.line if self.outcome else None
        return self.path, None if line is None else line - 1, self.name


class _Unexpected(AssertionError):
    """A figure that is not as expected."""
