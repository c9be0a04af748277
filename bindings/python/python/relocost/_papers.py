"""What is handed on of a scenario or a programme: reports, workbooks, and what may be published."""

from __future__ import annotations

from collections.abc import Iterable

from . import _relocost
from . import caseloads as _caseloads
from . import publishing as _publishing
from ._discreet import discreet
from ._progress import Bar
from ._result import Basis, Lang
from ._values import ALTERNATIVE, BASE, count, whole
from .caseloads import Households
from .charts import Charts
from .publishing import Dimension, Publication, _Before

__all__ = ["ProgrammePapers", "ScenarioPapers"]


@discreet
class ScenarioPapers:
    """A scenario of which papers are made."""

    __slots__ = ()

    _core: _relocost.Scenario

    def report(
        self,
        base: str = BASE,
        alternative: str = ALTERNATIVE,
        *,
        basis: Basis = "nominal",
        draws: int = 10_000,
        seed: int = 0,
        threads: int | None = None,
        lang: Lang = "en",
        progress: bool = True,
    ) -> str:
        """A report for a committee: one page of HTML with charts, that opens offline and prints on A4.

        It has a summary in words, the premium and its causes, budget years and categories, the cost of delay,
        uncertainty, what matters most, and the assumptions with their sources. It is internal, and says so.

        Parameters
        ----------
        base : str, default 'permanent'
            The pathway that the other is compared with.
        alternative : str, default 'temporary'
            The pathway whose extra cost is asked for.
        basis : Basis, default 'nominal'
            Prices of each year, or constant ones: those of the price base.
        draws : int, default 10000
            The number of draws of what is uncertain.
        seed : int, default 0
            The number from which all random numbers follow.
        threads : int, optional
            The number of threads; all cores if left out. The page does not depend on it.
        lang : Lang, default 'en'
            English or French.
        progress : bool, default True
            Whether to show a progress bar after a second.

        Returns
        -------
        str
            The page, the same as the command's; the same input gives the same text.

        Raises
        ------
        ValidationError
            An option is out of range.
        RelocostError
            The scenario lacks one of the pathways, or a rate that a charge needs.

        Examples
        --------
        >>> import relocost as rc
        >>> s = rc.Scenario(start="2026-03", horizon_months=24, household=[34])
        >>> s.report(draws=100).splitlines()[:2]
        ['<!DOCTYPE html>', '<html lang="en">']
        """
        options = _options(lang, draws, seed, threads)
        with Bar("figures", progress) as bar:
            return self._core.page(options, base, alternative, basis, bar)

    def word_report(
        self,
        base: str = BASE,
        alternative: str = ALTERNATIVE,
        *,
        basis: Basis = "nominal",
        draws: int = 10_000,
        seed: int = 0,
        threads: int | None = None,
        lang: Lang = "en",
        progress: bool = True,
    ) -> bytes:
        """The report as a Word document (DOCX): headings and tables are Word's own, charts are pictures with a text.

        It has the sections of `report`, and is internal, and says so.

        Parameters
        ----------
        base : str, default 'permanent'
            The pathway that the other is compared with.
        alternative : str, default 'temporary'
            The pathway whose extra cost is asked for.
        basis : Basis, default 'nominal'
            Prices of each year, or constant ones: those of the price base.
        draws : int, default 10000
            The number of draws of what is uncertain.
        seed : int, default 0
            The number from which all random numbers follow.
        threads : int, optional
            The number of threads; all cores if left out. The document does not depend on it.
        lang : Lang, default 'en'
            English or French.
        progress : bool, default True
            Whether to show a progress bar after a second.

        Returns
        -------
        bytes
            The document, the same as the command's; the same input gives the same bytes.

        Raises
        ------
        ValidationError
            An option is out of range.
        RelocostError
            The scenario lacks one of the pathways, or a rate that a charge needs.

        Examples
        --------
        >>> import relocost as rc
        >>> s = rc.Scenario(start="2026-03", horizon_months=24, household=[34])
        >>> s.word_report(draws=100)[:2]  # an archive, as every DOCX file is
        b'PK'
        """
        options = _options(lang, draws, seed, threads)
        with Bar("figures", progress) as bar:
            return self._core.document(options, base, alternative, basis, bar)

    def charts(
        self,
        base: str = BASE,
        alternative: str = ALTERNATIVE,
        *,
        basis: Basis = "nominal",
        draws: int = 10_000,
        seed: int = 0,
        threads: int | None = None,
        lang: Lang = "en",
        progress: bool = True,
    ) -> Charts:
        """The charts of the report, each a picture by itself.

        There are `causes` and `horizons` of the premium, `fiscal_years`, `delay`, `reserve`, and `tornado` where
        parameters are uncertain. They are internal, and say so.

        Parameters
        ----------
        base : str, default 'permanent'
            The pathway that the other is compared with.
        alternative : str, default 'temporary'
            The pathway whose extra cost is asked for.
        basis : Basis, default 'nominal'
            Prices of each year, or constant ones: those of the price base.
        draws : int, default 10000
            The number of draws of what is uncertain.
        seed : int, default 0
            The number from which all random numbers follow.
        threads : int, optional
            The number of threads; all cores if left out. The charts do not depend on it.
        lang : Lang, default 'en'
            English or French.
        progress : bool, default True
            Whether to show a progress bar after a second.

        Returns
        -------
        Charts
            Charts by their names, in the order of the report; the same input gives the same pictures.

        Raises
        ------
        ValidationError
            An option is out of range.
        RelocostError
            The scenario lacks one of the pathways, or a rate that a charge needs.

        Examples
        --------
        >>> import relocost as rc
        >>> s = rc.Scenario(start="2026-03", horizon_months=24, household=[34])
        >>> list(s.charts(draws=100))
        ['causes', 'horizons', 'fiscal_years', 'delay', 'reserve']
        """
        options = _options(lang, draws, seed, threads)
        with Bar("figures", progress) as bar:
            return Charts(self._core.charts(options, base, alternative, basis, bar))

    def workbook(
        self, base: str = BASE, alternative: str = ALTERNATIVE, *, basis: Basis = "nominal", lang: Lang = "en"
    ) -> bytes:
        """An XLSX workbook with live formulas: from prices, rates and shares to the premium.

        An auditor changes an input, and charges, totals, the premium and charts follow. Members, stages, months and
        quantities are fixed. It is internal, and says so.

        Parameters
        ----------
        base : str, default 'permanent'
            The pathway that the other is compared with.
        alternative : str, default 'temporary'
            The pathway whose extra cost is asked for.
        basis : Basis, default 'nominal'
            Prices of each year, or constant ones: those of the price base.
        lang : Lang, default 'en'
            English or French.

        Returns
        -------
        bytes
            The workbook, the same as the command's; the same scenario gives the same bytes.

        Raises
        ------
        RelocostError
            The scenario lacks one of the pathways, or a rate that a charge needs; or an amount has more digits than
            a cell holds.

        Examples
        --------
        >>> import relocost as rc
        >>> s = rc.Scenario(start="2026-03", horizon_months=24, household=[34])
        >>> s.workbook(lang="fr")[:2]  # an archive, as every XLSX file is
        b'PK'
        """
        return self._core.workbook(base, alternative, basis, lang)

    def publish(
        self,
        households: Households,
        base: str = BASE,
        alternative: str = ALTERNATIVE,
        *,
        by: Iterable[Iterable[Dimension]] = (),
        threshold: int = 3,
        beside: _Before | Iterable[_Before] = (),
        basis: Basis = "nominal",
        threads: int | None = None,
        progress: bool = True,
    ) -> Publication:
        """What may be published of many households: rounded, and with so much suppressed that none can be derived.

        Parameters
        ----------
        households : Households
            The households, as `caseload` takes them.
        base : str, default 'permanent'
            The pathway that the other is compared with.
        alternative : str, default 'temporary'
            The pathway whose extra cost is asked for.
        by : iterable of lists of Dimension, optional
            The tables, each by one to three dimensions; the usual ones if left out.
        threshold : int, default 3
            A figure is of at least so many cases; at least 3.
        beside : path or Publication, or several, optional
            Earlier publications, as such or as the paths of their JSON.
        basis : Basis, default 'nominal'
            Prices of each year, or constant ones: those of the price base.
        threads : int, optional
            The number of threads; all cores if left out. The result does not depend on it.
        progress : bool, default True
            Whether to show a progress bar after a second.

        Returns
        -------
        Publication
            The tables and their audit.

        Raises
        ------
        RelocostError
            Everything that is wrong with the households; they are fewer than the threshold, or differ from an earlier
            publication's by fewer; a figure cannot be protected; the tables cannot be audited.
        TypeError
            The households or the tables are not given in one of these forms.

        Examples
        --------
        >>> import relocost as rc
        >>> s = rc.Scenario(start="2026-03", horizon_months=24, household=[])
        >>> rows = [{"reference": "A", "members": [34], "count": 5}, {"reference": "B", "members": [41], "count": 4}]
        >>> s.publish(rows, by=[["size"]]).table["cases"]
        [9, 9]
        """
        given, question = _caseloads._TABLE.taken(households), _caseloads._asked(base, alternative, basis, threads)
        return _publishing.of_caseload(self, given, question, _publishing.asked(by, threshold, beside), progress)


