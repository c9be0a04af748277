//! The options for reading a publisher's file.

use relocost::{Code, Currency, Error, Id, message};

/// The publishers whose files are read, each in the versions that [`Format::about`] states.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Format {
    /// Euro foreign exchange reference rates of the European Central Bank.
    Ecb,
    /// Operational rates of exchange of the United Nations.
    Un,
    /// Representative exchange rates of the International Monetary Fund.
    Imf,
    /// Price indices of Eurostat.
    Eurostat,
    /// Price indices of the OECD.
    Oecd,
    /// Indicators of the World Bank.
    WorldBank,
    /// Series of the Bureau of Labor Statistics of the United States.
    Bls,
    /// Levels of an index in any table.
    Csv,
}

impl Format {
    /// Every format.
    pub const ALL: &[Self] =
        &[Self::Ecb, Self::Un, Self::Imf, Self::Eurostat, Self::Oecd, Self::WorldBank, Self::Bls, Self::Csv];

    /// The name on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ecb => "ecb",
            Self::Un => "un",
            Self::Imf => "imf",
            Self::Eurostat => "eurostat",
            Self::Oecd => "oecd",
            Self::WorldBank => "world-bank",
            Self::Bls => "bls",
            Self::Csv => "csv",
        }
    }

    /// The format of a name.
    ///
    /// ```
    /// use relocost_rates::Format;
    /// assert_eq!(Format::from_name("world-bank"), Some(Format::WorldBank));
    /// assert_eq!(Format::from_name("worldbank"), None);
    /// ```
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|format| format.name() == name)
    }

    /// The files that are read, and the version of their format.
    pub const fn about(self) -> &'static str {
        match self {
            Self::Ecb => "eurofxref-hist.csv, eurofxref.csv and their XML (vocabulary 2002-08-01)",
            Self::Un => "UN operational rates as the Treasury's XML (UN_OPERATIONAL_RATES_DATASET)",
            Self::Imf => "representative rates of a month, or of the last five days, as TSV (rms_mth, rms_five)",
            Self::Eurostat => "SDMX-CSV 1.0 and 2.0, and TSV (TIME_PERIOD, or time as before 2022)",
            Self::Oecd => "SDMX-CSV 1.0 and 2.0, with or without labels",
            Self::WorldBank => "the CSV of an indicator (API_..._DS2_en_csv_v2)",
            Self::Bls => "flat files of time series (cu.data.0.Current and the like)",
            Self::Csv => "a table with one column of periods and one of levels",
        }
    }

    /// True if it gives exchange rates, and not levels of an index.
    pub const fn is_exchange(self) -> bool {
        matches!(self, Self::Ecb | Self::Un | Self::Imf)
    }
}

/// The part of a year whose rate is taken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PeriodRate {
    /// Exchange rates: the mean of a year's quotes. Indices: the mean of a year over that of the year before.
    #[default]
    Average,
    /// Exchange rates: the last quote of a year. Indices: December over December.
    End,
    /// Exchange rates: the mean of each month's quotes, by month. Indices: one month, over itself a year before.
    Month,
}

impl PeriodRate {
    /// The name on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Average => "average",
            Self::End => "end",
            Self::Month => "month",
        }
    }

    /// Every one.
    pub const ALL: &[Self] = &[Self::Average, Self::End, Self::Month];

    /// The one of a name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|of| of.name() == name)
    }
}

impl std::str::FromStr for Format {
    type Err = Error;

    /// The one of a name.
    ///
    /// ```
    /// use relocost_rates::Format;
    /// assert_eq!("ecb".parse::<Format>()?, Format::Ecb);
    /// assert!("bank".parse::<Format>().unwrap_err().to_string().starts_with("format: expected one of ecb, un, "));
    /// # Ok::<(), relocost::Error>(())
    /// ```
    fn from_str(name: &str) -> Result<Self, Error> {
        Self::from_name(name).ok_or_else(|| unknown("format", Self::ALL.iter().map(|format| format.name())))
    }
}

impl std::str::FromStr for PeriodRate {
    type Err = Error;

    /// The one of a name.
    ///
    /// ```
    /// use relocost_rates::PeriodRate;
    /// assert_eq!("end".parse::<PeriodRate>()?, PeriodRate::End);
    /// # Ok::<(), relocost::Error>(())
    /// ```
    fn from_str(name: &str) -> Result<Self, Error> {
        Self::from_name(name).ok_or_else(|| unknown("of", Self::ALL.iter().map(|of| of.name())))
    }
}

/// The error of a name that is none of those that there are.
fn unknown(key: &str, names: impl Iterator<Item = &'static str>) -> Error {
    let names = names.collect::<Vec<_>>().join(", ");
    Error::single(Code::UnknownName, key, message!("expected one of {names}", "l'un de {names} est attendu"))
}

/// A column to take: a currency, a series, or the head of a column of levels.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Column {
    /// The currency's code, the series' key, or the head.
    pub series: String,
    /// The name of the index in the scenario; made from the series' key where none is given.
    pub name: Option<Id>,
}

impl std::str::FromStr for Column {
    type Err = Error;

