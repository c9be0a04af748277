"""Plots: each returns a figure that can be restyled, says the figures of its result, and is drawn in both languages."""

from __future__ import annotations

import io
import pickle
from collections.abc import Callable
from pathlib import Path

import pytest

import relocost as rc

pytest.importorskip("matplotlib", reason="drawn where the library is installed")

from matplotlib.figure import Figure  # noqa: E402


@pytest.fixture(scope="module")
def plots(family: rc.Scenario, golden: Path) -> dict[str, Callable[..., Figure]]:
    c, sim = family.compare(), family.simulate(5000)
    return {
        "attribution": c.plot_attribution,
        "premium_curve": c.plot_premium_curve,
        "cumulative": c.plot_cumulative,
        "delay": family.delay().plot,
        "fiscal_years": family.ledger("temporary").plot,
        "caseload": family.caseload(golden / "questions" / "caseload-of-28.csv").plot,
        "simulation": sim.plot,
        "premium": sim.plot_premium,
        "tornado": family.tornado().plot,
        "sobol": family.sobol(draws=256, resamples=20).plot,
    }


def texts(figure: Figure) -> str:
    return "\n".join(text.get_text() for text in figure.findobj(lambda it: hasattr(it, "get_text")))


def test_every_plot_is_drawn_in_both_languages(plots: dict[str, Callable[..., Figure]]) -> None:
    for name, plot in plots.items():
        written = {}
        for lang in ("en", "fr"):
            figure = plot(lang=lang)
            assert isinstance(figure, Figure), name
            picture = io.BytesIO()
            figure.savefig(picture, format="png", dpi=60)
            assert picture.getvalue().startswith(b"\x89PNG")
            written[lang] = texts(figure)
            assert figure.axes[0].get_title(loc="left")
        assert written["en"] != written["fr"], name
        with pytest.raises(ValueError, match="lang"):
            plot(lang="de")


def test_plots_can_be_drawn_into_axes_of_ones_own(plots: dict[str, Callable[..., Figure]]) -> None:
    figure = Figure()
    for plot, ax in zip(plots.values(), figure.subplots(2, 5).flat):
        assert plot(ax=ax) is figure
        assert ax.get_title(loc="left")


def test_plots_leave_no_global_state(plots: dict[str, Callable[..., Figure]]) -> None:
    import matplotlib

    before = dict(matplotlib.rcParams)
    for plot in plots.values():
        plot()
    assert dict(matplotlib.rcParams) == before


def test_the_waterfall_goes_from_the_base_to_the_alternative(family: rc.Scenario) -> None:
    c = family.compare()
    ax = c.plot_attribution().axes[0]
    bars = list(ax.patches)
    assert bars[0].get_width() == pytest.approx(float(c.base.total))
    assert bars[-1].get_width() == pytest.approx(float(c.alternative.total))
    steps = bars[1:-1]
    assert sum(bar.get_width() for bar in steps) == pytest.approx(float(c.extra))
    assert steps[0].get_x() == pytest.approx(float(c.base.total))
    for earlier, later in zip(steps, steps[1:]):
        assert later.get_x() == pytest.approx(earlier.get_x() + earlier.get_width())
    assert "Public schooling" in texts(ax.figure) and "Right to work" in texts(ax.figure)


def test_the_stacks_are_the_years_totals(family: rc.Scenario) -> None:
    ledger = family.ledger("temporary")
    ax = ledger.plot().axes[0]
    heights: dict[int, float] = {}
    for bar in ax.patches:
        year = round(bar.get_x() + bar.get_width() / 2)
        heights[year] = heights.get(year, 0.0) + bar.get_height()
    by_year = family.compare().alternative.by_fiscal_year
    assert heights == {year: pytest.approx(float(amount)) for year, amount in by_year.items()}


def test_a_caseloads_plot_names_no_household(plots: dict[str, Callable[..., Figure]], golden: Path) -> None:
    lines = (golden / "questions" / "caseload-of-28.csv").read_text().splitlines()
    references = [line.split(",")[0] for line in lines[1:]]
    shown = texts(plots["caseload"]())
    assert references and not any(reference in shown for reference in references)
    assert "Not for publication" in shown


def test_odd_scenarios_are_drawn_too(golden: Path) -> None:
    nobody = rc.Scenario(start="2026-03", horizon_months=1, household=[])
    for figure in (
        nobody.compare().plot_attribution(),
        nobody.compare().plot_premium_curve(),
        nobody.compare().plot_cumulative(),
        nobody.delay().plot(),
        nobody.ledger("temporary").plot(),
        nobody.caseload([]).plot(),
        nobody.simulate(20).plot(),
        nobody.simulate(20).plot_premium("fr"),
        nobody.tornado().plot(),
        nobody.sobol(draws=4, resamples=2).plot(),
    ):
        figure.savefig(io.BytesIO(), format="png", dpi=40)
    for file in sorted(golden.glob("*.toml")):
        if file.name != "reference-catalogue.toml":
            s = rc.load(file)
            if {"permanent", "temporary"} <= set(s.solutions):
                s.compare().plot_attribution().savefig(io.BytesIO(), format="png", dpi=40)
                s.ledger("temporary").plot("fr").savefig(io.BytesIO(), format="png", dpi=40)


def test_a_dollar_in_a_label_is_a_dollar() -> None:
    tables = rc.Catalogue.reference().to_dict()
    for entitlement in tables["entitlements"]:
        entitlement["label"] = r"a $\foo$ b (US$)"
    c = rc.Scenario(
        catalogue=rc.Catalogue.from_dict(tables), start="2026-03", horizon_months=6, household=[34, 9]
    ).compare()
    assert c.plot()._repr_png_().startswith(b"\x89PNG")


def test_plots_are_kept(plots: dict[str, Callable[..., Figure]]) -> None:
    for plot in plots.values():
        assert isinstance(pickle.loads(pickle.dumps(plot())), Figure)


def test_a_simulations_plot_marks_what_suffices(family: rc.Scenario) -> None:
    sim = family.simulate(5000, keep="nothing")
    shown = texts(sim.plot())
    for name in ("permanent", "temporary"):
        for share in (0.5, 0.8, 0.95):
            assert f"P{share * 100:.0f}  {sim.pathways[name].total.quantile(share):,.0f}" in shown
    assert "Not for publication" in shown


def test_a_premiums_plot_says_the_verdicts(family: rc.Scenario) -> None:
    sim = family.simulate(5000)
    ax = sim.plot_premium().axes[0]
    for share in (sim.band.below, sim.band.within, sim.band.above):
        assert f"{share:.1%}" in ax.get_title(loc="left")
    # The band's ends are edges of bars: those within it add up to its probability.
    within, outside = ax.containers
    assert sum(bar.get_height() for bar in within) == pytest.approx(sim.band.within, abs=1e-3)
    assert sum(bar.get_height() for bar in outside) == pytest.approx(sim.band.below + sim.band.above, abs=5e-3)


def test_a_tornados_bars_are_its_swings(family: rc.Scenario) -> None:
    tornado = family.tornado()
    low, high = tornado.plot().axes[0].containers
    for each, left, right in zip(tornado.bars, low, high):
        assert right.get_width() - left.get_width() == pytest.approx(each.swing)
    with pytest.raises(KeyError, match="permanent"):
        family.sobol(draws=4, resamples=0).plot("nothing")
