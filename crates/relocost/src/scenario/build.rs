//! Scenarios built in code, for unit tests and tools.
//!
//! A builder writes the same tree that a file is read into, and the same validator checks it: what a file cannot say,
//! code cannot say either, and errors name the same keys. Numbers are texts or whole numbers; there is no way to pass
//! a binary floating-point one.
//!
//! ```
//! use relocost::scenario::build::{line, member, scenario, solution, stage};
//! use relocost::names::{Driver, SolutionKind};
//! use relocost::scenario::Schedule;
//!
//! let s = scenario("EUR", "2026-01", 12)
//!     .price_base_year(2026)
//!     .categories(["housing"])
//!     .funds(["regular_budget"])
//!     .entitlements(["long_term_housing"])
//!     .member(member().age(34))
//!     .solution("permanent", solution(SolutionKind::Permanent).entitlements(["long_term_housing"]))
//!     .solution("temporary", solution(SolutionKind::Temporary))
//!     .pathway("delayed", [stage("temporary").months(6), stage("permanent")])
//!     .line(line("rent", "housing").driver(Driver::Household).amount("900", "EUR").when(["long_term_housing"]))
//!     .line(line("short-let", "housing").driver(Driver::Household).amount("1250", "EUR").unless(["long_term_housing"]))
//!     .line(line("boxes", "housing").schedule(&Schedule::OnExit).amount(300, "EUR"))
//!     .build()?;
//!
//! assert_eq!(s.ledger("delayed")?.total().to_string(), "13200.00"); // 6 x 1250 + 300 + 6 x 900
//! # Ok::<(), relocost::Error>(())
//! ```

use super::catalogue::Catalogue;
use super::distribution::Distribution;
use super::driver::DriverName;
use super::line::Schedule;
use super::{Scenario, read, tree};
use crate::error::Error;
use crate::names::{Clock, Driver, Role, SolutionKind};
use crate::reading::Reader;
use crate::syntax::{Node, Value};
use crate::types::{Amount, Currency, Id, Increase, Month, Parameter, Share};

/// A decimal, a text or a whole number of a builder; what it must be, the validator says.
#[derive(Clone)]
pub struct Given(Node);

impl std::fmt::Debug for Given {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Given(not shown)")
    }
}

macro_rules! given {
    ($($type:ty),*) => {$(
        impl From<$type> for Given {
            fn from(value: $type) -> Self {
                Self(value.into())
            }
        }
    )*};
}

impl From<Driver> for Given {
    fn from(driver: Driver) -> Self {
        driver.name().into()
    }
}

impl From<DriverName> for Given {
    fn from(driver: DriverName) -> Self {
        driver.as_str().into()
    }
}

given!(&str, String, i32, u32, i64, Amount, Share, Increase, Month, Currency, &Id);

fn texts<T: Into<Given>>(values: impl IntoIterator<Item = T>) -> Node {
    values.into_iter().map(|value| value.into().0).collect::<Vec<_>>().into()
}

macro_rules! setters {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        pub fn $name(mut self, value: impl Into<Given>) -> Self {
            self.0.set(stringify!($name), value.into().0);
            self
        }
    )*};
}

/// Begins a scenario: its currency, its first month and its horizon in months.
pub fn scenario(currency: impl Into<Given>, start: impl Into<Given>, horizon_months: u32) -> ScenarioBuilder {
    let mut root = Node::table();
    root.set("schema", 1);
    root.set("currency", currency.into().0);
    root.set("start", start.into().0);
    root.set("horizon_months", horizon_months);
    if let Some(household) = root.child("household") {
        household.set("members", Vec::<Node>::new());
    }
    ScenarioBuilder { root, catalogues: Vec::new() }
}

/// A scenario on its way.
#[derive(Clone)]
#[must_use = "a builder does nothing until `build` is called"]
pub struct ScenarioBuilder {
    root: Node,
    catalogues: Vec<Catalogue>,
}

impl std::fmt::Debug for ScenarioBuilder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ScenarioBuilder(not shown)")
    }
}

