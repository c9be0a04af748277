//! Reading one cost line.

use num_rational::BigRational;
use num_traits::One;

use super::distribution;
use super::part::{Kind, LineEntry, Reference, names, reference};
use super::reader::{Fields, Path, Reader};
use crate::error::Code;
use crate::files::{Node, Value};
use crate::limits;
use crate::message;
use crate::message::{Message, counted};
use crate::names::{Clock, Named, ScheduleName, closest, did_you_mean};
use crate::scenario::line::{Line, Price, Relief, Schedule};
use crate::types::Id;

/// The keys of a line.
pub(crate) const LINE_KEYS: &[&str] = &[
    "id",
    "category",
    "label",
    "driver",
    "schedule",
    "amount",
    "event",
    "currency",
    "index",
    "when",
    "unless",
    "relief",
    "clock",
    "price_base_year",
    "source",
    "drop",
];

/// Reads an entry of `lines`: its id, what it says if that could be read, and the names that it refers to. `base` is
/// the price base of the file, and `without_base` is set where none is given.
pub(super) fn read(
    reader: &mut Reader,
    node: &Node,
    lines: &Path<'_>,
    index: usize,
    base: Option<i32>,
    without_base: &mut bool,
) -> (Option<Id>, Option<LineEntry>, Vec<Reference>) {
    let by_index = lines.index(index);
    let written = match &node.value {
        Value::Table(entries) => entries.iter().find(|entry| entry.key == "id").map(|entry| &entry.node.value),
        _ => None,
    };
    let id = match written {
        Some(Value::Text(text)) => Id::parse(text).ok(),
        _ => None,
    };
    let path = id.as_ref().map_or(by_index, |id| lines.key(id.as_str()));
    let Some(fields) = reader.fields(node, &path, LINE_KEYS) else { return (None, None, Vec::new()) };
    if id.is_none()
        && let Some(node) = reader.need(&fields, &path, "id", message!("an id", "un identifiant"))
    {
        reader.id(node, &path.key("id")); // says what is wrong with it
    }
    let mut references = Vec::new();
    let value = match fields.get("drop") {
        Some(drop) => drop_only(reader, &fields, drop, &path).map(|()| LineEntry::Drop),
        None => whole_line(reader, &fields, &path, id.clone(), base, without_base, &mut references)
            .map(|line| LineEntry::Line(Box::new(line))),
    };
    (id, value, references)
}

fn drop_only(reader: &mut Reader, fields: &Fields<'_>, drop: &Node, path: &Path<'_>) -> Option<()> {
    if !matches!(drop.value, Value::Bool(true)) {
        return reader.refuse(
            Code::WrongKind,
            drop,
            &path.key("drop"),
            message!("true, or the key left out", "true, ou pas de clé"),
        );
    }
    let other = fields.entries().iter().find(|entry| entry.key != "id" && entry.key != "drop");
    if let Some(entry) = other {
        reader.fail(
            Code::Conflict,
            entry.at,
            &path.key(&entry.key),
            message!(
                "a line that is dropped has only `id` and `drop`; leave `drop` out to replace the line",
                "un poste supprimé n'a que `id` et `drop` ; omettre `drop` pour remplacer le poste"
            ),
        );
        return None;
    }
    Some(())
}

