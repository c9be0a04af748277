//! The command `report`: a page for a committee.

use std::path::{Path, PathBuf};

use relocost::caseload::{CaseTable, CaseloadOptions};
use relocost::payments::PaymentOptions;
use relocost::{Basis, message};
use relocost_files::Loaded;
use relocost_publish::report::{self, ReportOptions};

use crate::args::{Input, Sides};
use crate::failure::{Failure, file_exists, neither, say_warnings, unknown_side, wrong_number};
use crate::input::{in_variant, load_any, open_table, variant_of_programme};
use crate::output::print;
use crate::payments;
use crate::progress::follow;

/// What is reported.
pub(crate) struct Asked {
    pub(crate) input: Input,
    /// The table of households, of a caseload.
    pub(crate) households: Option<PathBuf>,
    /// The table of payments, of what was paid.
    pub(crate) payments: Option<PathBuf>,
    /// The pathway, the months and the window of payments.
    pub(crate) paid: PaymentOptions,
    pub(crate) sides: Sides,
    pub(crate) options: ReportOptions,
}

pub(crate) fn report(asked: Asked, write: Option<(&Path, bool)>) -> Result<u8, Failure> {
    // A file that is there is refused before anything is computed.
    if let Some((file, false)) = write
        && file.symlink_metadata().is_ok()
    {
        return Err(Failure::Call(file_exists()));
    }
    let page = asked.page()?;
    let Some((file, force)) = write else { return print(&page) };
    relocost_files::write_private(file, page.as_bytes(), force)
        .map(|()| 0)
        .map_err(|error| Failure::of_writing(message!("the report", "le rapport"), error))
}

impl Asked {
    fn page(self) -> Result<String, Failure> {
        let lang = self.options.lang;
        let chosen = self.sides.chosen();
        let has_basis = self.options.basis != Basis::Nominal;
        if let Some(table) = &self.payments {
            if chosen || has_basis {
                return Err(Failure::Call(message!(
                    "payments are compared with a pathway as it is charged: expected no --base, no --alternative and no --basis",
                    "les paiements sont comparés à un parcours tel qu'il est imputé : ni --base, ni --alternative, ni --basis ne sont attendus",
                )));
            }
            return Ok(report::payments(&payments::compared(&self.input, table, &self.paid)?, lang));
        }
        let bar = follow();
        let options = self.options.pair(self.sides.pair());
        match (load_any(&self.input.file, &self.input.reach)?, &self.households) {
            (Loaded::Programme(_), _) if self.input.variant.is_some() => Err(variant_of_programme()),
            (Loaded::Programme(_), _) if chosen || has_basis => Err(Failure::Call(message!(
                "a programme has its own lines, in prices of each year: expected no --base, no --alternative and no --basis",
                "un programme a ses propres lignes, aux prix de chaque année : ni --base, ni --alternative, ni --basis ne sont attendus",
            ))),
            (Loaded::Programme(programme), None) => {
                report::programme(&programme, &options, bar.watch()).map_err(|error| wrong_number(error, chosen))
            }
            (Loaded::Programme(_), Some(_)) => Err(Failure::Call(message!(
                "a programme names its own cases: expected no --households",
                "un programme nomme ses propres dossiers : --households n'est pas attendu",
            ))),
            (Loaded::Scenario(scenario), None) => {
                let scenario = in_variant(&self.input, scenario)?;
                report::scenario(&scenario, &options, bar.watch()).map_err(|error| wrong_number(error, chosen))
            }
            (Loaded::Scenario(scenario), Some(table)) => {
                let scenario = in_variant(&self.input, scenario)?;
                let (name, table) = open_table(table, &self.input.file)?;
                let asked = CaseloadOptions::default().pair(options.pair).basis(options.basis).threads(options.threads);
                let watched = scenario.watched(bar.watch());
                let caseload = watched.caseload_of(CaseTable::new(table, &name)?, &asked);
                let caseload = caseload.map_err(|error| unknown_side(error, chosen))?;
                say_warnings(&caseload.warnings, caseload.more_warnings, lang);
                Ok(report::caseload(&caseload, lang))
            }
            _ => Err(neither()),
        }
    }
}
