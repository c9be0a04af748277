//! Journals: every entry balances, and the sums of their own text are those of what they are written from.

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroUsize;
use std::path::Path;

use proptest::prelude::*;
use relocost::caseload::{CaseTable, CaseloadOptions};
use relocost::payments::Payments;
use relocost::postings::Postings;
use relocost::testing::strategies;
use relocost::{IndexMap, Lang, Ledger, Money, Pair, Scenario};
use relocost_files::LoadOptions;
use relocost_publish::journal::{JournalFormat, journal};
use support::{files, load, payments};

/// Minor units by account.
type Balances = BTreeMap<String, i128>;

/// The balances of a journal: of its entries, and of its budget.
#[derive(Debug, Default, PartialEq)]
struct Read {
    entries: Balances,
    budget: Balances,
}

fn add(to: &mut Balances, account: &str, minor: i128) {
    *to.entry(account.to_owned()).or_default() += minor;
}

/// Minor units as they are written: without the point.
fn minor(text: &str) -> i128 {
    text.replace('.', "").parse().unwrap_or_else(|_| panic!("no amount: {text}"))
}

/// The account and the amount of a posting.
fn posting(line: &str) -> (&str, i128) {
    let mut words = line.split_whitespace();
    let (account, amount) = (words.next().unwrap(), words.next().unwrap());
    assert!(account.starts_with("Expenses:") || account.starts_with("Equity:Funds:"), "{line}");
    (account, minor(amount))
}

/// Reads a journal of hledger, of which every entry must balance and every account be declared.
fn read_hledger(text: &str) -> Read {
    let mut read = Read::default();
    let mut declared = BTreeSet::new();
    for block in text.split("\n\n").filter(|block| !block.starts_with(';')) {
        let mut sum = 0;
        let is_budget = block.starts_with('~');
        for line in block.lines() {
            if let Some(account) = line.strip_prefix("account ") {
                declared.insert(account.split("  ").next().unwrap());
            } else if line.starts_with("    ") {
                let (account, minor) = posting(line);
                assert!(declared.contains(account), "{account}");
                sum += minor;
                add(if is_budget { &mut read.budget } else { &mut read.entries }, account, minor);
            } else {
                let heads = line.starts_with("commodity ") || is_budget || line.as_bytes()[0].is_ascii_digit();
                assert!(heads, "{line}");
            }
        }
        assert_eq!(sum, 0, "{block}");
    }
    read
}

/// The same of Beancount. Budgets hold until the next; those of all months are added up.
fn read_beancount(text: &str) -> Read {
    let mut read = Read::default();
    let mut budgets: BTreeMap<&str, Vec<(i32, i128)>> = BTreeMap::new();
    for block in text.split("\n\n").filter(|block| !block.starts_with(';')) {
        let mut sum = 0;
        for line in block.lines() {
            let words: Vec<&str> = line.split_whitespace().collect();
            if line.contains(" custom \"budget\" ") {
                let parts: Vec<i32> = words[0].split('-').map(|part| part.parse().unwrap()).collect();
                budgets.entry(words[3]).or_default().push((parts[0] * 12 + parts[1], minor(words[5])));
            } else if line.starts_with("  Expenses") || line.starts_with("  Equity") {
                let (account, minor) = posting(line);
                sum += minor;
                add(&mut read.entries, account, minor);
            }
        }
        assert_eq!(sum, 0, "{block}");
    }
    for (account, steps) in budgets {
        assert_eq!(steps.last().unwrap().1, 0, "the budget of {account} ends");
        for pair in steps.windows(2) {
            add(&mut read.budget, account, i128::from(pair[1].0 - pair[0].0) * pair[0].1);
        }
    }
    read
}

/// Sums by the second component of an expense, and by fund, as the journal names them.
fn by_name(balances: &Balances) -> (Balances, Balances) {
    let (mut categories, mut funds) = (Balances::new(), Balances::new());
    for (account, minor) in balances {
        match account.strip_prefix("Equity:Funds:") {
            Some(fund) => add(&mut funds, fund, -minor),
            None => add(&mut categories, account.split(':').nth(1).unwrap(), *minor),
        }
    }
    (categories, funds)
}

fn name(id: &str) -> String {
    let plain = id.replace('_', "-");
    plain[..1].to_uppercase() + &plain[1..]
}

/// The same sums as a result has them.
fn sums<'m>(table: impl Iterator<Item = (String, &'m Money)>) -> Balances {
    let mut sums = Balances::new();
    for (id, money) in table {
        add(&mut sums, &name(&id), money.minor());
    }
    sums
}

fn without_zeros(mut sums: Balances) -> Balances {
    sums.retain(|_, minor| *minor != 0);
    sums
}

