//! Differences of programmes: they foot in every cell, the same file gives none, and a change lands in its cause alone.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use relocost::diff::{BudgetCases, BudgetDiff, BudgetLine, BudgetSums};
use relocost::message;
use relocost::names::BudgetCause;
use relocost::scenario::CatalogueText;
use relocost::syntax::{Format, Source};
use relocost::{Code, IndexMap, Loader, Programme, ProgrammeOptions};
use serde_json::{Value, json};

fn bring(folder: &Path, name: &str) -> Result<CatalogueText, relocost::Message> {
    let text = std::fs::read_to_string(folder.join(name)).map_err(|_| message!("cannot be read", "illisible"))?;
    Ok(CatalogueText { name: name.to_owned(), text, format: Format::Toml })
}

fn load(folder: &Path, file: &Value) -> Programme {
    let text = file.to_string();
    let loader = Loader::new().catalogues(|name| bring(folder, name)).households(|name| bring(folder, name));
    loader
        .load_programme(Source::json("programme", &text))
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
}

/// The programmes of the conformance pack, each with its folder.
fn programmes() -> Vec<(PathBuf, Value)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/programmes");
    let list =
        |folder: &Path| std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect::<Vec<_>>();
    let mut files: Vec<PathBuf> = list(&root).iter().map(|folder| folder.join("programme.toml")).collect();
    files.extend(list(&root.join("hand")));
    files.retain(|file| file.is_file() && file.extension().is_some_and(|it| it == "toml"));
    files.retain(|file| !file.to_string_lossy().contains("catalogue"));
    files.sort();
    assert!(files.len() > 40);
    let read = |file: PathBuf| {
        let text = std::fs::read_to_string(&file).unwrap();
        (file.parent().unwrap().to_owned(), toml::from_str(&text).unwrap())
    };
    files.into_iter().map(read).filter(|(_, file): &(PathBuf, Value)| file.get("programme").is_some()).collect()
}

type Cells = BTreeMap<String, i128>;

/// Every cell of sums, and the total.
fn cells(sums: &BudgetSums) -> Cells {
    let mut cells = Cells::from([("total".to_owned(), sums.total.minor())]);
    cells.extend(sums.by_fiscal_year.iter().map(|(year, sum)| (year.to_string(), sum.minor())));
    cells.extend(sums.by_fund.iter().map(|(fund, sum)| (fund.to_string(), sum.minor())));
    for (year, by_fund) in &sums.by_fiscal_year_and_fund {
        cells.extend(by_fund.iter().map(|(fund, sum)| (format!("{year} {fund}"), sum.minor())));
    }
    cells
}

fn foots(line: &BudgetLine) {
    let mut sums = cells(&line.old);
    for cause in line.causes.values() {
        for (key, minor) in cells(cause) {
            *sums.entry(key).or_default() += minor;
        }
    }
    let mut new = cells(&line.new);
    for key in sums.keys() {
        new.entry(key.clone()).or_default();
    }
    for (key, minor) in &new {
        assert_eq!(sums.get(key).copied().unwrap_or(0), *minor, "{key}");
    }
    assert!(line.causes.keys().copied().eq(BudgetCause::ALL.iter().copied()));
}

fn check(diff: &BudgetDiff, old: &Programme, new: &Programme) {
    let [old, new] = [old, new].map(|side| side.run_with(&ProgrammeOptions::default().values(false)).unwrap());
    assert_eq!(diff.lines.len(), 3);
    for (name, line) in &diff.lines {
        foots(line);
        for (sums, run) in [(&line.old, &old), (&line.new, &new)] {
            let run = &run.lines[name];
            assert_eq!((sums.total, &sums.by_fiscal_year), (run.total, &run.by_fiscal_year));
            assert_eq!(
                sums.by_fiscal_year_and_fund.values().map(IndexMap::len).sum::<usize>(),
                run.by_fiscal_year_and_fund.values().map(IndexMap::len).sum::<usize>()
            );
        }
    }
}

