"""A catalogue: cost lines, rates and solutions that many scenarios share, and what a price list does to it."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from functools import cached_property
from typing import Any, overload

from . import _relocost
from ._discreet import discreet
from ._given import Given, GivenTable, Taken
from ._result import PathLike, TableResult, written
from ._values import plain
from .table import Table, part

__all__ = ["Catalogue", "PriceUpdate", "Prices"]

Prices = Given
"""The path of a CSV file or a workbook (xlsx), a data frame of pandas or Polars, a table of pyarrow, a dictionary of
columns, or a list of dictionaries: `id` (of a line), `amount` (exact: a text, an int or a Decimal), `currency`,
`source`, and if wanted `from`, the month from which the amount holds. Other columns are not read."""

_TABLE = GivenTable(
    "prices",
    columns=("id", "amount", "currency", "from", "from_month", "source"),
    empty=("id", "amount", "currency", "source"),
    exact=("amount",),
)


@discreet
class Catalogue:
    """A catalogue: what many scenarios share, such as cost lines, rates and solutions.

    >>> import relocost as rc
    >>> tables = rc.Catalogue.reference().to_dict()
    >>> tables["rates"]["fx"]["USD"] = {"default": "0.95"}
    >>> mine = rc.Catalogue.from_dict(tables)
    >>> rc.Scenario(catalogue=mine, start="2026-03", horizon_months=60, household=[34]).compare().currency
    'EUR'
    """

    __slots__ = ("_core",)

    def __init__(self, core: _relocost.Catalogue) -> None:
        self._core = core

    @classmethod
    def reference(cls) -> Catalogue:
        """The one built in: prices of 2026 in EUR, every amount with its source or marked as illustrative.

        Returns
        -------
        Catalogue
            The catalogue.

        Examples
        --------
        >>> import relocost as rc
        >>> rc.Catalogue.reference().to_dict()["currency"]
        'EUR'
        """
        return cls(_relocost.Catalogue.reference())

    @classmethod
    def load(cls, path: PathLike) -> Catalogue:
        """Reads a catalogue from a file of TOML or JSON.

        Parameters
        ----------
        path : PathLike
            The file.

        Returns
        -------
        Catalogue
            The checked catalogue.

        Raises
        ------
        RelocostError
            Everything that is wrong with the file.

        Examples
        --------
        >>> import relocost as rc
        >>> prices = rc.Catalogue.load("prices.toml")  # doctest: +SKIP
        """
        return cls(_relocost.Catalogue.load(os.fspath(path)))

    @classmethod
    def from_dict(cls, tables: Mapping[str, Any]) -> Catalogue:
        """Makes a catalogue from the tables of a file.

        Parameters
        ----------
        tables : Mapping[str, Any]
            The tables of a file, as a dictionary.

        Returns
        -------
        Catalogue
            The checked catalogue.

        Raises
        ------
        RelocostError
            Everything that is wrong with the tables, by key.
        TypeError
            A value is a binary floating-point number, which would not be exact.

        Examples
        --------
        >>> import relocost as rc
        >>> tables = rc.Catalogue.reference().to_dict()
        >>> rc.Catalogue.from_dict(tables) == rc.Catalogue.reference()
        True
        """
        text = json.dumps({"schema": 1, **plain(tables_of(tables))}, ensure_ascii=False)
        return cls(_relocost.Catalogue.parse(text, True))

    def to_dict(self) -> dict[str, Any]:
        """The tables of its file, with decimals as texts.

        Returns
        -------
        dict
            The tables, as `from_dict` takes them.

        Examples
        --------
        >>> import relocost as rc
        >>> rc.Catalogue.reference().to_dict()["schema"]
        1
        """
        tables: dict[str, Any] = json.loads(self._core.to_json())
        return tables

    @overload
    def to_toml(self, path: None = None) -> str: ...

    @overload
    def to_toml(self, path: PathLike) -> None: ...

    def to_toml(self, path: PathLike | None = None) -> str | None:
        """The catalogue as TOML.

        Parameters
        ----------
        path : PathLike, optional
            The file to write; the text is returned if left out.

        Returns
        -------
        str or None
            The text, or None where it is written to a file, completely or not at all.

        Raises
        ------
        OSError
            The file cannot be written.

        Examples
        --------
        >>> import relocost as rc
        >>> rc.Catalogue.reference().to_toml(None).splitlines()[0]
        'schema = 1'
        """
        return written(self._core.to_toml(), path)

    @property
    def text(self) -> str:
        """The text that it was read from, comments and order as they are.

        >>> import relocost as rc
        >>> rc.Catalogue.reference().text.splitlines()[0][:40]
        '# Reference catalogue, prices of 2026. N'
        """
        return self._core.text

    def update_prices(self, prices: Prices) -> PriceUpdate:
        """Brings amounts and tariffs up to date from a price list.

        A row with a month sets a tariff of its line, and all earlier charges stay as they were; an amount without one
        is in prices of the line's price base year. Rows whose id no line has are reported, and change nothing.

        Parameters
        ----------
        prices : Prices
            The path of a CSV file or a workbook, a data frame, or rows, with the columns `id`, `amount`, `currency`,
            `source` and, if wanted, `from`. In a data frame amounts are texts or decimals: read them with `dtype=str`.

        Returns
        -------
        PriceUpdate
            What the list does to each price, and the catalogue that it makes.

        Raises
        ------
        RelocostError
            Everything that is wrong with the list, by row and column.
        TypeError
            The prices are not given in one of these forms, or an amount is a binary floating-point number.

        Examples
        --------
        >>> import relocost as rc
        >>> row = {"id": "rent", "amount": "1010", "currency": "EUR", "from": "2027-01", "source": "framework contract"}
        >>> update = rc.Catalogue.reference().update_prices([row])
        >>> update.changed["line"], update.changed["old"], update.changed["new"]
        (['rent'], [Decimal('950')], [Decimal('1010')])
        >>> update.catalogue.to_dict()["lines"][0]["amounts"]
        {'2026-01': '950', '2027-01': '1010'}
        """
        return _update(self, _TABLE.taken(prices))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Catalogue):
            return NotImplemented
        return self.to_dict() == other.to_dict()

    def __hash__(self) -> int:
        return hash(json.dumps(self.to_dict(), sort_keys=True))

    def __reduce__(self) -> tuple[Any, tuple[str]]:
        return _catalogue, (self._core.to_json(),)

    def __repr__(self) -> str:
        tables = self.to_dict()
        return f"Catalogue({len(tables.get('lines', []))} lines, {len(tables.get('solutions', {}))} solutions)"


def _catalogue(text: str) -> Catalogue:
    return Catalogue(_relocost.Catalogue.parse(text, True))


class PriceUpdate(TableResult):
    """What a price list does to each price of a catalogue, and the catalogue that it makes.

    As a table it has a row for each price: `line`, `status`, `tariff` (the month from which it holds), `old`,
    `old_currency`, `new`, `currency`, `change` (a share of the old amount), `source`, `row` of the list, and `meant`,
    the line that an unknown one may mean.

    >>> import relocost as rc
    >>> rows = [{"id": "rend", "amount": 1010, "currency": "EUR", "source": "list"}]
    >>> update = rc.Catalogue.reference().update_prices(rows)
    >>> update.unknown["line"], update.unknown["meant"], "rent" in update.missing["line"]
    (['rend'], ['rent'], True)
    """

    __slots__ = ()

    _core: _relocost.PriceUpdate

    @property
    def catalogue(self) -> Catalogue:
        """The catalogue with the new prices. Its `text` is that of the old one, comments and order too."""
        return Catalogue(self._core.catalogue)

    @cached_property
    def changed(self) -> Table:
        """The prices with another amount or currency, or a tariff from another month."""
        return self._of("changed")

    @cached_property
    def confirmed(self) -> Table:
        """The prices that the list confirms; their source is that of the list."""
        return self._of("confirmed")

    @cached_property
    def missing(self) -> Table:
        """The lines that have an amount and are not in the list."""
        return self._of("missing")

    @cached_property
    def unknown(self) -> Table:
        """The prices of the list whose id no line has."""
        return self._of("unknown")

    def _of(self, status: str) -> Table:
        return part(self, status, Table(self._core.table("prices").only("status", status)))


def _update(catalogue: Catalogue, prices: Taken) -> PriceUpdate:
    return PriceUpdate(catalogue._core.update_prices(prices), _update, catalogue, prices)


def tables_of(tables: object) -> Mapping[str, Any]:
    """The tables of a file, which are a dictionary."""
    if isinstance(tables, Mapping):
        return tables
    raise TypeError("expected the tables of a file, as a dictionary")
