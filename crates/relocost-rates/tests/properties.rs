//! Properties that hold for any file.
#![expect(clippy::float_arithmetic, clippy::cast_precision_loss, reason = "a second opinion, which need not be exact")]

use std::fmt::Write;

use proptest::prelude::*;
use relocost_rates::{Format, PeriodRate, RateOptions, SourceText, rates};

const FIXTURES: &[(Format, &str)] = &[
    (Format::Ecb, include_str!("fixtures/eurofxref-hist.csv")),
    (Format::Ecb, include_str!("fixtures/eurofxref-hist.xml")),
    (Format::Un, include_str!("fixtures/un-2026-09.xml")),
    (Format::Imf, include_str!("fixtures/imf-rms-mth.tsv")),
    (Format::Imf, include_str!("fixtures/imf-rms-five.tsv")),
    (Format::Eurostat, include_str!("fixtures/eurostat.sdmx.csv")),
    (Format::Eurostat, include_str!("fixtures/eurostat.tsv")),
    (Format::Oecd, include_str!("fixtures/oecd.sdmx.csv")),
    (Format::WorldBank, include_str!("fixtures/world-bank.csv")),
    (Format::Bls, include_str!("fixtures/bls.txt")),
    (Format::Csv, include_str!("fixtures/levels.csv")),
];

fn options() -> impl Strategy<Value = RateOptions> {
    let of = prop_oneof![Just(PeriodRate::Average), Just(PeriodRate::End), Just(PeriodRate::Month)];
    (of, proptest::option::of((2015..2030, 0..20)), proptest::option::of(1_u32..14), any::<bool>()).prop_map(
        |(of, years, month, allow_gaps)| {
            let mut options = RateOptions::default();
            options.years = years.map(|(first, more)| (first, first + more));
            (options.of, options.month, options.allow_gaps) = (of, month, allow_gaps);
            options
        },
    )
}

proptest! {
    #[test]
    fn no_text_makes_a_reader_panic(text in ".{0,200}", format in 0..Format::ALL.len(), options in options()) {
        let _ = rates(Format::ALL[format], &[SourceText { name: "file", text: &text }], &options);
    }

    #[test]
    fn a_file_with_something_wrong_is_read_or_refused_and_what_is_read_is_toml(
        (which, at, what, length) in (0..FIXTURES.len(), any::<prop::sample::Index>(), "[\\PC\t\n,;<>\"]{0,3}", 0..9_usize),
        options in options(),
    ) {
        let (format, text) = FIXTURES[which];
        let characters: Vec<char> = text.chars().collect();
        let at = at.index(characters.len());
        let mut wrong: String = characters[..at].iter().collect();
        wrong.push_str(&what);
        wrong.extend(characters.iter().skip(at + length));
        if let Ok(tables) = rates(format, &[SourceText { name: "file", text: &wrong }], &options) {
            let toml: toml::Table = tables.to_toml().parse().unwrap();
            prop_assert!(toml.contains_key("rates"));
        }
    }

    #[test]
    fn increases_lead_from_each_level_to_the_next(levels in prop::collection::vec(1_u64..100_000_000, 2..30)) {
        let mut text = "year,level\n".to_owned();
        for (year, level) in (1990..).zip(&levels) {
            let _ = writeln!(text, "{year},{}.{:03}", level / 1000, level % 1000);
        }
        let tables = rates(Format::Csv, &[SourceText { name: "file", text: &text }], &RateOptions::default());
        // A level that rounds a fall to -1, or a rise beyond what a file holds, is refused.
        if let Ok(tables) = tables {
            let values = &tables.tables[0].values;
            prop_assert_eq!(values.len(), levels.len() - 1);
            for ((_, increase), pair) in values.iter().zip(levels.windows(2)) {
                let increase: f64 = increase.parse().unwrap();
                let (from, to) = (pair[0] as f64, pair[1] as f64);
                prop_assert!((from * (1.0 + increase) - to).abs() <= 1e-9 * from.max(to));
            }
        }
    }

    #[test]
    fn a_rate_and_its_reverse_multiply_to_one(quotes in prop::collection::vec(1_u64..10_000_000, 12)) {
        let mut text = "Date,USD,\n".to_owned();
        for (month, quote) in (1..).zip(&quotes) {
            let _ = writeln!(text, "2025-{month:02}-15,{}.{:04},", quote / 10_000, quote % 10_000);
        }
        let of = |currency: &str| {
            let options = RateOptions::default().currency(currency.parse().unwrap());
            let tables = rates(Format::Ecb, &[SourceText { name: "file", text: &text }], &options).unwrap();
            tables.tables[0].values[0].1.parse::<f64>().unwrap()
        };
        prop_assert!((of("EUR") * of("USD") - 1.0).abs() < 1e-8);
    }
}
