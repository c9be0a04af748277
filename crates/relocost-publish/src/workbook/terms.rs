//! The factors of a charge, as named cells.

use std::fmt::Write;

use relocost::ledger::Exact;
use relocost::programme::PlannedCharges;
use relocost::scenario::{Line, Profile, RateTable, Shares};
use relocost::types::Text;
use relocost::{Currency, Entry, Id, Lang, Month, Scenario};
use relocost_report::declared_label;

use super::funds::Payers;
use super::names::{Input, Kind, Name, Names, Rate, RateKind};
use super::words::{self, Words};

/// Finds the cells of the factors, and makes those that are new.
pub(super) struct Terms<'s> {
    pub(super) scenario: &'s Scenario,
    pub(super) lang: Lang,
    pub(super) names: Names,
}

/// The decimals with which a value is written that has no end; a spreadsheet holds fewer.
const DECIMALS: u32 = 18;

/// A number as a decimal, without zeros that say nothing.
pub(super) fn decimal(value: &Exact) -> String {
    let fixed = value.to_fixed(DECIMALS);
    fixed.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// The line with the price of which an entry is a charge, or of whose entries it is a refund.
pub(super) fn root<'l>(entry: &Entry<'l>) -> &'l Line {
    entry.lines().last().unwrap_or_else(|| entry.line())
}

