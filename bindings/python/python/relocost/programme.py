"""A programme: the budget of many cases over several fiscal years, who waits, and what agreements are worth."""

from __future__ import annotations

import datetime
import json
import os
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from typing import Any

from . import _relocost
from . import futures as _futures
from . import journals as _journals
from . import payments as _payments
from ._discreet import discreet
from ._draws import Sampling
from ._papers import ProgrammePapers
from ._progress import Bar
from ._result import Drawn, Lang, PathLike, Result
from ._values import plain, whole
from .charts import Charted
from .errors import Finding, _finding
from .futures import ProgrammeSimulation
from .journals import Postings
from .payments import PaidRows, Payments
from .questions import BudgetDiff, ExpectationOutcome
from .scenario import Scenario
from .simulation import SimulationPart
from .table import Table, part

__all__ = ["Programme", "ProgrammeRun", "load_programme", "loads_programme"]


@discreet
class Programme(ProgrammePapers):
    """A checked programme: cases, agreements and fiscal years in one setting. It does not change.

    It is made by `load_programme`, `loads_programme` or `from_dict`, and pickles as what it was made from.

    >>> import relocost as rc
    >>> p = rc.Programme.from_dict({
    ...     "catalogue": "reference",
    ...     "programme": {"first_fiscal_year": 2026, "fiscal_years": 3},
    ...     "cases": [{"members": [{"age": 34}], "arrives": "2026-01", "count": 4, "every_months": 6}],
    ...     "agreements": [{"id": "north", "label": "North", "from": "2026-03", "places_per_year": 1}],
    ... })
    >>> p
    Programme(2026 to 2028, 4 cases, 1 agreement)
    >>> run = p.run()
    >>> run.totals["as_planned"] < run.totals["as_signed"]
    True
    """

    __slots__ = ("_core", "_recipe")

    _core: _relocost.Programme
    _recipe: tuple[Callable[..., Programme], tuple[Any, ...]]

    def __init__(self) -> None:
        raise TypeError("a Programme is made by load_programme(), loads_programme() or Programme.from_dict()")

    @classmethod
    def _of(cls, core: _relocost.Programme, recipe: Callable[..., Programme], *arguments: Any) -> Programme:
        self = Programme.__new__(Programme)
        self._core = core
        self._recipe = (recipe, arguments)
        return self

    @classmethod
    def from_dict(cls, tables: Mapping[str, Any]) -> Programme:
        """Makes a programme from the tables of a file.

        Parameters
        ----------
        tables : Mapping[str, Any]
            The tables of a file, as a dictionary. Numbers are texts, whole numbers or Decimals. It can name the
            catalogue `"reference"` only, and its cases have their members in it.

        Returns
        -------
        Programme
            The checked programme.

        Raises
        ------
        RelocostError
            Everything that is wrong with the tables, by key.
        TypeError
            A value is a binary floating-point number, which would not be exact.

        Examples
        --------
        >>> import relocost as rc
        >>> p = rc.Programme.from_dict({
        ...     "catalogue": "reference",
        ...     "programme": {"first_fiscal_year": 2026, "fiscal_years": 1},
        ...     "cases": [{"members": [{"age": 34}], "arrives": "2026-01"}],
        ...     "agreements": [{"id": "north", "label": "North", "from": "2026-03", "places_per_year": 1}],
        ... })
        >>> p
        Programme(2026, 1 case, 1 agreement)
        """
        return _own(json.dumps({"schema": 1, **plain(tables)}, ensure_ascii=False))

    @property
    def currency(self) -> str:
        """The currency of every figure, by its code of ISO 4217."""
        return self._core.currency

    @property
    def start(self) -> datetime.date:
        """The first month, as its first day."""
        return self._core.start

    @property
    def until(self) -> datetime.date:
        """The month after the last, as its first day."""
        return self._core.until

    @property
    def fiscal_year_start(self) -> int:
        """The calendar month, 1 to 12, in which a fiscal year begins."""
        return self._core.fiscal_year_start

    @property
    def fiscal_years(self) -> list[int]:
        """The fiscal years, ascending."""
        return self._core.fiscal_years

    @property
    def cases(self) -> int:
        """The number of cases that run."""
        return self._core.cases

    def agreements(self, lang: Lang = "en") -> dict[str, str]:
        """The agreements, by id, with their labels.

        Parameters
        ----------
        lang : Lang, default 'en'
            English or French.

        Returns
        -------
        dict
            Labels by id, in the order in which a case takes the first that suits it.

        Examples
        --------
        >>> import relocost as rc
        >>> p = rc.Programme.from_dict({
        ...     "catalogue": "reference",
        ...     "programme": {"first_fiscal_year": 2026, "fiscal_years": 1},
        ...     "cases": [{"members": [{"age": 34}], "arrives": "2026-01"}],
        ...     "agreements": [{"id": "north", "label": "North", "from": "2026-03", "places_per_year": 1}],
        ... })
        >>> p.agreements()
        {'north': 'North'}
        """
        return {id: fr if lang == "fr" else en for id, en, fr in self._core.agreements()}

    @property
    def setting(self) -> Scenario:
        """The setting that all cases share, as the scenario of nobody: prices, solutions, funds."""
        return Scenario._of(self._core.setting(), _setting, self)

    def warnings(self) -> list[Finding]:
        """Warnings about the file: odd but harmless; no value of a household stands in it.

        Returns
        -------
        list of Finding
            The findings, none of which is an error.

        Examples
        --------
        >>> import relocost as rc
        >>> p = rc.Programme.from_dict({
        ...     "catalogue": "reference",
        ...     "programme": {"first_fiscal_year": 2026, "fiscal_years": 1},
        ...     "cases": [{"members": [{"age": 34}], "arrives": "2026-01"}],
        ...     "agreements": [{"id": "north", "label": "North", "from": "2026-03", "places_per_year": 1}],
        ... })
        >>> p.warnings()
        []
        """
        return [_finding(parts) for parts in self._core.warnings()]

    def run(
        self, *, values: bool = True, cases: bool = False, threads: int | None = None, progress: bool = True
    ) -> ProgrammeRun:
        """Runs the programme.

        Parameters
        ----------
        values : bool, default True
            Whether to say what agreements are worth and what single steps would save.
        cases : bool, default False
            Whether to give rows of single cases, which tell where each household lives.
        threads : int, optional
            The number of threads; all cores if left out. The result does not depend on it.
        progress : bool, default True
            Whether to show a progress bar after a second.

        Returns
        -------
        ProgrammeRun
            Every figure, exact.

        Raises
        ------
        RelocostError
            A rate that a charge needs is missing, or a figure is too large.

        Examples
        --------
        >>> import relocost as rc
        >>> p = rc.Programme.from_dict({
        ...     "catalogue": "reference",
        ...     "programme": {"first_fiscal_year": 2026, "fiscal_years": 1},
        ...     "cases": [{"members": [{"age": 34}], "arrives": "2026-01"}],
        ...     "agreements": [{"id": "north", "label": "North", "from": "2026-03", "places_per_year": 1}],
        ... })
        >>> list(p.run(values=False).totals)
        ['as_signed', 'as_planned', 'all_settled']
        """
        return _run(self, values, cases, whole(threads, "threads", 1), progress)

    def simulate(
        self,
        draws: int = 10_000,
        seed: int = 0,
        *,
        sampling: Sampling = "random",
        threads: int | None = None,
        progress: bool = True,
    ) -> ProgrammeSimulation:
        """Simulates futures of the programme: arrivals, slips, refusals, processing, events and prices by chance.

        Each future has the same numbers with all agreements, with those that are signed, with none, with each left out,
        and with all cases settled.

        Parameters
        ----------
        draws : int, default 10000
            The number of futures, at most 2^36.
        seed : int, default 0
            The number from which all random numbers follow.
        sampling : Sampling, default 'random'
            The placement of the uncertain parameters: independent draws, Latin hypercubes, or scrambled Sobol' points.
            All else is drawn independently.
        threads : int, optional
            The number of threads; all cores if left out. The result does not depend on it.
        progress : bool, default True
            Whether to show a progress bar after a second.

        Returns
        -------
        ProgrammeSimulation
            What every figure comes to over the futures.

        Raises
        ------
        ValidationError
            An option is out of range.
        RelocostError
            A rate that a charge needs is missing, a figure is too large, or more cases arrive than a programme may
            have.

        Examples
        --------
        >>> import relocost as rc
        >>> p = rc.Programme.from_dict({
        ...     "catalogue": "reference",
        ...     "programme": {"first_fiscal_year": 2026, "fiscal_years": 2},
        ...     "arrivals": [{"members": [{"age": 34}], "per_year": 6}],
        ... })
        >>> year = p.simulate(200).lines["as_planned"].by_fiscal_year[2027]
        >>> year.quantile(0.5) < year.quantile(0.8)
        True
        """
        return _futures.simulate(self, _futures.options(draws, seed, sampling, threads), progress)

    def simulate_range(
        self,
        first: int,
        end: int,
        *,
        draws: int = 10_000,
        seed: int = 0,
        sampling: Sampling = "random",
        threads: int | None = None,
        progress: bool = True,
    ) -> SimulationPart:
        """Simulates a range of the futures of a simulation: a part, to be merged with others.

        Parameters
        ----------
        first : int
            The first future.
        end : int
            The future after the last.
        draws : int, default 10000
            The number of futures of the whole simulation.
        seed : int, default 0
            The number from which all random numbers follow.
        sampling : Sampling, default 'random'
            The placement of the uncertain parameters: independent draws, Latin hypercubes, or scrambled Sobol' points.
            All else is drawn independently.
        threads : int, optional
            The number of threads; all cores if left out. The result does not depend on it.
        progress : bool, default True
            Whether to show a progress bar after a second.

        Returns
        -------
        SimulationPart
            The part.

        Raises
        ------
        ValidationError
            The range lies beyond the futures, or an option is out of range.
        RelocostError
            A rate that a charge needs is missing, a figure is too large, or more cases arrive than a programme may
            have.

        Examples
        --------
        >>> import relocost as rc
        >>> p = rc.Programme.from_dict({
        ...     "catalogue": "reference",
        ...     "programme": {"first_fiscal_year": 2026, "fiscal_years": 2},
        ...     "arrivals": [{"members": [{"age": 34}], "per_year": 6}],
        ... })
        >>> p.simulate_range(0, 80, draws=200).draws
        80
        """
        return _futures.simulate_range(self, _futures.options(draws, seed, sampling, threads), first, end, progress)

    def simulation_of_part(
        self,
        part: SimulationPart,
        *,
        draws: int = 10_000,
        seed: int = 0,
        sampling: Sampling = "random",
        progress: bool = True,
    ) -> ProgrammeSimulation:
        """Makes a simulation of merged parts that hold every future: the same bits as `simulate` with these options.

        Parameters
        ----------
        part : SimulationPart
            The merged parts.
        draws : int, default 10000
            The number of futures, at most 2^36.
        seed : int, default 0
            The number from which all random numbers follow.
        sampling : Sampling, default 'random'
            The placement of the uncertain parameters: independent draws, Latin hypercubes, or scrambled Sobol' points.
            All else is drawn independently.
        progress : bool, default True
            Whether to show a progress bar after a second.

        Returns
        -------
        ProgrammeSimulation
            What every figure comes to over the futures.

        Raises
        ------
        ValidationError
            The part belongs to another simulation, or futures are missing.

        Examples
        --------
        >>> import relocost as rc
        >>> p = rc.Programme.from_dict({
        ...     "catalogue": "reference",
        ...     "programme": {"first_fiscal_year": 2026, "fiscal_years": 2},
        ...     "arrivals": [{"members": [{"age": 34}], "per_year": 6}],
        ... })
        >>> part = p.simulate_range(0, 80, draws=200).merge(p.simulate_range(80, 200, draws=200))
        >>> p.simulation_of_part(part, draws=200) == p.simulate(200)
        True
        """
        return _futures.simulation_of_part(self, _futures.options(draws, seed, sampling, None), part, progress)

    def payments(
        self,
        payments: PaidRows,
        *,
        from_: str | datetime.date | None = None,
        until: str | datetime.date | None = None,
        window: int = 2,
        progress: bool = True,
    ) -> Payments:
        """Payments beside what the programme costs as planned: what was paid, and why it differs, to the cent.

        Parameters
        ----------
        payments : PaidRows
            The path of a CSV file or a workbook, a data frame, a dictionary of columns, or a list of dictionaries.
        from_ : str or datetime.date, optional
            The first month compared; the first of all if left out.
        until : str or datetime.date, optional
            The last month compared; that of the latest payment if left out.
        window : int, default 2
            The greatest number of months between a charge and its payment.
        progress : bool, default True
            Whether to show a progress bar after a second.

        Returns
        -------
        Payments
            Model, payments and their difference in six parts, by line, category, budget year and fund.

        Raises
        ------
        RelocostError
            Everything that is wrong with the table, by row and column.
        TypeError
            The payments are not given in one of these forms.

        Examples
        --------
        >>> import relocost as rc
        >>> p = rc.Programme.from_dict({
        ...     "catalogue": "reference",
        ...     "programme": {"first_fiscal_year": 2026, "fiscal_years": 1},
        ...     "cases": [{"members": [{"age": 34}], "arrives": "2026-01"}],
        ... })
        >>> rows = [{"month": "2026-01", "line": "short-let", "amount": 925, "currency": "EUR"}]
        >>> p.payments(rows).total.paid
        Decimal('925.00')
        """
        return _payments.paid(self, payments, None, from_, until, window, progress)

    def postings(self, *, progress: bool = True) -> Postings:
        """What each fund pays for each line by month, as planned, of which journals are written.

        Parameters
        ----------
        progress : bool, default True
            Whether to show a progress bar after a second.

        Returns
        -------
        Postings
            A row for each month, category, line and fund.

        Raises
        ------
        RelocostError
            A rate that a charge needs is missing, or a figure is too large.

        Examples
        --------
        >>> import relocost as rc
        >>> p = rc.Programme.from_dict({
        ...     "catalogue": "reference",
        ...     "programme": {"first_fiscal_year": 2026, "fiscal_years": 2},
        ...     "cases": [{"members": [{"age": 34}], "arrives": "2026-01"}],
        ... })
        >>> p.postings().model == p.run().totals["as_planned"]
        True
        """
        return _journals._of_programme(self, progress)

    def diff(self, new: Programme, *, threads: int | None = None, progress: bool = True) -> BudgetDiff:
        """Compares this programme with a newer one: what each cause adds, by fiscal year and fund.

        Cases are the same if they have the same name: a row of a table its reference, any other case the id of its
        entry, else its reference, else its place among those that have neither.

        Parameters
        ----------
        new : Programme
            The newer programme, in the same currency.
        threads : int, optional
            The number of threads; all cores if left out. The result does not depend on it.
        progress : bool, default True
            Whether to show a progress bar after a second.

        Returns
        -------
        BudgetDiff
            The causes in order, which add up to the difference in every cell.

        Raises
        ------
        RelocostError
            The currencies differ, or a rate that a charge needs is missing.

        Examples
        --------
        >>> import relocost as rc
        >>> p = rc.Programme.from_dict({
        ...     "catalogue": "reference",
        ...     "programme": {"first_fiscal_year": 2026, "fiscal_years": 1},
        ...     "cases": [{"members": [{"age": 34}], "arrives": "2026-01"}],
        ... })
        >>> len(p.diff(p).changes)
        0
        """
        return _diff(self, new, whole(threads, "threads", 1), progress)

    def run_expectations(self, *, progress: bool = True) -> list[ExpectationOutcome]:
        """Runs the expectations that the programme's file carries.

        Parameters
        ----------
        progress : bool, default True
            Whether to show a progress bar after a second.

        Returns
        -------
        list of ExpectationOutcome
            An outcome for each, which is true if it passed.

        Raises
        ------
        RelocostError
            A figure cannot be computed.

        Examples
        --------
        >>> import relocost as rc
        >>> p = rc.Programme.from_dict({
        ...     "catalogue": "reference",
        ...     "programme": {"first_fiscal_year": 2026, "fiscal_years": 1},
        ...     "cases": [{"members": [{"age": 34}], "arrives": "2026-01"}],
        ...     "agreements": [{"id": "north", "label": "North", "from": "2026-03", "places_per_year": 1}],
        ... })
        >>> p.run_expectations()
        []
        """
        with Bar("expectations", progress) as bar:
            return [ExpectationOutcome(*parts) for parts in self._core.run_expectations(bar)]

    def __copy__(self) -> Programme:
        return self

    def __deepcopy__(self, memo: dict[int, Any]) -> Programme:
        return self

    def __reduce__(self) -> tuple[Any, tuple[Any, ...]]:
        return self._recipe

    def __repr__(self) -> str:
        years, agreements = self.fiscal_years, len(self._core.agreements())
        span = f"{years[0]}" if len(years) == 1 else f"{years[0]} to {years[-1]}"
        cases = f"{self.cases} case{'' if self.cases == 1 else 's'}"
        return f"Programme({span}, {cases}, {agreements} agreement{'' if agreements == 1 else 's'})"


