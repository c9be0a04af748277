"""The analyst's other questions: a wait's cost, a target premium, what-ifs, a year's update, a first estimate."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from . import _relocost
from ._discreet import discreet
from ._result import Drawn, Lang, NamedPair, Result, TableResult
from ._values import Number, Share, decimal_text, figures_repr, share_text, whole
from .charts import Charted
from .errors import Finding, _finding
from .table import REPORTED_BAND, Band, Difference, Premium, Table, part

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from .scenario import Scenario

__all__ = [
    "BudgetDiff",
    "Calibration",
    "Delay",
    "DelayFigures",
    "DelayRow",
    "Diff",
    "Estimate",
    "EstimatePoint",
    "ExpectationOutcome",
    "ValueChange",
    "Variants",
    "WhatIfs",
    "estimate",
]


class DelayFigures(NamedTuple):
    """The cost of a wait."""

    total: Decimal
    """The cost of the whole."""
    extra: Decimal
    """The cost beyond that of no wait."""
    month: Decimal
    """The cost of the last month of the wait."""

    def __repr__(self) -> str:
        return figures_repr(self)


class DelayRow(NamedTuple):
    """A wait of so many months."""

    months: int
    """Months of waiting."""
    within_horizon: DelayFigures
    """The cost to this budget: cut at the horizon."""
    full_course: DelayFigures
    """With the horizon extended by the wait."""

    def __repr__(self) -> str:
        return figures_repr(self)


class Delay(NamedPair, Drawn, Charted):
    """The cost of waiting in one solution for another, for 0, 1, 2, ... months.

    Its chart shows what waiting costs, by months of waiting.

    >>> import relocost as rc
    >>> s = rc.Scenario(start="2026-03", horizon_months=12, household=[34])
    >>> d = s.delay()
    >>> len(d), d[12].within_horizon.total == s.ledger("temporary").total
    (13, True)
    """

    __slots__ = ()

    _chart = "delay"

    _core: _relocost.Delay

    @cached_property
    def rows(self) -> tuple[DelayRow, ...]:
        """A row for each wait: 0, 1, 2, ... months."""
        table = self._core.table("waits")
        rows = (table.row(place) for place in range(len(table)))
        return tuple(DelayRow(row[0], DelayFigures(*row[1:4]), DelayFigures(*row[4:7])) for row in rows)

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, months: int) -> DelayRow:
        return self.rows[months]


class Calibration(Result):
    """The factor on the amounts of lines at which the premium meets a target.

    >>> import relocost as rc
    >>> s = rc.Scenario(start="2026-03", horizon_months=60, household=[34])
    >>> c = s.calibrate(0.60, lines=["short-let"])
    >>> round(c.premium, 4), c.scenario.compare().premium == c.premium
    (Decimal('0.6000'), True)
    """

    __slots__ = ()

    _core: _relocost.Calibration

    @property
    def target(self) -> Decimal:
        """The premium that was aimed at."""
        return self._core.target

    @property
    def lines(self) -> list[str]:
        """The lines that were scaled."""
        return self._core.lines

    @property
    def factor(self) -> Decimal:
        """The factor, to 12 decimals."""
        return self._core.factor

    @property
    def premium(self) -> Premium | None:
        """The premium of the ledger with the factor as it is written."""
        return self._core.premium

    @property
    def horizon_months(self) -> int:
        """The horizon in months, without which no premium means anything."""
        return self._core.horizon_months

    @cached_property
    def scenario(self) -> Scenario:
        """The scenario with the amounts scaled."""
        asked: Scenario = self._question[1][0]
        return asked._of(_relocost.calibrated(self._core), _calibrated, self)


def _calibrated(calibration: Calibration) -> Scenario:
    return calibration.scenario


class Variants(NamedPair, Drawn):
    """A scenario as it stands and in the variants that its file carries.

    Its chart shows what both pathways cost in each variant, with the premium of each.
    """

    __slots__ = ()

    _chart = "variants"

    _core: _relocost.Variants

    @cached_property
    def as_it_stands(self) -> Difference:
        """The figures of the scenario as it stands."""
        return self._differences()[0]

    @cached_property
    def variants(self) -> Mapping[str, Difference]:
        """The figures of each variant, in the order written."""
        names = self._core.table("variants").column("variant")
        return dict(zip(names[1:], self._differences()[1:]))

    def warnings(self) -> list[Finding]:
        """Shares and rates of a variant that can only be per cents.

        Returns
        -------
        list of Finding
            The findings, none of which is an error.

        Examples
        --------
        >>> import relocost as rc
        >>> s = rc.Scenario(
        ...     start="2026-03", horizon_months=60, household=[34], variants={"dear": {"lines.rent.amount": "1000"}}
        ... )
        >>> s.compare_variants().warnings()
        []
        """
        return [_finding(parts) for parts in self._core.warnings()]

    def _differences(self) -> tuple[Difference, ...]:
        return _differences(self._core.table("variants"))


class WhatIfs(NamedPair):
    """A scenario as it stands and with sets of changes: a tidy table with a column for each parameter.

    >>> import relocost as rc
    >>> s = rc.Scenario(start="2026-03", horizon_months=60, household=[34])
    >>> grid = s.grid({"lines.rent.amount": [900, 1000], "lines.rent.factor": ["1", "1.1"]})
    >>> len(grid.table), grid.table.columns[:2]
    (5, ['lines.rent.amount', 'lines.rent.factor'])
    """

    __slots__ = ()

    _core: _relocost.WhatIfs

    @cached_property
    def as_it_stands(self) -> Difference:
        """The figures of the scenario as it stands."""
        return _differences(self._core.table("what_ifs"))[0]

    @cached_property
    def rows(self) -> tuple[Difference, ...]:
        """The figures of each set of changes, in order."""
        return _differences(self._core.table("what_ifs"))[1:]

    @property
    def parameters(self) -> list[str]:
        """The parameters that are set, by their paths."""
        return self._core.parameters

    def warnings(self) -> list[Finding]:
        """Shares and rates that are set to what can only be per cents, each parameter once.

        Returns
        -------
        list of Finding
            The findings, none of which is an error.

        Examples
        --------
        >>> import relocost as rc
        >>> s = rc.Scenario(start="2026-03", horizon_months=60, household=[34])
        >>> [str(it) for it in s.grid({"rates.index.housing.shift": ["0.01", "1"]}).warnings()]
        ['rates.index.housing.shift: 1 is a share, and so 100 per cent; for 1 per cent write "0.01"']
        """
        return [_finding(parts) for parts in self._core.warnings()]

    def plot(self, figure: str = "premium", lang: Lang = "en", ax: Axes | None = None) -> Figure:
        """A figure with each set of changes.

        One parameter, or every combination of two, is drawn as lines; other sets of changes have a row each.

        Parameters
        ----------
        figure : str, default 'premium'
            `premium`, `extra`, `base` or `alternative`.
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
        >>> s = rc.Scenario(start="2026-03", horizon_months=60, household=[34])
        >>> figure = s.grid({"lines.rent.amount": [900, 1000, 1100]}).plot()  # doctest: +SKIP
        """
        from . import plots

        return plots.what_ifs(self, figure, lang=lang, ax=ax)


def _differences(table: _relocost.Table) -> tuple[Difference, ...]:
    columns = (table.column(name) for name in ("base", "alternative", "extra", "premium"))
    return tuple(Difference(*row) for row in zip(*columns))


class ValueChange(NamedTuple):
    """A value that changed: its path within its entry, and the old and the new value, None where there is none.

    Values of a household are not shown.
    """

    key: str
    old: str | None
    new: str | None

    def __repr__(self) -> str:
        return figures_repr(self)


class Diff(TableResult, Drawn):
    """The differences between two scenarios: every change of an input, and its effect on each pathway's total.

    Its chart shows what each change adds to the total of each pathway.

    >>> import relocost as rc
    >>> old = rc.Scenario(start="2026-03", horizon_months=60, household=[34])
    >>> diff = old.diff(old.with_({"lines.rent.amount": 1000}))
    >>> diff.changes
    {'lines.rent': [ValueChange(key='amount', old='950', new='1000'; internal)]}
    >>> diff.effects["lines.rent"]["permanent"] == diff.new["permanent"] - diff.old["permanent"]
    True
    """

    __slots__ = ()

    _chart = "diff"

    _core: _relocost.Diff

    @property
    def scenario(self) -> Scenario:
        """The old scenario."""
        scenario: Scenario = self._question[1][0]
        return scenario

    @property
    def new_scenario(self) -> Scenario:
        """The new scenario."""
        scenario: Scenario = self._question[1][1]
        return scenario

    @property
    def basis(self) -> str:
        """The basis of prices, `nominal` or `constant`."""
        return self._core.basis

    @cached_property
    def totals(self) -> Table:
        """The totals of the pathways, old and new."""
        return part(self, "totals", Table(self._core.table("totals")))

    @cached_property
    def old(self) -> dict[str, Decimal]:
        """Totals of the old scenario's pathways."""
        return dict(zip(self.totals["pathway"], self.totals["old"]))

    @cached_property
    def new(self) -> dict[str, Decimal]:
        """Totals of the new scenario's pathways."""
        return dict(zip(self.totals["pathway"], self.totals["new"]))

    @cached_property
    def changes(self) -> dict[str, list[ValueChange]]:
        """The changes, by the key of the entry, in the order in which they are applied."""
        return {key: [ValueChange(*detail) for detail in details] for key, details in self._core.changes()}

    @cached_property
    def effects(self) -> dict[str, dict[str, Decimal]]:
        """The effect of each change on the total of each pathway; pathways without an effect are left out."""
        effects: dict[str, dict[str, Decimal]] = {key: {} for key in self.changes}
        for row in self.table:
            effects[row["key"]][row["pathway"]] = row["effect"]
        return effects


