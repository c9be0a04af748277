//! The command `journal`: double entry for the programs that people keep accounts with.

use std::path::{Path, PathBuf};

use relocost::caseload::CaseTable;
use relocost::message;
use relocost::payments::PaymentOptions;
use relocost::postings::Postings;
use relocost_files::Loaded;
use relocost_publish::journal::{self, JournalFormat};

use crate::args::{Input, LangArg};
use crate::failure::{Failure, neither, unknown_is_call};
use crate::input::{in_variant, load_any, open_table, variant_of_programme};
use crate::output::print;
use crate::payments;
use crate::progress::follow;

/// What is booked.
pub(crate) struct Asked {
    pub(crate) input: Input,
    /// The table of households, of a caseload.
    pub(crate) households: Option<PathBuf>,
    /// The table of payments, of what was paid.
    pub(crate) payments: Option<PathBuf>,
    /// The pathway; and of payments the months and the window.
    pub(crate) options: PaymentOptions,
}

pub(crate) fn journal(
    asked: &Asked,
    program: JournalFormat,
    write: Option<(&Path, bool)>,
    lang: LangArg,
) -> Result<u8, Failure> {
    let text = journal::journal(&asked.postings()?, program, lang.into())?;
    let Some((file, force)) = write else { return print(&text) };
    relocost_files::write_private(file, text.as_bytes(), force)
        .map(|()| 0)
        .map_err(|error| Failure::of_writing(message!("the journal", "le journal"), error))
}

impl Asked {
    fn postings(&self) -> Result<Postings, Failure> {
        if let Some(table) = &self.payments {
            return Ok(payments::compared(&self.input, table, &self.options)?.postings().clone());
        }
        let pathway = self.options.pathway.as_deref();
        let bar = follow();
        match (load_any(&self.input.file, &self.input.reach)?, &self.households, pathway) {
            (Loaded::Programme(_), _, _) if self.input.variant.is_some() => Err(variant_of_programme()),
            (Loaded::Programme(programme), None, None) => Ok(programme.watched(bar.watch()).postings()?),
            (Loaded::Programme(_), ..) => Err(Failure::Call(message!(
                "a programme is booked as planned: expected no --pathway and no --households",
                "un programme est comptabilisé comme prévu : ni --pathway ni --households ne sont attendus",
            ))),
            (Loaded::Scenario(_), _, None) => Err(Failure::Call(message!(
                "expected --pathway, the pathway that is booked",
                "--pathway est attendu, le parcours qui est comptabilisé",
            ))),
            (Loaded::Scenario(scenario), None, Some(pathway)) => {
                let scenario = in_variant(&self.input, scenario)?;
                Ok(scenario.ledger(pathway).map_err(unknown_is_call)?.postings()?)
            }
            (Loaded::Scenario(scenario), Some(table), Some(pathway)) => {
                let scenario = in_variant(&self.input, scenario)?;
                let (name, table) = open_table(table, &self.input.file)?;
                let watched = scenario.watched(bar.watch());
                let postings = watched.caseload_postings(CaseTable::new(table, &name)?, pathway, None);
                postings.map_err(|error| {
                    let placed = error.findings().iter().any(|finding| finding.place.is_some());
                    if placed { error.into() } else { unknown_is_call(error) }
                })
            }
            _ => Err(neither()),
        }
    }
}
