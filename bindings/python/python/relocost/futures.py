"""What chance does to a programme: many futures of its arrivals, grants, refusals, events and prices.

Figures here are binary floating point, in units of the currency or in numbers of cases and places, and none is rounded
to cents. The figure without chance stands beside each, exact. The same programme, seed and options give the same bits
on any number of threads, in any parts, and on any machine.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cached_property, reduce
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from . import _relocost
from ._discreet import discreet
from ._draws import _OverDraws, sampling_of
from ._progress import Bar
from ._result import Drawn, Lang, TableResult
from ._values import count, figures_repr, whole
from .charts import Charted
from .simulation import SimulationPart

if TYPE_CHECKING:
    from .programme import Programme

__all__ = [
    "ProgrammeSimulation",
    "SimulatedCeiling",
    "SimulatedFigure",
    "SimulatedLine",
    "SimulatedPlaces",
    "SimulatedSaving",
    "SimulatedWaiting",
]

Options = tuple[int, int, str, "int | None"]
"""Draws, seed, sampling, threads: as the library takes them."""


@discreet
class SimulatedFigure(_OverDraws):
    """A figure over the futures of a programme, beside the figure without chance.

    A pickle of it holds the question and not the draws, as that of every result does: reading it asks again, once
    for all figures of one pickle. What takes long is better handed on as parts, which hold the draws.

    >>> import relocost as rc
    >>> p = rc.Programme.from_dict({
    ...     "catalogue": "reference",
    ...     "programme": {"first_fiscal_year": 2026, "fiscal_years": 2},
    ...     "arrivals": [{"members": [{"age": 34}], "per_year": 6}],
    ... })
    >>> planned = p.simulate(200).lines["as_planned"].total
    >>> planned.quantile(0.5) < planned.quantile(0.8)
    True
    >>> planned.deterministic  # nobody arrives for certain
    Decimal('0.00')
    """

    __slots__ = ("_place", "_whole")

    def __init__(self, whole: ProgrammeSimulation, core: _relocost.Statistics, *place: str | int) -> None:
        self._whole = whole
        self._core = core
        self._place = place

    def __reduce__(self) -> tuple[Any, ...]:
        return _at, (self._whole, *self._place)

    @property
    def deterministic(self) -> Decimal | None:
        """The figure without chance, exact: an amount, a share or a number; None where there is no such share."""
        return self._core.ledger


class SimulatedLine(NamedTuple):
    """A line of the programme over its futures."""

    total: SimulatedFigure
    """In total."""
    by_fiscal_year: dict[int, SimulatedFigure]
    """By fiscal year. Means add up to the total's, quantiles do not."""
    by_fund: dict[str, SimulatedFigure]
    """By fund, in the order declared."""
    by_fiscal_year_and_fund: dict[int, dict[str, SimulatedFigure]]
    """By fiscal year and fund."""

    def __repr__(self) -> str:
        return figures_repr(self)


class SimulatedSaving(NamedTuple):
    """What agreements save over the futures."""

    total: SimulatedFigure
    """In total."""
    by_fiscal_year: dict[int, SimulatedFigure]
    """By fiscal year."""
    by_fund: dict[str, SimulatedFigure]
    """By fund, in the order declared; also those that pay only without an agreement."""

    def __repr__(self) -> str:
        return figures_repr(self)


class SimulatedCeiling(NamedTuple):
    """What a fund pays in a fiscal year against its ceiling, as planned."""

    ceiling: Decimal
    """The ceiling."""
    above: float
    """The share of the futures that are above it."""
    excess: SimulatedFigure
    """By how much they are above it; 0 in a future that is not."""
    mean_excess_above: float | None
    """The mean excess of those that are above it; None where none is."""

    def __repr__(self) -> str:
        return figures_repr(self)


class SimulatedWaiting(NamedTuple):
    """The waits of cases, as planned."""

    given_within: dict[int, SimulatedFigure | None]
    """By months: of the cases that joined at least so long before the end, the share that was given a place within
    them, over the futures in which any joined that early; None if there are none."""
    still_waiting: SimulatedFigure
    """The number of cases that wait at the end."""
    lapsed: SimulatedFigure
    """The number of places that lapsed."""
    refused: SimulatedFigure
    """The number of places that were refused, and so lost."""

    def __repr__(self) -> str:
        return figures_repr(self)


