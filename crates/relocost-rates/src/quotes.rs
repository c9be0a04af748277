//! Exchange rates: a publisher's quotes against one currency, as rates of the scenario's currency.
//!
//! The mean of a period is that of the quotes as they are published, so that a publisher's own averages come out; it is
//! inverted, and crossed with that of another currency, exactly, and rounded once.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use num_rational::BigRational;
use num_traits::One;
use relocost::message::counted;
use relocost::{Code, Currency, Error, Month, message};

use crate::number::{mean, written};
use crate::options::{PeriodRate, RateOptions};
use crate::period::Day;
use crate::tables::{Key, RateTable};

/// The quotes of a publisher.
pub(crate) struct Quotes {
    /// Publisher and file, as a source names them.
    pub(crate) source: String,
    /// The currency against which the others are quoted.
    pub(crate) hub: &'static str,
    currencies: BTreeMap<String, Quoted>,
}

/// The quotes of a currency.
struct Quoted {
    /// True if they are units of the hub for one of the currency, and not the reverse.
    per_unit: bool,
    days: BTreeMap<Day, BigRational>,
}

/// Why a quote cannot stand beside those before it.
pub(crate) enum Clash {
    /// The day has another quote.
    Day,
    /// The currency is quoted the other way round.
    Direction,
}

impl Quotes {
    pub(crate) fn new(source: impl Into<String>, hub: &'static str) -> Self {
        Self { source: source.into(), hub, currencies: BTreeMap::new() }
    }

    /// Takes a quote.
    pub(crate) fn take(&mut self, code: &str, per_unit: bool, day: Day, quote: BigRational) -> Result<(), Clash> {
        if code == self.hub {
            return Ok(()); // one for one
        }
        let quoted =
            self.currencies.entry(code.to_owned()).or_insert_with(|| Quoted { per_unit, days: BTreeMap::new() });
        if quoted.per_unit != per_unit {
            return Err(Clash::Direction);
        }
        match quoted.days.entry(day) {
            Entry::Occupied(known) if *known.get() != quote => return Err(Clash::Day),
            Entry::Occupied(_) => {}
            Entry::Vacant(place) => {
                place.insert(quote);
            }
        }
        Ok(())
    }

    /// Takes the quotes of another file of the same publisher.
    pub(crate) fn merge(&mut self, other: Self, name: &str) -> Result<(), Error> {
        if self.hub != other.hub {
            return Err(Error::of_file(
                Code::Conflict,
                name,
                message!(
                    "quotes against another currency than the files before it; read it by itself",
                    "cote contre une autre monnaie que les fichiers qui précèdent ; le lire à part"
                ),
            ));
        }
        for (code, quoted) in other.currencies {
            for (day, quote) in quoted.days {
                self.take(&code, quoted.per_unit, day, quote).map_err(|_| {
                    Error::of_file(
                        Code::Conflict,
                        name,
                        message!(
                            "gives {code} of {day} another rate than a file before it",
                            "donne à {code} au {day} un autre taux qu'un fichier qui précède"
                        ),
                    )
                })?;
            }
        }
        Ok(())
    }

    fn last_day(&self) -> Option<Day> {
        self.currencies.values().filter_map(|quoted| quoted.days.keys().next_back().copied()).max()
    }

