//! The households of cases: in the programme's own text, in a scenario's file, or in a table.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use rust_decimal::prelude::ToPrimitive;
use sha2::{Digest, Sha256};

use super::Programming;
use crate::caseload::{Case as Row, HOUSEHOLD_COLUMNS, household};
use crate::error::{Code, Error};
use crate::message;
use crate::message::Message;
use crate::reading::{Findings, Path, Reader};
use crate::scenario::read::{HOUSEHOLD_KEYS, Stay, members, pseudonym};
use crate::scenario::{CatalogueText, Member};
use crate::spreadsheet::{self, Column, OtherColumns, RowReader, Spreadsheet};
use crate::syntax::{self, Node, Origin, Source};
use crate::types::Month;

/// Brings a file by its name, or says why not.
type Bring<'r> = dyn Fn(&str) -> Result<CatalogueText, Message> + 'r;

/// Brings other files by their names.
pub(super) struct Files<'r> {
    pub(super) bring: Option<&'r Bring<'r>>,
    /// True if errors may show values.
    pub(super) reveal: bool,
    /// A digest of all texts that were brought.
    pub(super) digest: RefCell<Sha256>,
}

/// Tables that were read, by the names that entries give them; `None` of one that is wrong, which was reported.
#[derive(Default)]
pub(super) struct Tables(RefCell<HashMap<String, Option<Rc<Vec<TableRow>>>>>);

/// A row of a table of cases.
pub(super) struct TableRow {
    pub(super) household: Row,
    pub(super) ends: Option<Month>,
    pub(super) priority: Option<i32>,
    /// The ids of agreements; `None` where the cell is empty.
    pub(super) agreements: Option<Vec<String>>,
    pub(super) course: RowCourse,
}

/// The course of a row's case.
pub(super) enum RowCourse {
    Queues,
    Pathway(String),
    Placed(String, Month),
}

const ENDS: usize = 5;
const PRIORITY: usize = 6;
const AGREEMENTS: usize = 7;
const PATHWAY: usize = 8;
const SOLUTION: usize = 9;
const MOVES: usize = 10;

/// The columns of a table that a programme names.
static COLUMNS: [Column; 11] = {
    let [reference, members, count, start, ages_at] = HOUSEHOLD_COLUMNS;
    [
        reference,
        members,
        count,
        start,
        ages_at,
        Column { name: "ends", needed: false },
        Column { name: "priority", needed: false },
        Column { name: "agreements", needed: false },
        Column { name: "pathway", needed: false },
        Column { name: "solution", needed: false },
        Column { name: "moves", needed: false },
    ]
};

impl Files<'_> {
    /// A file by the name under a key.
    fn text(&self, reader: &mut Reader, node: &Node, path: &Path<'_>) -> Option<CatalogueText> {
        let name = reader.raw_text(node, path, &message!("the name of a file", "le nom d'un fichier"))?;
        let found = match self.bring {
            Some(bring) => bring(name),
            None => Err(message!(
                "a text that did not come from a file can name no other file; save it as a file beside them",
                "un texte qui ne vient pas d'un fichier ne peut en nommer d'autres ; l'enregistrer comme fichier à côté d'eux"
            )),
        };
        if let Ok(file) = &found {
            self.digest.borrow_mut().update(file.text.as_bytes());
        }
        found.map_err(|why| reader.fail(Code::Unreadable, node.at, path, why)).ok()
    }
}

/// The household of a scenario's file: its pseudonym and members, of whom ages given are those of `ages_at` unless the
/// file says otherwise.
pub(super) fn of_scenario(
    reading: &mut Programming<'_>,
    node: &Node,
    path: &Path<'_>,
    ages_at: Option<Month>,
) -> Option<(Option<String>, Vec<Member>)> {
    let CatalogueText { name, text, format } = reading.files.text(reading.reader, node, path)?;
    let source = Source { name: &name, text: &text, format };
    let read = || {
        let (root, positions) = syntax::read(&source, Origin::Scenario)?;
        let mut reader = Reader::new(Some(positions), Vec::new(), reading.files.reveal);
        let found = of_root(&mut reader, &root, ages_at);
        reader.finish()?;
        Ok::<_, Error>(found)
    };
    match read() {
        Ok(found) => found,
        Err(error) => {
            reading.others.keep_error(&error);
            None
        }
    }
}

