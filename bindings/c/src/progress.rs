//! Long questions, followed and cancelled by a function of the caller.

use std::ffi::{c_int, c_void};
use std::ops::ControlFlow;

use relocost::Watch;

use crate::host::in_its_own;
use crate::types;

/// The watch of a call: tells the function of its options, with what it gets as its first argument.
pub(crate) fn watch(function: types::Progress, user: *mut c_void) -> Watch<'static> {
    Watch::new(move |progress| {
        let ask = |function: extern "C" fn(*mut c_void, u64, u64) -> c_int| {
            in_its_own(|| function(user, progress.done, progress.total.unwrap_or(0)))
        };
        let answer = function.map_or(0, ask);
        if answer == 0 { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    })
}
