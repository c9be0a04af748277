//! Price indices: published levels, as yearly increases.
//!
//! An increase is the quotient of two levels of one series, so that the year in which a series is 100 does not matter.
//! Series on different bases that are given one name are joined year by year: the last one that has both years is taken.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use num_rational::BigRational;
use num_traits::One;
use relocost::message::counted;
use relocost::{Code, Error, Id, message};

use crate::number::{mean, written};
use crate::options::{PeriodRate, RateOptions};
use crate::period::{Part, Period};
use crate::quotes::said;
use crate::tables::{Key, RateTable};
use crate::text::shown;

/// Series taken without being named.
const UNNAMED: usize = 40;

/// A series of levels.
#[derive(Default)]
pub(crate) struct Series {
    /// Publisher, dataset and key, as a source names them.
    pub(crate) source: String,
    /// Levels, all above 0.
    pub(crate) levels: BTreeMap<Period, BigRational>,
    /// Periods whose levels are not comparable with those before.
    pub(crate) breaks: BTreeSet<Period>,
    /// Marks that the publisher puts beside levels.
    pub(crate) marks: BTreeSet<String>,
}

/// The series of files, by key.
#[derive(Default)]
pub(crate) struct Levels {
    pub(crate) series: BTreeMap<String, Series>,
}

/// Why a level cannot stand in its series.
pub(crate) enum Refused {
    /// The period has another level.
    Twice,
    /// It is not above 0.
    NotAbove0,
}

impl Series {
    pub(crate) fn take(&mut self, period: Period, level: BigRational) -> Result<(), Refused> {
        if level <= BigRational::default() {
            return Err(Refused::NotAbove0);
        }
        match self.levels.entry(period) {
            Entry::Occupied(known) if *known.get() != level => return Err(Refused::Twice),
            Entry::Occupied(_) => {}
            Entry::Vacant(place) => {
                place.insert(level);
            }
        }
        Ok(())
    }

    fn level(&self, year: i32, part: Part) -> Option<&BigRational> {
        self.levels.get(&Period { year, part })
    }

    /// The mean over parts of a year that are all there.
    fn whole(&self, year: i32, parts: &[Part]) -> Option<BigRational> {
        let levels: Option<Vec<&BigRational>> = parts.iter().map(|part| self.level(year, *part)).collect();
        mean(levels?)
    }

    /// The increase of a year over the one before, and whether it rests on part of them.
    fn increase(&self, year: i32, options: &RateOptions) -> Option<(BigRational, bool)> {
        let quotient = |parts: &[Part]| Some(self.whole(year, parts)? / self.whole(year - 1, parts)?);
        let months: Vec<Part> = (1..=12).map(Part::Month).collect();
        let quarters: Vec<Part> = (1..=4).map(Part::Quarter).collect();
        let one = BigRational::one();
        let exact = match options.of {
            PeriodRate::Average => {
                quotient(&months).or_else(|| quotient(&[Part::Year])).or_else(|| quotient(&quarters))
            }
            PeriodRate::End => quotient(&[Part::Month(12)]).or_else(|| quotient(&[Part::Quarter(4)])),
            PeriodRate::Month => quotient(&[Part::Month(options.month.unwrap_or(1))]),
        };
        if let Some(quotient) = exact {
            return Some((quotient - one, false));
        }
        if options.of != PeriodRate::Average || !options.allow_gaps {
            return None;
        }
        // The same parts of both years, or the seasons would be in it.
        [months, quarters].iter().find_map(|parts| {
            let both = |part: &&Part| self.level(year, **part).is_some() && self.level(year - 1, **part).is_some();
            let both: Vec<Part> = parts.iter().filter(both).copied().collect();
            quotient(&both).map(|quotient| (quotient - &one, true))
        })
    }

    /// True if the levels of a year and of the one before are not comparable.
    fn is_broken(&self, year: i32, of: PeriodRate) -> bool {
        let reach = |period: &Period| match of {
            PeriodRate::Average => {
                period.year == year
                    || (period.year == year - 1
                        && !matches!(period.part, Part::Year | Part::Month(1) | Part::Quarter(1)))
            }
            PeriodRate::End | PeriodRate::Month => period.year == year || period.year == year - 1,
        };
        self.breaks.iter().any(reach)
    }

