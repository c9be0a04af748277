//! Following long computations, and breaking them off.
//!
//! In: what the caller wants told. Out: a [`Watch`] that goes with a scenario into every computation on it. Inside, a
//! [`Pulse`] is one computation's way to its watch: every loop that can take long beats it.

use std::cell::Cell;
use std::fmt;
use std::ops::ControlFlow;
use std::panic::{RefUnwindSafe, UnwindSafe};
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::error::{Code, Error};
use crate::message;
use crate::scenario::Scenario;

/// How far a computation is.
///
/// The unit depends on the question: lines of a ledger, a comparison or a delay; lines of a calibration, which goes over
/// them three times; lines and then expectations; entries of an explanation; rows of a caseload; steps of a difference
/// between scenarios; the scenario as it stands and then its variants or what-ifs; draws of a simulation or of Sobol'
/// indices, all of them at once where a precision is met before the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Progress {
    /// How much is done; never less than was told before.
    pub done: u64,
    /// How much there is, where that is known before the end.
    pub total: Option<u64>,
}

/// Watches over computations on a scenario: hears how far they are, and can break them off. Cheap to clone.
///
/// Every computation of a scenario that is [watched](Scenario::watched), and of what is derived from it, tells its
/// watch how far it is: on the thread of the caller only, many times a millisecond, some 20 milliseconds apart at most.
/// What is told does as little as it can, and looks at a clock itself if it has something to do now and then.
///
/// ```
/// use std::ops::ControlFlow;
/// use std::sync::Arc;
/// use std::sync::atomic::{AtomicBool, Ordering};
/// use relocost::{Code, Watch};
/// # let scenario = relocost::Scenario::parse("schema = 1\ncatalogue = \"reference\"\nstart = \"2026-03\"\nhorizon_months = 60\nhousehold = { members = [{ age = 34 }] }")?;
///
/// let stop = Arc::new(AtomicBool::new(false)); // for a button, or a signal
/// let asked = Arc::clone(&stop);
/// let watch = Watch::new(move |progress| {
///     assert!(progress.total.is_some_and(|total| progress.done <= total));
///     if asked.load(Ordering::Relaxed) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
/// });
/// let watched = scenario.watched(&watch);
/// assert_eq!(watched.compare()?, scenario.compare()?);
///
/// stop.store(true, Ordering::Relaxed);
/// assert_eq!(watched.delay().unwrap_err().code(), Code::Interrupted);
/// # Ok::<(), relocost::Error>(())
/// ```
#[derive(Clone)]
pub struct Watch(Arc<Tell>);

type Tell = dyn Fn(Progress) -> ControlFlow<()> + Send + Sync;

// A panic in what is told leaves nothing here half done, and its own state is behind locks or atomics, being `Sync`.
impl UnwindSafe for Watch {}
impl RefUnwindSafe for Watch {}

impl Watch {
    /// A watch that tells `tell`, and breaks off when it says so.
    pub fn new(tell: impl Fn(Progress) -> ControlFlow<()> + Send + Sync + 'static) -> Self {
        Self(Arc::new(tell))
    }
}

impl fmt::Debug for Watch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Watch")
    }
}

impl Scenario {
    /// The same scenario under a watch, which replaces the one that it had. Scenarios derived from it keep the watch.
    ///
    /// A computation that the watch breaks off gives an error with [`Code::Interrupted`]. The watch is no part of what
    /// the scenario says: both are equal and are written alike.
    #[must_use]
    pub fn watched(&self, watch: &Watch) -> Self {
        self.with_watch(Some(watch.clone()))
    }
}

/// One computation's way to whoever can break it off. Without a watch a beat costs a comparison.
pub(crate) struct Pulse<'w> {
    ear: Ear<'w>,
    /// Shared with the parts, so that none tells less than was told before.
    at: Rc<Cell<Progress>>,
    /// What the steps count on from; `None` where they are those of a part, which nobody hears about.
    from: Option<u64>,
}

