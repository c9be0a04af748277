//! New prices in the text of a catalogue: TOML is edited in place, so that its comments and its order stay; JSON, which
//! has no comments, is written again.

use std::collections::BTreeMap;

use toml_edit::{DocumentMut, InlineTable, Item, Key, Table, TableLike};

use crate::error::{Code, Error};
use crate::message;
use crate::syntax::{Format, Node, Value, to_inline_toml, to_json};
use crate::types::{Amount, Currency, Month};

/// What becomes of the price of a line.
pub(super) enum NewPrice {
    /// One amount, in the place of the old one.
    Amount(Amount),
    /// Tariffs beside those that the line has, or in their place.
    Tariffs(BTreeMap<Month, Amount>),
    /// Tariffs in the place of the one amount that the line had, and of its price base.
    FirstTariffs(BTreeMap<Month, Amount>),
    /// An event with its rate and what it costs, in the place of the old one.
    Event(Node),
}

/// The new values of a line.
pub(super) struct Edit {
    /// The place of the line in the catalogue, from 0.
    pub(super) place: usize,
    pub(super) price: NewPrice,
    pub(super) currency: Currency,
    pub(super) source: String,
}

/// The text of a catalogue with new values; `root` is what the text says.
///
/// # Errors
/// The text is not what it was read as.
pub(super) fn edited(format: Format, text: &str, root: &Node, edits: &[Edit]) -> Result<String, Error> {
    match format {
        Format::Json => Ok(json(root.clone(), edits)),
        Format::Toml => toml(text, edits).ok_or_else(|| {
            let message = message!("its lines are not where they were", "ses postes ne sont pas où ils étaient");
            Error::single(Code::Syntax, "lines", message)
        }),
    }
}

