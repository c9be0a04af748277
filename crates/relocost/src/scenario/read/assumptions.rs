//! Reading uncertain parameters, their correlations, and expectations: what names things of the whole scenario.

use std::collections::{BTreeMap, HashMap, HashSet};

use nalgebra::{DMatrix, SymmetricEigen};

use super::Declarations;
use super::distribution;
use super::identified::Kind;
use crate::error::Code;
use crate::limits;
use crate::message;
use crate::message::{Message, counted};
use crate::names::{Band, closest, did_you_mean};
use crate::reading::{Fields, NOT_SHOWN, Path, Reader, excerpt};
use crate::scenario::Setting;
use crate::scenario::expectation::{Bound, Expectation, Figure, FigureKind, Names, no_such, parse_figure};
use crate::scenario::line::{Charge, Line, Price};
use crate::scenario::places::Part;
use crate::scenario::uncertain::{Correlation, Uncertain};
use crate::syntax::{Node, Value};
use crate::types::{Amount, DecimalError, Id, Parameter, may_name_place, no_path};

/// The keys of an uncertain parameter.
pub(crate) const UNCERTAIN_KEYS: &[&str] = &["parameter", "distribution"];
/// The keys of a correlation.
pub(crate) const CORRELATION_KEYS: &[&str] = &["between", "spearman"];
/// The keys of an expectation.
pub(crate) const EXPECT_KEYS: &[&str] = &["figure", "equals", "within", "at_most", "at_least", "why"];

/// The smallest eigenvalue that a matrix of correlations may have: 0, give or take the error of computing it.
const SMALLEST_EIGENVALUE: f64 = -1e-9;

pub(super) fn read(reader: &mut Reader, fields: &Fields<'_>, names: &Declarations, scenario: &mut Setting) {
    parameters(reader, fields, names, scenario, Vec::new());
    let parse = |text: &str| {
        parse_figure(text, names).map_err(|why| {
            message!("found \"{found}\"; {why}", "trouvé : « {found} » ; {why}", found = shown_figure(text, names), why)
        })
    };
    expectations(reader, fields, scenario, &[], parse, |reader, node, path, figure| {
        text_of_figure(reader, node, path, figure, names)
    });
}

/// The uncertain parameters and their correlations; `others` are declared elsewhere, and follow those under `uncertain`.
pub(crate) fn parameters(
    reader: &mut Reader,
    fields: &Fields<'_>,
    names: &Declarations,
    scenario: &mut Setting,
    others: Vec<Uncertain>,
) {
    let mut indices = uncertain(reader, fields, names, scenario);
    for other in others {
        indices.insert(other.parameter.clone(), scenario.uncertain.len());
        scenario.uncertain.push(other);
    }
    correlations(reader, fields, &indices, scenario);
}

fn uncertain(
    reader: &mut Reader,
    fields: &Fields<'_>,
    names: &Declarations,
    scenario: &mut Setting,
) -> HashMap<Parameter, usize> {
    let (root, mut indices) = (Path::Root, HashMap::new());
    let path = root.key("uncertain");
    let nodes = fields.get("uncertain").and_then(|node| {
        reader.list(
            node,
            &path,
            limits::UNCERTAIN,
            &message!("a list of uncertain parameters", "une liste de paramètres incertains"),
        )
    });
    for (index, node) in nodes.into_iter().flatten().enumerate() {
        let path = path.index(index);
        let Some(fields) = reader.fields(node, &path, UNCERTAIN_KEYS) else { continue };
        let parameter = reader
            .need(&fields, &path, "parameter", &message!("the path of a parameter", "le chemin d'un paramètre"))
            .and_then(|node| Some((node, parameter(reader, node, &path.key("parameter"), names, scenario)?)));
        let distribution = reader
            .need(&fields, &path, "distribution", &message!("a distribution", "une loi de probabilité"))
            .and_then(|node| distribution::read(reader, node, &path.key("distribution")));
        let Some((node, parameter)) = parameter else { continue };
        if indices.insert(parameter.clone(), scenario.uncertain.len()).is_some() {
            reader.fail(
                Code::Duplicate,
                node.at,
                &path.key("parameter"),
                message!(
                    "{parameter} is declared twice",
                    "{parameter} est déclaré deux fois",
                    parameter = parameter.shown()
                ),
            );
        } else if let Some(distribution) = distribution {
            scenario.uncertain.push(Uncertain { parameter, distribution });
        } // else it stays in `indices`, so that a correlation which names it is not reported too
    }
    indices
}

