//! An attacker who has two publications, of which the later was made beside the earlier one, and subtracts. What can be told
//! from a publication is found by elimination over all sets of cells, and the households that changed are counted in the
//! tables of cases: nothing of the code that suppresses takes part.
#![expect(clippy::unwrap_used, reason = "a test may panic: that is how it fails")]

use std::fmt::Write as _;

use relocost::caseload::{CaseTable, CaseloadOptions};
use relocost::microdata::Microdata;
use relocost::{Code, Scenario};
use relocost_disclosure::{Dimension, Earlier, Publication, PublishOptions, publish};
use relocost_tables::Data as _;

const SETTING: &str =
    "schema = 1\ncatalogue = \"reference\"\nstart = \"2026-03\"\nhorizon_months = 24\nhousehold = { members = [] }";
/// Two kinds of household of each size, smallest first.
const KINDS: [&str; 10] =
    ["34", "67", "41 38", "63 16", "36 8 5", "52 47 19", "39 37 12 9", "33 31 4 1", "44 40 15 11 6", "58 55 23 20 17"];
const SIZES: [&str; 5] = ["1", "2", "3", "4", "5+"];
const YEARS: [&str; 3] = ["2026", "2027", "2028"];
type Counts = [u32; KINDS.len()];

fn microdata(scenario: &Scenario, counts: Counts) -> Microdata {
    let mut text = "reference,count,members\n".to_owned();
    for (place, (count, members)) in counts.iter().zip(KINDS).enumerate().filter(|(_, (count, _))| **count > 0) {
        writeln!(text, "K{place},{count},{members}").unwrap();
    }
    scenario.microdata(CaseTable::new(text.as_bytes(), "table").unwrap(), &CaseloadOptions::default()).unwrap()
}

fn earlier(publication: &Publication) -> Earlier {
    Earlier::parse(&publication.to_json().unwrap(), "earlier.json").unwrap()
}

fn by(tables: &[&str]) -> PublishOptions {
    PublishOptions::default().tables(tables.iter().map(|table| Dimension::parse_table(table).unwrap()).collect())
}

fn hidden(publication: &Publication) -> Vec<Vec<&str>> {
    let hidden = publication.cells.iter().filter(|cell| cell.figures.is_none());
    hidden.map(|cell| cell.names.values().map(String::as_str).collect()).collect()
}

/// Numbers that look random (`SplitMix64`).
struct Numbers(u64);

impl Numbers {
    fn of(&mut self, choices: &[u32]) -> u32 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        choices[usize::try_from(z ^ (z >> 31)).unwrap() % choices.len()]
    }
}

const PRIME: u64 = 2_147_483_647;

fn power(base: u64, exponent: u64) -> u64 {
    let (mut base, mut exponent, mut result) = (base % PRIME, exponent, 1);
    while exponent > 0 {
        if exponent % 2 == 1 {
            result = result * base % PRIME;
        }
        base = base * base % PRIME;
        exponent /= 2;
    }
    result
}

/// What can be told from a publication by adding and subtracting: sums of the finest cells, of size and year.
struct Told(Vec<(usize, Vec<u64>)>);

impl Told {
    fn new(publication: &Publication, present: &[bool]) -> Self {
        let mut told = Self(Vec::new());
        for (leaf, is_present) in present.iter().enumerate() {
            if !is_present {
                told.learn((0..present.len()).map(|at| u64::from(at == leaf)).collect());
            }
        }
        for cell in publication.cells.iter().filter(|cell| cell.figures.is_some()) {
            let is = |dimension, name: &str| cell.names.get(&dimension).is_none_or(|own| own == name);
            let mut sum = Vec::new();
            for size in SIZES {
                sum.extend(YEARS.map(|year| u64::from(is(Dimension::Size, size) && is(Dimension::FiscalYear, year))));
            }
            told.learn(sum);
        }
        told
    }

    fn left_of(&self, mut sum: Vec<u64>) -> Vec<u64> {
        for (pivot, row) in &self.0 {
            let factor = sum[*pivot];
            for (left, known) in sum.iter_mut().zip(row) {
                *left = (*left + (PRIME - factor) * known) % PRIME;
            }
        }
        sum
    }

    fn learn(&mut self, sum: Vec<u64>) {
        let left = self.left_of(sum);
        if let Some(pivot) = left.iter().position(|one| *one != 0) {
            let inverse = power(left[pivot], PRIME - 2);
            self.0.push((pivot, left.into_iter().map(|one| one * inverse % PRIME).collect()));
        }
    }

    fn knows(&self, sum: &[u64]) -> bool {
        self.left_of(sum.to_vec()).iter().all(|one| *one == 0)
    }
}

fn present(counts: Counts) -> Vec<bool> {
    let size = |size: usize| counts[2 * size] + counts[2 * size + 1] > 0;
    (0..SIZES.len()).flat_map(|at| [size(at); YEARS.len()]).collect()
}