fn whole_line(
    reader: &mut Reader,
    fields: &Fields<'_>,
    path: &Path<'_>,
    id: Option<Id>,
    base: Option<i32>,
    without_base: &mut bool,
    references: &mut Vec<Reference>,
) -> Option<Line> {
    let category = reader
        .need(fields, path, "category", message!("the id of a category", "l'identifiant d'une catégorie"))
        .and_then(|node| reference(reader, node, &path.key("category"), Kind::Category, references));
    let label = reader
        .need(fields, path, "label", message!("a text", "un texte"))
        .and_then(|node| reader.label(node, &path.key("label")));
    let driver = reader
        .need(
            fields,
            path,
            "driver",
            message!(
                "a driver, which says what the amount is paid for",
                "un driver, qui dit pour quoi le montant est payé"
            ),
        )
        .and_then(|node| reader.named(node, &path.key("driver")));
    let price = price(reader, fields, path);
    let schedule = match fields.get("schedule") {
        Some(node) => schedule(reader, node, &path.key("schedule")),
        None if fields.get("event").is_some() => Some(Schedule::MONTHLY),
        None => {
            let expected =
                message!("a schedule such as {{ monthly = {{}} }}", "un échéancier tel que {{ monthly = {{}} }}");
            reader.need(fields, path, "schedule", expected).and(None)
        }
    };
    if let (Some(_), Some(node), Some(schedule)) = (fields.get("event"), fields.get("schedule"), &schedule)
        && schedule.name() != ScheduleName::Monthly
    {
        let message = message!(
            "an event line is charged monthly, at its expectation; found {found}",
            "un poste d'événement est imputé chaque mois, à son espérance ; trouvé : {found}",
            found = schedule.name(),
        );
        reader.fail(Code::Conflict, node.at, &path.key("schedule"), message);
    }
    let currency = reader
        .need(fields, path, "currency", message!("the code of a currency", "le code d'une monnaie"))
        .and_then(|node| reader.currency(node, &path.key("currency")));
    let index = match fields.get("index") {
        Some(node) => reference(reader, node, &path.key("index"), Kind::Index, references).map(Some),
        None => Some(None),
    };
    let mut entitlements = |reader: &mut Reader, key| match fields.get(key) {
        Some(node) => names(reader, node, &path.key(key), Kind::Entitlement, references),
        None => Some(Vec::new()),
    };
    let (when, unless) = (entitlements(reader, "when"), entitlements(reader, "unless"));
    let relief = match fields.get("relief") {
        Some(node) => relief(reader, node, &path.key("relief"), references).map(Some),
        None => Some(None),
    };
    let clock = match fields.get("clock") {
        Some(node) => reader.named(node, &path.key("clock")),
        None => Some(Clock::Entitled),
    };
    let price_base_year = if let Some(node) = fields.get("price_base_year") {
        reader.year(node, &path.key("price_base_year"))
    } else {
        *without_base |= base.is_none();
        base
    };
    let expected = message!("a text that says where the amount comes from", "un texte qui dit d'où vient le montant");
    let source = reader.need(fields, path, "source", expected).and_then(|node| {
        let text = reader.text(node, &path.key("source"))?;
        if text.as_str().trim().is_empty() {
            reader.fail(
                Code::BadText,
                node.at,
                &path.key("source"),
                message!(
                    "is blank; expected where the amount comes from",
                    "est vide ; attendu : d'où vient le montant"
                ),
            );
            return None;
        }
        Some(text)
    });
    let line = Line {
        id: id?,
        category: category?,
        label: label?,
        driver: driver?,
        schedule: schedule?,
        credit: matches!(&price, Some(Price::Amount(amount)) if amount.to_decimal().is_sign_negative()),
        price: price?,
        currency: currency?,
        index: index?,
        when: when?,
        unless: unless?,
        relief: relief?,
        clock: clock?,
        price_base_year: price_base_year?,
        source: source?,
        factor: BigRational::one(),
    };
    Some(line)
}

fn price(reader: &mut Reader, fields: &Fields<'_>, path: &Path<'_>) -> Option<Price> {
    match (fields.get("amount"), fields.get("event")) {
        (Some(amount), None) => reader.amount(amount, &path.key("amount")).map(Price::Amount),
        (None, Some(event)) => {
            let path = path.key("event");
            let fields = reader.fields(event, &path, &["per_year", "severity"])?;
            let per_year = reader
                .need(&fields, &path, "per_year", message!("how often a year", "combien de fois par an"))
                .and_then(|node| distribution::at_least_zero(reader, node, &path.key("per_year")));
            let severity = reader
                .need(&fields, &path, "severity", message!("a distribution", "une loi de probabilité"))
                .and_then(|node| distribution::severity(reader, node, &path.key("severity")));
            Some(Price::Event { per_year: per_year?, severity: severity? })
        }
        (Some(amount), Some(_)) => {
            reader.fail(
                Code::Conflict,
                amount.at,
                &path.key("amount"),
                message!(
                    "a line has an `amount` or an `event`, not both",
                    "un poste a un `amount` ou un `event`, pas les deux"
                ),
            );
            None
        }
        (None, None) => {
            reader.fail(
                Code::MissingKey,
                fields.at,
                &path.key("amount"),
                message!(
                    "missing; expected an `amount`, or an `event`",
                    "manque ; attendu : un `amount`, ou un `event`"
                ),
            );
            None
        }
    }
}

