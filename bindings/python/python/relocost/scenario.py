"""A scenario: load it, build it, change it, and ask it."""

from __future__ import annotations

import datetime
import json
import os
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any, overload

from . import _relocost
from ._cases import ScenarioCaseloads
from ._discreet import discreet
from ._papers import ScenarioPapers
from ._pathways import ScenarioPathways, _changes
from ._progress import Bar
from ._result import Basis, Lang, PathLike, written
from ._uncertain import Uncertain
from ._values import ALTERNATIVE, BASE, MonthLike, Number, Where, plain
from .catalogue import Catalogue, tables_of
from .errors import Finding, RelocostError, _finding
from .questions import Diff, WhatIfs
from .table import Table, part

__all__ = ["Scenario", "WhatIf", "diff", "load", "loads"]


@discreet
class Scenario(ScenarioCaseloads, ScenarioPapers, ScenarioPathways, Uncertain):
    """A checked scenario, standing by itself: what it took from a catalogue is part of it. It does not change.

    The arguments are the keys of a scenario's file. Numbers are texts, whole numbers or Decimals.

    Parameters
    ----------
    start : str or datetime.date
        The first month.
    horizon_months : int
        How many months are costed.
    household : dict or list
        The table of a file, or a list of members, each a table, an age in completed years at the start, or a month of
        birth.
    catalogue : str or Catalogue, default 'reference'
        The catalogue, or `"reference"` for the one built in.
    **keys
        Further keys of a scenario's file, such as `pathways`, `lines` or `uncertain`.

    Raises
    ------
    RelocostError
        Everything that is wrong, by key.
    TypeError
        A number is a binary floating-point number, which would not be exact.

    Examples
    --------
    >>> import relocost as rc
    >>> s = rc.Scenario(start="2026-03", horizon_months=60, household=[41, 39, 13, 9])
    >>> s.compare().premium in rc.REPORTED_BAND
    True
    >>> s.currency, s.pathways
    ('EUR', ['permanent', 'temporary'])
    """

    __slots__ = ("_core", "_recipe")

    _core: _relocost.Scenario
    _recipe: tuple[Callable[..., Scenario], tuple[Any, ...]] | None

    def __init__(
        self,
        *,
        start: MonthLike,
        horizon_months: int,
        household: Mapping[str, Any] | Sequence[Any],
        catalogue: str | Catalogue | None = "reference",
        **keys: Any,
    ) -> None:
        members = household if isinstance(household, Mapping) else {"members": household}
        tables = {"start": start, "horizon_months": horizon_months, "household": members, **keys}
        self._core = _parse({**tables, "catalogue": catalogue})
        self._recipe = None

    @classmethod
    def _of(cls, core: _relocost.Scenario, recipe: Callable[..., Scenario] | None = None, *arguments: Any) -> Scenario:
        """A scenario; one that no file may be able to say comes with how it was made."""
        self = Scenario.__new__(Scenario)
        self._core = core
        self._recipe = None if recipe is None else (recipe, arguments)
        return self

    @classmethod
    def from_dict(cls, tables: Mapping[str, Any]) -> Scenario:
        """Makes a scenario from the tables of a file.

        Parameters
        ----------
        tables : Mapping[str, Any]
            The tables of a file, as a dictionary; `catalogue` may be a `Catalogue`.

        Returns
        -------
        Scenario
            The checked scenario.

        Raises
        ------
        RelocostError
            Everything that is wrong with the tables, by key.
        TypeError
            A value is a binary floating-point number, which would not be exact.

        Examples
        --------
        >>> import relocost as rc
        >>> tables = {"catalogue": "reference", "start": "2026-03", "horizon_months": 60}
        >>> rc.Scenario.from_dict({**tables, "household": {"members": [34]}}).horizon_months
        60
        """
        return cls._of(_parse(tables_of(tables)))

    def to_dict(self) -> dict[str, Any]:
        """The tables of its file, standing by itself, with decimals as texts.

        It shows the household: take care where it goes.

        Returns
        -------
        dict
            The tables, as `from_dict` takes them.

        Raises
        ------
        RelocostError
            `with_` scaled the scenario by a factor, which no file can express.

        Examples
        --------
        >>> import relocost as rc
        >>> s = rc.Scenario(start="2026-03", horizon_months=60, household=[34])
        >>> s.to_dict()["horizon_months"]
        60
        """
        tables: dict[str, Any] = json.loads(self._core.to_json())
        return tables

    @overload
    def to_toml(self, path: None = None) -> str: ...

    @overload
    def to_toml(self, path: PathLike) -> None: ...

    def to_toml(self, path: PathLike | None = None) -> str | None:
        """The scenario as TOML, standing by itself. It shows the household: take care where it goes.

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
        RelocostError
            `with_` scaled the scenario by a factor, which no file can express.
        OSError
            The file cannot be written.

        Examples
        --------
        >>> import relocost as rc
        >>> s = rc.Scenario(start="2026-03", horizon_months=60, household=[34])
        >>> s.to_toml().splitlines()[0]
        'schema = 1'
        """
        return written(self._core.to_toml(), path, private=True)

    def replace(self, **keys: Any) -> Scenario:
        """The scenario with some keys of its file replaced; see `to_dict`.

        Parameters
        ----------
        **keys
            New values of keys, such as `start` or `household`. A member with an age is as old at the new start as at
            the old one.

        Returns
        -------
        Scenario
            The changed scenario.

        Raises
        ------
        RelocostError
            Everything that is wrong, by key; or `with_` scaled the scenario by a factor, which no file can express.

        Examples
        --------
        >>> import relocost as rc
        >>> s = rc.Scenario(start="2026-03", horizon_months=60, household=[34])
        >>> s.replace(horizon_months=12).horizon_months
        12
        """
        household = keys.get("household")
        if household is not None and not isinstance(household, Mapping):
            keys["household"] = {**self.to_dict()["household"], "members": household}
        return Scenario.from_dict({**self.to_dict(), **keys})

    # Properties.

    @property
    def title(self) -> str | None:
        """The title, for those who may see it; it is in no error, no repr and no report."""
        return self._core.title

    @property
    def currency(self) -> str:
        """The currency of every figure, by its code of ISO 4217."""
        return self._core.currency

    @property
    def start(self) -> datetime.date:
        """The first month, as its first day."""
        return self._core.start

    @property
    def horizon_months(self) -> int:
        """The number of months that are costed."""
        return self._core.horizon_months

    @property
    def fiscal_year_start(self) -> int:
        """The calendar month, 1 to 12, in which a fiscal year begins."""
        return self._core.fiscal_year_start

    @property
    def pathways(self) -> list[str]:
        """The names of all pathways: the solutions, then the others."""
        return self._core.pathways

    @property
    def solutions(self) -> list[str]:
        """The names of the solutions."""
        return self._core.solutions

    @property
    def variants(self) -> list[str]:
        """The names of the variants that the file carries."""
        return self._core.variants

    @property
    def entitlements(self) -> dict[str, str]:
        """The entitlements, by id, with their labels."""
        return self.labels("entitlements")

    @property
    def categories(self) -> dict[str, str]:
        """The categories, by id, with their labels."""
        return self.labels("categories")

    @property
    def funds(self) -> dict[str, str]:
        """The funds, by id, with their labels."""
        return self.labels("funds")

    @property
    def places(self) -> dict[str, str]:
        """The places, by id, with their labels."""
        return self.labels("places")

    @property
    def drivers(self) -> Table:
        """The drivers that the scenario declares, each with what it counts."""
        return part(self, "drivers", Table(self._core.table("drivers")))

    def labels(self, kind: str, lang: Lang = "en") -> dict[str, str]:
        """The labels of what a scenario declares.

        Parameters
        ----------
        kind : str
            `entitlements`, `categories`, `funds`, `places` or `solutions`.
        lang : Lang, default 'en'
            English or French.

        Returns
        -------
        dict
            Labels by id.

        Raises
        ------
        ValueError
            There is no such kind.

        Examples
        --------
        >>> import relocost as rc
        >>> s = rc.Scenario(start="2026-03", horizon_months=60, household=[34])
        >>> s.labels("funds")["host_state"]
        'Host State'
        """
        if kind not in ("entitlements", "categories", "funds", "places", "solutions"):
            raise ValueError("kind: expected 'entitlements', 'categories', 'funds', 'places' or 'solutions'")
        return {id: fr if lang == "fr" else en for id, en, fr in self._core.labels(kind)}

    @property
    def lines(self) -> Table:
        """The cost lines with their sources; events, dated amounts, percentages and refunds have no `amount`."""
        return part(self, "lines", Table(self._core.table("lines")))

    def warnings(self) -> list[Finding]:
        """Warnings about the scenario: lines that are never charged, and the like.

        Returns
        -------
        list of Finding
            The findings, none of which is an error.

        Examples
        --------
        >>> import relocost as rc
        >>> s = rc.Scenario(start="2026-03", horizon_months=60, household=[34])
        >>> s.warnings()[0].key
        'lines.deposit-returned'
        """
        return [_finding(parts) for parts in self._core.warnings()]

    # Changes.

    def parameter(self, path: str) -> Decimal | datetime.date:
        """The value of a parameter as the scenario stands.

        A factor stands at 1 and a shift of an index at 0, also after `with_` has set one: what is set next multiplies
        or adds to it. `rates.fx.USD` stands at the rate of the first month.

        Parameters
        ----------
        path : str
            The parameter's path, such as `lines.rent.amount`.

        Returns
        -------
        decimal.Decimal | datetime.date
            The value; of `start` the first day of the month.

        Raises
        ------
        RelocostError
            The scenario has no such parameter.

        Examples
        --------
        >>> import relocost as rc
        >>> rc.Scenario(start="2026-03", horizon_months=60, household=[34]).parameter("lines.rent.amount")
        Decimal('950')
        """
        return _value(path, self._core.parameter(path))

    def with_(self, changes: Mapping[str, Number | MonthLike]) -> WhatIf:
        """The scenario with parameters set; it shows itself beside the scenario as it stood.

        Every path that may be uncertain can be set, but for those that are drawn anew for each year (`yearly`), and
        besides: `rates.fx.<currency>` (the rate of all months), `rates.fx.<currency>.<year or month>`,
        `rates.index.<name>.<year or default>`, `rates.level.<place>.<category>`, `lines.<id>.amounts.<month>`,
        `lines.<id>.percentage.share`, `start` (births stay) and `horizon_months`. Of two rates that overlap the
        narrower holds.

        What scales, such as `lines.rent.factor` or `rates.fx.USD.factor`, is no key of a file: a scenario with such
        a factor answers every question, and cannot be written or have other keys replaced.

        Parameters
        ----------
        changes : Mapping[str, Number | MonthLike]
            The values, by the paths of their parameters; that of `start` is a month.

        Returns
        -------
        WhatIf
            The changed scenario.

        Raises
        ------
        RelocostError
            The scenario has no such parameter, or a value is outside its domain.
        TypeError
            A value is a binary floating-point number, which would not be exact.

        Examples
        --------
        >>> import relocost as rc
        >>> s = rc.Scenario(start="2026-03", horizon_months=60, household=[34])
        >>> dearer = s.with_({"lines.rent.amount": "1100"})
        >>> dearer.parameter("lines.rent.amount"), dearer.compare().extra < s.compare().extra
        (Decimal('1100'), True)
        >>> s.with_({"start": "2027-01", "horizon_months": 36}).start
        datetime.date(2027, 1, 1)
        """
        return WhatIf(self, changes)

    def variant(self, name: str) -> Scenario:
        """The scenario as one of its variants has it.

        Parameters
        ----------
        name : str
            The variant's name.

        Returns
        -------
        Scenario
            The changed scenario.

        Raises
        ------
        RelocostError
            The scenario has no such variant.

        Examples
        --------
        >>> import relocost as rc
        >>> s = rc.Scenario(
        ...     start="2026-03", horizon_months=60, household=[34], variants={"dear": {"lines.rent.amount": "1100"}}
        ... )
        >>> s.variant("dear").parameter("lines.rent.amount")
        Decimal('1100')
        """
        return Scenario._of(self._core.variant(name), Scenario.variant, self, name)

    def diff(self, new: Scenario, *, basis: Basis = "nominal", progress: bool = True) -> Diff:
        """Compares this scenario with a newer one: every change, and what it adds to each total.

        Parameters
        ----------
        new : Scenario
            The newer scenario, in the same currency.
        basis : Basis, default 'nominal'
            Prices of each year, or constant ones: those of the price base.
        progress : bool, default True
            Whether to show a progress bar after a second.

        Returns
        -------
        Diff
            The changes in order, with their effects.

        Raises
        ------
        RelocostError
            The currencies differ, or a rate that a charge needs is missing.

        Examples
        --------
        >>> import relocost as rc
        >>> s = rc.Scenario(start="2026-03", horizon_months=60, household=[34])
        >>> s.diff(s.replace(horizon_months=48)).totals
        pathway           old         new
        permanent  119,736.14  102,782.78
        temporary  159,542.41  125,961.90
        2 rows, money in EUR, internal, not for publication
        """
        return _diff(self, new, basis, progress)

    def at_means(self) -> Scenario:
        """The scenario with every uncertain parameter at the mean of its distribution: to 12 decimals, moved into its
        domain, months rounded half to even.

        Returns
        -------
        Scenario
            The changed scenario.

        Examples
        --------
        >>> import relocost as rc
        >>> s = rc.Scenario(
        ...     start="2026-03", horizon_months=12, household=[34],
        ...     uncertain=[{"parameter": "lines.rent.amount", "distribution": {"uniform": {"low": 900, "high": 1000}}}],
        ... )
        >>> s.at_means().parameter("lines.rent.amount")
        Decimal('950')
        """
        return Scenario._of(self._core.at_means(), Scenario.at_means, self)

    # Protocols of Python.

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Scenario):
            return NotImplemented
        return self._core == other._core

    def __hash__(self) -> int:
        return hash(self._core)

    def __copy__(self) -> Scenario:
        return self

    def __deepcopy__(self, memo: dict[int, Any]) -> Scenario:
        return self

    def __reduce__(self) -> tuple[Any, tuple[Any, ...]]:
        return self._recipe or (_reload, (self._core.to_json(),))

    def html(self, lang: Lang = "en") -> str:
        """Its solutions and cost lines as a fragment of HTML, with nothing of the household.

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
        >>> s.html().startswith('<div class="relocost">')
        True
        """
        return self._core.report(lang, True)

    def _repr_html_(self) -> str | None:
        return self.html() if hasattr(self, "_core") else None

    def __repr__(self) -> str:
        if not hasattr(self, "_core"):
            return "Scenario(not made)"  # for who looks at it while it is refused
        return (
            f"Scenario({self.horizon_months} months in {self.currency}, {len(self._core.table('lines'))} lines, "
            f"pathways {', '.join(self.pathways)})"
        )


