//! The sums of a programme's runs as its figures.

use std::collections::BTreeMap;

use indexmap::IndexMap;

use super::{
    AgreementAccount, AgreementSteps, AgreementValue, AgreementYear, ById, ByYear, CaseRow, CaseStageRow, Ceiling,
    Extra, Kinds, LineWithRunOff, MonthAndFundRow, MonthRow, ProgrammeHead, ProgrammeLine, ProgrammeRun,
    ProgrammeSteps, ProgrammeValues, Saving, StepOfPlaces, Values, WithRunOff,
};
use crate::about::About;
use crate::comparison::cause;
use crate::error::{Code, Error, Finding};
use crate::ledger::{money, present_value};
use crate::message;
use crate::names::{Basis, SolutionKind};
use crate::programme::case::CaseCourse;
use crate::programme::charges::feed;
use crate::programme::costs::{PLANNED, SETTLED, Sums};
use crate::programme::counts::Counts;
use crate::programme::queue::{Course, PlaceEvent};
use crate::programme::run::{CaseCosts, Runs, settles};
use crate::programme::steps::ProgrammeStep;
use crate::programme::tables::{Tables, Year};
use crate::programme::values::{Savings, VALUED_AGREEMENTS, Worth};
use crate::programme::{Inner, Programme};
use crate::types::{Currency, Id, Money};

/// The names of the three lines.
pub(crate) const LINES: [&str; 3] = ["as_signed", "as_planned", "all_settled"];
/// The names of origins.
pub(crate) const ORIGINS: [&str; 3] = ["older", "new", "programme"];

/// The data that turn sums into figures.
struct Figures<'p> {
    inner: &'p Inner,
    currency: Currency,
    kinds: Vec<Id>,
    origins: Vec<Id>,
    categories: Vec<Id>,
    funds: Vec<Id>,
    solutions: Vec<Id>,
    places: Vec<Id>,
}

#[expect(clippy::too_many_arguments, reason = "the parts of one result")]
pub(crate) fn of(
    programme: &Programme,
    runs: &Runs<'_>,
    cases: &[CaseCosts],
    sums: &Sums,
    counts: &[Counts; 3],
    own: [i128; 3],
    worth: Option<Worth>,
    steps: Option<Vec<(ProgrammeStep, i128, i128)>>,
    rows: bool,
) -> Result<ProgrammeRun, Error> {
    let figures = Figures::new(programme);
    let inner = programme.inner();
    let tables = sums.charges.each_ref().map(Tables::of);
    let mut lines = IndexMap::new();
    for ((name, tables), counts) in LINES.into_iter().zip(&tables).zip(counts) {
        lines.insert(name.to_owned(), figures.line(tables, counts)?);
    }
    let with_run_off = (inner.run_off_months > 0).then(|| figures.with_run_off(&tables)).transpose()?;
    let after = match inner.run_off_months {
        0 => BTreeMap::new(),
        _ => (0..)
            .zip(&sums.after)
            .map(|(year, sum)| Ok((inner.year(year), figures.money(*sum)?)))
            .collect::<Result<_, Error>>()?,
    };
    Ok(ProgrammeRun {
        about: About::new(programme.setting(), Basis::Nominal),
        schema: 1,
        internal: true,
        programme: ProgrammeHead {
            currency: programme.currency(),
            from: programme.start(),
            until: programme.until(),
            fiscal_years: programme.fiscal_years(),
            queue: inner.order,
            cases: programme.cases(),
            left_out: inner.left_out,
            warnings: warnings(programme, runs),
        },
        extra: figures.extra(&tables, &sums.attribution, own)?,
        lines,
        with_run_off,
        after,
        ceiling: figures.ceilings(&tables[PLANNED])?,
        values: worth.map(|worth| figures.values(&worth)).transpose()?,
        steps: steps.map(|steps| figures.steps(&steps)).transpose()?,
        months: figures.months(&tables[PLANNED], &counts[PLANNED])?,
        months_and_funds: figures.months_and_funds(&tables[PLANNED])?,
        waiting: runs.waiting.clone(),
        agreements: accounts(inner, runs),
        cases: rows.then(|| figures.cases(runs, cases)).transpose()?,
    })
}