/// A table in either of its two forms.
enum Fields<'t> {
    Lines(&'t mut Table),
    OneLine(&'t mut InlineTable),
}

impl<'t> Fields<'t> {
    fn of(item: &'t mut Item) -> Option<Self> {
        match item {
            Item::Table(table) => Some(Self::Lines(table)),
            Item::Value(value) => value.as_inline_table_mut().map(Self::OneLine),
            _ => None,
        }
    }

    fn any(&mut self) -> &mut dyn TableLike {
        match self {
            Self::Lines(table) => *table,
            Self::OneLine(table) => *table,
        }
    }

    fn names(&mut self) -> Vec<String> {
        self.any().iter().map(|(name, _)| name.to_owned()).collect()
    }

    /// Adds a key as it is written, behind the others.
    fn push(&mut self, key: &Key, item: Item) {
        match self {
            Self::Lines(table) => _ = table.insert_formatted(key, item),
            Self::OneLine(table) => {
                if let Ok(value) = item.into_value() {
                    table.insert_formatted(key, value);
                }
            }
        }
    }

    /// Sets a value in the place of one that is there; what stands around that stays.
    fn put(&mut self, key: &str, mut value: toml_edit::Value) {
        if let Some(old) = self.any().get(key).and_then(Item::as_value) {
            *value.decor_mut() = old.decor().clone();
        }
        self.any().insert(key, Item::Value(value));
    }

    /// Sets a text; what stands around the old value stays.
    fn set(&mut self, key: &str, text: &str) {
        match self.any().get_mut(key).and_then(Item::as_value_mut) {
            Some(value) if value.as_str() == Some(text) => {}
            Some(value) => {
                let decor = value.decor().clone();
                *value = text.into();
                *value.decor_mut() = decor;
            }
            None => {
                let end = self.take_end();
                self.push(&Key::new(key), toml_edit::value(text));
                self.put_end(end);
            }
        }
    }

    /// Sets the tariff of a month, in the order of months.
    fn set_tariff(&mut self, month: Month, amount: Amount) {
        let (month, amount) = (month.to_string(), amount.to_string());
        if self.any().contains_key(&month) {
            return self.set(&month, &amount);
        }
        let names = self.names();
        let like = names.first().and_then(|name| self.any().key(name).cloned());
        let bare = like.is_some_and(|key| !key.display_repr().starts_with(['"', '\'']));
        let quoted = || Key::parse(&format!("\"{month}\"")).ok().and_then(|keys| keys.into_iter().next());
        let key = if bare { None } else { quoted() };
        let end = self.take_end();
        self.push(&key.unwrap_or_else(|| Key::new(&month)), toml_edit::value(amount));
        if names.iter().any(|name| *name > month) {
            self.any().sort_values();
        }
        self.put_end(end);
    }

    /// What stands behind the last value of a table that is written in one line: it belongs behind whichever is the last.
    fn take_end(&mut self) -> Option<String> {
        let Self::OneLine(table) = self else { return None };
        let (_, value) = table.iter_mut().last()?;
        let end = value.decor().suffix().and_then(|suffix| suffix.as_str()).map(str::to_owned)?;
        value.decor_mut().set_suffix("");
        Some(end)
    }

    fn put_end(&mut self, end: Option<String>) {
        let Self::OneLine(table) = self else { return };
        if let (Some(end), Some((_, value))) = (end, table.iter_mut().last()) {
            value.decor_mut().set_suffix(end);
        }
    }

    /// Puts a key with a table in the place of another key.
    fn replace(&mut self, old: &str, new: &str, mut table: InlineTable) {
        let names = self.names();
        let keys: Vec<Key> = names.iter().filter_map(|name| self.any().key(name).cloned()).collect();
        // Each is taken out and put back at the end, so that all keep their order.
        for key in keys {
            let Some(item) = self.any().remove(key.get()) else { continue };
            if key.get() == old {
                if let Some(value) = item.as_value() {
                    *table.decor_mut() = value.decor().clone();
                }
                let key = Key::new(new).with_leaf_decor(key.leaf_decor().clone());
                self.push(&key, toml_edit::value(std::mem::take(&mut table)));
            } else {
                self.push(&key, item);
            }
        }
    }
}

fn toml(text: &str, edits: &[Edit]) -> Option<String> {
    let mut document: DocumentMut = text.strip_prefix('\u{feff}').unwrap_or(text).parse().ok()?;
    for edit in edits {
        let mut line = match document.get_mut("lines")? {
            Item::ArrayOfTables(lines) => Fields::Lines(lines.get_mut(edit.place)?),
            Item::Value(lines) => Fields::OneLine(lines.as_array_mut()?.get_mut(edit.place)?.as_inline_table_mut()?),
            _ => return None,
        };
        match &edit.price {
            NewPrice::Amount(amount) => line.set("amount", &amount.to_string()),
            NewPrice::Tariffs(tariffs) => {
                let mut held = Fields::of(line.any().get_mut("amounts")?)?;
                for (month, amount) in tariffs {
                    held.set_tariff(*month, *amount);
                }
            }
            NewPrice::FirstTariffs(tariffs) => {
                let mut held = InlineTable::new();
                for (month, amount) in tariffs {
                    Fields::OneLine(&mut held).set_tariff(*month, *amount);
                }
                line.replace("amount", "amounts", held);
                line.any().remove("price_base_year");
            }
            NewPrice::Event(event) => {
                if line.any().contains_key("event") {
                    let mut held = Fields::of(line.any().get_mut("event")?)?;
                    for entry in event.entries() {
                        held.put(&entry.key, to_inline_toml(&entry.node).parse().ok()?);
                    }
                } else {
                    line.put("event", to_inline_toml(event).parse().ok()?);
                }
            }
        }
        line.set("currency", edit.currency.code());
        line.set("source", &edit.source);
    }
    Some(document.to_string())
}

fn json(mut root: Node, edits: &[Edit]) -> String {
    for edit in edits {
        let lines = root.child("lines").map(|lines| &mut lines.value);
        let Some(lines) = lines.and_then(Value::nodes_mut) else { continue };
        let Some(line) = lines.get_mut(edit.place) else { continue };
        let tariffs = match &edit.price {
            NewPrice::Amount(amount) => {
                line.set("amount", *amount);
                None
            }
            NewPrice::Event(event) => {
                line.set("event", event.clone());
                None
            }
            NewPrice::Tariffs(tariffs) => Some(tariffs),
            NewPrice::FirstTariffs(tariffs) => {
                if let Some(entries) = line.value.entries_mut()
                    && let Some(entry) = entries.iter_mut().find(|entry| entry.key == "amount")
                {
                    (entry.key, entry.node) = ("amounts".to_owned(), Node::table());
                }
                line.remove("price_base_year");
                Some(tariffs)
            }
        };
        if let Some(tariffs) = tariffs
            && let Some(held) = line.child("amounts")
        {
            for (month, amount) in tariffs {
                held.set(&month.to_string(), *amount);
            }
            if let Some(entries) = held.value.entries_mut() {
                entries.sort_by(|one, other| one.key.cmp(&other.key));
            }
        }
        line.set("currency", edit.currency);
        line.set("source", edit.source.as_str());
    }
    to_json(&root)
}