@discreet
class WhatIf(Scenario):
    """A scenario with parameters set, which shows itself beside the scenario as it stood."""

    __slots__ = ("_changes", "_origin")

    def __init__(self, origin: Scenario, changes: Mapping[str, Number | MonthLike]) -> None:
        self._changes = _changes(changes)
        self._origin = origin
        self._core = origin._core.with_changes(self._changes)
        self._recipe = (WhatIf, (origin, dict(self._changes)))

    @property
    def origin(self) -> Scenario:
        """The scenario as it stood."""
        return self._origin

    @property
    def changes(self) -> dict[str, tuple[Decimal | datetime.date, Decimal | datetime.date]]:
        """Each parameter that is set, with its value as it stood and its new one."""
        return {path: (self._origin.parameter(path), _value(path, value)) for path, value in self._changes}

    def beside(self, base: str = BASE, alternative: str = ALTERNATIVE, *, basis: Basis = "nominal") -> WhatIfs:
        """The comparison of two pathways beside that of the scenario as it stood.

        Parameters
        ----------
        base : str, default 'permanent'
            The pathway that the other is compared with.
        alternative : str, default 'temporary'
            The pathway whose extra cost is asked for.
        basis : Basis, default 'nominal'
            Prices of each year, or constant ones: those of the price base.

        Returns
        -------
        WhatIfs
            Two rows: as it stood, and as it is.

        Raises
        ------
        RelocostError
            The scenario lacks one of the pathways, or a rate that a charge needs.

        Examples
        --------
        >>> import relocost as rc
        >>> s = rc.Scenario(start="2026-03", horizon_months=60, household=[34])
        >>> len(s.with_({"lines.rent.amount": 1000}).beside().rows)
        1
        """
        return self._origin.what_ifs([dict(self._changes)], base, alternative, basis=basis)

    def __repr__(self) -> str:
        if not hasattr(self, "_core"):
            return super().__repr__()
        try:
            return repr(self.beside())
        except RelocostError:  # it lacks the usual pair
            changed = ", ".join(f"{Where(path)} {old} -> {new}" for path, (old, new) in self.changes.items())
            return f"{super().__repr__()} with {changed}"

    def _repr_html_(self) -> str | None:
        try:
            return self.beside().html()
        except RelocostError:
            return super()._repr_html_()


