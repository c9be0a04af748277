//! The files of Beancount.

use relocost::postings::Postings;
use relocost::{Error, Money, Month};

use super::words::Words;
use super::{Side, day, entries, negative, put};

/// Writes a file.
pub(super) fn write(postings: &Postings, words: &Words) -> Result<String, Error> {
    let currency = postings.about().currency().code();
    let mut out = String::new();
    for line in words.head(postings) {
        put(&mut out, format_args!(";; {line}\n"));
    }
    put(&mut out, format_args!("\noption \"title\" {}\n", string(&words.title())));
    put(&mut out, format_args!("option \"operating_currency\" \"{currency}\"\n\n"));
    // Accounts are opened before anything is booked on them.
    let first = postings.iter().map(|posting| posting.month).min().unwrap_or(postings.about().start());
    put(&mut out, format_args!("{} commodity {currency}\n", day(first)));
    for account in postings.accounts() {
        put(&mut out, format_args!("{} open {} {currency}\n", day(first), account.name));
        put(&mut out, format_args!("  label: {}\n", string(account.label.text(words.lang))));
    }
    if postings.has_payments() {
        budgets(&mut out, postings, currency)?;
    }
    let side = if postings.has_payments() { Side::Paid } else { Side::Model };
    for entry in entries(postings, side) {
        let booked = &entry.bookings[0].0;
        let line = booked.line.unwrap_or(booked.category);
        let narration = string(booked.label.text(words.lang));
        put(&mut out, format_args!("\n{} * {narration}\n  line: \"{line}\"\n", day(booked.month)));
        for (posting, amount) in &entry.bookings {
            put(&mut out, format_args!("  {}  {amount} {currency}\n    fund: \"{}\"\n", posting.account, posting.fund));
            put(&mut out, format_args!("  {}  {} {currency}\n", posting.fund_account, negative(*amount)));
        }
    }
    Ok(out)
}

/// The budgets of every account by month, as Fava reads them: one holds until the next.
fn budgets(out: &mut String, postings: &Postings, currency: &str) -> Result<(), Error> {
    let zero = Money::zero(postings.about().currency());
    for (account, months) in postings.model_by_account()? {
        put(out, format_args!("\n"));
        let mut months = months.into_iter().peekable();
        let mut holds = zero;
        while let Some((month, amount)) = months.next() {
            let mut set = |month: Month, amount: Money| {
                if holds != amount {
                    let day = day(month);
                    put(out, format_args!("{day} custom \"budget\" {account} \"monthly\" {amount} {currency}\n"));
                }
                holds = amount;
            };
            set(month, amount);
            if months.peek().is_none_or(|(next, _)| *next != month.plus(1)) {
                set(month.plus(1), zero);
            }
        }
    }
    Ok(())
}

/// A string of Beancount.
fn string(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