class BudgetDiff(TableResult):
    """The differences between two budgets, of programmes or of caseloads: what each cause adds, by year and fund.

    `Programme.diff` and `Scenario.diff_caseload` give it. As a table it has a row for each line and cause: `old`, every
    cause in the order in which they are applied, and `new`, which is what the others add up to. All of it is internal.

    >>> import relocost as rc
    >>> old, new = (
    ...     rc.Programme.from_dict({
    ...         "catalogue": "reference",
    ...         "programme": {"first_fiscal_year": 2026, "fiscal_years": 2},
    ...         "cases": [{"id": "first", "members": [{"age": 34}], "arrives": arrives}],
    ...     })
    ...     for arrives in ("2026-01", "2026-07")
    ... )
    >>> diff = old.diff(new)
    >>> planned = {row["cause"]: row["amount"] for row in diff.table if row["line"] == "as_planned"}
    >>> planned["old"] + planned["timing"] == planned["new"]
    True
    >>> diff.cases["cause"][3], diff.cases["count"][3]
    ('timing', 1)
    """

    __slots__ = ()

    _core: _relocost.BudgetDiff

    @property
    def of(self) -> str:
        """The sort of the two budgets, `programmes` or `caseloads`."""
        return self._core.of

    @property
    def lines(self) -> list[str]:
        """The lines: `as_signed`, `as_planned` and `all_settled` of programmes, the two pathways of caseloads."""
        return self._core.lines

    @property
    def basis(self) -> str:
        """The basis of prices, `nominal` or `constant`."""
        return self._core.basis

    def plot(self, line: str | None = None, lang: Lang = "en", ax: Axes | None = None) -> Figure:
        """The old total of a line, what each cause adds to it or takes from it, and the new total.

        Parameters
        ----------
        line : str, optional
            One of `lines`; if left out, the programme as planned, or the last pathway of caseloads.
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
            The budgets have no such line.
        ImportError
            matplotlib is not installed.

        Examples
        --------
        >>> import relocost as rc
        >>> s = rc.Scenario(start="2026-03", horizon_months=12, household=[34])
        >>> rows = [{"reference": "A", "members": [34]}]
        >>> figure = s.diff_caseload(rows, s, rows).plot("temporary")  # doctest: +SKIP
        """
        from . import plots

        return plots.budget_diff(self, line, lang=lang, ax=ax)

    @cached_property
    def by_fiscal_year(self) -> Table:
        """A row for each line, cause and fiscal year."""
        return part(self, "budget_cause_years", Table(self._core.table("budget_cause_years")))

    @cached_property
    def by_fund(self) -> Table:
        """A row for each line, cause and fund."""
        return part(self, "budget_cause_funds", Table(self._core.table("budget_cause_funds")))

    @cached_property
    def by_fiscal_year_and_fund(self) -> Table:
        """A row for each line, cause, fiscal year and fund: the first table that a budget committee asks for."""
        name = "budget_cause_years_and_funds"
        return part(self, name, Table(self._core.table(name)))

    @cached_property
    def cases(self) -> Table:
        """The numbers of cases that are gone, are new, or changed in household, timing or policy."""
        return part(self, "budget_cases", Table(self._core.table("budget_cases")))

    @cached_property
    def changes(self) -> Table:
        """The values that changed beside the cases: cause, path, old and new."""
        return part(self, "budget_changes", Table(self._core.table("budget_changes")))


