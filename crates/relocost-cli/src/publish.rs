//! The command `publish`: tables of many cases that may leave the building.

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use relocost::caseload::{CaseTable, CaseloadOptions};
use relocost::microdata::Microdata;
use relocost::{Code, Error, Message, Watch, limits, message};
use relocost_disclosure::{Earlier, Publication, PublishOptions};
use relocost_files::Loaded;
use relocost_tables::csv;

use crate::args::{Format, Input, Output, Sides};
use crate::failure::{Failure, neither, unknown_side};
use crate::input::{in_variant, load_any, open_table};
use crate::output::{print, style, to_json};

/// What is asked of cases.
pub(crate) struct Asked<'a> {
    pub(crate) households: Option<&'a Path>,
    pub(crate) options: PublishOptions,
    pub(crate) beside: &'a [PathBuf],
    pub(crate) threads: Option<NonZeroUsize>,
    /// The file to write, and whether one that is there may be replaced.
    pub(crate) write: Option<(&'a Path, bool)>,
}

pub(crate) fn publish(input: &Input, asked: &Asked<'_>, sides: Sides, output: &Output) -> Result<u8, Failure> {
    let earlier: Vec<Earlier> = asked.beside.iter().map(|file| read(file)).collect::<Result<_, Error>>()?;
    let microdata = microdata(input, asked, sides, output)?;
    let publication = relocost_disclosure::publish(&microdata, &asked.options, &earlier);
    let publication = publication.map_err(|error| match error.code() {
        Code::Disclosure => Failure::Input(error),
        _ => Failure::Call(Message::from(&error)),
    })?;
    let text = text(&publication, output)?;
    let Some((file, force)) = asked.write else { return print(&text) };
    relocost_files::write(file, text.as_bytes(), force)
        .map_err(|error| Failure::of_writing(message!("the publication", "la publication"), error))?;
    Ok(0)
}

fn read(file: &Path) -> Result<Earlier, Error> {
    let (name, text) = relocost_files::read_text(file, limits::FILE_BYTES)?;
    Earlier::parse(&text, &name)
}

fn microdata(input: &Input, asked: &Asked<'_>, sides: Sides, output: &Output) -> Result<Microdata, Failure> {
    let call = |message: Message| Err(Failure::Call(message));
    match (load_any(&input.file, &input.reach)?, asked.households) {
        (Loaded::Programme(_), Some(_)) => call(message!(
            "a programme names its households itself; expected no table of them",
            "un programme nomme lui-même ses ménages ; aucun tableau n'est attendu"
        )),
        (Loaded::Programme(_), None) if input.variant.is_some() || sides.chosen() => call(message!(
            "--variant, --base, --alternative: a programme has none",
            "--variant, --base, --alternative : un programme n'en a pas"
        )),
        (Loaded::Programme(_), None) if output.basis != crate::args::BasisArg::Nominal => call(message!(
            "--basis: a programme is published in prices of each year",
            "--basis : un programme est publié aux prix de chaque année"
        )),
        (Loaded::Programme(programme), None) => Ok(programme.microdata()?),
        (Loaded::Scenario(_), None) => {
            let message = message!(
                "a scenario is one household, which is never published; expected a table of households too, or a programme",
                "un scénario est un seul ménage, qui n'est jamais publié ; un tableau de ménages est aussi attendu, ou un programme"
            );
            Err(Failure::Input(Error::single(Code::Disclosure, "", message)))
        }
        (Loaded::Scenario(scenario), Some(households)) => {
            let (name, table) = open_table(households, &input.file)?;
            let scenario = in_variant(input, scenario)?;
            let chosen = sides.chosen();
            let options =
                CaseloadOptions::default().pair(sides.pair()).basis(output.basis.into()).threads(asked.threads);
            let microdata = CaseTable::new(table, &name).and_then(|table| scenario.microdata(table, &options));
            microdata.map_err(|error| unknown_side(error, chosen))
        }
        _ => Err(neither()),
    }
}

fn text(publication: &Publication, output: &Output) -> Result<String, Failure> {
    Ok(match output.format {
        Format::Json => to_json(publication),
        Format::Csv => csv::result(publication, output.lang.into(), &Watch::default())?,
        Format::Text | Format::Html | Format::Markdown => relocost_report::publication(publication, style(output)),
    })
}
