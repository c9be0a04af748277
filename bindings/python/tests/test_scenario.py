"""Loading, building, changing and keeping scenarios."""

from __future__ import annotations

import copy
import datetime
import enum
import pickle
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import relocost as rc

SMALL = {"start": "2026-03", "horizon_months": 12, "household": [34]}


def test_a_file_and_its_dictionary_are_one_scenario(family: rc.Scenario) -> None:
    again = rc.Scenario.from_dict(family.to_dict())
    assert again == family
    assert hash(again) == hash(family)
    assert again.compare() == family.compare()
    assert rc.loads(family.to_toml()) == family


def test_what_a_scenario_says(family: rc.Scenario) -> None:
    assert family.currency == "EUR"
    assert family.start == datetime.date(2026, 3, 1)
    assert family.horizon_months == 60
    assert family.fiscal_year_start == 1
    assert family.pathways == ["permanent", "temporary", "delayed"]
    assert family.solutions == ["permanent", "temporary"]
    assert family.entitlements["public_schooling"] == "Public schooling"
    assert family.labels("categories", "fr")["housing"] == "Logement"
    lines = {row["line"]: row for row in family.lines}
    assert lines["rent"]["amount"] == Decimal("950")
    assert lines["hospital-uninsured"]["amount"] is None
    assert all(row["source"] for row in family.lines)


def test_exact_numbers_of_every_kind_and_no_others() -> None:
    class Years(enum.IntEnum):
        CHILD = 9

    s = rc.Scenario(**{**SMALL, "household": [{"age": Years.CHILD}, 41]})
    assert s.to_dict()["household"]["members"][0] == {"born": "2017-03"}
    s = rc.Scenario(**SMALL, rates={"discount": Decimal("0.03"), "fx": {"USD": {2026: "0.9", "default": "0.9"}}})
    assert s.to_dict()["rates"]["discount"] == "0.03"
    for wrong in (0.03, float("nan"), float("inf")):
        with pytest.raises(TypeError, match="rates.discount: binary floating point"):
            rc.Scenario(**SMALL, rates={"discount": wrong})
    for wrong in (object(), b"0.03", 1j):
        with pytest.raises(TypeError, match="rates.discount"):
            rc.Scenario(**SMALL, rates={"discount": wrong})


def test_months_of_every_kind() -> None:
    for start in ("2026-03", datetime.date(2026, 3, 9), datetime.datetime(2026, 3, 31, 23)):
        assert rc.Scenario(**{**SMALL, "start": start}).start == datetime.date(2026, 3, 1)


def test_a_catalogue_of_ones_own(tmp_path: Path) -> None:
    tables = rc.Catalogue.reference().to_dict()
    rent = next(line for line in tables["lines"] if line["id"] == "rent")
    rent["amount"] = Decimal("1000.50")
    mine = rc.Catalogue.from_dict(tables)
    s = rc.Scenario(catalogue=mine, **SMALL)
    assert s.parameter("lines.rent.amount") == Decimal("1000.5")
    assert pickle.loads(pickle.dumps(mine)) == mine
    mine.to_toml(tmp_path / "prices.toml")
    (tmp_path / "scenario.toml").write_text(
        'schema = 1\ncatalogue = "prices.toml"\nstart = "2026-03"\nhorizon_months = 12\n'
        "household = { members = [{ age = 34 }] }\n"
    )
    assert rc.load(tmp_path / "scenario.toml") == s
    assert rc.Catalogue.load(tmp_path / "prices.toml") == mine
    plain = tmp_path / "plain.toml"
    plain.write_text((tmp_path / "scenario.toml").read_text().replace("prices.toml", "reference"))
    assert rc.load(plain, catalogue=tmp_path / "prices.toml") == s


