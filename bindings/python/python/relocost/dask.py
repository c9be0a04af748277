"""Simulations on a cluster of Dask: ranges of the draws on many machines, merged to the bits of one.

The scenario travels to every worker: use a cluster that may see it. It needs `pip install 'relocost[dask]'`.

>>> import distributed
>>> import relocost as rc
>>> import relocost.dask
>>> rent = {"parameter": "lines.rent.amount", "distribution": {"uniform": {"low": 900, "high": 1000}}}
>>> s = rc.Scenario(start="2026-03", horizon_months=12, household=[34], uncertain=[rent])
>>> with distributed.Client(processes=False, n_workers=1, dashboard_address=None) as client:
...     sim = relocost.dask.simulate(s, 10_000, client=client)
>>> sim == s.simulate(10_000)
True
"""

from __future__ import annotations

from typing import TYPE_CHECKING

try:
    import distributed
except ImportError as missing:
    raise ImportError("a cluster needs dask: pip install 'relocost[dask]'") from missing

from . import simulation as _simulation
from ._progress import Bar
from ._result import Basis
from ._values import ALTERNATIVE, BASE, count
from .simulation import Keep, Sampling, Simulation, SimulationPart

if TYPE_CHECKING:
    from .scenario import Scenario

__all__ = ["simulate"]

# Chunks for each thread of the cluster, so that none waits long for the last; of whole blocks of the library.
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
    keep: Keep = "nothing",
    threads: int = 1,
    progress: bool = True,
) -> Simulation:
    """Simulates as `Scenario.simulate` does, to the same bits, on the workers of a Dask cluster.

    `client` is the cluster's, by default the current one. `chunk` is how many draws a task has, by default some tasks
    for each thread of the cluster; `threads` how many threads each task uses. Neither changes a bit.

    Raises `ValueError` where there is no client; otherwise as `Scenario.simulate`. Ctrl-C ends the tasks too.
    """
    options = _simulation.options(draws, seed, sampling, base, alternative, basis, keep, None, threads)
    draws = options[0]
    client = distributed.get_client() if client is None else client
    size = _chunk(client, draws) if chunk is None else count(chunk, "chunk", 1)
    ranges = [(first, min(first + size, draws)) for first in range(0, draws, size)]
    given = client.scatter(scenario, broadcast=True, hash=False)
    futures = [client.submit(_range, given, options, *ends, pure=False) for ends in ranges]
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
    return _simulation.simulation_of_part(scenario, options, first.merge(*others), progress)


def _range(scenario: Scenario, options: _simulation.Options, first: int, end: int) -> SimulationPart:
    """A task."""
    return _simulation.simulate_range(scenario, options, first, end, False)


def _chunk(client: distributed.Client, draws: int) -> int:
    threads: int = max(sum(client.nthreads().values()), 1)
    blocks = -(-draws // (_BLOCK * _EACH * threads))
    return blocks * _BLOCK
