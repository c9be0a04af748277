"""Charts of a programme: cost by year, places of agreements, waiting, what agreements are worth."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .._discreet import discreet
from . import _canvas as canvas
from ._canvas import BAR, BLACK, BLUE, GREEN, ORANGE, PURPLE, SKY, VERMILION, Words

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from .._result import Lang
    from ..programme import ProgrammeRun


@discreet
def programme(run: ProgrammeRun, lang: Lang = "en", ax: Axes | None = None) -> Figure:
    """The cost of each budget year as planned, of older cases, new ones and the programme's own, and the ceilings."""
    words = Words(lang)
    years = run.programme.fiscal_years
    table = run.tables["budget_years_and_parts"]
    origins = [("older", "older", BLUE, ""), ("new", "newer", ORANGE, "///"), ("programme", "own_costs", GREEN, "...")]
    amounts = {key: dict.fromkeys(years, 0.0) for key, *_ in origins}
    for year, by, key, amount in zip(table["fiscal_year"], table["by"], table["key"], table["as_planned"]):
        if by == "origin":
            amounts[key][year] = float(amount)
    ceilings: dict[str, list[tuple[int, float]]] = {}
    for fund, year, ceiling in zip(run.ceilings["fund"], run.ceilings["fiscal_year"], run.ceilings["ceiling"]):
        ceilings.setdefault(fund, []).append((year, float(ceiling)))

    def paint(ax: Axes) -> None:
        above, below = dict.fromkeys(years, 0.0), dict.fromkeys(years, 0.0)
        for key, word, colour, hatch in origins:
            values = [amounts[key][year] for year in years]
            bottom = [above[year] if value >= 0 else below[year] for year, value in zip(years, values)]
            ax.bar(years, values, bottom=bottom, width=0.7, color=colour, hatch=hatch, label=words(word), **BAR)
            for year, value in zip(years, values):
                (above if value >= 0 else below)[year] += value
        marks = zip(ceilings, (VERMILION, PURPLE, BLACK, SKY), ("-", "--", "-.", ":"))
        labels = dict(zip(ceilings, words.labels(run.programme.setting, "funds", ceilings)))
        for fund, colour, dashes in marks:
            label = words("ceiling_of", fund=labels[fund])
            for place, (year, ceiling) in enumerate(ceilings[fund]):
                ax.hlines(
                    ceiling,
                    year - 0.45,
                    year + 0.45,
                    color=colour,
                    linestyle=dashes,
                    linewidth=2.5,
                    label=label if place == 0 else "_nolegend_",
                )
        ax.axhline(0, color=BLACK, linewidth=0.8)
        ax.set_xticks(years, [str(year) for year in years])
        ax.grid(axis="x", visible=False)
        ax.margins(y=0.08)
        canvas.of_amounts(ax.yaxis, words)
        first = run.programme.fiscal_year_start
        ax.set_xlabel(words("fiscal_year") if first == 1 else words("fiscal_year_from", month=first))
        ax.set_ylabel(words.amounts(run.currency, "nominal"))
        canvas.title(ax, words("programme"))
        canvas.legend(ax, reverse=True)
        canvas.footnote(ax, words("internal_programme"))

    return canvas.draw(ax, (9.0, 4.5), paint)


@discreet
def places(run: ProgrammeRun, lang: Lang = "en", ax: Axes | None = None) -> Figure:
    """The places of each agreement: used, lapsed, or left at the end."""
    words = Words(lang)
    names = _labels(run, lang)
    table = run.agreements

    def paint(ax: Axes) -> None:
        left = [0] * len(names)
        for key, colour, hatch in (("used", BLUE, ""), ("lapsed", VERMILION, "///"), ("left", SKY, "...")):
            values = table[key]
            ax.barh(
                range(len(names)), values, left=left, height=0.62, color=colour, hatch=hatch, label=words(key), **BAR
            )
            left = [at + value for at, value in zip(left, values)]
        if not names:
            canvas.note(ax, words("no_agreements"))
        canvas.rows(ax, list(names.values()))
        canvas.of_months(ax.xaxis)
        ax.set_xlim(left=0)
        ax.set_xlabel(words("places_axis"))
        canvas.title(ax, words("places"))
        canvas.legend(ax)
        canvas.footnote(ax, words("internal_programme"))

    return canvas.draw(ax, (8.5, 1.9 + 0.4 * len(names)), paint)


@discreet
def waiting(run: ProgrammeRun, lang: Lang = "en", ax: Axes | None = None) -> Figure:
    """The number of cases that wait for a place, and of those that have one and have not moved yet, month by month."""
    words = Words(lang)
    months = run.months["month"]

    def paint(ax: Axes) -> None:
        layers = (run.months["waiting"], run.months["processing"])
        polys = ax.stackplot(
            months,
            *layers,
            labels=[words("waiting_cases"), words("processing_cases")],
            colors=(VERMILION, SKY),
            step="post",
            edgecolor=BLACK,
            linewidth=0.5,
        )
        for poly, hatch in zip(polys, ("///", "")):
            poly.set_hatch(hatch)
        ax.set_ylim(bottom=0)
        ax.margins(x=0)
        canvas.of_months(ax.yaxis)
        ax.set_xlabel(words("month_axis"))
        ax.set_ylabel(words("cases_axis"))
        canvas.title(ax, words("queue_by_month"))
        canvas.legend(ax, reverse=True)
        canvas.footnote(ax, words("internal_programme"))

    return canvas.draw(ax, (9.0, 4.2), paint)


@discreet
def agreement_values(run: ProgrammeRun, lang: Lang = "en", ax: Axes | None = None) -> Figure:
    """The value of each agreement: its share of what all save, within the programme and with the run-off."""
    words = Words(lang)
    names = _labels(run, lang)
    table = run.values
    worth: dict[str, dict[str, float]] = {}
    for window, fund, id, value in zip(table["window"], table["fund"], table["agreement"], table["value"]):
        if fund is None and id is not None and value is not None:
            worth.setdefault(window, {})[id] = float(value)

    def paint(ax: Axes) -> None:
        height = 0.7 / max(len(worth), 1)
        marks = {"within": ("worth_within", BLUE, ""), "with_run_off": ("worth_with_run_off", ORANGE, "///")}
        for place, (window, values) in enumerate(worth.items()):
            word, colour, hatch = marks[window]
            rows = [row + (place - (len(worth) - 1) / 2) * height for row in range(len(names))]
            widths = [values.get(id, 0.0) for id in names]
            ax.barh(rows, widths, height=height, color=colour, hatch=hatch, label=words(word), **BAR)
            for row, width in zip(rows, widths):
                ax.annotate(
                    words.number(width),
                    (max(width, 0.0), row),
                    (3, 0),
                    textcoords="offset points",
                    va="center",
                    fontsize="small",
                )
        if not worth:
            canvas.note(ax, words("no_values"))
        ax.axvline(0, color=BLACK, linewidth=0.8)
        ax.margins(x=0.14)
        canvas.rows(ax, list(names.values()))
        canvas.of_amounts(ax.xaxis, words)
        ax.set_xlabel(words("saved", amount=words.amounts(run.currency, "nominal")))
        joint = "–" if run.joint is None else words.number(float(run.joint))
        canvas.title(ax, words("worth", joint=joint))
        if worth:
            canvas.legend(ax)
        canvas.footnote(ax, words("internal_programme"))

    return canvas.draw(ax, (8.5, 1.9 + 0.5 * len(names)), paint)


def _labels(run: ProgrammeRun, lang: Lang) -> dict[str, str]:
    return {id: canvas.literal(label) for id, label in run.programme.agreements(lang).items()}