    fn years(&self) -> impl Iterator<Item = i32> {
        let first = self.levels.keys().next().map_or(0, |period| period.year);
        let last = self.levels.keys().next_back().map_or(-1, |period| period.year);
        first + 1..=last
    }
}

/// Series of one name.
struct Joined<'l> {
    name: Id,
    series: Vec<&'l Series>,
}

impl Levels {
    /// The tables of increases that are asked for.
    pub(crate) fn tables(&self, options: &RateOptions) -> Result<Vec<RateTable>, Error> {
        let mut joined: Vec<Joined<'_>> = Vec::new();
        for (key, name) in self.chosen(options)? {
            let series = self.series.get(key).ok_or_else(|| self.unknown(key))?;
            match joined.iter_mut().find(|known| known.name == name) {
                Some(known) if options.columns.is_empty() => {
                    let name = known.name.clone();
                    return Err(Error::single(
                        Code::Duplicate,
                        "column",
                        message!(
                            "two series would have the name {name}; name them, as in SERIES={name}",
                            "deux séries auraient le nom {name} ; les nommer, comme dans SÉRIE={name}"
                        ),
                    ));
                }
                Some(known) => known.series.push(series),
                None => joined.push(Joined { name, series: vec![series] }),
            }
        }
        joined.iter().map(|joined| joined.table(options)).collect()
    }

    fn chosen<'l>(&'l self, options: &'l RateOptions) -> Result<Vec<(&'l str, Id)>, Error> {
        if options.columns.is_empty() {
            if self.series.len() > UNNAMED {
                return Err(Error::single(
                    Code::TooMany,
                    "column",
                    message!(
                        "the files have {count}; choose some of them as columns: {known}",
                        "les fichiers ont {count} ; en choisir comme colonnes : {known}",
                        count = counted(self.series.len(), ["series", "series"], ["série", "séries"]),
                        known = self.known(),
                    ),
                ));
            }
            return self.series.keys().map(|key| Ok((key.as_str(), named(key)?))).collect();
        }
        let named_by = |column: &'l crate::options::Column| {
            let name = column.name.clone().map_or_else(|| named(&column.series), Ok)?;
            Ok((column.series.as_str(), name))
        };
        options.columns.iter().map(named_by).collect()
    }

    fn unknown(&self, key: &str) -> Error {
        let (key, known) = (shown(key), self.known());
        Error::single(
            Code::UnknownName,
            "column",
            message!(
                "there is no series {key}; the files have {known}",
                "il n'y a pas de série {key} ; les fichiers ont {known}"
            ),
        )
    }

    fn known(&self) -> String {
        const MOST: usize = 12;
        let known: Vec<&str> = self.series.keys().take(MOST).map(String::as_str).collect();
        known.join(", ") + if self.series.len() > MOST { ", …" } else { "" }
    }
}

/// A name for a series, of its key.
fn named(key: &str) -> Result<Id, Error> {
    let mut name = String::new();
    for it in key.to_lowercase().chars() {
        match it {
            'a'..='z' | '0'..='9' | '_' => name.push(it),
            _ if !name.is_empty() && !name.ends_with('-') => name.push('-'),
            _ => {}
        }
    }
    let name = name.trim_start_matches(['-', '_']).trim_end_matches('-');
    name.parse().map_err(|_| {
        let key = shown(key);
        Error::single(
            Code::BadName,
            "column",
            message!(
                "no name can be made of {key}; give one, as in SERIES=rent",
                "aucun nom ne peut être tiré de {key} ; en donner un, comme dans SÉRIE=rent"
            ),
        )
    })
}

