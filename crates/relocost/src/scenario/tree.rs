//! A scenario as the tree from which it is written: the keys of a file that stands by itself.

use indexmap::IndexMap;
use num_traits::One;

use super::Inner;
use super::distribution::Distribution;
use super::driver::{DriverCount, DriverName, DriverQuantity, OwnDriver};
use super::expectation::{Bound, Expectation};
use super::household::{AgeRange, Household, Member};
use super::line::{Charge, Line, Percentage, Price, Priced, Refund, Relief, Schedule, Valid};
use super::pathway::{Declared, Funding, Pathway, Shares, Solution};
use super::rates::{Profile, RateTable, Rates};
use super::read::Variant;

use crate::error::{Code, Error, Finding};
use crate::message;
use crate::syntax::Node;
use crate::types::{Amount, Id, Label, ParameterValue};
use crate::watch::Pulse;

/// The factor on a line's price or on a currency's rates. No file can hold it, but two scenarios that differ in it are
/// not the same.
const FACTOR: &str = "factor";
/// The factor on the months of a profile's knots; no file can hold it either.
const STRETCH: &str = "stretch";

/// The tree of a file.
///
/// # Errors
/// Factors are set that no file can say.
pub(super) fn of_file(scenario: &Inner) -> Result<Node, Error> {
    let lines = scenario.lines.values().filter(|line| !line.factor.is_one()).map(|line| format!("lines.{}", line.id));
    let factors = scenario.rates.fx_factors.iter().filter(|(_, factor)| !factor.is_one());
    let rates = factors.map(|(currency, _)| format!("rates.fx.{currency}"));
    let profiles = scenario.profiles.iter().filter(|(_, profile)| profile.stretch != Amount::ONE);
    let profiles = profiles.map(|(name, _)| format!("profiles.{name}"));
    let message = message!(
        "was scaled by a factor, which no file can say; write or change the scenario as it was before",
        "a été multiplié par un facteur, ce qu'aucun fichier ne peut dire ; écrire ou changer le scénario tel qu'il était avant"
    );
    let finding = |key| Finding { code: Code::Conflict, place: None, key, message: message.clone() };
    let categories = scenario.category_factors.iter().filter(|(_, factor)| !factor.is_one());
    let categories = categories.map(|(id, _)| format!("categories.{id}"));
    let levels = scenario.rates.level_factors.values().any(|factor| !factor.is_one());
    let levels = levels.then(|| "rates.level".to_owned());
    let findings: Vec<Finding> =
        lines.chain(categories).chain(rates).chain(levels).chain(profiles).map(finding).collect();
    if findings.is_empty() { Ok(of(scenario)) } else { Err(Error::new(findings, 0)) }
}

/// All that a scenario says, factors too.
pub(super) fn of(scenario: &Inner) -> Node {
    with_lines(scenario, list(scenario.lines.values(), |each| line(each, scenario.price_base_year)))
}

/// The same as a part of a computation, which can be cancelled.
pub(super) fn under(scenario: &Inner, pulse: &Pulse<'_>) -> Result<Node, Error> {
    let mut lines = Vec::with_capacity(scenario.lines.len());
    for each in scenario.lines.values() {
        pulse.beat()?;
        lines.push(line(each, scenario.price_base_year));
    }
    Ok(with_lines(scenario, lines.into()))
}

