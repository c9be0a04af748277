//! The committed header belongs to the source.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

const HEADER: &str = include_str!("../include/relocost.h");

/// The names between a mark and the bracket or colon after them.
fn names(text: &str, before: &str, after: char) -> BTreeSet<String> {
    let one = |part: &str| part.split_once(after).map(|(name, _)| name.trim().to_owned());
    text.split(before).skip(1).filter_map(one).collect()
}

/// The functions that the header declares.
fn functions_of_header() -> BTreeSet<String> {
    HEADER
        .lines()
        .filter(|line| !line.starts_with([' ', '/', '#', '*', '}']) && line.contains('('))
        .filter_map(|line| line.split_once('(')?.0.rsplit([' ', '*']).next().map(str::to_owned))
        .filter(|name| name.starts_with("relocost_"))
        .collect()
}

#[test]
fn every_exported_name_is_declared_and_no_other() {
    let (mut functions, mut constants) = (BTreeSet::new(), BTreeSet::new());
    for file in std::fs::read_dir(root().join("src")).unwrap() {
        let source = std::fs::read_to_string(file.unwrap().path()).unwrap();
        functions.extend(names(&source, "\npub extern \"C\" fn ", '('));
        constants.extend(names(&source, "\npub const ", ':'));
    }
    assert_eq!(functions_of_header(), functions);
    // The header's own guard has no value, and what no literal says stands in `cbindgen.toml`.
    let defined = HEADER.lines().filter_map(|line| line.strip_prefix("#define ")?.split_once(' '));
    let defined: BTreeSet<String> = defined.map(|(name, _)| name.to_owned()).collect();
    let elsewhere = ["RELOCOST_ZERO_ENDED", "RELOCOST_VERSION", "RELOCOST_API", "RELOCOST_DEPRECATED(instead)"];
    constants.extend(elsewhere.map(str::to_owned));
    assert_eq!(defined, constants);
}

/// A function that no random call reaches is one that nobody has tried with wrong handles and texts.
#[test]
fn random_calls_reach_every_function() {
    // Functions that they leave out, each with its reason.
    const LEFT_OUT: [(&str, &str); 0] = [];
    let calls: String = ["calls.c", "hold.h", "input.h", "tables.h"]
        .map(|file| std::fs::read_to_string(root().join("fuzz").join(file)).unwrap())
        .concat();
    let declared = functions_of_header();
    let is_called = |name: &str| calls.contains(&format!("{name}("));
    for name in &declared {
        let is_left_out = LEFT_OUT.iter().any(|(left_out, _)| left_out == name);
        assert_ne!(is_called(name), is_left_out, "{name}");
    }
    assert!(LEFT_OUT.iter().all(|(name, why)| declared.contains(*name) && !why.is_empty()));
}

/// The file for readers without directives has the same functions and structs.
#[test]
fn the_plain_declarations_are_those_of_the_header() {
    const PLAIN: &str = include_str!("../include/relocost_plain.h");
    let words = |text: &str| {
        let text: String =
            text.lines().filter(|line| line.starts_with(|first: char| !"#/ *".contains(first))).collect();
        text.matches("relocost_").count()
    };
    assert!(!PLAIN.lines().any(|line| line.starts_with('#')));
    assert_eq!(words(PLAIN), words(HEADER));
    for line in HEADER.lines().filter(|line| line.starts_with("RELOCOST_API ")) {
        assert!(PLAIN.contains(line.trim_start_matches("RELOCOST_API ")), "{line}");
    }
    for line in HEADER.lines().filter_map(|line| line.strip_prefix("#define RELOCOST_")) {
        let Some((name, number)) = line.split_once(' ').filter(|(_, it)| it.parse::<u32>().is_ok()) else { continue };
        assert!(PLAIN.contains(&format!("    RELOCOST_{name} = {number},")), "{line}");
    }
}

/// `tests/run` names the program; it is no dependency, because its licence is none that dependencies may have.
#[test]
fn the_committed_header_is_a_fresh_one() {
    let Some(cbindgen) = std::env::var_os("RELOCOST_CBINDGEN") else {
        eprintln!("RELOCOST_CBINDGEN names no cbindgen: only the names were compared");
        return;
    };
    let output = Command::new(cbindgen)
        .args(["--quiet", "--config", "cbindgen.toml", "--crate", "relocost-c", "."])
        .current_dir(root())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(String::from_utf8(output.stdout).unwrap(), HEADER);
}
