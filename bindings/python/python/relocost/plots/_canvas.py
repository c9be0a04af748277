"""The parts that all charts share: style, words, labels, numbers, legends beside the data, and the footnote."""

from __future__ import annotations

import io
import textwrap
from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING, Any, cast

import matplotlib.style
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from .. import _relocost
from ..table import REPORTED_BAND

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.axis import Axis

    from ..scenario import Scenario

BLACK, ORANGE, SKY, GREEN = "#000000", "#E69F00", "#56B4E9", "#009E73"
YELLOW, BLUE, VERMILION, PURPLE = "#F0E442", "#0072B2", "#D55E00", "#CC79A7"
GREY = "#8C8C8C"
PALETTE = (BLUE, ORANGE, GREEN, SKY, VERMILION, PURPLE, YELLOW, GREY)
HATCHES = ("", "///", "...", "\\\\\\", "xxx", "---", "++", "ooo")
BAR: dict[str, Any] = {"edgecolor": BLACK, "linewidth": 0.5}

BAND = (float(REPORTED_BAND.low), float(REPORTED_BAND.high))

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
    "legend.fontsize": "small",
    "legend.frameon": False,
    "legend.labelspacing": 0.8,
    "savefig.dpi": 200,
}

# Characters on a line of a title, of a legend and of a label beside an axis.
_TITLE, _LEGEND, _LABEL = 76, 28, 34


class Plot(Figure):
    """A figure that a notebook shows by itself, whether or not it has been told how to show those of matplotlib."""

    def _repr_png_(self) -> bytes:
        picture = io.BytesIO()
        self.savefig(picture, format="png", dpi=110)
        return picture.getvalue()


class Words:
    """The words of charts in a language, and numbers as it writes them."""

    def __init__(self, lang: str) -> None:
        if lang not in ("en", "fr"):
            raise ValueError("lang: expected 'en' or 'fr'")
        self.lang = lang
        self._texts = _relocost.chart_words(lang)

    def __call__(self, name: str, **figures: object) -> str:
        text = self._texts[name]
        if "{span}" in text:  # months with their noun
            figures["span"] = self("span_of_one" if figures["months"] == 1 else "span", months=figures["months"])
        return text.format(**figures)

    def number(self, value: float, decimals: int = 0) -> str:
        """A number with its thousands separated; what rounds to 0 has no sign."""
        text = f"{value:,.{decimals}f}"
        if not any(digit in "123456789" for digit in text):
            text = text.lstrip("-")
        return text if self.lang == "en" else text.replace(",", "\u202f").replace(".", ",")

    def short(self, value: float) -> str:
        """A number with three significant digits, or whole from 1,000 on."""
        if abs(value) >= 1000:
            return self.number(value)
        text = f"{value:.3g}"
        return text if self.lang == "en" else text.replace(".", ",")

    def percent(self, value: float, decimals: int = 0) -> str:
        """A share in per cent."""
        text = self.number(100 * value, decimals)
        return f"{text}%" if self.lang == "en" else f"{text}\u202f%"

    def amounts(self, currency: str, basis: str) -> str:
        """The unit of amounts: the currency and the basis of prices."""
        return self("amount_constant" if basis == "constant" else "amount_nominal", currency=currency)

    def band(self) -> str:
        """The label of the band."""
        low, high = (self.percent(end) for end in BAND)
        return self("band", low=low, high=high)

    def pathway(self, scenario: Scenario, name: str) -> str:
        """The name of a pathway, as in reports."""
        return literal(scenario._core.pathway_head(name, self.lang))

    def labels(self, scenario: Scenario, kind: str, names: Iterable[str]) -> list[str]:
        """The labels of entitlements, categories or funds."""
        labels = {"place": self("cause_place")} if kind == "entitlements" else {}
        labels |= _labels(scenario, kind, self.lang)
        return [literal(labels.get(name, name)) for name in names]

    def path(self, path: str, *scenarios: Scenario) -> str:
        """The label for the path of a parameter or of a change, in the first scenario that has it."""
        for scenario in scenarios:
            label = scenario._core.axis_label(path, self.lang)
            if label is not None:
                return literal(label[0])
        return literal(path)

    def value(self, scenario: Scenario, path: str, value: float) -> str:
        """A value of a parameter with its unit; a month is counted from the year 0."""
        if path == "start":
            return f"{int(value) // 12:04d}-{int(value) % 12 + 1:02d}"
        _, unit, currency = scenario._core.axis_label(path, self.lang) or ("", None, "")
        if unit is None:
            return self.short(value)
        if unit == "months" and value == 1:
            unit = "month"
        shown = self.short(100 * value if unit == "points" else value)
        return self(f"unit_{unit}", value=shown, unit=currency)


