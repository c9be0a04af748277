"""Figures for a budget paper, with matplotlib; each returns its `Figure`, so that it can be restyled and saved.

The colours are those of M. Okabe and K. Ito ("Color Universal Design", 2008), which the colour-blind tell apart; where
areas touch they have hatches too, so that a print in grey says the same. Numbers here are binary floating point: they
show figures and are none. Every function takes `lang="fr"` for French, and `ax` to draw into axes of one's own.
"""

from __future__ import annotations

import io
import math
from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING, Any, Union, cast

try:
    import matplotlib.style
    from matplotlib.figure import Figure
    from matplotlib.ticker import FuncFormatter, MaxNLocator
except ImportError as missing:
    raise ImportError("plots need matplotlib: pip install 'relocost[plots]'") from missing

from ._result import Lang
from .table import REPORTED_BAND

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from .caseloads import Caseload
    from .comparison import Comparison
    from .ledger import Ledger
    from .questions import Delay
    from .scenario import Scenario
    from .simulation import Simulation, SobolIndices, Statistics, Tornado

__all__ = [
    "Plot",
    "attribution",
    "caseload",
    "cumulative",
    "delay",
    "fiscal_years",
    "premium",
    "premium_curve",
    "simulation",
    "sobol",
    "tornado",
]

_BLACK, _ORANGE, _SKY, _GREEN = "#000000", "#E69F00", "#56B4E9", "#009E73"
_YELLOW, _BLUE, _VERMILION, _PURPLE = "#F0E442", "#0072B2", "#D55E00", "#CC79A7"
_GREY = "#8C8C8C"
_PALETTE = (_BLUE, _ORANGE, _GREEN, _SKY, _VERMILION, _PURPLE, _YELLOW, _GREY)
_HATCHES = ("", "///", "...", "\\\\\\", "xxx", "---", "++", "ooo")

_STYLE = {
    "axes.axisbelow": True,
    "axes.grid": True,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "axes.titlelocation": "left",
    "axes.titlesize": "medium",
    "axes.titleweight": "bold",
    "font.size": 10,
    "grid.alpha": 0.3,
    "hatch.linewidth": 0.6,
    "legend.frameon": False,
    "savefig.dpi": 200,
}

