//! The library itself: its versions, and the names of its statuses.
#![expect(unsafe_code, reason = "only the attribute that exports a name")]

use std::ffi::c_char;
use std::sync::LazyLock;

use crate::findings::ZeroEnded;
use crate::status::names;
use crate::types::{RELOCOST_ABI_VERSION, RELOCOST_VERSION_NUMBER, Status};

/// The version of the binary interface that the library has. A program compares it with RELOCOST_ABI_VERSION, which is
/// the one that it was built for.
#[unsafe(no_mangle)]
pub extern "C" fn relocost_abi_version() -> u32 {
    RELOCOST_ABI_VERSION
}

/// The version of the library, such as "0.1.0", with a zero byte at its end. Never freed.
#[unsafe(no_mangle)]
pub extern "C" fn relocost_version() -> *const c_char {
    const VERSION: &str = concat!(env!("CARGO_PKG_VERSION"), "\0");
    VERSION.as_ptr().cast()
}

/// The version of the library as a number, which a program can compare with RELOCOST_VERSION_NUMBER.
#[unsafe(no_mangle)]
pub extern "C" fn relocost_version_number() -> u32 {
    RELOCOST_VERSION_NUMBER
}

/// The name of a status, such as "missing_key", with a zero byte at its end; "unknown" for a number that is none. Never
/// freed.
#[unsafe(no_mangle)]
pub extern "C" fn relocost_status_name(status: Status) -> *const c_char {
    static NAMES: LazyLock<Vec<(Status, ZeroEnded)>> =
        LazyLock::new(|| names().map(|(number, name)| (number, ZeroEnded::new(name))).collect());
    const UNKNOWN: &str = "unknown\0";
    let found = NAMES.iter().find(|(number, _)| *number == status);
    found.map_or(UNKNOWN.as_ptr().cast(), |(_, name)| name.view().data)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_the_shared_library_has_the_version_of_its_interface() {
        assert_eq!(env!("RELOCOST_SONAME_ABI"), RELOCOST_ABI_VERSION.to_string());
    }

    #[test]
    fn the_header_has_the_version_of_the_library() {
        let defined = concat!("#define RELOCOST_VERSION \"", env!("CARGO_PKG_VERSION"), "\"\n");
        assert!(include_str!("../include/relocost.h").contains(defined));
        let parts = env!("CARGO_PKG_VERSION").split('.').map(|part| part.parse::<u32>().unwrap());
        assert_eq!(parts.fold(0, |number, part| number * 1000 + part), RELOCOST_VERSION_NUMBER);
    }
}