/// A parameter that the scenario has.
fn parameter(
    reader: &mut Reader,
    node: &Node,
    path: &Path<'_>,
    names: &Declarations,
    scenario: &Setting,
) -> Option<Parameter> {
    let text = reader.raw_text(node, path, &message!("the path of a parameter", "le chemin d'un paramètre"))?;
    let parameter = Parameter::parse(text).filter(Parameter::may_be_uncertain);
    let why = match &parameter {
        Some(parameter) => misfit(parameter, names, scenario),
        None => Some(no_path(text, false)),
    };
    match why {
        None => parameter,
        Some(why) => {
            let message =
                message!("found \"{found}\"; {why}", "trouvé : « {found} » ; {why}", found = shown(text), why);
            reader.fail(Code::UnknownName, node.at, path, message);
            None
        }
    }
}

/// Why a scenario does not have a parameter. What is declared but could not be read is not held against it.
pub(super) fn misfit(parameter: &Parameter, names: &Declarations, scenario: &Setting) -> Option<Message> {
    let declared = |kind: Kind, name: &Id| {
        if names.has(kind, name) {
            return None;
        }
        let known = Names::of(names, kind.noun());
        let hint = did_you_mean(closest(name.as_str(), known));
        Some(no_such(kind.noun(), &hint))
    };
    match parameter {
        Parameter::LineFactor(id) => declared(Kind::Line, id),
        Parameter::Tariff(id, _) => match scenario.lines.get(id).map(Line::price) {
            Some(Some(Price::Dated(_))) => None,
            Some(_) => Some(message!("the line has no amounts by month", "le poste n'a pas de montants par mois")),
            None => declared(Kind::Line, id),
        },
        Parameter::PercentageShare(id) => match scenario.lines.get(id).map(|line| &line.charge) {
            Some(Charge::Percentage(_)) => None,
            Some(_) => Some(message!("the line is no percentage", "le poste n'est pas un pourcentage")),
            None => declared(Kind::Line, id),
        },
        Parameter::LevelFactor(place) => no_place(names, place),
        Parameter::Level(place, category) => no_place(names, place).or_else(|| declared(Kind::Category, category)),
        Parameter::Start | Parameter::HorizonMonths => None,
        Parameter::AgreementSlip(_) => Some(message!(
            "the slip of an agreement stands with the agreement, under its `slip`",
            "le glissement d'un accord se donne avec l'accord, dans son `slip`"
        )),
        Parameter::LineAmount(id) => match scenario.lines.get(id).map(Line::price) {
            Some(Some(Price::Amount(amount))) if amount.to_decimal().is_zero() => {
                Some(message!("its amount is 0", "son montant est 0"))
            }
            Some(Some(Price::Amount(_))) => None,
            Some(Some(Price::Event { .. })) => Some(message!(
                "the line has an event instead of an amount",
                "le poste a un événement au lieu d'un montant"
            )),
            Some(_) => Some(message!(
                "the line has something else instead of one amount",
                "le poste a autre chose qu'un montant unique"
            )),
            None => declared(Kind::Line, id),
        },
        Parameter::EventRate(id) | Parameter::SeverityFactor(id) => match scenario.lines.get(id).map(Line::price) {
            Some(Some(Price::Event { .. })) => None,
            Some(_) => Some(message!(
                "the line has an amount instead of an event",
                "le poste a un montant au lieu d'un événement"
            )),
            None => declared(Kind::Line, id),
        },
        Parameter::CategoryFactor(id) => declared(Kind::Category, id),
        Parameter::IndexShift(name) | Parameter::IndexYearly(name) | Parameter::Increase(name, _) => {
            declared(Kind::Index, name)
        }
        Parameter::ProfileStretch(name) => declared(Kind::Profile, name),
        Parameter::ExchangeFactor(currency)
        | Parameter::ExchangeYearly(currency)
        | Parameter::ExchangeRate(currency)
        | Parameter::ExchangeRateOfYear(currency, _)
        | Parameter::ExchangeRateOfMonth(currency, _)
            if !names.complete || scenario.rates.fx.contains_key(currency) =>
        {
            None
        }
        Parameter::ExchangeFactor(_)
        | Parameter::ExchangeYearly(_)
        | Parameter::ExchangeRate(_)
        | Parameter::ExchangeRateOfYear(..)
        | Parameter::ExchangeRateOfMonth(..) => Some(message!(
            "the scenario has no exchange rates of that currency",
            "le scénario n'a pas de taux de change pour cette monnaie"
        )),
        Parameter::StageMonths(name, stage) => match scenario.pathways.get(name) {
            Some(pathway) => match pathway.stages.get(*stage) {
                Some(stage) if stage.months.is_some() => None,
                Some(_) => Some(message!(
                    "that stage runs to the horizon; only months that are given can be uncertain",
                    "cette étape va jusqu'à l'horizon ; seuls des mois donnés peuvent être incertains"
                )),
                None => Some(message!(
                    "the pathway has {stages}, counted from 0",
                    "le parcours a {stages}, à compter de 0",
                    stages = counted(pathway.stages.len(), ["stage", "stages"], ["étape", "étapes"]),
                )),
            },
            None if names.complete && names.has(Kind::Solution, name) => Some(message!(
                "a solution's own pathway has no months to be uncertain of",
                "le parcours d'une solution n'a pas de mois qui puissent être incertains"
            )),
            None => declared(Kind::Pathway, name),
        },
    }
}

