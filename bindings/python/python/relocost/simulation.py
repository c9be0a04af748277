"""Uncertainty: a scenario on many draws of its uncertain parameters, and which of them matter.

Here figures are binary floating point, in units of the currency, and none is rounded to cents: they say how uncertain a
budget is. What stands beside them from the ledger is exact and a `decimal.Decimal`. The same scenario, seed and options
give the same bits on any number of threads, in any parts, and on any machine.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

from . import _relocost
from ._discreet import discreet
from ._draws import Figures, Keep, Options, Sampling, _OverDraws
from ._progress import Bar
from ._result import Drawn, Lang, NamedPair
from ._values import count, figures_repr
from .charts import Charted

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from numpy import float64
    from numpy.typing import NDArray

    from ._uncertain import Uncertain

__all__ = [
    "BandShares",
    "FactorIndex",
    "FigureIndices",
    "Figures",
    "Interval",
    "Keep",
    "MeanLessLedger",
    "Sampling",
    "SimulatedFigures",
    "Simulation",
    "SimulationPart",
    "SobolIndices",
    "Statistics",
    "Tornado",
    "TornadoBar",
    "TornadoPoint",
]


Summary = TypeVar("Summary")


class MeanLessLedger(NamedTuple):
    """Why two of the three figures differ: the ledger's, the ledger's at the means, the simulated mean."""

    assumptions: float
    """The ledger's at the means less the ledger's: assumptions are not centred on what the scenario gives."""
    curvature: float
    """The simulated mean less the ledger's at the means: products, growth, months, draws moved, and chance."""
    chance: float
    """The part that chance may explain: twice the standard error of the mean, 95 per cent of the time."""

    def __repr__(self) -> str:
        return figures_repr(self)


class BandShares(NamedTuple):
    """The probability of each verdict on the premium: shares of the draws, which add up to 1."""

    below: float
    """Below the band of 45 to 75 per cent that the Court reported."""
    within: float
    """Within it, ends included."""
    above: float
    """Above it."""
    none: float
    """Without a premium, the base being not above 0."""

    def __repr__(self) -> str:
        return figures_repr(self)


@discreet
class Statistics(_OverDraws):
    """A figure over the draws: in units of the currency or, of a premium, as a share of the base.

    >>> import relocost as rc
    >>> s = rc.Scenario(
    ...     start="2026-03", horizon_months=12, household=[34],
    ...     uncertain=[{"parameter": "lines.rent.amount", "distribution": {"uniform": {"low": 900, "high": 1000}}}],
    ... )
    >>> total = s.simulate(1000).pathways["permanent"].total
    >>> total.quantile(0.5) < total.quantile(0.8) == total.quantiles[0.8]
    True
    >>> total.ledger == s.ledger("permanent").total
    True
    """

    __slots__ = ("_place", "_whole")

    def __init__(self, whole: Simulation, core: _relocost.Statistics, *place: str) -> None:
        self._whole = whole
        self._core = core
        self._place = place

    def __reduce__(self) -> tuple[Any, ...]:
        return _statistics, (self._whole, *self._place)

    @property
    def ledger(self) -> Decimal | None:
        """The ledger's figure as the scenario stands, exact; None of a premium whose base is not above 0."""
        return self._core.ledger

    @property
    def ledger_at_means(self) -> Decimal | None:
        """The ledger's figure with every uncertain parameter at the mean of its distribution, exact."""
        return self._core.ledger_at_means

    @property
    def gap(self) -> MeanLessLedger | None:
        """Why the ledger's figure and the mean of the draws differ; None where the ledger has no such figure."""
        gap = self._core.gap
        return None if gap is None else MeanLessLedger(*gap)

    def to_dict(self) -> dict[str, Any]:
        """As the JSON of the simulation has it, and that it is internal.

        Returns
        -------
        dict
            The figures by their names in JSON.

        Examples
        --------
        >>> import relocost as rc
        >>> s = rc.Scenario(
        ...     start="2026-03", horizon_months=12, household=[34],
        ...     uncertain=[{"parameter": "lines.rent.amount", "distribution": {"uniform": {"low": 900, "high": 1000}}}],
        ... )
        >>> total = s.simulate(1000).pathways["permanent"].total
        >>> total.to_dict()["mean"] == total.mean
        True
        """
        return {"internal": True, **json.loads(self._core.json())}


