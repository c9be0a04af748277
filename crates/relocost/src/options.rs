//! Setters of options.
//!
//! Options are made by `default`, or by `new` where something must be given, and changed by a setter for each field. They
//! are `#[non_exhaustive]`, so that a new field breaks no caller.

/// A setter for each field; the value of a field marked `?` may be given with or without `Some`.
macro_rules! setters {
    ($options:ident { $($fields:tt)* }) => {
        impl $options {
            $crate::options::setters!(@ $($fields)*);
        }
    };
    (@ $(#[$doc:meta])* $field:ident: $value:ty, $($rest:tt)*) => {
        $(#[$doc])*
        #[must_use]
        pub fn $field(mut self, $field: $value) -> Self {
            self.$field = $field;
            self
        }
        $crate::options::setters!(@ $($rest)*);
    };
    (@ $(#[$doc:meta])* $field:ident?: $value:ty, $($rest:tt)*) => {
        $(#[$doc])*
        #[must_use]
        pub fn $field(mut self, $field: impl Into<Option<$value>>) -> Self {
            self.$field = $field.into();
            self
        }
        $crate::options::setters!(@ $($rest)*);
    };
    (@) => {};
}

pub(crate) use setters;
