"""Payments beside the model: what was paid by line and month, why it differs, and the prices that payments imply."""

from __future__ import annotations

import datetime
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, overload

from . import _progress, _relocost
from . import journals as _journals
from ._given import Given, GivenTable, Taken
from ._result import Drawn, Lang, PathLike, Reported, TableResult, written
from ._values import figures_repr, month_text, whole
from .charts import Charted
from .journals import Postings
from .table import Table, part

if TYPE_CHECKING:
    from ._pathways import ScenarioPathways
    from .programme import Programme

__all__ = ["PaidRows", "PaymentTotal", "Payments", "PriceEstimates"]

PaidRows = Given
"""The path of a CSV file or a workbook (xlsx), a data frame of pandas or Polars, a table of pyarrow, a dictionary of
columns, or a list of dictionaries: `month`, `amount` (exact: a text, an int or a Decimal; negative for a credit note),
`currency`, `line` or `category`, and if wanted `rate` (units of the scenario's currency for one), `quantity` and
`reference`. Other columns are not read, and no text of a payment is shown."""

_TABLE = GivenTable(
    "payments",
    columns=("month", "line", "category", "amount", "currency", "rate", "quantity", "reference"),
    empty=("month", "line", "amount", "currency"),
    exact=("amount", "rate", "quantity"),
)


class PaymentTotal(NamedTuple):
    """The whole: paid - model = difference = exchange + price + volume + timing + not_paid + not_planned."""

    model: Decimal
    """The sum of the model's entries."""
    paid: Decimal
    """The sum of the payments."""
    difference: Decimal
    """The payments less the model."""
    exchange: Decimal
    """The part that comes from the payments' own exchange rates."""
    price: Decimal
    """The part that comes from prices, and from all else where no quantities are given."""
    volume: Decimal
    """The part that comes from quantities."""
    timing: Decimal
    """The part paid in another month than the model's; 0 over all months."""
    not_paid: Decimal
    """The part that the model expects and nobody paid."""
    not_planned: Decimal
    """The part that was paid and the model does not expect."""

    def __repr__(self) -> str:
        return figures_repr(self)


class Payments(Drawn, Charted, Reported, TableResult):
    """Payments beside a pathway's ledger, or beside what a programme costs as planned.

    Its chart goes from the model's sum over the causes of the difference to what was paid. As a table it has every
    figure; `lines`, `by_category`, `by_fiscal_year` and `by_fund` are tables of their own. Payments of a file
    pickle as the path of that file.

    >>> import relocost as rc
    >>> s = rc.Scenario(start="2026-03", horizon_months=12, household=[34])
    >>> rows = [{"month": "2026-03", "line": "short-let", "amount": 925, "currency": "EUR"}]
    >>> paid = s.payments(rows, "temporary")
    >>> paid.total.paid, paid.total.difference == paid.total.price + paid.total.not_paid
    (Decimal('925.00'), True)
    """

    __slots__ = ()

    _core: _relocost.Payments
    _chart = "payments"

    def workbook(self, lang: Lang = "en") -> bytes:
        """An XLSX workbook with live formulas: from payments, prices and rates to the difference and its parts.

        An auditor changes a payment, its rate or its quantity, or a price or a rate of the model, and what payments are
        worth, the model, and the parts of the difference follow, by month, line, category, budget year and fund. Which
        charge is paid in which month is fixed. It is internal, and says so.

        Parameters
        ----------
        lang : Lang, default 'en'
            English or French.

        Returns
        -------
        bytes
            The workbook, the same as the command's; the same input gives the same bytes.

        Raises
        ------
        RelocostError
            An amount has more digits than a cell holds.

        Examples
        --------
        >>> import relocost as rc
        >>> s = rc.Scenario(start="2026-03", horizon_months=12, household=[34])
        >>> rows = [{"month": "2026-03", "line": "short-let", "amount": 925, "currency": "EUR"}]
        >>> s.payments(rows, "temporary").workbook()[:2]  # an archive, as every XLSX file is
        b'PK'
        """
        return self._core.workbook(lang)

    @property
    def pathway(self) -> str | None:
        """The pathway; none of a programme."""
        return self._core.pathway

    @property
    def months(self) -> tuple[datetime.date, datetime.date]:
        """The first and the last month compared."""
        return self._core.months

    @property
    def window(self) -> int:
        """The greatest number of months between a charge and its payment."""
        return self._core.window

    @property
    def total(self) -> PaymentTotal:
        """The whole: the sum of any of the tables."""
        return PaymentTotal(*map(self._core.figure, PaymentTotal._fields))

    @property
    def rest(self) -> Decimal:
        """The model's entries after the last month compared."""
        return self._core.figure("rest")

    @property
    def forecast(self) -> Decimal:
        """The cost to expect: what was paid, and the rest."""
        return self._core.figure("forecast")

    @cached_property
    def lines(self) -> Table:
        """A row for each line, and for each category of payments that name no line."""
        return part(self, "lines", Table(self._core.table("lines")))

    @cached_property
    def by_category(self) -> Table:
        """A row for each category."""
        return part(self, "by_category", Table(self._core.table("by_category")))

    @cached_property
    def by_fiscal_year(self) -> Table:
        """A row for each budget year."""
        return part(self, "by_fiscal_year", Table(self._core.table("by_fiscal_year")))

    @cached_property
    def by_fund(self) -> Table:
        """A row for each fund."""
        return part(self, "by_fund", Table(self._core.table("by_fund")))

    def postings(self) -> Postings:
        """What was paid by month, line and fund, with the model as its budget, of which journals are written.

        Returns
        -------
        Postings
            A row for each month, category, line and fund.

        Examples
        --------
        >>> import relocost as rc
        >>> s = rc.Scenario(start="2026-03", horizon_months=12, household=[34])
        >>> rows = [{"month": "2026-03", "line": "short-let", "amount": 925, "currency": "EUR"}]
        >>> s.payments(rows, "temporary").postings().paid
        Decimal('925.00')
        """
        return _journals._of_payments(self)

    def estimate(self, *, credibility: int = 4) -> PriceEstimates:
        """What the payments say about prices.

        Parameters
        ----------
        credibility : int, default 4
            The number of payments for which the catalogue's amount counts, where a line has fewer than 8: k in
            n / (n + k).

        Returns
        -------
        PriceEstimates
            A row for each line: unit prices at its price base, their spread, and an amount for the catalogue.

        Raises
        ------
        RelocostError
            A price is too large.

        Examples
        --------
        >>> import relocost as rc
        >>> s = rc.Scenario(start="2026-03", horizon_months=12, household=[34])
        >>> rows = [{"month": "2026-03", "line": "short-let", "amount": 925, "currency": "EUR"}]
        >>> s.payments(rows, "temporary").estimate(credibility=0).table["amount"]
        [Decimal('1321.43')]
        """
        return _estimate(self, whole(credibility, "credibility", 0) or 0)


