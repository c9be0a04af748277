//! Solutions, who pays for them, and the pathways that string them together.

use indexmap::IndexMap;

use crate::names::SolutionKind;
use crate::types::{Id, Label, Share, Text};

/// Something declared by its id, with a label: an entitlement, a place, a category or a fund.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Declared {
    /// Its id.
    pub id: Id,
    /// The label.
    pub label: Label,
}

/// Shares by fund, which add up to exactly 1, in the order written. Ties of an allotment go to the first.
pub type Shares = IndexMap<Id, Share>;

/// Who pays for a solution.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Funding {
    /// The shares; where none are given, the first fund declared pays all.
    pub shares: Option<Shares>,
    /// Shares that replace all of them for a category.
    pub by_category: IndexMap<Id, Shares>,
}

/// A solution: the entitlements that a host State grants, or fails to grant.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Solution {
    /// The label.
    pub label: Label,
    /// The kind: with or without an agreement.
    pub kind: SolutionKind,
    /// The entitlements that it grants.
    pub entitlements: Vec<Id>,
    /// Where the household lives, unless a stage says otherwise.
    pub place: Option<Id>,
    /// Who pays.
    pub funding: Funding,
    /// Where this is written.
    pub source: Option<Text>,
}

/// A stage of a pathway.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Stage {
    /// The solution in which the household lives.
    pub solution: Id,
    /// Where it lives; the solution's place if left out.
    pub place: Option<Id>,
    /// For how many months (1 or more); the last stage may leave them out and then runs to the horizon.
    pub months: Option<u32>,
}

/// Stages one after another.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Pathway {
    /// The stages, at least one.
    pub stages: Vec<Stage>,
}
