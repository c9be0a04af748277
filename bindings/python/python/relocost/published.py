"""Published exchange rates and price indices, read from the files of their publishers."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Literal, overload

from . import _relocost
from ._discreet import discreet
from ._result import PathLike, written
from ._values import whole
from .table import Tables, Tabular

__all__ = ["RateFormat", "Rates", "rates"]

RateFormat = Literal["ecb", "un", "imf", "eurostat", "oecd", "world-bank", "bls", "csv"]
"""The publishers whose files are read, as the command calls them."""


@discreet
class Rates(Tabular):
    """Tables of rates from published files, each with its source. They are published, and so not internal.

    As a table it has a row for each rate: `key` (`fx.USD`, `index.housing`), `period` (a year or a month), `rate`,
    `increase_month` (the month in which the increase of an index comes) and `source`.
    """

    __slots__ = ("__dict__", "_core", "_question")

    def __init__(self, core: _relocost.Rates, ask: Callable[..., Rates], *arguments: Any) -> None:
        self._core = core
        self._question = (ask, arguments)

    def _arrow(self) -> _relocost.Table:
        return self._core.table("rates")

    @property
    def tables(self) -> Tables:
        """Its table by name, as every face of the library has it."""
        return Tables(self)

    @property
    def currency(self) -> str:
        """The scenario's currency, in which exchange rates are given, by its code of ISO 4217."""
        return self._core.currency

    @overload
    def to_toml(self, path: None = None) -> str: ...

    @overload
    def to_toml(self, path: PathLike) -> None: ...

    def to_toml(self, path: PathLike | None = None) -> str | None:
        """The tables as TOML, as the command writes them: what stands under `rates` in a scenario or a catalogue.

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
        >>> text = rc.rates("ecb", "eurofxref-hist.csv", columns=["USD"]).to_toml()  # doctest: +SKIP
        """
        return written(self._core.to_toml(), path)

    def to_dict(self) -> dict[str, Any]:
        """The tables as a catalogue's `to_dict` has them under `rates`: `fx` and `index`, rates as texts.

        Returns
        -------
        dict
            The tables, which can be put into those of a catalogue or a scenario.

        Examples
        --------
        >>> import relocost as rc
        >>> tables = rc.Catalogue.reference().to_dict()
        >>> published = rc.rates("ecb", "eurofxref-hist.csv", columns=["USD"])  # doctest: +SKIP
        >>> tables["rates"]["fx"] |= published.to_dict()["fx"]  # doctest: +SKIP
        """
        tables: dict[str, Any] = json.loads(self._core.json())["rates"]
        return tables

    def __repr__(self) -> str:
        return self._core.to_toml()

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Rates):
            return NotImplemented
        return self._core == other._core

    def __hash__(self) -> int:
        return hash(self._core.to_toml())

    def __reduce__(self) -> tuple[Callable[..., Rates], tuple[Any, ...]]:
        return self._question


@discreet
def rates(
    format: RateFormat,
    files: PathLike | Iterable[PathLike],
    *,
    currency: str = "EUR",
    years: int | tuple[int, int] | None = None,
    of: Literal["average", "end", "month"] = "average",
    month: int | None = None,
    columns: Mapping[str, str | None] | Iterable[str] = (),
    where: Mapping[str, str] | None = None,
    allow_gaps: bool = False,
) -> Rates:
    """Reads published exchange rates or price indices as tables of rates, each with its source.

    Exchange rates are units of the scenario's currency for one unit of each other, inverted and crossed exactly; levels
    of an index become yearly increases. A year or month without figures is an error unless gaps are allowed.

    Parameters
    ----------
    format : RateFormat
        The publisher: `ecb`, `un`, `imf`, `eurostat`, `oecd`, `world-bank`, `bls`, or `csv` for any table of levels.
    files : PathLike | Iterable[PathLike]
        The publisher's file, or several of them.
    currency : str, default 'EUR'
        The scenario's currency, by its code of ISO 4217.
    years : int | tuple[int, int], optional
        The year wanted, or the first and the last; the whole years of the files if left out.
    of : Literal['average', 'end', 'month'], default 'average'
        The mean of a year, its end (of an index December over December), or by month.
    month : int, optional
        With `of="month"`, for an index: the month in which its increase comes, 1 to 12.
    columns : Mapping[str, str | None] | Iterable[str], optional
        The currencies, series or columns wanted, each with the name of its index if wanted; all if left out.
    where : Mapping[str, str], optional
        Only series with these values of dimensions.
    allow_gaps : bool, default False
        Whether years and months without figures are left out, and said.

    Returns
    -------
    Rates
        The tables of rates.

    Raises
    ------
    RelocostError
        A file is not in the format; a currency or a series is not there; there are gaps that are not allowed; an option
        means nothing for the format.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> import relocost as rc
    >>> file = pathlib.Path(tempfile.mkdtemp()) / "rents.csv"
    >>> _ = file.write_text("month,rents\\n2025-07,123.9\\n2026-07,128.3\\n")
    >>> published = rc.rates("csv", file, columns={"rents": "housing"}, of="month", month=7)
    >>> row = published.table.to_dicts()[0]
    >>> row["key"], row["period"], row["rate"], row["increase_month"]
    ('index.housing', '2026', Decimal('0.035512510089'), 7)
    """
    paths = [files] if isinstance(files, (str, os.PathLike)) else list(files)
    named = (
        columns if isinstance(columns, Mapping) else dict.fromkeys([columns] if isinstance(columns, str) else columns)
    )
    first, last = years if isinstance(years, tuple) else (years, years)
    span = None if first is None or last is None else (whole(first, "years", 0), whole(last, "years", 0))
    return _rates(
        format,
        [os.path.abspath(path) for path in paths],
        currency,
        span,
        of,
        whole(month, "month", 0),
        [series if name is None else f"{series}={name}" for series, name in named.items()],
        list((where or {}).items()),
        bool(allow_gaps),
    )


def _rates(*arguments: Any) -> Rates:
    return Rates(_relocost.rates(*arguments), _rates, *arguments)