/// The causes that change anything.
fn causes(diff: &BudgetDiff) -> Vec<BudgetCause> {
    let moved = |cause: &BudgetCause| {
        diff.lines.values().any(|line| {
            let sums = &line.causes[cause];
            sums.total.minor() != 0 || !sums.by_fiscal_year_and_fund.is_empty()
        })
    };
    BudgetCause::ALL.iter().copied().filter(moved).collect()
}

#[test]
fn any_two_programmes_foot_in_every_cell() {
    let all: Vec<Programme> = programmes().iter().map(|(folder, file)| load(folder, file)).collect();
    let (mut footed, mut missing) = (0, 0);
    for step in [1, 5] {
        for (place, old) in all.iter().enumerate() {
            let new = &all[(place + step) % all.len()];
            match old.diff(new) {
                Ok(diff) => {
                    check(&diff, old, new);
                    footed += 1;
                }
                Err(error) if old.currency() != new.currency() => assert_eq!(error.code(), Code::Conflict),
                // Lines of one file may need a rate that no file has for a month of the other.
                Err(error) => {
                    assert_eq!(error.code(), Code::MissingRate, "{error}");
                    missing += 1;
                }
            }
        }
    }
    assert!(footed > 60, "{footed} foot, {missing} lack a rate");
}

#[test]
fn a_programme_does_not_differ_from_itself() {
    for (folder, file) in programmes() {
        let (one, other) = (load(&folder, &file), load(&folder, &file));
        let diff = one.diff(&other).unwrap();
        check(&diff, &one, &other);
        assert_eq!(
            (causes(&diff), diff.changes.len(), diff.cases),
            (vec![], 0, BudgetCases::default()),
            "{}",
            folder.display()
        );
    }
}

/// A change of a file that belongs to one cause.
type Edit = (BudgetCause, fn(&mut Value) -> bool);

fn list<'v>(file: &'v mut Value, key: &str) -> &'v mut Vec<Value> {
    let table = file.as_object_mut().unwrap();
    table.entry(key).or_insert_with(|| json!([])).as_array_mut().unwrap()
}

/// Changes that many programmes of the pack can take.
const EDITS: [Edit; 6] = [
    (BudgetCause::CasesGone, |file| list(file, "cases").pop().is_some() && !list(file, "cases").is_empty()),
    (BudgetCause::CasesNew, |file| {
        let first = file["programme"]["first_fiscal_year"].as_i64().unwrap();
        let case = json!({ "id": "one-more", "members": [{ "age": 30 }], "arrives": format!("{}-02", first + 1) });
        let place = list(file, "cases").len() / 2;
        list(file, "cases").insert(place, case);
        true
    }),
    (BudgetCause::Policy, |file| {
        file["programme"]["queue"] =
            json!(if file["programme"]["queue"] == "largest" { "smallest" } else { "largest" });
        true
    }),
    (BudgetCause::Policy, |file| list(file, "agreements").pop().is_some() && file.get("arrivals").is_none()),
    (BudgetCause::Policy, |file| {
        list(file, "agreements").reverse();
        list(file, "cases").reverse();
        file["cases"].as_array().unwrap().iter().all(|case| case.get("id").is_some())
    }),
    (BudgetCause::Horizon, |file| {
        let years = file["programme"]["fiscal_years"].as_i64().unwrap();
        file["programme"]["fiscal_years"] = json!(years + 1);
        true
    }),
];

#[test]
fn a_change_of_any_programme_lands_in_its_cause_alone() {
    let mut landed = BTreeMap::<BudgetCause, u32>::new();
    for (folder, file) in programmes() {
        let old = load(&folder, &file);
        for (cause, edit) in EDITS {
            let mut changed = file.clone();
            if !edit(&mut changed) {
                continue;
            }
            let text = changed.to_string();
            let loader = Loader::new().catalogues(|name| bring(&folder, name)).households(|name| bring(&folder, name));
            // A case may name an agreement that is gone, and more fiscal years may need rates that there are not.
            let Ok(new) = loader.load_programme(Source::json("programme", &text)) else { continue };
            let Ok(diff) = old.diff(&new) else { continue };
            check(&diff, &old, &new);
            assert!(
                causes(&diff).iter().all(|found| *found == cause),
                "{}: {cause} {:?}",
                folder.display(),
                causes(&diff)
            );
            *landed.entry(cause).or_default() += u32::from(!causes(&diff).is_empty());
        }
    }
    for cause in [BudgetCause::CasesGone, BudgetCause::CasesNew, BudgetCause::Policy, BudgetCause::Horizon] {
        assert!(landed[&cause] > 10, "{cause}: {landed:?}");
    }
}

