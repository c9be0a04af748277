"""A caseload: many households in the setting of one scenario, each evaluated and all of them summed."""

from __future__ import annotations

from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from . import _relocost
from ._discreet import discreet
from ._given import Given, GivenTable, Taken
from ._progress import Bar
from ._result import Basis, Lang, Reported
from ._values import ALTERNATIVE, BASE, BYTES, count, figures_repr, whole
from .charts import Charted
from .comparison import PairResult
from .errors import Finding, _finding
from .table import Amounts, Table, part

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from ._cases import ScenarioCaseloads
    from .scenario import Scenario

__all__ = ["Caseload", "CaseloadPart", "Households", "Side", "caseload"]


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


_Asked: TypeAlias = "tuple[tuple[str, str], str, int | None]"
"""The pair of pathways, the basis, and the number of threads."""


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
class CaseloadPart:
    """The result of some parts of a table of households, to be merged with others, here or elsewhere.

    Parts merge in any order to the same caseload. What is wrong with a row is kept in its part, and told once all of
    them are there. A part is internal: it holds costs of households and their references. It pickles as its bytes.

    >>> import relocost as rc
    >>> s = rc.Scenario(start="2026-03", horizon_months=60, household=[])
    >>> rows = [{"reference": "HH-1", "members": [34]}, {"reference": "HH-2", "members": "41 38 14"}]
    >>> late = s.caseload_part(rows[1:], 1, 2).after(1).to_bytes()  # on another machine, say
    >>> part = s.caseload_part(rows[:1], 0, 2).merge(rc.CaseloadPart.from_bytes(late))
    >>> part
    CaseloadPart(parts 0, 1 of 2: 2 rows; internal)
    >>> s.caseload_of_part(part) == s.caseload(rows)
    True
    """

    __slots__ = ("_core",)

    def __init__(self, core: _relocost.CaseloadPart) -> None:
        self._core = core

    @property
    def numbers(self) -> list[int]:
        """The numbers of the parts that it holds, ascending, from 0."""
        return self._core.numbers

    @property
    def of(self) -> int:
        """The number of parts of the whole table."""
        return self._core.of

    @property
    def rows(self) -> int:
        """The number of rows that it holds, without those that say nothing."""
        return self._core.rows

    def after(self, rows: int) -> CaseloadPart:
        """The part with its rows counted on from those that stand before it in the table, for errors and warnings.

        Parameters
        ----------
        rows : int
            The number of rows of the parts before it. Rows of files keep the lines of their file without this.

        Returns
        -------
        CaseloadPart
            The part; this one does not change.

        Examples
        --------
        >>> import relocost as rc
        >>> s = rc.Scenario(start="2026-03", horizon_months=60, household=[])
        >>> rows = [{"reference": "HH-1", "members": [34]}, {"reference": "HH-2", "members": "41 38 14"}]
        >>> s.caseload_part(rows[1:], 1, 2).after(1).numbers
        [1]
        """
        return CaseloadPart(self._core.after(count(rows, "rows", 0, 32)))

    def merge(self, *others: CaseloadPart) -> CaseloadPart:
        """A part with what this one and others hold.

        Parameters
        ----------
        *others : CaseloadPart
            Parts of the same table.

        Returns
        -------
        CaseloadPart
            The merged part; this one does not change.

        Raises
        ------
        ValidationError
            A part belongs to another scenario, version or question, or is there twice.

        Examples
        --------
        >>> import relocost as rc
        >>> s = rc.Scenario(start="2026-03", horizon_months=60, household=[])
        >>> rows = [{"reference": "HH-1", "members": [34]}, {"reference": "HH-2", "members": "41 38 14"}]
        >>> s.caseload_part(rows[:1], 0, 2).merge(s.caseload_part(rows[1:], 1, 2)).numbers
        [0, 1]
        """
        if not all(isinstance(other, CaseloadPart) for other in others):
            raise TypeError("merge() takes parts of the same caseload")
        return CaseloadPart(self._core.merge([other._core for other in others]))

    def to_bytes(self) -> bytes:
        """The part in bytes, for `from_bytes` on any machine and of the same version.

        Returns
        -------
        bytes
            The bytes, some 20 for each row.

        Examples
        --------
        >>> import relocost as rc
        >>> s = rc.Scenario(start="2026-03", horizon_months=60, household=[])
        >>> rows = [{"reference": "HH-1", "members": [34]}, {"reference": "HH-2", "members": "41 38 14"}]
        >>> rc.CaseloadPart.from_bytes(s.caseload_part(rows, 0, 1).to_bytes()).rows
        2
        """
        return self._core.to_bytes()

    @classmethod
    def from_bytes(cls, data: bytes) -> CaseloadPart:
        """Reads a part from the bytes that `to_bytes` gave.

        Parameters
        ----------
        data : bytes
            The bytes.

        Returns
        -------
        CaseloadPart
            The part.

        Raises
        ------
        ReadError
            The bytes are no part of a caseload of this version.

        Examples
        --------
        >>> import relocost as rc
        >>> s = rc.Scenario(start="2026-03", horizon_months=60, household=[])
        >>> rows = [{"reference": "HH-1", "members": [34]}, {"reference": "HH-2", "members": "41 38 14"}]
        >>> rc.CaseloadPart.from_bytes(s.caseload_part(rows, 0, 1).to_bytes()).of
        1
        """
        if not isinstance(data, BYTES):
            raise TypeError("from_bytes() takes the bytes of a part")
        return cls(_relocost.CaseloadPart.from_bytes(bytes(data)))

    def __copy__(self) -> CaseloadPart:
        return self

    def __deepcopy__(self, memo: Any) -> CaseloadPart:
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        return CaseloadPart.from_bytes, (self.to_bytes(),)

    def __repr__(self) -> str:
        numbers = ", ".join(map(str, self.numbers))
        return f"CaseloadPart(parts {numbers} of {self.of}: {self.rows:,} rows; internal)"


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
    asked = _asked(base, alternative, basis, threads)
    if not hasattr(scenario, "caseload"):
        raise TypeError("scenario: expected a Scenario")
    return _of(scenario, _TABLE.taken(households), asked, progress)


def _of(scenario: ScenarioCaseloads, given: Taken, asked: _Asked, progress: bool) -> Caseload:
    with Bar("households", progress) as bar:
        core = scenario._core.caseload(given, asked, bar)
    return Caseload(core, _of, scenario, given, asked, progress)


def _asked(base: str, alternative: str, basis: str, threads: int | None) -> _Asked:
    return (base, alternative), basis, whole(threads, "threads", 1)


def _part(
    scenario: ScenarioCaseloads, given: Taken, part: tuple[int, int], asked: _Asked, progress: bool
) -> CaseloadPart:
    """A part of a caseload; see `Scenario.caseload_part`."""
    with Bar("households", progress) as bar:
        return CaseloadPart(scenario._core.caseload_part(given, part, asked, bar))


def _of_part(scenario: ScenarioCaseloads, part: CaseloadPart, asked: _Asked, progress: bool) -> Caseload:
    """The caseload of merged parts; see `Scenario.caseload_of_part`."""
    if not isinstance(part, CaseloadPart):
        raise TypeError("caseload_of_part() takes a CaseloadPart")
    with Bar("households", progress) as bar:
        core = scenario._core.caseload_of_part(part._core, asked, bar)
    return Caseload(core, _of_part, scenario, part, asked, progress)
