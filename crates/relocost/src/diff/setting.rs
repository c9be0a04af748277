//! A setting made of parts of two: of each cause up to one the newer part, and of those after it the older.
//!
//! Parts are joined by name, and whoever holds a place in a setting looks it up anew. What only one side declares stands
//! beside what the other has, so that no part lacks what it names; it costs nothing before something uses it. A rate of a
//! year that one side does not give is the other's: what lies beyond one budget belongs to the horizon, which comes last.

use std::hash::Hash;

use indexmap::IndexMap;

use crate::names::BudgetCause;
use crate::scenario::Derived;
use crate::scenario::places::Places;
use crate::scenario::{
    Charge, Declared, ExchangeRates, Index, Line, Price, PriceLevels, Priced, RateTable, Rates, Setting,
};
use crate::types::{Id, Month};

/// True if a cause is the newer's, where all up to `through` are.
pub(crate) fn is_taken(cause: BudgetCause, through: Option<BudgetCause>) -> bool {
    through.is_some_and(|through| cause <= through)
}

/// Two settings.
#[derive(Clone, Copy)]
pub(crate) struct Mixing<'s> {
    pub(crate) old: &'s Setting,
    pub(crate) new: &'s Setting,
    /// The first month for which a dated amount may be needed; `None` where none is.
    pub(crate) since: Option<Month>,
}

impl<'s> Mixing<'s> {
    /// The side from which the part of a cause comes, and the other.
    fn sides(&self, cause: BudgetCause, through: Option<BudgetCause>) -> (&'s Setting, &'s Setting) {
        if is_taken(cause, through) { (self.new, self.old) } else { (self.old, self.new) }
    }

    /// True if the parts of a cause differ. The horizon is not asked about: it is what is left.
    pub(crate) fn differs(&self, cause: BudgetCause) -> bool {
        let (old, new) = (self.old, self.new);
        match cause {
            BudgetCause::Policy => {
                old.solutions != new.solutions
                    || old.pathways != new.pathways
                    || old.funds != new.funds
                    || old.entitlements != new.entitlements
                    || old.places != new.places
            }
            BudgetCause::Lines => {
                old.categories != new.categories
                    || old.drivers != new.drivers
                    || old.profiles != new.profiles
                    || !is_same(&old.lines, &self.newer_lines_at_older_prices())
            }
            BudgetCause::Prices => {
                old.category_factors != new.category_factors
                    || !is_same(&self.newer_lines_at_older_prices(), &new.lines)
            }
            BudgetCause::Indices => old.rates.index != new.rates.index,
            BudgetCause::ExchangeRates => {
                let rates =
                    |of: &'s Setting| (&of.rates.fx, &of.rates.level, &of.rates.fx_factors, &of.rates.level_factors);
                rates(old) != rates(new)
            }
            _ => false,
        }
    }

    /// The setting with the newer parts of all causes up to `through`, which is before the horizon.
    pub(crate) fn setting(&self, through: Option<BudgetCause>) -> Setting {
        let (policy, other_policy) = self.sides(BudgetCause::Policy, through);
        let (lines, other_lines) = self.sides(BudgetCause::Lines, through);
        let (prices, _) = self.sides(BudgetCause::Prices, through);
        let (exchange, _) = self.sides(BudgetCause::ExchangeRates, through);
        Setting {
            title: None,
            currency: self.old.currency,
            horizon_months: self.old.horizon_months,
            fiscal_year_start: self.old.fiscal_year_start,
            price_base_year: prices.price_base_year,
            tariffs_at: self.old.tariffs_at,
            entitlements: declared(&policy.entitlements, &other_policy.entitlements),
            places: declared(&policy.places, &other_policy.places),
            categories: declared(&lines.categories, &other_lines.categories),
            funds: declared(&policy.funds, &other_policy.funds),
            drivers: lines.drivers.clone(),
            profiles: lines.profiles.clone(),
            rates: self.rates(through),
            solutions: both(&policy.solutions, &other_policy.solutions),
            pathways: both(&policy.pathways, &other_policy.pathways),
            lines: self.lines(through),
            category_factors: prices.category_factors.clone(),
            uncertain: Vec::new(),
            correlations: Vec::new(),
            expectations: Vec::new(),
            variants: IndexMap::new(),
            // A place in either file could be the wrong one.
            places_in_files: Places::default(),
            quoted_in: exchange.quoted_in,
            derived: Derived::default(),
        }
    }

    /// The lines of such a setting.
    pub(crate) fn lines(&self, through: Option<BudgetCause>) -> IndexMap<Id, Line> {
        let mut lines = match (is_taken(BudgetCause::Lines, through), is_taken(BudgetCause::Prices, through)) {
            (false, _) => self.old.lines.clone(),
            (true, false) => self.newer_lines_at_older_prices(),
            (true, true) => self.new.lines.clone(),
        };
        if let Some(since) = self.since {
            lines.values_mut().filter_map(Line::priced_mut).for_each(|priced| reach_back(priced, since));
        }
        lines
    }