/// Who is asked whether to go on.
#[derive(Clone, Copy)]
enum Ear<'w> {
    Nobody,
    Watch(&'w Watch),
    /// A thread that works for another looks only whether that one has stopped it.
    Stopped(&'w AtomicBool),
}

impl<'w> Pulse<'w> {
    fn new(ear: Ear<'w>, total: Option<u64>) -> Self {
        Self { ear, at: Rc::new(Cell::new(Progress { done: 0, total })), from: Some(0) }
    }

    /// That of a computation on a scenario, which has so many steps.
    pub(crate) fn of(scenario: &'w Scenario, total: Option<usize>) -> Self {
        let ear = scenario.inner().watch.as_ref().map_or(Ear::Nobody, Ear::Watch);
        Self::new(ear, total.map(|total| total as u64))
    }

    /// That of a computation on a scenario that goes over its lines once.
    pub(crate) fn of_lines(scenario: &'w Scenario) -> Self {
        Self::of(scenario, Some(scenario.lines().len()))
    }

    /// That of a computation which nobody can break off.
    pub(crate) fn unheard() -> Self {
        Self::new(Ear::Nobody, None)
    }

    /// That of a thread which another one can stop.
    pub(crate) fn stopped_by(stop: &'w AtomicBool) -> Self {
        Self::new(Ear::Stopped(stop), None)
    }

    /// That of a part of this computation, whose own steps are not told.
    pub(crate) fn part(&self) -> Pulse<'w> {
        Pulse { ear: self.ear, at: Rc::clone(&self.at), from: None }
    }

    /// That of a part of this computation, whose steps count on from here.
    pub(crate) fn onward(&self) -> Pulse<'w> {
        Pulse { ear: self.ear, at: Rc::clone(&self.at), from: Some(self.at.get().done) }
    }

    /// Whether there is a watch.
    pub(crate) fn is_heard(&self) -> bool {
        matches!(self.ear, Ear::Watch(_))
    }

    /// Tells how far it is.
    ///
    /// # Errors
    /// It is to break off.
    #[inline]
    pub(crate) fn beat(&self) -> Result<(), Error> {
        match self.ear {
            Ear::Nobody => Ok(()),
            Ear::Stopped(stop) if !stop.load(Ordering::Relaxed) => Ok(()),
            Ear::Watch(watch) if (watch.0)(self.at.get()).is_continue() => Ok(()),
            Ear::Stopped(_) | Ear::Watch(_) => Err(interrupted()),
        }
    }

    /// Tells that so many steps are done.
    ///
    /// # Errors
    /// It is to break off.
    pub(crate) fn step(&self, done: usize) -> Result<(), Error> {
        if let Some(from) = self.from {
            let at = self.at.get();
            self.at.set(Progress { done: at.done.max(from.saturating_add(done as u64)), ..at });
        }
        self.beat()
    }

    /// Tells that all is done, which may come earlier than its steps.
    ///
    /// # Errors
    /// It is to break off.
    pub(crate) fn end(&self) -> Result<(), Error> {
        let at = self.at.get();
        self.at.set(Progress { done: at.total.unwrap_or(at.done), ..at });
        self.beat()
    }
}

#[cold]
fn interrupted() -> Error {
    Error::single(Code::Interrupted, "", message!("broken off by the caller", "interrompu par l'appelant"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Mutex;

    #[test]
    fn steps_of_a_part_count_on_or_are_not_told() {
        let told = Arc::new(Mutex::new(Vec::new()));
        let hears = Arc::clone(&told);
        let watch = Watch::new(move |progress| {
            hears.lock().unwrap().push((progress.done, progress.total));
            ControlFlow::Continue(())
        });
        let whole = Pulse::new(Ear::Watch(&watch), Some(9));
        whole.step(2).unwrap();
        whole.part().step(1).unwrap();
        let onward = whole.onward();
        onward.step(3).unwrap();
        onward.part().beat().unwrap();
        whole.step(4).unwrap(); // behind what a part was told
        whole.end().unwrap();
        assert_eq!(*told.lock().unwrap(), [2, 2, 5, 5, 5, 9].map(|done| (done, Some(9))));
    }

    #[test]
    fn a_thread_stops_when_another_says_so() {
        let stop = AtomicBool::new(false);
        let pulse = Pulse::stopped_by(&stop);
        assert!(pulse.step(1).is_ok() && !pulse.is_heard());
        stop.store(true, Ordering::Relaxed);
        assert_eq!(pulse.beat().unwrap_err().code(), Code::Interrupted);
    }

    #[test]
    fn a_scenario_can_still_cross_threads_and_panics() {
        fn crosses<T: Send + Sync + UnwindSafe + RefUnwindSafe>() {}
        crosses::<Scenario>();
        crosses::<Watch>();
    }
}
