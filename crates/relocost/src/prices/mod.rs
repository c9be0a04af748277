//! Price lists: amounts and tariffs of a catalogue's lines, brought up to date from a table.
//!
//! In: a catalogue and the rows of a table (`table`). Out: the catalogue with the new prices, its text edited where they
//! stand (`edit`), and what the list does to each price: changed, confirmed, missing from the list, or unknown to the
//! catalogue.
//!
//! | row | line | becomes |
//! |---|---|---|
//! | without a month | one amount | the amount, with its currency and source |
//! | with a month | dated amounts | the tariff of that month, added or replaced |
//! | with a month | one amount | dated amounts: the old one from January of its price base year, and the new tariff |
//! | without a month | dated amounts | an error: which tariff? |
//! | any | an event, a percentage, a refund | an error: it has no amount |
//!
//! The source of a line with tariffs says which list each tariff of a list came from. An id that no line has is no error:
//! lists have more articles than a catalogue uses. It is reported, with the line that may be meant.

mod edit;
mod table;

use std::collections::{BTreeMap, HashMap};

use rust_decimal::Decimal;
use serde::{Serialize, Serializer};

use self::edit::{Edit, NewPrice};
use self::table::{AMOUNT, CURRENCY, FROM, SOURCE};
pub use self::table::{ListedPrice, PriceRows, PriceTable};
use crate::error::{Code, Error, Finding};
use crate::limits;
use crate::message;
use crate::message::Message;
use crate::names::{PriceStatus, closest};
use crate::payments::{PriceEstimate, PriceEstimates};
use crate::reading::Findings;
use crate::scenario::Catalogue;
use crate::syntax::{Node, Source, Value};
use crate::types::{Amount, Currency, Id, Month, SignedRatio, Text, decimal_from_whole};

/// Comparisons of an unknown id of a list with a line's at most, in which those that may be meant are looked for.
const MEANT_COMPARISONS: usize = 1_000_000;

/// A price of the catalogue or of the list, and what the list does to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct UpdatedPrice {
    /// The line.
    pub line: Id,
    /// What the list does to it.
    pub status: PriceStatus,
    /// The month from which a tariff holds; none of a line with one amount.
    pub tariff: Option<Month>,
    /// The old amount: of a new tariff the one that held in its month before; none of a price that is not in the catalogue.
    pub old: Option<Amount>,
    /// The currency of the old amount.
    pub old_currency: Option<Currency>,
    /// The amount of the list; none of a line that the list does not have.
    pub new: Option<Amount>,
    /// The currency of the amount of the list.
    pub currency: Option<Currency>,
    /// The change as a share of the old amount; none where the old amount is 0, missing, or in another currency.
    pub change: Option<SignedRatio>,
    /// The source that the list gives.
    pub source: Option<Text>,
    /// The line of the list in its text, or the number of its row.
    pub row: Option<u32>,
    /// The line of the catalogue that may be meant, of a price that is not in the catalogue; looked for where list and
    /// catalogue are not both long.
    pub meant: Option<Id>,
}

/// What a price list does to a catalogue, and the catalogue that it makes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PriceUpdate {
    currency: Currency,
    catalogue: Catalogue,
    prices: Vec<UpdatedPrice>,
}

impl PriceUpdate {
    /// The number of the form in which results are written.
    pub const SCHEMA: u32 = 1;

    /// The currency of the catalogue; of one that names none, that of the first price.
    pub fn currency(&self) -> Currency {
        self.currency
    }

    /// The catalogue with the new prices. Its text is that of the old one, comments and order too, with the new values.
    pub fn catalogue(&self) -> &Catalogue {
        &self.catalogue
    }

    /// Every price: those of the catalogue's lines in their order, then those of the list that the catalogue does not have.
    pub fn prices(&self) -> &[UpdatedPrice] {
        &self.prices
    }

    /// The prices of a status, in order.
    pub fn of(&self, status: PriceStatus) -> impl Iterator<Item = &UpdatedPrice> {
        self.prices.iter().filter(move |price| price.status == status)
    }
}

impl Serialize for PriceUpdate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;
        let mut out = serializer.serialize_struct("PriceUpdate", 4)?;
        out.serialize_field("schema", &Self::SCHEMA)?;
        out.serialize_field("internal", &true)?; // prices that somebody was given
        out.serialize_field("currency", &self.currency)?;
        out.serialize_field("prices", &self.prices)?;
        out.end()
    }
}

