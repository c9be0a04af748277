//! The sensitivity of figures to the uncertain parameters: one at a time ([`tornado`]), by shares of the variance
//! ([`sobol`]), by ranks ([`ranks`]).

mod estimators;
mod ranks;
mod sobol;
mod tornado;

pub use self::estimators::Interval;
pub use self::sobol::{Factor, FactorIndex, FigureIndices, SobolIndices, SobolOptions};
pub use self::tornado::{Tornado, TornadoBar, TornadoPoint};
