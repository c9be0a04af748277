//! The differences between two scenarios: the inputs that changed, and the effect of each change on each total.
//!
//! In: two scenarios in one currency. Out: the changes in a stated order, each applied on top of those before it, with
//! what it adds to the total of every pathway. The effects add up to the difference of the totals, to the cent. That is
//! how a year's update of prices is audited.
//!
//! `budget` has the differences between two budgets, of programmes or of caseloads; `pairs` finds the cases of one in the
//! other, `setting` makes a setting of parts of two, and `changes` lists in what two settings differ.

mod budget;
mod changes;
mod pairs;
mod setting;

use indexmap::{IndexMap, IndexSet};
use serde::{Serialize, Serializer};

pub use self::budget::{BUDGET_ORDER, BudgetCases, BudgetChange, BudgetDiff, BudgetLine, BudgetSide, BudgetSums};
pub(crate) use self::budget::{Cells, Footing, Head, one_currency};
pub(crate) use self::changes::{ages_changes, line_changes, setting_changes};
pub(crate) use self::pairs::{Pair, Pairs, is_same_members};
pub(crate) use self::setting::{Mixing, is_taken};
use crate::about::{About, about_methods};
use crate::error::Error;
use crate::ledger::{self, Engine, Route, money, too_large};
use crate::names::Basis;
use crate::scenario::{Charge, Line, Scenario, Setting, tree_of};
use crate::syntax::{Node, Value};
use crate::types::{Id, Money};
use crate::watch::{Pulse, Watch};

/// The order in which changes are applied, for a reader.
pub const DIFF_ORDER: &str = "time, household, drivers, profiles, indices, exchange rates, price levels, discount, \
                              solutions, categories, lines, pathways, \
                              then what is gone and the order of the lines; entries of a kind in the order of the new scenario";

/// A change of one entry of the inputs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct EntryChange {
    /// The path of the entry, such as `lines.rent` or `rates.index.housing`.
    pub key: String,
    /// The values that changed: the path within, the old value and the new one. Values of a household are not shown.
    pub details: Vec<ValueChange>,
    /// The effect of the change on the total of each pathway; pathways without an effect are left out.
    pub effects: IndexMap<Id, Money>,
}

/// One value that changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ValueChange {
    /// The path of the value within its entry; empty for the entry as a whole.
    pub key: String,
    /// The old value; none where it is new.
    pub old: Option<String>,
    /// The new value; none where it is gone.
    pub new: Option<String>,
}

/// The differences between two scenarios. Its head is that of the newer one.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Diff {
    about: About,
    /// The order in which the changes are applied.
    pub order: &'static str,
    /// Totals of the old scenario's pathways.
    pub old: IndexMap<Id, Money>,
    /// Totals of the new scenario's pathways.
    pub new: IndexMap<Id, Money>,
    /// The changes, in order.
    pub changes: Vec<EntryChange>,
}

about_methods!(Diff);

impl Diff {
    /// The number of the form in which results are written.
    pub const SCHEMA: u32 = 1;
}

impl Serialize for Diff {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;
        let mut out = serializer.serialize_struct("Diff", 5 + About::FIELDS)?;
        out.serialize_field("schema", &Self::SCHEMA)?;
        self.about.write(&mut out)?;
        out.serialize_field("order", self.order)?;
        out.serialize_field("old", &self.old)?;
        out.serialize_field("new", &self.new)?;
        out.serialize_field("changes", &self.changes)?;
        out.end()
    }
}

impl Scenario {
    /// The differences between this scenario and a newer one.
    ///
    /// ```
    /// # let old = relocost::Scenario::parse("schema = 1\ncatalogue = \"reference\"\nstart = \"2026-03\"\nhorizon_months = 60\nhousehold = { members = [{ age = 34 }] }")?;
    /// let new = old.with(&[("lines.rent.amount".parse()?, "1000".parse()?)])?;
    /// let diff = old.diff(&new, relocost::Basis::Nominal)?;
    /// assert_eq!(diff.changes[0].key, "lines.rent");
    /// assert_eq!(diff.changes[0].details[0].new.as_deref(), Some("1000"));
    /// let effect = diff.changes[0].effects["permanent"];
    /// assert_eq!(diff.old["permanent"].checked_add(effect), Some(diff.new["permanent"]));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// The currencies differ, a total cannot be computed on the way (a rate is missing that a charge needs).
    pub fn diff(&self, new: &Self, basis: Basis) -> Result<Diff, Error> {
        self.diff_under(new, basis, None)
    }

