//! Reading a distribution: of an uncertain parameter, or of what an event costs.

use rust_decimal::Decimal;

use crate::error::Code;
use crate::limits;
use crate::message;
use crate::message::{Message, counted};
use crate::names::{DistributionName, Named, closest, did_you_mean};
use crate::reading::{Fields, Path, Reader};
use crate::scenario::distribution::Distribution;
use crate::syntax::{Node, Value};
use crate::types::{Amount, DecimalError};

/// The keys of each distribution, and those it can do without; a lognormal one has either of two pairs.
pub(crate) const DISTRIBUTION_KEYS: &[(DistributionName, &[&str], &[&str])] = &[
    (DistributionName::Uniform, &["low", "high"], &[]),
    (DistributionName::Triangular, &["low", "mode", "high"], &[]),
    (DistributionName::Pert, &["low", "mode", "high"], &["shape"]),
    (DistributionName::Normal, &["mean", "sd"], &[]),
    (DistributionName::Lognormal, &["mean", "sd"], &[]),
    (DistributionName::Lognormal, &["p5", "p95"], &[]),
    (DistributionName::Gamma, &["mean", "sd"], &[]),
    (DistributionName::Beta, &["alpha", "beta", "low", "high"], &[]),
    (DistributionName::Discrete, &["values", "weights"], &[]),
    (DistributionName::Empirical, &["values"], &[]),
];

pub(crate) fn at_least_zero(reader: &mut Reader, node: &Node, path: &Path<'_>) -> Option<Amount> {
    reader.decimal(node, path, &message!("a decimal of 0 or more", "un nombre décimal de 0 ou plus"), |value| {
        if value < Decimal::ZERO { Err(DecimalError::Range(["", ""])) } else { Amount::new(value) }
    })
}

fn above_zero(reader: &mut Reader, node: &Node, path: &Path<'_>) -> Option<Amount> {
    reader.decimal(node, path, &message!("a decimal above 0", "un nombre décimal supérieur à 0"), |value| {
        if value > Decimal::ZERO { Amount::new(value) } else { Err(DecimalError::Range(["", ""])) }
    })
}

/// A distribution of what an event costs: it cannot fall below 0, and its mean is rational.
pub(super) fn severity(reader: &mut Reader, node: &Node, path: &Path<'_>) -> Option<Distribution> {
    let distribution = read(reader, node, path)?;
    let path = path.key(distribution.name().name());
    let lowest = match &distribution {
        Distribution::Normal { .. } => {
            reader.fail(
                Code::OutOfRange,
                node.at,
                &path,
                message!(
                    "can fall below 0, which the cost of an event cannot; expected another distribution, such as gamma",
                    "peut être inférieur à 0, ce que le coût d'un événement ne peut pas ; attendu : une autre loi, par exemple gamma"
                ),
            );
            return None;
        }
        Distribution::LognormalQuantiles { p5, p95 } => {
            let message = message!(
                "its mean is irrational, so the ledger cannot charge it to the cent; write {instead}",
                "sa moyenne est irrationnelle, le livre ne peut donc pas l'imputer au centime ; écrire {instead}",
                instead = by_moments(*p5, *p95),
            );
            reader.fail(Code::Conflict, node.at, &path, message);
            return None;
        }
        Distribution::Uniform { low, .. }
        | Distribution::Triangular { low, .. }
        | Distribution::Pert { low, .. }
        | Distribution::Beta { low, .. } => Some(*low),
        Distribution::Discrete { values, .. } | Distribution::Empirical { values } => values.iter().min().copied(),
        Distribution::Lognormal { .. } | Distribution::Gamma { .. } => None,
    };
    if lowest.is_some_and(|lowest| lowest.to_decimal() < Decimal::ZERO) {
        reader.fail(
            Code::OutOfRange,
            node.at,
            &path,
            message!(
                "can fall below 0, which the cost of an event cannot",
                "peut être inférieur à 0, ce que le coût d'un événement ne peut pas"
            ),
        );
        return None;
    }
    Some(distribution)
}

