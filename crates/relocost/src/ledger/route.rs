//! A pathway laid out in time: which solution holds from which month to which, cut at the horizon.

use crate::error::{Code, Error};
use crate::message;
use crate::names::{closest, did_you_mean};
use crate::scenario::charging::{Entitlements, bits};
use crate::scenario::{Inner, Scenario};
use crate::types::Id;

/// The entitlements that every stage of a route holds beside those of its solution.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Grant {
    pub(crate) entitlements: Entitlements,
    pub(crate) place: Whereabouts,
}

/// Where every stage of a route is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) enum Whereabouts {
    /// Where it is written.
    #[default]
    AsWritten,
    /// All at a place of the scenario, or at none.
    All(Option<usize>),
}

impl Grant {
    /// Nothing beside what the solutions grant.
    pub(crate) const NONE: Self = Self { entitlements: 0, place: Whereabouts::AsWritten };

    /// Both grants.
    pub(crate) fn with(self, other: Self) -> Self {
        Self {
            entitlements: self.entitlements | other.entitlements,
            place: if other.place == Whereabouts::AsWritten { self.place } else { other.place },
        }
    }
}

/// A stage within the horizon: months `start..end`, at least one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Leg {
    /// The place of the solution in the scenario.
    pub(crate) solution: usize,
    /// The place of its place in the scenario; `None` where it has none.
    pub(crate) place: Option<usize>,
    pub(crate) start: u32,
    pub(crate) end: u32,
    pub(crate) holds: Entitlements,
    /// True if another stage follows within the horizon.
    pub(crate) followed: bool,
    /// True if support ends with it, before the horizon.
    pub(crate) ends: bool,
    /// The month in which its stage begins: earlier than `start` where a grant begins within the stage.
    pub(crate) begin: u32,
    /// True if no grant changes it.
    pub(crate) fixed: bool,
}

impl Leg {
    /// A stage of so many months without a household, which nothing switches on or off.
    pub(crate) fn whole(months: u32) -> Self {
        Self {
            solution: 0,
            place: None,
            start: 0,
            end: months,
            holds: 0,
            followed: false,
            ends: false,
            begin: 0,
            fixed: false,
        }
    }

    /// The entitlements that it holds under a grant.
    pub(crate) fn held(&self, grant: Grant) -> Entitlements {
        if self.fixed { self.holds } else { self.holds | grant.entitlements }
    }

    /// Where it is under a grant.
    pub(crate) fn place(&self, grant: Grant) -> Option<usize> {
        match grant.place {
            Whereabouts::All(place) if !self.fixed => place,
            _ => self.place,
        }
    }
}

/// A stage before it is laid out: a solution, a place where that is not the solution's, and months, where it does not
/// run to the horizon.
pub(crate) type Staged<'s> = (&'s Id, Option<&'s Id>, Option<u32>);

/// The stages that have a month before the horizon, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Route {
    pub(crate) legs: Vec<Leg>,
}

impl Route {
    /// The route of a pathway or solution by name.
    pub(crate) fn of(scenario: &Scenario, name: &str, horizon: u32) -> Result<(Id, Self), Error> {
        let inner = scenario.inner();
        if let Some((_, id, _)) = inner.solutions.get_full(name) {
            return Ok((id.clone(), Self::new(inner, &[(id, None, None)], horizon)));
        }
        if let Some((_, id, pathway)) = inner.pathways.get_full(name) {
            let stages: Vec<Staged<'_>> =
                pathway.stages.iter().map(|stage| (&stage.solution, stage.place.as_ref(), stage.months)).collect();
            return Ok((id.clone(), Self::new(inner, &stages, horizon)));
        }
        let known: Vec<&str> = scenario.pathway_names().map(Id::as_str).collect();
        let message = message!(
            "the scenario has no pathway {sought}; it has {known}{hint}",
            "le scénario n'a pas de parcours {sought} ; il a {known}{hint}",
            sought = Id::parse(name)
                .map_or_else(|_| message!("of that name", "de ce nom"), |id| message!("\"{id}\"", "« {id} »"),),
            hint = did_you_mean(closest(name, known.iter().copied())),
            known = known.join(", "),
        );
        Err(Error::single(Code::UnknownPathway, "pathways", message))
    }

    /// The route of stages.
    pub(crate) fn new(scenario: &Inner, stages: &[Staged<'_>], horizon: u32) -> Self {
        let mut legs: Vec<Leg> = Vec::with_capacity(stages.len());
        let mut start: u32 = 0;
        for &(name, place, months) in stages {
            let end = months.map_or(horizon, |months| start.saturating_add(months).min(horizon));
            let Some((solution, _, grants)) = scenario.solutions.get_full(name) else { continue };
            if start < end {
                if let Some(last) = legs.last_mut() {
                    last.followed = true;
                }
                let place = place.or(grants.place.as_ref());
                let place = place.and_then(|id| scenario.places.iter().position(|declared| declared.id == *id));
                let holds = bits(scenario, &grants.entitlements);
                let leg = Leg {
                    solution,
                    place,
                    start,
                    end,
                    holds,
                    followed: false,
                    ends: false,
                    begin: start,
                    fixed: false,
                };
                legs.push(leg);
            }
            start = end;
        }
        if let Some(last) = legs.last_mut() {
            last.ends = last.end < horizon;
        }
        Self { legs }
    }

    /// The same route, of which no grant changes a month before `month`. A stage that goes on there keeps its clocks.
    pub(crate) fn fixed_before(&self, month: u32) -> Self {
        let mut legs = Vec::with_capacity(self.legs.len() + 1);
        for leg in &self.legs {
            if (leg.start + 1..leg.end).contains(&month) {
                legs.push(Leg { end: month, followed: false, ends: false, fixed: true, ..leg.clone() });
                legs.push(Leg { start: month, ..leg.clone() });
            } else {
                legs.push(Leg { fixed: leg.end <= month, ..leg.clone() });
            }
        }
        Self { legs }
    }

    /// The stages that a grant can change.
    pub(crate) fn open(&self) -> impl Iterator<Item = &Leg> {
        self.legs.iter().filter(|leg| !leg.fixed)
    }

    /// The one place at which all its stages are, or `Some(None)` where all are at none.
    #[expect(clippy::option_option, reason = "no one place, all at none, all at one")]
    pub(crate) fn one_place(&self) -> Option<Option<usize>> {
        let first = self.open().next()?.place;
        self.open().all(|leg| leg.place == first).then_some(first)
    }

    /// The entitlements that some stage holds.
    pub(crate) fn held(&self) -> Entitlements {
        self.open().fold(0, |held, leg| held | leg.holds)
    }

    /// The entitlements that some stage lacks, among `all`.
    pub(crate) fn lacked(&self, all: Entitlements) -> Entitlements {
        self.open().fold(0, |lacked, leg| lacked | (all & !leg.holds))
    }
}
