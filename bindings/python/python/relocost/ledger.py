"""A ledger: every charge of a pathway, and every figure traced to the entries that it sums."""

from __future__ import annotations

import datetime
import operator
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Any, NamedTuple, overload

from . import _relocost
from . import journals as _journals
from ._result import Drawn, ScenarioResult, TableResult
from ._values import figures_repr, month_text
from .charts import Charted
from .journals import Postings
from .table import Table, part

__all__ = ["Entry", "Explanation", "Ledger", "Source"]


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A charge of one line in one month:

        amount = round(quantity × unit_price × price_level × index_factor × exchange_rate × (1 - relief))

    rounded once, half to even. The factors are exact fractions, so that whoever multiplies them gets the same cent.
    A percentage has the factors of the line with the price, and is that product × `share` (× the shares of the
    percentages in between, if it is of another percentage). A refund has no factors, and they are None: it is minus
    `share` × the entries of the line `of` in the run that ends.
    """

    month: datetime.date
    """The month, as its first day."""
    month_index: int
    """Months since the start."""
    fiscal_year: int
    """The fiscal year."""
    stage: int
    """The place of the stage in the pathway, from 0."""
    solution: str
    """The solution in which the household lives."""
    place: str | None
    """Where the household lives; None where that is not said."""
    line: str
    """The cost line."""
    of: str | None
    """The line of whose charge it is a percentage or a refund; None of others."""
    share: Fraction | None
    """The share of that charge."""
    category: str
    """The category in which it is counted."""
    quantity: Decimal | None
    """Units of the line's driver."""
    unit_price: Fraction | None
    """The price of one unit, in `currency` and in the prices of the line's price base."""
    currency: str | None
    """The currency of the unit price."""
    tariff: datetime.date | None
    """The month from which the unit price holds, as its first day; None unless the line has dated amounts."""
    price_level: Fraction | None
    """The price level at the place, as a share of the prices for which the unit price stands."""
    index_factor: Fraction | None
    """The growth of prices since the line's price base, as a factor."""
    index_years: dict[int, Decimal] = field(hash=False)
    """The annual increases whose product is the index factor (or whose inverse is, before the price base)."""
    exchange_rate: Fraction | None
    """Units of the ledger's currency for one unit of `currency`."""
    relief_months: int | None
    """Months on the clock of the line's relief; None where nothing is relieved."""
    relief: Fraction | None
    """The share of the cost that the household no longer needs, 0 to 1."""
    unrounded: Fraction
    """The product before its rounding."""
    amount: Decimal
    """The amount, in the ledger's currency."""
    funds: dict[str, Decimal] = field(hash=False)
    """The part of each fund; the parts add up to it."""
    source: str
    """Where the line's amount comes from."""

    def __repr__(self) -> str:
        return figures_repr(self)


def _entry(parts: dict[str, Any]) -> Entry:
    values: dict[str, Any] = dict(parts)
    for name in ("share", "unit_price", "price_level", "index_factor", "exchange_rate", "relief", "unrounded"):
        values[name] = None if parts[name] is None else Fraction(parts[name])
    values["quantity"] = None if parts["quantity"] is None else Decimal(parts["quantity"])
    values["index_years"] = {year: Decimal(increase) for year, increase in parts["index_years"]}
    return Entry(**values)


class Source(NamedTuple):
    """Where an amount or a rate comes from: the path of its key, and the source that the files give, if any."""

    key: str
    source: str | None


