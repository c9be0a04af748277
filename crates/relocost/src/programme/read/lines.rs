//! Reading the lines that are no household's.

use super::Programming;
use crate::error::Code;
use crate::limits;
use crate::message;
use crate::names::{ProgrammeCount, ScheduleName, SolutionKind};
use crate::reading::Path;
use crate::scenario::read::{Reference, of_no_household, shares};
use crate::scenario::{Charge, Line, Shares};
use crate::syntax::Node;
use crate::types::Id;

/// The keys of a line of a programme.
pub(crate) const PROGRAMME_LINE_KEYS: &[&str] = &[
    "id",
    "category",
    "label",
    "driver",
    "schedule",
    "amount",
    "amounts",
    "currency",
    "index",
    "price_base_year",
    "valid",
    "funding",
    "source",
];

/// The basis on which a line is paid: a count, the kind of solutions to which it is narrowed, the count of a unit, and
/// the funds that pay.
pub(super) type Paid = (ProgrammeCount, Option<SolutionKind>, u32, Option<Shares>);

/// Reads `programme.lines`.
pub(super) fn read(
    reading: &mut Programming<'_>,
    programme: &Node,
    references: &mut Vec<Reference>,
) -> Vec<(Line, Paid)> {
    let (root, mut lines) = (Path::Root, Vec::<(Line, Paid)>::new());
    let programme_path = root.key("programme");
    let path = programme_path.key("lines");
    let Some(node) = programme.get("lines") else { return lines };
    let expected = message!("a list of lines", "une liste de postes");
    let Some(nodes) = reading.reader.list(node, &path, limits::DECLARED, &expected) else { return lines };
    for (index, node) in nodes.iter().enumerate() {
        let Some(line) = line(reading, node, &path.index(index), references) else { continue };
        if lines.iter().any(|(other, _)| other.id == line.0.id) {
            let id = &line.0.id;
            let message = message!(
                "another line of the programme has the id \"{id}\"",
                "un autre poste du programme a l'identifiant « {id} »"
            );
            reading.reader.fail(Code::Duplicate, node.at, &path.index(index).key("id"), message);
        } else {
            lines.push(line);
        }
    }
    lines
}

fn line(
    reading: &mut Programming<'_>,
    node: &Node,
    path: &Path<'_>,
    references: &mut Vec<Reference>,
) -> Option<(Line, Paid)> {
    let fields = reading.reader.fields(node, path, PROGRAMME_LINE_KEYS)?;
    let id = reading.reader.need(&fields, path, "id", &message!("an id", "un identifiant"));
    let id: Option<Id> = id.and_then(|node| reading.reader.id(node, &path.key("id")));
    let expected = message!(
        "what the amount is paid for, such as {{ count = \"cases\", per = 12 }}",
        "pour quoi le montant est payé, comme {{ count = \"cases\", per = 12 }}"
    );
    let paid = reading
        .reader
        .need(&fields, path, "driver", &expected)
        .and_then(|node| driver(reading, node, &path.key("driver")));
    let funding = match fields.get("funding") {
        Some(node) => {
            let path = path.key("funding");
            let table = reading.reader.open(node, &path);
            table.and_then(|table| shares(reading.reader, &table, &path, "", references)).map(Some)
        }
        None => Some(None),
    };
    // The rest is a line as any other, of no household.
    let mut rest = node.clone();
    rest.remove("funding");
    rest.set("driver", "household");
    let line = of_no_household(reading.reader, &rest, path, id, reading.setting.price_base_year, references)?;
    let Charge::Priced(priced) = &line.charge else { return None };
    let name = priced.schedule.name();
    if matches!(name, ScheduleName::OnExit | ScheduleName::OnEnd | ScheduleName::OnJoin | ScheduleName::OnLeave) {
        let message = message!(
            "is a schedule of households; expected one of monthly, once, every, calendar, dates",
            "est un échéancier de ménages ; attendu : l'un de monthly, once, every, calendar, dates"
        );
        let at = fields.get("schedule").map_or(node.at, |node| node.at);
        reading.reader.fail(Code::Conflict, at, &path.key("schedule"), message);
        return None;
    }
    let (count, kind, per) = paid?;
    Some((line, (count, kind, per, funding?)))
}

fn driver(
    reading: &mut Programming<'_>,
    node: &Node,
    path: &Path<'_>,
) -> Option<(ProgrammeCount, Option<SolutionKind>, u32)> {
    let fields = reading.reader.fields(node, path, &["count", "kind", "per"])?;
    let count: Option<ProgrammeCount> = reading
        .reader
        .need(&fields, path, "count", &message!("what is counted", "ce qui est compté"))
        .and_then(|node| reading.reader.named(node, &path.key("count")));
    let kind = match fields.get("kind") {
        Some(node) => reading.reader.named(node, &path.key("kind")).map(Some),
        None => Some(None),
    };
    let per = super::agreements::whole(reading, &fields, path, "per", (1, limits::PLACES));
    let (count, kind, per) = (count?, kind?, per?.unwrap_or(1));
    if kind.is_some() && !matches!(count, ProgrammeCount::Cases | ProgrammeCount::Persons) {
        let message = message!("narrows `cases` and `persons` only", "ne restreint que `cases` et `persons`");
        let at = fields.get("kind").map_or(node.at, |node| node.at);
        reading.reader.fail(Code::Conflict, at, &path.key("kind"), message);
        return None;
    }
    Some((count, kind, per))
}
