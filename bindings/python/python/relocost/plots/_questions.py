"""Charts of the analyst's other questions: a wait, assumptions side by side, variants, and a year's update."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from matplotlib.ticker import FixedLocator, FuncFormatter, MaxNLocator

from .._discreet import discreet
from . import _canvas as canvas
from ._canvas import BAR, BLACK, BLUE, GREY, HATCHES, PALETTE, VERMILION, Words
from ._waterfall import size, waterfall

if TYPE_CHECKING:
    from decimal import Decimal

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from .._result import Lang
    from ..questions import BudgetDiff, Delay, Diff, Variants, WhatIfs
    from ..scenario import Scenario
    from ..table import Difference

_DASHES = ("-", "--", "-.", ":")
_MARKERS = ("o", "s", "^", "D", "v", "P", "X", "*")
# From so many values of a second parameter on, rows are easier to read than lines.
_MOST_LINES = 8
# So many values of a parameter have ticks of their own.
_MOST_TICKS = 7


@discreet
def delay(result: Delay, lang: Lang = "en", ax: Axes | None = None) -> Figure:
    """The extra cost of waiting, by its months: within this budget, and with the whole course."""
    words = Words(lang)
    scenario = result.scenario

    def paint(ax: Axes) -> None:
        months = [row.months for row in result.rows]
        for side, colour, dashes in (("full_course", VERMILION, "-"), ("within_horizon", BLUE, "--")):
            values = [float(getattr(row, side).extra) for row in result.rows]
            label = words(f"wait_{side}", months=result.horizon_months)
            ax.plot(months, values, color=colour, linestyle=dashes, linewidth=2, label=label)
        ax.axhline(0, color=BLACK, linewidth=0.8)
        ax.set_xlim(0, max(months[-1], 1))
        canvas.of_months(ax.xaxis)
        canvas.of_amounts(ax.yaxis, words)
        pair = {name: words.pathway(scenario, getattr(result, name)) for name in ("alternative", "base")}
        ax.set_xlabel(canvas.wrapped(words("waiting", **pair), 70))
        ax.set_ylabel(words.amounts(result.currency, result.basis))
        canvas.title(ax, words("delay"))
        canvas.legend(ax)
        canvas.footnote(ax, words("internal"))

    return canvas.draw(ax, (8.5, 4.2), paint)


@discreet
def what_ifs(result: WhatIfs, figure: str = "premium", lang: Lang = "en", ax: Axes | None = None) -> Figure:
    """A figure with each set of changes: `premium`, `extra`, `base` or `alternative`.

    One parameter, or every combination of two, is drawn as lines over the values of the first; other sets of changes as
    a row each.
    """
    words = Words(lang)
    if figure not in ("premium", "extra", "base", "alternative"):
        raise KeyError("figure: not one of premium, extra, base, alternative")
    columns = {path: [_place(value) for value in result.table[path]] for path in result.parameters}
    standing, *values = [_figure(each, figure) for each in (result.as_it_stands, *result.rows)]
    lines = _lines(result.parameters, columns, values)

    def paint(ax: Axes) -> None:
        value_axis = ax.yaxis if lines else ax.xaxis
        is_share = figure == "premium"
        if lines:
            _paint_lines(ax, words, result, lines)
            if standing is not None:
                first = columns[result.parameters[0]][0]
                ax.plot(first, standing, "o", color=BLACK, markersize=8, fillstyle="none", label=words("as_it_stands"))
        else:
            _paint_rows(ax, words, result, columns, [standing, *values], is_share)
        if is_share:
            low, high = canvas.BAND
            span = ax.axhspan if lines else ax.axvspan
            span(low, high, color=canvas.SKY, alpha=0.25, lw=0, zorder=0, label=words.band())
            canvas.band_in_view(ax, "y" if lines else "x")
            canvas.of_shares(value_axis, words)
        else:
            canvas.of_amounts(value_axis, words)
        label = _axis(words, result, figure)
        if lines:
            ax.set_ylabel(canvas.wrapped(label))
        else:
            ax.set_xlabel(label)
        name = "what_ifs_premium" if is_share else "what_ifs_amount"
        canvas.title(ax, words(name, months=result.horizon_months))
        if lines or is_share:
            canvas.legend(ax)
        canvas.footnote(ax, words("internal"))

    height = 4.4 if lines else 1.8 + 0.5 * (len(values) + 1)
    return canvas.draw(ax, (8.5, height), paint)


def _place(value: Decimal | datetime.date) -> float:
    """Where a parameter's value lies on an axis; a month is counted from the year 0."""
    return float(12 * value.year + value.month - 1 if isinstance(value, datetime.date) else value)