impl ScenarioBuilder {
    /// Lays the scenario over a catalogue, which itself lies over those given before.
    pub fn catalogue(mut self, catalogue: Catalogue) -> Self {
        self.catalogues.push(catalogue);
        self
    }

    fn with(mut self, key: &str, value: impl Into<Node>) -> Self {
        self.root.set(key, value);
        self
    }

    fn within(mut self, path: &[&str], key: &str, value: impl Into<Node>) -> Self {
        let mut node = Some(&mut self.root);
        for key in path {
            node = node.and_then(|node| node.child(key));
        }
        if let Some(node) = node {
            node.set(key, value);
        }
        self
    }

    /// The title, which no error and no log shows.
    pub fn title(self, title: &str) -> Self {
        self.with("title", title)
    }

    /// The pseudonym of the household, which no error and no log shows.
    pub fn reference(self, reference: &str) -> Self {
        self.within(&["household"], "reference", reference)
    }

    /// The calendar year of whose prices the amounts of this scenario's lines are.
    pub fn price_base_year(self, year: i32) -> Self {
        self.with("price_base_year", year)
    }

    /// The calendar month, 1 to 12, in which a fiscal year begins.
    pub fn fiscal_year_start(self, month: u32) -> Self {
        self.with("fiscal_year_start", month)
    }

    /// Declares categories.
    pub fn categories<T: Into<Given>>(self, ids: impl IntoIterator<Item = T>) -> Self {
        self.with("categories", texts(ids))
    }

    /// Declares funds; the first pays where a solution gives no shares.
    pub fn funds<T: Into<Given>>(self, ids: impl IntoIterator<Item = T>) -> Self {
        self.with("funds", texts(ids))
    }

    /// Declares places.
    pub fn places<T: Into<Given>>(self, ids: impl IntoIterator<Item = T>) -> Self {
        self.with("places", texts(ids))
    }

    /// Declares a driver of the scenario's own.
    pub fn driver(self, name: &str, driver: DriverBuilder) -> Self {
        self.within(&["drivers"], name, driver.0)
    }

    /// Declares entitlements.
    pub fn entitlements<T: Into<Given>>(self, ids: impl IntoIterator<Item = T>) -> Self {
        self.with("entitlements", texts(ids))
    }

    /// Adds a member of the household.
    pub fn member(mut self, member: MemberBuilder) -> Self {
        if let Some(household) = self.root.child("household") {
            household.push("members", member.0);
        }
        self
    }

    /// The month at which ages given are those, instead of the first.
    pub fn ages_at(self, month: impl Into<Given>) -> Self {
        self.within(&["household"], "ages_at", month.into().0)
    }

    /// Who counts for the driver `school_age`, both ends included.
    pub fn school_age(self, from: u32, to: u32) -> Self {
        self.within(&["household", "school_age"], "from", from).within(&["household", "school_age"], "to", to)
    }

    /// Who counts for the driver `working_age`, both ends included.
    pub fn working_age(self, from: u32, to: u32) -> Self {
        self.within(&["household", "working_age"], "from", from).within(&["household", "working_age"], "to", to)
    }

    /// Adds or replaces a solution.
    pub fn solution(self, name: &str, solution: SolutionBuilder) -> Self {
        self.within(&["solutions"], name, solution.0)
    }

    /// Adds or replaces a pathway.
    pub fn pathway(self, name: &str, stages: impl IntoIterator<Item = StageBuilder>) -> Self {
        let stages: Vec<Node> = stages.into_iter().map(|stage| stage.0).collect();
        self.within(&["pathways", name], "stages", stages)
    }

    /// Adds a line, or replaces the catalogue's of the same id.
    pub fn line(mut self, line: LineBuilder) -> Self {
        self.root.push("lines", line.0);
        self
    }

    /// Drops a line of the catalogue.
    pub fn drop_line(mut self, id: &str) -> Self {
        let mut node = Node::table();
        node.set("id", id);
        node.set("drop", Value::Bool(true));
        self.root.push("lines", node);
        self
    }

