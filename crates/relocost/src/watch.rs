//! Following long computations, and breaking them off.
//!
//! In: what the caller wants told. Out: a [`Watch`] that goes with one question. Inside, a `Pulse` is one computation's
//! way to its watch: every loop that can take long beats it.

use std::cell::Cell;
use std::fmt;
use std::ops::ControlFlow;
use std::rc::Rc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::error::{Code, Error};
use crate::message;

/// The name of the library's threads, in debuggers and in lists of the system.
pub const THREAD_NAME: &str = "relocost";

/// The progress of a computation.
///
/// The unit depends on the question: lines of a ledger, a comparison or a delay; lines of a calibration, which goes over
/// them three times; lines and then expectations; entries of an explanation; rows of a caseload; payments and then, of a programme, its cases; steps of a difference
/// between scenarios; both budgets and then the causes of a difference between them; the scenario as it stands and then its variants or what-ifs; draws of a simulation or of Sobol'
/// indices, all of them at once where a precision is met before the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Progress {
    /// The steps done; never fewer than reported before.
    pub done: u64,
    /// The steps in all, where they are known before the end.
    pub total: Option<u64>,
}

/// Hears how far a computation is, and can break it off.
///
/// A question on what is watched ([`Scenario::watched`](crate::Scenario::watched),
/// [`Ledger::watched`](crate::Ledger::watched)) tells its watch how far it is: on the thread of the caller only, many
/// times a millisecond, some 20 milliseconds apart at most. The function that is called does as little as it can, and looks at a clock
/// itself if it has something to do now and then. It may borrow what outlives it. The default
/// watch hears nothing.
///
/// ```
/// use std::cell::Cell;
/// use std::ops::ControlFlow;
/// use relocost::{Code, CompareOptions, Watch};
/// use relocost::delay::DelayOptions;
/// # let scenario = relocost::Scenario::parse("schema = 1\ncatalogue = \"reference\"\nstart = \"2026-03\"\nhorizon_months = 60\nhousehold = { members = [{ age = 34 }] }")?;
///
/// let stop = Cell::new(false); // an atomic, for a button or a signal
/// let watch = Watch::new(|progress| {
///     assert!(progress.total.is_some_and(|total| progress.done <= total));
///     if stop.get() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
/// });
/// let watched = scenario.watched(&watch);
/// assert_eq!(watched.compare_with(&CompareOptions::default())?, scenario.compare()?);
///
/// stop.set(true);
/// assert_eq!(watched.delay_with(&DelayOptions::default()).unwrap_err().code(), Code::Interrupted);
/// # Ok::<(), relocost::Error>(())
/// ```
#[derive(Default)]
pub struct Watch<'w>(Option<Box<Tell<'w>>>);

type Tell<'w> = dyn Fn(Progress) -> ControlFlow<()> + 'w;

impl<'w> Watch<'w> {
    /// A watch that calls `tell`, and cancels when it says so.
    pub fn new(tell: impl Fn(Progress) -> ControlFlow<()> + 'w) -> Self {
        Self(Some(Box::new(tell)))
    }

    /// Tells the watch how far something is that is made of results outside this crate, such as the rows of an export.
    ///
    /// ```
    /// use std::ops::ControlFlow;
    /// use relocost::{Code, Watch};
    ///
    /// let watch = Watch::new(|progress| if progress.done < 2 { ControlFlow::Continue(()) } else { ControlFlow::Break(()) });
    /// assert!(watch.tell(1, 3).is_ok());
    /// assert_eq!(watch.tell(2, 3).unwrap_err().code(), Code::Interrupted);
    /// ```
    ///
    /// # Errors
    /// The watch cancels it.
    pub fn tell(&self, done: usize, total: usize) -> Result<(), Error> {
        let progress = Progress { done: done as u64, total: Some(total as u64) };
        match &self.0 {
            Some(tell) if tell(progress).is_break() => Err(interrupted()),
            _ => Ok(()),
        }
    }
}

impl fmt::Debug for Watch<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Watch")
    }
}

/// One computation's way to whoever can break it off. Without a watch a beat costs a comparison.
pub(crate) struct Pulse<'w> {
    ear: Ear<'w>,
    /// Shared with the parts, so that none reports less than was reported before.
    at: Rc<Cell<Progress>>,
    /// The number from which steps are counted; `None` where they are those of a part, which is not reported.
    from: Option<u64>,
}