class ProgrammeRun(Result, Drawn, Charted):
    """The result of a run of a programme: three lines by fiscal year and fund, and why they differ.

    All of it is internal: the difference of two runs with one case or one agreement more is almost one household's
    cost. Its main chart is the cost by budget year against the ceilings.

    >>> import relocost as rc
    >>> p = rc.Programme.from_dict({
    ...     "catalogue": "reference",
    ...     "programme": {"first_fiscal_year": 2026, "fiscal_years": 2},
    ...     "cases": [{"members": [{"age": 34}], "arrives": "2025-06"}],
    ...     "agreements": [{"id": "north", "label": "North", "grants": [{"month": "2026-03", "places": 1}]}],
    ... })
    >>> run = p.run()
    >>> sum(run.budget["as_planned"]) == run.totals["as_planned"]
    True
    >>> run.agreements["used"], run.waiting["median"]
    ([1], [2])
    >>> list(run.tables)[:3]
    ['budget', 'budget_years', 'budget_funds']
    """

    __slots__ = ()

    _core: _relocost.ProgrammeRun
    _chart = "programme"

    @property
    def programme(self) -> Programme:
        """The programme that was run."""
        programme: Programme = self._question[1][0]
        return programme

    @property
    def currency(self) -> str:
        """The currency of every figure, by its code of ISO 4217."""
        return self._core.currency

    @property
    def totals(self) -> dict[str, Decimal]:
        """The totals of `as_signed`, `as_planned` and `all_settled`."""
        return {line: self._core.total(line) for line in ("as_signed", "as_planned", "all_settled")}

    @property
    def extra(self) -> Decimal:
        """The avoidable cost: `as_planned` less `all_settled`. It does not compare with the reported band."""
        return self._core.extra("total")

    @property
    def joint(self) -> Decimal | None:
        """The saving of all agreements together within the programme; None if that was not asked."""
        return self._core.joint(False)

    @cached_property
    def budget(self) -> Table:
        """A row for each fiscal year and fund: as_signed, as_planned, all_settled, extra."""
        return part(self, "budget", Table(self._core.table("budget")))

    @cached_property
    def causes(self) -> Table:
        """The causes of the extra cost: rows that add up to `extra`."""
        return part(self, "causes", Table(self._core.table("causes")))

    @cached_property
    def ceilings(self) -> Table:
        """For each fund and year that has a ceiling: total, ceiling, excess."""
        return part(self, "ceilings", Table(self._core.table("ceilings")))

    @cached_property
    def values(self) -> Table:
        """The value of agreements, in total and by fund, within the programme and with the run-off.

        Only `value` adds up. A row without an agreement is of all of them together, one without a fund of all funds.
        """
        return part(self, "values", Table(self._core.table("values")))

    @cached_property
    def steps(self) -> Table:
        """The saving of single steps: one more place, grants a month later, shorter processing, another queue."""
        return part(self, "steps", Table(self._core.table("steps")))

    @cached_property
    def months(self) -> Table:
        """A row for each month: who arrived, was given a place, moved, waits; persons; what it costs."""
        return part(self, "months", Table(self._core.table("months")))

    @cached_property
    def waiting(self) -> Table:
        """One row: how many queued, were given a place, and how long they waited."""
        return part(self, "waiting", Table(self._core.table("waiting")))

    @cached_property
    def agreements(self) -> Table:
        """The places of each agreement: in hand and granted are used, lapsed or left."""
        return part(self, "agreements", Table(self._core.table("agreements")))

    @cached_property
    def cases(self) -> Table:
        """A row for each case, if they were asked for. They tell where households live."""
        return part(self, "cases", Table(self._core.table("cases")))

    def warnings(self) -> list[Finding]:
        """Warnings about the programme: odd but harmless, such as cases that no agreement could ever take.

        Returns
        -------
        list of Finding
            The findings, none of which is an error.

        Examples
        --------
        >>> import relocost as rc
        >>> p = rc.Programme.from_dict({
        ...     "catalogue": "reference",
        ...     "programme": {"first_fiscal_year": 2026, "fiscal_years": 1},
        ...     "cases": [{"members": [{"age": 34}], "arrives": "2026-01"}],
        ...     "agreements": [{"id": "north", "label": "North", "from": "2026-03", "places_per_year": 1}],
        ... })
        >>> p.run().warnings()
        []
        """
        return [_finding(parts) for parts in self._core.warnings()]


