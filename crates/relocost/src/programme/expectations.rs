//! Running the expectations that a programme carries, each looked up in the programme's own JSON by its path.

use super::{Programme, ProgrammeOptions};
use crate::error::{Code, Error};
use crate::expectations::{ExpectationOutcome, outcome};
use crate::message;
use crate::watch::Watch;

impl Programme {
    /// Runs the expectations.
    ///
    /// # Errors
    /// A figure cannot be computed.
    pub fn run_expectations(&self) -> Result<Vec<ExpectationOutcome>, Error> {
        self.run_expectations_under(None)
    }

    pub(crate) fn run_expectations_under(&self, watch: Option<&Watch<'_>>) -> Result<Vec<ExpectationOutcome>, Error> {
        if self.expectations().is_empty() {
            return Ok(Vec::new());
        }
        let named = |table: &str| {
            let first = |figure: &[String]| figure.first().is_some_and(|first| first == table);
            self.expectations().iter().any(|expectation| first(expectation.figure.segments()))
        };
        let options = ProgrammeOptions {
            values: named("values") || named("steps"),
            cases: named("cases"),
            ..ProgrammeOptions::default()
        };
        let run = self.run_under(&options, watch)?;
        let figures = serde_json::to_value(&run).map_err(|_| {
            let message = message!("the programme cannot be written", "le programme ne peut pas être écrit");
            Error::single(Code::UnknownFigure, "expect", message)
        })?;
        let place = |index: usize| self.setting().place(&format!("expect[{index}]")).cloned();
        let expectations = self.expectations().iter().enumerate();
        Ok(expectations.map(|(index, expectation)| outcome(expectation, &figures, place(index))).collect())
    }
}
