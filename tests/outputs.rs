//! The list of outputs has every output of the faces that are not run here: the C header, SQL, Calc, Excel, notebooks.
//!
//! Each face walks its own part of `tests/outputs.txt` and holds that what is said of it is so: the command in
//! `relocost-cli/tests/marks.rs`, Python in `bindings/python/tests/test_marks.py`, C in `bindings/c/tests/marks.c`, SQL in
//! `bindings/c/sqlite/test.sql`, Calc in `bindings/c/calc/check.py`.

use std::collections::BTreeSet;
use std::path::Path;

fn read(path: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

/// Face, output and mark of each line.
fn list() -> Vec<(String, String, String)> {
    let list = read("tests/outputs.txt");
    let lines = list.lines().filter(|line| !line.starts_with('#'));
    let parts = lines.map(|line| {
        let (output, mark) = line.split_once(": ").unwrap_or_else(|| panic!("no mark: {line}"));
        let (face, output) = output.split_once(' ').unwrap_or_else(|| panic!("no face: {line}"));
        (face.to_owned(), output.to_owned(), mark.to_owned())
    });
    parts.collect()
}

fn listed(face: &str) -> BTreeSet<String> {
    list().into_iter().filter(|(of, ..)| of == face).map(|(_, output, _)| output).collect()
}

fn are_listed(face: &str, found: &BTreeSet<String>) {
    assert!(!found.is_empty());
    assert_eq!(&listed(face), found, "tests/outputs.txt has other outputs of {face} than there are");
}

#[test]
fn every_line_names_a_face_and_a_mark_once() {
    let mut seen = BTreeSet::new();
    for (face, output, mark) in list() {
        assert!(["command", "python", "c", "sql", "calc", "excel", "notebook"].contains(&face.as_str()), "{face}");
        let marks = ["sentence", "key", "column", "property", "metadata", "footnote", "forms", "head"];
        let why = mark.strip_prefix("none: ").is_some_and(|why| !why.is_empty());
        assert!(why || marks.contains(&mark.as_str()), "{face} {output}: {mark}");
        assert!(seen.insert((face.clone(), output.clone())), "{face} {output} stands twice");
    }
}

/// Every function of the header that gives something.
#[test]
fn every_function_of_c_is_listed() {
    let header = read("bindings/c/include/relocost_plain.h");
    let mut found = BTreeSet::new();
    for declaration in header.split(';') {
        let Some((before, _)) = declaration.split_once('(') else { continue };
        let Some(name) = before.rsplit([' ', '*', '\n']).next().filter(|name| name.starts_with("relocost_")) else {
            continue;
        };
        if !name.ends_with("_free") && !before.contains("typedef") {
            found.insert(name.to_owned());
        }
    }
    assert!(found.contains("relocost_result_write") && found.contains("relocost_table_head"));
    are_listed("c", &found);
}

/// The text between quotation marks after each `before`.
fn quoted(text: &str, before: &str) -> BTreeSet<String> {
    text.split(before).skip(1).filter_map(|rest| rest.split('"').next()).map(str::to_owned).collect()
}

#[test]
fn every_function_and_table_of_sql_is_listed_and_every_table_has_the_mark() {
    let source = read("bindings/c/sqlite/relocost_sqlite.c");
    let mut found = quoted(&source, "{\"");
    found.retain(|name| name.starts_with("relocost_"));
    let tables = quoted(&source, "sqlite3_create_module_v2(db, \"");
    let declared = quoted(&source, "\"CREATE TABLE x(").len();
    assert_eq!(declared, tables.len());
    assert_eq!(source.matches("internal INTEGER,").count(), tables.len());
    for table in &tables {
        assert!(list().contains(&("sql".to_owned(), table.clone(), "column".to_owned())), "{table}");
    }
    found.extend(tables);
    are_listed("sql", &found);
}

#[test]
fn every_function_of_calc_and_excel_is_listed() {
    let calc = read("bindings/c/calc/functions.py");
    let functions = calc.split_once("FUNCTIONS = {\n").unwrap().1;
    let names = functions.lines().filter_map(|line| line.strip_prefix("    \"")?.strip_suffix("\": ("));
    are_listed("calc", &names.map(str::to_owned).collect());
    let excel = read("bindings/c/excel/Relocost.bas");
    let names = excel.lines().filter_map(|line| line.strip_prefix("Public Function ")?.split('(').next());
    are_listed("excel", &names.map(str::to_owned).collect());
}

/// A notebook's outputs are of many kinds, so that the notebook as a whole says what they are: in its first cell, for
/// readers, and in its metadata, for programs.
#[test]
fn every_notebook_is_listed_and_says_that_it_is_internal() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("bindings/python/notebooks");
    let mut found = BTreeSet::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let Some(name) = path.to_str().unwrap().strip_suffix(".ipynb") else { continue };
        found.insert(name.rsplit('/').next().unwrap().to_owned());
        let notebook: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
        assert_eq!(notebook["metadata"]["internal"], true, "{}", path.display());
        let first: String =
            notebook["cells"][0]["source"].as_array().unwrap().iter().filter_map(|line| line.as_str()).collect();
        assert!(first.contains("Internal: "), "{}:\n{first}", path.display());
    }
    are_listed("notebook", &found);
}
