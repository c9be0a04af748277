//! The strips that the threads of a caseload share: each is made once, by the first thread that needs it.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::plan::{Group, Plan};
use super::strip::Strip;
use crate::error::Error;
use crate::ledger::State;
use crate::types::Month;

/// Households that are computed alone before strips are made for the month in which they begin. To make strips takes about
/// as long as 8 households alone (measured over the reference catalogue), so that a month with few households takes at most
/// about twice as long as without strips.
pub(super) const ROWS: u32 = 8;
/// The most bytes of strips.
const BYTES: usize = 48 << 20;

/// Strips by the month in which households begin.
#[derive(Default)]
pub(in crate::caseload) struct Shared {
    by_start: Mutex<HashMap<Month, Arc<Mutex<OfStart>>>>,
    bytes: AtomicUsize,
}

/// The households that begin in a month.
#[derive(Clone)]
pub(super) enum OfStart {
    /// So many, computed alone.
    Few(u32),
    Made(Arc<OfPlan>),
    /// No strips can be made.
    Alone,
}

/// A plan with its strips.
pub(super) struct OfPlan {
    pub(super) plan: Plan,
    /// By group of the plan.
    strips: Vec<Mutex<HashMap<State, Arc<Mutex<Slot>>>>>,
}

/// The place of a strip, which the thread that makes it locks meanwhile.
#[derive(Default)]
enum Slot {
    #[default]
    Empty,
    /// `None` where it cannot be made.
    Made(Option<Arc<Strip>>),
}

/// What became of a strip.
pub(super) enum Found {
    /// `None` where it cannot be made.
    Made(Option<Arc<Strip>>),
    /// There are as many strips as may be.
    NoRoom,
}

impl Shared {
    /// The strips of households that begin in a month, of which there is one more. `plan` makes their plan, once there
    /// are enough of them; `None` of it where none can be made.
    ///
    /// # Errors
    /// Those of `plan`.
    pub(super) fn of_start(
        &self,
        start: Month,
        plan: impl FnOnce() -> Result<Option<Plan>, Error>,
    ) -> Result<OfStart, Error> {
        let of_start =
            Arc::clone(locked(&self.by_start).entry(start).or_insert_with(|| Arc::new(Mutex::new(OfStart::Few(0)))));
        let mut of_start = locked(&of_start);
        match &mut *of_start {
            OfStart::Few(rows) if *rows < ROWS => *rows += 1,
            OfStart::Few(_) => {
                *of_start = plan()?.map_or(OfStart::Alone, |plan| OfStart::Made(Arc::new(OfPlan::new(plan))));
            }
            OfStart::Made(_) | OfStart::Alone => {}
        }
        Ok(of_start.clone())
    }
}

impl OfPlan {
    fn new(plan: Plan) -> Self {
        Self { strips: plan.groups.iter().map(|_| Mutex::default()).collect(), plan }
    }

    /// The strip of a group, by its place in the plan, in a state. `make` makes it, where no thread has.
    ///
    /// # Errors
    /// Those of `make`.
    pub(super) fn strip(
        &self,
        shared: &Shared,
        place: usize,
        state: State,
        make: impl FnOnce(&Group) -> Result<Option<Strip>, Error>,
    ) -> Result<Found, Error> {
        let group = &self.plan.groups[place];
        let bytes = self.plan.bytes_of_strip(group);
        let slot = {
            let mut strips = locked(&self.strips[place]);
            if let Some(slot) = strips.get(&state) {
                Arc::clone(slot)
            } else {
                let more = |used: usize| used.checked_add(bytes).filter(|used| *used <= BYTES);
                if shared.bytes.fetch_update(Ordering::Relaxed, Ordering::Relaxed, more).is_err() {
                    return Ok(Found::NoRoom);
                }
                Arc::clone(strips.entry(state).or_default())
            }
        };
        let mut slot = locked(&slot);
        let strip = match &*slot {
            Slot::Made(strip) => strip.clone(),
            Slot::Empty => {
                let strip = make(group)?.map(Arc::new);
                if strip.is_none() {
                    shared.bytes.fetch_sub(bytes, Ordering::Relaxed);
                }
                *slot = Slot::Made(strip.clone());
                strip
            }
        };
        Ok(Found::Made(strip))
    }
}

/// What no thread leaves half changed, so that one that has panicked does no harm.
fn locked<T>(shared: &Mutex<T>) -> MutexGuard<'_, T> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}
