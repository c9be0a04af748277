//! The border with C: every pointer is checked, read and written here, and no panic gets past here.
//!
//! In: what a C program passed. Out: checked values that live as long as the call. A [`Caller`] stands for the promise
//! of the header: that pointers which are neither NULL nor of the wrong kind point to what their function says. It is
//! made by [`call`] alone, which every exported function goes through, so that the rest of the crate is safe code.
#![expect(unsafe_code, reason = "the one place that reads and writes through the pointers of C")]

use std::ffi::{CStr, c_char};
use std::marker::PhantomData;
use std::mem::MaybeUninit;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::ptr;

use crate::findings::{ErrorHandle, Errors};
use crate::host::Entered;
use crate::status::{
    CallResult, Fault, RELOCOST_ARGUMENT_NOT_UTF8, RELOCOST_DEFECT, RELOCOST_MISALIGNED, RELOCOST_NULL_POINTER,
    RELOCOST_OK, RELOCOST_OUT_OF_MEMORY, RELOCOST_SHORT_BUFFER, RELOCOST_WRONG_HANDLE, RELOCOST_WRONG_LENGTH,
    RELOCOST_WRONG_SIZE, wrong,
};
use crate::types::{
    Axis, BandShares, Change, EstimateOptions, LoadOptions, Options, PaymentOptions, PublishOptions, RateOptions,
    Selection, SimulateOptions, Statistics, Status, Text, ZERO_ENDED,
};

/// The longest name or path.
const NAME_BYTES: usize = 4096;
/// The largest struct with a size of any later version.
const OPTIONS_BYTES: usize = 4096;
/// The tag of what was freed: found where memory was not used again, which nobody may rely on.
const FREED: u64 = 0;

/// Where a function makes no error object.
pub(crate) const NO_ERROR: *mut *mut ErrorHandle = ptr::null_mut();

/// A kind of handle. C knows the type by name only; what it points to begins with the tag.
pub(crate) trait Kind: Sized {
    /// The content of the handle; may be read from several threads.
    type Value: Send + Sync;
    /// Tells this kind from others.
    const TAG: u64;
}

/// The memory to which a handle points.
#[repr(C)]
struct Held<V> {
    tag: u64,
    value: V,
}

/// A struct with `size` as its first member.
///
/// # Safety
/// It is `repr(C)`, begins with a `usize`, and may be all zeros.
pub(crate) unsafe trait Versioned: Copy {
    /// The fields that must be 0, so that a later version can give them a meaning.
    fn reserved(&self) -> u32 {
        0
    }
}

/// A struct that arrays are made of.
///
/// # Safety
/// It is `repr(C)`, and whatever its bytes are, they are one.
pub(crate) unsafe trait Plain: Copy {}
// SAFETY: numbers and pointers, no more.
unsafe impl Plain for Text {}
unsafe impl Plain for Change {}
unsafe impl Plain for Axis {}

/// Structs with a member that is to be 0.
macro_rules! with_reserved {
    ($($name:ident)*) => {$(
        // SAFETY: as the types' own documentation has it.
        unsafe impl Versioned for $name {
            fn reserved(&self) -> u32 {
                self.reserved
            }
        }
    )*};
}
with_reserved!(LoadOptions Options Selection);
unsafe impl Versioned for SimulateOptions {}
unsafe impl Versioned for EstimateOptions {}
unsafe impl Versioned for RateOptions {}
unsafe impl Versioned for PaymentOptions {}
unsafe impl Versioned for PublishOptions {}
unsafe impl Versioned for Statistics {}
unsafe impl Versioned for BandShares {}

