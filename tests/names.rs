//! One thing has one name on every face: `tests/names.txt` lists what Rust, Python, C and the command or JSON call it.
//!
//! Every name of the list exists where it is listed, and is that of its row or has a reason why not. What is public and
//! stands neither in a row nor among what one face has alone fails the test.

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use support::results::{family, results};

fn path(within: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(within)
}

fn read(within: &str) -> String {
    fs::read_to_string(path(within)).unwrap()
}

fn files(folder: &Path, ending: &str, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, ending, found);
        } else if path.extension().is_some_and(|it| it == ending) {
            found.push(path);
        }
    }
}

/// A row: its name, what each of the four faces calls it, and the reason where they differ.
struct Row {
    name: String,
    faces: [Vec<String>; 4],
    reason: Option<String>,
}

const FACES: [&str; 4] = ["rust", "python", "c", "command"];

/// The rows, and what a face has alone.
fn list() -> (Vec<Row>, BTreeSet<(String, String)>) {
    let (mut rows, mut alone) = (Vec::new(), BTreeSet::new());
    for line in read("tests/names.txt").lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let (head, rest) = line.split_once(": ").unwrap_or_else(|| panic!("not a row: {line}"));
        if let Some(only) = head.strip_prefix("only ") {
            let (face, name) = only.split_once(' ').unwrap();
            assert!(FACES.contains(&face) && !rest.is_empty(), "{line}");
            assert!(alone.insert((face.to_owned(), name.to_owned())), "twice: {line}");
            continue;
        }
        let (cells, reason) = rest.split_once(" # ").map_or((rest, None), |(cells, why)| (cells, Some(why.to_owned())));
        let cells: Vec<Vec<String>> = cells.split("; ").map(one_face).collect();
        let faces = cells.try_into().unwrap_or_else(|_| panic!("four faces: {line}"));
        rows.push(Row { name: head.to_owned(), faces, reason });
    }
    (rows, alone)
}

/// The names of a cell; those of a command or of JSON are two words.
fn one_face(cell: &str) -> Vec<String> {
    match cell {
        "-" => Vec::new(),
        _ if cell.starts_with("command ") || cell.starts_with("json ") => vec![cell.to_owned()],
        _ => cell.split(' ').map(str::to_owned).collect(),
    }
}

/// The name after what it belongs to.
fn bare(name: &str) -> String {
    let name = name.rsplit(['.', ' ']).next().unwrap().rsplit("::").next().unwrap();
    let owners = ["FIGURE_", "TABLE_", "scenario_", "programme_", "simulation_", "result_", "part_", ""];
    let rest = name.strip_prefix("RELOCOST_").or_else(|| name.strip_prefix("relocost_"));
    let rest = rest.map_or(name, |rest| owners.iter().find_map(|owner| rest.strip_prefix(owner)).unwrap());
    rest.to_lowercase()
}

/// The name of a short form, of a form with options, or of another source of the same.
fn is_form_of(name: &str, form: &str) -> bool {
    let rest = form.strip_prefix(name);
    rest.is_some_and(|rest| ["", "_with", "_on", "_of", "_text", "_file"].contains(&rest))
}

#[test]
fn every_row_has_one_name_or_a_reason() {
    let (rows, _) = list();
    assert!(rows.len() > 100);
    for row in &rows {
        // Where two functions of C begin alike, the longer name is not that of an owner.
        let fits = |name: &String| is_form_of(&row.name, &bare(name)) || name == &format!("relocost_{}", row.name);
        let differs = row.faces.iter().flatten().find(|name| !fits(name));
        match (&row.reason, differs) {
            (None, Some(name)) => panic!("{}: {name} is another name; expected the same, or a reason", row.name),
            (Some(reason), None) => panic!("{}: needs no reason: {reason}", row.name),
            _ => {}
        }
    }
}

