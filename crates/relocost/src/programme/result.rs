//! The figures of a programme, as they are read and as they are written in JSON.
//!
//! A table has the cells that something feeds: a cell that is not there is zero. Keys are ids, or fiscal years.

mod figures;

use std::collections::BTreeMap;
use std::fmt;

use indexmap::IndexMap;
use serde::Serialize;

pub(super) use self::figures::{LINES, ORIGINS, of};
use super::Waiting;
use crate::about::{About, about_methods};
use crate::error::Finding;
use crate::message::Message;
use crate::names::QueueOrder;
use crate::types::{Currency, Id, Money, Month};

/// Money by id.
pub type ById = IndexMap<Id, Money>;
/// Money by fiscal year.
pub type ByYear = BTreeMap<i32, Money>;

/// Every figure of a programme. All of it is internal: the difference of two runs with one case or one agreement more is
/// almost one household's cost. Its `Debug` form, like that of its parts, shows no agreement and no place.
#[derive(Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ProgrammeRun {
    #[serde(skip)]
    about: About,
    /// The number of the form in which results are written.
    pub schema: u32,
    /// Always true: these figures are not for publication.
    pub internal: bool,
    /// The head of the figures.
    pub programme: ProgrammeHead,
    /// `as_signed`, `as_planned` and `all_settled`.
    pub lines: IndexMap<String, ProgrammeLine>,
    /// The extra cost of `as_planned` over `all_settled`, and its causes.
    pub extra: Extra,
    /// The lines up to the end of the run-off, if there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub with_run_off: Option<WithRunOff>,
    /// By fiscal year, what `as_planned` pays after it, up to the end of the run-off, for cases that had arrived by then;
    /// the programme's own costs are left out.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub after: ByYear,
    /// The ceilings, by fund and fiscal year.
    pub ceiling: IndexMap<Id, BTreeMap<i32, Ceiling>>,
    /// The values of agreements; `None` if they were not asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub values: Option<Values>,
    /// The savings of single steps; `None` if they were not asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub steps: Option<ProgrammeSteps>,
    /// The months of the programme, `as_planned`.
    pub months: Vec<MonthRow>,
    /// The amount that each fund pays in each month by kind of solution, `as_planned`; not in the JSON.
    #[serde(skip)]
    pub months_and_funds: Vec<MonthAndFundRow>,
    /// The waits of cases, `as_planned`.
    pub waiting: Waiting,
    /// The places of each agreement, `as_planned`.
    pub agreements: IndexMap<Id, AgreementAccount>,
    /// Single cases, if they were asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cases: Option<Vec<CaseRow>>,
}

about_methods!(ProgrammeRun);

impl fmt::Debug for ProgrammeRun {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ProgrammeRun")
            .field("programme", &self.programme)
            .field("lines", &self.lines)
            .finish_non_exhaustive()
    }
}

/// The head of the figures of a programme.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ProgrammeHead {
    /// The currency of every figure.
    pub currency: Currency,
    /// The first month.
    pub from: Month,
    /// The month after the last.
    pub until: Month,
    /// The fiscal years, ascending.
    pub fiscal_years: Vec<i32>,
    /// Who comes first in the queue.
    pub queue: QueueOrder,
    /// The number of cases that run.
    pub cases: u32,
    /// The number of cases that arrive at the end or later, and are left out.
    pub left_out: u32,
    /// The warnings.
    pub warnings: Vec<Finding>,
}

/// A line of the programme: what all cases and the programme itself cost.
#[derive(Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ProgrammeLine {
    /// The total.
    pub total: Money,
    /// The total in constant prices.
    pub constant: Money,
    /// The total discounted to the first fiscal year.
    pub present_value: Money,
    /// By fiscal year.
    pub by_fiscal_year: ByYear,
    /// By fiscal year in constant prices.
    pub constant_by_fiscal_year: ByYear,
    /// By category.
    pub by_category: ById,
    /// By fund.
    pub by_fund: ById,
    /// By kind of solution; the programme's own costs under `programme`, here and below.
    pub by_kind: ById,
    /// By solution.
    pub by_solution: ById,
    /// By place; costs of stages without a place are in none.
    pub by_place: ById,
    /// By fiscal year and category.
    pub by_fiscal_year_and_category: BTreeMap<i32, ById>,
    /// By fiscal year and fund.
    pub by_fiscal_year_and_fund: BTreeMap<i32, ById>,
    /// By fiscal year and kind.
    pub by_fiscal_year_and_kind: BTreeMap<i32, ById>,
    /// By fiscal year and origin: cases that arrived before the programme (`older`), `new` ones, and `programme`.
    pub by_fiscal_year_and_origin: BTreeMap<i32, ById>,
    /// Months of cases under support, by fiscal year and kind.
    pub case_months: BTreeMap<i32, IndexMap<Id, u64>>,
    /// Months of persons under support, by fiscal year and kind.
    pub person_months: BTreeMap<i32, IndexMap<Id, u64>>,
}

