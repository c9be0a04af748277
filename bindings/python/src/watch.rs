//! Long calls: without Python's lock, heard by Ctrl-C, and seen by a progress bar.
//!
//! The library tells its watch on the thread that asked, and many times a millisecond. What a call of that thread wants
//! told is therefore kept with the thread; whoever holds on to a watched scenario holds on to nothing of the call.

use std::cell::RefCell;
use std::ops::ControlFlow;
use std::time::{Duration, Instant};

use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use relocost::{Error, Progress, Scenario, Watch};

use crate::failure::exception;

/// How many times at most the library tells its progress before the clock is asked.
const TELLS: u32 = 64;
/// Tells that come closer than this are not all worth a look at the clock.
const OFTEN: Duration = Duration::from_millis(1);
/// How often Python is asked for signals: well within the tenth of a second that a user may wait.
const PATIENCE: Duration = Duration::from_millis(25);

/// A call under way on this thread.
struct Call {
    /// Tells to let pass before the next look at the clock, and after it.
    left: u32,
    skip: u32,
    looked: Instant,
    /// When Python was asked last.
    asked: Instant,
    /// Is called with the steps done and in all.
    show: Option<Py<PyAny>>,
    /// What was raised by a signal or by `show`, and ends the call.
    raised: Option<PyErr>,
}

impl Call {
    /// Whether it is time to ask Python. A library that tells often is not looked at each time.
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
}

thread_local! {
    static CALL: RefCell<Option<Call>> = const { RefCell::new(None) };
}

/// Asks Python for signals and shows the progress, if it is time.
fn tell(progress: Progress) -> ControlFlow<()> {
    // Python may call the library again meanwhile: the call is taken out, not lent.
    let due = CALL.with_borrow_mut(|call| {
        let due = call.as_mut()?.is_due();
        due.then(|| call.take())?
    });
    let Some(mut call) = due else { return ControlFlow::Continue(()) };
    let answer = Python::attach(|py| {
        py.check_signals()?;
        call.show.as_ref().map_or(Ok(()), |show| show.call1(py, (progress.done, progress.total)).map(drop))
    });
    call.asked = Instant::now();
    call.raised = answer.err();
    let go_on = call.raised.is_none();
    CALL.set(Some(call));
    if go_on { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
}

/// Asks the library something about a watched scenario.
///
/// `show` is called with the steps done and in all, now and then, if it is given; what it raises ends the call, as
/// Ctrl-C does.
pub(crate) fn ask<T: Send>(
    py: Python<'_>,
    scenario: &Scenario,
    show: Option<Py<PyAny>>,
    question: impl FnOnce(&Scenario) -> Result<T, Error> + Send,
) -> PyResult<T> {
    static WATCH: PyOnceLock<Watch> = PyOnceLock::new();
    let scenario = scenario.watched(WATCH.get_or_init(py, || Watch::new(tell)));
    call(py, show, || question(&scenario))
}

/// Asks the library something about a result, whose scenario was watched when it was asked for.
pub(crate) fn call<T: Send>(
    py: Python<'_>,
    show: Option<Py<PyAny>>,
    question: impl FnOnce() -> Result<T, Error> + Send,
) -> PyResult<T> {
    let now = Instant::now();
    let call = Call { left: 0, skip: 0, looked: now, asked: now, show, raised: None };
    // A call within a call, from what is shown, has its own.
    let outer = CALL.replace(Some(call));
    let result = py.detach(question);
    let call = CALL.replace(outer);
    // A signal that was taken from Python must not be lost, whatever came of the question.
    match call.and_then(|call| call.raised) {
        Some(raised) => Err(raised),
        None => result.map_err(|error| exception(&error)),
    }
}