_WORDS = {
    "en": {
        "attribution": "What the premium pays for, over {months} months from {start}",
        "shown": ": {premium}",
        "residual": "Not explained by entitlements",
        "amount": "{currency}, prices of each year",
        "amount_constant": "{currency}, constant prices",
        "curve": "The premium depends on the horizon",
        "premium": "Premium, % of {base}",
        "months": "Horizon in months",
        "band": "45% to 75%: average reported by the Court in 2015",
        "cumulative": "Cost so far, from {start}",
        "month": "Months since the start",
        "delay": "What waiting costs more than no wait",
        "waiting": "Months of waiting in “{alternative}” for “{base}”",
        "within_horizon": "in this budget, over {months} months",
        "full_course": "with all {months} months of “{base}” after the wait",
        "fiscal_years": "Cost by budget year: {pathway}",
        "fiscal_year": "Budget year",
        "caseload": "Premium of each household, and of all {count}",
        "household": "Rows of the caseload, by premium",
        "whole": "All households: {premium}",
        "row": "A row of the table; the larger, the more households",
        "internal": "Internal: exact figures of households. Not for publication.",
        "internal_draws": "Internal: figures of a single household. Not for publication.",
        "simulation": "How far a budget suffices, over {months} months from {start}",
        "suffices": "Probability that the budget suffices",
        "marked": "P50, P80, P95: suffices in 50%, 80%, 95% of the draws",
        "premium_draws": "Premium over {months} months: {below} below, {within} within, {above} above the band",
        "none_draws": "{none} of the draws have no premium: the base is not above 0",
        "share": "Share of the draws",
        "within": "within 45% to 75%, the average reported by the Court in 2015",
        "outside": "below or above it",
        "median": "Median: {premium}",
        "ledger_premium": "Ledger: {premium}",
        "tornado": "Extra cost over {months} months, one parameter at a time",
        "at_low": "at its 10% quantile",
        "at_high": "at its 90% quantile",
        "standing": "as the scenario stands: {extra}",
        "extra": "Extra cost, {amount}",
        "sobol": "What the uncertainty of “{figure}” comes from, over {months} months",
        "extra_figure": "extra cost",
        "premium_figure": "premium",
        "variance": "Share of the variance, with intervals of 95%",
        "first_order": "alone: what better data would take away",
        "total": "with what it does together with others",
    },
    "fr": {
        "attribution": "Ce que paie le surcoût, sur {months} mois à partir de {start}",
        "shown": " : {premium}",
        "residual": "Non expliqué par les droits",
        "amount": "{currency}, prix de chaque année",
        "amount_constant": "{currency}, prix constants",
        "curve": "Le surcoût relatif dépend de l'horizon",
        "premium": "Surcoût, en % de {base}",
        "months": "Horizon en mois",
        "band": "45 % à 75 % : moyenne indiquée par la Cour en 2015",
        "cumulative": "Coût cumulé, à partir de {start}",
        "month": "Mois écoulés depuis le début",
        "delay": "Ce que coûte l'attente, par rapport à aucune attente",
        "waiting": "Mois d'attente en « {alternative} » avant « {base} »",
        "within_horizon": "dans ce budget, sur {months} mois",
        "full_course": "avec les {months} mois de « {base} » après l'attente",
        "fiscal_years": "Coût par exercice : {pathway}",
        "fiscal_year": "Exercice",
        "caseload": "Surcoût de chaque ménage, et des {count} ensemble",
        "household": "Lignes du tableau, par surcoût",
        "whole": "Tous les ménages : {premium}",
        "row": "Une ligne du tableau ; plus grande, plus de ménages",
        "internal": "Interne : montants exacts de ménages. Ne pas publier.",
        "internal_draws": "Interne : chiffres d'un seul ménage. Ne pas publier.",
        "simulation": "Jusqu'où suffit un budget, sur {months} mois à partir de {start}",
        "suffices": "Probabilité que le budget suffise",
        "marked": "P50, P80, P95 : suffit dans 50 %, 80 %, 95 % des tirages",
        "premium_draws": "Surcoût relatif sur {months} mois : {below} sous, {within} dans, {above} sur la fourchette",
        "none_draws": "{none} des tirages sont sans surcoût relatif : la base n'est pas supérieure à 0",
        "share": "Part des tirages",
        "within": "dans les 45 % à 75 %, moyenne indiquée par la Cour en 2015",
        "outside": "au-dessous ou au-dessus",
        "median": "Médiane : {premium}",
        "ledger_premium": "Livre : {premium}",
        "tornado": "Surcoût sur {months} mois, un paramètre à la fois",
        "at_low": "à son quantile de 10 %",
        "at_high": "à son quantile de 90 %",
        "standing": "tel que le scénario est : {extra}",
        "extra": "Surcoût, {amount}",
        "sobol": "D'où vient l'incertitude de « {figure} », sur {months} mois",
        "extra_figure": "surcoût",
        "premium_figure": "surcoût relatif",
        "variance": "Part de la variance, avec des intervalles à 95 %",
        "first_order": "seul : ce que de meilleures données enlèveraient",
        "total": "avec ce qu'il fait avec d'autres",
    },
}


def _words(lang: str) -> dict[str, str]:
    if lang not in _WORDS:
        raise ValueError("lang: expected 'en' or 'fr'")
    return _WORDS[lang]


def _number(value: float, lang: str) -> str:
    text = f"{value:,.0f}".replace("-0", "0") if abs(value) < 0.5 else f"{value:,.0f}"
    return text.replace(",", "\u202f") if lang == "fr" else text


def _percent(value: float, lang: str, decimals: int = 0) -> str:
    text = f"{100 * value:.{decimals}f}"
    return f"{text.replace('.', ',')}\u202f%" if lang == "fr" else f"{text}%"


def _amount_tick(lang: str, value: float, place: int | None = None) -> str:
    return _number(value, lang)


def _percent_tick(lang: str, value: float, place: int | None = None) -> str:
    return _percent(value, lang)


def _amounts(lang: str) -> FuncFormatter:
    return FuncFormatter(partial(_amount_tick, lang))


def _percents(lang: str) -> FuncFormatter:
    return FuncFormatter(partial(_percent_tick, lang))


def _amount_label(words: dict[str, str], currency: str, basis: str) -> str:
    return words["amount_constant" if basis == "constant" else "amount"].format(currency=currency)


