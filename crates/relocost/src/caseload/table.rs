//! A table of households, as text or as rows from code, with the columns `reference`, `members` and, if wanted, `count`,
//! `start` and `ages_at`.

use std::fmt;
use std::io::Read;

use super::member::{CaseMember, WrongMember, members};
use crate::error::{Code, Error, Finding, Place};
use crate::limits;
use crate::message;
use crate::message::{Lang, Message, counted};
use crate::scenario::read::Stay;
use crate::scenario::{Member, Scenario};
use crate::spreadsheet::{CellRows, Column, OtherColumns, RowReader, Spreadsheet, TextRows, row_iterators};
use crate::types::{Month, is_reference};

/// The columns, in the order of the model's text.
const COLUMNS: &[Column] = &HOUSEHOLD_COLUMNS;
/// The columns of a household, which stand first among those of every table of households.
pub(crate) const HOUSEHOLD_COLUMNS: [Column; 5] = [
    Column { name: "reference", needed: true },
    Column { name: "members", needed: true },
    Column { name: "count", needed: false },
    Column { name: "start", needed: false },
    Column { name: "ages_at", needed: false },
];
const REFERENCE: usize = 0;
const MEMBERS: usize = 1;
const COUNT: usize = 2;
const START: usize = 3;
const AGES_AT: usize = 4;
/// The number of such households that a row may stand for, at most.
pub(super) const MOST: u32 = 1_000_000;

/// A row: a household, and how many such there are. Its `Debug` form shows nothing that could identify.
#[derive(Clone, PartialEq, Eq)]
pub struct Case {
    reference: String,
    count: u32,
    start: Option<Month>,
    ages_at: Option<Month>,
    members: Vec<CaseMember>,
    /// The row's place, for errors and warnings.
    place: Place,
}

impl fmt::Debug for Case {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Case(line {})", self.place.line)
    }
}

impl Case {
    /// The number of such households.
    pub fn count(&self) -> u32 {
        self.count
    }

    /// The pseudonym.
    pub fn reference(&self) -> &str {
        &self.reference
    }

    /// Takes the pseudonym, which the case then lacks.
    pub(super) fn take_reference(&mut self) -> String {
        std::mem::take(&mut self.reference)
    }

    /// The month of arrival.
    pub(crate) fn start(&self) -> Option<Month> {
        self.start
    }

    /// The month whose ages are given.
    pub(crate) fn ages_at(&self) -> Option<Month> {
        self.ages_at
    }

    /// The members, if ages are those of a month; `None` if one means a birth before the years that are known.
    pub(crate) fn members(&self, ages_at: Month) -> Option<Vec<Member>> {
        self.each_member(ages_at).collect()
    }

    fn each_member(&self, ages_at: Month) -> impl Iterator<Item = Option<Member>> {
        self.members.iter().map(move |member| member.aged_at(ages_at))
    }

    /// Where the row stands.
    pub(crate) fn place(&self) -> &Place {
        &self.place
    }

    /// A setting's scenario with its members and start replaced by the case's.
    pub(crate) fn place_in(&self, setting: &Scenario) -> Result<Scenario, Error> {
        let mut scenario = setting.clone();
        self.move_into(&mut scenario, setting.start())?;
        Ok(scenario)
    }

    /// Replaces the members and the start of a scenario by the case's; it starts at `start` if the case does not say.
    pub(crate) fn move_into(&self, scenario: &mut Scenario, start: Month) -> Result<(), Error> {
        let start = self.start.unwrap_or(start);
        let ages_at = self.ages_at.unwrap_or(start);
        scenario.move_in(self.each_member(ages_at), start).ok_or_else(|| self.early())
    }

    /// The error of an age that means a birth before the years that are known.
    pub(crate) fn early(&self) -> Error {
        let message = message!("an age means a birth before 1800", "un âge signifie une naissance avant 1800");
        Error::at(Code::OutOfRange, Some(self.place.clone()), "members", message)
    }

    /// An error of the scenario as one of this row; an interruption is of none.
    pub(crate) fn blame(&self, error: Error) -> Error {
        if error.is_interruption() {
            return error;
        }
        let told = |lang| error.findings().first().map_or(String::new(), |finding| finding.text(lang));
        Error::at(error.code(), Some(self.place.clone()), "", Message::new(told(Lang::En), told(Lang::Fr)))
    }

    /// Something odd in this row.
    pub(crate) fn warning(&self, code: Code, column: &str, message: Message) -> Finding {
        Finding { code, place: Some(self.place.clone()), key: column.to_owned(), message }
    }
}

