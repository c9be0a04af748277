"""The chart of payments: the model, why payments differ from it, and what was paid."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .._discreet import discreet
from . import _canvas as canvas
from ._canvas import BAR, BLACK, BLUE, GREEN, GREY, VERMILION, Words

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from .._result import Lang
    from ..payments import Payments

_CAUSES = ("exchange", "price", "volume", "timing", "not_paid", "not_planned")


@discreet
def payments(paid: Payments, lang: Lang = "en", ax: Axes | None = None) -> Figure:
    """What was paid as a waterfall: the model's sum, what each cause adds to it or takes from it, and the payments."""
    words = Words(lang)
    total = paid.total
    causes = [name for name in _CAUSES if getattr(total, name)]
    names = [words("model"), *(words(f"cause_{name}") for name in causes), words("paid")]
    steps = [float(getattr(total, name)) for name in causes]
    first, last = float(total.model), float(total.paid)

    def paint(ax: Axes) -> None:
        at = first
        ax.barh(0, first, height=0.62, color=GREY, **BAR)
        spans = [(0.0, first)]
        for place, step in enumerate(steps, start=1):
            colour, hatch = (VERMILION, "///") if step >= 0 else (GREEN, "...")
            ax.barh(place, step, height=0.62, left=at, color=colour, hatch=hatch, **BAR)
            ax.plot([at, at], [place - 1.31, place + 0.31], color=BLACK, linewidth=0.6)
            spans.append((at, at + step))
            at += step
        ax.plot([at, at], [len(names) - 2.31, len(names) - 0.69], color=BLACK, linewidth=0.6)
        ax.barh(len(names) - 1, last, height=0.62, color=BLUE, **BAR)
        spans.append((0.0, last))
        for place, (value, span) in enumerate(zip([first, *steps, last], spans)):
            sign = "+" if 0 < place < len(names) - 1 and value > 0 else ""
            ax.annotate(
                sign + words.number(value),
                (max(span), place),
                (4, 0),
                textcoords="offset points",
                va="center",
                fontsize="small",
            )
        ax.axvline(0, color=BLACK, linewidth=0.8)
        canvas.rows(ax, names)
        ax.margins(x=0.14)
        canvas.of_amounts(ax.xaxis, words)
        ax.set_xlabel(words.amounts(paid.currency, "nominal"))
        begin, end = (f"{month:%Y-%m}" for month in paid.months)
        canvas.title(ax, words("payments", begin=begin, end=end, difference=words.number(float(total.difference))))
        canvas.footnote(ax, words("internal_programme" if paid.pathway is None else "internal"))

    return canvas.draw(ax, (8.5, 1.7 + 0.44 * len(names)), paint)
