//! A pathway's weights: what a draw of the parameters multiplies, by calendar and fiscal year, category and fund.

use super::cells::Cell;
use super::relief::ReliefClock;

/// Over what an output is summed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum By {
    Total,
    /// A fiscal year, by its place from the start's.
    Year(usize),
    /// A category, by its place among those of the model.
    Category(usize),
    /// A fund, by its place among those of the model.
    Fund(usize),
}

/// Lines of a category that the same parameters scale.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Group {
    /// The place of the category among those of the model.
    pub(super) category: usize,
    /// The place of the product of parameters that scales it; 0 for none.
    pub(super) product: usize,
    /// The index that it follows, where that is uncertain.
    pub(super) growth: Option<usize>,
    /// Who pays, by place among the model's.
    pub(super) funding: usize,
}

/// The weights of a group.
#[derive(Debug)]
pub(super) struct Dense {
    pub(super) group: usize,
    /// The fiscal year in which it is booked, where that is not the charge's.
    pub(super) booked: Option<usize>,
    /// Where no index is uncertain, by fiscal year; otherwise by cell. Without those that are 0.
    pub(super) weights: Vec<(usize, f64)>,
    /// Their sum.
    pub(super) sum: f64,
}

/// The payment of a pathway for an event of a line, by itself or through a percentage.
#[derive(Debug)]
pub(super) struct Paid {
    /// For one event by month, before what is uncertain, and the group; 0 where the line is not charged.
    pub(super) prices: Vec<(f64, usize)>,
    /// The profile of uncertain stretch on which it is relieved.
    pub(super) stretch: Option<usize>,
    /// Months of relief by month, where its stretch is uncertain.
    pub(super) relief: Vec<Option<u32>>,
}

/// A pathway's weights, at certain months of its stages.
#[derive(Debug, Default)]
pub(super) struct WeightTable {
    /// The part that no parameter touches, by fiscal year.
    pub(super) years: Vec<f64>,
    /// The same by category.
    pub(super) categories: Vec<f64>,
    /// The same by fund.
    pub(super) funds: Vec<f64>,
    pub(super) dense: Vec<Dense>,
    pub(super) clocks: Vec<ReliefClock>,
    /// By event line, then by what an event brings.
    pub(super) events: Vec<Vec<Paid>>,
}

impl WeightTable {
    /// The fiscal years, categories and funds that something feeds.
    pub(super) fn feeds(&self, groups: &[Group], fundings: &[Vec<(usize, f64)>], cells: &[Cell]) -> Vec<By> {
        let mut fed = Vec::new();
        let mut feed = |by: By| {
            if !fed.contains(&by) {
                fed.push(by);
            }
        };
        let filled = |list: &[f64]| (0..list.len()).filter(|place| list[*place] != 0.0).collect::<Vec<_>>();
        let certain = filled(&self.years).into_iter().map(By::Year);
        let certain = certain.chain(filled(&self.categories).into_iter().map(By::Category));
        for by in certain.chain(filled(&self.funds).into_iter().map(By::Fund)) {
            feed(by);
        }
        let mut feed_group = |group: usize, years: &mut dyn Iterator<Item = usize>| {
            feed(By::Category(groups[group].category));
            for (fund, _) in &fundings[groups[group].funding] {
                feed(By::Fund(*fund));
            }
            for year in years {
                feed(By::Year(year));
            }
        };
        for dense in &self.dense {
            let by_cell = groups[dense.group].growth.is_some();
            let year = |place: usize| if by_cell { dense.booked.unwrap_or(cells[place].fiscal) } else { place };
            feed_group(dense.group, &mut dense.weights.iter().map(|(place, _)| year(*place)));
        }
        for (group, booked, charged) in self.clocks.iter().flat_map(|clock| clock.charged(cells)) {
            feed_group(group, &mut charged.iter().map(|cell| booked.unwrap_or(cell.fiscal)));
        }
        for paid in self.events.iter().flatten() {
            for cell in cells {
                for month in cell.months[0] as usize..cell.months[1] as usize {
                    let (price, group) = paid.prices[month];
                    if price != 0.0 {
                        feed_group(group, &mut std::iter::once(cell.fiscal));
                    }
                }
            }
        }
        fed
    }

    /// The approximate count of numbers that it holds.
    pub(super) fn size(&self) -> usize {
        let clocks = self.clocks.iter().map(ReliefClock::size);
        let dense = self.dense.iter().map(|dense| 2 * dense.weights.len() + 8);
        let events = self.events.iter().flatten().map(|paid| 2 * paid.prices.len() + paid.relief.len());
        self.years.len() + self.categories.len() + clocks.chain(dense).chain(events).sum::<usize>() + 32
    }
}
