//! The command `check`: every error of files, and every warning.

use std::path::PathBuf;

use relocost::message::counted;
use relocost::{Lang, ProgrammeOptions, message};
use relocost_files::Loaded;
use serde_json::json;

use crate::args::Reach;
use crate::args::files::CheckFormat;
use crate::failure::{Failure, Kind, report_error, say_text};
use crate::input::load_any;
use crate::output::{print, to_json};
use crate::progress::follow;

/// Checks files and prints how many errors and warnings each has; status 1 if any has errors.
pub(crate) fn check(
    files: &[PathBuf],
    catalogue: bool,
    reach: &Reach,
    format: CheckFormat,
    lang: Lang,
) -> Result<u8, Failure> {
    let mut fine = true;
    let mut reports = Vec::new();
    for file in files {
        let name = relocost_files::display_name(file);
        let checked = if catalogue {
            relocost_files::load_catalogue(file).map(|_| Vec::new())
        } else {
            load_any(file, reach).and_then(|loaded| {
                let bar = follow();
                match loaded {
                    Loaded::Programme(programme) => {
                        let options = ProgrammeOptions::default().values(false);
                        programme.watched(bar.watch()).run_with(&options).map(|run| run.programme.warnings)
                    }
                    Loaded::Scenario(scenario) => scenario.watched(bar.watch()).check(),
                    _ => Ok(Vec::new()),
                }
            })
        };
        fine &= checked.is_ok();
        match format {
            CheckFormat::Json => {
                let (errors, warnings) = match &checked {
                    Ok(warnings) => (json!([]), json!(warnings)),
                    Err(error) => (json!(error.findings()), json!([])),
                };
                reports.push(json!({ "file": name, "errors": errors, "warnings": warnings }));
            }
            CheckFormat::Text => match &checked {
                Ok(warnings) => {
                    for warning in warnings {
                        say_text(Kind::Warning, lang, warning.text(lang));
                    }
                    let line = message!(
                        "{name}: no errors, {warnings}\n",
                        "{name} : aucune erreur, {warnings}\n",
                        warnings =
                            counted(warnings.len(), ["warning", "warnings"], ["avertissement", "avertissements"]),
                    );
                    print(line.text(lang))?;
                }
                Err(error) => {
                    report_error(error, lang);
                    let count = error.findings().len() + error.more();
                    let errors = counted(count, ["error", "errors"], ["erreur", "erreurs"]);
                    print(message!("{name}: {errors}\n", "{name} : {errors}\n", errors).text(lang))?;
                }
            },
        }
    }
    if format == CheckFormat::Json {
        print(&to_json(&reports))?;
    }
    Ok(u8::from(!fine))
}