    /// Adds or replaces a profile by its knots, months and shares.
    pub fn profile<T: Into<Given>>(self, name: &str, knots: impl IntoIterator<Item = (u32, T)>) -> Self {
        let knots: Vec<Node> =
            knots.into_iter().map(|(month, share)| vec![month.into(), share.into().0].into()).collect();
        self.within(&["profiles", name], "knots", knots)
    }

    /// The annual increase of an index in years that have none of their own.
    pub fn index(self, name: &str, default: impl Into<Given>) -> Self {
        self.within(&["rates", "index", name], "default", default.into().0)
    }

    /// The annual increase of an index in a calendar year.
    pub fn index_in(self, name: &str, year: i32, increase: impl Into<Given>) -> Self {
        self.within(&["rates", "index", name], &year.to_string(), increase.into().0)
    }

    /// The calendar month, 1 to 12, in which the increases of an index come.
    pub fn index_month(self, name: &str, month: u32) -> Self {
        self.within(&["rates", "index", name], "month", month)
    }

    /// The price level of a category at a place, as a share of the prices for which the amounts stand.
    pub fn level(self, place: &str, category: &str, level: impl Into<Given>) -> Self {
        self.within(&["rates", "level", place], category, level.into().0)
    }

    /// Units of the scenario's currency for one unit of another, in years that have no rate of their own.
    pub fn fx(self, currency: &str, default: impl Into<Given>) -> Self {
        self.within(&["rates", "fx", currency], "default", default.into().0)
    }

    /// Units of the scenario's currency for one unit of another in a calendar year.
    pub fn fx_in(self, currency: &str, year: i32, rate: impl Into<Given>) -> Self {
        self.within(&["rates", "fx", currency], &year.to_string(), rate.into().0)
    }

    /// Units of the scenario's currency for one unit of another in a single month.
    pub fn fx_in_month(self, currency: &str, month: Month, rate: impl Into<Given>) -> Self {
        self.within(&["rates", "fx", currency], &month.to_string(), rate.into().0)
    }

    /// The discount rate.
    pub fn discount(self, rate: impl Into<Given>) -> Self {
        self.within(&["rates"], "discount", rate.into().0)
    }

    /// Declares a parameter uncertain.
    pub fn uncertain(mut self, parameter: &Parameter, distribution: &Distribution) -> Self {
        let mut node = Node::table();
        node.set("parameter", parameter.to_string());
        node.set("distribution", tree::distribution(distribution));
        self.root.push("uncertain", node);
        self
    }

    /// Correlates two uncertain parameters by their rank correlation (Spearman), from -1 to 1.
    pub fn correlation(mut self, one: &Parameter, other: &Parameter, spearman: impl Into<Given>) -> Self {
        let mut node = Node::table();
        node.set("between", vec![Node::from(one.to_string()), other.to_string().into()]);
        node.set("spearman", spearman.into().0);
        self.root.push("correlations", node);
        self
    }

    /// Adds or replaces a variant.
    pub fn variant(self, name: &str, variant: VariantBuilder) -> Self {
        self.within(&["variants"], name, variant.0)
    }

    /// Adds an expectation.
    pub fn expect(mut self, expectation: ExpectationBuilder) -> Self {
        self.root.push("expect", expectation.0);
        self
    }

    /// Checks everything and gives the scenario.
    ///
    /// # Errors
    /// Everything that is wrong, with the path of its key.
    pub fn build(self) -> Result<Scenario, Error> {
        let positions = self.catalogues.iter().map(|catalogue| catalogue.positions().clone()).collect();
        let reader = Reader::new(None, positions, false);
        let base = match &self.catalogues[..] {
            [] => read::Base::Nothing,
            catalogues => read::Base::Catalogues(catalogues),
        };
        read::scenario(reader, &self.root, base)
    }
}

/// Begins an expectation of a figure, by the path of a comparison's JSON; say what it should be.
///
/// ```
/// use relocost::scenario::build::{expectation, member, scenario};
/// use relocost::Catalogue;
///
/// let s = scenario("EUR", "2026-03", 12)
///     .catalogue(Catalogue::reference())
///     .member(member().age(40))
///     .expect(expectation("comparison.premium").within("0.5", "0.7").why("the band reported in 2015"))
///     .expect(expectation("comparison.extra").at_least(0))
///     .build()?;
/// assert_eq!(s.run_expectations()?.len(), 2);
/// # Ok::<(), relocost::Error>(())
/// ```
pub fn expectation(figure: &str) -> ExpectationBuilder {
    let mut node = Node::table();
    node.set("figure", figure);
    ExpectationBuilder(node)
}

