//! Each command but `test`: load, ask the library, print.

use std::io::{self, IsTerminal, Read};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::CommandFactory;
use relocost::{
    Code, CompareOptions, Error, FileKind, Lang, Message, Pair, Scenario, Selection, SimulateOptions, SobolOptions,
    counted, message,
};
use relocost_files::LoadOptions;
use relocost_report::{Form, Style};
use relocost_tables::Traced;
use serde_json::json;

use crate::args::{CheckFormat, Cli, Command, Format, Input, LangArg, Output, Reach, Sides};
use crate::failure::{Failure, Kind, report_error, say, say_text};
use crate::output::{print, show, to_json};
use crate::progress::follow;
use crate::{questions, uncertainty};

/// The commented scenario that `init` writes.
const INIT: &str = include_str!("init.toml");
/// The table of households that `init --caseload` writes.
const INIT_CASELOAD: &str = include_str!("init.csv");

/// Does what was asked.
pub(crate) fn run(command: Command) -> Result<u8, Failure> {
    match command {
        Command::Compare { input, variants, sides, output } => compare(&input, variants, sides, &output),
        Command::Diff { old, new, scenario, reach, output } => {
            questions::diff(&old, &new, scenario.as_deref(), &options(&reach), &output)
        }
        Command::Delay { input, months, sides, output } => questions::delay(&input, months, sides, &output),
        Command::Calibrate { input, target, lines, write, force, sides, output } => {
            questions::calibrate(&input, target, lines, write.as_deref().map(|file| (file, force)), sides, &output)
        }
        Command::Caseload { input, households, threads, sides, output } => {
            questions::caseload(&input, &households, threads, sides, &output)
        }
        Command::Simulate { input, draws, seed, sampling, precision, threads, sides, output } => {
            let sampling = sampling.into();
            let options = SimulateOptions { draws, seed, sampling, precision, threads, ..SimulateOptions::default() };
            uncertainty::simulate(&input, &options, sides, &output)
        }
        Command::Tornado { input, sides, output } => uncertainty::tornado(&input, sides, &output),
        Command::Sobol { input, draws, seed, resamples, threads, sides, output } => {
            let options = SobolOptions { draws, seed, resamples, threads, ..SobolOptions::default() };
            uncertainty::sobol(&input, &options, sides, &output)
        }
        Command::Estimate { known, months, of, currency, band, format, lang } => {
            questions::estimate(&known, months, of, currency, band, format, lang)
        }
        Command::Ledger { input, pathway, output } => ledger(&input, &pathway, &output),
        Command::Explain { input, pathway, category, line, fiscal_year, month, fund, entry, output } => {
            let selection = Selection { category, line, fiscal_year, month, fund };
            explain(&input, &pathway, &selection, entry, &output)
        }
        Command::Check { files, catalogue, reach, format, lang } => {
            check(&files, catalogue, &reach, format, lang.into())
        }
        Command::Test { paths, junit, reach, format, lang } => {
            crate::test::test(&paths, junit.as_deref(), &options(&reach), format, lang.into())
        }
        Command::Schema { catalogue } => {
            print(&to_json(&relocost::json_schema(if catalogue { FileKind::Catalogue } else { FileKind::Scenario })))
        }
        Command::Init { file, caseload, force } => {
            init(file.as_deref(), if caseload { INIT_CASELOAD } else { INIT }, force)
        }
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Cli::command(), "relocost", &mut script);
            print(&String::from_utf8_lossy(&script))
        }
        Command::Man { command } => man(command.as_deref()),
    }
}