const FILE: &str = r#"
    schema = 1
    currency = "EUR"
    price_base_year = 2026
    entitlements = [{ id = "work", label = "Work" }]
    categories = [{ id = "living", label = "Living" }, { id = "staff", label = "Staff" }]
    places = [{ id = "here", label = "Here" }]
    funds = [{ id = "own", label = "Own" }, { id = "other", label = "Other" }]
    programme.first_fiscal_year = 2026
    programme.fiscal_years = 3
    programme.processing_months = 2
    programme.support_months = { permanent = 30 }
    household.school_age = { from = 5, to = 17 }

    [[programme.lines]]
    id = "officer"
    category = "staff"
    label = "Officer"
    driver = { count = "cases", per = 2 }
    schedule = "monthly"
    amount = "1000"
    currency = "EUR"
    source = "test"

    [rates]
    index.cpi = { 2027 = "0.02", 2028 = "0.03" }
    fx.CHF = { 2026 = "0.9", 2027 = "0.95", 2028 = "1" }
    level.here = { living = "1.1" }

    [drivers.rooms]
    members = {}
    per = 2

    [profiles.slow]
    knots = [[0, "0"], [12, "0.5"]]
    source = "test"

    [solutions.permanent]
    label = "Permanent"
    kind = "permanent"
    entitlements = ["work"]
    funding = { own = "0.5", other = "0.5" }

    [solutions.temporary]
    label = "Temporary"
    kind = "temporary"
    entitlements = []
    place = "here"

    [pathways.delayed]
    stages = [{ solution = "temporary", months = 6 }, { solution = "permanent" }]

    [[lines]]
    id = "rent"
    category = "living"
    label = "Rent"
    driver = "rooms"
    schedule = "monthly"
    amount = "700"
    currency = "EUR"
    index = "cpi"
    when = []
    unless = []
    source = "test"

    [[lines]]
    id = "food"
    category = "living"
    label = "Food"
    driver = "person"
    schedule = "monthly"
    amount = "300"
    currency = "CHF"
    relief = { profile = "slow", requires = ["work"] }
    clock = "stage"
    when = []
    unless = []
    source = "test"

    [[lines]]
    id = "school"
    category = "living"
    label = "School"
    driver = "school_age"
    schedule = "monthly"
    amounts = { "2020-01" = "200", "2027-07" = "220" }
    currency = "EUR"
    when = []
    unless = []
    source = "test"

    [[lines]]
    id = "overhead"
    label = "Overhead"
    percentage = { share = "0.1" }
    when = []
    unless = []
    source = "test"

    [[cases]]
    id = "older"
    members = [{ age = 40 }, { age = 9 }]
    arrives = "2025-03"

    [[cases]]
    members = [{ age = 30 }]
    arrives = "2026-02"
    count = 2

    [[cases]]
    reference = "HH-7"
    members = [{ age = 50, role = "witness" }, { age = 16 }]
    arrives = "2026-05"
    placed = { solution = "permanent", moves = "2026-09" }

    [[cases]]
    reference = "HH-8"
    members = [{ age = 50 }]
    arrives = "2026-07"
    ends = "2027-11"
    pathway = "delayed"

    [[agreements]]
    id = "a"
    label = "A"
    grants = [{ month = "2026-03", places = 1 }, { month = "2027-03", places = 1 }]

    [[agreements]]
    id = "b"
    label = "B"
    from = "2026-08"
    places_per_year = 1
    signed = true
"#;

