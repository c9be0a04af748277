"""No exception, traceback, repr or report of a test runner shows what was given to the package."""

from __future__ import annotations

import logging
import pickle
import subprocess
import sys
import traceback
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import relocost as rc

SECRETS = ("SECRET", "1913-02", "\udce9", "918273645")
TEXT = (
    'schema = 1\ntitle = "SECRET"\nstart = "2026-03"\n'
    'household = { reference = "SECRET", members = [{ born = "1913-02" }] }\n'
)
MEMBER: dict[str, Any] = {"age": 34, "born": "1913-02"}
SURROGATE = "SECRET \udce9"


def holds_no_secret(told: str) -> None:
    for secret in SECRETS:
        assert secret not in told, ascii(told)


def everything(error: BaseException) -> str:
    """The text that a logger, a test runner or a notebook may print of an exception."""
    captured = traceback.TracebackException.from_exception(error, capture_locals=True)
    for stack in (captured.stack, *(each.stack for each in (captured.__cause__, captured.__context__) if each)):
        for place, frame in enumerate(stack):
            # The caller's own frames are the caller's: neither their values nor their lines are looked at.
            if not frame.filename.startswith(str(Path(rc.__file__).parent)):
                stack[place] = traceback.FrameSummary(frame.filename, frame.lineno, frame.name, line="")
    formatter = logging.Formatter()
    shown = ["".join(captured.format()), repr(error), str(error), repr(error.args), repr(vars(error))]
    shown.append(pickle.dumps(error).decode("latin-1"))
    assert formatter
    each: BaseException | None = error
    while each is not None:
        shown += [repr(each), repr(each.args), str(getattr(each, "object", ""))]
        each = each.__cause__ or each.__context__
    return "\n".join(shown)


def scenario(**keys: Any) -> rc.Scenario:
    return rc.Scenario(**{"start": "2026-03", "horizon_months": 12, "household": [34], **keys})


GOOD = scenario()


def programme(**case: Any) -> dict[str, Any]:
    head = {"first_fiscal_year": 2026, "fiscal_years": 1}
    return {"catalogue": "reference", "programme": head, "cases": [{"arrives": "2026-01", **case}]}


CALLS: dict[str, Callable[[], object]] = {
    "programme from_dict": lambda: rc.Programme.from_dict(programme(members=[MEMBER], reference="SECRET")),
    "programme of a surrogate": lambda: rc.Programme.from_dict(programme(members=[], reference=SURROGATE)),
    "loads_programme": lambda: rc.loads_programme(TEXT),
    "load_programme": lambda: rc.load_programme("SECRET.toml/none"),
    "loads": lambda: rc.loads(TEXT),
    "loads a surrogate": lambda: rc.loads(TEXT + "# \udce9"),
    "load": lambda: rc.load("/home/SECRET\udce9/no-such-file.toml"),
    "a scenario": lambda: scenario(household=[MEMBER]),
    "a surrogate": lambda: scenario(household={"reference": SURROGATE, "members": [34]}),
    "a title": lambda: scenario(title=["SECRET"]),
    "a float": lambda: scenario(household={"members": [{"SECRET": 1.5}]}),
    "a key": lambda: scenario(variants={"x": {"household": {"add": [{"SECRET": 0.5}]}}}),
    "a name": lambda: scenario(**{"household": [{"SECRET NAME": object()}]}),
    "displaced": lambda: scenario(pathways={"reference": "SECRET", "born": "1913-02", "SECRET": 0.5}),
    "tables": lambda: rc.Scenario.from_dict({"household": [MEMBER], SURROGATE: 1}),
    "replace": lambda: GOOD.replace(household=[MEMBER]),
    "rows": lambda: GOOD.caseload([{"reference": "SECRET", "members": "1913-02 x"}]),
    "a row's surrogate": lambda: GOOD.caseload([{"reference": SURROGATE, "members": "34"}]),
    "an unknown column": lambda: GOOD.caseload([{"reference": "A", "members": "34", "SECRET": 0.5}]),
    "a column's surrogate": lambda: GOOD.caseload([{"reference": "A", "members": "34", SURROGATE: "x"}]),
    "a member": lambda: GOOD.caseload([{"reference": "A", "members": [object(), "SECRET"]}]),
    "a table": lambda: GOOD.caseload("/home/SECRET/\udce9.csv"),
    "a pathway": lambda: GOOD.ledger("SECRET"),
    "a pathway's surrogate": lambda: GOOD.ledger(SURROGATE),
    "sides": lambda: GOOD.compare("SECRET", SURROGATE),
    "a parameter": lambda: GOOD.parameter("SECRET"),
    "changes": lambda: GOOD.with_({"SECRET": 0.5}),
    "a change's surrogate": lambda: GOOD.with_({SURROGATE: 1}),
    "an axis": lambda: GOOD.grid({"SECRET": "918273645"}),  # type: ignore[dict-item]
    "a variant": lambda: GOOD.variant("SECRET"),
    "a calibration": lambda: GOOD.calibrate(Decimal("0.6"), lines=["SECRET"]),
    "a catalogue": lambda: rc.Catalogue.from_dict({"lines": [{"id": "SECRET", "reference": "1913-02"}]}),
    "a catalogue's file": lambda: rc.Catalogue.load("/home/SECRET/prices.toml"),
    "a currency": lambda: rc.estimate(permanent=1, currency="SECRET"),
    "a cost": lambda: rc.estimate(permanent="SECRET"),
    "writing": lambda: GOOD.to_toml("/no/such/SECRET\udce9/x.toml"),
    "a simulation": lambda: GOOD.simulate(10, sampling="SECRET"),  # type: ignore[arg-type]
}


