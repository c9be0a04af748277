"""Tables that users give: a path, a data frame, columns or rows, as the heads and cells that the library reads."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Protocol, TypeAlias, Union

from ._result import PathLike
from ._values import BYTES, SETS, decimal_text, is_missing, month_text

__all__ = ["Frame", "Given", "GivenTable", "Stream", "Taken"]


# Whole numbers below this are written as Python writes them.
_SHORT = 10**18


class Frame(Protocol):
    """A data frame: something with named columns, as those of pandas, Polars and pyarrow have."""

    def __getitem__(self, name: Any, /) -> Any: ...


class Stream(Protocol):
    """A table that exports itself as Arrow."""

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...


Given = Union[PathLike, Iterable[Mapping[str, Any]], Frame, Stream]
"""The path of a CSV file or a workbook, a data frame of pandas or Polars, a table of pyarrow, a dictionary of columns,
or a list of dictionaries."""

Taken: TypeAlias = "str | tuple[list[str], list[list[str]]]"
"""The path of a table, or its heads and its columns as the texts of a CSV file."""


@dataclass(frozen=True)
class GivenTable:
    """A kind of table that users give: its name in errors, and the columns that an error may name."""

    what: str
    columns: tuple[str, ...]
    empty: tuple[str, ...]
    """The heads of a table without rows."""
    lists: str | None = None
    """The column whose cells may be lists."""
    exact: tuple[str, ...] = ()
    """The columns whose numbers must be exact, so that a float is refused."""

    def taken(self, given: Any) -> Taken:
        """The table as the library reads it."""
        path = self.path(given)
        return self._texts(given) if path is None else path

    def path(self, given: object) -> str | None:
        """The path, made absolute, if it is one."""
        if not isinstance(given, (str, os.PathLike)):
            return None
        path: str = os.fspath(given)
        if "\n" in path:
            raise TypeError(f"{self.what}: expected the path of a CSV file, not its text")
        return os.path.abspath(path)

    def _texts(self, given: Any) -> tuple[list[str], list[list[str]]]:
        columns = self._columns(given)
        for name, column in columns.items():
            if not isinstance(name, str):
                raise TypeError(f"{self.what}: expected columns with names")
            if isinstance(column, (str, Mapping, *BYTES, *SETS)) or not isinstance(column, Iterable):
                raise TypeError(f"{self._shown(name)}: expected a column, a list of cells in the order of the rows")
        cells = [self._column(list(column), name) for name, column in columns.items()]
        if len({len(column) for column in cells}) > 1:
            raise ValueError(f"{self.what}: expected columns of one length")
        return list(columns), cells

    def _column(self, column: list[Any], name: str) -> list[str]:
        kinds = set(map(type, column))
        if kinds == {str}:  # nearly every column, where a look at each cell would be most of the time
            return column
        if kinds == {int} and -_SHORT < min(column) and max(column) < _SHORT:
            return list(map(str, column))
        return [value if isinstance(value, str) else self._cell(value, name) for value in column]

    def _columns(self, given: Any) -> Mapping[str, Iterable[Any]]:
        if isinstance(given, Mapping):
            return given
        if hasattr(given, "collect") and hasattr(given, "lazy"):
            given = given.collect()  # a LazyFrame of Polars
        # pandas and Polars call the names of the columns so, and pyarrow the columns themselves.
        named = "column_names" if hasattr(given, "to_pylist") else "columns"
        names: list[Any] | None = list(getattr(given, named)) if hasattr(given, named) else None
        if names is not None and (hasattr(given, "to_dict") or hasattr(given, "to_pylist")):
            if len(set(names)) < len(names):
                raise ValueError(f"{self.what}: a column stands twice")
            return {name: _list(given[name]) for name in names}
        if hasattr(given, "__arrow_c_stream__") and names is not None:
            return self._columns(self._arrow(given))
        if isinstance(given, Iterable) and not isinstance(given, (*BYTES, *SETS)):
            rows = list(given)
            if all(isinstance(row, Mapping) for row in rows):
                heads = list(dict.fromkeys(name for row in rows for name in row)) or list(self.empty)
                return {name: [row.get(name) for row in rows] for name in heads}
        raise TypeError(f"{self.what}: expected the path of a CSV file, a data frame, or a list of dictionaries")

    def _arrow(self, given: Any) -> Any:
        import pyarrow

        try:
            return pyarrow.table(given)
        except pyarrow.ArrowException:
            raise TypeError(f"{self.what}: cannot be read as a table of Arrow") from None  # its own words show cells

    def _cell(self, value: Any, name: str) -> str:
        """A cell as the text of a file, which the library reads as it reads a file's; what is missing is empty."""
        if isinstance(value, str):
            return value
        if is_missing(value):
            return ""
        if isinstance(value, SETS):
            raise TypeError(f"{self._shown(name)}: a set keeps one of two members that are alike; expected a list")
        if isinstance(value, (bool, Mapping, *BYTES)):
            raise TypeError(self._expected(name))
        column = name.strip().lower()
        if column == self.lists and not hasattr(value, "year") and isinstance(value, Iterable):
            # A member that is missing is wrong, and not one household member fewer.
            return " ".join(self._cell(member, "member") or "(missing)" for member in value)
        if type(value).__name__ == "datetime64" or (hasattr(value, "year") and hasattr(value, "month")):
            return month_text(value, self._shown(name))
        if isinstance(value, float) or type(value).__name__ in ("float16", "float32"):
            if column in self.exact:
                return decimal_text(float(value), self._shown(name))  # which refuses it
            return repr(float(value))  # 4.0 in a column of pandas that has gaps
        if isinstance(value, Decimal) or hasattr(value, "__index__"):
            return decimal_text(value, self._shown(name))
        raise TypeError(self._expected(name))

    def _expected(self, name: str) -> str:
        wanted = "a text, a whole number, a month or a list of members" if self.lists else "a text, a number or a month"
        return f"{self._shown(name)}: expected {wanted}"

    def _shown(self, name: str) -> str:
        """The name of a column as an error may show it: only a known one, since another may identify somebody."""
        return name if name in self.columns else "a column"


def _list(column: Any) -> Iterable[Any]:
    for method in ("to_list", "to_pylist", "tolist"):
        if hasattr(column, method):
            values: Iterable[Any] = getattr(column, method)()
            return values
    return list(column)
