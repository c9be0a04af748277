"""Tables of many cases that may be published, with the audit that proves it."""

from __future__ import annotations

import os
from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING, Literal, Union

from . import _relocost
from ._progress import Bar
from ._result import PathLike, TableResult
from ._values import whole
from .table import Table, part

if TYPE_CHECKING:
    from . import caseloads as _caseloads
    from ._given import Taken
    from ._papers import ProgrammePapers, ScenarioPapers

__all__ = ["Dimension", "Publication"]

Dimension = Literal["fiscal_year", "category", "fund", "kind", "size"]
"""What may divide a published table; `size` is the number of persons in a household."""

_Before = Union[PathLike, "Publication"]
_Asked = tuple[list[str], int, list[tuple[Union[str, None], str]]]


class Publication(TableResult):
    """Tables of many cases that may be published, with their audit.

    Figures are rounded to thousands, and so many are suppressed that nobody can place one of these closer than a fifth
    of it.

    As a table it has every cell, suppressed ones without figures. `audit` has the interval in which a reader can place
    each suppressed figure. Keep the JSON of each publication: the next one is made beside it.

    >>> import relocost as rc
    >>> s = rc.Scenario(start="2026-03", horizon_months=24, household=[])
    >>> rows = [
    ...     {"reference": "A", "count": 5, "members": [34]},
    ...     {"reference": "B", "count": 4, "members": [41, 38, 14]},
    ...     {"reference": "C", "count": 1, "members": [29, 2]},
    ... ]
    >>> published = s.publish(rows, by=[["size"]])
    >>> published.suppressed, [row["size"] for row in published.audit if row["figure"] == "base"]
    (2, ['1', '2'])
    """

    __slots__ = ()

    _core: _relocost.Publication

    @property
    def threshold(self) -> int:
        """A figure is of at least so many cases."""
        return self._core.threshold

    @property
    def suppressed(self) -> int:
        """The number of suppressed cells."""
        return self._core.suppressed

    @cached_property
    def audit(self) -> Table:
        """A row for each figure of a suppressed cell: the interval in which a reader can place it."""
        return part(self, "audit", Table(self._core.table("audit")))


def asked(by: Iterable[Iterable[Dimension]], threshold: int, beside: _Before | Iterable[_Before]) -> _Asked:
    """Tables, threshold and earlier publications, as the library takes them."""
    tables = list(by)
    if isinstance(by, str) or any(isinstance(table, str) for table in tables):
        raise TypeError("by: expected tables, each a list of dimensions")
    earlier: list[tuple[str | None, str]] = []
    for one in [beside] if isinstance(beside, (str, os.PathLike, Publication)) else beside:
        earlier.append((None, one.to_json()) if isinstance(one, Publication) else (os.fspath(one), ""))
    return [",".join(table) for table in tables], whole(threshold, "threshold", 0) or 0, earlier


def of_caseload(
    scenario: ScenarioPapers,
    households: Taken,
    question: _caseloads._Asked,
    asked: _Asked,
    progress: bool,
) -> Publication:
    """What may be published of a caseload."""
    with Bar("households", progress) as bar:
        core = scenario._core.publish(households, question, asked, bar)
    return Publication(core, of_caseload, scenario, households, question, asked, progress)


def of_programme(programme: ProgrammePapers, asked: _Asked, progress: bool) -> Publication:
    """What may be published of a programme."""
    with Bar("cases", progress) as bar:
        return Publication(programme._core.publish(asked, bar), of_programme, programme, asked, progress)
