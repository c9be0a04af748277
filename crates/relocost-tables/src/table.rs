//! Tables: declared columns with their values.

use std::fmt::{self, Display};
use std::sync::LazyLock;

use relocost::comparison::Difference;
use relocost::{Money, Month, Premium};

use crate::cells::{Cell, Cells};
use crate::columns::{self, Column, Def, of};
use crate::head::{Head, What};

/// Values that are there, or are made when they are first asked for.
type Lazy = LazyLock<Cells, Box<dyn FnOnce() -> Cells + Send>>;

/// Rows of typed columns, with what they are about. It never changes, and may be used by several threads at once.
///
/// ```
/// use relocost_tables::{Cell, Tables};
/// # let scenario = relocost::Scenario::parse("schema = 1\ncatalogue = \"reference\"\nstart = \"2026-03\"\nhorizon_months = 60\nhousehold = { members = [{ age = 34 }] }")?;
/// let comparison = scenario.compare()?;
/// let pathways = comparison.table("pathways")?.ok_or_else(|| unreachable!())?;
/// assert_eq!((pathways.rows(), pathways.what().name), (2, "pathways"));
/// let total = pathways.cells("total").map(|cells| cells.get(0).to_string());
/// assert_eq!(pathways.cells("pathway").map(|cells| cells.get(0)), Some(Cell::Text("permanent")));
/// assert_eq!(total.as_deref(), Some("130656.30"));
/// # Ok::<(), relocost::Error>(())
/// ```
pub struct Table {
    what: What,
    head: Head,
    rows: usize,
    columns: Vec<(Column, Lazy)>,
}

impl Table {
    pub(crate) fn new(what: What, head: Head, rows: usize) -> Self {
        Self { what, head, rows, columns: Vec::new() }
    }

    fn push(mut self, column: Column, cells: impl FnOnce() -> Cells + Send + 'static) -> Self {
        self.columns.push((column, LazyLock::new(Box::new(cells))));
        self
    }

    fn with<T>(self, column: &Def<T>, cells: Cells) -> Self {
        debug_assert_eq!(cells.len(), self.rows, "{}", column.column().name());
        self.push(column.column(), move || cells)
    }

    /// A column whose values are made when they are first asked for: some columns of a large ledger are dear.
    pub(crate) fn later<T>(self, column: &Def<T>, cells: impl FnOnce() -> Cells + Send + 'static) -> Self {
        self.push(column.column(), cells)
    }

    pub(crate) fn years(self, column: &Def<of::Year>, values: impl IntoIterator<Item = i32>) -> Self {
        self.some_years(column, values.into_iter().map(Some))
    }

    pub(crate) fn some_years(self, column: &Def<of::Year>, values: impl IntoIterator<Item = Option<i32>>) -> Self {
        self.with(column, Cells::Years(values.into_iter().collect()))
    }

    pub(crate) fn months(self, column: &Def<of::Month>, values: impl IntoIterator<Item = Month>) -> Self {
        self.with(column, Cells::Months(values.into_iter().map(Some).collect()))
    }

    pub(crate) fn ids<T: Display>(self, column: &Def<of::Id>, values: impl IntoIterator<Item = T>) -> Self {
        self.some_ids(column, values.into_iter().map(Some))
    }

    pub(crate) fn some_ids<T: Display>(
        self,
        column: &Def<of::Id>,
        values: impl IntoIterator<Item = Option<T>>,
    ) -> Self {
        self.with(column, Cells::Texts(values.into_iter().collect()))
    }

    pub(crate) fn texts<T: Display>(self, column: &Def<of::Text>, values: impl IntoIterator<Item = T>) -> Self {
        self.some_texts(column, values.into_iter().map(Some))
    }

    pub(crate) fn some_texts<T: Display>(
        self,
        column: &Def<of::Text>,
        values: impl IntoIterator<Item = Option<T>>,
    ) -> Self {
        self.with(column, Cells::Texts(values.into_iter().collect()))
    }

    pub(crate) fn money(self, column: &Def<of::Money>, values: impl IntoIterator<Item = Money>) -> Self {
        self.some_money(column, values.into_iter().map(Some))
    }

    pub(crate) fn some_money(self, column: &Def<of::Money>, values: impl IntoIterator<Item = Option<Money>>) -> Self {
        self.with(column, Cells::Money(values.into_iter().collect()))
    }

    pub(crate) fn premiums(self, column: &Def<of::Ratio>, values: impl IntoIterator<Item = Premium>) -> Self {
        self.with(column, Cells::Premiums(values.into_iter().collect()))
    }

