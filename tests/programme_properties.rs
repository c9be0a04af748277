//! Properties of every programme, checked on the programmes of the conformance pack and changes of them.

use std::path::{Path, PathBuf};

use relocost::message;
use relocost::scenario::CatalogueText;
use relocost::syntax::{Format, Source};
use relocost::{Basis, Loader, Money, Programme, ProgrammeOptions, ProgrammeRun, Scenario};
use serde_json::{Value, json};

/// The random programmes, as JSON, each with its folder.
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

fn run(folder: &Path, file: &Value) -> ProgrammeRun {
    load(folder, file).run_with(&ProgrammeOptions::default().cases(true)).unwrap()
}

fn list<'v>(file: &'v mut Value, key: &str) -> &'v mut Vec<Value> {
    let table = file.as_object_mut().unwrap();
    table.entry(key).or_insert_with(|| json!([])).as_array_mut().unwrap()
}

fn sum<'m>(money: impl IntoIterator<Item = &'m Money>) -> i128 {
    money.into_iter().map(|money| money.minor()).sum()
}

#[test]
fn every_table_adds_up_to_the_total_and_cases_to_the_lines() {
    for (folder, file) in programmes() {
        let found = run(&folder, &file);
        for (name, line) in &found.lines {
            let total = line.total.minor();
            for (table, sum) in [
                ("year", sum(line.by_fiscal_year.values())),
                ("category", sum(line.by_category.values())),
                ("fund", sum(line.by_fund.values())),
                ("kind", sum(line.by_kind.values())),
                ("solution", sum(line.by_solution.values())),
                ("year and category", sum(line.by_fiscal_year_and_category.values().flat_map(|year| year.values()))),
                ("year and fund", sum(line.by_fiscal_year_and_fund.values().flat_map(|year| year.values()))),
                ("year and kind", sum(line.by_fiscal_year_and_kind.values().flat_map(|year| year.values()))),
                ("year and origin", sum(line.by_fiscal_year_and_origin.values().flat_map(|year| year.values()))),
            ] {
                assert_eq!(sum, total, "{}: {name} by {table}", folder.display());
            }
            assert_eq!(sum(line.constant_by_fiscal_year.values()), line.constant.minor());
        }
        let cases = found.cases.as_ref().unwrap();
        let own = |line: &str| found.lines[line].by_kind.get("programme").map_or(0, |money| money.minor());
        let of_cases: i128 = cases.iter().map(|case| case.total.minor()).sum();
        assert_eq!(of_cases + own("as_planned"), found.lines["as_planned"].total.minor());
        let settled: i128 = cases.iter().map(|case| case.settled_total.minor()).sum();
        assert_eq!(settled + own("all_settled"), found.lines["all_settled"].total.minor());
        for case in cases {
            assert_eq!(case.stages.iter().map(|stage| stage.total.minor()).sum::<i128>(), case.total.minor());
        }
        let extra = &found.extra;
        let parts = sum(extra.attribution.values()) + extra.residual.minor() + extra.programme.minor();
        assert_eq!(parts, extra.total.minor(), "{}", folder.display());
        assert_eq!(found.months.last().unwrap().cumulative, found.lines["as_planned"].total);
    }
}

/// A case that waits in the solution in which all are settled, and moves at the programme's end or later to one that holds
/// the entitlement of a line.
const LATE_MOVE: &str = r#"
    schema = 1
    currency = "EUR"
    price_base_year = 2026
    categories = ["c"]
    funds = ["f"]
    entitlements = ["e"]
    cases = [{ members = [{ age = 30 }], arrives = "2026-01" }]
    [solutions]
    temporary = { label = "t", kind = "temporary", entitlements = [] }
    permanent = { label = "p", kind = "permanent", entitlements = ["e"] }
    [[lines]]
    id = "a"
    category = "c"
    label = "a"
    driver = "household"
    schedule = "monthly"
    amount = "100"
    currency = "EUR"
    when = ["e"]
    source = "A test."
    [[agreements]]
    id = "a1"
    label = "a1"
    solution = "permanent"
    grants = [{ month = "2026-12", places = 1 }]
"#;

