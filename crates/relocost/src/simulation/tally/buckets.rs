//! The buckets in which values are counted: of a relative width of 2^-10, taken from the bits of the number.

/// Buckets of an octave.
pub(super) const BUCKETS: usize = 1 << BUCKET_BITS;
/// Bits of the mantissa that tell buckets apart.
pub(super) const BUCKET_BITS: u32 = 10;
/// Octaves of both signs.
pub(super) const OCTAVES: usize = 1 << 12;

/// The bucket of a value: ascending with it. A bucket holds its upper end and not its lower one, so that what is at most a
/// round number is told from what is above it.
#[inline(always)]
pub(super) fn bucket(value: f64) -> u32 {
    let bits = (value + 0.0).to_bits();
    let ordered = if bits >> 63 == 1 { !bits } else { bits | 1 << 63 };
    ((ordered - 1) >> 42) as u32
}

/// The buckets of values, by place; in loops without branches, so that they run in vectors.
#[inline(always)]
pub(super) fn buckets_of(values: &[f64], all_above_zero: bool, buckets: &mut [u32]) {
    if all_above_zero {
        for (bucket, value) in buckets.iter_mut().zip(values) {
            *bucket = (((value.to_bits() | 1 << 63) - 1) >> 42) as u32;
        }
    } else {
        for (to, value) in buckets.iter_mut().zip(values) {
            *to = bucket(*value);
        }
    }
}

/// The ends of a bucket; what is too small to be normal counts as 0.
pub(super) fn ends(bucket: u32) -> [f64; 2] {
    let value = |ordered: u64| {
        let value = f64::from_bits(if ordered >> 63 == 1 { ordered & !(1 << 63) } else { !ordered });
        if value.abs() < f64::MIN_POSITIVE { 0.0 } else { value }
    };
    [value(u64::from(bucket) << 42), value((u64::from(bucket) + 1) << 42)]
}