def test_catalogues_elsewhere_only_where_the_caller_says(tmp_path: Path) -> None:
    (tmp_path / "prices").mkdir()
    rc.Catalogue.reference().to_toml(tmp_path / "prices" / "prices.toml")
    (tmp_path / "cases").mkdir()
    scenario = tmp_path / "cases" / "scenario.toml"
    scenario.write_text(
        'schema = 1\ncatalogue = "prices.toml"\nstart = "2026-03"\nhorizon_months = 12\nhousehold = { members = [] }\n'
    )
    with pytest.raises(rc.ReadError) as caught:
        rc.load(scenario)
    assert (caught.value.file, caught.value.line, caught.value.key) == ("scenario.toml", 2, "catalogue")
    assert str(tmp_path) not in str(caught.value)
    assert rc.load(scenario, catalogues=[tmp_path / "prices"]).currency == "EUR"


def test_changes_by_path(family: rc.Scenario) -> None:
    changed = family.with_({"lines.rent.amount": "1100", "pathways.delayed.0.months": 6})
    assert changed.changes == {
        "lines.rent.amount": (Decimal(950), Decimal(1100)),
        "pathways.delayed.0.months": (Decimal(18), Decimal(6)),
    }
    assert changed.origin is family
    beside = changed.beside()
    assert beside.as_it_stands.extra == family.compare().extra
    assert beside.rows[0].extra == changed.compare().extra
    row = beside.to_dicts()[1]
    assert row["change_of_extra"] == changed.compare().extra - family.compare().extra
    assert "lines.rent.amount" in repr(changed)
    assert "1,100" in repr(changed) or "1100" in repr(changed)
    assert changed != family


def test_a_what_if_sets_rates_start_and_horizon(family: rc.Scenario) -> None:
    changes = {
        "rates.fx.USD": "0.9",
        "rates.fx.USD.2027": "0.95",
        "rates.fx.USD.2027-04": "1",
        "rates.index.general.default": "0.03",
        "rates.index.general.2027": "0.05",
        "start": datetime.date(2026, 9, 1),
        "horizon_months": 24,
    }
    changed = family.with_(changes)
    assert (changed.start, changed.horizon_months) == (datetime.date(2026, 9, 1), 24)
    assert [changed.parameter(path) for path in list(changes)[:3]] == [Decimal(x) for x in ("0.9", "0.95", "1")]
    assert changed.changes["start"] == (datetime.date(2026, 3, 1), datetime.date(2026, 9, 1))
    assert pickle.loads(pickle.dumps(changed)) == changed
    grid = family.grid({"start": ["2026-03", datetime.date(2026, 9, 1)], "horizon_months": [24, 60]})
    assert [row.extra for row in grid.rows][3] == family.with_({"start": "2026-09"}).compare().extra
    assert grid.rows[2].extra == family.with_({"start": "2026-09", "horizon_months": 24}).compare().extra
    for path, value, kind, said in [
        ("rates.fx.USD.yearly", "1", rc.RelocostError, "drawn anew for each year"),
        ("rates.index.general", "0.01", rc.RelocostError, 'the path is now "rates.index.general.shift"'),
        ("rates.index.genral.shift", "0.01", rc.RelocostError, 'did you mean "rates.index.general.shift"'),
        ("rates.fx.USD", "0", rc.RelocostError, "above 0"),
        ("start", "2026", rc.RelocostError, "expected a month"),
        ("start", 2026, TypeError, "expected a month"),
        ("horizon_months", "0", rc.RelocostError, "from 1 to"),
    ]:
        with pytest.raises(kind, match=re.escape(said)):
            family.with_({path: value})