@discreet
def load(
    path: PathLike,
    *,
    catalogue: PathLike | None = None,
    catalogues: Sequence[PathLike] = (),
    show_values: bool = False,
) -> Scenario:
    """Loads a scenario from a file of TOML or JSON, with the catalogue that it names.

    The catalogue may lie in the scenario's own folder or below it, or in one of the folders `catalogues`.

    Parameters
    ----------
    path : PathLike
        The file of the scenario.
    catalogue : PathLike, optional
        The file of a catalogue to use instead of the one that the scenario names.
    catalogues : Sequence[PathLike], default ()
        Folders in which catalogues may lie.
    show_values : bool, default False
        Whether errors may show values that could identify a household; for use on your own machine.

    Returns
    -------
    Scenario
        The checked scenario.

    Raises
    ------
    RelocostError
        Everything that is wrong with either file, by line, column and key.
    TypeError
        A text is given instead of a path, or a `Catalogue` instead of its file.

    Examples
    --------
    >>> import relocost as rc
    >>> s = rc.load("family.toml")  # doctest: +SKIP
    """
    for each in (path, catalogue):
        if isinstance(each, str) and "\n" in each:
            raise TypeError("load() takes the path of a file; for its text use loads()")
    if isinstance(catalogue, Catalogue):
        raise TypeError("load() takes the file of a catalogue; for a Catalogue use loads()")
    if isinstance(catalogues, (str, os.PathLike)):
        raise TypeError("catalogues: expected a list of folders")
    instead = None if catalogue is None else os.fspath(catalogue)
    core = _relocost.Scenario.load(os.fspath(path), instead, [os.fspath(folder) for folder in catalogues], show_values)
    return Scenario._of(core)


