//! Sobol' points with the direction numbers of Joe and Kuo (2008), scrambled as Owen (1995) does.
//!
//! The draws are 16 sequences that are scrambled independently: the draw n is the point n / 16 of the sequence n mod
//! 16, so their spread shows the error. The second matrix takes the dimensions after those of the first, so that both
//! together are points of one sequence too. Dimensions beyond the table start it again, as another set that visits
//! its points in another order (Owen 1998, "Latin supercube sampling").

#![expect(clippy::cast_possible_truncation, reason = "indices and words are cut to 32 bits on purpose")]

use super::philox::{Kind, Stream, unit};
use super::{Matrix, REPLICATES};

/// Primitive polynomials and initial direction numbers, with their licence.
const TABLE: &str = include_str!("joe-kuo-200.txt");
/// Bits of a point before jitter.
const BITS: usize = 32;
/// The most dimensions of one set.
const SET: usize = 200;
/// Draws that share an index.
const WIDTH: usize = REPLICATES as usize;
/// Dimensions that share a block of jitter, a word each.
const QUAD: usize = 4;

/// The numbers that bit i of an index adds to a point, at place i; bits reversed, the first binary digit of the point
/// lowest.
type Directions = [u32; BITS];

/// The direction numbers of the first dimension: the sequence of van der Corput (1935).
const FIRST: Directions = {
    let (mut directions, mut i) = ([1; BITS], 0);
    while i < BITS {
        directions[i] <<= i;
        i += 1;
    }
    directions
};

/// The random keys of a scrambling, one per lane.
#[derive(Clone, Debug)]
struct Keys<const N: usize> {
    /// The numbers that are added.
    add: [u32; N],
    /// The odd number that is multiplied with.
    multiply: [u32; N],
}

impl<const N: usize> Keys<N> {
    /// Scrambles reversed numbers: every binary digit is flipped by a hash of the digits before it (Laine and Karras
    /// 2011; Burley 2020). Products by even numbers leave the lowest bit alone and carry lower bits into higher
    /// ones only; the multipliers are those that Vegdahl (2021, "Building a better LK hash") found to mix well.
    #[inline]
    fn scramble(&self, reversed: [u32; N]) -> [u32; N] {
        let mut scrambled = reversed;
        for (x, (add, multiply)) in scrambled.iter_mut().zip(self.add.iter().zip(&self.multiply)) {
            *x ^= x.wrapping_mul(0x3d20_adea);
            *x = x.wrapping_add(*add).wrapping_mul(*multiply);
            *x ^= x.wrapping_mul(0x0552_6c56);
            *x ^= x.wrapping_mul(0x53a2_2864);
        }
        scrambled
    }
}

/// One parameter of one matrix.
#[derive(Clone, Debug)]
struct Column {
    /// Its dimension of the sequence.
    directions: Directions,
    /// The order in which its set of dimensions visits the points; `None` is the sequence's own.
    order: Option<Keys<1>>,
    /// Its scrambling, a lane per replicate.
    keys: Keys<WIDTH>,
}

/// Scrambled Sobol' points.
#[derive(Clone, Debug)]
pub(super) struct Sobol {
    /// The parameters of the two matrices.
    matrices: [Vec<Column>; 2],
}

impl Sobol {
    /// The points of a stream's seed.
    pub(super) fn new(stream: &Stream, dimensions: usize) -> Self {
        let table = directions(TABLE, SET);
        let column = |matrix: Matrix, parameter: usize, place: usize| {
            let words = stream.draws::<WIDTH>(Kind::Scramble, 0, matrix.flag() | parameter as u32);
            let order = (place >= SET).then(|| {
                let [add, multiply, ..] = stream.block(Kind::Scramble, REPLICATES, (place / SET) as u32);
                Keys { add: [add], multiply: [multiply | 1] }
            });
            let directions = table.get(place % SET).copied().unwrap_or(FIRST);
            let keys = Keys { add: words[0].map(|word| word as u32), multiply: words[1].map(|word| word as u32 | 1) };
            Column { directions, order, keys }
        };
        let first = (0..dimensions).map(|parameter| column(Matrix::First, parameter, parameter)).collect();
        let second =
            (0..dimensions).map(|parameter| column(Matrix::Second, parameter, dimensions + parameter)).collect();
        Self { matrices: [first, second] }
    }

