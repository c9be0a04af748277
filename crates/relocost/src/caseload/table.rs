//! A table of households, as CSV or as rows from code, with the columns `reference`, `members` and, if wanted, `count`
//! and `start`.

use std::fmt;
use std::io::Read;
use std::sync::Arc;

use crate::error::{Code, Error, Finding, Place};
use crate::limits;
use crate::names::closest;
use crate::scenario::{Household, Member, Scenario};
use crate::types::{Month, is_reference};

/// The columns, in the order of the model's text; the last two may be left out.
const COLUMNS: [&str; 4] = ["reference", "members", "count", "start"];
/// How many such households a row may stand for.
const MOST: u32 = 1_000_000;

/// A member of a case. Its `Debug` form shows nothing.
#[derive(Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum CaseMember {
    /// The month of birth.
    Born(Month),
    /// Age in completed years at the start.
    Age(u32),
}

impl fmt::Debug for CaseMember {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CaseMember(not shown)")
    }
}

/// A row: a household, and how many such there are. Its `Debug` form shows nothing that could identify.
#[derive(Clone, PartialEq, Eq)]
pub struct Case {
    reference: String,
    count: u32,
    start: Option<Month>,
    members: Vec<CaseMember>,
    /// The table's name and the row's line, for errors.
    file: Arc<str>,
    line: u32,
}

impl fmt::Debug for Case {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Case(line {})", self.line)
    }
}

impl Case {
    /// How many such households there are.
    pub fn count(&self) -> u32 {
        self.count
    }

    /// The pseudonym.
    pub fn reference(&self) -> &str {
        &self.reference
    }

    /// A scenario with its members and start replaced by the case's.
    pub(super) fn place_in(&self, scenario: &Scenario) -> Result<Scenario, Error> {
        let start = self.start.unwrap_or(scenario.start());
        let born = |member: &CaseMember| match member {
            CaseMember::Born(month) => Ok(*month),
            CaseMember::Age(age) => {
                let born = start.plus(-i32::try_from(age * 12).unwrap_or(0));
                if born.year() < Month::FIRST_YEAR {
                    return Err(self.error(Code::OutOfRange, "members", "an age means a birth before 1800"));
                }
                Ok(born)
            }
        };
        let member = |born| Member { born, role: None, joins: None, leaves: None };
        let members = self.members.iter().map(|each| born(each).map(member)).collect::<Result<Vec<_>, Error>>()?;
        Ok(scenario.with_household(Household { members, ..scenario.household().clone() }, start))
    }

    /// An error of the scenario as one of this row.
    pub(super) fn blame(&self, error: &Error) -> Error {
        let message = error.findings().first().map_or(String::new(), Finding::to_string);
        self.error(error.code(), "", &message)
    }

    fn error(&self, code: Code, column: &str, message: &str) -> Error {
        Error::at(code, Some(place(&self.file, self.line)), column, message)
    }
}

fn place(file: &Arc<str>, line: u32) -> Place {
    Place { file: Arc::clone(file), line, column: 0 }
}

/// The rows of a CSV text, read one by one.
///
/// ```
/// use relocost::CaseTable;
/// let table = CaseTable::new("reference,members\nHH-1,34\nHH 2,34 x\n".as_bytes(), "table")?;
/// let rows: Vec<_> = table.collect();
/// assert_eq!(rows[0].as_ref().map(|case| case.count()), Ok(1));
/// let error = rows[1].as_ref().unwrap_err();
/// assert_eq!(error.findings().len(), 2); // the reference and a member
/// assert!(error.to_string().starts_with("table:3: reference: "));
/// # Ok::<(), relocost::Error>(())
/// ```
pub struct CaseTable<R> {
    rows: csv::StringRecordsIntoIter<R>,
    checker: Checker,
    broken: bool,
}

/// The rows of a table that is there in cells, checked one by one. [`CaseTable::of_rows`] makes it.
pub struct CaseRows<I> {
    rows: I,
    checker: Checker,
    /// How many rows were read.
    read: u32,
}

/// What makes a case of the cells of a row.
struct Checker {
    /// For each of `COLUMNS`, its place in a row.
    places: [Option<usize>; COLUMNS.len()],
    /// How many cells a row has.
    width: usize,
    file: Arc<str>,
}