def _labels(scenario: Scenario, kind: str, lang: str) -> dict[str, str]:
    return {id: fr if lang == "fr" else en for id, en, fr in scenario._core.labels(kind)}


def literal(text: str) -> str:
    """A text whose dollar signs are dollars and begin no formula."""
    return text.replace("$", r"\$")


def wrapped(text: str, width: int = _LABEL) -> str:
    """A text on lines of so many characters, its own line ends kept."""
    lines = (textwrap.wrap(line, width, break_long_words=False) or [""] for line in text.split("\n"))
    return "\n".join(part for line in lines for part in line)


def draw(ax: Axes | None, size: tuple[float, float], paint: Callable[[Axes], None]) -> Figure:
    """Paints into the axes given, or into a figure of its own that no global state holds on to."""
    with matplotlib.style.context(_STYLE):
        if ax is not None:
            paint(ax)
            return cast(Figure, ax.get_figure(root=True) if _HAS_ROOT else ax.figure)
        figure = Plot(figsize=size, layout="constrained")
        paint(figure.subplots())
        return figure


# Figures within figures are told apart from matplotlib 3.10 on.
_HAS_ROOT = tuple(int(part) for part in matplotlib.__version__.split(".")[:2]) >= (3, 10)


def title(ax: Axes, text: str) -> None:
    """The title, on as many lines as it needs."""
    ax.set_title(wrapped(text, _TITLE))


def legend(ax: Axes, heading: str | None = None, reverse: bool = False) -> None:
    """A legend to the right of the axes, so that it lies on no data."""
    handles, labels = ax.get_legend_handles_labels()
    if reverse:
        handles, labels = handles[::-1], labels[::-1]
    ax.legend(
        handles,
        [wrapped(label, _LEGEND) for label in labels],
        loc="center left",
        bbox_to_anchor=(1.01, 0.5),
        title=None if heading is None else wrapped(heading, _LEGEND),
        title_fontsize="small",
        alignment="left",
    )


def footnote(ax: Axes, text: str) -> None:
    """The line below the axis that says that the chart is internal."""
    ax.annotate(
        text,
        (0, 0),
        (0, -6),
        xycoords=("axes fraction", ax.xaxis.label),
        textcoords="offset points",
        ha="left",
        va="top",
        fontsize="x-small",
        color=GREY,
        annotation_clip=False,
    )


def note(ax: Axes, text: str) -> None:
    """A sentence in the middle of axes that have nothing to show."""
    ax.text(0.5, 0.5, wrapped(text, 60), transform=ax.transAxes, ha="center", va="center")


def band(ax: Axes, words: Words) -> None:
    """The band of premiums that the Court reported, across the axes."""
    ax.axhspan(*BAND, color=SKY, alpha=0.25, lw=0, label=words.band())


def band_in_view(ax: Axes, axis: str = "y") -> None:
    """Widens the axis until all of the band and the ground on both sides of it are seen."""
    low, high = ax.get_ylim() if axis == "y" else ax.get_xlim()
    room = 0.1 * (BAND[1] - BAND[0])
    ends = (min(low, BAND[0] - room), max(high, BAND[1] + room))
    if axis == "y":
        ax.set_ylim(*ends)
    else:
        ax.set_xlim(*ends)


def _amount(words: Words, value: float, place: int | None = None) -> str:
    return words.number(value)


def _percent(words: Words, decimals: int, value: float, place: int | None = None) -> str:
    return words.percent(value, decimals)


def of_amounts(axis: Axis, words: Words, ticks: int = 6) -> None:
    """Ticks that are amounts."""
    axis.set_major_formatter(FuncFormatter(partial(_amount, words)))
    axis.set_major_locator(MaxNLocator(ticks))


def of_shares(axis: Axis, words: Words, decimals: int = 0) -> None:
    """Ticks that are shares, in per cent."""
    axis.set_major_formatter(FuncFormatter(partial(_percent, words, decimals)))


def of_months(axis: Axis) -> None:
    """Ticks that are months."""
    axis.set_major_locator(MaxNLocator(10, integer=True, steps=[1, 2, 3, 6, 10]))


def rows(ax: Axes, names: list[str]) -> None:
    """Names of rows beside the axis, the first at the top."""
    ax.set_yticks(range(len(names)), [wrapped(name) for name in names], fontsize="small")
    ax.invert_yaxis()
    ax.grid(axis="y", visible=False)
