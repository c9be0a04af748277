use num_rational::BigRational;

use super::buckets::ends;
use super::written::is_sum_of;
use super::*;

/// Numbers that look random: of like size, but for a few that lie far out, and some of the other sign.
fn values(count: usize) -> Vec<f64> {
    let mut state = 7_u64;
    let mut next = move || {
        state = state.wrapping_mul(0xda94_2042_e4dd_58b5).wrapping_add(1);
        binary::count(state >> 12) / libm::exp2(52.0)
    };
    let value = |place: usize| match place % 1_000 {
        17 => 1e9 * next(),
        18 => 1e120,
        19 => 0.0,
        20 => -300.0 * next(),
        _ => 100.0 + next(),
    };
    (0..count).map(value).collect()
}

fn tally(values: &[f64], from: usize, replicated: bool) -> Tally {
    let mut tally = Tally::new(Scale::of(vec![100.0, 101.0], 1.0), replicated);
    let mut place = from;
    while place < from + values.len() {
        let first = place / BLOCK * BLOCK;
        let end = (first + BLOCK).min(from + values.len());
        let mut column = [f64::NAN; BLOCK];
        column[place - first..end - first].copy_from_slice(&values[place - from..end - from]);
        tally.add(&column, place - first..end - first);
        place = end;
    }
    tally
}

fn written(tally: &Tally) -> Vec<u8> {
    postcard::to_stdvec(&tally.write()).unwrap()
}

#[test]
fn parts_in_any_order_are_the_whole() {
    let values = values(5_000);
    for replicated in [false, true] {
        let whole = tally(&values, 0, replicated);
        let part = |from: usize, to: usize| tally(&values[from..to], from, replicated);
        let mut merged = part(3_001, 5_000);
        for other in [part(0, 700), part(1_024, 3_001), part(700, 1_024)] {
            merged.merge(&Tally::read(other.write()).unwrap()).unwrap();
        }
        assert_eq!(written(&merged), written(&whole));
        assert_eq!(merged.mean().to_bits(), whole.mean().to_bits());
    }
}

#[test]
fn sums_are_exact_to_a_step_for_each_value() {
    let values = values(4_096);
    let tally = tally(&values, 0, false);
    let exact: BigRational = values.iter().map(|value| binary::rational(*value).unwrap()).sum();
    let mean = binary::float(&(exact / BigRational::from_integer(4_096.into())));
    assert!((tally.mean() / mean - 1.0).abs() < 1e-15, "{} {mean}", tally.mean());
    let like: Vec<f64> = values.into_iter().filter(|value| (99.0..102.0).contains(value)).take(3_840).collect();
    let count = binary::length(&like);
    let mean = like.iter().sum::<f64>() / count;
    let squares: f64 = like.iter().map(|value| (value - mean) * (value - mean)).sum();
    let found = self::tally(&like, 0, false);
    // A step is 2^-18: what rounding to it adds is far below what chance does, 1/100 here.
    assert!((found.sd() / (squares / (count - 1.0)).sqrt() - 1.0).abs() < 1e-6);
}

#[test]
fn a_bucket_holds_its_values_and_no_other() {
    for value in values(2_000).into_iter().chain([f64::MIN_POSITIVE, -1e-300, 1.0, 2.0 - f64::EPSILON]) {
        let [low, high] = ends(bucket(value));
        assert!((low < value || value.abs() < f64::MIN_POSITIVE) && value <= high, "{low} {value} {high}");
        assert!((high - low).abs() <= value.abs() / 1024.0 + f64::MIN_POSITIVE, "{low} {high}");
    }
    assert!(bucket(-1.0) < bucket(-0.5) && bucket(-0.5) < bucket(0.0) && bucket(0.0) < bucket(1e-300));
    assert!(bucket(100.0) < bucket(100.000_000_1) && ends(bucket(100.0))[1].to_bits() == 100.0_f64.to_bits());
    assert_eq!(ends(bucket(0.0)).map(f64::to_bits), [0.0, 0.0].map(f64::to_bits));
    assert_eq!(bucket(-0.0), bucket(0.0));
}

#[test]
fn counts_are_carried_before_they_overflow() {
    let mut tally = Tally::new(Scale::of(vec![1.0], 1.0), false);
    tally.add(&[1.0; BLOCK], 0..BLOCK);
    tally.fresh = u32::MAX - ROUND;
    tally.add(&[1.0; BLOCK], 0..BLOCK);
    assert_eq!((tally.fresh, tally.counts.iter().sum::<u32>()), (ROUND, ROUND));
    assert_eq!(tally.buckets(None), [(bucket(1.0), 2 * BLOCK as u64)]);
}

#[test]
fn merging_is_the_same_where_counts_have_room_and_where_they_are_carried() {
    for replicated in [false, true] {
        let values = values(6_000);
        let both = || [tally(&values[..4_096], 0, replicated), tally(&values[4_096..], 4_096, replicated)];
        let whole = written(&tally(&values, 0, replicated));
        let [mut roomy, other] = both();
        roomy.merge(&other).unwrap();
        assert!(written(&roomy) == whole && roomy.carried.is_empty());
        let [mut full, other] = both();
        full.fresh = u32::MAX / 2;
        full.merge(&other).unwrap();
        assert_eq!(written(&full), whole);
        let [mut own, mut carried] = both();
        carried.carry();
        own.merge(&carried).unwrap();
        assert!(written(&own) == whole && carried.fresh == 0);
    }
}

#[test]
fn sums_that_no_draws_come_to_are_refused() {
    let tally = tally(&values(2_000), 0, false);
    let most = |count: u64| i128::from(count) << FAR_BITS;
    let lies: [fn(&mut Sums, i128); 4] = [
        |sums, most| sums.sum[3] = most + 1,
        |sums, most| sums.deviations = -most,
        |sums, most| sums.squares = most + 1,
        |sums, _| sums.squares = -1,
    ];
    for lie in lies {
        let mut written = tally.write();
        let most = most(written.sums.count.iter().sum());
        lie(&mut written.sums, most);
        assert!(Tally::read(written).is_none());
    }
    // Honest sums of all draws that there may be do not overflow.
    assert!(is_sum_of(most(limits::DRAWS), limits::DRAWS, FAR_BITS));
}

#[test]
fn without_room_nothing_is_counted_any_more() {
    let mut tally = tally(&values(500), 0, false);
    tally.lacks_room = true;
    let before = written(&tally);
    tally.add(&[7.0; BLOCK], 0..BLOCK);
    tally.add_value(7.0, 0);
    assert_eq!(written(&tally), before);
    assert_eq!(tally.has_room().unwrap_err().code(), crate::error::Code::OutOfMemory);
}

#[test]
fn ranks_of_decimal_shares_are_not_pushed_up_by_rounding() {
    for (draws, share, expected) in
        [(10, 0.1, 1.0), (1_000, 0.95, 950.0), (20, 0.05, 1.0), (3, 0.5, 2.0), (7, 0.0, 1.0)]
    {
        assert_eq!(rank(draws, share).to_bits(), f64::to_bits(expected), "{draws} {share}");
    }
}