impl Joined<'_> {
    fn table(&self, options: &RateOptions) -> Result<RateTable, Error> {
        let years = self.years(options);
        let mut values = BTreeMap::new();
        let (mut missing, mut partial, mut broken) = (Vec::new(), Vec::new(), Vec::new());
        let mut used = vec![Vec::new(); self.series.len()];
        for year in years {
            let found = self.series.iter().enumerate().rev();
            let found = found.filter_map(|(at, series)| Some((at, series, series.increase(year, options)?)));
            // A whole year goes before a part of one, whichever series has it.
            let Some((at, series, (increase, part))) = found.min_by_key(|(_, _, (_, part))| *part) else {
                missing.push(year.to_string());
                continue;
            };
            let breaks = series.is_broken(year, options.of);
            if breaks && !options.allow_gaps {
                broken.push(year.to_string());
                continue;
            }
            values.insert(Key::Year(year), written(&increase));
            if let Some(used) = used.get_mut(at) {
                used.push(year);
            }
            if part {
                partial.push(year.to_string());
            }
            if breaks {
                broken.push(year.to_string());
            }
        }
        let gaps = if options.allow_gaps { Vec::new() } else { [missing.clone(), broken.clone()].concat() };
        if values.is_empty() || !gaps.is_empty() {
            return Err(self.gap(&missing, &broken));
        }
        if let Some(large) = values.values().find(|value| value.parse::<relocost::types::Increase>().is_err()) {
            let (large, name) = (large.clone(), self.name.clone());
            return Err(Error::single(
                Code::TooLargeFigure,
                name.to_string(),
                message!(
                    "an increase of {large} is more than a file of rates can hold",
                    "une hausse de {large} dépasse ce qu'un fichier de taux peut contenir"
                ),
            ));
        }
        let mut source = String::new();
        for (series, years) in self.series.iter().zip(&used) {
            if !source.is_empty() {
                source += "; then ";
            }
            source += &series.source;
            if let (Some(first), Some(last), true) = (years.first(), years.last(), self.series.len() > 1) {
                let _ = write!(source, " (years {first} to {last})");
            }
        }
        let month = options.month.unwrap_or(1);
        let _ = match options.of {
            PeriodRate::Average => write!(source, "; mean of the year over that of the year before"),
            PeriodRate::End => write!(source, "; December over December"),
            PeriodRate::Month => write!(source, "; month {month:02} over itself a year before"),
        };
        source += &said("of the months or quarters that both years have:", &partial);
        source += &said("over a break of the series:", &broken);
        source += &said("without", &missing);
        let marks: BTreeSet<&str> = self.series.iter().flat_map(|it| it.marks.iter().map(String::as_str)).collect();
        let marks: Vec<String> = marks.into_iter().map(str::to_owned).collect();
        source += &said("marks of the publisher:", &marks);
        Ok(RateTable::index(self.name.clone(), month, values, &source))
    }

    /// The years asked for, or those between the first and the last that are whole.
    fn years(&self, options: &RateOptions) -> std::ops::Range<i32> {
        if let Some((first, last)) = options.years {
            return first..last + 1;
        }
        let whole = RateOptions { allow_gaps: false, ..options.clone() };
        let years: BTreeSet<i32> = self.series.iter().flat_map(|series| series.years()).collect();
        let has = |year: &&i32| self.series.iter().any(|series| series.increase(**year, &whole).is_some());
        let (first, last) = (years.iter().find(has), years.iter().rev().find(has));
        first.zip(last).map_or(0..0, |(first, last)| *first..*last + 1)
    }

    fn gap(&self, missing: &[String], broken: &[String]) -> Error {
        let key = self.name.to_string();
        if missing.is_empty() && broken.is_empty() {
            return Error::single(
                Code::MissingRate,
                key,
                message!(
                    "no year and the one before it have levels of what is asked for",
                    "aucune année n'a, avec la précédente, les niveaux de ce qui est demandé"
                ),
            );
        }
        let missing = said("no increase of", missing);
        let broken = said("a break of the series in", broken);
        let list = format!("{missing}{broken}");
        let list = list.trim_start_matches("; ");
        Error::single(
            Code::MissingRate,
            key,
            message!(
                "{list}: levels of that year or the one before are missing or not comparable; choose other years, or allow gaps",
                "{list} : les niveaux de l'année ou de la précédente manquent ou ne sont pas comparables ; choisir d'autres années, ou admettre les lacunes",
            ),
        )
    }
}
