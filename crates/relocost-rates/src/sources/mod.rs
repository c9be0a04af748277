//! The publishers' formats, each in a module that states the versions it reads.

mod bls;
mod ecb;
mod eurostat;
mod imf;
mod plain;
mod sdmx;
mod un;
mod world_bank;
mod xml;

use num_rational::BigRational;
use relocost::{Code, Error, message};

use crate::SourceText;
use crate::levels::{Levels, Refused};
use crate::options::{Format, RateOptions};
use crate::period::{Day, Period};
use crate::quotes::{Clash, Quotes};
use crate::text::{Row, Rows, Text, shown};

/// Reads a file of exchange rates.
pub(crate) fn quotes(format: Format, file: SourceText<'_>) -> Result<Quotes, Error> {
    let text = Text::new(file.name, file.text);
    match format {
        Format::Ecb => ecb::read(text),
        Format::Un => un::read(text),
        _ => imf::read(text),
    }
}

/// Reads a file of levels.
pub(crate) fn levels(
    format: Format,
    file: SourceText<'_>,
    options: &RateOptions,
    levels: &mut Levels,
) -> Result<(), Error> {
    let text = Text::new(file.name, file.text);
    let mut take = Take { options, levels };
    match format {
        Format::Eurostat if !text.text.lines().next().unwrap_or_default().contains('\t') => {
            sdmx::read(text, sdmx::Publisher::Eurostat, &mut take)
        }
        Format::Eurostat => eurostat::read(text, &mut take),
        Format::Oecd => sdmx::read(text, sdmx::Publisher::Oecd, &mut take),
        Format::WorldBank => world_bank::read(text, &mut take),
        Format::Bls => bls::read(text, &mut take),
        _ => plain::read(text, &mut take),
    }
}

/// Takes levels of the series that are wanted.
pub(super) struct Take<'o> {
    options: &'o RateOptions,
    levels: &'o mut Levels,
}

/// A level, as its publisher gives it.
pub(super) struct Given<'g> {
    key: &'g str,
    source: &'g dyn Fn() -> String,
    period: Period,
    level: BigRational,
    /// A mark beside it, `b` for a break.
    mark: &'g str,
}

impl Take<'_> {
    /// True if a series has the dimensions asked for.
    fn wants(&self, dimensions: &[(&str, &str)]) -> bool {
        self.options
            .filters
            .iter()
            .all(|(name, value)| dimensions.iter().any(|(known, has)| known.eq_ignore_ascii_case(name) && has == value))
    }

    /// Refuses a filter of a dimension that series of this file do not have.
    fn check_filters(&self, text: Text<'_>, known: &[&str]) -> Result<(), Error> {
        for (name, _) in &self.options.filters {
            if !known.iter().any(|known| known.eq_ignore_ascii_case(name)) {
                let (name, known) = (shown(name), known.join(", "));
                return Err(text.fail_whole(
                    Code::UnknownName,
                    message!("has no dimension {name}; it has {known}", "n'a pas de dimension {name} ; il a {known}"),
                ));
            }
        }
        Ok(())
    }

    /// True if a series is among the columns asked for; one that is not is known by name only.
    fn keeps(&mut self, key: &str) -> bool {
        let wanted = self.options.columns.is_empty() || self.options.columns.iter().any(|it| it.series == key);
        if !self.levels.series.contains_key(key) {
            self.levels.series.insert(key.to_owned(), crate::levels::Series::default());
        }
        wanted
    }

    /// Takes a level of a cell.
    fn level(&mut self, rows: &Rows<'_>, row: &Row, cell: usize, given: Given<'_>) -> Result<(), Error> {
        let period = given.period;
        if !self.keeps(given.key) {
            return Ok(());
        }
        let series = self.levels.series.entry(given.key.to_owned()).or_default();
        if series.source.is_empty() {
            series.source = (given.source)();
        }
        match given.mark {
            "" => {}
            mark => {
                if mark.contains('b') {
                    series.breaks.insert(period);
                }
                series.marks.insert(mark.to_owned());
            }
        }
        series.take(period, given.level).map_err(|refused| match refused {
            Refused::NotAbove0 => rows.fail(
                row,
                cell,
                Code::OutOfRange,
                message!("expected a level above 0", "un niveau supérieur à 0 est attendu"),
            ),
            Refused::Twice => {
                let key = given.key;
                rows.fail(
                    row,
                    cell,
                    Code::Conflict,
                    message!(
                        "{period} of {key} has another level before; choose one series, by column or dimension",
                        "{period} de {key} a déjà un autre niveau ; choisir une série, par colonne ou dimension",
                        period,
                    ),
                )
            }
        })
    }
}

/// Takes a quote of a cell.
fn quote(
    quotes: &mut Quotes,
    (code, per_unit, day): (&str, bool, Day),
    value: Option<BigRational>,
    fail: impl Fn(Code, relocost::Message) -> Error,
) -> Result<(), Error> {
    let value = value.filter(|value| *value > BigRational::default());
    let Some(value) = value else {
        return Err(fail(Code::BadDecimal, message!("expected a rate above 0", "un taux supérieur à 0 est attendu")));
    };
    quotes.take(code, per_unit, day, value).map_err(|clash| match clash {
        Clash::Day => fail(
            Code::Conflict,
            message!("{code} has another rate of {day} before", "{code} a déjà un autre taux du {day}"),
        ),
        Clash::Direction => fail(
            Code::Conflict,
            message!("{code} is quoted the other way round before", "{code} est coté dans l'autre sens auparavant"),
        ),
    })
}

/// The error of a text that is not in the format.
fn not_this(text: Text<'_>, expected: &relocost::Message) -> Error {
    text.fail(
        0,
        Code::Syntax,
        message!(
            "is not in this format; expected {expected}",
            "n'est pas dans ce format ; attendu : {expected}",
            expected
        ),
    )
}

/// True if a text is the code of a currency.
fn is_code(text: &str) -> bool {
    text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_uppercase())
}
