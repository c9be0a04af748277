//! Reading one cost line.

use std::collections::BTreeMap;
use std::sync::Arc;

use num_rational::BigRational;
use num_traits::One;
use rust_decimal::Decimal;

use super::identified::{Kind, LineEntry, Patch, Reference, Repeats, WholeLine, condition, driver, names, reference};
use super::{distribution, rates};
use crate::error::Code;
use crate::limits;
use crate::message;
use crate::message::{Message, counted};
use crate::names::{Clock, Named, ScheduleName, closest, did_you_mean};
use crate::reading::{Fields, Path, Reader};
use crate::scenario::line::{Charge, Line, Percentage, Price, Priced, Refund, Relief, Schedule, Valid};
use crate::syntax::{Node, Value};
use crate::types::{Amount, DecimalError, Id, Month};

/// The keys of a line.
pub(crate) const LINE_KEYS: &[&str] = &[
    "id",
    "category",
    "label",
    "driver",
    "schedule",
    "amount",
    "amounts",
    "event",
    "percentage",
    "refund",
    "currency",
    "index",
    "when",
    "unless",
    "solutions",
    "places",
    "valid",
    "relief",
    "clock",
    "price_base_year",
    "source",
    "inherit",
    "drop",
];

/// The keys that give a price, of which a line has one.
const PRICE_KEYS: [&str; 3] = ["amount", "amounts", "event"];

/// The keys of a price, instead of which a line has a percentage or a refund.
const PRICED_KEYS: [&str; 9] =
    ["driver", "schedule", "amount", "amounts", "event", "currency", "index", "relief", "clock"];

/// The keys by which a line applies; a refund has those of the line that it is of.
const APPLYING_KEYS: [&str; 5] = ["when", "unless", "solutions", "places", "valid"];

/// The price base of a file.
pub(super) struct FileBase {
    pub(super) year: Option<i32>,
    /// True if a line needs one and none is given.
    pub(super) missing: bool,
}

/// Reads an entry of `lines`: its id, what it says if that could be read, and the names that it refers to.
pub(super) fn read(
    reader: &mut Reader,
    node: &Node,
    lines: &Path<'_>,
    index: usize,
    base: &mut FileBase,
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
        && let Some(node) = reader.need(&fields, &path, "id", &message!("an id", "un identifiant"))
    {
        reader.id(node, &path.key("id")); // says what is wrong with it
    }
    let mut references = Vec::new();
    let value = match (fields.get("drop"), fields.get("inherit")) {
        (Some(drop), _) => drop_only(reader, &fields, drop, &path).map(|()| LineEntry::Drop),
        (None, Some(inherit)) => {
            let patch = patch(reader, node, inherit, &path, base);
            return (id, patch.map(LineEntry::Patch), Vec::new());
        }
        (None, None) => {
            let line = LineReader { reader, fields: &fields, path: &path, partial: false, references: &mut references }
                .line(id.clone(), base);
            line.map(|line| LineEntry::Line(Arc::new(WholeLine { line, node: node.clone(), base: base.year })))
        }
    };
    (id, value, references)
}