/// The warnings of the file, and one about cases that can never be given a place.
fn warnings(programme: &Programme, runs: &Runs<'_>) -> Vec<Finding> {
    let mut warnings = programme.warnings().to_vec();
    if runs.waiting.without_way > 0 {
        let message = message!(
            "cases that no agreement could ever take: {count}",
            "dossiers qu'aucun accord ne pourrait jamais prendre : {count}",
            count = runs.waiting.without_way,
        );
        warnings.push(Finding { code: Code::NeverUsed, place: None, key: "cases".to_owned(), message });
    }
    warnings
}

impl<'p> Figures<'p> {
    fn new(programme: &'p Programme) -> Self {
        let setting = programme.setting();
        let id = |name: &&str| name.parse::<Id>().unwrap_or_else(|_| Id::programme());
        Self {
            inner: programme.inner(),
            currency: setting.currency(),
            kinds: SolutionKind::ALL.iter().map(|kind| id(&kind.name())).chain([Id::programme()]).collect(),
            origins: ORIGINS.iter().map(id).collect(),
            categories: setting.categories().iter().map(|declared| declared.id.clone()).collect(),
            funds: setting.funds().iter().map(|declared| declared.id.clone()).collect(),
            solutions: setting.solutions().keys().cloned().chain([Id::programme()]).collect(),
            places: setting.places().iter().map(|declared| declared.id.clone()).collect(),
        }
    }

    fn money(&self, minor: i128) -> Result<Money, Error> {
        money(minor, self.currency)
    }

    fn by_id(&self, ids: &[Id], sums: &[Option<i128>]) -> Result<ById, Error> {
        let fed = ids.iter().zip(sums).filter_map(|(id, sum)| Some((id, (*sum)?)));
        fed.map(|(id, sum)| Ok((id.clone(), self.money(sum)?))).collect()
    }

    fn by_year(&self, years: &[Year], sum: impl Fn(&Year) -> Option<i128>) -> Result<ByYear, Error> {
        let fed = years.iter().enumerate().filter_map(|(place, year)| Some((place, sum(year)?)));
        fed.map(|(place, sum)| Ok((self.inner.year(place), self.money(sum)?))).collect()
    }

    fn by_year_and(
        &self,
        years: &[Year],
        ids: &[Id],
        sums: impl Fn(&Year) -> &[Option<i128>],
    ) -> Result<BTreeMap<i32, ById>, Error> {
        let fed = years.iter().enumerate().filter(|(_, year)| year.total.is_some());
        fed.map(|(place, year)| Ok((self.inner.year(place), self.by_id(ids, sums(year))?))).collect()
    }

    fn line(&self, tables: &Tables, counts: &Counts) -> Result<ProgrammeLine, Error> {
        let years = tables.within();
        let nominal: Vec<Option<i128>> = years.iter().map(|year| year.total).collect();
        let (case_months, person_months) =
            (self.stays(&counts.cases, years.len()), self.stays(&counts.persons, years.len()));
        Ok(ProgrammeLine {
            total: self.money(nominal.iter().flatten().sum())?,
            constant: self.money(years.iter().filter_map(|year| year.constant).sum())?,
            present_value: present_value(&self.inner.setting, &nominal)?,
            by_fiscal_year: self.by_year(years, |year| year.total)?,
            constant_by_fiscal_year: self.by_year(years, |year| year.constant)?,
            by_category: self.by_id(&self.categories, &over(years, |year| &year.by_category))?,
            by_fund: self.by_id(&self.funds, &over(years, |year| &year.by_fund))?,
            by_kind: self.by_id(&self.kinds, &over(years, |year| &year.by_kind))?,
            by_solution: self.by_id(&self.solutions, &tables.by_solution)?,
            by_place: self.by_id(&self.places, &tables.by_place)?,
            by_fiscal_year_and_category: self.by_year_and(years, &self.categories, |year| &year.by_category)?,
            by_fiscal_year_and_fund: self.by_year_and(years, &self.funds, |year| &year.by_fund)?,
            by_fiscal_year_and_kind: self.by_year_and(years, &self.kinds, |year| &year.by_kind)?,
            by_fiscal_year_and_origin: self.by_year_and(years, &self.origins, |year| &year.by_origin)?,
            case_months,
            person_months,
        })
    }

