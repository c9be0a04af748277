//! Tracing a figure back to its entries, and these to their sources.
//!
//! In: a ledger and what of it a figure sums. Out: the entries, their sum, and where their amounts and rates come from.

use std::fmt;

use indexmap::IndexSet;
use serde::{Serialize, Serializer};

use crate::about::About;
use crate::error::{Code, Error};
use crate::ledger::{Entry, Ledger};
use crate::message;
use crate::names::closest;
use crate::types::{Id, Money, Month, Text};
use crate::watch::{Pulse, Watch};

/// The entries that a figure sums: all, or those of a category, a line, a fiscal year, a month, or the part that a fund
/// pays.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Selection {
    /// A category.
    pub category: Option<String>,
    /// A line.
    pub line: Option<String>,
    /// A fiscal year.
    pub fiscal_year: Option<i32>,
    /// A month.
    pub month: Option<Month>,
    /// A fund: of each entry only the part that it pays is summed.
    pub fund: Option<String>,
}

impl Selection {
    /// Selects the entries of a category.
    #[must_use]
    pub fn category(mut self, category: impl Into<String>) -> Self {
        self.category = Some(category.into());
        self
    }

    /// Selects the entries of a line.
    #[must_use]
    pub fn line(mut self, line: impl Into<String>) -> Self {
        self.line = Some(line.into());
        self
    }

    /// Selects the entries of a fiscal year.
    #[must_use]
    pub fn fiscal_year(mut self, fiscal_year: i32) -> Self {
        self.fiscal_year = Some(fiscal_year);
        self
    }

    /// Selects the entries of a month.
    #[must_use]
    pub fn month(mut self, month: Month) -> Self {
        self.month = Some(month);
        self
    }

    /// Selects of each entry the part that a fund pays.
    #[must_use]
    pub fn fund(mut self, fund: impl Into<String>) -> Self {
        self.fund = Some(fund.into());
        self
    }
}

/// Where an amount or a rate comes from.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[non_exhaustive]
pub struct Provenance {
    /// The path of what it is the source of, such as `lines.rent` or `rates.index.housing`.
    pub key: String,
    /// The source; `None` where the files give none.
    pub source: Option<String>,
}

/// An entry that a figure sums.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub struct TracedEntry<'l> {
    /// The entry.
    pub entry: Entry<'l>,
    /// The part of it that the figure sums: all of it, unless a fund was asked for.
    pub part: Money,
}

/// A figure traced to its entries.
#[derive(Clone)]
pub struct Explanation<'l> {
    ledger: &'l Ledger,
    entries: Vec<TracedEntry<'l>>,
    total: Money,
    sources: Vec<Provenance>,
}

