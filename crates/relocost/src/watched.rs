//! Questions under a watch.
//!
//! In: the scenario or result that a question is about, and a [`Watch`]. Out: the same answers as without one, or
//! [`Code::Interrupted`] when the watch cancels.
//!
//! [`Code::Interrupted`]: crate::Code::Interrupted

use std::fmt;
use std::num::NonZeroUsize;
use std::ops::Range;

use indexmap::IndexMap;

use crate::calibration::{CalibrateOptions, Calibration};
use crate::caseload::{Case, Caseload, CaseloadOptions, CaseloadPart};
use crate::comparison::{CompareOptions, Comparison};
use crate::delay::{Delay, DelayOptions};
use crate::diff::{BudgetDiff, Diff};
use crate::error::{Error, Finding};
use crate::expectations::ExpectationOutcome;
use crate::explanation::{Explanation, Selection};
use crate::ledger::Ledger;
use crate::microdata::Microdata;
use crate::names::Basis;
use crate::payments::{Payment, PaymentOptions, Payments};
use crate::postings::Postings;
use crate::programme::{
    PlannedCharges, Programme, ProgrammeOptions, ProgrammeRun, ProgrammeSimulateOptions, ProgrammeSimulation,
};
use crate::scenario::Scenario;
use crate::simulation::{SimulateOptions, Simulation, SimulationPart, SobolIndices, SobolOptions, Tornado};
use crate::types::{Id, Parameter, ParameterValue};
use crate::variants::{Variants, WhatIfs};
use crate::watch::{Pulse, Watch};

/// A scenario or a ledger whose questions a [`Watch`] follows: each as without one, with its options written out.
///
/// Made by [`Scenario::watched`] and [`Ledger::watched`]. Nothing that a question gives holds on to the watch.
pub struct Watched<'a, 'w, T> {
    asked: &'a T,
    watch: &'w Watch<'w>,
}

impl<T> fmt::Debug for Watched<'_, '_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Watched")
    }
}

impl Scenario {
    /// This scenario's questions, followed by a watch.
    pub fn watched<'a, 'w>(&'a self, watch: &'w Watch<'_>) -> Watched<'a, 'w, Self> {
        Watched { asked: self, watch }
    }
}

impl Ledger {
    /// This ledger's questions, followed by a watch.
    pub fn watched<'a, 'w>(&'a self, watch: &'w Watch<'_>) -> Watched<'a, 'w, Self> {
        Watched { asked: self, watch }
    }
}

impl Programme {
    /// This programme's questions, followed by a watch.
    pub fn watched<'a, 'w>(&'a self, watch: &'w Watch<'_>) -> Watched<'a, 'w, Self> {
        Watched { asked: self, watch }
    }
}

impl Watched<'_, '_, Programme> {
    /// [`Programme::run_with`], watched.
    ///
    /// # Errors
    /// As [`Programme::run_with`]; the watch cancelled it.
    pub fn run_with(&self, options: &ProgrammeOptions) -> Result<ProgrammeRun, Error> {
        self.asked.run_under(options, Some(self.watch))
    }

    /// [`Programme::planned_charges`], watched.
    ///
    /// # Errors
    /// As [`Programme::planned_charges`]; the watch cancelled it.
    pub fn planned_charges(&self) -> Result<PlannedCharges, Error> {
        self.asked.planned_charges_under(Some(self.watch))
    }

    /// [`Programme::diff_with`], watched.
    ///
    /// # Errors
    /// As [`Programme::diff_with`]; the watch cancelled it.
    pub fn diff_with(&self, new: &Programme, options: &ProgrammeOptions) -> Result<BudgetDiff, Error> {
        self.asked.diff_under(new, options, Some(self.watch))
    }

    /// [`Programme::simulate`], watched.
    ///
    /// # Errors
    /// As [`Programme::simulate`]; the watch cancelled it.
    pub fn simulate(&self, options: &ProgrammeSimulateOptions) -> Result<ProgrammeSimulation, Error> {
        self.asked.simulate_under(options, Some(self.watch))
    }

    /// [`Programme::simulate_range`], watched.
    ///
    /// # Errors
    /// As [`Programme::simulate_range`]; the watch cancelled it.
    pub fn simulate_range(
        &self,
        options: &ProgrammeSimulateOptions,
        range: Range<u64>,
    ) -> Result<SimulationPart, Error> {
        self.asked.simulate_range_under(options, range, Some(self.watch))
    }

    /// [`Programme::simulation_of_part`], watched.
    ///
    /// # Errors
    /// As [`Programme::simulation_of_part`]; the watch cancelled it.
    pub fn simulation_of_part(
        &self,
        options: &ProgrammeSimulateOptions,
        part: &SimulationPart,
    ) -> Result<ProgrammeSimulation, Error> {
        self.asked.simulation_of_part_under(options, part, Some(self.watch))
    }

