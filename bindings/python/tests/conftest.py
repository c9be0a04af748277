"""Where the files are that every language is tested with, and the scenarios that many tests ask."""

from __future__ import annotations

from pathlib import Path

import pytest

import relocost as rc

pytest_plugins = ["pytester"]


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--whole`: everything that the tests can use is installed, so that none may be skipped."""
    parser.addoption("--whole", action="store_true", help="a test that is skipped fails the run")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Says what was skipped, and fails for it where nothing may be."""
    if terminalreporter.config.getoption("--whole") and terminalreporter.stats.get("skipped"):
        terminalreporter.write_line("missing: what the skipped tests need", red=True)
        terminalreporter._session.exitstatus = pytest.ExitCode.TESTS_FAILED


WHOLE = Path(__file__).resolve().parents[3] / "tests"
GOLDEN = WHOLE / "golden"
CONFORMANCE = WHOLE / "conformance"


@pytest.fixture(scope="session")
def family() -> rc.Scenario:
    """The family of five of the published results."""
    return rc.load(GOLDEN / "family-of-five.toml")


@pytest.fixture(scope="session")
def golden() -> Path:
    """The folder of scenarios with known results."""
    return GOLDEN


@pytest.fixture(scope="session")
def whole() -> Path:
    """The folder of the files that every language is tested with."""
    return WHOLE
