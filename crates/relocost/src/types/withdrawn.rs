//! Currencies that ISO 4217 has withdrawn, for old price lists, with the decimals that they had.
//!
//! The codes are those of ISO 4217's list three, which gives no decimals. These come from two sources. The standard
//! library of Java (`java.util.Currency` of `OpenJDK` 17) keeps the minor units that ISO 4217's list one gave while a code was
//! in it. For codes that it does not have, mostly withdrawn before 2000, they are the digits of Unicode's CLDR
//! (`currencyData` of `supplementalData`, as Babel 2.19 has it), which knows no exception among them. Codes that neither source has as money with
//! decimals are refused; `DESIGN.md` lists them.

/// Without a minor unit in use: `OpenJDK` 17.
const NONE: &[&str] = &["ADP", "BEF", "BYB", "BYR", "ESP", "GRD", "ITL", "LUF", "MGF", "PTE", "ROL", "TPE", "TRL"];

/// With two decimals: `OpenJDK` 17.
const TWO: &[&str] = &[
    "AFA", "ANG", "ATS", "AYM", "AZM", "BGL", "CSD", "CYP", "DEM", "EEK", "FIM", "FRF", "GHC", "GWP", "IEP", "LTL",
    "LVL", "MRO", "MTL", "MZM", "NLG", "RUR", "SDD", "SIT", "SKK", "SRG", "STD", "TMM", "USS", "VEB", "VEF", "YUM",
    "ZMK", "ZWD", "ZWN", "ZWR",
];

/// With two decimals: CLDR.
const EARLY: &[&str] = &[
    "ALK", "AOK", "AON", "AOR", "ARA", "ARP", "BAD", "BOP", "BRB", "BRC", "BRE", "BRN", "BRR", "BUK", "CSK", "DDM",
    "ECS", "GEK", "GNS", "GQE", "GWE", "HRD", "ILP", "ILR", "ISJ", "LTT", "LVR", "MLF", "MTP", "MXP", "MZE", "NIC",
    "PEI", "PES", "PLZ", "RHD", "SDP", "SUR", "TJR", "UAK", "UGS", "UYP", "XEU", "YDD", "YUD", "YUN", "ZRN", "ZRZ",
];

/// The code of a withdrawn currency and its decimals.
pub(super) fn withdrawn(code: &str) -> Option<(&'static str, u8)> {
    [(NONE, 0), (TWO, 2), (EARLY, 2)].into_iter().find_map(|(codes, decimals)| {
        let found = codes.iter().find(|known| **known == code)?;
        Some((*found, decimals))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::types::Currency;

    #[test]
    fn each_stands_once_and_is_in_no_use() {
        let all: Vec<&str> = [NONE, TWO, EARLY].concat();
        for (place, code) in all.iter().enumerate() {
            assert!(!all[..place].contains(code), "{code} stands twice");
            assert!(iso_currency::Currency::from_code(code).is_none(), "{code} is known already");
            assert_eq!(Currency::from_code(code).map(Currency::code), Some(*code));
        }
        assert_eq!(all.len(), 97);
    }

    #[test]
    fn decimals_are_those_of_the_time() {
        for (code, decimals) in [
            ("DEM", 2),
            ("FRF", 2),
            ("LTL", 2),
            ("ITL", 0),
            ("BEF", 0),
            ("ESP", 0),
            ("TRL", 0),
            ("ZMK", 2),
            ("YUD", 2),
            ("XEU", 2),
        ] {
            assert_eq!(Currency::from_code(code).map(Currency::decimals), Some(decimals), "{code}");
        }
        // Funds and accounts, codes that ISO 4217 lists without having given them, and what no source gives decimals for.
        for code in ["XFO", "XFU", "XRE", "BEC", "LUL", "ZAL", "ECV", "CSJ", "LAJ", "dem", "DEMX", ""] {
            assert_eq!(Currency::from_code(code), None, "{code}");
        }
    }
}
