//! Lines as they are charged: a line with a price or a refund once, a percentage once for each of the lines that it is of.
//!
//! A percentage is a share of single charges, and of those of other percentages before it. So what is charged by a
//! percentage is named by the line with the price and by every percentage on the way from it, in order.

use std::collections::{HashMap, HashSet};

use indexmap::IndexMap;
use num_rational::BigRational;

use super::Setting;
use super::charging::Charging;
use super::line::{Charge, Line, Percentage};
use super::unit_price::UnitPrice;
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

/// The items that are found from one beat of the pulse to the next.
const BEAT: usize = 1_000;

/// The beats of finding so many items.
pub(super) fn beats(items: usize) -> usize {
    items / BEAT
}

/// The items of a setting, and how they are charged.
pub(crate) struct ChargedItems {
    pub(crate) items: Vec<Charging>,
    /// The item of each line that is no percentage.
    pub(crate) of_line: Vec<usize>,
    /// Price levels other than 1, from number 1 on.
    pub(crate) levels: Vec<Factor>,
    /// By line, the price of a tenth of a unit of one whose amounts are not dated.
    pub(crate) unit_prices: Vec<Option<UnitPrice>>,
    /// By line, true if the amount is only an illustration.
    pub(crate) illustrative: Vec<bool>,
}

impl ChargedItems {
    /// # Errors
    /// There are too many, which only a step between two scenarios can have; the watch cancels it.
    pub(super) fn new(setting: &Setting, pulse: &Pulse<'_>) -> Result<Self, Error> {
        let percentages = setting.lines.values().any(|line| matches!(line.charge, Charge::Percentage(_)));
        if percentages && count(setting.lines.values()) > limits::CHARGED_LINES {
            let most = limits::CHARGED_LINES;
            let message = message!("more than {most} lines are charged", "plus de {most} postes sont imputés");
            return Err(Error::single(Code::TooMany, "lines", message));
        }
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
        let (mut charged, mut levels) = (Vec::with_capacity(items.len()), Vec::new());
        for (place, item) in items.into_iter().enumerate() {
            let multiplier = (!item.over.is_empty() || is_refund(&item)).then(|| factor(&item));
            let charging = Charging::new(setting, (item, multiplier), &of_line, &mut levels);
            charged.push(charging.ok_or_else(no_price)?); // `items` names only what has one
            if place % BEAT == BEAT - 1 {
                pulse.beat()?;
            }
        }
        let unit_prices = setting.lines.values().map(|line| UnitPrice::undated(setting, line)).collect();
        let illustrative = setting.lines.values().map(Line::is_illustrative).collect();
        Ok(Self { items: charged, of_line, levels, unit_prices, illustrative })
    }
}

fn no_price() -> Error {
    Error::single(
        Code::MissingKey,
        "lines",
        message!("a line that is charged has no price", "un poste imputé n'a pas de prix"),
    )
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
