//! Lines as they are charged: a line with a price or a refund once, a percentage once for each of the lines that it is of.
//!
//! A percentage is a share of single charges, and of those of other percentages before it. So what is charged by a
//! percentage is named by the line with the price and by every percentage on the way from it, in order.

use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

use indexmap::IndexMap;
use num_rational::BigRational;

use super::Setting;
use super::line::{Charge, Line, Percentage};
use crate::approx::Factor;
use crate::error::{Code, Error};
use crate::exact::from_decimal;
use crate::limits;
use crate::message;
use crate::types::{Amount, Id};
use crate::watch::Pulse;

/// A line as it is charged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Item {
    /// The place of the line in the scenario.
    pub(crate) line: usize,
    /// The place of the line with the price, or of the refund, of which this is.
    pub(crate) base: usize,
    /// The places of the percentages from there to the line, itself included; empty unless the line is a percentage.
    pub(crate) over: Vec<usize>,
    /// The category in which it is counted.
    pub(crate) category: Id,
}

/// The factors that are found from one beat of the pulse to the next.
const BEAT: usize = 1_000;

/// The items of a setting with their factors.
pub(crate) struct ChargedItems {
    pub(crate) items: Vec<Item>,
    /// The item of each line that is no percentage.
    pub(crate) of_line: Vec<usize>,
    /// By item, the factor of its percentages and refunds on the price, without its sign; none of a price alone.
    pub(crate) multipliers: Vec<Option<Factor>>,
}

/// The items of a setting once a question has needed them. A changed setting finds its own.
#[derive(Default)]
pub(crate) struct KnownItems(OnceLock<ChargedItems>);

impl Clone for KnownItems {
    fn clone(&self) -> Self {
        Self::default()
    }
}

impl Setting {
    /// The lines as they are charged, found once for all questions and for all households.
    ///
    /// # Errors
    /// There are too many, which only a step between two scenarios can have; the watch cancels it.
    pub(crate) fn charged(&self, pulse: &Pulse<'_>) -> Result<&ChargedItems, Error> {
        if let Some(charged) = self.items.0.get() {
            return Ok(charged);
        }
        let percentages = self.lines.values().any(|line| matches!(line.charge, Charge::Percentage(_)));
        if percentages && count(self.lines.values()) > limits::CHARGED_LINES {
            let most = limits::CHARGED_LINES;
            let message = message!("more than {most} lines are charged", "plus de {most} postes sont imputés");
            return Err(Error::single(Code::TooMany, "lines", message));
        }
        let charged = ChargedItems::new(self, pulse)?;
        Ok(self.items.0.get_or_init(|| charged))
    }
}

impl ChargedItems {
    fn new(setting: &Setting, pulse: &Pulse<'_>) -> Result<Self, Error> {
        let items = items(&setting.lines);
        let mut of_line = vec![0; setting.lines.len()];
        for (place, item) in items.iter().enumerate().filter(|(_, item)| item.over.is_empty()) {
            of_line[item.line] = place;
        }
        let is_refund = |item: &Item| {
            let base = setting.lines.get_index(item.base);
            base.is_some_and(|(_, line)| matches!(line.charge, Charge::Refund(_)))
        };
        let factor = |item: &Item| Factor::of(shares(setting, item).into_iter().product());
        let mut multipliers = Vec::with_capacity(items.len());
        for some in items.chunks(BEAT) {
            let multiplier = |item: &Item| (!item.over.is_empty() || is_refund(item)).then(|| factor(item));
            multipliers.extend(some.iter().map(multiplier));
            if some.len() == BEAT {
                pulse.beat()?;
            }
        }
        Ok(Self { items, of_line, multipliers })
    }
}

/// The factor of each step from the price on: the share of a refund, if the item is of one, then those of the
/// percentages, with the factors that a question sets. A factor on a category scales a charge once.
pub(crate) fn shares(scenario: &Setting, item: &Item) -> Vec<BigRational> {
    let line_at = |place: &usize| scenario.lines.get_index(*place).map(|(_, line)| line);
    let Some(base) = line_at(&item.base) else { return Vec::new() };
    let refund = match &base.charge {
        Charge::Refund(refund) => scenario.lines.get(&refund.of),
        _ => None,
    };
    let mut scaled: Vec<&Id> = refund.unwrap_or(base).category.iter().collect();
    let steps = refund.map(|_| base).into_iter().chain(item.over.iter().filter_map(line_at));
    let share = |line: &Line| match &line.charge {
        Charge::Percentage(percentage) => percentage.share,
        Charge::Refund(refund) => refund.share,
        Charge::Priced(_) => Amount::ONE,
    };
    let mut shares = Vec::with_capacity(item.over.len() + 1);
    for line in steps {
        let mut product = from_decimal(share(line).to_decimal()) * &line.factor;
        if let Some(category) = line.category.as_ref().filter(|category| !scaled.contains(category)) {
            if let Some(factor) = scenario.category_factors.get(category) {
                product *= factor;
            }
            scaled.push(category);
        }
        shares.push(product);
    }
    shares
}

