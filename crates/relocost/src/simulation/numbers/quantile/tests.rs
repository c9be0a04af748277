use std::f64::consts::PI;

use super::law::{Z95, number};
use super::*;
use crate::types::Amount;

fn amount(text: &str) -> Amount {
    text.parse().unwrap()
}

/// Probabilities of both tails and of the middle.
fn probabilities() -> Vec<f64> {
    let tails = [1e-16, 1e-12, 1e-9, 1e-6, 1e-4, 1e-3];
    let mut all: Vec<f64> = tails.to_vec();
    all.extend((1..50).map(|i| f64::from(i) / 50.0));
    all.extend(tails.iter().rev().map(|tail| 1.0 - tail));
    all
}

/// `scale` is what errors are relative to, where no value is further from 0.
fn values_are_numbers(distribution: &Distribution, scale: f64, low: f64, high: f64) {
    let quantile = Quantile::new(distribution);
    let (mut block, mut of_normals) = (probabilities(), probabilities());
    quantile.of_uniforms(&mut block);
    normal::quantiles(&mut of_normals);
    quantile.of_normals(&mut of_normals);
    // Between two ends that share all of the probability, a quantile hangs on its last digits.
    let noise = match distribution {
        Distribution::Beta { alpha, beta, .. } => 1e-14 / number(alpha.min(beta)),
        _ => 0.0,
    };
    let mut before = f64::NEG_INFINITY;
    let reach = block.iter().fold(scale, |most, value| most.max(value.abs()));
    for ((u, value), other) in probabilities().into_iter().zip(block).zip(of_normals) {
        let at = quantile.at(u);
        for value in [value, other, at] {
            assert!(value.is_finite() && value >= low && value <= high, "{distribution:?} at {u}: {value}");
        }
        assert!(value >= before - (1e-11 + noise) * reach, "{distribution:?} at {u}: {value} after {before}");
        assert!((value - at).abs() <= (1e-10 + noise) * reach, "{distribution:?} at {u}: {value} against {at}");
        before = value;
    }
    for x in [-1e15, -1.0, 0.0, 1e-12, 0.5, 1.0, 1e6, 1e15, quantile.mean()] {
        let (below, above) = (quantile.below(x), quantile.above(x));
        assert!((0.0..=1.0).contains(&below) && (0.0..=1.0).contains(&above), "{distribution:?}: {below} {above}");
        assert!(below + above <= 1.0 + 1e-9, "{distribution:?}: {below} {above}");
    }
    assert!(quantile.mean().is_finite());
}

#[test]
fn extremes_give_numbers() {
    let extremes = ["0.000000000001", "0.0003", "0.7", "1", "1000", "30000000000", "999999999999999.999999999999"];
    for one in extremes {
        for two in extremes {
            let (first, second) = (amount(one), amount(two));
            let sd = number(&second);
            values_are_numbers(&Distribution::Gamma { mean: first, sd: second }, sd, 0.0, FARTHEST);
            values_are_numbers(&Distribution::Lognormal { mean: first, sd: second }, sd, 0.0, FARTHEST);
            let (low, high) = (amount("-2"), amount("5"));
            values_are_numbers(&Distribution::Beta { alpha: first, beta: second, low, high }, 0.0, -2.0, 5.0);
            let (low, high) = (amount("0"), amount("999999999999999.999999999999"));
            values_are_numbers(&Distribution::Pert { low, mode: first, high, shape: second }, 0.0, 0.0, 1e15);
            if number(&first) <= sd {
                let quantiles = Distribution::LognormalQuantiles { p5: first, p95: second };
                values_are_numbers(&quantiles, sd, 0.0, FARTHEST);
                let (low, mode, high) = (first, second, second);
                values_are_numbers(&Distribution::Triangular { low, mode, high }, 0.0, 0.0, 1e15);
                values_are_numbers(&Distribution::Uniform { low, high }, 0.0, 0.0, 1e15);
            }
            values_are_numbers(&Distribution::Normal { mean: first, sd: second }, sd, -1e17, 1e17);
        }
    }
}

