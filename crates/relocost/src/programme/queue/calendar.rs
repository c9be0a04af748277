//! The months of a programme in which more happens in its queue than arrivals.

use super::{Queue, Set};

/// What happens in a month.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Marks {
    /// The agreements whose places are granted or lapse, or whose pause ends: cases may find what they did not find before.
    pub(super) places: Set,
    /// True if a case has no support any more, or fewer persons: it leaves, or may find room.
    pub(super) leaves: bool,
}

/// Marks by month.
#[derive(Debug, Default)]
pub(super) struct Calendar(Vec<Marks>);

impl Calendar {
    /// Marks the months of a queue. Those of agreements that a run lacks are marked, too.
    pub(super) fn mark(&mut self, queue: &Queue) {
        self.0.clear();
        self.0.resize(usize::try_from(queue.months).unwrap_or(0), Marks::default());
        for (place, terms) in queue.agreements.iter().enumerate() {
            // An end that was before the programme lets places in hand lapse in its first month.
            let ends = terms.until.iter().map(|until| (*until).max(0));
            let grants = terms.grants.iter().map(|(month, _)| *month);
            for month in ends.chain(grants).chain(terms.pauses.iter().map(|(_, until)| *until)) {
                self.at(month).into_iter().for_each(|marks| marks.places |= 1 << place);
            }
        }
        for case in &queue.cases {
            let leaves = case.leaves.iter().copied().take_while(|month| *month < queue.months);
            for month in case.ends.into_iter().chain(leaves) {
                self.at(month).into_iter().for_each(|marks| marks.leaves = true);
            }
        }
    }

    fn at(&mut self, month: i32) -> Option<&mut Marks> {
        usize::try_from(month).ok().and_then(|month| self.0.get_mut(month))
    }

    /// The marks of a month.
    pub(super) fn marks(&self, month: i32) -> Marks {
        usize::try_from(month).ok().and_then(|month| self.0.get(month)).copied().unwrap_or_default()
    }
}