@discreet
class SimulatedFigures(Generic[Summary]):
    """A figure in total and in parts. What is 0 in every draw is left out of the parts."""

    __slots__ = ("__dict__", "_figure", "_name", "_whole")

    def __init__(self, whole: Simulation, figure: str, name: str) -> None:
        self._whole = whole
        self._figure = figure
        self._name = name

    def __copy__(self) -> SimulatedFigures[Summary]:
        return self

    def __deepcopy__(self, memo: Any) -> SimulatedFigures[Summary]:
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        return SimulatedFigures, (self._whole, self._figure, self._name)

    def _summary(self, by: str, key: str) -> Summary:
        summary: Any = _statistics(self._whole, self._figure, self._name, by, key)
        return summary  # type: ignore[no-any-return]

    @cached_property
    def total(self) -> Summary:
        """In total."""
        return self._summary("total", "total")

    @cached_property
    def by_fiscal_year(self) -> Mapping[int, Summary]:
        """By fiscal year, ascending."""
        years, _, _ = self._whole._core.keys(self._figure, self._name)
        return MappingProxyType({year: self._summary("fiscal_year", str(year)) for year in years})

    @cached_property
    def by_category(self) -> Mapping[str, Summary]:
        """By category, in the order declared."""
        _, categories, _ = self._whole._core.keys(self._figure, self._name)
        return MappingProxyType({id: self._summary("category", id) for id in categories})

    @cached_property
    def by_fund(self) -> Mapping[str, Summary]:
        """By fund, in the order declared. Shares are not rounded to minor units, as a ledger's are."""
        _, _, funds = self._whole._core.keys(self._figure, self._name)
        return MappingProxyType({id: self._summary("fund", id) for id in funds})

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, SimulatedFigures):
            return NotImplemented
        return (self._figure, self._name, self._whole) == (other._figure, other._name, other._whole)

    def __hash__(self) -> int:
        return hash((self._figure, self._name, self.total))

    def __repr__(self) -> str:
        return f"{self._name or self._figure}: {self.total!r}"


def _statistics(whole: Simulation, figure: str, name: str, by: str, key: str) -> Statistics | None:
    core = whole._core.statistics(figure, name, by, key)
    return None if core is None else Statistics(whole, core, figure, name, by, key)


