//! Programmes made of parts of two: of each cause up to one the newer part, and of those after it the older.
//!
//! A part knows what it names by its place in its own programme, so the names are taken from there and looked up in the
//! setting of the whole. The months are those of the older programme.

use std::sync::Arc;

use indexmap::IndexMap;

use crate::diff::{BudgetCases, Mixing, Pair, Pairs, is_same_members, is_taken};
use crate::names::BudgetCause;
use crate::programme::agreement::{Agreement, yearly_grants};
use crate::programme::case::{Case, CaseCourse, CaseName};
use crate::programme::overhead::{self, ProgrammeCost};
use crate::programme::queue::{ALL, Set};
use crate::programme::route::{of_pathway, planned};
use crate::programme::{Inner, Programme};
use crate::scenario::{AgeRange, Household, Inner as Scene, Scenario, Setting};
use crate::types::Id;

/// Two programmes.
pub(super) struct Hybrids<'p> {
    old: &'p Inner,
    new: &'p Inner,
    /// The cases of each, in the order of their numbers, also those that arrive after it.
    cases: (Vec<&'p Case>, Vec<&'p Case>),
    pairs: Pairs,
}

fn numbered(inner: &Inner) -> Vec<&Case> {
    let mut cases: Vec<&Case> = inner.cases.iter().chain(&inner.later).collect();
    cases.sort_by_key(|case| case.number);
    cases
}

impl<'p> Hybrids<'p> {
    pub(super) fn new(old: &'p Inner, new: &'p Inner) -> Self {
        let cases = (numbered(old), numbered(new));
        let names = |cases: &[&'p Case]| -> Vec<(&'p CaseName, u32)> {
            cases.iter().map(|case| (&case.name, case.copies)).collect()
        };
        let pairs = Pairs::of(&names(&cases.0), &names(&cases.1));
        Self { old, new, cases, pairs }
    }

