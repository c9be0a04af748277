//! The rows of a ledger: found line by line, put in the order of their months.

use super::exposure::Units;
use crate::error::Error;
use crate::room;
use crate::watch::Pulse;

/// A charge as the engine finds it: indices, not names.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Row {
    /// Months since the start.
    pub(crate) month: u32,
    pub(crate) stage: u32,
    /// The line as it is charged, by its place in the engine.
    pub(crate) item: u32,
    /// Units of the driver, as a number.
    pub(crate) units: Units,
    /// Months on the clock of the relief; `None` where nothing is relieved.
    pub(crate) relief_months: Option<u32>,
    /// Minor units of the scenario's currency.
    pub(crate) minor: i128,
}

/// Charges of one amount in each of the months `first..end`.
#[derive(Clone, Copy, Debug)]
pub(super) struct MonthsCharged {
    pub(super) first: u32,
    pub(super) end: u32,
    pub(super) stage: u32,
    pub(super) item: u32,
    pub(super) units: Units,
    /// Where the clock of the relief started, if it relieves anything in these months.
    pub(super) relief_start: Option<u32>,
    pub(super) minor: i128,
}

impl MonthsCharged {
    fn row(&self, month: u32) -> Row {
        let relief_months = self.relief_start.map(|start| month - start);
        Row { month, stage: self.stage, item: self.item, units: self.units, relief_months, minor: self.minor }
    }
}

/// Charges in the order in which they are found.
pub(super) struct Charges {
    pieces: Vec<Vec<MonthsCharged>>,
    /// The charges of each month, kept as the change from one month to the next.
    changes: Vec<isize>,
}

/// Entries of a piece: millions at once would keep the watch waiting.
const PIECE: usize = 1 << 14;

impl Charges {
    pub(super) fn new(horizon: usize) -> Self {
        Self { pieces: vec![Vec::with_capacity(128)], changes: vec![0; horizon + 1] }
    }

    /// Adds charges; those of one item come one after another, by month.
    pub(super) fn add(&mut self, charged: MonthsCharged) {
        self.changes[charged.first as usize] += 1;
        self.changes[charged.end as usize] -= 1;
        match self.pieces.last_mut() {
            Some(piece) if piece.len() < PIECE => piece.push(charged),
            _ => {
                let mut piece = Vec::with_capacity(PIECE);
                piece.push(charged);
                self.pieces.push(piece);
            }
        }
    }

    /// The rows in order of their months, those of a month in the order of their items, and their sum. Their places are
    /// counted: no row needs comparing.
    ///
    /// # Errors
    /// There is no memory for them, or the watch cancels it.
    pub(super) fn by_month(self, pulse: &Pulse<'_>) -> Result<(Vec<Row>, i128), Error> {
        // By month, the place of its next row.
        let (mut places, mut charges, mut count) = (Vec::with_capacity(self.changes.len()), 0, 0);
        for change in self.changes {
            charges += change;
            places.push(count);
            count += charges.unsigned_abs(); // never below 0
        }
        let mut rows = room::list(count)?;
        while rows.len() < count {
            pulse.beat()?;
            rows.resize(count.min(rows.len() + PIECE), Row::default());
        }
        let (mut total, mut since_beat) = (0, 0);
        for charged in self.pieces.into_iter().flatten() {
            since_beat += charged.end - charged.first;
            if since_beat as usize > PIECE {
                pulse.beat()?;
                since_beat = 0;
            }
            for month in charged.first..charged.end {
                let place = &mut places[month as usize];
                rows[*place] = charged.row(month);
                *place += 1;
                total += charged.minor;
            }
        }
        Ok((rows, total))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_of_a_month_stand_in_the_order_in_which_they_were_found() {
        let charged = |item, first, end, relief_start, minor| {
            let (first, end): (u32, u32) = (first, end);
            MonthsCharged { first, end, stage: 0, item, units: 10, relief_start, minor }
        };
        let mut charges = Charges::new(4);
        for it in [charged(0, 1, 3, Some(1), 5), charged(0, 3, 4, None, 6), charged(1, 0, 4, None, -7)] {
            charges.add(it);
        }
        let (rows, total) = charges.by_month(&Pulse::unheard()).unwrap();
        let found: Vec<_> = rows.iter().map(|row| (row.month, row.item, row.relief_months, row.minor)).collect();
        let expected = [
            (0, 1, None, -7),
            (1, 0, Some(0), 5),
            (1, 1, None, -7),
            (2, 0, Some(1), 5),
            (2, 1, None, -7),
            (3, 0, None, 6),
            (3, 1, None, -7),
        ];
        assert_eq!(found, expected);
        assert_eq!(total, 5 + 5 + 6 - 4 * 7);
    }
}
