//! Estimates without a catalogue: the other cost that the Court's reported average implies for a known one.
//!
//! In: one known cost. Out: the other one, at both ends and in the middle of a band. This carries an average over to a
//! figure, and is no result of the model.

use num_rational::BigRational;
use num_traits::{One, Signed};
use serde::{Serialize, Serializer};

use crate::comparison::ReportedBand;
use crate::error::{Code, Error};
use crate::exact::{from_decimal, shortest, to_minor};
use crate::message;
use crate::message::Lang;
use crate::names::SolutionKind;
use crate::options::setters;
use crate::per_cent;
use crate::types::{Amount, Currency, Money};

/// A cost that is known, and the kind of solution that it is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum KnownCost {
    /// The cost of a permanent solution.
    Permanent(Amount),
    /// The cost of a temporary solution.
    Temporary(Amount),
}

impl KnownCost {
    /// The amount.
    pub const fn amount(self) -> Amount {
        match self {
            Self::Permanent(amount) | Self::Temporary(amount) => amount,
        }
    }

    /// The kind of solution that the cost is of.
    pub const fn kind(self) -> SolutionKind {
        match self {
            Self::Permanent(_) => SolutionKind::Permanent,
            Self::Temporary(_) => SolutionKind::Temporary,
        }
    }
}

/// The origin of an estimate's band.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum BandOrigin {
    /// The average that the Court reported in 2015.
    Court,
    /// The caller.
    Caller,
}

impl BandOrigin {
    /// The sentence that labels an estimate with such a band.
    pub const fn text(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Self::Court, Lang::En) => {
                "The Court's reported average (ICC-ASP/14, 2015, para. 41) carried over to one cost; not a result of the model"
            }
            (Self::Court, Lang::Fr) => {
                "La moyenne indiquée par la Cour (ICC-ASP/14, 2015, par. 41) reportée sur un seul coût ; pas un résultat du modèle"
            }
            (Self::Caller, Lang::En) => {
                "A band given by the caller carried over to one cost; not a result of the model"
            }
            (Self::Caller, Lang::Fr) => "Une fourchette donnée reportée sur un seul coût ; pas un résultat du modèle",
        }
    }
}

/// The known cost, and the band to carry over.
///
/// ```
/// use relocost::estimate::{EstimateOptions, KnownCost};
/// // United States, Witness Security Program: about 112,000 dollars a year for a family of four
/// // (Office of the Inspector General, report I-2001-002, appendix).
/// let options = EstimateOptions::new(KnownCost::Permanent("112000".parse()?), "USD".parse()?);
/// let estimate = options.estimate()?;
/// let temporary: Vec<String> = estimate.points.iter().map(|point| point.temporary.to_string()).collect();
/// assert_eq!(temporary, ["162400.00", "179200.00", "196000.00"]);
/// assert_eq!(estimate.points[1].extra.to_string(), "67200.00");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct EstimateOptions {
    /// The cost that is known, above 0: of the whole time, or of a month where `months` are given.
    pub known: KnownCost,
    /// For how many months, where the cost is that of one.
    pub months: Option<u32>,
    /// The currency.
    pub currency: Currency,
    /// The band of premiums.
    pub band: ReportedBand,
}

setters!(EstimateOptions {
    /// Sets the number of months, where the cost is that of one.
    months?: u32,
    /// Sets the band of premiums.
    band: ReportedBand,
});

/// One point of the band.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct EstimatePoint {
    /// The premium, a share of the permanent cost, with at most 12 decimals.
    pub premium: String,
    /// The permanent cost.
    pub permanent: Money,
    /// The temporary cost.
    pub temporary: Money,
    /// The extra cost of the temporary solution.
    pub extra: Money,
}

/// The costs that the band implies at its lower end, in its middle and at its upper end. They are about no scenario.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Estimate {
    currency: Currency,
    /// The kind of solution whose cost was known.
    pub known: SolutionKind,
    /// The cost that was known, of the whole time.
    pub cost: Money,
    /// Lower end, middle and upper end of the band.
    pub points: [EstimatePoint; 3],
    /// The origin of the band that the figures rest on; JSON has the sentence.
    pub rests_on: BandOrigin,
}

impl Serialize for Estimate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;
        let mut out = serializer.serialize_struct("Estimate", 7)?;
        out.serialize_field("schema", &Self::SCHEMA)?;
        out.serialize_field("internal", &true)?; // an exact cost, of somebody
        out.serialize_field("currency", &self.currency)?;
        out.serialize_field("known", &self.known)?;
        out.serialize_field("cost", &self.cost)?;
        out.serialize_field("points", &self.points)?;
        out.serialize_field("rests_on", self.rests_on.text(Lang::En))?;
        out.end()
    }
}

impl Estimate {
    /// The number of the form in which results are written.
    pub const SCHEMA: u32 = 1;

    /// The currency of every figure.
    pub fn currency(&self) -> Currency {
        self.currency
    }
}

impl EstimateOptions {
    /// A known cost of the whole time, with the band that the Court reported.
    pub const fn new(known: KnownCost, currency: Currency) -> Self {
        Self { known, months: None, currency, band: ReportedBand::COURT_2015 }
    }

    /// Carries the band over to the cost. Either cost is rounded once, half to even, and the extra cost is their
    /// difference.
    ///
    /// # Errors
    /// The cost or the number of months is not above 0, an end of the band is above 10, or a figure is too large to write.
    pub fn estimate(&self) -> Result<Estimate, Error> {
        let kind = self.known.kind();
        let cost =
            from_decimal(self.known.amount().to_decimal()) * BigRational::from_integer(self.months.unwrap_or(1).into());
        if !cost.is_positive() {
            return Err(Error::single(
                Code::OutOfRange,
                kind.name(),
                message!(
                    "expected a cost above 0, and at least one month",
                    "attendu : un coût supérieur à 0, et au moins un mois"
                ),
            ));
        }
        for end in [self.band.low, self.band.high] {
            per_cent::refuse("band", end)?;
        }
        let [low, high] = [self.band.low, self.band.high].map(from_decimal);
        let middle = (&low + &high) / BigRational::from_integer(2.into());
        let point = |premium: &BigRational| {
            let growth = BigRational::one() + premium;
            let (permanent, temporary) = match kind {
                SolutionKind::Permanent => (cost.clone(), &cost * &growth),
                SolutionKind::Temporary => (&cost / &growth, cost.clone()),
            };
            let (permanent, temporary) = (self.money(&permanent)?, self.money(&temporary)?);
            // From the rounded figure beside it, as every extra cost is, so that the row adds up.
            let extra = temporary.checked_sub(permanent).ok_or_else(too_large)?;
            Ok::<_, Error>(EstimatePoint { premium: shortest(premium), permanent, temporary, extra })
        };
        Ok(Estimate {
            currency: self.currency,
            known: kind,
            cost: self.money(&cost)?,
            points: [point(&low)?, point(&middle)?, point(&high)?],
            rests_on: if self.band == ReportedBand::COURT_2015 { BandOrigin::Court } else { BandOrigin::Caller },
        })
    }

    fn money(&self, value: &BigRational) -> Result<Money, Error> {
        let minor = to_minor(value, self.currency.decimals()).and_then(|minor| Money::from_minor(minor, self.currency));
        minor.ok_or_else(too_large)
    }
}

fn too_large() -> Error {
    Error::single(
        Code::TooLargeFigure,
        "",
        message!("a figure is too large to write", "un chiffre est trop grand pour être écrit"),
    )
}