#[test]
fn what_a_stage_holds_that_begins_after_the_programme_is_a_cause_however_long_the_run_off() {
    for (processing, run_off) in (1..=3).flat_map(|processing| (0..=2).map(move |run_off| (processing, run_off))) {
        let head = format!(
            "programme = {{ first_fiscal_year = 2026, fiscal_years = 1, settled = \"temporary\", \
             processing_months = {processing}, run_off_months = {run_off} }}"
        );
        let found = Programme::parse(&format!("{head}\n{LATE_MOVE}")).unwrap().run().unwrap();
        let causes: Vec<(String, i128)> =
            found.extra.attribution.iter().map(|(id, share)| (id.to_string(), share.minor())).collect();
        assert_eq!(causes, [("e".to_owned(), 120_000)], "{processing} {run_off}");
        assert_eq!((found.extra.total.minor(), found.extra.residual.minor()), (0, -120_000));
    }
}

/// A pathway may have more months than there is memory for: what is computed ends with the programme.
#[test]
fn a_pathway_of_many_lifetimes_costs_what_its_months_within_the_programme_do() {
    let stages = "{ solution = \"temporary\", months = 100000 }, ".repeat(63);
    let programme = |pathway: &str| {
        let head = "programme = { first_fiscal_year = 2026, fiscal_years = 1 }";
        let text = format!("{head}\n{LATE_MOVE}\n[pathways.long]\nstages = [{stages}{{ solution = \"permanent\" }}]");
        let text = text.replace("arrives = \"2026-01\"", &format!("arrives = \"2026-01\", pathway = \"{pathway}\""));
        let text = text.replace("when = [\"e\"]", "unless = [\"e\"]");
        Programme::parse(&text).unwrap().run().unwrap().lines["as_planned"].total
    };
    assert_eq!(programme("long").minor(), 120_000);
    assert_eq!(programme("long"), programme("temporary"));
}

#[test]
fn no_place_is_used_twice_and_every_place_is_accounted_for() {
    for (folder, file) in programmes() {
        let found = run(&folder, &file);
        for (id, account) in &found.agreements {
            let taken = found.cases.as_ref().unwrap().iter().filter(|case| case.agreement.as_ref() == Some(id));
            let places: u64 = taken.clone().map(|case| u64::from(case.places)).sum();
            let total = account.total;
            assert_eq!((total.used, total.cases), (places, taken.count() as u64), "{}", folder.display());
            assert_eq!(total.in_hand + total.granted, total.used + total.lapsed + total.left);
            let mut in_hand = total.in_hand;
            for year in account.by_fiscal_year.values() {
                assert_eq!(year.in_hand, in_hand);
                assert_eq!(year.in_hand + year.granted, year.used + year.lapsed + year.left);
                in_hand = year.left;
            }
            assert_eq!(in_hand, total.left);
        }
    }
}

#[test]
fn values_add_up_by_fund_too_and_the_last_is_a_run_without_the_agreement() {
    let mut checked = 0;
    for (folder, file) in programmes() {
        let found = run(&folder, &file);
        let values = found.values.as_ref().unwrap();
        for of in std::iter::once(&values.within).chain(&values.with_run_off) {
            let worth: i128 = of.agreements.values().map(|row| row.value.unwrap().minor()).sum();
            assert_eq!(worth, of.joint.minor(), "{}", folder.display());
            for (fund, joint) in &of.joint_by_fund {
                let by_fund = |row: &relocost::programme::AgreementValue| {
                    row.value_by_fund.as_ref().unwrap().get(fund).map_or(0, |money| money.minor())
                };
                assert_eq!(of.agreements.values().map(by_fund).sum::<i128>(), joint.minor());
            }
        }
        // A row of a table may name an agreement, which then cannot be taken out of the file.
        if file["cases"].as_array().unwrap().iter().any(|case| case.get("caseload").is_some()) {
            continue;
        }
        for (place, (id, row)) in values.within.agreements.iter().enumerate() {
            let mut without = file.clone();
            list(&mut without, "agreements").remove(place);
            without.as_object_mut().unwrap().remove("arrivals");
            for case in list(&mut without, "cases") {
                if let Some(ids) = case.get_mut("agreements").and_then(Value::as_array_mut) {
                    ids.retain(|named| named.as_str() != Some(id.as_str()));
                }
            }
            let total = run(&folder, &without).lines["as_planned"].total;
            let lost = total.minor() - found.lines["as_planned"].total.minor();
            assert_eq!(lost, row.last.minor(), "{}", folder.display());
            checked += 1;
        }
    }
    assert!(checked > 10, "{checked} agreements");
}