/// One of each kind, its standard deviation, and whether its quantile function has no kink.
fn one_of_each() -> Vec<(Distribution, f64, bool)> {
    let list = |texts: &[&str]| texts.iter().map(|text| amount(text)).collect::<Vec<_>>();
    let (low, mode, high) = (amount("100"), amount("250"), amount("967"));
    let pert =
        |mode: Amount, shape: &str, sd: f64| (Distribution::Pert { low, mode, high, shape: amount(shape) }, sd, true);
    let beta = |alpha: &str, beta: &str| {
        let (a, b) = (amount(alpha), amount(beta));
        let (x, y) = (number(&a), number(&b));
        let sd = 867.0 * (x * y / (x + y + 1.0)).sqrt() / (x + y);
        (Distribution::Beta { alpha: a, beta: b, low, high }, sd, true)
    };
    let gamma =
        |mean: &str, sd: &str| (Distribution::Gamma { mean: amount(mean), sd: amount(sd) }, number(&amount(sd)), true);
    let pert_sd = |mode: f64, shape: f64| {
        let (a, b) = (1.0 + shape * (mode - 100.0) / 867.0, 1.0 + shape * (967.0 - mode) / 867.0);
        867.0 * (a * b / (a + b + 1.0)).sqrt() / (a + b)
    };
    let sigma = libm::log(800.0 / 90.0) / (2.0 * Z95);
    let by_quantiles = libm::exp(libm::log(800.0 * 90.0) / 2.0 + sigma * sigma / 2.0);
    vec![
        (Distribution::Uniform { low, high }, 867.0 / 12.0_f64.sqrt(), false),
        (Distribution::Triangular { low, mode, high }, (644_139.0_f64 / 18.0).sqrt(), false),
        (Distribution::Triangular { low, mode: low, high }, 867.0 / 18.0_f64.sqrt(), false),
        (Distribution::Triangular { low, mode: high, high }, 867.0 / 18.0_f64.sqrt(), false),
        pert(mode, "4", pert_sd(250.0, 4.0)),
        pert(low, "4", pert_sd(100.0, 4.0)),
        pert(high, "0.01", pert_sd(967.0, 0.01)),
        pert(mode, "3000", pert_sd(250.0, 3000.0)),
        (Distribution::Normal { mean: amount("-4"), sd: amount("2.5") }, 2.5, true),
        (Distribution::Lognormal { mean: amount("1200"), sd: amount("400") }, 400.0, true),
        (
            Distribution::LognormalQuantiles { p5: amount("90"), p95: amount("800") },
            by_quantiles * libm::expm1(sigma * sigma).sqrt(),
            true,
        ),
        gamma("1000", "1000"),
        gamma("1000", "30"),
        gamma("1000", "3000"),
        gamma("1000", "1"),
        beta("0.5", "0.5"),
        beta("2", "5"),
        beta("0.2", "3"),
        beta("700", "9"),
        (
            Distribution::Discrete { values: list(&["4", "1", "4"]), weights: list(&["1", "3", "1"]) },
            2.16_f64.sqrt(),
            false,
        ),
        // Three equal pieces between 1, 3, 3 and 9.
        (Distribution::Empirical { values: list(&["3", "9", "1", "3"]) }, 2.0, false),
    ]
}

#[test]
fn means_and_spreads_are_those_of_the_closed_forms() {
    for (distribution, sd, smooth) in one_of_each() {
        let quantile = Quantile::new(&distribution);
        // Over standard normal values the trapezoidal rule is exact where nothing has a kink.
        let (mut block, weights): (Vec<f64>, Vec<f64>) = if smooth {
            let step = 1.0 / 32.0;
            let density = |z: f64| libm::exp(-0.5 * z * z) / (2.0 * PI).sqrt();
            (-272..=272).map(|i| f64::from(i) * step).map(|z| (z, step * density(z))).unzip()
        } else {
            (0..60_000).map(|i| ((f64::from(i) + 0.5) / 60_000.0, 1.0 / 60_000.0)).unzip()
        };
        if smooth {
            quantile.of_normals(&mut block);
        } else {
            quantile.of_uniforms(&mut block);
        }
        let mean: f64 = block.iter().zip(&weights).map(|(value, weight)| value * weight).sum();
        let square = |value: &f64| (value - quantile.mean()) * (value - quantile.mean());
        let variance: f64 = block.iter().zip(&weights).map(|(value, weight)| square(value) * weight).sum();
        let tolerance = if smooth { 1e-9 } else { 1e-4 };
        assert!((mean - quantile.mean()).abs() <= tolerance * sd, "{distribution:?}: {mean} {}", quantile.mean());
        assert!((variance.sqrt() - sd).abs() <= tolerance * sd, "{distribution:?}: {} {sd}", variance.sqrt());
    }
}

