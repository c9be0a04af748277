//! Tables for Python: the library's typed tables as lists of Python's own values and as Arrow, with decimals exact in both.

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
use relocost::{Error, Lang, Month, Watch};
use relocost_tables::{Cell, Cells, Column, Tables, Type, json};

use crate::convert::{date, decimal, money, premium};
use crate::failure::{OrRaise, unknown};
use crate::watch::{call, list};

/// Digits that a decimal of Arrow has, as data frames read them.
const DIGITS: u8 = 38;
/// Decimals of ratios and factors.
const DECIMALS: i8 = 12;

/// Rows of typed columns, with what they are about.
#[pyclass(frozen, module = "relocost._relocost")]
pub(crate) struct Table(relocost_tables::Table);

impl Table {
    /// A table of a result.
    pub(crate) fn of(py: Python<'_>, result: &(impl Tables + Sync), name: &str) -> PyResult<Self> {
        call(py, None, |_| result.table(name))?.map(Self).ok_or_else(unknown)
    }

    fn find(&self, name: &str) -> PyResult<(&Column, &Cells)> {
        self.0.find(name).and_then(|place| self.0.at(place)).ok_or_else(|| {
            let names: Vec<&str> = self.0.columns().map(Column::name).collect();
            PyKeyError::new_err(format!("there is no such column; expected one of {}", names.join(", ")))
        })
    }

    fn schema(&self) -> Schema {
        let head = json::head(self.0.head()).into_iter();
        let metadata =
            head.map(|(key, value)| (key.to_owned(), value.as_str().map_or_else(|| value.to_string(), str::to_owned)));
        let field = |column: &Column| {
            Field::new(column.name(), self.arrow_type(column.kind()), true).with_metadata(HashMap::from(
                [
                    ("type", column.kind().name()),
                    ("unit", column.unit().name()),
                    ("label_en", column.label(Lang::En)),
                    ("label_fr", column.label(Lang::Fr)),
                    ("about", column.about()),
                ]
                .map(|(key, value)| (key.to_owned(), value.to_owned())),
            ))
        };
        Schema::new_with_metadata(self.0.columns().map(field).collect::<Vec<_>>(), metadata.collect::<HashMap<_, _>>())
    }

    fn arrow_type(&self, kind: Type) -> DataType {
        match kind {
            Type::Month => DataType::Date32,
            Type::Year | Type::Count => DataType::Int64,
            Type::Money => {
                let decimals = i8::try_from(self.0.head().currency().decimals()).unwrap_or(0); // 4 at most, by ISO 4217
                DataType::Decimal128(DIGITS, decimals)
            }
            Type::Ratio | Type::Share => DataType::Decimal128(DIGITS, DECIMALS),
            Type::Binary => DataType::Float64,
            _ => DataType::Utf8,
        }
    }

    /// All rows, of which the watch is told. A figure may have too many digits for Arrow.
    fn batch(&self, watch: &Watch<'_>) -> Result<Result<RecordBatch, ArrowError>, Error> {
        let mut arrays = Vec::new();
        for place in 0..self.0.columns().len() {
            self.0.make(place, watch)?;
            let Some((column, cells)) = self.0.at(place) else { continue };
            match self.array(column.kind(), cells, watch)? {
                Ok(array) => arrays.push(array),
                Err(error) => return Ok(Err(error)),
            }
        }
        Ok(RecordBatch::try_new(Arc::new(self.schema()), arrays))
    }

    fn array(&self, kind: Type, cells: &Cells, watch: &Watch<'_>) -> Result<Result<ArrayRef, ArrowError>, Error> {
        let mut heard = Ok(());
        let mut rows = (0..cells.len()).map_while(|row| {
            heard = watch.tell(row, cells.len());
            heard.is_ok().then_some(row)
        });
        let array = self.array_of(kind, cells, &mut rows);
        heard.map(|()| array)
    }

    fn array_of(
        &self,
        kind: Type,
        cells: &Cells,
        rows: &mut dyn Iterator<Item = usize>,
    ) -> Result<ArrayRef, ArrowError> {
        Ok(match cells {
            Cells::Months(values) => Arc::new(values.iter().map(|month| month.map(days)).collect::<Date32Array>()),
            Cells::Years(values) => Arc::new(values.iter().map(|year| year.map(i64::from)).collect::<Int64Array>()),
            Cells::Counts(values) => Arc::new(Int64Array::from(values.clone())),
            Cells::Money(values) => {
                let array: Decimal128Array = values.iter().map(|money| money.map(relocost::Money::minor)).collect();
                Arc::new(array.with_data_type(self.arrow_type(kind)))
            }
            Cells::Premiums(values) => {
                let scaled = |row: usize| values.get(row)?.ratio().map(|ratio| scaled(&ratio.to_string()));
                self.decimals(kind, rows.map(|row| scaled(row).transpose()))?
            }
            Cells::Decimals(texts) => self.decimals(kind, rows.map(|row| texts.get(row).map(scaled).transpose()))?,
            Cells::Binary(values) => Arc::new(Float64Array::from(values.clone())),
            Cells::Texts(texts) => Arc::new(rows.map(|row| texts.get(row)).collect::<StringArray>()),
            _ => return Err(ArrowError::NotYetImplemented("a kind of column".to_owned())),
        })
    }

