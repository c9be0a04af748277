"""The questions to a scenario about its pathways: what they cost, why they differ, and what if."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from . import _relocost
from . import payments as _payments
from ._discreet import discreet
from ._progress import Bar
from ._result import Basis
from ._values import (
    ALTERNATIVE,
    BASE,
    BYTES,
    MonthLike,
    Number,
    Share,
    Where,
    decimal_text,
    month_text,
    share_text,
    whole,
)
from .comparison import Comparison
from .ledger import Ledger
from .payments import PaidRows, Payments
from .questions import Calibration, Delay, ExpectationOutcome, Variants, WhatIfs

__all__ = ["ScenarioPathways"]


@discreet
class ScenarioPathways:
    """A scenario whose pathways are costed, compared and asked what if."""

    __slots__ = ()

    _core: _relocost.Scenario

    def compare(
        self,
        base: str = BASE,
        alternative: str = ALTERNATIVE,
        *,
        basis: Basis = "nominal",
        progress: bool = True,
    ) -> Comparison:
        """Compares two pathways: extra cost, premium, and what causes it.

        Parameters
        ----------
        base : str, default 'permanent'
            The pathway that the other is compared with.
        alternative : str, default 'temporary'
            The pathway whose extra cost is asked for.
        basis : Basis, default 'nominal'
            Prices of each year, or constant ones: those of the price base.
        progress : bool, default True
            Whether to show a progress bar after a second.

        Returns
        -------
        Comparison
            The figures of both pathways and of all others.

        Raises
        ------
        RelocostError
            The scenario lacks one of the pathways, or a rate that a charge needs.

        Examples
        --------
        >>> import relocost as rc
        >>> s = rc.Scenario(start="2026-03", horizon_months=60, household=[41, 39, 13, 9])
        >>> s.compare().premium in rc.REPORTED_BAND
        True
        >>> constant = s.compare(basis="constant")
        >>> constant.base.total < s.compare().base.total
        True
        """
        return _compare(self, base, alternative, basis, progress)

    def ledger(self, pathway: str, *, basis: Basis = "nominal", progress: bool = True) -> Ledger:
        """Every charge of a pathway.

        Parameters
        ----------
        pathway : str
            The name of a pathway or a solution.
        basis : Basis, default 'nominal'
            Prices of each year, or constant ones: those of the price base.
        progress : bool, default True
            Whether to show a progress bar after a second.

        Returns
        -------
        Ledger
            The entries, in order of months.

        Raises
        ------
        RelocostError
            The scenario lacks the pathway, or a rate that a charge needs.

        Examples
        --------
        >>> import relocost as rc
        >>> s = rc.Scenario(start="2026-03", horizon_months=12, household=[34])
        >>> ledger = s.ledger("temporary")
        >>> sum(entry.amount for entry in ledger) == ledger.total
        True
        """
        return _ledger(self, pathway, basis, progress)

    def delay(
        self,
        base: str = BASE,
        alternative: str = ALTERNATIVE,
        *,
        months: int | None = None,
        basis: Basis = "nominal",
        progress: bool = True,
    ) -> Delay:
        """The cost of waiting in one solution for another.

        Parameters
        ----------
        base : str, default 'permanent'
            The solution that is waited for.
        alternative : str, default 'temporary'
            The solution in which the household waits.
        months : int, optional
            The longest wait; the horizon if left out.
        basis : Basis, default 'nominal'
            Prices of each year, or constant ones: those of the price base.
        progress : bool, default True
            Whether to show a progress bar after a second.

        Returns
        -------
        Delay
            A row for 0, 1, 2, ... months of waiting.

        Raises
        ------
        RelocostError
            The scenario lacks one of the pathways, or a rate that a charge needs.

        Examples
        --------
        >>> import relocost as rc
        >>> s = rc.Scenario(start="2026-03", horizon_months=60, household=[34])
        >>> s.delay().rows[3].full_course.extra
        Decimal('9070.33')
        """
        return _delay(self, base, alternative, whole(months, "months", 0), basis, progress)

    def calibrate(
        self,
        target: Share,
        lines: Sequence[str],
        base: str = BASE,
        alternative: str = ALTERNATIVE,
        *,
        basis: Basis = "nominal",
        progress: bool = True,
    ) -> Calibration:
        """Finds the factor on the amounts of some lines at which the premium meets a target.

        Parameters
        ----------
        target : Share
            The premium to meet, a share of the base: 0.60 for 60 per cent. A number above 10 is refused, since it is
            most likely one of per cents; a text or a Decimal is taken as it is written.
        lines : Sequence[str]
            The ids of the lines to scale.
        base : str, default 'permanent'
            The pathway that the other is compared with.
        alternative : str, default 'temporary'
            The pathway whose extra cost is asked for.
        basis : Basis, default 'nominal'
            Prices of each year, or constant ones: those of the price base.
        progress : bool, default True
            Whether to show a progress bar after a second.

        Returns
        -------
        Calibration
            The factor, and the scenario with the scaled amounts.

        Raises
        ------
        RelocostError
            The target can only be a number of per cents, no factor meets it, or the scenario lacks a line or a pathway.

        Examples
        --------
        >>> import relocost as rc
        >>> s = rc.Scenario(start="2026-03", horizon_months=60, household=[34])
        >>> s.calibrate("0.30", ["short-let"]).factor
        Decimal('0.929895140131')
        """
        if isinstance(lines, str):
            raise TypeError("lines: expected a list of lines, such as ['short-let']")
        text = share_text(target, "target")
        if not isinstance(target, (str, Decimal)):
            _relocost.no_per_cent(text)
        return _calibrate(self, text, list(lines), base, alternative, basis, progress)

    def payments(
        self,
        payments: PaidRows,
        pathway: str,
        *,
        from_: str | datetime.date | None = None,
        until: str | datetime.date | None = None,
        window: int = 2,
        progress: bool = True,
    ) -> Payments:
        """Payments beside the ledger of a pathway: what was paid by line and month, and why it differs, to the cent.

        Parameters
        ----------
        payments : PaidRows
            The path of a CSV file or a workbook, a data frame, a dictionary of columns, or a list of dictionaries.
        pathway : str
            The pathway, or solution, that is paid for.
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
        >>> s = rc.Scenario(start="2026-03", horizon_months=12, household=[34])
        >>> rows = [{"month": "2026-03", "line": "short-let", "amount": 925, "currency": "EUR"}]
        >>> s.payments(rows, pathway="temporary").total.paid
        Decimal('925.00')
        """
        return _payments.paid(self, payments, pathway, from_, until, window, progress)

    def run_expectations(self, *, progress: bool = True) -> list[ExpectationOutcome]:
        """Runs the expectations that the scenario's file carries.

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
            A figure that an expectation names cannot be computed.

        Examples
        --------
        >>> import relocost as rc
        >>> s = rc.Scenario(
        ...     start="2026-03", horizon_months=60, household=[34],
        ...     expect=[{"figure": "comparison.extra", "equals": "39806.27"}],
        ... )
        >>> [outcome.passed for outcome in s.run_expectations()]
        [True]
        """
        with Bar("expectations", progress) as bar:
            return [ExpectationOutcome(*parts) for parts in self._core.run_expectations(bar)]

    def compare_variants(
        self,
        base: str = BASE,
        alternative: str = ALTERNATIVE,
        *,
        basis: Basis = "nominal",
        progress: bool = True,
    ) -> Variants:
        """Compares two pathways in every variant of the scenario, beside the scenario as it stands.

        Parameters
        ----------
        base : str, default 'permanent'
            The pathway that the other is compared with.
        alternative : str, default 'temporary'
            The pathway whose extra cost is asked for.
        basis : Basis, default 'nominal'
            Prices of each year, or constant ones: those of the price base.
        progress : bool, default True
            Whether to show a progress bar after a second.

        Returns
        -------
        Variants
            The figures as the scenario stands, and of each variant.

        Raises
        ------
        RelocostError
            The scenario lacks one of the pathways, or a rate that a charge needs.

        Examples
        --------
        >>> import relocost as rc
        >>> s = rc.Scenario(
        ...     start="2026-03", horizon_months=60, household=[34], variants={"dear": {"lines.rent.amount": "1000"}}
        ... )
        >>> s.compare_variants().variants["dear"].extra
        Decimal('38253.95')
        """
        return _compare_variants(self, base, alternative, basis, progress)

    def what_ifs(
        self,
        changes: Iterable[Mapping[str, Number | MonthLike]],
        base: str = BASE,
        alternative: str = ALTERNATIVE,
        *,
        basis: Basis = "nominal",
        progress: bool = True,
    ) -> WhatIfs:
        """Compares two pathways with each of several sets of changes, beside the scenario as it stands.

        Parameters
        ----------
        changes : Iterable[Mapping[str, Number | MonthLike]]
            Sets of changes, each as `with_` takes them.
        base : str, default 'permanent'
            The pathway that the other is compared with.
        alternative : str, default 'temporary'
            The pathway whose extra cost is asked for.
        basis : Basis, default 'nominal'
            Prices of each year, or constant ones: those of the price base.
        progress : bool, default True
            Whether to show a progress bar after a second.

        Returns
        -------
        WhatIfs
            A row for each set, after that of the scenario as it stands.

        Raises
        ------
        RelocostError
            The scenario lacks one of the pathways, or a rate that a charge needs.
        TypeError
            A value is a binary floating-point number, which would not be exact.

        Examples
        --------
        >>> import relocost as rc
        >>> s = rc.Scenario(start="2026-03", horizon_months=60, household=[34])
        >>> [row.extra for row in s.what_ifs([{"lines.rent.amount": 1000}]).rows]
        [Decimal('38253.95')]
        """
        if isinstance(changes, (str, bytes, Mapping)) or not isinstance(changes, Iterable):
            raise TypeError("changes: expected a list of dictionaries of parameters' paths and their values")
        return _what_ifs(self, [_changes(each) for each in changes], base, alternative, basis, progress)

    def grid(
        self,
        parameters: Mapping[str, Iterable[Number | MonthLike]],
        base: str = BASE,
        alternative: str = ALTERNATIVE,
        *,
        basis: Basis = "nominal",
        progress: bool = True,
    ) -> WhatIfs:
        """Compares two pathways with every combination of values; the last parameter varies fastest.

        Parameters
        ----------
        parameters : Mapping[str, Iterable[Number | MonthLike]]
            Lists of values, by the paths of their parameters, which are those that `with_` sets.
        base : str, default 'permanent'
            The pathway that the other is compared with.
        alternative : str, default 'temporary'
            The pathway whose extra cost is asked for.
        basis : Basis, default 'nominal'
            Prices of each year, or constant ones: those of the price base.
        progress : bool, default True
            Whether to show a progress bar after a second.

        Returns
        -------
        WhatIfs
            A row for each combination, after that of the scenario as it stands.

        Raises
        ------
        RelocostError
            The scenario lacks one of the pathways, or a rate that a charge needs.
        TypeError
            A value is a binary floating-point number, which would not be exact.

        Examples
        --------
        >>> import relocost as rc
        >>> s = rc.Scenario(start="2026-03", horizon_months=60, household=[34])
        >>> grid = s.grid({"lines.rent.amount": [900, 1000, 1100]})
        >>> [f"{row.premium:.1%}" for row in grid.rows]
        ['35.0%', '31.5%', '28.3%']
        """
        if not isinstance(parameters, Mapping):
            raise TypeError("parameters: expected a dictionary of parameters' paths and lists of values")
        axes = [(path, _axis(path, values)) for path, values in parameters.items()]
        return _grid(self, axes, base, alternative, basis, progress)


def _axis(path: object, values: object) -> list[str]:
    if isinstance(values, Iterable) and not isinstance(values, (str, *BYTES)):
        return [_value_text(str(path), value) for value in values]
    raise TypeError(f"{Where(str(path))}: expected a list of values")


def _value_text(path: str, value: Number | MonthLike) -> str:
    return month_text(value, path) if path == "start" else decimal_text(value, Where(path))


def _changes(changes: Mapping[str, Number | MonthLike]) -> list[tuple[str, str]]:
    if not isinstance(changes, Mapping):
        raise TypeError("changes: expected a dictionary of parameters' paths and their values")
    return [(path, _value_text(path, value)) for path, value in changes.items()]


# The questions, as functions of the module: a result pickles as its question.


def _compare(scenario: ScenarioPathways, base: str, alternative: str, basis: str, progress: bool) -> Comparison:
    with Bar("lines", progress) as bar:
        core = scenario._core.compare(base, alternative, basis, bar)
    return Comparison(core, _compare, scenario, base, alternative, basis, progress)


def _ledger(scenario: ScenarioPathways, pathway: str, basis: str, progress: bool) -> Ledger:
    with Bar("lines", progress) as bar:
        core = scenario._core.ledger(pathway, basis, bar)
    return Ledger(core, _ledger, scenario, pathway, basis, progress)


def _delay(
    scenario: ScenarioPathways, base: str, alternative: str, months: int | None, basis: str, progress: bool
) -> Delay:
    with Bar("lines", progress) as bar:
        core = scenario._core.delay(base, alternative, months, basis, bar)
    return Delay(core, _delay, scenario, base, alternative, months, basis, progress)


def _calibrate(
    scenario: ScenarioPathways, target: str, lines: list[str], base: str, alternative: str, basis: str, progress: bool
) -> Calibration:
    with Bar("lines", progress) as bar:
        core = scenario._core.calibrate(target, lines, base, alternative, basis, bar)
    return Calibration(core, _calibrate, scenario, target, lines, base, alternative, basis, progress)


def _compare_variants(scenario: ScenarioPathways, base: str, alternative: str, basis: str, progress: bool) -> Variants:
    with Bar("variants", progress) as bar:
        core = scenario._core.compare_variants(base, alternative, basis, bar)
    return Variants(core, _compare_variants, scenario, base, alternative, basis, progress)


def _what_ifs(
    scenario: ScenarioPathways,
    rows: list[list[tuple[str, str]]],
    base: str,
    alternative: str,
    basis: str,
    progress: bool,
) -> WhatIfs:
    with Bar("what-ifs", progress) as bar:
        core = scenario._core.what_ifs(rows, base, alternative, basis, bar)
    return WhatIfs(core, _what_ifs, scenario, rows, base, alternative, basis, progress)


def _grid(
    scenario: ScenarioPathways,
    axes: list[tuple[str, list[str]]],
    base: str,
    alternative: str,
    basis: str,
    progress: bool,
) -> WhatIfs:
    with Bar("what-ifs", progress) as bar:
        core = scenario._core.grid(axes, base, alternative, basis, bar)
    return WhatIfs(core, _grid, scenario, axes, base, alternative, basis, progress)
