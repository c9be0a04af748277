//! Journals: double entry by month, line, category and fund, for the ledgers that people keep accounts with.
//!
//! In: [`Postings`] of the library. Out: text for hledger or for Beancount, or CSV for any other ledger. The charge of a
//! line is a debit of `Expenses:<category>:<line>` against `Equity:Funds:<fund>`, on the first day of its month; a credit
//! is a negative debit. The fund stands on both sides, as a tag or in metadata, so that costs can be asked for by category
//! and fund. No amount is computed here.
//!
//! Where payments stand beside the model, the payments are the entries, and the model is the budget: in hledger periodic
//! transactions, with which `hledger balance --budget` shows the variance; in Beancount the directives `custom "budget"`
//! that Fava reads.
//!
//! A journal is internal, as its head says. It has labels and amounts, and nothing that a scenario says of its household.

mod beancount;
mod hledger;
mod words;

use std::fmt::{self, Write};

use relocost::postings::{Posting, Postings};
use relocost::{Error, Lang, Money, Month, Watch};
use relocost_tables::csv;

use self::words::Words;

/// The program that a journal is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum JournalFormat {
    /// hledger, and programs that read its journals.
    Hledger,
    /// Beancount, and with it Fava.
    Beancount,
    /// Any other: a row for each booking, with the account debited and the account credited.
    Csv,
}

impl JournalFormat {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Hledger, Self::Beancount, Self::Csv];

    /// The name by which it is asked for.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Hledger => "hledger",
            Self::Beancount => "beancount",
            Self::Csv => "csv",
        }
    }

    /// What it is, in a few words.
    pub const fn about(self) -> &'static str {
        match self {
            Self::Hledger => "hledger, and programs that read its journals",
            Self::Beancount => "Beancount, and with it Fava",
            Self::Csv => "any other ledger: a row a booking, with both accounts",
        }
    }

    /// The format of a name; `None` if there is none.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.name() == name)
    }
}

/// Writes a journal. The same bookings give the same bytes.
///
/// ```
/// use relocost::Lang;
/// use relocost_publish::journal::{JournalFormat, journal};
/// # let scenario = relocost::Scenario::parse("schema = 1\ncatalogue = \"reference\"\nstart = \"2026-03\"\nhorizon_months = 3\nhousehold = { members = [{ age = 40 }] }")?;
/// let postings = scenario.ledger("permanent")?.postings()?;
/// let text = journal(&postings, JournalFormat::Hledger, Lang::En)?;
/// assert!(text.starts_with("; Internal"));
/// assert!(text.contains("\n2026-03-01 (rent) "));
/// # Ok::<(), relocost::Error>(())
/// ```
///
/// # Errors
/// A sum is too large to write.
pub fn journal(postings: &Postings, format: JournalFormat, lang: Lang) -> Result<String, Error> {
    Ok(match format {
        JournalFormat::Hledger => hledger::write(postings, &Words::of(lang)),
        JournalFormat::Beancount => beancount::write(postings, &Words::of(lang))?,
        JournalFormat::Csv => csv::result(postings, lang, &Watch::default())?,
    })
}

/// A side of the bookings.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Model,
    Paid,
}

impl Side {
    fn of(self, posting: &Posting<'_>) -> Option<Money> {
        match self {
            Self::Model => posting.model,
            Self::Paid => posting.paid,
        }
    }
}

/// An entry: the bookings of a line in a month.
struct Entry<'p> {
    bookings: Vec<(Posting<'p>, Money)>,
}

/// The entries of a side, in the order of the bookings.
fn entries(postings: &Postings, side: Side) -> Vec<Entry<'_>> {
    let mut entries: Vec<Entry<'_>> = Vec::new();
    let mut last = None;
    for posting in postings.iter() {
        let Some(amount) = side.of(&posting) else { continue };
        let key = (posting.month, posting.account);
        match entries.last_mut().filter(|_| last == Some(key)) {
            Some(entry) => entry.bookings.push((posting, amount)),
            None => entries.push(Entry { bookings: vec![(posting, amount)] }),
        }
        last = Some(key);
    }
    entries
}

/// The first day of a month.
fn day(month: Month) -> String {
    format!("{month}-01")
}

/// An amount with the opposite sign.
fn negative(amount: Money) -> Money {
    Money::zero(amount.currency()).checked_sub(amount).unwrap_or(amount) // the range of amounts is symmetric
}

/// Adds to a text in memory, which cannot fail.
fn put(out: &mut String, text: fmt::Arguments<'_>) {
    let _ = out.write_fmt(text);
}