/// A path as an error shows it: a place tells where a household is.
fn shown(path: &str) -> String {
    if may_name_place(path) { NOT_SHOWN.to_owned() } else { excerpt(path) }
}

/// The path of a figure as an error shows it: where there are places, or one by place is meant, any part may name one, rightly
/// spelt or not.
fn shown_figure(path: &str, names: &Declarations) -> String {
    let is_by_place = |part: &str| part.contains("place") || closest(part, ["by_place"]).is_some();
    let may_name_place = names.of_kind(Kind::Place).next().is_some() || path.split('.').any(is_by_place);
    if may_name_place { NOT_SHOWN.to_owned() } else { excerpt(path) }
}

/// Why there is no such place; which there are is not said, for that tells where a household is.
fn no_place(names: &Declarations, place: &Id) -> Option<Message> {
    let message = || message!("the scenario declares no such place", "le scénario ne déclare pas ce lieu");
    (!names.has(Kind::Place, place)).then(message)
}

fn correlations(reader: &mut Reader, fields: &Fields<'_>, indices: &HashMap<Parameter, usize>, scenario: &mut Setting) {
    let root = Path::Root;
    let path = root.key("correlations");
    let Some(list) = fields.get("correlations") else { return };
    let most = limits::UNCERTAIN * limits::UNCERTAIN / 2;
    let Some(nodes) = reader.list(list, &path, most, &message!("a list of correlations", "une liste de corrélations"))
    else {
        return;
    };
    let mut pairs = HashSet::new();
    let mut complete = scenario.uncertain.len() == indices.len();
    for (index, node) in nodes.iter().enumerate() {
        let path = path.index(index);
        match correlation(reader, node, &path, indices) {
            Some(Correlation { between: [a, b], .. }) if !pairs.insert((a.min(b), a.max(b))) => {
                reader.fail(
                    Code::Duplicate,
                    node.at,
                    &path.key("between"),
                    message!("this pair has a correlation already", "cette paire a déjà une corrélation"),
                );
                complete = false;
            }
            Some(Correlation { between: [a, b], .. }) if mixes(indices, a, b) => {
                let message = message!(
                    "a parameter that is drawn anew for each year cannot be correlated with one that is not",
                    "un paramètre tiré à nouveau chaque année ne peut être corrélé avec un paramètre qui ne l'est pas"
                );
                reader.fail(Code::Conflict, node.at, &path.key("between"), message);
                complete = false;
            }
            Some(correlation) => scenario.correlations.push(correlation),
            None => complete = false,
        }
    }
    if !complete {
        scenario.correlations.clear(); // errors are reported; indices may not fit
    } else if !is_dominant(&scenario.correlations)
        && let Some(eigenvalue) = smallest_eigenvalue(scenario.uncertain.len(), &scenario.correlations)
        && (eigenvalue < SMALLEST_EIGENVALUE || eigenvalue.is_nan())
    {
        let message = message!(
            "no distribution has these correlations together: the matrix of normal correlations has the eigenvalue {eigenvalue:.9}, expected none below 0",
            "aucune loi n'a toutes ces corrélations : la matrice des corrélations normales a la valeur propre {eigenvalue:.9}, aucune inférieure à 0 n'est attendue"
        );
        reader.fail(Code::NotPositive, list.at, &path, message);
    }
}

