//! Reading cases, each copy as one of its own where copies arrive at different times.

use std::sync::Arc;

use super::agreements::{month, named, whole};
use super::households::{RowCourse, TableRow, Tables, of_scenario, of_table};
use super::{Programming, has_letter};
use crate::error::{Code, Finding};
use crate::limits;
use crate::message;
use crate::message::Message;
use crate::programme::case::{Case, CaseCourse, CaseName, moved};
use crate::programme::queue::ALL;
use crate::programme::route::planned;
use crate::reading::{Fields, Path};
use crate::scenario::read::{Stay, members, pseudonym};
use crate::scenario::{Household, Member};
use crate::syntax::{At, Value};
use crate::types::{Id, Month};

/// The keys of an entry of `cases`.
pub(crate) const CASE_KEYS: &[&str] = &[
    "id",
    "members",
    "reference",
    "ages_at",
    "scenario",
    "caseload",
    "row",
    "arrives",
    "count",
    "every_months",
    "ends",
    "priority",
    "agreements",
    "placed",
    "pathway",
];

/// The highest priority, and less its sign the lowest.
pub(super) const PRIORITY: i32 = 1_000_000;

/// The months from a programme's first, up to which a case that is left out of it is kept: beyond the end of any other.
const KEPT_MONTHS: i64 = 12_000;

/// The cases of a programme.
#[derive(Default)]
pub(super) struct Cases {
    pub(super) run: Vec<Case>,
    /// The number of cases that arrive at the programme's end or later.
    pub(super) left_out: u32,
    /// Those of them that another programme can have.
    pub(super) later: Vec<Case>,
    /// The number of cases declared.
    declared: u32,
    /// The number of entries so far that have no name.
    unnamed: u32,
}

impl Cases {
    /// The name of an entry or of a row.
    fn name(&mut self, id: Option<&Id>, reference: Option<&String>) -> CaseName {
        match (id, reference) {
            (Some(id), _) => CaseName::Id(id.clone()),
            (None, Some(reference)) => CaseName::Reference(reference.clone()),
            (None, None) => {
                self.unnamed = self.unnamed.saturating_add(1);
                CaseName::Place(self.unnamed - 1)
            }
        }
    }
}

/// The values of an entry for all its rows.
struct Entry {
    at: At,
    /// The id, or the place among the entries from 1.
    name: String,
    count: u32,
    every_months: u32,
    arrives: Option<Month>,
    ends: Option<Month>,
    priority: Option<i32>,
    suits: Option<u64>,
    course: Option<CaseCourse>,
}

/// Reads every case.
pub(super) fn read(reading: &mut Programming<'_>, fields: &Fields<'_>, ids: &[Id], nobody: &Household) -> Cases {
    let root = Path::Root;
    let path = root.key("cases");
    let (mut cases, tables, mut seen) = (Cases::default(), Tables::default(), Vec::<Id>::new());
    let Some(node) = fields.get("cases") else { return cases };
    let expected = message!("a list of cases", "une liste de dossiers");
    let Some(nodes) = reading.reader.list(node, &path, limits::CASES as usize, &expected) else { return cases };
    for (index, node) in nodes.iter().enumerate() {
        let path = path.index(index);
        let Some(fields) = reading.reader.fields(node, &path, CASE_KEYS) else { continue };
        // The id of an entry that names a table is that of no single case.
        let own = id(reading, &fields, &path, &mut seen);
        let place = own.as_ref().map_or_else(|| (index + 1).to_string(), Id::to_string);
        let id = own.filter(|_| fields.get("caseload").is_none());
        let entry = entry(reading, &fields, &path, ids, place);
        let found = household(reading, &fields, &path, &tables, entry.as_ref(), ids);
        let (Some(entry), Some(found)) = (entry, found) else { continue };
        for (row, case) in (1..).zip(found) {
            let name = cases.name(id.as_ref(), case.reference.as_ref());
            copies(reading, &mut cases, &path, (&entry, row), (name, case), nobody);
        }
        if cases.declared > limits::CASES {
            reading.reader.too_many(node.at, &root.key("cases"), cases.declared as usize, limits::CASES as usize);
            break;
        }
    }
    cases
}

/// The id of an entry of cases or of arrivals.
pub(super) fn id(
    reading: &mut Programming<'_>,
    fields: &Fields<'_>,
    path: &Path<'_>,
    seen: &mut Vec<Id>,
) -> Option<Id> {
    let node = fields.get("id")?;
    let path = path.key("id");
    let id = reading.reader.id(node, &path)?;
    if !has_letter(&id) {
        let message =
            message!("has no letter; expected one with a letter", "n'a pas de lettre ; attendu : au moins une");
        reading.reader.fail(Code::BadName, node.at, &path, message);
    }
    if seen.contains(&id) {
        let message = message!("another entry has this id", "une autre entrée a cet identifiant");
        reading.reader.fail(Code::Duplicate, node.at, &path, message);
    }
    seen.push(id.clone());
    Some(id)
}

