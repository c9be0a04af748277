//! Functions of numbers: the normal distribution, incomplete gamma and beta functions, quantile functions.
#![allow(dead_code)]

mod normal;
mod quantile;
mod special;