fn drop_only(reader: &mut Reader, fields: &Fields<'_>, drop: &Node, path: &Path<'_>) -> Option<()> {
    if !matches!(drop.value, Value::Bool(true)) {
        return reader.refuse(
            Code::WrongKind,
            drop,
            &path.key("drop"),
            &message!("true, or the key left out", "true, ou pas de clé"),
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

/// Reads the keys that a line gives which inherits the others; what they make of the line below is seen when the two
/// are put together.
fn patch(reader: &mut Reader, node: &Node, inherit: &Node, path: &Path<'_>, base: &mut FileBase) -> Option<Patch> {
    if !matches!(inherit.value, Value::Bool(true)) {
        return reader.refuse(
            Code::WrongKind,
            inherit,
            &path.key("inherit"),
            &message!("true, or the key left out", "true, ou pas de clé"),
        );
    }
    let fields = reader.open(node, path)?;
    let mut references = Vec::new(); // looked up when the line is whole
    LineReader { reader, fields: &fields, path, partial: true, references: &mut references }.line(None, base);
    Some(Patch { node: node.clone(), base: base.year })
}

/// Puts a line that inherits on the one below it: the whole line, or `None` where that is wrong and reported.
pub(super) fn inherited(
    reader: &mut Reader,
    id: &Id,
    below: &WholeLine,
    patch: &Patch,
    references: &mut Vec<Reference>,
) -> Option<WholeLine> {
    let gives = |key: &str| patch.node.get(key).is_some();
    let mut node = below.node.clone();
    let priced = PRICE_KEYS.iter().any(|key| gives(key));
    for key in PRICE_KEYS.iter().filter(|_| priced) {
        node.remove(key);
    }
    if priced {
        node.remove("price_base_year");
    }
    let base = if gives("amount") || gives("event") { patch.base } else { below.base };
    for entry in patch.node.entries().iter().filter(|entry| entry.key != "inherit") {
        node.put(entry.clone());
    }
    node.at = patch.node.at;
    let (root, mut file) = (Path::Root, FileBase { year: base, missing: false });
    let lines = root.key("lines");
    let path = lines.key(id.as_str());
    let fields = reader.open(&node, &path)?;
    let line = LineReader { reader, fields: &fields, path: &path, partial: false, references }
        .line(Some(id.clone()), &mut file)?;
    Some(WholeLine { line, node, base })
}

/// Reads a line that is no household's: its own reader has taken away the keys that other lines do not have.
pub(crate) fn of_no_household(
    reader: &mut Reader,
    node: &Node,
    path: &Path<'_>,
    id: Option<Id>,
    base: Option<i32>,
    references: &mut Vec<Reference>,
) -> Option<Line> {
    let fields = reader.open(node, path)?;
    let mut file = FileBase { year: base, missing: false };
    let line = LineReader { reader, fields: &fields, path, partial: false, references }.line(id, &mut file);
    if file.missing {
        let expected = message!(
            "the calendar year of whose prices the amount is, here or for the whole file",
            "l'année civile aux prix de laquelle est le montant, ici ou pour tout le fichier"
        );
        reader.need(&fields, path, "price_base_year", &expected);
    }
    line
}

/// Reads the keys of a line.
struct LineReader<'r, 'n, 'p> {
    reader: &'r mut Reader,
    fields: &'r Fields<'n>,
    path: &'r Path<'p>,
    /// True if the keys that are not there come from elsewhere.
    partial: bool,
    references: &'r mut Vec<Reference>,
}

impl<'n> LineReader<'_, 'n, '_> {
    /// The value of a key that must be there.
    fn need(&mut self, key: &str, expected: &Message) -> Option<&'n Node> {
        if self.partial { self.fields.get(key) } else { self.reader.need(self.fields, self.path, key, expected) }
    }

    fn line(&mut self, id: Option<Id>, base: &mut FileBase) -> Option<Line> {
        let charge = match (self.fields.get("percentage"), self.fields.get("refund")) {
            (None, None) => self.priced(base).map(|priced| Charge::Priced(Box::new(priced))),
            (Some(node), None) => {
                let fine = self.instead_of(&PRICED_KEYS, "price_base_year", "percentage");
                self.percentage(node).and_then(|percentage| fine.then_some(Charge::Percentage(percentage)))
            }
            (None, Some(node)) => {
                let fine = self.instead_of(&PRICED_KEYS, "price_base_year", "refund")
                    & self.instead_of(&APPLYING_KEYS, "", "refund");
                self.refund(node).and_then(|refund| fine.then_some(Charge::Refund(refund)))
            }
            (Some(_), Some(node)) => {
                let message = message!(
                    "a line has a `percentage` or a `refund`, not both",
                    "un poste a `percentage` ou `refund`, pas les deux"
                );
                self.reader.fail(Code::Conflict, node.at, &self.path.key("refund"), message);
                None
            }
        };
        let category = match self.fields.get("category") {
            Some(node) => {
                let path = self.path.key("category");
                reference(self.reader, node, &path, Kind::Category, self.references).map(Some)
            }
            None if self.fields.get("percentage").is_some() => Some(None),
            None => self.need("category", &message!("the id of a category", "l'identifiant d'une catégorie")).and(None),
        };
        let label = self
            .need("label", &message!("a text", "un texte"))
            .and_then(|node| self.reader.label(node, &self.path.key("label")));
        let (when, unless) = (self.entitlements("when"), self.entitlements("unless"));
        let solutions = self.condition("solutions", Kind::Solution);
        let places = self.condition("places", Kind::Place);
        let valid = match self.fields.get("valid") {
            Some(node) => self.valid(node),
            None => Some(Valid::default()),
        };
        let source = self.need(
            "source",
            &message!("a text that says where the amount comes from", "un texte qui dit d'où vient le montant"),
        );
        let source = source.and_then(|node| {
            let path = self.path.key("source");
            let text = self.reader.text(node, &path)?;
            if text.as_str().trim().is_empty() {
                let message = message!(
                    "is blank; expected where the amount comes from",
                    "est vide ; attendu : d'où vient le montant"
                );
                self.reader.fail(Code::BadText, node.at, &path, message);
                return None;
            }
            Some(text)
        });
        Some(Line {
            id: id?,
            category: category?,
            label: label?,
            charge: charge?,
            when: when?,
            unless: unless?,
            solutions: solutions?,
            places: places?,
            valid: valid?,
            source: source?,
            factor: BigRational::one(),
        })
    }

    fn priced(&mut self, base: &mut FileBase) -> Option<Priced> {
        let path = self.path;
        let driver = self
            .need(
                "driver",
                &message!(
                    "a driver, which says what the amount is paid for",
                    "un driver, qui dit pour quoi le montant est payé"
                ),
            )
            .and_then(|node| driver(self.reader, node, &path.key("driver"), self.references));
        let price = self.price();
        let event = self.fields.get("event").is_some();
        let schedule = match self.fields.get("schedule") {
            Some(node) => schedule(self.reader, node, &path.key("schedule")),
            None if event => Some(Schedule::MONTHLY),
            None => {
                let expected =
                    message!("a schedule such as {{ monthly = {{}} }}", "un échéancier tel que {{ monthly = {{}} }}");
                self.need("schedule", &expected).and(None)
            }
        };
        if let (true, Some(node), Some(schedule)) = (event, self.fields.get("schedule"), &schedule)
            && schedule.name() != ScheduleName::Monthly
        {
            let message = message!(
                "an event line is charged monthly, at its expectation; found {found}",
                "un poste d'événement est imputé chaque mois, à son espérance ; trouvé : {found}",
                found = schedule.name(),
            );
            self.reader.fail(Code::Conflict, node.at, &path.key("schedule"), message);
        }
        let currency = self
            .need("currency", &message!("the code of a currency", "le code d'une monnaie"))
            .and_then(|node| self.reader.currency(node, &path.key("currency")));
        let index = match self.fields.get("index") {
            Some(node) => reference(self.reader, node, &path.key("index"), Kind::Index, self.references).map(Some),
            None => Some(None),
        };
        let relief = match self.fields.get("relief") {
            Some(node) => relief(self.reader, node, &path.key("relief"), self.references).map(Some),
            None => Some(None),
        };
        let clock = match self.fields.get("clock") {
            Some(node) => self.reader.named(node, &path.key("clock")),
            None => Some(Clock::Entitled),
        };
        let price_base_year = self.price_base_year(base);
        let price = price?;
        Some(Priced {
            driver: driver?,
            schedule: schedule?,
            credit: price.is_credit(),
            price,
            currency: currency?,
            index: index?,
            relief: relief?,
            clock: clock?,
            price_base_year: price_base_year?,
        })
    }

    /// The price base of a line's own, or its file's; none of dated amounts.
    #[expect(clippy::option_option, reason = "wrong, none, given")]
    fn price_base_year(&mut self, base: &mut FileBase) -> Option<Option<i32>> {
        let (own, dated) = (self.fields.get("price_base_year"), self.fields.get("amounts").is_some());
        match own {
            Some(node) if dated => {
                let message = message!(
                    "dated amounts have no price base: each is in the prices of its own month",
                    "des montants datés n'ont pas d'année de base : chacun est aux prix de son propre mois"
                );
                self.reader.fail(Code::Conflict, node.at, &self.path.key("price_base_year"), message);
                None
            }
            Some(node) => self.reader.year(node, &self.path.key("price_base_year")).map(Some),
            None if dated => Some(None),
            None => {
                let priced = self.fields.get("amount").or(self.fields.get("event")).is_some();
                base.missing |= base.year.is_none() && (priced || !self.partial);
                base.year.map(Some)
            }
        }
    }

    fn price(&mut self) -> Option<Price> {
        let given: Vec<&str> = PRICE_KEYS.into_iter().filter(|key| self.fields.get(key).is_some()).collect();
        match given[..] {
            ["amount"] => {
                let node = self.fields.get("amount")?;
                self.reader.amount(node, &self.path.key("amount")).map(Price::Amount)
            }
            ["amounts"] => self.tariffs().map(Price::Dated),
            ["event"] => self.event(),
            [] if self.partial => None,
            [] => {
                let message = message!(
                    "missing; expected an `amount`, dated `amounts`, or an `event`; or a `percentage` or a `refund` of other lines",
                    "manque ; attendu : `amount`, des montants datés `amounts`, ou `event` ; ou `percentage` ou `refund` d'autres postes"
                );
                self.reader.fail(Code::MissingKey, self.fields.at, &self.path.key("amount"), message);
                None
            }
            [first, ..] => {
                let message = message!(
                    "a line has an `amount`, dated `amounts` or an `event`, not both of two",
                    "un poste a `amount`, des montants datés `amounts` ou `event`, pas deux d'entre eux"
                );
                let at = self.fields.get(first)?.at;
                self.reader.fail(Code::Conflict, at, &self.path.key(first), message);
                None
            }
        }
    }

    fn event(&mut self) -> Option<Price> {
        let path = self.path.key("event");
        let fields = self.reader.fields(self.fields.get("event")?, &path, &["per_year", "severity"])?;
        let per_year = self
            .reader
            .need(&fields, &path, "per_year", &message!("how often a year", "combien de fois par an"))
            .and_then(|node| distribution::at_least_zero(self.reader, node, &path.key("per_year")));
        let severity = self
            .reader
            .need(&fields, &path, "severity", &message!("a distribution", "une loi de probabilité"))
            .and_then(|node| distribution::severity(self.reader, node, &path.key("severity")));
        Some(Price::Event { per_year: per_year?, severity: severity? })
    }

    /// Amounts by the month from which they hold.
    fn tariffs(&mut self) -> Option<BTreeMap<Month, Amount>> {
        let path = self.path.key("amounts");
        let table = self.reader.open(self.fields.get("amounts")?, &path)?;
        let mut tariffs = BTreeMap::new();
        let (mut complete, mut sign) = (true, None);
        for entry in table.entries() {
            let path = path.key(&entry.key);
            let month = entry.key.parse::<Month>().ok();
            if month.is_none() {
                let message = message!(
                    "unknown key; expected the month from which an amount holds, such as \"2026-04\"",
                    "clé inconnue ; attendu : le mois à partir duquel un montant vaut, tel que \"2026-04\""
                );
                self.reader.fail(Code::UnknownKey, entry.at, &path, message);
            }
            let amount = self.reader.amount(&entry.node, &path);
            complete &= month.is_some() && amount.is_some();
            let (Some(month), Some(amount)) = (month, amount) else { continue };
            let negative = amount.to_decimal() < Decimal::ZERO;
            if !amount.to_decimal().is_zero() && *sign.get_or_insert(negative) != negative {
                let message = message!(
                    "the amounts of a line are all 0 or more, or all 0 or less",
                    "les montants d'un poste sont tous positifs ou nuls, ou tous négatifs ou nuls"
                );
                self.reader.fail(Code::OutOfRange, entry.node.at, &path, message);
                complete = false;
            }
            tariffs.insert(month, amount);
        }
        if table.entries().is_empty() {
            let message = message!(
                "is empty; expected at least one month with its amount",
                "est vide ; attendu : au moins un mois et son montant"
            );
            self.reader.fail(Code::OutOfRange, table.at, &path, message);
            complete = false;
        }
        complete.then_some(tariffs)
    }

    fn percentage(&mut self, node: &Node) -> Option<Percentage> {
        let path = self.path.key("percentage");
        let fields = self.reader.fields(node, &path, &["share", "lines", "categories", "except"])?;
        let share = self
            .reader
            .need(&fields, &path, "share", &of_share())
            .and_then(|node| rates::above_zero(self.reader, node, &path.key("share"), &of_share()));
        let mut list =
            |key, kind| condition(self.reader, &fields, &path, (key, kind), Repeats::Ignored, self.references);
        let lines = list("lines", Kind::Line);
        let categories = list("categories", Kind::Category);
        let except = list("except", Kind::Line);
        Some(Percentage { share: share?, lines: lines?, categories: categories?, except: except? })
    }

    fn refund(&mut self, node: &Node) -> Option<Refund> {
        let path = self.path.key("refund");
        let fields = self.reader.fields(node, &path, &["of", "share"])?;
        let of = self
            .reader
            .need(&fields, &path, "of", &message!("the id of a line", "l'identifiant d'un poste"))
            .and_then(|node| reference(self.reader, node, &path.key("of"), Kind::Line, self.references));
        let expected = || message!("a share above 0 and at most 1", "une part supérieure à 0 et d'au plus 1");
        let share = self.reader.need(&fields, &path, "share", &expected());
        let share = share.and_then(|node| {
            self.reader.decimal(node, &path.key("share"), &expected(), |value| {
                let fits = value > Decimal::ZERO && value <= Decimal::ONE;
                if fits { Amount::new(value) } else { Err(DecimalError::Range(["", ""])) }
            })
        });
        Some(Refund { of: of?, share: share? })
    }

    /// True if a line with a percentage or a refund has none of the keys instead of which it has it.
    fn instead_of(&mut self, keys: &[&str], further: &str, what: &str) -> bool {
        let mut fine = true;
        for entry in self.fields.entries() {
            if keys.contains(&entry.key.as_str()) || entry.key == further {
                let message = message!(
                    "a line with a `{what}` has no key of this name; to make another line of it, write the line whole",
                    "un poste avec `{what}` n'a pas de clé de ce nom ; pour en faire un autre poste, l'écrire en entier"
                );
                self.reader.fail(Code::Conflict, entry.at, &self.path.key(&entry.key), message);
                fine = false;
            }
        }
        fine
    }

    fn entitlements(&mut self, key: &str) -> Option<Vec<Id>> {
        let Some(node) = self.fields.get(key) else { return Some(Vec::new()) };
        names(self.reader, node, &self.path.key(key), Kind::Entitlement, Repeats::Refused, self.references)
    }

    fn condition(&mut self, key: &str, kind: Kind) -> Option<Vec<Id>> {
        condition(self.reader, self.fields, self.path, (key, kind), Repeats::Refused, self.references)
    }

    fn valid(&mut self, node: &Node) -> Option<Valid> {
        let path = self.path.key("valid");
        let fields = self.reader.fields(node, &path, &["from", "until"])?;
        let mut month = |key| match fields.get(key) {
            Some(node) => self.reader.month(node, &path.key(key)).map(Some),
            None => Some(None),
        };
        let (from, until) = (month("from"), month("until"));
        let (from, until) = (from?, until?);
        if let (Some(from), Some(until), Some(node)) = (from, until, fields.get("until"))
            && until < from
        {
            let message = message!("{until} comes before `from`, {from}", "{until} vient avant `from`, {from}");
            self.reader.fail(Code::OutOfRange, node.at, &path.key("until"), message);
            return None;
        }
        Some(Valid { from, until })
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
        _ => return reader.refuse(Code::WrongKind, node, path, &expected()),
    };
    let Some(kind) = ScheduleName::from_name(name) else {
        // A table's key can be out of its place.
        let shown = matches!(value, Value::Text(_)) || path.shows_key(name);
        let found = if shown {
            message!("\"{name}\"", "« {name} »", name = crate::reading::excerpt(name))
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
        ScheduleName::Dates => &["months"],
        ScheduleName::OnExit | ScheduleName::OnEnd | ScheduleName::OnJoin | ScheduleName::OnLeave => &[],
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
            let node = reader.need(&fields, &path, "months", &message!("the period in months", "la période en mois"));
            let months = node.and_then(|node| reader.whole(node, &path.key("months"), 1, limits::MONTHS));
            months.zip(from.zip(until)).map(|(months, (from, until))| Schedule::Every { months, from, until })
        }
        ScheduleName::Calendar => {
            let node = reader.need(&fields, &path, "months", &of_calendar_months());
            let months = node.and_then(|node| calendar_months(reader, node, &path.key("months")));
            months.zip(from.zip(until)).map(|(months, (from, until))| Schedule::Calendar { months, from, until })
        }
        ScheduleName::Dates => {
            let node = reader.need(&fields, &path, "months", &of_months());
            node.and_then(|node| dates(reader, node, &path.key("months"))).map(|months| Schedule::Dates { months })
        }
        ScheduleName::OnExit => Some(Schedule::OnExit),
        ScheduleName::OnEnd => Some(Schedule::OnEnd),
        ScheduleName::OnJoin => Some(Schedule::OnJoin),
        ScheduleName::OnLeave => Some(Schedule::OnLeave),
    };
    in_order.and(schedule)
}

fn of_calendar_months() -> Message {
    message!("a list of calendar months, 1 to 12", "une liste de mois civils, de 1 à 12")
}

/// Numbers of calendar months, ascending.
fn calendar_months(reader: &mut Reader, node: &Node, path: &Path<'_>) -> Option<Vec<u32>> {
    let nodes = reader.list(node, path, 12, &of_calendar_months())?;
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

/// The meaning of a percentage's share.
fn of_share() -> Message {
    message!("a share above 0, \"0.13\" for 13 per cent", "une part supérieure à 0, \"0.13\" pour 13 pour cent")
}

fn of_months() -> Message {
    message!("a list of months, such as [\"2027-03\"]", "une liste de mois, telle que [\"2027-03\"]")
}

/// Months of the calendar, ascending.
fn dates(reader: &mut Reader, node: &Node, path: &Path<'_>) -> Option<Vec<Month>> {
    let nodes = reader.list(node, path, limits::DECLARED, &of_months())?;
    let mut months = Vec::with_capacity(nodes.len());
    for (index, node) in nodes.iter().enumerate() {
        let path = path.index(index);
        match reader.month(node, &path) {
            Some(month) if months.contains(&month) => {
                let message = message!("the month {month} is listed twice", "le mois {month} figure deux fois");
                reader.fail(Code::Duplicate, node.at, &path, message);
            }
            month => months.extend(month),
        }
    }
    if nodes.is_empty() {
        let message = message!("is empty; expected at least one month", "est vide ; attendu : au moins un mois");
        reader.fail(Code::OutOfRange, node.at, path, message);
    }
    months.sort_unstable();
    (!months.is_empty() && months.len() == nodes.len()).then_some(months)
}

fn relief(reader: &mut Reader, node: &Node, path: &Path<'_>, references: &mut Vec<Reference>) -> Option<Relief> {
    let fields = reader.fields(node, path, &["profile", "requires", "needs"])?;
    let profile = reader
        .need(&fields, path, "profile", &message!("the name of a profile", "le nom d'un profil"))
        .and_then(|node| reference(reader, node, &path.key("profile"), Kind::Profile, references));
    let requires = match fields.get("requires") {
        Some(node) => names(reader, node, &path.key("requires"), Kind::Entitlement, Repeats::Refused, references),
        None => Some(Vec::new()),
    };
    let needs = match fields.get("needs") {
        Some(node) => driver(reader, node, &path.key("needs"), references).map(Some),
        None => Some(None),
    };
    Some(Relief { profile: profile?, requires: requires?, needs: needs? })
}
