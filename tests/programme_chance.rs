//! A programme under chance: against the run without it, against closed forms, and against itself in parts.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use relocost::message;
use relocost::names::Sampling;
use relocost::programme::{SimulatedFigure, SimulatedLine, SimulatedSaving};
use relocost::scenario::{CatalogueText, Price};
use relocost::simulation::{LedgerFigure, SimulationPart};
use relocost::syntax::{Format, Source};
use relocost::{Code, Id, IndexMap, Loader, Programme, ProgrammeSimulateOptions, Scenario, Watch};
use relocost_tables::Tables as _;
use serde_json::Value;

/// The random programmes of the conformance pack, as JSON, each with its folder.
fn programmes() -> Vec<(PathBuf, Value)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/programmes");
    let mut folders: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.retain(|folder| folder.file_name().unwrap().to_string_lossy().starts_with("random-"));
    folders.sort();
    assert_eq!(folders.len(), 24);
    let read = |folder: PathBuf| {
        let text = std::fs::read_to_string(folder.join("programme.toml")).unwrap();
        (folder, toml::from_str(&text).unwrap())
    };
    folders.into_iter().map(read).collect()
}

fn bring(folder: &Path, name: &str) -> Result<CatalogueText, relocost::Message> {
    let text = std::fs::read_to_string(folder.join(name)).map_err(|_| message!("cannot be read", "illisible"))?;
    Ok(CatalogueText { name: name.to_owned(), text, format: Format::Toml })
}