@dataclass(frozen=True)
class ExpectationOutcome:
    """The outcome of an expectation in a scenario's file."""

    figure: str
    """The figure, by its path in the comparison's JSON."""
    expected: str
    """The expected value."""
    found: str | None
    """The value found; None where there is no such figure."""
    passed: bool
    """True if the value is as expected."""
    why: str | None
    """Why it was expected."""
    line: int | None
    """The line of the file in which the expectation stands."""
    sentence: str
    """All of it in a sentence, which names no place, no agreement and no reference."""
    name: str
    """The figure as a report of tests names it: its path without the place or the agreement that it names."""

    def __repr__(self) -> str:
        return f"{type(self).__name__}({'passed' if self.passed else 'failed'}: {self.sentence}; internal)"

    def __str__(self) -> str:
        return f"{self.sentence} (internal, not for publication)"

    def __bool__(self) -> bool:
        return self.passed


class EstimatePoint(NamedTuple):
    """One point of the band."""

    premium: Decimal
    """The premium, a share of the permanent cost."""
    permanent: Decimal
    """The permanent cost."""
    temporary: Decimal
    """The temporary cost."""
    extra: Decimal
    """The extra cost of the temporary solution."""

    def __repr__(self) -> str:
        return figures_repr(self)


class Estimate(TableResult):
    """The costs that a band of premiums implies for a known cost: at its lower end, in its middle, at its upper end."""

    __slots__ = ()

    _core: _relocost.Estimate

    @property
    def known(self) -> str:
        """The cost that was known, `permanent` or `temporary`."""
        return self._core.known

    @property
    def cost(self) -> Decimal:
        """The cost that was known, of the whole time."""
        return self._core.cost

    @property
    def rests_on(self) -> str:
        """The basis of the figures, for a reader."""
        return self._core.rests_on

    @cached_property
    def points(self) -> tuple[EstimatePoint, EstimatePoint, EstimatePoint]:
        """The lower end, the middle and the upper end of the band."""
        table = self._core.table("points")
        low, middle, high = (EstimatePoint(*table.row(place)) for place in range(3))
        return low, middle, high

    @property
    def low(self) -> EstimatePoint:
        """The lower end of the band."""
        return self.points[0]

    @property
    def middle(self) -> EstimatePoint:
        """The middle of the band."""
        return self.points[1]

    @property
    def high(self) -> EstimatePoint:
        """The upper end of the band."""
        return self.points[2]