class Simulation(NamedPair, Drawn, Charted):
    """A simulation: what every figure comes to over the draws.

    Its chart shows how probable it is that a budget suffices: every pathway, with P50, P80 and P95.

    As a table it has a row for each figure (a pathway, `extra`, `premium`) in total, by fiscal
    year, by category and by fund.

    >>> import relocost as rc
    >>> s = rc.Scenario(
    ...     start="2026-03", horizon_months=60, household=[34, 9],
    ...     uncertain=[
    ...         {"parameter": "lines.rent.amount", "distribution": {"normal": {"mean": 950, "sd": 100}}},
    ...         {"parameter": "rates.fx.USD.factor", "distribution": {"lognormal": {"mean": 1, "sd": "0.1"}}},
    ...     ],
    ... )
    >>> sim = s.simulate(2000, seed=7)
    >>> reserve = sim.pathways["permanent"].total.quantile(0.8)  # suffices in four draws out of five
    >>> reserve > sim.pathways["permanent"].by_fiscal_year[2027].quantile(0.8)
    True
    >>> sum(sim.band)
    1.0
    >>> sim == s.simulate(2000, seed=7, threads=2)
    True
    """

    __slots__ = ()

    _chart = "simulation"

    _core: _relocost.Simulation

    @property
    def draws(self) -> int:
        """The number of draws."""
        return self._core.draws

    @property
    def seed(self) -> int:
        """The seed."""
        return self._core.seed

    @property
    def sampling(self) -> str:
        """The placement of the draws: `random`, `latin_hypercube` or `sobol`."""
        return self._core.sampling

    @property
    def figures(self) -> str:
        """The figures asked for: `all`, `totals`, `by_fiscal_year`, `by_category` or `by_fund`."""
        return self._core.figures

    @cached_property
    def pathways(self) -> Mapping[str, SimulatedFigures[Statistics]]:
        """The cost of each pathway, in units of the currency."""
        return MappingProxyType(
            {name: SimulatedFigures[Statistics](self, "pathway", name) for name in self._core.pathways}
        )

    @cached_property
    def extra(self) -> SimulatedFigures[Statistics]:
        """The alternative's cost less the base's, in units of the currency."""
        return SimulatedFigures(self, "extra", "")

    @cached_property
    def premium(self) -> SimulatedFigures[Statistics | None]:
        """The extra as a share of the base; None where some draw's base is not above 0."""
        return SimulatedFigures(self, "premium", "")

    @property
    def band(self) -> BandShares:
        """The probability that the premium lies below, within and above the band that the Court reported.

        It is as probable as the assumptions say, and no evidence for them.
        """
        return BandShares(*self._core.band)

    @property
    def moved(self) -> dict[str, int]:
        """The draws of each parameter that were moved into its domain, by path: many of them bend its distribution."""
        return dict(self._core.moved)

    @property
    def kept(self) -> list[tuple[str, str]]:
        """The figures and keys of which the draws are kept."""
        return self._core.kept

    def kept_draws(self, figure: str, key: str | int = "total") -> NDArray[float64]:
        """The draws of a figure, as an array of NumPy that can be read and not written.

        Nothing is copied: the array views the library's memory and keeps it alive. The draws of all figures are in
        the same order, so that they can be compared. A premium is NaN in a draw whose base is not above 0.

        Parameters
        ----------
        figure : str
            A pathway, `extra` or `premium`; a pathway of that name is `pathways.extra` or `pathways.premium`.
        key : str | int, default 'total'
            `total`, a fiscal year, a category or `by_fund.<id>`.

        Returns
        -------
        numpy.ndarray
            float64, of shape `(draws,)`.

        Raises
        ------
        KeyError
            The draws of the figure were not kept.
        ImportError
            NumPy is not installed.

        Examples
        --------
        >>> import relocost as rc
        >>> s = rc.Scenario(
        ...     start="2026-03", horizon_months=12, household=[34],
        ...     uncertain=[{"parameter": "lines.rent.amount", "distribution": {"uniform": {"low": 900, "high": 1000}}}],
        ... )
        >>> sim = s.simulate(1000, keep="totals")
        >>> sim.kept_draws("extra").shape  # doctest: +SKIP
        (1000,)
        """
        if (figure, str(key)) not in self._core.kept:
            raise KeyError(self._not_kept(figure))
        try:
            import numpy
        except ImportError as missing:
            raise ImportError("draws need numpy: pip install 'relocost[numpy]'") from missing
        return numpy.asarray(self._core.kept_draws(figure, str(key)))

    def _not_kept(self, figure: object) -> str:
        figures = list(dict.fromkeys(name for name, _ in self._core.kept))
        if not figures:
            return "no draws are kept; simulate with keep='totals' or keep='everything'"
        if figure not in figures:
            return f"figure: not one of {', '.join(figures)}"
        keys = [key for name, key in self._core.kept if name == figure]
        hint = "; simulate with keep='everything' for fiscal years, categories and funds" if keys == ["total"] else ""
        return f"key: not one of {', '.join(keys)}{hint}"

    def plot_premium(self, lang: Lang = "en", ax: Axes | None = None) -> Figure:
        """The distribution of the premium, with the band that the Court reported and the probability of each verdict.

        Parameters
        ----------
        lang : Lang, default 'en'
            English or French.
        ax : Axes, optional
            Axes to draw into; a figure of its own if left out.

        Returns
        -------
        matplotlib.figure.Figure
            The figure, which can be restyled and saved.

        Raises
        ------
        ImportError
            matplotlib is not installed.

        Examples
        --------
        >>> import relocost as rc
        >>> s = rc.Scenario(
        ...     start="2026-03", horizon_months=12, household=[34],
        ...     uncertain=[{"parameter": "lines.rent.amount", "distribution": {"uniform": {"low": 900, "high": 1000}}}],
        ... )
        >>> figure = s.simulate(1000).plot_premium()  # doctest: +SKIP
        """
        from . import plots

        return plots.premium(self, lang=lang, ax=ax)