fn with_lines(scenario: &Inner, lines: Node) -> Node {
    let mut root = table([("schema", 1.into())]);
    root.set_some("title", scenario.title.as_ref());
    root.set("currency", scenario.currency);
    root.set("start", scenario.start);
    root.set("horizon_months", scenario.horizon_months);
    root.set("fiscal_year_start", scenario.fiscal_year_start);
    root.set_some("price_base_year", scenario.price_base_year);
    root.set("household", household(&scenario.household));
    for (key, declared) in [
        ("entitlements", &scenario.entitlements),
        ("places", &scenario.places),
        ("categories", &scenario.categories),
        ("funds", &scenario.funds),
    ] {
        root.set(
            key,
            list(declared, |Declared { id, label }| table([("id", id.into()), ("label", self::label(label))])),
        );
    }
    let factors = scenario.category_factors.iter().filter(|(_, factor)| !factor.is_one());
    let mut scaled = Node::table();
    for (category, factor) in factors {
        scaled.set(category.as_str(), factor.to_string());
    }
    root.set_some("category_factors", (!scaled.entries().is_empty()).then_some(scaled));
    root.set("drivers", map(&scenario.drivers, driver));
    root.set("profiles", map(&scenario.profiles, profile));
    root.set("rates", rates(&scenario.rates));
    root.set("solutions", map(&scenario.solutions, solution));
    root.set("pathways", map(&scenario.pathways, pathway));
    root.set("lines", lines);
    root.set(
        "uncertain",
        list(&scenario.uncertain, |uncertain| {
            table([
                ("parameter", uncertain.parameter.to_string().into()),
                ("distribution", distribution(&uncertain.distribution)),
            ])
        }),
    );
    root.set(
        "correlations",
        list(&scenario.correlations, |correlation| {
            let names = correlation.between.iter().filter_map(|&index| scenario.uncertain.get(index));
            let between: Vec<Node> = names.map(|uncertain| uncertain.parameter.to_string().into()).collect();
            table([("between", between.into()), ("spearman", correlation.spearman.into())])
        }),
    );
    root.set("expect", list(&scenario.expectations, expectation));
    root.set("variants", map(&scenario.variants, variant));
    root
}

fn table<const N: usize>(entries: [(&str, Node); N]) -> Node {
    let mut node = Node::table();
    for (key, value) in entries {
        node.set(key, value);
    }
    node
}

fn list<T>(values: impl IntoIterator<Item = T>, write: impl Fn(T) -> Node) -> Node {
    values.into_iter().map(write).collect::<Vec<_>>().into()
}

fn map<T>(values: &IndexMap<Id, T>, write: impl Fn(&T) -> Node) -> Node {
    let mut node = Node::table();
    for (id, value) in values {
        node.set(id.as_str(), write(value));
    }
    node
}

fn ids(ids: &[Id]) -> Node {
    list(ids, Node::from)
}

fn label(label: &Label) -> Node {
    if label.en == label.fr {
        (&label.en).into()
    } else {
        table([("en", (&label.en).into()), ("fr", (&label.fr).into())])
    }
}

fn household(household: &Household) -> Node {
    let mut node = Node::table();
    node.set_some("reference", household.reference.as_deref());
    node.set("members", list(&household.members, member));
    let range = |AgeRange { from, to }: AgeRange| table([("from", from.into()), ("to", to.into())]);
    node.set("school_age", range(household.school_age));
    node.set("working_age", range(household.working_age));
    node
}

fn member(member: &Member) -> Node {
    let mut node = table([("born", member.born.into())]);
    node.set_some("role", member.role.map(crate::names::Role::name));
    node.set_some("joins", member.joins);
    node.set_some("leaves", member.leaves);
    node
}

fn profile(profile: &Profile) -> Node {
    let knot = |&(month, share): &(u32, _)| Node::from(vec![Node::from(month), Node::from(share)]);
    let mut node = table([("knots", list(&profile.knots, knot))]);
    node.set_some("source", profile.source.as_ref());
    node.set_some(STRETCH, (profile.stretch != Amount::ONE).then_some(profile.stretch));
    node
}

fn rates(rates: &Rates) -> Node {
    let mut node = Node::table();
    node.set_some("discount", rates.discount);
    node.set(
        "index",
        map(&rates.index, |index| {
            let mut table = rate_table(&index.increases);
            table.set_some("month", (index.month != 1).then_some(index.month));
            table
        }),
    );
    let mut fx = Node::table();
    for (currency, table) in &rates.fx {
        let months = &table.months;
        let mut table = rate_table(&table.by_year);
        for (month, rate) in months {
            table.set(&month.to_string(), *rate);
        }
        let factor = rates.fx_factors.get(currency).filter(|factor| !factor.is_one());
        table.set_some(FACTOR, factor.map(ToString::to_string));
        fx.set(currency.code(), table);
    }
    node.set("fx", fx);
    let mut levels = map(&rates.level, |levels| {
        let mut table = map(&levels.by_category, |&level| level.into());
        table.set_some("source", levels.source.as_ref());
        table
    });
    for (place, factor) in rates.level_factors.iter().filter(|(_, factor)| !factor.is_one()) {
        let mut table = levels.get(place.as_str()).cloned().unwrap_or_else(Node::table);
        table.set(FACTOR, factor.to_string());
        levels.set(place.as_str(), table);
    }
    node.set_some("level", (!levels.entries().is_empty()).then_some(levels));
    node
}