    fn decimals(
        &self,
        kind: Type,
        values: impl Iterator<Item = Result<Option<i128>, ArrowError>>,
    ) -> Result<ArrayRef, ArrowError> {
        let array: Decimal128Array = values.collect::<Result<Vec<_>, _>>()?.into();
        Ok(Arc::new(array.with_data_type(self.arrow_type(kind))))
    }
}

/// The rows of a table, each as a tuple.
fn tuples<'py>(py: Python<'py>, table: &relocost_tables::Table) -> PyResult<Vec<Bound<'py, PyTuple>>> {
    let row = |row| PyTuple::new(py, table.row(row).map(|cell| value(py, cell)).collect::<PyResult<Vec<_>>>()?);
    (0..table.rows()).map(row).collect()
}

/// A value as Python's own.
fn value<'py>(py: Python<'py>, cell: Cell<'_>) -> PyResult<Option<Bound<'py, PyAny>>> {
    Ok(match cell {
        Cell::Month(month) => Some(date(py, month)?.into_any()),
        Cell::Whole(whole) => Some(whole.into_pyobject(py)?.into_any()),
        Cell::Money(amount) => Some(money(py, amount)?),
        Cell::Premium(ratio) => premium(py, ratio)?,
        Cell::Decimal(text) => Some(decimal(py, text)?),
        Cell::Text(text) => Some(PyString::new(py, text).into_any()),
        Cell::Binary(value) => Some(PyFloat::new(py, value).into_any()),
        _ => None,
    })
}

#[pymethods]
impl Table {
    /// The name of the table.
    #[getter]
    fn name(&self) -> &'static str {
        self.0.what().name
    }

    /// The code of the currency of what is money.
    #[getter]
    fn currency(&self) -> &'static str {
        self.0.head().currency().code()
    }

    /// The head of the table, as JSON.
    #[getter]
    fn head(&self) -> String {
        serde_json::to_string(self.0.head()).unwrap_or_default()
    }

    /// The names of the columns.
    #[getter]
    fn columns(&self) -> Vec<&str> {
        self.0.columns().map(Column::name).collect()
    }

    /// The columns as declared: name, type, unit, label in English and French, documentation.
    #[getter]
    fn declared(&self) -> Vec<(&str, &'static str, &'static str, &str, &str, &'static str)> {
        let parts = |column: &'_ Column| (column.kind().name(), column.unit().name(), column.about());
        self.0
            .columns()
            .map(|column| {
                let (kind, unit, about) = parts(column);
                (column.name(), kind, unit, column.label(Lang::En), column.label(Lang::Fr), about)
            })
            .collect()
    }

    fn __len__(&self) -> usize {
        self.0.rows()
    }

    /// A row as a tuple.
    fn row<'py>(&self, py: Python<'py>, place: usize) -> PyResult<Bound<'py, PyTuple>> {
        if place >= self.0.rows() {
            return Err(PyIndexError::new_err("the table has no such row"));
        }
        let row = call(py, None, |watch| self.0.part(place..place.saturating_add(1), watch))?;
        tuples(py, &row)?.pop().ok_or_else(unknown)
    }

    /// Some rows as tuples, from a place up to and without another. No other rows are made for them.
    fn rows<'py>(&self, py: Python<'py>, first: usize, end: usize) -> PyResult<Vec<Bound<'py, PyTuple>>> {
        tuples(py, &call(py, None, |watch| self.0.part(first..end, watch))?)
    }

    /// A column as a list of `str`, `int`, `float`, `decimal.Decimal` or `datetime.date`, with `None` for what is missing.
    fn column<'py>(&self, py: Python<'py>, name: &str) -> PyResult<Bound<'py, PyList>> {
        if let Some(place) = self.0.find(name) {
            call(py, None, |watch| self.0.make(place, watch))?;
        }
        let (_, cells) = self.find(name)?;
        list(py, (0..self.0.rows()).map(|row| value(py, cells.get(row))))
    }

    /// The type of a column: `month`, `year`, `id`, `text`, `money`, `ratio`, `count`, `share` or `binary`.
    fn kind(&self, name: &str) -> PyResult<&'static str> {
        match self.0.column(name) {
            Some(column) => Ok(column.kind().name()),
            None => self.find(name).map(|(column, _)| column.kind().name()),
        }
    }

    /// The rows that have a text in a column, without that column.
    fn only(&self, py: Python<'_>, column: &str, text: &str) -> Self {
        Self(py.detach(|| self.0.only(column, text)))
    }

    /// As a reader sees it, in a language: text, or a fragment of HTML.
    fn report(&self, py: Python<'_>, lang: &str, html: bool) -> PyResult<String> {
        let style = crate::convert::style(lang, html).or_raise()?;
        call(py, None, |watch| relocost_report::table_under(&self.0, style, watch))
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
        let batch = call(py, None, |watch| self.batch(watch))?.map_err(|error| too_large(&error))?;
        let schema = batch.schema();
        let stream = FFI_ArrowArrayStream::new(Box::new(RecordBatchIterator::new([Ok(batch)], schema)));
        PyCapsule::new_with_value(py, stream, c"arrow_array_stream")
    }
}

fn too_large(error: &ArrowError) -> PyErr {
    PyOverflowError::new_err(error.to_string())
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
