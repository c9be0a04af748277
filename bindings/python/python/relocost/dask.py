"""Simulations on a cluster of Dask: ranges of the draws on many machines, merged to the bits of one.

A scenario's draws and a programme's futures are shared the same way. What is simulated travels to every worker: use a
cluster that may see it. It needs `pip install 'relocost[dask]'`.

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
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

try:
    import distributed
except ImportError as missing:
    raise ImportError("a cluster needs dask: pip install 'relocost[dask]'") from missing

from . import futures as _futures
from . import simulation as _simulation
from ._progress import Bar
from ._result import Basis
from ._values import ALTERNATIVE, BASE, count
from .simulation import Figures, Keep, Sampling, Simulation, SimulationPart

if TYPE_CHECKING:
    from .futures import ProgrammeSimulation
    from .programme import Programme
    from .scenario import Scenario

__all__ = ["simulate", "simulate_programme"]

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
    options = _simulation.options(draws, seed, sampling, base, alternative, basis, figures, keep, None, threads)
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


def _range(scenario: Scenario, options: _simulation.Options, first: int, end: int) -> SimulationPart:
    """A task."""
    return _simulation.simulate_range(scenario, options, first, end, False)


def _range_of_futures(programme: Programme, options: _futures.Options, first: int, end: int) -> SimulationPart:
    """A task."""
    return _futures.simulate_range(programme, options, first, end, False)


def _chunk(client: distributed.Client, draws: int) -> int:
    threads: int = max(sum(client.nthreads().values()), 1)
    blocks = -(-draws // (_BLOCK * _EACH * threads))
    return blocks * _BLOCK