/// Does the work of an exported function: nothing unwinds out of it, and what fails becomes a status and an error
/// object, if the caller wants one.
pub(crate) fn call(error: *mut *mut ErrorHandle, work: impl for<'c> FnOnce(Caller<'c>) -> CallResult<()>) -> Status {
    let _entered = Entered::new();
    if !error.is_null() {
        if !error.is_aligned() {
            return RELOCOST_MISALIGNED;
        }
        // SAFETY: the caller promises a place for a pointer.
        unsafe { error.write(ptr::null_mut()) };
    }
    let fault = match catch_unwind(AssertUnwindSafe(|| work(Caller(PhantomData)))) {
        Ok(Ok(())) => return RELOCOST_OK,
        Ok(Err(fault)) => fault,
        Err(payload) => {
            std::mem::forget(payload); // its own drop might panic
            Fault::Own(RELOCOST_DEFECT, "")
        }
    };
    let status = fault.status();
    if !error.is_null() && status != RELOCOST_SHORT_BUFFER {
        let made = catch_unwind(AssertUnwindSafe(|| handle::<ErrorHandle>(Errors::of(&fault))));
        // SAFETY: as above.
        unsafe { error.write(made.unwrap_or(ptr::null_mut())) };
    }
    status
}

/// As [`call`], of a function that gives a handle: its place holds NULL unless the call succeeds, also where the place
/// for the error is none.
pub(crate) fn give<K: Kind>(
    (place, about): (*mut *mut K, &'static str),
    error: *mut *mut ErrorHandle,
    work: impl for<'c> FnOnce(Caller<'c>) -> CallResult<K::Value>,
) -> Status {
    let usable = check(place.cast_const(), about);
    if usable.is_ok() {
        // SAFETY: checked, and the caller promises a place for a pointer.
        unsafe { place.write(ptr::null_mut()) };
    }
    call(error, |caller| {
        usable?;
        let made = handle::<K>(work(caller)?);
        // SAFETY: as above.
        unsafe { place.write(made) };
        Ok(())
    })
}

/// As [`call`], of a function that makes no error object.
pub(crate) fn ask(work: impl for<'c> FnOnce(Caller<'c>) -> CallResult<()>) -> Status {
    call(NO_ERROR, work)
}

fn handle<K: Kind>(value: K::Value) -> *mut K {
    Box::into_raw(Box::new(Held { tag: K::TAG, value })).cast()
}

/// Frees a handle; NULL is none, and a handle of another kind stays as it is.
pub(crate) fn free<K: Kind>(given: *mut K) {
    ask(|caller| {
        if given.is_null() {
            return Ok(());
        }
        caller.handle(given.cast_const(), "handle")?;
        let held: *mut Held<K::Value> = given.cast();
        // SAFETY: the tag says that `handle` made it, of this kind; the caller promises that nobody uses it any more.
        unsafe {
            (&raw mut (*held).tag).write_volatile(FREED);
            drop(Box::from_raw(held));
        }
        Ok(())
    });
}

/// The C program that called, whose promises hold for the length of the call.
#[derive(Clone, Copy)]
pub(crate) struct Caller<'c>(PhantomData<&'c ()>);

#[expect(clippy::unused_self, reason = "the caller's promise is asked for, and has nothing to say")]
impl<'c> Caller<'c> {
    /// The content of a handle.
    pub(crate) fn handle<K: Kind>(self, given: *const K, about: &'static str) -> CallResult<&'c K::Value> {
        if given.is_null() {
            return wrong(RELOCOST_NULL_POINTER, about);
        }
        let held: *const Held<K::Value> = given.cast();
        // SAFETY: the caller promises a handle of this library, and all of them begin with a tag.
        if !held.is_aligned() || unsafe { (&raw const (*held).tag).read() } != K::TAG {
            return wrong(RELOCOST_WRONG_HANDLE, about);
        }
        // SAFETY: the tag says that it holds this kind; handles are only read until they are freed.
        Ok(unsafe { &(*held).value })
    }

    /// Bytes, at most so many of them.
    pub(crate) fn bytes(
        self,
        data: *const c_char,
        length: usize,
        most: usize,
        about: &'static str,
    ) -> CallResult<&'c [u8]> {
        if data.is_null() {
            return wrong(RELOCOST_NULL_POINTER, about);
        }
        let bytes = if length == ZERO_ENDED {
            // SAFETY: the caller says that a zero byte ends it.
            unsafe { CStr::from_ptr(data) }.to_bytes()
        } else if length <= most {
            // SAFETY: the caller promises so many bytes, and `most` is less than memory can have.
            unsafe { std::slice::from_raw_parts(data.cast(), length) }
        } else {
            return wrong(RELOCOST_WRONG_LENGTH, about);
        };
        if bytes.len() <= most { Ok(bytes) } else { wrong(RELOCOST_WRONG_LENGTH, about) }
    }