impl CaseTable<std::io::Empty> {
    /// Takes rows whose cells are texts already, such as those of a data frame: the same columns, and the same findings
    /// in the same order, as of CSV. An empty cell says nothing.
    ///
    /// An error's line is the row's number, counted from 1 and without the heads; that of the heads is 0.
    ///
    /// ```
    /// use relocost::CaseTable;
    /// let table = CaseTable::of_rows(&["members", "reference"], [["34 6", "HH-1"], ["131", "HH-2"]], "frame")?;
    /// assert_eq!(table.len(), 2);
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
        let checker = Checker::new(heads.iter().map(|head| head.trim()), name.into(), 0)?;
        Ok(CaseRows { rows: rows.into_iter(), checker, read: 0 })
    }
}

impl<R: Read> CaseTable<R> {
    /// Reads the heads; `name` is what errors call the table, never a path.
    ///
    /// # Errors
    /// The text cannot be read, or a column is unknown, missing or given twice.
    pub fn new(text: R, name: &str) -> Result<Self, Error> {
        let file: Arc<str> = name.into();
        let mut reader = csv::ReaderBuilder::new().flexible(false).trim(csv::Trim::All).from_reader(text);
        let heads = reader.headers().map_err(|error| unreadable(&file, &error))?.clone();
        let checker = Checker::new(heads.iter(), file, 1)?;
        Ok(Self { rows: reader.into_records(), checker, broken: false })
    }
}

impl Checker {
    fn new<'h>(heads: impl IntoIterator<Item = &'h str>, file: Arc<str>, line: u32) -> Result<Self, Error> {
        let mut places = [None; COLUMNS.len()];
        let mut findings = Vec::new();
        let mut fail = |code, key: &str, message: String| {
            findings.push(Finding {
                code,
                place: Some(place(&file, line)),
                key: key.to_owned(),
                message: message.into(),
            });
        };
        let mut width = 0;
        for (index, head) in heads.into_iter().enumerate() {
            width = index + 1;
            let head = head.trim_start_matches('\u{feff}');
            match COLUMNS.iter().position(|column| *column == head) {
                Some(column) if places[column].is_some() => {
                    fail(Code::Duplicate, COLUMNS[column], "this column stands twice".to_owned());
                }
                Some(column) => places[column] = Some(index),
                None => {
                    let hint = closest(head, COLUMNS).map_or_else(
                        || format!("expected only {}", COLUMNS.join(", ")),
                        |name| format!("did you mean \"{name}\"?"),
                    );
                    fail(Code::UnknownKey, &format!("column {}", index + 1), format!("unknown column; {hint}"));
                }
            }
        }
        for (column, place) in COLUMNS.iter().zip(&places).take(2) {
            if place.is_none() {
                fail(Code::MissingKey, column, "missing; expected a column of this name".to_owned());
            }
        }
        if findings.is_empty() { Ok(Self { places, width, file }) } else { Err(Error::new(findings, 0)) }
    }

    /// The case of a row; `at` gives a cell by its place, without blanks around it.
    fn case<'c>(&self, at: impl Fn(usize) -> Option<&'c str>, line: u32) -> Result<Case, Error> {
        let cell = |column: usize| self.places[column].and_then(&at).filter(|cell| !cell.is_empty());
        let mut findings = Vec::new();
        let mut fail = |code, column: usize, message: String| {
            findings.push(Finding {
                code,
                place: Some(place(&self.file, line)),
                key: COLUMNS[column].to_owned(),
                message: message.into(),
            });
        };
        let reference = cell(0).filter(|text| is_reference(text));
        if reference.is_none() {
            fail(
                Code::BadName,
                0,
                "expected a pseudonym of letters, digits, \"-\" and \"_\", at most 64, and never a name".to_owned(),
            );
        }
        let members: Vec<Option<CaseMember>> = cell(1).unwrap_or_default().split_whitespace().map(member).collect();
        for (index, _) in members.iter().enumerate().filter(|(_, member)| member.is_none()).take(limits::FINDINGS) {
            fail(
                Code::WrongKind,
                1,
                format!(
                    "member {}: expected a month of birth such as 1984-03, or an age from 0 to {}",
                    index + 1,
                    limits::AGE_YEARS
                ),
            );
        }
        if members.is_empty() || members.len() > limits::MEMBERS {
            fail(
                Code::OutOfRange,
                1,
                format!("has {} members; expected 1 to {}, separated by blanks", members.len(), limits::MEMBERS),
            );
        }
        let count = cell(2).map_or(Some(1), |text| text.parse().ok().filter(|count| (1..=MOST).contains(count)));
        if count.is_none() {
            fail(Code::OutOfRange, 2, format!("expected a whole number from 1 to {MOST}, or nothing for 1"));
        }
        let start = cell(3).map(str::parse::<Month>);
        if matches!(start, Some(Err(_))) {
            fail(
                Code::WrongKind,
                3,
                "expected a month such as 2026-03, or nothing for the scenario's start".to_owned(),
            );
        }
        match (reference, count, start.transpose()) {
            (Some(reference), Some(count), Ok(start)) if findings.is_empty() => Ok(Case {
                reference: reference.to_owned(),
                count,
                start,
                members: members.into_iter().flatten().collect(),
                file: Arc::clone(&self.file),
                line,
            }),
            _ => Err(Error::new(findings, 0)),
        }
    }
}

