"""The package is typed: a strict checker passes it, its users' programs, and the stubs of its compiled part."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("mypy", reason="checked where the type checker is installed")

USER = """
from decimal import Decimal
from typing import assert_type

import relocost as rc

s = rc.load("family.toml")
c = s.compare()
assert_type(c.extra, Decimal)
assert_type(c.premium, rc.Premium | None)
assert_type(c.attribution["work"], Decimal)
assert_type(c.by_fiscal_year[2026].extra, Decimal)
assert_type(s.ledger("temporary")[0], rc.Entry)
assert_type(s.with_({"lines.rent.amount": "1100"}), rc.WhatIf)
assert_type(s.delay()[3].full_course.extra, Decimal)
assert_type(rc.estimate(permanent=112_000).low.temporary, Decimal)
assert_type(s.caseload("households.csv").premium, rc.Premium | None)
assert_type(s.caseload_part("households.csv", 0, 2).merge(), rc.CaseloadPart)
sim = s.simulate(1000, seed=3, sampling="sobol")
assert_type(sim.pathways["permanent"].total.quantile(0.8), float)
assert_type(sim.pathways["permanent"].total.ledger, Decimal | None)
assert_type(sim.extra.by_fiscal_year[2027].mean, float)
assert_type(sim.premium.total, rc.Statistics | None)
assert_type(sim.band.within, float)
assert_type(s.simulate_range(0, 10, draws=20).merge(), rc.SimulationPart)
futures = rc.load_programme("programme.toml").simulate(1000)
assert_type(futures.lines["as_planned"].by_fiscal_year[2027].quantile(0.8), float)
assert_type(futures.joint.total.deterministic, Decimal | None)
assert_type(futures.ceiling["f"][2027].ceiling, Decimal)
assert_type(futures.waiting.given_within[6], rc.SimulatedFigure | None)
assert_type(s.tornado().bars[0].low.value, float | None)
assert_type(s.sobol().figures["extra"].factors[0].first_order, rc.Interval)
s.simulate(sampling="sobl")  # error: no such sampling
s.with_({"lines.rent.amount": 1.5})  # error: a float is not exact
s.compare(basis="real")  # error: no such basis
"""


def mypy(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", *arguments], capture_output=True, text=True)


def test_the_package_is_strictly_typed() -> None:
    settings = Path(__file__).parents[1] / "pyproject.toml"
    done = mypy("mypy", "--config-file", str(settings), "--python-version", "3.10", "-p", "relocost")
    assert done.returncode == 0, done.stdout


def test_a_users_program_is_checked(tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text(USER)
    done = mypy("mypy", "--strict", str(program))
    wrong = [line for line in done.stdout.splitlines() if ": error: " in line]
    lines = [number for number, text in enumerate(USER.splitlines(), 1) if "# error" in text]
    assert [int(line.rsplit(".py:", 1)[1].split(":")[0]) for line in wrong] == lines, done.stdout


def test_the_stubs_are_those_of_the_compiled_part() -> None:
    done = mypy("mypy.stubtest", "relocost._relocost")
    assert done.returncode == 0, done.stdout