    /// Bytes of which some may be zero.
    pub(crate) fn binary(self, data: *const c_char, length: usize, about: &'static str) -> CallResult<&'c [u8]> {
        let most = isize::MAX.unsigned_abs();
        if !data.is_null() && length > most {
            return wrong(RELOCOST_WRONG_LENGTH, about);
        }
        self.bytes(data, length, most, about)
    }

    /// A text of any length.
    pub(crate) fn long_text(self, data: *const c_char, length: usize, about: &'static str) -> CallResult<&'c str> {
        utf8(self.bytes(data, length, isize::MAX.unsigned_abs(), about)?, about)
    }

    /// A name or path.
    pub(crate) fn name(self, data: *const c_char, length: usize, about: &'static str) -> CallResult<&'c str> {
        utf8(self.bytes(data, length, NAME_BYTES, about)?, about)
    }

    /// A name or path that may be left out.
    pub(crate) fn name_if_given(self, text: Text, about: &'static str) -> CallResult<Option<&'c str>> {
        if text.data.is_null() { Ok(None) } else { self.name(text.data, text.length, about).map(Some) }
    }

    /// Names or paths; NULL only where there are none.
    pub(crate) fn names(self, data: *const Text, count: usize, about: &'static str) -> CallResult<Vec<&'c str>> {
        self.array(data, count, about)?.iter().map(|text| self.name(text.data, text.length, about)).collect()
    }

    /// Structs that the header declares, of which every pattern of bits is one; NULL only where there are none.
    pub(crate) fn array<T: Plain>(self, data: *const T, count: usize, about: &'static str) -> CallResult<&'c [T]> {
        if count == 0 {
            return Ok(&[]);
        }
        check(data, about)?;
        if count > isize::MAX.unsigned_abs() / size_of::<T>() {
            return wrong(RELOCOST_WRONG_LENGTH, about);
        }
        // SAFETY: checked, and the caller promises so many.
        Ok(unsafe { std::slice::from_raw_parts(data, count) })
    }

    /// The size that a struct of any version says it has.
    fn size<T: Versioned>(self, given: *const T, about: &'static str) -> CallResult<usize> {
        check(given, about)?;
        // SAFETY: the caller promises that it begins with its size.
        let size = unsafe { given.cast::<usize>().read() };
        // The size of a struct is whole in its alignment: any other would cut a member, and half a pointer is none.
        let whole = size.is_multiple_of(align_of::<T>());
        if !whole || !(size_of::<usize>()..=OPTIONS_BYTES).contains(&size) {
            return wrong(RELOCOST_WRONG_SIZE, about);
        }
        Ok(size)
    }

    /// An options struct of this or another version: what it does not have is zero, and what this version does not
    /// know must be.
    pub(crate) fn options<T: Versioned>(self, given: *const T, about: &'static str) -> CallResult<T> {
        let mut known = MaybeUninit::<T>::zeroed();
        if !given.is_null() {
            let size = self.size(given, about)?;
            let common = size.min(size_of::<T>());
            // SAFETY: the caller promises `size` bytes; no more than both have are copied.
            unsafe { ptr::copy_nonoverlapping(given.cast::<u8>(), known.as_mut_ptr().cast::<u8>(), common) };
            // SAFETY: these are the rest of the `size` bytes.
            let unknown = unsafe { std::slice::from_raw_parts(given.cast::<u8>().add(common), size - common) };
            if unknown.iter().any(|byte| *byte != 0) {
                return wrong(RELOCOST_WRONG_SIZE, about);
            }
        }
        // SAFETY: all zeros are valid, and so is what a caller of the header's struct sets in it.
        let known = unsafe { known.assume_init() };
        if known.reserved() == 0 { Ok(known) } else { wrong(RELOCOST_WRONG_SIZE, about) }
    }

    /// Puts a value into the caller's memory.
    pub(crate) fn put<T: Copy>(self, place: *mut T, value: T, about: &'static str) -> CallResult<()> {
        check(place.cast_const(), about)?;
        // SAFETY: checked, and the caller promises a place for it.
        unsafe { place.write(value) };
        Ok(())
    }

    /// Puts a struct into the caller's, which may be of another version: its size stays, and what only later versions
    /// have becomes zero.
    pub(crate) fn put_versioned<T: Versioned>(self, place: *mut T, value: T, about: &'static str) -> CallResult<()> {
        let size = self.size(place.cast_const(), about)?;
        let (head, common) = (size_of::<usize>(), size.min(size_of::<T>()));
        let (from, to) = ((&raw const value).cast::<u8>(), place.cast::<u8>());
        // SAFETY: the caller promises `size` bytes, which are at least a size; no more than both have are copied.
        unsafe {
            ptr::copy_nonoverlapping(from.add(head), to.add(head), common - head);
            to.add(common).write_bytes(0, size - common);
        }
        Ok(())
    }

    /// Copies a text and a zero byte into the caller's buffer, if it is long enough.
    pub(crate) fn copy(self, text: &str, buffer: *mut c_char, capacity: usize, required: *mut usize) -> CallResult<()> {
        if !required.is_null() {
            self.put(required, text.len() + 1, "required")?;
        }
        if buffer.is_null() || capacity <= text.len() {
            return wrong(RELOCOST_SHORT_BUFFER, "buffer");
        }
        // SAFETY: the caller promises `capacity` bytes, which is more than the text has; it is none of the library's.
        unsafe {
            ptr::copy_nonoverlapping(text.as_ptr(), buffer.cast::<u8>(), text.len());
            buffer.add(text.len()).write(0);
        }
        Ok(())
    }

    /// Fills the caller's array with values, if it is long enough and all of them can be had.
    pub(crate) fn fill<T: Copy>(
        self,
        (buffer, capacity, required): (*mut T, usize, *mut usize),
        values: impl ExactSizeIterator<Item = CallResult<T>>,
    ) -> CallResult<()> {
        let count = values.len();
        if !required.is_null() {
            self.put(required, count, "required")?;
        }
        if count == 0 {
            return Ok(());
        }
        if buffer.is_null() || capacity < count {
            return wrong(RELOCOST_SHORT_BUFFER, "buffer");
        }
        check(buffer.cast_const(), "buffer")?;
        // All of them, before the first is written.
        let mut all = Vec::new();
        all.try_reserve_exact(count).map_err(|_| Fault::Own(RELOCOST_OUT_OF_MEMORY, "buffer"))?;
        for value in values.take(count) {
            all.push(value?);
        }
        // SAFETY: the caller promises `capacity` places, which are not fewer.
        unsafe { ptr::copy_nonoverlapping(all.as_ptr(), buffer, all.len()) };
        Ok(())
    }
}

fn utf8<'c>(bytes: &'c [u8], about: &'static str) -> CallResult<&'c str> {
    std::str::from_utf8(bytes).map_err(|_| Fault::Own(RELOCOST_ARGUMENT_NOT_UTF8, about))
}

fn check<T>(pointer: *const T, about: &'static str) -> CallResult<()> {
    if pointer.is_null() {
        wrong(RELOCOST_NULL_POINTER, about)
    } else if pointer.is_aligned() {
        Ok(())
    } else {
        wrong(RELOCOST_MISALIGNED, about)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_becomes_a_status_and_an_error() {
        let mut error: *mut ErrorHandle = ptr::null_mut();
        assert_eq!(call(&raw mut error, |_| panic!("a defect")), RELOCOST_DEFECT);
        ask(|caller| {
            let found = caller.handle(error.cast_const(), "error")?;
            assert_eq!(found.findings[0].number, RELOCOST_DEFECT);
            Ok(())
        });
        free(error);
    }

    #[test]
    fn unsafe_code_stands_in_two_files_only() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        for file in std::fs::read_dir(folder).unwrap() {
            let path = file.unwrap().path();
            if path.ends_with("boundary.rs") || path.ends_with("host.rs") {
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap();
            let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
            for line in code.filter(|line| line.contains("unsafe")) {
                let exports = line.trim() == "#[unsafe(no_mangle)]" || line.contains("unsafe_code");
                assert!(exports, "{}: {line}", path.display());
            }
        }
    }
}
