//! The journals of hledger.

use relocost::postings::Postings;

use super::words::Words;
use super::{Entry, Side, day, entries, negative, put};

/// Writes a journal.
pub(super) fn write(postings: &Postings, words: &Words) -> String {
    let currency = postings.about().currency();
    let mut out = String::new();
    for line in words.head(postings) {
        put(&mut out, format_args!("; {line}\n"));
    }
    // The directive asks for a decimal mark, also where there are no decimals.
    let decimals = "0".repeat(currency.decimals() as usize);
    put(&mut out, format_args!("\ncommodity 1000.{decimals} {}\n\n", currency.code()));
    for account in postings.accounts() {
        let kind = if account.is_fund { 'E' } else { 'X' };
        let label = comment(account.label.text(words.lang));
        put(&mut out, format_args!("account {}  ; type:{kind}, {label}\n", account.name));
    }
    if postings.has_payments() {
        let budget = entries(postings, Side::Model);
        for month in budget.chunk_by(|one, other| one.bookings[0].0.month == other.bookings[0].0.month) {
            let from = month[0].bookings[0].0.month;
            let until = from.plus(1);
            put(&mut out, format_args!("\n~ monthly from {from} to {until}  {}\n", words.budget()));
            for entry in month {
                bookings(&mut out, entry, currency.code());
            }
        }
    }
    let side = if postings.has_payments() { Side::Paid } else { Side::Model };
    for entry in entries(postings, side) {
        let first = &entry.bookings[0].0;
        let code = first.line.unwrap_or(first.category);
        let description = description(first.label.text(words.lang));
        put(&mut out, format_args!("\n{} ({code}) {description}\n", day(first.month)));
        bookings(&mut out, &entry, currency.code());
    }
    out
}

fn bookings(out: &mut String, entry: &Entry<'_>, currency: &str) {
    for (posting, amount) in &entry.bookings {
        let tag = posting.fund;
        put(out, format_args!("    {}  {amount} {currency}  ; fund:{tag}\n", posting.account));
        put(out, format_args!("    {}  {} {currency}\n", posting.fund_account, negative(*amount)));
    }
}

/// A label as a description: what would end it, or divide it in two, is replaced. The code before it keeps its own first
/// characters from being read as a status or a code.
fn description(label: &str) -> String {
    label.replace(';', ",").replace('|', "/").trim().to_owned()
}

/// A label in a comment, in which a word with a colon would be a tag and a comma would end one.
fn comment(label: &str) -> String {
    label.replace([':', ',', ';'], " ").trim().to_owned()
}