class Plot(Figure):
    """A figure that a notebook shows by itself, whether or not it has been told how to show those of matplotlib."""

    def _repr_png_(self) -> bytes:
        picture = io.BytesIO()
        self.savefig(picture, format="png", dpi=110)
        return picture.getvalue()


def _draw(ax: Axes | None, size: tuple[float, float], paint: Callable[[Axes], None]) -> Figure:
    """Paints into the axes given, or into a figure of its own that no global state holds on to."""
    with matplotlib.style.context(_STYLE):
        if ax is not None:
            paint(ax)
            return cast(Figure, ax.get_figure(root=True))
        figure = Plot(figsize=size, layout="constrained")
        paint(figure.subplots())
        return figure


def _labels(scenario: Scenario, kind: str, lang: Lang, names: Iterable[str]) -> list[str]:
    labels = scenario.labels(kind, lang)
    # A dollar is a dollar, and begins no formula.
    return [labels.get(name, name).replace("$", r"\$") for name in names]


def _note(ax: Axes, text: str) -> None:
    ax.annotate(
        text,
        (1, 0),
        (0, -34),
        xycoords="axes fraction",
        textcoords="offset points",
        ha="right",
        va="top",
        fontsize="x-small",
        color=_GREY,
        annotation_clip=False,
    )


def _band(ax: Axes, label: str) -> None:
    ax.axhspan(float(REPORTED_BAND.low), float(REPORTED_BAND.high), color=_SKY, alpha=0.25, lw=0, label=label)


def attribution(comparison: Comparison, lang: Lang = "en", ax: Axes | None = None) -> Figure:
    """The premium as a waterfall: the base, what each missing entitlement adds (the largest first), the alternative."""
    words = _words(lang)
    causes = sorted(comparison.attribution.items(), key=lambda each: -abs(each[1]))
    names = [
        comparison.base.name,
        *_labels(comparison.scenario, "entitlements", lang, (name for name, _ in causes)),
        *([words["residual"]] if comparison.attribution.residual else []),
        comparison.alternative.name,
    ]
    steps = [float(amount) for _, amount in causes]
    if comparison.attribution.residual:
        steps.append(float(comparison.attribution.residual))

    def paint(ax: Axes) -> None:
        at = float(comparison.base.total)
        last = len(names) - 1
        bar: dict[str, Any] = {"height": 0.62, "edgecolor": _BLACK, "linewidth": 0.5}
        ax.barh(0, at, color=_GREY, **bar)
        ends = [at]
        for place, step in enumerate(steps, start=1):
            colour, hatch = (_VERMILION, "///") if step >= 0 else (_GREEN, "...")
            ax.barh(place, step, left=at, color=colour, hatch=hatch, **bar)
            ax.plot([at, at], [place - 1.31, place + 0.31], color=_BLACK, linewidth=0.6)
            at += step
            ends.append(at)
        ax.plot([at, at], [last - 1.31, last + 0.31], color=_BLACK, linewidth=0.6)
        ax.barh(last, float(comparison.alternative.total), color=_BLUE, **bar)
        ends.append(float(comparison.alternative.total))
        starts = [0.0, *ends[:-2], 0.0]
        room = max(max(ends), 0.0) * 0.012
        values = [float(comparison.base.total), *steps, float(comparison.alternative.total)]
        for place, (value, start, end) in enumerate(zip(values, starts, ends)):
            sign = "+" if 0 < place < last and value > 0 else ""
            ax.text(max(start, end) + room, place, sign + _number(value, lang), va="center", fontsize="small")
        ax.set_yticks(range(len(names)), names)
        ax.invert_yaxis()
        ax.margins(x=0.14)
        ax.set_xlim(left=min(0.0, *ends))
        ax.grid(axis="y", visible=False)
        ax.xaxis.set_major_formatter(_amounts(lang))
        ax.xaxis.set_major_locator(MaxNLocator(6))
        ax.set_xlabel(_amount_label(words, comparison.currency, comparison.basis))
        title = words["attribution"].format(months=comparison.horizon_months, start=f"{comparison.start:%Y-%m}")
        premium = comparison.premium
        shown = "" if premium is None else words["shown"].format(premium=_percent(float(premium), lang, 1))
        ax.set_title(title + shown)

    return _draw(ax, (8.0, 1.4 + 0.42 * len(names)), paint)