impl fmt::Debug for ProgrammeLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ProgrammeLine")
            .field("total", &self.total)
            .field("by_fiscal_year", &self.by_fiscal_year)
            .finish_non_exhaustive()
    }
}

/// The cost that can still be avoided: the extra cost of `as_planned` over `all_settled`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Extra {
    /// The total, which is the sum of the attribution, the residual and `programme`.
    pub total: Money,
    /// By fiscal year.
    pub by_fiscal_year: ByYear,
    /// By fund.
    pub by_fund: ById,
    /// By fiscal year and fund.
    pub by_fiscal_year_and_fund: BTreeMap<i32, ById>,
    /// The price of each missing entitlement, and of `place`.
    pub attribution: ById,
    /// The part that no entitlement explains.
    pub residual: Money,
    /// The difference of the programme's own costs.
    pub programme: Money,
    /// The meaning of the figure and its limits.
    #[serde(serialize_with = "english")]
    pub note: Message,
}

/// The lines up to the end of the run-off.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct WithRunOff {
    /// The month after the last.
    pub until: Month,
    /// The assumption about the time after the programme's end.
    #[serde(serialize_with = "english")]
    pub note: Message,
    /// The three lines.
    pub lines: IndexMap<String, LineWithRunOff>,
}

/// A line up to the end of the run-off.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct LineWithRunOff {
    /// The total.
    pub total: Money,
    /// By fiscal year.
    pub by_fiscal_year: ByYear,
    /// By fund.
    pub by_fund: ById,
}

/// The payments of a fund in a fiscal year against its ceiling.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Ceiling {
    /// The payments of the fund, `as_planned`.
    pub total: Money,
    /// The ceiling.
    pub ceiling: Money,
    /// By how much the total is above it; 0 if it is not.
    pub excess: Money,
}

/// The values of agreements.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Values {
    /// Within the programme.
    pub within: ProgrammeValues,
    /// Up to the end of the run-off, if there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub with_run_off: Option<ProgrammeValues>,
}

/// The values of agreements, within one window.
#[derive(Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ProgrammeValues {
    /// The saving of all of them together.
    pub joint: Money,
    /// The saving of each fund.
    pub joint_by_fund: ById,
    /// Each agreement.
    pub agreements: IndexMap<Id, AgreementValue>,
    /// Why there is no `value`.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "english_if_any")]
    pub note: Option<Message>,
}

impl fmt::Debug for ProgrammeValues {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ProgrammeValues")
            .field("joint", &self.joint)
            .field("agreements", &self.agreements.len())
            .finish_non_exhaustive()
    }
}

/// The value of an agreement. Only values may be added up: agreements help each other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct AgreementValue {
    /// The saving if it is the only one.
    pub alone: Money,
    /// The loss if it alone ends.
    pub last: Money,
    /// Its share of what all save: its Shapley value. None with more than
    /// [`VALUED_AGREEMENTS`](super::VALUED_AGREEMENTS) agreements.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<Money>,
    /// `alone` of what each fund pays.
    pub alone_by_fund: ById,
    /// `last` of what each fund pays.
    pub last_by_fund: ById,
    /// `value` of what each fund pays.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value_by_fund: Option<ById>,
}

/// The savings of single steps.
#[derive(Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ProgrammeSteps {
    /// Steps of an agreement.
    pub agreements: IndexMap<Id, AgreementSteps>,
    /// Every agreement's processing a month shorter, at least one month.
    pub processing: Saving,
    /// Each other order of the queue.
    pub queue: IndexMap<String, Saving>,
}

impl fmt::Debug for ProgrammeSteps {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ProgrammeSteps")
            .field("agreements", &self.agreements.len())
            .field("processing", &self.processing)
            .finish_non_exhaustive()
    }
}

/// Steps of an agreement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct AgreementSteps {
    /// One more place in its first grant; none without a grant in the programme, or without a case that may take it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub one_more_place: Option<StepOfPlaces>,
    /// Its grants a month later.
    pub month_later: Saving,
}