    pub(crate) fn diff_under(&self, new: &Self, basis: Basis, watch: Option<&Watch<'_>>) -> Result<Diff, Error> {
        one_currency(self.currency(), new.currency())?;
        let steps = steps(self, new);
        // The totals of both sides are steps too.
        let count = steps.len() + 2;
        let pulse = Pulse::of(watch, Some(count));
        let (old_tree, new_tree) = (tree_of(self, &pulse)?, tree_of(new, &pulse)?);
        let old_totals = totals(self, basis, &pulse)?;
        pulse.step(1)?;
        let new_totals = totals(new, basis, &pulse)?;
        let (mut at, mut before, mut changes) = (self.clone(), old_totals.clone(), Vec::new());
        for (done, Step { key, apply }) in (2..).zip(steps) {
            pulse.step(done)?;
            let path: Vec<&str> = key.split('.').collect();
            let mut details = Vec::new();
            compare(
                entry(&old_tree, &path),
                entry(&new_tree, &path),
                "",
                path.first() == Some(&"household"),
                &mut details,
            );
            if key == LINE_ORDER {
                let [old, new] =
                    [&at, new].map(|scenario| scenario.lines().keys().map(Id::as_str).collect::<Vec<_>>().join(", "));
                details.clear();
                if old != new {
                    details.push(ValueChange { key: String::new(), old: Some(old), new: Some(new) });
                }
            }
            if details.is_empty() {
                continue;
            }
            at = apply(&at, new);
            pulse.beat()?;
            let after = totals(&at, basis, &pulse)?;
            let mut effects = IndexMap::new();
            for name in before.keys().chain(after.keys()).collect::<IndexSet<_>>() {
                let zero = Money::zero(self.currency());
                let [old, new] = [&before, &after].map(|totals| totals.get(name).copied().unwrap_or(zero));
                let effect = new.checked_sub(old).ok_or_else(too_large)?;
                if !effect.is_zero() {
                    effects.insert(name.clone(), effect);
                }
            }
            changes.push(EntryChange { key, details, effects });
            before = after;
        }
        pulse.step(count)?;
        Ok(Diff { about: About::new(new, basis), order: DIFF_ORDER, old: old_totals, new: new_totals, changes })
    }
}

fn totals(scenario: &Scenario, basis: Basis, pulse: &Pulse<'_>) -> Result<IndexMap<Id, Money>, Error> {
    let horizon = scenario.horizon_months();
    let engine = Engine::new(scenario, horizon, pulse)?;
    let route = |name: &Id| pulse.beat().and_then(|()| Route::of(scenario, name.as_str(), horizon));
    let (names, routes): (Vec<Id>, Vec<Route>) =
        scenario.pathway_names().map(route).collect::<Result<Vec<_>, Error>>()?.into_iter().unzip();
    let sums = ledger::totals(&engine, basis, &routes, |_| Ok(()))?;
    names.into_iter().zip(sums).map(|(name, sum)| Ok((name, money(sum, scenario.currency())?))).collect()
}

/// Takes a scenario a step towards another.
type Apply = Box<dyn Fn(&Scenario, &Scenario) -> Scenario>;

/// A step from one scenario towards another.
struct Step {
    key: String,
    apply: Apply,
}

fn step(key: String, apply: impl Fn(&Scenario, &Scenario) -> Scenario + 'static) -> Step {
    Step { key, apply: Box::new(apply) }
}

/// A step that changes the setting.
fn setting(key: String, change: impl Fn(&mut Setting, &Setting) + 'static) -> Step {
    step(key, move |at, new| {
        let mut changed = at.inner().clone();
        change(changed.setting_mut(), &new.inner().setting);
        Scenario::from_inner(changed)
    })
}

/// The key of the order of lines: a percentage is of those percentages that stand before it.
const LINE_ORDER: &str = "lines.order";

