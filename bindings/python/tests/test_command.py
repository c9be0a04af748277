"""The command, as a program of the environment and as a module: the same as the Rust one."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

import relocost as rc

MODULE = [sys.executable, "-m", "relocost"]
PROGRAM = [str(Path(sys.executable).with_name("relocost"))]


@pytest.fixture(params=[MODULE, PROGRAM], ids=["module", "program"])
def command(request: pytest.FixtureRequest):
    def run(*arguments: object) -> subprocess.CompletedProcess[str]:
        return subprocess.run([*request.param, *map(str, arguments)], capture_output=True, text=True)

    return run


def test_it_says_what_the_package_says(command, golden: Path, family: rc.Scenario) -> None:
    done = command("compare", golden / "family-of-five.toml")
    assert (done.returncode, done.stdout) == (0, family.compare().text())
    done = command("compare", golden / "family-of-five.toml", "--format", "json")
    assert json.loads(done.stdout) == family.compare().to_dict()
    done = command("ledger", golden / "family-of-five.toml", "--pathway", "temporary", "--format", "csv")
    assert done.stdout == family.ledger("temporary").to_csv()
    done = command("estimate", "--permanent", "112000", "--currency", "USD", "--lang", "fr")
    assert done.stdout == rc.estimate(permanent=112_000, currency="USD").text("fr")


def test_it_says_what_the_package_says_of_what_is_uncertain(command, golden: Path, family: rc.Scenario) -> None:
    file = golden / "family-of-five.toml"
    sim = family.simulate(3000, 5)
    for question, result in (
        (("simulate", file, "--draws", 3000, "--seed", 5), sim),
        (("tornado", file), family.tornado()),
        (("sobol", file, "--draws", 300, "--resamples", 20), family.sobol(300, resamples=20)),
    ):
        assert command(*question).stdout == result.text()
        assert command(*question, "--lang", "fr").stdout == result.text("fr")
        assert json.loads(command(*question, "--format", "json").stdout) == result.to_dict()
        assert command(*question, "--format", "csv").stdout == result.to_csv()


def test_its_exit_statuses(command, golden: Path, tmp_path: Path) -> None:
    assert command("--version").stdout.split() == ["relocost", rc.__version__]
    assert command().returncode == 2
    assert command("compare", golden / "family-of-five.toml", "--base", "nowhere").returncode == 2
    wrong = tmp_path / "wrong.toml"
    wrong.write_text("schema = 2")
    done = command("compare", wrong)
    assert (done.returncode, done.stdout) == (1, "")
    assert "wrong.toml:1:" in done.stderr and str(tmp_path) not in done.stderr
    assert command("test", golden / "family-of-five.toml").returncode == 0


def test_the_command_of_rust_gives_the_same(golden: Path, whole: Path) -> None:
    built = next(
        (path for kind in ("release", "debug") if (path := whole.parent / "target" / kind / "relocost").exists()), None
    )
    if built is None:
        pytest.fail("missing: the command, built by `cargo build -p relocost-cli`")
    for arguments in (
        ["compare", golden / "family-of-five.toml"],
        ["delay", golden / "single-witness.toml"],
        ["compare", "none.toml"],
        ["--help"],
    ):
        mine, other = (
            subprocess.run([*program, *map(str, arguments)], capture_output=True, text=True)
            for program in (MODULE, [str(built)])
        )
        assert (mine.returncode, mine.stdout, mine.stderr) == (other.returncode, other.stdout, other.stderr)
