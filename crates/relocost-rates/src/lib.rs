//! Published exchange rates and price indices, in their publishers' own formats, as the `[rates]` tables of a scenario or
//! a catalogue.
//!
//! ```text
//! text --sources--> quotes or levels --quotes, levels--> rates, exact, rounded once --tables--> TOML, each with its source
//! ```
//!
//! It reads texts and no files. A text that is not in the format named is refused, with line and column; a year or month
//! without figures is an error unless gaps are allowed, and is then named in the source.
//!
//! ```
//! use relocost_rates::{Format, RateOptions, SourceText, rates};
//!
//! let text = "Date,USD,SEK,\n2026-10-30,1.1172,10.978,\n2026-10-29,1.113,10.9995,\n";
//! let source = SourceText { name: "eurofxref-hist.csv", text };
//! let options = RateOptions::default().years(2026, 2026);
//! let rates = rates(Format::Ecb, &[source], &options.clone().allow_gaps())?;
//! assert!(rates.to_toml().contains("[rates.fx.USD]\n2026 = \"0.896780557798\""));
//!
//! // Without `allow_gaps`, months without rates are an error.
//! let error = relocost_rates::rates(Format::Ecb, &[source], &options).unwrap_err();
//! assert!(error.to_string().contains("2026 without month 01"));
//! # Ok::<(), relocost::Error>(())
//! ```
#![forbid(unsafe_code)]

mod levels;
mod number;
mod options;
mod period;
mod quotes;
mod sources;
mod tables;
mod text;

use relocost::{Code, Error, message};

pub use self::options::{Column, Format, PeriodRate, RateOptions};
pub use self::tables::{Key, RateTable, RateTables, Subject};

/// Bytes of a publisher's file that are read at most.
pub const FILE_BYTES: usize = 256 << 20;

/// A publisher's file as text.
#[derive(Clone, Copy)]
pub struct SourceText<'t> {
    /// The name by which errors call it, never a path.
    pub name: &'t str,
    /// The text.
    pub text: &'t str,
}

/// Reads published files of one format and makes tables of rates of them.
///
/// # Errors
/// A text is not in the format, or contradicts another; a currency or series is not there; there are gaps that are not
/// allowed; options mean nothing for the format.
pub fn rates(format: Format, files: &[SourceText<'_>], options: &RateOptions) -> Result<RateTables, Error> {
    options.check(format)?;
    if files.is_empty() {
        return Err(Error::single(
            Code::MissingKey,
            "files",
            message!("expected at least one file", "au moins un fichier est attendu"),
        ));
    }
    let tables = if format.is_exchange() {
        let mut quotes = None;
        for file in files {
            let more = sources::quotes(format, *file)?;
            match &mut quotes {
                None => quotes = Some(more),
                Some(quotes) => quotes.merge(more, file.name)?,
            }
        }
        quotes.map_or_else(|| Ok(Vec::new()), |quotes| quotes.tables(options))?
    } else {
        let mut levels = levels::Levels::default();
        for file in files {
            sources::levels(format, *file, options, &mut levels)?;
        }
        levels.tables(options)?
    };
    Ok(RateTables { currency: options.currency, tables })
}
