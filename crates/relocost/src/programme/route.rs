//! The stages of a case from its arrival on, as far as anything supports it (MODEL.md, 11.3).

use crate::ledger::{Leg, Route};
use crate::scenario::charging::bits;
use crate::scenario::{Inner as Scene, Pathway, Setting, Stage};
use crate::types::Id;

/// A stage that is asked for: a solution, a place, and its months; one without months does not end by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Planned {
    /// The solution's place in the setting.
    pub(crate) solution: usize,
    /// Where the household lives, as a place among those declared.
    pub(crate) place: Option<usize>,
    /// Its months.
    pub(crate) months: Option<u32>,
}

/// A stage of a route, on the clock of the programme.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct CaseStage {
    /// The solution's place in the setting.
    pub(crate) solution: usize,
    /// Where the household lives, as a place among those declared.
    pub(crate) place: Option<usize>,
    /// The first month.
    pub(crate) from: i32,
    /// The month after the last; none if it never ends.
    pub(crate) until: Option<i32>,
}

/// The stages of a case that arrives in a month, cut where its support ends: by its `ends`, by the months of the last stage,
/// or by the months of support that each solution has at most, counted from the first of the consecutive stages of it.
pub(crate) fn stages(
    arrives: i32,
    planned: impl IntoIterator<Item = Planned>,
    ends: Option<i32>,
    support: &[Option<u32>],
) -> Vec<CaseStage> {
    let mut stages: Vec<CaseStage> = Vec::new();
    let (mut from, mut same_since, mut last) = (arrives, arrives, None);
    for Planned { solution, place, months } in planned {
        if last.replace(solution) != Some(solution) {
            same_since = from;
        }
        let own = months.map(|months| from.saturating_add_unsigned(months));
        let limit = support.get(solution).copied().flatten().map(|most| same_since.saturating_add_unsigned(most));
        let until = [own, limit, ends].into_iter().flatten().min();
        if until.is_none_or(|until| from < until) {
            stages.push(CaseStage { solution, place, from, until });
        }
        match own {
            Some(own) if until == Some(own) => from = own,
            _ => break,
        }
    }
    stages
}

/// The stages of a pathway or a solution by its name.
pub(crate) fn planned(setting: &Setting, name: &str) -> Option<Vec<Planned>> {
    if let Some(solution) = setting.solutions.get_index_of(name) {
        return Some(vec![of_solution(setting, solution, None)]);
    }
    of_pathway(setting, setting.pathways.get(name)?)
}

/// The stages of a pathway, all of whose names a setting has.
pub(crate) fn of_pathway(setting: &Setting, pathway: &Pathway) -> Option<Vec<Planned>> {
    let stage = |stage: &Stage| {
        let solution = setting.solutions.get_index_of(&stage.solution)?;
        let place = stage.place.as_ref().and_then(|id| place_of(setting, id));
        let own = of_solution(setting, solution, stage.months);
        Some(Planned { place: place.or(own.place), ..own })
    };
    pathway.stages.iter().map(stage).collect()
}

/// A stage of a solution, where the solution is.
pub(crate) fn of_solution(setting: &Setting, solution: usize, months: Option<u32>) -> Planned {
    let place = setting.solutions.get_index(solution).and_then(|(_, solution)| solution.place.as_ref());
    Planned { solution, place: place.and_then(|id| place_of(setting, id)), months }
}

fn place_of(setting: &Setting, id: &Id) -> Option<usize> {
    setting.places.iter().position(|declared| declared.id == *id)
}

/// The stages as the ledger takes them, of a case that arrives in a month, with a horizon counted from there.
pub(crate) fn ledger_route(scenario: &Scene, stages: &[CaseStage], arrives: i32, horizon: u32) -> Route {
    let mut legs: Vec<Leg> = Vec::with_capacity(stages.len());
    let since = |month: i32| u32::try_from(month.saturating_sub(arrives)).unwrap_or(0);
    for (place, stage) in stages.iter().enumerate() {
        let (start, until) = (since(stage.from), stage.until.map(since));
        let end = until.unwrap_or(horizon).min(horizon);
        let Some((_, solution)) = scenario.solutions.get_index(stage.solution) else { continue };
        if start >= end {
            break;
        }
        let whole = until.is_some_and(|until| until <= horizon);
        let last = place + 1 == stages.len();
        legs.push(Leg {
            solution: stage.solution,
            place: stage.place,
            start,
            end,
            holds: bits(scenario, &solution.entitlements),
            followed: whole && !last,
            ends: whole && last,
            begin: start,
            fixed: false,
        });
    }
    Route { legs }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn planned(solution: usize, months: Option<u32>) -> Planned {
        Planned { solution, place: None, months }
    }

    fn spans(stages: &[CaseStage]) -> Vec<(usize, i32, Option<i32>)> {
        stages.iter().map(|stage| (stage.solution, stage.from, stage.until)).collect()
    }

    #[test]
    fn support_is_counted_over_consecutive_stages_and_ends_the_route() {
        let support = [None, Some(10)];
        let route = |planned: &[Planned]| spans(&stages(-3, planned.iter().copied(), None, &support));
        assert_eq!(route(&[planned(0, Some(5)), planned(1, None)]), [(0, -3, Some(2)), (1, 2, Some(12))]);
        assert_eq!(route(&[planned(1, Some(6)), planned(1, Some(6))]), [(1, -3, Some(3)), (1, 3, Some(7))]);
        assert_eq!(route(&[planned(1, Some(11)), planned(0, None)]), [(1, -3, Some(7))]);
        assert_eq!(route(&[planned(1, Some(10)), planned(0, None)]), [(1, -3, Some(7)), (0, 7, None)]);
        assert_eq!(route(&[planned(1, Some(10)), planned(1, None)]), [(1, -3, Some(7))]);
    }

    #[test]
    fn a_case_that_ends_as_it_arrives_has_no_stages() {
        assert_eq!(stages(4, [planned(0, None)], Some(4), &[None]), []);
        assert_eq!(spans(&stages(4, [planned(0, Some(2)), planned(1, None)], Some(6), &[])), [(0, 4, Some(6))]);
    }
}