/// An expectation on its way. It takes one of `equals`, `within`, `at_most` and `at_least`.
#[derive(Clone)]
#[must_use]
pub struct ExpectationBuilder(Node);

impl ExpectationBuilder {
    setters! {
        /// The number or the text that it is.
        equals;
        /// The largest number that it may be.
        at_most;
        /// The smallest number that it may be.
        at_least;
        /// The reason.
        why;
    }

    /// The smallest and the largest number that it may be.
    pub fn within(mut self, low: impl Into<Given>, high: impl Into<Given>) -> Self {
        self.0.set("within", vec![low.into().0, high.into().0]);
        self
    }
}

impl std::fmt::Debug for ExpectationBuilder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ExpectationBuilder(not shown)")
    }
}

/// Begins a variant, which differs from the scenario in what is set.
///
/// ```
/// use relocost::scenario::build::{member, scenario, variant};
/// use relocost::{Catalogue, CompareOptions};
///
/// let s = scenario("EUR", "2026-03", 12)
///     .catalogue(Catalogue::reference())
///     .member(member().age(40))
///     .variant("dear", variant().set(&"lines.rent.amount".parse()?, "1400"))
///     .variant("with-a-child", variant().member(member().age(6)))
///     .build()?;
/// let variants = s.compare_variants(&CompareOptions::default())?;
/// assert!(variants.variants.keys().all(|name| s.variants().contains_key(name)));
/// # Ok::<(), relocost::Error>(())
/// ```
pub fn variant() -> VariantBuilder {
    VariantBuilder(Node::table())
}

/// A variant on its way.
#[derive(Clone)]
#[must_use]
pub struct VariantBuilder(Node);

impl VariantBuilder {
    /// Sets a parameter.
    pub fn set(mut self, parameter: &Parameter, value: impl Into<Given>) -> Self {
        self.0.set(&parameter.to_string(), value.into().0);
        self
    }

    /// Adds a member to the household.
    pub fn member(mut self, member: MemberBuilder) -> Self {
        if let Some(household) = self.0.child("household") {
            household.push("add", member.0);
        }
        self
    }

    /// Leaves a member out, by its place in the household, from 0.
    pub fn leave_out(mut self, place: u32) -> Self {
        if let Some(household) = self.0.child("household") {
            household.push("leave_out", place);
        }
        self
    }
}

impl std::fmt::Debug for VariantBuilder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("VariantBuilder(not shown)")
    }
}

/// Begins a member of a household: say when it was born, or its age at the start.
pub fn member() -> MemberBuilder {
    MemberBuilder(Node::table())
}

/// A member on its way.
#[derive(Clone)]
#[must_use]
pub struct MemberBuilder(Node);

impl MemberBuilder {
    setters! {
        /// The month of birth.
        born;
        /// The first month in which the member counts.
        joins;
        /// The first month in which the member no longer counts.
        leaves;
    }

    /// Age in completed years at the scenario's start, or at its `ages_at`.
    pub fn age(mut self, years: u32) -> Self {
        self.0.set("age", years);
        self
    }

    /// The role of the member in the household.
    pub fn role(mut self, role: Role) -> Self {
        self.0.set("role", role.name());
        self
    }
}

impl std::fmt::Debug for MemberBuilder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("MemberBuilder(not shown)")
    }
}

/// Begins a driver that counts the members who count; [`DriverBuilder::roles`] and [`DriverBuilder::age`] narrow it.
pub fn members() -> DriverBuilder {
    let mut node = Node::table();
    node.set("members", Node::table());
    DriverBuilder(node)
}

