"""Long calls: other threads go on, Ctrl-C stops them at once, and a progress bar shows once a call takes long."""

from __future__ import annotations

import subprocess
import sys
import textwrap
import threading

import pytest

import relocost as rc
from relocost import _progress

# Python is asked every 25 ms. What is to be seen meanwhile takes many times as long, also on a fast machine.
ROWS = 500_000
DRAWS = 2_000_000


def households(rows: int) -> dict[str, list[str]]:
    """So many households, all under one reference."""
    return {"reference": ["R-1"] * rows, "members": ["41 39 13 9"] * rows}


# Questions that would take many seconds or minutes, each to be cancelled.
LONG = {
    "caseload": "s.caseload(households)",
    "caseload on one thread": "s.caseload(households, threads=1)",
    "delay": "large.delay()",
    "comparison": "wide.compare()",
    "grid": 's.grid({"lines.rent.amount": range(300), "rates.fx.USD.factor": range(1, 300)})',
    "ledger": "[large.ledger('temporary') for _ in range(1000)]",
    "simulation": "s.simulate(10**9)",
    "simulation on one thread": "s.simulate(10**9, threads=1)",
    "simulation to a precision": "s.simulate(10**9, precision=1e-9)",
    "part": "s.simulate_range(0, 10**9, draws=10**9)",
    "sobol": "s.sobol(draws=2**20, resamples=0)",
    "resamples": "s.sobol(draws=2**13, resamples=100_000)",
    "programme": "p.run()",
    "programme on one thread": "p.run(threads=1)",
    "futures": "p.simulate(10**9)",
    "futures on one thread": "p.simulate(10**9, threads=1)",
    "futures in part": "p.simulate_range(0, 10**9, draws=10**9)",
    "payments": "large.payments(bills('a'), 'temporary')",
    "payments of a programme": "p.payments(bills('housing'))",
    "difference": "large.diff(large.with_({f'lines.l{n}.amount': 5 for n in range(2000)}))",
}

SETTING = """
import relocost as rc

uncertain = [{"parameter": f"lines.{line}.amount", "distribution": {"gamma": {"mean": 900, "sd": 90}}}
             for line in ("rent", "short-let", "subsistence")]
s = rc.Scenario(start="2026-03", horizon_months=240, household=[41, 39, 13, 9], uncertain=uncertain)
households = {"reference": ["R-1"] * 20_000_000, "members": ["41 39 13 9"] * 20_000_000}
rights = [f"e{n}" for n in range(16)]
def line(n, **keys):
    return {"id": f"l{n}", "category": "a", "label": "l", "driver": "person", "schedule": {"monthly": {}},
            "amount": 1 + n, "currency": "EUR", "source": "made up", **keys}
def scenario(lines, months, household):
    return rc.Scenario(
        catalogue=None, start="2026-01", horizon_months=months, household=household, currency="EUR",
        price_base_year=2026,
        categories=["a"], funds=["f"], entitlements=rights,
        solutions={"permanent": {"label": "p", "kind": "permanent", "entitlements": rights},
                   "temporary": {"label": "t", "kind": "temporary", "entitlements": []}},
        lines=lines, rates={"index": {"i": {"default": "0.0123"}}})
large = scenario([line(n, index="i") for n in range(4000)], 1200, list(range(1, 90)))
p = rc.Programme.from_dict({
    "catalogue": "reference", "programme": {"first_fiscal_year": 2026, "fiscal_years": 20},
    "cases": [{"members": [{"age": 34}], "arrives": "2026-01", "count": 2000}],
    "agreements": [{"id": f"a{n}", "label": "l", "from": "2026-03", "places_per_year": 1} for n in range(16)],
})
def bills(category, count=400_000):
    row = {"month": "2026-03", "category": category, "amount": 5, "currency": "EUR"}
    return {column: [value] * count for column, value in row.items()}
wide = scenario([line(n, unless=rights, index="i") for n in range(3000)], 600, [34, 9])
"""


