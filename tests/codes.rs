//! Errors keep their numbers: `tests/codes.txt` lists them with their names, for the core and for C.

use std::collections::BTreeMap;
use std::path::Path;

use relocost::Code;

fn read(path: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

fn committed() -> BTreeMap<u32, String> {
    let list = read("tests/codes.txt");
    let rows: Vec<(u32, String)> = list
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| line.split_once(' ').unwrap())
        .map(|(number, name)| (number.parse().unwrap(), name.to_owned()))
        .collect();
    assert!(rows.is_sorted_by_key(|(number, _)| *number));
    let found: BTreeMap<u32, String> = rows.iter().cloned().collect();
    assert_eq!(found.len(), rows.len(), "a number stands twice");
    found
}

/// The first number of those that only C has: faults of a call.
const OF_C: u32 = 9000;

#[test]
fn every_code_keeps_its_number_and_its_name() {
    let found: BTreeMap<u32, String> = Code::ALL.iter().map(|code| (code.number(), code.name().to_owned())).collect();
    let mut wanted = committed();
    wanted.retain(|number, _| *number < OF_C);
    assert_eq!(found, wanted, "a new code gets a row of tests/codes.txt; a row never changes");
}

#[test]
fn every_status_of_c_keeps_its_number_and_its_name() {
    let header = read("bindings/c/include/relocost_plain.h");
    let defined = header.lines().filter_map(|line| line.trim().trim_end_matches(',').split_once(" = "));
    let statuses: BTreeMap<u32, String> = defined
        .filter(|(name, _)| name.starts_with("RELOCOST_") && *name != "RELOCOST_VERSION_NUMBER")
        .filter_map(|(name, number)| Some((number.parse().ok()?, name.trim_start_matches("RELOCOST_").to_lowercase())))
        .filter(|(number, _)| *number > 1000)
        .collect();
    assert_eq!(statuses, committed(), "a new status gets a row of tests/codes.txt; a row never changes");
}