/// Begins a driver that counts as one of the model does, other than the equivalence scale.
///
/// ```
/// use relocost::scenario::build::{line, member, of, scenario, solution};
/// use relocost::names::{Driver, SolutionKind};
///
/// let s = scenario("EUR", "2026-01", 1)
///     .price_base_year(2026)
///     .categories(["housing"])
///     .funds(["regular_budget"])
///     .driver("flat", of(Driver::Person).steps([(1, "1"), (3, "1.35")]))
///     .member(member().age(34))
///     .member(member().age(31))
///     .member(member().age(6))
///     .solution("permanent", solution(SolutionKind::Permanent))
///     .line(line("rent", "housing").driver("flat").amount("900", "EUR"))
///     .build()?;
/// assert_eq!(s.ledger("permanent")?.total().to_string(), "1215.00"); // 1.35 x 900
/// # Ok::<(), relocost::Error>(())
/// ```
pub fn of(driver: impl Into<Given>) -> DriverBuilder {
    let mut node = Node::table();
    node.set("of", driver.into().0);
    DriverBuilder(node)
}

/// A driver of a scenario's own on its way.
#[derive(Clone)]
#[must_use]
pub struct DriverBuilder(Node);

impl std::fmt::Debug for DriverBuilder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("DriverBuilder(not shown)")
    }
}

impl DriverBuilder {
    fn who(mut self, key: &str, value: impl Into<Node>) -> Self {
        if let Some(members) = self.0.child("members") {
            members.set(key, value);
        }
        self
    }

    /// The roles, of which a member has one to be counted.
    pub fn roles(self, roles: impl IntoIterator<Item = Role>) -> Self {
        self.who("roles", texts(roles.into_iter().map(Role::name)))
    }

    /// Ages in completed years at which a member is counted, both ends included.
    pub fn age(self, from: u32, to: u32) -> Self {
        let mut age = Node::table();
        age.set("from", from);
        age.set("to", to);
        self.who("age", age)
    }

    /// Divides the count by a number, and rounds up: rooms for two.
    pub fn per(mut self, per: u32) -> Self {
        self.0.set("per", per);
        self
    }

    /// Gives the quantity by the largest number that the count reaches; 0 below the first.
    pub fn steps<T: Into<Given>>(mut self, steps: impl IntoIterator<Item = (u32, T)>) -> Self {
        let steps: Vec<Node> =
            steps.into_iter().map(|(number, quantity)| vec![number.into(), quantity.into().0].into()).collect();
        self.0.set("steps", steps);
        self
    }
}

/// Begins a solution that grants nothing yet and is paid by the first fund.
pub fn solution(kind: SolutionKind) -> SolutionBuilder {
    let mut node = Node::table();
    node.set("label", kind.name());
    node.set("kind", kind.name());
    node.set("entitlements", Vec::<Node>::new());
    SolutionBuilder(node)
}

/// A solution on its way.
#[derive(Clone)]
#[must_use]
pub struct SolutionBuilder(Node);

impl std::fmt::Debug for SolutionBuilder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SolutionBuilder(not shown)")
    }
}

impl SolutionBuilder {
    setters! {
        /// The label.
        label;
        /// Where the household lives, unless a stage says otherwise.
        place;
    }

    /// The entitlements that it grants.
    pub fn entitlements<T: Into<Given>>(mut self, ids: impl IntoIterator<Item = T>) -> Self {
        self.0.set("entitlements", texts(ids));
        self
    }

    /// The share of a fund.
    pub fn funded_by(mut self, fund: &str, share: impl Into<Given>) -> Self {
        if let Some(funding) = self.0.child("funding") {
            funding.set(fund, share.into().0);
        }
        self
    }

    /// The share of a fund in a category, whose shares replace all others.
    pub fn funded_in(mut self, category: &str, fund: &str, share: impl Into<Given>) -> Self {
        let table =
            self.0.child("funding").and_then(|node| node.child("by_category")).and_then(|node| node.child(category));
        if let Some(table) = table {
            table.set(fund, share.into().0);
        }
        self
    }
}

/// Begins a stage in a solution, to the horizon unless `months` are given.
pub fn stage(solution: &str) -> StageBuilder {
    let mut node = Node::table();
    node.set("solution", solution);
    StageBuilder(node)
}

