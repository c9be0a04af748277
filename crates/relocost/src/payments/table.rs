//! A table of payments, as text or as rows from code, with the columns `month`, `amount`, `currency`, `line` or
//! `category`, and if wanted `rate`, `quantity` and `reference`. Other columns are not read.

use std::fmt;
use std::io::Read;

use num_rational::BigRational;
use num_traits::ToPrimitive;
use rust_decimal::Decimal;

use super::subject::Subject;
use crate::error::{Code, Error, Finding, Place};
use crate::exact;
use crate::message;
use crate::message::Message;
use crate::reading::Findings;
use crate::spreadsheet::{CellRows, Column, OtherColumns, RowReader, Spreadsheet, TextRows, row_iterators};
use crate::types::{Amount, Currency, Id, Month};
use crate::watch::Pulse;

/// The columns that are read.
const COLUMNS: &[Column] = &[
    Column { name: "month", needed: true },
    Column { name: "amount", needed: true },
    Column { name: "currency", needed: true },
    Column { name: "line", needed: false },
    Column { name: "category", needed: false },
    Column { name: "rate", needed: false },
    Column { name: "quantity", needed: false },
    Column { name: "reference", needed: false },
];
const MONTH: usize = 0;
const AMOUNT: usize = 1;
const CURRENCY: usize = 2;
const LINE: usize = 3;
const CATEGORY: usize = 4;
const RATE: usize = 5;
const QUANTITY: usize = 6;
const REFERENCE: usize = 7;

/// A payment as its row has it. Its `Debug` form shows nothing of it.
#[derive(Clone, PartialEq, Eq)]
pub struct Payment {
    month: Month,
    amount: Decimal,
    currency: Currency,
    line: Option<String>,
    category: Option<String>,
    rate: Option<Decimal>,
    quantity: Option<Decimal>,
    reference: Option<String>,
    place: Place,
}

impl fmt::Debug for Payment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Payment(line {})", self.place.line)
    }
}

/// The payments of a text, read one by one: cells separated by commas, semicolons or tabs, as spreadsheets save them.
///
/// ```
/// use relocost::payments::PaymentTable;
/// let table = "month;line;amount;currency;remark\n2026-03;rent;1.250,00;EUR;\nTotal;;1250,00;EUR;\n";
/// let errors: Vec<_> = PaymentTable::new(table.as_bytes(), "paid")?.filter_map(Result::err).collect();
/// assert!(errors[0].to_string().starts_with("paid:2: amount: "));
/// assert!(errors[1].to_string().starts_with("paid:3: month: expected a month"));
/// # Ok::<(), relocost::Error>(())
/// ```
pub struct PaymentTable<R>(Spreadsheet<TextRows<R>>);

/// The payments of a table that is there in cells. [`PaymentTable::of_rows`] makes it.
pub struct PaymentRows<I>(Spreadsheet<CellRows<I>>);

impl PaymentTable<std::io::Empty> {
    /// Takes rows whose cells are texts already, such as those of a data frame or a workbook: the same columns, and the
    /// same findings, as of a text separated by commas. An error's line is the row's number, counted from 1 and without
    /// the heads; that of the heads is 0.
    ///
    /// # Errors
    /// A column is missing, given twice or misspelt.
    pub fn of_rows<I, Row>(heads: &[&str], rows: I, name: &str) -> Result<PaymentRows<I::IntoIter>, Error>
    where
        I: IntoIterator<Item = Row>,
        Row: IntoIterator,
        Row::Item: AsRef<str>,
    {
        Spreadsheet::of_cells(heads, rows.into_iter(), name, COLUMNS, OtherColumns::Ignored).map(PaymentRows)
    }
}

impl<R: Read> PaymentTable<R> {
    /// Reads the heads; `name` is what errors call the table, never a path.
    ///
    /// # Errors
    /// It cannot be read, or is no such text; a column is missing, given twice or misspelt.
    pub fn new(text: R, name: &str) -> Result<Self, Error> {
        Spreadsheet::of_text(text, name, COLUMNS, OtherColumns::Ignored).map(Self)
    }
}

row_iterators!(PaymentTable, PaymentRows: Payment, payment);