@discreet
def load_programme(path: PathLike, *, catalogues: Sequence[PathLike] = (), show_values: bool = False) -> Programme:
    """Loads a programme from a file of TOML or JSON, with its catalogue and the tables of households that it names.

    These may lie in the programme's own folder or below it, or in one of the folders `catalogues`.

    Parameters
    ----------
    path : PathLike
        The file of the programme.
    catalogues : Sequence[PathLike], default ()
        Folders in which catalogues and tables of households may lie.
    show_values : bool, default False
        Whether errors may show values that could identify a household; for use on your own machine.

    Returns
    -------
    Programme
        The checked programme.

    Raises
    ------
    RelocostError
        Everything that is wrong with any of the files, by line, column and key.
    TypeError
        A text is given instead of a path.

    Examples
    --------
    >>> import relocost as rc
    >>> p = rc.load_programme("programme.toml")  # doctest: +SKIP
    """
    if isinstance(path, str) and "\n" in path:
        raise TypeError("load_programme() takes the path of a file; for its text use loads_programme()")
    if isinstance(catalogues, (str, os.PathLike)):
        raise TypeError("catalogues: expected a list of folders")
    folders = [os.path.abspath(folder) for folder in catalogues]
    return _loaded(os.path.abspath(path), folders, show_values)


