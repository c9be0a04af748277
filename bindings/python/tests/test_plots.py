"""Plots: each returns a figure that can be restyled, says the figures of its result, and is drawn in both languages."""

from __future__ import annotations

import io
import pickle
import re
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

import relocost as rc

pytest.importorskip("matplotlib", reason="drawn where the library is installed")

from matplotlib.figure import Figure  # noqa: E402

from relocost import plots as drawn  # noqa: E402

PROGRAMME = """
schema = 1
catalogue = "reference"
programme.first_fiscal_year = 2026
programme.fiscal_years = 3
programme.run_off_months = 12
programme.ceiling.regular_budget.default = 90000
cases = [{ members = [{ age = 34 }], arrives = "2025-06", count = 5, every_months = 5 }]
[[agreements]]
id = "north"
label = { en = "Northern", fr = "Du Nord" }
from = "2026-03"
places_per_year = 1
[[agreements]]
id = "south"
label = { en = "Southern", fr = "Du Sud" }
grants = [{ month = "2026-09", places = 3 }, { month = "2028-12", places = 2 }]
"""

# The same programme a year later: a case more, another agreement, prices that went up.
NEXT_YEAR = (
    PROGRAMME.replace("first_fiscal_year = 2026", "first_fiscal_year = 2027")
    .replace("count = 5", "count = 6")
    .replace("places_per_year = 1", "places_per_year = 2")
)
ROWS = [{"reference": "A", "members": [34, 7]}, {"reference": "B", "members": [52]}]

BILLS = [
    {"month": "2026-03", "line": "short-let", "amount": "1400", "currency": "USD", "rate": "0.95"},
    {"month": "2026-04", "line": "short-let", "amount": "1310.50", "currency": "EUR"},
    {"month": "2026-04", "category": "housing", "amount": "60", "currency": "EUR"},
]
VARIANTS = {"dear": {"lines.rent.amount": "1200"}, "with-a-grandmother": {"household": {"add": [{"age": 71}]}}}


