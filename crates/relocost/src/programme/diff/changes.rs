//! The values in which two programmes differ, beside their cases.

use crate::diff::{BudgetChange, ages_changes, line_changes, setting_changes};
use crate::error::Error;
use crate::names::{BudgetCause, PlaceUnit};
use crate::programme::Inner;
use crate::programme::agreement::Agreement;
use crate::programme::overhead::ProgrammeCost;
use crate::scenario::tree_of;
use crate::types::Month;
use crate::watch::Pulse;

/// The changes, in the order of their causes.
///
/// # Errors
/// The watch cancels it.
pub(super) fn changes(old: &Inner, new: &Inner, pulse: &Pulse<'_>) -> Result<Vec<BudgetChange>, Error> {
    let tree = |of: &Inner| Ok::<_, Error>((tree_of(&of.setting, pulse)?, tree_of(&of.own, pulse)?));
    let ((old_tree, old_own), (new_tree, new_own)) = (tree(old)?, tree(new)?);
    let mut changes = setting_changes(&old_tree, &new_tree);
    changes.extend(ages_changes(old.setting.household(), new.setting.household()));
    changes.extend(line_changes(&old_own, &new_own, "programme.lines"));
    let mut tell = |cause, key: String, old: Option<String>, new: Option<String>| {
        if old != new {
            changes.push(BudgetChange { cause, key, old, new });
        }
    };
    let solution = |of: &Inner, place: usize| of.setting.solutions().get_index(place).map(|(id, _)| id.to_string());
    let policy = BudgetCause::Policy;
    tell(policy, "programme.queue".into(), Some(old.order.to_string()), Some(new.order.to_string()));
    tell(policy, "programme.waiting".into(), solution(old, old.waiting), solution(new, new.waiting));
    tell(policy, "programme.settled".into(), solution(old, old.settled), solution(new, new.settled));
    let support = |of: &Inner, id: &str| {
        let place = of.setting.solutions().get_index_of(id)?;
        of.support.get(place).copied().flatten().map(|months| months.to_string())
    };
    let ids = old.setting.solutions().keys().chain(new.setting.solutions().keys());
    for id in ids.collect::<indexmap::IndexSet<_>>() {
        let months = |of| support(of, id.as_str());
        tell(policy, format!("programme.support_months.{id}"), months(old), months(new));
    }
    let ids = old.agreements.iter().chain(&new.agreements).map(|agreement| &agreement.id);
    for id in ids.collect::<indexmap::IndexSet<_>>() {
        let terms = |of: &Inner| {
            let found = of.agreements.iter().find(|agreement| agreement.id == *id);
            found.map(|found| terms(found, solution(of, found.solution)))
        };
        match (terms(old), terms(new)) {
            (Some(old), Some(new)) => {
                for ((key, old), (_, new)) in old.into_iter().zip(new) {
                    tell(policy, format!("agreements.{id}.{key}"), old, new);
                }
            }
            (old, new) => {
                let told = |terms: Option<Vec<Term>>| terms.map(|terms| places_of(&terms));
                tell(policy, format!("agreements.{id}"), told(old), told(new));
            }
        }
    }
    for (line, id) in new.lines.iter().zip(new.own.lines().keys()) {
        let Some(before) = old.own.lines().get_index_of(id).and_then(|place| old.lines.get(place)) else { continue };
        let driver = |cost: &ProgrammeCost| {
            let kind = cost.kind.map_or(String::new(), |kind| format!(" {kind}"));
            Some(format!("{}{kind} / {}", cost.count, cost.per))
        };
        tell(BudgetCause::Lines, format!("programme.lines.{id}.driver"), driver(before), driver(line));
        let funding = |cost: &ProgrammeCost| {
            let shares = cost.shares.as_ref()?;
            Some(shares.iter().map(|(fund, share)| format!("{fund} {share}")).collect::<Vec<_>>().join(", "))
        };
        tell(BudgetCause::Lines, format!("programme.lines.{id}.funding"), funding(before), funding(line));
    }
    let horizon = BudgetCause::Horizon;
    let number = |number: u32| Some(number.to_string());
    let first = |of: &Inner| Some(of.year(0).to_string());
    tell(horizon, "programme.first_fiscal_year".into(), first(old), first(new));
    tell(horizon, "programme.fiscal_years".into(), number(old.fiscal_years), number(new.fiscal_years));
    let begins = |of: &Inner| number(of.setting.fiscal_year_start());
    tell(horizon, "fiscal_year_start".into(), begins(old), begins(new));
    changes.sort_by_key(|change| change.cause);
    Ok(changes)
}

/// A term of an agreement, with its value if it has one.
type Term = (&'static str, Option<String>);

/// The terms of an agreement, always in one order. Its label changes no figure.
fn terms(agreement: &Agreement, solution: Option<String>) -> Vec<Term> {
    let listed = |grants: &[(Month, u32)]| {
        grants.iter().map(|(month, places)| format!("{month}: {places}")).collect::<Vec<_>>().join(", ")
    };
    let unit = if agreement.by_person { PlaceUnit::Person } else { PlaceUnit::Case };
    let pauses = agreement.pauses.iter().map(|(from, until)| format!("{from} to {until}"));
    let pauses: Vec<String> = pauses.collect();
    vec![
        (PLACES, agreement.yearly.is_none().then(|| listed(&agreement.grants))),
        ("from", agreement.yearly.map(|(from, _)| from.to_string())),
        ("places_per_year", agreement.yearly.map(|(_, places)| places.to_string())),
        ("in_hand", Some(agreement.in_hand.to_string())),
        ("solution", solution),
        ("signed", Some(agreement.signed.to_string())),
        ("unit", Some(unit.to_string())),
        ("until", agreement.until.map(|until| until.to_string())),
        ("carry_over", Some(agreement.carry_over.to_string())),
        ("processing_months", Some(agreement.processing.to_string())),
        ("pauses", (!pauses.is_empty()).then(|| pauses.join(", "))),
        ("max_persons", agreement.max_persons.map(|most| most.to_string())),
    ]
}

const PLACES: &str = "grants";

/// What is shown of an agreement that is new or gone: its places.
fn places_of(terms: &[Term]) -> String {
    let value = |key: &str| terms.iter().find(|(name, _)| *name == key).and_then(|(_, value)| value.clone());
    match (value(PLACES), value("from"), value("places_per_year")) {
        (Some(grants), ..) => grants,
        (None, Some(from), Some(places)) => format!("{from}: {places} a year"),
        _ => String::new(),
    }
}