fn correlation(
    reader: &mut Reader,
    node: &Node,
    path: &Path<'_>,
    indices: &HashMap<Parameter, usize>,
) -> Option<Correlation> {
    let fields = reader.fields(node, path, CORRELATION_KEYS)?;
    let expected = || message!("a coefficient from -1 to 1", "un coefficient de -1 à 1");
    let spearman = reader.need(&fields, path, "spearman", &expected()).and_then(|node| {
        reader.decimal(node, &path.key("spearman"), &expected(), |value| {
            if value.abs() <= rust_decimal::Decimal::ONE {
                Amount::new(value)
            } else {
                Err(DecimalError::Range(["", ""]))
            }
        })
    });
    let between =
        reader.need(&fields, path, "between", &message!("two uncertain parameters", "deux paramètres incertains"))?;
    let path = path.key("between");
    let nodes = reader.list(
        between,
        &path,
        2,
        &message!("a list of two uncertain parameters", "une liste de deux paramètres incertains"),
    )?;
    let [first, second] = nodes else {
        reader.fail(
            Code::WrongKind,
            between.at,
            &path,
            message!(
                "has {entries}; expected two uncertain parameters",
                "contient {entries} ; attendu : deux paramètres incertains",
                entries = counted(nodes.len(), ["entry", "entries"], ["élément", "éléments"]),
            ),
        );
        return None;
    };
    let mut find = |node: &Node, index| {
        let path = path.index(index);
        let text = reader.raw_text(
            node,
            &path,
            &message!("the path of an uncertain parameter", "le chemin d'un paramètre incertain"),
        )?;
        let found = Parameter::parse(text).and_then(|parameter| indices.get(&parameter).copied());
        if found.is_none() {
            let full = reader.is_full();
            let declared: Vec<String> = indices
                .keys()
                .filter(|known| !full && !matches!(known, Parameter::LevelFactor(_) | Parameter::AgreementSlip(_)))
                .map(ToString::to_string)
                .collect();
            let message = message!(
                "found \"{found}\"; expected a parameter declared under `uncertain`{hint}",
                "trouvé : « {found} » ; attendu : un paramètre déclaré sous `uncertain`{hint}",
                found = shown(text),
                hint = did_you_mean(closest(text, declared.iter().map(String::as_str))),
            );
            reader.fail(Code::UnknownName, node.at, &path, message);
        }
        found
    };
    let (first, second) = (find(first, 0), find(second, 1));
    let (first, second) = (first?, second?);
    if first == second {
        reader.fail(
            Code::Conflict,
            between.at,
            &path,
            message!(
                "names one parameter twice; expected two different ones",
                "nomme deux fois le même paramètre ; attendu : deux paramètres différents"
            ),
        );
        return None;
    }
    Some(Correlation { between: [first, second], spearman: spearman? })
}

