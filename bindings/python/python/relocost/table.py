"""Tables: rows of exact figures, for a terminal, a notebook, and any library of data frames.

Every table, and every result that has one, exports itself as Arrow through the PyCapsule interface, so that Polars,
DuckDB, pyarrow and pandas 3 (`DataFrame.from_arrow`) take it directly. Money is exact in them. Figures of a simulation
are binary floating point. Factors such as an index or an exchange rate are rounded to 12 decimals, and exact in a
ledger's `Entry`. None of these libraries has to be installed: the columns are also available as plain lists.
"""

from __future__ import annotations

import html
import json
from collections.abc import Callable, Iterator, KeysView, Mapping
from decimal import Decimal
from fractions import Fraction
from operator import getitem
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar, overload

from . import _parquet, _relocost
from ._discreet import discreet
from ._values import Share, figures_repr, share_text

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow

    from ._result import Lang, PathLike

__all__ = [
    "REPORTED_BAND",
    "Amounts",
    "Band",
    "Column",
    "Difference",
    "Differences",
    "Premium",
    "Table",
    "Tables",
    "Tabular",
]

Key = TypeVar("Key", str, int)
Value = TypeVar("Value")

# Rows that a repr shows, and that are made together by an iteration.
_SHOWN, _TOGETHER = 20, 256

# Styles of tables in HTML and of their cells.
_TABLE, _CELL = "border-collapse:collapse;margin:0 0 1em", "padding:.15em .8em"

# The names that pandas gives to kinds of columns that are neither exact decimals nor months nor text.
_PANDAS = {"count": "int64", "year": "int64", "binary": "float64"}
_REFERENCE = "reference"
_NOT_SHOWN = "(not shown)"


class Premium(Decimal):
    """An extra cost as a share of the base, to 12 decimals; `exact` is the ratio itself.

    >>> import relocost as rc
    >>> premium = rc.Scenario(start="2026-03", horizon_months=60, household=[34]).compare().premium
    >>> premium, premium in rc.REPORTED_BAND
    (Decimal('0.332449918629'), False)
    >>> premium.exact
    Fraction(3980627, 11973614)
    """

    __slots__ = ("_denominator", "_numerator")

    _numerator: int
    _denominator: int

    def __new__(cls, text: str, numerator: int, denominator: int) -> Premium:
        self = super().__new__(cls, text)
        self._numerator = numerator
        self._denominator = denominator
        return self

    @property
    def exact(self) -> Fraction:
        """The ratio that the decimals round."""
        return Fraction(self._numerator, self._denominator)

    def __str__(self) -> str:
        return format(self, "f")  # with all its decimals, where Decimal would write 0E-12

    def __repr__(self) -> str:
        return f"Decimal('{self}')"

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (str(self), self._numerator, self._denominator)

    def __copy__(self) -> Premium:
        return self

    def __deepcopy__(self, memo: Any) -> Premium:
        return self


class Band(NamedTuple):
    """A band of premiums, both ends included. A float is taken as the decimal that it is written as.

    >>> import relocost as rc
    >>> "0.75" in rc.REPORTED_BAND, "0.7500001" in rc.REPORTED_BAND, None in rc.REPORTED_BAND
    (True, False, False)
    """

    low: Share
    high: Share

    def __contains__(self, value: object) -> bool:
        if isinstance(value, Premium):
            value = value.exact
        low, high = (Decimal(share_text(end, "band")) for end in self)
        try:
            if isinstance(value, Fraction):
                return Fraction(low) <= value <= Fraction(high)
            if isinstance(value, float):  # as the decimal that it is written as
                value = repr(float(value))
            return isinstance(value, (str, int, Decimal)) and low <= Decimal(value) <= high
        except ArithmeticError:  # no number
            return False


REPORTED_BAND = Band(*(Decimal(end) for end in _relocost.reported_band()))
"""Temporary solutions cost on average 45 to 75 per cent more than permanent ones (Report of the Court on cooperation,
ICC-ASP/14, 2015, paragraph 41). It is an average over households: for a single one it only orients."""