/// A stage on its way.
#[derive(Clone)]
#[must_use]
pub struct StageBuilder(Node);

impl std::fmt::Debug for StageBuilder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("StageBuilder(not shown)")
    }
}

impl StageBuilder {
    setters! {
        /// Where the household lives, instead of where the solution says.
        place;
    }

    /// For how many months.
    pub fn months(mut self, months: u32) -> Self {
        self.0.set("months", months);
        self
    }
}

/// Begins a line: its id and its category. It is charged monthly for each person unless something else is said, and
/// its source is `given in code`.
pub fn line(id: &str, category: &str) -> LineBuilder {
    let mut node = Node::table();
    node.set("id", id);
    node.set("category", category);
    node.set("label", id);
    node.set("driver", Driver::Person.name());
    node.set("schedule", tree::schedule(&Schedule::MONTHLY));
    node.set("source", "given in code");
    LineBuilder(node)
}

/// Begins a line that changes keys of the catalogue's line of this id, and keeps those that it does not give.
///
/// ```
/// use relocost::Catalogue;
/// use relocost::scenario::build::{inherit, member, scenario};
///
/// let s = scenario("EUR", "2026-03", 12)
///     .catalogue(Catalogue::reference())
///     .member(member().age(40))
///     .line(inherit("permits").amount("180", "EUR"))
///     .build()?;
/// assert_eq!(s.lines()["permits"].unless[0].as_str(), "residence");
/// # Ok::<(), relocost::Error>(())
/// ```
pub fn inherit(id: &str) -> LineBuilder {
    let mut node = Node::table();
    node.set("id", id);
    node.set("inherit", Value::Bool(true));
    LineBuilder(node)
}

/// Begins a line that is a percentage of all lines, counted in the categories of their charges; the setters of
/// [`PercentageBuilder`] narrow it. The share of 13 per cent is `"0.13"`.
pub fn percentage(id: &str, share: impl Into<Given>) -> PercentageBuilder {
    let mut node = Node::table();
    node.set("id", id);
    node.set("label", id);
    node.set("source", "given in code");
    if let Some(percentage) = node.child("percentage") {
        percentage.set("share", share.into().0);
    }
    PercentageBuilder(node)
}

/// A percentage on its way; [`PercentageBuilder::line`] gives it the conditions of a line.
#[derive(Clone)]
#[must_use]
pub struct PercentageBuilder(Node);

impl std::fmt::Debug for PercentageBuilder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PercentageBuilder(not shown)")
    }
}

impl PercentageBuilder {
    fn list<T: Into<Given>>(mut self, key: &str, ids: impl IntoIterator<Item = T>) -> Self {
        if let Some(percentage) = self.0.child("percentage") {
            percentage.set(key, texts(ids));
        }
        self
    }

    /// Lines that it is of.
    pub fn of_lines<T: Into<Given>>(self, ids: impl IntoIterator<Item = T>) -> Self {
        self.list("lines", ids)
    }

    /// Categories of whose lines it is.
    pub fn of_categories<T: Into<Given>>(self, ids: impl IntoIterator<Item = T>) -> Self {
        self.list("categories", ids)
    }

    /// Lines that it is never of.
    pub fn except<T: Into<Given>>(self, ids: impl IntoIterator<Item = T>) -> Self {
        self.list("except", ids)
    }

    /// The category in which it is counted.
    pub fn category(mut self, category: &str) -> Self {
        self.0.set("category", category);
        self
    }

    /// The line, for conditions, a label and a source.
    pub fn line(self) -> LineBuilder {
        LineBuilder(self.0)
    }
}

/// Begins a line that returns a share of what another line charged, at the end of each run of its clock.
pub fn refund(id: &str, category: &str, of: &str, share: impl Into<Given>) -> LineBuilder {
    let mut node = Node::table();
    node.set("id", id);
    node.set("category", category);
    node.set("label", id);
    node.set("source", "given in code");
    if let Some(refund) = node.child("refund") {
        refund.set("of", of);
        refund.set("share", share.into().0);
    }
    LineBuilder(node)
}

/// A line on its way.
#[derive(Clone)]
#[must_use]
pub struct LineBuilder(Node);

