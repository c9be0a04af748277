//! Memory whose size a caller decides: asked for before it is needed, so that its lack is an error and not the end of the
//! process.

use crate::error::{Code, Error};
use crate::message;

/// An empty list with room for so many.
///
/// # Errors
/// The system does not give so much memory.
pub(crate) fn list<T>(count: usize) -> Result<Vec<T>, Error> {
    let mut list = Vec::new();
    list.try_reserve_exact(count).map_err(|_| lacking::<T>(count))?;
    Ok(list)
}

/// Makes room in a list for so many more.
///
/// # Errors
/// The system does not give so much memory.
pub(crate) fn more<T>(list: &mut Vec<T>, count: usize) -> Result<(), Error> {
    list.try_reserve(count).map_err(|_| lacking::<T>(list.len().saturating_add(count)))
}

/// True if there is memory for so many now, although they will be added piece by piece.
///
/// # Errors
/// The system does not give so much memory.
pub(crate) fn tried<T>(count: u64) -> Result<(), Error> {
    list::<T>(usize::try_from(count).unwrap_or(usize::MAX)).map(drop)
}

/// The error of a lack of memory for so many.
pub(crate) fn lacking<T>(count: usize) -> Error {
    let mebibytes = count.saturating_mul(size_of::<T>()).div_ceil(1 << 20);
    let message = message!(
        "{mebibytes} MiB of memory cannot be had; ask for less at a time",
        "{mebibytes} Mio de mémoire ne peuvent être obtenus ; demander moins à la fois"
    );
    Error::single(Code::OutOfMemory, "", message)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_had_is_an_error() {
        assert_eq!(list::<u64>(10).unwrap().capacity(), 10);
        for count in [u64::MAX, 1 << 60] {
            assert_eq!(tried::<u64>(count).unwrap_err().code(), Code::OutOfMemory);
            let found = more(&mut vec![1_u64], usize::try_from(count).unwrap_or(usize::MAX));
            assert_eq!(found.unwrap_err().code(), Code::OutOfMemory);
        }
    }
}
