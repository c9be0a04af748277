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

/// The payments of a pathway for one event of a line, by the month in which it happens.
#[derive(Debug)]
pub(super) struct EventPrices {
    /// Where those of each month begin, and where the last end.
    starts: Vec<u32>,
    each: Vec<EventPrice>,
}

/// A payment for one event, by itself or through a percentage.
#[derive(Debug)]
pub(super) struct EventPrice {
    /// Before what is uncertain.
    pub(super) price: f64,
    /// The product of parameters that scales it.
    pub(super) product: usize,
    /// The column of its growth among those of all, where an index or a rate of exchange is uncertain.
    pub(super) growth: Option<usize>,
    /// The uncertain stretch of its relief, and the months of relief.
    pub(super) relief: Option<(usize, u32)>,
    pub(super) fiscal: usize,
    pub(super) category: usize,
    pub(super) funding: usize,
}

impl EventPrices {
    /// The payments of each month in turn.
    pub(super) fn new<P: Iterator<Item = EventPrice>>(months: impl Iterator<Item = P>) -> Self {
        let (mut starts, mut each) = (vec![0], Vec::new());
        for payments in months {
            each.extend(payments);
            starts.push(u32::try_from(each.len()).unwrap_or(u32::MAX));
        }
        Self { starts, each }
    }

    /// The payments for an event in a month.
    #[inline]
    pub(super) fn at(&self, month: u32) -> &[EventPrice] {
        match self.starts.get(month as usize..) {
            Some([first, end, ..]) => self.each.get(*first as usize..*end as usize).unwrap_or_default(),
            _ => &[],
        }
    }
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
    /// By event line.
    pub(super) events: Vec<EventPrices>,
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
        for paid in self.events.iter().flat_map(|line| &line.each) {
            feed(By::Category(paid.category));
            for (fund, _) in &fundings[paid.funding] {
                feed(By::Fund(*fund));
            }
            feed(By::Year(paid.fiscal));
        }
        fed
    }

    /// The approximate count of numbers that it holds.
    pub(super) fn size(&self) -> usize {
        let clocks = self.clocks.iter().map(ReliefClock::size);
        let dense = self.dense.iter().map(|dense| 2 * dense.weights.len() + 8);
        let events = self.events.iter().map(|line| line.starts.len() / 2 + 9 * line.each.len());
        self.years.len() + self.categories.len() + clocks.chain(dense).chain(events).sum::<usize>() + 32
    }
}