@pytest.mark.parametrize("name", CALLS)
def test_an_exception_carries_nothing_that_was_given(name: str) -> None:
    with pytest.raises(Exception) as caught:
        CALLS[name]()
    holds_no_secret(everything(caught.value))
    assert not isinstance(caught.value, UnicodeError)
    if "surrogate" in name:
        assert isinstance(caught.value, rc.ReadError) and "half of a pair of surrogates" in str(caught.value)


def test_no_frame_of_the_package_is_left_but_the_call_itself() -> None:
    try:
        rc.loads(TEXT)
    except rc.RelocostError as error:
        frames = [frame for frame, _ in traceback.walk_tb(error.__traceback__)]
    inside = [frame for frame in frames if frame.f_code.co_filename.startswith(str(Path(rc.__file__).parent))]
    assert len(inside) == 1 and "SECRET" not in repr(inside[0].f_locals)


@pytest.fixture(scope="module")
def refused() -> dict[str, Callable[[], object]]:
    """Calls on results that are refused."""
    c, sim, ledger = GOOD.compare(), GOOD.simulate(50, keep="totals"), GOOD.ledger("temporary")
    delay = GOOD.delay()
    return {
        "a row": lambda: c.by_category["none"],
        "a column": lambda: c.table["none"],
        "a place": lambda: c.table[0],  # type: ignore[index]
        "a table": lambda: c.tables["none"],
        "a language": lambda: c.table.text("de"),  # type: ignore[arg-type]
        "a language of a report": lambda: c.text("de"),  # type: ignore[arg-type]
        "a cause": lambda: c.attribution["none"],
        "a quantile": lambda: sim.extra.total.quantile(2),
        "draws": lambda: sim.kept_draws("none"),
        "an entry": lambda: ledger[10**9],
        "a wait": lambda: delay[10**9],
    }


def test_no_frame_holds_a_result(refused: dict[str, Callable[[], object]]) -> None:
    for name, call in refused.items():
        with pytest.raises(Exception) as caught:
            call()
        frames = traceback.walk_tb(caught.value.__traceback__)
        ours = [frame for frame, _ in frames if frame.f_code.co_filename.startswith(str(Path(rc.__file__).parent))]
        # The call itself, with nothing in it.
        held = [value for frame in ours for value in frame.f_locals.values() if not callable(value)]
        assert not any("nternal" in repr(value) for value in held), (name, held)
        assert len(ours) <= 1, (name, [frame.f_code.co_name for frame in ours])


def test_no_frame_of_a_chart_holds_a_result() -> None:
    pytest.importorskip("matplotlib")
    from relocost import plots

    c = GOOD.compare()
    for call in (lambda: c.plot("de"), lambda: plots.attribution(c, lang="de")):  # type: ignore[arg-type]
        with pytest.raises(ValueError) as caught:
            call()
        for frame, _ in traceback.walk_tb(caught.value.__traceback__):
            if frame.f_code.co_filename.startswith(str(Path(rc.__file__).parent)):
                assert "nternal" not in repr(frame.f_locals), frame.f_code.co_name


def test_what_a_caller_raises_keeps_the_callers_frames() -> None:
    def rows() -> Any:
        yield {"reference": "A", "members": "34"}
        raise RuntimeError("mine")

    with pytest.raises(RuntimeError, match="mine") as caught:
        GOOD.caseload(rows())
    assert [entry.name for entry in caught.traceback][-1] == "rows"


def test_a_runner_of_tests_prints_no_household(tmp_path: Path) -> None:
    (tmp_path / "data.py").write_text(
        f"TEXT = {TEXT!r}\nMEMBER = {MEMBER!r}\nROWS = [{{'reference': 'SECRET', 'members': '1913-02 x'}}]\n"
    )
    (tmp_path / "test_x.py").write_text(
        "import relocost as rc\nfrom data import MEMBER, ROWS, TEXT\n"
        "def test_loads():\n    rc.loads(TEXT)\n"
        "def test_scenario():\n    rc.Scenario(start='2026-03', horizon_months=12, household=[MEMBER])\n"
        "def test_replace():\n    s = rc.Scenario(start='2026-03', horizon_months=12, household=[34])\n"
        "    s.replace(household=[MEMBER])\n"
        "def test_rows():\n    rc.Scenario(start='2026-03', horizon_months=12, household=[34]).caseload(ROWS)\n"
    )
    for more in ([], ["--tb=long"], ["--full-trace"]):
        arguments = ["-m", "pytest", "-q", "-p", "no:cacheprovider", "--junit-xml=report.xml", *more]
        run = subprocess.run([sys.executable, *arguments], cwd=tmp_path, capture_output=True, text=True, check=False)
        assert "4 failed" in run.stdout, run.stdout + run.stderr
        holds_no_secret(run.stdout + run.stderr + (tmp_path / "report.xml").read_text())


def test_a_repr_shows_no_pseudonym() -> None:
    caseload = GOOD.caseload([{"reference": "SECRET", "members": [34], "count": 3}])
    run = rc.Programme.from_dict(programme(members=[{"age": 34}], reference="SECRET")).run(cases=True)
    for value in (caseload, caseload.households, caseload.table, run, *run.tables.values()):
        assert "SECRET" not in repr(value), type(value)
    assert "SECRET" in caseload.text() and caseload.households["reference"] == ["SECRET"]


def test_keys_are_shown_as_the_library_shows_them() -> None:
    with pytest.raises(TypeError, match=r"^lines\[0\]\.amount: binary"):
        scenario(lines=[{"id": "x", "amount": 0.1}])
    with pytest.raises(TypeError, match=r"^variants\.x\.household\.add\[0\]\.\(not shown\): binary"):
        scenario(variants={"x": {"household": {"add": [{"SECRET": 0.5}]}}})