fn payment(mut reader: RowReader<'_>, place: Place) -> Result<Payment, Error> {
    let given = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let month = reader.month(MONTH);
    if month.is_none() && reader.text(MONTH).is_empty() {
        let message = message!(
            "expected a month such as 2026-03; leave out rows of totals",
            "un mois tel que 2026-03 est attendu ; laissez de côté les lignes de totaux",
        );
        reader.fail(Code::MissingKey, MONTH, message);
    }
    let amount = reader.amount(AMOUNT);
    let currency = reader.currency(CURRENCY);
    let (line, category) = (given(reader.text(LINE)), given(reader.text(CATEGORY)));
    if line.is_none() && category.is_none() {
        let message = message!("expected a line, or a category", "une ligne ou une catégorie est attendue");
        reader.fail(Code::MissingKey, LINE, message);
    }
    let [rate, quantity] = [RATE, QUANTITY].map(|column| {
        let number = reader.number(column)?;
        if number <= Decimal::ZERO {
            let message = message!("expected a number above 0", "un nombre supérieur à 0 est attendu");
            reader.fail(Code::NotPositive, column, message);
        }
        Some(number)
    });
    let reference = given(reader.text(REFERENCE));
    let read = month.zip(amount).zip(currency).map(|((month, amount), currency)| Payment {
        month,
        amount,
        currency,
        line,
        category,
        rate,
        quantity,
        reference,
        place,
    });
    // A row that lacks one of the three has a finding.
    reader.finish(read)?.ok_or_else(crate::ledger::too_large)
}

/// A payment in terms of a scenario: places instead of names, and minor units of its currency.
#[derive(Clone)]
pub(super) struct Paid {
    /// The place of the line; `None` of a payment that names a category only.
    pub(super) line: Option<usize>,
    /// The place of the category.
    pub(super) category: usize,
    /// Months since the start.
    pub(super) month: u32,
    pub(super) minor: i128,
    /// The part of it that comes from the payment's own rate.
    pub(super) exchange: i128,
    pub(super) quantity: Option<BigRational>,
    pub(super) given: Given,
}

/// A payment as it was given, and the model's exchange rate beside it.
#[derive(Clone, Copy)]
pub(super) struct Given {
    pub(super) amount: Decimal,
    pub(super) currency: Currency,
    pub(super) rate: Option<Decimal>,
    pub(super) model_rate: Option<Decimal>,
}

/// A payment that fits the scenario, with its row.
pub(super) struct Checked {
    pub(super) paid: Paid,
    place: Place,
}

impl Checked {
    /// The finding that its month is not compared.
    pub(super) fn outside(&self) -> Finding {
        let message = message!("lies outside the months compared", "se situe hors des mois comparés",);
        Finding { code: Code::OutOfRange, place: Some(self.place.clone()), key: "month".to_owned(), message }
    }
}

/// Payments in terms of a scenario.
///
/// # Errors
/// Everything that is wrong with any row; or the watch cancels it.
pub(super) fn checked(
    subject: &Subject,
    payments: impl IntoIterator<Item = Result<Payment, Error>>,
    pulse: &Pulse<'_>,
) -> Result<Vec<Checked>, Error> {
    let (mut findings, mut all) = (Findings::default(), Vec::new());
    let mut reference = subject.scenario.household().reference.as_ref().map(|known| known.as_str().to_owned());
    for (row, payment) in (1..).zip(payments) {
        pulse.step(row)?;
        let payment = match payment {
            Ok(payment) => payment,
            Err(error) => {
                findings.keep_error(&error);
                continue;
            }
        };
        if let Some(given) = payment.reference.as_ref().filter(|_| subject.is_one_household())
            && reference.get_or_insert_with(|| given.clone()) != given
        {
            let message = message!(
                "is of another household; expected payments of one household, that of the scenario",
                "est d'un autre ménage ; des paiements d'un seul ménage, celui du scénario, sont attendus",
            );
            findings.add((), || finding(&payment, Code::Conflict, "reference", message));
        }
        match resolve(subject, &payment) {
            Ok(paid) => all.push(Checked { paid, place: payment.place }),
            Err((code, key, message)) => findings.add((), || finding(&payment, code, key, message)),
        }
    }
    findings.finish().map(|()| all)
}