fn compare(input: &Input, variants: bool, sides: Sides, output: &Output) -> Result<u8, Failure> {
    let scenario = load(input)?;
    let chosen = sides.chosen();
    let pair = sides.pair();
    let options = CompareOptions { pair, basis: output.basis.into() };
    let (watched, bar) = follow(&scenario);
    if variants {
        if scenario.variants().is_empty() {
            return Err(Failure::Call(message!(
                "the scenario has no variants; write some under [variants.NAME]",
                "le scénario n'a pas de variantes ; en écrire sous [variants.NOM]"
            )));
        }
        let table = watched.compare_variants(&options).map_err(|error| unknown_side(error, chosen))?;
        drop(bar);
        return show(output.format, output.lang, &table, |it| relocost_report::variants(it, style(output)));
    }
    let comparison = watched.compare_with(&options).map_err(|error| unknown_side(error, chosen))?;
    drop(bar);
    let printed =
        show(output.format, output.lang, &comparison, |it| relocost_report::comparison(it, &scenario, style(output)))?;
    say_failed_expectations(&scenario, output.lang.into());
    Ok(printed)
}

/// Whoever reads figures should hear that the scenario's own tests of them fail.
fn say_failed_expectations(scenario: &Scenario, lang: Lang) {
    let (watched, bar) = follow(scenario);
    let outcomes = watched.run_expectations();
    drop(bar);
    if let Ok(outcomes) = outcomes {
        for outcome in outcomes.iter().filter(|outcome| !outcome.passed) {
            let message = message!(
                "an expectation of the scenario fails ({internal}): {outcome}",
                "une attente du scénario échoue ({internal}) : {outcome}",
                internal = relocost_report::internal(),
                outcome = outcome.message(),
            );
            say(Kind::Warning, lang, &message);
        }
    }
}

fn ledger(input: &Input, pathway: &str, output: &Output) -> Result<u8, Failure> {
    let scenario = load(input)?;
    let (watched, bar) = follow(&scenario);
    let ledger = watched.ledger_on(pathway, output.basis.into()).map_err(unknown_is_call)?;
    drop(bar);
    show(output.format, output.lang, &Arc::new(ledger), |it| relocost_report::ledger(it, style(output)))
}

fn explain(
    input: &Input,
    pathway: &str,
    selection: &Selection,
    entry: Option<NonZeroUsize>,
    output: &Output,
) -> Result<u8, Failure> {
    let scenario = load(input)?;
    let (watched, bar) = follow(&scenario);
    let ledger = Arc::new(watched.ledger_on(pathway, output.basis.into()).map_err(unknown_is_call)?);
    let traced = Traced { ledger: Arc::clone(&ledger), selection: selection.clone() };
    let explanation = ledger.explain(selection).map_err(unknown_is_call)?;
    drop(bar);
    let count = explanation.entries().len();
    if entry.is_some_and(|entry| entry.get() > count) {
        return Err(Failure::Call(message!(
            "--entry names one of the entries, and the figure has {count}",
            "--entry désigne l'une des écritures, et le chiffre en a {count}"
        )));
    }
    let entry = entry.map_or(1, NonZeroUsize::get);
    show(output.format, output.lang, &traced, |_| relocost_report::explanation(&explanation, entry, style(output)))
}

/// A pathway named on the command line that the scenario lacks makes the call wrong; a scenario that lacks the usual
/// two is an input that does not fit the question.
pub(crate) fn unknown_side(error: Error, chosen: bool) -> Failure {
    match error.code() {
        Code::UnknownPathway if chosen => Failure::Call(Message::from(&error)),
        Code::UnknownPathway => {
            let found = error.findings().first().map(|finding| finding.message.clone()).unwrap_or_default();
            let message = message!(
                "{found} (choose others with --base and --alternative)",
                "{found} (en choisir d'autres avec --base et --alternative)",
                found,
            );
            Failure::Input(Error::single(Code::UnknownPathway, "pathways", message))
        }
        _ => Failure::Input(error),
    }
}

/// A name or a time on the command line that the scenario does not have makes the call wrong, not the scenario.
fn unknown_is_call(error: Error) -> Failure {
    match error.code() {
        Code::UnknownPathway | Code::UnknownName | Code::OutOfRange => Failure::Call(Message::from(&error)),
        _ => Failure::Input(error),
    }
}

