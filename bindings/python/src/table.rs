//! Tables: typed columns, as lists of Python's own values and as Arrow, with decimals exact in both.

use std::collections::HashMap;
use std::sync::Arc;

use arrow_array::ffi_stream::FFI_ArrowArrayStream;
use arrow_array::types::Date32Type;
use arrow_array::{
    ArrayRef, Date32Array, Decimal128Array, Float64Array, Int64Array, RecordBatch, RecordBatchIterator, StringArray,
};
use arrow_schema::ffi::FFI_ArrowSchema;
use arrow_schema::{ArrowError, DataType, Field, Schema};
use chrono::NaiveDate;
use pyo3::exceptions::{PyIndexError, PyKeyError, PyOverflowError};
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyFloat, PyList, PyString, PyTuple};
use relocost::{Currency, Difference, Id, Money, Month, Premium};

use crate::convert::{date, decimal, money, premium};

/// Digits that a decimal of Arrow has, as data frames read them.
const DIGITS: u8 = 38;
/// Decimals of ratios and factors.
const DECIMALS: i8 = 12;

/// The values of a column.
enum Values {
    Text(Vec<String>),
    /// Text that some rows lack.
    SomeText(Vec<Option<String>>),
    Whole(Vec<i64>),
    /// Binary floating point, of a simulation.
    Float(Vec<Option<f64>>),
    /// Money, with so many decimals.
    Money(Vec<Money>, u32),
    /// Factors, written with at most 12 decimals.
    Decimal(Vec<Option<String>>),
    Premium(Vec<Premium>),
    Month(Vec<Month>),
}

/// Rows of typed columns, with the currency of what is money.
#[pyclass(frozen, module = "relocost._relocost")]
pub(crate) struct Table {
    currency: Currency,
    rows: usize,
    columns: Vec<(String, Values)>,
}

impl Table {
    pub(crate) fn new(currency: Currency, rows: usize) -> Self {
        Self { currency, rows, columns: Vec::new() }
    }

    fn with(mut self, name: &str, values: Values) -> Self {
        self.columns.push((name.to_owned(), values));
        self
    }

    pub(crate) fn text<T: ToString>(self, name: &str, values: impl IntoIterator<Item = T>) -> Self {
        self.with(name, Values::Text(values.into_iter().map(|value| value.to_string()).collect()))
    }

    pub(crate) fn some_text<T: ToString>(self, name: &str, values: impl IntoIterator<Item = Option<T>>) -> Self {
        let values = values.into_iter().map(|value| value.map(|value| value.to_string()));
        self.with(name, Values::SomeText(values.collect()))
    }

    pub(crate) fn whole<T: Into<i64>>(self, name: &str, values: impl IntoIterator<Item = T>) -> Self {
        self.with(name, Values::Whole(values.into_iter().map(Into::into).collect()))
    }

    pub(crate) fn months(self, name: &str, values: impl IntoIterator<Item = Month>) -> Self {
        self.with(name, Values::Month(values.into_iter().collect()))
    }

    pub(crate) fn money(self, name: &str, values: impl IntoIterator<Item = Money>) -> Self {
        let decimals = self.currency.decimals();
        self.with(name, Values::Money(values.into_iter().collect(), decimals))
    }

    pub(crate) fn decimals<T: ToString>(self, name: &str, values: impl IntoIterator<Item = Option<T>>) -> Self {
        self.with(name, Values::Decimal(values.into_iter().map(|value| value.map(|value| value.to_string())).collect()))
    }

    pub(crate) fn floats(self, name: &str, values: impl IntoIterator<Item = Option<f64>>) -> Self {
        self.with(name, Values::Float(values.into_iter().collect()))
    }

