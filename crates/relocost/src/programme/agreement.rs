//! Relocation agreements: which places a host State grants, when, and on which terms.

use std::fmt;

use crate::programme::queue::Terms;
use crate::scenario::Distribution;
use crate::types::{Id, Label, Month, Share};

/// A relocation agreement. Its `Debug` form shows nothing of it: an agreement tells where households live.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Agreement {
    pub(crate) id: Id,
    pub(crate) label: Label,
    /// The solution in which a case lives after its move, by its place in the setting.
    pub(crate) solution: usize,
    pub(crate) signed: bool,
    /// True if a case takes as many places as it has persons.
    pub(crate) by_person: bool,
    /// Every grant before the programme's end, by ascending month.
    pub(crate) grants: Vec<(Month, u32)>,
    /// The first grant of those that come every 12 months; `None` where each is listed.
    pub(crate) yearly: Option<(Month, u32)>,
    /// The first month that is declared for a grant, also beyond the programme's end.
    pub(crate) first_grant: Option<Month>,
    pub(crate) until: Option<Month>,
    pub(crate) carry_over: bool,
    pub(crate) in_hand: u32,
    /// Months from a place to the move.
    pub(crate) processing: u32,
    pub(crate) pauses: Vec<(Month, Month)>,
    pub(crate) max_persons: Option<u32>,
    pub(crate) slip: Option<Slip>,
    /// The months from a place to the move by chance, in place of `processing`.
    pub(crate) processing_by_chance: Option<Distribution>,
    pub(crate) refusal: Option<Refusal>,
}

/// How its grants come later by chance.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Slip {
    /// Months.
    pub(crate) by: Distribution,
    /// True if its end comes later with its grants.
    pub(crate) with_until: bool,
}

/// The refusal of places that are given.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Refusal {
    /// The probability, 0 to 1.
    pub(crate) probability: Share,
    /// The months after which the case can be given another place.
    pub(crate) after_months: u32,
}

impl fmt::Debug for Agreement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Agreement(not shown)")
    }
}

/// The grants of every 12 months from the first on, before a month.
pub(crate) fn yearly_grants((from, places): (Month, u32), until: Option<Month>) -> Vec<(Month, u32)> {
    let months = (0..).map(|year: i32| from.plus(12 * year));
    months.take_while(|month| until.is_some_and(|until| *month < until)).map(|month| (month, places)).collect()
}

impl Agreement {
    /// The agreement on the clock of a programme that begins in `first`.
    pub(crate) fn terms(&self, first: Month) -> Terms {
        let clock = |month: Month| month.months_since(first);
        Terms {
            grants: self
                .grants
                .iter()
                .map(|&(month, places)| (clock(month), places))
                .filter(|(m, _)| *m >= 0)
                .collect(),
            in_force: self.first_grant.map(clock),
            until: self.until.map(clock),
            carry_over: self.carry_over,
            in_hand: self.in_hand,
            processing: self.processing,
            pauses: self.pauses.iter().map(|&(from, until)| (clock(from), clock(until))).collect(),
            max_persons: self.max_persons,
            by_person: self.by_person,
        }
    }
}