#[test]
fn more_fiscal_years_change_no_year_that_was_there() {
    for (folder, file) in programmes() {
        let mut shorter = file.clone();
        let years = file["programme"]["fiscal_years"].as_u64().unwrap();
        if years < 2 {
            continue;
        }
        shorter["programme"]["fiscal_years"] = json!(years - 1);
        let (long, short) = (run(&folder, &file), run(&folder, &shorter));
        let last = *long.programme.fiscal_years.last().unwrap();
        for name in ["as_signed", "as_planned", "all_settled"] {
            let mut before = long.lines[name].by_fiscal_year_and_fund.clone();
            before.remove(&last);
            // An agreement whose first grant comes in the last year counts for `agreements` in none before it either way.
            assert_eq!(before, short.lines[name].by_fiscal_year_and_fund, "{}: {name}", folder.display());
        }
    }
}

#[test]
fn a_copy_is_a_case() {
    for (folder, mut file) in programmes() {
        let Some(place) = list(&mut file, "cases").iter().position(|case| {
            case.get("count").and_then(Value::as_u64).is_some_and(|count| count > 1)
                && case.get("every_months").and_then(Value::as_u64).unwrap_or(0) == 0
                && case.get("caseload").is_none()
        }) else {
            continue;
        };
        let together = run(&folder, &file);
        let mut case = list(&mut file, "cases")[place].clone();
        let count = case["count"].as_u64().unwrap();
        case.as_object_mut().unwrap().retain(|key, _| key != "count" && key != "id");
        let apart = (0..count).map(|_| case.clone());
        list(&mut file, "cases").splice(place..=place, apart);
        let mut apart = run(&folder, &file);
        // A warning names its place in the file.
        apart.programme.warnings.clone_from(&together.programme.warnings);
        assert!(apart == together, "{}", folder.display());
    }
}

#[test]
fn the_result_does_not_depend_on_the_number_of_threads() {
    for (folder, file) in programmes().into_iter().take(6) {
        let programme = load(&folder, &file);
        let on = |threads: usize| {
            let threads = std::num::NonZeroUsize::new(threads);
            programme.run_with(&ProgrammeOptions::default().cases(true).threads(threads)).unwrap()
        };
        assert_eq!(on(1), on(3), "{}", folder.display());
    }
}

const SETTING: &str = r#"
    schema = 1
    catalogue = "reference"
    programme = { first_fiscal_year = 2026, fiscal_years = 3 }
"#;

#[test]
fn a_programme_in_which_nobody_queues_is_its_cases_alone() {
    let members = ["[{ age = 34 }]", "[{ age = 41 }, { age = 38 }, { born = \"2014-05\", leaves = \"2027-09\" }]"];
    let (mut cases, mut alone) = (String::new(), 0);
    for (members, start, pathway) in [
        (members[0], "2026-01", "permanent"),
        (members[1], "2026-01", "temporary"),
        (members[1], "2027-05", "permanent"),
    ] {
        let case = format!("[[cases]]\nmembers = {members}\narrives = \"{start}\"\npathway = \"{pathway}\"\n");
        cases.push_str(&case);
        let months = if start == "2026-01" { 36 } else { 20 };
        let scenario = Scenario::parse(&format!(
            "schema = 1\ncatalogue = \"reference\"\nstart = \"{start}\"\nhorizon_months = {months}\nhousehold = {{ members = {members} }}"
        ));
        alone += scenario.unwrap().ledger_on(pathway, Basis::Nominal).unwrap().total().minor();
    }
    let found = Programme::parse(&format!("{SETTING}{cases}")).unwrap().run().unwrap();
    for line in found.lines.values() {
        assert_eq!(line.total.minor(), alone);
    }
    assert_eq!((found.waiting.queued, found.extra.total.minor()), (0, 0));
}

#[test]
fn a_window_is_the_ledger_of_its_months() {
    // A case that arrived before: the entries of the scenario's ledger from the programme's first month on.
    let file =
        format!("{SETTING}[[cases]]\nmembers = [{{ age = 34 }}]\narrives = \"2024-07\"\npathway = \"permanent\"\n");
    let found = Programme::parse(&file).unwrap().run().unwrap();
    let scenario = Scenario::parse(
        "schema = 1\ncatalogue = \"reference\"\nstart = \"2024-07\"\nhorizon_months = 54\nhousehold = { members = [{ age = 34 }] }",
    );
    let ledger = scenario.unwrap().ledger("permanent").unwrap();
    let within = ledger.entries().filter(|entry| entry.month() >= "2026-01".parse().unwrap());
    let total: i128 = within.map(|entry| entry.amount().minor()).sum();
    assert_eq!(found.lines["as_planned"].total.minor(), total);
}

