use super::*;
use crate::caseload::CaseTable;
use crate::limits;

const HEADS: [&str; 3] = ["reference", "members", "start"];

fn scenario(months: u32) -> Scenario {
    let start = "schema = 1\ncatalogue = \"reference\"\nstart = \"2026-03\"";
    Scenario::parse(&format!("{start}\nhorizon_months = {months}\nhousehold = {{ members = [] }}")).unwrap()
}

type Row = [String; 3];

/// Rows of which some share a reference, have odd members or are blank; with errors, some cannot be read or computed.
fn rows(count: usize, errors: bool, seed: u64) -> Vec<Row> {
    let mut state = seed;
    let mut below = |limit: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % limit
    };
    let row = |_| {
        let reference = format!("HH-{}", below(2 * count as u64));
        let (members, start) = match below(40) {
            0 => return [String::new(), String::new(), " ".to_owned()],
            1 => ("9 4", ""),
            2 => ("34 2062-05", "2026-07"),
            3 if errors && below(3) == 0 => ("131 x", ""),
            4 if errors && below(2) == 0 => ("120", "1850-01"),
            5..=20 => ("34", ""),
            _ => ("41 38 14 7", "2027-01"),
        };
        [reference, members.to_owned(), start.to_owned()]
    };
    (0..count).map(row).collect()
}

fn row_of(reference: &str, members: &str) -> Row {
    [reference, members, ""].map(str::to_owned)
}

fn table(rows: &[Row]) -> impl Iterator<Item = Result<Case, Error>> {
    CaseTable::of_rows(&HEADS, rows.to_vec(), "households").unwrap()
}

/// The caseload of parts that end at these rows, each in bytes, merged in an odd order.
fn of_parts(scenario: &Scenario, rows: &[Row], ends: &[usize], options: &CaseloadOptions) -> Result<Caseload, Error> {
    let of = u32::try_from(ends.len()).unwrap();
    let mut first = 0;
    let mut parts: Vec<CaseloadPart> = Vec::new();
    for (number, end) in (0..).zip(ends) {
        let part = scenario.caseload_part(table(&rows[first..*end]), (number, of), options)?;
        let bytes = part.after(u32::try_from(first).unwrap()).to_bytes();
        parts.push(CaseloadPart::from_bytes(&bytes).unwrap());
        first = *end;
    }
    parts.rotate_left(ends.len() / 2);
    let mut whole = parts.pop().unwrap();
    for part in parts {
        whole.merge(part)?;
    }
    assert!(whole.numbers().eq(0..of));
    scenario.caseload_of_part(options, &CaseloadPart::from_bytes(&whole.to_bytes()).unwrap())
}

#[test]
fn parts_give_what_the_whole_table_gives() {
    let (scenario, options) = (scenario(24), CaseloadOptions::default());
    let rows = rows(900, false, 7);
    let whole = scenario.caseload_of(table(&rows), &options).unwrap();
    assert!(whole.warnings.len() == limits::FINDINGS && whole.more_warnings > 0);
    for ends in [&[900][..], &[0, 900], &[1, 1, 1, 640, 900], &[300, 600, 900], &[899, 900, 900]] {
        let merged = of_parts(&scenario, &rows, ends, &options).unwrap();
        assert_eq!(merged, whole, "{ends:?}");
        assert_eq!(serde_json::to_string(&merged).unwrap(), serde_json::to_string(&whole).unwrap());
    }
    let none = of_parts(&scenario, &[], &[0, 0], &options).unwrap();
    assert_eq!(none, scenario.caseload_of(table(&[]), &options).unwrap());
}

#[test]
fn parts_tell_what_is_wrong_as_the_whole_table_does() {
    let (scenario, options) = (scenario(2), CaseloadOptions::default());
    for seed in 0..3 {
        let mut rows = rows(2_600, false, seed);
        // Of a few rows far in, and then of many.
        let wrong = self::rows(2_600, true, seed + 100);
        let from = usize::try_from(seed * 450).unwrap();
        let until = if seed.is_multiple_of(2) { from + 150 } else { 2_600 };
        rows[from..until].clone_from_slice(&wrong[from..until]);
        let whole = scenario.caseload_of(table(&rows), &options).unwrap_err();
        for ends in [&[1_000, 1_000, 2_500, 2_600][..], &[127, 128, 385, 2_599, 2_600]] {
            assert_eq!(of_parts(&scenario, &rows, ends, &options).unwrap_err(), whole, "{seed} {ends:?}");
        }
    }
}

