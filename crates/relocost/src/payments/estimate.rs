//! What payments say about prices: the unit price that each paid cell implies, and what follows for the catalogue.
//!
//! In: the prices that cells imply (`cells`), and for event lines the events and their sizes. Out: for each line how many
//! there are, their mean, median and spread, all exact, and an amount for the catalogue.
//!
//! With 8 prices or more the amount is their mean, and they give a lognormal distribution of the same mean and standard
//! deviation. With fewer the catalogue's amount is weighted in by credibility (H. Bühlmann, "Experience Rating and
//! Credibility", ASTIN Bulletin 4, 1967): Z × mean + (1 - Z) × the catalogue's, with Z = n / (n + k).

use std::collections::BTreeMap;

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Signed, Zero};
use serde::{Serialize, Serializer};

use super::Payments;
use super::subject::Subject;
use super::table::Paid;
use crate::about::{About, about_methods};
use crate::error::{Code, Error};
use crate::exact;
use crate::message;
use crate::options::setters;
use crate::scenario::tree::distribution;
use crate::scenario::unit_price::price_factor;
use crate::scenario::{Distribution, Price};
use crate::syntax::{Node, to_inline_toml};
use crate::types::{Amount, Currency, Id, Month, parse_decimal};
use crate::watch::Pulse;

use super::cells::{Cells, Exposed, Implied};

/// The number of prices from which the catalogue's amount is left out.
pub const ENOUGH_PRICES: usize = 8;

/// The options of an estimate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct PriceEstimateOptions {
    /// The number of payments for which the catalogue's amount counts, where they are few: k in Z = n / (n + k). 4 unless
    /// set.
    pub credibility: u32,
}

impl Default for PriceEstimateOptions {
    fn default() -> Self {
        Self { credibility: 4 }
    }
}

setters!(PriceEstimateOptions {
    /// Sets the number of payments for which the catalogue's amount counts.
    credibility: u32,
});

/// The events of a line, and the time in which they happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct EventRate {
    /// The number of events: of payments, or the sum of their quantities.
    pub events: Amount,
    /// Years of a unit of the line's driver in which the model expects events.
    pub years: Amount,
    /// The catalogue's number of events a year.
    pub catalogue: Amount,
    /// The number of events a year for the catalogue, to 4 decimals.
    pub per_year: Amount,
}

/// What payments say about the price of a line, in its currency and at its price base; of an event line about the size of
/// an event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct PriceEstimate {
    /// The line.
    pub line: Id,
    /// Its currency.
    pub currency: Currency,
    /// The year whose prices they are; none of dated amounts.
    pub price_base_year: Option<i32>,
    /// The month from which the amount holds, of dated amounts: the last that was paid.
    pub tariff: Option<Month>,
    /// The number of prices.
    pub count: usize,
    /// Their mean.
    pub mean: Amount,
    /// Their median.
    pub median: Amount,
    /// Their standard deviation, with n - 1; none of one price.
    pub sd: Option<Amount>,
    /// The smallest.
    pub least: Amount,
    /// The largest.
    pub most: Amount,
    /// The catalogue's amount; of an event line the mean of its severity.
    pub catalogue: Amount,
    /// The weight of the payments, 0 to 1.
    pub weight: Amount,
    /// The amount for the catalogue, to 2 decimals.
    pub amount: Amount,
    /// The standard deviation of a lognormal distribution with that mean, to 2 decimals; none of few prices, of prices that
    /// are all alike, and of credits.
    pub lognormal_sd: Option<Amount>,
    /// The events of an event line.
    pub event: Option<EventRate>,
    /// What the catalogue says of the source: months and number, and nothing of a payment.
    pub source: String,
}

/// What payments say about prices, by line in the order of the scenario. Lines without a paid cell, and percentages and
/// refunds, which have no price, are not in it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct PriceEstimates {
    about: About,
    /// The first month compared.
    pub from: Month,
    /// The last month compared.
    pub until: Month,
    /// The number of payments for which the catalogue's amount counts, where they are few.
    pub credibility: u32,
    /// The estimates.
    pub prices: Vec<PriceEstimate>,
}

about_methods!(PriceEstimates);

impl PriceEstimates {
    /// The number of the form in which results are written.
    pub const SCHEMA: u32 = 1;

