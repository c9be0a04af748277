//! Tables: declared columns with their values.

use std::cell;
use std::fmt::{self, Display};
use std::ops::Range;
use std::sync::OnceLock;

use relocost::comparison::Difference;
use relocost::{Error, Money, Month, Premium, Watch};

use crate::cells::{Cell, Cells};
use crate::columns::{self, Column, Def, of};
use crate::head::{Head, What};

/// Is called before each row that is made, and says whether to go on.
pub(crate) type Beat<'b> = &'b dyn Fn() -> Result<(), Error>;
/// Makes the values of some rows.
type Make = dyn Fn(Range<usize>, Beat<'_>) -> Result<Cells, Error> + Send + Sync;

/// Values that are there, or are made when they are first asked for: all of them, or those of some rows.
struct Values {
    made: OnceLock<Cells>,
    make: Option<Box<Make>>,
}

impl Values {
    fn all(&self, rows: usize, beat: Beat<'_>) -> Result<&Cells, Error> {
        if let (None, Some(make)) = (self.made.get(), &self.make) {
            let made = make(0..rows, beat)?;
            return Ok(self.made.get_or_init(|| made));
        }
        Ok(self.made.get_or_init(|| Cells::Years(Vec::new()))) // they are there, or can be made
    }

    fn some(&self, rows: Range<usize>, beat: Beat<'_>) -> Result<Cells, Error> {
        match (self.made.get(), &self.make) {
            (None, Some(make)) => make(rows, beat),
            (made, _) => Ok(made.map_or_else(|| Cells::Years(Vec::new()), |made| made.pick(rows))),
        }
    }
}

/// Rows of a part.
const PART: usize = 1_024;

/// The beat of what cannot be cancelled.
#[expect(clippy::unnecessary_wraps, reason = "one beat among others")]
fn unheard() -> Result<(), Error> {
    Ok(())
}

/// Rows of typed columns, with what they are about. It never changes, and may be used by several threads at once.
///
/// ```
/// use relocost_tables::{Cell, Tables};
/// # let scenario = relocost::Scenario::parse("schema = 1\ncatalogue = \"reference\"\nstart = \"2026-03\"\nhorizon_months = 60\nhousehold = { members = [{ age = 34 }] }")?;
/// let comparison = scenario.compare()?;
/// let pathways = comparison.table("pathways")?.expect("a table of comparisons");
/// assert_eq!((pathways.rows(), pathways.what().name), (2, "pathways"));
/// let total = pathways.cells("total").map(|cells| cells.get(0).to_string());
/// assert_eq!(pathways.cells("pathway").map(|cells| cells.get(0)), Some(Cell::Text("permanent")));
/// assert_eq!(total.as_deref(), Some("119736.14"));
/// # Ok::<(), relocost::Error>(())
/// ```
pub struct Table {
    what: What,
    head: Head,
    rows: usize,
    columns: Vec<(Column, Values)>,
}

impl Table {
    /// A table without columns, to which the methods below add them: of each as many values as there are rows.
    pub fn new(what: What, head: Head, rows: usize) -> Self {
        Self { what, head, rows, columns: Vec::new() }
    }

    fn push(mut self, column: Column, cells: Cells) -> Self {
        self.columns.push((column, Values { made: cells.into(), make: None }));
        self
    }

    fn with<T>(self, column: &Def<T>, cells: Cells) -> Self {
        debug_assert_eq!(cells.len(), self.rows, "{}", column.column().name());
        self.push(column.column(), cells)
    }

    /// A column whose values are made when they are asked for: some columns of a large ledger are dear. `make` fails
    /// only when `beat` does.
    pub(crate) fn later<T>(
        mut self,
        column: &Def<T>,
        make: impl Fn(Range<usize>, Beat<'_>) -> Result<Cells, Error> + Send + Sync + 'static,
    ) -> Self {
        self.columns.push((column.column(), Values { made: OnceLock::new(), make: Some(Box::new(make)) }));
        self
    }

    pub(crate) fn years(self, column: &Def<of::Year>, values: impl IntoIterator<Item = i32>) -> Self {
        self.some_years(column, values.into_iter().map(Some))
    }

    /// Adds a column of years.
    #[must_use]
    pub fn some_years(self, column: &Def<of::Year>, values: impl IntoIterator<Item = Option<i32>>) -> Self {
        self.with(column, Cells::Years(values.into_iter().collect()))
    }

    pub(crate) fn months(self, column: &Def<of::Month>, values: impl IntoIterator<Item = Month>) -> Self {
        self.some_months(column, values.into_iter().map(Some))
    }

    pub(crate) fn some_months(self, column: &Def<of::Month>, values: impl IntoIterator<Item = Option<Month>>) -> Self {
        self.with(column, Cells::Months(values.into_iter().collect()))
    }

    pub(crate) fn ids<T: Display>(self, column: &Def<of::Id>, values: impl IntoIterator<Item = T>) -> Self {
        self.some_ids(column, values.into_iter().map(Some))
    }

    /// Adds a column of ids.
    #[must_use]
    pub fn some_ids<T: Display>(self, column: &Def<of::Id>, values: impl IntoIterator<Item = Option<T>>) -> Self {
        self.with(column, Cells::Texts(values.into_iter().collect()))
    }

    /// Adds a column of texts.
    #[must_use]
    pub fn texts<T: Display>(self, column: &Def<of::Text>, values: impl IntoIterator<Item = T>) -> Self {
        self.some_texts(column, values.into_iter().map(Some))
    }

    /// Adds a column of texts, of which some rows have none.
    #[must_use]
    pub fn some_texts<T: Display>(self, column: &Def<of::Text>, values: impl IntoIterator<Item = Option<T>>) -> Self {
        self.with(column, Cells::Texts(values.into_iter().collect()))
    }

    pub(crate) fn money(self, column: &Def<of::Money>, values: impl IntoIterator<Item = Money>) -> Self {
        self.some_money(column, values.into_iter().map(Some))
    }

    /// Adds a column of money.
    #[must_use]
    pub fn some_money(self, column: &Def<of::Money>, values: impl IntoIterator<Item = Option<Money>>) -> Self {
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

    /// Adds a column of whole numbers.
    #[must_use]
    pub fn some_counts<T: TryInto<i64>>(
        self,
        column: &Def<of::Count>,
        values: impl IntoIterator<Item = Option<T>>,
    ) -> Self {
        self.with(column, counts(values))
    }

    pub(crate) fn binary(self, column: &Def<of::Binary>, values: impl IntoIterator<Item = Option<f64>>) -> Self {
        // A value that is no number is left out.
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

    /// The identity of the table.
    pub fn what(&self) -> What {
        self.what
    }

    /// The head.
    pub fn head(&self) -> &Head {
        &self.head
    }

    /// The number of rows.
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
        let (column, values) = self.columns.get(column)?;
        values.all(self.rows, &unheard).ok().map(|cells| (column, cells))
    }

    /// Makes the values of the column at a place, if they are still to be made; [`Table::at`] then has them at once.
    ///
    /// # Errors
    /// The watch cancels it.
    pub fn make(&self, column: usize, watch: &Watch<'_>) -> Result<(), Error> {
        let Some((_, values)) = self.columns.get(column) else { return Ok(()) };
        let (done, total) = (cell::Cell::new(0), self.rows);
        values.all(total, &|| watch.tell(done.replace(done.get() + 1), total)).map(drop)
    }

    /// The values of the column of a name.
    pub fn cells(&self, name: &str) -> Option<&Cells> {
        self.at(self.find(name)?).map(|(_, cells)| cells)
    }

    /// The values of a row, one for each column.
    ///
    /// All values of all columns are made for it; of a few rows out of many [`Table::part`] is what costs less.
    pub fn row(&self, row: usize) -> impl ExactSizeIterator<Item = Cell<'_>> {
        self.columns
            .iter()
            .map(move |(_, values)| values.all(self.rows, &unheard).map_or(Cell::None, move |cells| cells.get(row)))
    }

    /// Some rows as a table of their own, for which the others are not made.
    ///
    /// ```
    /// use relocost::Watch;
    /// use relocost_tables::Tables;
    /// # let scenario = relocost::Scenario::parse("schema = 1\ncatalogue = \"reference\"\nstart = \"2026-03\"\nhorizon_months = 60\nhousehold = { members = [{ age = 34 }] }")?;
    /// let ledger = std::sync::Arc::new(scenario.ledger("temporary")?);
    /// let entries = ledger.table("entries")?.expect("a table of ledgers");
    /// let last = entries.part(entries.rows() - 2..entries.rows(), &Watch::default())?;
    /// assert_eq!(last.rows(), 2);
    /// assert_eq!(last.row(1).collect::<Vec<_>>(), entries.row(entries.rows() - 1).collect::<Vec<_>>());
    /// # Ok::<(), relocost::Error>(())
    /// ```
    ///
    /// # Errors
    /// The watch cancels it.
    pub fn part(&self, rows: Range<usize>, watch: &Watch<'_>) -> Result<Self, Error> {
        let rows = rows.start.min(self.rows)..rows.end.min(self.rows);
        let mut part = Self::new(self.what, self.head.clone(), rows.len());
        for (column, values) in &self.columns {
            let cells = values.some(rows.clone(), &|| watch.tell(rows.start, self.rows))?;
            part = part.push(column.clone(), cells);
        }
        Ok(part)
    }

    /// Some rows in parts that are small enough to be made one after another, each with the place of its first row.
    ///
    /// # Errors
    /// Each: the watch cancels it.
    pub fn parts(&self, rows: Range<usize>, watch: &Watch<'_>) -> impl Iterator<Item = Result<(usize, Self), Error>> {
        let end = rows.end.min(self.rows);
        let starts = (rows.start..end).step_by(PART);
        starts.map(move |first| Ok((first, self.part(first..end.min(first.saturating_add(PART)), watch)?)))
    }

    /// The rows that have a text in a column, without that column: the categories of one pathway out of those of all.
    ///
    /// ```
    /// use relocost_tables::Tables;
    /// # let scenario = relocost::Scenario::parse("schema = 1\ncatalogue = \"reference\"\nstart = \"2026-03\"\nhorizon_months = 60\nhousehold = { members = [{ age = 34 }] }")?;
    /// let comparison = scenario.compare()?;
    /// let all = comparison.table("pathway_categories")?.expect("a table of comparisons");
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
        left.fold(Self::new(self.what, self.head.clone(), rows.len()), |table, (column, values)| {
            let cells = values.all(self.rows, &unheard).map(|cells| cells.pick(rows.iter().copied()));
            table.push(column.clone(), cells.unwrap_or_else(|_| Cells::Years(Vec::new())))
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