/// The methods, functions and public fields of the core, by the type to which they belong: `Type::name`.
fn rust() -> BTreeSet<String> {
    let (mut sources, mut found) = (Vec::new(), BTreeSet::new());
    files(&path("crates/relocost/src"), "rs", &mut sources);
    for source in sources {
        let text = fs::read_to_string(source).unwrap();
        let mut owner: Option<String> = None;
        for line in text.lines() {
            let word = |rest: &str| -> String {
                rest.chars().take_while(|it| it.is_alphanumeric() || *it == '_').collect::<String>()
            };
            if let Some(rest) = line.strip_prefix("impl").filter(|_| line.ends_with('{')) {
                // `impl<T> Type<T> {`, and no `impl Trait for Type {`.
                let rest = if rest.starts_with('<') {
                    rest.split_once("> ").map_or("", |(_, rest)| rest)
                } else {
                    rest.trim_start()
                };
                owner = (!line.contains(" for ")).then(|| word(rest));
            } else if let Some(rest) = line.strip_prefix("pub struct ") {
                owner = Some(word(rest));
            } else if line == "}" {
                owner = None;
            } else if let Some((about, rest)) = ["about_methods!(", "pair_methods!("]
                .iter()
                .find_map(|head| line.strip_prefix(head).map(|rest| (*head, rest)))
            {
                let methods: &[&str] = if about.starts_with("about") {
                    &["about", "currency", "start", "horizon_months", "basis"]
                } else {
                    &["pair", "base", "alternative"]
                };
                found.extend(methods.iter().map(|method| format!("{}::{method}", word(rest))));
            }
            let Some(owner) = &owner else { continue };
            if let Some(rest) = line.strip_prefix("    pub ") {
                let rest = rest.strip_prefix("const ").unwrap_or(rest);
                if let Some(rest) = rest.strip_prefix("fn ") {
                    found.insert(format!("{owner}::{}", word(rest)));
                } else if rest.starts_with(|it: char| it.is_lowercase()) {
                    found.insert(format!("{owner}::{}", word(rest)));
                }
            }
        }
    }
    found
}

/// The methods of the package's classes with those of the classes that they extend, and its functions.
fn python() -> BTreeSet<String> {
    let mut sources = Vec::new();
    files(&path("bindings/python/python/relocost"), "py", &mut sources);
    let (mut classes, mut found) = (BTreeMap::<String, (Vec<String>, Vec<String>)>::new(), BTreeSet::new());
    for source in sources {
        let mut class = None;
        for line in fs::read_to_string(source).unwrap().lines() {
            if let Some(rest) = line.strip_prefix("class ") {
                let (name, bases) =
                    rest.trim_end_matches(':').split_once('(').unwrap_or((rest.trim_end_matches(':'), ""));
                let bases =
                    bases.trim_end_matches(')').split(", ").map(|base| base.split('[').next().unwrap().to_owned());
                classes.insert(name.to_owned(), (bases.collect(), Vec::new()));
                class = Some(name.to_owned());
            } else if let Some(rest) = line.strip_prefix("def ") {
                class = None;
                found.insert(rest.split('(').next().unwrap().to_owned());
            } else if let (Some(class), Some(rest)) = (&class, line.strip_prefix("    def ")) {
                let name = rest.split('(').next().unwrap().to_owned();
                if !name.starts_with('_') {
                    classes.get_mut(class).unwrap().1.push(name);
                }
            } else if !line.is_empty() && !line.starts_with([' ', '@', ')', '#']) {
                class = None;
            }
        }
    }
    for class in classes.keys() {
        let mut owners = vec![class];
        while let Some(owner) = owners.pop() {
            let Some((bases, methods)) = classes.get(owner) else { continue };
            found.extend(methods.iter().map(|method| format!("{class}.{method}")));
            owners.extend(bases);
        }
    }
    found
}

/// The functions of the header, and the numbers of figures and tables.
fn c() -> BTreeSet<String> {
    let header = read("bindings/c/include/relocost_plain.h");
    let functions = header.split(';').filter_map(|declaration| {
        let (before, _) = declaration.split_once('(')?;
        let name = before.rsplit([' ', '*', '\n']).next().filter(|name| name.starts_with("relocost_"))?;
        (!before.contains("typedef")).then(|| name.to_owned())
    });
    let numbers = header.lines().filter_map(|line| {
        let (name, _) = line.trim().split_once(" = ")?;
        ["RELOCOST_FIGURE_", "RELOCOST_TABLE_"].iter().any(|head| name.starts_with(head)).then(|| name.to_owned())
    });
    functions.chain(numbers).collect()
}