fn of_root(reader: &mut Reader, root: &Node, ages_at: Option<Month>) -> Option<(Option<String>, Vec<Member>)> {
    let top = Path::Root;
    let path = top.key("household");
    let fields = reader.open(root, &top)?;
    let expected = message!("a table with the members", "une table avec les membres");
    let node = reader.need(&fields, &top, "household", &expected)?;
    let fields = reader.fields(node, &path, HOUSEHOLD_KEYS)?;
    let reference = pseudonym(reader, &fields, &path);
    let ages_at = match fields.get("ages_at") {
        Some(node) => reader.month(node, &path.key("ages_at")),
        None => ages_at,
    };
    let list = reader.need(&fields, &path, "members", &message!("a list of members", "une liste de membres"))?;
    let members = members(reader, list, &path.key("members"), ages_at, Stay::Any, &mut Vec::new());
    Some((reference?, members?))
}

/// The rows of a table, each table read once.
pub(super) fn of_table(
    reading: &mut Programming<'_>,
    tables: &Tables,
    node: &Node,
    path: &Path<'_>,
) -> Option<Rc<Vec<TableRow>>> {
    let name = reading.reader.raw_text(node, path, &message!("the name of a file", "le nom d'un fichier"))?;
    if let Some(known) = tables.0.borrow().get(name) {
        return known.clone();
    }
    let found = reading.files.text(reading.reader, node, path).and_then(|file| rows(&file, &mut reading.others));
    tables.0.borrow_mut().insert(name.to_owned(), found.clone());
    found
}

fn rows(file: &CatalogueText, wrong: &mut Findings) -> Option<Rc<Vec<TableRow>>> {
    let mut table = match Spreadsheet::of_text(file.text.as_bytes(), &file.name, &COLUMNS, OtherColumns::Refused) {
        Ok(table) => table,
        Err(error) => {
            wrong.keep_error(&error);
            return None;
        }
    };
    let (mut rows, mut complete) = (Vec::new(), true);
    while let Some(row) = table.next_row() {
        let read = row.and_then(|row| {
            let mut reader = table.read(&row);
            let household = household(&mut reader, table.place(&row), Stay::Any);
            let found = table_row(&mut reader, household);
            reader.finish(found)
        });
        match read {
            Ok(row) => rows.extend(row),
            Err(error) => {
                wrong.keep_error(&error);
                complete = false;
            }
        }
    }
    complete.then(|| Rc::new(rows))
}

fn table_row(reader: &mut RowReader<'_>, household: Row) -> Option<TableRow> {
    let ends = reader.month(ENDS);
    let priority = priority(reader);
    let agreements = match reader.text(AGREEMENTS) {
        "" => None,
        "-" => Some(Vec::new()),
        ids => Some(ids.split_whitespace().map(str::to_owned).collect()),
    };
    let moves = reader.month(MOVES);
    let (pathway, solution) = (reader.text(PATHWAY), reader.text(SOLUTION));
    let course = match (pathway, solution, moves) {
        ("", "", None) if reader.text(MOVES).is_empty() => RowCourse::Queues,
        (pathway, "", None) if reader.text(MOVES).is_empty() => RowCourse::Pathway(pathway.to_owned()),
        ("", solution, Some(moves)) if !solution.is_empty() => RowCourse::Placed(solution.to_owned(), moves),
        ("", _, _) => {
            let message = message!(
                "`solution` and `moves` are given together, or neither",
                "`solution` et `moves` se donnent ensemble, ou aucun des deux"
            );
            reader.fail(Code::Conflict, SOLUTION, message);
            return None;
        }
        _ => {
            let message = message!(
                "a row has a `pathway`, or a `solution` with `moves`, not both",
                "une ligne a `pathway`, ou `solution` avec `moves`, pas les deux"
            );
            reader.fail(Code::Conflict, PATHWAY, message);
            return None;
        }
    };
    Some(TableRow { household, ends, priority, agreements, course })
}

fn priority(reader: &mut RowReader<'_>) -> Option<i32> {
    let text = reader.text(PRIORITY);
    if text.is_empty() {
        return None;
    }
    let most = super::cases::PRIORITY;
    let found = spreadsheet::number(text, reader.commas()).ok().filter(rust_decimal::Decimal::is_integer);
    let found = found.and_then(|number| number.to_i32()).filter(|number| (-most..=most).contains(number));
    if found.is_none() {
        let message = message!(
            "expected a whole number from -{most} to {most}",
            "un nombre entier de -{most} à {most} est attendu"
        );
        reader.fail(Code::OutOfRange, PRIORITY, message);
    }
    found
}