fn schedule(reader: &mut Reader, node: &Node, path: &Path<'_>) -> Option<Schedule> {
    let expected = || {
        message!(
            "one schedule: {names}, such as {{ monthly = {{}} }} or \"on_exit\"",
            "un échéancier : {names}, par exemple {{ monthly = {{}} }} ou \"on_exit\"",
            names = ScheduleName::NAMES.join(", "),
        )
    };
    let empty = Node::table();
    let value = &node.value;
    let (name, node, at) = match value {
        Value::Text(name) => (name.as_str(), &empty, node.at),
        Value::Table(entries) => {
            if let [entry] = &entries[..] {
                (entry.key.as_str(), &entry.node, entry.at)
            } else {
                let message = message!(
                    "has {keys}; expected {expected}",
                    "contient {keys} ; attendu : {expected}",
                    keys = counted(entries.len(), ["key", "keys"], ["clé", "clés"]),
                    expected = expected(),
                );
                reader.fail(Code::WrongKind, node.at, path, message);
                return None;
            }
        }
        _ => return reader.refuse(Code::WrongKind, node, path, expected()),
    };
    let Some(kind) = ScheduleName::from_name(name) else {
        // A table's key can be out of its place.
        let shown = matches!(value, Value::Text(_)) || path.shows_key(name);
        let found = if shown {
            message!("\"{name}\"", "« {name} »", name = super::reader::excerpt(name))
        } else {
            message!("another key", "une autre clé")
        };
        let message = message!(
            "found {found}; expected {expected}{hint}",
            "trouvé : {found} ; attendu : {expected}{hint}",
            found,
            expected = expected(),
            hint = did_you_mean(closest(name, ScheduleName::NAMES.iter().copied())),
        );
        reader.fail(Code::UnknownName, at, path, message);
        return None;
    };
    let path = path.key(name);
    let known: &[&str] = match kind {
        ScheduleName::Monthly => &["from", "until"],
        ScheduleName::Once => &["at"],
        ScheduleName::Every | ScheduleName::Calendar => &["months", "from", "until"],
        ScheduleName::OnExit | ScheduleName::OnJoin => &[],
    };
    let mut fields = reader.fields(node, &path, known)?;
    if fields.at.offset.is_none() {
        fields.at = at;
    }
    let month = |reader: &mut Reader, key| match fields.get(key) {
        Some(node) => reader.whole(node, &path.key(key), 0, limits::MONTHS).map(Some),
        None => Some(None),
    };
    let (from, until) = (month(reader, "from").map(Option::unwrap_or_default), month(reader, "until"));
    let in_order = match (from, until, fields.get("until")) {
        (Some(from), Some(Some(until)), Some(node)) if until < from => {
            let message = message!("{until} comes before `from`, {from}", "{until} vient avant `from`, {from}");
            reader.fail(Code::OutOfRange, node.at, &path.key("until"), message);
            None
        }
        _ => Some(()),
    };
    let schedule = match kind {
        ScheduleName::Monthly => from.zip(until).map(|(from, until)| Schedule::Monthly { from, until }),
        ScheduleName::Once => month(reader, "at").map(|at| Schedule::Once { at: at.unwrap_or_default() }),
        ScheduleName::Every => {
            let node = reader.need(&fields, &path, "months", message!("the period in months", "la période en mois"));
            let months = node.and_then(|node| reader.whole(node, &path.key("months"), 1, limits::MONTHS));
            months.zip(from.zip(until)).map(|(months, (from, until))| Schedule::Every { months, from, until })
        }
        ScheduleName::Calendar => {
            let node = reader.need(&fields, &path, "months", of_calendar_months());
            let months = node.and_then(|node| calendar_months(reader, node, &path.key("months")));
            months.zip(from.zip(until)).map(|(months, (from, until))| Schedule::Calendar { months, from, until })
        }
        ScheduleName::OnExit => Some(Schedule::OnExit),
        ScheduleName::OnJoin => Some(Schedule::OnJoin),
    };
    in_order.and(schedule)
}

fn of_calendar_months() -> Message {
    message!("a list of calendar months, 1 to 12", "une liste de mois civils, de 1 à 12")
}

/// Numbers of calendar months, ascending.
fn calendar_months(reader: &mut Reader, node: &Node, path: &Path<'_>) -> Option<Vec<u32>> {
    let nodes = reader.list(node, path, 12, of_calendar_months())?;
    let mut months = Vec::with_capacity(nodes.len());
    for (index, node) in nodes.iter().enumerate() {
        let path = path.index(index);
        match reader.whole(node, &path, 1, 12) {
            Some(month) if months.contains(&month) => {
                reader.fail(
                    Code::Duplicate,
                    node.at,
                    &path,
                    message!("the calendar month {month} is listed twice", "le mois civil {month} figure deux fois"),
                );
            }
            month => months.extend(month),
        }
    }
    if nodes.is_empty() {
        reader.fail(
            Code::OutOfRange,
            node.at,
            path,
            message!(
                "is empty; expected at least one calendar month, 1 to 12",
                "est vide ; attendu : au moins un mois civil, de 1 à 12"
            ),
        );
    }
    months.sort_unstable();
    (!months.is_empty() && months.len() == nodes.len()).then_some(months)
}

fn relief(reader: &mut Reader, node: &Node, path: &Path<'_>, references: &mut Vec<Reference>) -> Option<Relief> {
    let fields = reader.fields(node, path, &["profile", "requires", "needs"])?;
    let profile = reader
        .need(&fields, path, "profile", message!("the name of a profile", "le nom d'un profil"))
        .and_then(|node| reference(reader, node, &path.key("profile"), Kind::Profile, references));
    let requires = match fields.get("requires") {
        Some(node) => names(reader, node, &path.key("requires"), Kind::Entitlement, references),
        None => Some(Vec::new()),
    };
    let needs = match fields.get("needs") {
        Some(node) => reader.named(node, &path.key("needs")).map(Some),
        None => Some(None),
    };
    Some(Relief { profile: profile?, requires: requires?, needs: needs? })
}
