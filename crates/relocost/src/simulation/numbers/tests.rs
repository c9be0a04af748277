//! The laws of gamma and beta against values that `tests/reference/tails.py` computes.
#![expect(clippy::float_arithmetic, reason = "draws are binary floating point by design")]

use super::beta::{APART, Beta, HUGE_BETA, LARGE_BETA, Point};
use super::gamma::{Gamma, LARGE_GAMMA};
use super::normal;

/// The rows of a table of numbers.
fn reference<const N: usize>(text: &str) -> impl Iterator<Item = [f64; N]> {
    let rows = text.lines().filter(|line| !line.starts_with('#'));
    rows.map(|row| {
        let numbers: Vec<f64> = row.split(' ').map(|number| number.parse().unwrap()).collect();
        numbers.try_into().unwrap()
    })
}

fn close(found: f64, expected: f64, tolerance: f64) -> bool {
    (found - expected).abs() <= tolerance * expected.abs() + 1e-280
}

#[test]
fn tails_of_gamma_are_the_computed_ones() {
    for [shape, x, lower, upper] in reference(include_str!("gamma-tails.txt")) {
        let (p, q) = Gamma::new(shape).tails(x);
        assert!(close(p, lower, 2e-12) && close(q, upper, 2e-12), "{shape} {x}: {p:e} {lower:e}, {q:e} {upper:e}");
    }
}

#[test]
fn tails_of_beta_are_the_computed_ones() {
    for [a, b, x, y, lower, upper] in reference(include_str!("beta-tails.txt")) {
        let (p, q) = Beta::new(a, b).tails(x, y);
        let tolerance = if a.min(b) >= HUGE_BETA { 2e-11 } else { 2e-12 };
        let alike = close(p, lower, tolerance) && close(q, upper, tolerance);
        assert!(alike, "{a} {b} {x}: {p:e} {lower:e}, {q:e} {upper:e}");
    }
}

/// Numbers that look random, in (0, 1). Steele, Lea and Flood (2014).
fn hashed(count: u64) -> impl Iterator<Item = f64> {
    (1..=count).map(|i| {
        let mut z = i.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^= z >> 31;
        (f64::from(u32::try_from(z >> 32).unwrap()) + 0.5) / 4_294_967_296.0
    })
}

/// The distance between the logarithms of the smaller tails: that of a standard normal value, and the one found.
fn off(z: f64, (lower, upper): (f64, f64)) -> f64 {
    let found = if z > 0.0 { upper } else { lower };
    (libm::log(found) - libm::log(normal::cdf(-z.abs()))).abs()
}

#[test]
fn quantiles_of_gamma_are_the_inverse() {
    let draws: Vec<f64> = hashed(1600).collect();
    for pair in draws.chunks(2) {
        let shape = libm::exp10(18.0 * pair[0] - 6.0);
        let z = 16.4 * pair[1] - 8.2;
        let gamma = Gamma::new(shape);
        let x = gamma.unit() * libm::exp(gamma.quantile(z, None));
        // The effect of the rounding of x alone on its tail.
        let rounding = 3e-16 * shape.sqrt() * (z.abs() + 1.0);
        if x > 1e-290 {
            let off = off(z, gamma.tails(x));
            assert!(off <= 1e-11 + 10.0 * rounding, "{shape} {z}: {x} {off:e}");
        }
    }
}

#[test]
fn quantiles_of_beta_are_the_inverse() {
    let draws: Vec<f64> = hashed(2400).collect();
    for triple in draws.chunks(3) {
        let (a, b) = (libm::exp10(18.0 * triple[0] - 6.0), libm::exp10(18.0 * triple[1] - 6.0));
        let z = 16.4 * triple[2] - 8.2;
        let beta = Beta::new(a, b);
        let Point { x, y, .. } = beta.quantile(z, None);
        assert!((x + y - 1.0).abs() <= 3e-16, "{a} {b} {z}: {x} {y}");
        // For tiny shapes the tail beyond the middle is a small difference from 1.
        let rounding = 3e-16 * (a.min(b).sqrt() * (z.abs() + 1.0) + 1.0 / a.min(b));
        if x > 1e-290 && y > 1e-290 {
            let off = off(z, beta.tails(x, y));
            assert!(off <= 2e-11 + 10.0 * rounding, "{a} {b} {z}: {x} {y} {off:e}");
        }
    }
}

#[test]
fn tails_are_continuous_where_the_method_changes() {
    // Just below and just above a shape from which another method is used.
    for z in [-7.0, -3.0, -0.5, 0.0, 1.0, 4.0, 8.0] {
        let at = |shape: f64| Gamma::new(shape).quantile(z, None);
        let (below, above) = (at(LARGE_GAMMA), at(LARGE_GAMMA * (1.0 + 1e-13)));
        assert!((below - above).abs() <= 1e-13, "{z}: {below} {above}");
        let pairs =
            [(LARGE_BETA, 7.0), (LARGE_BETA, 800.0), (2.0 * APART, 2.0), (30.0 * APART, 30.0), (LARGE_BETA, 0.5)];
        for (most, least) in pairs {
            let at = |factor: f64| {
                let point = Beta::new(most * factor, least).quantile(z, None);
                point.x.min(point.y)
            };
            let (below, above) = (at(1.0 - 1e-13), at(1.0 + 1e-13));
            assert!((below - above).abs() <= 2e-12 * below, "{most} {least} {z}: {below} {above}");
        }
    }
}
