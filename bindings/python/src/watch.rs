//! Long calls: without Python's lock, heard by Ctrl-C, and seen by a progress bar.
//!
//! The library tells its watch on the thread that asked, and many times a millisecond.

use std::cell::RefCell;
use std::ops::ControlFlow;
use std::time::{Duration, Instant};

use pyo3::prelude::*;
use pyo3::types::PyList;
use relocost::watch::Progress;
use relocost::{Error, Scenario, Watch, Watched};

use crate::failure::exception;

/// The most reports of progress between two looks at the clock.
const TELLS: u32 = 64;
/// Tells that come closer than this are not all worth a look at the clock.
const OFTEN: Duration = Duration::from_millis(1);
/// The time between two checks for signals: well within the tenth of a second that a user may wait.
const PATIENCE: Duration = Duration::from_millis(25);

/// Values that are made before others get Python's lock: a millisecond or so.
const TOGETHER: usize = 512;

/// A call under way.
struct Call {
    /// Tells to let pass before the next look at the clock, and after it.
    left: u32,
    skip: u32,
    looked: Instant,
    /// When Python was asked last.
    asked: Instant,
    /// Is called with the steps done and in all.
    show: Option<Py<PyAny>>,
    /// The exception of a signal or of `show`, which ends the call.
    raised: Option<PyErr>,
}

impl Call {
    /// True if it is time to ask Python. A library that reports often is not looked at each time.
    fn is_due(&mut self) -> bool {
        if self.left > 0 {
            self.left -= 1;
            return false;
        }
        let now = Instant::now();
        self.skip = if now - self.looked < OFTEN { (2 * self.skip + 1).min(TELLS) } else { 0 };
        (self.left, self.looked) = (self.skip, now);
        now - self.asked >= PATIENCE
    }

    /// Asks Python for signals and shows the progress, if it is time.
    fn tell(&mut self, progress: Progress) -> ControlFlow<()> {
        if !self.is_due() {
            return ControlFlow::Continue(());
        }
        let answer = Python::attach(|py| {
            py.check_signals()?;
            self.show.as_ref().map_or(Ok(()), |show| show.call1(py, (progress.done, progress.total)).map(drop))
        });
        self.asked = Instant::now();
        self.raised = answer.err();
        if self.raised.is_none() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    }
}

/// Asks the library something about a scenario.
///
/// `show` is called with the steps done and in all, now and then, if it is given; what it raises ends the call, as
/// Ctrl-C does.
pub(crate) fn ask<T: Send>(
    py: Python<'_>,
    scenario: &Scenario,
    show: Option<Py<PyAny>>,
    question: impl FnOnce(&Watched<'_, '_, Scenario>) -> Result<T, Error> + Send,
) -> PyResult<T> {
    call(py, show, |watch| question(&scenario.watched(watch)))
}

/// Asks the library something under a watch.
pub(crate) fn call<T: Send>(
    py: Python<'_>,
    show: Option<Py<PyAny>>,
    question: impl FnOnce(&Watch<'_>) -> Result<T, Error> + Send,
) -> PyResult<T> {
    let now = Instant::now();
    let call = Call { left: 0, skip: 0, looked: now, asked: now, show, raised: None };
    let (result, raised) = py.detach(|| {
        let call = RefCell::new(call);
        // Its computation waits while it is told, so that the call is never borrowed twice.
        let result = question(&Watch::new(|progress| {
            call.try_borrow_mut().map_or(ControlFlow::Continue(()), |mut call| call.tell(progress))
        }));
        (result, call.into_inner().raised)
    });
    // A signal that was taken from Python must not be lost, whatever came of the question.
    match raised {
        Some(raised) => Err(raised),
        None => result.map_err(|error| exception(&error)),
    }
}

/// Values that are made with Python's lock held; now and then other threads get it, and signals are heard.
pub(crate) fn list<'py, T: IntoPyObject<'py>>(
    py: Python<'py>,
    values: impl Iterator<Item = PyResult<T>>,
) -> PyResult<Bound<'py, PyList>> {
    let list = PyList::empty(py);
    for (place, value) in values.enumerate() {
        if place % TOGETHER == TOGETHER - 1 {
            py.detach(|| ());
            py.check_signals()?;
        }
        list.append(value?)?;
    }
    Ok(list)
}