pub(super) fn driver(driver: &OwnDriver) -> Node {
    let mut node = Node::table();
    match &driver.count {
        DriverCount::Of(driver) => node.set("of", driver.name()),
        DriverCount::Members { roles, age } => {
            let mut members = Node::table();
            let names: Vec<Node> = roles.iter().map(|role| role.name().into()).collect();
            members.set_some("roles", (!names.is_empty()).then_some(names));
            let to = (age.to != u32::MAX).then_some(age.to);
            if age.from > 0 || to.is_some() {
                let mut range = table([("from", age.from.into())]);
                range.set_some("to", to);
                members.set("age", range);
            }
            node.set("members", members);
        }
    }
    match &driver.quantity {
        DriverQuantity::Count => {}
        DriverQuantity::Per(per) => node.set("per", *per),
        DriverQuantity::Steps(steps) => {
            let step = |&(number, quantity): &(u32, Amount)| Node::from(vec![Node::from(number), quantity.into()]);
            node.set("steps", list(steps, step));
        }
    }
    node
}

fn rate_table<T: Copy + Into<Node>>(rates: &RateTable<T>) -> Node {
    let mut node = Node::table();
    node.set_some("source", rates.source.as_ref());
    node.set_some("default", rates.default);
    for (year, rate) in &rates.years {
        node.set(&format!("{year:04}"), *rate);
    }
    node
}

fn solution(solution: &Solution) -> Node {
    let mut node = table([
        ("label", label(&solution.label)),
        ("kind", solution.kind.name().into()),
        ("entitlements", ids(&solution.entitlements)),
    ]);
    let Funding { shares, by_category } = &solution.funding;
    if shares.is_some() || !by_category.is_empty() {
        let mut funding = shares.as_ref().map_or_else(Node::table, self::shares);
        if !by_category.is_empty() {
            funding.set("by_category", map(by_category, self::shares));
        }
        node.set("funding", funding);
    }
    node.set_some("place", solution.place.as_ref());
    node.set_some("source", solution.source.as_ref());
    node
}

fn shares(shares: &Shares) -> Node {
    map(shares, |&share| share.into())
}

fn pathway(pathway: &Pathway) -> Node {
    let stages = list(&pathway.stages, |stage| {
        let mut node = table([("solution", (&stage.solution).into())]);
        node.set_some("place", stage.place.as_ref());
        node.set_some("months", stage.months);
        node
    });
    table([("stages", stages)])
}

fn line(line: &Line, price_base_year: Option<i32>) -> Node {
    let mut node = table([("id", (&line.id).into())]);
    node.set_some("category", line.category.as_ref());
    node.set("label", label(&line.label));
    node.set_some(FACTOR, (!line.factor.is_one()).then(|| line.factor.to_string()));
    match &line.charge {
        Charge::Priced(charge) => priced(&mut node, charge, price_base_year),
        Charge::Percentage(Percentage { share, lines, categories, except }) => {
            let mut percentage = table([("share", (*share).into())]);
            for (key, names) in [("lines", lines), ("categories", categories), ("except", except)] {
                percentage.set_some(key, (!names.is_empty()).then(|| ids(names)));
            }
            node.set("percentage", percentage);
        }
        Charge::Refund(Refund { of, share }) => {
            node.set("refund", table([("of", of.into()), ("share", (*share).into())]));
        }
    }
    if !matches!(line.charge, Charge::Refund(_)) {
        node.set("when", ids(&line.when));
        node.set("unless", ids(&line.unless));
    }
    for (key, names) in [("solutions", &line.solutions), ("places", &line.places)] {
        node.set_some(key, (!names.is_empty()).then(|| ids(names)));
    }
    if line.valid != Valid::default() {
        let mut valid = Node::table();
        valid.set_some("from", line.valid.from);
        valid.set_some("until", line.valid.until);
        node.set("valid", valid);
    }
    node.set("source", &line.source);
    node
}