def test_a_what_if_sets_levels_tariffs_and_percentages() -> None:
    folder = Path(__file__).resolve().parents[3] / "examples" / "scenarios"

    def level(tables: Any) -> None:
        tables["rates"]["level"]["first"]["housing"] = "0.7"

    def tariff(tables: Any) -> None:
        next(line for line in tables["lines"] if line["id"] == "subsistence")["amounts"]["2027-04"] = "0.7"

    def share(tables: Any) -> None:
        next(line for line in tables["lines"] if line["id"] == "programme-support")["percentage"]["share"] = "0.7"

    for name, path, edit in [
        ("two-countries.toml", "rates.level.first.housing", level),
        ("tariff-in-april.toml", "lines.subsistence.amounts.2027-04", tariff),
        ("trust-fund.toml", "lines.programme-support.percentage.share", share),
    ]:
        scenario = rc.load(folder / name)
        changed, tables = scenario.with_({path: "0.7"}), scenario.to_dict()
        edit(tables)
        assert changed.parameter(path) == Decimal("0.7")
        totals = {pathway: figures.total for pathway, figures in changed.compare().pathways.items()}
        by_file = rc.Scenario.from_dict(tables).compare().pathways
        assert totals == {pathway: figures.total for pathway, figures in by_file.items()}
        assert totals != {pathway: figures.total for pathway, figures in scenario.compare().pathways.items()}


def test_every_kind_of_parameter_keeps_in_a_pickle(family: rc.Scenario) -> None:
    changes = {
        "lines.rent.amount": 1000,
        "lines.subsistence.factor": "1.1",
        "categories.housing.factor": "0.9",
        "lines.hospital-uninsured.event.per_year": "0.1",
        "lines.hospital-uninsured.event.severity.factor": "1.5",
        "rates.index.housing.shift": "0.01",
        "rates.fx.USD.factor": "1.2",
        "profiles.integration.stretch": "1.5",
        "pathways.delayed.0.months": 6,
    }
    changed = family.with_(changes)
    for again in (pickle.loads(pickle.dumps(changed)), copy.deepcopy(changed), copy.copy(changed)):
        assert again == changed
        assert again.compare("permanent", "delayed") == changed.compare("permanent", "delayed")
    for path, value in changes.items():
        one = family.with_({path: value})
        assert one != family, path
        assert one.compare("permanent", "delayed") != family.compare("permanent", "delayed"), path


def test_a_grid_is_every_combination(family: rc.Scenario) -> None:
    grid = family.grid({"lines.rent.amount": [900, "1000"], "rates.fx.USD.factor": ["0.9", 1, Decimal("1.1")]})
    assert grid.table.shape == (7, 2 + 7)
    rows = grid.to_dicts()
    assert rows[0]["extra"] == family.compare().extra
    assert [(row["lines.rent.amount"], row["rates.fx.USD.factor"]) for row in rows[1:3]] == [
        (900, Decimal("0.9")),
        (900, 1),
    ]
    for row in rows[1:]:
        alone = family.with_({path: row[path] for path in ("lines.rent.amount", "rates.fx.USD.factor")}).compare()
        assert (row["base"], row["extra"], row["premium"]) == (alone.base.total, alone.extra, alone.premium)
        assert row["change_of_extra"] == alone.extra - family.compare().extra


def test_what_ifs_may_set_different_parameters(family: rc.Scenario) -> None:
    result = family.what_ifs([{}, {"lines.rent.amount": 1000}, {"rates.fx.USD.factor": 2}])
    assert [row["lines.rent.amount"] for row in result.to_dicts()] == [950, 950, 1000, 950]
    assert [row["rates.fx.USD.factor"] for row in result.to_dicts()] == [1, 1, 1, 2]


def test_variants(tmp_path: Path, golden: Path) -> None:
    text = (golden / "family-of-five.toml").read_text().replace('"reference-catalogue.toml"', '"reference"')
    s = rc.loads(text + '\n[variants.dearer]\n"lines.rent.amount" = "1100"\n')
    assert s.variants == ["dearer"]
    variants = s.compare_variants()
    assert variants.as_it_stands.extra == s.compare().extra
    assert variants.variants["dearer"].extra == s.variant("dearer").compare().extra
    assert s.variant("dearer") == s.with_({"lines.rent.amount": 1100})
    with pytest.raises(rc.ValidationError):
        s.variant("cheaper")


def test_replacing_keys(family: rc.Scenario) -> None:
    shorter = family.replace(horizon_months=12, start=datetime.date(2027, 1, 1))
    assert (shorter.horizon_months, shorter.start.year) == (12, 2027)
    assert family.replace(household=[41, 9]).to_dict()["household"]["members"] == [
        {"born": "1985-03"},
        {"born": "2017-03"},
    ]