impl Ledger {
    /// Traces the figure that sums the selected entries.
    ///
    /// ```
    /// use relocost::explanation::Selection;
    /// # let scenario = relocost::Scenario::parse("schema = 1\ncatalogue = \"reference\"\nstart = \"2026-03\"\nhorizon_months = 60\nhousehold = { members = [{ age = 34 }] }")?;
    /// let ledger = scenario.ledger("temporary")?;
    /// let legal = ledger.explain(&Selection::default().category("legal"))?;
    /// assert_eq!((legal.entries().len(), legal.total().to_string().as_str()), (10, "1561.20"));
    /// assert_eq!(legal.sources()[0].source.as_deref(), Some("illustrative"));
    /// # Ok::<(), relocost::Error>(())
    /// ```
    ///
    /// # Errors
    /// The scenario has no such category, line or fund, the fiscal year or the month lies outside the horizon.
    pub fn explain(&self, selection: &Selection) -> Result<Explanation<'_>, Error> {
        self.explain_under(selection, None)
    }

    pub(crate) fn explain_under(
        &self,
        selection: &Selection,
        watch: Option<&Watch<'_>>,
    ) -> Result<Explanation<'_>, Error> {
        let scenario = self.scenario();
        let known = |key: &str, name: &Option<String>, ids: Vec<&Id>| match name {
            Some(name) if !ids.iter().any(|id| id.as_str() == name) => {
                let hint = if let Some(name) = closest(name, ids.iter().map(|id| id.as_str())) {
                    message!("did you mean \"{name}\"?", "vouliez-vous dire « {name} » ?")
                } else {
                    let known = ids.iter().map(|id| id.as_str()).collect::<Vec<_>>().join(", ");
                    message!("it has {known}", "il a {known}")
                };
                let message = message!(
                    "the scenario declares nothing of that name; {hint}",
                    "le scénario ne déclare rien de ce nom ; {hint}",
                    hint,
                );
                Err(Error::single(Code::UnknownName, key, message))
            }
            _ => Ok(()),
        };
        known("category", &selection.category, scenario.categories().iter().map(|declared| &declared.id).collect())?;
        known("line", &selection.line, scenario.lines().keys().collect())?;
        known("fund", &selection.fund, scenario.funds().iter().map(|declared| &declared.id).collect())?;
        let (years, last) = (scenario.fiscal_years(), scenario.horizon_months().saturating_sub(1));
        if selection.fiscal_year.is_some_and(|year| !years.contains(&year)) {
            let message = message!(
                "lies outside the horizon, which has {first} to {last}",
                "hors de l'horizon, qui va de {first} à {last}",
                first = years.start(),
                last = years.end(),
            );
            return Err(Error::single(Code::OutOfRange, "fiscal_year", message));
        }
        let (first, last) = (scenario.start(), scenario.start().plus(i32::try_from(last).unwrap_or(0)));
        if selection.month.is_some_and(|month| !(first..=last).contains(&month)) {
            let message = message!(
                "lies outside the horizon, which is {first} to {last}",
                "hors de l'horizon, qui va de {first} à {last}",
            );
            return Err(Error::single(Code::OutOfRange, "month", message));
        }
        let pulse = Pulse::of(watch, Some(self.len()));
        let mut entries = Vec::new();
        let (mut total, mut sources) = (Money::zero(self.currency()), IndexSet::new());
        for (done, entry) in self.entries().enumerate() {
            pulse.step(done)?;
            if !selection.includes(&entry) {
                continue;
            }
            let part = match &selection.fund {
                None => entry.amount(),
                Some(name) => {
                    let paid = entry.funds().into_iter().find(|(fund, _)| fund.as_str() == name);
                    match paid {
                        Some((_, part)) if !part.is_zero() => part,
                        _ => continue,
                    }
                }
            };
            total = total.checked_add(part).ok_or_else(|| {
                Error::single(
                    Code::TooLargeFigure,
                    "",
                    message!("a sum is too large to write", "une somme est trop grande pour être écrite"),
                )
            })?;
            sources.extend(self.provenance(&entry));
            entries.push(TracedEntry { entry, part });
        }
        pulse.step(self.len())?;
        Ok(Explanation { ledger: self, entries, total, sources: sources.into_iter().collect() })
    }

    fn provenance(&self, entry: &Entry<'_>) -> Vec<Provenance> {
        let scenario = self.scenario();
        let text = |source: Option<&Text>| source.map(ToString::to_string);
        let mut sources = Vec::new();
        let mut add = |key: String, source| sources.push(Provenance { key, source: text(source) });
        for line in entry.lines() {
            add(format!("lines.{}", line.id), Some(&line.source));
        }
        let Some(priced) = entry.priced() else { return sources };
        if let Some(place) = entry.place().filter(|_| entry.has_level()) {
            let source = scenario.rates().level.get(place).and_then(|levels| levels.source.as_ref());
            add(format!("rates.level.{place}"), source);
        }
        if let Some(index) = &priced.index {
            let source = scenario.rates().index.get(index).and_then(|table| table.increases.source.as_ref());
            add(format!("rates.index.{index}"), source);
        }
        if priced.currency != scenario.currency() {
            let source = scenario.rates().fx.get(&priced.currency).and_then(|table| table.by_year.source.as_ref());
            add(format!("rates.fx.{}", priced.currency), source);
        }
        if let (Some(relief), Some(_)) = (&priced.relief, entry.relief_months()) {
            let source = scenario.profiles().get(&relief.profile).and_then(|profile| profile.source.as_ref());
            add(format!("profiles.{}", relief.profile), source);
        }
        sources
    }
}

