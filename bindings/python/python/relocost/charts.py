"""The charts of reports: pictures that stand by themselves, each with its figures in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from . import _relocost
from ._discreet import discreet
from ._result import Lang

__all__ = ["Chart", "Charted", "Charts"]


class Chart(NamedTuple):
    """A chart of a report. In a notebook it shows itself as a picture, elsewhere as its title and its figures in words.

    The picture needs no font and no other file: `pathlib.Path("causes.svg").write_text(chart.svg)` is one for a paper.
    It is internal, and says so.
    """

    name: str
    """Its name among the charts of what it is about, the same in every language."""
    title: str
    """What it shows."""
    alt: str
    """Its main figures in words, for who does not see it."""
    mark: str
    """That it is internal, in words."""
    svg: str
    """The picture, an `svg` element with the title above it and the mark below; the same input gives the same text."""

    def __repr__(self) -> str:
        return f"{self.title}\n{self.alt}\n{self.mark}"

    def _repr_svg_(self) -> str:
        return self.svg


@discreet
class Charts(Mapping[str, Chart]):
    """Charts by their names, in the order of the report. In a notebook they show themselves one below the other.

    >>> import relocost as rc
    >>> charts = rc.Scenario(start="2026-03", horizon_months=60, household=[34]).compare().charts()
    >>> list(charts), charts["causes"].title
    (['causes', 'horizons'], 'What causes the extra cost over 60 months')
    """

    __slots__ = ("_charts",)

    def __init__(self, parts: list[_relocost._Chart]) -> None:
        self._charts = {name: Chart(name, *rest) for name, *rest in parts}

    def __getitem__(self, name: str) -> Chart:
        return self._charts[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._charts)

    def __len__(self) -> int:
        return len(self._charts)

    def __repr__(self) -> str:
        return f"Charts({', '.join(self._charts)})"

    def _repr_html_(self) -> str:
        return "".join(f"<figure>\n{chart.svg}</figure>\n" for chart in self._charts.values())


@discreet
class Charted:
    """A result that has charts of a report."""

    __slots__ = ()

    _core: Any

    def charts(self, lang: Lang = "en") -> Charts:
        """Its charts, as a report has them.

        Parameters
        ----------
        lang : Lang, default 'en'
            English or French.

        Returns
        -------
        Charts
            Charts by their names, in the order of the report; without those of which there is nothing to draw.

        Examples
        --------
        >>> import relocost as rc
        >>> s = rc.Scenario(start="2026-03", horizon_months=60, household=[34])
        >>> print(s.delay().charts()["delay"].title)
        What waiting costs more than not waiting
        """
        return Charts(self._core.charts(lang))
