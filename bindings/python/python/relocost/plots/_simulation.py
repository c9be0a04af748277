"""Charts of a simulation and of what its uncertainty comes from."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from .._discreet import discreet
from . import _canvas as canvas
from ._canvas import BAND, BAR, BLACK, BLUE, GREEN, ORANGE, PURPLE, SKY, VERMILION, Words

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from .._result import Lang
    from ..simulation import Simulation, SobolIndices, Statistics, Tornado, TornadoPoint

# The shares at which curves are drawn and marked, and the ends between which a histogram has its bars.
SHARES = [share / 500 for share in range(1, 500)]
MARKED = (0.5, 0.8, 0.95)
_ENDS = (0.001, 0.999)
_BARS = 60

_OTHERS = (GREEN, PURPLE, ORANGE, SKY, BLACK)


@discreet
def simulation(result: Simulation, lang: Lang = "en", ax: Axes | None = None) -> Figure:
    """The probability that a budget suffices, for every pathway, with its 50, 80 and 95 per cent quantiles."""
    words = Words(lang)
    scenario = result.scenario
    others = [name for name in result.pathways if name not in (result.base, result.alternative)]
    styles = [(result.base, BLUE, "--", "s"), (result.alternative, VERMILION, "-", "o")]
    styles += [(name, _OTHERS[place % len(_OTHERS)], "-.", "^") for place, name in enumerate(others)]

    def paint(ax: Axes) -> None:
        for name, colour, dashes, marker in dict.fromkeys(styles):
            total = result.pathways[name].total
            marked = [total.quantile(share) for share in MARKED]
            quantiles = (f"P{round(100 * share)}  {words.number(value)}" for share, value in zip(MARKED, marked))
            amounts = [total.least, *(total.quantile(share) for share in SHARES), total.most]
            label = "\n".join([words.pathway(scenario, name), *quantiles])
            ax.plot(amounts, [0.0, *SHARES, 1.0], color=colour, linestyle=dashes, linewidth=2)
            ax.plot(marked, MARKED, marker, color=colour)
            ax.plot([], [], color=colour, linestyle=dashes, marker=marker, linewidth=2, label=label)
        ax.set_ylim(0, 1.02)
        ax.margins(x=0.04)
        canvas.of_amounts(ax.xaxis, words)
        canvas.of_shares(ax.yaxis, words)
        ax.set_xlabel(words.amounts(result.currency, result.basis))
        ax.set_ylabel(words("suffices"))
        canvas.title(ax, words("simulation", months=result.horizon_months, start=f"{scenario.start:%Y-%m}"))
        canvas.legend(ax, words("marked"))
        canvas.footnote(ax, words("internal_draws"))

    return canvas.draw(ax, (9.0, 4.4), paint)


@discreet
def premium(result: Simulation, lang: Lang = "en", ax: Axes | None = None) -> Figure:
    """The distribution of the premium, with the band that the Court reported and the probability of each verdict."""
    words = Words(lang)
    told = result.premium.total

    def paint(ax: Axes) -> None:
        if told is None:
            canvas.note(ax, words("none_draws", none=words.percent(result.band.none)))
        else:
            ax.axvspan(*BAND, color=SKY, alpha=0.25, lw=0, label=words.band())
            _histogram(ax, told, (words("within"), words("outside")))
            for value, label, colour, dashes in (
                (told.quantile(0.5), "median", BLACK, "-"),
                (None if told.ledger is None else float(told.ledger), "ledger_premium", VERMILION, "--"),
            ):
                if value is not None:
                    shown = words(label, premium=words.percent(value, 1))
                    ax.axvline(value, color=colour, linestyle=dashes, linewidth=1.5, label=shown)
            canvas.band_in_view(ax, "x")
            canvas.legend(ax)
        canvas.of_shares(ax.xaxis, words)
        canvas.of_shares(ax.yaxis, words, 1)
        ax.set_xlabel(words("premium_of", base=words.pathway(result.scenario, result.base)))
        ax.set_ylabel(words("share_of_draws"))
        shares = {name: words.percent(share, 1) for name, share in result.band._asdict().items()}
        canvas.title(ax, words("premium_draws", months=result.horizon_months, **shares))
        canvas.footnote(ax, words("internal_draws"))

    return canvas.draw(ax, (9.0, 4.2), paint)


def _histogram(ax: Axes, told: Statistics, labels: tuple[str, str]) -> None:
    """Shares of the draws between equally wide edges, of which the ends of the band are two if it is not too narrow."""
    low, high = BAND
    first, last = (told.quantile(share) for share in _ENDS)
    bars = _BARS * (high - low) / (last - first) if last > first else 0.0
    width = (high - low) / round(bars) if bars >= 1 else max((last - first) / _BARS, 1e-6)
    places = range(math.floor((first - low) / width), math.ceil((last - low) / width) + 1)
    above = [told.exceedance(low + place * width) for place in (*places, places.stop)]
    middles = [low + (place + 0.5) * width for place in places]
    shares = [before - after for before, after in zip(above, above[1:])]
    for is_within, colour, hatch, label in ((True, SKY, "", labels[0]), (False, ORANGE, "///", labels[1])):
        chosen = [place for place, middle in enumerate(middles) if (low < middle < high) is is_within]
        ax.bar(
            [middles[place] for place in chosen],
            [shares[place] for place in chosen],
            width=width,
            color=colour,
            hatch=hatch,
            edgecolor=BLACK,
            linewidth=0.3,
            label=label,
        )


@discreet
def tornado(result: Tornado, of: str | None = None, lang: Lang = "en", ax: Axes | None = None) -> Figure:
    """The swing of the extra cost with each parameter between its 10 and 90 per cent quantiles, the widest first.

    `of` asks for the total of a pathway instead. Parameters without effect are left out, and counted.
    """
    words = Words(lang)
    scenario = result.scenario
    bars = result.bars if of is None else result.bars_of(of)
    shown = [each for each in bars if each.swing]

    def figure(point: TornadoPoint) -> float:
        return point.extra if of is None else point.pathways[of]

    standing = figure(result.standing)

    def paint(ax: Axes) -> None:
        for side, colour, hatch in (("low", BLUE, "..."), ("high", VERMILION, "///")):
            ends = [figure(getattr(each, side)) for each in shown]
            ax.barh(
                range(len(ends)),
                [end - standing for end in ends],
                height=0.62,
                left=standing,
                color=colour,
                hatch=hatch,
                label=words(f"at_{side}"),
                **BAR,
            )
        for place, each in enumerate(shown):
            for one, other in ((each.low, each.high), (each.high, each.low)):
                # Both ends may lie on one side: the further one has its label outside, the nearer one none.
                end, far = figure(one), figure(other)
                outside = abs(end - standing) >= abs(far - standing)
                apart = (end - standing) * (far - standing) <= 0
                if one.value is not None and (outside or apart):
                    left = end < standing or (end == standing and far > standing)
                    ax.annotate(
                        canvas.literal(words.value(scenario, each.parameter, one.value)),
                        (end, place),
                        (-4 if left else 4, 0),
                        textcoords="offset points",
                        ha="right" if left else "left",
                        va="center",
                        fontsize="x-small",
                    )
        ax.axvline(standing, color=BLACK, linewidth=1, label=words("standing", figure=words.number(standing)))
        canvas.rows(ax, [words.path(each.parameter, scenario) for each in shown])
        ax.margins(x=0.2)
        canvas.of_amounts(ax.xaxis, words, 5)
        amount = words.amounts(result.currency, result.basis)
        span = {"months": result.horizon_months}
        if of is None:
            ax.set_xlabel(words("extra_of", amount=amount))
            canvas.title(ax, words("tornado_extra", **span))
        else:
            pathway = words.pathway(scenario, of)
            ax.set_xlabel(words("total_of", pathway=pathway, amount=amount))
            canvas.title(ax, words("tornado_pathway", pathway=pathway, **span))
        left_out = len(bars) - len(shown)
        canvas.legend(ax, words("without_effect", count=left_out) if left_out else None)
        canvas.footnote(ax, words("internal_draws"))

    return canvas.draw(ax, (9.5, 1.9 + 0.44 * max(len(shown), 1)), paint)


@discreet
def sobol(result: SobolIndices, figure: str = "extra", lang: Lang = "en", ax: Axes | None = None) -> Figure:
    """The share of a figure's variance that each factor explains, alone and with others, with their intervals.

    Factors without effect are left out, and counted.
    """
    words = Words(lang)
    if figure not in result.figures:
        raise KeyError(f"figure: not one of {', '.join(result.figures)}")
    scenario, factors = result.scenario, result.figures[figure].factors
    shown = [factor for factor in factors if factor.first_order.value or factor.total.value]

    def paint(ax: Axes) -> None:
        for side, shift, colour, hatch, label in (
            ("first_order", -0.2, BLUE, "", words("first_order")),
            ("total", 0.2, ORANGE, "///", words("total_order")),
        ):
            indices = [getattr(factor, side) for factor in shown]
            places = [place + shift for place in range(len(shown))]
            values = [max(index.value, 0.0) for index in indices]
            ax.barh(places, values, height=0.38, color=colour, hatch=hatch, label=label, **BAR)
            ends = [index.low for index in indices], [index.high for index in indices]
            ax.hlines(places, *ends, color=BLACK, linewidth=1.5)
        canvas.rows(
            ax, ["\n+ ".join(words.path(path, scenario) for path in factor.name.split(" + ")) for factor in shown]
        )
        ax.set_xlim(left=0)
        canvas.of_shares(ax.xaxis, words)
        ax.set_xlabel(words("variance"))
        known = f"figure_{figure}" if figure in ("extra", "premium") else "figure_pathway"
        name = words(known, pathway=words.pathway(scenario, figure))
        canvas.title(ax, words("sobol", figure=name, months=result.horizon_months))
        if shown:
            left_out = len(factors) - len(shown)
            canvas.legend(ax, words("without_effect", count=left_out) if left_out else None)
        else:
            canvas.note(ax, words("no_effect"))
        canvas.footnote(ax, words("internal_draws"))

    return canvas.draw(ax, (9.5, 1.9 + 0.55 * max(len(shown), 1)), paint)
