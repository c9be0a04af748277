//! Reading arrivals by chance. They change no figure without chance: they are checked, and no more.

use super::Programming;
use super::agreements::{month, named};
use super::cases::{id, priority};
use super::households::{Tables, of_scenario, of_table};
use crate::error::Code;
use crate::limits;
use crate::message;
use crate::reading::{Fields, Path};
use crate::scenario::read::{Stay, at_least_zero, members, pseudonym};
use crate::types::Id;

/// The keys of an entry of `arrivals`.
pub(crate) const ARRIVAL_KEYS: &[&str] = &[
    "id",
    "per_year",
    "from",
    "until",
    "members",
    "reference",
    "ages_at",
    "scenario",
    "caseload",
    "priority",
    "agreements",
];

/// Checks every entry.
pub(super) fn read(reading: &mut Programming<'_>, fields: &Fields<'_>, ids: &[Id]) {
    let root = Path::Root;
    let path = root.key("arrivals");
    let (tables, mut seen) = (Tables::default(), Vec::new());
    let Some(node) = fields.get("arrivals") else { return };
    let expected = message!("a list of arrivals", "une liste d'arrivées");
    let Some(nodes) = reading.reader.list(node, &path, limits::DECLARED, &expected) else { return };
    for (index, node) in nodes.iter().enumerate() {
        let path = path.index(index);
        let Some(fields) = reading.reader.fields(node, &path, ARRIVAL_KEYS) else { continue };
        id(reading, &fields, &path, &mut seen);
        let expected = message!("how many a year", "combien par an");
        if let Some(node) = reading.reader.need(&fields, &path, "per_year", &expected) {
            at_least_zero(reading.reader, node, &path.key("per_year"));
        }
        let from = month(reading, &fields, &path, "from").flatten().or(reading.head.first_month);
        month(reading, &fields, &path, "until");
        priority(reading, &fields, &path);
        if let Some(node) = fields.get("agreements") {
            named(reading, node, &path.key("agreements"), ids);
        }
        match ["members", "scenario", "caseload"].map(|key| fields.get(key)) {
            [Some(node), None, None] => {
                pseudonym(reading.reader, &fields, &path);
                let ages_at = month(reading, &fields, &path, "ages_at").flatten().or(from);
                members(reading.reader, node, &path.key("members"), ages_at, Stay::Any, &mut Vec::new());
            }
            [None, Some(node), None] => {
                of_scenario(reading, node, &path.key("scenario"), from);
            }
            [None, None, Some(node)] => {
                of_table(reading, &tables, node, &path.key("caseload"));
            }
            _ => {
                let message = message!(
                    "expected a household by exactly one of `members`, `scenario` and `caseload`",
                    "un ménage est attendu par exactement l'une des clés `members`, `scenario` et `caseload`"
                );
                reading.reader.fail(Code::Conflict, fields.at, &path, message);
            }
        }
    }
}