/// The rows of a text, read one by one: cells separated by commas, semicolons or tabs, as spreadsheets save them.
///
/// ```
/// use relocost::caseload::CaseTable;
/// let table = CaseTable::new("reference,members\nHH-1,34\n\nHH 2,34 x\n".as_bytes(), "table")?;
/// let rows: Vec<_> = table.collect();
/// assert_eq!(rows[0].as_ref().map(|case| case.count()), Ok(1));
/// let error = rows[1].as_ref().unwrap_err();
/// assert_eq!(error.findings().len(), 2); // the reference and a member
/// assert!(error.to_string().starts_with("table:4: reference: ")); // as an editor counts lines
/// # Ok::<(), relocost::Error>(())
/// ```
pub struct CaseTable<R>(Spreadsheet<TextRows<R>>);

/// The rows of a table that is there in cells, checked one by one. [`CaseTable::of_rows`] makes it.
pub struct CaseRows<I>(Spreadsheet<CellRows<I>>);

impl CaseTable<std::io::Empty> {
    /// Takes rows whose cells are texts already, such as those of a data frame: the same columns, and the same findings
    /// in the same order, as of a text separated by commas. An empty cell says nothing, and a row without any other is
    /// passed over.
    ///
    /// An error's line is the row's number, counted from 1 and without the heads; that of the heads is 0.
    ///
    /// ```
    /// use relocost::caseload::CaseTable;
    /// let table = CaseTable::of_rows(&["members", "reference"], [["34 6", "HH-1"], ["131", "HH-2"]], "frame")?;
    /// let rows: Vec<_> = table.collect();
    /// assert!(rows[0].is_ok());
    /// assert!(rows[1].as_ref().unwrap_err().to_string().starts_with("frame:2: members: member 1: expected"));
    /// # Ok::<(), relocost::Error>(())
    /// ```
    ///
    /// # Errors
    /// A column is unknown, missing or given twice.
    pub fn of_rows<I, Row>(heads: &[&str], rows: I, name: &str) -> Result<CaseRows<I::IntoIter>, Error>
    where
        I: IntoIterator<Item = Row>,
        Row: IntoIterator,
        Row::Item: AsRef<str>,
    {
        Spreadsheet::of_cells(heads, rows.into_iter(), name, COLUMNS, OtherColumns::Refused).map(CaseRows)
    }
}

impl<R: Read> CaseTable<R> {
    /// Reads the heads; `name` is what errors call the table, never a path.
    ///
    /// # Errors
    /// It cannot be read, or is no such text; a column is unknown, missing or given twice.
    pub fn new(text: R, name: &str) -> Result<Self, Error> {
        Spreadsheet::of_text(text, name, COLUMNS, OtherColumns::Refused).map(Self)
    }
}

row_iterators!(CaseTable, CaseRows: Case, case);

fn case(mut reader: RowReader<'_>, place: Place) -> Result<Case, Error> {
    let case = household(&mut reader, place, Stay::Ordered);
    reader.finish(case)
}

/// Reads the columns of a household of a row at a place.
pub(crate) fn household(reader: &mut RowReader<'_>, place: Place, order: Stay) -> Case {
    let reference = reader.text(REFERENCE);
    if !is_reference(reference) {
        let message = message!(
            "expected a pseudonym of letters, digits, \"-\" and \"_\", at most 64, and never a name",
            "un pseudonyme de lettres, de chiffres, de « - » et de « _ » est attendu, 64 au plus, et jamais un nom",
        );
        reader.fail(Code::BadName, REFERENCE, message);
    }
    let (members, wrong) = members(reader.text(MEMBERS), reader.commas(), order);
    let (count, most) = (members.len() + wrong.len(), limits::MEMBERS);
    if count == 0 || count > most {
        let found = counted(count, ["member", "members"], ["membre", "membres"]);
        let message = message!(
            "has {found}; expected 1 to {most}, separated by blanks",
            "compte {found} ; 1 à {most} sont attendus, séparés par des espaces",
            found,
        );
        reader.fail(Code::OutOfRange, MEMBERS, message);
    }
    for WrongMember { place, code, message: told } in wrong {
        let number = place + 1;
        reader.fail(code, MEMBERS, message!("member {number}: {told}", "membre {number} : {told}", told));
    }
    let count = reader.whole(COUNT, 1, MOST).unwrap_or(1);
    let (start, ages_at) = (reader.month(START), reader.month(AGES_AT));
    Case { reference: reference.to_owned(), count, start, ages_at, members, place }
}