    fn newer_lines_at_older_prices(&self) -> IndexMap<Id, Line> {
        let mut lines = self.new.lines.clone();
        for (id, line) in &mut lines {
            if let Some(old) = self.old.lines.get(id) {
                price_as(line, old);
            }
        }
        lines
    }

    fn rates(&self, through: Option<BudgetCause>) -> Rates {
        let (indices, other_indices) = self.sides(BudgetCause::Indices, through);
        let (exchange, other_exchange) = self.sides(BudgetCause::ExchangeRates, through);
        let mut index = indices.rates.index.clone();
        for (id, other) in &other_indices.rates.index {
            match index.get_mut(id) {
                Some(own) => fill_index(own, other),
                None => drop(index.insert(id.clone(), other.clone())),
            }
        }
        let mut fx = exchange.rates.fx.clone();
        for (currency, other) in &other_exchange.rates.fx {
            match fx.get_mut(currency) {
                Some(own) => fill_exchange(own, other),
                None => drop(fx.insert(*currency, other.clone())),
            }
        }
        // Where both declare a place, one without a level has that of its amounts.
        let is_own = |place: &Id| exchange.places.iter().any(|declared| declared.id == *place);
        let mut level = exchange.rates.level.clone();
        let others = other_exchange.rates.level.iter().filter(|(place, _)| !is_own(place));
        level.extend(others.map(|(place, levels): (&Id, &PriceLevels)| (place.clone(), levels.clone())));
        Rates {
            discount: indices.rates.discount,
            index,
            fx,
            level,
            fx_factors: exchange.rates.fx_factors.clone(),
            level_factors: exchange.rates.level_factors.clone(),
        }
    }
}

/// True if lines are the same, in the same order where that matters: a percentage is of those that stand before it.
fn is_same(old: &IndexMap<Id, Line>, new: &IndexMap<Id, Line>) -> bool {
    let ordered = new.values().any(|line| matches!(line.charge, Charge::Percentage(_)));
    old == new && (!ordered || old.keys().eq(new.keys()))
}

/// The declarations of one side, and after them those that only the other has.
fn declared(own: &[Declared], other: &[Declared]) -> Vec<Declared> {
    let only = other.iter().filter(|declared| !own.iter().any(|known| known.id == declared.id));
    own.iter().chain(only).cloned().collect()
}

/// The entries of one side, and after them those that only the other has.
pub(crate) fn both<K: Clone + Hash + Eq, V: Clone>(own: &IndexMap<K, V>, other: &IndexMap<K, V>) -> IndexMap<K, V> {
    let only = other.iter().filter(|(key, _)| !own.contains_key(*key));
    own.iter().chain(only).map(|(key, value)| (key.clone(), value.clone())).collect()
}

/// Gives a line the price of another, where the two are charged in the same way.
fn price_as(line: &mut Line, of: &Line) {
    match (&mut line.charge, &of.charge) {
        (Charge::Priced(own), Charge::Priced(other)) => {
            let event = |priced: &Priced| matches!(priced.price, Price::Event { .. });
            if event(own) != event(other) {
                return;
            }
            own.price.clone_from(&other.price);
            own.currency = other.currency;
            own.index.clone_from(&other.index);
            own.price_base_year = other.price_base_year;
            own.credit = other.credit;
        }
        (Charge::Percentage(own), Charge::Percentage(other)) => own.share = other.share,
        (Charge::Refund(own), Charge::Refund(other)) => own.share = other.share,
        _ => return,
    }
    line.factor.clone_from(&of.factor);
}

/// Lets the first of dated amounts hold from an earlier month on: a table that begins with the newer budget has none for
/// the first months of the older.
fn reach_back(priced: &mut Priced, since: Month) {
    if let Price::Dated(tariffs) = &mut priced.price
        && let Some((&first, &amount)) = tariffs.first_key_value()
        && since < first
    {
        tariffs.insert(since, amount);
    }
}

fn fill<T: Copy>(own: &mut RateTable<T>, other: &RateTable<T>) {
    if own.default.is_none() {
        for (year, rate) in &other.years {
            own.years.entry(*year).or_insert(*rate);
        }
        own.default = other.default;
    }
}

fn fill_index(own: &mut Index, other: &Index) {
    fill(&mut own.increases, &other.increases);
}

fn fill_exchange(own: &mut ExchangeRates, other: &ExchangeRates) {
    if own.by_year.default.is_none() {
        for (month, rate) in &other.months {
            if !own.by_year.years.contains_key(&month.year()) {
                own.months.entry(*month).or_insert(*rate);
            }
        }
    }
    fill(&mut own.by_year, &other.by_year);
}
