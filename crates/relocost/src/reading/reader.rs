//! The reader that every part of the validator uses: typed values out of nodes, and every finding collected.
//!
//! A method returns `None` where it has reported why; the caller goes on with the next key, so that all errors of a
//! text come at once.

use super::{Findings, Path};
use crate::error::{Code, Error, Finding, Place};
use crate::limits;
use crate::message;
use crate::message::Message;
use crate::message::counted;
use crate::names::{Named, closest, did_you_mean};
use crate::syntax::{At, Entry, Node, Origin, Positions, Value};
use crate::types::{
    Amount, Currency, DecimalError, Id, IdProblem, Label, Month, Text, decimal_from_whole, how_to_write, parse_decimal,
};

/// The keys of a table that has been checked for unknown ones.
#[derive(Clone, Copy)]
pub(crate) struct Fields<'n> {
    entries: &'n [Entry],
    pub(crate) at: At,
}

impl<'n> Fields<'n> {
    pub(crate) fn get(&self, key: &str) -> Option<&'n Node> {
        self.entries.iter().find(|entry| entry.key == key).map(|entry| &entry.node)
    }

    pub(crate) fn entries(&self) -> &'n [Entry] {
        self.entries
    }
}

/// The texts that are read.
#[derive(Clone, Default)]
pub(crate) struct Sources {
    scenario: Option<Positions>,
    catalogues: Vec<Positions>,
}

impl Sources {
    /// The place in its text of what stands somewhere; `None` of what was built in code.
    pub(crate) fn place(&self, at: At) -> Option<Place> {
        let positions = match at.origin {
            Origin::Scenario => self.scenario.as_ref(),
            Origin::Catalogue(place) => self.catalogues.get(usize::from(place)),
        };
        Some(positions?.place(usize::try_from(at.offset?).ok()?))
    }
}

/// Everything found so far.
pub(crate) struct Reader {
    sources: Sources,
    reveal: bool,
    errors: Findings<(Origin, Option<u32>)>,
}

impl Reader {
    pub(crate) fn new(scenario: Option<Positions>, catalogues: Vec<Positions>, reveal: bool) -> Self {
        Self { sources: Sources { scenario, catalogues }, reveal, errors: Findings::default() }
    }

    pub(crate) fn sources(&self) -> &Sources {
        &self.sources
    }

    pub(crate) fn fail(&mut self, code: Code, at: At, path: &Path<'_>, message: Message) {
        let key = if self.reveal { path.revealed() } else { path.to_string() };
        self.fail_key(code, at, key, message);
    }

    pub(crate) fn fail_key(&mut self, code: Code, at: At, key: String, message: Message) {
        let Self { sources, errors, .. } = self;
        // A key that a later file inherits is read again with it.
        errors.add_once((at.origin, at.offset), || Finding { code, place: sources.place(at), key, message });
    }

