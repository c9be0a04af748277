//! The horizon in pieces: months that share a calendar year and the index years, whose prices they have, and a fiscal
//! year, in which they are budgeted.

use crate::scenario::Scenario;

/// Months that share a calendar year, the year of every index, and a fiscal year.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Cell {
    /// The calendar year, from that of the start.
    pub(super) calendar: usize,
    /// The fiscal year, from that of the start.
    pub(super) fiscal: usize,
    /// The first month, and the one after the last.
    pub(super) months: [u32; 2],
}

/// The cells of a number of months from the start, and the cell of each month.
pub(super) fn cells(scenario: &Scenario, horizon: u32) -> (Vec<Cell>, Vec<usize>) {
    let first = scenario.start().fiscal_year(scenario.fiscal_year_start());
    let (mut cells, mut cell_of) = (Vec::<Cell>::new(), Vec::new());
    let turns: Vec<u32> = scenario.rates().index.values().map(|index| index.month).filter(|&month| month > 1).collect();
    for month in 0..horizon {
        let at = scenario.start().plus(i32::try_from(month).unwrap_or(0));
        let since = |year: i32, from: i32| usize::try_from(year - from).unwrap_or(0);
        let (calendar, fiscal) =
            (since(at.year(), scenario.start().year()), since(at.fiscal_year(scenario.fiscal_year_start()), first));
        match cells.last_mut() {
            Some(cell) if (cell.calendar, cell.fiscal) == (calendar, fiscal) && !turns.contains(&at.month()) => {
                cell.months[1] = month + 1;
            }
            _ => cells.push(Cell { calendar, fiscal, months: [month, month + 1] }),
        }
        cell_of.push(cells.len() - 1);
    }
    (cells, cell_of)
}