/// True if one of two parameters is drawn anew for each year and the other is not.
fn mixes(indices: &HashMap<Parameter, usize>, a: usize, b: usize) -> bool {
    let is_yearly = |place| indices.iter().any(|(parameter, known)| *known == place && parameter.is_yearly());
    is_yearly(a) != is_yearly(b)
}

/// True if the normal correlations of every parameter add up to less than 1, whatever their signs: then no eigenvalue is
/// below 0 (Gershgorin 1931), and none is looked for.
#[expect(clippy::float_arithmetic, reason = "a bound of the eigenvalues, which are binary floating point")]
fn is_dominant(correlations: &[Correlation]) -> bool {
    let mut sums = BTreeMap::<usize, f64>::new();
    for correlation in correlations {
        for place in correlation.between {
            *sums.entry(place).or_default() += correlation.normal().abs();
        }
    }
    sums.values().all(|&sum| sum < 1.0)
}

/// The smallest eigenvalue of the matrix of normal correlations; `None` where nothing is correlated.
fn smallest_eigenvalue(size: usize, correlations: &[Correlation]) -> Option<f64> {
    // Parameters without a correlation have the eigenvalue 1 each and change no other.
    let mut tied: Vec<usize> = correlations.iter().flat_map(|correlation| correlation.between).collect();
    tied.sort_unstable();
    tied.dedup();
    if tied.is_empty() || size == 0 {
        return None;
    }
    let mut matrix = DMatrix::<f64>::identity(tied.len(), tied.len());
    for correlation in correlations {
        let [a, b] = &correlation.between;
        let (a, b) = (tied.binary_search(a).ok()?, tied.binary_search(b).ok()?);
        matrix[(a, b)] = correlation.normal();
        matrix[(b, a)] = correlation.normal();
    }
    let eigen = SymmetricEigen::try_new(matrix, f64::EPSILON, 100_000);
    Some(eigen.map_or(f64::NAN, |eigen| eigen.eigenvalues.min()))
}

