"""Simulations on a cluster of several processes on this machine: the bits of one process."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import relocost as rc

distributed = pytest.importorskip("distributed", reason="run where Dask is installed")

import relocost.dask  # noqa: E402


@pytest.fixture(scope="module")
def client() -> Iterator[Any]:
    with (
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, memory_limit=0
        ) as cluster,
        distributed.Client(cluster) as client,
    ):
        yield client


def workers() -> int:
    import os

    return os.getpid()


def test_the_cluster_has_several_processes(client: Any) -> None:
    assert len(set(client.run(workers).values()) | {workers()}) == 3


@pytest.mark.parametrize("sampling", ["random", "latin_hypercube", "sobol"])
@pytest.mark.parametrize("chunk", [None, 1_777, 10**9])
def test_the_same_bits_as_on_one_machine(client: Any, family: rc.Scenario, sampling: str, chunk: int | None) -> None:
    named = {"sampling": sampling, "keep": "everything", "basis": "constant"}
    found = rc.dask.simulate(family, 10_000, 5, client=client, chunk=chunk, **named)
    wanted = family.simulate(10_000, 5, **named)
    assert found == wanted and found.to_json() == wanted.to_json()
    assert rc.dask.simulate(family, 10_000, 5, chunk=chunk, threads=2, **named) == wanted  # the current client


PROGRAMME: dict[str, Any] = {
    "catalogue": "reference",
    "programme": {"first_fiscal_year": 2026, "fiscal_years": 2, "ceiling": {"regular_budget": {"default": 120000}}},
    "cases": [{"members": [{"age": 34}], "arrives": "2025-06", "count": 2}],
    "arrivals": [{"members": [{"age": 30}, {"age": 3}], "per_year": 4}],
    "agreements": [
        {
            "id": "north",
            "label": "North",
            "signed": True,
            "from": "2026-03",
            "places_per_year": 2,
            "slip": {"triangular": {"low": 0, "mode": 2, "high": 9}},
            "refusal": {"probability": "0.3", "after_months": 2},
        },
        {"id": "south", "label": "South", "grants": [{"month": "2026-09", "places": 2}]},
    ],
    "uncertain": [{"parameter": "lines.short-let.factor", "distribution": {"normal": {"mean": 1, "sd": "0.2"}}}],
}


@pytest.mark.parametrize("sampling", ["random", "latin_hypercube", "sobol"])
@pytest.mark.parametrize("chunk", [None, 170, 10**9])
def test_the_futures_of_a_programme_are_those_of_one_machine(client: Any, sampling: Any, chunk: int | None) -> None:
    programme = rc.Programme.from_dict(PROGRAMME)
    found = rc.dask.simulate_programme(programme, 500, 5, client=client, chunk=chunk, sampling=sampling)
    wanted = programme.simulate(500, 5, sampling=sampling)
    assert found == wanted and found.to_json() == wanted.to_json()
    again = rc.dask.simulate_programme(programme, 500, 5, chunk=chunk, sampling=sampling, threads=2)
    assert again == wanted  # the current client


def test_programmes_travel_with_the_files_that_they_name(client: Any, tmp_path: Path) -> None:
    (tmp_path / "rows.csv").write_text("reference,members\nA,34\nB,41 38 14\n", encoding="utf-8")
    arrivals = [{"caseload": "rows.csv", "per_year": 4}]
    file = tmp_path / "budget.json"
    file.write_text(json.dumps({"schema": 1, **PROGRAMME, "arrivals": arrivals}), encoding="utf-8")
    programme = rc.load_programme(file)
    assert rc.dask.simulate_programme(programme, 300, client=client, chunk=100) == programme.simulate(300)


def test_wrong_options_of_a_programme_are_refused_at_once(client: Any) -> None:
    programme = rc.Programme.from_dict(PROGRAMME)
    for named in ({"draws": 0}, {"seed": -1}, {"chunk": 0}, {"threads": 0}, {"sampling": "sobl"}):
        with pytest.raises(rc.ValidationError):
            rc.dask.simulate_programme(programme, client=client, **named)
    many = rc.Programme.from_dict({**PROGRAMME, "arrivals": [{"members": [{"age": 30}], "per_year": 10**6}]})
    with pytest.raises(rc.RelocostError, match=r"arrivals\[0\]\.per_year"):
        rc.dask.simulate_programme(many, 10, client=client)


def test_scenarios_that_no_file_can_say_travel_too(client: Any, family: rc.Scenario) -> None:
    for s in (family.with_({"lines.rent.factor": "1.1"}), family.at_means()):
        assert rc.dask.simulate(s, 3_000, client=client, chunk=1000) == s.simulate(3_000)


def test_errors_come_back_as_they_are(client: Any, family: rc.Scenario) -> None:
    with pytest.raises(rc.ComputationError, match="permanent") as caught:
        rc.dask.simulate(family, 3_000, base="permanant", client=client)
    assert caught.value.code is rc.Code.UNKNOWN_PATHWAY
    for named in ({"draws": 0}, {"draws": -1}, {"chunk": 0}, {"sampling": "sobl"}, {"keep": "all"}):
        with pytest.raises(rc.ValidationError):
            rc.dask.simulate(family, client=client, **named)
    with pytest.raises(TypeError, match="chunk"):
        rc.dask.simulate(family, chunk=1.5, client=client)


def test_a_progress_bar_counts_the_draws(client: Any, family: rc.Scenario, monkeypatch, capsys) -> None:
    from relocost import _progress

    monkeypatch.setattr(_progress, "_PATIENCE", 0.0)
    rc.dask.simulate(family, 4_000, client=client, chunk=1000)
    shown = capsys.readouterr().err
    assert "draws" in shown and "/4000" in shown
    rc.dask.simulate(family, 4_000, client=client, progress=False)
    assert capsys.readouterr().err == ""


def test_without_dask_the_error_names_it(monkeypatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    monkeypatch.delitem(sys.modules, "relocost.dask")
    with pytest.raises(ImportError, match=r"pip install 'relocost\[dask\]'"):
        import relocost.dask  # noqa: F401