@pytest.mark.parametrize("question", LONG.values(), ids=LONG.keys())
def test_other_threads_go_on_and_ctrl_c_stops_a_call_at_once(question: str) -> None:
    """Another thread takes a thousand turns and then stops the call. Nothing is timed: a machine may be busy."""
    code = textwrap.dedent(
        """
        import os, signal, threading, time
        from relocost import _progress
        told, sent, under_way = [], [], threading.Event()
        def note(self, done, total):
            told.append(done)
            if len(told) == 3:
                under_way.set()
        _progress.Bar.__call__ = note
        def interrupt():
            under_way.wait()
            for turn in range(1000):
                time.sleep(0)  # lets the interpreter go, and takes it again
            sent.append(len(told))
            os.kill(os.getpid(), signal.SIGINT)
        threading.Thread(target=interrupt, daemon=True).start()
        try:
            QUESTION
        except KeyboardInterrupt:
            pass
        else:
            raise SystemExit("it was over before it could be stopped")
        print(len(told) - sent[0])
        assert s.replace(horizon_months=12).compare().extra > 0  # the interpreter is usable
        """
    )
    program = SETTING + code.replace("QUESTION", question)
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    # Told once more by what was under way when the signal was sent, and once while it was delivered.
    assert int(done.stdout.split()[-1]) <= 2


def test_many_threads_ask_one_scenario(family: rc.Scenario) -> None:
    wanted = family.compare().to_json()
    found: list[object] = []
    threads = [
        threading.Thread(target=lambda: found.extend(family.compare().to_json() for _ in range(20))) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [wanted] * 160


def test_a_question_asked_beside_the_main_thread_is_answered(family: rc.Scenario) -> None:
    answers: list[object] = []
    thread = threading.Thread(target=lambda: answers.append(family.delay().rows[60].months))
    thread.start()
    thread.join()
    assert answers == [60]


def test_a_bar_shows_once_a_call_takes_long_and_not_before(family: rc.Scenario, monkeypatch, capsys) -> None:
    table = households(ROWS)
    monkeypatch.setattr(_progress, "_PATIENCE", float("inf"))
    family.caseload(table, threads=1)
    assert capsys.readouterr().err == ""
    monkeypatch.setattr(_progress, "_PATIENCE", 0.0)
    c = family.caseload(table, threads=1)
    shown = capsys.readouterr().err
    assert "households" in shown and str(ROWS) in shown
    assert "R-1" not in shown
    assert family.caseload(table, threads=1, progress=False) == c
    assert capsys.readouterr().err == ""


def test_a_simulation_shows_its_draws(family: rc.Scenario, monkeypatch, capsys) -> None:
    monkeypatch.setattr(_progress, "_PATIENCE", 0.0)
    sim = family.simulate(DRAWS, threads=1)
    shown = capsys.readouterr().err
    assert "draws" in shown and str(DRAWS) in shown
    assert family.simulate(DRAWS, progress=False) == sim
    assert capsys.readouterr().err == ""


def test_other_threads_go_on_during_a_simulation(family: rc.Scenario) -> None:
    found: list[rc.Simulation] = []
    threads = [
        threading.Thread(target=lambda: found.append(family.simulate(20_000, threads=1, progress=False)))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [family.simulate(20_000)] * 4


def test_what_a_bar_raises_ends_the_call(family: rc.Scenario, monkeypatch) -> None:
    def fail(self: object, done: int, total: int | None) -> None:
        raise LookupError("the bar is broken")

    monkeypatch.setattr(_progress.Bar, "__call__", fail)
    with pytest.raises(LookupError, match="the bar is broken"):
        family.caseload(households(40 * ROWS))


# A bar of tqdm that was never drawn says so when it is collected.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_bar_that_cannot_be_shown_ends_no_call(family: rc.Scenario, monkeypatch) -> None:
    monkeypatch.setattr(_progress, "_PATIENCE", 0.0)
    monkeypatch.setattr(sys, "stderr", None)
    assert family.caseload(households(ROWS), threads=1).count == ROWS
    # tqdm's lock is free again: its monitor takes it when Python ends.
    lock = pytest.importorskip("tqdm.std").TqdmDefaultWriteLock.th_lock
    taken: list[bool] = []

    def take() -> None:
        taken.append(lock.acquire(blocking=False))
        if taken[0]:
            lock.release()

    other = threading.Thread(target=take)
    other.start()
    other.join()
    assert taken == [True]