    /// The tables of rates that are asked for.
    pub(crate) fn tables(&self, options: &RateOptions) -> Result<Vec<RateTable>, Error> {
        let target = options.currency.code();
        if target != self.hub && !self.currencies.contains_key(target) {
            return Err(self.not_quoted(target, "currency"));
        }
        let chosen: BTreeSet<&str> = options.columns.iter().map(|column| column.series.as_str()).collect();
        for code in &chosen {
            if *code != self.hub && !self.currencies.contains_key(*code) {
                return Err(self.not_quoted(code, "column"));
            }
        }
        let mut tables = Vec::new();
        let known = self.currencies.keys().map(String::as_str).chain([self.hub]);
        for code in known.collect::<BTreeSet<_>>() {
            let wanted = chosen.is_empty() || chosen.contains(code);
            if code == target || !wanted {
                continue;
            }
            let Some(currency) = Currency::from_code(code) else {
                if chosen.is_empty() {
                    continue; // a basket such as the special drawing right: no amount is in it
                }
                return Err(Error::single(
                    Code::UnknownName,
                    "column",
                    message!(
                        "{code} is no currency in which an amount can be",
                        "{code} n'est pas une monnaie dans laquelle un montant peut être"
                    ),
                ));
            };
            let years = self.years(code, target, options);
            if years.is_empty() {
                if chosen.is_empty() {
                    continue; // a currency of other years
                }
                return Err(Error::single(
                    Code::MissingRate,
                    code,
                    message!(
                        "has no whole year of rates in what is asked for; choose years, and allow gaps",
                        "n'a pas d'année entière de taux dans ce qui est demandé ; choisir des années, et admettre les lacunes"
                    ),
                ));
            }
            tables.push(self.table(currency, target, &years, options)?);
        }
        if tables.is_empty() {
            return Err(Error::single(
                Code::MissingRate,
                "years",
                message!(
                    "no currency has a whole year of rates in what is asked for",
                    "aucune monnaie n'a une année entière de taux dans ce qui est demandé"
                ),
            ));
        }
        Ok(tables)
    }

    fn not_quoted(&self, code: &str, key: &str) -> Error {
        let mut known: Vec<&str> = self.currencies.keys().map(String::as_str).collect();
        known.push(self.hub);
        let known = known.join(", ");
        let code = crate::text::shown(code);
        Error::single(
            Code::UnknownName,
            key,
            message!("{code} is not quoted; the file has {known}", "{code} n'est pas coté ; le fichier a {known}"),
        )
    }

    /// The days of a currency; none of the hub, which is quoted whenever others are.
    fn days(&self, code: &str) -> Option<&BTreeMap<Day, BigRational>> {
        self.currencies.get(code).map(|quoted| &quoted.days)
    }

    /// True if both currencies have quotes in a month.
    fn has_month(&self, codes: [&str; 2], year: i32, month: u32) -> bool {
        let within = |days: &BTreeMap<Day, BigRational>| days.range(month_of(year, month)).next().is_some();
        codes.iter().all(|code| self.days(code).is_none_or(within))
    }

    /// The years of which rates are wanted: those asked for, if any has a quote, or the whole ones.
    fn years(&self, code: &str, target: &str, options: &RateOptions) -> Vec<i32> {
        let codes = [code, target];
        let quoted: BTreeSet<i32> =
            codes.iter().filter_map(|code| self.days(code)).flat_map(|days| days.keys().map(|day| day.year)).collect();
        let any = |year: i32| (1..=12).any(|month| self.has_month(codes, year, month));
        let Some((first, last)) = options.years else {
            let whole = |year: &i32| (1..=12).all(|month| self.has_month(codes, *year, month));
            let whole: Vec<i32> = quoted.into_iter().filter(whole).collect();
            return whole.first().zip(whole.last()).map_or_else(Vec::new, |(first, last)| (*first..=*last).collect());
        };
        let years = first..=last;
        if quoted.range(years.clone()).any(|year| any(*year)) { years.collect() } else { Vec::new() }
    }

    fn table(
        &self,
        currency: Currency,
        target: &str,
        years: &[i32],
        options: &RateOptions,
    ) -> Result<RateTable, Error> {
        let code = currency.code();
        let mut values = BTreeMap::new();
        let (mut missing, mut partial) = (Vec::new(), Vec::new());
        for &year in years {
            let absent: Vec<u32> = (1..=12).filter(|month| !self.has_month([code, target], year, *month)).collect();
            let whole_year = Day { year, month: 1, day: 1 }..=Day { year, month: 12, day: 31 };
            match options.of {
                PeriodRate::Month => {
                    for month in 1..=12 {
                        let name = Month::new(year, month).map(|month| month.to_string()).unwrap_or_default();
                        match self.rate(code, target, month_of(year, month), PeriodRate::Average) {
                            Some(rate) if !absent.contains(&month) => {
                                values.insert(Key::Month(year, month), written(&rate));
                            }
                            _ => missing.push(name),
                        }
                    }
                }
                of => {
                    // The last quote of a year is in December, or it is of another time.
                    let gap = if of == PeriodRate::End { absent.contains(&12) } else { !absent.is_empty() };
                    match self.rate(code, target, whole_year, of) {
                        Some(rate) if !gap || (of == PeriodRate::Average && absent.len() < 12) => {
                            values.insert(Key::Year(year), written(&rate));
                            if gap {
                                partial.push(format!("{year} without {}", months(&absent)));
                            }
                        }
                        _ => missing.push(year.to_string()),
                    }
                }
            }
        }
        let whole = missing.is_empty() && partial.is_empty();
        if values.is_empty() || !(whole || options.allow_gaps) {
            return Err(gap_in_rates(code, &missing, &partial));
        }
        if let Some(small) = values.values().find(|rate| rate.parse::<relocost::Amount>().is_err() || *rate == "0") {
            let small = small.clone();
            return Err(Error::single(
                Code::TooLargeFigure,
                code,
                message!(
                    "a rate of {small} is more than a file of rates can hold",
                    "un taux de {small} dépasse ce qu'un fichier de taux peut contenir"
                ),
            ));
        }
        let mut source =
            format!("{}, to {}", self.source, self.last_day().map_or(String::new(), |day| day.to_string()));
        source += &self.done(code, target, options.of);
        source += &said("without", &missing);
        source += &said("part years:", &partial);
        Ok(RateTable::exchange(currency, values, &source))
    }