    /// [`Programme::payments`], watched.
    ///
    /// # Errors
    /// As [`Programme::payments`]; the watch cancelled it.
    pub fn payments(
        &self,
        payments: impl IntoIterator<Item = Result<Payment, Error>>,
        options: &PaymentOptions,
    ) -> Result<Payments, Error> {
        self.asked.payments_under(payments, options, Some(self.watch))
    }

    /// [`Programme::postings`], watched.
    ///
    /// # Errors
    /// As [`Programme::postings`]; the watch cancelled it.
    pub fn postings(&self) -> Result<Postings, Error> {
        self.asked.postings_under(Some(self.watch))
    }

    /// [`Programme::postings_by_origin`], watched.
    ///
    /// # Errors
    /// As [`Programme::postings_by_origin`]; the watch cancelled it.
    pub fn postings_by_origin(&self) -> Result<IndexMap<Id, Postings>, Error> {
        self.asked.postings_by_origin_under(Some(self.watch))
    }

    /// [`Programme::microdata`], watched.
    ///
    /// # Errors
    /// As [`Programme::microdata`]; the watch cancelled it.
    pub fn microdata(&self) -> Result<Microdata, Error> {
        self.asked.microdata_under(Some(self.watch))
    }

    /// [`Programme::run_expectations`], watched.
    ///
    /// # Errors
    /// As [`Programme::run_expectations`]; the watch cancelled it.
    pub fn run_expectations(&self) -> Result<Vec<ExpectationOutcome>, Error> {
        self.asked.run_expectations_under(Some(self.watch))
    }
}

impl<'l> Watched<'l, '_, Ledger> {
    /// [`Ledger::explain`], watched.
    ///
    /// # Errors
    /// As [`Ledger::explain`]; the watch cancelled it.
    pub fn explain(&self, selection: &Selection) -> Result<Explanation<'l>, Error> {
        self.asked.explain_under(selection, Some(self.watch))
    }
}

impl Watched<'_, '_, Scenario> {
    /// [`Scenario::check`], watched.
    ///
    /// # Errors
    /// As [`Scenario::check`]; the watch cancelled it.
    pub fn check(&self) -> Result<Vec<Finding>, Error> {
        self.asked.check_under(Some(self.watch))
    }

    /// [`Scenario::ledger_on`], watched.
    ///
    /// # Errors
    /// As [`Scenario::ledger_on`]; the watch cancelled it.
    pub fn ledger_on(&self, pathway: &str, basis: Basis) -> Result<Ledger, Error> {
        self.asked.ledger_under(pathway, basis, Some(self.watch))
    }

    /// [`Scenario::compare_with`], watched.
    ///
    /// # Errors
    /// As [`Scenario::compare_with`]; the watch cancelled it.
    pub fn compare_with(&self, options: &CompareOptions) -> Result<Comparison, Error> {
        self.asked.compare_under(options, &Pulse::of(Some(self.watch), Some(self.asked.lines().len())))
    }

    /// [`Scenario::compare_variants`], watched.
    ///
    /// # Errors
    /// As [`Scenario::compare_variants`]; the watch cancelled it.
    pub fn compare_variants(&self, options: &CompareOptions) -> Result<Variants, Error> {
        self.asked.compare_variants_under(options, Some(self.watch))
    }

    /// [`Scenario::what_ifs`], watched.
    ///
    /// # Errors
    /// As [`Scenario::what_ifs`]; the watch cancelled it.
    pub fn what_ifs(
        &self,
        changes: impl IntoIterator<Item = Vec<(Parameter, ParameterValue)>>,
        options: &CompareOptions,
    ) -> Result<WhatIfs, Error> {
        self.asked.what_ifs_under(changes, options, Some(self.watch))
    }

    /// [`Scenario::grid`], watched.
    ///
    /// # Errors
    /// As [`Scenario::grid`]; the watch cancelled it.
    pub fn grid(&self, axes: &[(Parameter, Vec<ParameterValue>)], options: &CompareOptions) -> Result<WhatIfs, Error> {
        self.asked.grid_under(axes, options, Some(self.watch))
    }

    /// [`Scenario::delay_with`], watched.
    ///
    /// # Errors
    /// As [`Scenario::delay_with`]; the watch cancelled it.
    pub fn delay_with(&self, options: &DelayOptions) -> Result<Delay, Error> {
        self.asked.delay_under(options, Some(self.watch))
    }

    /// [`Scenario::calibrate`], watched.
    ///
    /// # Errors
    /// As [`Scenario::calibrate`]; the watch cancelled it.
    pub fn calibrate(&self, options: &CalibrateOptions) -> Result<Calibration, Error> {
        self.asked.calibrate_under(options, Some(self.watch))
    }

    /// [`Scenario::caseload_of`], watched.
    ///
    /// # Errors
    /// As [`Scenario::caseload_of`]; the watch cancelled it.
    pub fn caseload_of(
        &self,
        cases: impl IntoIterator<Item = Result<Case, Error>>,
        options: &CaseloadOptions,
    ) -> Result<Caseload, Error> {
        self.asked.caseload_under(cases, options, Some(self.watch))
    }

