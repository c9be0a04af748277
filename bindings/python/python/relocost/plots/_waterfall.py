"""A waterfall: a sum, what each cause adds to it or takes from it, and the sum that results."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from . import _canvas as canvas
from ._canvas import BAR, BLACK, BLUE, GREEN, GREY, VERMILION, Words

if TYPE_CHECKING:
    from decimal import Decimal

    from matplotlib.axes import Axes


def waterfall(
    ax: Axes,
    words: Words,
    first: tuple[str, Decimal],
    steps: Iterable[tuple[str, Decimal]],
    last: tuple[str, Decimal],
) -> None:
    """Draws rows with their names, from the top: `first`, the steps that are not 0, and `last`."""
    steps = list(steps)
    names = [first[0], *(name for name, _ in steps), last[0]]
    values = [float(first[1]), *(float(step) for _, step in steps), float(last[1])]
    end = len(names) - 1
    # The level before the first step, and after each.
    levels = [values[0]]
    for step in values[1:end]:
        levels.append(levels[-1] + step)
    ax.barh(0, values[0], height=0.62, color=GREY, **BAR)
    for place, (step, level) in enumerate(zip(values[1:end], levels), start=1):
        colour, hatch = (VERMILION, "///") if step >= 0 else (GREEN, "...")
        ax.barh(place, step, height=0.62, left=level, color=colour, hatch=hatch, **BAR)
    for place, level in enumerate(levels):
        ax.plot([level, level], [place - 0.31, place + 1.31], color=BLACK, linewidth=0.6)
    ax.barh(end, values[end], height=0.62, color=BLUE, **BAR)
    right = [max(0.0, values[0]), *map(max, levels, levels[1:]), max(0.0, values[end])]
    for place, (value, beside) in enumerate(zip(values, right)):
        sign = "+" if 0 < place < end and value > 0 else ""
        ax.annotate(
            sign + words.number(value),
            (beside, place),
            (4, 0),
            textcoords="offset points",
            va="center",
            fontsize="small",
        )
    ax.axvline(0, color=BLACK, linewidth=0.8)
    canvas.rows(ax, names)
    ax.margins(x=0.14)
    canvas.of_amounts(ax.xaxis, words)


def size(steps: int) -> tuple[float, float]:
    """The size of a picture with so many steps, in inches."""
    return 8.5, 1.6 + 0.44 * (steps + 2)
