//! The names of accounts: those of lines under their categories, and those of funds.
//!
//! A name is one for every program: components with a capital letter or a digit first, of letters, digits and `-`, as
//! Beancount asks. Two ids that would give one name are told apart by a number.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::Account;
use super::sums::Owner;
use crate::scenario::{Line, Scenario};
use crate::types::Id;

/// The names of accounts by the places of what they are of.
#[derive(Clone)]
pub(super) struct Accounts {
    /// Of categories that have bookings, or lines with some.
    categories: BTreeMap<usize, String>,
    owners: BTreeMap<Owner, String>,
    funds: Vec<String>,
}

/// A line by its place, with the scenario that declares it: those of a programme's own stand after those of households.
pub(crate) fn declared_line<'s>(
    scenario: &'s Scenario,
    own: Option<&'s Scenario>,
    place: usize,
) -> Option<(&'s Scenario, &'s Line)> {
    let (scenario, place) = match place.checked_sub(scenario.lines().len()) {
        None => (scenario, place),
        Some(place) => (own?, place),
    };
    scenario.lines().get_index(place).map(|(_, line)| (scenario, line))
}

impl Accounts {
    /// All names follow from what is declared, so that they do not depend on what is booked.
    pub(super) fn new(scenario: &Scenario, own: Option<&Scenario>, owners: impl Iterator<Item = Owner>) -> Self {
        let categories = components(scenario.categories().iter().map(|declared| &declared.id));
        let own_lines = own.into_iter().flat_map(|own| own.lines().keys());
        let lines = components(scenario.lines().keys().chain(own_lines));
        let funds = components(scenario.funds().iter().map(|declared| &declared.id));
        let category = |place: usize| format!("Expenses:{}", categories[place]);
        let owners: BTreeSet<Owner> = owners.collect();
        Self {
            categories: owners.iter().map(|owner| (owner.category, category(owner.category))).collect(),
            owners: owners
                .into_iter()
                .map(|owner| {
                    let line = owner.line.map(|line| format!(":{}", lines[line])).unwrap_or_default();
                    (owner, category(owner.category) + &line)
                })
                .collect(),
            funds: funds.into_iter().map(|fund| format!("Equity:Funds:{fund}")).collect(),
        }
    }

    pub(super) fn of_owner(&self, owner: Owner) -> &str {
        self.owners.get(&owner).map_or("", String::as_str)
    }

    pub(super) fn of_fund(&self, fund: usize) -> &str {
        self.funds.get(fund).map_or("", String::as_str)
    }

    /// The accounts of categories and of lines with bookings, and those of funds.
    pub(super) fn used<'p>(
        &'p self,
        scenario: &'p Scenario,
        own: Option<&'p Scenario>,
    ) -> impl Iterator<Item = Account<'p>> {
        let expenses = self.categories.iter().flat_map(move |(&place, name)| {
            let label = &scenario.categories()[place].label;
            let lines = self.owners.iter().filter_map(move |(owner, name)| {
                let place = owner.line.filter(|_| owner.category == place)?;
                let (_, line) = declared_line(scenario, own, place)?;
                Some(Account { name, label: &line.label, is_fund: false })
            });
            std::iter::once(Account { name, label, is_fund: false }).chain(lines)
        });
        let funds = scenario.funds().iter().zip(&self.funds);
        expenses.chain(funds.map(|(fund, name)| Account { name, label: &fund.label, is_fund: true }))
    }
}

/// Components of names, one for each id.
fn components<'i>(ids: impl Iterator<Item = &'i Id>) -> Vec<String> {
    let mut taken = HashSet::new();
    let mut of_id: HashMap<&Id, String> = HashMap::new();
    ids.map(|id| {
        // One id stands for one thing, wherever it is declared again.
        let component = of_id.entry(id).or_insert_with(|| {
            let plain = capitalised(id.as_str());
            let numbered = (2..).map(|number: u64| format!("{plain}-{number}"));
            let free = std::iter::once(plain.clone()).chain(numbered).find(|name| !taken.contains(name));
            let free = free.unwrap_or(plain);
            taken.insert(free.clone());
            free
        });
        component.clone()
    })
    .collect()
}

fn capitalised(id: &str) -> String {
    let mut letters = id.chars().map(|letter| if letter == '_' { '-' } else { letter });
    letters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(letters).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_that_would_share_a_name_are_told_apart() {
        let ids: Vec<Id> = ["a-b", "a_b", "a-b-2", "2nd", "a_b"].iter().map(|id| id.parse().unwrap()).collect();
        assert_eq!(components(ids.iter()), ["A-b", "A-b-2", "A-b-2-2", "2nd", "A-b-2"]);
    }
}
