"""Comparing an alternative with a base: the premium, and what causes it."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from decimal import Decimal
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from . import _relocost
from ._discreet import discreet
from ._result import Drawn, Lang, ScenarioResult, TableResult
from .charts import Charted
from .table import Amounts, Differences, Premium, part

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["Attribution", "Comparison", "PathwayFigures"]


@discreet
class PathwayFigures:
    """The figures of one pathway, in the comparison's currency. Each table adds up to the total."""

    __slots__ = ("__dict__", "_core", "_name", "_whole")

    def __init__(self, whole: Comparison, name: str) -> None:
        self._whole = whole
        self._core = whole._core
        self._name = name

    def __copy__(self) -> PathwayFigures:
        return self

    def __deepcopy__(self, memo: Any) -> PathwayFigures:
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        return PathwayFigures, (self._whole, self._name)

    @property
    def name(self) -> str:
        """The pathway."""
        return self._name

    @property
    def currency(self) -> str:
        """The currency, by its code of ISO 4217."""
        return self._core.currency

    @property
    def total(self) -> Decimal:
        """The sum of the ledger's entries, on the basis chosen."""
        return self._core.figure(self._name, "total")

    @property
    def constant(self) -> Decimal:
        """The total in constant prices: a ledger of its own, rounded by itself."""
        return self._core.figure(self._name, "constant")

    @property
    def present_value(self) -> Decimal:
        """The nominal totals by fiscal year, discounted to the start's."""
        return self._core.figure(self._name, "present_value")

    @property
    def entries(self) -> int:
        """The number of entries of the ledger."""
        return self._core.entries(self._name)

    def _amounts(self, table: str) -> _relocost.Table:
        return self._core.table(table).only("pathway", self._name)

    @cached_property
    def by_category(self) -> Amounts[str]:
        """By category, in the order declared."""
        return part(self, "by_category", Amounts(self._amounts("pathway_categories")))

    @cached_property
    def by_fiscal_year(self) -> Amounts[int]:
        """By fiscal year, ascending."""
        return part(self, "by_fiscal_year", Amounts(self._amounts("pathway_fiscal_years")))

    @cached_property
    def by_fund(self) -> Amounts[str]:
        """By fund, in the order declared."""
        return part(self, "by_fund", Amounts(self._amounts("pathway_funds")))

    @cached_property
    def by_line(self) -> Amounts[str]:
        """By line, in the order declared."""
        return part(self, "by_line", Amounts(self._amounts("pathway_lines")))

    @cached_property
    def by_place(self) -> Amounts[str]:
        """By place, in the order declared; stages without a place are in none. Internal: it says where somebody is."""
        return part(self, "by_place", Amounts(self._amounts("pathway_places")))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, PathwayFigures):
            return NotImplemented
        return self._name == other._name and self._core == other._core

    def __hash__(self) -> int:
        return hash((self._name, self.total))

    def __repr__(self) -> str:
        return f"{self._name}: {self.total:,} {self.currency} over {self._core.horizon_months} months (internal)"


@discreet
class Attribution(Amounts[str]):
    """The price of the missing entitlements: an amount for each entitlement that is missing, for `place` where the
    alternative is at another one, and a residual.

    The amounts and the residual add up to the extra cost, exactly.
    """

    __slots__ = ("_alone", "_last", "_residual")

    def __init__(self, core: _relocost.Table, residual: Decimal) -> None:
        super().__init__(core)
        self._residual = residual

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Attribution):
            return super().__eq__(other) and self._residual == other._residual
        return super().__eq__(other)

    __hash__ = None  # type: ignore[assignment]

    @property
    def residual(self) -> Decimal:
        """The part that no entitlement explains: timing, moves, lines that none controls."""
        return self._residual

    @property
    def alone(self) -> dict[str, Decimal]:
        """The saving of each entitlement if it were granted and no other."""
        return dict(zip(self, self._core.column("alone")))

    @property
    def last(self) -> dict[str, Decimal]:
        """The saving of each entitlement if all others are granted already."""
        return dict(zip(self, self._core.column("last")))