fn priced(node: &mut Node, priced: &Priced, price_base_year: Option<i32>) {
    node.set("driver", priced.driver.as_str());
    node.set("schedule", schedule(&priced.schedule));
    match &priced.price {
        Price::Amount(amount) => node.set("amount", *amount),
        Price::Dated(tariffs) => {
            let mut amounts = Node::table();
            for (month, amount) in tariffs {
                amounts.set(&month.to_string(), *amount);
            }
            node.set("amounts", amounts);
        }
        Price::Event { per_year, severity } => {
            node.set("event", table([("per_year", (*per_year).into()), ("severity", distribution(severity))]));
        }
    }
    node.set("currency", priced.currency);
    node.set_some("index", priced.index.as_ref());
    node.set_some("relief", priced.relief.as_ref().map(relief));
    node.set("clock", priced.clock.name());
    node.set_some("price_base_year", priced.price_base_year.filter(|&year| Some(year) != price_base_year));
}

fn relief(relief: &Relief) -> Node {
    let mut node = table([("profile", (&relief.profile).into()), ("requires", ids(&relief.requires))]);
    node.set_some("needs", relief.needs.as_ref().map(DriverName::as_str));
    node
}

pub(super) fn schedule(schedule: &Schedule) -> Node {
    let mut inner = Node::table();
    match schedule {
        Schedule::OnExit | Schedule::OnEnd | Schedule::OnJoin | Schedule::OnLeave => {
            return schedule.name().name().into();
        }
        Schedule::Once { at } => inner.set("at", *at),
        Schedule::Monthly { from, until } => {
            inner.set("from", *from);
            inner.set_some("until", *until);
        }
        Schedule::Every { months, from, until } => {
            inner.set("months", *months);
            inner.set("from", *from);
            inner.set_some("until", *until);
        }
        Schedule::Dates { months } => inner.set("months", months.clone()),
        Schedule::Calendar { months, from, until } => {
            inner.set("months", months.clone());
            inner.set("from", *from);
            inner.set_some("until", *until);
        }
    }
    table([(schedule.name().name(), inner)])
}

pub(crate) fn distribution(distribution: &Distribution) -> Node {
    let parameters = match distribution {
        Distribution::Uniform { low, high } => table([("low", (*low).into()), ("high", (*high).into())]),
        Distribution::Triangular { low, mode, high } => {
            table([("low", (*low).into()), ("mode", (*mode).into()), ("high", (*high).into())])
        }
        Distribution::Pert { low, mode, high, shape } => table([
            ("low", (*low).into()),
            ("mode", (*mode).into()),
            ("high", (*high).into()),
            ("shape", (*shape).into()),
        ]),
        Distribution::Normal { mean, sd } | Distribution::Lognormal { mean, sd } | Distribution::Gamma { mean, sd } => {
            table([("mean", (*mean).into()), ("sd", (*sd).into())])
        }
        Distribution::LognormalQuantiles { p5, p95 } => table([("p5", (*p5).into()), ("p95", (*p95).into())]),
        Distribution::Beta { alpha, beta, low, high } => table([
            ("alpha", (*alpha).into()),
            ("beta", (*beta).into()),
            ("low", (*low).into()),
            ("high", (*high).into()),
        ]),
        Distribution::Discrete { values, weights } => {
            table([("values", values.clone().into()), ("weights", weights.clone().into())])
        }
        Distribution::Empirical { values } => table([("values", values.clone().into())]),
    };
    table([(distribution.name().name(), parameters)])
}

fn expectation(expectation: &Expectation) -> Node {
    let mut node = table([("figure", expectation.figure.to_string().into())]);
    match &expectation.bound {
        Bound::Equals(value) => node.set("equals", *value),
        Bound::Is(text) => node.set("equals", text),
        Bound::Within(low, high) => node.set("within", vec![*low, *high]),
        Bound::AtMost(value) => node.set("at_most", *value),
        Bound::AtLeast(value) => node.set("at_least", *value),
    }
    node.set_some("why", expectation.why.as_ref());
    node
}

fn variant(variant: &Variant) -> Node {
    let mut node = Node::table();
    for (parameter, value) in &variant.parameters {
        match value {
            ParameterValue::Number(number) => node.set(&parameter.to_string(), *number),
            ParameterValue::Month(month) => node.set(&parameter.to_string(), *month),
        }
    }
    if !(variant.add.is_empty() && variant.leave_out.is_empty()) {
        let places: Vec<Node> =
            variant.leave_out.iter().filter_map(|&place| u32::try_from(place).ok()).map(Node::from).collect();
        node.set("household", table([("add", list(&variant.add, member)), ("leave_out", places.into())]));
    }
    node
}