@discreet
class SimulationPart:
    """The result of some ranges of a simulation's draws, to be merged with others, here or elsewhere.

    Parts merge in any order to the same bits. A part is internal: it holds sums of one household's costs. It pickles as
    its bytes.

    >>> import relocost as rc
    >>> s = rc.Scenario(
    ...     start="2026-03", horizon_months=12, household=[34],
    ...     uncertain=[{"parameter": "lines.rent.amount", "distribution": {"uniform": {"low": 900, "high": 1000}}}],
    ... )
    >>> late = s.simulate_range(400, 1000, draws=1000).to_bytes()  # on another machine, say
    >>> part = s.simulate_range(0, 400, draws=1000).merge(rc.SimulationPart.from_bytes(late))
    >>> part.ranges
    [(0, 1000)]
    >>> s.simulation_of_part(part, draws=1000) == s.simulate(draws=1000)
    True
    """

    __slots__ = ("_core",)

    def __init__(self, core: _relocost.SimulationPart) -> None:
        self._core = core

    @property
    def ranges(self) -> list[tuple[int, int]]:
        """The ranges of draws that it holds, ascending: each from one draw up to and without another."""
        return self._core.ranges

    @property
    def draws(self) -> int:
        """The number of draws that it holds."""
        return self._core.draws

    def merge(self, *others: SimulationPart) -> SimulationPart:
        """A part with this one's draws and those of others.

        Parameters
        ----------
        *others : SimulationPart
            Parts of the same simulation.

        Returns
        -------
        SimulationPart
            The merged part; this one does not change.

        Raises
        ------
        ValidationError
            A part belongs to another simulation, or a draw is in two of them.

        Examples
        --------
        >>> import relocost as rc
        >>> s = rc.Scenario(
        ...     start="2026-03", horizon_months=12, household=[34],
        ...     uncertain=[{"parameter": "lines.rent.amount", "distribution": {"uniform": {"low": 900, "high": 1000}}}],
        ... )
        >>> s.simulate_range(0, 400, draws=1000).merge(s.simulate_range(400, 1000, draws=1000)).ranges
        [(0, 1000)]
        """
        if not all(isinstance(other, SimulationPart) for other in others):
            raise TypeError("merge() takes parts of the same simulation")
        return SimulationPart(self._core.merge([other._core for other in others]))

    def to_bytes(self) -> bytes:
        """The part in bytes, for `from_bytes` on any machine and of the same version.

        Returns
        -------
        bytes
            The bytes.

        Examples
        --------
        >>> import relocost as rc
        >>> s = rc.Scenario(
        ...     start="2026-03", horizon_months=12, household=[34],
        ...     uncertain=[{"parameter": "lines.rent.amount", "distribution": {"uniform": {"low": 900, "high": 1000}}}],
        ... )
        >>> part = s.simulate_range(0, 400, draws=1000)
        >>> rc.SimulationPart.from_bytes(part.to_bytes()).ranges
        [(0, 400)]
        """
        return self._core.to_bytes()

    @classmethod
    def from_bytes(cls, data: bytes) -> SimulationPart:
        """Reads a part from the bytes that `to_bytes` gave.

        Parameters
        ----------
        data : bytes
            The bytes.

        Returns
        -------
        SimulationPart
            The part.

        Raises
        ------
        ReadError
            The bytes are no part of a simulation of this version.

        Examples
        --------
        >>> import relocost as rc
        >>> s = rc.Scenario(
        ...     start="2026-03", horizon_months=12, household=[34],
        ...     uncertain=[{"parameter": "lines.rent.amount", "distribution": {"uniform": {"low": 900, "high": 1000}}}],
        ... )
        >>> part = s.simulate_range(0, 400, draws=1000)
        >>> rc.SimulationPart.from_bytes(part.to_bytes()).draws
        400
        """
        if not isinstance(data, (bytes, bytearray, memoryview)):
            raise TypeError("from_bytes() takes the bytes of a part")
        return cls(_relocost.SimulationPart.from_bytes(bytes(data)))

    def __copy__(self) -> SimulationPart:
        return self

    def __deepcopy__(self, memo: Any) -> SimulationPart:
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        return SimulationPart.from_bytes, (self.to_bytes(),)

    def __repr__(self) -> str:
        ranges = ", ".join(f"{first} to {end - 1}" for first, end in self.ranges)
        return f"SimulationPart({self.draws:,} draws: {ranges}; internal)"


