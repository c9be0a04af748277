"""Charts of a comparison: what the premium pays for, how it depends on the horizon, what both pathways cost so far."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .._discreet import discreet
from . import _canvas as canvas
from ._canvas import BLACK, BLUE, ORANGE, VERMILION, Words
from ._waterfall import size, waterfall

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from .._result import Lang
    from ..comparison import Comparison


@discreet
def attribution(comparison: Comparison, lang: Lang = "en", ax: Axes | None = None) -> Figure:
    """The premium as a waterfall: the base, what each missing entitlement adds (the largest first), the alternative."""
    words = Words(lang)
    scenario = comparison.scenario
    base, alternative = comparison.base, comparison.alternative
    found = sorted(comparison.attribution.items(), key=lambda each: -abs(each[1]))
    found = [(name, amount) for name, amount in found if amount]
    labels = words.labels(scenario, "entitlements", (name for name, _ in found))
    causes = [(label, amount) for label, (_, amount) in zip(labels, found)]
    if comparison.attribution.residual:
        causes.append((words("residual"), comparison.attribution.residual))

    def paint(ax: Axes) -> None:
        first, last = ((words.pathway(scenario, each.name), each.total) for each in (base, alternative))
        waterfall(ax, words, first, causes, last)
        ax.set_xlabel(words.amounts(comparison.currency, comparison.basis))
        span = {"months": comparison.horizon_months, "start": f"{comparison.start:%Y-%m}"}
        premium = comparison.premium
        if premium is None:
            canvas.title(ax, words("attribution", **span))
        else:
            canvas.title(ax, words("attribution_premium", premium=words.percent(float(premium), 1), **span))
        canvas.footnote(ax, words("internal"))

    return canvas.draw(ax, size(len(causes)), paint)


@discreet
def premium_curve(comparison: Comparison, lang: Lang = "en", ax: Axes | None = None) -> Figure:
    """The premium of the first 1, 2, ... months, with the band that the Court reported."""
    words = Words(lang)
    curve = [
        (months, float(row.premium)) for months, row in comparison.premium_curve.items() if row.premium is not None
    ]

    def paint(ax: Axes) -> None:
        canvas.band(ax, words)
        ax.axhline(0, color=BLACK, linewidth=0.8)
        ax.plot([months for months, _ in curve], [premium for _, premium in curve], color=VERMILION, linewidth=2)
        if curve:
            months, premium = curve[-1]
            ax.plot(months, premium, "o", color=VERMILION, clip_on=False)
            ax.annotate(
                words.percent(premium, 1),
                (months, premium),
                (0, 8),
                textcoords="offset points",
                ha="right",
                fontweight="bold",
            )
        ax.set_xlim(0, comparison.horizon_months)
        canvas.band_in_view(ax)
        canvas.of_months(ax.xaxis)
        canvas.of_shares(ax.yaxis, words)
        ax.set_xlabel(words("horizon"))
        ax.set_ylabel(
            canvas.wrapped(words("premium_of", base=words.pathway(comparison.scenario, comparison.base.name)))
        )
        canvas.title(ax, words("curve"))
        canvas.legend(ax)
        canvas.footnote(ax, words("internal"))

    return canvas.draw(ax, (8.5, 4.2), paint)


@discreet
def cumulative(comparison: Comparison, lang: Lang = "en", ax: Axes | None = None) -> Figure:
    """The cost of both pathways up to the end of each month."""
    words = Words(lang)
    months = [0, *comparison.premium_curve]
    base = [0.0, *(float(row.base) for row in comparison.premium_curve.values())]
    alternative = [0.0, *(float(row.alternative) for row in comparison.premium_curve.values())]

    def paint(ax: Axes) -> None:
        ax.fill_between(months, base, alternative, color=ORANGE, alpha=0.2, linewidth=0)
        for values, side, colour, dashes in (
            (alternative, comparison.alternative, VERMILION, "-"),
            (base, comparison.base, BLUE, "--"),
        ):
            label = words.pathway(comparison.scenario, side.name)
            ax.plot(months, values, color=colour, linestyle=dashes, linewidth=2, label=label)
            ax.annotate(
                words.number(values[-1]),
                (months[-1], values[-1]),
                (-4, 4),
                textcoords="offset points",
                ha="right",
                va="bottom",
                color=colour,
                fontweight="bold",
            )
        ax.axhline(0, color=BLACK, linewidth=0.8)
        ax.set_xlim(0, comparison.horizon_months)
        ax.margins(y=0.1)
        canvas.of_months(ax.xaxis)
        canvas.of_amounts(ax.yaxis, words)
        ax.set_xlabel(words("month"))
        ax.set_ylabel(words.amounts(comparison.currency, comparison.basis))
        canvas.title(ax, words("cumulative", start=f"{comparison.start:%Y-%m}"))
        canvas.legend(ax)
        canvas.footnote(ax, words("internal"))

    return canvas.draw(ax, (8.5, 4.2), paint)
