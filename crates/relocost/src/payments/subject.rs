//! What is paid for: a scenario's pathway, or a programme with its own lines.

use num_rational::BigRational;

use super::cells::Charged;
use crate::ledger::{exchange_rate, index_factor};
use crate::names::Basis;
use crate::programme::Programme;
use crate::scenario::{Line, Scenario};
use crate::types::Id;

/// The names and rates that payments are read with. A programme's own lines stand after those of its setting.
#[derive(Clone)]
pub(super) struct Subject {
    pub(super) scenario: Scenario,
    own: Option<Scenario>,
}

impl Subject {
    pub(super) fn of_scenario(scenario: &Scenario) -> Self {
        Self { scenario: scenario.clone(), own: None }
    }

    pub(super) fn of_programme(programme: &Programme) -> Self {
        Self { scenario: programme.setting().clone(), own: Some(programme.inner().own.clone()) }
    }

    /// True if every payment is of one household.
    pub(super) fn is_one_household(&self) -> bool {
        self.own.is_none()
    }

    /// The place of a line by its id, with the line.
    pub(super) fn line(&self, id: &str) -> Option<(usize, &Line)> {
        let of_households = self.scenario.lines().get_full(id).map(|(place, _, line)| (place, line));
        of_households.or_else(|| {
            let (place, _, line) = self.own.as_ref()?.lines().get_full(id)?;
            Some((self.own_place(place), line))
        })
    }

    /// The place of one of the programme's own lines, by its place among them.
    pub(super) fn own_place(&self, place: usize) -> usize {
        self.scenario.lines().len() + place
    }

    /// A charge of one of the programme's own lines, by its place among them.
    pub(super) fn own_charge(&self, place: usize, month: u32, units: u32, minor: i128) -> Charged {
        let quantity = BigRational::from_integer(units.into());
        let found = self.own.as_ref().and_then(|own| Some((own, own.lines().get_index(place)?.1)));
        let month = self.scenario.start().plus(i32::try_from(month).unwrap_or(i32::MAX));
        let per_price = found.and_then(|(own, line)| {
            let growth = index_factor(own.inner(), line, Basis::Nominal, month).ok()?;
            Some(&quantity * growth * exchange_rate(own.inner(), line, month)?)
        });
        let tariff = found.and_then(|(_, line)| line.priced()?.price.tariff(month)).map(|(since, _)| since);
        Charged { minor, quantity: Some(quantity), per_price, tariff }
    }

    /// The line at a place.
    pub(super) fn line_at(&self, place: usize) -> Option<&Line> {
        let own = || self.own.as_ref()?.lines().get_index(place.checked_sub(self.scenario.lines().len())?);
        self.scenario.lines().get_index(place).or_else(own).map(|(_, line)| line)
    }

    /// The place of a category by its id.
    pub(super) fn category(&self, id: &Id) -> Option<usize> {
        self.scenario.categories().iter().position(|declared| declared.id == *id)
    }
}
