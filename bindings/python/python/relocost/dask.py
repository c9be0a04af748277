"""Simulations and caseloads on a cluster of Dask: parts on many machines, merged to the bits of one.

A scenario's draws and a programme's futures are shared the same way, and so are the partitions or files of a caseload.
What is asked travels to every worker, and parts come back: use a cluster that may see them. It needs
`pip install 'relocost[dask]'`.

>>> import distributed
>>> import relocost as rc
>>> import relocost.dask
>>> rent = {"parameter": "lines.rent.amount", "distribution": {"uniform": {"low": 900, "high": 1000}}}
>>> s = rc.Scenario(start="2026-03", horizon_months=12, household=[34], uncertain=[rent])
>>> p = rc.Programme.from_dict({
...     "catalogue": "reference",
...     "programme": {"first_fiscal_year": 2026, "fiscal_years": 2},
...     "arrivals": [{"members": [{"age": 34}], "per_year": 6}],
... })
>>> with distributed.Client(processes=False, n_workers=1, dashboard_address=None) as client:
...     sim = relocost.dask.simulate(s, 10_000, client=client)
...     budget = relocost.dask.simulate_programme(p, 1_000, client=client)
>>> sim == s.simulate(10_000) and budget == p.simulate(1_000)
True

A caseload is shared by the partitions of a data frame of Dask, or by files: `relocost.dask.caseload(s, frame)`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

try:
    import distributed
except ImportError as missing:
    raise ImportError("a cluster needs dask: pip install 'relocost[dask]'") from missing

from . import _draws
from . import caseloads as _caseloads
from . import futures as _futures
from . import simulation as _simulation
from ._draws import Figures, Keep, Sampling
from ._progress import Bar
from ._result import Basis, PathLike
from ._values import ALTERNATIVE, BASE, count
from .caseloads import Caseload, CaseloadPart
from .simulation import Simulation, SimulationPart

if TYPE_CHECKING:
    from .futures import ProgrammeSimulation
    from .programme import Programme
    from .scenario import Scenario

__all__ = ["caseload", "simulate", "simulate_programme"]

# Chunks for each thread of the cluster, so that none waits long for the last; of whole blocks of the library, and so
# large that the first 1,024 draws, which every part makes for itself, take little beside them.
_EACH, _BLOCK = 4, 4096


def simulate(
    scenario: Scenario,
    draws: int = 100_000,
    seed: int = 0,
    *,
    client: distributed.Client | None = None,
    chunk: int | None = None,
    sampling: Sampling = "random",
    base: str = BASE,
    alternative: str = ALTERNATIVE,
    basis: Basis = "nominal",
    figures: Figures = "all",
    keep: Keep = "nothing",
    threads: int = 1,
    progress: bool = True,
) -> Simulation:
    """Simulates as `Scenario.simulate` does, to the same bits, on the workers of a Dask cluster.

    `client` is the cluster's, by default the current one. `chunk` is how many draws a task has, by default some tasks
    for each thread of the cluster; `threads` how many threads each task uses. Neither changes a bit.

    Raises `ValueError` where there is no client; otherwise as `Scenario.simulate`. Ctrl-C ends the tasks too.
    """
    options = _draws.options(draws, seed, sampling, base, alternative, basis, figures, keep, None, threads)
    part = _parts(_range, scenario, options, client, chunk, progress)
    return _simulation.simulation_of_part(scenario, options, part, progress)


def simulate_programme(
    programme: Programme,
    draws: int = 10_000,
    seed: int = 0,
    *,
    client: distributed.Client | None = None,
    chunk: int | None = None,
    sampling: Sampling = "random",
    threads: int = 1,
    progress: bool = True,
) -> ProgrammeSimulation:
    """Simulates as `Programme.simulate` does, to the same bits, on the workers of a Dask cluster.

    `client` is the cluster's, by default the current one. `chunk` is how many futures a task has, by default some tasks
    for each thread of the cluster; `threads` how many threads each task uses. Neither changes a bit. A programme that
    was read from a file travels as the file's path: every worker must reach it there, with the files that it names.

    Raises `ValueError` where there is no client; otherwise as `Programme.simulate`. Ctrl-C ends the tasks too.
    """
    options = _futures.options(draws, seed, sampling, threads)
    part = _parts(_range_of_futures, programme, options, client, chunk, progress)
    return _futures.simulation_of_part(programme, options, part, progress)


def caseload(
    scenario: Scenario,
    households: Any | Sequence[PathLike],
    base: str = BASE,
    alternative: str = ALTERNATIVE,
    *,
    client: distributed.Client | None = None,
    basis: Basis = "nominal",
    threads: int = 1,
    progress: bool = True,
) -> Caseload:
    """Evaluates households as `Scenario.caseload` does, to the same bits, on the workers of a Dask cluster.

    `households` are a data frame of Dask, whose partitions are the parts of one table, or a list of paths of files,
    which every worker must reach there. `client` is the cluster's, by default the current one; `threads` how many
    threads each task uses. Errors and warnings name a row of a data frame by its number in the whole, one of a file by
    its file and line. The rows of the result come to the client: it needs memory for them.

    Raises `ValueError` where there is no client; otherwise as `Scenario.caseload`. Ctrl-C ends the tasks too.
    """
    asked = _caseloads._asked(base, alternative, basis, threads)
    client = distributed.get_client() if client is None else client
    tables = _tables(client, households)
    given, of = client.scatter(scenario, broadcast=True, hash=False), len(tables)
    futures = [
        client.submit(_part_of_caseload, given, table, (number, of), asked, pure=False)
        for number, table in enumerate(tables)
    ]
    del tables  # a partition is kept until its part is there
    numbers = {future.key: number for number, future in enumerate(futures)}
    parts: list[tuple[CaseloadPart, int]] = []
    try:
        with Bar("parts", progress) as bar:
            for done, future in enumerate(distributed.as_completed(futures), 1):
                if future.status == "error":  # the first of the table is raised, whichever comes first
                    client.cancel(futures[numbers[future.key] + 1 :])
                if bar is not None:
                    bar(done, of)
        for future in futures:
            parts.append(future.result())
    finally:
        client.cancel([future for future in futures if not future.done()])
    whole: list[CaseloadPart] = []
    before = 0
    for part, rows in parts:
        whole.append(part.after(min(before, 2**32 - 1)))
        before += rows
    first, *others = whole
    return _caseloads._of_part(scenario, first.merge(*others), asked, progress)


def _tables(client: distributed.Client, households: Any) -> list[Any]:
    """The parts of a table: frames that are on the cluster, or paths."""
    if hasattr(households, "to_delayed") and hasattr(households, "npartitions"):
        frames: list[Any] = client.compute(households.to_delayed())
        return frames
    if not isinstance(households, (str, bytes, os.PathLike)) and isinstance(households, Sequence) and households:
        paths = [_caseloads._TABLE.path(path) for path in households]
        if None not in paths:
            return paths
    raise TypeError("households: expected a data frame of Dask, or a list of paths")


def _part_of_caseload(
    scenario: Scenario, table: Any, part: tuple[int, int], asked: _caseloads._Asked
) -> tuple[CaseloadPart, int]:
    """A task: the part, and how many rows it counts its lines by."""
    given = _caseloads._TABLE.taken(table)
    rows = 0 if isinstance(given, str) else max(map(len, given[1]), default=0)
    return _caseloads._part(scenario, given, part, asked, False), rows


def _parts(
    task: Callable[..., SimulationPart],
    simulated: Any,
    options: tuple[Any, ...],
    client: distributed.Client | None,
    chunk: int | None,
    progress: bool,
) -> SimulationPart:
    """All ranges of a simulation, merged; its options begin with the draws."""
    draws: int = options[0]
    client = distributed.get_client() if client is None else client
    size = _chunk(client, draws) if chunk is None else count(chunk, "chunk", 1)
    ranges = [(first, min(first + size, draws)) for first in range(0, draws, size)]
    given = client.scatter(simulated, broadcast=True, hash=False)
    futures = [client.submit(task, given, options, *ends, pure=False) for ends in ranges]
    parts: list[SimulationPart] = []
    try:
        with Bar("draws", progress) as bar:
            for _, part in distributed.as_completed(futures, with_results=True):
                parts.append(part)
                if bar is not None:
                    bar(sum(part.draws for part in parts), draws)
    finally:
        client.cancel([future for future in futures if not future.done()])
    first, *others = parts
    return first.merge(*others)


def _range(scenario: Scenario, options: _draws.Options, first: int, end: int) -> SimulationPart:
    """A task."""
    return _simulation.simulate_range(scenario, options, first, end, False)


def _range_of_futures(programme: Programme, options: _futures.Options, first: int, end: int) -> SimulationPart:
    """A task."""
    return _futures.simulate_range(programme, options, first, end, False)


def _chunk(client: distributed.Client, draws: int) -> int:
    threads: int = max(sum(client.nthreads().values()), 1)
    blocks = -(-draws // (_BLOCK * _EACH * threads))
    return blocks * _BLOCK
