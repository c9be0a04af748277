//! Parts of a caseload: what some rows of its table come to, computed anywhere. Parts merge in any order to the same
//! caseload, or to the same error, as the whole table gives.

mod bytes;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::fmt;

use super::lines::Lines;
use super::sums::Sums;
use super::table::Case;
use super::wrong::Wrong;
use super::{Caseload, CaseloadOptions, Gathered};
use crate::about::Pair;
use crate::error::{Code, Error, Finding};
use crate::message;
use crate::message::counted;
use crate::scenario::{Scenario, text_of};
use crate::watch::{Pulse, Watch};

/// The result of some parts of a caseload's table.
///
/// It has what is wrong with rows, too, which [`Scenario::caseload_of_part`] tells. A part is internal: it holds costs of
/// households and their references.
///
/// ```
/// use relocost::caseload::{CaseTable, CaseloadOptions, CaseloadPart};
/// # let scenario = relocost::Scenario::parse("schema = 1\ncatalogue = \"reference\"\nstart = \"2026-03\"\nhorizon_months = 60\nhousehold = { members = [] }")?;
/// let options = CaseloadOptions::default();
/// let heads = ["reference", "members"];
/// let rows = [["HH-1", "34"], ["HH-2", "41 38 14"], ["HH-3", "29"]];
/// let table = |rows: &[[&'static str; 2]]| CaseTable::of_rows(&heads, rows.to_vec(), "households");
///
/// // On another machine, say: the second of two parts, before which one row stands.
/// let late = scenario.caseload_part(table(&rows[1..])?, (1, 2), &options)?.after(1).to_bytes();
/// let mut whole = scenario.caseload_part(table(&rows[..1])?, (0, 2), &options)?;
/// whole.merge(CaseloadPart::from_bytes(&late)?)?;
/// assert_eq!(scenario.caseload_of_part(&options, &whole)?, scenario.caseload_of(table(&rows)?, &options)?);
/// # Ok::<(), relocost::Error>(())
/// ```
#[derive(Clone)]
pub struct CaseloadPart {
    /// A digest of the scenario, the version and the options that change a figure.
    digest: [u8; 32],
    /// How many parts the table has.
    of: u32,
    /// What it holds of them, by their numbers.
    pieces: BTreeMap<u32, RowsOfPart>,
}

/// What the rows of one part of the table come to.
#[derive(Clone)]
struct RowsOfPart {
    /// The rows that say anything.
    rows: u64,
    /// The places of those that have a result.
    lines: Lines,
    sums: Sums,
    wrong: Wrong,
}

impl fmt::Debug for CaseloadPart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CaseloadPart({} of {} parts, {} rows)", self.pieces.len(), self.of, self.rows())
    }
}

impl RowsOfPart {
    /// All that was found in its rows.
    fn findings_mut(&mut self) -> impl Iterator<Item = &mut Finding> {
        let Wrong { unreadable, uncomputed, .. } = &mut self.wrong;
        let uncomputed = uncomputed.iter_mut().flat_map(|(_, findings)| findings.kept_mut());
        self.sums.odd.kept_mut().chain(unreadable.kept_mut()).chain(uncomputed)
    }
}

impl CaseloadPart {
    /// The numbers of the parts that it holds, ascending.
    pub fn numbers(&self) -> impl Iterator<Item = u32> {
        self.pieces.keys().copied()
    }

    /// The number of parts of the whole table.
    pub fn of(&self) -> u32 {
        self.of
    }

    /// The rows that it holds, without those that say nothing.
    pub fn rows(&self) -> u64 {
        self.pieces.values().map(|piece| piece.rows).fold(0, u64::saturating_add)
    }

    /// Counts lines on from so many: for rows from code, which are numbered from 1 in each part, the number of rows that
    /// stand before them in the whole table, blank ones too. The parts of a table in several files keep their lines.
    #[must_use]
    pub fn after(mut self, lines: u32) -> Self {
        for piece in self.pieces.values_mut() {
            let places = piece.findings_mut().filter_map(|finding| finding.place.as_mut()).map(|place| &mut place.line);
            places.filter(|line| **line > 0).for_each(|line| *line = line.saturating_add(lines));
            piece.lines.numbers.iter_mut().for_each(|line| *line = line.saturating_add(lines));
        }
        self
    }

    /// Adds other parts of the same table.
    ///
    /// # Errors
    /// They are of another scenario, version, question or number of parts, or one is in both; this one is then as before.
    pub fn merge(&mut self, other: Self) -> Result<(), Error> {
        if (self.digest, self.of) != (other.digest, other.of) {
            return Err(part_of_another());
        }
        if let Some(both) = other.numbers().find(|number| self.pieces.contains_key(number)) {
            let message = message!(
                "part {both} is in both; expected each part once",
                "la partie {both} est dans les deux ; chaque partie est attendue une fois",
            );
            return Err(Error::single(Code::Duplicate, "part", message));
        }
        self.pieces.extend(other.pieces);
        Ok(())
    }
}

