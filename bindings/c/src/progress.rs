//! Long questions, followed and broken off by a function of the caller.
//!
//! A result keeps its scenario, and that its watch; the function is therefore kept with the thread for the length of a
//! call, so that nothing holds on to it afterwards.

use std::cell::Cell;
use std::ffi::{c_int, c_void};
use std::ops::ControlFlow;
use std::sync::LazyLock;

use relocost::{Progress, Scenario, Watch};

use crate::host::in_its_own;
use crate::types;

thread_local! {
    /// Whom to tell, of the call under way on this thread.
    static CALL: Cell<(types::Progress, *mut c_void)> = const { Cell::new((None, std::ptr::null_mut())) };
}

fn tell(progress: Progress) -> ControlFlow<()> {
    let (function, user) = CALL.get();
    let ask = |function: extern "C" fn(*mut c_void, u64, u64) -> c_int| {
        in_its_own(|| function(user, progress.done, progress.total.unwrap_or(0)))
    };
    let answer = function.map_or(0, ask);
    if answer == 0 { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
}

/// The scenario under the watch of this library, as all of its scenarios are.
pub(crate) fn watched(scenario: &Scenario) -> Scenario {
    static WATCH: LazyLock<Watch> = LazyLock::new(|| Watch::new(tell));
    scenario.watched(&WATCH)
}

/// Asks a question, about which the function of the options is told, with what it gets as its first argument.
pub(crate) fn told<T>(whom: (types::Progress, *mut c_void), question: impl FnOnce() -> T) -> T {
    /// Puts back what an outer call has, also where a defect unwinds.
    struct Outer((types::Progress, *mut c_void));
    impl Drop for Outer {
        fn drop(&mut self) {
            CALL.set(self.0);
        }
    }
    let _outer = Outer(CALL.replace(whom));
    question()
}