    /// Months by fiscal year and kind.
    fn stays(&self, by_kind: &[Vec<u32>; 2], years: usize) -> BTreeMap<i32, IndexMap<Id, u64>> {
        let of_year = |year: usize| {
            let sum = |months: &Vec<u32>| {
                months.get(12 * year..12 * (year + 1)).unwrap_or_default().iter().map(|&count| u64::from(count)).sum()
            };
            let stays = self.kinds.iter().cloned().zip(by_kind.iter().map(sum)).filter(|(_, count)| *count > 0);
            (self.inner.year(year), stays.collect::<IndexMap<_, _>>())
        };
        (0..years).map(of_year).filter(|(_, stays)| !stays.is_empty()).collect()
    }

    fn with_run_off(&self, tables: &[Tables; 3]) -> Result<WithRunOff, Error> {
        let mut lines = IndexMap::new();
        for (name, tables) in LINES.into_iter().zip(tables) {
            let years = &tables.years;
            let line = LineWithRunOff {
                total: self.money(years.iter().filter_map(|year| year.total).sum())?,
                by_fiscal_year: self.by_year(years, |year| year.total)?,
                by_fund: self.by_id(&self.funds, &over(years, |year| &year.by_fund))?,
            };
            lines.insert(name.to_owned(), line);
        }
        let note = message!(
            "Nobody arrives and no place is granted or given after the programme's last month.",
            "Personne n'arrive et aucune place n'est octroyée ni attribuée après le dernier mois du programme."
        );
        Ok(WithRunOff { until: self.inner.first_month().plus(self.inner.horizon()), note, lines })
    }

    fn extra(&self, tables: &[Tables; 3], causes: &[Option<i128>], own: [i128; 3]) -> Result<Extra, Error> {
        let (planned, settled) = (tables[PLANNED].within(), tables[SETTLED].within());
        let less =
            |a: Option<i128>, b: Option<i128>| (a.is_some() || b.is_some()).then(|| a.unwrap_or(0) - b.unwrap_or(0));
        let years: Vec<Year> = planned
            .iter()
            .zip(settled)
            .map(|(planned, settled)| Year {
                total: less(planned.total, settled.total),
                by_fund: planned.by_fund.iter().zip(&settled.by_fund).map(|(a, b)| less(*a, *b)).collect(),
                ..Year::default()
            })
            .collect();
        let total: i128 = years.iter().filter_map(|year| year.total).sum();
        let programme = own[PLANNED] - own[SETTLED];
        let attributed: i128 = causes.iter().flatten().sum();
        let mut attribution = ById::new();
        for (place, sum) in causes.iter().enumerate() {
            if let Some(minor) = sum {
                attribution.insert(cause(&self.inner.setting, place), self.money(*minor)?);
            }
        }
        Ok(Extra {
            total: self.money(total)?,
            by_fiscal_year: self.by_year(&years, |year| year.total)?,
            by_fund: self.by_id(&self.funds, &over(&years, |year| &year.by_fund))?,
            by_fiscal_year_and_fund: self.by_year_and(&years, &self.funds, |year| &year.by_fund)?,
            attribution,
            residual: self.money(total - programme - attributed)?,
            programme: self.money(programme)?,
            note: message!(
                "What can still be avoided from the first month on; it does not compare with the reported band.",
                "Ce qui peut encore être évité à partir du premier mois ; ne se compare pas à la fourchette rapportée."
            ),
        })
    }