class Difference(NamedTuple):
    """Two figures and what lies between them, in the table's currency."""

    base: Decimal
    """The base's figure."""
    alternative: Decimal
    """The alternative's figure."""
    extra: Decimal
    """The alternative's less the base's."""
    premium: Premium | None
    """The extra as a share of the base, to 12 decimals; None unless the base is above 0."""

    def __repr__(self) -> str:
        return figures_repr(self)


@discreet
class Tabular:
    """Values that can be taken as a table."""

    __slots__ = ()

    def _arrow(self) -> _relocost.Table:
        raise NotImplementedError

    @property
    def table(self) -> Table:
        """The rows as a table."""
        return part(self, "table", Table(self._arrow()))

    def __arrow_c_schema__(self) -> object:
        return self._arrow().__arrow_c_schema__()

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        return self._arrow().__arrow_c_stream__(requested_schema)

    def to_pandas(self) -> pandas.DataFrame:
        """As a data frame of pandas: money and ratios as `decimal.Decimal`, months as `datetime64`.

        What the table is about, `currency` and `internal` among it, is in `attrs`.

        Returns
        -------
        pandas.DataFrame
            A row for each of the table.

        Raises
        ------
        ImportError
            pandas is not installed.

        Examples
        --------
        >>> import relocost as rc
        >>> s = rc.Scenario(start="2026-03", horizon_months=60, household=[34])
        >>> frame = s.ledger("temporary").to_pandas()  # doctest: +SKIP
        """
        import numpy
        import pandas

        core = self._arrow()
        columns: dict[str, Any] = {}
        for name in core.columns:
            values = core.column(name)
            kind = core.kind(name)
            if kind == "month":
                columns[name] = numpy.array(values, dtype="datetime64[D]").astype("datetime64[s]")
            elif kind in ("money", "ratio", "share"):
                columns[name] = pandas.Series(values, dtype="object")
            else:
                # Without rows pandas would take every column for one of floats.
                dtype = _PANDAS.get(kind, "str")
                if dtype == "int64" and None in values:
                    dtype = "Int64"  # whole numbers of which some are missing
                columns[name] = pandas.Series(values, dtype=dtype)
        frame: pandas.DataFrame = pandas.DataFrame(columns)
        frame.attrs.update(json.loads(core.head))
        return frame

    def to_polars(self) -> polars.DataFrame:
        """As a data frame of Polars: money and ratios as `Decimal`, months as `Date`.

        Returns
        -------
        polars.DataFrame
            A row for each of the table.

        Raises
        ------
        ImportError
            Polars is not installed.

        Examples
        --------
        >>> import relocost as rc
        >>> s = rc.Scenario(start="2026-03", horizon_months=60, household=[34])
        >>> frame = s.ledger("temporary").to_polars()  # doctest: +SKIP
        """
        import polars

        return polars.DataFrame(self._arrow())

    def to_arrow(self) -> pyarrow.Table:
        """As a table of pyarrow: money and ratios as `decimal128`, months as `date32`, the currency as metadata.

        Returns
        -------
        pyarrow.Table
            A row for each of the table.

        Raises
        ------
        ImportError
            pyarrow is not installed.

        Examples
        --------
        >>> import relocost as rc
        >>> s = rc.Scenario(start="2026-03", horizon_months=60, household=[34])
        >>> table = s.ledger("temporary").to_arrow()  # doctest: +SKIP
        """
        import pyarrow

        return pyarrow.table(self._arrow())

    def to_parquet(self, path: PathLike, *, force: bool = False) -> None:
        """Writes a Parquet file: money and ratios as exact decimals, months as dates, the head as metadata.

        DuckDB, Polars, Spark and others read it. The same table gives the same bytes, by the same version of pyarrow.

        Parameters
        ----------
        path : PathLike
            The file to write, completely or not at all.
        force : bool, default False
            Whether a file that is there already is replaced.

        Returns
        -------
        None
            The table is in the file.

        Raises
        ------
        FileExistsError
            There is such a file already.
        OSError
            The file cannot be written.
        OverflowError
            A ratio has more digits than a decimal of Arrow.
        ImportError
            pyarrow is not installed.

        Examples
        --------
        >>> import relocost as rc
        >>> s = rc.Scenario(start="2026-03", horizon_months=60, household=[34])
        >>> s.ledger("temporary").to_parquet("entries.parquet")  # doctest: +SKIP
        """
        _parquet.write(self._arrow(), path, force)

    def to_dicts(self) -> list[dict[str, Any]]:
        """As a list of rows, each a dictionary.

        Returns
        -------
        list of dict
            A dictionary for each row.

        Examples
        --------
        >>> import relocost as rc
        >>> s = rc.Scenario(start="2026-03", horizon_months=60, household=[34])
        >>> s.compare().tables["pathways"].to_dicts()[0]["pathway"]
        'permanent'
        """
        return list(self.table)


