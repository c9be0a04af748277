"""The chart of payments: the model, why payments differ from it, and what was paid."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .._discreet import discreet
from . import _canvas as canvas
from ._canvas import Words
from ._waterfall import size, waterfall

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
    causes = [(words(f"cause_{name}"), getattr(total, name)) for name in _CAUSES if getattr(total, name)]

    def paint(ax: Axes) -> None:
        waterfall(ax, words, (words("model"), total.model), causes, (words("paid"), total.paid))
        ax.set_xlabel(words.amounts(paid.currency, "nominal"))
        begin, end = (f"{month:%Y-%m}" for month in paid.months)
        canvas.title(ax, words("payments", begin=begin, end=end, difference=words.number(float(total.difference))))
        canvas.footnote(ax, words("internal_programme" if paid.pathway is None else "internal"))

    return canvas.draw(ax, size(len(causes)), paint)