class PairResult(ScenarioResult, TableResult):
    """An alternative held against a base: what it costs more, in all and by part."""

    __slots__ = ()

    _core: _relocost.Comparison | _relocost.Caseload

    @property
    def extra(self) -> Decimal:
        """The alternative's total less the base's."""
        return self._core.extra

    @property
    def premium(self) -> Premium | None:
        """The extra cost as a share of the base, to 12 decimals; None unless the base is above 0."""
        return self._core.premium

    @property
    def band(self) -> str | None:
        """Where the exact premium lies: `below`, `within` or `above` the 45 to 75 per cent of the Court's report.

        The Court reported an average over households: for a single one the verdict only orients.
        """
        return self._core.band

    @cached_property
    def by_category(self) -> Differences[str]:
        """Differences by category, in the order declared, as far as either pathway has one."""
        return part(self, "by_category", Differences(self._core.table("by_category")))

    @cached_property
    def by_fiscal_year(self) -> Differences[int]:
        """Differences by fiscal year, ascending."""
        return part(self, "by_fiscal_year", Differences(self._core.table("by_fiscal_year")))

    @cached_property
    def by_fund(self) -> Differences[str]:
        """Differences by fund, in the order declared."""
        return part(self, "by_fund", Differences(self._core.table("by_fund")))


class Comparison(PairResult, Drawn, Charted):
    """A comparison of two pathways, with the figures of all.

    As a table it has a row for the total, and for each category, fiscal year and fund. Its chart is that of
    `plot_attribution`: what the premium pays for.

    >>> import relocost as rc
    >>> c = rc.Scenario(start="2026-03", horizon_months=60, household=[41, 39, 13, 9]).compare()
    >>> c.premium, c.band
    (Decimal('0.630343604033'), 'within')
    >>> c.extra == c.alternative.total - c.base.total
    True
    >>> c.attribution["public_schooling"], c.currency
    (Decimal('44279.90'), 'EUR')
    >>> sum(c.attribution.values()) + c.attribution.residual == c.extra
    True
    """

    __slots__ = ()

    _chart = "attribution"

    _core: _relocost.Comparison

    @property
    def start(self) -> datetime.date:
        """The first month, as its first day."""
        return self._core.start

    @property
    def charged_lines(self) -> int:
        """The number of lines that feed the two pathways."""
        return self._core.charged_lines

    @property
    def illustrative_lines(self) -> int:
        """The number of the charged lines whose amount is an illustration."""
        return self._core.illustrative_lines

    @cached_property
    def base(self) -> PathwayFigures:
        """The figures of the pathway compared against."""
        return PathwayFigures(self, self._core.base)

    @cached_property
    def alternative(self) -> PathwayFigures:
        """The figures of the pathway whose extra cost is asked for."""
        return PathwayFigures(self, self._core.alternative)

    @cached_property
    def pathways(self) -> Mapping[str, PathwayFigures]:
        """The figures of every pathway: the solutions, then the others."""
        return MappingProxyType({name: PathwayFigures(self, name) for name in self._core.pathways})

    @cached_property
    def premium_curve(self) -> Differences[int]:
        """The differences of the first 1, 2, ... months: cumulative cost, and the premium of a shorter horizon."""
        return part(self, "premium_curve", Differences(self._core.table("premium_curve")))

    @cached_property
    def attribution(self) -> Attribution:
        """The extra cost as the price of the missing entitlements."""
        return part(self, "attribution", Attribution(self._core.table("attribution"), self._core.residual))

    def plot_attribution(self, lang: Lang = "en", ax: Axes | None = None) -> Figure:
        """The premium as a waterfall: the base, what each missing entitlement adds, the alternative.

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
        >>> s = rc.Scenario(start="2026-03", horizon_months=60, household=[34])
        >>> figure = s.compare().plot_attribution()  # doctest: +SKIP
        """
        from . import plots

        return plots.attribution(self, lang=lang, ax=ax)

    def plot_premium_curve(self, lang: Lang = "en", ax: Axes | None = None) -> Figure:
        """The premium by horizon, with the band that the Court reported.

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
        >>> s = rc.Scenario(start="2026-03", horizon_months=60, household=[34])
        >>> figure = s.compare().plot_premium_curve()  # doctest: +SKIP
        """
        from . import plots

        return plots.premium_curve(self, lang=lang, ax=ax)

    def plot_cumulative(self, lang: Lang = "en", ax: Axes | None = None) -> Figure:
        """The cost of both pathways up to each month.

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
        >>> s = rc.Scenario(start="2026-03", horizon_months=60, household=[34])
        >>> figure = s.compare().plot_cumulative()  # doctest: +SKIP
        """
        from . import plots

        return plots.cumulative(self, lang=lang, ax=ax)