    /// `SERIES` or `SERIES=NAME`.
    ///
    /// ```
    /// let column: relocost_rates::Column = "M.I15.CP041.NL=rent".parse()?;
    /// assert_eq!(column.name.as_ref().map(|name| name.as_str()), Some("rent"));
    /// # Ok::<(), relocost::Error>(())
    /// ```
    fn from_str(text: &str) -> Result<Self, Error> {
        let (series, name) = match text.rsplit_once('=') {
            Some((series, name)) => (series, Some(name.parse()?)),
            None => (text, None),
        };
        if series.trim().is_empty() {
            return Err(Error::single(
                Code::WrongKind,
                "column",
                message!("expected a series, or series=name", "une série, ou série=nom, est attendue"),
            ));
        }
        Ok(Self { series: series.trim().to_owned(), name })
    }
}

/// The options that turn a publisher's files into rates.
///
/// ```
/// use relocost_rates::{PeriodRate, RateOptions};
/// let options = RateOptions::default().years(2020, 2025).of(PeriodRate::End);
/// assert_eq!(options.currency.code(), "EUR");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RateOptions {
    /// The scenario's currency, in which one unit of each other currency is given.
    pub currency: Currency,
    /// The first and the last year wanted; the whole years of the file if left out.
    pub years: Option<(i32, i32)>,
    /// The part of a year whose rate is taken.
    pub of: PeriodRate,
    /// The month, 1 to 12, of [`PeriodRate::Month`] for an index; it becomes the table's `month`.
    pub month: Option<u32>,
    /// The columns wanted; all if empty.
    pub columns: Vec<Column>,
    /// Dimensions that a series has: `("geo", "NL")`.
    pub filters: Vec<(String, String)>,
    /// True if a year or month without figures may be left out, or rest on the figures that it has.
    pub allow_gaps: bool,
}

impl Default for RateOptions {
    fn default() -> Self {
        Self {
            currency: Currency::EUR,
            years: None,
            of: PeriodRate::Average,
            month: None,
            columns: Vec::new(),
            filters: Vec::new(),
            allow_gaps: false,
        }
    }
}

impl RateOptions {
    /// Rates in this currency.
    #[must_use]
    pub fn currency(self, currency: Currency) -> Self {
        Self { currency, ..self }
    }

    /// Rates of these years, both included.
    #[must_use]
    pub fn years(self, first: i32, last: i32) -> Self {
        Self { years: Some((first, last)), ..self }
    }

    /// The part of a year whose rate is taken.
    #[must_use]
    pub fn of(self, of: PeriodRate) -> Self {
        Self { of, ..self }
    }

    /// An index by this month, 1 to 12, in which its increase comes.
    #[must_use]
    pub fn month(self, month: u32) -> Self {
        Self { of: PeriodRate::Month, month: Some(month), ..self }
    }

    /// These columns only.
    #[must_use]
    pub fn columns(self, columns: Vec<Column>) -> Self {
        Self { columns, ..self }
    }

    /// Series with these dimensions only.
    #[must_use]
    pub fn filters(self, filters: Vec<(String, String)>) -> Self {
        Self { filters, ..self }
    }

    /// Gaps are left out, and said.
    #[must_use]
    pub fn allow_gaps(self) -> Self {
        Self { allow_gaps: true, ..self }
    }

    /// Refuses what means nothing for a format.
    pub(crate) fn check(&self, format: Format) -> Result<(), Error> {
        let refused = |code, key: &str, message| Err(Error::single(code, key, message));
        if let Some((first, last)) = self.years
            && !(1800 <= first && first <= last && last <= 2999)
        {
            return refused(
                Code::OutOfRange,
                "years",
                message!(
                    "expected years from 1800 to 2999, such as 2020..2027",
                    "attendu : des années de 1800 à 2999, telles que 2020..2027"
                ),
            );
        }
        if self.month.is_some_and(|month| !(1..=12).contains(&month)) {
            return refused(
                Code::OutOfRange,
                "month",
                message!("expected a month from 1 to 12", "attendu : un mois de 1 à 12"),
            );
        }
        let by_month_of_index = self.of == PeriodRate::Month && !format.is_exchange();
        match self.month {
            None if by_month_of_index => refused(
                Code::MissingKey,
                "month",
                message!(
                    "an index by month needs the month in which its increase comes, 1 to 12",
                    "un indice par mois demande le mois où vient la hausse, de 1 à 12"
                ),
            ),
            Some(_) if !by_month_of_index => refused(
                Code::Conflict,
                "month",
                message!(
                    "a month means something for an index only, with `month` as what is taken of it",
                    "un mois n'a de sens que pour un indice, avec `month` pour ce qui en est pris"
                ),
            ),
            _ if format.is_exchange() && !self.filters.is_empty() => refused(
                Code::Conflict,
                "where",
                message!(
                    "exchange rates have no dimensions; choose currencies as columns",
                    "les taux de change n'ont pas de dimensions ; choisir les monnaies comme colonnes"
                ),
            ),
            _ if format.is_exchange() && self.columns.iter().any(|column| column.name.is_some()) => refused(
                Code::Conflict,
                "column",
                message!("an exchange rate is named by its currency", "un taux de change porte le nom de sa monnaie"),
            ),
            _ => Ok(()),
        }
    }
}
