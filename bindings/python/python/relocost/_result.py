"""The methods that all results have in common: text, HTML, JSON, CSV, equality, and pickles."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar, Literal, Protocol, Union, overload

from . import _relocost
from ._discreet import discreet
from .table import Tables, Tabular

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from .scenario import Scenario

__all__ = [
    "Basis",
    "Drawn",
    "Lang",
    "NamedPair",
    "PathLike",
    "Reported",
    "Result",
    "ScenarioResult",
    "TableResult",
    "written",
]

Lang = Literal["en", "fr"]
"""English or French."""

Basis = Literal["nominal", "constant"]
"""Prices of each year (`nominal`), or those of the price base (`constant`)."""

PathLike = Union[str, "os.PathLike[str]"]


# Lines that a repr shows of a long text: a comparison whole, many long tables from both ends.
_FIRST, _LAST = 60, 20


class _Core(Protocol):
    def report(self, lang: str, html: bool) -> str: ...
    def brief(self) -> str: ...
    def json(self) -> str: ...
    def csv(self, lang: str) -> str: ...
    def table(self, name: str) -> _relocost.Table: ...
    @property
    def tables(self) -> list[str]: ...


@discreet
class Result:
    """A result of the library. It does not change; in a notebook it shows itself as HTML, elsewhere as text.

    A result pickles as the question that it answers, and is computed anew where it is unpickled.
    """

    __slots__ = ("__dict__", "_core", "_question")

    _core: Any
    _question: tuple[Callable[..., Any], tuple[Any, ...]]

    def __init_subclass__(cls, **keywords: Any) -> None:
        super().__init_subclass__(**keywords)
        discreet(cls)

    def __init__(self, core: _Core, ask: Callable[..., Any], *arguments: Any) -> None:
        self._core = core
        self._question = (ask, arguments)

    @property
    def tables(self) -> Tables:
        """Its tables by name, the main one first, as every face of the library has them.

        >>> import relocost as rc
        >>> c = rc.Scenario(start="2026-03", horizon_months=60, household=[34]).compare()
        >>> list(c.tables)[:3], c.tables["pathways"].columns[:2]
        (['differences', 'pathways', 'by_category'], ['pathway', 'entries'])
        """
        return Tables(self)

    def text(self, lang: Lang = "en") -> str:
        """The report as text, the same as the command's.

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
        >>> s.compare().text().splitlines()[0]
        'Relocation costs over 60 months from 2026-03, in EUR, prices of each year'
        """
        return str(self._core.report(lang, False))

    def html(self, lang: Lang = "en") -> str:
        """The report as a fragment of HTML.

        Parameters
        ----------
        lang : Lang, default 'en'
            English or French.

        Returns
        -------
        str
            A `<div class="relocost">` with its own style.

        Examples
        --------
        >>> import relocost as rc
        >>> s = rc.Scenario(start="2026-03", horizon_months=60, household=[34])
        >>> s.compare().html().startswith('<div class="relocost">')
        True
        """
        return str(self._core.report(lang, True))

    @overload
    def to_json(self, path: None = None) -> str: ...

    @overload
    def to_json(self, path: PathLike) -> None: ...

    def to_json(self, path: PathLike | None = None) -> str | None:
        """The result as the JSON that the command writes.

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
        >>> s = rc.Scenario(start="2026-03", horizon_months=60, household=[34])
        >>> s.compare().to_json()[:28]
        '{"schema":1,"internal":true,'
        """
        return written(str(self._core.json()), path)

    def to_dict(self) -> dict[str, Any]:
        """The JSON of `to_json`, as dictionaries and lists; figures are texts in it, so that nothing is lost.

        Returns
        -------
        dict
            The tables of the JSON.

        Examples
        --------
        >>> import relocost as rc
        >>> s = rc.Scenario(start="2026-03", horizon_months=60, household=[34])
        >>> s.compare().to_dict()["comparison"]["extra"]
        '39806.27'
        """
        result: dict[str, Any] = json.loads(self._core.json())
        return result

    @overload
    def to_csv(self, path: None = None, *, lang: Lang = "en") -> str: ...

    @overload
    def to_csv(self, path: PathLike, *, lang: Lang = "en") -> None: ...

    def to_csv(self, path: PathLike | None = None, *, lang: Lang = "en") -> str | None:
        """The result as the CSV that the command writes.

        The last column, `internal`, marks every row as not for publication.

        Parameters
        ----------
        path : PathLike, optional
            The file to write; the text is returned if left out.
        lang : Lang, default 'en'
            With 'fr' as a spreadsheet set to French opens it: semicolons, decimal commas, a byte order mark.

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
        >>> s = rc.Scenario(start="2026-03", horizon_months=60, household=[34])
        >>> s.ledger("permanent").to_csv().splitlines()[0].split(",")[-1]
        'internal'
        """
        return written(str(self._core.csv(lang)), path)

    def __repr__(self) -> str:
        lines = str(self._core.brief()).splitlines()
        left_out = len(lines) - _FIRST - _LAST
        if left_out > 1:
            lines[_FIRST:-_LAST] = [f"... {left_out} more lines, which text() shows ..."]
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        return self.html()

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, type(self)):
            return NotImplemented
        return bool(self._core == other._core)

    def __hash__(self) -> int:
        return hash(self._core.json())

    def __copy__(self) -> Result:
        return self

    def __deepcopy__(self, memo: dict[int, Any]) -> Result:
        return self

    def __reduce__(self) -> tuple[Callable[..., Any], tuple[Any, ...]]:
        return self._question


class ScenarioResult(Result):
    """A result of one scenario, over its horizon and on one basis of prices."""

    __slots__ = ()

    @property
    def scenario(self) -> Scenario:
        """The scenario that was asked."""
        scenario: Scenario = self._question[1][0]
        return scenario

    @property
    def currency(self) -> str:
        """The currency of every figure, by its code of ISO 4217."""
        currency: str = self._core.currency
        return currency

    @property
    def horizon_months(self) -> int:
        """The horizon in months: no premium means anything without it."""
        months: int = self._core.horizon_months
        return months

    @property
    def basis(self) -> str:
        """The basis of prices, `nominal` or `constant`."""
        basis: str = self._core.basis
        return basis


class TableResult(Result, Tabular):
    """A result that is also a table: its main one, the first of its tables."""

    __slots__ = ()

    def _arrow(self) -> _relocost.Table:
        table: _relocost.Table = self._core.table(self._core.tables[0])
        return table

    @property
    def currency(self) -> str:
        """The currency of every figure, by its code of ISO 4217."""
        currency: str = self._core.currency
        return currency


class NamedPair(ScenarioResult, TableResult):
    """A result about two pathways, which it names."""

    __slots__ = ()

    @property
    def base(self) -> str:
        """The pathway compared against; of a delay, the solution that is waited for."""
        base: str = self._core.base
        return base

    @property
    def alternative(self) -> str:
        """The pathway whose extra cost is asked for; of a delay, the solution in which the household waits."""
        alternative: str = self._core.alternative
        return alternative


@discreet
class Drawn:
    """A result with a main chart."""

    __slots__ = ()

    # The function of `relocost.plots` that draws it.
    _chart: ClassVar[str]

    def plot(self, lang: Lang = "en", ax: Axes | None = None) -> Figure:
        """Its main chart, which the class describes.

        Parameters
        ----------
        lang : Lang, default 'en'
            English or French.
        ax : Axes, optional
            Axes to draw into; a figure of its own if left out.

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
        >>> figure = s.compare().plot(lang="fr")  # doctest: +SKIP
        """
        from . import plots

        figure: Figure = getattr(plots, self._chart)(self, lang=lang, ax=ax)
        return figure


@discreet
class Reported:
    """A result of which a report is made."""

    __slots__ = ()

    _core: Any

    def report(self, lang: Lang = "en") -> str:
        """A report for a committee: one page of HTML with charts, that opens offline and prints on A4.

        Of households it has the whole, the causes of their extra cost, budget years and the assumptions with their
        sources; of payments what was expected and paid, why they differ, and what the model rests on. It is internal,
        and says so.

        Parameters
        ----------
        lang : Lang, default 'en'
            English or French.

        Returns
        -------
        str
            The page, the same as the command's; the same input gives the same text.

        Examples
        --------
        >>> import relocost as rc
        >>> s = rc.Scenario(start="2026-03", horizon_months=24, household=[])
        >>> s.caseload([{"reference": "HH-1", "members": [34]}]).report().splitlines()[:2]
        ['<!DOCTYPE html>', '<html lang="en">']
        """
        page: str = self._core.page(lang)
        return page

    def word_report(self, lang: Lang = "en") -> bytes:
        """The report as a Word document (DOCX): headings and tables are Word's own, charts are pictures with a text.

        It has the sections of `report`, and is internal, and says so.

        Parameters
        ----------
        lang : Lang, default 'en'
            English or French.

        Returns
        -------
        bytes
            The document, the same as the command's; the same input gives the same bytes.

        Examples
        --------
        >>> import relocost as rc
        >>> s = rc.Scenario(start="2026-03", horizon_months=24, household=[])
        >>> s.caseload([{"reference": "HH-1", "members": [34]}]).word_report()[:2]  # an archive, as every DOCX file is
        b'PK'
        """
        document: bytes = self._core.document(lang)
        return document


def written(text: str, path: PathLike | None, private: bool = False) -> str | None:
    """A text, or nothing where it is written to a file; a new one that is private is for its owner alone."""
    if path is None:
        return text
    _relocost.write(os.fspath(path), text.encode(), private, True)
    return None
