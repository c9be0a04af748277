//! The JSON Schema of the files, made from the tables of names and keys that the reader itself uses.

mod descriptions;
mod programme;

use serde_json::{Map, Value, json};

use crate::limits;
use crate::names::{Clock, DistributionName, Driver, Named, Role, SolutionKind};
use crate::programme::PROGRAMME_FILE_KEYS;
use crate::scenario::read;

/// The kind of file that a schema describes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// A scenario.
    Scenario,
    /// A catalogue.
    Catalogue,
    /// A programme.
    Programme,
}

/// The JSON Schema (draft 2020-12) of a file. It says what has which form; that names are declared, shares add up and
/// knots increase is for the reader to say.
///
/// ```
/// use relocost::schema::{FileKind, json_schema};
/// let schema = json_schema(FileKind::Scenario);
/// assert_eq!(schema["properties"]["horizon_months"]["maximum"], 1200);
/// ```
pub fn json_schema(kind: FileKind) -> Value {
    let mut keys: Vec<&str> = read::SHARED_KEYS.to_vec();
    let mut required = vec!["schema"];
    match kind {
        FileKind::Scenario => {
            keys.extend(read::SCENARIO_KEYS);
            required.extend(["start", "horizon_months", "household"]);
        }
        FileKind::Catalogue => {}
        FileKind::Programme => {
            keys.extend(PROGRAMME_FILE_KEYS);
            required.push("programme");
        }
    }
    let property = |key: &str| match kind {
        FileKind::Programme => programme::property(key).unwrap_or_else(|| property(key)),
        FileKind::Scenario | FileKind::Catalogue => property(key),
    };
    let mut schema = object(&keys, &required, property);
    schema["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
    schema["title"] = json!(match kind {
        FileKind::Scenario => "A scenario of Relocost",
        FileKind::Catalogue => "A catalogue of Relocost",
        FileKind::Programme => "A programme of Relocost",
    });
    descriptions::describe(&mut schema);
    schema
}

/// The pattern of a month.
const MONTH: &str = "^[12][0-9]{3}-(0[1-9]|1[0-2])$";

fn property(key: &str) -> Value {
    match key {
        "schema" => json!({ "const": 1 }),
        "title" => text(),
        "catalogue" => json!({ "anyOf": [text(), {
            "type": "array", "items": text(), "minItems": 1, "maxItems": limits::CATALOGUES, "uniqueItems": true }] }),
        "currency" => currency(),
        "price_base_year" => year(),
        "start" => month(),
        "horizon_months" => whole(1, limits::HORIZON_MONTHS),
        "fiscal_year_start" => whole(1, 12),
        "entitlements" => list(&declared(), limits::ENTITLEMENTS),
        "places" | "categories" | "funds" => list(&declared(), limits::DECLARED),
        "drivers" => named(&driver()),
        "profiles" => named(&object(&["knots", "source"], &["knots"], |key| match key {
            "knots" => json!({ "type": "array", "minItems": 1, "maxItems": limits::KNOTS, "items": {
                "type": "array", "prefixItems": [whole(0, limits::MONTHS), decimal()], "items": false, "minItems": 2 } }),
            _ => text(),
        })),
        "rates" => object(read::RATE_KEYS, &[], |key| match key {
            "discount" => decimal(),
            "index" => {
                let mut index = rate_table();
                index["properties"]["month"] = whole(1, 12);
                named(&index)
            }
            "level" => named(&json!({
                "type": "object", "properties": { "source": text() }, "propertyNames": id(),
                "additionalProperties": decimal() })),
            _ => {
                let mut rates = rate_table();
                rates["patternProperties"][MONTH] = decimal();
                json!({ "type": "object", "propertyNames": currency(), "additionalProperties": rates })
            }
        }),
        "solutions" => named(&object(
            &["label", "kind", "entitlements", "place", "funding", "source"],
            &["label", "kind", "entitlements"],
            |key| match key {
                "label" => label(),
                "kind" => one_of::<SolutionKind>(),
                "entitlements" => ids(),
                "place" => id(),
                "funding" => {
                    json!({ "type": "object", "properties": { "by_category": named(&named(&decimal())) }, "additionalProperties": decimal() })
                }
                _ => text(),
            },
        )),
        "pathways" => named(&object(&["stages"], &["stages"], |_| {
            let stage = object(&["solution", "place", "months"], &["solution"], |key| {
                if key == "months" { whole(1, limits::MONTHS) } else { id() }
            });
            json!({ "type": "array", "items": stage, "minItems": 1, "maxItems": limits::STAGES })
        })),
        "lines" => list(&line(), limits::LINES),
        "household" => household(),
        "uncertain" => list(
            &object(read::UNCERTAIN_KEYS, read::UNCERTAIN_KEYS, |key| {
                if key == "parameter" { text() } else { distribution(false) }
            }),
            limits::UNCERTAIN,
        ),
        "correlations" => {
            let correlation = object(read::CORRELATION_KEYS, read::CORRELATION_KEYS, |key| match key {
                "between" => json!({ "type": "array", "items": text(), "minItems": 2, "maxItems": 2 }),
                _ => decimal(),
            });
            json!({ "type": "array", "items": correlation })
        }
        "variants" => named(
            &json!({ "type": "object", "properties": { "household": object(read::VARIANT_HOUSEHOLD_KEYS, &[], |key| match key {
            "add" => list(&member(), limits::MEMBERS),
            _ => json!({ "type": "array", "items": whole(0, u32::try_from(limits::MEMBERS).unwrap_or(u32::MAX)), "uniqueItems": true }),
        }) } }),
        ),
        "expect" => list(&expectation(), limits::EXPECTATIONS),
        _ => json!({}),
    }
}

fn household() -> Value {
    object(read::HOUSEHOLD_KEYS, &["members"], |key| match key {
        "reference" => {
            json!({ "type": "string", "pattern": "^[A-Za-z0-9][A-Za-z0-9_-]*$", "maxLength": limits::ID_CHARACTERS })
        }
        "members" => list(&member(), limits::MEMBERS),
        "ages_at" => month(),
        _ => object(&["from", "to"], &[], |_| whole(0, limits::AGE_YEARS)),
    })
}

fn member() -> Value {
    let mut member = object(read::MEMBER_KEYS, &[], |key| match key {
        "role" => one_of::<Role>(),
        "age" => whole(0, limits::AGE_YEARS),
        _ => month(),
    });
    member["oneOf"] = json!([{ "required": ["born"] }, { "required": ["age"] }]);
    member
}

fn driver() -> Value {
    let mut driver = object(read::DRIVER_KEYS, &[], |key| match key {
        "members" => object(&["roles", "age"], &[], |key| match key {
            "roles" => json!({ "type": "array", "items": one_of::<Role>(), "minItems": 1, "uniqueItems": true }),
            _ => object(&["from", "to"], &[], |_| whole(0, limits::AGE_YEARS)),
        }),
        "of" => {
            let counts = Driver::ALL.iter().filter(|driver| **driver != Driver::EquivalentAdult);
            json!({ "enum": counts.map(|driver| driver.name()).collect::<Vec<_>>() })
        }
        "per" => whole(1, limits::MONTHS),
        _ => json!({ "type": "array", "minItems": 1, "maxItems": limits::KNOTS, "items": {
            "type": "array", "prefixItems": [whole(1, limits::MONTHS), decimal()], "items": false, "minItems": 2 } }),
    });
    driver["oneOf"] = json!([{ "required": ["members"] }, { "required": ["of"] }]);
    driver["not"] = json!({ "required": ["per", "steps"] });
    driver
}

fn line() -> Value {
    let some_ids = || {
        let mut ids = ids();
        ids["minItems"] = json!(1);
        ids
    };
    let mut line = object(read::LINE_KEYS, &["id"], |key| match key {
        "id" | "category" | "index" => id(),
        "label" => label(),
        "driver" => driver_name(),
        "schedule" => schedule(true),
        "amount" => decimal(),
        "amounts" => {
            json!({ "type": "object", "patternProperties": { MONTH: decimal() }, "additionalProperties": false, "minProperties": 1 })
        }
        "event" => object(&["per_year", "severity"], &["per_year", "severity"], |key| {
            if key == "per_year" { decimal() } else { distribution(true) }
        }),
        "percentage" => object(&["share", "lines", "categories", "except"], &["share"], |key| match key {
            "share" => decimal(),
            _ => json!({ "type": "array", "items": id(), "minItems": 1 }),
        }),
        "refund" => object(&["of", "share"], &["of", "share"], |key| if key == "of" { id() } else { decimal() }),
        "currency" => currency(),
        "when" | "unless" => ids(),
        "solutions" | "places" => some_ids(),
        "valid" => object(&["from", "until"], &[], |_| month()),
        "relief" => object(&["profile", "requires", "needs"], &["profile"], |key| match key {
            "profile" => id(),
            "requires" => ids(),
            _ => driver_name(),
        }),
        "clock" => one_of::<Clock>(),
        "price_base_year" => year(),
        "inherit" | "drop" => json!({ "const": true }),
        _ => text(),
    });
    let priced = ["category", "driver", "currency"].as_slice();
    let forms: [&[&[&str]]; 5] = [
        &[priced, &["amount", "schedule"]],
        &[priced, &["amounts", "schedule"]],
        &[priced, &["event"]],
        &[&["percentage"]],
        &[&["category", "refund"]],
    ];
    // A line that inherits gives what it likes, and so must not be taken for a whole one.
    let whole = forms.map(|form| {
        let required = [&["label", "source"], &form.concat()[..]].concat();
        json!({ "required": required, "not": { "required": ["inherit"] } })
    });
    let mut kinds = vec![json!({ "required": ["drop"], "maxProperties": 2 }), json!({ "required": ["inherit"] })];
    kinds.extend(whole);
    line["oneOf"] = kinds.into();
    line
}

/// A driver of the model or a declared one.
fn driver_name() -> Value {
    json!({ "anyOf": [one_of::<Driver>(), id()] })
}

/// When a line is charged; of a line of no household without its exits and members.
fn schedule(of_household: bool) -> Value {
    let month = || whole(0, limits::MONTHS);
    let with = |name: &str, keys: &[&str], required: &[&str]| {
        let inner = object(keys, required, |key| match (name, key) {
            ("every", "months") => whole(1, limits::MONTHS),
            ("dates", "months") => {
                json!({ "type": "array", "items": self::month(), "minItems": 1, "uniqueItems": true })
            }
            (_, "months") => json!({ "type": "array", "items": whole(1, 12), "minItems": 1, "uniqueItems": true }),
            _ => month(),
        });
        object(&[name], &[name], |_| inner.clone())
    };
    let on: &[&str] = if of_household { &["on_exit", "on_end", "on_join", "on_leave"] } else { &[] };
    let words = [&["monthly", "once"], on].concat();
    let mut forms = vec![
        json!({ "enum": words }),
        with("monthly", &["from", "until"], &[]),
        with("once", &["at"], &[]),
        with("every", &["months", "from", "until"], &["months"]),
        with("calendar", &["months", "from", "until"], &["months"]),
        with("dates", &["months"], &["months"]),
    ];
    forms.extend(on.iter().map(|name| with(name, &[], &[])));
    json!({ "oneOf": forms })
}

/// A distribution; of what an event costs one that cannot fall below 0, and whose mean is rational.
fn distribution(of_severity: bool) -> Value {
    let form = |&(name, required, optional): &(DistributionName, &[&str], &[&str])| {
        let inner = object(&[required, optional].concat(), required, |key| match key {
            "values" | "weights" => {
                json!({ "type": "array", "items": decimal(), "minItems": 1, "maxItems": limits::VALUES })
            }
            _ => decimal(),
        });
        object(&[name.name()], &[name.name()], |_| inner.clone())
    };
    let is_refused = |&(name, required, _): &(DistributionName, &[&str], &[&str])| {
        of_severity && (name == DistributionName::Normal || required.contains(&"p5"))
    };
    let forms: Vec<Value> = read::DISTRIBUTION_KEYS.iter().filter(|keys| !is_refused(keys)).map(form).collect();
    json!({ "oneOf": forms })
}

fn expectation() -> Value {
    let mut expectation = object(read::EXPECT_KEYS, &["figure"], |key| match key {
        "equals" => json!({ "anyOf": [decimal(), text()] }),
        "within" => json!({ "type": "array", "items": decimal(), "minItems": 2, "maxItems": 2 }),
        "at_most" | "at_least" => decimal(),
        _ => text(),
    });
    let bounds = ["equals", "within", "at_most", "at_least"];
    expectation["oneOf"] = json!(bounds.map(|bound| json!({ "required": [bound] })));
    expectation
}

fn object(keys: &[&str], required: &[&str], property: impl Fn(&str) -> Value) -> Value {
    let properties: Map<String, Value> = keys.iter().map(|&key| (key.to_owned(), property(key))).collect();
    json!({ "type": "object", "properties": properties, "required": required, "additionalProperties": false })
}

fn named(of: &Value) -> Value {
    json!({ "type": "object", "propertyNames": id(), "additionalProperties": of })
}

fn list(of: &Value, most: usize) -> Value {
    json!({ "type": "array", "items": of, "maxItems": most })
}

fn rate_table() -> Value {
    json!({ "type": "object", "properties": { "default": decimal(), "source": text() }, "patternProperties": { "^[12][0-9]{3}$": decimal() }, "additionalProperties": false })
}

fn declared() -> Value {
    json!({ "anyOf": [id(), object(&["id", "label"], &["id"], |key| if key == "id" { id() } else { label() })] })
}

fn label() -> Value {
    json!({ "anyOf": [text(), object(&["en", "fr"], &["en", "fr"], |_| text())] })
}

fn one_of<T: Named>() -> Value {
    json!({ "enum": T::NAMES })
}

fn text() -> Value {
    json!({ "type": "string", "maxLength": limits::TEXT_CHARACTERS })
}

fn id() -> Value {
    json!({ "type": "string", "pattern": "^[a-z0-9][a-z0-9_-]*$", "maxLength": limits::ID_CHARACTERS })
}

fn ids() -> Value {
    json!({ "type": "array", "items": id(), "uniqueItems": true })
}

fn currency() -> Value {
    json!({ "type": "string", "pattern": "^[A-Z]{3}$" })
}

fn month() -> Value {
    json!({ "type": "string", "pattern": MONTH })
}

fn year() -> Value {
    whole(1800, 2999)
}

fn whole(low: u32, high: u32) -> Value {
    json!({ "type": "integer", "minimum": low, "maximum": high })
}

fn decimal() -> Value {
    json!({ "anyOf": [
        { "type": "string", "pattern": "^-?[0-9]{1,15}(\\.[0-9]{1,12})?$" },
        { "type": "integer", "minimum": -999_999_999_999_999_i64, "maximum": 999_999_999_999_999_i64 },
    ] })
}
