"""Journals: what each fund pays for each line by month, as double entry for the accounts."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Literal, overload

from . import _relocost
from ._progress import Bar
from ._result import Lang, PathLike, TableResult, written

if TYPE_CHECKING:
    from ._cases import ScenarioCaseloads
    from ._given import Taken
    from .ledger import Ledger
    from .payments import Payments
    from .programme import Programme

__all__ = ["JournalProgram", "Postings"]

JournalProgram = Literal["hledger", "beancount", "csv"]
"""The program that a journal is for: hledger and programs that read its journals, Beancount and with it Fava, or any
other (`csv`)."""


class Postings(TableResult):
    """What each fund pays for each line by month.

    Of a pathway, of a caseload, of a programme as planned, or of payments with the model beside them.

    As a table it has a row for each month, category, line and fund, with both accounts.

    >>> import relocost as rc
    >>> ledger = rc.Scenario(start="2026-03", horizon_months=12, household=[34]).ledger("permanent")
    >>> postings = ledger.postings()
    >>> postings.model == ledger.total == sum(postings.table["model"])
    True
    >>> postings.journal("hledger").splitlines()[0].startswith("; Internal")
    True
    """

    __slots__ = ()

    _core: _relocost.Postings

    @property
    def pathway(self) -> str | None:
        """The pathway; none of a programme."""
        return self._core.pathway

    @property
    def has_payments(self) -> bool:
        """True if payments stand beside the model: they are the entries of a journal, and the model is its budget."""
        return self._core.has_payments

    @property
    def model(self) -> Decimal:
        """The sum of what the model has."""
        return self._core.figure("model")

    @property
    def paid(self) -> Decimal:
        """The sum of what was paid; 0 where there are no payments."""
        return self._core.figure("paid")

    @overload
    def journal(self, program: JournalProgram, path: None = None, *, lang: Lang = "en") -> str: ...

    @overload
    def journal(self, program: JournalProgram, path: PathLike, *, lang: Lang = "en") -> None: ...

    def journal(self, program: JournalProgram, path: PathLike | None = None, *, lang: Lang = "en") -> str | None:
        """Double entry for a program: the same text as the command `journal`.

        The charge of a line is a debit of `Expenses:CATEGORY:LINE` against `Equity:Funds:FUND`, on the first day of its
        month. Where payments stand beside the model, `hledger balance --budget` shows the variance.

        Parameters
        ----------
        program : JournalProgram
            The program that it is for.
        path : PathLike, optional
            The file to write, for its owner alone; the text is returned if left out.
        lang : Lang, default 'en'
            The language of labels.

        Returns
        -------
        str or None
            The text, or None where it is written to a file, completely or not at all.

        Raises
        ------
        RelocostError
            There is no such program, or a sum is too large.
        OSError
            The file cannot be written.

        Examples
        --------
        >>> import relocost as rc
        >>> ledger = rc.Scenario(start="2026-03", horizon_months=12, household=[34]).ledger("permanent")
        >>> "Expenses:Housing:Rent" in ledger.postings().journal("beancount")
        True
        """
        return written(self._core.journal(program, lang), path, private=True)


def _of_ledger(ledger: Ledger) -> Postings:
    return Postings(ledger._core.postings(), _of_ledger, ledger)


def _of_payments(payments: Payments) -> Postings:
    return Postings(payments._core.postings(), _of_payments, payments)


def _of_programme(programme: Programme, progress: bool) -> Postings:
    with Bar("cases", progress) as bar:
        return Postings(programme._core.postings(bar), _of_programme, programme, progress)


def _of_caseload(
    scenario: ScenarioCaseloads, households: Taken, pathway: str, threads: int | None, progress: bool
) -> Postings:
    with Bar("households", progress) as bar:
        core = scenario._core.caseload_postings(households, pathway, threads, bar)
    return Postings(core, _of_caseload, scenario, households, pathway, threads, progress)