    /// The one of `names` that was probably meant. Beyond the findings that are kept no hint is looked for.
    pub(crate) fn closest<'n>(&self, found: &str, names: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
        if self.is_full() { None } else { closest(found, names) }
    }

    /// True if further findings are only counted.
    pub(crate) fn is_full(&self) -> bool {
        self.errors.is_full()
    }

    /// The errors, if there are any.
    pub(crate) fn finish(self) -> Result<(), Error> {
        self.errors.finish()
    }

    /// True if a finding may show the value under a path.
    fn shows_values(&self, path: &Path<'_>) -> bool {
        self.reveal || path.shows_values()
    }

    /// The kind of a node, and its value where that may be shown.
    fn found(&self, node: &Node, path: &Path<'_>) -> Message {
        let hidden = !self.shows_values(path);
        let shown = |kind: Message, value: &str| match excerpt(value) {
            _ if hidden => message!("found {kind}", "trouvé : {kind}", kind),
            value => message!("found {kind} {value}", "trouvé : {kind} {value}", kind),
        };
        let whole = || message!("a whole number", "un nombre entier");
        match &node.value {
            Value::Nothing => message!("found nothing (null)", "trouvé : rien (null)"),
            Value::Bool(value) => shown(message!("a boolean", "un booléen"), &value.to_string()),
            Value::Whole(value) => shown(whole(), &value.to_string()),
            Value::Float(value) if value.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-') => {
                shown(whole(), value)
            }
            Value::Float(value) => {
                shown(message!("a binary floating-point number", "un nombre à virgule flottante binaire"), value)
            }
            Value::Date(_) if hidden => {
                message!("found a date without quotation marks", "trouvé : une date sans guillemets")
            }
            Value::Date(value) => message!(
                "found the date {value} without quotation marks",
                "trouvé : la date {value} sans guillemets",
                value = excerpt(value),
            ),
            Value::Text(_) if hidden => message!("found a text", "trouvé : un texte"),
            Value::Text(value) => message!("found \"{value}\"", "trouvé : « {value} »", value = excerpt(value)),
            Value::List(_) => message!("found a list", "trouvé : une liste"),
            Value::Table(_) => message!("found a table", "trouvé : une table"),
        }
    }

    /// A value of another kind, or outside its range.
    pub(crate) fn refuse<T>(&mut self, code: Code, node: &Node, path: &Path<'_>, expected: &Message) -> Option<T> {
        let found = self.found(node, path);
        self.fail(
            code,
            node.at,
            path,
            message!("{found}; expected {expected}", "{found} ; attendu : {expected}", found, expected),
        );
        None
    }

    /// More of something than there may be.
    pub(crate) fn too_many(&mut self, at: At, path: &Path<'_>, count: usize, most: usize) {
        let entries = counted(count, ["entry", "entries"], ["élément", "éléments"]);
        let message = message!(
            "has {entries}; expected at most {most}",
            "contient {entries} ; au plus {most} sont admis",
            entries
        );
        self.fail(Code::TooMany, at, path, message);
    }

    fn wrong<T>(&mut self, node: &Node, path: &Path<'_>, expected: &Message) -> Option<T> {
        self.refuse(Code::WrongKind, node, path, expected)
    }

    /// A table of which only `known` keys are read.
    pub(crate) fn fields<'n>(&mut self, node: &'n Node, path: &Path<'_>, known: &[&str]) -> Option<Fields<'n>> {
        let fields = self.open(node, path)?;
        for entry in fields.entries {
            if !known.contains(&entry.key.as_str()) {
                let hint = match self.closest(&entry.key, known.iter().copied()) {
                    None if known.is_empty() => message!("expected no key here", "aucune clé n'est attendue ici"),
                    Some(name) => message!("did you mean \"{name}\"?", "vouliez-vous dire « {name} » ?"),
                    None => {
                        let known = known.join(", ");
                        message!("expected one of {known}", "attendu : l'une de {known}")
                    }
                };
                // A slip of a known key is shown wherever it stands.
                let slip = closest(&entry.key, known.iter().copied()).is_some();
                let path = if slip { Path::Slip(path, &entry.key) } else { path.key(&entry.key) };
                let message = message!("unknown key; {hint}", "clé inconnue ; {hint}", hint);
                self.fail(Code::UnknownKey, entry.at, &path, message);
            }
        }
        Some(fields)
    }

    /// A table whose keys are names.
    pub(crate) fn open<'n>(&mut self, node: &'n Node, path: &Path<'_>) -> Option<Fields<'n>> {
        match &node.value {
            Value::Table(entries) => Some(Fields { entries, at: node.at }),
            _ => self.wrong(node, path, &message!("a table", "une table")),
        }
    }

    /// The value of a key that must be there.
    pub(crate) fn need<'n>(
        &mut self,
        fields: &Fields<'n>,
        path: &Path<'_>,
        key: &str,
        expected: &Message,
    ) -> Option<&'n Node> {
        let node = fields.get(key);
        if node.is_none() {
            let message = message!("missing; expected {expected}", "manque ; attendu : {expected}", expected);
            self.fail(Code::MissingKey, fields.at, &path.key(key), message);
        }
        node
    }

    pub(crate) fn list<'n>(
        &mut self,
        node: &'n Node,
        path: &Path<'_>,
        most: usize,
        expected: &Message,
    ) -> Option<&'n [Node]> {
        match &node.value {
            Value::List(nodes) if nodes.len() <= most => Some(nodes),
            Value::List(nodes) => {
                self.too_many(node.at, path, nodes.len(), most);
                None
            }
            _ => self.wrong(node, path, expected),
        }
    }

    pub(crate) fn raw_text<'n>(&mut self, node: &'n Node, path: &Path<'_>, expected: &Message) -> Option<&'n str> {
        match &node.value {
            Value::Text(text) => Some(text),
            _ => self.wrong(node, path, expected),
        }
    }

    pub(crate) fn text(&mut self, node: &Node, path: &Path<'_>) -> Option<Text> {
        let text = self.raw_text(node, path, &message!("a text", "un texte"))?;
        let checked = Text::new(text);
        if checked.is_none() {
            let message = message!(
                "has a control or bidirectional character, or more than {most} characters; expected a plain text of one line",
                "contient un caractère de contrôle ou bidirectionnel, ou plus de {most} caractères ; attendu : un texte simple d'une ligne",
                most = limits::TEXT_CHARACTERS,
            );
            self.fail(Code::BadText, node.at, path, message);
        }
        checked
    }

    pub(crate) fn label(&mut self, node: &Node, path: &Path<'_>) -> Option<Label> {
        match &node.value {
            Value::Text(_) => self.text(node, path).map(Label::both),
            Value::Table(_) => {
                let fields = self.fields(node, path, &["en", "fr"])?;
                let mut one = |key| {
                    let node = self.need(&fields, path, key, &message!("a text", "un texte"))?;
                    self.text(node, &path.key(key))
                };
                let (en, fr) = (one("en"), one("fr"));
                Some(Label { en: en?, fr: fr? })
            }
            _ => self.wrong(
                node,
                path,
                &message!(
                    "a text, or {{ en = \"...\", fr = \"...\" }}",
                    "un texte, ou {{ en = \"...\", fr = \"...\" }}"
                ),
            ),
        }
    }

    pub(crate) fn id(&mut self, node: &Node, path: &Path<'_>) -> Option<Id> {
        let text = self.raw_text(node, path, &message!("an id", "un identifiant"))?;
        self.name(text, node.at, path)
    }

    /// A text that must be an id: the value of a node, or a key.
    pub(crate) fn name(&mut self, text: &str, at: At, path: &Path<'_>) -> Option<Id> {
        match Id::parse(text) {
            Ok(id) => Some(id),
            Err(problem) => {
                let what = match problem {
                    IdProblem::Empty => message!("is empty", "est vide"),
                    IdProblem::Long => message!("has more than 64 characters", "a plus de 64 caractères"),
                    IdProblem::Character => message!(
                        "has a character that an id may not have",
                        "contient un caractère qu'un identifiant ne peut pas avoir"
                    ),
                };
                let message = message!(
                    "{what}; expected small letters, digits, \"-\" and \"_\", a letter or digit first",
                    "{what} ; attendu : minuscules sans accent, chiffres, « - » et « _ », avec d'abord une lettre ou un chiffre",
                    what,
                );
                self.fail(Code::BadName, at, path, message);
                None
            }
        }
    }

    /// One of a closed set of names.
    pub(crate) fn named<T: Named>(&mut self, node: &Node, path: &Path<'_>) -> Option<T> {
        let expected = || message!("one of {names}", "l'un de {names}", names = T::NAMES.join(", "));
        let Value::Text(text) = &node.value else { return self.wrong(node, path, &expected()) };
        if let Some(value) = T::of(text) {
            return Some(value);
        }
        let hint = did_you_mean(self.closest(text, T::NAMES.iter().copied()));
        let expected = expected();
        self.refuse(Code::UnknownName, node, path, &message!("{expected}{hint}", "{expected}{hint}", expected, hint))
    }

    pub(crate) fn whole(&mut self, node: &Node, path: &Path<'_>, low: u32, high: u32) -> Option<u32> {
        let code = match &node.value {
            Value::Whole(whole) => match u32::try_from(*whole) {
                Ok(number) if (low..=high).contains(&number) => return Some(number),
                _ => Code::OutOfRange,
            },
            _ => Code::WrongKind,
        };
        // 60.0, as a spreadsheet or another program writes 60; or "60".
        let meant = match &node.value {
            Value::Float(number) => number
                .split_once('.')
                .filter(|(_, rest)| rest.bytes().all(|byte| byte == b'0'))
                .map(|(whole, _)| (whole, message!("without a point", "sans point"))),
            Value::Text(text) => Some((text.as_str(), message!("without quotation marks", "sans guillemets"))),
            _ => None,
        };
        let meant = meant.filter(|_| !path.is_private()).and_then(|(text, how)| {
            let whole = text.parse::<u32>().ok().filter(|whole| (low..=high).contains(whole))?;
            Some(message!("; write {whole}, {how}", " ; écrire {whole}, {how}", whole, how))
        });
        let expected = message!(
            "a whole number from {low} to {high}{meant}",
            "un nombre entier de {low} à {high}{meant}",
            meant = meant.unwrap_or_default(),
        );
        self.refuse(code, node, path, &expected)
    }

    pub(crate) fn year(&mut self, node: &Node, path: &Path<'_>) -> Option<i32> {
        self.whole(node, path, 1800, 2999).and_then(|year| i32::try_from(year).ok())
    }

    pub(crate) fn month(&mut self, node: &Node, path: &Path<'_>) -> Option<Month> {
        let expected = || {
            message!(
                "a month such as \"2026-03\", of the years 1800 to 2999",
                "un mois tel que \"2026-03\", des années 1800 à 2999"
            )
        };
        let written = match &node.value {
            Value::Text(text) => Some(text),
            _ => None,
        };
        written.and_then(|text| text.parse().ok()).or_else(|| self.wrong(node, path, &expected()))
    }

    pub(crate) fn currency(&mut self, node: &Node, path: &Path<'_>) -> Option<Currency> {
        let expected = || {
            message!(
                "the code of a currency of ISO 4217 with a minor unit, such as \"EUR\"",
                "le code d'une monnaie ISO 4217 qui a une unité mineure, tel que \"EUR\""
            )
        };
        let text = self.raw_text(node, path, &expected())?;
        Currency::from_code(text).or_else(|| self.refuse(Code::UnknownName, node, path, &expected()))
    }

    pub(crate) fn amount(&mut self, node: &Node, path: &Path<'_>) -> Option<Amount> {
        self.decimal(node, path, &message!("a decimal", "un nombre décimal"), Amount::new)
    }

    /// A decimal that its type accepts.
    pub(crate) fn decimal<T>(
        &mut self,
        node: &Node,
        path: &Path<'_>,
        expected: &Message,
        check: impl Fn(rust_decimal::Decimal) -> Result<T, DecimalError>,
    ) -> Option<T> {
        let written = match &node.value {
            Value::Text(text) => parse_decimal(text),
            Value::Whole(whole) => decimal_from_whole(*whole),
            Value::Float(number) => {
                let how = match parse_decimal(number) {
                    Ok(_) if !path.is_private() => message!(": \"{number}\"", " : \"{number}\""),
                    _ => message!(", such as \"0.025\"", ", par exemple \"0.025\""),
                };
                let message = message!(
                    "a binary floating-point number has no exact value; write it as a text{how}",
                    "un nombre à virgule flottante binaire n'a pas de valeur exacte ; l'écrire comme un texte{how}",
                    how,
                );
                self.fail(Code::BadDecimal, node.at, path, message);
                return None;
            }
            _ => {
                let expected = message!(
                    "{expected}, written as a text such as \"0.025\" or as a whole number",
                    "{expected}, écrit comme un texte tel que \"0.025\" ou comme un nombre entier",
                    expected,
                );
                return self.wrong(node, path, &expected);
            }
        };
        match written.and_then(check) {
            Ok(value) => Some(value),
            Err(DecimalError::Range(_)) => self.refuse(Code::OutOfRange, node, path, expected),
            Err(DecimalError::Digits) => {
                let expected = message!(
                    "{expected} with at most 15 digits before the point and 12 after",
                    "{expected} avec au plus 15 chiffres avant le point et 12 après",
                    expected,
                );
                self.refuse(Code::BadDecimal, node, path, &expected)
            }
            Err(DecimalError::Syntax) => {
                let how = match &node.value {
                    Value::Text(text) if !path.is_private() || self.reveal => how_to_write(text),
                    _ => how_to_write(""),
                };
                let expected = message!(
                    "{expected}, written like \"0.025\" or \"-1200\"{how}",
                    "{expected}, écrit comme \"0.025\" ou \"-1200\"{how}",
                    expected,
                    how,
                );
                self.refuse(Code::BadDecimal, node, path, &expected)
            }
        }
    }
}

/// A value as an error shows it: short, and without anything that could deceive the eye.
pub(crate) fn excerpt(text: &str) -> String {
    // An apostrophe stands for itself within the quotation marks of both languages.
    let one = |one: char| if one == '\'' { one.to_string() } else { one.escape_debug().collect() };
    let mut shown: String = text.chars().take(40).map(one).collect();
    if text.chars().nth(40).is_some() {
        shown.push('…');
    }
    shown
}