    /// A catalogue to lie over the one that was paid for: the lines with their new amounts, and nothing else of them. The
    /// distributions stand in it as comments, since they belong under `[[uncertain]]` of a scenario.
    ///
    /// ```
    /// use relocost::payments::{PaymentOptions, PaymentTable, PriceEstimateOptions};
    /// # let scenario = relocost::Scenario::parse("schema = 1\ncatalogue = \"reference\"\nstart = \"2026-03\"\nhorizon_months = 3\nhousehold = { members = [{ age = 40 }] }")?;
    /// let table = "month,line,amount,currency\n2026-03,short-let,925,EUR\n2026-04,short-let,875,EUR\n";
    /// let paid = scenario.payments(PaymentTable::new(table.as_bytes(), "payments.csv")?, &PaymentOptions::new("temporary"))?;
    /// let estimates = paid.estimate(&PriceEstimateOptions::default())?;
    /// assert!(estimates.to_catalogue().contains("source = \"payments 2026-03 to 2026-04, 2\""));
    /// # Ok::<(), relocost::Error>(())
    /// ```
    pub fn to_catalogue(&self) -> String {
        let lines = self.prices.iter().filter_map(|price| self.line_to_toml(price));
        std::iter::once("schema = 1\n".to_owned()).chain(lines).collect()
    }

    /// How often the event of a line happens and what it costs, as its estimate says it; none of a line that is no event.
    ///
    /// With 8 sizes or more the cost is lognormal, or their one value where they are alike; with fewer it is the catalogue's
    /// law with every amount multiplied, so that its mean is the new amount.
    pub(crate) fn event_of(&self, price: &PriceEstimate) -> Option<Node> {
        let per_year = price.event?.per_year;
        let Price::Event { severity, .. } = &self.about.scenario().lines().get(&price.line)?.priced()?.price else {
            return None;
        };
        let alike = || Distribution::Empirical { values: vec![price.amount] };
        let exact_of = |amount: Amount| exact::from_decimal(amount.to_decimal());
        let severity = match (price.lognormal_sd, severity.mean().filter(BigRational::is_positive)) {
            (Some(sd), _) => Distribution::Lognormal { mean: price.amount, sd },
            (None, Some(mean)) if price.count < ENOUGH_PRICES => {
                severity.scaled(&(exact_of(price.amount) / mean)).unwrap_or_else(alike)
            }
            _ => alike(),
        };
        let mut event = Node::table();
        event.set("per_year", per_year);
        event.set("severity", distribution(&severity));
        Some(event)
    }

    /// A line as one of a catalogue that lies over another; none for a programme's own lines, which are in no catalogue.
    pub(crate) fn line_to_toml(&self, price: &PriceEstimate) -> Option<String> {
        let PriceEstimate { line: id, currency, source, amount, .. } = price;
        let priced = self.about.scenario().lines().get(id)?.priced()?;
        let value = match (&priced.price, self.event_of(price), price.tariff) {
            (_, Some(event), _) => format!("event = {}", to_inline_toml(&event)),
            // A table is replaced whole, so that the tariffs of other months stand in it as they were.
            (Price::Dated(tariffs), _, Some(month)) => {
                let tariff = |(from, held): (&Month, &Amount)| {
                    let amount = if *from == month { amount } else { held };
                    format!("{from} = \"{amount}\"")
                };
                format!("amounts = {{ {} }}", tariffs.iter().map(tariff).collect::<Vec<_>>().join(", "))
            }
            _ => format!("amount = \"{amount}\""),
        };
        let year = price.price_base_year.map_or_else(String::new, |year| format!("price_base_year = {year}\n"));
        let uncertain = price.lognormal_sd.filter(|_| price.event.is_none()).map(|sd| {
            let parameter = price.tariff.map_or_else(|| "amount".to_owned(), |month| format!("amounts.{month}"));
            format!(
                "# [[uncertain]]\n# parameter = \"lines.{id}.{parameter}\"\n\
                 # distribution = {{ lognormal = {{ mean = \"{amount}\", sd = \"{sd}\" }} }}\n"
            )
        });
        Some(format!(
            "\n[[lines]]\nid = \"{id}\"\ninherit = true\n{value}\n{year}currency = \"{currency}\"\n\
             source = \"{source}\"\n{}",
            uncertain.unwrap_or_default()
        ))
    }
}

