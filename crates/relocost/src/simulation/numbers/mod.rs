//! Functions of numbers: the normal distribution, incomplete gamma and beta functions, quantile functions.

pub(crate) mod binary;
pub(crate) mod normal;
mod quantile;
mod special;

pub(crate) use quantile::Quantile;
