//! The schema of what only a programme's file has.

use serde_json::{Value, json};

use super::{
    MONTH, currency, decimal, distribution, id, ids, label, list, member, month, named, object, one_of, schedule, text,
    whole, year,
};
use crate::limits;
use crate::names::{PlaceUnit, ProgrammeCount, QueueOrder, SolutionKind};
use crate::programme::{AGREEMENT_KEYS, ARRIVAL_KEYS, CASE_KEYS, PROGRAMME_KEYS, PROGRAMME_LINE_KEYS};

/// A key at the top of a programme's file that other files do not have, or have otherwise.
pub(super) fn property(key: &str) -> Option<Value> {
    Some(match key {
        "household" => object(&["school_age", "working_age"], &[], |_| {
            object(&["from", "to"], &[], |_| whole(0, limits::AGE_YEARS))
        }),
        "programme" => object(PROGRAMME_KEYS, &["first_fiscal_year", "fiscal_years"], programme),
        "cases" => {
            let mut case = object(CASE_KEYS, &[], case);
            case["oneOf"] = one_household();
            case["not"] = json!({ "required": ["placed", "pathway"] });
            list(&case, limits::CASES as usize)
        }
        "agreements" => {
            let mut agreement = object(AGREEMENT_KEYS, &["id", "label"], agreement);
            agreement["oneOf"] = json!([{ "required": ["grants"] }, { "required": ["from", "places_per_year"] }]);
            list(&agreement, limits::AGREEMENTS)
        }
        "arrivals" => {
            let mut arrival = object(ARRIVAL_KEYS, &["per_year"], case);
            arrival["oneOf"] = one_household();
            list(&arrival, limits::DECLARED)
        }
        _ => return None,
    })
}

fn one_household() -> Value {
    json!(["members", "scenario", "caseload"].map(|key| json!({ "required": [key] })))
}

fn programme(key: &str) -> Value {
    match key {
        "first_fiscal_year" => whole(1900, 2800),
        "fiscal_years" => whole(1, limits::FISCAL_YEARS),
        "processing_months" => whole(1, limits::RUN_OFF_MONTHS),
        "queue" => one_of::<QueueOrder>(),
        "support_months" => named(&whole(1, limits::MONTHS)),
        "run_off_months" => whole(0, limits::RUN_OFF_MONTHS),
        "ceiling" => named(&json!({ "type": "object", "properties": { "default": decimal() },
            "patternProperties": { "^[12][0-9]{3}$": decimal() }, "additionalProperties": false })),
        "lines" => list(&line(), limits::DECLARED),
        _ => id(),
    }
}

fn line() -> Value {
    let required = ["id", "category", "label", "driver", "schedule", "currency", "source"];
    let mut line = object(PROGRAMME_LINE_KEYS, &required, |key| match key {
        "label" => label(),
        "driver" => object(&["count", "kind", "per"], &["count"], |key| match key {
            "count" => one_of::<ProgrammeCount>(),
            "kind" => one_of::<SolutionKind>(),
            _ => whole(1, limits::PLACES),
        }),
        "schedule" => schedule(false),
        "amount" => decimal(),
        "amounts" => {
            json!({ "type": "object", "patternProperties": { MONTH: decimal() }, "additionalProperties": false, "minProperties": 1 })
        }
        "currency" => currency(),
        "price_base_year" => year(),
        "valid" => object(&["from", "until"], &[], |_| month()),
        "funding" => named(&decimal()),
        "source" => text(),
        _ => id(),
    });
    line["oneOf"] = json!([{ "required": ["amount"] }, { "required": ["amounts"] }]);
    line
}

/// A key of a case or of arrivals.
fn case(key: &str) -> Value {
    match key {
        "members" => list(&member(), limits::MEMBERS),
        "scenario" | "caseload" | "row" | "reference" => text(),
        "per_year" => decimal(),
        "count" => whole(1, limits::CASES),
        "every_months" => whole(0, limits::MONTHS),
        "priority" => json!({ "type": "integer" }),
        "agreements" => ids(),
        "placed" => {
            object(&["solution", "moves"], &["solution", "moves"], |key| if key == "solution" { id() } else { month() })
        }
        "id" | "pathway" => id(),
        _ => month(),
    }
}

fn agreement(key: &str) -> Value {
    match key {
        "id" | "solution" => id(),
        "label" => label(),
        "signed" | "carry_over" | "until_slips" => json!({ "type": "boolean" }),
        "unit" => one_of::<PlaceUnit>(),
        "grants" => {
            let grant = object(&["month", "places"], &["month", "places"], |key| {
                if key == "month" { month() } else { whole(0, limits::PLACES) }
            });
            list(&grant, limits::DECLARED)
        }
        "places_per_year" | "in_hand" => whole(0, limits::PLACES),
        "processing_months" => whole(1, limits::RUN_OFF_MONTHS),
        "pauses" => list(&object(&["from", "until"], &["from", "until"], |_| month()), limits::DECLARED),
        "max_persons" => whole(1, limits::PLACES),
        "slip" | "processing" => distribution(false),
        "refusal" => object(&["probability", "after_months"], &["probability", "after_months"], |key| {
            if key == "probability" { decimal() } else { whole(1, limits::RUN_OFF_MONTHS) }
        }),
        _ => month(),
    }
}
