//! What is paid for: a scenario's pathway, or a programme with its own lines.

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