class TornadoPoint(NamedTuple):
    """All costs at one value of a parameter, in units of the currency."""

    value: float | None
    """The value, moved into its domain; None where all parameters stand as the scenario gives them."""
    pathways: dict[str, float]
    """The cost of every pathway; event lines at their expectation."""
    extra: float
    """The alternative's cost less the base's."""
    premium: float | None
    """The extra as a share of the base; None unless the base is above 0."""

    def __repr__(self) -> str:
        return figures_repr(self)


class TornadoBar(NamedTuple):
    """A parameter between its ends."""

    parameter: str
    """The parameter's path."""
    low: TornadoPoint
    """At its 10 per cent quantile."""
    high: TornadoPoint
    """At its 90 per cent quantile."""
    swing: float
    """The difference of the extra cost from `low` to `high`; below 0 where it falls as the parameter rises."""

    def __repr__(self) -> str:
        return figures_repr(self)


class Tornado(NamedPair, Charted):
    """Each uncertain parameter at its 10 and 90 per cent quantiles, the others as the scenario stands.

    Bars are ordered from the widest swing of the extra cost to the narrowest. As a table it has a row for each.

    >>> import relocost as rc
    >>> s = rc.Scenario(
    ...     start="2026-03", horizon_months=60, household=[34],
    ...     uncertain=[{"parameter": "lines.rent.amount", "distribution": {"uniform": {"low": 900, "high": 1000}}}],
    ... )
    >>> rent = s.tornado().bars[0]
    >>> rent.low.value, rent.high.value, rent.swing < 0
    (910.0, 990.0, True)
    """

    __slots__ = ()

    _core: _relocost.Tornado

    @property
    def standing(self) -> TornadoPoint:
        """Every parameter as the scenario gives it."""
        return _point(self._core.standing)

    @cached_property
    def bars(self) -> tuple[TornadoBar, ...]:
        """The parameters, from the widest swing to the narrowest."""
        return _bars(self._core.bars)

    def bars_of(self, pathway: str) -> tuple[TornadoBar, ...]:
        """The parameters with the swing of a pathway's own total, from the widest to the narrowest.

        Parameters
        ----------
        pathway : str
            The name of a pathway or a solution.

        Returns
        -------
        tuple of TornadoBar
            A bar for each parameter.

        Raises
        ------
        KeyError
            The scenario has no such pathway.

        Examples
        --------
        >>> import relocost as rc
        >>> s = rc.Scenario(
        ...     start="2026-03", horizon_months=12, household=[34],
        ...     uncertain=[{"parameter": "lines.rent.amount", "distribution": {"uniform": {"low": 900, "high": 1000}}}],
        ... )
        >>> s.tornado().bars_of("permanent")[0].parameter
        'lines.rent.amount'
        """
        if pathway not in self.standing.pathways:
            raise KeyError(f"pathway: not one of {', '.join(self.standing.pathways)}")
        return _bars(self._core.bars_of(pathway))

    def plot(self, of: str | None = None, lang: Lang = "en", ax: Axes | None = None) -> Figure:
        """The swing of the extra cost, or of a pathway's total, with each parameter between its ends.

        Parameters
        ----------
        of : str, optional
            A pathway whose total is shown; the extra cost if left out.
        lang : Lang, default 'en'
            English or French.
        ax : Axes, optional
            Axes to draw into; a figure of its own if left out.

        Returns
        -------
        matplotlib.figure.Figure
            The figure, which can be restyled and saved.

        Raises
        ------
        KeyError
            The scenario has no such pathway.
        ImportError
            matplotlib is not installed.

        Examples
        --------
        >>> import relocost as rc
        >>> s = rc.Scenario(
        ...     start="2026-03", horizon_months=12, household=[34],
        ...     uncertain=[{"parameter": "lines.rent.amount", "distribution": {"uniform": {"low": 900, "high": 1000}}}],
        ... )
        >>> figure = s.tornado().plot("permanent")  # doctest: +SKIP
        """
        from . import plots

        return plots.tornado(self, of, lang=lang, ax=ax)


