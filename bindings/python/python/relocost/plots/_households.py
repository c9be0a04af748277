"""Charts of what households cost: a pathway by budget year, and the premiums of a caseload."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from matplotlib.ticker import MaxNLocator

from .._discreet import discreet
from . import _canvas as canvas
from ._canvas import BAR, BLACK, BLUE, HATCHES, PALETTE, VERMILION, Words

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from .._result import Lang
    from ..caseloads import Caseload
    from ..ledger import Ledger

# The number of budget years with a label, and the size of the dot of the row with the most households.
_LABELS, _LARGEST = 12, 240


@discreet
def fiscal_years(ledger: Ledger, lang: Lang = "en", ax: Axes | None = None) -> Figure:
    """The cost of a pathway by fiscal year, stacked by category; credits are below the line.

    A year of which the horizon has fewer than twelve months says how many it has.
    """
    words = Words(lang)
    scenario = ledger.scenario
    table = ledger.by_fiscal_year_and_category
    amounts = {
        (year, category): float(amount)
        for year, category, amount in zip(table["fiscal_year"], table["category"], table["amount"])
        if amount
    }
    months = dict(scenario._core.fiscal_years)
    years = list(months)
    categories = [id for id in scenario.categories if any((year, id) in amounts for year in years)]

    def name(year: int) -> str:
        if months[year] == 12:
            return str(year)
        return words("part_year_of_one" if months[year] == 1 else "part_year", year=year, months=months[year])

    def paint(ax: Axes) -> None:
        above, below = dict.fromkeys(years, 0.0), dict.fromkeys(years, 0.0)
        for place, (category, label) in enumerate(zip(categories, words.labels(scenario, "categories", categories))):
            values = [amounts.get((year, category), 0.0) for year in years]
            bottoms = [(above if value >= 0 else below)[year] for year, value in zip(years, values)]
            ax.bar(
                years,
                values,
                bottom=bottoms,
                width=0.7,
                label=label,
                color=PALETTE[place % len(PALETTE)],
                # Where the colours begin again the hatches are others.
                hatch=HATCHES[(place + place // len(PALETTE)) % len(HATCHES)],
                **BAR,
            )
            for year, value in zip(years, values):
                (above if value >= 0 else below)[year] += value
        shown = _shown(years)
        for year in shown:
            ax.annotate(
                words.number(above[year] + below[year]),
                (year, above[year]),
                (0, 3),
                textcoords="offset points",
                ha="center",
                fontsize="small",
                fontweight="bold",
            )
        ax.axhline(0, color=BLACK, linewidth=0.8)
        ax.set_xticks(shown, [name(year) for year in shown])
        ax.grid(axis="x", visible=False)
        ax.margins(y=0.08)
        canvas.of_amounts(ax.yaxis, words)
        first = scenario.fiscal_year_start
        ax.set_xlabel(words("fiscal_year") if first == 1 else words("fiscal_year_from", month=first))
        ax.set_ylabel(words.amounts(ledger.currency, ledger.basis))
        canvas.title(ax, words("fiscal_years", pathway=words.pathway(scenario, ledger.pathway)))
        if categories:
            canvas.legend(ax, reverse=True)
        canvas.footnote(ax, words("internal"))

    return canvas.draw(ax, (9.0, 4.5), paint)


def _shown(years: list[int]) -> list[int]:
    """The years that have a label: the first and the last, which may be part-years, and some between."""
    step = -(-len(years) // _LABELS)
    shown = years[::step]
    if years and shown[-1] != years[-1]:
        shown = [*(year for year in shown if year + step <= years[-1]), years[-1]]
    return shown


@discreet
def caseload(result: Caseload, lang: Lang = "en", ax: Axes | None = None, *, names: bool = False) -> Figure:
    """Each household's premium against the band, in ascending order, and that of the whole.

    The area of a row's dot is its number of households. `names` writes the pseudonym of each row below its dot.
    """
    words = Words(lang)
    table = result.households
    rows = sorted(
        (float(premium), count, reference)
        for premium, count, reference in zip(table["premium"], table["count"], table["reference"])
        if premium is not None
    )
    largest = max((count for _, count, _ in rows), default=1)

    def area(count: int) -> float:
        return _LARGEST * count / largest if largest > 1 else _LARGEST / 6

    def paint(ax: Axes) -> None:
        canvas.band(ax, words)
        ax.axhline(0, color=BLACK, linewidth=0.8)
        dot: dict[str, Any] = {"color": VERMILION, "edgecolor": BLACK, "linewidth": 0.5, "alpha": 0.85}
        ax.scatter(
            range(1, len(rows) + 1),
            [premium for premium, _, _ in rows],
            s=[area(count) for _, count, _ in rows],
            zorder=3,
            **dot,
        )
        for count in sorted({1, largest}):
            label = words("row_of_one") if count == 1 else words("row_of", count=words.number(count))
            ax.scatter([], [], s=area(count), label=label, **dot)
        if result.premium is not None:
            whole = float(result.premium)
            label = words("all_households", premium=words.percent(whole, 1))
            ax.axhline(whole, color=BLUE, linewidth=2, linestyle="--", label=label)
        canvas.band_in_view(ax)
        ax.set_xlim(0.3, max(len(rows), 1) + 0.7)
        if names:
            references = [canvas.literal(reference) for _, _, reference in rows]
            ax.set_xticks(range(1, len(rows) + 1), references, rotation=90, fontsize="x-small")
        else:
            ax.xaxis.set_major_locator(MaxNLocator(10, integer=True))
        canvas.of_shares(ax.yaxis, words)
        ax.set_xlabel(words("households"))
        ax.set_ylabel(canvas.wrapped(words("premium_of", base=words.pathway(result.scenario, result.base.name))))
        figures = {"count": words.number(result.count), "months": result.horizon_months}
        canvas.title(ax, words("caseload", **figures))
        canvas.legend(ax)
        canvas.footnote(ax, words("internal_rows"))

    return canvas.draw(ax, (max(8.5, min(0.17 * len(rows), 40)) if names else 8.5, 4.4), paint)