impl Serialize for PriceEstimates {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;
        let mut out = serializer.serialize_struct("PriceEstimates", 5 + About::FIELDS)?;
        out.serialize_field("schema", &Self::SCHEMA)?;
        self.about.write(&mut out)?;
        out.serialize_field("from", &self.from)?;
        out.serialize_field("until", &self.until)?;
        out.serialize_field("credibility", &self.credibility)?;
        out.serialize_field("prices", &self.prices)?;
        out.end()
    }
}

/// What is kept of a line for an estimate.
#[derive(Clone, Default, PartialEq, Eq)]
pub(super) struct Samples {
    /// Prices with the month from which the model's price holds, in the order in which they were paid.
    prices: Vec<(Option<Month>, BigRational)>,
    /// Of an event line, the events and the years.
    events: Option<(BigRational, BigRational)>,
}

/// The prices and events of each line, by its place.
///
/// # Errors
/// The watch cancels it.
pub(super) fn samples(
    subject: &Subject,
    cells: &Cells,
    mut implied: Vec<Implied>,
    paid: &[&Paid],
    pulse: &Pulse<'_>,
) -> Result<BTreeMap<usize, Samples>, Error> {
    let mut all: BTreeMap<usize, Samples> = BTreeMap::new();
    let is_event = |line: usize| {
        let price = subject.line_at(line).and_then(|line| line.priced()).map(|priced| &priced.price);
        matches!(price, Some(Price::Event { .. }))
    };
    // Of cells that were paid in one month, that of the later tariff is the later one.
    implied.sort_by_key(|implied| (implied.paid_in, implied.tariff));
    for Implied { line, tariff, price, .. } in implied {
        if !is_event(line) {
            all.entry(line).or_default().prices.push((tariff, price));
        }
    }
    let mut events = BTreeMap::<usize, BTreeMap<u32, Vec<&Paid>>>::new();
    for (line, paid) in paid.iter().filter_map(|paid| Some((paid.line?, *paid))).filter(|(line, _)| is_event(*line)) {
        events.entry(line).or_default().entry(paid.month).or_default().push(paid);
    }
    let unit = exact::power_of_ten(subject.decimals());
    for (line, paid) in events {
        let exposures = cells.exposures(subject, line);
        let (mut sizes, mut count) = (Vec::new(), BigRational::zero());
        for (month, paid) in paid {
            // The price level of the month, by what the model charges there for a unit.
            let Some(Exposed { quantity, per_price }) = exposures.get(&month) else { continue };
            let (invoiced, left) = invoiced_and_left(&paid);
            if quantity.is_zero() || per_price.is_zero() || left <= 0 {
                continue;
            }
            // From the month's prices to those of the price base, less the share that credits took.
            let scale = quantity / per_price * BigRational::new(left.into(), invoiced.into());
            for paid in paid.into_iter().filter(|paid| at_model_rate(paid) > 0) {
                pulse.beat()?;
                let events = paid.quantity.clone().unwrap_or_else(BigRational::one);
                let amount = BigRational::new(at_model_rate(paid).into(), unit.clone());
                sizes.push((None, amount * &scale / &events));
                count += events;
            }
        }
        if !sizes.is_empty() {
            let years = exposures.values().map(|month| &month.quantity).sum::<BigRational>() / BigInt::from(12_u8);
            all.insert(line, Samples { prices: sizes, events: Some((count, years)) });
        }
    }
    Ok(all)
}

/// A payment at the model's exchange rate, in minor units.
fn at_model_rate(paid: &Paid) -> i128 {
    paid.minor - paid.exchange
}

/// The sum of the payments of a month that are no credits, and what credits leave of it. A credit is no event: it makes the
/// events of its month smaller.
fn invoiced_and_left(paid: &[&Paid]) -> (i128, i128) {
    let amounts = paid.iter().map(|paid| at_model_rate(paid));
    (amounts.clone().filter(|amount| *amount > 0).sum(), amounts.sum())
}

impl Payments {
    /// What the payments say about prices, for a catalogue: exact statistics of the unit prices that paid cells imply, at
    /// each line's price base and at the model's exchange rates, and the amount that follows.
    ///
    /// # Errors
    /// A price is too large to write.
    pub fn estimate(&self, options: &PriceEstimateOptions) -> Result<PriceEstimates, Error> {
        let mut prices = Vec::new();
        for (&line, samples) in &self.samples {
            prices.extend(self.estimated(line, samples, options.credibility)?);
        }
        Ok(PriceEstimates {
            about: self.about.clone(),
            from: self.from,
            until: self.until,
            credibility: options.credibility,
            prices,
        })
    }