#[test]
fn draws_and_single_points_agree() {
    for (distribution, sd, _) in one_of_each() {
        let quantile = Quantile::new(&distribution);
        let u: Vec<f64> = probabilities().into_iter().chain((0..400).map(|i| (f64::from(i) + 0.37) / 400.0)).collect();
        let (mut uniforms, mut normals) = (u.clone(), u.clone());
        quantile.of_uniforms(&mut uniforms);
        normal::quantiles(&mut normals);
        quantile.of_normals(&mut normals);
        for ((u, one), other) in u.into_iter().zip(uniforms).zip(normals) {
            let at = quantile.at(u);
            assert!((one - at).abs() <= 1e-11 * sd.max(1e-3 * at.abs()), "{distribution:?} at {u}: {one} {at}");
            // A quantile function that is steep at its end shows the rounding of a probability.
            let rounding = if u > 0.999_999 { 1e-6 } else { 1e-10 };
            assert!((one - other).abs() <= rounding * sd, "{distribution:?} at {u}: {one} {other}");
        }
    }
}

#[test]
fn draws_are_distributed_as_the_closed_forms_say() {
    const COUNT: u32 = 100_000;
    for (distribution, ..) in one_of_each() {
        let quantile = Quantile::new(&distribution);
        // One in each stratum, its place in it hashed.
        let mut block: Vec<f64> = (0..COUNT)
            .map(|i| {
                (f64::from(i) + (f64::from(i.wrapping_mul(2_654_435_769) >> 8) + 0.5) / 16_777_216.0) / f64::from(COUNT)
            })
            .collect();
        quantile.of_uniforms(&mut block);
        let mut before = f64::NEG_INFINITY;
        for (i, value) in (0..COUNT).zip(block) {
            assert!(value >= before - 1e-11 * value.abs().max(1.0), "{distribution:?}: {value} after {before}");
            before = value;
            if i % 199 != 0 {
                continue;
            }
            let u = (f64::from(i) + 0.5) / f64::from(COUNT);
            let (below, up_to) = (quantile.below(value), 1.0 - quantile.above(value));
            let distance = (below - u).max(u - up_to);
            assert!(distance <= 0.51 / f64::from(COUNT), "{distribution:?} at {u}: {below} {up_to}");
        }
    }
}

#[test]
fn a_tie_gives_the_smaller_value() {
    let list = |texts: &[&str]| texts.iter().map(|text| amount(text)).collect::<Vec<_>>();
    let values = list(&["30", "10", "20", "15"]);
    let quantile = Quantile::new(&Distribution::Discrete { values, weights: list(&["2", "1", "1", "0"]) });
    let mut block = [0.25, 0.250_000_1, 0.5, 0.500_000_1, 1.0 - 1e-16, 1e-300];
    quantile.of_uniforms(&mut block);
    assert_eq!(block.map(f64::to_bits), [10.0, 20.0, 20.0, 30.0, 30.0, 10.0].map(f64::to_bits));
    let mut block = [normal::quantile(0.25), 0.0, 1e-9, -8.3, 8.3];
    quantile.of_normals(&mut block);
    assert_eq!(block.map(f64::to_bits), [10.0, 20.0, 30.0, 10.0, 30.0].map(f64::to_bits));
    let tails = [quantile.below(20.0), quantile.above(20.0), quantile.below(15.0), quantile.above(30.0)];
    assert_eq!(tails.map(f64::to_bits), [0.25, 0.5, 0.25, 0.0].map(f64::to_bits));
}