/// The error of a part that belongs elsewhere.
fn part_of_another() -> Error {
    let message = message!(
        "belongs to another caseload: the scenario, the version, the options and the number of parts must be the same",
        "appartient à un autre ensemble de ménages : le scénario, la version, les options et le nombre de parties doivent être les mêmes"
    );
    Error::single(Code::Conflict, "part", message)
}

/// The digest that identifies a question: its scenario, the version, and the options that change a figure.
fn digest(scenario: &Scenario, options: &CaseloadOptions) -> [u8; 32] {
    use sha2::{Digest, Sha256};
    let CaseloadOptions { pair: Pair { base, alternative }, basis, threads: _ } = options;
    let mut hasher = Sha256::new();
    hasher.update(format!("caseload {} {basis} {base} {alternative} ", env!("CARGO_PKG_VERSION")));
    hasher.update(text_of(scenario));
    hasher.finalize().into()
}

impl Scenario {
    /// Evaluates a part of a table of households: one of so many parts, counted from 0, which can be written, taken
    /// elsewhere and merged.
    ///
    /// What is wrong with a row is kept in the part.
    ///
    /// # Errors
    /// The scenario lacks a pathway; there are fewer parts; there is no memory for so many rows.
    pub fn caseload_part(
        &self,
        cases: impl IntoIterator<Item = Result<Case, Error>>,
        part: (u32, u32),
        options: &CaseloadOptions,
    ) -> Result<CaseloadPart, Error> {
        self.caseload_part_under(cases, part, options, None)
    }

    pub(crate) fn caseload_part_under(
        &self,
        cases: impl IntoIterator<Item = Result<Case, Error>>,
        (number, of): (u32, u32),
        options: &CaseloadOptions,
        watch: Option<&Watch<'_>>,
    ) -> Result<CaseloadPart, Error> {
        if number >= of {
            let message = message!(
                "is number {number} of {of} parts; numbers are counted from 0",
                "est le numéro {number} de {of} parties ; les numéros se comptent à partir de 0",
            );
            return Err(Error::single(Code::OutOfRange, "part", message));
        }
        let (mut lines, mut sums) = (Lines::default(), Sums::new(self));
        let (rows, wrong) = self.each_sum(cases, options, watch, |cases, of_cases| {
            cases.iter().try_for_each(|case| lines.add(case.place()))?;
            sums.merge(of_cases)
        })?;
        let piece = RowsOfPart { rows, lines, sums, wrong };
        Ok(CaseloadPart { digest: digest(self, options), of, pieces: BTreeMap::from([(number, piece)]) })
    }

    /// The caseload of merged parts, which hold every part of the table: what [`Scenario::caseload_of`] makes of all rows.
    ///
    /// # Errors
    /// As [`Scenario::caseload_of`]; the part is of another scenario or question, or some parts are missing.
    pub fn caseload_of_part(&self, options: &CaseloadOptions, part: &CaseloadPart) -> Result<Caseload, Error> {
        self.caseload_of_part_under(options, part, None)
    }

    pub(crate) fn caseload_of_part_under(
        &self,
        options: &CaseloadOptions,
        part: &CaseloadPart,
        watch: Option<&Watch<'_>>,
    ) -> Result<Caseload, Error> {
        let empty = Sums::new(self);
        if part.digest != digest(self, options)
            || !part.pieces.values().all(|piece| piece.sums.fits(&empty, self.currency()))
        {
            return Err(part_of_another());
        }
        let held = part.pieces.len();
        if u32::try_from(held) != Ok(part.of) {
            let message = message!(
                "holds {held} of {of}; expected every one",
                "contient {held} sur {of} ; toutes sont attendues",
                of = counted(part.of as usize, ["part", "parts"], ["partie", "parties"]),
            );
            return Err(Error::single(Code::OutOfRange, "part", message));
        }
        let (mut wrong, mut rows) = (Wrong::default(), 0_u64);
        for piece in part.pieces.values() {
            wrong.append(piece.wrong.clone(), rows);
            rows = rows.saturating_add(piece.rows);
        }
        wrong.finish()?;
        let pulse = Pulse::of(watch, usize::try_from(rows).ok());
        let mut gathered = Gathered::new(self);
        for piece in part.pieces.values() {
            gathered.lines.append(&piece.lines)?;
            gathered.add(piece.sums.clone(), || pulse.beat())?;
            pulse.step(gathered.sums.households.len())?;
        }
        let caseload = gathered.finish(self, options)?;
        pulse.end().map(|()| caseload)
    }
}