class SimulatedPlaces(NamedTuple):
    """The places of an agreement, as planned."""

    lapsed: SimulatedFigure
    """The number of places that lapsed."""
    refused: SimulatedFigure
    """The number of places that were refused."""

    def __repr__(self) -> str:
        return figures_repr(self)


class ProgrammeSimulation(TableResult, Drawn, Charted):
    """The futures of a programme: what every figure comes to over them, beside the figure without chance.

    Its chart shows how probable it is that a budget suffices as planned, for each budget year. As a table it has a row
    for each figure of a line and of what agreements save, in total, by fiscal year and by fund.

    >>> import relocost as rc
    >>> p = rc.Programme.from_dict({
    ...     "catalogue": "reference",
    ...     "programme": {
    ...         "first_fiscal_year": 2026, "fiscal_years": 2, "ceiling": {"regular_budget": {"default": 90000}},
    ...     },
    ...     "arrivals": [{"members": [{"age": 34}], "per_year": 6}],
    ...     "agreements": [{"id": "north", "label": "North", "from": "2026-03", "places_per_year": 2}],
    ... })
    >>> sim = p.simulate(200, seed=7)
    >>> year = sim.lines["as_planned"].by_fiscal_year[2027]
    >>> year.quantile(0.8) > year.mean  # what suffices in four futures out of five
    True
    >>> 0 < sim.ceiling["regular_budget"][2027].above <= 1
    True
    >>> list(sim.tables)
    ['futures', 'future_ceilings', 'future_waiting', 'moved']
    >>> sim == p.simulate(200, seed=7, threads=2)
    True
    """

    __slots__ = ()

    _chart = "futures"

    _core: _relocost.ProgrammeSimulation

    @property
    def programme(self) -> Programme:
        """The programme that was simulated."""
        programme: Programme = self._question[1][0]
        return programme

    @property
    def draws(self) -> int:
        """The number of futures."""
        return self._core.draws

    @property
    def seed(self) -> int:
        """The seed."""
        return self._core.seed

    @property
    def sampling(self) -> str:
        """The placement of the uncertain parameters: `random`, `latin_hypercube` or `sobol`."""
        return self._core.sampling

    @cached_property
    def lines(self) -> Mapping[str, SimulatedLine]:
        """The lines `as_signed`, `as_planned` and `all_settled`."""
        return MappingProxyType({name: self._line(name, "lines", name) for name in self._core.lines})

    @cached_property
    def extra(self) -> SimulatedLine:
        """The avoidable cost: `as_planned` less `all_settled`."""
        return self._line("extra", "extra")

    @cached_property
    def joint(self) -> SimulatedSaving:
        """What all agreements save together."""
        return self._saving(self._core.saving(None), "joint")

    @cached_property
    def last(self) -> Mapping[str, SimulatedSaving]:
        """What is lost if an agreement alone ends, by agreement."""
        agreements = self._core.agreements
        return MappingProxyType({id: self._saving(self._core.saving(id), "last", id) for id, _, _ in agreements})

    @cached_property
    def ceiling(self) -> Mapping[str, Mapping[int, SimulatedCeiling]]:
        """The ceilings, by fund and fiscal year."""

        def row(place: tuple[str, int], ceiling: Decimal, above: float, excess: Any, mean: float | None) -> Any:
            return SimulatedCeiling(ceiling, above, SimulatedFigure(self, excess, "ceiling", *place, "excess"), mean)

        return MappingProxyType(
            {
                fund: MappingProxyType({year[0]: row((fund, year[0]), *year[1:]) for year in years})
                for fund, years in self._core.ceiling()
            }
        )

    @cached_property
    def waiting(self) -> SimulatedWaiting:
        """The waits of cases."""
        within, waits, lapsed, refused = self._core.waiting
        return SimulatedWaiting(
            {
                months: None if told is None else SimulatedFigure(self, told, "waiting", "given_within", months)
                for months, told in within
            },
            SimulatedFigure(self, waits, "waiting", "still_waiting"),
            SimulatedFigure(self, lapsed, "waiting", "lapsed"),
            SimulatedFigure(self, refused, "waiting", "refused"),
        )

    @cached_property
    def agreements(self) -> Mapping[str, SimulatedPlaces]:
        """The places of each agreement."""

        def places(id: str, lapsed: _relocost.Statistics, refused: _relocost.Statistics) -> SimulatedPlaces:
            place = ("agreements", id)
            return SimulatedPlaces(
                SimulatedFigure(self, lapsed, *place, "lapsed"), SimulatedFigure(self, refused, *place, "refused")
            )

        return MappingProxyType({parts[0]: places(*parts) for parts in self._core.agreements})

    @property
    def moved(self) -> dict[str, int]:
        """The draws of each parameter that were moved into its domain, by path: many of them bend its distribution."""
        return dict(self._core.moved)

    def note(self, lang: Lang = "en") -> str:
        """What the figures without chance leave out.

        Parameters
        ----------
        lang : Lang, default 'en'
            English or French.

        Returns
        -------
        str
            Sentences, without a figure.

        Examples
        --------
        >>> import relocost as rc
        >>> p = rc.Programme.from_dict({
        ...     "catalogue": "reference",
        ...     "programme": {"first_fiscal_year": 2026, "fiscal_years": 1},
        ...     "arrivals": [{"members": [{"age": 34}], "per_year": 2}],
        ... })
        >>> p.simulate(10).note()[:37]
        'The figures without chance have no ar'
        """
        return self._core.note[1 if lang == "fr" else 0]

    def _line(self, name: str, *place: str) -> SimulatedLine:
        saving, both = self._core.line(name)
        total, years, funds = self._saving(saving, *place)
        by_both = {year: self._by(row, *place, "by_fiscal_year_and_fund", year) for year, row in both}
        return SimulatedLine(total, years, funds, by_both)

    def _saving(self, parts: Any, *place: str) -> SimulatedSaving:
        total, years, funds = parts
        return SimulatedSaving(
            SimulatedFigure(self, total, *place, "total"),
            self._by(years, *place, "by_fiscal_year"),
            self._by(funds, *place, "by_fund"),
        )

    def _by(self, figures: Sequence[tuple[Any, _relocost.Statistics]], *place: str | int) -> dict[Any, SimulatedFigure]:
        return {key: SimulatedFigure(self, told, *place, key) for key, told in figures}