class PriceEstimates(TableResult):
    """What payments say about prices, a row for each line that was paid.

    >>> import relocost as rc
    >>> s = rc.Scenario(start="2026-03", horizon_months=12, household=[34])
    >>> rows = [{"month": "2026-03", "line": "short-let", "amount": 925, "currency": "EUR"}]
    >>> prices = s.payments(rows, "temporary").estimate()
    >>> prices.table["line"], prices.table["count"]
    (['short-let'], [1])
    """

    __slots__ = ()

    _core: _relocost.PriceEstimates

    @property
    def credibility(self) -> int:
        """The number of payments for which the catalogue's amount counts, where they are few."""
        return self._core.credibility

    @overload
    def to_catalogue(self, path: None = None) -> str: ...

    @overload
    def to_catalogue(self, path: PathLike) -> None: ...

    def to_catalogue(self, path: PathLike | None = None) -> str | None:
        """A catalogue with the amounts, to lie over the one that was paid for.

        Parameters
        ----------
        path : PathLike, optional
            The file to write; the text is returned if left out.

        Returns
        -------
        str or None
            The text, in TOML, or None where it is written to a file, completely or not at all.

        Raises
        ------
        OSError
            The file cannot be written.

        Examples
        --------
        >>> import relocost as rc
        >>> s = rc.Scenario(start="2026-03", horizon_months=12, household=[34])
        >>> rows = [{"month": "2026-03", "line": "short-let", "amount": 925, "currency": "EUR"}]
        >>> print(s.payments(rows, "temporary").estimate().to_catalogue().splitlines()[-1])
        source = "payments 2026-03 to 2026-03, 1"
        """
        return written(self._core.to_catalogue(), path, private=True)


def paid(
    subject: ScenarioPathways | Programme,
    payments: PaidRows,
    pathway: str | None,
    from_: str | datetime.date | None,
    until: str | datetime.date | None,
    window: int,
    progress: bool,
) -> Payments:
    """Payments beside a scenario's pathway, or a programme."""
    first = None if from_ is None else month_text(from_, "from_")
    last = None if until is None else month_text(until, "until")
    months = whole(window, "window", 0) or 0
    return _paid(subject, _TABLE.taken(payments), pathway, (first, last, months), progress)


def _paid(
    subject: ScenarioPathways | Programme,
    given: Taken,
    pathway: str | None,
    months: tuple[str | None, str | None, int],
    progress: bool = False,
) -> Payments:
    with _progress.Bar("payments", progress) as show:
        core = subject._core.payments(given, pathway, months, show)
    return Payments(core, _paid, subject, given, pathway, months)


def _estimate(payments: Payments, credibility: int) -> PriceEstimates:
    return PriceEstimates(payments._core.estimate(credibility), _estimate, payments, credibility)