impl Selection {
    fn includes(&self, entry: &Entry<'_>) -> bool {
        self.category.as_ref().is_none_or(|category| entry.category().as_str() == category)
            && self.line.as_ref().is_none_or(|line| entry.line().id.as_str() == line)
            && self.fiscal_year.is_none_or(|year| entry.fiscal_year() == year)
            && self.month.is_none_or(|month| entry.month() == month)
    }
}

impl<'l> Explanation<'l> {
    /// The ledger.
    pub fn ledger(&self) -> &'l Ledger {
        self.ledger
    }

    /// The entries that the figure sums.
    pub fn entries(&self) -> &[TracedEntry<'l>] {
        &self.entries
    }

    /// The entry at a place, from 1, to be shown step by step.
    ///
    /// ```
    /// # let scenario = relocost::Scenario::parse("schema = 1\ncatalogue = \"reference\"\nstart = \"2026-03\"\nhorizon_months = 60\nhousehold = { members = [{ age = 34 }] }")?;
    /// let ledger = scenario.ledger("temporary")?;
    /// let legal = ledger.explain(&relocost::explanation::Selection::default().category("legal"))?;
    /// assert_eq!(legal.entry(1)?.category().as_str(), "legal");
    /// assert!(legal.entry(0).is_err() && legal.entry(11).is_err()); // the figure has ten
    /// # Ok::<(), relocost::Error>(())
    /// ```
    ///
    /// # Errors
    /// The figure has no entry there.
    pub fn entry(&self, place: usize) -> Result<Entry<'l>, Error> {
        let found = place.checked_sub(1).and_then(|index| self.entries.get(index)).map(|traced| traced.entry);
        found.ok_or_else(|| {
            let message = message!(
                "expected one of the figure's entries, counted from 1; it has {count}",
                "une des écritures du chiffre est attendue, comptées à partir de 1 ; il en a {count}",
                count = self.entries.len(),
            );
            Error::single(Code::OutOfRange, "entry", message)
        })
    }

    /// The figure.
    pub fn total(&self) -> Money {
        self.total
    }

    /// Where the amounts and rates of the entries come from, each once.
    pub fn sources(&self) -> &[Provenance] {
        &self.sources
    }
}

impl fmt::Debug for Explanation<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Explanation({:?} from {} entries)", self.total, self.entries.len())
    }
}

impl Serialize for Explanation<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;
        let mut out = serializer.serialize_struct("Explanation", 5 + About::FIELDS)?;
        out.serialize_field("schema", &Ledger::SCHEMA)?;
        self.ledger.about().write(&mut out)?;
        out.serialize_field("pathway", self.ledger.pathway())?;
        out.serialize_field("total", &self.total)?;
        out.serialize_field("entries", &Entries(&self.entries))?;
        out.serialize_field("sources", &self.sources)?;
        out.end()
    }
}

/// The entries of an explanation, each written as it is reached.
struct Entries<'e, 'l>(&'e [TracedEntry<'l>]);

impl Serialize for Entries<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Traced<'e> {
            #[serde(flatten)]
            entry: &'e Entry<'e>,
            unrounded: String,
            part: Money,
        }
        serializer.collect_seq(self.0.iter().map(|TracedEntry { entry, part }| Traced {
            entry,
            unrounded: entry.unrounded().to_fraction(),
            part: *part,
        }))
    }
}