fn entry(
    reading: &mut Programming<'_>,
    fields: &Fields<'_>,
    path: &Path<'_>,
    ids: &[Id],
    name: String,
) -> Option<Entry> {
    let arrives = month(reading, fields, path, "arrives");
    let ends = month(reading, fields, path, "ends");
    let count = whole(reading, fields, path, "count", (1, limits::CASES));
    let every_months = whole(reading, fields, path, "every_months", (0, limits::MONTHS));
    let priority = priority(reading, fields, path);
    let suits = match fields.get("agreements") {
        Some(node) => named(reading, node, &path.key("agreements"), ids).map(Some),
        None => Some(None),
    };
    let course = course(reading, fields, path);
    if let (Some(_), Some(node)) = (fields.get("placed"), fields.get("every_months")) {
        let message = message!(
            "not with `placed`: a case that is placed moves in a month of its own",
            "pas avec `placed` : un dossier placé s'installe dans un mois qui lui est propre"
        );
        reading.reader.fail(Code::Conflict, node.at, &path.key("every_months"), message);
    }
    if fields.get("caseload").is_none()
        && let Some(node) =
            fields.get("placed").or(fields.get("pathway")).and(fields.get("agreements").or(fields.get("priority")))
    {
        let message = message!(
            "a case has one course: it queues, with `priority` and `agreements`, or is `placed`, or follows a `pathway`",
            "un dossier a un seul cours : il attend, avec `priority` et `agreements`, ou est `placed`, ou suit un `pathway`"
        );
        reading.reader.fail(Code::Conflict, node.at, path, message);
    }
    Some(Entry {
        at: fields.at,
        name,
        count: count?.unwrap_or(1),
        every_months: every_months?.unwrap_or(0),
        arrives: arrives?,
        ends: ends?,
        priority: priority?,
        suits: suits?,
        course: course?,
    })
}

/// A priority, which may lie below 0: `None` if it is there and wrong.
#[expect(clippy::option_option, reason = "there and wrong, not there, there")]
pub(super) fn priority(reading: &mut Programming<'_>, fields: &Fields<'_>, path: &Path<'_>) -> Option<Option<i32>> {
    let Some(node) = fields.get("priority") else { return Some(None) };
    let number = match &node.value {
        Value::Whole(number) => i32::try_from(*number).ok().filter(|number| (-PRIORITY..=PRIORITY).contains(number)),
        _ => None,
    };
    let code = if matches!(node.value, Value::Whole(_)) { Code::OutOfRange } else { Code::WrongKind };
    let most = PRIORITY;
    let expected = message!("a whole number from -{most} to {most}", "un nombre entier de -{most} à {most}");
    match number {
        Some(number) => Some(Some(number)),
        None => reading.reader.refuse(code, node, &path.key("priority"), &expected),
    }
}

/// The values of an entry beside queueing: `None` if they are wrong.
#[expect(clippy::option_option, reason = "there and wrong, not there, there")]
fn course(reading: &mut Programming<'_>, fields: &Fields<'_>, path: &Path<'_>) -> Option<Option<CaseCourse>> {
    match (fields.get("placed"), fields.get("pathway")) {
        (None, None) => Some(None),
        (None, Some(node)) => {
            let path = path.key("pathway");
            let id = reading.reader.id(node, &path)?;
            let stages = planned(reading.setting, id.as_str());
            if stages.is_none() && reading.complete {
                reading.reader.fail(Code::UnknownName, node.at, &path, no_pathway());
            }
            stages.map(|stages| Some(CaseCourse::Pathway { name: id, stages }))
        }
        (Some(node), None) => {
            let path = path.key("placed");
            let fields = reading.reader.fields(node, &path, &["solution", "moves"])?;
            let solution = reading.reader.need(&fields, &path, "solution", &message!("a solution", "une solution"));
            let solution = solution.and_then(|node| reading.solution(node, &path.key("solution")));
            let moves = reading.reader.need(&fields, &path, "moves", &message!("a month", "un mois"));
            let moves = moves.and_then(|node| reading.reader.month(node, &path.key("moves")));
            Some(Some(CaseCourse::Placed { solution: solution?, moves: moves? }))
        }
        (Some(_), Some(node)) => {
            let message = message!(
                "a case has `placed` or a `pathway`, not both",
                "un dossier a `placed` ou `pathway`, pas les deux"
            );
            reading.reader.fail(Code::Conflict, node.at, &path.key("pathway"), message);
            None
        }
    }
}

