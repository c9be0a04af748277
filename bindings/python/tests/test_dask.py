"""Simulations and caseloads on a cluster of several processes on this machine: the bits of one process."""

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


def households(count: int, wrong: dict[int, str] | None = None) -> Any:
    """A data frame of households of which some share a reference, and some have members to warn about."""
    pandas = pytest.importorskip("pandas", reason="run where pandas is installed")
    kinds = ["34", "41 38 14 9", "9 4", "36 2062-05", "66 63"]
    members = [kinds[row * 7 % 5] for row in range(count)]
    for row, cell in (wrong or {}).items():
        members[row] = cell
    references = [f"HH-{row - row % 11 // 10}" for row in range(count)]
    return pandas.DataFrame(
        {"reference": references, "count": [1 + row % 3 for row in range(count)], "members": members}
    )


def shared(frame: Any, ends: list[int]) -> Any:
    """The frame as one of Dask, with partitions that end there."""
    dask = pytest.importorskip("dask", reason="run where Dask is installed")
    frames = pytest.importorskip("dask.dataframe", reason="run where Dask has data frames")
    parts = [dask.delayed(frame.iloc[first:end]) for first, end in zip([0, *ends], ends)]
    return frames.from_delayed(parts, meta=frame.iloc[:0], verify_meta=False)


def of_error(ask: Any) -> tuple[Any, ...]:
    with pytest.raises(rc.RelocostError) as caught:
        ask()
    return type(caught.value), str(caught.value), [str(it) for it in caught.value.findings], caught.value.more


@pytest.mark.parametrize("ends", [[700], [350, 700], [1, 1, 1, 640, 700], [0, 200, 700, 700]], ids=str)
def test_a_caseload_is_that_of_one_machine(client: Any, family: rc.Scenario, ends: list[int]) -> None:
    import pickle

    frame = households(700)
    for named in ({}, {"basis": "constant", "threads": 2}):
        wanted = family.caseload(frame, **named)
        found = rc.dask.caseload(family, shared(frame, ends), client=client, **named)
        assert found == wanted and found.to_json() == wanted.to_json()
        assert [str(it) for it in found.warnings()] == [str(it) for it in wanted.warnings()] != []
        assert found.households.to_pandas().equals(wanted.households.to_pandas())
    assert pickle.loads(pickle.dumps(found)) == found
    assert rc.dask.caseload(family, shared(frame, ends), "temporary", "permanent").base.name == "temporary"


def test_a_caseload_without_rows(client: Any, family: rc.Scenario) -> None:
    frame = households(0)
    assert rc.dask.caseload(family, shared(frame, [0, 0]), client=client) == family.caseload(frame)


@pytest.mark.parametrize("ends", [[700], [350, 700], [0, 349, 351, 700]], ids=str)
def test_what_is_wrong_with_a_caseload_is_told_as_on_one_machine(
    client: Any, family: rc.Scenario, ends: list[int]
) -> None:
    last = {row: "150" for row in range(400, 699, 2)}  # more than are told
    for wrong in ({360: "34 x"}, {3: "", 350: "131"}, {349: "x", 351: "y"}, last):
        frame = households(700, wrong)
        wanted = of_error(lambda frame=frame: family.caseload(frame))
        assert of_error(lambda frame=frame: rc.dask.caseload(family, shared(frame, ends), client=client)) == wanted
    # An age that means a birth before 1800 is only wrong with its start.
    frame = households(700, {row: "120" for row in (352, 353, 500)}).assign(start="1850-01")
    wanted = of_error(lambda: family.caseload(frame))
    assert of_error(lambda: rc.dask.caseload(family, shared(frame, ends), client=client)) == wanted
    frame = households(700).rename(columns={"members": "membres"})
    wanted = of_error(lambda: family.caseload(frame))
    assert of_error(lambda: rc.dask.caseload(family, shared(frame, ends), client=client)) == wanted


def test_a_caseload_of_files(client: Any, family: rc.Scenario, tmp_path: Path) -> None:
    frame = households(90)
    paths = [tmp_path / name for name in ("a.csv", "b.csv", "c.csv")]
    for path, first, end in zip(paths, (0, 50, 50), (50, 50, 90)):
        frame.iloc[first:end].to_csv(path, index=False)
    wanted = family.caseload(frame)
    found = rc.dask.caseload(family, paths, client=client)
    assert found.to_json() == wanted.to_json()
    assert {str(it).partition(":")[0] for it in found.warnings()} == {"a.csv", "c.csv"}
    paths[1].write_text("reference,members\nHH-1,34\nHH-2,x\n", encoding="utf-8")
    with pytest.raises(rc.RelocostError, match=r"^b\.csv:3: members: member 1: "):
        rc.dask.caseload(family, paths, client=client)
    paths[2].unlink()
    with pytest.raises(rc.ReadError, match=r"^c\.csv: cannot be read"):
        rc.dask.caseload(family, [str(path) for path in paths], client=client)


def test_wrong_options_of_a_caseload(client: Any, family: rc.Scenario) -> None:
    frame = shared(households(10), [5, 10])
    with pytest.raises(rc.ComputationError, match="permanent"):
        rc.dask.caseload(family, frame, "permanant", client=client)
    for households_ in ("a.csv", [], [1], 5, households(3), [households(3)]):
        with pytest.raises(TypeError, match="households: expected a data frame of Dask, or a list of paths"):
            rc.dask.caseload(family, households_, client=client)
    for named in ({"threads": 0}, {"basis": "real"}):
        with pytest.raises(rc.ValidationError):
            rc.dask.caseload(family, frame, client=client, **named)


def test_parts_of_a_caseload_belong_together(family: rc.Scenario) -> None:
    frame = households(20)
    first, second = family.caseload_part(frame[:10], 0, 2), family.caseload_part(frame[10:], 1, 2)
    with pytest.raises(rc.ValidationError, match="part 0 is in both"):
        first.merge(first)
    with pytest.raises(rc.ValidationError, match="belongs to another caseload"):
        first.merge(family.caseload_part(frame[10:], 1, 2, basis="constant"))
    with pytest.raises(rc.ValidationError, match="holds 1 of 2 parts"):
        family.caseload_of_part(first)
    with pytest.raises(rc.ValidationError, match="belongs to another caseload"):
        family.replace(horizon_months=12).caseload_of_part(first.merge(second))
    with pytest.raises(rc.ReadError):
        rc.CaseloadPart.from_bytes(first.to_bytes()[:-1])
    with pytest.raises(rc.ValidationError):
        family.caseload_part(frame, 2, 2)


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
