//! Functions of numbers: the normal distribution, incomplete gamma and beta functions, quantile functions.

mod beta;
pub(crate) mod binary;
mod curve;
mod exponential;
mod gamma;
mod inversion;
pub(crate) mod normal;
mod quantile;
mod special;
#[cfg(test)]
mod tests;

pub(crate) use exponential::exponential;
pub(crate) use quantile::Quantile;