def _at(whole: ProgrammeSimulation, *place: str | int) -> SimulatedFigure:
    """The figure at a place of a simulation, which pickles as that place."""

    def step(value: Any, key: str | int) -> Any:
        return value[key] if isinstance(value, Mapping) else getattr(value, str(key))

    start: Any = whole
    figure: SimulatedFigure = reduce(step, place, start)
    return figure


def options(draws: object, seed: object, sampling: object, threads: object) -> Options:
    """The options of a programme's simulation as the library takes them."""
    return (count(draws, "draws", 1), count(seed, "seed", 0), sampling_of(sampling), whole(threads, "threads", 1))


# The questions, as functions of the module: a result pickles as its question.


def simulate(programme: Programme, options: Options, progress: bool) -> ProgrammeSimulation:
    """Simulates a programme; see `Programme.simulate`."""
    with Bar("draws", progress) as bar:
        core = programme._core.simulate(options, bar)
    return ProgrammeSimulation(core, simulate, programme, options, progress)


def simulate_range(
    programme: Programme, options: Options, first: object, end: object, progress: bool
) -> SimulationPart:
    """Simulates a range of futures; see `Programme.simulate_range`."""
    ends = (count(first, "first", 0), count(end, "end", 0))
    with Bar("draws", progress) as bar:
        return SimulationPart(programme._core.simulate_range(options, *ends, bar))


def simulation_of_part(
    programme: Programme, options: Options, part: SimulationPart, progress: bool
) -> ProgrammeSimulation:
    """The simulation of merged parts; see `Programme.simulation_of_part`."""
    if not isinstance(part, SimulationPart):
        raise TypeError("simulation_of_part() takes a SimulationPart")
    with Bar("figures", progress) as bar:
        core = programme._core.simulation_of_part(options, part._core, bar)
    return ProgrammeSimulation(core, simulation_of_part, programme, options, part, progress)