class Interval(NamedTuple):
    """An estimate, with its bootstrap interval of 95 per cent."""

    value: float
    """The estimate: a share of the variance. By chance it can lie somewhat outside 0 to 1."""
    low: float
    """The lower end."""
    high: float
    """The upper end."""

    def __repr__(self) -> str:
        return figures_repr(self)


class FactorIndex(NamedTuple):
    """The share of a figure's variance that a factor explains."""

    name: str
    """The parameters' paths, joined by ` + ` where correlations tie them; `lines.<id>.events` for a line's events."""
    parameters: tuple[str, ...]
    """The parameters' paths; none for events."""
    first_order: Interval
    """The share of the variance that goes if the factor is known: of better data, the value."""
    total: Interval
    """The share of the variance that stays if all but the factor are known."""
    sd_first_order: float
    """The amount at stake, in the unit of the figure: the standard deviation that the factor alone causes."""
    sd_total: float
    """The same with what it does together with others."""

    def __repr__(self) -> str:
        return figures_repr(self)


class FigureIndices(NamedTuple):
    """The indices of a figure."""

    mean: float
    """Its mean."""
    sd: float
    """Its standard deviation."""
    factors: tuple[FactorIndex, ...]
    """Every factor, from the largest total index to the smallest; none where the figure does not vary."""
    spearman: dict[str, float | None]
    """The rank correlation of each parameter with the figure, by path; None where one of them does not vary."""

    def __repr__(self) -> str:
        return figures_repr(self)


class SobolIndices(NamedPair):
    """Sobol' indices: which share of the variance of a total, of the extra cost and of the premium a factor explains.

    Parameters tied by correlations are one factor, and so are the events of a line. As a table it has a row for each
    figure and factor.

    >>> import relocost as rc
    >>> s = rc.Scenario(
    ...     start="2026-03", horizon_months=60, household=[34],
    ...     uncertain=[
    ...         {"parameter": "lines.rent.amount", "distribution": {"uniform": {"low": 700, "high": 1200}}},
    ...         {"parameter": "lines.subsistence.amount", "distribution": {"uniform": {"low": 690, "high": 710}}},
    ...     ],
    ... )
    >>> indices = s.sobol(draws=1024, resamples=100)
    >>> first = indices.figures["permanent"].factors[0]
    >>> first.name, first.first_order.value > 0.9
    ('lines.rent.amount', True)
    """

    __slots__ = ()

    _core: _relocost.SobolIndices

    @property
    def draws(self) -> int:
        """The number of draws of each of the two matrices."""
        return self._core.draws

    @cached_property
    def figures(self) -> Mapping[str, FigureIndices]:
        """By pathway, then `extra`, and `premium` where every draw has one."""
        return MappingProxyType({name: _figure(*self._core.figure(name)) for name in self._core.figures})

    def plot(self, figure: str = "extra", lang: Lang = "en", ax: Axes | None = None) -> Figure:
        """The share of a figure's variance that each factor explains, with its interval.

        Parameters
        ----------
        figure : str, default 'extra'
            A pathway, `extra` or `premium`.
        lang : Lang, default 'en'
            English or French.
        ax : Axes, optional
            Axes to draw into; a figure of its own if left out.

        Returns
        -------
        matplotlib.figure.Figure
            The figure, which can be restyled and saved.

        Raises
        ------
        KeyError
            There is no such figure.
        ImportError
            matplotlib is not installed.

        Examples
        --------
        >>> import relocost as rc
        >>> s = rc.Scenario(
        ...     start="2026-03", horizon_months=12, household=[34],
        ...     uncertain=[{"parameter": "lines.rent.amount", "distribution": {"uniform": {"low": 900, "high": 1000}}}],
        ... )
        >>> figure = s.sobol(64, resamples=5).plot("permanent")  # doctest: +SKIP
        """
        from . import plots

        return plots.sobol(self, figure, lang=lang, ax=ax)


