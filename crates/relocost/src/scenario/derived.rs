//! What follows from a setting, found once for all questions and for all households that share it.

use std::sync::OnceLock;

use indexmap::IndexMap;

use super::items::{self, ChargedItems};
use super::price_tables::KeptTables;
use super::{Declared, Setting};
use crate::error::Error;
use crate::types::{Id, Money};
use crate::watch::Pulse;

/// What follows from a setting, once a question has needed it. A changed setting finds its own.
#[derive(Default)]
pub(crate) struct Derived {
    charged: OnceLock<ChargedItems>,
    empty_tables: OnceLock<EmptyTables>,
    /// By first month and horizon.
    pub(super) price_tables: KeptTables,
}

impl Clone for Derived {
    fn clone(&self) -> Self {
        Self::default()
    }
}

/// Tables of nothing, with a key for each thing that is declared.
pub(crate) struct EmptyTables {
    pub(crate) categories: IndexMap<Id, Money>,
    pub(crate) places: IndexMap<Id, Money>,
    pub(crate) funds: IndexMap<Id, Money>,
    pub(crate) lines: IndexMap<Id, Money>,
}

impl Setting {
    /// The lines as they are charged.
    ///
    /// # Errors
    /// There are too many, which only a step between two scenarios can have; the watch cancels it.
    pub(crate) fn charged(&self, pulse: &Pulse<'_>) -> Result<&ChargedItems, Error> {
        let known = &self.derived.charged;
        if let Some(charged) = known.get() {
            pulse.beat_again(items::beats(charged.items.len()))?;
            return Ok(charged);
        }
        let charged = ChargedItems::new(self, pulse)?;
        Ok(known.get_or_init(|| charged))
    }

    /// Tables of nothing.
    pub(crate) fn empty_tables(&self) -> &EmptyTables {
        self.derived.empty_tables.get_or_init(|| {
            let nothing = Money::zero(self.currency);
            let declared = |declared: &[Declared]| declared.iter().map(|each| (each.id.clone(), nothing)).collect();
            EmptyTables {
                categories: declared(&self.categories),
                places: declared(&self.places),
                funds: declared(&self.funds),
                lines: self.lines.keys().map(|id| (id.clone(), nothing)).collect(),
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::Scenario;
    use crate::watch::Pulse;

    #[test]
    fn a_changed_setting_finds_its_own() {
        let text = "schema = 1\ncatalogue = \"reference\"\nstart = \"2026-03\"\nhorizon_months = 24\nhousehold = { members = [] }";
        let scenario = Scenario::parse(text).unwrap();
        let mut inner = scenario.inner().clone();
        // In a setting of its own, and then in place.
        for left in [5, 3] {
            assert!(inner.charged(&Pulse::unheard()).unwrap().items.len() > left);
            assert!(inner.empty_tables().lines.len() > left);
            inner.setting_mut().lines.truncate(left);
            let charged = inner.charged(&Pulse::unheard()).unwrap();
            assert_eq!((charged.items.len(), charged.unit_prices.len(), charged.of_line.len()), (left, left, left));
            assert_eq!(inner.empty_tables().lines.len(), left);
        }
        assert!(scenario.inner().charged(&Pulse::unheard()).unwrap().items.len() > 5);
    }
}