impl Catalogue {
    /// Brings amounts and tariffs up to date from a price list.
    ///
    /// ```
    /// use relocost::names::PriceStatus;
    /// use relocost::prices::PriceTable;
    /// use relocost::Catalogue;
    /// let list = "id,amount,currency,from,source\n\
    ///             furniture,1800,EUR,,price list of 2027\n\
    ///             short-let,1010,EUR,2027-01,framework contract\n\
    ///             cot,120,EUR,,price list of 2027\n";
    /// let update = Catalogue::reference().update_prices(PriceTable::new(list.as_bytes(), "list.csv")?)?;
    /// let changed: Vec<_> = update.of(PriceStatus::Changed).map(|price| price.line.as_str()).collect();
    /// assert_eq!(changed, ["furniture", "short-let"]);
    /// assert_eq!(update.of(PriceStatus::Unknown).count(), 1);
    /// assert!(update.catalogue().text().contains("framework contract"));
    /// # Ok::<(), relocost::Error>(())
    /// ```
    ///
    /// # Errors
    /// A row is wrong; two rows are of one price; a line has no amount, or has tariffs and the row has no month; the
    /// currency of a line's tariffs is another one; a charge becomes a credit; a source grows too long.
    pub fn update_prices(
        &self,
        prices: impl IntoIterator<Item = Result<ListedPrice, Error>>,
    ) -> Result<PriceUpdate, Error> {
        let (mut findings, mut listed) = (Findings::default(), Vec::new());
        for price in prices {
            match price {
                Ok(price) => listed.push(price),
                Err(error) => findings.keep_error(&error),
            }
        }
        let lines = Line::all(self.root());
        let places: HashMap<&Id, usize> = lines.iter().enumerate().map(|(place, line)| (&line.id, place)).collect();
        let (mut by_line, mut unknown) = (BTreeMap::<usize, Vec<&ListedPrice>>::new(), Vec::new());
        for price in &listed {
            match places.get(&price.id) {
                Some(&line) => by_line.entry(line).or_default().push(price),
                None => unknown.push(price),
            }
        }
        let (mut updated, mut edits) = (Vec::new(), Vec::new());
        for (place, line) in lines.iter().enumerate() {
            let Some(rows) = by_line.get(&place) else {
                updated.extend(line.missing());
                continue;
            };
            match line.priced_by(rows) {
                Ok((prices, edit)) => {
                    updated.extend(prices);
                    edits.push(edit);
                }
                Err(found) => findings.keep(found),
            }
        }
        if !findings.is_empty() {
            let more = findings.more();
            return Err(Error::new(findings.by_line(), more));
        }
        // A line that the list prices is not meant by another id.
        let without = lines.iter().enumerate().filter(|(place, _)| !by_line.contains_key(place));
        let without: Vec<&str> = without.map(|(_, line)| line.id.as_str()).collect();
        // A long list of other articles would be compared with a long catalogue: only its first ids are.
        let compared = MEANT_COMPARISONS / without.len().max(1);
        updated.extend(unknown.into_iter().enumerate().map(|(place, price)| {
            let meant = if place < compared { closest(price.id.as_str(), without.iter().copied()) } else { None };
            UpdatedPrice { meant: meant.and_then(|id| Id::parse(id).ok()), ..listed_as(price, PriceStatus::Unknown) }
        }));
        let text = edit::edited(self.format(), self.text(), self.root(), &edits)?;
        let source = Source { name: self.positions().name(), text: &text, format: self.format() };
        let currency = self.root().get("currency").and_then(currency_of);
        Ok(PriceUpdate {
            currency: currency.or(listed.first().map(|price| price.currency)).unwrap_or(Currency::EUR),
            catalogue: Self::from_source(source)?,
            prices: updated,
        })
    }
}