@discreet
class Part(Tabular):
    """A part of a result. It does not change, and pickles as what it is a part of."""

    __slots__ = ("_core", "_origin")

    _core: _relocost.Table
    _origin: tuple[Callable[..., Any], tuple[object, str]]

    def _arrow(self) -> _relocost.Table:
        return self._core

    @property
    def currency(self) -> str:
        """The currency of what is money, by its code of ISO 4217."""
        return self._core.currency

    def __copy__(self) -> Part:
        return self

    def __deepcopy__(self, memo: Any) -> Part:
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        return self._origin


P = TypeVar("P", bound=Part)


def part(whole: object, name: str, value: P) -> P:
    """A part of a result, which knows what it is an attribute of."""
    value._origin = (getattr, (whole, name))
    return value


class Column(NamedTuple):
    """A column as it is declared, the same on every face."""

    name: str
    """Its name."""
    type: str
    """The type of its values: month, year, id, text, money, ratio, count, share or binary."""
    unit: str
    """The unit of its numbers: `currency` for the table's; empty for nothing in particular."""
    label_en: str
    """Its head in English."""
    label_fr: str
    """Its head in French."""
    about: str
    """One line of documentation."""


@discreet
class Table(Part):
    """Rows of named columns. Money is `decimal.Decimal` in `currency`, months are the dates of their first day.

    >>> import relocost as rc
    >>> table = rc.Scenario(start="2026-03", horizon_months=3, household=[34]).ledger("permanent").table
    >>> len(table), table.columns[:3]
    (20, ['month', 'month_index', 'fiscal_year'])
    >>> sum(table["amount"])
    Decimal('12650.00')
    """

    __slots__ = ()

    def __init__(self, core: _relocost.Table) -> None:
        self._core = core

    @property
    def table(self) -> Table:
        """The table itself."""
        return self

    @property
    def name(self) -> str:
        """The name of the table, the same on every face."""
        return self._core.name

    @property
    def head(self) -> dict[str, Any]:
        """The head of the table: currency, start, horizon, basis, pair, version, and that it is internal.

        >>> import relocost as rc
        >>> head = rc.Scenario(start="2026-03", horizon_months=3, household=[34]).compare().table.head
        >>> head["internal"], head["currency"], head["horizon_months"], head["base"]
        (True, 'EUR', 3, 'permanent')
        """
        head: dict[str, Any] = json.loads(self._core.head)
        return head

    @property
    def columns(self) -> list[str]:
        """The names of the columns."""
        return self._core.columns

    @property
    def declared(self) -> list[Column]:
        """The columns with their type, unit, labels and a line of documentation each."""
        return [Column(*parts) for parts in self._core.declared]

    def text(self, lang: Lang = "en") -> str:
        """All rows for a reader, under labels, as the library's reports show figures.

        Parameters
        ----------
        lang : Lang, default 'en'
            English or French.

        Returns
        -------
        str
            Lines of text.

        Examples
        --------
        >>> import relocost as rc
        >>> s = rc.Scenario(start="2026-03", horizon_months=60, household=[34])
        >>> table = s.compare().tables["pathways"]
        >>> len(table.text().splitlines()) > len(table)
        True
        """
        return self._core.report(lang, False)

    def html(self, lang: Lang = "en") -> str:
        """The rows for a reader as a fragment of HTML; of a long table both ends.

        Parameters
        ----------
        lang : Lang, default 'en'
            English or French.

        Returns
        -------
        str
            A `<div>`.

        Examples
        --------
        >>> import relocost as rc
        >>> s = rc.Scenario(start="2026-03", horizon_months=60, household=[34])
        >>> table = s.compare().tables["pathways"]
        >>> "<table" in table.html()
        True
        """
        return self._core.report(lang, True)

    @property
    def shape(self) -> tuple[int, int]:
        """The numbers of rows and columns."""
        return len(self._core), len(self._core.columns)

    def __len__(self) -> int:
        return len(self._core)

    def __getitem__(self, column: str) -> list[Any]:
        if not isinstance(column, str):
            raise TypeError('a table is read by column, table["name"]; for a row by its place take list(table)[0]')
        return self._core.column(column)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        names = self._core.columns
        for first in range(0, len(self._core), _TOGETHER):
            for row in self._core.rows(first, first + _TOGETHER):
                yield dict(zip(names, row))

    def to_dict(self) -> dict[str, list[Any]]:
        """As a dictionary of columns.

        Returns
        -------
        dict
            Lists of values by the names of their columns.

        Examples
        --------
        >>> import relocost as rc
        >>> s = rc.Scenario(start="2026-03", horizon_months=60, household=[34])
        >>> table = s.compare().tables["pathways"]
        >>> table.to_dict()["pathway"]
        ['permanent', 'temporary']
        """
        return {name: self._core.column(name) for name in self._core.columns}

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Table):
            return NotImplemented
        return self.currency == other.currency and self.to_dict() == other.to_dict()

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return _text(self)

    def _repr_html_(self) -> str:
        return _html(self)


