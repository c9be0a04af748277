//! Error objects: what was found, for the person who must mend the input.
#![expect(unsafe_code, reason = "only the attribute that exports a name")]

use std::ffi::c_char;

use crate::boundary::{Kind, ask, free};
use crate::findings::{ErrorHandle, Errors, ZeroEnded};
use crate::status::{RELOCOST_NO_SUCH_PLACE, wrong};
use crate::types::{Status, Text};

impl Kind for ErrorHandle {
    type Value = Errors;
    const TAG: u64 = 0x7265_6c6f_0e44_04e1;
}

/// One thing found. Its texts belong to the error object.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Finding {
    /// The stable number.
    pub number: u32,
    /// The line from 1; 0 where it is about no line.
    pub line: u32,
    /// The column in characters from 1; 0 where it is about no column.
    pub column: u32,
    /// Always 0.
    pub reserved: u32,
    /// The name of the number, such as "missing_key".
    pub name: Text,
    /// The value found and the values accepted.
    pub message: Text,
    /// The file's own name, without its folders; none where it is about no file.
    pub file: Text,
    /// The path of the key, such as "lines.rent.amount", or the argument of the call; may be empty.
    pub key: Text,
}

/// Puts into `count` how many findings there are. A failed call has at least one.
///
/// Errors: a NULL pointer, a wrong handle.
#[unsafe(no_mangle)]
pub extern "C" fn relocost_error_count(error: *const ErrorHandle, count: *mut usize) -> Status {
    ask(|caller| caller.put(count, caller.handle(error, "error")?.findings.len(), "count"))
}

/// Puts into `more` how many findings there were beyond those that are kept.
///
/// Errors: a NULL pointer, a wrong handle.
#[unsafe(no_mangle)]
pub extern "C" fn relocost_error_more(error: *const ErrorHandle, more: *mut usize) -> Status {
    ask(|caller| caller.put(more, caller.handle(error, "error")?.more, "more"))
}

/// Puts into `finding` the finding at `index`, from 0, in the order of the text. Its texts live as long as `error`.
///
/// Errors: a NULL pointer, a wrong handle, RELOCOST_NO_SUCH_PLACE.
#[unsafe(no_mangle)]
pub extern "C" fn relocost_error_finding(error: *const ErrorHandle, index: usize, finding: *mut Finding) -> Status {
    ask(|caller| {
        let Some(found) = caller.handle(error, "error")?.findings.get(index) else {
            return wrong(RELOCOST_NO_SUCH_PLACE, "index");
        };
        let none = Text { data: std::ptr::null(), length: 0 };
        let view = Finding {
            number: found.number,
            line: found.line,
            column: found.column,
            reserved: 0,
            name: found.name.view(),
            message: found.message.view(),
            file: found.file.as_ref().map_or(none, ZeroEnded::view),
            key: found.key.view(),
        };
        caller.put(finding, view, "finding")
    })
}

/// Copies all findings into `buffer`, a line for each, in English, as the command prints them.
///
/// Errors: a wrong handle, RELOCOST_SHORT_BUFFER.
#[unsafe(no_mangle)]
pub extern "C" fn relocost_error_text(
    error: *const ErrorHandle,
    buffer: *mut c_char,
    capacity: usize,
    required: *mut usize,
) -> Status {
    ask(|caller| caller.copy(caller.handle(error, "error")?.text.en(), buffer, capacity, required))
}

/// Copies all findings into `buffer` in one of the forms RELOCOST_TEXT_EN, RELOCOST_TEXT_FR, a line for each, or
/// RELOCOST_JSON, a list that has the message of each in English (`message`) and in French (`message_fr`).
///
/// Errors: a wrong handle, RELOCOST_SHORT_BUFFER, RELOCOST_UNKNOWN_CHOICE.
#[unsafe(no_mangle)]
pub extern "C" fn relocost_error_write(
    error: *const ErrorHandle,
    form: u32,
    buffer: *mut c_char,
    capacity: usize,
    required: *mut usize,
) -> Status {
    ask(|caller| caller.copy(caller.handle(error, "error")?.write(form)?, buffer, capacity, required))
}

/// Frees an error object. NULL is accepted.
#[unsafe(no_mangle)]
pub extern "C" fn relocost_error_free(error: *mut ErrorHandle) {
    free(error);
}