@pytest.fixture(scope="module")
def plots(family: rc.Scenario, golden: Path) -> dict[str, Callable[..., Figure]]:
    c, sim, grid = family.compare(), family.simulate(5000), {"lines.short-let.amount": [1000, 1250, 1500]}
    tornado, dearer = family.tornado(), family.with_({"lines.rent.amount": 1000, "rates.fx.USD.factor": "1.1"})
    run = rc.loads_programme(PROGRAMME).run()
    with_variants = family.replace(variants=VARIANTS)
    paid = family.payments(BILLS, "temporary", until="2026-06")
    return {
        "attribution": c.plot_attribution,
        "premium_curve": c.plot_premium_curve,
        "cumulative": c.plot_cumulative,
        "delay": family.delay().plot,
        "fiscal_years": family.ledger("temporary").plot,
        "caseload": family.caseload(golden / "questions" / "caseload-of-28.csv").plot,
        "simulation": sim.plot,
        "premium": sim.plot_premium,
        "tornado": tornado.plot,
        "tornado of a pathway": partial(tornado.plot, "delayed"),
        "grid": family.grid(grid).plot,
        "grid of starts": family.grid({"start": ["2026-03", "2026-09", "2027-03"]}).plot,
        "grid of two": partial(family.grid({**grid, "lines.rent.factor": ["0.9", 1]}).plot, "extra"),
        "what-ifs": family.what_ifs([{"lines.rent.amount": 1100}, {"rates.index.housing.shift": "0.01"}]).plot,
        "variants": with_variants.compare_variants().plot,
        "diff": family.diff(dearer).plot,
        "programme": run.plot,
        "places": partial(drawn.places, run),
        "waiting": partial(drawn.waiting, run),
        "payments": paid.plot,
        "budget diff": rc.loads_programme(PROGRAMME).diff(rc.loads_programme(NEXT_YEAR)).plot,
        "budget diff of caseloads": family.diff_caseload(ROWS, dearer, ROWS[1:]).plot,
        "agreement values": partial(drawn.agreement_values, run),
        "futures": rc.loads_programme(PROGRAMME).simulate(500).plot,
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


def test_every_plot_says_that_it_is_internal_in_a_footnote(plots: dict[str, Callable[..., Figure]]) -> None:
    for name, plot in plots.items():
        for lang, begin, end in (
            ("en", "Internal: ", "Not for publication."),
            ("fr", "Interne\N{SPACE}: ", "Ne pas publier."),
        ):
            notes = [line for line in texts(plot(lang=lang)).splitlines() if line.startswith(begin)]
            assert len(notes) == 1 and notes[0].endswith(end), name


def test_axes_and_rows_have_labels_and_no_paths(plots: dict[str, Callable[..., Figure]]) -> None:
    for name, plot in plots.items():
        for lang in ("en", "fr"):
            figure = plot(lang=lang)
            ax = figure.axes[0]
            assert ax.get_xlabel(), name
            figure.draw_without_rendering()
            shown = texts(figure)
            assert not re.search(r"\b(lines|rates|profiles|pathways|categories)\.", shown), name
            assert not re.search(r"\b(permanent|temporary)\b", shown.replace("permanente", "")), name


def test_no_legend_lies_on_the_data(plots: dict[str, Callable[..., Figure]]) -> None:
    for name, plot in plots.items():
        figure = plot()
        figure.draw_without_rendering()
        ax = figure.axes[0]
        if ax.get_legend() is not None:
            assert ax.get_legend().get_window_extent().x0 >= ax.get_window_extent().x1, name
        # Nor does anything leave the picture.
        drawn, room = figure.get_tightbbox(), 0.02
        assert -room <= drawn.x0 and drawn.x1 <= figure.get_figwidth() + room, name
        assert -room <= drawn.y0 and drawn.y1 <= figure.get_figheight() + room, name


def test_the_band_is_in_view(family: rc.Scenario, golden: Path) -> None:
    low, high = (float(end) for end in rc.REPORTED_BAND)
    cheap = rc.Scenario(start="2026-03", horizon_months=12, household=[34])
    for figure, axis in (
        (cheap.compare().plot_premium_curve(), "y"),
        (cheap.caseload([{"reference": "A", "members": [34]}]).plot(), "y"),
        (cheap.simulate(50).plot_premium(), "x"),
        (cheap.grid({"lines.rent.amount": [900, 1000]}).plot(), "y"),
        (cheap.what_ifs([{"lines.rent.amount": 900}]).plot(), "x"),
    ):
        ax = figure.axes[0]
        bottom, top = ax.get_ylim() if axis == "y" else ax.get_xlim()
        assert bottom < low and high < top


def test_a_programme_is_drawn_with_its_own_figures() -> None:
    run = rc.loads_programme(PROGRAMME).run()
    ax = run.plot().axes[0]
    planned = {year: 0.0 for year in run.programme.fiscal_years}
    for bar in ax.patches:
        planned[round(bar.get_x() + bar.get_width() / 2)] += bar.get_height()
    years = run.tables["budget_years"]
    assert planned == pytest.approx(dict(zip(years["fiscal_year"], map(float, years["as_planned"]))))
    assert "ceiling: Regular budget" in texts(run.plot())
    widths = [bar.get_width() for bar in drawn.places(run).axes[0].patches]
    assert widths == [*run.agreements["used"], *run.agreements["lapsed"], *run.agreements["left"]]
    assert "Du Nord" in texts(drawn.agreement_values(run, lang="fr"))
    alone = rc.loads_programme(PROGRAMME[: PROGRAMME.index("[[agreements]]")]).run(values=False)
    for chart in (drawn.places, drawn.agreement_values, drawn.waiting):
        assert isinstance(chart(alone), Figure)


def test_payments_are_drawn_from_the_model_to_what_was_paid(family: rc.Scenario) -> None:
    paid = family.payments(BILLS, "temporary", until="2026-06")
    total = paid.total
    ax = paid.plot().axes[0]
    first, *steps, last = (bar.get_width() for bar in ax.patches)
    assert (first, last) == (float(total.model), float(total.paid))
    assert steps == [float(part) for part in total[3:] if part]
    assert sum(steps) == pytest.approx(float(total.difference))
    rows = [label.get_text() for label in ax.get_yticklabels()]
    assert rows == ["model", "exchange", "price", "not paid", "not planned", "paid"]
    assert [label.get_text() for label in paid.plot("fr").axes[0].get_yticklabels()][-1] == "payé"
    assert "2026-03 to 2026-06" in ax.get_title(loc="left")
    # Nothing differs, and nothing was paid.
    nobody = rc.Scenario(start="2026-03", horizon_months=1, household=[])
    assert len(nobody.payments([], "temporary").plot().axes[0].patches) == 2
    programme = rc.loads_programme(PROGRAMME).payments([BILLS[1]])
    assert "Internal: single households can be told" in texts(programme.plot())


def test_two_budgets_are_drawn_from_the_old_to_the_new(family: rc.Scenario) -> None:
    old, new = rc.loads_programme(PROGRAMME), rc.loads_programme(NEXT_YEAR)
    diff = old.diff(new)
    for line in diff.lines:
        rows = {row["cause"]: row["amount"] for row in diff.table if row["line"] == line}
        first, *steps, last = (bar.get_width() for bar in diff.plot(line).axes[0].patches)
        assert (first, last) == (float(rows.pop("old")), float(rows.pop("new")))
        assert steps == pytest.approx([float(amount) for amount in rows.values() if amount])
        assert len(steps) > 1 and sum(steps) == pytest.approx(last - first)
    ax = diff.plot().axes[0]
    names = [label.get_text() for label in ax.get_yticklabels()]
    assert names[0] == "before" and names[-1] == "after" and "cases new" in names and "policy" in names
    assert "As planned" in ax.get_title(loc="left")
    assert diff.plot(lang="fr").axes[0].get_yticklabels()[0].get_text() == "avant"
    # Nothing changed.
    assert len(old.diff(old).plot().axes[0].patches) == 2
    caseloads = family.diff_caseload(ROWS, family, ROWS[:1])
    assert caseloads.plot("permanent").axes[0].get_title(loc="left") != caseloads.plot().axes[0].get_title(loc="left")
    with pytest.raises(KeyError, match="line: expected one of as_signed, as_planned, all_settled"):
        diff.plot("permanent")


def test_part_years_are_marked(family: rc.Scenario) -> None:
    ax = family.ledger("temporary").plot().axes[0]
    ticks = [tick.get_text() for tick in ax.get_xticklabels()]
    assert ticks == ["2026\n(10 months)", "2027", "2028", "2029", "2030", "2031\n(2 months)"]
    long = family.replace(horizon_months=400).ledger("temporary").plot("fr").axes[0]
    ticks = [tick.get_text() for tick in long.get_xticklabels()]
    assert ticks[0] == "2026\n(10 mois)" and ticks[-1] == "2059\n(6 mois)" and len(ticks) <= 14
    july = rc.Scenario(start="2026-07", horizon_months=12, fiscal_year_start=7, household=[34])
    ax = july.ledger("permanent").plot().axes[0]
    assert [tick.get_text() for tick in ax.get_xticklabels()] == ["2026"]
    assert ax.get_xlabel() == "Budget year, from month 7"


def test_rows_without_effect_are_left_out(family: rc.Scenario) -> None:
    tornado = family.tornado()
    shown = [label.get_text() for label in tornado.plot("permanent").axes[0].get_yticklabels()]
    assert "International school fees" not in shown and "Subsistence allowance" in shown
    assert len(shown) == sum(bar.swing != 0 for bar in tornado.bars_of("permanent")) < len(tornado.bars)
    sobol = family.sobol(draws=64, resamples=0)
    rows = sobol.plot().axes[0].get_yticklabels()
    assert len(rows) < len(sobol.figures["extra"].factors)  # the extra cost does not depend on the stage of `delayed`
    solutions = family.to_dict()["solutions"]
    solutions["permanent"]["label"] = "Settled"
    diff = family.diff(family.replace(solutions=solutions))
    assert diff.changes and not any(diff.effects.values())
    assert "Nothing has an effect on it" in texts(diff.plot())


def test_plots_can_be_drawn_into_axes_of_ones_own(plots: dict[str, Callable[..., Figure]]) -> None:
    figure = Figure()
    for plot, ax in zip(plots.values(), figure.subplots(len(plots)).flat):
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
    named = texts(plots["caseload"](names=True))
    assert all(reference in named for reference in references)


def test_a_caseloads_dots_are_as_large_as_their_counts(plots: dict[str, Callable[..., Figure]], golden: Path) -> None:
    lines = (golden / "questions" / "caseload-of-28.csv").read_text().splitlines()
    place = lines[0].split(",").index("count")
    counts = sorted(int(line.split(",")[place]) for line in lines[1:])
    sizes = sorted(plots["caseload"]().axes[0].collections[0].get_sizes())
    assert [size / sizes[0] for size in sizes] == pytest.approx([count / counts[0] for count in counts])


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
    sim = family.simulate(5000)
    shown = texts(sim.plot())
    assert set(sim.pathways) == {"permanent", "temporary", "delayed"}
    for name in sim.pathways:
        for share in (0.5, 0.8, 0.95):
            assert f"P{share * 100:.0f}  {sim.pathways[name].total.quantile(share):,.0f}" in shown


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
    for each, left, right in zip((bar for bar in tornado.bars if bar.swing), low, high):
        assert right.get_width() - left.get_width() == pytest.approx(each.swing)
    low, high = tornado.plot("temporary").axes[0].containers
    bars = [bar for bar in tornado.bars_of("temporary") if bar.swing]
    for each, left, right in zip(bars, low, high):
        swing = each.high.pathways["temporary"] - each.low.pathways["temporary"]
        assert right.get_width() - left.get_width() == pytest.approx(swing) == pytest.approx(each.swing)
    assert [abs(bar.swing) for bar in bars] == sorted((abs(bar.swing) for bar in bars), reverse=True)
    with pytest.raises(KeyError, match="permanent"):
        tornado.plot("nothing")
    with pytest.raises(KeyError, match="permanent"):
        family.sobol(draws=4, resamples=0).plot("nothing")
