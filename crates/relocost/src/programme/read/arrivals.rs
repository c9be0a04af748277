//! Reading arrivals by chance, which change no figure without it.

use super::Programming;
use super::agreements::{month, named};
use super::cases::{id, priority};
use super::households::{Tables, of_scenario, of_table};
use crate::error::Code;
use crate::limits;
use crate::message;
use crate::programme::arrival::{Arrival, ArrivingHousehold};
use crate::programme::queue::ALL;
use crate::reading::{Fields, Path};
use crate::scenario::Member;
use crate::scenario::read::{Stay, at_least_zero, members, pseudonym};
use crate::types::{Id, Month};

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

/// Reads every entry; one that is wrong is left out, and that is reported.
pub(super) fn read(reading: &mut Programming<'_>, fields: &Fields<'_>, ids: &[Id]) -> Vec<Arrival> {
    let mut arrivals = Vec::new();
    let root = Path::Root;
    let path = root.key("arrivals");
    let (tables, mut seen) = (Tables::default(), Vec::new());
    let Some(node) = fields.get("arrivals") else { return arrivals };
    let expected = message!("a list of arrivals", "une liste d'arrivées");
    let Some(nodes) = reading.reader.list(node, &path, limits::DECLARED, &expected) else { return arrivals };
    for (index, node) in nodes.iter().enumerate() {
        let path = path.index(index);
        let Some(fields) = reading.reader.fields(node, &path, ARRIVAL_KEYS) else { continue };
        let name = id(reading, &fields, &path, &mut seen).map_or_else(|| (index + 1).to_string(), |id| id.to_string());
        let expected = message!("how many a year", "combien par an");
        let per_year = reading.reader.need(&fields, &path, "per_year", &expected);
        let per_year = per_year.and_then(|node| at_least_zero(reading.reader, node, &path.key("per_year")));
        let from = month(reading, &fields, &path, "from");
        let until = month(reading, &fields, &path, "until");
        if let (Some(Some(from)), Some(Some(until)), Some(node)) = (from, until, fields.get("until"))
            && until < from
        {
            let message = message!("comes before `from`", "vient avant `from`");
            reading.reader.fail(Code::OutOfRange, node.at, &path.key("until"), message);
        }
        let priority = priority(reading, &fields, &path);
        let suits = match fields.get("agreements") {
            Some(node) => named(reading, node, &path.key("agreements"), ids),
            None => Some(ALL),
        };
        let (first, last) = (reading.head.first_month, reading.head.until());
        let since = from.flatten().max(first).unwrap_or(Month::EPOCH);
        let households = households(reading, &fields, &path, &tables, since);
        if let (Some(per_year), Some(_), Some(until), Some(last), Some(priority), Some(suits), Some(households)) =
            (per_year, from, until, last, priority, suits, households)
        {
            arrivals.push(Arrival {
                name,
                per_year,
                from: since,
                until: until.map_or(last, |until| until.min(last)),
                households,
                priority: priority.unwrap_or(0),
                suits,
            });
        }
    }
    arrivals
}

/// The households of an entry, with their weights, as they are if they arrive in a month.
fn households(
    reading: &mut Programming<'_>,
    fields: &Fields<'_>,
    path: &Path<'_>,
    tables: &Tables,
    since: Month,
) -> Option<Vec<(u32, ArrivingHousehold)>> {
    // An age is that of the month of arrival, so that births move with it; another month tells whose do.
    let months = [since, since.plus(1)];
    let one = |members: [Vec<Member>; 2]| {
        let [members, next] = members;
        vec![(1, ArrivingHousehold::new(since, members, &next))]
    };
    match ["members", "scenario", "caseload"].map(|key| fields.get(key)) {
        [Some(node), None, None] => {
            pseudonym(reading.reader, fields, path);
            let given = month(reading, fields, path, "ages_at")?;
            let path = path.key("members");
            let mut of =
                |month: Month| members(reading.reader, node, &path, given.or(Some(month)), Stay::Any, &mut Vec::new());
            Some(one([of(months[0])?, of(months[1])?]))
        }
        [None, Some(node), None] => {
            let path = path.key("scenario");
            let mut of = |month| of_scenario(reading, node, &path, Some(month)).map(|(_, members)| members);
            Some(one([of(months[0])?, of(months[1])?]))
        }
        [None, None, Some(node)] => {
            let rows = of_table(reading, tables, node, &path.key("caseload"))?;
            let mut households = Vec::with_capacity(rows.len());
            for row in rows.iter() {
                let row = &row.household;
                let of = |month| row.members(row.ages_at().unwrap_or(month));
                let (Some(members), Some(next)) = (of(months[0]), of(months[1])) else {
                    reading.others.keep_error(&row.early());
                    return None;
                };
                households.push((row.count(), ArrivingHousehold::new(since, members, &next)));
            }
            if households.is_empty() {
                let message =
                    message!("has no row; expected one or more", "n'a pas de ligne ; attendu : une ou plusieurs");
                reading.reader.fail(Code::MissingKey, node.at, &path.key("caseload"), message);
                return None;
            }
            Some(households)
        }
        _ => {
            let message = message!(
                "expected a household by exactly one of `members`, `scenario` and `caseload`",
                "un ménage est attendu par exactement l'une des clés `members`, `scenario` et `caseload`"
            );
            reading.reader.fail(Code::Conflict, fields.at, path, message);
            None
        }
    }
}
