//! Where the draws lie in the unit cube, and how they are tied together.

mod copula;
mod latin;
mod philox;
mod sobol;

pub(crate) use self::copula::Copula;
pub(crate) use self::philox::{Kind, Stream};
use crate::names::Sampling;

/// Independent replicates among the draws of the stratified methods: the draw n belongs to the replicate n mod 16.
pub(crate) const REPLICATES: u64 = 16;

/// One of the two independent matrices of draws that Sobol' indices need (Saltelli 2002).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Matrix {
    /// The one that every result is from.
    First,
    /// The one that columns are exchanged with.
    Second,
}

impl Matrix {
    /// The kind of its uniform numbers.
    const fn kind(self) -> Kind {
        match self {
            Self::First => Kind::Parameter,
            Self::Second => Kind::SecondMatrix,
        }
    }

    /// The bit that sets its indices of other kinds apart.
    const fn flag(self) -> u32 {
        match self {
            Self::First => 0,
            Self::Second => 1 << 31,
        }
    }
}

/// Where the points of a method come from.
#[derive(Clone, Debug)]
enum Points {
    /// Independent numbers.
    Random,
    /// Latin hypercubes.
    Latin,
    /// Sobol' points, with their scramblings.
    Sobol(sobol::Sobol),
}

/// Draws as points of the unit cube, a function of the seed, the draw and the parameter alone,
/// however they are split in blocks.
#[derive(Clone, Debug)]
pub(crate) struct Sampler {
    /// The random numbers.
    stream: Stream,
    /// The points.
    points: Points,
    /// Parameters.
    dimensions: usize,
}

impl Sampler {
    /// The draws of a seed; a Sobol' sampler has 2^36 of them before it repeats its points.
    pub(crate) fn new(seed: u64, method: Sampling, dimensions: usize) -> Self {
        Self::of(Stream::new(seed), method, dimensions)
    }

    /// As [`Self::new`], of the numbers of a stream.
    pub(crate) fn of(stream: Stream, method: Sampling, dimensions: usize) -> Self {
        let points = match method {
            Sampling::Random => Points::Random,
            Sampling::LatinHypercube => Points::Latin,
            Sampling::Sobol => Points::Sobol(sobol::Sobol::new(&stream, dimensions)),
        };
        Self { stream, points, dimensions }
    }

    /// Fills the column of every parameter p, `columns[p * stride..p * stride + len]`, with numbers of (0, 1) for
    /// the draws `first..first + len`. A column ends at `stride` at the latest, and where `columns` ends.
    pub(crate) fn fill(&self, first: u64, len: usize, stride: usize, columns: &mut [f64]) {
        self.matrix(Matrix::First, first, len, stride, columns);
    }

    /// As [`Self::fill`], of a second matrix: with the first, as many points of a cube of twice the dimensions. Its
    /// Sobol' points depend on the number of parameters, too.
    pub(crate) fn second(&self, first: u64, len: usize, stride: usize, columns: &mut [f64]) {
        self.matrix(Matrix::Second, first, len, stride, columns);
    }

    /// The draws of either matrix.
    fn matrix(&self, matrix: Matrix, first: u64, len: usize, stride: usize, columns: &mut [f64]) {
        match &self.points {
            Points::Random => random(&self.stream, matrix, self.dimensions, first, len, stride, columns),
            Points::Latin => latin::fill(&self.stream, matrix, self.dimensions, first, len, stride, columns),
            Points::Sobol(sobol) => sobol.fill(&self.stream, matrix, first, len, stride, columns),
        }
    }
}

/// Fills columns with independent numbers; see [`Sampler::fill`].
fn random(
    stream: &Stream,
    matrix: Matrix,
    dimensions: usize,
    first: u64,
    len: usize,
    stride: usize,
    columns: &mut [f64],
) {
    let (len, stride) = (len.min(stride), stride.max(1));
    let mut columns = columns.chunks_mut(stride).take(dimensions);
    for pair in 0.. {
        let Some(even) = columns.next() else { break };
        let odd = columns.next().unwrap_or_default();
        let (even_len, odd_len) = (len.min(even.len()), len.min(odd.len()));
        stream.pair(matrix.kind(), first, pair, &mut even[..even_len], &mut odd[..odd_len]);
    }
}

#[cfg(test)]
mod tests;
