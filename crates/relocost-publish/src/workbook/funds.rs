//! What each fund pays of an amount, as formulas: by largest remainder, as the library divides it.
//!
//! Beside each amount stand two cells for each fund: its share of the amount in minor units, and what it pays. It pays the
//! whole minor units of that share; those that are left over go to the largest remainders, of equal ones to the fund that is
//! written first.

use std::fmt::Write;

use relocost::{Decimal, Id, Money};
use rust_xlsxwriter::XlsxError;

use super::book::{Book, Sheet, cell};
use super::path::decimals_of_half;

/// The funds that pay an amount, in the order in which units that are left over go to them.
pub(super) enum Payers<'s> {
    /// One pays all.
    Whole(&'s Id),
    /// Each pays a share, which is a name or a number of a formula, with its value.
    Shares(Vec<(&'s Id, String, Decimal)>),
}

impl Payers<'_> {
    /// True if a fund is one of them.
    pub(super) fn has(&self, fund: &Id) -> bool {
        match self {
            Self::Whole(payer) => *payer == fund,
            Self::Shares(shares) => shares.iter().any(|(payer, ..)| *payer == fund),
        }
    }
}

/// An amount that is divided: where it stands, and how often it counts.
pub(super) struct Divided<'a> {
    pub(super) row: u32,
    /// The column of the amount.
    pub(super) amount: u16,
    /// The column of the number of times, where amounts have one, and that number.
    pub(super) times: Option<(u16, u32)>,
    pub(super) value: Money,
    /// What each fund pays of the amount, once.
    pub(super) parts: &'a [(&'a Id, Money)],
}

/// The columns of the funds, from the first on: for each the share and the part.
pub(super) struct FundColumns<'s> {
    pub(super) first: u16,
    pub(super) funds: Vec<&'s Id>,
}

impl FundColumns<'_> {
    fn share(&self, fund: &Id) -> Option<u16> {
        let place = self.funds.iter().position(|known| *known == fund)?;
        Some(self.first + 2 * u16::try_from(place).ok()?)
    }

    /// The column of what a fund pays, by its place.
    pub(super) fn part(&self, place: usize) -> u16 {
        self.first + 2 * u16::try_from(place).unwrap_or(0) + 1
    }

    /// The column after the last.
    pub(super) fn end(&self) -> u16 {
        self.part(self.funds.len()) - 1
    }

    /// Writes the cells of an amount.
    pub(super) fn write(
        &self,
        book: &Book,
        sheet: &mut Sheet,
        divided: &Divided<'_>,
        payers: &Payers<'_>,
    ) -> Result<(), XlsxError> {
        let (row, amount) = (divided.row, cell(divided.row, divided.amount));
        let (factor, times) = match divided.times {
            Some((column, times)) => (format!("*{}", cell(row, column)), times),
            None => (String::new(), 1),
        };
        let paid = |fund: &Id| {
            let part = divided.parts.iter().find(|(known, _)| *known == fund).map(|(_, part)| *part);
            let zero = Money::zero(divided.value.currency());
            repeated(part.unwrap_or(zero), times).to_string()
        };
        let unit = 10_u64.pow(book.decimals);
        match payers {
            Payers::Whole(fund) => {
                let Some(column) = self.share(fund) else { return Ok(()) };
                sheet.formula((row, column + 1), format!("={amount}{factor}"), paid(fund), &book.styles.money)
            }
            Payers::Shares(shares) => {
                let digits = decimals_of_half([divided.value]);
                let columns: Vec<_> = shares.iter().filter_map(|share| Some((self.share(share.0)?, share))).collect();
                let whole = |(column, _): &(u16, _)| format!("-INT({})", cell(row, *column));
                let left =
                    format!("ROUND({amount}*{unit},0){}", columns.iter().map(whole).collect::<Vec<_>>().concat());
                let rest = |column: u16| format!("ROUND(MOD({},1),{digits})", cell(row, column));
                for (place, &(column, (fund, share, value))) in columns.iter().enumerate() {
                    let product = minor(divided.value).and_then(|minor| minor.checked_mul(*value));
                    let product = product.map_or_else(String::new, |product| product.normalize().to_string());
                    let formula = format!("=ROUND({amount}*{unit}*{share},{digits})");
                    sheet.formula((row, column), formula, product, &book.styles.factor)?;
                    // How many remainders come before this one.
                    let mut before = "0".to_owned();
                    for (other, &(column_of_other, _)) in
                        columns.iter().enumerate().filter(|(other, _)| *other != place)
                    {
                        let sign = if other < place { ">=" } else { ">" };
                        let _ = write!(before, "+({}{sign}{})", rest(column_of_other), rest(column));
                    }
                    let formula = format!("=(INT({})+({left}>{before})){factor}/{unit}", cell(row, column));
                    sheet.formula((row, column + 1), formula, paid(fund), &book.styles.money)?;
                }
                Ok(())
            }
        }
    }
}

/// An amount so many times.
pub(super) fn repeated(amount: Money, times: u32) -> Money {
    let minor = amount.minor().checked_mul(i128::from(times));
    minor.and_then(|minor| Money::from_minor(minor, amount.currency())).unwrap_or(amount)
}

fn minor(amount: Money) -> Option<Decimal> {
    Decimal::try_from_i128_with_scale(amount.minor(), 0).ok()
}