    pub(crate) fn ratios<T: Display>(
        self,
        column: &Def<of::Ratio>,
        values: impl IntoIterator<Item = Option<T>>,
    ) -> Self {
        self.with(column, Cells::Decimals(values.into_iter().collect()))
    }

    pub(crate) fn counts<T: TryInto<i64>>(self, column: &Def<of::Count>, values: impl IntoIterator<Item = T>) -> Self {
        self.some_counts(column, values.into_iter().map(Some))
    }

    pub(crate) fn some_counts<T: TryInto<i64>>(
        self,
        column: &Def<of::Count>,
        values: impl IntoIterator<Item = Option<T>>,
    ) -> Self {
        self.with(column, counts(values))
    }

    pub(crate) fn binary(self, column: &Def<of::Binary>, values: impl IntoIterator<Item = Option<f64>>) -> Self {
        // What is no number has no value.
        let values = values.into_iter().map(|value| value.filter(|value| value.is_finite()));
        self.with(column, Cells::Binary(values.collect()))
    }

    /// The columns of a pair: base, alternative, extra, premium.
    pub(crate) fn differences<'d>(self, rows: impl Iterator<Item = &'d Difference> + Clone) -> Self {
        self.money(&columns::BASE, rows.clone().map(|row| row.base))
            .money(&columns::ALTERNATIVE, rows.clone().map(|row| row.alternative))
            .money(&columns::EXTRA, rows.clone().map(|row| row.extra))
            .premiums(&columns::PREMIUM, rows.map(Difference::premium))
    }

    /// Which table it is.
    pub fn what(&self) -> What {
        self.what
    }

    /// What it is about.
    pub fn head(&self) -> &Head {
        &self.head
    }

    /// How many rows there are.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// The columns.
    pub fn columns(&self) -> impl ExactSizeIterator<Item = &Column> {
        self.columns.iter().map(|(column, _)| column)
    }

    /// The column of a name.
    pub fn column(&self, name: &str) -> Option<&Column> {
        self.columns().find(|column| column.name() == name)
    }

    /// The place of a column, from 0.
    pub fn find(&self, name: &str) -> Option<usize> {
        self.columns().position(|column| column.name() == name)
    }

    /// The column at a place, with its values.
    pub fn at(&self, column: usize) -> Option<(&Column, &Cells)> {
        self.columns.get(column).map(|(column, cells)| (column, &**cells))
    }

    /// The values of the column of a name.
    pub fn cells(&self, name: &str) -> Option<&Cells> {
        self.at(self.find(name)?).map(|(_, cells)| cells)
    }

    /// The values of a row, one for each column.
    pub fn row(&self, row: usize) -> impl ExactSizeIterator<Item = Cell<'_>> {
        self.columns.iter().map(move |(_, cells)| cells.get(row))
    }

    /// The rows that have a text in a column, without that column: the categories of one pathway out of those of all.
    ///
    /// ```
    /// use relocost_tables::Tables;
    /// # let scenario = relocost::Scenario::parse("schema = 1\ncatalogue = \"reference\"\nstart = \"2026-03\"\nhorizon_months = 60\nhousehold = { members = [{ age = 34 }] }")?;
    /// let comparison = scenario.compare()?;
    /// let all = comparison.table("pathway_categories")?.ok_or_else(|| unreachable!())?;
    /// let one = all.only("pathway", "permanent");
    /// assert_eq!(one.columns().map(|column| column.name()).collect::<Vec<_>>(), ["category", "amount"]);
    /// assert!(one.rows() < all.rows());
    /// # Ok::<(), relocost::Error>(())
    /// ```
    #[must_use]
    pub fn only(&self, name: &str, text: &str) -> Self {
        let is_meant = |row: &usize| self.cells(name).is_some_and(|cells| cells.get(*row) == Cell::Text(text));
        let rows: Vec<usize> = (0..self.rows).filter(is_meant).collect();
        let left = self.columns.iter().filter(|(column, _)| column.name() != name);
        left.fold(Self::new(self.what, self.head.clone(), rows.len()), |table, (column, cells)| {
            let cells = cells.pick(&rows);
            table.push(column.clone(), move || cells)
        })
    }
}

/// Whole numbers as a column has them.
pub(crate) fn counts<T: TryInto<i64>>(values: impl IntoIterator<Item = Option<T>>) -> Cells {
    Cells::Counts(values.into_iter().map(|value| Some(value?.try_into().unwrap_or(i64::MAX))).collect())
}

impl fmt::Debug for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Table({}, {} rows, {} columns)", self.what.name, self.rows, self.columns.len())
    }
}
