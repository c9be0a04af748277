//! Functions of numbers: the normal distribution, incomplete gamma and beta functions, quantile functions.