/// The questions of the command, as its parser names them.
fn command() -> BTreeSet<String> {
    let (mut families, mut found) = (Vec::new(), BTreeSet::new());
    files(&path("crates/relocost-cli/src/args"), "rs", &mut families);
    for family in families {
        let source = fs::read_to_string(family).unwrap();
        let Some((_, commands)) = source.split_once("Command {\n") else { continue };
        let (commands, _) = commands.split_once("\n}").unwrap();
        let variants = commands.lines().filter_map(|line| line.strip_prefix("    "));
        let variants = variants.filter(|line| line.starts_with(char::is_uppercase));
        found.extend(variants.map(|line| format!("command {}", line.trim_end_matches([' ', '{', ',']).to_lowercase())));
    }
    found
}

/// The JSON of every result.
fn json() -> BTreeMap<String, Value> {
    let mut found = BTreeMap::new();
    results(&family(), |name, result| {
        found.insert(name.to_owned(), serde_json::from_str(&result.to_json().unwrap()).unwrap());
    });
    found
}

#[test]
fn every_name_is_there() {
    let (rows, _) = list();
    let faces = [rust(), python(), c(), command()];
    let json = json();
    for row in &rows {
        for (face, names) in faces.iter().zip(&row.faces) {
            for name in names {
                if let Some(place) = name.strip_prefix("json ") {
                    let (result, key) = place.split_once('.').unwrap();
                    let pointer = format!("/{}", key.replace('.', "/"));
                    assert!(json[result].pointer(&pointer).is_some(), "{}: no key {place}", row.name);
                } else {
                    assert!(face.contains(name), "{}: there is no {name}", row.name);
                }
            }
        }
    }
}

/// True if a pattern with at most one `*` at each end or between names this.
fn is_named_by(pattern: &str, name: &str) -> bool {
    let mut rest = name;
    for (place, part) in pattern.split('*').enumerate() {
        match rest.find(part) {
            Some(at) if place > 0 || at == 0 => rest = &rest[at + part.len()..],
            _ => return false,
        }
    }
    rest.is_empty() || pattern.ends_with('*')
}

#[test]
fn whatever_is_public_has_a_row_or_a_reason_to_be_alone() {
    let (rows, alone) = list();
    let listed = |face: usize| -> BTreeSet<&String> { rows.iter().flat_map(|row| &row.faces[face]).collect() };
    // The names that a row gives for one type are the same for every other.
    let said =
        |face: usize| -> BTreeSet<String> { rows.iter().flat_map(|row| &row.faces[face]).map(|it| bare(it)).collect() };
    let [rust, python, c, command] = [rust(), python(), c(), command()];
    // Questions and answers; the parts of a file, and the builders, have the names of its keys.
    let owners: BTreeSet<String> = rows
        .iter()
        .flat_map(|row| &row.faces[0])
        .filter_map(|name| Some(name.split_once("::")?.0.to_owned()))
        .collect();
    let rust = rust.into_iter().filter(|name| owners.contains(name.split_once("::").unwrap().0));
    let rows_of_python = rows.iter().flat_map(|row| &row.faces[1]);
    let classes: BTreeSet<&str> = rows_of_python
        .chain(alone.iter().filter(|(face, _)| face == "python").map(|(_, name)| name))
        .filter_map(|name| Some(name.split_once('.')?.0))
        .collect();
    let python =
        python.into_iter().filter(|name| name.split_once('.').is_some_and(|(class, _)| classes.contains(class)));
    let c = c.into_iter().filter(|name| name.starts_with("relocost_"));
    let mut used = BTreeSet::new();
    let mut missing = Vec::new();
    let all: [(usize, Vec<String>); 4] =
        [(0, rust.collect()), (1, python.collect()), (2, c.collect()), (3, command.into_iter().collect())];
    for (face, names) in all {
        let (listed, said) = (listed(face), if face < 2 { said(face) } else { BTreeSet::new() });
        for name in names {
            let patterns = alone.iter().filter(|(of, pattern)| of == FACES[face] && is_named_by(pattern, &name));
            let patterns: Vec<_> = patterns.collect();
            if patterns.is_empty() && !listed.contains(&name) && !said.contains(&bare(&name)) {
                missing.push(format!("{} {name}", FACES[face]));
            }
            used.extend(patterns);
        }
    }
    assert!(missing.is_empty(), "neither in a row of tests/names.txt nor alone for a reason:\n{}", missing.join("\n"));
    let unused: Vec<_> = alone.iter().filter(|it| !used.contains(it)).collect();
    assert!(unused.is_empty(), "alone, and not there: {unused:?}");
}
