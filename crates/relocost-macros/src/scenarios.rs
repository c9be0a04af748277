//! A test for each expectation of each scenario in a folder.

use std::path::{Path, PathBuf};

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use syn::{Error, LitStr};

/// The parts of a scenario file that the macro reads.
struct Looked {
    catalogue: Option<String>,
    figures: Vec<String>,
}

pub(crate) fn tests(folder: &LitStr) -> Result<TokenStream, Error> {
    let root = std::env::var_os("CARGO_MANIFEST_DIR").map_or_else(PathBuf::new, PathBuf::from);
    let path = root.join(folder.value());
    if !path.is_dir() {
        return Err(Error::new_spanned(folder, "there is no such folder beside Cargo.toml"));
    }
    let mut tests = Vec::new();
    for file in files(&path) {
        let Ok(text) = std::fs::read_to_string(&file) else { continue };
        if let Some(Looked { catalogue, figures }) = look(&file, &text) {
            tests.extend(of_file(&path, &file, catalogue.as_deref(), &figures));
        }
    }
    if tests.is_empty() {
        return Err(Error::new_spanned(folder, "no scenario in this folder carries an expectation"));
    }
    Ok(quote! { #(#tests)* })
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().filter_map(Result::ok);
    let files = entries.filter(|entry| entry.file_type().is_file()).map(walkdir::DirEntry::into_path);
    files.filter(|path| path.extension().is_some_and(|end| end == "toml" || end == "json")).collect()
}

/// A scenario's catalogue and expectations; `None` for what is no scenario. One that cannot be read has a test that
/// says why.
fn look(file: &Path, text: &str) -> Option<Looked> {
    let json = file.extension().is_some_and(|end| end == "json");
    let value: Option<serde_json::Value> =
        if json { serde_json::from_str(text).ok() } else { toml::from_str(text).ok() };
    let Some(value) = value else { return Some(Looked { catalogue: None, figures: Vec::new() }) };
    value.get("household").or(value.get("horizon_months"))?;
    let expectations = value.get("expect").and_then(|list| list.as_array()).cloned().unwrap_or_default();
    let figure =
        |each: &serde_json::Value| each.get("figure").and_then(|figure| figure.as_str()).unwrap_or("").to_owned();
    let catalogue = value.get("catalogue").and_then(|name| name.as_str()).filter(|name| *name != "reference");
    Some(Looked { catalogue: catalogue.map(str::to_owned), figures: expectations.iter().map(figure).collect() })
}

fn of_file(folder: &Path, file: &Path, catalogue: Option<&str>, figures: &[String]) -> Vec<TokenStream> {
    let stem = file.strip_prefix(folder).unwrap_or(file).with_extension("");
    let stem = word(&stem.to_string_lossy());
    let (path, name) = (file.to_string_lossy().into_owned(), file_name(file));
    let embedded = match catalogue {
        None => quote! { ::core::option::Option::None },
        Some(name) => {
            let path = file.parent().unwrap_or(folder).join(name).to_string_lossy().into_owned();
            quote! { ::core::option::Option::Some(include_str!(#path)) }
        }
    };
    let test = |ident: String, call: TokenStream| {
        let ident = Ident::new(&ident, Span::call_site());
        quote! {
            #[test]
            fn #ident() {
                let file = ::relocost::testing::ScenarioFile { name: #name, text: include_str!(#path), catalogue: #embedded };
                #call
            }
        }
    };
    let load = test(format!("{stem}_loads"), quote! { file.load(); });
    let each = figures
        .iter()
        .enumerate()
        .map(|(index, figure)| test(format!("{stem}_{}_{}", index + 1, word(figure)), quote! { file.check(#index); }));
    std::iter::once(load).chain(each).collect()
}

fn file_name(file: &Path) -> String {
    file.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned())
}

/// A text as a part of a Rust name.
fn word(text: &str) -> String {
    let mut word: String =
        text.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '_' }).collect();
    if word.starts_with(|first: char| first.is_ascii_digit()) {
        word.insert(0, '_');
    }
    word
}
