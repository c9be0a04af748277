//! The checked types of the field: what a value is, so that nothing after reading has to ask again.
//!
//! In: texts and whole numbers. Out: values that cannot hold anything the model does not know.

mod currency;
mod decimal;
mod id;
mod money;
mod month;
mod parameter;
mod parameter_value;
mod withdrawn;

pub use currency::Currency;
pub use decimal::{Amount, DecimalError, Increase, Share, SignedRatio};
pub(crate) use decimal::{decimal_from_whole, how_to_write, parse_decimal};
pub use id::{Id, Label, Text};
pub(crate) use id::{IdProblem, is_reference};
pub use money::Money;
pub use month::Month;
pub use parameter::Parameter;
pub(crate) use parameter::{may_name_place, no_path};
pub use parameter_value::ParameterValue;
