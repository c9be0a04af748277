//! What is paid for: a scenario's pathway, or a programme with its own lines.

use num_rational::BigRational;

use crate::ledger::{exchange_rate, index_factor};
use crate::names::Basis;
use crate::postings::declared_line;
use crate::programme::Programme;
use crate::scenario::{Line, Scenario};
use crate::types::{Id, Month};

/// The names and rates that payments are read with. A programme's own lines stand after those of its setting.
#[derive(Clone)]
pub(super) struct Subject {
    pub(super) scenario: Scenario,
    programme: Option<Programme>,
}

impl Subject {
    pub(super) fn of_scenario(scenario: &Scenario) -> Self {
        Self { scenario: scenario.clone(), programme: None }
    }

    pub(super) fn of_programme(programme: &Programme) -> Self {
        Self { scenario: programme.setting().clone(), programme: Some(programme.clone()) }
    }

    /// The programme's own lines, where it is one.
    pub(super) fn own(&self) -> Option<&Scenario> {
        self.programme.as_ref().map(|programme| &programme.inner().own)
    }

    /// The programme, where it is one.
    pub(super) fn programme(&self) -> Option<&Programme> {
        self.programme.as_ref()
    }

    /// True if every payment is of one household.
    pub(super) fn is_one_household(&self) -> bool {
        self.programme.is_none()
    }

    /// The place of a line by its id, with the line.
    pub(super) fn line(&self, id: &str) -> Option<(usize, &Line)> {
        let of_households = self.scenario.lines().get_full(id).map(|(place, _, line)| (place, line));
        of_households.or_else(|| {
            let (place, _, line) = self.own()?.lines().get_full(id)?;
            Some((self.own_place(place), line))
        })
    }

    /// The place of one of the programme's own lines, by its place among them.
    pub(super) fn own_place(&self, place: usize) -> usize {
        self.scenario.lines().len() + place
    }

    /// The scenario of a line at a place, with the line.
    fn declared(&self, place: usize) -> Option<(&Scenario, &Line)> {
        declared_line(&self.scenario, self.own(), place)
    }

    /// What a line's price is multiplied by in a month, so many after the start: index factor × exchange rate. None
    /// without a rate.
    pub(super) fn growth(&self, place: usize, month: u32) -> Option<BigRational> {
        let (scenario, line) = self.declared(place)?;
        let month = self.month(month);
        let growth = index_factor(scenario.inner(), line, Basis::Nominal, month).ok()?;
        Some((growth * exchange_rate(scenario.inner(), line, month)?).reduced())
    }

    /// The month from which a line's price holds in a month, of dated amounts.
    pub(super) fn tariff(&self, place: usize, month: u32) -> Option<Month> {
        let (_, line) = self.declared(place)?;
        line.priced()?.price.tariff(self.month(month)).map(|(since, _)| since)
    }

    /// The month so many after the first.
    pub(super) fn month(&self, at: u32) -> Month {
        self.scenario.start().plus(i32::try_from(at).unwrap_or(i32::MAX))
    }

    /// Decimals of the currency.
    pub(super) fn decimals(&self) -> u32 {
        self.scenario.currency().decimals()
    }

    /// The line at a place.
    pub(super) fn line_at(&self, place: usize) -> Option<&Line> {
        self.declared(place).map(|(_, line)| line)
    }

    /// The place of a category by its id.
    pub(super) fn category(&self, id: &Id) -> Option<usize> {
        self.scenario.categories().iter().position(|declared| declared.id == *id)
    }
}