    /// [`Scenario::caseload_part`], watched.
    ///
    /// # Errors
    /// As [`Scenario::caseload_part`]; the watch cancelled it.
    pub fn caseload_part(
        &self,
        cases: impl IntoIterator<Item = Result<Case, Error>>,
        part: (u32, u32),
        options: &CaseloadOptions,
    ) -> Result<CaseloadPart, Error> {
        self.asked.caseload_part_under(cases, part, options, Some(self.watch))
    }

    /// [`Scenario::caseload_of_part`], watched.
    ///
    /// # Errors
    /// As [`Scenario::caseload_of_part`]; the watch cancelled it.
    pub fn caseload_of_part(&self, options: &CaseloadOptions, part: &CaseloadPart) -> Result<Caseload, Error> {
        self.asked.caseload_of_part_under(options, part, Some(self.watch))
    }

    /// [`Scenario::caseload_postings`], watched.
    ///
    /// # Errors
    /// As [`Scenario::caseload_postings`]; the watch cancelled it.
    pub fn caseload_postings(
        &self,
        cases: impl IntoIterator<Item = Result<Case, Error>>,
        pathway: &str,
        threads: Option<NonZeroUsize>,
    ) -> Result<Postings, Error> {
        self.asked.caseload_postings_under(cases, pathway, threads, Some(self.watch))
    }

    /// [`Scenario::microdata`], watched.
    ///
    /// # Errors
    /// As [`Scenario::microdata`]; the watch cancelled it.
    pub fn microdata(
        &self,
        cases: impl IntoIterator<Item = Result<Case, Error>>,
        options: &CaseloadOptions,
    ) -> Result<Microdata, Error> {
        self.asked.microdata_under(cases, options, Some(self.watch))
    }

    /// [`Scenario::diff_caseload`], watched.
    ///
    /// # Errors
    /// As [`Scenario::diff_caseload`]; the watch cancelled it.
    pub fn diff_caseload(
        &self,
        cases: impl IntoIterator<Item = Result<Case, Error>>,
        new: &Scenario,
        new_cases: impl IntoIterator<Item = Result<Case, Error>>,
        options: &CaseloadOptions,
    ) -> Result<BudgetDiff, Error> {
        self.asked.diff_caseload_under(cases, (new, new_cases), options, Some(self.watch))
    }

    /// [`Scenario::payments`], watched.
    ///
    /// # Errors
    /// As [`Scenario::payments`]; the watch cancelled it.
    pub fn payments(
        &self,
        payments: impl IntoIterator<Item = Result<Payment, Error>>,
        options: &PaymentOptions,
    ) -> Result<Payments, Error> {
        self.asked.payments_under(payments, options, Some(self.watch))
    }

    /// [`Scenario::diff`], watched.
    ///
    /// # Errors
    /// As [`Scenario::diff`]; the watch cancelled it.
    pub fn diff(&self, new: &Scenario, basis: Basis) -> Result<Diff, Error> {
        self.asked.diff_under(new, basis, Some(self.watch))
    }

    /// [`Scenario::run_expectations`], watched.
    ///
    /// # Errors
    /// As [`Scenario::run_expectations`]; the watch cancelled it.
    pub fn run_expectations(&self) -> Result<Vec<ExpectationOutcome>, Error> {
        self.asked.run_expectations_under(Some(self.watch))
    }

    /// [`Scenario::simulate`], watched.
    ///
    /// # Errors
    /// As [`Scenario::simulate`]; the watch cancelled it.
    pub fn simulate(&self, options: &SimulateOptions) -> Result<Simulation, Error> {
        self.asked.simulate_under(options, Some(self.watch))
    }

    /// [`Scenario::simulate_range`], watched.
    ///
    /// # Errors
    /// As [`Scenario::simulate_range`]; the watch cancelled it.
    pub fn simulate_range(&self, options: &SimulateOptions, range: Range<u64>) -> Result<SimulationPart, Error> {
        self.asked.simulate_range_under(options, range, Some(self.watch))
    }

    /// [`Scenario::simulation_of_part`], watched.
    ///
    /// # Errors
    /// As [`Scenario::simulation_of_part`]; the watch cancelled it.
    pub fn simulation_of_part(&self, options: &SimulateOptions, part: &SimulationPart) -> Result<Simulation, Error> {
        self.asked.simulation_of_part_under(options, part, Some(self.watch))
    }

    /// [`Scenario::tornado`], watched.
    ///
    /// # Errors
    /// As [`Scenario::tornado`]; the watch cancelled it.
    pub fn tornado(&self, options: &CompareOptions) -> Result<Tornado, Error> {
        self.asked.tornado_under(options, Some(self.watch))
    }

    /// [`Scenario::sobol`], watched.
    ///
    /// # Errors
    /// As [`Scenario::sobol`]; the watch cancelled it.
    pub fn sobol(&self, options: &SobolOptions) -> Result<SobolIndices, Error> {
        self.asked.sobol_under(options, Some(self.watch))
    }
}