fn assert_same(read: &Balances, categories: Balances, funds: Balances) {
    let found = by_name(read);
    assert_eq!(without_zeros(found.0), without_zeros(categories));
    assert_eq!(without_zeros(found.1), without_zeros(funds));
}

fn write(postings: &Postings, format: JournalFormat) -> String {
    journal(postings, format, Lang::En).unwrap()
}

/// Both programs' journals, which must say the same.
fn read(postings: &Postings) -> Read {
    let read = read_hledger(&write(postings, JournalFormat::Hledger));
    let other = read_beancount(&write(postings, JournalFormat::Beancount));
    assert_eq!(without_zeros(read.entries.clone()), without_zeros(other.entries));
    assert_eq!(without_zeros(read.budget.clone()), without_zeros(other.budget));
    read
}

fn assert_ledger(ledger: &Ledger) {
    let postings = ledger.postings().unwrap();
    assert_eq!((postings.model(), postings.has_payments()), (ledger.total(), false));
    let (mut categories, mut funds) = (Balances::new(), Balances::new());
    for entry in ledger.entries() {
        add(&mut categories, &name(entry.category().as_str()), entry.amount().minor());
        for (fund, part) in entry.funds() {
            add(&mut funds, &name(fund.as_str()), part.minor());
        }
    }
    let read = read(&postings);
    assert!(read.budget.is_empty());
    assert_same(&read.entries, categories, funds);
}

fn assert_payments(payments: &Payments) {
    let read = read(payments.postings());
    for (balances, of) in [(&read.budget, 0), (&read.entries, 1)] {
        let of = |variance: &'_ relocost::payments::Variance| if of == 0 { variance.model } else { variance.paid };
        let categories: Vec<_> = payments.categories().map(|(id, variance)| (id.to_string(), of(variance))).collect();
        let funds: Vec<_> = payments.funds().map(|(id, variance)| (id.to_string(), of(variance))).collect();
        let table = |rows: &[(String, Money)]| sums(rows.iter().map(|(id, money)| (id.clone(), money)));
        assert_same(balances, table(&categories), table(&funds));
    }
    let (model, paid) = (payments.total().model, payments.total().paid);
    assert_eq!((payments.postings().model(), payments.postings().paid()), (model, paid));
}

#[test]
fn journals_of_every_golden_file_and_conformance_scenario() {
    let mut seen = 0;
    for folder in ["golden", "conformance"] {
        for file in files(folder, ".toml") {
            if file.to_string_lossy().contains("catalogue") {
                continue;
            }
            let scenario = load(&file);
            for pathway in scenario.pathway_names() {
                if let Ok(ledger) = scenario.ledger(pathway.as_str()) {
                    assert_ledger(&ledger);
                    seen += 1;
                }
            }
        }
    }
    assert!(seen > 100, "{seen}");
}

#[test]
fn journals_of_programmes() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/programmes");
    for number in 1..=24 {
        let file = folder.join(format!("random-{number:02}/programme.toml"));
        let programme = relocost_files::load_programme(&file, &LoadOptions::default()).unwrap();
        let planned = programme.run().unwrap().lines["as_planned"].clone();
        let postings = programme.postings().unwrap();
        assert_eq!(postings.model(), planned.total);
        let table =
            |table: &IndexMap<relocost::Id, Money>| sums(table.iter().map(|(id, money)| (id.to_string(), money)));
        assert_same(&read(&postings).entries, table(&planned.by_category), table(&planned.by_fund));
    }
}

#[test]
fn journals_of_a_caseload() {
    let scenario = load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/scenarios/family-of-five.toml"));
    let table =
        std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/scenarios/caseload-of-28.csv")).unwrap();
    let options = CaseloadOptions::default().pair(Pair::new("permanent", "delayed"));
    let caseload = scenario.caseload(table.as_slice(), &options).unwrap();
    let cases = || CaseTable::new(table.as_slice(), "caseload").unwrap();
    let postings = scenario.caseload_postings(cases(), "delayed", None).unwrap();
    let alone = scenario.caseload_postings(cases(), "delayed", NonZeroUsize::new(1)).unwrap();
    assert_eq!(postings, alone, "threads change nothing");
    let categories = caseload.by_category.iter().map(|(id, difference)| (id.to_string(), &difference.alternative));
    let funds = caseload.by_fund.iter().map(|(id, difference)| (id.to_string(), &difference.alternative));
    assert_same(&read(&postings).entries, sums(categories), sums(funds));
    // What is wrong with the table is said with its place, and a pathway must be there.
    let wrong = CaseTable::new("reference,members\nHH-1,x\n".as_bytes(), "caseload").unwrap();
    let error = scenario.caseload_postings(wrong, "delayed", None).unwrap_err();
    assert!(error.to_string().starts_with("caseload:2: members: "), "{error}");
    assert!(scenario.caseload_postings(cases(), "nowhere", None).is_err());
}