def test_a_scenario_is_kept(family: rc.Scenario) -> None:
    assert pickle.loads(pickle.dumps(family)) == family
    assert copy.copy(family) is family
    assert copy.deepcopy([family])[0] is family
    assert len({family, pickle.loads(pickle.dumps(family)), family.replace(horizon_months=12)}) == 2
    assert family != "a scenario"


def test_differences_of_two_years(family: rc.Scenario) -> None:
    new = family.with_({"lines.rent.amount": 1000, "rates.index.housing.shift": "0.01"})
    diff = family.diff(new)
    assert list(diff.changes) == ["rates.index.housing", "lines.rent"]
    for pathway in family.pathways:
        effects = sum(effect.get(pathway, Decimal(0)) for effect in diff.effects.values())
        assert diff.old[pathway] + effects == diff.new[pathway] == new.ledger(pathway).total
    assert rc.diff(family, new) == diff
    with pytest.raises(rc.ValidationError):
        family.diff(family.replace(currency="USD"))


def test_warnings_are_findings(golden: Path) -> None:
    warnings = rc.load(golden / "single-witness.toml").warnings()
    assert all(isinstance(warning, rc.Finding) and warning.code >= 5000 for warning in warnings)


def test_expectations(family: rc.Scenario) -> None:
    outcomes = family.run_expectations()
    assert [outcome.passed for outcome in outcomes] == [True, True]
    assert outcomes[0].figure == "comparison.premium"
    assert outcomes[0].line is not None
    assert outcomes[0].why
    assert all(outcomes)


def test_plain_assertions_read_well(family: rc.Scenario) -> None:
    c = family.compare()
    assert c.premium in rc.REPORTED_BAND
    assert c.band == "within"
    assert c.extra > 160_000
    assert c.attribution["public_schooling"] >= Decimal("60000.00")
    assert rc.Scenario(start="2026-03", horizon_months=6, household=[34]).compare().premium not in rc.REPORTED_BAND


def test_a_scenario_shows_itself_as_html_and_nothing_of_the_household(family: rc.Scenario) -> None:
    for lang, words in (("en", ("Rent, ordinary lease", "entitlements")), ("fr", ("Loyer, bail ordinaire", "droits"))):
        shown = family.html(lang)
        assert shown.startswith('<div class="relocost">') and all(word in shown for word in words)
        tables = family.to_dict()
        for secret in (tables["title"], *(member["born"] for member in tables["household"]["members"]), "2026-03"):
            assert secret not in shown
    assert family._repr_html_() == family.html("en")
    with pytest.raises(rc.RelocostError, match="lang"):
        family.html("de")  # type: ignore[arg-type]


def test_what_is_asked_wrongly_is_told_with_what_to_write():
    with pytest.raises(rc.RelocostError, match='can name "reference" only.*save it as a file beside its catalogue'):
        rc.Scenario(catalogue="x.toml", start="2026-03", horizon_months=24, household=[34])
    plain = {"catalogue": "reference", "start": "2026-03", "household": [34]}
    whole = rc.Scenario(horizon_months=60, **plain)
    with pytest.raises(TypeError, match=r'read by column, table\["name"\]; for a row by its place take list'):
        whole.lines[0]
    assert list(whole.lines)[0]["line"] == whole.lines["line"][0]
    # A whole number may be a float, and a Decimal may end in zeros; what a float cannot say exactly is refused.
    assert rc.Scenario(horizon_months=60.0, **plain) == whole
    rent = {"lines.rent.amount": Decimal("950.000000000000000000000000")}
    assert whole.with_(rent) == whole.with_({"lines.rent.amount": 950})
    with pytest.raises(TypeError, match="not exact; expected a text such as '1100.50', an int or a Decimal"):
        rc.Scenario(horizon_months=60, rates={"discount": float("nan")}, **plain)