#[test]
fn rows_that_cannot_be_computed_are_told_before_one_that_cannot_be_read() {
    let (scenario, options) = (scenario(2), CaseloadOptions::default());
    let [good, early, unreadable] = [["34", ""], ["120", "1850-01"], ["x", ""]];
    let row = |place: usize, kind: [&str; 2]| [format!("HH-{place}"), kind[0].to_owned(), kind[1].to_owned()];
    for (all_early, bad) in [(300..1_500, None), (300..1_500, Some(350)), (300..1_500, Some(20)), (2..3, Some(127))] {
        let kind = |place: usize| if all_early.contains(&place) { early } else { good };
        let mut rows: Vec<Row> = (0..1_600).map(|place| row(place, kind(place))).collect();
        if let Some(place) = bad {
            rows[place] = row(place, unreadable);
        }
        let whole = scenario.caseload_of(table(&rows), &options).unwrap_err();
        let before = all_early.start..all_early.end.min(bad.unwrap_or(1_600));
        assert_eq!(whole.findings().len() + whole.more(), before.len() + usize::from(bad.is_some()));
        for ends in [&[299, 301, 1_600][..], &[350, 384, 385, 1_600], &[1_600]] {
            assert_eq!(of_parts(&scenario, &rows, ends, &options).unwrap_err(), whole, "{bad:?} {ends:?}");
        }
    }
}

#[test]
fn files_keep_their_lines() {
    let (scenario, options) = (scenario(24), CaseloadOptions::default());
    let texts =
        [("a.csv", "reference,members\nHH-1,34\nHH-2,9\n"), ("b.csv", "reference,members\n\nHH-3,34\nHH-1,41\n")];
    let open = |place: usize| CaseTable::new(texts[place].1.as_bytes(), texts[place].0).unwrap();
    let whole = scenario.caseload_of(open(0).chain(open(1)), &options).unwrap();
    let told: Vec<String> = whole.warnings.iter().map(ToString::to_string).collect();
    assert!(told.iter().any(|told| told.starts_with("b.csv:4: reference: is that of a.csv:2 too")), "{told:?}");
    let mut part = scenario.caseload_part(open(1), (1, 2), &options).unwrap();
    part.merge(scenario.caseload_part(open(0), (0, 2), &options).unwrap()).unwrap();
    assert_eq!(scenario.caseload_of_part(&options, &part).unwrap(), whole);
    let together = scenario.caseload_part(open(0).chain(open(1)), (0, 1), &options).unwrap();
    assert_eq!(scenario.caseload_of_part(&options, &together).unwrap(), whole);
}

#[test]
fn what_does_not_belong_together_is_refused() {
    let (scenario, options) = (scenario(2), CaseloadOptions::default());
    let rows = rows(10, false, 1);
    let part = |number, of| scenario.caseload_part(table(&rows), (number, of), &options);
    let code = |found: Result<Caseload, Error>| found.unwrap_err().code();
    assert_eq!(part(2, 2).unwrap_err().code(), Code::OutOfRange);
    assert_eq!(part(0, 0).unwrap_err().code(), Code::OutOfRange);
    let mut first = part(0, 2).unwrap();
    assert_eq!(first.merge(part(0, 2).unwrap()).unwrap_err().code(), Code::Duplicate);
    assert_eq!(first.merge(part(1, 3).unwrap()).unwrap_err().code(), Code::Conflict);
    assert_eq!(code(scenario.caseload_of_part(&options, &first)), Code::OutOfRange);
    let constant = CaseloadOptions::default().basis(crate::names::Basis::Constant);
    let other = scenario.caseload_part(table(&rows), (1, 2), &constant).unwrap();
    assert_eq!(first.merge(other).unwrap_err().code(), Code::Conflict);
    first.merge(part(1, 2).unwrap()).unwrap();
    assert_eq!((first.rows(), first.of()), (2 * part(0, 1).unwrap().rows(), 2));
    assert!(scenario.caseload_of_part(&options, &first).is_ok());
    assert_eq!(code(scenario.caseload_of_part(&constant, &first)), Code::Conflict);
    assert_eq!(code(self::scenario(3).caseload_of_part(&options, &first)), Code::Conflict);
    let threads = CaseloadOptions::default().threads(std::num::NonZeroUsize::new(1));
    assert!(scenario.caseload_of_part(&threads, &first).is_ok());
    assert!(!format!("{first:?}").contains("HH-"));
}

#[test]
fn bytes_from_elsewhere_are_a_part_or_an_error() {
    let (scenario, options) = (scenario(2), CaseloadOptions::default());
    let wrong = [row_of("HH-1", "34"), row_of("HH-2", "x"), row_of("", ""), row_of("HH-1", "9")];
    for rows in [rows(6, false, 1), wrong.to_vec()] {
        let bytes = scenario.caseload_part(table(&rows), (0, 1), &options).unwrap().to_bytes();
        for end in 0..bytes.len() {
            assert_eq!(CaseloadPart::from_bytes(&bytes[..end]).unwrap_err().code(), Code::Syntax);
        }
        for place in 0..bytes.len() {
            for bits in [1, 0xff] {
                let mut changed = bytes.clone();
                changed[place] ^= bits;
                if let Ok(part) = CaseloadPart::from_bytes(&changed) {
                    let mut twice = part.clone();
                    drop((twice.merge(part.clone()), part.rows(), part.to_bytes()));
                    drop(scenario.caseload_of_part(&options, &part.after(u32::MAX)));
                }
            }
        }
        assert!(CaseloadPart::from_bytes(&[&bytes[..], &[0]].concat()).is_err());
    }
}