    fn estimated(&self, place: usize, samples: &Samples, k: u32) -> Result<Option<PriceEstimate>, Error> {
        let Some((line, priced)) = self.subject.line_at(place).and_then(|line| Some((line, line.priced()?))) else {
            return Ok(None);
        };
        // Of dated amounts the last that was paid.
        let tariff = samples.prices.last().and_then(|(tariff, _)| *tariff);
        let factor = price_factor(self.subject.scenario.inner(), line);
        if factor.is_zero() {
            return Ok(None);
        }
        let mut values: Vec<BigRational> =
            samples.prices.iter().filter(|(of, _)| *of == tariff).map(|(_, price)| price / &factor).collect();
        values.sort();
        let (Some(least), Some(most)) = (values.first().cloned(), values.last().cloned()) else { return Ok(None) };
        let exact_of = |amount: Amount| exact::from_decimal(amount.to_decimal());
        let mut per_year_known = None;
        let catalogue = match &priced.price {
            Price::Amount(amount) => Some(exact_of(*amount)),
            Price::Dated(tariffs) => tariff.and_then(|month| tariffs.get(&month)).copied().map(exact_of),
            Price::Event { per_year, severity } => {
                per_year_known = Some(*per_year);
                severity.mean()
            }
        };
        let Some(catalogue) = catalogue else { return Ok(None) };
        let count = values.len();
        let whole = |number: usize| BigRational::from_integer(number.into());
        let mean = values.iter().sum::<BigRational>() / whole(count);
        let median = (&values[(count - 1) / 2] + &values[count / 2]) / whole(2);
        let sd = (count > 1).then(|| {
            let squares: BigRational = values.iter().map(|value| (value - &mean) * (value - &mean)).sum();
            root(&(squares / whole(count - 1)))
        });
        let weight = credibility(count, k);
        let weighted =
            |found: &BigRational, known: &BigRational| found * &weight + known * (BigRational::one() - &weight);
        let amount = written(&weighted(&mean, &catalogue), 2, line.id.as_str())?;
        let write = |value: &BigRational| written(value, exact::RATIO_DECIMALS, line.id.as_str());
        let spread = sd.as_ref().filter(|sd| count >= ENOUGH_PRICES && least.is_positive() && sd.is_positive());
        let spread = spread.map(|sd| written(sd, 2, line.id.as_str())).transpose()?;
        let event = match (&samples.events, per_year_known) {
            (Some((events, years)), Some(known)) if !years.is_zero() => Some(EventRate {
                events: write(events)?,
                years: write(years)?,
                catalogue: known,
                per_year: written(&weighted(&(events / years), &exact_of(known)), 4, line.id.as_str())?,
            }),
            _ => None,
        };
        Ok(Some(PriceEstimate {
            line: line.id.clone(),
            currency: priced.currency,
            price_base_year: priced.price_base_year,
            tariff,
            count,
            mean: write(&mean)?,
            median: write(&median)?,
            sd: sd.as_ref().map(write).transpose()?,
            least: write(&least)?,
            most: write(&most)?,
            catalogue: write(&catalogue)?,
            weight: write(&weight)?,
            amount,
            lognormal_sd: spread.filter(|sd| !sd.to_decimal().is_zero()),
            event,
            source: format!("payments {} to {}, {count}", self.from, self.until),
        }))
    }
}

/// The weight of so many prices: 1 if they are enough, else n / (n + k).
fn credibility(count: usize, k: u32) -> BigRational {
    if count >= ENOUGH_PRICES {
        return BigRational::one();
    }
    BigRational::new(count.into(), BigInt::from(count) + k)
}

/// The square root to 12 decimals, towards 0.
fn root(value: &BigRational) -> BigRational {
    let scale = exact::power_of_ten(exact::RATIO_DECIMALS);
    let squared = value.numer() * &scale * &scale / value.denom();
    BigRational::new(squared.sqrt(), scale)
}

/// A value with so many decimals, half to even.
fn written(value: &BigRational, decimals: u32, line: &str) -> Result<Amount, Error> {
    parse_decimal(&exact::fixed(value, decimals)).and_then(Amount::new).map_err(|_| {
        let message =
            message!("an estimated price is too large to write", "un prix estimé est trop grand pour être écrit");
        Error::single(Code::TooLargeFigure, format!("lines.{line}"), message)
    })
}
