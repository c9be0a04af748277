//! A price list, as text or as rows from code, with the columns `id`, `amount`, `currency`, `source`, and if wanted
//! `from` (or `from_month`). Other columns are not read.

use std::fmt;
use std::io::Read;

use crate::error::{Code, Error, Finding, Place};
use crate::message;
use crate::message::Message;
use crate::spreadsheet::{CellRows, Column, OtherColumns, RowReader, Spreadsheet, TextRows, row_iterators};
use crate::types::{Amount, Currency, Id, Month, Text};

/// The columns that are read.
const COLUMNS: &[Column] = &[
    Column { name: "id", needed: true },
    Column { name: "amount", needed: true },
    Column { name: "currency", needed: true },
    Column { name: "source", needed: true },
    Column { name: "from", needed: false },
    Column { name: "from_month", needed: false },
];
const ID: usize = 0;
pub(super) const AMOUNT: usize = 1;
pub(super) const CURRENCY: usize = 2;
pub(super) const SOURCE: usize = 3;
pub(super) const FROM: usize = 4;
const FROM_MONTH: usize = 5;

/// A price as its row has it.
#[derive(Clone, PartialEq, Eq)]
pub struct ListedPrice {
    pub(super) id: Id,
    pub(super) amount: Amount,
    pub(super) currency: Currency,
    pub(super) from: Option<Month>,
    pub(super) source: Text,
    pub(super) place: Place,
}

impl ListedPrice {
    /// A finding about one of its cells.
    pub(super) fn finding(&self, code: Code, column: usize, message: Message) -> Finding {
        let key = COLUMNS.get(column).map_or("", |column| column.name).to_owned();
        Finding { code, place: Some(self.place.clone()), key, message }
    }
}

impl fmt::Debug for ListedPrice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ListedPrice({}, line {})", self.id, self.place.line)
    }
}

/// The prices of a text, read one by one: cells separated by commas, semicolons or tabs, as spreadsheets save them.
///
/// ```
/// use relocost::prices::PriceTable;
/// let table = "id;amount;currency;from;source;remark\nrent;1.250,00;EUR;2027-01;list;\nTotal;1250,00;EUR;;;\n";
/// let errors: Vec<_> = PriceTable::new(table.as_bytes(), "list")?.filter_map(Result::err).collect();
/// assert!(errors[0].to_string().starts_with("list:2: amount: "));
/// assert!(errors[1].to_string().starts_with("list:3: id: expected the id of a line"));
/// # Ok::<(), relocost::Error>(())
/// ```
pub struct PriceTable<R>(Spreadsheet<TextRows<R>>);

/// The prices of a table that is there in cells. [`PriceTable::of_rows`] makes it.
pub struct PriceRows<I>(Spreadsheet<CellRows<I>>);

impl PriceTable<std::io::Empty> {
    /// Takes rows whose cells are texts already, such as those of a data frame or a workbook: the same columns, and the
    /// same findings, as of a text separated by commas. An error's line is the row's number, counted from 1 and without
    /// the heads; that of the heads is 0.
    ///
    /// # Errors
    /// A column is missing, given twice or misspelt.
    pub fn of_rows<I, Row>(heads: &[&str], rows: I, name: &str) -> Result<PriceRows<I::IntoIter>, Error>
    where
        I: IntoIterator<Item = Row>,
        Row: IntoIterator,
        Row::Item: AsRef<str>,
    {
        Spreadsheet::of_cells(heads, rows.into_iter(), name, COLUMNS, OtherColumns::Ignored).map(PriceRows)
    }
}

impl<R: Read> PriceTable<R> {
    /// Reads the heads; `name` is what errors call the table, never a path.
    ///
    /// # Errors
    /// It cannot be read, or is no such text; a column is missing, given twice or misspelt.
    pub fn new(text: R, name: &str) -> Result<Self, Error> {
        Spreadsheet::of_text(text, name, COLUMNS, OtherColumns::Ignored).map(Self)
    }
}

row_iterators!(PriceTable, PriceRows: ListedPrice, price);

fn price(mut reader: RowReader<'_>, place: Place) -> Result<ListedPrice, Error> {
    let id = Id::parse(reader.text(ID)).ok();
    if id.is_none() {
        let message = message!(
            "expected the id of a line, such as short-let; leave out rows of totals and of headings",
            "l'identifiant d'un poste, tel que short-let, est attendu ; laissez de côté les lignes de totaux et d'intertitres",
        );
        reader.fail(Code::BadName, ID, message);
    }
    let number = reader.amount(AMOUNT);
    let amount = number.and_then(|number| {
        let amount = Amount::new(number);
        amount.map_err(|error| reader.fail(Code::BadDecimal, AMOUNT, error.explain(""))).ok()
    });
    let currency = reader.currency(CURRENCY);
    let from = match (reader.month(FROM), reader.month(FROM_MONTH)) {
        (Some(_), Some(_)) => {
            let message = message!(
                "says what the column from says; leave one of the two out",
                "dit la même chose que la colonne from ; laissez l'une des deux de côté"
            );
            reader.fail(Code::Conflict, FROM_MONTH, message);
            None
        }
        (from, from_month) => from.or(from_month),
    };
    let source = Some(reader.text(SOURCE)).filter(|text| !text.is_empty()).and_then(Text::new);
    if source.is_none() {
        let message = message!(
            "expected where the price comes from, in one line of at most {most} characters",
            "l'origine du prix, en une ligne d'au plus {most} caractères, est attendue",
            most = crate::limits::TEXT_CHARACTERS,
        );
        reader.fail(Code::BadText, SOURCE, message);
    }
    let read = id.zip(amount).zip(currency).zip(source);
    let read = read.map(|(((id, amount), currency), source)| ListedPrice { id, amount, currency, from, source, place });
    // A row that lacks one of the four has a finding.
    reader.finish(read)?.ok_or_else(crate::ledger::too_large)
}