impl Catalogue {
    /// The catalogue with the amounts that payments suggest, comments and order as they were; lines that it does not have
    /// follow at the end, as those of a catalogue that lies over another.
    ///
    /// # Errors
    /// As [`Catalogue::update_prices`]; or the catalogue is JSON and lacks a line, or has an event as no event.
    pub fn with_estimates(&self, estimates: &PriceEstimates) -> Result<Self, Error> {
        let lines = Line::all(self.root());
        let has = |price: &&PriceEstimate| lines.iter().any(|line| line.id == price.line);
        let (known, new): (Vec<_>, Vec<_>) = estimates.prices.iter().partition(has);
        let rows = known.iter().filter(|price| price.event.is_none()).map(|price| {
            let tariff = price.tariff.map_or_else(String::new, |month| month.to_string());
            let [id, amount] = [price.line.to_string(), price.amount.to_string()];
            [id, amount, price.currency.code().to_owned(), tariff, price.source.clone()]
        });
        let heads = ["id", "amount", "currency", "from", "source"];
        let updated = self.update_prices(PriceTable::of_rows(&heads, rows, "payments")?)?.catalogue;
        let events = known.iter().filter_map(|price| {
            let place = lines.iter().find(|line| line.id == price.line)?.place;
            let event = NewPrice::Event(estimates.event_of(price)?);
            Some(Edit { place, price: event, currency: price.currency, source: price.source.clone() })
        });
        let events: Vec<Edit> = events.collect();
        let text = edit::edited(self.format(), updated.text(), updated.root(), &events)?;
        let source = Source { name: self.positions().name(), text: &text, format: self.format() };
        let updated = if events.is_empty() { updated } else { Self::from_source(source)? };
        let more: String = new.iter().filter_map(|price| estimates.line_to_toml(price)).collect();
        if more.is_empty() {
            return Ok(updated);
        }
        let text = format!("{}\n{more}", updated.text().trim_end());
        Self::from_source(Source { name: self.positions().name(), text: &text, format: self.format() })
    }
}

/// A price of the list, without what the catalogue has.
fn listed_as(price: &ListedPrice, status: PriceStatus) -> UpdatedPrice {
    UpdatedPrice {
        line: price.id.clone(),
        status,
        tariff: price.from,
        old: None,
        old_currency: None,
        new: Some(price.amount),
        currency: Some(price.currency),
        change: None,
        source: Some(price.source.clone()),
        row: Some(price.place.line),
        meant: None,
    }
}

/// The price that a line of the catalogue has.
enum Held {
    Amount(Amount),
    Tariffs(BTreeMap<Month, Amount>),
    /// It has none of its own, and the message says why.
    Nothing(Message),
}

/// A line of the catalogue as far as prices go.
struct Line {
    /// The place in the catalogue, from 0.
    place: usize,
    id: Id,
    held: Held,
    currency: Option<Currency>,
    source: String,
    /// The calendar year of whose prices a single amount is.
    base: Option<i32>,
}

type Priced = (Vec<UpdatedPrice>, Edit);

impl Line {
    /// The lines that a catalogue has; those that it drops are none.
    fn all(root: &Node) -> Vec<Self> {
        let base = root.get("price_base_year");
        let nodes = root.get("lines").map_or(&[][..], Node::items);
        nodes.iter().enumerate().filter_map(|(place, node)| Self::of(place, node, base)).collect()
    }

    fn of(place: usize, node: &Node, base: Option<&Node>) -> Option<Self> {
        let text = |key: &str| node.get(key).and_then(text_of);
        let id = text("id").and_then(|id| Id::parse(id).ok()).filter(|_| node.get("drop").is_none())?;
        let year = |node: &Node| match node.value {
            Value::Whole(year) => i32::try_from(year).ok(),
            _ => None,
        };
        let held = match (node.get("amount").and_then(amount_of), node.get("amounts")) {
            (Some(amount), _) => Held::Amount(amount),
            (None, Some(tariffs)) => {
                let tariff = |entry: &crate::syntax::Entry| Some((entry.key.parse().ok()?, amount_of(&entry.node)?));
                Held::Tariffs(tariffs.entries().iter().filter_map(tariff).collect())
            }
            (None, None) => Held::Nothing(without_amount(node)),
        };
        Some(Self {
            place,
            id,
            held,
            currency: node.get("currency").and_then(currency_of),
            source: text("source").unwrap_or_default().to_owned(),
            base: node.get("price_base_year").or(base).and_then(year),
        })
    }

    /// Its prices, none of which the list has; nothing of a line without an amount.
    fn missing(&self) -> Option<UpdatedPrice> {
        let (tariff, old) = match &self.held {
            Held::Amount(amount) => (None, *amount),
            Held::Tariffs(tariffs) => tariffs.last_key_value().map(|(month, amount)| (Some(*month), *amount))?,
            Held::Nothing(_) => return None,
        };
        Some(UpdatedPrice {
            line: self.id.clone(),
            status: PriceStatus::Missing,
            tariff,
            old: Some(old),
            old_currency: self.currency,
            new: None,
            currency: None,
            change: None,
            source: None,
            row: None,
            meant: None,
        })
    }