    /// Fills the columns of consecutive draws; see [`super::Sampler::fill`].
    pub(super) fn fill(
        &self,
        stream: &Stream,
        matrix: Matrix,
        first: u64,
        len: usize,
        stride: usize,
        columns: &mut [f64],
    ) {
        let sources = match matrix {
            Matrix::First => &self.matrices[0],
            Matrix::Second => &self.matrices[1],
        };
        let len = len.min(stride);
        let stride = stride.max(1);
        let quads = columns.chunks_mut(stride.saturating_mul(QUAD)).zip(sources.chunks(QUAD));
        for (quad, (columns, sources)) in quads.enumerate() {
            let mut states = [(0, 0); QUAD]; // each parameter's index and point so far
            let mut at = 0;
            while at < len {
                let draw = first.wrapping_add(at as u64);
                let skip = (draw % REPLICATES) as usize;
                let take = (WIDTH - skip).min(len - at);
                let place = matrix.flag() | quad as u32;
                let jitter = stream.draws::<WIDTH>(Kind::Jitter, draw - draw % REPLICATES, place);
                let lanes = columns.chunks_mut(stride).zip(sources).zip(states.iter_mut().zip(&jitter));
                for ((column, source), ((index, point), jitter)) in lanes {
                    let next = visit(source.order.as_ref(), (draw / REPLICATES) as u32);
                    *point = step(*point, &source.directions, *index ^ next);
                    *index = next;
                    let values = values(source.keys.scramble([*point; WIDTH]), jitter);
                    let column = column.get_mut(at..).unwrap_or_default();
                    if let (Some(whole), WIDTH) = (column.first_chunk_mut::<WIDTH>(), take) {
                        *whole = values;
                    } else {
                        for (slot, value) in column.iter_mut().zip(&values[skip..skip + take]) {
                            *slot = *value;
                        }
                    }
                }
                at += take;
            }
        }
    }
}

/// The point that is visited at an index. Scrambling keeps every aligned run of 2^k indices together, and such runs
/// are the ones that fill space evenly.
fn visit(order: Option<&Keys<1>>, index: u32) -> u32 {
    order.map_or(index, |keys| {
        let [scrambled] = keys.scramble([index.reverse_bits()]);
        scrambled.reverse_bits()
    })
}

/// The point whose index differs in some bits.
#[inline]
fn step(mut point: u32, directions: &Directions, mut changed: u32) -> u32 {
    while changed != 0 {
        point ^= directions[changed.trailing_zeros() as usize % BITS];
        changed &= changed - 1;
    }
    point
}

/// Numbers of (0, 1): 32 bits of a point, reversed, and the 20 leading bits of a word of jitter.
#[inline]
fn values(reversed: [u32; WIDTH], jitter: &[u64; WIDTH]) -> [f64; WIDTH] {
    let mut values = [0.0; WIDTH];
    for lane in 0..WIDTH {
        values[lane] = unit(u64::from(reversed[lane].reverse_bits()) << 32 | jitter[lane]);
    }
    values
}

/// The direction numbers of the first dimensions, at least of one and at most of the table's.
fn directions(table: &str, dimensions: usize) -> Vec<Directions> {
    let rows = table.lines().filter(|line| !line.starts_with('#'));
    std::iter::once(FIRST).chain(rows.take(dimensions.saturating_sub(1)).map_while(row)).collect()
}

/// The direction numbers of a row `d s a m_1 ... m_s` (Joe and Kuo 2008): of a polynomial over the field of two
/// elements of the degree s, a its inner coefficients as binary digits, the highest power's first.
fn row(line: &str) -> Option<Directions> {
    let mut numbers = line.split_whitespace().map(|text| text.parse::<u32>().ok());
    let (_, degree, inner) = (numbers.next()??, numbers.next()?? as usize, numbers.next()??);
    if degree == 0 || degree > BITS {
        return None;
    }
    let mut directions = [0_u32; BITS]; // of 32 bits, the first binary digit highest
    for (i, direction) in directions.iter_mut().take(degree).enumerate() {
        *direction = numbers.next()?? << (BITS - 1 - i);
    }
    for i in degree..BITS {
        let mut direction = directions[i - degree] ^ directions[i - degree] >> degree;
        for k in 1..degree {
            if inner >> (degree - 1 - k) & 1 == 1 {
                direction ^= directions[i - k];
            }
        }
        directions[i] = direction;
    }
    Some(directions.map(u32::reverse_bits))
}

#[cfg(test)]
mod tests;