/// Who is asked whether to go on.
#[derive(Clone, Copy)]
enum Ear<'w> {
    Nobody,
    Watch(&'w Tell<'w>),
    /// A thread that works for another looks only whether that one has stopped it.
    Stopped(&'w AtomicBool),
}

impl<'w> Pulse<'w> {
    fn new(ear: Ear<'w>, total: Option<u64>) -> Self {
        Self { ear, at: Rc::new(Cell::new(Progress { done: 0, total })), from: Some(0) }
    }

    /// The pulse of a computation of so many steps, under a watch or under none.
    pub(crate) fn of(watch: Option<&'w Watch<'_>>, total: Option<usize>) -> Self {
        let ear = watch.and_then(|watch| watch.0.as_deref()).map_or(Ear::Nobody, Ear::Watch);
        Self::new(ear, total.map(|total| total as u64))
    }

    /// The pulse of a computation that nobody can cancel.
    pub(crate) fn unheard() -> Self {
        Self::new(Ear::Nobody, None)
    }

    /// The pulse of a thread which another one can stop.
    pub(crate) fn stopped_by(stop: &'w AtomicBool) -> Self {
        Self::new(Ear::Stopped(stop), None)
    }

    /// The pulse of a part of this computation, whose own steps are not reported.
    pub(crate) fn part(&self) -> Pulse<'w> {
        Pulse { ear: self.ear, at: Rc::clone(&self.at), from: None }
    }

    /// The pulse of a part of this computation, whose steps count on from here.
    pub(crate) fn onward(&self) -> Pulse<'w> {
        Pulse { ear: self.ear, at: Rc::clone(&self.at), from: Some(self.at.get().done) }
    }

    /// True if there is a watch.
    pub(crate) fn is_heard(&self) -> bool {
        matches!(self.ear, Ear::Watch(_))
    }

    /// Tells how far it is.
    ///
    /// # Errors
    /// The watch cancels it.
    #[inline]
    pub(crate) fn beat(&self) -> Result<(), Error> {
        match self.ear {
            Ear::Nobody => Ok(()),
            Ear::Stopped(stop) if !stop.load(Ordering::Relaxed) => Ok(()),
            Ear::Watch(watch) if watch(self.at.get()).is_continue() => Ok(()),
            Ear::Stopped(_) | Ear::Watch(_) => Err(interrupted()),
        }
    }

    /// Beats as often as something did that was found before and is kept, so that a question is heard as often as the first.
    ///
    /// # Errors
    /// The watch cancels it.
    pub(crate) fn beat_again(&self, times: usize) -> Result<(), Error> {
        match self.ear {
            Ear::Nobody => Ok(()),
            _ => (0..times).try_for_each(|_| self.beat()),
        }
    }

    /// Tells that so many steps are done.
    ///
    /// # Errors
    /// The watch cancels it.
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
    /// The watch cancels it.
    pub(crate) fn end(&self) -> Result<(), Error> {
        let at = self.at.get();
        self.at.set(Progress { done: at.total.unwrap_or(at.done), ..at });
        self.beat()
    }
}

#[cold]
fn interrupted() -> Error {
    Error::single(Code::Interrupted, "", message!("cancelled by the caller", "annulé par l'appelant"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::RefCell;

    #[test]
    fn steps_of_a_part_count_on_or_are_not_told() {
        let told = RefCell::new(Vec::new());
        let watch = Watch::new(|progress| {
            told.borrow_mut().push((progress.done, progress.total));
            ControlFlow::Continue(())
        });
        let whole = Pulse::of(Some(&watch), Some(9));
        whole.step(2).unwrap();
        whole.part().step(1).unwrap();
        let onward = whole.onward();
        onward.step(3).unwrap();
        onward.part().beat().unwrap();
        whole.step(4).unwrap(); // behind the report of a part
        whole.end().unwrap();
        assert_eq!(*told.borrow(), [2, 2, 5, 5, 5, 9].map(|done| (done, Some(9))));
    }

    #[test]
    fn a_thread_stops_when_another_says_so() {
        let stop = AtomicBool::new(false);
        let pulse = Pulse::stopped_by(&stop);
        assert!(pulse.step(1).is_ok() && !pulse.is_heard());
        stop.store(true, Ordering::Relaxed);
        assert_eq!(pulse.beat().unwrap_err().code(), Code::Interrupted);
    }
}