def _figure(difference: Difference, figure: str) -> float | None:
    value = getattr(difference, figure)
    return None if value is None else float(value)


# The label of the second parameter's value, and the points of its line.
_Line = tuple["float | None", list[tuple[float, float]]]


def _lines(parameters: Sequence[str], columns: dict[str, list[float]], values: list[float | None]) -> list[_Line]:
    """The lines over the first parameter's values, or none where what-ifs are no grid of one or two parameters."""
    if not 1 <= len(parameters) <= 2 or len(values) < 2:
        return []
    first = columns[parameters[0]][1:]
    second: list[float | None] = list(columns[parameters[1]][1:]) if len(parameters) == 2 else [None] * len(first)
    points = list(zip(first, second))
    groups = list(dict.fromkeys(second))
    whole = len(set(points)) == len(points) == len(set(first)) * len(groups)
    if not whole or len(set(first)) < 2 or len(groups) > _MOST_LINES:
        return []
    return [
        (group, sorted((x, y) for (x, of), y in zip(points, values) if of == group and y is not None))
        for group in groups
    ]


def _paint_lines(ax: Axes, words: Words, result: WhatIfs, lines: list[_Line]) -> None:
    scenario, (first, *others) = result.scenario, result.parameters
    for place, (group, points) in enumerate(lines):
        label = None
        if group is not None:
            label = f"{words.path(others[0], scenario)}\n{words.value(scenario, others[0], group)}"
        ax.plot(
            [x for x, _ in points],
            [y for _, y in points],
            color=PALETTE[place % len(PALETTE)] if others else VERMILION,
            linestyle=_DASHES[place % len(_DASHES)],
            marker=_MARKERS[place % len(_MARKERS)],
            markersize=4,
            linewidth=2,
            label=label,
        )
    ticks = sorted({x for _, points in lines for x, _ in points})
    ax.xaxis.set_major_locator(FixedLocator(ticks) if len(ticks) <= _MOST_TICKS else MaxNLocator(_MOST_TICKS))
    ax.xaxis.set_major_formatter(FuncFormatter(partial(_value_tick, words, scenario, first)))
    ax.set_xlabel(words.path(first, scenario))


def _value_tick(words: Words, scenario: Scenario, path: str, value: float, place: int | None = None) -> str:
    return words.value(scenario, path, value)


def _paint_rows(
    ax: Axes,
    words: Words,
    result: WhatIfs,
    columns: dict[str, list[float]],
    values: list[float | None],
    is_share: bool,
) -> None:
    scenario = result.scenario

    def name(row: int) -> str:
        changed = [path for path, column in columns.items() if column[row] != column[0]]
        parts = (f"{words.path(path, scenario)} {words.value(scenario, path, columns[path][row])}" for path in changed)
        return "\n".join(parts) or words("as_it_stands")

    shown = [0.0 if value is None else value for value in values]
    ax.barh(range(len(shown)), shown, height=0.62, color=[GREY, *[VERMILION] * (len(shown) - 1)], **BAR)
    for place, value in enumerate(values):
        text = "–" if value is None else words.percent(value, 1) if is_share else words.number(value)
        _beside(ax, text, shown[place], place)
    canvas.rows(ax, [name(row) for row in range(len(values))])
    ax.axvline(0, color=BLACK, linewidth=0.8)
    ax.margins(x=0.14)


def _beside(ax: Axes, text: str, value: float, place: float) -> None:
    """A figure at the end of its bar."""
    ax.annotate(
        text,
        (value, place),
        (4 if value >= 0 else -4, 0),
        textcoords="offset points",
        ha="left" if value >= 0 else "right",
        va="center",
        fontsize="small",
    )


def _axis(words: Words, result: WhatIfs | Variants, figure: str) -> str:
    if figure == "premium":
        return words("premium_of", base=words.pathway(result.scenario, result.base))
    amount = words.amounts(result.currency, result.basis)
    if figure == "extra":
        return words("extra_of", amount=amount)
    return words("total_of", pathway=words.pathway(result.scenario, getattr(result, figure)), amount=amount)