impl std::fmt::Debug for LineBuilder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("LineBuilder(not shown)")
    }
}

impl LineBuilder {
    setters! {
        /// The label.
        label;
        /// The index by which its price grows.
        index;
        /// Where its amount comes from.
        source;
    }

    /// For how many units it is paid: a driver of the model, or one that is declared.
    pub fn driver(mut self, driver: impl Into<Given>) -> Self {
        self.0.set("driver", driver.into().0);
        self
    }

    /// In which months.
    pub fn schedule(mut self, schedule: &Schedule) -> Self {
        self.0.set("schedule", tree::schedule(schedule));
        self
    }

    /// The price of one unit, and its currency.
    pub fn amount(mut self, amount: impl Into<Given>, currency: impl Into<Given>) -> Self {
        self.0.set("amount", amount.into().0);
        self.0.set("currency", currency.into().0);
        self
    }

    /// The price of one unit by the month from which it holds, and its currency.
    pub fn amounts<T: Into<Given>>(
        mut self,
        amounts: impl IntoIterator<Item = (Month, T)>,
        currency: impl Into<Given>,
    ) -> Self {
        if let Some(table) = self.0.child("amounts") {
            for (month, amount) in amounts {
                table.set(&month.to_string(), amount.into().0);
            }
        }
        self.0.set("currency", currency.into().0);
        self
    }

    /// The solutions to which it applies, and no others.
    pub fn solutions<T: Into<Given>>(mut self, ids: impl IntoIterator<Item = T>) -> Self {
        self.0.set("solutions", texts(ids));
        self
    }

    /// The places at which it applies, whose prices its amounts are, and no others.
    pub fn places<T: Into<Given>>(mut self, ids: impl IntoIterator<Item = T>) -> Self {
        self.0.set("places", texts(ids));
        self
    }

    /// The first month in which it may be charged.
    pub fn valid_from(mut self, month: impl Into<Given>) -> Self {
        if let Some(valid) = self.0.child("valid") {
            valid.set("from", month.into().0);
        }
        self
    }

    /// The first month in which it may no longer be charged.
    pub fn valid_until(mut self, month: impl Into<Given>) -> Self {
        if let Some(valid) = self.0.child("valid") {
            valid.set("until", month.into().0);
        }
        self
    }

    /// Something that happens at random instead of a fixed amount.
    pub fn event(mut self, per_year: impl Into<Given>, severity: &Distribution, currency: impl Into<Given>) -> Self {
        let mut event = Node::table();
        event.set("per_year", per_year.into().0);
        event.set("severity", tree::distribution(severity));
        self.0.set("event", event);
        self.0.set("currency", currency.into().0);
        self
    }

    /// Entitlements that a solution must hold.
    pub fn when<T: Into<Given>>(mut self, ids: impl IntoIterator<Item = T>) -> Self {
        self.0.set("when", texts(ids));
        self
    }

    /// Entitlements of which a solution may hold none.
    pub fn unless<T: Into<Given>>(mut self, ids: impl IntoIterator<Item = T>) -> Self {
        self.0.set("unless", texts(ids));
        self
    }

    /// The relief of the line: the share that a profile gives once all of `requires` are held.
    pub fn relief<T: Into<Given>>(mut self, profile: &str, requires: impl IntoIterator<Item = T>) -> Self {
        if let Some(relief) = self.0.child("relief") {
            relief.set("profile", profile);
            relief.set("requires", texts(requires));
        }
        self
    }

    /// The driver, of the model or declared, without units of which nothing is relieved: nobody's earnings.
    pub fn relief_needs(mut self, driver: impl Into<Given>) -> Self {
        if let Some(relief) = self.0.child("relief") {
            relief.set("needs", driver.into().0);
        }
        self
    }

    /// The event from which its months are counted.
    pub fn clock(mut self, clock: Clock) -> Self {
        self.0.set("clock", clock.name());
        self
    }

    /// The calendar year of whose prices its amount is.
    pub fn price_base_year(mut self, year: i32) -> Self {
        self.0.set("price_base_year", year);
        self
    }
}