impl Terms<'_> {
    fn order(&self, line: &Line) -> usize {
        self.scenario.lines().get_index_of(&line.id).unwrap_or(0)
    }

    fn of_line(&self, kind: Kind, line: &Line, key: &str, what: String, unit: String) -> Input {
        Input {
            kind,
            order: (self.order(line), 0),
            path: format!("lines.{}.{key}", line.id),
            what,
            unit,
            source: Some(line.source.as_str().to_owned()),
        }
    }

    /// An input of a table, which has a source of its own.
    fn of_table(kind: Kind, path: String, what: String, unit: String, source: Option<&Text>) -> Input {
        let source = source.map(|source| source.as_str().to_owned());
        Input { kind, order: (0, 0), path, what, unit, source }
    }

    /// The price of a unit.
    pub(super) fn price(&mut self, entry: &Entry<'_>) -> Option<Name> {
        let (value, line) = (entry.unit_price()?, root(entry));
        let (id, label) = (&line.id, line.label.text(self.lang));
        let currency = entry.currency().map_or_else(String::new, |currency| currency.code().to_owned());
        if let Some((per_year, mean)) = entry.event() {
            let (what, unit) = (words::of(self.lang, label, self.lang.events_a_year()), self.lang.a_year().to_owned());
            let input = self.of_line(Kind::Event, line, "event.per_year", what, unit);
            let events = self.names.input(&format!("events_{id}"), &per_year.to_string(), input);
            let what = words::of(self.lang, label, self.lang.event_cost());
            let input = self.of_line(Kind::Event, line, "event.severity", what, currency);
            let cost = self.names.input(&format!("event_cost_{id}"), &decimal(&mean), input);
            let (what, order) = (label.to_owned(), i32::try_from(self.order(line)).unwrap_or(0));
            return Some(self.names.rate(&format!("expected_{id}"), &decimal(&value), |names| Rate {
                kind: RateKind::Expectation,
                order: (String::new(), order),
                what,
                formula: format!("={}/12*{}", names.text(events), names.text(cost)),
            }));
        }
        let (wish, key, what) = match entry.tariff_month() {
            None => (format!("price_{id}"), "amount".to_owned(), label.to_owned()),
            Some(month) => {
                let name = format!("price_{id}_{}", month.to_string().replace('-', "_"));
                (name, format!("amounts.{month}"), words::since(self.lang, label, month))
            }
        };
        let input = self.of_line(Kind::Price, line, &key, what, currency);
        Some(self.names.input(&wish, &decimal(&value), input))
    }

    /// The price level, where one is given.
    pub(super) fn level(&mut self, entry: &Entry<'_>) -> Option<Name> {
        entry.has_level().then_some(())?;
        let (value, place, category) = (entry.price_level()?, entry.place()?, root(entry).category.as_ref()?);
        let of_place = declared_label(self.scenario.places(), place, self.lang);
        let what = words::of(self.lang, &of_place, &declared_label(self.scenario.categories(), category, self.lang));
        let source = self.scenario.rates().level.get(place).and_then(|levels| levels.source.as_ref());
        let path = format!("rates.level.{place}.{category}");
        let input = Self::of_table(Kind::Level, path, what, self.lang.of_price().to_owned(), source);
        Some(self.names.input(&format!("level_{place}_{category}"), &decimal(&value), input))
    }

    /// The growth since the price base, where anything grows.
    pub(super) fn index(&mut self, entry: &Entry<'_>) -> Option<Name> {
        let (base, year) = entry.index_span().filter(|(base, year)| base != year)?;
        let (value, index) = (entry.index_factor()?, entry.priced()?.index.as_ref()?);
        let table = &self.scenario.rates().index.get(index)?.increases;
        let mut factors = String::new();
        for (year, increase) in entry.index_years() {
            let name = self.increase(index.as_str(), table, year, &increase.to_string());
            let join = if factors.is_empty() { "" } else { "*" };
            let _ = write!(factors, "{join}(1+{})", self.names.text(name));
        }
        let formula = if year < base { format!("=1/({factors})") } else { format!("={factors}") };
        let what = words::between(self.lang, index.as_str(), base, year);
        let (wish, order) = (format!("index_{index}_{base}_{year}"), (format!("{index} {base}"), year));
        Some(self.names.rate(&wish, &decimal(&value), |_| Rate { kind: RateKind::Index, order, what, formula }))
    }

    fn increase<T: Copy>(&mut self, index: &str, table: &RateTable<T>, year: i32, value: &str) -> Name {
        let own = table.years.contains_key(&year).then(|| year.to_string());
        let key = own.as_deref().unwrap_or("default");
        let what = words::of_time(self.lang, index, own.as_deref());
        let (path, unit) = (format!("rates.index.{index}.{key}"), self.lang.a_year().to_owned());
        let input = Self::of_table(Kind::Growth, path, what, unit, table.source.as_ref());
        self.names.input(&format!("growth_{index}_{key}"), value, input)
    }

    /// The exchange rate, of a price in another currency.
    pub(super) fn exchange(&mut self, entry: &Entry<'_>) -> Option<Name> {
        self.rate_of(entry.currency()?, entry.month(), &decimal(&entry.exchange_rate()?))
    }

    /// The exchange rate of a month, which has a value, of another currency.
    pub(super) fn rate_of(&mut self, currency: Currency, month: Month, value: &str) -> Option<Name> {
        (currency != self.scenario.currency()).then_some(())?;
        let rates = self.scenario.rates().fx.get(&currency)?;
        let time = if rates.months.contains_key(&month) {
            Some(month.to_string())
        } else {
            rates.by_year.years.contains_key(&month.year()).then(|| month.year().to_string())
        };
        let (code, key) = (currency.code(), time.as_deref().unwrap_or("default"));
        let what = words::of_time(self.lang, code, time.as_deref());
        let unit = words::per_unit(self.lang, self.scenario.currency().code(), code);
        let path = format!("rates.fx.{code}.{key}");
        let input = Self::of_table(Kind::Exchange, path, what, unit, rates.by_year.source.as_ref());
        Some(self.names.input(&format!("fx_{code}_{key}"), value, input))
    }

    /// The share that is needed, of what is relieved.
    pub(super) fn needed(&mut self, entry: &Entry<'_>) -> Option<Name> {
        let (months, value) = (entry.relief_months()?, entry.needed()?);
        let (of, name, profile) = self.scenario.profiles().get_full(&entry.priced()?.relief.as_ref()?.profile)?;
        let formula = self.relieved(name.as_str(), (of, profile), months);
        let what = words::after_months(self.lang, name.as_str(), months);
        let order = (name.to_string(), i32::try_from(months).unwrap_or(0));
        let wish = format!("needed_{name}_{months}");
        Some(self.names.rate(&wish, &decimal(&value), |_| Rate { kind: RateKind::Need, order, what, formula }))
    }

    /// The formula of what is needed: linear between two knots, constant outside.
    fn relieved(&mut self, name: &str, (of, profile): (usize, &Profile), months: u32) -> String {
        let mut knot = |place: usize| {
            let (at, share) = profile.knots[place];
            let what = words::after_months(self.lang, name, at);
            let path = format!("profiles.{name}.{at}");
            let mut input =
                Self::of_table(Kind::Relief, path, what, self.lang.of_cost().to_owned(), profile.source.as_ref());
            input.order = (of, place);
            let cell = self.names.input(&format!("relief_{name}_{at}"), &share.to_string(), input);
            self.names.text(cell).to_owned()
        };
        let after = profile.knots_reached(months);
        match (after, profile.knots.len()) {
            (_, 0) => "=1".to_owned(),
            (0, _) => format!("=1-{}", knot(0)),
            (after, all) if after == all => format!("=1-{}", knot(all - 1)),
            (after, _) => {
                let (from, to) = (knot(after - 1), knot(after));
                let (first, last) = (profile.knots[after - 1].0, profile.knots[after].0);
                let stretch = profile.stretch().to_decimal();
                let at = if stretch == relocost::Decimal::ONE { String::new() } else { format!("/{stretch}") };
                format!("=1-({from}+({to}-{from})*({months}{at}-{first})/({last}-{first}))")
            }
        }
    }

    /// The shares of percentages and refunds.
    pub(super) fn shares(&mut self, entry: &Entry<'_>) -> Vec<Name> {
        let mut lines: Vec<&Line> = entry.lines().collect();
        lines.reverse();
        let steps: Vec<(Exact, &Line)> =
            entry.shares().map(|(share, _)| share).zip(lines.into_iter().skip(1)).collect();
        steps
            .into_iter()
            .map(|(share, line)| {
                let is_refund = matches!(line.charge, relocost::scenario::Charge::Refund(_));
                let key = if is_refund { "refund.share" } else { "percentage.share" };
                let (what, unit) = (line.label.text(self.lang).to_owned(), self.lang.of_charge().to_owned());
                let input = self.of_line(Kind::Share, line, key, what, unit);
                self.names.input(&format!("share_{}", line.id), &decimal(&share), input)
            })
            .collect()
    }

    /// Who pays for a category in a solution.
    pub(super) fn payers<'l>(&mut self, scenario: &'l Scenario, solution: &str, category: &Id) -> Payers<'l> {
        let Some(funding) = scenario.solutions().get(solution).map(|declared| &declared.funding) else {
            return self.shared(scenario, None, "", "");
        };
        let label = declared_label(scenario.categories(), category, self.lang);
        if let Some(shares) = funding.by_category.get(category) {
            let path = format!("solutions.{solution}.funding.by_category.{category}");
            let of = format!("{solution}, {label}");
            return self.shared(scenario, Some((shares, &format!("{solution}_{category}"))), &path, &of);
        }
        let path = format!("solutions.{solution}.funding");
        self.shared(scenario, funding.shares.as_ref().map(|shares| (shares, solution)), &path, solution)
    }

    /// Who pays a charge of one of a programme's own lines.
    pub(super) fn own_payers<'l>(&mut self, charges: &'l PlannedCharges, line: &Line) -> Payers<'l> {
        let (path, of) = (format!("programme.lines.{}.funding", line.id), line.label.text(self.lang));
        let shares = charges.own_shares(&line.id).map(|shares| (shares, line.id.as_str()));
        self.shared(charges.setting(), shares, &path, of)
    }

    /// The shares of funds, with what they are of; the first fund pays all where none are given.
    fn shared<'l>(
        &mut self,
        scenario: &'l Scenario,
        shares: Option<(&'l Shares, &str)>,
        path: &str,
        of: &str,
    ) -> Payers<'l> {
        let alone = match shares {
            None => scenario.funds().first().map(|fund| &fund.id),
            Some((shares, _)) => shares.keys().next().filter(|_| shares.len() == 1),
        };
        if let Some(fund) = alone {
            return Payers::Whole(fund);
        }
        let mut named = Vec::new();
        if let Some((shares, wish)) = shares {
            for (fund, share) in shares {
                let what = words::of(self.lang, &declared_label(scenario.funds(), fund, self.lang), of);
                let unit = self.lang.of_charge().to_owned();
                let input = Self::of_table(Kind::Fund, format!("{path}.{fund}"), what, unit, None);
                let value = share.to_decimal().normalize();
                let name = self.names.input(&format!("fund_{wish}_{fund}"), &value.to_string(), input);
                named.push((fund, self.names.text(name).to_owned(), value));
            }
        }
        Payers::Shares(named)
    }

    /// The discount factor of a fiscal year.
    pub(super) fn discount(&mut self, years: i32, year: i32, factor: &str) -> Name {
        let rate = self.scenario.rates().discount.map_or_else(|| "0".to_owned(), |rate| rate.to_string());
        let (what, unit) = (self.lang.discount_rate().to_owned(), self.lang.a_year().to_owned());
        let input = Self::of_table(Kind::Discount, "rates.discount".to_owned(), what, unit, None);
        let rate = self.names.input("discount", &rate, input);
        self.names.rate(&format!("discount_{year}"), factor, |names| Rate {
            kind: RateKind::Discount,
            order: (String::new(), year),
            what: year.to_string(),
            formula: format!("=1/(1+{})^{years}", names.text(rate)),
        })
    }
}
