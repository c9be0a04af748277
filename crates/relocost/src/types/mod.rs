//! The checked types of the field: what a value is, so that nothing after reading has to ask again.
//!
//! In: texts and whole numbers. Out: values that cannot hold anything the model does not know.

mod currency;
mod decimal;
mod id;
mod money;
mod month;
mod notation;
mod parameter;
mod parameter_value;
mod ratio;
mod withdrawn;

pub use currency::Currency;
pub use decimal::{Amount, DecimalError, Increase, Share};
pub(crate) use decimal::{decimal_from_whole, parse_decimal};
pub use id::{Id, Label, Text};
pub(crate) use id::{IdProblem, is_reference};
pub use money::Money;
pub use month::Month;
pub(crate) use notation::how_to_write;
pub use parameter::Parameter;
pub(crate) use parameter::{may_name_place, no_path};
pub use parameter_value::ParameterValue;
pub use ratio::SignedRatio;
