"""The pytest plugin: scenario files with expectations are tests."""

from __future__ import annotations

import pytest

SCENARIO = """
schema = 1
catalogue = "reference"
start = "2026-03"
horizon_months = 60
household = { members = [{ age = 34 }] }

[[expect]]
figure = "comparison.extra"
equals = "39806.27"
[[expect]]
figure = "comparison.band"
equals = "within"
why = "It ought to"
"""


def test_expectations_are_tests(pytester: pytest.Pytester) -> None:
    pytester.makefile(".toml", scenario=SCENARIO)
    result = pytester.runpytest_subprocess("-v")
    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(
        ["*scenario.toml::comparison*extra*PASSED*", "*comparison.band: expected within, found below*"]
    )
    result.stdout.no_fnmatch_line("*Traceback*")


PROGRAMME = """
schema = 1
catalogue = "reference"
programme = { first_fiscal_year = 2026, fiscal_years = 1 }
cases = [{ members = [{ age = 34 }], arrives = "2026-01" }]
expect = [{ figure = "waiting.queued", equals = 1 }, { figure = "waiting.given", equals = 1 }]
"""


def test_expectations_of_a_programme_are_tests(pytester: pytest.Pytester) -> None:
    pytester.makefile(".toml", budget=PROGRAMME, broken=PROGRAMME.replace("2026-01", "2026-13"))
    result = pytester.runpytest_subprocess("-v")
    result.assert_outcomes(passed=1, failed=2)
    result.stdout.fnmatch_lines_random(
        ["*budget.toml::waiting*queued*PASSED*", "broken.toml:4:48: cases?0?.arrives: *"]
    )


def test_a_scenario_that_cannot_be_loaded_fails(pytester: pytest.Pytester) -> None:
    pytester.makefile(".toml", broken=SCENARIO.replace("2026-03", "2026-13"))
    result = pytester.runpytest_subprocess()
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*broken.toml:3:9: start: *"])


def test_other_files_are_left_alone(pytester: pytest.Pytester) -> None:
    pytester.makefile(".toml", pyproject="[project]\nname = 'x'")
    pytester.makefile(".json", other='{"a": 1}')
    pytester.makepyfile("def test_one(): pass")
    pytester.runpytest_subprocess().assert_outcomes(passed=1)


def test_a_large_json_that_is_no_scenario_fails_nobody(pytester: pytest.Pytester) -> None:
    """Larger than any scenario may be: it is not read whole to learn that it is none."""
    large = "x" * (5 << 20)
    pytester.makefile(".json", large=f'{{"data": "{large}"}}', rows=f'["{large}", "schema"]')
    pytester.makepyfile("def test_one(): pass")
    result = pytester.runpytest("-W", "error")
    result.assert_outcomes(passed=1)
    assert result.ret == 0


def test_one_expectation_can_be_chosen(pytester: pytest.Pytester) -> None:
    pytester.makefile(".toml", scenario=SCENARIO)
    pytester.runpytest_subprocess("-k", "extra").assert_outcomes(passed=1, deselected=1)


def test_a_scenario_with_a_slip_of_the_pen_is_not_passed_over(pytester: pytest.Pytester) -> None:
    pytester.makefile(".toml", broken=SCENARIO.replace("horizon_months = 60", "horizon_months = = 60"))
    result = pytester.runpytest_subprocess()
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*broken.toml:4:18: not TOML*"])