def _bars(bars: list[Any]) -> tuple[TornadoBar, ...]:
    return tuple(TornadoBar(path, _point(low), _point(high), swing) for path, low, high, swing in bars)


def _point(parts: tuple[float | None, list[tuple[str, float]], float, float | None]) -> TornadoPoint:
    value, pathways, extra, premium = parts
    return TornadoPoint(value, dict(pathways), extra, premium)


def _figure(mean: float, sd: float, factors: list[Any], spearman: list[tuple[str, float | None]]) -> FigureIndices:
    told = (
        FactorIndex(name, tuple(parameters), Interval(*first_order), Interval(*total), alone, together)
        for name, parameters, first_order, total, alone, together in factors
    )
    return FigureIndices(mean, sd, tuple(told), dict(spearman))


# The questions, as functions of the module: a result pickles as its question.


def simulate(scenario: Uncertain, options: Options, progress: bool) -> Simulation:
    """Simulates a scenario; see `Scenario.simulate`."""
    with Bar("draws", progress) as bar:
        core = scenario._core.simulate(options, bar)
    return Simulation(core, simulate, scenario, options, progress)


def simulate_range(scenario: Uncertain, options: Options, first: object, end: object, progress: bool) -> SimulationPart:
    """Simulates a range of draws; see `Scenario.simulate_range`."""
    ends = (count(first, "first", 0), count(end, "end", 0))
    with Bar("draws", progress) as bar:
        return SimulationPart(scenario._core.simulate_range(options, *ends, bar))


def simulation_of_part(scenario: Uncertain, options: Options, part: SimulationPart, progress: bool) -> Simulation:
    """The simulation of merged parts; see `Scenario.simulation`."""
    if not isinstance(part, SimulationPart):
        raise TypeError("simulation() takes a SimulationPart")
    with Bar("figures", progress) as bar:
        core = scenario._core.simulation_of_part(options, part._core, bar)
    return Simulation(core, simulation_of_part, scenario, options, part, progress)


def tornado(scenario: Uncertain, base: str, alternative: str, basis: str, progress: bool) -> Tornado:
    """A tornado; see `Scenario.tornado`."""
    with Bar("parameters", progress) as bar:
        core = scenario._core.tornado(base, alternative, basis, bar)
    return Tornado(core, tornado, scenario, base, alternative, basis, progress)


def sobol(
    scenario: Uncertain,
    sizes: tuple[int, int, int],
    base: str,
    alternative: str,
    basis: str,
    threads: int | None,
    progress: bool,
) -> SobolIndices:
    """Sobol' indices; see `Scenario.sobol`."""
    with Bar("draws", progress) as bar:
        core = scenario._core.sobol(sizes, base, alternative, basis, threads, bar)
    return SobolIndices(core, sobol, scenario, sizes, base, alternative, basis, threads, progress)
