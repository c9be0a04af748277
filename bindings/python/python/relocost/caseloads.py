"""A caseload: many households in the setting of one scenario, each evaluated and all of them summed."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, Union

from . import _relocost
from ._discreet import discreet
from ._progress import Bar
from ._result import Basis, Lang, PathLike
from ._values import ALTERNATIVE, BASE, BYTES, SETS, decimal_text, figures_repr, is_missing, month_text, whole
from .comparison import PairResult
from .errors import Finding, _finding
from .table import Amounts, Table, part

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from .scenario import Scenario

__all__ = ["Caseload", "Households", "Side", "caseload"]


class Frame(Protocol):
    """A data frame: something with named columns, as those of pandas, Polars and pyarrow have."""

    def __getitem__(self, name: Any, /) -> Any: ...


class Stream(Protocol):
    """A table that exports itself as Arrow."""

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...


Households = Union[PathLike, Iterable[Mapping[str, Any]], Frame, Stream]
"""The path of a CSV file, a data frame of pandas or Polars, a table of pyarrow, a dictionary of columns, or a list of
dictionaries: `reference` (a pseudonym, never a name), `members` (a list, or a text separated by blanks, of ages or
months of birth, each with a role and months of joining and leaving if wanted, such as
`child:2012-05@2027-01..2028-09`), and if wanted `count`, `start` and `ages_at`, the month at which the ages are those
given."""

_MEMBERS = "members"
_COLUMNS = ("reference", _MEMBERS, "member", "count", "start", "ages_at")


class Side(NamedTuple):
    """A pathway, and what all households together cost in it."""

    name: str
    total: Decimal

    def __repr__(self) -> str:
        return figures_repr(self)


class Caseload(PairResult):
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
    if isinstance(households, (str, os.PathLike)):
        if "\n" in os.fspath(households):
            raise TypeError("households: expected the path of a CSV file, not its text")
        path = os.path.abspath(households)
        return _of_file(scenario, path, base, alternative, basis, threads, progress)
    heads, rows = _rows(households)
    return _of_rows(scenario, heads, rows, base, alternative, basis, threads, progress)


def _of_file(
    scenario: Scenario, path: str, base: str, alternative: str, basis: str, threads: int | None, progress: bool
) -> Caseload:
    with Bar("households", progress) as bar:
        core = scenario._core.caseload_file(path, base, alternative, basis, threads, bar)
    return Caseload(core, _of_file, scenario, path, base, alternative, basis, threads, progress)


def _of_rows(
    scenario: Scenario,
    heads: list[str],
    rows: list[list[str]],
    base: str,
    alternative: str,
    basis: str,
    threads: int | None,
    progress: bool,
) -> Caseload:
    with Bar("households", progress) as bar:
        core = scenario._core.caseload_rows(heads, rows, base, alternative, basis, threads, bar)
    return Caseload(core, _of_rows, scenario, heads, rows, base, alternative, basis, threads, progress)


def _rows(households: Any) -> tuple[list[str], list[list[str]]]:
    """The heads and the cells of a table, as the texts of a CSV file."""
    columns = _columns(households)
    for name, column in columns.items():
        if not isinstance(name, str):
            raise TypeError("households: expected columns with names")
        if isinstance(column, (str, Mapping, *BYTES, *SETS)) or not isinstance(column, Iterable):
            raise TypeError(f"{_shown(name)}: expected a column, a list of cells in the order of the rows")
    cells = [[_cell(value, name) for value in column] for name, column in columns.items()]
    if len({len(column) for column in cells}) > 1:
        raise ValueError("households: expected columns of one length")
    return list(columns), [list(row) for row in zip(*cells)]


def _columns(households: Any) -> Mapping[str, Iterable[Any]]:
    if isinstance(households, Mapping):
        return households
    if hasattr(households, "collect") and hasattr(households, "lazy"):
        households = households.collect()  # a LazyFrame of Polars
    # pandas and Polars call the names of the columns so, and pyarrow the columns themselves.
    named = "column_names" if hasattr(households, "to_pylist") else "columns"
    names: list[Any] | None = list(getattr(households, named)) if hasattr(households, named) else None
    if names is not None and (hasattr(households, "to_dict") or hasattr(households, "to_pylist")):
        if len(set(names)) < len(names):
            raise ValueError("households: a column stands twice")
        return {name: _list(households[name]) for name in names}
    if hasattr(households, "__arrow_c_stream__") and names is not None:
        return _columns(_arrow(households))
    if isinstance(households, Iterable) and not isinstance(households, (*BYTES, *SETS)):
        rows = list(households)
        if all(isinstance(row, Mapping) for row in rows):
            heads = list(dict.fromkeys(name for row in rows for name in row)) or ["reference", _MEMBERS]
            return {name: [row.get(name) for row in rows] for name in heads}
    raise TypeError("households: expected the path of a CSV file, a data frame, or a list of dictionaries")


def _list(column: Any) -> Iterable[Any]:
    for method in ("to_list", "to_pylist", "tolist"):
        if hasattr(column, method):
            values: Iterable[Any] = getattr(column, method)()
            return values
    return list(column)


def _arrow(households: Any) -> Any:
    import pyarrow

    try:
        return pyarrow.table(households)
    except pyarrow.ArrowException:
        raise TypeError("households: cannot be read as a table of Arrow") from None  # its own words show cells


def _cell(value: Any, name: str) -> str:
    """A cell as the text of a file, which the library reads as it reads a file's; what is missing is empty."""
    if isinstance(value, str):
        return value
    if is_missing(value):
        return ""
    if isinstance(value, SETS):
        raise TypeError(f"{_shown(name)}: a set keeps one of two members that are alike; expected a list")
    if isinstance(value, (bool, Mapping, *BYTES)):
        raise TypeError(f"{_shown(name)}: expected a text, a whole number, a month or a list of members")
    if name.strip().lower() == _MEMBERS and not hasattr(value, "year") and isinstance(value, Iterable):
        # A member that is missing is wrong, and not one household member fewer.
        return " ".join(_cell(member, "member") or "(missing)" for member in value)
    if type(value).__name__ == "datetime64" or (hasattr(value, "year") and hasattr(value, "month")):
        return month_text(value, _shown(name))
    if isinstance(value, float) or type(value).__name__ in ("float16", "float32"):
        return repr(float(value))  # 4.0 in a column of pandas that has gaps
    if isinstance(value, Decimal) or hasattr(value, "__index__"):
        return decimal_text(value, _shown(name))
    raise TypeError(f"{_shown(name)}: expected a text, a whole number, a month or a list of members")


def _shown(name: str) -> str:
    """The name of a column as an error may show it: only a known one, since another may identify somebody."""
    return name if name in _COLUMNS else "a column"