def premium_curve(comparison: Comparison, lang: Lang = "en", ax: Axes | None = None) -> Figure:
    """The premium of the first 1, 2, ... months, with the band that the Court reported."""
    words = _words(lang)
    curve = [
        (months, float(row.premium)) for months, row in comparison.premium_curve.items() if row.premium is not None
    ]

    def paint(ax: Axes) -> None:
        _band(ax, words["band"])
        ax.axhline(0, color=_BLACK, linewidth=0.8)
        ax.plot([months for months, _ in curve], [premium for _, premium in curve], color=_VERMILION, linewidth=2)
        if curve:
            months, premium = curve[-1]
            ax.plot(months, premium, "o", color=_VERMILION)
            ax.annotate(
                _percent(premium, lang, 1),
                (months, premium),
                (0, 8),
                textcoords="offset points",
                ha="right",
                fontweight="bold",
            )
        ax.set_xlim(0, comparison.horizon_months)
        ax.xaxis.set_major_locator(MaxNLocator(10, integer=True, steps=[1, 2, 3, 6, 10]))
        ax.yaxis.set_major_formatter(_percents(lang))
        ax.set_xlabel(words["months"])
        ax.set_ylabel(words["premium"].format(base=comparison.base.name))
        ax.set_title(words["curve"])
        ax.legend(loc="lower right")

    return _draw(ax, (7.5, 4.2), paint)


def cumulative(comparison: Comparison, lang: Lang = "en", ax: Axes | None = None) -> Figure:
    """What both pathways have cost by the end of each month."""
    words = _words(lang)
    months = [0, *comparison.premium_curve]
    base = [0.0, *(float(row.base) for row in comparison.premium_curve.values())]
    alternative = [0.0, *(float(row.alternative) for row in comparison.premium_curve.values())]

    def paint(ax: Axes) -> None:
        ax.fill_between(months, base, alternative, color=_ORANGE, alpha=0.2, linewidth=0)
        for values, name, colour, dashes in (
            (alternative, comparison.alternative.name, _VERMILION, "-"),
            (base, comparison.base.name, _BLUE, "--"),
        ):
            ax.plot(months, values, color=colour, linestyle=dashes, linewidth=2, label=name)
            ax.annotate(
                f"{name}\n{_number(values[-1], lang)}",
                (months[-1], values[-1]),
                (6, 0),
                textcoords="offset points",
                va="center",
                color=colour,
                fontsize="small",
                annotation_clip=False,
            )
        ax.set_xlim(0, comparison.horizon_months)
        ax.xaxis.set_major_locator(MaxNLocator(10, integer=True, steps=[1, 2, 3, 6, 10]))
        ax.yaxis.set_major_formatter(_amounts(lang))
        ax.set_xlabel(words["month"])
        ax.set_ylabel(_amount_label(words, comparison.currency, comparison.basis))
        ax.set_title(words["cumulative"].format(start=f"{comparison.start:%Y-%m}"))
        ax.legend(loc="upper left")

    return _draw(ax, (7.5, 4.2), paint)


def delay(result: Delay, lang: Lang = "en", ax: Axes | None = None) -> Figure:
    """What a wait costs more than no wait, by its months: in this budget, and with the whole course after it."""
    words = _words(lang)

    def paint(ax: Axes) -> None:
        months = [row.months for row in result.rows]
        for side, colour, dashes in (("full_course", _VERMILION, "-"), ("within_horizon", _BLUE, "--")):
            values = [float(getattr(row, side).extra) for row in result.rows]
            label = words[side].format(months=result.horizon_months, base=result.base)
            ax.plot(months, values, color=colour, linestyle=dashes, linewidth=2, label=label)
        ax.axhline(0, color=_BLACK, linewidth=0.8)
        ax.set_xlim(0, max(months[-1], 1))
        ax.xaxis.set_major_locator(MaxNLocator(10, integer=True, steps=[1, 2, 3, 6, 10]))
        ax.yaxis.set_major_formatter(_amounts(lang))
        ax.set_xlabel(words["waiting"].format(alternative=result.alternative, base=result.base))
        ax.set_ylabel(_amount_label(words, result.currency, result.basis))
        ax.set_title(words["delay"])
        ax.legend(loc="upper left")

    return _draw(ax, (7.5, 4.2), paint)