@discreet
class Tables(Mapping[str, Table]):
    """The tables of a result by name. Each is made when it is asked for."""

    __slots__ = ("_result",)

    def __init__(self, result: Any) -> None:
        self._result = result

    def __getitem__(self, name: str) -> Table:
        if name not in self._result._core.tables:
            raise KeyError(f"tables: not one of {', '.join(self._result._core.tables)}")
        table = Table(self._result._core.table(name))
        table._origin = (getitem, (self, name))
        return table

    def __iter__(self) -> Iterator[str]:
        return iter(self._result._core.tables)

    def __len__(self) -> int:
        return len(self._result._core.tables)

    def __repr__(self) -> str:
        return f"Tables({', '.join(self)})"


@discreet
class _Keyed(Part, Generic[Key, Value]):
    """A table whose first column is the key of its rows, read like a dictionary.

    It is no `Mapping` by its class: libraries of data frames would take it for one of columns instead of by Arrow.
    """

    __slots__ = ("_places", "_row")

    def __init__(self, core: _relocost.Table, row: Callable[..., Value]) -> None:
        self._core = core
        self._row = row
        self._places: dict[Key, int] = {key: place for place, key in enumerate(core.column(core.columns[0]))}

    def _at(self, place: int) -> Value:
        return self._row(*self._core.row(place)[1:])

    def __getitem__(self, key: Key) -> Value:
        if isinstance(key, (int, slice)) and not any(isinstance(name, int) for name in self._places):
            column = self._core.columns[0]
            raise TypeError(f"rows are found by their {column}; for one by its place take list(table.values())[0]")
        try:
            place = self._places[key]
        except KeyError:
            names = [str(name) for name in self._places] or ["none"]
            known = ", ".join(names if len(names) <= _SHOWN else [names[0], "...", names[-1]])
            raise KeyError(f"{self._core.columns[0]}: not one of {known}") from None
        return self._at(place)

    @overload
    def get(self, key: Key) -> Value | None: ...

    @overload
    def get(self, key: Key, default: Value) -> Value: ...

    def get(self, key: Key, default: Value | None = None) -> Value | None:
        """The row of a key, or the default where there is none."""
        place = self._places.get(key)
        return default if place is None else self._at(place)

    def keys(self) -> KeysView[Key]:
        """The keys, in order."""
        return self._places.keys()

    def values(self) -> list[Value]:
        """The rows, in order."""
        return [self._row(*row[1:]) for row in self._core.rows(0, len(self))]

    def items(self) -> list[tuple[Key, Value]]:
        """The keys and their rows, in order."""
        return list(zip(self._places, self.values()))

    def __contains__(self, key: object) -> bool:
        return key in self._places

    def __iter__(self) -> Iterator[Key]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, _Keyed):
            return type(self) is type(other) and self.table == other.table
        return dict(self.items()) == other if isinstance(other, Mapping) else NotImplemented

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return _text(self.table)

    def _repr_html_(self) -> str:
        return _html(self.table)