/// Of hundreds of pairs of publications, none tells a sum of cells that differs by one household or two.
#[test]
fn no_difference_of_two_publications_is_of_one_household_or_two() {
    let scenario = Scenario::parse(SETTING).unwrap();
    let mut numbers = Numbers(3);
    let (mut published, mut looked_at) = (0, 0);
    for round in 0..PAIRS {
        let before: Counts = std::array::from_fn(|_| numbers.of(&[0, 1, 1, 2, 4, 6, 9]));
        let after: Counts = std::array::from_fn(|kind| match numbers.of(&[0, 0, 0, 1, 2, 3, 5, 9]) {
            9 => before[kind].saturating_sub(1),
            more => before[kind] + more,
        });
        let tables = [&["fiscal_year,size"][..], &["size", "fiscal_year"], &["size"]];
        let options = by(tables[round % tables.len()]);
        let Ok(first) = publish(&microdata(&scenario, before), &options, &[]) else { continue };
        let Ok(second) = publish(&microdata(&scenario, after), &options, &[earlier(&first)]) else { continue };
        published += 1;
        let told = [(&first, before), (&second, after)].map(|(it, counts)| Told::new(it, &present(counts)));
        for sizes in 1..1_u32 << SIZES.len() {
            for years in [0b001, 0b010, 0b100, 0b011, 0b110, 0b101, 0b111] {
                let has = |size: usize, year: usize| sizes & (1 << size) != 0 && years & (1 << year) != 0;
                let of_size = |size: usize| (0..YEARS.len()).map(move |year| u64::from(has(size, year)));
                let sum: Vec<u64> = (0..SIZES.len()).flat_map(of_size).collect();
                if !told.iter().all(|told| told.knows(&sum)) {
                    continue;
                }
                looked_at += 1;
                let kinds = || (0..KINDS.len()).filter(|kind| sizes & (1 << (kind / 2)) != 0);
                let changed: u32 = kinds().map(|kind| before[kind].abs_diff(after[kind])).sum();
                let net: i64 = kinds().map(|kind| i64::from(after[kind]) - i64::from(before[kind])).sum();
                assert!(changed == 0 || changed >= 3, "{before:?} {after:?} {sizes:05b} {years:03b} {net}");
            }
        }
    }
    assert!(published > PAIRS / 5 && looked_at > 3 * published, "{published} {looked_at}");
}

const PAIRS: usize = 150;

/// The attacker is no straw man: without the earlier one beside, the later publication gives a household away.
#[test]
fn the_attacker_finds_a_household_where_publications_are_made_apart() {
    let scenario = Scenario::parse(SETTING).unwrap();
    let before: Counts = [9, 0, 9, 0, 1, 0, 2, 0, 9, 0];
    let after: Counts = [12, 0, 9, 0, 2, 0, 2, 0, 9, 0];
    let [first, second] =
        [before, after].map(|counts| publish(&microdata(&scenario, counts), &by(&["size"]), &[]).unwrap());
    assert_eq!((hidden(&first), hidden(&second)), (vec![vec!["3"], vec!["4"]], vec![vec!["3"], vec!["4"]]));
    let sum: Vec<u64> = (0..SIZES.len()).flat_map(|size| [u64::from(size == 2 || size == 3); YEARS.len()]).collect();
    assert!(
        [(&first, before), (&second, after)].iter().all(|(it, counts)| Told::new(it, &present(*counts)).knows(&sum))
    );
}

/// What is suppressed in both publications differs by one household, and the rest by three: further figures are suppressed.
#[test]
fn the_difference_of_what_is_suppressed_twice_is_of_enough_households() {
    let scenario = Scenario::parse(SETTING).unwrap();
    let first = publish(&microdata(&scenario, [9, 0, 9, 0, 1, 0, 2, 0, 9, 0]), &by(&["size"]), &[]).unwrap();
    let later = microdata(&scenario, [12, 0, 9, 0, 2, 0, 2, 0, 9, 0]);
    let second = publish(&later, &by(&["size"]), &[earlier(&first)]).unwrap();
    let (before, after) = (hidden(&first), hidden(&second));
    assert!(before.iter().all(|cell| after.contains(cell)));
    // Of the figures that changed, that of one person has three more: it is suppressed with the others.
    assert!(after.contains(&vec!["1"]), "{after:?}");
    // What has not changed is known, and cannot hide anything.
    assert!(!after.contains(&vec!["2"]) && !after.contains(&vec!["5+"]), "{after:?}");
}

/// As many households in what is suppressed twice, of which one has taken another's place; nothing else has changed.
#[test]
fn a_household_in_place_of_another_among_what_is_suppressed_is_refused() {
    let scenario = Scenario::parse(SETTING).unwrap();
    let first = publish(&microdata(&scenario, [9, 0, 9, 0, 1, 0, 2, 0, 9, 0]), &by(&["size"]), &[]).unwrap();
    let later = microdata(&scenario, [9, 0, 9, 0, 2, 0, 1, 0, 9, 0]);
    let refused = publish(&later, &by(&["size"]), &[earlier(&first)]).unwrap_err();
    assert_eq!(refused.code(), Code::Disclosure);
}