#[test]
fn each_kind_of_change_lands_in_its_cause_alone() {
    use BudgetCause::*;
    let file: Value = toml::from_str(FILE).unwrap();
    let old = load(Path::new("."), &file);
    let changes: Vec<(BudgetCause, &str, Value)> = vec![
        (CasesGone, "/cases/0", Value::Null),
        (CasesGone, "/cases/1/count", json!(1)),
        (CasesNew, "/cases/1/count", json!(3)),
        (Households, "/cases/0/members/1/age", json!(2)),
        (Households, "/cases/2/members/0/leaves", json!("2027-02")),
        (Timing, "/cases/0/arrives", json!("2026-04")),
        (Timing, "/cases/2/placed/moves", json!("2026-12")),
        (Timing, "/cases/2/placed/solution", json!("temporary")),
        (Timing, "/cases/3/ends", json!("2027-08")),
        (Timing, "/cases/3/pathway", json!("permanent")),
        (Timing, "/cases/3/pathway", Value::Null),
        (Policy, "/cases/0/agreements", json!([])),
        (Policy, "/cases/1/agreements", json!(["b"])),
        (Policy, "/agreements/0/grants/1/month", json!("2027-08")),
        (Policy, "/agreements/0/until", json!("2027-01")),
        (Policy, "/agreements/1/places_per_year", json!(2)),
        (Policy, "/agreements/1/signed", json!(false)),
        (Policy, "/agreements/1", Value::Null),
        (Policy, "/agreements/0/solution", json!("temporary")),
        (Policy, "/programme/processing_months", json!(5)),
        (Policy, "/programme/support_months/permanent", json!(12)),
        (Policy, "/programme/settled", json!("temporary")),
        (Policy, "/solutions/permanent/funding/own", json!("0.4")),
        (Policy, "/solutions/permanent/entitlements", json!([])),
        (Policy, "/solutions/temporary/place", Value::Null),
        (Policy, "/pathways/delayed/stages/0/months", json!(9)),
        (Policy, "/funds/0/id", json!("third")),
        (Lines, "/lines/1", Value::Null),
        (Lines, "/lines/1/driver", json!("household")),
        (Lines, "/lines/1/schedule", json!({ "every": { "months": 2 } })),
        (Lines, "/lines/1/when", json!(["work"])),
        (Lines, "/lines/3/percentage/except", json!(["food"])),
        (Lines, "/drivers/rooms/per", json!(1)),
        (Lines, "/profiles/slow/knots/1/1", json!("0.7")),
        (Lines, "/household/school_age/from", json!(11)),
        (Lines, "/programme/lines/0/driver/per", json!(1)),
        (Lines, "/programme/lines/0", Value::Null),
        (Lines, "/programme/lines/0/funding", json!({ "other": "1" })),
        (Prices, "/lines/0/amount", json!("750")),
        (Prices, "/lines/0/index", Value::Null),
        (Prices, "/lines/1/currency", json!("EUR")),
        (Prices, "/lines/2/amounts/2027-07", json!("230")),
        (Prices, "/lines/3/percentage/share", json!("0.2")),
        (Prices, "/price_base_year", json!(2028)),
        (Prices, "/programme/lines/0/amount", json!("1001")),
        (Indices, "/rates/index/cpi/2027", json!("0.05")),
        (ExchangeRates, "/rates/fx/CHF/2027", json!("0.97")),
        (ExchangeRates, "/rates/level/here/living", json!("1.2")),
        (ExchangeRates, "/rates/level", Value::Null),
        (Horizon, "/programme/fiscal_years", json!(2)),
        (Horizon, "/programme/first_fiscal_year", json!(2027)),
        (Horizon, "/fiscal_year_start", json!(7)),
    ];
    for (cause, path, value) in changes {
        let mut newer = file.clone();
        let (parent, key) = path.rsplit_once('/').unwrap();
        match (newer.pointer_mut(parent).unwrap(), value) {
            (Value::Array(list), Value::Null) => drop(list.remove(key.parse().unwrap())),
            (Value::Array(list), value) => list[key.parse::<usize>().unwrap()] = value,
            (Value::Object(table), Value::Null) => drop(table.remove(key).unwrap()),
            (Value::Object(table), value) => drop(table.insert(key.to_owned(), value)),
            _ => panic!("{path}"),
        }
        if path == "/solutions/permanent/funding/own" {
            newer["solutions"]["permanent"]["funding"]["other"] = json!("0.6");
        }
        if path == "/funds/0/id" {
            newer["solutions"]["permanent"]["funding"] = json!({ "third": "0.5", "other": "0.5" });
        }
        if ["/programme/first_fiscal_year", "/fiscal_year_start"].contains(&path) {
            for table in ["/rates/index/cpi", "/rates/fx/CHF"] {
                // A rate of a year beyond the older budget is no cause of its own.
                newer.pointer_mut(table).unwrap()["2029"] = json!("0.5");
            }
        }
        let new = load(Path::new("."), &newer);
        let diff = old.diff(&new).unwrap_or_else(|error| panic!("{path}: {error}"));
        check(&diff, &old, &new);
        assert_eq!(causes(&diff), [cause], "{path}");
        let told = |change: &&relocost::diff::BudgetChange| cause != Horizon && change.cause != cause;
        assert_eq!(diff.changes.iter().filter(told).count(), 0, "{path}: {:?}", diff.changes);
        let cases = diff.cases;
        let counted =
            [(CasesGone, cases.gone), (CasesNew, cases.new), (Households, cases.households), (Timing, cases.timing)];
        let changes = diff.changes.iter().any(|change| change.cause == cause);
        let counts =
            counted.iter().any(|(of, count)| *of == cause && *count > 0) || (cause == Policy && cases.policy > 0);
        assert!(changes || counts, "{path}");
        assert!(counted.iter().all(|(of, count)| *of == cause || *count == 0), "{path}: {cases:?}");
    }
}