    /// The columns of differences: base, alternative, extra, premium.
    pub(crate) fn differences<'d>(self, rows: impl Iterator<Item = &'d Difference> + Clone) -> Self {
        self.money("base", rows.clone().map(|row| row.base))
            .money("alternative", rows.clone().map(|row| row.alternative))
            .money("extra", rows.clone().map(|row| row.extra))
            .with("premium", Values::Premium(rows.map(Difference::premium).collect()))
    }

    /// Amounts by name.
    pub(crate) fn amounts<'m>(
        currency: Currency,
        name: &str,
        rows: impl ExactSizeIterator<Item = (&'m Id, &'m Money)> + Clone,
    ) -> Self {
        Self::new(currency, rows.len())
            .text(name, rows.clone().map(|(id, _)| id))
            .money("amount", rows.map(|(_, money)| *money))
    }

    fn find(&self, name: &str) -> PyResult<&Values> {
        let found = self.columns.iter().find(|(known, _)| known == name);
        found.map(|(_, values)| values).ok_or_else(|| {
            let names: Vec<&str> = self.columns.iter().map(|(name, _)| name.as_str()).collect();
            PyKeyError::new_err(format!("there is no such column; expected one of {}", names.join(", ")))
        })
    }

    fn schema(&self) -> Schema {
        let field = |(name, values): &(String, Values)| {
            let (kind, nullable) = values.kind();
            Field::new(name, kind, nullable)
        };
        let metadata = HashMap::from([("currency".to_owned(), self.currency.code().to_owned())]);
        Schema::new_with_metadata(self.columns.iter().map(field).collect::<Vec<_>>(), metadata)
    }

    fn batch(&self) -> Result<RecordBatch, ArrowError> {
        let arrays = self.columns.iter().map(|(_, values)| values.array()).collect::<Result<_, _>>()?;
        RecordBatch::try_new(Arc::new(self.schema()), arrays)
    }
}

impl Values {
    /// The kind of an array, and whether a value may be missing.
    fn kind(&self) -> (DataType, bool) {
        match self {
            Self::Text(_) => (DataType::Utf8, false),
            Self::SomeText(_) => (DataType::Utf8, true),
            Self::Whole(_) => (DataType::Int64, false),
            Self::Float(_) => (DataType::Float64, true),
            Self::Money(_, decimals) => {
                let decimals = i8::try_from(*decimals).unwrap_or(0); // 4 at most, by ISO 4217
                (DataType::Decimal128(DIGITS, decimals), false)
            }
            Self::Decimal(_) | Self::Premium(_) => (DataType::Decimal128(DIGITS, DECIMALS), true),
            Self::Month(_) => (DataType::Date32, false),
        }
    }

    fn array(&self) -> Result<ArrayRef, ArrowError> {
        Ok(match self {
            Self::Text(values) => Arc::new(values.iter().map(Some).collect::<StringArray>()),
            Self::SomeText(values) => Arc::new(values.iter().collect::<StringArray>()),
            Self::Whole(values) => Arc::new(Int64Array::from(values.clone())),
            Self::Float(values) => Arc::new(Float64Array::from(values.clone())),
            Self::Money(values, _) => {
                let array: Decimal128Array = values.iter().map(|money| Some(money.minor())).collect();
                Arc::new(array.with_data_type(self.kind().0))
            }
            Self::Decimal(values) => {
                let scaled = |value: &Option<String>| value.as_deref().map(scaled).transpose();
                decimals(values.iter().map(scaled))?
            }
            Self::Premium(values) => {
                decimals(values.iter().map(|it| it.ratio().map(|ratio| scaled(&ratio.to_string())).transpose()))?
            }
            Self::Month(values) => Arc::new(values.iter().map(|month| Some(days(*month))).collect::<Date32Array>()),
        })
    }

    /// The value of a row.
    fn at<'py>(&self, py: Python<'py>, place: usize) -> PyResult<Option<Bound<'py, PyAny>>> {
        Ok(match self {
            Self::Text(values) => Some(PyString::new(py, &values[place]).into_any()),
            Self::SomeText(values) => values[place].as_deref().map(|text| PyString::new(py, text).into_any()),
            Self::Whole(values) => Some(values[place].into_pyobject(py)?.into_any()),
            Self::Float(values) => values[place].map(|value| PyFloat::new(py, value).into_any()),
            Self::Money(values, _) => Some(money(py, values[place])?),
            Self::Decimal(values) => values[place].as_ref().map(|text| decimal(py, text)).transpose()?,
            Self::Premium(values) => premium(py, values[place])?,
            Self::Month(values) => Some(date(py, values[place])?.into_any()),
        })
    }
}