fn member(text: &str) -> Option<CaseMember> {
    if text.contains('-') {
        return text.parse().ok().map(CaseMember::Born);
    }
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    let age = text.parse().ok().filter(|age| digits && *age <= limits::AGE_YEARS);
    age.map(CaseMember::Age)
}

fn unequal(cells: impl fmt::Display, heads: impl fmt::Display) -> String {
    format!("has {cells} cells; expected {heads}, as the heads have")
}

fn unreadable(file: &Arc<str>, error: &csv::Error) -> Error {
    let line = error.position().map_or(0, |position| u32::try_from(position.line()).unwrap_or(u32::MAX));
    let (code, message) = match error.kind() {
        csv::ErrorKind::Utf8 { .. } => (Code::NotUtf8, "is not UTF-8; save the table in that encoding".to_owned()),
        csv::ErrorKind::UnequalLengths { expected_len, len, .. } => (Code::Syntax, unequal(*len, *expected_len)),
        csv::ErrorKind::Io(error) => (Code::Unreadable, format!("cannot be read: {}", error.kind())),
        _ => (Code::Syntax, "is not CSV".to_owned()),
    };
    Error::at(code, Some(place(file, line)), "", message)
}

impl<R: Read> Iterator for CaseTable<R> {
    type Item = Result<Case, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.broken {
            return None;
        }
        Some(match self.rows.next()? {
            Ok(record) => {
                let line = record.position().map_or(0, |position| u32::try_from(position.line()).unwrap_or(u32::MAX));
                self.checker.case(|place| record.get(place), line)
            }
            Err(error) => {
                self.broken = error.is_io_error();
                Err(unreadable(&self.checker.file, &error))
            }
        })
    }
}

impl<I> Iterator for CaseRows<I>
where
    I: Iterator,
    I::Item: IntoIterator,
    <I::Item as IntoIterator>::Item: AsRef<str>,
{
    type Item = Result<Case, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let cells: Vec<_> = self.rows.next()?.into_iter().collect();
        self.read = self.read.saturating_add(1);
        let Checker { width, file, .. } = &self.checker;
        if cells.len() != *width {
            let message = unequal(cells.len(), width);
            return Some(Err(Error::at(Code::Syntax, Some(place(file, self.read)), "", message)));
        }
        Some(self.checker.case(|place| cells.get(place).map(|cell| cell.as_ref().trim()), self.read))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.rows.size_hint()
    }
}

impl<I> ExactSizeIterator for CaseRows<I>
where
    Self: Iterator,
    I: ExactSizeIterator,
    I::Item: IntoIterator,
    <I::Item as IntoIterator>::Item: AsRef<str>,
{
}

impl<I> fmt::Debug for CaseRows<I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CaseRows(not shown)")
    }
}

impl<R> fmt::Debug for CaseTable<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CaseTable(not shown)")
    }
}