/// The mean and standard deviation of a lognormal distribution given by quantiles, to write instead.
#[expect(clippy::float_arithmetic, reason = "a hint in a message; no figure is computed from it")]
fn by_moments(p5: Amount, p95: Amount) -> Message {
    /// The 95 per cent quantile of the standard normal distribution.
    const Z95: f64 = 1.644_853_626_951_472_2;
    let log = |amount: Amount| amount.to_string().parse::<f64>().map_or(0.0, f64::ln);
    let (low, high) = (log(p5), log(p95));
    let (location, scale) = (f64::midpoint(low, high), (high - low) / (2.0 * Z95));
    let mean = (location + scale * scale / 2.0).exp();
    let sd = mean * (scale * scale).exp_m1().sqrt();
    if !(1e-6..1e15).contains(&mean) || !(0.0..1e15).contains(&sd) {
        return message!(
            "a lognormal distribution with its mean and sd",
            "une loi lognormal avec sa moyenne (mean) et son écart type (sd)"
        );
    }
    let instead = format!("lognormal = {{ mean = \"{mean:.6}\", sd = \"{sd:.6}\" }}");
    Message::new(instead.clone(), instead)
}

/// Any distribution.
pub(crate) fn read(reader: &mut Reader, node: &Node, path: &Path<'_>) -> Option<Distribution> {
    let expected = || {
        let names = DistributionName::NAMES.join(", ");
        message!("one distribution: {names}", "une loi de probabilité : {names}")
    };
    let Value::Table(entries) = &node.value else { return reader.refuse(Code::WrongKind, node, path, &expected()) };
    let [entry] = &entries[..] else {
        let message = message!(
            "has {keys}; expected {expected}",
            "contient {keys} ; attendu : {expected}",
            keys = counted(entries.len(), ["key", "keys"], ["clé", "clés"]),
            expected = expected(),
        );
        reader.fail(Code::WrongKind, node.at, path, message);
        return None;
    };
    let path = path.key(&entry.key);
    let Some(name) = DistributionName::from_name(&entry.key) else {
        let message = message!(
            "no such distribution; expected {expected}{hint}",
            "loi inconnue ; attendu : {expected}{hint}",
            expected = expected(),
            hint = did_you_mean(closest(&entry.key, DistributionName::NAMES.iter().copied())),
        );
        reader.fail(Code::UnknownName, entry.at, &path, message);
        return None;
    };
    let by_quantiles = matches!(&entry.node.value, Value::Table(entries) if entries.iter().any(|entry| entry.key == "p5" || entry.key == "p95"));
    let mut forms = DISTRIBUTION_KEYS.iter().filter(|form| form.0 == name);
    let (_, required, optional) =
        if by_quantiles { forms.next_back() } else { forms.min_by_key(|form| form.1.contains(&"p5")) }?;
    let fields = reader.fields(&entry.node, &path, &[*required, *optional].concat())?;
    Parameters { reader, fields, path }.distribution(name, by_quantiles)
}

struct Parameters<'r, 'n, 'p> {
    reader: &'r mut Reader,
    fields: Fields<'n>,
    path: Path<'p>,
}