/// Every step that there may be, in the order stated.
fn steps(old: &Scenario, new: &Scenario) -> Vec<Step> {
    let mut steps = vec![
        step("start".into(), |at, new| at.with_household(at.household().clone(), new.start())),
        setting("horizon_months".into(), |at, new| at.horizon_months = new.horizon_months),
        setting("fiscal_year_start".into(), |at, new| at.fiscal_year_start = new.fiscal_year_start),
        step("household".into(), |at, new| at.with_household(new.household().clone(), at.start())),
        // Declarations feed nothing by themselves: both sides' stand until the end.
        setting("entitlements".into(), |at, new| union(&mut at.entitlements, &new.entitlements)),
        setting("places".into(), |at, new| union(&mut at.places, &new.places)),
        setting("categories".into(), |at, new| union(&mut at.categories, &new.categories)),
        setting("funds".into(), |at, new| union(&mut at.funds, &new.funds)),
    ];
    macro_rules! entries {
        ($prefix:literal, $($field:ident).+) => {
            for key in new.inner().$($field).+.keys().cloned() {
                let name = key.clone();
                steps.push(setting(format!(concat!($prefix, ".{}"), key), move |at, new| {
                    if let Some(entry) = new.$($field).+.get(&name) {
                        at.$($field).+.insert(name.clone(), entry.clone());
                    }
                }));
            }
        };
    }
    macro_rules! gone {
        ($prefix:literal, $($field:ident).+) => {
            for key in old.inner().$($field).+.keys().filter(|key| !new.inner().$($field).+.contains_key(*key)).cloned() {
                let name = key.clone();
                steps.push(setting(format!(concat!($prefix, ".{}"), key), move |at, _| {
                    at.$($field).+.shift_remove(&name);
                }));
            }
        };
    }
    entries!("drivers", drivers);
    entries!("profiles", profiles);
    entries!("rates.index", rates.index);
    for currency in new.inner().rates.fx.keys().copied() {
        steps.push(setting(format!("rates.fx.{currency}"), move |at, new| {
            if let Some(entry) = new.rates.fx.get(&currency) {
                at.rates.fx.insert(currency, entry.clone());
            }
            match new.rates.fx_factors.get(&currency) {
                Some(factor) => drop(at.rates.fx_factors.insert(currency, factor.clone())),
                None => drop(at.rates.fx_factors.shift_remove(&currency)),
            }
        }));
    }
    entries!("rates.level", rates.level);
    steps.push(setting("rates.level".into(), |at, new| at.rates.level_factors.clone_from(&new.rates.level_factors)));
    steps.push(setting("rates.discount".into(), |at, new| at.rates.discount = new.rates.discount));
    entries!("solutions", solutions);
    steps.push(setting("category_factors".into(), |at, new| at.category_factors.clone_from(&new.category_factors)));
    entries!("lines", lines);
    entries!("pathways", pathways);
    gone!("pathways", pathways);
    gone!("lines", lines);
    gone!("solutions", solutions);
    gone!("rates.fx", rates.fx);
    gone!("rates.index", rates.index);
    gone!("rates.level", rates.level);
    gone!("profiles", profiles);
    gone!("drivers", drivers);
    let is_percentage = |line: &Line| matches!(line.charge, Charge::Percentage(_));
    if new.lines().values().any(is_percentage) {
        steps.push(setting(LINE_ORDER.to_owned(), |at, new| {
            at.lines.sort_by_cached_key(|id, _| new.lines.get_index_of(id));
        }));
    }
    steps
}

fn union(at: &mut Vec<crate::scenario::Declared>, new: &[crate::scenario::Declared]) {
    for declared in new {
        match at.iter_mut().find(|known| known.id == declared.id) {
            Some(known) => *known = declared.clone(),
            None => at.push(declared.clone()),
        }
    }
}

/// The entry of a path in a scenario's tree; lines are found by their ids.
fn entry<'n>(root: &'n Node, path: &[&str]) -> Option<&'n Node> {
    match path {
        ["lines", id] => match &root.get("lines")?.value {
            Value::List(lines) => lines
                .iter()
                .find(|line| matches!(line.get("id").map(|node| &node.value), Some(Value::Text(text)) if text == id)),
            _ => None,
        },
        _ => path.iter().try_fold(root, |node, key| node.get(key)),
    }
}

/// Compares two nodes leaf by leaf; below a household only the fact of a change is kept.
fn compare(old: Option<&Node>, new: Option<&Node>, path: &str, private: bool, details: &mut Vec<ValueChange>) {
    if old == new {
        return;
    }
    let keys = |node: Option<&Node>| match node.map(|node| &node.value) {
        Some(Value::Table(entries)) => Some(entries.iter().map(|entry| entry.key.clone()).collect::<Vec<_>>()),
        _ => None,
    };
    if let (Some(old_keys), Some(new_keys), false) = (keys(old), keys(new), private) {
        for key in old_keys.into_iter().chain(new_keys).collect::<IndexSet<_>>() {
            let inner = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
            compare(old.and_then(|node| node.get(&key)), new.and_then(|node| node.get(&key)), &inner, private, details);
        }
        return;
    }
    let shown = |node: &Node| if private { "(not shown)".to_owned() } else { shown(node) };
    details.push(ValueChange { key: path.to_owned(), old: old.map(shown), new: new.map(shown) });
}

fn shown(node: &Node) -> String {
    match &node.value {
        Value::Text(text) => text.clone(),
        Value::Whole(whole) => whole.to_string(),
        _ => serde_json::to_string(node).unwrap_or_default(),
    }
}