fn no_pathway() -> Message {
    message!("no pathway or solution has this name", "aucun parcours ni aucune solution ne porte ce nom")
}

/// The cases of an entry or a row, before each has a place of its own.
struct CaseGroup {
    reference: Option<String>,
    members: Vec<Member>,
    arrives: Month,
    count: u32,
    ends: Option<Month>,
    course: CaseCourse,
}

/// The households of an entry, each with its course.
fn household(
    reading: &mut Programming<'_>,
    fields: &Fields<'_>,
    path: &Path<'_>,
    tables: &Tables,
    entry: Option<&Entry>,
    ids: &[Id],
) -> Option<Vec<CaseGroup>> {
    let given = ["members", "scenario", "caseload"].map(|key| fields.get(key));
    if given.iter().flatten().count() != 1 {
        let message = message!(
            "expected its household by exactly one of `members`, `scenario` and `caseload`",
            "son ménage est attendu par exactement l'une des clés `members`, `scenario` et `caseload`"
        );
        reading.reader.fail(Code::Conflict, fields.at, path, message);
        return None;
    }
    let [members_node, scenario, caseload] = given;
    let only = |reading: &mut Programming<'_>, key: &str, with: &str, holds: bool| {
        if let Some(node) = fields.get(key).filter(|_| !holds) {
            let message = message!("goes with `{with}` only", "ne va qu'avec `{with}`");
            reading.reader.fail(Code::Conflict, node.at, &path.key(key), message);
        }
    };
    for key in ["reference", "ages_at"] {
        only(reading, key, "members", members_node.is_some());
    }
    only(reading, "row", "caseload", caseload.is_some());
    if let Some(node) = caseload {
        let rows = of_table(reading, tables, node, &path.key("caseload"));
        let wanted = match fields.get("row") {
            Some(node) => {
                Some(reading.reader.raw_text(node, &path.key("row"), &message!("a reference", "une référence"))?)
            }
            None => None,
        };
        let (rows, entry) = (rows?, entry?);
        let rows: Vec<&TableRow> =
            rows.iter().filter(|row| wanted.is_none_or(|wanted| row.household.reference() == wanted)).collect();
        if rows.is_empty() && wanted.is_some() {
            let at = fields.get("row").map_or(node.at, |node| node.at);
            let message = message!("no row has this reference", "aucune ligne n'a cette référence");
            reading.reader.fail(Code::UnknownName, at, &path.key("row"), message);
            return None;
        }
        return Some(rows.into_iter().filter_map(|row| of_row(reading, entry, row, ids)).collect());
    }
    let expected = message!("the month of arrival, such as \"2026-03\"", "le mois d'arrivée, tel que \"2026-03\"");
    reading.reader.need(fields, path, "arrives", &expected);
    let arrives = entry.and_then(|entry| entry.arrives);
    let (reference, members) = if let Some(node) = members_node {
        let reference = pseudonym(reading.reader, fields, path);
        let ages_at = month(reading, fields, path, "ages_at").flatten().or(arrives);
        let members = members(reading.reader, node, &path.key("members"), ages_at, Stay::Any, &mut Vec::new());
        (reference?, members?)
    } else {
        of_scenario(reading, scenario?, &path.key("scenario"), arrives)?
    };
    let entry = entry?;
    let course = entry
        .course
        .clone()
        .unwrap_or(CaseCourse::Queues { priority: entry.priority.unwrap_or(0), suits: entry.suits.unwrap_or(ALL) });
    Some(vec![CaseGroup { reference, members, arrives: arrives?, count: entry.count, ends: entry.ends, course }])
}