@discreet
def estimate(
    permanent: Number | None = None,
    temporary: Number | None = None,
    *,
    monthly: Number | None = None,
    of: Literal["permanent", "temporary"] = "permanent",
    months: int | None = None,
    currency: str = "EUR",
    band: Band | tuple[Share, Share] = REPORTED_BAND,
) -> Estimate:
    """Applies the band that the Court reported to one cost that is known.

    Parameters
    ----------
    permanent : Number, optional
        The cost of the permanent solution, of the whole time.
    temporary : Number, optional
        The cost of the temporary solution, of the whole time.
    monthly : Number, optional
        The cost of one month of the solution that `of` names; needs `months`.
    of : Literal['permanent', 'temporary'], default 'permanent'
        The solution whose monthly cost is known.
    months : int, optional
        The number of months.
    currency : str, default 'EUR'
        The currency, by its code of ISO 4217.
    band : Band | tuple[Share, Share], default REPORTED_BAND
        The band of premiums, its lower and its upper end.

    Returns
    -------
    Estimate
        The costs and the extra cost at the lower end, in the middle and at the upper end of the band.

    Raises
    ------
    RelocostError
        The cost is not above 0, or the band is invalid.
    TypeError
        Not exactly one cost is given, or a cost is a float.

    Examples
    --------
    >>> import relocost as rc
    >>> e = rc.estimate(permanent=112_000, currency="USD")
    >>> e.low.temporary, e.high.temporary
    (Decimal('162400.00'), Decimal('196000.00'))
    """
    costs = [cost for cost in (permanent, temporary, monthly) if cost is not None]
    if len(costs) != 1:
        raise TypeError("estimate() takes exactly one of permanent, temporary and monthly")
    if monthly is not None and months is None:
        raise TypeError("estimate() takes monthly together with months")
    if of not in ("permanent", "temporary"):
        raise TypeError("of: expected 'permanent' or 'temporary'")
    of_temporary = temporary is not None or (monthly is not None and of == "temporary")
    low, high = band
    ends = (share_text(low, "band"), share_text(high, "band"))
    return _estimate(decimal_text(costs[0], "cost"), of_temporary, whole(months, "months", 0), currency, ends)


def _estimate(*arguments: Any) -> Estimate:
    return Estimate(_relocost.estimate(*arguments), _estimate, *arguments)
