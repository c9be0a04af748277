//! A row's cells as typed values, with everything that is wrong with them.

use rust_decimal::prelude::ToPrimitive;

use super::heads::Heads;
use super::rows::Row;
use super::{cell, place};
use crate::error::{Code, Error, Finding};
use crate::message;
use crate::message::Message;
use crate::reading::Findings;

/// Reads the cells of a row, by the places of their columns among those that are read.
///
/// A method gives nothing where a cell is empty, and where it is wrong, which is kept for [`RowReader::finish`].
pub(crate) struct RowReader<'r> {
    heads: &'r Heads,
    row: &'r Row,
    findings: Findings,
}

impl<'r> RowReader<'r> {
    pub(crate) fn new(heads: &'r Heads, row: &'r Row) -> Self {
        Self { heads, row, findings: Findings::default() }
    }

    /// A cell's text without the blanks around it; empty where it says nothing.
    pub(crate) fn text(&self, column: usize) -> &'r str {
        self.heads.cell(self.row, column)
    }

    /// A month.
    pub(crate) fn month(&mut self, column: usize) -> Option<crate::types::Month> {
        let text = self.text(column);
        let found = (!text.is_empty()).then(|| cell::month(text))?;
        let usual = || message!("expected a month such as 2026-03", "un mois tel que 2026-03 est attendu");
        found.map_err(|told| self.fail(Code::WrongKind, column, told.unwrap_or_else(usual))).ok()
    }

    /// A number.
    pub(crate) fn number(&mut self, column: usize) -> Option<rust_decimal::Decimal> {
        let text = self.text(column);
        let found = (!text.is_empty()).then(|| cell::number(text, self.heads.commas()))?;
        found.map_err(|message| self.fail(Code::WrongKind, column, message)).ok()
    }

    /// An amount, which a row must have.
    pub(crate) fn amount(&mut self, column: usize) -> Option<rust_decimal::Decimal> {
        if self.text(column).is_empty() {
            self.fail(Code::MissingKey, column, message!("expected an amount", "un montant est attendu"));
        }
        self.number(column)
    }

    /// A currency, which a row must have.
    pub(crate) fn currency(&mut self, column: usize) -> Option<crate::types::Currency> {
        let currency = crate::types::Currency::from_code(self.text(column));
        if currency.is_none() {
            let message = message!(
                "expected a currency's code such as EUR, in capitals",
                "un code de monnaie tel que EUR, en capitales, est attendu",
            );
            self.fail(Code::UnknownName, column, message);
        }
        currency
    }

    /// A whole number from `low` to `high`; `4.0` is one too.
    pub(crate) fn whole(&mut self, column: usize, low: u32, high: u32) -> Option<u32> {
        let text = self.text(column);
        let found = (!text.is_empty()).then(|| cell::number(text, self.heads.commas()))?;
        let number = found.map_err(|message| self.fail(Code::WrongKind, column, message)).ok()?;
        let whole = number.is_integer().then(|| number.to_u32()).flatten().filter(|whole| (low..=high).contains(whole));
        if whole.is_none() {
            let message = message!(
                "expected a whole number from {low} to {high}",
                "un nombre entier de {low} à {high} est attendu",
            );
            self.fail(Code::OutOfRange, column, message);
        }
        whole
    }

    /// Keeps what is wrong with a cell.
    pub(crate) fn fail(&mut self, code: Code, column: usize, message: Message) {
        let Self { heads, row, .. } = self;
        let place = || Some(place(heads.file(), row.line()));
        let key = || heads.name(column).to_owned();
        self.findings.add((), || Finding { code, place: place(), key: key(), message });
    }

    /// The result of reading the row.
    ///
    /// # Errors
    /// Everything that is wrong with its cells.
    pub(crate) fn finish<T>(self, value: T) -> Result<T, Error> {
        self.findings.finish().map(|()| value)
    }

    /// The decimal sign of the table's numbers.
    pub(crate) fn commas(&self) -> super::DecimalComma {
        self.heads.commas()
    }
}
