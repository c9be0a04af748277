//! The names of what has random numbers of its own (MODEL.md, 11.8).

use sha2::{Digest, Sha256};

use crate::types::Month;

/// The name of a text: the first eight bytes of its SHA-256.
pub(super) fn name(text: &str) -> u64 {
    let digest: [u8; 32] = Sha256::digest(text.as_bytes()).into();
    digest.first_chunk().map_or(0, |first| u64::from_be_bytes(*first))
}

/// The name of an agreement.
pub(super) fn of_agreement(id: &str) -> u64 {
    name(&format!("agreement/{id}"))
}

/// The name of a copy of a case, whose text up to its number is known.
pub(super) fn of_case(case: &str, copy: u32) -> u64 {
    name(&format!("{case}{copy}"))
}

/// The name of a month of arrivals.
pub(super) fn of_month(entry: &str, month: Month) -> u64 {
    name(&format!("arrival/{entry}/{month}"))
}

/// The name of a case that arrives in a month, by its number there from 1.
pub(super) fn of_arrival(entry: &str, month: Month, rank: u32) -> u64 {
    name(&format!("arrival/{entry}/{month}/{rank}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_the_first_bytes_of_a_known_digest() {
        // sha256("abc") = ba7816bf 8f01cfea ... (FIPS 180-4, example).
        assert_eq!(name("abc"), 0xba78_16bf_8f01_cfea);
        assert_eq!(of_case("case/family/1/", 2), name("case/family/1/2"));
        let month = Month::new(2027, 3).unwrap();
        assert_eq!(of_arrival("2", month, 1), name("arrival/2/2027-03/1"));
        assert_eq!(of_agreement("a"), name("agreement/a"));
    }
}