    /// The line with the prices of some rows of the list.
    ///
    /// # Errors
    /// What is wrong with the rows.
    fn priced_by(&self, rows: &[&ListedPrice]) -> Result<Priced, Vec<Finding>> {
        let mut wrong = Vec::new();
        let mut by_month = BTreeMap::<Option<Month>, &ListedPrice>::new();
        for &row in rows {
            if let Some(first) = by_month.get(&row.from) {
                let (code, column, message) = twice(first.place.line, row.from.is_some());
                wrong.push(row.finding(code, column, message));
                continue;
            }
            by_month.insert(row.from, row);
            wrong.extend(self.unfit(row).map(|(code, column, message)| row.finding(code, column, message)));
        }
        if !wrong.is_empty() {
            return Err(wrong);
        }
        let (mut single, mut tariffs) = match &self.held {
            Held::Amount(amount) => (Some(*amount), BTreeMap::new()),
            Held::Tariffs(tariffs) => (None, tariffs.clone()),
            Held::Nothing(_) => (None, BTreeMap::new()),
        };
        let (mut prices, mut source, mut set) = (Vec::new(), self.source.clone(), BTreeMap::new());
        for row in by_month.values() {
            let (old, is_there) = match row.from {
                None => (single.replace(row.amount), true),
                Some(month) => {
                    let before = tariffs.range(..=month).next_back().map(|(_, amount)| *amount).or(single);
                    set.insert(month, row.amount);
                    (before, tariffs.insert(month, row.amount).is_some())
                }
            };
            source = source_of(&source, row);
            let same = is_there && old == Some(row.amount) && self.currency.is_none_or(|it| it == row.currency);
            let status = if same { PriceStatus::Confirmed } else { PriceStatus::Changed };
            let old_currency = old.and(self.currency);
            let change = old.filter(|_| old_currency == Some(row.currency)).and_then(|old| change(old, row.amount));
            prices.push(UpdatedPrice { old, old_currency, change, ..listed_as(row, status) });
        }
        let price = match (&self.held, single) {
            (Held::Tariffs(_), _) | (_, None) => NewPrice::Tariffs(set),
            (_, Some(amount)) if set.is_empty() => NewPrice::Amount(amount),
            (_, Some(amount)) => {
                // An amount in prices of a year is a tariff from its January on: both grow from the same index year.
                let january = self.base.and_then(|year| Month::new(year, 1));
                set.extend(january.filter(|january| !set.contains_key(january)).map(|january| (january, amount)));
                NewPrice::FirstTariffs(set)
            }
        };
        if source.chars().count() > limits::TEXT_CHARACTERS {
            let message = message!(
                "would make the line's source longer than {most} characters, with those of its other tariffs",
                "rendrait la source du poste plus longue que {most} caractères, avec celles de ses autres tarifs",
                most = limits::TEXT_CHARACTERS,
            );
            let last = by_month.values().next_back();
            return Err(last.map(|row| row.finding(Code::BadText, SOURCE, message)).into_iter().collect());
        }
        let currency = by_month.values().next().map_or(Currency::EUR, |row| row.currency);
        Ok((prices, Edit { place: self.place, price, currency, source }))
    }

    /// Why a row does not fit the line.
    fn unfit(&self, row: &ListedPrice) -> Option<(Code, usize, Message)> {
        let (signs, dated): (Vec<Amount>, bool) = match &self.held {
            Held::Nothing(why) => return Some((Code::Conflict, AMOUNT, why.clone())),
            Held::Amount(amount) => (vec![*amount], row.from.is_some()),
            Held::Tariffs(tariffs) => (tariffs.values().copied().collect(), true),
        };
        if dated && row.from.is_none() {
            let message = message!(
                "missing; the line has amounts by month, so that a month such as 2027-01 is expected",
                "manque ; le poste a des montants par mois, un mois tel que 2027-01 est donc attendu",
            );
            return Some((Code::MissingKey, FROM, message));
        }
        if dated && self.currency.is_some_and(|currency| currency != row.currency) {
            let message = message!(
                "is another currency than that of the line's other tariffs",
                "est une autre monnaie que celle des autres tarifs du poste",
            );
            return Some((Code::Conflict, CURRENCY, message));
        }
        let january = self.base.filter(|_| matches!(self.held, Held::Amount(_))).and_then(|it| Month::new(it, 1));
        if let (Some(from), Some(january)) = (row.from, january)
            && from < january
        {
            let message = message!(
                "comes before the price base of the line's amount, {year}",
                "précède l'année de base du montant du poste, {year}",
                year = january.year(),
            );
            return Some((Code::OutOfRange, FROM, message));
        }
        let sign = |amount: &Amount| amount.to_decimal().cmp(&Decimal::ZERO);
        let held = signs.iter().map(sign).find(|sign| sign.is_ne())?;
        (sign(&row.amount).is_ne() && sign(&row.amount) != held).then(|| {
            let message = if held.is_gt() {
                message!("is negative, but the line is a charge", "est négatif, mais le poste est une charge")
            } else {
                message!(
                    "is above 0, but the line is a credit, whose amounts are negative",
                    "est supérieur à 0, mais le poste est un crédit, dont les montants sont négatifs",
                )
            };
            (Code::OutOfRange, AMOUNT, message)
        })
    }
}

