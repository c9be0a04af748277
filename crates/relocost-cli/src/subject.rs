//! What a report or a workbook is of: a scenario, a programme, a caseload, or payments.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use relocost::caseload::{CaseTable, Caseload, CaseloadOptions};
use relocost::payments::{PaymentOptions, Payments};
use relocost::{Basis, Lang, Pair, Programme, Scenario, Watch, message};
use relocost_files::Loaded;

use crate::args::Input;
use crate::failure::{Failure, neither, say_warnings, unknown_side};
use crate::input::{in_variant, load_any, open_table, variant_of_programme};
use crate::payments;

/// What is asked about.
pub(crate) struct Asked {
    pub(crate) input: Input,
    /// The table of households, of a caseload.
    pub(crate) households: Option<PathBuf>,
    /// The table of payments, of what was paid.
    pub(crate) payments: Option<PathBuf>,
    /// The pathway, the months and the window of payments.
    pub(crate) paid: PaymentOptions,
    /// The pathways that are compared, and whether they were chosen.
    pub(crate) pair: Pair,
    pub(crate) chosen: bool,
    pub(crate) basis: Basis,
    pub(crate) threads: Option<NonZeroUsize>,
    pub(crate) lang: Lang,
}

/// What it is.
pub(crate) enum Subject {
    Scenario(Scenario),
    Programme(Programme),
    Caseload(Box<Caseload>),
    Payments(Box<Payments>),
}

impl Asked {
    /// Payments, which are followed for themselves; `None` where none are asked for.
    fn paid(&self) -> Result<Option<Payments>, Failure> {
        let Some(table) = &self.payments else { return Ok(None) };
        if self.chosen || self.basis != Basis::Nominal {
            return Err(Failure::Call(message!(
                "payments are compared with a pathway as it is charged: expected no --base, no --alternative and no --basis",
                "les paiements sont comparés à un parcours tel qu'il est imputé : ni --base, ni --alternative, ni --basis ne sont attendus",
            )));
        }
        payments::compared(&self.input, table, &self.paid).map(Some)
    }

    /// What is asked about.
    pub(crate) fn subject(&self, watch: &Watch<'_>) -> Result<Subject, Failure> {
        if let Some(payments) = self.paid()? {
            return Ok(Subject::Payments(Box::new(payments)));
        }
        let chosen = self.chosen;
        match (load_any(&self.input.file, &self.input.reach)?, &self.households) {
            (Loaded::Programme(_), _) if self.input.variant.is_some() => Err(variant_of_programme()),
            (Loaded::Programme(_), _) if chosen || self.basis != Basis::Nominal => Err(Failure::Call(message!(
                "a programme has its own lines, in prices of each year: expected no --base, no --alternative and no --basis",
                "un programme a ses propres lignes, aux prix de chaque année : ni --base, ni --alternative, ni --basis ne sont attendus",
            ))),
            (Loaded::Programme(programme), None) => Ok(Subject::Programme(programme)),
            (Loaded::Programme(_), Some(_)) => Err(Failure::Call(message!(
                "a programme names its own cases: expected no --households",
                "un programme nomme ses propres dossiers : --households n'est pas attendu",
            ))),
            (Loaded::Scenario(scenario), None) => in_variant(&self.input, scenario).map(Subject::Scenario),
            (Loaded::Scenario(scenario), Some(table)) => {
                let scenario = in_variant(&self.input, scenario)?;
                let (name, table) = open_table(table, &self.input.file)?;
                let options = CaseloadOptions::default().pair(self.pair.clone()).basis(self.basis);
                let options = options.threads(self.threads);
                let caseload = scenario.watched(watch).caseload_of(CaseTable::new(table, &name)?, &options);
                let caseload = caseload.map_err(|error| unknown_side(error, chosen))?;
                say_warnings(&caseload.warnings, caseload.more_warnings, self.lang);
                Ok(Subject::Caseload(Box::new(caseload)))
            }
            _ => Err(neither()),
        }
    }
}