/// One more place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct StepOfPlaces {
    /// The month of the grant.
    pub month: Month,
    /// The number of further places: 1, or the persons of the largest case that could take them.
    pub places: u32,
    /// The saving.
    #[serde(flatten)]
    pub saving: Saving,
}

/// The saving of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Saving {
    /// Within the programme.
    pub within: Money,
    /// Up to the end of the run-off, if there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub with_run_off: Option<Money>,
}

/// A month, `as_planned`, over the cases under support in which somebody counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct MonthRow {
    /// The month.
    pub month: Month,
    /// Cases that arrive.
    pub arrived: u32,
    /// Cases that are given a place.
    pub given: u32,
    /// Moves.
    pub moved: u32,
    /// Cases under support the month before and not in this one.
    pub ended: u32,
    /// Cases in the queue without a place.
    pub waiting: u32,
    /// Cases that have a place and have not moved yet.
    pub processing: u32,
    /// Cases by kind of solution.
    pub cases: Kinds,
    /// Persons by kind of solution.
    pub persons: Kinds,
    /// The cost of the month.
    pub total: Money,
    /// The cost of the months up to this one.
    pub cumulative: Money,
}

/// The amount that a fund pays in a month, `as_planned`, for one kind of solution.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct MonthAndFundRow {
    /// The month.
    pub month: Month,
    /// The fund.
    pub fund: Id,
    /// The kind of solution, or `programme`.
    pub kind: Id,
    /// The amount.
    pub amount: Money,
}

/// The numbers in permanent and in temporary solutions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Kinds {
    /// In permanent ones.
    pub permanent: u32,
    /// In temporary ones.
    pub temporary: u32,
}

/// The account of an agreement's places: in hand and granted are used, lapsed or left.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct AgreementAccount {
    /// The whole programme.
    #[serde(flatten)]
    pub total: AgreementYear,
    /// By fiscal year.
    pub by_fiscal_year: BTreeMap<i32, AgreementYear>,
}

/// The account of a stretch of time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct AgreementYear {
    /// Places at its beginning.
    pub in_hand: u64,
    /// Places granted.
    pub granted: u64,
    /// Places used.
    pub used: u64,
    /// Places lapsed.
    pub lapsed: u64,
    /// Places at its end.
    pub left: u64,
    /// Cases that were given a place.
    pub cases: u64,
    /// The persons in them.
    pub persons: u64,
}

/// A case, `as_planned`. It tells where a household lives.
#[derive(Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct CaseRow {
    /// Its number, from 1, as declared, copies in a row.
    pub number: u32,
    /// The household's pseudonym.
    pub reference: Option<String>,
    /// The month of arrival.
    pub arrives: Month,
    /// Persons on arrival, those who come later included.
    pub persons: u32,
    /// `placed`, `pathway`, `given`, `waiting` or `left`.
    pub status: &'static str,
    /// The month in which it is given a place.
    pub given: Option<Month>,
    /// The agreement of the place.
    pub agreement: Option<Id>,
    /// The places that it takes.
    pub places: u32,
    /// The month of its move to a place or a solution; none if its support ends first, and for a pathway.
    pub moves: Option<Month>,
    /// The first month without support; none if it never ends, or never begins.
    pub ends: Option<Month>,
    /// The stages of its route.
    pub stages: Vec<CaseStageRow>,
    /// The cost within the programme.
    pub total: Money,
    /// The cost if all were settled.
    pub settled_total: Money,
    /// The difference.
    pub extra: Money,
}

impl fmt::Debug for CaseRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CaseRow(not shown)")
    }
}

/// A stage of a case.
#[derive(Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct CaseStageRow {
    /// The solution.
    pub solution: Id,
    /// Where the household lives.
    pub place: Option<Id>,
    /// The first month.
    pub from: Month,
    /// The month after the last; none if it never ends.
    pub until: Option<Month>,
    /// The cost within the programme.
    pub total: Money,
}

impl fmt::Debug for CaseStageRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CaseStageRow(not shown)")
    }
}

fn english<S: serde::Serializer>(message: &Message, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(message.en())
}

#[expect(clippy::ref_option, reason = "as serde calls it")]
fn english_if_any<S: serde::Serializer>(message: &Option<Message>, serializer: S) -> Result<S::Ok, S::Error> {
    message.as_ref().map(Message::en).serialize(serializer)
}