fn load(folder: &Path, file: &Value) -> Programme {
    let (name, text) = (folder.file_name().unwrap().to_string_lossy().into_owned(), file.to_string());
    let loader = Loader::new().catalogues(|name| bring(folder, name)).households(|name| bring(folder, name));
    loader.load_programme(Source::json(&name, &text)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn options(draws: u64) -> ProgrammeSimulateOptions {
    ProgrammeSimulateOptions::default().draws(draws).seed(23)
}

/// Funds, solutions and one line for each: 100 a month of waiting, 10 a month once settled.
const SETTING: &str = r#"
    schema = 1
    currency = "EUR"
    price_base_year = 2026
    entitlements = [{ id = "work", label = "Work" }]
    categories = [{ id = "costs", label = "Costs" }]
    funds = [{ id = "one", label = "One" }, { id = "two", label = "Two" }]
    [solutions.temporary]
    label = "Temporary"
    kind = "temporary"
    entitlements = []
    funding = { one = "0.25", two = "0.75" }
    [solutions.permanent]
    label = "Permanent"
    kind = "permanent"
    entitlements = ["work"]
    [[lines]]
    id = "waits"
    category = "costs"
    label = "Waits"
    driver = "household"
    schedule = "monthly"
    amount = 100
    currency = "EUR"
    unless = ["work"]
    source = "test"
    [[lines]]
    id = "lives"
    category = "costs"
    label = "Lives"
    driver = "household"
    schedule = "monthly"
    amount = 10
    currency = "EUR"
    when = ["work"]
    source = "test"
"#;

/// A programme of the plain setting, with the rest of its text.
fn plain(text: &str) -> Programme {
    parsed(&format!("{SETTING}{text}"))
}

fn parsed(text: &str) -> Programme {
    Programme::parse(text).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

fn amount(figure: &SimulatedFigure) -> f64 {
    figure.deterministic().unwrap().to_f64()
}

/// Holds that a mean is a number, give or take four standard errors.
fn is_near(figure: &SimulatedFigure, expected: f64) {
    let (mean, se) = (figure.mean(), figure.se());
    assert!((mean - expected).abs() <= 4.0 * se + 1e-9 * expected.abs(), "{mean} ± {se}, expected {expected}");
}

fn is_close(one: f64, other: f64) {
    assert!((one - other).abs() <= 1e-9 * one.abs().max(other.abs()).max(1.0), "{one} and {other}");
}

fn has_events(programme: &Programme) -> bool {
    programme.setting().lines().values().any(|line| matches!(line.price(), Some(Price::Event { .. })))
}

#[test]
fn without_chance_every_future_is_the_run_to_half_a_minor_unit_per_entry() {
    let mut checked = 0;
    for (folder, mut file) in programmes() {
        let table = file.as_object_mut().unwrap();
        for key in ["arrivals", "uncertain", "correlations", "expect"] {
            table.remove(key);
        }
        for agreement in table.get_mut("agreements").and_then(Value::as_array_mut).into_iter().flatten() {
            for key in ["slip", "until_slips", "processing", "refusal"] {
                agreement.as_object_mut().unwrap().remove(key);
            }
        }
        let programme = load(&folder, &file);
        if has_events(&programme) {
            continue;
        }
        checked += 1;
        let simulation = programme.simulate(&options(3)).unwrap();
        let months = f64::from(12 * i32::try_from(programme.fiscal_years().len()).unwrap());
        let lines = f64::from(i32::try_from(programme.setting().lines().len()).unwrap());
        // At most one entry for each case, month and line, and as many for the programme's own lines.
        let entries = f64::from(programme.cases() + 1) * months * (lines + 10.0);
        let bound = entries * 0.5 / 10_f64.powi(i32::try_from(programme.currency().decimals()).unwrap());
        let holds = |name: &str, figure: &SimulatedFigure| {
            let off = figure.mean() - amount(figure);
            assert!(off.abs() <= bound && off.abs() <= 1e-3 * amount(figure).abs().max(1e4), "{name}: {off}");
            assert!(figure.sd() <= 0.0, "{name}");
        };
        for (name, line) in &simulation.lines {
            let years = line.by_fiscal_year_and_fund.values().flat_map(IndexMap::values);
            let all = line.by_fiscal_year.values().chain(line.by_fund.values()).chain(years);
            for figure in all.chain([&line.total]) {
                holds(name, figure);
            }
        }
        holds("extra", &simulation.extra.total);
        for saving in simulation.last.values().chain([&simulation.joint]) {
            for figure in saving.by_fiscal_year.values().chain(saving.by_fund.values()).chain([&saving.total]) {
                holds("saving", figure);
            }
        }
        let waiting = &simulation.waiting;
        for figure in waiting.given_within.iter().flatten().chain([&waiting.still_waiting, &waiting.lapsed]) {
            is_close(figure.mean(), amount(figure));
        }
        assert!(waiting.refused.mean() <= 0.0);
        for fund in simulation.ceiling.values().flat_map(BTreeMap::values) {
            assert!((fund.excess.mean() - amount(&fund.excess)).abs() <= bound);
            assert!(fund.above <= 0.0 || fund.above >= 1.0);
        }
    }
    assert!(checked > 5, "{checked}");
}

#[test]
fn parameters_without_spread_are_those_of_the_ledger() {
    let head = "schema = 1\ncatalogue = \"reference\"\n";
    let household = "[{ age = 41 }, { age = 38 }, { age = 9 }]";
    let changes = [
        ("lines.rent.amount", "1234.50"),
        ("categories.medical.factor", "1.25"),
        ("rates.index.general.shift", "0.011"),
        ("profiles.earnings.stretch", "1.7"),
    ];
    let scenario = format!("{head}start = \"2024-05\"\nhorizon_months = 56\nhousehold = {{ members = {household} }}\n");
    let scenario = Scenario::parse(&scenario).unwrap();
    let known = |path: &&(&str, &str)| scenario.parameter(&path.0.parse().unwrap()).is_ok();
    let changes: Vec<(&str, &str)> = changes.iter().filter(known).copied().collect();
    assert!(changes.len() >= 3, "{changes:?}");
    let set: Vec<_> = changes.iter().map(|(path, to)| (path.parse().unwrap(), to.parse().unwrap())).collect();
    let ledgers = scenario.with(&set).unwrap();
    let law = |to: &str| format!("distribution = {{ uniform = {{ low = \"{to}\", high = \"{to}\" }} }}");
    let uncertain = changes.iter().map(|(path, to)| format!("[[uncertain]]\nparameter = \"{path}\"\n{}\n", law(to)));
    let uncertain = uncertain.collect::<Vec<_>>().concat();
    for pathway in ["permanent", "temporary"] {
        let programme = parsed(&format!(
            "{head}programme = {{ first_fiscal_year = 2026, fiscal_years = 3 }}\n\
             cases = [{{ members = {household}, arrives = \"2024-05\", pathway = \"{pathway}\" }}]\n{uncertain}"
        ));
        let simulation = programme.simulate(&options(600)).unwrap();
        let years = ledgers.ledger(pathway).unwrap().by_fiscal_year_and_category().unwrap();
        let events: f64 = if has_events(&programme) { 4.0 } else { 0.0 };
        for (year, figure) in &simulation.lines["as_planned"].by_fiscal_year {
            let expected: f64 = years[year].values().map(|amount| LedgerFigure::Amount(*amount).to_f64()).sum();
            let off = (figure.mean() - expected).abs();
            assert!(off <= events * figure.se() + 0.005 * 12.0 * 40.0, "{pathway} {year}: {off} ± {}", figure.se());
        }
    }
}

/// Agreements that slip and are refused, arrivals, uncertain prices: everything but events.
const LIVELY: &str = r#"
    [programme]
    first_fiscal_year = 2026
    fiscal_years = 3
    ceiling = { one = { default = 9000 }, two = { 2027 = 30000 } }
    [[programme.lines]]
    id = "office"
    category = "costs"
    label = "Office"
    driver = { count = "waiting", per = 3 }
    schedule = "monthly"
    amount = 400
    currency = "EUR"
    source = "test"
    [[cases]]
    members = [{ age = 34 }]
    arrives = "2025-06"
    count = 4
    every_months = 3
    [[cases]]
    members = [{ age = 50 }, { age = 7 }]
    arrives = "2026-02"
    count = 2
    [[arrivals]]
    per_year = "5.5"
    members = [{ age = 30 }]
    [[arrivals]]
    id = "families"
    per_year = 2
    from = "2027-01"
    until = "2028-07"
    members = [{ age = 30 }, { age = 3 }]
    agreements = ["a"]
    [[agreements]]
    id = "a"
    label = "A"
    signed = true
    from = "2026-02"
    places_per_year = 3
    slip = { triangular = { low = 0, mode = 2, high = 9 } }
    processing = { uniform = { low = 1, high = 6 } }
    refusal = { probability = "0.3", after_months = 2 }
    [[agreements]]
    id = "b"
    label = "B"
    grants = [{ month = "2026-04", places = 2 }, { month = "2027-04", places = 4 }]
    until = "2028-01"
    carry_over = true
    slip = { gamma = { mean = 3, sd = 2 } }
    [[agreements]]
    id = "c"
    label = "C"
    from = "2026-06"
    places_per_year = 1
    refusal = { probability = "0.5", after_months = 1 }
    [[uncertain]]
    parameter = "lines.waits.factor"
    distribution = { lognormal = { mean = 1, sd = "0.2" } }
    [[correlations]]
    between = ["agreements.a.slip", "agreements.b.slip"]
    spearman = "0.6"
"#;

#[test]
fn threads_and_splits_change_no_bit() {
    let programme = plain(LIVELY);
    for sampling in [Sampling::Random, Sampling::LatinHypercube, Sampling::Sobol] {
        let options = options(300).sampling(sampling);
        let whole = programme.simulate(&options.clone().threads(NonZeroUsize::new(3))).unwrap();
        let part = |range| {
            let part = programme.simulate_range(&options.clone().threads(NonZeroUsize::new(1)), range);
            SimulationPart::from_bytes(&part.unwrap().to_bytes()).unwrap()
        };
        let mut merged = part(200..300);
        merged.merge(part(0..200)).unwrap();
        assert_eq!(programme.simulation_of_part(&options, &merged).unwrap(), whole);
        if sampling == Sampling::Random {
            let other = plain(&LIVELY.replace("5.5", "5.6"));
            assert_eq!(other.simulation_of_part(&options, &merged).unwrap_err().code(), Code::Conflict);
            let other = options.clone().seed(24);
            assert_eq!(programme.simulation_of_part(&other, &merged).unwrap_err().code(), Code::Conflict);
        }
    }
}

#[test]
fn leaving_an_agreement_out_changes_no_number_of_another_thing() {
    let text = LIVELY.split("[[correlations]]").next().unwrap();
    let with = plain(text).simulate(&options(400)).unwrap();
    let (before, rest) = text.split_once("[[agreements]]\n    id = \"b\"").unwrap();
    let (_, after) = rest.split_once("[[agreements]]").unwrap();
    let without = plain(&format!("{before}[[agreements]]{after}")).simulate(&options(400)).unwrap();
    let both = |one: &SimulatedLine, other: &SimulatedSaving, expected: &SimulatedLine| {
        is_close(one.total.mean() + other.total.mean(), expected.total.mean());
        for (year, figure) in &expected.by_fiscal_year {
            is_close(one.by_fiscal_year[year].mean() + other.by_fiscal_year[year].mean(), figure.mean());
        }
    };
    both(&with.lines["as_planned"], &with.last["b"], &without.lines["as_planned"]);
    assert!(with.last["b"].total.sd() > 0.0);
    for line in ["as_signed", "all_settled"] {
        is_close(with.lines[line].total.mean(), without.lines[line].total.mean());
        is_close(with.lines[line].total.sd(), without.lines[line].total.sd());
    }
}

#[test]
fn a_case_at_the_end_changes_no_number_of_another_thing() {
    let text =
        LIVELY.replace("    [[arrivals]]\n    per_year = \"5.5\"", "#more\n    [[arrivals]]\n    per_year = \"5.5\"");
    let more = "[[cases]]\nmembers = [{ age = 20 }]\narrives = \"2026-03\"\npathway = \"permanent\"\n";
    let office = |text: &str| text.replace("count = \"waiting\"", "count = \"agreements\"");
    let before = plain(&office(&text)).simulate(&options(400)).unwrap();
    let after = plain(&office(&text.replace("#more", more))).simulate(&options(400)).unwrap();
    // 34 months of 10, in every line.
    for line in ["as_signed", "as_planned", "all_settled"] {
        is_close(before.lines[line].total.mean() + 340.0, after.lines[line].total.mean());
        is_close(before.lines[line].total.sd(), after.lines[line].total.sd());
    }
    for (id, saving) in &before.last {
        is_close(saving.total.mean(), after.last[id].total.mean());
    }
}

/// A programme that only counts arrivals, at one unit of the currency each.
fn counting(arrivals: &str, years: u32) -> Programme {
    plain(&format!(
        "[programme]\nfirst_fiscal_year = 2026\nfiscal_years = {years}\n{arrivals}\n\
         [[programme.lines]]\nid = \"count\"\ncategory = \"costs\"\nlabel = \"Count\"\n\
         driver = {{ count = \"arrivals\" }}\nschedule = \"monthly\"\namount = 1000000000\ncurrency = \"EUR\"\nsource = \"test\"\n"
    ))
}

#[test]
fn arrivals_are_a_poisson_process() {
    let arrivals = "[[arrivals]]\nper_year = \"4.8\"\nfrom = \"2026-07\"\nmembers = [{ age = 30 }]";
    let simulation = counting(arrivals, 2).simulate(&options(4_000)).unwrap();
    let line = &simulation.lines["as_planned"];
    let number = 4.8 / 12.0;
    for (year, months) in [(2026, 6.0), (2027, 12.0)] {
        let figure = &line.by_fiscal_year[&year];
        let mean: f64 = number * months;
        // The costs of households are a billionth of what is counted.
        assert!((figure.mean() / 1e9 - mean).abs() < 4.0 * (mean / 4_000.0).sqrt() + 1e-4, "{}", figure.mean());
        let variance = (figure.sd() / 1e9).powi(2);
        // Var(s²) of Poisson numbers: (μ + 2 μ²) / N.
        let error = ((mean + 2.0 * mean * mean) / 4_000.0).sqrt();
        assert!((variance - mean).abs() < 4.0 * error + 1e-3, "{variance}, expected {mean}");
        // P(N = 0) = e^-mean.
        let none = 1.0 - figure.exceedance(5e8);
        let expected = (-mean).exp();
        assert!((none - expected).abs() < 4.0 * (expected * (1.0 - expected) / 4_000.0).sqrt(), "{none}, {expected}");
    }
    // Months are independent: variances add up.
    let sum: f64 = line.by_fiscal_year.values().map(|figure| figure.sd().powi(2)).sum();
    let ratio = line.total.sd().powi(2) / sum;
    assert!((ratio - 1.0).abs() < 0.1, "{ratio}");
}

#[test]
fn a_queue_with_a_place_a_month_is_as_long_as_theory_says() {
    // The number that is left after each month's place, X' = max(X + A - 1, 0) with Poisson arrivals A of mean r, has the
    // mean r² / (2 (1 - r)) once it is stationary (the queue of M/D/1, seen once a month after service).
    let grant = |month: u32| format!("{{ month = \"{}-{:02}\", places = 1 }}", 2026 + month / 12, month % 12 + 1);
    let grants = (0..120).map(grant).collect::<Vec<_>>().join(", ");
    let rate: f64 = 0.7;
    let programme = plain(&format!(
        "[programme]\nfirst_fiscal_year = 2026\nfiscal_years = 10\n\
         [[arrivals]]\nper_year = \"8.4\"\nmembers = [{{ age = 30 }}]\n\
         [[agreements]]\nid = \"a\"\nlabel = \"A\"\ngrants = [{grants}]\n"
    ));
    let simulation = programme.simulate(&options(1_000)).unwrap();
    is_near(&simulation.waiting.still_waiting, rate * rate / (2.0 * (1.0 - rate)));
    // A month's place lapses if nobody waits: of each month's places the share 1 - r, less what the first months save.
    let lapsed = simulation.waiting.lapsed.mean() / 120.0;
    assert!((lapsed - (1.0 - rate)).abs() < 0.03, "{lapsed}");
    // The wait is over in the month of arrival if the place is still there: within six months nearly always.
    assert!(simulation.waiting.given_within[0].as_ref().unwrap().mean() > 0.9);
}

#[test]
fn events_have_their_expectation_and_are_each_case_s_own() {
    let event = "[[lines]]\nid = \"hospital\"\ncategory = \"costs\"\nlabel = \"Hospital\"\ndriver = \"person\"\n\
                 currency = \"EUR\"\nsource = \"test\"\nevent = { per_year = \"0.8\", severity = { gamma = { mean = 900, sd = 500 } } }\n";
    let of = |cases: u32| {
        let programme = plain(&format!(
            "{event}[programme]\nfirst_fiscal_year = 2026\nfiscal_years = 2\n\
             [[cases]]\nmembers = [{{ age = 30 }}, {{ age = 4 }}]\narrives = \"2025-03\"\ncount = {cases}\n"
        ));
        programme.simulate(&options(4_000)).unwrap()
    };
    let (one, four) = (of(1), of(4));
    for simulation in [&one, &four] {
        let line = &simulation.lines["as_planned"];
        is_near(&line.total, amount(&line.total));
        for figure in line.by_fiscal_year.values() {
            is_near(figure, amount(figure));
        }
    }
    // Compound Poisson: the variance is that of 3.2 events with E[X²] = 900² + 500² each; cases are independent.
    let variance = 3.2 * (900.0_f64.powi(2) + 500.0_f64.powi(2));
    for (simulation, cases) in [(&one, 1.0), (&four, 4.0)] {
        let ratio = simulation.lines["as_planned"].total.sd().powi(2) / (cases * variance);
        assert!((ratio - 1.0).abs() < 0.12, "{ratio}");
    }
}

/// The plain setting with three cases and one agreement, of which some keys are given.
fn one_agreement(keys: &str) -> Programme {
    plain(&format!(
        "[programme]\nfirst_fiscal_year = 2026\nfiscal_years = 2\n\
         [[cases]]\nmembers = [{{ age = 30 }}]\narrives = \"2026-01\"\ncount = 3\n\
         [[agreements]]\nid = \"a\"\nlabel = \"A\"\nsigned = true\n{keys}\n"
    ))
}

#[test]
fn a_constant_slip_is_the_grants_so_many_months_later() {
    let slipped = |more: &str| {
        let keys = format!(
            "grants = [{{ month = \"2025-06\", places = 7 }}, {{ month = \"2026-02\", places = 1 }}, {{ month = \"2026-12\", places = 2 }}]\nuntil = \"2027-02\"\nslip = {{ uniform = {{ low = \"2.6\", high = \"2.6\" }} }}\n{more}"
        );
        one_agreement(&keys).simulate(&options(2)).unwrap()
    };
    let later = |until: &str| {
        let keys = format!(
            "grants = [{{ month = \"2026-05\", places = 1 }}, {{ month = \"2027-03\", places = 2 }}]\nuntil = \"{until}\""
        );
        one_agreement(&keys).run().unwrap()
    };
    for (slipped, later) in [(slipped(""), later("2027-05")), (slipped("until_slips = false"), later("2027-02"))] {
        for line in ["as_signed", "as_planned"] {
            let expected = LedgerFigure::Amount(later.lines[line].total).to_f64();
            is_close(slipped.lines[line].total.mean(), expected);
        }
        is_close(slipped.waiting.lapsed.mean(), f64::from(u32::try_from(later.agreements["a"].total.lapsed).unwrap()));
    }
}

#[test]
fn a_fund_that_pays_without_an_agreement_alone_is_among_what_it_saves() {
    let setting = SETTING
        .replacen("\"monthly\"", "{ monthly = { from = 2 } }", 1)
        .replace("{ one = \"0.25\", two = \"0.75\" }", "{ two = 1 }")
        .replace("label = \"Permanent\"", "label = \"Permanent\"\nfunding = { one = 1 }");
    // The case moves in the month after its arrival, in every future, and waiting costs nothing until then.
    let programme = parsed(&format!(
        "{setting}[programme]\nfirst_fiscal_year = 2026\nfiscal_years = 1\n\
         [[cases]]\nmembers = [{{ age = 30 }}]\narrives = \"2026-01\"\n\
         [[agreements]]\nid = \"a\"\nlabel = \"A\"\nsigned = true\n\
         grants = [{{ month = \"2026-01\", places = 1 }}]\n"
    ));
    let simulation = programme.simulate(&options(2)).unwrap();
    let names = |funds: &IndexMap<Id, SimulatedFigure>| funds.keys().map(Id::to_string).collect::<Vec<_>>();
    assert_eq!(names(&simulation.lines["as_planned"].by_fund), ["one"]);
    for saving in [&simulation.joint, &simulation.last["a"]] {
        assert_eq!(names(&saving.by_fund), ["one", "two"]);
        for (fund, expected) in [("one", -110.0), ("two", 1_000.0)] {
            is_close(saving.by_fund[fund].mean(), expected);
            is_close(amount(&saving.by_fund[fund]), expected);
        }
        is_close(saving.total.mean(), 890.0);
    }
}

#[test]
fn processing_and_refusal_at_their_ends_are_known() {
    let grants =
        "grants = [{ month = \"2026-03\", places = 2 }, { month = \"2026-09\", places = 2 }]\ncarry_over = true";
    let drawn =
        one_agreement(&format!("{grants}\nprocessing = {{ discrete = {{ values = [\"4.5\"], weights = [1] }} }}"));
    let given = one_agreement(&format!("{grants}\nprocessing_months = 4"));
    let expected = LedgerFigure::Amount(given.run().unwrap().lines["as_planned"].total).to_f64();
    is_close(drawn.simulate(&options(2)).unwrap().lines["as_planned"].total.mean(), expected);
    // Nobody takes anything: the places of March are lost, and one of September; the other one in December, when those of
    // March are asked again.
    let refused = one_agreement(&format!("{grants}\nrefusal = {{ probability = 1, after_months = 9 }}"));
    let simulation = refused.simulate(&options(2)).unwrap();
    is_close(simulation.waiting.refused.mean(), 4.0);
    is_close(simulation.agreements["a"].refused.mean(), 4.0);
    is_close(simulation.lines["as_planned"].total.mean(), 3.0 * 24.0 * 100.0);
    is_close(simulation.waiting.still_waiting.mean(), 3.0);
    assert_eq!(simulation.waiting.still_waiting.deterministic(), Some(LedgerFigure::Count(0)));
    // An offer comes once: with one chance in two, half the places of March are refused.
    let half = one_agreement(
        "grants = [{ month = \"2026-03\", places = 1 }]\nrefusal = { probability = \"0.5\", after_months = 1 }",
    );
    is_near(&half.simulate(&options(2_000)).unwrap().waiting.refused, 0.5);
}

#[test]
fn a_ceiling_has_the_share_of_futures_above_it_and_their_excess() {
    let arrivals = "[programme.ceiling]\ntwo = { 2027 = 2000 }\n[[arrivals]]\nper_year = 3\nmembers = [{ age = 30 }]";
    let programme = plain(&format!("[programme]\nfirst_fiscal_year = 2026\nfiscal_years = 2\n{arrivals}\n"));
    let simulation = programme.simulate(&options(500)).unwrap();
    let ceiling = &simulation.ceiling["two"][&2027];
    let paid = &simulation.lines["as_planned"].by_fiscal_year_and_fund[&2027]["two"];
    is_close(ceiling.above, paid.exceedance(2_000.0));
    assert!(ceiling.above > 0.1 && ceiling.above < 1.0);
    is_close(ceiling.excess.mean(), ceiling.above * ceiling.mean_excess_above.unwrap());
    assert!(paid.mean() - 2_000.0 <= ceiling.excess.mean());
}

#[test]
fn correlated_slips_move_together() {
    let text = |correlation: &str| {
        let slip = "slip = { uniform = { low = 0, high = 12 } }";
        format!(
            "[programme]\nfirst_fiscal_year = 2026\nfiscal_years = 2\n\
             [[cases]]\nmembers = [{{ age = 30 }}]\narrives = \"2026-01\"\ncount = 2\n\
             [[agreements]]\nid = \"a\"\nlabel = \"A\"\n{slip}\ngrants = [{{ month = \"2026-02\", places = 1 }}]\n\
             [[agreements]]\nid = \"b\"\nlabel = \"B\"\n{slip}\ngrants = [{{ month = \"2026-02\", places = 1 }}]\n{correlation}"
        )
    };
    let tied = "[[correlations]]\nbetween = [\"agreements.a.slip\", \"agreements.b.slip\"]\nspearman = 1\n";
    let sd =
        |correlation: &str| plain(&text(correlation)).simulate(&options(1_000)).unwrap().lines["as_planned"].total.sd();
    // Twice the slip of one, against the sum of two independent ones.
    let ratio = sd(tied) / sd("");
    assert!((ratio - 2.0_f64.sqrt()).abs() < 0.1, "{ratio}");
}

#[test]
fn rows_arrive_by_their_counts_and_at_the_age_that_is_given() {
    let table = "reference,members,count\nfew,30 3,3\none,30,1\n";
    let bring = |_: &str| Ok(CatalogueText { name: "t.csv".to_owned(), text: table.to_owned(), format: Format::Toml });
    let children = "[[lines]]\nid = \"school\"\ncategory = \"costs\"\nlabel = \"School\"\ndriver = \"minor\"\nschedule = \"monthly\"\namount = 1000000\ncurrency = \"EUR\"\nsource = \"test\"\n";
    let text = format!(
        "{SETTING}{children}[programme]\nfirst_fiscal_year = 2026\nfiscal_years = 1\n\
         [[arrivals]]\nper_year = 12\nuntil = \"2026-02\"\ncaseload = \"t.csv\"\n"
    );
    let programme = Loader::new().households(bring).load_programme(Source::toml("programme", &text)).unwrap();
    let line = &programme.simulate(&options(4_000)).unwrap().lines["as_planned"];
    // One arrival on average, of which three in four have a child, over twelve months.
    let expected = 0.75 * 12.0 * 1e6;
    assert!((line.total.mean() - expected - 1_200.0).abs() < 4.0 * line.total.se(), "{}", line.total.mean());
    // A child of 17 that arrives in December is still a minor; one that is 17 in January 2026 is not, twelve months on.
    let of = |ages: &str| {
        let text = format!(
            "{SETTING}{children}[programme]\nfirst_fiscal_year = 2026\nfiscal_years = 2\n\
             [[arrivals]]\nper_year = 12\nfrom = \"2027-12\"\nmembers = [{{ age = 30 }}, {{ age = 17 }}]\n{ages}"
        );
        parsed(&text).simulate(&options(300)).unwrap().lines["as_planned"].total.mean()
    };
    assert!(of("") > 1e5);
    assert!(of("ages_at = \"2026-01\"\n") < 1e5);
}

#[test]
fn a_simulation_can_be_followed_and_stopped() {
    let programme = plain(LIVELY);
    for threads in [1, 2] {
        let last = Cell::new(0);
        let follow = Watch::new(|progress| {
            assert!((last.get()..=progress.total.unwrap()).contains(&progress.done));
            last.set(progress.done);
            ControlFlow::Continue(())
        });
        let options = options(1_100).threads(NonZeroUsize::new(threads));
        programme.watched(&follow).simulate(&options).unwrap();
        assert_eq!(last.get(), 1_100);
        let stop = Watch::new(|_| ControlFlow::Break(()));
        assert_eq!(programme.watched(&stop).simulate(&options).unwrap_err().code(), Code::Interrupted);
    }
}

#[test]
fn too_much_is_refused() {
    let programme = plain(LIVELY);
    assert_eq!(programme.simulate(&options(0)).unwrap_err().code(), Code::OutOfRange);
    assert_eq!(programme.simulate_range(&options(10), 5..11).unwrap_err().code(), Code::OutOfRange);
    let crowd = plain(&LIVELY.replace("5.5", "99000"));
    let error = crowd.simulate(&options(1)).unwrap_err();
    assert_eq!((error.code(), error.findings()[0].key.as_str()), (Code::TooMany, "arrivals[0].per_year"));
    let part = programme.simulate_range(&options(10), 0..5).unwrap();
    assert_eq!(programme.simulation_of_part(&options(10), &part).unwrap_err().code(), Code::OutOfRange);
}

#[test]
fn tables_and_reports_have_what_the_result_has() {
    let programme = plain(LIVELY);
    let simulation = programme.simulate(&options(60)).unwrap();
    let table = simulation.table("futures").unwrap().unwrap();
    // Four lines, each with a total, two funds, three years and two funds in each; three agreements and all together.
    assert_eq!(table.rows(), 4 * (1 + 2 + 3 + 6) + 4 * (1 + 2 + 3));
    let names: Vec<&str> = simulation.tables().iter().map(|what| what.name).collect();
    assert_eq!(names, ["futures", "future_ceilings", "future_waiting", "moved"]);
    for name in names {
        assert_eq!(simulation.table(name).unwrap().unwrap().what().name, name);
    }
    assert_eq!(simulation.table("future_ceilings").unwrap().unwrap().rows(), 4);
    // Four shares, three numbers, and two for each agreement.
    assert_eq!(simulation.table("future_waiting").unwrap().unwrap().rows(), 4 + 3 + 2 * 3);
    let p80 = simulation.lines["as_planned"].total.quantile(0.8);
    for (lang, words) in [(relocost::Lang::En, "without chance"), (relocost::Lang::Fr, "sans hasard")] {
        let style = relocost_report::Style { lang, ..relocost_report::Style::default() };
        let text = relocost_report::futures(&simulation, &programme, style);
        let digits: String = text.chars().filter(|it| !matches!(it, ',' | '\u{a0}' | '\u{202f}')).collect();
        assert!(text.contains(words) && digits.contains(&format!("{p80:.0}")), "{text}");
    }
    let written = serde_json::to_value(&simulation).unwrap();
    let figure = &written["lines"]["as_planned"]["by_fiscal_year"]["2027"];
    let planned = &simulation.lines["as_planned"].by_fiscal_year[&2027];
    is_close(figure["mean"].as_f64().unwrap(), planned.mean());
    is_close(figure["quantiles"]["0.8"].as_f64().unwrap(), planned.quantile(0.8));
    assert_eq!(figure["deterministic"], planned.deterministic().unwrap().to_string());
    assert!(!format!("{simulation:?}").contains("families"));
}