    fn ceilings(&self, planned: &Tables) -> Result<IndexMap<Id, BTreeMap<i32, Ceiling>>, Error> {
        let mut ceilings = IndexMap::new();
        for (fund, by_year) in &self.inner.ceilings {
            let place = self.funds.iter().position(|id| id == fund).unwrap_or(0);
            let mut rows = BTreeMap::new();
            for (offset, year) in planned.within().iter().enumerate() {
                let number = self.inner.year(offset);
                let Some(&ceiling) = by_year.get(&number) else { continue };
                let total = year.by_fund.get(place).copied().flatten().unwrap_or(0);
                let excess = self.money((total - ceiling).max(0))?;
                let row = Ceiling { total: self.money(total)?, ceiling: self.money(ceiling)?, excess };
                rows.insert(number, row);
            }
            ceilings.insert(fund.clone(), rows);
        }
        Ok(ceilings)
    }

    fn values(&self, worth: &Worth) -> Result<Values, Error> {
        let with_run_off = (self.inner.run_off_months > 0).then(|| self.values_of(&worth.with_run_off)).transpose()?;
        Ok(Values { within: self.values_of(&worth.within)?, with_run_off })
    }

    fn values_of(&self, savings: &[Savings]) -> Result<ProgrammeValues, Error> {
        let (total, by_fund) = savings.split_first().map_or((None, &[][..]), |(total, funds)| (Some(total), funds));
        let funds = |minor: &dyn Fn(&Savings) -> Option<i128>| {
            let fed: Vec<Option<i128>> = by_fund.iter().map(|fund| minor(fund).filter(|minor| *minor != 0)).collect();
            self.by_id(&self.funds, &fed)
        };
        let mut agreements = IndexMap::new();
        for (place, agreement) in self.inner.agreements.iter().enumerate() {
            let Some(total) = total else { break };
            let at = |list: &Vec<i128>| list.get(place).copied();
            let value = total.value.as_ref().and_then(at);
            let row = AgreementValue {
                alone: self.money(at(&total.alone).unwrap_or(0))?,
                last: self.money(at(&total.last).unwrap_or(0))?,
                value: value.map(|value| self.money(value)).transpose()?,
                alone_by_fund: funds(&|fund| at(&fund.alone))?,
                last_by_fund: funds(&|fund| at(&fund.last))?,
                value_by_fund: value.map(|_| funds(&|fund| fund.value.as_ref().and_then(at))).transpose()?,
            };
            agreements.insert(agreement.id.clone(), row);
        }
        let many = self.inner.agreements.len() > VALUED_AGREEMENTS;
        let note = many.then(|| {
            message!(
                "More than {most} agreements: no value is given.",
                "Plus de {most} accords : aucune valeur n'est donnée.",
                most = VALUED_AGREEMENTS,
            )
        });
        let joint = self.money(total.map_or(0, |total| total.joint))?;
        Ok(ProgrammeValues { joint, joint_by_fund: funds(&|fund| Some(fund.joint))?, agreements, note })
    }

    fn saving(&self, within: i128, after: i128) -> Result<Saving, Error> {
        let with_run_off = (self.inner.run_off_months > 0).then(|| self.money(within + after)).transpose()?;
        Ok(Saving { within: self.money(within)?, with_run_off })
    }

    fn steps(&self, steps: &[(ProgrammeStep, i128, i128)]) -> Result<ProgrammeSteps, Error> {
        let none = self.saving(0, 0)?;
        let ids = self.inner.agreements.iter().map(|agreement| agreement.id.clone());
        let mut agreements: IndexMap<Id, AgreementSteps> =
            ids.map(|id| (id, AgreementSteps { one_more_place: None, month_later: none })).collect();
        let (mut processing, mut queue) = (none, IndexMap::new());
        for &(change, within, after) in steps {
            let saving = self.saving(within, after)?;
            match change {
                ProgrammeStep::MorePlaces { agreement, month, places } => {
                    let month = self.inner.first_month().plus(month);
                    if let Some((_, row)) = agreements.get_index_mut(agreement) {
                        row.one_more_place = Some(StepOfPlaces { month, places, saving });
                    }
                }
                ProgrammeStep::MonthLater(agreement) => {
                    if let Some((_, row)) = agreements.get_index_mut(agreement) {
                        row.month_later = saving;
                    }
                }
                ProgrammeStep::Processing => processing = saving,
                ProgrammeStep::Order(order) => {
                    queue.insert(order.name().to_owned(), saving);
                }
            }
        }
        Ok(ProgrammeSteps { agreements, processing, queue })
    }

