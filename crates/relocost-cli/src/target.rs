//! The file that a document is written to, held against its name and what is there before anything is computed.

use std::path::Path;

use relocost::Message;

use crate::failure::{Failure, file_exists};

/// Refuses a file that is there, unless by force, and one whose name ends in what the document is not.
///
/// A name without an ending says nothing, and is as good as any.
pub(crate) fn check((file, force): (&Path, bool), endings: &[&str], expected: Message) -> Result<(), Failure> {
    let is_known = |ending: &std::ffi::OsStr| endings.iter().any(|known| ending.eq_ignore_ascii_case(known));
    if !file.extension().is_none_or(is_known) {
        return Err(Failure::Call(expected));
    }
    if !force && file.symlink_metadata().is_ok() {
        return Err(Failure::Call(file_exists()));
    }
    Ok(())
}
