//! What lies behind an amount of a chart: the lines that it sums, which are shown where it is pointed at.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use indexmap::IndexMap;
use relocost::ledger::Ledger;
use relocost::message::counted;
use relocost::postings::Postings;
use relocost::types::Label;
use relocost::{Id, Lang, Money, Scenario};
use relocost_report::number::money_in;

use super::waterfall::titled;

/// The most lines that are named behind an amount.
const LINES: usize = 8;

/// The label and the amount of each line; no amount that is too large to write.
type Lines = IndexMap<Id, (String, Option<Money>)>;

/// Lines by fiscal year and category, or another part of a bar.
pub(super) struct ByLine {
    sums: BTreeMap<(i32, Id), Lines>,
    lang: Lang,
}

impl ByLine {
    fn new(lang: Lang) -> Self {
        Self { sums: BTreeMap::new(), lang }
    }

    fn add(&mut self, of: (i32, Id), line: &Id, label: &Label, amount: Money) {
        let start = || (label.text(self.lang).to_owned(), Some(Money::zero(amount.currency())));
        let (_, sum) = self.sums.entry(of).or_default().entry(line.clone()).or_insert_with(start);
        *sum = sum.and_then(|sum| sum.checked_add(amount));
    }

    /// Of the entries of a ledger.
    pub(super) fn of_ledger(ledger: &Ledger, lang: Lang) -> Self {
        let mut all = Self::new(lang);
        for entry in ledger.entries() {
            let (of, line) = ((entry.fiscal_year(), entry.category().clone()), entry.line());
            all.add(of, &line.id, &line.label, entry.amount());
        }
        all
    }

    /// Of a programme's charges as planned, by category.
    pub(super) fn by_category(postings: &IndexMap<Id, Postings>, setting: &Scenario, lang: Lang) -> Self {
        Self::of(postings, setting, lang, |_, category| category)
    }

    /// Of a programme's charges as planned, by origin.
    pub(super) fn by_origin(postings: &IndexMap<Id, Postings>, setting: &Scenario, lang: Lang) -> Self {
        Self::of(postings, setting, lang, |origin, _| origin)
    }

    /// Of charges by origin, each counted in the part of its origin and category.
    fn of<'i>(
        postings: &'i IndexMap<Id, Postings>,
        setting: &Scenario,
        lang: Lang,
        part: impl Fn(&'i Id, &'i Id) -> &'i Id,
    ) -> Self {
        let mut all = Self::new(lang);
        for (origin, postings) in postings {
            for posting in postings.iter() {
                let Some((line, amount)) = posting.line.zip(posting.model) else { continue };
                let year = posting.month.fiscal_year(setting.fiscal_year_start());
                all.add((year, part(origin, posting.category).clone()), line, posting.label, amount);
            }
        }
        all
    }

    /// The lines behind the amount of a part in a year, such as a category, the largest first, each on a line of its own,
    /// and how many more there are.
    pub(super) fn behind(&self, year: i32, part: &Id) -> Option<String> {
        let lines = self.sums.get(&(year, part.clone()))?;
        let mut known: Vec<(&str, Money)> =
            lines.values().filter_map(|(label, sum)| Some((label.as_str(), (*sum)?))).collect();
        known.sort_by_key(|(_, sum)| Reverse(sum.minor().abs()));
        known.truncate(LINES);
        let told = known.iter().map(|(label, sum)| titled(label, &money_in(*sum, self.lang), self.lang));
        let mut told: Vec<String> = told.collect();
        let more = u32::try_from(lines.len() - known.len()).unwrap_or(u32::MAX);
        if more > 0 {
            let more = counted(more, ["further line", "further lines"], ["autre poste", "autres postes"]);
            told.push(more.text(self.lang).to_owned());
        }
        Some(told.join("\n"))
    }
}