    fn mixing(&self) -> Mixing<'p> {
        let since = Some(self.old.first_month());
        Mixing { old: &self.old.setting.inner().setting, new: &self.new.setting.inner().setting, since }
    }

    /// The programmes' own lines, as settings have lines.
    fn mixing_of_own(&self) -> Mixing<'p> {
        Mixing { old: &self.old.own.inner().setting, new: &self.new.own.inner().setting, ..self.mixing() }
    }

    fn side(&self, cause: BudgetCause, through: Option<BudgetCause>) -> &'p Inner {
        if is_taken(cause, through) { self.new } else { self.old }
    }

    fn of(&self, pair: &Pair) -> (Option<&'p Case>, Option<&'p Case>) {
        let at = |cases: &[&'p Case], place: Option<usize>| place.and_then(|place| cases.get(place).copied());
        (at(&self.cases.0, pair.old), at(&self.cases.1, pair.new))
    }

    /// Those that are in both, with the number of copies.
    fn in_both(&self) -> impl Iterator<Item = (&'p Case, &'p Case, u32)> {
        self.pairs.all.iter().filter_map(|pair| match self.of(pair) {
            (Some(old), Some(new)) => Some((old, new, pair.copies)),
            _ => None,
        })
    }

    /// True if the parts of a cause differ. The horizon is not asked about: it is what is left.
    pub(super) fn differs(&self, cause: BudgetCause) -> bool {
        let both = |differ: &dyn Fn(&Case, &Case) -> bool| self.in_both().any(|(old, new, _)| differ(old, new));
        match cause {
            BudgetCause::CasesGone => self.pairs.all.iter().any(|pair| pair.new.is_none()),
            BudgetCause::CasesNew => self.pairs.all.iter().any(|pair| pair.old.is_none()),
            BudgetCause::Households => both(&|old, new| !is_same_household(old, new)),
            BudgetCause::Timing => both(&|old, new| !self.is_same_course(old, new)),
            BudgetCause::Policy => {
                let (old, new) = (self.old, self.new);
                self.pairs.is_reordered
                    || both(&|old, new| !self.is_same_rank(old, new))
                    || old.order != new.order
                    || ByName::of(old) != ByName::of(new)
                    || self.mixing().differs(cause)
            }
            BudgetCause::Lines => {
                ages(self.old) != ages(self.new)
                    || own_costs(self.old) != own_costs(self.new)
                    || self.mixing().differs(cause)
                    || self.mixing_of_own().differs(cause)
            }
            BudgetCause::Prices => self.mixing().differs(cause) || self.mixing_of_own().differs(cause),
            BudgetCause::Indices | BudgetCause::ExchangeRates => self.mixing().differs(cause),
            BudgetCause::Horizon => false,
        }
    }

    fn is_same_course(&self, old: &Case, new: &Case) -> bool {
        let course = match (&old.course, &new.course) {
            (CaseCourse::Queues { .. }, CaseCourse::Queues { .. }) => true,
            (CaseCourse::Placed { solution: a, moves: from }, CaseCourse::Placed { solution: b, moves: to }) => {
                from == to && solution(self.old, *a) == solution(self.new, *b)
            }
            (CaseCourse::Pathway { name: from, .. }, CaseCourse::Pathway { name: to, .. }) => from == to,
            _ => false,
        };
        course && old.arrives == new.arrives && old.ends == new.ends
    }

    /// True unless both queue in another way.
    fn is_same_rank(&self, old: &Case, new: &Case) -> bool {
        let (CaseCourse::Queues { priority: a, suits: from }, CaseCourse::Queues { priority: b, suits: to }) =
            (&old.course, &new.course)
        else {
            return true;
        };
        let named = |suits: Set, of: &'p Inner| -> Option<Vec<&'p Id>> {
            (suits != ALL).then(|| {
                let suiting = of.agreements.iter().enumerate().filter(|(place, _)| suits >> place & 1 == 1);
                suiting.map(|(_, agreement)| &agreement.id).collect()
            })
        };
        a == b && named(*from, self.old) == named(*to, self.new)
    }

    /// The numbers of cases that changed, as far as either programme has them.
    pub(super) fn changed_cases(&self) -> BudgetCases {
        let mut cases = BudgetCases::default();
        for pair in &self.pairs.all {
            let copies = u64::from(pair.copies);
            let runs = |case: Option<&Case>, of: &Inner| case.is_some_and(|case| case.arrives < of.until());
            let (old, new) = self.of(pair);
            if !runs(old, self.old) && !runs(new, self.new) {
                continue;
            }
            match (old, new) {
                (Some(old), Some(new)) => {
                    cases.households += if is_same_household(old, new) { 0 } else { copies };
                    cases.timing += if self.is_same_course(old, new) { 0 } else { copies };
                    cases.policy += if self.is_same_rank(old, new) { 0 } else { copies };
                }
                (Some(_), None) => cases.gone += copies,
                _ => cases.new += copies,
            }
        }
        cases
    }

    /// The programme with the newer parts of all causes up to `through`, which is before the horizon.
    pub(super) fn programme(&self, through: Option<BudgetCause>) -> Programme {
        let policy = self.side(BudgetCause::Policy, through);
        let setting = self.mixing().setting(through);
        let (school_age, working_age) = ages(self.side(BudgetCause::Lines, through));
        let household = Household { school_age, working_age, ..self.old.setting.household().clone() };
        let place = |of: &Inner, place: usize| {
            solution(of, place).and_then(|id| setting.solutions.get_index_of(id)).unwrap_or(0)
        };
        let other = if std::ptr::eq(policy, self.new) { self.old } else { self.new };
        let support = setting.solutions.keys().map(|id| {
            let of =
                |inner: &Inner| Some(inner.support.get(inner.setting.solutions().get_index_of(id)?).copied().flatten());
            of(policy).or_else(|| of(other)).flatten()
        });
        let support = support.collect();
        let until = self.old.until();
        let agreements: Vec<Agreement> = policy
            .agreements
            .iter()
            .map(|agreement| Agreement {
                solution: place(policy, agreement.solution),
                grants: agreement
                    .yearly
                    .map_or_else(|| agreement.grants.clone(), |yearly| yearly_grants(yearly, Some(until))),
                ..agreement.clone()
            })
            .collect();
        let mut own = setting.clone();
        own.lines = self.mixing_of_own().lines(through);
        own.category_factors = IndexMap::new();
        let costs = self.side(BudgetCause::Lines, through);
        let lines = costs.lines.iter().map(|cost| ProgrammeCost {
            payers: overhead::payers(&setting, cost.shares.as_ref()),
            shares: cost.shares.clone(),
            ..*cost
        });
        let lines = lines.collect();
        let cases = self.cases_of(through, &setting, &household);
        let scene = |setting: Setting| {
            let start = self.old.first_month();
            Scenario::from_inner(Scene { start, household: household.clone(), setting: Arc::new(setting) })
        };
        Programme(Arc::new(Inner {
            own: scene(own),
            fiscal_years: self.old.fiscal_years,
            order: policy.order,
            waiting: place(policy, policy.waiting),
            settled: place(policy, policy.settled),
            support,
            run_off_months: 0,
            ceilings: IndexMap::new(),
            agreements,
            arrivals: Vec::new(),
            cases,
            left_out: 0,
            later: Vec::new(),
            lines,
            expectations: Vec::new(),
            warnings: Vec::new(),
            digest: [0; 32], // nothing is simulated of it
            setting: scene(setting),
        }))
    }

    fn cases_of(&self, through: Option<BudgetCause>, setting: &Setting, nobody: &Household) -> Vec<Case> {
        let taken = |cause| is_taken(cause, through);
        let pairs = if taken(BudgetCause::Policy) { &self.pairs.newer } else { &self.pairs.all };
        let mut cases = Vec::with_capacity(pairs.len());
        let mut number = 1;
        for pair in pairs {
            let (own, members, ranked) = match self.of(pair) {
                (Some(old), Some(new)) => {
                    let by = |cause| if taken(cause) { (self.new, new) } else { (self.old, old) };
                    let timing = by(BudgetCause::Timing);
                    let same = is_same_household(old, new);
                    let members = if same { timing.1 } else { by(BudgetCause::Households).1 };
                    let queue = [old, new].iter().all(|case| matches!(case.course, CaseCourse::Queues { .. }));
                    (timing, members, if queue { by(BudgetCause::Policy) } else { timing })
                }
                (Some(old), None) if !taken(BudgetCause::CasesGone) => ((self.old, old), old, (self.old, old)),
                (None, Some(new)) if taken(BudgetCause::CasesNew) => ((self.new, new), new, (self.new, new)),
                _ => continue,
            };
            let (_, own) = own;
            if own.arrives >= self.old.until() {
                continue;
            }
            let household = Household {
                school_age: nobody.school_age,
                working_age: nobody.working_age,
                ..members.household.clone()
            };
            cases.push(Case {
                name: own.name.clone(),
                number,
                copies: pair.copies,
                numbers: Arc::clone(&own.numbers),
                first_copy: own.first_copy,
                household,
                arrives: own.arrives,
                ends: own.ends,
                course: self.course(ranked, through, setting),
            });
            number += pair.copies;
        }
        cases
    }

    /// The course of a case of one side, by the places of the whole.
    fn course(&self, (of, case): (&Inner, &Case), through: Option<BudgetCause>, setting: &Setting) -> CaseCourse {
        let policy = self.side(BudgetCause::Policy, through);
        match &case.course {
            CaseCourse::Queues { priority, suits } => {
                CaseCourse::Queues { priority: *priority, suits: suits_in(*suits, &of.agreements, &policy.agreements) }
            }
            CaseCourse::Placed { solution: place, moves } => {
                let solution = solution(of, *place).and_then(|id| setting.solutions.get_index_of(id)).unwrap_or(0);
                CaseCourse::Placed { solution, moves: *moves }
            }
            CaseCourse::Pathway { name, .. } => {
                // A name may be that of a pathway on one side and of a solution on the other.
                let pathway = policy.setting.pathways().get(name);
                let stages = match pathway {
                    Some(pathway) => of_pathway(setting, pathway),
                    None => planned(setting, name.as_str()),
                };
                CaseCourse::Pathway { name: name.clone(), stages: stages.unwrap_or_default() }
            }
        }
    }
}

