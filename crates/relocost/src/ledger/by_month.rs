//! Sums by month of amounts that stay the same for months in a row.

/// Sums by month, kept as the change from one month to the next: an amount that is charged for many months is added
/// twice. Amounts stay below 2^96: it takes 2^31 of them in one month, all of one sign, to overflow.
#[derive(Clone, Debug)]
pub(crate) struct ByMonth {
    changes: Vec<Change>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Change {
    minor: i128,
    /// How many amounts more than in the month before.
    count: i64,
}

impl ByMonth {
    pub(crate) fn new(horizon: usize) -> Self {
        Self { changes: vec![Change::default(); horizon + 1] }
    }

    /// Adds an amount in each of the months `first..end`.
    pub(crate) fn add(&mut self, first: usize, end: usize, minor: i128) {
        let begin = &mut self.changes[first];
        begin.minor += minor;
        begin.count += 1;
        let end = &mut self.changes[end];
        end.minor -= minor;
        end.count -= 1;
    }

    /// Adds the amounts of other sums over the same months.
    pub(crate) fn merge(&mut self, other: &Self) {
        for (change, other) in self.changes.iter_mut().zip(&other.changes) {
            change.minor += other.minor;
            change.count += other.count;
        }
    }

    /// The sum of each month, `None` where no amount feeds it.
    pub(crate) fn sums(&self) -> impl Iterator<Item = Option<i128>> {
        let mut now = Change::default();
        self.changes.iter().take(self.changes.len() - 1).map(move |change| {
            now.minor += change.minor;
            now.count += change.count;
            (now.count > 0).then_some(now.minor)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_are_those_month_by_month() {
        let mut sums = ByMonth::new(5);
        sums.add(0, 2, 7);
        let mut others = ByMonth::new(5);
        others.add(1, 4, -7);
        sums.merge(&others);
        assert_eq!(sums.sums().collect::<Vec<_>>(), [Some(7), Some(0), Some(-7), Some(-7), None]);
    }
}