#[test]
fn currencies_that_differ_are_refused() {
    let file: Value = toml::from_str(FILE).unwrap();
    let mut other = file.clone();
    other["currency"] = json!("USD");
    other["rates"]["fx"] = json!({ "CHF": { "default": "1" }, "EUR": { "default": "1" } });
    let error = load(Path::new("."), &file).diff(&load(Path::new("."), &other)).unwrap_err();
    assert_eq!((error.code(), error.findings()[0].key.as_str()), (Code::Conflict, "currency"));
}

#[test]
fn a_later_budget_that_begins_with_its_own_rates_and_tariffs_can_be_compared() {
    let file: Value = toml::from_str(FILE).unwrap();
    let mut next = file.clone();
    next["programme"]["first_fiscal_year"] = json!(2027);
    next["price_base_year"] = json!(2027);
    next["rates"]["index"]["cpi"] = json!({ "2028": "0.03", "2029": "0.02" });
    next["rates"]["fx"]["CHF"] = json!({ "2027": "0.96", "2028": "1", "2029": "1" });
    next["lines"][2]["amounts"] = json!({ "2027-01": "210" });
    let (old, new) = (load(Path::new("."), &file), load(Path::new("."), &next));
    let diff = old.diff(&new).unwrap();
    check(&diff, &old, &new);
    let found = causes(&diff);
    for cause in [BudgetCause::Prices, BudgetCause::ExchangeRates, BudgetCause::Horizon] {
        assert!(found.contains(&cause), "{found:?}");
    }
    assert!(!found.iter().any(|cause| *cause < BudgetCause::Policy), "{found:?}");
    assert_eq!((diff.old.from.to_string(), diff.new.from.to_string()), ("2026-01".into(), "2027-01".into()));
    // The other way round too.
    check(&new.diff(&old).unwrap(), &new, &old);
}

#[test]
fn cases_are_found_by_reference_and_place_wherever_they_stand() {
    let file: Value = toml::from_str(FILE).unwrap();
    let mut moved = file.clone();
    let cases = list(&mut moved, "cases");
    cases.rotate_left(2);
    let (old, new) = (load(Path::new("."), &file), load(Path::new("."), &moved));
    let diff = old.diff(&new).unwrap();
    assert_eq!(diff.cases, BudgetCases::default());
    check(&diff, &old, &new);
}