@discreet
def variants(result: Variants, lang: Lang = "en", ax: Axes | None = None) -> Figure:
    """The cost of both pathways as the scenario stands and in each variant, with the premium of each."""
    words = Words(lang)
    scenario = result.scenario
    each = {words("as_it_stands"): result.as_it_stands, **result.variants}

    def paint(ax: Axes) -> None:
        for side, shift, colour, hatch in (("base", -0.2, BLUE, ""), ("alternative", 0.2, VERMILION, "///")):
            places = [place + shift for place in range(len(each))]
            totals = [float(getattr(difference, side)) for difference in each.values()]
            label = words.pathway(scenario, getattr(result, side))
            ax.barh(places, totals, height=0.38, color=colour, hatch=hatch, label=label, **BAR)
            for place, total in zip(places, totals):
                _beside(ax, words.number(total), total, place)
        names = [
            f"{canvas.literal(name)}\n"
            + ("–" if difference.premium is None else words.percent(float(difference.premium), 1))
            for name, difference in each.items()
        ]
        canvas.rows(ax, names)
        ax.axvline(0, color=BLACK, linewidth=0.8)
        ax.margins(x=0.14)
        canvas.of_amounts(ax.xaxis, words)
        ax.set_xlabel(words.amounts(result.currency, result.basis))
        canvas.title(ax, words("variants", months=result.horizon_months))
        canvas.legend(ax)
        canvas.footnote(ax, words("internal"))

    return canvas.draw(ax, (8.5, 1.8 + 0.7 * len(each)), paint)


@discreet
def diff(result: Diff, lang: Lang = "en", ax: Axes | None = None) -> Figure:
    """The effect of each change on the total of each pathway, in the order in which the changes are applied.

    Changes that add nothing to any total are left out, and counted.
    """
    words = Words(lang)
    old, new = result.scenario, result.new_scenario
    effects = {key: effects for key, effects in result.effects.items() if effects}
    pathways = [name for name in result.totals["pathway"] if any(name in each for each in effects.values())]
    left_out = len(result.changes) - len(effects)

    def paint(ax: Axes) -> None:
        height = 0.76 / max(len(pathways), 1)
        for place, pathway in enumerate(pathways):
            values = [float(each.get(pathway, 0)) for each in effects.values()]
            places = [row + (place - (len(pathways) - 1) / 2) * height for row in range(len(values))]
            ax.barh(
                places,
                values,
                height=height,
                color=PALETTE[place % len(PALETTE)],
                hatch=HATCHES[place % len(HATCHES)],
                label=words.pathway(new, pathway),
                **BAR,
            )
            for row, value in zip(places, values):
                if value:
                    _beside(ax, f"{'+' if value > 0 else ''}{words.number(value)}", value, row)
        canvas.rows(ax, [words.path(key, new, old) for key in effects])
        ax.axvline(0, color=BLACK, linewidth=0.8)
        ax.margins(x=0.16)
        canvas.of_amounts(ax.xaxis, words)
        ax.set_xlabel(words("change_of_total", amount=words.amounts(result.currency, result.basis)))
        canvas.title(ax, words("diff"))
        if pathways:
            canvas.legend(ax, words("without_effect", count=left_out) if left_out else None)
        else:
            canvas.note(ax, words("no_effect"))
        canvas.footnote(ax, words("internal"))

    return canvas.draw(ax, (8.5, 1.8 + 0.3 * max(len(effects) * max(len(pathways), 1), 2)), paint)


@discreet
def budget_diff(result: BudgetDiff, line: str | None = None, lang: Lang = "en", ax: Axes | None = None) -> Figure:
    """What changed from one budget to the next as a waterfall: the old total, what each cause adds, and the new total.

    Of a programme the line as planned is shown unless another is asked for, of caseloads the last pathway.
    """
    words = Words(lang)
    if line is None:
        line = "as_planned" if result.of == "programmes" else result.lines[-1]
    if line not in result.lines:
        raise KeyError(f"line: expected one of {', '.join(result.lines)}")
    amounts = {row["cause"]: row["amount"] for row in result.table if row["line"] == line}
    old, new = amounts.pop("old"), amounts.pop("new")
    causes = [(words(f"budget_{cause}"), amount) for cause, amount in amounts.items() if amount]

    def paint(ax: Axes) -> None:
        waterfall(ax, words, (words("before"), old), causes, (words("after"), new))
        ax.set_xlabel(words.amounts(result.currency, result.basis))
        difference = f"{'+' if new > old else ''}{words.number(float(new - old))}"
        head = canvas.literal(result._core.line_head(line, lang))
        canvas.title(ax, words("budget_diff", line=head, difference=difference))
        canvas.footnote(ax, words("internal_programme"))

    return canvas.draw(ax, size(len(causes)), paint)
