#![expect(clippy::float_arithmetic, reason = "draws are binary floating point by design")]

use super::*;

const METHODS: [Sampling; 3] = [Sampling::Random, Sampling::LatinHypercube, Sampling::Sobol];

fn columns(sampler: &Sampler, second: bool, first: u64, len: usize, dimensions: usize) -> Vec<f64> {
    let mut columns = vec![f64::NAN; len * dimensions];
    if second {
        sampler.second(first, len, len, &mut columns);
    } else {
        sampler.fill(first, len, len, &mut columns);
    }
    columns
}

#[test]
fn draws_do_not_depend_on_their_block() {
    for method in METHODS {
        for (dimensions, first, len) in [(7, 4081, 61), (203, 3, 37), (1, 1 << 36, 40)] {
            let sampler = Sampler::new(11, method, dimensions);
            for second in [false, true] {
                let whole = columns(&sampler, second, first, len, dimensions);
                assert!(whole.iter().all(|u| 0.0 < *u && *u < 1.0), "{method:?}");
                let (mut at, mut step) = (0, 1);
                while at < len {
                    let part = step.min(len - at);
                    let own = columns(&sampler, second, first + at as u64, part, dimensions);
                    for p in 0..dimensions {
                        assert_eq!(own[p * part..][..part], whole[p * len + at..][..part], "{method:?} {p} {at}");
                    }
                    (at, step) = (at + part, step + 6);
                }
            }
        }
    }
}

#[test]
fn seeds_and_matrices_differ() {
    for method in METHODS {
        let one = Sampler::new(1, method, 3);
        let other = Sampler::new(1 << 32, method, 3);
        let first = columns(&one, false, 0, 64, 3);
        for different in [columns(&one, true, 0, 64, 3), columns(&other, false, 0, 64, 3)] {
            assert!(first.iter().zip(different).all(|(a, b)| a.to_bits() != b.to_bits()));
        }
    }
}

#[test]
fn more_parameters_leave_the_first_ones_alone() {
    for method in METHODS {
        let few = columns(&Sampler::new(5, method, 3), false, 10, 50, 3);
        let many = columns(&Sampler::new(5, method, 90), false, 10, 50, 90);
        assert_eq!(few[..], many[..150]);
    }
}

#[test]
fn odd_shapes_are_filled_as_far_as_they_go() {
    for method in METHODS {
        let sampler = Sampler::new(2, method, 5);
        let whole = columns(&sampler, false, 7, 20, 5);
        // A stride beyond the length leaves a gap; the last column is cut.
        let mut gaps = vec![-1.0; 4 * 33 + 11];
        sampler.fill(7, 20, 33, &mut gaps);
        for (p, column) in gaps.chunks(33).enumerate() {
            let len = column.len().min(20);
            assert_eq!(column[..len], whole[p * 20..][..len], "{method:?}");
            assert!(column[len..].iter().all(|u| *u < 0.0));
        }
        // Columns beyond the parameters, none, a stride of 0, a stride below the length, the last draws there are.
        let mut more = vec![-1.0; 7 * 20];
        sampler.fill(7, 20, 20, &mut more);
        assert_eq!(more[..100], whole);
        assert!(more[100..].iter().all(|u| *u < 0.0));
        sampler.fill(7, 20, 20, &mut []);
        sampler.fill(7, 20, 0, &mut gaps);
        sampler.fill(7, 40, 20, &mut more);
        assert_eq!(more[..100], whole);
        sampler.fill(u64::MAX - 3, 20, 20, &mut more);
        Sampler::new(2, method, 0).fill(0, 20, 20, &mut more);
    }
}

/// A published figure can be computed again only as long as a seed's draws stay what they are.
#[test]
fn a_seed_gives_the_same_bits_for_ever() {
    let digest = |method, second| {
        let columns = columns(&Sampler::new(2026, method, 9), second, 4000, 500, 9);
        columns
            .iter()
            .fold(0_u64, |digest, u| (digest.rotate_left(5) ^ u.to_bits()).wrapping_mul(0x9e37_79b9_7f4a_7c15))
    };
    let found = METHODS.map(|method| [digest(method, false), digest(method, true)]);
    let pinned = [
        [0xe411_148d_4494_5f2b, 0xb68d_3302_09fa_0edc],
        [0x4143_7ecd_587e_185b, 0x424f_1dbe_c0d7_9129],
        [0x1b5f_366e_522b_2f59, 0x25c9_81c4_9b5e_e162],
    ];
    assert_eq!(found, pinned);
}

/// The mean over draws of a product of 5 functions with the mean 1, less 1.
fn error(method: Sampling, seed: u64, second: bool, draws: usize) -> f64 {
    let columns = columns(&Sampler::new(seed, method, 5), second, 0, draws, 5);
    let value = |n: usize| -> f64 { (0..5).map(|p| 1.0 + (columns[p * draws + n] - 0.5)).product() };
    #[expect(clippy::cast_precision_loss, reason = "counts are small")]
    let mean = (0..draws).map(value).sum::<f64>() / draws as f64;
    mean - 1.0
}

/// The root mean square of errors of a few seeds.
fn typical(method: Sampling, second: bool, draws: usize) -> f64 {
    libm::sqrt((0..8).map(|seed| error(method, seed, second, draws)).map(|e| e * e).sum::<f64>() / 8.0)
}

#[test]
fn stratified_draws_err_less() {
    // The second matrix has later dimensions, which fill space evenly only with more points.
    for (second, times) in [(false, 20.0), (true, 10.0)] {
        let random = typical(Sampling::Random, second, 1 << 14);
        let (latin, sobol) =
            (typical(Sampling::LatinHypercube, second, 1 << 14), typical(Sampling::Sobol, second, 1 << 14));
        assert!(latin * 1.5 < random, "latin {latin}, random {random}");
        assert!(sobol * times < random, "sobol {sobol}, random {random}");
    }
}