/// Every item, in the order of the lines; those of a percentage in the order of the lines that it is of.
fn items(lines: &IndexMap<Id, Line>) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::with_capacity(lines.len());
    // Lines that a percentage is of may stand after it, and these are no percentages.
    let priced = |(line, each): (usize, &Line)| {
        let category = each.category.clone()?;
        let is_charged = match &each.charge {
            Charge::Priced(_) => true,
            // A refund of what is not there (yet, in a diff) is of nothing.
            Charge::Refund(refund) => lines.get(&refund.of).is_some_and(|of| of.priced().is_some()),
            Charge::Percentage(_) => false,
        };
        is_charged.then(|| Item { line, base: line, over: Vec::new(), category })
    };
    let bases = lines.values().enumerate().map(priced);
    if !lines.values().any(|line| matches!(line.charge, Charge::Percentage(_))) {
        items.extend(bases.flatten());
        return items;
    }
    let bases: Vec<Option<Item>> = bases.collect();
    let mut first = vec![0; lines.len()];
    for (line, (_, each)) in lines.iter().enumerate() {
        first[line] = items.len();
        let Charge::Percentage(percentage) = &each.charge else {
            items.extend(bases[line].clone());
            continue;
        };
        let takes = Takes::new(percentage);
        let mut own = Vec::new();
        for (other, id) in lines.keys().enumerate().filter(|&(other, _)| other != line) {
            let of = match &bases[other] {
                Some(base) => std::slice::from_ref(base),
                None if other < line => items.get(first[other]..first[other + 1]).unwrap_or_default(),
                None => &[],
            };
            for item in of.iter().filter(|item| takes.charge(id, &item.category)) {
                let over = item.over.iter().copied().chain([line]).collect();
                let category = each.category.as_ref().unwrap_or(&item.category).clone();
                own.push(Item { line, base: item.base, over, category });
            }
        }
        items.append(&mut own);
    }
    items
}

/// The number of items, without making them.
pub(crate) fn count<'l>(lines: impl Iterator<Item = &'l Line> + Clone) -> usize {
    if !lines.clone().any(|line| matches!(line.charge, Charge::Percentage(_))) {
        return lines.filter(|line| line.category.is_some()).count();
    }
    let mut all = 0_usize;
    // By line, how many in each category.
    let mut counts: Vec<(&Id, HashMap<&Id, usize>)> = lines
        .clone()
        .map(|line| {
            let own = match (&line.charge, &line.category) {
                (Charge::Percentage(_), _) | (_, None) => HashMap::new(),
                (_, Some(category)) => HashMap::from([(category, 1)]),
            };
            (&line.id, own)
        })
        .collect();
    for (place, line) in lines.enumerate() {
        if let Charge::Percentage(percentage) = &line.charge {
            let takes = Takes::new(percentage);
            let mut own: HashMap<&Id, usize> = HashMap::new();
            // Percentages after it count nothing yet.
            for (id, counts) in &counts {
                for (category, count) in counts.iter().filter(|(category, _)| takes.charge(id, category)) {
                    let sum = own.entry(line.category.as_ref().unwrap_or(category)).or_default();
                    *sum = sum.saturating_add(*count);
                }
            }
            counts[place].1 = own;
        }
        all = counts[place].1.values().fold(all, |sum, count| sum.saturating_add(*count));
    }
    all
}

/// The charges that a percentage takes.
struct Takes<'l> {
    all: bool,
    lines: HashSet<&'l Id>,
    categories: HashSet<&'l Id>,
    except: HashSet<&'l Id>,
}

impl<'l> Takes<'l> {
    fn new(percentage: &'l Percentage) -> Self {
        let Percentage { lines, categories, except, .. } = percentage;
        Self {
            all: lines.is_empty() && categories.is_empty(),
            lines: lines.iter().collect(),
            categories: categories.iter().collect(),
            except: except.iter().collect(),
        }
    }

    fn charge(&self, line: &Id, category: &Id) -> bool {
        !self.except.contains(line) && (self.all || self.lines.contains(line) || self.categories.contains(category))
    }
}

#[cfg(test)]
mod tests {
    use crate::Scenario;
    use crate::watch::Pulse;

    #[test]
    fn a_changed_setting_finds_its_own_items() {
        let text = "schema = 1\ncatalogue = \"reference\"\nstart = \"2026-03\"\nhorizon_months = 24\nhousehold = { members = [] }";
        let scenario = Scenario::parse(text).unwrap();
        let mut inner = scenario.inner().clone();
        // In a setting of its own, and then in place.
        for left in [5, 3] {
            assert!(inner.charged(&Pulse::unheard()).unwrap().items.len() > left);
            inner.setting_mut().lines.truncate(left);
            let charged = inner.charged(&Pulse::unheard()).unwrap();
            assert_eq!((charged.items.len(), charged.multipliers.len(), charged.of_line.len()), (left, left, left));
        }
        assert!(scenario.inner().charged(&Pulse::unheard()).unwrap().items.len() > 5);
    }
}