class Ledger(ScenarioResult, TableResult, Drawn, Charted):
    """The ledger of a pathway: its entries by month and, within a month, in the order of the lines.

    Its chart shows the cost by fiscal year, stacked by category; part-years say how many months they have.

    As a table it has a column for each factor, rounded to 12 decimals, and one for the part of each fund; the factors
    of an `Entry` are exact.

    >>> import relocost as rc
    >>> ledger = rc.Scenario(start="2026-03", horizon_months=60, household=[34]).ledger("temporary")
    >>> len(ledger), ledger.total, ledger.currency
    (374, Decimal('159542.41'), 'EUR')
    >>> ledger[0].line, ledger[0].amount
    ('deposit', Decimal('1330.00'))
    >>> sum(entry.amount for entry in ledger) == ledger.total
    True
    >>> ledger.explain(category="legal").total
    Decimal('1561.20')
    """

    __slots__ = ()

    _chart = "fiscal_years"

    _core: _relocost.Ledger

    def _arrow(self) -> _relocost.Table:
        return self._table

    @cached_property
    def _table(self) -> _relocost.Table:
        return self._core.table("entries")

    @property
    def pathway(self) -> str:
        """The pathway."""
        return self._core.pathway

    @property
    def start(self) -> datetime.date:
        """The first month, as its first day."""
        return self._core.start

    @property
    def total(self) -> Decimal:
        """The sum of the entries."""
        return self._core.total

    @cached_property
    def by_fiscal_year_and_category(self) -> Table:
        """The sums of the entries by fiscal year and category."""
        return part(self, "by_fiscal_year_and_category", Table(self._core.table("years_and_categories")))

    def explain(
        self,
        *,
        category: str | None = None,
        line: str | None = None,
        fiscal_year: int | None = None,
        month: str | datetime.date | None = None,
        fund: str | None = None,
    ) -> Explanation:
        """Traces a figure to its entries and their sources. What is left out selects everything.

        Parameters
        ----------
        category : str, optional
            A category's id.
        line : str, optional
            A line's id.
        fiscal_year : int, optional
            A fiscal year.
        month : str | datetime.date, optional
            A calendar month.
        fund : str, optional
            A fund's id.

        Returns
        -------
        Explanation
            The figure, the entries that it sums, one entry step by step, and the sources.

        Raises
        ------
        RelocostError
            The ledger has nothing of that name, year or month.

        Examples
        --------
        >>> import relocost as rc
        >>> s = rc.Scenario(start="2026-03", horizon_months=60, household=[34])
        >>> s.ledger("temporary").explain(category="legal").total
        Decimal('1561.20')
        """
        return _explain(self, category, line, fiscal_year, None if month is None else month_text(month, "month"), fund)

    def postings(self) -> Postings:
        """What each fund pays for each line by month, of which journals are written.

        Returns
        -------
        Postings
            A row for each month, category, line and fund.

        Raises
        ------
        RelocostError
            A sum is too large.

        Examples
        --------
        >>> import relocost as rc
        >>> s = rc.Scenario(start="2026-03", horizon_months=60, household=[34])
        >>> s.ledger("temporary").postings().model
        Decimal('159542.41')
        """
        return _journals._of_ledger(self)

    def __len__(self) -> int:
        return len(self._core)

    @overload
    def __getitem__(self, place: int) -> Entry: ...

    @overload
    def __getitem__(self, place: slice) -> list[Entry]: ...

    def __getitem__(self, place: int | slice) -> Entry | list[Entry]:
        if isinstance(place, slice):
            return [self[each] for each in range(*place.indices(len(self)))]
        place, length = operator.index(place), len(self)
        parts = self._core.entry(place % length) if -length <= place < length else None
        if parts is None:
            raise IndexError("the ledger has no such entry")
        return _entry(parts)

    def __iter__(self) -> Iterator[Entry]:
        return (self[place] for place in range(len(self)))


def _explain(
    ledger: Ledger, category: str | None, line: str | None, year: int | None, month: str | None, fund: str | None
) -> Explanation:
    core = ledger._core.explain(category, line, year, month, fund)
    return Explanation(core, _explain, ledger, category, line, year, month, fund)


class Explanation(TableResult):
    """A figure traced to the entries that it sums, and these to their sources."""

    __slots__ = ()

    _core: _relocost.Explanation

    @property
    def ledger(self) -> Ledger:
        """The ledger."""
        ledger: Ledger = self._question[1][0]
        return ledger

    @property
    def currency(self) -> str:
        """The currency of the figure, by its code of ISO 4217."""
        return self.ledger.currency

    @cached_property
    def total(self) -> Decimal:
        """The figure."""
        return self._core.total

    @cached_property
    def entries(self) -> tuple[tuple[Entry, Decimal], ...]:
        """The entries, each with the part of it that the figure sums: all of it, unless a fund was asked for."""
        return tuple((_entry(parts), summed) for parts, summed in self._core.entries())

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        """Where the amounts and rates of the entries come from, each once."""
        table = self._core.table("sources")
        return tuple(Source(*table.row(place)) for place in range(len(table)))