@discreet
def loads_programme(text: str, *, show_values: bool = False) -> Programme:
    """Loads a programme from a text of TOML or JSON.

    It can name the catalogue `"reference"` only, and its cases have their members in the text.

    Parameters
    ----------
    text : str
        The text.
    show_values : bool, default False
        Whether errors may show values that could identify a household.

    Returns
    -------
    Programme
        The checked programme.

    Raises
    ------
    RelocostError
        Everything that is wrong with the text, by line, column and key.

    Examples
    --------
    >>> import relocost as rc
    >>> text = '''schema = 1
    ... catalogue = "reference"
    ... programme = { first_fiscal_year = 2026, fiscal_years = 1 }
    ... cases = [{ members = [{ age = 34 }], arrives = "2026-01" }]'''
    >>> rc.loads_programme(text).run().totals["as_planned"]
    Decimal('31780.00')
    """
    return _read(text, show_values)


def _loaded(path: str, folders: list[str], show_values: bool) -> Programme:
    core = _relocost.Programme.load(path, folders, show_values)
    return Programme._of(core, _loaded, path, folders, show_values)


def _read(text: str, show_values: bool) -> Programme:
    return Programme._of(_relocost.Programme.parse(text, show_values, False), _read, text, show_values)


def _own(text: str) -> Programme:
    return Programme._of(_relocost.Programme.parse(text, False, True), _own, text)


def _setting(programme: Programme) -> Scenario:
    return programme.setting


def _diff(old: Programme, new: Programme, threads: int | None, progress: bool) -> BudgetDiff:
    if not isinstance(new, Programme):
        raise TypeError("expected two programmes")
    with Bar("changes", progress) as bar:
        core = old._core.diff(new._core, threads, bar)
    return BudgetDiff(core, _diff, old, new, threads, progress)


def _run(programme: Programme, values: bool, cases: bool, threads: int | None, progress: bool) -> ProgrammeRun:
    with Bar("programme", progress) as bar:
        core = programme._core.run(values, cases, threads, bar)
    return ProgrammeRun(core, _run, programme, values, cases, threads, progress)