def fiscal_years(ledger: Ledger, lang: Lang = "en", ax: Axes | None = None) -> Figure:
    """The cost of a pathway by fiscal year, stacked by category; credits are below the line."""
    words = _words(lang)
    table = ledger.by_fiscal_year_and_category
    amounts = {
        (year, category): float(amount)
        for year, category, amount in zip(table["fiscal_year"], table["category"], table["amount"])
    }
    years = sorted({year for year, _ in amounts})
    categories = [id for id in ledger.scenario.categories if any((year, id) in amounts for year in years)]

    def paint(ax: Axes) -> None:
        above, below = dict.fromkeys(years, 0.0), dict.fromkeys(years, 0.0)
        labels = _labels(ledger.scenario, "categories", lang, categories)
        for place, (category, label) in enumerate(zip(categories, labels)):
            values = [amounts.get((year, category), 0.0) for year in years]
            bottoms = [(above if value >= 0 else below)[year] for year, value in zip(years, values)]
            ax.bar(
                years,
                values,
                bottom=bottoms,
                width=0.7,
                label=label,
                color=_PALETTE[place % len(_PALETTE)],
                hatch=_HATCHES[place % len(_HATCHES)],
                edgecolor=_BLACK,
                linewidth=0.5,
            )
            for year, value in zip(years, values):
                (above if value >= 0 else below)[year] += value
        for year in years:
            ax.annotate(
                _number(above[year] + below[year], lang),
                (year, above[year]),
                (0, 3),
                textcoords="offset points",
                ha="center",
                fontsize="small",
                fontweight="bold",
            )
        ax.axhline(0, color=_BLACK, linewidth=0.8)
        ax.set_xticks(years if len(years) <= 15 else years[:: -(-len(years) // 15)])
        ax.grid(axis="x", visible=False)
        ax.margins(y=0.08)
        ax.yaxis.set_major_formatter(_amounts(lang))
        ax.set_xlabel(words["fiscal_year"])
        ax.set_ylabel(_amount_label(words, ledger.currency, ledger.basis))
        ax.set_title(words["fiscal_years"].format(pathway=ledger.pathway))
        handles, texts = ax.get_legend_handles_labels()
        ax.legend(handles[::-1], texts[::-1], loc="center left", bbox_to_anchor=(1.01, 0.5))

    return _draw(ax, (8.5, 4.5), paint)


def caseload(result: Caseload, lang: Lang = "en", ax: Axes | None = None) -> Figure:
    """Each household's premium against the band, in ascending order and without its name, and that of the whole.

    A row's point is as large as its count. It is internal all the same: it shows exact figures of households.
    """
    words = _words(lang)
    table = result.households
    rows = sorted(
        (float(premium), count) for premium, count in zip(table["premium"], table["count"]) if premium is not None
    )

    def paint(ax: Axes) -> None:
        _band(ax, words["band"])
        ax.axhline(0, color=_BLACK, linewidth=0.8)
        largest = max((count for _, count in rows), default=1)
        ax.scatter(
            range(1, len(rows) + 1),
            [premium for premium, _ in rows],
            s=[18 + 60 * count / largest for _, count in rows],
            color=_VERMILION,
            edgecolor=_BLACK,
            linewidth=0.5,
            label=words["row"],
            zorder=3,
        )
        whole: Union[float, None] = None if result.premium is None else float(result.premium)
        if whole is not None:
            label = words["whole"].format(premium=_percent(whole, lang, 1))
            ax.axhline(whole, color=_BLUE, linewidth=2, linestyle="--", label=label)
        ax.xaxis.set_major_locator(MaxNLocator(10, integer=True))
        ax.yaxis.set_major_formatter(_percents(lang))
        ax.set_xlabel(words["household"])
        ax.set_ylabel(words["premium"].format(base=result.base.name))
        ax.set_title(words["caseload"].format(count=_number(result.count, lang)))
        ax.legend(loc="best")
        _note(ax, words["internal"])

    return _draw(ax, (7.5, 4.2), paint)


# The shares at which curves are drawn, and the ends between which a histogram has its bars.
_SHARES = [share / 500 for share in range(1, 500)]
_ENDS = (0.001, 0.999)
_BARS = 60


def simulation(result: Simulation, lang: Lang = "en", ax: Axes | None = None) -> Figure:
    """How probable it is that a budget suffices, for both pathways, with what suffices in 50, 80 and 95 per cent."""
    words = _words(lang)

    def paint(ax: Axes) -> None:
        for name, colour, dashes, marker in (
            (result.base, _BLUE, "--", "s"),
            (result.alternative, _VERMILION, "-", "o"),
        ):
            total = result.pathways[name].total
            amounts = [total.least, *(total.quantile(share) for share in _SHARES), total.most]
            ax.plot(amounts, [0.0, *_SHARES, 1.0], color=colour, linestyle=dashes, linewidth=2, label=name)
            for share in (0.5, 0.8, 0.95):
                amount = total.quantile(share)
                ax.plot(amount, share, marker, color=colour)
                ax.annotate(
                    f"P{round(100 * share)}  {_number(amount, lang)}",
                    (amount, share),
                    (8, -3),
                    textcoords="offset points",
                    va="top",
                    color=colour,
                    fontsize="small",
                )
        ax.set_ylim(0, 1.02)
        ax.margins(x=0.08)
        ax.xaxis.set_major_formatter(_amounts(lang))
        ax.xaxis.set_major_locator(MaxNLocator(7))
        ax.yaxis.set_major_formatter(_percents(lang))
        ax.set_xlabel(_amount_label(words, result.currency, result.basis))
        ax.set_ylabel(words["suffices"])
        ax.set_title(words["simulation"].format(months=result.horizon_months, start=f"{result.scenario.start:%Y-%m}"))
        ax.legend(loc="lower right", title=words["marked"], title_fontsize="small")
        _note(ax, words["internal_draws"])

    return _draw(ax, (7.5, 4.4), paint)


def premium(result: Simulation, lang: Lang = "en", ax: Axes | None = None) -> Figure:
    """How the premium is distributed, with the band that the Court reported and how probable each verdict is."""
    words = _words(lang)
    told = result.premium.total

    def paint(ax: Axes) -> None:
        if told is None:
            none = words["none_draws"].format(none=_percent(result.band.none, lang))
            ax.text(0.5, 0.5, none, transform=ax.transAxes, ha="center")
        else:
            _histogram(ax, told, (words["within"], words["outside"]))
            for value, label, colour, dashes in (
                (told.quantile(0.5), "median", _BLACK, "-"),
                (None if told.ledger is None else float(told.ledger), "ledger_premium", _VERMILION, "--"),
            ):
                if value is not None:
                    shown = words[label].format(premium=_percent(value, lang, 1))
                    ax.axvline(value, color=colour, linestyle=dashes, linewidth=1.5, label=shown)
        ax.xaxis.set_major_formatter(_percents(lang))
        ax.yaxis.set_major_formatter(FuncFormatter(partial(_fine_percent_tick, lang)))
        ax.set_xlabel(words["premium"].format(base=result.base))
        ax.set_ylabel(words["share"])
        shares = {name: _percent(share, lang, 1) for name, share in result.band._asdict().items()}
        ax.set_title(words["premium_draws"].format(months=result.horizon_months, **shares))
        ax.margins(y=0.35)
        if told is not None:
            ax.legend(loc="upper right", fontsize="small")
        _note(ax, words["internal_draws"])

    return _draw(ax, (7.5, 4.2), paint)


def _histogram(ax: Axes, told: Statistics, labels: tuple[str, str]) -> None:
    """Shares of the draws between equally wide edges, of which the ends of the band are two if it is not too narrow."""
    low, high = (float(end) for end in REPORTED_BAND)
    first, last = (told.quantile(share) for share in _ENDS)
    bars = _BARS * (high - low) / (last - first) if last > first else 0.0
    width = (high - low) / round(bars) if bars >= 1 else max((last - first) / _BARS, 1e-6)
    places = range(math.floor((first - low) / width), math.ceil((last - low) / width) + 1)
    above = [told.exceedance(low + place * width) for place in (*places, places.stop)]
    middles = [low + (place + 0.5) * width for place in places]
    shares = [before - after for before, after in zip(above, above[1:])]
    for is_within, colour, hatch, label in ((True, _SKY, "", labels[0]), (False, _ORANGE, "///", labels[1])):
        chosen = [place for place, middle in enumerate(middles) if (low < middle < high) is is_within]
        ax.bar(
            [middles[place] for place in chosen],
            [shares[place] for place in chosen],
            width=width,
            color=colour,
            hatch=hatch,
            edgecolor=_BLACK,
            linewidth=0.3,
            label=label,
        )


def _fine_percent_tick(lang: str, value: float, place: int | None = None) -> str:
    return _percent(value, lang, 1)


def tornado(result: Tornado, lang: Lang = "en", ax: Axes | None = None) -> Figure:
    """How far each parameter moves the extra cost between its 10 and 90 per cent quantiles, the widest first."""
    words = _words(lang)
    standing = result.standing.extra

    def paint(ax: Axes) -> None:
        bar: dict[str, Any] = {"height": 0.62, "edgecolor": _BLACK, "linewidth": 0.5}
        sides = (("low", "at_low", _BLUE, "..."), ("high", "at_high", _VERMILION, "///"))
        for side, label, colour, hatch in sides:
            ends = [getattr(each, side).extra for each in result.bars]
            ax.barh(
                range(len(ends)),
                [end - standing for end in ends],
                left=standing,
                color=colour,
                hatch=hatch,
                label=words[label],
                **bar,
            )
        for place, each in enumerate(result.bars):
            for one, other in ((each.low, each.high), (each.high, each.low)):
                # Both ends may lie on one side: the further one has its label outside, the nearer one none.
                outside = abs(one.extra - standing) >= abs(other.extra - standing)
                apart = (one.extra - standing) * (other.extra - standing) <= 0
                if one.value is not None and one.extra != other.extra and (outside or apart):
                    left = one.extra < standing or (one.extra == standing and other.extra > standing)
                    ax.annotate(
                        _value(one.value, lang),
                        (one.extra, place),
                        (-4 if left else 4, 0),
                        textcoords="offset points",
                        ha="right" if left else "left",
                        va="center",
                        fontsize="x-small",
                    )
        ax.axvline(standing, color=_BLACK, linewidth=1, label=words["standing"].format(extra=_number(standing, lang)))
        ax.set_yticks(range(len(result.bars)), [each.parameter for each in result.bars], fontsize="small")
        ax.invert_yaxis()
        ax.margins(x=0.12)
        ax.grid(axis="y", visible=False)
        ax.xaxis.set_major_formatter(_amounts(lang))
        ax.xaxis.set_major_locator(MaxNLocator(6))
        ax.set_xlabel(words["extra"].format(amount=_amount_label(words, result.currency, result.basis)))
        ax.set_title(words["tornado"].format(months=result.horizon_months))
        ax.legend(loc="lower right", fontsize="small")
        _note(ax, words["internal_draws"])

    return _draw(ax, (8.0, 1.8 + 0.38 * max(len(result.bars), 1)), paint)


def _value(value: float, lang: str) -> str:
    text = _number(value, lang) if abs(value) >= 1000 else f"{value:.3g}"
    return text.replace(".", ",") if lang == "fr" else text


def sobol(result: SobolIndices, figure: str = "extra", lang: Lang = "en", ax: Axes | None = None) -> Figure:
    """Which share of the variance of a figure each factor explains, alone and with others, with their intervals."""
    words = _words(lang)
    if figure not in result.figures:
        raise KeyError(f"figure: not one of {', '.join(result.figures)}")
    factors = result.figures[figure].factors

    def paint(ax: Axes) -> None:
        for side, shift, colour, hatch in (("first_order", -0.2, _BLUE, ""), ("total", 0.2, _ORANGE, "///")):
            indices = [getattr(factor, side) for factor in factors]
            places = [place + shift for place in range(len(factors))]
            values = [max(index.value, 0.0) for index in indices]
            ax.barh(
                places,
                values,
                height=0.38,
                color=colour,
                hatch=hatch,
                edgecolor=_BLACK,
                linewidth=0.5,
                label=words[side],
            )
            ax.hlines(
                places,
                [index.low for index in indices],
                [index.high for index in indices],
                color=_BLACK,
                linewidth=1.5,
            )
        names = [factor.name.replace(" + ", "\n+ ") for factor in factors]
        ax.set_yticks(range(len(factors)), names, fontsize="small")
        ax.invert_yaxis()
        ax.set_xlim(left=0)
        ax.grid(axis="y", visible=False)
        ax.xaxis.set_major_formatter(_percents(lang))
        ax.set_xlabel(words["variance"])
        name = words.get(f"{figure}_figure", figure)
        ax.set_title(words["sobol"].format(figure=name, months=result.horizon_months))
        ax.legend(loc="lower right", fontsize="small")
        _note(ax, words["internal_draws"])

    return _draw(ax, (8.0, 1.8 + 0.5 * max(len(factors), 1)), paint)