#[pymethods]
impl Table {
    /// The code of the currency of what is money.
    #[getter]
    fn currency(&self) -> &'static str {
        self.currency.code()
    }

    /// The names of the columns.
    #[getter]
    fn columns(&self) -> Vec<&str> {
        self.columns.iter().map(|(name, _)| name.as_str()).collect()
    }

    fn __len__(&self) -> usize {
        self.rows
    }

    /// A row as a tuple.
    fn row<'py>(&self, py: Python<'py>, place: usize) -> PyResult<Bound<'py, PyTuple>> {
        if place >= self.rows {
            return Err(PyIndexError::new_err("the table has no such row"));
        }
        let values = self.columns.iter().map(|(_, values)| values.at(py, place));
        PyTuple::new(py, values.collect::<PyResult<Vec<_>>>()?)
    }

    /// A column as a list of `str`, `int`, `float`, `decimal.Decimal` or `datetime.date`, with `None` for what is missing.
    fn column<'py>(&self, py: Python<'py>, name: &str) -> PyResult<Bound<'py, PyList>> {
        let values = self.find(name)?;
        PyList::new(py, (0..self.rows).map(|place| values.at(py, place)).collect::<PyResult<Vec<_>>>()?)
    }

    /// What a column is of: `text`, `whole`, `float`, `money`, `decimal` or `month`.
    fn kind(&self, name: &str) -> PyResult<&'static str> {
        Ok(match self.find(name)? {
            Values::Text(_) | Values::SomeText(_) => "text",
            Values::Whole(_) => "whole",
            Values::Float(_) => "float",
            Values::Money(..) => "money",
            Values::Decimal(_) | Values::Premium(_) => "decimal",
            Values::Month(_) => "month",
        })
    }

    /// Arrow's schema.
    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        let schema = FFI_ArrowSchema::try_from(self.schema()).map_err(|error| too_large(&error))?;
        PyCapsule::new_with_value(py, schema, c"arrow_schema")
    }

    /// Arrow's stream of one batch; another schema than the table's own is not made, which the protocol allows.
    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        let _ = requested_schema;
        let batch = py.detach(|| self.batch()).map_err(|error| too_large(&error))?;
        let schema = batch.schema();
        let stream = FFI_ArrowArrayStream::new(Box::new(RecordBatchIterator::new([Ok(batch)], schema)));
        PyCapsule::new_with_value(py, stream, c"arrow_array_stream")
    }
}

fn too_large(error: &ArrowError) -> PyErr {
    PyOverflowError::new_err(error.to_string())
}

fn decimals(values: impl Iterator<Item = Result<Option<i128>, ArrowError>>) -> Result<ArrayRef, ArrowError> {
    let array: Decimal128Array = values.collect::<Result<Vec<_>, _>>()?.into();
    Ok(Arc::new(array.with_data_type(DataType::Decimal128(DIGITS, DECIMALS))))
}

/// A decimal with 12 decimals as a whole number of its last digit.
fn scaled(text: &str) -> Result<i128, ArrowError> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let digits = format!("{whole}{fraction:0<12}");
    let number = digits.parse().ok().filter(|number: &i128| number.unsigned_abs() < 10_u128.pow(38));
    number.ok_or_else(|| {
        ArrowError::InvalidArgumentError(format!(
            "a ratio has more than the {DIGITS} digits of a decimal of Arrow; take the column as a list"
        ))
    })
}

/// Days from 1970-01-01 to the first of a month.
fn days(month: Month) -> i32 {
    NaiveDate::from_ymd_opt(month.year(), month.month(), 1).map_or(0, Date32Type::from_naive_date)
}
