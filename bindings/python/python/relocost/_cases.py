"""The questions to a scenario about many households in its setting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import _relocost
from . import caseloads as _caseloads
from . import journals as _journals
from ._discreet import discreet
from ._given import Taken
from ._progress import Bar
from ._result import Basis
from ._values import ALTERNATIVE, BASE, count, whole
from .caseloads import Caseload, CaseloadPart, Households
from .journals import Postings
from .questions import BudgetDiff

if TYPE_CHECKING:
    from .scenario import Scenario

__all__ = ["ScenarioCaseloads"]


@discreet
class ScenarioCaseloads:
    """A scenario as the setting of many households."""

    __slots__ = ()

    _core: _relocost.Scenario

    def caseload(
        self,
        households: Households,
        base: str = BASE,
        alternative: str = ALTERNATIVE,
        *,
        basis: Basis = "nominal",
        threads: int | None = None,
        progress: bool = True,
    ) -> Caseload:
        """Evaluates households in the setting of this scenario; see `relocost.caseload`.

        Parameters
        ----------
        households : Households
            A CSV file's path, a data frame, a dictionary of columns, or a list of dictionaries.
        base : str, default 'permanent'
            The pathway that the other is compared with.
        alternative : str, default 'temporary'
            The pathway whose extra cost is asked for.
        basis : Basis, default 'nominal'
            Prices of each year, or constant ones: those of the price base.
        threads : int, optional
            The number of threads; all cores if left out. The result does not depend on it.
        progress : bool, default True
            Whether to show a progress bar after a second.

        Returns
        -------
        Caseload
            A row for each household, and the sums.

        Raises
        ------
        RelocostError
            Everything that is wrong with the table, by row and column.

        Examples
        --------
        >>> import relocost as rc
        >>> s = rc.Scenario(start="2026-03", horizon_months=60, household=[34])
        >>> s.caseload([{"reference": "HH-1", "members": [34, 6], "count": 2}]).count
        2
        """
        asked = _caseloads._asked(base, alternative, basis, threads)
        return _caseloads._of(self, _caseloads._TABLE.taken(households), asked, progress)

    def caseload_part(
        self,
        households: Households,
        number: int,
        of: int,
        base: str = BASE,
        alternative: str = ALTERNATIVE,
        *,
        basis: Basis = "nominal",
        threads: int | None = None,
        progress: bool = True,
    ) -> CaseloadPart:
        """Evaluates one of the parts of a table of households, to be merged with the others.

        What is wrong with a row is kept in the part, and `caseload_of_part` tells it.

        Parameters
        ----------
        households : Households
            The households of this part, as `caseload` takes them.
        number : int
            The number of the part, counted from 0 in the order of the table.
        of : int
            The number of parts of the whole table.
        base : str, default 'permanent'
            The pathway that the other is compared with.
        alternative : str, default 'temporary'
            The pathway whose extra cost is asked for.
        basis : Basis, default 'nominal'
            Prices of each year, or constant ones: those of the price base.
        threads : int, optional
            The number of threads; all cores if left out. The result does not depend on it.
        progress : bool, default True
            Whether to show a progress bar after a second.

        Returns
        -------
        CaseloadPart
            The part.

        Raises
        ------
        RelocostError
            The heads are wrong, the file cannot be read, or there are fewer parts.
        TypeError
            The households are not given in one of these forms.

        Examples
        --------
        >>> import relocost as rc
        >>> s = rc.Scenario(start="2026-03", horizon_months=60, household=[])
        >>> rows = [{"reference": "HH-1", "members": [34]}, {"reference": "HH-2", "members": "41 38 14"}]
        >>> s.caseload_part(rows[:1], 0, 2).rows
        1
        """
        part = (count(number, "number", 0, 32), count(of, "of", 1, 32))
        asked = _caseloads._asked(base, alternative, basis, threads)
        return _caseloads._part(self, _caseloads._TABLE.taken(households), part, asked, progress)

    def caseload_of_part(
        self,
        part: CaseloadPart,
        base: str = BASE,
        alternative: str = ALTERNATIVE,
        *,
        basis: Basis = "nominal",
        progress: bool = True,
    ) -> Caseload:
        """The caseload of merged parts, which hold every part of the table: what `caseload` makes of all rows.

        Parameters
        ----------
        part : CaseloadPart
            The merged parts.
        base : str, default 'permanent'
            The pathway that the other is compared with, as in the parts.
        alternative : str, default 'temporary'
            The pathway whose extra cost is asked for, as in the parts.
        basis : Basis, default 'nominal'
            The basis of the parts.
        progress : bool, default True
            Whether to show a progress bar after a second.

        Returns
        -------
        Caseload
            A row for each household, and the sums.

        Raises
        ------
        ValidationError
            The part belongs to another scenario, version or question, or some parts are missing.
        RelocostError
            Everything that is wrong with the table, by row and column.

        Examples
        --------
        >>> import relocost as rc
        >>> s = rc.Scenario(start="2026-03", horizon_months=60, household=[])
        >>> rows = [{"reference": "HH-1", "members": [34]}, {"reference": "HH-2", "members": "41 38 14"}]
        >>> s.caseload_of_part(s.caseload_part(rows, 0, 1)) == s.caseload(rows)
        True
        """
        return _caseloads._of_part(self, part, _caseloads._asked(base, alternative, basis, None), progress)

    def diff_caseload(
        self,
        households: Households,
        new: Scenario,
        new_households: Households,
        base: str = BASE,
        alternative: str = ALTERNATIVE,
        *,
        basis: Basis = "nominal",
        threads: int | None = None,
        progress: bool = True,
    ) -> BudgetDiff:
        """Compares a caseload in this scenario's setting with a newer one: what each cause adds, by year and fund.

        Households are the same if they have the same reference.

        Parameters
        ----------
        households : Households
            The older households, as `caseload` takes them.
        new : Scenario
            The setting of the newer households, in the same currency.
        new_households : Households
            The newer households.
        base : str, default 'permanent'
            The first pathway of which the costs are compared.
        alternative : str, default 'temporary'
            The second.
        basis : Basis, default 'nominal'
            Prices of each year, or constant ones: those of the price base.
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
            The currencies differ, or something is wrong with a table, by row and column.

        Examples
        --------
        >>> import relocost as rc
        >>> s = rc.Scenario(start="2026-03", horizon_months=60, household=[34])
        >>> last, now = [{"reference": "HH-1", "members": [34]}], [{"reference": "HH-2", "members": [41]}]
        >>> diff = s.diff_caseload(last, s, now)
        >>> diff.cases["count"][:2]
        [1, 1]
        """
        if not isinstance(new, ScenarioCaseloads):
            raise TypeError("new: expected a Scenario")
        given = (_caseloads._TABLE.taken(households), _caseloads._TABLE.taken(new_households))
        return _diff_caseload(self, new, given, _caseloads._asked(base, alternative, basis, threads), progress)

    def caseload_postings(
        self, households: Households, pathway: str, *, threads: int | None = None, progress: bool = True
    ) -> Postings:
        """What each fund pays for each line by month, over many households on a pathway, of which journals are written.

        Parameters
        ----------
        households : Households
            The households, as `caseload` takes them.
        pathway : str
            The pathway, or solution.
        threads : int, optional
            The number of threads; all cores if left out. The result does not depend on it.
        progress : bool, default True
            Whether to show a progress bar after a second.

        Returns
        -------
        Postings
            A row for each month, category, line and fund.

        Raises
        ------
        RelocostError
            Everything that is wrong with the table, by row and column.
        TypeError
            The households are not given in one of these forms.

        Examples
        --------
        >>> import relocost as rc
        >>> s = rc.Scenario(start="2026-03", horizon_months=60, household=[34])
        >>> rows = [{"reference": "HH-1", "members": [34], "count": 3}]
        >>> s.caseload_postings(rows, "temporary").model == 3 * s.ledger("temporary").total
        True
        """
        given, threads = _caseloads._TABLE.taken(households), whole(threads, "threads", 1)
        return _journals._of_caseload(self, given, pathway, threads, progress)


def _diff_caseload(
    old: ScenarioCaseloads,
    new: ScenarioCaseloads,
    households: tuple[Taken, Taken],
    asked: _caseloads._Asked,
    progress: bool,
) -> BudgetDiff:
    with Bar("households", progress) as bar:
        core = old._core.diff_caseload(households[0], new._core, households[1], asked, bar)
    return BudgetDiff(core, _diff_caseload, old, new, households, asked, progress)