#[test]
fn one_without_spread_is_its_constant() {
    let list = |texts: &[&str]| texts.iter().map(|text| amount(text)).collect::<Vec<_>>();
    let (four, none) = (amount("4"), amount("0"));
    let cases = [
        (Distribution::Uniform { low: four, high: four }, 4.0),
        (Distribution::Triangular { low: four, mode: four, high: four }, 4.0),
        (Distribution::Pert { low: four, mode: four, high: four, shape: four }, 4.0),
        (Distribution::Normal { mean: four, sd: none }, 4.0),
        (Distribution::Lognormal { mean: four, sd: none }, 4.0),
        (Distribution::Lognormal { mean: none, sd: none }, 0.0),
        (Distribution::LognormalQuantiles { p5: four, p95: four }, 4.0),
        (Distribution::Gamma { mean: four, sd: none }, 4.0),
        (Distribution::Gamma { mean: none, sd: none }, 0.0),
        (Distribution::Beta { alpha: four, beta: four, low: four, high: four }, 4.0),
        (Distribution::Discrete { values: list(&["4", "7"]), weights: list(&["1", "0"]) }, 4.0),
        (Distribution::Discrete { values: list(&["4", "4"]), weights: list(&["1", "2"]) }, 4.0),
        (Distribution::Empirical { values: list(&["4"]) }, 4.0),
        (Distribution::Empirical { values: list(&["4", "4", "4"]) }, 4.0),
    ];
    for (distribution, constant) in cases {
        let quantile = Quantile::new(&distribution);
        assert_eq!(quantile.constant(), Some(constant), "{distribution:?}");
        let mut block = [0.1, 0.5];
        quantile.of_uniforms(&mut block);
        let found = [block[0], block[1], quantile.at(0.9), quantile.mean()];
        assert_eq!(found.map(f64::to_bits), [constant; 4].map(f64::to_bits), "{distribution:?}");
        let sides = [quantile.below(constant), quantile.above(constant), quantile.above(constant - 1.0)];
        assert_eq!(sides.map(f64::to_bits), [0.0, 0.0, 1.0].map(f64::to_bits), "{distribution:?}");
    }
}

#[test]
fn quantiles_are_those_of_the_closed_forms() {
    type Closed = fn(f64) -> f64;
    let (low, high) = (amount("2"), amount("6"));
    let (one, shape) = (amount("1"), amount("4"));
    let cases: [(Distribution, Closed); 7] = [
        (Distribution::Gamma { mean: amount("3"), sd: amount("3") }, |u| -3.0 * libm::log1p(-u)),
        (Distribution::Beta { alpha: one, beta: one, low, high }, |u| 2.0 + 4.0 * u),
        (Distribution::Beta { alpha: shape, beta: one, low, high }, |u| 2.0 + 4.0 * libm::pow(u, 0.25)),
        (Distribution::Pert { low, mode: low, high, shape }, |u| 2.0 - 4.0 * libm::expm1(libm::log1p(-u) / 5.0)),
        (Distribution::Beta { alpha: amount("0.5"), beta: amount("0.5"), low, high }, |u| {
            let sine = libm::sin(0.5 * PI * u);
            2.0 + 4.0 * sine * sine
        }),
        (Distribution::Triangular { low, mode: high, high }, |u| 2.0 + 4.0 * u.sqrt()),
        (Distribution::LognormalQuantiles { p5: low, p95: high }, |u| {
            let share = 0.5 + 0.5 * normal::quantile(u) / Z95;
            2.0 * libm::pow(3.0, share)
        }),
    ];
    for (distribution, closed) in cases {
        let quantile = Quantile::new(&distribution);
        for u in probabilities().into_iter().filter(|u| *u <= 0.9999) {
            let mut block = [u];
            quantile.of_uniforms(&mut block);
            let expected = closed(u);
            let at = quantile.at(u);
            assert!((at - expected).abs() <= 1e-12 * expected, "{distribution:?} at {u}: {at} {expected}");
            assert!((block[0] - expected).abs() <= 1e-11, "{distribution:?} at {u}: {} {expected}", block[0]);
        }
    }
}