@discreet
def loads(text: str, *, catalogue: Catalogue | None = None, show_values: bool = False) -> Scenario:
    """Loads a scenario from a text of TOML or JSON. It can name the catalogue `"reference"`.

    Parameters
    ----------
    text : str
        The text.
    catalogue : Catalogue, optional
        A catalogue to use instead of the one that the text names.
    show_values : bool, default False
        Whether errors may show values that could identify a household.

    Returns
    -------
    Scenario
        The checked scenario.

    Raises
    ------
    RelocostError
        Everything that is wrong with the text, by line, column and key.

    Examples
    --------
    >>> import relocost as rc
    >>> text = '''schema = 1
    ... catalogue = "reference"
    ... start = "2026-03"
    ... horizon_months = 60
    ... household = { members = [{ age = 34 }] }'''
    >>> rc.loads(text).currency
    'EUR'
    >>> try:
    ...     rc.loads(text.replace("60", "0"))
    ... except rc.RelocostError as error:
    ...     print(error.findings[0].key)
    horizon_months
    """
    if not (catalogue is None or isinstance(catalogue, Catalogue)):
        raise TypeError("loads() takes a Catalogue; for a file use Catalogue.load()")
    prices = None if catalogue is None else catalogue._core
    return Scenario._of(_relocost.Scenario.parse(text, prices, show_values, False))