@discreet
class ProgrammePapers:
    """A programme of which papers are made."""

    __slots__ = ()

    _core: _relocost.Programme

    def report(
        self,
        draws: int = 10_000,
        seed: int = 0,
        *,
        threads: int | None = None,
        lang: Lang = "en",
        progress: bool = True,
    ) -> str:
        """A report for a committee: one page of HTML with charts, that opens offline and prints on A4.

        It has a summary in words, the programme's lines by budget year and fund, agreements, waiting, what chance does,
        and the assumptions with their sources. No single case is shown. It is internal, and says so.

        Parameters
        ----------
        draws : int, default 10000
            The number of futures.
        seed : int, default 0
            The number from which all random numbers follow.
        threads : int, optional
            The number of threads; all cores if left out. The page does not depend on it.
        lang : Lang, default 'en'
            English or French.
        progress : bool, default True
            Whether to show a progress bar after a second.

        Returns
        -------
        str
            The page, the same as the command's; the same input gives the same text.

        Raises
        ------
        ValidationError
            An option is out of range.
        RelocostError
            A rate that a charge needs is missing, or a figure is too large.

        Examples
        --------
        >>> import relocost as rc
        >>> p = rc.Programme.from_dict({
        ...     "catalogue": "reference",
        ...     "programme": {"first_fiscal_year": 2026, "fiscal_years": 1},
        ...     "cases": [{"members": [{"age": 34}], "arrives": "2026-01"}],
        ... })
        >>> p.report(draws=100, lang="fr").splitlines()[:2]
        ['<!DOCTYPE html>', '<html lang="fr">']
        """
        options = _options(lang, draws, seed, threads)
        with Bar("figures", progress) as bar:
            return self._core.page(options, bar)

    def word_report(
        self,
        draws: int = 10_000,
        seed: int = 0,
        *,
        threads: int | None = None,
        lang: Lang = "en",
        progress: bool = True,
    ) -> bytes:
        """The report as a Word document (DOCX): headings and tables are Word's own, charts are pictures with a text.

        It has the sections of `report`, and is internal, and says so.

        Parameters
        ----------
        draws : int, default 10000
            The number of futures.
        seed : int, default 0
            The number from which all random numbers follow.
        threads : int, optional
            The number of threads; all cores if left out. The document does not depend on it.
        lang : Lang, default 'en'
            English or French.
        progress : bool, default True
            Whether to show a progress bar after a second.

        Returns
        -------
        bytes
            The document, the same as the command's; the same input gives the same bytes.

        Raises
        ------
        ValidationError
            An option is out of range.
        RelocostError
            A rate that a charge needs is missing, or a figure is too large.

        Examples
        --------
        >>> import relocost as rc
        >>> p = rc.Programme.from_dict({
        ...     "catalogue": "reference",
        ...     "programme": {"first_fiscal_year": 2026, "fiscal_years": 1},
        ...     "cases": [{"members": [{"age": 34}], "arrives": "2026-01"}],
        ... })
        >>> p.word_report(draws=100, lang="fr")[:2]  # an archive, as every DOCX file is
        b'PK'
        """
        options = _options(lang, draws, seed, threads)
        with Bar("figures", progress) as bar:
            return self._core.document(options, bar)

    def charts(
        self,
        draws: int = 10_000,
        seed: int = 0,
        *,
        threads: int | None = None,
        lang: Lang = "en",
        progress: bool = True,
    ) -> Charts:
        """The charts of the report, each a picture by itself.

        There are `fiscal_years`, `categories`, `avoidable`, `agreements` where there are any, `waiting`, `reserve` and
        `reserve_by_year`. They are internal, and say so.

        Parameters
        ----------
        draws : int, default 10000
            The number of futures.
        seed : int, default 0
            The number from which all random numbers follow.
        threads : int, optional
            The number of threads; all cores if left out. The charts do not depend on it.
        lang : Lang, default 'en'
            English or French.
        progress : bool, default True
            Whether to show a progress bar after a second.

        Returns
        -------
        Charts
            Charts by their names, in the order of the report; the same input gives the same pictures.

        Raises
        ------
        ValidationError
            An option is out of range.
        RelocostError
            A rate that a charge needs is missing, or a figure is too large.

        Examples
        --------
        >>> import relocost as rc
        >>> p = rc.Programme.from_dict({
        ...     "catalogue": "reference",
        ...     "programme": {"first_fiscal_year": 2026, "fiscal_years": 1},
        ...     "cases": [{"members": [{"age": 34}], "arrives": "2026-01"}],
        ... })
        >>> list(p.charts(draws=100))
        ['fiscal_years', 'categories', 'avoidable', 'waiting', 'reserve', 'reserve_by_year']
        """
        options = _options(lang, draws, seed, threads)
        with Bar("figures", progress) as bar:
            return Charts(self._core.charts(options, bar))

    def workbook(self, lang: Lang = "en", *, progress: bool = True) -> bytes:
        """An XLSX workbook with live formulas: from prices, rates and shares to what the programme costs as planned.

        An auditor changes an input, and charges, totals by budget year, category and fund, and months follow. Cases,
        agreements, quantities and waiting are fixed. It is internal, and says so.

        Parameters
        ----------
        lang : Lang, default 'en'
            English or French.
        progress : bool, default True
            Whether to show a progress bar after a second.

        Returns
        -------
        bytes
            The workbook, the same as the command's; the same programme gives the same bytes.

        Raises
        ------
        RelocostError
            A rate that a charge needs is missing, or an amount has more digits than a cell holds.

        Examples
        --------
        >>> import relocost as rc
        >>> p = rc.Programme.from_dict({
        ...     "catalogue": "reference",
        ...     "programme": {"first_fiscal_year": 2026, "fiscal_years": 1},
        ...     "cases": [{"members": [{"age": 34}], "arrives": "2026-01"}],
        ... })
        >>> p.workbook()[:2]  # an archive, as every XLSX file is
        b'PK'
        """
        with Bar("figures", progress) as bar:
            return self._core.workbook(lang, bar)

    def publish(
        self,
        *,
        by: Iterable[Iterable[Dimension]] = (),
        threshold: int = 3,
        beside: _Before | Iterable[_Before] = (),
        progress: bool = True,
    ) -> Publication:
        """What may be published of the cases as planned: rounded, and with so much suppressed that none can be derived.

        Parameters
        ----------
        by : iterable of lists of Dimension, optional
            The tables, each by one to three dimensions; the usual ones if left out.
        threshold : int, default 3
            A figure is of at least so many cases; at least 3.
        beside : path or Publication, or several, optional
            Earlier publications, as such or as the paths of their JSON.
        progress : bool, default True
            Whether to show a progress bar after a second.

        Returns
        -------
        Publication
            The tables and their audit.

        Raises
        ------
        RelocostError
            The cases are fewer than the threshold, or differ from an earlier publication's by fewer; a figure cannot be
            protected; the tables cannot be audited.

        Examples
        --------
        >>> import relocost as rc
        >>> p = rc.Programme.from_dict({
        ...     "catalogue": "reference",
        ...     "programme": {"first_fiscal_year": 2026, "fiscal_years": 2},
        ...     "cases": [{"members": [{"age": 34}], "arrives": "2025-06", "count": 6, "every_months": 1}],
        ... })
        >>> p.publish(by=[["fiscal_year"]]).table["cases"]
        [6, 6, 6]
        """
        return _publishing.of_programme(self, _publishing.asked(by, threshold, beside), progress)


def _options(lang: Lang, draws: object, seed: object, threads: object) -> tuple[Lang, int, int, int | None]:
    """What a report is made with, as the library takes it."""
    return lang, count(draws, "draws", 1), count(seed, "seed", 0), whole(threads, "threads", 1)