impl Parameters<'_, '_, '_> {
    fn need(&mut self, key: &str, read: impl Fn(&mut Reader, &Node, &Path<'_>) -> Option<Amount>) -> Option<Amount> {
        let node = self.reader.need(&self.fields, &self.path, key, &message!("a decimal", "un nombre décimal"))?;
        read(self.reader, node, &self.path.key(key))
    }

    fn any(&mut self, key: &str) -> Option<Amount> {
        self.need(key, Reader::amount)
    }

    fn values(
        &mut self,
        key: &str,
        read: impl Fn(&mut Reader, &Node, &Path<'_>) -> Option<Amount>,
    ) -> Option<Vec<Amount>> {
        let node = self.reader.need(
            &self.fields,
            &self.path,
            key,
            &message!("a list of decimals", "une liste de nombres décimaux"),
        )?;
        let path = self.path.key(key);
        let nodes = self.reader.list(
            node,
            &path,
            limits::VALUES,
            &message!("a list of decimals", "une liste de nombres décimaux"),
        )?;
        if nodes.is_empty() {
            self.reader.fail(
                Code::OutOfRange,
                node.at,
                &path,
                message!("is empty; expected at least one decimal", "est vide ; attendu : au moins un nombre décimal"),
            );
            return None;
        }
        let values: Vec<_> =
            nodes.iter().enumerate().map(|(index, node)| read(self.reader, node, &path.index(index))).collect();
        values.into_iter().collect()
    }

    /// Reports parameters that are out of order.
    fn ascending(&mut self, keys: &[&str], values: &[Amount]) -> Option<()> {
        let wrong = values.windows(2).position(|pair| pair[0] > pair[1])?;
        let message = message!(
            "`{above}` is below `{below}`; expected {order}",
            "`{above}` est inférieur à `{below}` ; attendu : {order}",
            above = keys[wrong + 1],
            below = keys[wrong],
            order = keys.join(" <= "),
        );
        let key = keys[wrong + 1];
        let at = self.fields.get(key).map_or(self.fields.at, |node| node.at);
        self.reader.fail(Code::OutOfRange, at, &self.path.key(key), message);
        Some(())
    }

    fn distribution(mut self, name: DistributionName, by_quantiles: bool) -> Option<Distribution> {
        match name {
            DistributionName::Uniform => {
                let (low, high) = (self.any("low"), self.any("high"));
                let (low, high) = (low?, high?);
                self.ascending(&["low", "high"], &[low, high]).is_none().then_some(Distribution::Uniform { low, high })
            }
            DistributionName::Triangular | DistributionName::Pert => {
                let (low, mode, high) = (self.any("low"), self.any("mode"), self.any("high"));
                let shape = match self.fields.get("shape") {
                    Some(node) => above_zero(self.reader, node, &self.path.key("shape")),
                    None => Amount::new(Decimal::from(4)).ok(),
                };
                let (low, mode, high, shape) = (low?, mode?, high?, shape?);
                self.ascending(&["low", "mode", "high"], &[low, mode, high]).is_none().then_some(match name {
                    DistributionName::Pert => Distribution::Pert { low, mode, high, shape },
                    _ => Distribution::Triangular { low, mode, high },
                })
            }
            DistributionName::Normal => {
                let (mean, sd) = (self.any("mean"), self.need("sd", at_least_zero));
                Some(Distribution::Normal { mean: mean?, sd: sd? })
            }
            DistributionName::Lognormal if by_quantiles => {
                let (p5, p95) = (self.need("p5", above_zero), self.need("p95", above_zero));
                let (p5, p95) = (p5?, p95?);
                self.ascending(&["p5", "p95"], &[p5, p95])
                    .is_none()
                    .then_some(Distribution::LognormalQuantiles { p5, p95 })
            }
            DistributionName::Lognormal | DistributionName::Gamma => {
                let (mean, sd) = (self.need("mean", at_least_zero), self.need("sd", at_least_zero));
                let (mean, sd) = (mean?, sd?);
                // Without spread it is its constant, which may be 0.
                if mean.to_decimal().is_zero() && !sd.to_decimal().is_zero() {
                    self.need("mean", above_zero)?;
                }
                Some(match name {
                    DistributionName::Lognormal => Distribution::Lognormal { mean, sd },
                    _ => Distribution::Gamma { mean, sd },
                })
            }
            DistributionName::Beta => {
                let (alpha, beta) = (self.need("alpha", above_zero), self.need("beta", above_zero));
                let (low, high) = (self.any("low"), self.any("high"));
                let (alpha, beta, low, high) = (alpha?, beta?, low?, high?);
                self.ascending(&["low", "high"], &[low, high]).is_none().then_some(Distribution::Beta {
                    alpha,
                    beta,
                    low,
                    high,
                })
            }
            DistributionName::Discrete => {
                let (values, weights) = (self.values("values", Reader::amount), self.values("weights", at_least_zero));
                let (values, weights) = (values?, weights?);
                let at = self.fields.get("weights").map_or(self.fields.at, |node| node.at);
                let path = self.path.key("weights");
                if values.len() != weights.len() {
                    let message = message!(
                        "has {weights} beside {values}; expected one weight for each value",
                        "contient {weights} pour {values} ; attendu : un poids pour chaque valeur",
                        weights = counted(weights.len(), ["entry", "entries"], ["élément", "éléments"]),
                        values = counted(values.len(), ["value", "values"], ["valeur", "valeurs"]),
                    );
                    self.reader.fail(Code::OutOfRange, at, &path, message);
                    return None;
                }
                if weights.iter().all(|weight| weight.to_decimal().is_zero()) {
                    self.reader.fail(
                        Code::OutOfRange,
                        at,
                        &path,
                        message!(
                            "add up to 0; expected at least one weight above 0",
                            "leur somme est 0 ; attendu : au moins un poids supérieur à 0"
                        ),
                    );
                    return None;
                }
                Some(Distribution::Discrete { values, weights })
            }
            DistributionName::Empirical => {
                Some(Distribution::Empirical { values: self.values("values", Reader::amount)? })
            }
        }
    }
}
