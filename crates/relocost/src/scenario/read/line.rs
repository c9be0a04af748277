//! Reading one cost line.

use num_rational::BigRational;
use num_traits::One;

use super::distribution;
use super::part::{Kind, LineEntry, Reference, names, reference};
use super::reader::{Fields, Path, Reader};
use crate::error::Code;
use crate::files::{Node, Value};
use crate::limits;
use crate::names::{Clock, Named, ScheduleName, closest};
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
        && let Some(node) = reader.need(&fields, &path, "id", "an id")
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
        return reader.refuse(Code::WrongKind, drop, &path.key("drop"), "true, or the key left out");
    }
    let other = fields.entries().iter().find(|entry| entry.key != "id" && entry.key != "drop");
    if let Some(entry) = other {
        reader.fail(
            Code::Conflict,
            entry.at,
            &path.key(&entry.key),
            "a line that is dropped has only `id` and `drop`; leave `drop` out to replace the line",
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
        .need(fields, path, "category", "the id of a category")
        .and_then(|node| reference(reader, node, &path.key("category"), Kind::Category, references));
    let label = reader.need(fields, path, "label", "a text").and_then(|node| reader.label(node, &path.key("label")));
    let driver =
        reader.need(fields, path, "driver", "a driver").and_then(|node| reader.named(node, &path.key("driver")));
    let price = price(reader, fields, path);
    let schedule = match fields.get("schedule") {
        Some(node) => schedule(reader, node, &path.key("schedule")),
        None if fields.get("event").is_some() => Some(Schedule::MONTHLY),
        None => reader.need(fields, path, "schedule", "a schedule such as { monthly = {} }").and(None),
    };
    if let (Some(_), Some(node), Some(schedule)) = (fields.get("event"), fields.get("schedule"), &schedule)
        && schedule.name() != ScheduleName::Monthly
    {
        let message = format!("an event line is charged monthly, at its expectation; found {}", schedule.name());
        reader.fail(Code::Conflict, node.at, &path.key("schedule"), message);
    }
    let currency = reader
        .need(fields, path, "currency", "the code of a currency")
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
    let source = reader.need(fields, path, "source", "a text that says where the amount comes from").and_then(|node| {
        let text = reader.text(node, &path.key("source"))?;
        if text.as_str().trim().is_empty() {
            reader.fail(Code::BadText, node.at, &path.key("source"), "is blank; expected where the amount comes from");
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
                .need(&fields, &path, "per_year", "how often a year")
                .and_then(|node| distribution::at_least_zero(reader, node, &path.key("per_year")));
            let severity = reader
                .need(&fields, &path, "severity", "a distribution")
                .and_then(|node| distribution::severity(reader, node, &path.key("severity")));
            Some(Price::Event { per_year: per_year?, severity: severity? })
        }
        (Some(amount), Some(_)) => {
            reader.fail(
                Code::Conflict,
                amount.at,
                &path.key("amount"),
                "a line has an `amount` or an `event`, not both",
            );
            None
        }
        (None, None) => {
            reader.fail(
                Code::MissingKey,
                fields.at,
                &path.key("amount"),
                "missing; expected an `amount`, or an `event`",
            );
            None
        }
    }
}

fn schedule(reader: &mut Reader, node: &Node, path: &Path<'_>) -> Option<Schedule> {
    const EXPECTED: &str =
        "one schedule: monthly, once, every, calendar, on_exit or on_join, such as { monthly = {} } or \"on_exit\"";
    let empty = Node::table();
    let (name, node, at) = match &node.value {
        Value::Text(name) => (name.as_str(), &empty, node.at),
        Value::Table(entries) => {
            if let [entry] = &entries[..] {
                (entry.key.as_str(), &entry.node, entry.at)
            } else {
                reader.fail(Code::WrongKind, node.at, path, format!("has {} keys; expected {EXPECTED}", entries.len()));
                return None;
            }
        }
        _ => return reader.refuse(Code::WrongKind, node, path, EXPECTED),
    };
    let Some(kind) = ScheduleName::from_name(name) else {
        let hint = closest(name, ScheduleName::NAMES.iter().copied())
            .map_or(String::new(), |name| format!("; did you mean \"{name}\"?"));
        let message = format!("found \"{}\"; expected {EXPECTED}{hint}", super::reader::excerpt(name));
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
            let message = format!("{until} comes before `from`, {from}");
            reader.fail(Code::OutOfRange, node.at, &path.key("until"), message);
            None
        }
        _ => Some(()),
    };
    let schedule = match kind {
        ScheduleName::Monthly => from.zip(until).map(|(from, until)| Schedule::Monthly { from, until }),
        ScheduleName::Once => month(reader, "at").map(|at| Schedule::Once { at: at.unwrap_or_default() }),
        ScheduleName::Every => {
            let node = reader.need(&fields, &path, "months", "the period in months");
            let months = node.and_then(|node| reader.whole(node, &path.key("months"), 1, limits::MONTHS));
            months.zip(from.zip(until)).map(|(months, (from, until))| Schedule::Every { months, from, until })
        }
        ScheduleName::Calendar => {
            let node = reader.need(&fields, &path, "months", "a list of calendar months, 1 to 12");
            let months = node.and_then(|node| calendar_months(reader, node, &path.key("months")));
            months.zip(from.zip(until)).map(|(months, (from, until))| Schedule::Calendar { months, from, until })
        }
        ScheduleName::OnExit => Some(Schedule::OnExit),
        ScheduleName::OnJoin => Some(Schedule::OnJoin),
    };
    in_order.and(schedule)
}

/// Numbers of calendar months, ascending.
fn calendar_months(reader: &mut Reader, node: &Node, path: &Path<'_>) -> Option<Vec<u32>> {
    let nodes = reader.list(node, path, 12, "a list of calendar months, 1 to 12")?;
    let mut months = Vec::with_capacity(nodes.len());
    for (index, node) in nodes.iter().enumerate() {
        let path = path.index(index);
        match reader.whole(node, &path, 1, 12) {
            Some(month) if months.contains(&month) => {
                reader.fail(Code::Duplicate, node.at, &path, format!("the calendar month {month} is listed twice"));
            }
            month => months.extend(month),
        }
    }
    if nodes.is_empty() {
        reader.fail(Code::OutOfRange, node.at, path, "is empty; expected at least one calendar month, 1 to 12");
    }
    months.sort_unstable();
    (!months.is_empty() && months.len() == nodes.len()).then_some(months)
}

fn relief(reader: &mut Reader, node: &Node, path: &Path<'_>, references: &mut Vec<Reference>) -> Option<Relief> {
    let fields = reader.fields(node, path, &["profile", "requires", "needs"])?;
    let profile = reader
        .need(&fields, path, "profile", "the name of a profile")
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