/// A case of a row of a table: what its entry says goes before.
fn of_row(reading: &mut Programming<'_>, entry: &Entry, row: &TableRow, ids: &[Id]) -> Option<CaseGroup> {
    let mut wrong = |code, column: &str, message| reading.others.keep([row.household.warning(code, column, message)]);
    let Some(arrives) = entry.arrives.or(row.household.start()) else {
        let message = message!(
            "missing; expected the month of arrival here, or `arrives` in the programme",
            "manque ; attendu : le mois d'arrivée ici, ou `arrives` dans le programme"
        );
        wrong(Code::MissingKey, "start", message);
        return None;
    };
    let Some(members) = row.household.members(row.household.ages_at().unwrap_or(arrives)) else {
        reading.others.keep_error(&row.household.early());
        return None;
    };
    let course = match (&entry.course, &row.course) {
        (Some(course), _) => course.clone(),
        (None, RowCourse::Pathway(name)) => {
            let Some((name, stages)) = name.parse().ok().zip(planned(reading.setting, name)) else {
                if reading.complete {
                    wrong(Code::UnknownName, "pathway", no_pathway());
                }
                return None;
            };
            CaseCourse::Pathway { name, stages }
        }
        (None, RowCourse::Placed(name, moves)) => {
            let Some(solution) = reading.setting.solutions.get_index_of(name.as_str()) else {
                if reading.complete {
                    let message = message!("no solution has this name", "aucune solution ne porte ce nom");
                    wrong(Code::UnknownName, "solution", message);
                }
                return None;
            };
            CaseCourse::Placed { solution, moves: *moves }
        }
        (None, RowCourse::Queues) => {
            let own = row.agreements.as_ref().map(|names| {
                let place = |name: &String| ids.iter().position(|id| id.as_str() == name);
                names.iter().map(place).try_fold(0, |set, place| Some(set | 1_u64 << place?))
            });
            if entry.suits.is_none() && own == Some(None) {
                let message = message!("no agreement has this id", "aucun accord n'a cet identifiant");
                wrong(Code::UnknownName, "agreements", message);
            }
            let suits = entry.suits.or(own.flatten()).unwrap_or(ALL);
            CaseCourse::Queues { priority: entry.priority.or(row.priority).unwrap_or(0), suits }
        }
    };
    if let CaseCourse::Placed { moves, .. } = &course
        && *moves < arrives
    {
        wrong(Code::OutOfRange, "moves", before_arrival());
        return None;
    }
    Some(CaseGroup {
        reference: Some(row.household.reference().to_owned()),
        members,
        arrives,
        count: entry.count.saturating_mul(row.household.count()),
        ends: entry.ends.or(row.ends),
        course,
    })
}

fn before_arrival() -> Message {
    message!("comes before the arrival", "vient avant l'arrivée")
}

/// Adds the copies of a case, those that are alike in all as one.
fn copies(
    reading: &mut Programming<'_>,
    cases: &mut Cases,
    path: &Path<'_>,
    (entry, row): (&Entry, u32),
    (name, found): (CaseName, CaseGroup),
    nobody: &Household,
) {
    let first = cases.declared.saturating_add(1);
    cases.declared = cases.declared.saturating_add(found.count);
    if cases.declared > limits::CASES {
        return; // which is reported
    }
    let household = Household { reference: found.reference, members: found.members, ..nobody.clone() };
    let (Some(from), Some(until)) = (reading.head.first_month, reading.head.until()) else { return };
    if let CaseCourse::Placed { moves, .. } = &found.course
        && *moves < found.arrives
    {
        reading.reader.fail(Code::OutOfRange, entry.at, &path.key("placed").key("moves"), before_arrival());
        return;
    }
    let earliest = from.plus(-i32::try_from(limits::EARLIER_MONTHS).unwrap_or(0));
    if found.arrives < earliest {
        let message = message!(
            "arrives more than {most} months before the programme",
            "arrive plus de {most} mois avant le programme",
            most = limits::EARLIER_MONTHS,
        );
        reading.reader.fail(Code::OutOfRange, entry.at, &path.key("arrives"), message);
        return;
    }
    let numbers: Arc<str> = format!("case/{}/{row}/", entry.name).into();
    let (steps, copies) = if entry.every_months == 0 { (1, found.count) } else { (found.count, 1) };
    let left_out_before = cases.left_out;
    for step in 0..steps {
        let by = i64::from(step) * i64::from(entry.every_months);
        let arrives = i64::from(found.arrives.months_since(from)) + by;
        if arrives >= i64::from(until.months_since(from)) {
            cases.left_out += copies;
        }
        let list = match i32::try_from(by) {
            _ if arrives < i64::from(until.months_since(from)) => &mut cases.run,
            Ok(_) if arrives < KEPT_MONTHS => &mut cases.later,
            _ => continue,
        };
        let by = i32::try_from(by).unwrap_or(0);
        list.push(Case {
            name: name.clone(),
            number: first + step,
            copies,
            numbers: Arc::clone(&numbers),
            first_copy: step + 1,
            household: moved(&household, by),
            arrives: found.arrives.plus(by),
            ends: found.ends.map(|ends| ends.plus(by)),
            course: found.course.clone(),
        });
    }
    if cases.left_out > left_out_before {
        let message = message!(
            "arrives after the programme and is left out (copies: {count})",
            "arrive après le programme et est laissé de côté (copies : {count})",
            count = cases.left_out - left_out_before,
        );
        let key = path.to_string();
        reading.warnings.push(Finding {
            code: Code::NeverUsed,
            place: reading.reader.sources().place(entry.at),
            key,
            message,
        });
    }
}