class Amounts(_Keyed[Key, Decimal]):
    """Amounts by name or year: `amounts["housing"]` is a Decimal."""

    __slots__ = ()

    def __init__(self, core: _relocost.Table) -> None:
        super().__init__(core, lambda amount, *_: amount)


class Differences(_Keyed[Key, Difference]):
    """Differences by name, year or month: `differences["housing"].extra` is a Decimal."""

    __slots__ = ()

    def __init__(self, core: _relocost.Table) -> None:
        super().__init__(core, Difference)


def _cell(value: Any, kind: str) -> str:
    if value is None:
        return "–"
    if kind == "month":
        return f"{value:%Y-%m}"
    if kind == "money":
        return f"{value:,}"
    if kind == "binary":
        return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.4g}"  # the cell itself has all of it
    if isinstance(value, Premium):
        return f"{value:.1%}"  # as reports show it; the cell itself has all decimals
    return str(value)


def _cells(table: Table) -> tuple[list[str], list[list[str]], list[bool], int]:
    """Heads, the rows that are shown, whether a column is of numbers, and how many rows are left out in the middle."""
    core, rows = table._core, len(table)
    names = core.columns
    kinds = [core.kind(name) for name in names]
    half = _SHOWN // 2
    shown = core.rows(0, rows) if rows <= _SHOWN else [*core.rows(0, half), *core.rows(rows - half, rows)]
    body = [[_cell(value, kind) for value, kind in zip(row, kinds)] for row in shown]
    return names, body, [kind not in ("text", "id", "month") for kind in kinds], rows - len(body)


def _note(table: Table) -> str:
    head, rows = table.head, len(table)
    notes = [f"{rows} row" if rows == 1 else f"{rows} rows", f"money in {table.currency}"]
    begins = head.get("fiscal_year_start", 1)
    if begins != 1 and "fiscal_year" in table.columns:
        notes.append(f"fiscal years begin in month {begins}")
    if head["internal"]:
        notes.append("internal, not for publication")
    return ", ".join(notes)


def _text(table: Table) -> str:
    names, body, right, left_out = _cells(table)
    if _REFERENCE in names:  # a repr may stand in a log
        place = names.index(_REFERENCE)
        for row in body:
            row[place] = _NOT_SHOWN
    widths = [max([len(name), *(len(row[place]) for row in body)]) for place, name in enumerate(names)]

    def line(cells: list[str]) -> str:
        padded = (
            cell.rjust(width) if number else cell.ljust(width) for cell, width, number in zip(cells, widths, right)
        )
        return "  ".join(padded).rstrip()

    lines = [line(row) for row in body]
    if left_out:
        lines.insert(_SHOWN // 2, f"... {left_out} more rows ...")
    return "\n".join([line(names), *lines, _note(table)])


def _html(table: Table) -> str:
    names, body, right, left_out = _cells(table)

    def row(cells: list[str], tag: str) -> str:
        styles = (f' style="text-align:{"right" if number else "left"};{_CELL}"' for number in right)
        return "".join(f"<{tag}{style}>{html.escape(cell)}</{tag}>" for cell, style in zip(cells, styles))

    lines = [f"<tr>{row(cells, 'td')}</tr>" for cells in body]
    if left_out:
        lines.insert(_SHOWN // 2, f'<tr><td colspan="{len(names)}">… {left_out} more rows …</td></tr>')
    return (
        f'<div class="relocost"><table style="{_TABLE}"><thead><tr>{row(names, "th")}</tr></thead>'
        f"<tbody>{''.join(lines)}</tbody></table><p>{html.escape(_note(table))}</p></div>"
    )