    fn months(&self, planned: &Tables, counts: &Counts) -> Result<Vec<MonthRow>, Error> {
        let months = usize::try_from(self.inner.months()).unwrap_or(0);
        let mut cumulative = 0;
        let row = |place: usize| {
            let total = planned.by_month.get(place).copied().flatten().unwrap_or(0);
            cumulative += total;
            let kinds = |by_kind: &[Vec<u32>; 2]| Kinds { permanent: by_kind[0][place], temporary: by_kind[1][place] };
            Ok(MonthRow {
                month: self.inner.first_month().plus(i32::try_from(place).unwrap_or(0)),
                arrived: counts.arrivals[place],
                given: counts.given[place],
                moved: counts.moves[place],
                ended: counts.ended[place],
                waiting: counts.waiting[place],
                processing: counts.processing[place],
                cases: kinds(&counts.cases),
                persons: kinds(&counts.persons),
                total: self.money(total)?,
                cumulative: self.money(cumulative)?,
            })
        };
        (0..months).map(row).collect()
    }

    fn months_and_funds(&self, planned: &Tables) -> Result<Vec<MonthAndFundRow>, Error> {
        let mut sums = planned.by_month_fund_and_kind.iter();
        let mut rows = Vec::new();
        for month in 0..self.inner.months() {
            for fund in &self.funds {
                for kind in &self.kinds {
                    if let Some(Some(minor)) = sums.next() {
                        let (fund, kind, amount) = (fund.clone(), kind.clone(), self.money(*minor)?);
                        rows.push(MonthAndFundRow { month: self.inner.first_month().plus(month), fund, kind, amount });
                    }
                }
            }
        }
        Ok(rows)
    }

    fn cases(&self, runs: &Runs<'_>, cases: &[CaseCosts]) -> Result<Vec<CaseRow>, Error> {
        let inner = self.inner;
        let mut rows = Vec::new();
        for (place, case) in
            inner.cases.iter().enumerate().filter(|(_, case)| !matches!(case.course, CaseCourse::Queues { .. }))
        {
            for copy in 0..case.copies {
                rows.push(self.case(place, copy, &cases[place], None)?);
            }
        }
        let mut copies = vec![0; inner.cases.len()];
        for (case, course) in runs.of_case.iter().zip(&runs.planned) {
            rows.push(self.case(*case, copies[*case], &cases[*case], Some(*course))?);
            copies[*case] += 1;
        }
        rows.sort_by_key(|row| row.number);
        Ok(rows)
    }