fn finding(payment: &Payment, code: Code, key: &str, message: Message) -> Finding {
    Finding { code, place: Some(payment.place.clone()), key: key.to_owned(), message }
}

type Wrong = (Code, &'static str, Message);

fn resolve(subject: &Subject, payment: &Payment) -> Result<Paid, Wrong> {
    let scenario = &subject.scenario;
    let month = u32::try_from(payment.month.months_since(scenario.start()));
    let month = month.ok().filter(|&month| month < scenario.horizon_months()).ok_or_else(|| {
        let message = message!("expected a month within the horizon", "un mois dans l'horizon est attendu");
        (Code::OutOfRange, "month", message)
    })?;
    let (line, category) = owner(subject, payment)?;
    let (minor, exchange, model_rate) = worth(scenario, payment)?;
    let quantity = payment.quantity.map(exact::from_decimal);
    let Payment { amount, currency, rate, .. } = *payment;
    let given = Given { amount, currency, rate, model_rate };
    Ok(Paid { line, category, month, minor, exchange, quantity, given })
}

/// The places of the line and the category.
fn owner(subject: &Subject, payment: &Payment) -> Result<(Option<usize>, usize), Wrong> {
    let category = |id: &str| subject.scenario.categories().iter().position(|declared| declared.id.as_str() == id);
    let named = payment.category.as_deref().map(|id| {
        category(id).ok_or_else(|| {
            let message = message!(
                "expected the id of a category of the scenario",
                "l'identifiant d'une catégorie du scénario est attendu"
            );
            (Code::UnknownName, "category", message)
        })
    });
    let named = named.transpose()?;
    let Some(id) = &payment.line else { return Ok((None, named.unwrap_or(0))) };
    let Some((place, line)) = subject.line(id) else {
        let message =
            message!("expected the id of a line of the scenario", "l'identifiant d'une ligne du scénario est attendu");
        return Err((Code::UnknownName, "line", message));
    };
    let own = line.category.as_ref().and_then(|id: &Id| category(id.as_str()));
    match (own, named) {
        (Some(own), Some(named)) if own != named => {
            let message = message!("is not the category of this line", "n'est pas la catégorie de cette ligne");
            Err((Code::Conflict, "category", message))
        }
        (None, None) => {
            let message = message!(
                "expected a category: this line is counted in those of its charges",
                "une catégorie est attendue : cette ligne est comptée dans celles de ses montants",
            );
            Err((Code::MissingKey, "category", message))
        }
        (own, named) => Ok((Some(place), own.or(named).unwrap_or(0))),
    }
}

/// The payment in minor units, rounded once, the part of it that comes from its own rate, and the model's rate.
fn worth(scenario: &crate::scenario::Scenario, payment: &Payment) -> Result<(i128, i128, Option<Decimal>), Wrong> {
    let own = payment.currency == scenario.currency();
    let model = if own {
        Some(Decimal::ONE)
    } else {
        let rates = scenario.rates().fx.get(&payment.currency);
        rates.and_then(|rates| rates.get(payment.month)).map(Amount::to_decimal)
    };
    if own && payment.rate.is_some_and(|rate| rate != Decimal::ONE) {
        let message = message!(
            "expected no rate: the payment is in the scenario's currency",
            "aucun taux n'est attendu : le paiement est dans la monnaie du scénario",
        );
        return Err((Code::Conflict, "rate", message));
    }
    let rate = payment.rate.or(model).ok_or_else(|| {
        let message = message!(
            "has no exchange rate in the scenario for this month; give one in the column rate",
            "n'a pas de taux de change dans le scénario pour ce mois ; en donner un dans la colonne rate",
        );
        (Code::MissingRate, "currency", message)
    })?;
    let too_large = || {
        let message = message!("is too large", "est trop grand");
        (Code::TooLargeFigure, "amount", message)
    };
    let decimals = scenario.currency().decimals();
    let minor = |rate: BigRational| {
        exact::scaled_half_even(&(exact::from_decimal(payment.amount) * rate), decimals).to_i128().ok_or_else(too_large)
    };
    let rate = exact::from_decimal(rate);
    let exchange = match (payment.rate, model) {
        (Some(_), Some(model)) => minor(&rate - exact::from_decimal(model))?,
        _ => 0,
    };
    Ok((minor(rate)?, exchange, model))
}
