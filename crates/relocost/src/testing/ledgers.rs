//! The difference of two ledgers, for a reader.

use std::collections::BTreeMap;
use std::fmt;

use crate::ledger::Ledger;
use crate::types::{Id, Money, Month};

/// The difference of two ledgers in a line and a month.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct LedgerDiffLine {
    /// The month.
    pub month: Month,
    /// The line.
    pub line: Id,
    /// The first ledger's amount; none if it charges nothing.
    pub old: Option<Money>,
    /// The second ledger's amount; none if it charges nothing.
    pub new: Option<Money>,
}

impl fmt::Display for LedgerDiffLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = |amount: Option<Money>| amount.map_or_else(|| "nothing".to_owned(), |amount| amount.to_string());
        write!(f, "{} {}: {} -> {}", self.month, self.line, shown(self.old), shown(self.new))?;
        if let (Some(old), Some(new)) = (self.old, self.new)
            && let Some(change) = new.checked_sub(old)
        {
            let sign = if change.minor() > 0 { "+" } else { "" };
            write!(f, " ({sign}{change})")?;
        }
        Ok(())
    }
}

/// The differences between two ledgers, month by month and line by line. Its `Display` form has one line for each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LedgerDiff(Vec<LedgerDiffLine>);

impl LedgerDiff {
    /// The difference of two ledgers of any scenarios.
    pub fn of(old: &Ledger, new: &Ledger) -> Self {
        let mut amounts: BTreeMap<(Month, Id), [Option<Money>; 2]> = BTreeMap::new();
        for (side, ledger) in [old, new].into_iter().enumerate() {
            for entry in ledger.entries() {
                amounts.entry((entry.month(), entry.line().id.clone())).or_default()[side] = Some(entry.amount());
            }
        }
        let differences = amounts.into_iter().filter(|(_, [old, new])| old != new);
        Self(differences.map(|((month, line), [old, new])| LedgerDiffLine { month, line, old, new }).collect())
    }

    /// Each difference, by month and line; none where the ledgers say the same.
    pub fn lines(&self) -> &[LedgerDiffLine] {
        &self.0
    }
}

impl fmt::Display for LedgerDiff {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for line in &self.0 {
            writeln!(f, "{line}")?;
        }
        Ok(())
    }
}