@discreet
def diff(old: Scenario, new: Scenario, *, basis: Basis = "nominal", progress: bool = True) -> Diff:
    """Compares two scenarios: every change, and what it adds to each total; see `Scenario.diff`.

    Parameters
    ----------
    old : Scenario
        The older scenario.
    new : Scenario
        The newer scenario, in the same currency.
    basis : Basis, default 'nominal'
        Prices of each year, or constant ones: those of the price base.
    progress : bool, default True
        Whether to show a progress bar after a second.

    Returns
    -------
    Diff
        The changes in order, with their effects.

    Raises
    ------
    RelocostError
        The currencies differ, or a rate that a charge needs is missing.

    Examples
    --------
    >>> import relocost as rc
    >>> s = rc.Scenario(start="2026-03", horizon_months=60, household=[34])
    >>> rc.diff(s, s.replace(horizon_months=48)).totals
    pathway           old         new
    permanent  119,736.14  102,782.78
    temporary  159,542.41  125,961.90
    2 rows, money in EUR, internal, not for publication
    """
    return _diff(old, new, basis, progress)


def _parse(tables: Mapping[str, Any]) -> _relocost.Scenario:
    catalogue = tables.get("catalogue")
    prices = None
    if isinstance(catalogue, Catalogue):
        prices, catalogue = catalogue._core, "given"
    given = plain({**tables, "catalogue": catalogue})
    household = given.get("household")
    if isinstance(household, dict) and isinstance(household.get("members"), list):
        household["members"] = [_member(member) for member in household["members"]]
    text = json.dumps({"schema": 1, **given}, ensure_ascii=False)
    return _relocost.Scenario.parse(text, prices, False, True)


def _member(member: object) -> object:
    """A member as a table, where it is an age or a month of birth alone."""
    if isinstance(member, int) and not isinstance(member, bool):
        return {"age": member}
    return {"born": member} if isinstance(member, str) else member


def _reload(text: str) -> Scenario:
    return Scenario._of(_relocost.Scenario.parse(text, None, False, True))


def _value(path: str, text: str) -> Decimal | datetime.date:
    """A parameter's value from the text that the library has."""
    return datetime.date.fromisoformat(f"{text}-01") if path == "start" else Decimal(text)


# The question, as a function of the module: a result pickles as its question.


def _diff(old: Scenario, new: Scenario, basis: str, progress: bool) -> Diff:
    if not (isinstance(old, Scenario) and isinstance(new, Scenario)):
        raise TypeError("expected two scenarios")
    with Bar("changes", progress) as bar:
        core = old._core.diff(new._core, basis, bar)
    return Diff(core, _diff, old, new, basis, progress)
