"""A caseload: many households in the setting of one scenario, each evaluated and all of them summed."""

from __future__ import annotations

from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from . import _relocost
from ._discreet import discreet
from ._given import Given, GivenTable
from ._progress import Bar
from ._result import Basis, Lang, Reported
from ._values import ALTERNATIVE, BASE, figures_repr, whole
from .charts import Charted
from .comparison import PairResult
from .errors import Finding, _finding
from .table import Amounts, Table, part

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from .scenario import Scenario

__all__ = ["Caseload", "Households", "Side", "caseload"]


Households = Given
"""The path of a CSV file, a data frame of pandas or Polars, a table of pyarrow, a dictionary of columns, or a list of
dictionaries: `reference` (a pseudonym, never a name), `members` (a list, or a text separated by blanks, of ages or
months of birth, each with a role and months of joining and leaving if wanted, such as
`child:2012-05@2027-01..2028-09`), and if wanted `count`, `start` and `ages_at`, the month at which the ages are those
given."""

_TABLE = GivenTable(
    "households",
    columns=("reference", "members", "member", "count", "start", "ages_at"),
    empty=("reference", "members"),
    lists="members",
)


_Given: TypeAlias = "str | tuple[list[str], list[list[str]]]"
"""The path of a table, or its heads and its columns of texts."""


class Side(NamedTuple):
    """A pathway, and what all households together cost in it."""

    name: str
    total: Decimal

    def __repr__(self) -> str:
        return figures_repr(self)


class Caseload(PairResult, Charted, Reported):
    """The results of a table of households, one row each, and of the whole.

    As a table it has a row for each household. The rows are named by their pseudonyms: it is internal, and not for
    publication. A caseload of a CSV file pickles as the path of that file.

    >>> import relocost as rc
    >>> s = rc.Scenario(start="2026-03", horizon_months=60, household=[])
    >>> rows = [{"reference": "HH-1", "members": [34], "count": 3}, {"reference": "HH-2", "members": "41 38 14"}]
    >>> c = s.caseload(rows)
    >>> c.count, len(c.households), c.extra == c.alternative.total - c.base.total
    (4, 2, True)
    """

    __slots__ = ()

    _core: _relocost.Caseload

    def workbook(self, lang: Lang = "en") -> bytes:
        """An XLSX workbook with a row for each household, and live formulas to the sums, means and premium of all.

        An auditor changes how many households there are of a kind, or what a pathway costs one of them. It is internal,
        and says so: figures can identify a household.

        Parameters
        ----------
        lang : Lang, default 'en'
            English or French.

        Returns
        -------
        bytes
            The workbook, the same as the command's; the same caseload gives the same bytes.

        Raises
        ------
        RelocostError
            An amount has more digits than a cell holds.

        Examples
        --------
        >>> import relocost as rc
        >>> s = rc.Scenario(start="2026-03", horizon_months=24, household=[])
        >>> s.caseload([{"reference": "HH-1", "members": [34]}]).workbook()[:2]  # an archive, as every XLSX file is
        b'PK'
        """
        return self._core.workbook(lang)

    @property
    def count(self) -> int:
        """The number of households in all."""
        return self._core.count

    @property
    def base(self) -> Side:
        """The pathway compared against."""
        return Side(self._core.base, self._core.figure("base"))

    @property
    def alternative(self) -> Side:
        """The pathway whose extra cost is asked for."""
        return Side(self._core.alternative, self._core.figure("alternative"))

    @cached_property
    def households(self) -> Table:
        """A row for each household: reference, count, base, alternative, extra, premium, band."""
        return part(self, "households", Table(self._core.table("households")))

    @cached_property
    def attribution(self) -> Amounts[str]:
        """The sums of the households' attributions, which with `residual` add up to the extra cost."""
        return part(self, "attribution", Amounts(self._core.table("attribution")))

    @property
    def residual(self) -> Decimal:
        """The sum of the households' residuals."""
        return self._core.figure("residual")

    def warnings(self) -> list[Finding]:
        """Warnings about rows, by their lines: members who never count, minors who stay when no adult
        counts, a reference that stands in two rows. The first hundred.

        Returns
        -------
        list of Finding
            The findings, none of which is an error.

        Examples
        --------
        >>> import relocost as rc
        >>> s = rc.Scenario(start="2026-03", horizon_months=60, household=[])
        >>> [str(it) for it in s.caseload([{"reference": "HH-1", "members": ["2062-05", 34]}]).warnings()][1:]
        ['households:1: members: member 1: this member never counts within the horizon']
        """
        return [_finding(parts) for parts in self._core.warnings()]

    def plot(self, lang: Lang = "en", ax: Axes | None = None, *, names: bool = False) -> Figure:
        """The households' premiums against the band, and that of the whole.

        Parameters
        ----------
        lang : Lang, default 'en'
            English or French.
        ax : Axes, optional
            Axes to draw into; a figure of its own if left out.
        names : bool, default False
            Whether to write the pseudonym of each row below its dot.

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
        >>> cases = s.caseload([{"reference": "HH-1", "members": [34, 6]}])
        >>> figure = cases.plot(names=True)  # doctest: +SKIP
        """
        from . import plots

        return plots.caseload(self, lang=lang, ax=ax, names=names)


@discreet
def caseload(
    scenario: Scenario,
    households: Households,
    base: str = BASE,
    alternative: str = ALTERNATIVE,
    *,
    basis: Basis = "nominal",
    threads: int | None = None,
    progress: bool = True,
) -> Caseload:
    """Evaluates households in the setting of a scenario.

    Parameters
    ----------
    scenario : Scenario
        The setting: horizon, catalogue and pathways. Its own household is replaced.
    households : Households
        The path of a CSV file, a data frame of pandas or Polars, a table of pyarrow, a dictionary of columns, or a
        list of dictionaries, with the columns `reference`, `members` and, if wanted, `count` and `start`.
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
    TypeError
        The households are not given in one of these forms.

    Examples
    --------
    >>> import relocost as rc
    >>> s = rc.Scenario(start="2026-03", horizon_months=60, household=[34])
    >>> rc.caseload(s, [{"reference": "HH-1", "members": [34, 6], "count": 2}]).count
    2
    """
    threads = whole(threads, "threads", 1)
    if not hasattr(scenario, "caseload"):
        raise TypeError("scenario: expected a Scenario")
    given = _given(households)
    if isinstance(given, str):
        return _of_file(scenario, given, base, alternative, basis, threads, progress)
    return _of_columns(scenario, *given, base, alternative, basis, threads, progress)


def _given(households: Households) -> _Given:
    path = _TABLE.path(households)
    return _TABLE.texts(households) if path is None else path


def _of_file(
    scenario: Scenario, path: str, base: str, alternative: str, basis: str, threads: int | None, progress: bool
) -> Caseload:
    with Bar("households", progress) as bar:
        core = scenario._core.caseload_file(path, base, alternative, basis, threads, bar)
    return Caseload(core, _of_file, scenario, path, base, alternative, basis, threads, progress)


def _of_columns(
    scenario: Scenario,
    heads: list[str],
    columns: list[list[str]],
    base: str,
    alternative: str,
    basis: str,
    threads: int | None,
    progress: bool,
) -> Caseload:
    with Bar("households", progress) as bar:
        core = scenario._core.caseload_columns(heads, columns, base, alternative, basis, threads, bar)
    return Caseload(core, _of_columns, scenario, heads, columns, base, alternative, basis, threads, progress)