fn check(files: &[PathBuf], catalogue: bool, reach: &Reach, format: CheckFormat, lang: Lang) -> Result<u8, Failure> {
    let mut fine = true;
    let mut reports = Vec::new();
    for file in files {
        let name = relocost_files::display_name(file);
        let checked = if catalogue {
            relocost_files::load_catalogue(file).map(|_| Vec::new())
        } else {
            load_file(file, reach).and_then(|scenario| {
                // Whether every rate is given that a charge needs shows only when all pathways are evaluated.
                // The usual pair's attribution charges what neither pathway does.
                let usual = CompareOptions::default();
                let has = |name: &str| scenario.pathway_names().any(|known| known.as_str() == name);
                let any = scenario.pathway_names().next().map_or(String::new(), ToString::to_string);
                let options = if has(&usual.pair.base) && has(&usual.pair.alternative) {
                    usual
                } else {
                    CompareOptions { pair: Pair::new(any.clone(), any), ..usual }
                };
                let (watched, _bar) = follow(&scenario);
                watched.compare_with(&options)?;
                Ok(scenario.warnings())
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

fn init(file: Option<&Path>, content: &str, force: bool) -> Result<u8, Failure> {
    let Some(file) = file else { return print(content) };
    if file.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("json")) {
        return Err(Failure::Call(message!(
            "what `init` writes is no JSON; name a file that ends in .toml (or .csv)",
            "ce que `init` écrit n'est pas du JSON ; nommer un fichier qui se termine par .toml (ou .csv)"
        )));
    }
    relocost_files::write(file, content.as_bytes(), force).map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => Failure::Call(there_already()),
        _ => Failure::Write(message!("the file", "le fichier"), error),
    })?;
    print(&format!("{} is written\n", relocost_files::display_name(file)))
}

/// What is said of a file that is there already.
pub(crate) fn there_already() -> Message {
    message!("there is such a file already; --force replaces it", "il y a déjà un tel fichier ; --force le remplace")
}

fn man(command: Option<&str>) -> Result<u8, Failure> {
    let mut whole = Cli::command();
    whole.build();
    let page = match command {
        None => whole,
        Some(name) => {
            let found = whole.find_subcommand(name).cloned();
            found.ok_or_else(|| {
                Failure::Call(message!(
                    "there is no such command; see relocost --help",
                    "il n'y a pas de telle commande ; voir relocost --help"
                ))
            })?
        }
    };
    let mut text = Vec::new();
    clap_mangen::Man::new(page)
        .render(&mut text)
        .map_err(|error| Failure::Write(message!("the man page", "la page de manuel"), error))?;
    print(&String::from_utf8_lossy(&text))
}

pub(crate) fn options(reach: &Reach) -> LoadOptions {
    LoadOptions {
        catalogue_folders: reach.catalogues.clone(),
        show_values: reach.show_values,
        folders_option: Some("--catalogues"),
    }
}

/// Loads a scenario. What is odd in it tells of the household, so that `check` alone says it.
pub(crate) fn load(input: &Input) -> Result<Scenario, Failure> {
    Ok(load_file(&input.file, &input.reach)?)
}

/// What errors call standard input.
pub(crate) const STDIN: &str = "standard input";

/// Whether a file is named that stands for standard input.
pub(crate) fn is_stdin(file: &Path) -> bool {
    file.as_os_str() == "-"
}

fn load_file(file: &Path, reach: &Reach) -> Result<Scenario, Error> {
    if is_stdin(file) {
        let failed = |error: io::Error| Error::of_file(Code::Unreadable, STDIN, relocost_files::unreadable(&error));
        let bytes = relocost_files::bounded(io::stdin().lock().by_ref()).map_err(failed)?;
        return relocost_files::load_text(bytes, STDIN, &options(reach));
    }
    relocost_files::load(file, &options(reach))
}

pub(crate) fn style(output: &Output) -> Style {
    style_of(output.format, output.lang)
}

/// How a report is written: bold headings are for a terminal alone.
pub(crate) fn style_of(format: Format, lang: LangArg) -> Style {
    let bold = || io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    let form = match format {
        Format::Html => Form::Html,
        Format::Markdown => Form::Markdown,
        _ if bold() => Form::Bold,
        _ => Form::Plain,
    };
    Style { lang: lang.into(), form }
}