/// Labels that would be something else in a journal.
const HOSTILE: &str = r#"(a) "b\\" ; c | d: e, tag:x = 1  * ! {2026-01-01} @ https://x/y = \\"#;

fn hostile() -> Scenario {
    let text = format!(
        r#"
        schema = 1
        title = "TITLE-secret"
        currency = "JPY"
        price_base_year = 2026
        start = "2026-11"
        horizon_months = 4
        household = {{ reference = "SECRET-1", members = [{{ age = 40 }}] }}
        categories = [{{ id = "a_b", label = '{HOSTILE}' }}, {{ id = "a-b", label = '{HOSTILE}' }}]
        funds = [{{ id = "x_y", label = '{HOSTILE}' }}, {{ id = "2nd", label = '{HOSTILE}' }}]
        places = [{{ id = "secret-town", label = "SECRET-PLACE" }}]
        solutions.temporary = {{ label = '{HOSTILE}', kind = "temporary", entitlements = [], place = "secret-town", funding = {{ x_y = "0.5", "2nd" = "0.5" }} }}
        lines = [
            {{ id = "rent", category = "a_b", label = '{HOSTILE}', driver = "person", schedule = "monthly", amount = "501", currency = "JPY", source = "x" }},
            {{ id = "credit", category = "a-b", label = '{HOSTILE}', driver = "person", schedule = "monthly", amount = "-7", currency = "JPY", source = "x" }},
        ]
        "#
    );
    Scenario::parse(&text).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn labels_break_no_syntax_and_nothing_of_the_household_shows() {
    let ledger = hostile().ledger("temporary").unwrap();
    let postings = ledger.postings().unwrap();
    let read = read(&postings);
    let expected = [
        ("Expenses:A-b:Rent", 4 * 501),
        ("Expenses:A-b-2:Credit", 4 * -7),
        // Halves go to the fund written first, of a credit too.
        ("Equity:Funds:X-y", -4 * (251 - 3)),
        ("Equity:Funds:2nd", -4 * (250 - 4)),
    ];
    assert_eq!(read.entries, expected.map(|(account, minor)| (account.to_owned(), minor)).into());
    for format in JournalFormat::ALL {
        for lang in [Lang::En, Lang::Fr] {
            let text = journal(&postings, format, lang).unwrap();
            let again = hostile().ledger("temporary").unwrap().postings().unwrap();
            assert_eq!(text, journal(&again, format, lang).unwrap(), "the same bytes");
            for secret in ["SECRET", "secret", "1986"] {
                assert!(!text.contains(secret), "{secret}: {text}");
            }
        }
    }
    let text = write(&postings, JournalFormat::Hledger);
    assert!(text.contains("\n2026-11-01 (rent) (a)"), "{text}");
    assert!(!text.lines().any(|line| line.contains("(rent)") && line.contains([';', '|'])), "{text}");
    assert!(text.contains("\ncommodity 1000. JPY\n"), "{text}");
    assert!(text.contains("  -7 JPY") || text.contains("  -3 JPY"), "credits are negative: {text}");
}

#[test]
fn payments_and_budget_stand_side_by_side() {
    let family = load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/family-of-five.toml"));
    assert_payments(&payments(&family));
    let text = write(payments(&family).postings(), JournalFormat::Hledger);
    assert!(text.contains("\n~ monthly from 2026-03 to 2026-04  "), "{text}");
}

#[test]
fn the_head_says_what_it_is_in_both_languages() {
    let postings = hostile().ledger("temporary").unwrap().postings().unwrap();
    for (format, mark) in [(JournalFormat::Hledger, ';'), (JournalFormat::Beancount, ';')] {
        for (lang, internal, total) in
            [(Lang::En, "Internal: ", "Control total: "), (Lang::Fr, "Interne : ", "Total de ")]
        {
            let text = journal(&postings, format, lang).unwrap();
            let head: Vec<&str> = text.lines().take_while(|line| line.starts_with(mark)).collect();
            assert!(head.first().is_some_and(|line| line.contains(internal)), "{head:?}");
            assert!(head.last().is_some_and(|line| line.contains(total) && line.ends_with("1976")), "{head:?}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Whatever the household, both journals balance and have the ledger's sums.
    #[test]
    fn journals_of_random_scenarios(scenario in strategies::scenario()) {
        for pathway in ["permanent", "temporary", "delayed"] {
            assert_ledger(&scenario.ledger(pathway).unwrap());
        }
    }
}