    /// Units of `target` for one of `code`.
    fn rate(
        &self,
        code: &str,
        target: &str,
        days: std::ops::RangeInclusive<Day>,
        of: PeriodRate,
    ) -> Option<BigRational> {
        let per_hub = |code: &str| {
            let Some(quoted) = self.currencies.get(code) else { return Some(BigRational::one()) };
            let mut range = quoted.days.range(days.clone());
            let quote = match of {
                PeriodRate::End => range.next_back().map(|(_, quote)| quote.clone()),
                PeriodRate::Average | PeriodRate::Month => mean(range.map(|(_, quote)| quote)),
            }?;
            Some(if quoted.per_unit { quote.recip() } else { quote })
        };
        Some(per_hub(target)? / per_hub(code)?)
    }

    /// The conversion that was made, as a source says it.
    fn done(&self, code: &str, target: &str, of: PeriodRate) -> String {
        let what = match of {
            PeriodRate::Average => "mean of the year's quotes",
            PeriodRate::End => "last quote of the year",
            PeriodRate::Month => "mean of the month's quotes",
        };
        let how = if code == self.hub || target == self.hub {
            let as_quoted = self.currencies.get(if code == self.hub { target } else { code });
            let inverted = as_quoted.is_some_and(|quoted| quoted.per_unit == (code == self.hub));
            if inverted { ", inverted".to_owned() } else { String::new() }
        } else {
            format!(", crossed through {}", self.hub)
        };
        format!("; {what}{how}")
    }
}

/// The days of a month.
fn month_of(year: i32, month: u32) -> std::ops::RangeInclusive<Day> {
    Day { year, month, day: 1 }..=Day { year, month, day: 31 }
}

/// Months of a year, as a source names them.
fn months(months: &[u32]) -> String {
    let months: Vec<String> = months.iter().map(|month| format!("{month:02}")).collect();
    format!("month {}", months.join(", "))
}

/// A part of a source, where there is something to say.
pub(crate) fn said(what: &str, list: &[String]) -> String {
    if list.is_empty() { String::new() } else { format!("; {what} {}", shortened(list)) }
}

/// A list of which no more is written than a text may hold.
fn shortened(list: &[String]) -> String {
    const MOST: usize = 24;
    let shown = list.iter().take(MOST).cloned().collect::<Vec<_>>().join(", ");
    if list.len() > MOST { format!("{shown} and {} more", list.len() - MOST) } else { shown }
}

/// The error of gaps, with what may be done about them.
fn gap_in_rates(code: &str, missing: &[String], partial: &[String]) -> Error {
    let periods: Vec<String> = missing.iter().chain(partial).cloned().collect();
    let (list, count) = (shortened(&periods), counted(periods.len(), ["gap", "gaps"], ["lacune", "lacunes"]));
    Error::single(
        Code::MissingRate,
        code,
        message!(
            "{count} in what is asked for: {list}; choose other years or currencies, or allow gaps",
            "{count} dans ce qui est demandé : {list} ; choisir d'autres années ou monnaies, ou admettre les lacunes",
            count,
        ),
    )
}