fn solution(of: &Inner, place: usize) -> Option<&Id> {
    of.setting.solutions().get_index(place).map(|(id, _)| id)
}

/// What a programme knows by places in its setting, by names. The grants of an agreement are what the file says, not what
/// falls into the programme.
#[derive(PartialEq)]
struct ByName<'p> {
    waiting: Option<&'p Id>,
    settled: Option<&'p Id>,
    support: Vec<(&'p Id, u32)>,
    agreements: Vec<(Agreement, Option<&'p Id>)>,
}

impl<'p> ByName<'p> {
    fn of(inner: &'p Inner) -> Self {
        let id = |place| solution(inner, place);
        let support = inner.support.iter().enumerate().filter_map(|(place, most)| Some((id(place)?, (*most)?)));
        let mut support: Vec<_> = support.collect();
        support.sort_unstable();
        let agreement = |agreement: &Agreement| {
            let mut named = Agreement { solution: 0, ..agreement.clone() };
            if named.yearly.is_some() {
                named.grants = Vec::new();
            }
            (named, id(agreement.solution))
        };
        let agreements = inner.agreements.iter().map(agreement).collect();
        Self { waiting: id(inner.waiting), settled: id(inner.settled), support, agreements }
    }
}

/// The ages of school and of work.
fn ages(of: &Inner) -> (AgeRange, AgeRange) {
    let household = of.setting.household();
    (household.school_age, household.working_age)
}

/// What the programme's own lines are paid for, and by whom, as their file says it.
fn own_costs(of: &Inner) -> Vec<impl PartialEq> {
    of.lines.iter().map(|cost| (cost.count, cost.kind, cost.per, cost.shares.clone())).collect()
}

/// The agreements that suit, by their ids among others.
fn suits_in(suits: Set, of: &[Agreement], among: &[Agreement]) -> Set {
    if suits == ALL {
        return ALL;
    }
    let named = of.iter().enumerate().filter(|(place, _)| suits >> place & 1 == 1);
    let places = named.filter_map(|(_, agreement)| among.iter().position(|other| other.id == agreement.id));
    places.fold(0, |set, place| set | 1 << place)
}

fn is_same_household(old: &Case, new: &Case) -> bool {
    is_same_members(&old.household.members, &new.household.members, new.arrives.months_since(old.arrives))
}