/// Reads the text that a figure should be.
type ReadText<'t> = &'t dyn Fn(&mut Reader, &Node, &Path<'_>, &Figure) -> Option<Bound>;

/// The values that an expectation may give for a figure of any kind: no value, or no such figure.
pub(crate) const NOTHING: [&str; 2] = ["null", "absent"];

/// The expectations. `nothing` are the words for what is not there, `parse` knows the figures or says what is wrong with
/// one, and `text` reads what one that is a text should be.
pub(crate) fn expectations(
    reader: &mut Reader,
    fields: &Fields<'_>,
    scenario: &mut Setting,
    nothing: &[&str],
    parse: impl Fn(&str) -> Result<Figure, Message>,
    text: impl Fn(&mut Reader, &Node, &Path<'_>, &Figure) -> Option<Bound>,
) {
    let root = Path::Root;
    let path = root.key("expect");
    let nodes = fields.get("expect").and_then(|node| {
        reader.list(node, &path, limits::EXPECTATIONS, &message!("a list of expectations", "une liste d'attentes"))
    });
    for (index, node) in nodes.into_iter().flatten().enumerate() {
        if let Some(expectation) = expectation(reader, node, &path.index(index), nothing, &parse, &text) {
            scenario.places_in_files.note(Part::Expectation(scenario.expectations.len()), node.at);
            scenario.expectations.push(expectation);
        }
    }
}

fn expectation(
    reader: &mut Reader,
    node: &Node,
    path: &Path<'_>,
    nothing: &[&str],
    parse: &dyn Fn(&str) -> Result<Figure, Message>,
    text: ReadText<'_>,
) -> Option<Expectation> {
    let fields = reader.fields(node, path, EXPECT_KEYS)?;
    let why = super::identified::optional_text(reader, &fields, path, "why");
    let expected = || {
        message!(
            "the path of a figure, such as comparison.premium",
            "le chemin d'un chiffre, tel que comparison.premium"
        )
    };
    let figure = reader.need(&fields, path, "figure", &expected()).and_then(|node| {
        let path = path.key("figure");
        let text = reader.raw_text(node, &path, &expected())?;
        match parse(text) {
            Ok(figure) => Some(figure),
            Err(why) => {
                reader.fail(Code::UnknownFigure, node.at, &path, why);
                None
            }
        }
    });
    let given: Vec<&str> =
        ["equals", "within", "at_most", "at_least"].into_iter().filter(|key| fields.get(key).is_some()).collect();
    let [key] = given[..] else {
        let message = message!(
            "gives {given} of equals, within, at_most and at_least; expected exactly one",
            "donne {given} des clés equals, within, at_most et at_least ; attendu : exactement une",
            given = given.len(),
        );
        reader.fail(Code::Conflict, node.at, path, message);
        return None;
    };
    let value = fields.get(key)?;
    let path = path.key(key);
    // A figure that is wrong is most likely meant as a number.
    let kind = figure.as_ref().map_or(FigureKind::Amount, Figure::kind);
    let is_nothing = matches!(&value.value, Value::Text(text) if nothing.contains(&text.as_str()));
    let bound = match (key, kind) {
        ("equals", _) if is_nothing => reader.text(value, &path).map(Bound::Is),
        ("equals", FigureKind::Text) => text(reader, value, &path, figure.as_ref()?),
        (_, FigureKind::Text) => {
            reader.fail(
                Code::Conflict,
                value.at,
                &path,
                message!("this figure is a text; expected `equals`", "ce chiffre est un texte ; attendu : `equals`"),
            );
            None
        }
        ("equals", _) if figure.is_none() && matches!(value.value, Value::Text(_)) => None,
        ("equals", _) => reader.amount(value, &path).map(Bound::Equals),
        ("at_most", _) => reader.amount(value, &path).map(Bound::AtMost),
        ("at_least", _) => reader.amount(value, &path).map(Bound::AtLeast),
        _ => match &value.value {
            Value::List(ends) if ends.len() == 2 => {
                let (low, high) = (reader.amount(&ends[0], &path.index(0)), reader.amount(&ends[1], &path.index(1)));
                let (low, high) = (low?, high?);
                if high < low {
                    reader.fail(
                        Code::OutOfRange,
                        value.at,
                        &path,
                        message!("its second end is below its first", "sa seconde borne est inférieure à la première"),
                    );
                    return None;
                }
                Some(Bound::Within(low, high))
            }
            _ => reader.refuse(Code::WrongKind, value, &path, &message!("[low, high]", "[bas, haut]")),
        },
    };
    Some(Expectation { figure: figure?, bound: bound?, why: why? })
}

/// The text that a figure should be: a verdict, or the name of a pathway.
fn text_of_figure(
    reader: &mut Reader,
    node: &Node,
    path: &Path<'_>,
    figure: &Figure,
    names: &Declarations,
) -> Option<Bound> {
    if figure.segments().last().is_some_and(|last| last == "band") {
        reader.named::<Band>(node, path)?;
    } else if let Value::Text(text) = &node.value
        && !Names::has(names, "pathway", text)
    {
        return reader.refuse(
            Code::UnknownName,
            node,
            path,
            &message!("the name of a pathway", "le nom d'un parcours"),
        );
    }
    reader.text(node, path).map(Bound::Is)
}
