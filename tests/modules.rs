//! Modules import from the module that owns a name, and only from earlier modules in the order that the design states:
//! in the core, in both bindings, and in the Python package.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn path(within: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(within)
}

/// The order that the design states, between the sentence that announces it and the end of its block.
fn stated(sentence: &str) -> Vec<String> {
    let design = fs::read_to_string(path("DESIGN.md")).unwrap();
    let (_, after) = design.split_once(sentence).unwrap_or_else(|| panic!("the design does not say: {sentence}"));
    let block = after.split("```").nth(1).unwrap();
    block.split_whitespace().filter(|word| *word != "text").map(str::to_owned).collect()
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

/// The names after `crate::` in a file's code: not in its comments, its tests, or the bodies of exported macros.
fn imported_in_rust(text: &str) -> BTreeSet<String> {
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

/// The modules of the package that a file imports when it runs, at its head or in a function. What only a type checker
/// imports does not count: a result and its scenario name each other in their annotations.
fn imported_in_python(text: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let mut only_checked = false;
    for line in text.lines() {
        let is_indented = line.starts_with(' ') || line.is_empty();
        only_checked = line == "if TYPE_CHECKING:" || (only_checked && is_indented);
        let Some(import) = line.trim_start().strip_prefix("from .").filter(|_| !only_checked) else { continue };
        let Some((module, imported)) = import.split_once(" import ") else { continue };
        match module {
            // `from . import` imports modules by their names, and nothing else.
            "" | "." => names.extend(imported.split(", ").map(|it| it.split(" as ").next().unwrap().to_owned())),
            _ => _ = names.insert(module.trim_start_matches('.').to_owned()),
        }
    }
    names
}

/// Checks that each file of a folder imports only modules that stand before its own in `order`.
fn check(folder: &str, ending: &str, order: &[String], imported: fn(&str) -> BTreeSet<String>) {
    let place = |name: &str| order.iter().position(|module| module == name);
    let root = path(folder);
    let mut all = Vec::new();
    files(&root, ending, &mut all);
    let mut wrong = Vec::new();
    let mut modules = BTreeSet::new();
    for path in all {
        let within = path.strip_prefix(&root).unwrap();
        let first = within.iter().next().unwrap().to_str().unwrap();
        let first = first.strip_suffix(&format!(".{ending}")).unwrap_or(first).to_owned();
        if first == "lib" {
            continue;
        }
        let own = place(&first);
        for name in imported(&fs::read_to_string(&path).unwrap()) {
            // Within a folder of Python, its own files import each other.
            let is_beside = ending == "py" && within.iter().count() > 1 && place(&name).is_none();
            if !is_beside && (place(&name).is_none() || place(&name) > own) {
                wrong.push(format!("{} imports {name}", within.display()));
            }
        }
        modules.insert(first);
    }
    assert!(wrong.is_empty(), "{folder}: {wrong:#?}");
    let missing: Vec<&String> = modules.iter().filter(|module| place(module).is_none()).collect();
    assert!(missing.is_empty(), "the design states no order for these modules of {folder}: {missing:?}");
}

#[test]
fn the_core() {
    let order = stated("The modules of the core, each of which imports only from those before it:");
    let declared = fs::read_to_string(path("crates/relocost/src/lib.rs")).unwrap();
    let declared: BTreeSet<String> = declared
        .lines()
        .filter_map(|line| line.strip_prefix("pub mod ").or(line.strip_prefix("mod "))?.strip_suffix(';'))
        .map(str::to_owned)
        .collect();
    assert_eq!(declared, order.iter().cloned().collect(), "the design states the order of every module");
    // The macro of messages is exported at the root, as macros are, and has its module's name.
    check("crates/relocost/src", "rs", &order, imported_in_rust);
}

#[test]
fn the_c_library() {
    let order = stated("The modules of the C library, each of which imports only from those before it:");
    check("bindings/c/src", "rs", &order, imported_in_rust);
}

#[test]
fn the_compiled_part_of_the_python_package() {
    let order = stated("The modules of the compiled part, each of which imports only from those before it:");
    check("bindings/python/src", "rs", &order, imported_in_rust);
}

#[test]
fn the_python_package() {
    let order = stated("The modules of the package, each of which imports only from those before it when it runs:");
    check("bindings/python/python/relocost", "py", &order, imported_in_python);
}

#[test]
fn the_scans_see_what_they_should() {
    let text = "use crate::a;\n// crate::b\nlet x = crate::C::new($crate::d); pub(crate) use crate::{e, f};\n#[cfg(test)]\nmod tests { use crate::g; }";
    assert_eq!(imported_in_rust(text).into_iter().collect::<Vec<_>>(), ["C", "a", "{e"]);
    let text = "from . import a as b, c\nfrom .d import e\nif TYPE_CHECKING:\n    import x\n\n    from .y import z\n\ndef f():\n    from ..g import h\n";
    assert_eq!(imported_in_python(text).into_iter().collect::<Vec<_>>(), ["a", "c", "d", "g"]);
}
