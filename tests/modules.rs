//! The core's modules import from the modules that own things, and only from earlier ones.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("crates/relocost/src")
}

/// The order that the design states, between the sentence that announces it and the end of its block.
fn stated() -> Vec<String> {
    let design = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("DESIGN.md")).unwrap();
    let (_, after) =
        design.split_once("The modules of the core, each of which imports only from those before it:").unwrap();
    let block = after.split("```").nth(1).unwrap();
    block.split_whitespace().filter(|word| *word != "text").map(str::to_owned).collect()
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
}

/// The names after `crate::` in a file's code: not in its comments, its tests, or the bodies of exported macros.
fn imported(text: &str) -> BTreeSet<String> {
    let code = text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
    let code: String =
        code.lines().filter(|line| !line.trim_start().starts_with("//")).flat_map(|line| [line, "\n"]).collect();
    let mut names = BTreeSet::new();
    for (place, _) in code.match_indices("crate::") {
        let is_own = code[..place].chars().next_back().is_none_or(|before| before != '$' && !before.is_alphanumeric());
        let name: String =
            code[place + 7..].chars().take_while(|it| it.is_alphanumeric() || *it == '_' || *it == '{').collect();
        if is_own {
            names.insert(name);
        }
    }
    names
}

#[test]
fn every_module_imports_only_earlier_ones_and_from_the_module_that_owns() {
    let order = stated();
    let place = |name: &str| order.iter().position(|module| module == name);
    let declared = fs::read_to_string(root().join("lib.rs")).unwrap();
    let declared: BTreeSet<String> = declared
        .lines()
        .filter_map(|line| line.strip_prefix("pub mod ").or(line.strip_prefix("mod "))?.strip_suffix(';'))
        .map(str::to_owned)
        .collect();
    assert_eq!(declared, order.iter().cloned().collect(), "the design states the order of every module");
    let mut all = Vec::new();
    files(&root(), &mut all);
    assert!(all.len() > 50);
    let mut wrong = Vec::new();
    for path in all {
        let within = path.strip_prefix(root()).unwrap();
        let first = within.iter().next().unwrap().to_str().unwrap().trim_end_matches(".rs").to_owned();
        if first == "lib" {
            continue;
        }
        let own = place(&first);
        for name in imported(&fs::read_to_string(&path).unwrap()) {
            // The macro of messages is exported at the root, as macros are, and bears its module's name.
            if place(&name).is_none() || place(&name) > own {
                wrong.push(format!("{} imports crate::{name}", within.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_scan_sees_what_it_should() {
    let text = "use crate::a;\n// crate::b\nlet x = crate::C::new($crate::d); pub(crate) use crate::{e, f};\n#[cfg(test)]\nmod tests { use crate::g; }";
    assert_eq!(imported(text).into_iter().collect::<Vec<_>>(), ["C", "a", "{e"]);
}
