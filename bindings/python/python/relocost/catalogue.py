"""A catalogue: cost lines, rates and solutions that many scenarios share."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from typing import Any, overload

from . import _relocost
from ._discreet import discreet
from ._result import PathLike, written
from ._values import plain

__all__ = ["Catalogue"]


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


def tables_of(tables: object) -> Mapping[str, Any]:
    """The tables of a file, which are a dictionary."""
    if isinstance(tables, Mapping):
        return tables
    raise TypeError("expected the tables of a file, as a dictionary")