#[test]
fn a_planned_charge_is_its_value_rounded_and_a_refund_that_of_all_that_it_returns() {
    for (folder, file) in programmes() {
        let programme = load(&folder, &file);
        let decimals = programme.currency().decimals();
        for charge in programme.planned_charges().unwrap().iter() {
            let line = &charge.entry.line().id;
            assert_eq!(charge.unrounded.to_fixed(decimals), charge.entry.amount().to_string(), "{folder:?}: {line}");
        }
    }
    // The deposit was paid before the first fiscal year; it is returned within it, and once more as a percentage.
    let text = r#"
        schema = 1
        catalogue = "reference"
        programme = { first_fiscal_year = 2026, fiscal_years = 1 }
        [[lines]]
        id = "fee"
        label = "Fee"
        percentage = { share = "0.1", lines = ["deposit-returned"] }
        source = "A test."
        [[cases]]
        members = [{ age = 40 }]
        arrives = "2025-10"
        placed = { solution = "permanent", moves = "2026-03" }
    "#;
    let charges = Programme::parse(text).unwrap().planned_charges().unwrap();
    let charge = |line: &str| charges.iter().find(|charge| charge.entry.line().id.as_str() == line).unwrap();
    let (returned, fee) = (charge("deposit-returned"), charge("fee"));
    let deposit = returned.entry.amount().to_string();
    assert!(deposit.starts_with('-'), "{deposit}");
    for charge in [returned, fee] {
        assert_eq!(charge.returned.as_ref().map(|returned| returned.to_fixed(2)), Some(deposit.clone()));
        assert_eq!(charge.unrounded.to_fixed(2), charge.entry.amount().to_string());
    }
}

#[test]
fn with_room_for_all_at_once_nothing_can_be_avoided() {
    let cases = "[[cases]]\nmembers = [{ age = 34 }, { age = 7 }]\narrives = \"2025-06\"\ncount = 3\n";
    let agreement = |id| format!("[[agreements]]\nid = \"{id}\"\nlabel = \"A\"\nin_hand = 5\ngrants = []\n");
    let file = format!("{SETTING}{cases}{}{}", agreement("a"), agreement("b"));
    let found = Programme::parse(&file).unwrap().run().unwrap();
    assert_eq!(found.lines["as_planned"].by_fiscal_year_and_fund, found.lines["all_settled"].by_fiscal_year_and_fund);
    assert_eq!((found.extra.total.minor(), found.extra.residual.minor()), (0, 0));
    assert!(found.values.unwrap().within.agreements.values().all(|row| row.last.is_zero()));
}

#[test]
fn nobody_waits_while_a_place_that_suits_stands_free() {
    // The longer a programme has places in hand, the fewer wait: with one for each, nobody.
    let cases = "[[cases]]\nmembers = [{ age = 34 }]\narrives = \"2026-02\"\ncount = 4\nevery_months = 1\n";
    for in_hand in 0..6 {
        let agreement = format!("[[agreements]]\nid = \"a\"\nlabel = \"A\"\nin_hand = {in_hand}\ngrants = []\n");
        let found = Programme::parse(&format!("{SETTING}{cases}{agreement}")).unwrap().run().unwrap();
        assert_eq!(found.waiting.given, in_hand.min(4));
        assert_eq!(found.waiting.still_waiting, 4 - in_hand.min(4));
        assert_eq!(
            found.waiting.given > 0,
            found.waiting.given_within[0].is_some_and(|share| share.to_fraction().0 > 0)
        );
    }
}

#[test]
fn the_setting_of_a_programme_with_expectations_can_be_written_and_read() {
    let cases = "[[cases]]\nmembers = [{ age = 34 }]\narrives = \"2026-02\"\n";
    let expect = "[[expect]]\nfigure = \"waiting.queued\"\nequals = 1\n";
    let programme = Programme::parse(&format!("{SETTING}{cases}{expect}")).unwrap();
    assert_eq!((programme.expectations().len(), programme.setting().expectations().len()), (1, 0));
    assert!(programme.run_expectations().unwrap()[0].passed);
    let written = programme.setting().to_toml().unwrap();
    assert_eq!(Scenario::parse(&written).unwrap().to_toml().unwrap(), written);
}
