//! The figures of a programme's futures, in their order: each is a column of draws.

use crate::programme::Inner;
use crate::programme::waiting::WITHIN_MONTHS;

/// The lines of which there are figures, in their order: as signed, as planned, all settled, and the extra cost.
pub(super) const LINES: usize = 4;
/// The place of the extra cost among them.
pub(super) const EXTRA: usize = 3;

/// The places of figures.
#[derive(Clone)]
pub(super) struct Layout {
    pub(super) years: usize,
    pub(super) funds: usize,
    pub(super) agreements: usize,
    /// Fund, year and amount of each ceiling in units of the currency.
    pub(super) ceilings: Vec<(usize, usize, i128)>,
}

impl Layout {
    pub(super) fn new(inner: &Inner) -> Self {
        let funds = inner.setting.funds();
        let years = inner.fiscal_years as usize;
        let mut ceilings = Vec::new();
        for (fund, (_, by_year)) in inner
            .ceilings
            .iter()
            .filter_map(|(id, by_year)| Some((funds.iter().position(|fund| fund.id == *id)?, (id, by_year))))
        {
            let first = inner.year(0);
            let year = |year: i32| usize::try_from(year - first).ok().filter(|year| *year < years);
            ceilings.extend(by_year.iter().filter_map(|(at, minor)| Some((fund, year(*at)?, *minor))));
        }
        Self { years, funds: funds.len(), agreements: inner.agreements.len(), ceilings }
    }

    /// The sums of a line: by year, then by fund.
    pub(super) fn width(&self) -> usize {
        self.years * self.funds
    }

    /// The number of figures of a line: the total, years, funds, and funds by year.
    fn of_line(&self) -> usize {
        self.of_saving() + self.width()
    }

    /// The number of figures of what an agreement is worth: the total, years and funds.
    fn of_saving(&self) -> usize {
        1 + self.years + self.funds
    }

    /// The total of a line; its years, funds, and funds by year follow.
    pub(super) fn line(&self, line: usize) -> usize {
        line * self.of_line()
    }

    /// What all agreements save together; its years and funds follow.
    pub(super) fn joint(&self) -> usize {
        self.line(LINES)
    }

    /// What is lost with an agreement; its years and funds follow.
    pub(super) fn last(&self, agreement: usize) -> usize {
        self.joint() + (1 + agreement) * self.of_saving()
    }

    /// By how much a ceiling is exceeded.
    pub(super) fn excess(&self, ceiling: usize) -> usize {
        self.last(self.agreements) + ceiling
    }

    /// The share of cases that were given a place within some months.
    pub(super) fn within(&self, place: usize) -> usize {
        self.excess(self.ceilings.len()) + place
    }

    /// The number of cases that wait at the end.
    pub(super) fn still_waiting(&self) -> usize {
        self.within(WITHIN_MONTHS.len())
    }

    /// The number of places that lapsed; those of each agreement follow.
    pub(super) fn lapsed(&self) -> usize {
        self.still_waiting() + 1
    }

    /// The number of places that were refused; those of each agreement follow.
    pub(super) fn refused(&self) -> usize {
        self.lapsed() + 1 + self.agreements
    }

    /// The number of figures.
    pub(super) fn len(&self) -> usize {
        self.refused() + 1 + self.agreements
    }

    /// The least step that matters in a figure.
    pub(super) fn least(&self, figure: usize) -> f64 {
        if (self.within(0)..self.still_waiting()).contains(&figure) { 1e-3 } else { 1.0 }
    }
}
