//! The errors of a charge for which a rate or an amount is missing.

use super::exact_price::{exchange_rate, growth_of};
use crate::error::{Code, Error};
use crate::message;
use crate::message::Message;
use crate::names::Basis;
use crate::scenario::unit_price::in_force;
use crate::scenario::{Line, Scenario};
use crate::types::{Currency, Month};

/// Every rate and amount that a charge of a line in a month needs and does not have.
///
/// None of these errors says when a line is charged, and none of a rate which: that tells of the household.
pub(super) fn missing(scenario: &Scenario, line: &Line, basis: Basis, month: Month) -> Vec<Error> {
    let inner = scenario.inner();
    let Some(priced) = line.priced() else { return Vec::new() };
    let mut errors = Vec::new();
    if in_force(inner.without_household(), priced, basis, month).is_none() {
        let key = format!("lines.{}", line.id);
        let message = message!(
            "missing; a charge comes before the first amount: give one that holds from an earlier month",
            "manque ; une imputation vient avant le premier montant : en donner un qui vaut dès un mois antérieur"
        );
        errors.push(Error::at(Code::MissingRate, scenario.place(&key).cloned(), format!("{key}.amounts"), message));
    }
    errors.extend(missing_increase(scenario, line, basis, month));
    if exchange_rate(inner, line, month).is_none() {
        errors.push(missing_exchange_rate(scenario, priced.currency, month));
    }
    errors
}

/// The error of the first rate that a charge of a line in a month needs and does not have.
pub(crate) fn missing_rate(scenario: &Scenario, line: &Line, basis: Basis, month: Month) -> Error {
    missing(scenario, line, basis, month).into_iter().next().unwrap_or_else(no_rate)
}

/// The error of a missing rate of which no more is known.
pub(super) fn no_rate() -> Error {
    Error::single(Code::MissingRate, "rates", message!("a rate is missing", "un taux manque"))
}

/// The error of an increase that a charge of a line in a month needs; `None` if it has all. The year is the first that
/// the table lacks.
fn missing_increase(scenario: &Scenario, line: &Line, basis: Basis, month: Month) -> Option<Error> {
    let index = line.priced()?.index.as_ref()?;
    let (table, base, year) = growth_of(scenario.inner(), line, basis, month)?;
    let lacks = |year: &i32| table.increases.get(*year).is_none();
    // From the price base on, towards the charge.
    let missing = if year < base { (year + 1..=base).rev().find(lacks) } else { (base + 1..=year).find(lacks) }?;
    let table = format!("rates.index.{index}");
    let what = message!("the increase of the index \"{index}\"", "l'augmentation de l'indice « {index} »");
    let names_it = |line: &&Line| line.priced().is_some_and(|priced| priced.index.as_ref() == Some(index));
    Some(missing_from(scenario, &table, Some(missing), &what, names_it))
}

/// The error of an exchange rate that a charge in a month needs and does not have.
fn missing_exchange_rate(scenario: &Scenario, currency: Currency, month: Month) -> Error {
    let inner = scenario.inner();
    let is_in = |line: &&Line| line.priced().is_some_and(|priced| priced.currency == currency);
    if let (Some(quoted), None) = (inner.quoted_in, inner.rates.fx.get(&currency)) {
        // The error is about the table and not about each year: all of it is missing, for one reason. The line is the
        // first in that currency, charged or not.
        let first = scenario.lines().values().find(is_in);
        let key = format!("rates.fx.{currency}");
        let message = message!(
            "missing; line \"{id}\" is in {currency} and the scenario in {own}: the catalogue's exchange rates are quoted in {quoted} and are not inherited, so give [{key}] in {own} for one {currency}",
            "manque ; le poste « {id} » est en {currency} et le scénario en {own} : les taux de change du catalogue sont cotés en {quoted} et ne sont pas repris ; donner [{key}] en {own} pour un {currency}",
            id = first.map_or("", |line| line.id.as_str()),
            own = scenario.currency(),
        );
        let place = first.and_then(|line| scenario.place(&format!("lines.{}", line.id))).cloned();
        return Error::at(Code::MissingRate, place, key, message);
    }
    let given = scenario.rates().fx.get(&currency).map(|table| &table.by_year.years).filter(|years| !years.is_empty());
    let missing = given.and_then(|years| {
        let (first, _) = years.first_key_value()?;
        let lacks = |year: &i32| !years.contains_key(year);
        if month.year() < *first { Some(first - 1) } else { (*first..=month.year()).find(lacks) }
    });
    let what = message!("an exchange rate of {currency}", "un taux de change de {currency}");
    missing_from(scenario, &format!("rates.fx.{currency}"), missing, &what, is_in)
}

fn missing_from(
    scenario: &Scenario,
    table: &str,
    missing: Option<i32>,
    what: &Message,
    names_it: impl Fn(&&Line) -> bool,
) -> Error {
    // Where there is no table, the first line that names it, charged or not.
    let line = || scenario.place(&format!("lines.{}", scenario.lines().values().find(names_it)?.id));
    let place = scenario.place(table).or_else(line).cloned();
    let (key, message) = match missing {
        Some(year) => (
            format!("{table}.{year}"),
            message!(
                "missing; {what} is needed and {year} is the first year without one: give it and those beyond it, or a default",
                "manque ; il faut {what} et {year} est la première année sans valeur : la donner avec les suivantes, ou une valeur par défaut",
                what,
            ),
        ),
        None => (
            table.to_owned(),
            message!(
                "missing; {what} is needed and no year has one: give years, or a default",
                "manque ; il faut {what} et aucune année n'en a : donner des années, ou une valeur par défaut",
                what,
            ),
        ),
    };
    Error::at(Code::MissingRate, place, key, message)
}