    fn case(&self, place: usize, copy: u32, costs: &CaseCosts, course: Option<Course>) -> Result<CaseRow, Error> {
        let (inner, case) = (self.inner, &self.inner.cases[place]);
        let route = course.map_or(0, |course| costs.route(inner, course));
        let settled = match course {
            Some(_) => costs.outcomes.get(&(inner.settled, settles(costs.arrives))).copied().unwrap_or(0),
            None => 0,
        };
        let month = |month: i32| inner.first_month().plus(month);
        let total = |route: usize| costs.routes[route].sums.as_ref().map(|sums| sums[0]).map_err(Clone::clone);
        let stages = &costs.asked[route].stages;
        let until = stages.last().map_or(Some(costs.arrives), |stage| stage.until);
        let reached = |moves: i32| until.is_none_or(|until| moves < until).then(|| month(moves));
        let given = course.and_then(Course::given);
        let (status, moves) = match (&case.course, course) {
            (CaseCourse::Placed { moves, .. }, _) => ("placed", reached(moves.months_since(inner.first_month()))),
            (CaseCourse::Pathway { .. }, _) => ("pathway", None),
            (_, Some(Course::Given(given))) => ("given", reached(given.moves)),
            (_, Some(Course::Left(_))) => ("left", None),
            _ => ("waiting", None),
        };
        let by_stage = &costs.routes[route].by_stage;
        let mut rows = Vec::with_capacity(stages.len());
        for (place, stage) in stages.iter().enumerate() {
            rows.push(CaseStageRow {
                solution: self.solutions[stage.solution].clone(),
                place: stage.place.map(|place| self.places[place].clone()),
                from: month(stage.from),
                until: stage.until.map(month),
                total: self.money(by_stage.get(place).copied().unwrap_or(0))?,
            });
        }
        let (planned, all_settled) = (total(route)?, total(settled)?);
        Ok(CaseRow {
            number: case.number + copy,
            reference: case.household.reference.clone(),
            arrives: case.arrives,
            persons: case.persons(case.arrives),
            status,
            given: given.map(|given| month(given.month)),
            agreement: given.map(|given| inner.agreements[given.agreement].id.clone()),
            places: given.map_or(0, |given| given.places),
            moves,
            ends: stages.last().and_then(|stage| stage.until).map(month),
            stages: rows,
            total: self.money(planned)?,
            settled_total: self.money(all_settled)?,
            extra: self.money(planned - all_settled)?,
        })
    }
}

/// The sums of years.
fn over(years: &[Year], sums: impl Fn(&Year) -> &[Option<i128>]) -> Vec<Option<i128>> {
    let mut all = vec![None; years.first().map_or(0, |year| sums(year).len())];
    for year in years {
        for (sum, minor) in all.iter_mut().zip(sums(year)) {
            if let Some(minor) = minor {
                feed(sum, *minor);
            }
        }
    }
    all
}

/// The accounts of agreements' places.
fn accounts(inner: &Inner, runs: &Runs<'_>) -> IndexMap<Id, AgreementAccount> {
    let years = inner.fiscal_years as usize;
    let mut accounts: Vec<Vec<AgreementYear>> = vec![vec![AgreementYear::default(); years]; inner.agreements.len()];
    let year = |month: i32| usize::try_from(month / 12).unwrap_or(0);
    for &(agreement, month, event) in &runs.events {
        let row = &mut accounts[agreement][year(month)];
        match event {
            PlaceEvent::Granted(places) => row.granted += u64::from(places),
            PlaceEvent::Lapsed(places) => row.lapsed += u64::from(places),
        }
    }
    for given in runs.planned.iter().filter_map(|course| course.given()) {
        let row = &mut accounts[given.agreement][year(given.month)];
        row.used += u64::from(given.places);
        row.cases += 1;
        row.persons += u64::from(given.persons);
    }
    let account = |(place, rows): (usize, Vec<AgreementYear>)| {
        let agreement = &inner.agreements[place];
        let in_hand = u64::from(agreement.in_hand);
        let (mut total, mut left) = (AgreementYear { in_hand, ..AgreementYear::default() }, in_hand);
        let mut by_fiscal_year = BTreeMap::new();
        for (offset, mut row) in rows.into_iter().enumerate() {
            row.in_hand = left;
            left = (left + row.granted).saturating_sub(row.used + row.lapsed);
            row.left = left;
            total.granted += row.granted;
            total.used += row.used;
            total.lapsed += row.lapsed;
            total.cases += row.cases;
            total.persons += row.persons;
            by_fiscal_year.insert(inner.year(offset), row);
        }
        total.left = u64::from(runs.left.get(place).copied().unwrap_or(0));
        (agreement.id.clone(), AgreementAccount { total, by_fiscal_year })
    };
    accounts.into_iter().enumerate().map(account).collect()
}
