"""The chart of a programme's futures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .._discreet import discreet
from . import _canvas as canvas
from ._canvas import PALETTE, Words
from ._simulation import MARKED, SHARES

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from .._result import Lang
    from ..futures import ProgrammeSimulation

# Years that have the same colour have other dashes.
_DASHES = ("-", "--", "-.", ":")


@discreet
def futures(result: ProgrammeSimulation, lang: Lang = "en", ax: Axes | None = None) -> Figure:
    """The probability that a budget suffices as planned, for every budget year, with P50, P80 and P95."""
    words = Words(lang)

    def paint(ax: Axes) -> None:
        for place, (year, told) in enumerate(result.lines["as_planned"].by_fiscal_year.items()):
            colour, dashes = PALETTE[place % len(PALETTE)], _DASHES[place % len(_DASHES)]
            amounts = [told.least, *(told.quantile(share) for share in SHARES), told.most]
            label = f"{year}  P80  {words.number(told.quantile(0.8))}"
            ax.plot(amounts, [0.0, *SHARES, 1.0], color=colour, linestyle=dashes, linewidth=2, label=label)
            ax.plot([told.quantile(share) for share in MARKED], MARKED, "o", color=colour)
        ax.set_ylim(0, 1.02)
        ax.margins(x=0.04)
        canvas.of_amounts(ax.xaxis, words)
        canvas.of_shares(ax.yaxis, words)
        ax.set_xlabel(words.amounts(result.currency, "nominal"))
        ax.set_ylabel(words("suffices"))
        canvas.title(ax, words("futures"))
        canvas.legend(ax, words("marked"))
        canvas.footnote(ax, words("internal_programme"))

    return canvas.draw(ax, (9.0, 4.4), paint)