fn twice(first: u32, dated: bool) -> (Code, usize, Message) {
    let message = if dated {
        message!(
            "this line has a price from this month in row {first} already",
            "ce poste a déjà un prix à partir de ce mois, ligne {first}",
        )
    } else {
        message!("this line has a price in row {first} already", "ce poste a déjà un prix, ligne {first}")
    };
    (Code::Duplicate, if dated { FROM } else { AMOUNT }, message)
}

/// Why a line has no amount that a list could change.
fn without_amount(node: &Node) -> Message {
    let has = |key: &str| node.get(key).is_some();
    if has("percentage") {
        message!("the line is a percentage, which has no amount", "le poste est un pourcentage, qui n'a pas de montant")
    } else if has("refund") {
        message!("the line is a refund, which has no amount", "le poste est un remboursement, qui n'a pas de montant")
    } else if has("event") {
        message!(
            "the line is an event, whose cost is a distribution and no amount",
            "le poste est un événement, dont le coût est une loi et non un montant",
        )
    } else {
        message!(
            "the line takes its amount from the catalogue below; update that one",
            "le poste prend son montant dans le catalogue du dessous ; mettez à jour celui-là",
        )
    }
}

/// The change as a share of the old amount.
fn change(old: Amount, new: Amount) -> Option<SignedRatio> {
    let (old, new) = (old.to_decimal(), new.to_decimal());
    let decimals = old.scale().max(new.scale());
    // At most 15 digits before the point and 12 after, so that nothing overflows.
    let [old, new] = [old, new].map(|it| it.mantissa() * 10_i128.pow(decimals - it.scale()));
    SignedRatio::new((new - old) * old.signum(), old.abs())
}

/// The words before the month of a tariff in a line's source.
const FROM_WORDS: &str = "; from ";

/// The source of a line after a row: that of the row or, of a tariff, that of the line with the row's for its month.
fn source_of(held: &str, row: &ListedPrice) -> String {
    let Some(month) = row.from else { return row.source.to_string() };
    let own = format!("{month}: {}", row.source);
    // A part belongs to a month where it begins with one; another text may have the same words.
    let is_of_month =
        |part: &str| part.get(..7).is_some_and(|it| it.parse::<Month>().is_ok()) && part.get(7..9) == Some(": ");
    let mut parts: Vec<String> = Vec::new();
    for part in held.split(FROM_WORDS).filter(|part| !part.is_empty()) {
        match parts.last_mut() {
            Some(last) if !is_of_month(part) => *last = format!("{last}{FROM_WORDS}{part}"),
            _ => parts.push(part.to_owned()),
        }
    }
    let replaced = parts.iter_mut().find(|part| part.starts_with(&format!("{month}: ")));
    match replaced {
        Some(part) => *part = own,
        None => parts.push(own),
    }
    parts.join(FROM_WORDS)
}

fn text_of(node: &Node) -> Option<&str> {
    match &node.value {
        Value::Text(text) => Some(text),
        _ => None,
    }
}

fn currency_of(node: &Node) -> Option<Currency> {
    text_of(node).and_then(Currency::from_code)
}

fn amount_of(node: &Node) -> Option<Amount> {
    match &node.value {
        Value::Text(text) => text.parse().ok(),
        Value::Whole(whole) => decimal_from_whole(*whole).and_then(Amount::new).ok(),
        _ => None,
    }
}
