//! What each key of a file means, in a sentence: editors show it beside the key.

use serde_json::{Value, json};

/// Keys by what they stand in (empty for the file itself), and what they mean. What has no entry under where it stands
/// takes the one that begins with `*`.
const DESCRIPTIONS: &[(&str, &str, &str)] = &[
    ("", "schema", "The number of the form of this file: 1."),
    ("", "title", "A title for you alone. It is never shown in reports, errors or logs."),
    (
        "",
        "catalogue",
        "The prices this scenario lies over: a file in its own folder or below, or \"reference\" for the one built in.",
    ),
    ("", "currency", "The currency of every result, by its code of ISO 4217. If left out, the catalogue's."),
    ("", "price_base_year", "The year of whose prices the amounts of this file's lines are."),
    ("", "start", "The first month, \"YYYY-MM\"."),
    ("", "horizon_months", "How many months are costed, from the start."),
    (
        "",
        "fiscal_year_start",
        "The month in which budget years begin, 1 to 12. They are named after the year in which they begin.",
    ),
    ("", "household", "Who is relocated: members by month of birth or age, never by name."),
    (
        "",
        "entitlements",
        "What a host State can grant, in the order of reports. Lines name these in `when` and `unless`.",
    ),
    ("", "places", "Where households can live. Choose ids that say nothing."),
    ("", "categories", "The categories of cost, in the order of reports."),
    ("", "funds", "The budgets that pay. The first pays where a solution gives no shares."),
    ("", "drivers", "Ways of your own to count the household, which lines can name as `driver`."),
    ("", "profiles", "How a need fades: the share that is relieved, by months since the entitlements are held."),
    ("", "rates", "Price indices, exchange rates and the discount rate."),
    ("", "solutions", "Permanent and temporary solutions: what entitlements they hold and who pays."),
    ("", "pathways", "Solutions one after another. Each solution is a pathway of its own name already."),
    ("", "lines", "What is paid: for whom, how much, when, under which entitlements."),
    ("", "uncertain", "Parameters that are not known for sure, for `relocost simulate`, `tornado` and `sobol`."),
    ("", "correlations", "Which uncertain parameters move together."),
    ("", "expect", "The scenario's own unit tests, run by `relocost test`."),
    ("", "variants", "Named changes of this scenario, compared by `relocost compare --variants`."),
    ("*", "id", "The name by which other keys and reports call it: small letters, digits, - and _."),
    ("*", "label", "What reports call it: a text for both languages, or one for each."),
    ("label", "en", "The English text."),
    ("label", "fr", "The French text."),
    ("*", "source", "Where the figure comes from. A source that begins with \"illustrative\" is counted in reports."),
    (
        "profiles",
        "knots",
        "Pairs of a month and the share relieved from then on, from 0 to 1; straight lines between them.",
    ),
    ("rates", "discount", "The yearly discount rate of present values, as a share: \"0.03\" for 3 per cent."),
    ("rates", "index", "Yearly increases of prices, by the name of the index."),
    ("rates", "fx", "Units of the scenario's currency for one unit of another, by its code."),
    ("rates", "level", "What things cost at a place, as a share of the prices that the lines give, by category."),
    ("index", "default", "The increase of every year without one of its own, as a share: \"0.025\" for 2.5 per cent."),
    ("index", "*", "The increase of this calendar year, as a share."),
    ("index", "month", "The month of the calendar in which an increase comes, 1 to 12."),
    ("amounts", "*", "The amount from this month on, until a later one holds."),
    ("fx", "default", "The rate of every year without one of its own."),
    ("fx", "*", "The rate of this year or month."),
    (
        "solutions",
        "kind",
        "Whether it rests on a relocation agreement (permanent) or fills the gap without one (temporary).",
    ),
    ("solutions", "entitlements", "What the host State grants under it."),
    ("solutions", "funding", "The share of each fund, adding up to 1. If left out, the first fund pays all."),
    ("solutions", "place", "Where the household lives under it."),
    ("funding", "by_category", "Other shares for some categories."),
    ("pathways", "stages", "The solutions, one after another."),
    ("stages", "solution", "The solution of this stage."),
    ("stages", "months", "How long it lasts. The last stage may leave it out, and then runs to the horizon."),
    ("stages", "place", "Where the household lives in this stage, instead of the solution's place."),
    ("lines", "category", "The category of cost to which it belongs."),
    ("lines", "driver", "What of the household is counted: the amount is paid for each."),
    ("lines", "schedule", "When it is paid."),
    ("schedule", "monthly", "Every month."),
    ("schedule", "once", "Once."),
    ("schedule", "every", "Every so many months."),
    ("schedule", "calendar", "In these months of each calendar year."),
    ("schedule", "dates", "In these months."),
    ("schedule", "on_exit", "In the last month of a stage that another one follows."),
    ("schedule", "on_end", "In the last month in which the line applies without a break."),
    ("schedule", "on_join", "When a member comes, for that member."),
    ("schedule", "on_leave", "When a member leaves, for that member."),
    ("once", "at", "The month on the line's clock, from 0."),
    ("every", "months", "How many months lie between two charges."),
    ("calendar", "months", "Months of the calendar, 1 to 12."),
    ("dates", "months", "Months, \"YYYY-MM\"."),
    ("monthly", "from", "The first month on the line's clock, from 0."),
    ("every", "from", "The first month on the line's clock, from 0."),
    ("calendar", "from", "The first month on the line's clock, from 0."),
    ("*", "until", "The month on the line's clock before which it ends."),
    (
        "lines",
        "amount",
        "What one unit costs each time, in the line's currency: a text such as \"950.00\", or a whole number.",
    ),
    ("lines", "amounts", "Tariffs by the month from which they hold, in place of `amount`."),
    ("lines", "event", "Something that happens at random, in place of `amount`."),
    ("event", "per_year", "How often it happens in a year to each unit of the driver, on average."),
    ("event", "severity", "How its cost is distributed."),
    ("lines", "currency", "The currency of the amount, by its code of ISO 4217."),
    ("lines", "index", "The price index that the amount follows. If left out, the amount stays as it is."),
    ("lines", "when", "It is charged only while the solution holds all of these entitlements."),
    ("lines", "unless", "It is charged only while the solution holds none of these entitlements."),
    ("lines", "solutions", "It is charged only under these solutions."),
    ("lines", "places", "It is charged only at these places."),
    ("lines", "valid", "The months of the calendar in which it can be charged."),
    ("lines", "relief", "How the need fades once entitlements are held."),
    ("relief", "profile", "The profile from which the share is read."),
    ("relief", "requires", "The entitlements that must be held; months count from when they all are."),
    ("relief", "needs", "A driver without whom nothing is relieved, such as working_age."),
    (
        "lines",
        "clock",
        "From when its months count: since it applies, since the stage began, or since the pathway began.",
    ),
    ("lines", "price_base_year", "The year of whose prices the amount is, if not the file's."),
    ("lines", "percentage", "A tax, a fee or an overhead: a share of other lines, in place of an amount."),
    ("percentage", "share", "The share: \"0.13\" for 13 per cent."),
    ("percentage", "lines", "The lines of which it is a share."),
    ("percentage", "categories", "The categories of whose lines it is a share."),
    ("percentage", "except", "Lines of which it is no share."),
    ("lines", "refund", "A deposit that comes back, in place of an amount."),
    ("refund", "of", "The line that is returned."),
    ("refund", "share", "The share that is returned, at most 1."),
    ("lines", "inherit", "Keeps what the catalogue's line gives and this one does not."),
    ("lines", "drop", "Drops the catalogue's line of this id."),
    ("household", "reference", "A pseudonym, never a name. It is never shown in errors."),
    ("household", "members", "Who belongs to the household."),
    ("household", "ages_at", "The month of which ages are, if not the start."),
    ("household", "school_age", "The ages of school, both included."),
    ("household", "working_age", "The ages of work, both included."),
    ("household", "add", "Further members in this variant."),
    ("household", "leave_out", "Members who are not there in this variant, by place from 0."),
    ("*", "role", "What the member is to the witness, or that it is the witness."),
    ("*", "born", "The month of birth, \"YYYY-MM\"; or give `age`."),
    ("*", "age", "The age in completed years at the start; or give `born`."),
    ("*", "joins", "The month in which the member comes, if not from the start."),
    ("*", "leaves", "The first month in which the member is gone."),
    ("school_age", "from", "The youngest age."),
    ("school_age", "to", "The oldest age."),
    ("working_age", "from", "The youngest age."),
    ("working_age", "to", "The oldest age."),
    ("age", "from", "The youngest age."),
    ("age", "to", "The oldest age."),
    ("valid", "from", "The first month, \"YYYY-MM\"."),
    ("valid", "until", "The month before which it ends, \"YYYY-MM\"."),
    ("drivers", "members", "Which members it counts."),
    ("members", "roles", "Members who have one of these roles."),
    ("drivers", "of", "A driver on whose count it rests."),
    ("drivers", "per", "The count is divided by this and rounded up: rooms for two."),
    ("drivers", "steps", "The quantity by the least count for which it holds."),
    ("uncertain", "parameter", "The path of the parameter, such as lines.rent.amount."),
    ("uncertain", "distribution", "How it may turn out."),
    ("*", "uniform", "Anything between two ends, alike."),
    ("*", "triangular", "Between two ends, most likely in between, falling off in straight lines."),
    ("*", "pert", "Between two ends, most likely in between, falling off smoothly."),
    ("*", "normal", "The bell curve."),
    ("*", "lognormal", "Above 0, with a long tail upwards."),
    ("*", "gamma", "Above 0, with a tail upwards."),
    ("*", "beta", "Between two ends, by two shape parameters."),
    ("*", "discrete", "One of some values, by their weights."),
    ("*", "empirical", "As observed: a list of values."),
    ("*", "low", "The lower end."),
    ("*", "mode", "The most likely value."),
    ("*", "high", "The upper end."),
    ("*", "shape", "How much the most likely value weighs; 4 if left out."),
    ("*", "mean", "The mean of the values themselves."),
    ("*", "sd", "The standard deviation of the values themselves."),
    ("*", "p5", "The value that one in twenty falls below."),
    ("*", "p95", "The value that one in twenty exceeds."),
    ("beta", "alpha", "The first shape parameter."),
    ("beta", "beta", "The second shape parameter."),
    ("*", "values", "The values."),
    ("*", "weights", "How likely each value is, relative to the others."),
    ("correlations", "between", "The paths of two uncertain parameters."),
    ("correlations", "spearman", "Their rank correlation, from -1 to 1."),
    ("expect", "figure", "The path of a figure in the comparison's JSON, such as comparison.premium."),
    ("expect", "equals", "What it should be, exactly."),
    ("expect", "within", "The least and the most that it may be."),
    ("expect", "at_most", "The most that it may be."),
    ("expect", "at_least", "The least that it may be."),
    ("expect", "why", "The reason, shown if it fails."),
    ("variants", "household", "Who else is there in this variant, and who is not."),
];

/// Writes into a schema what each key means.
pub(super) fn describe(schema: &mut Value) {
    within(schema, "");
}

/// `place` is the key in which the schema stands.
fn within(schema: &mut Value, place: &str) {
    match schema {
        Value::Array(list) => list.iter_mut().for_each(|schema| within(schema, place)),
        Value::Object(keys) => {
            for (word, value) in keys {
                match (word.as_str(), value) {
                    ("properties" | "patternProperties", Value::Object(properties)) => {
                        for (key, schema) in properties {
                            within(schema, key);
                            if let (Some(text), Value::Object(schema)) = (meaning(place, key), schema) {
                                schema.insert("description".to_owned(), json!(text));
                            }
                        }
                    }
                    ("enum" | "const" | "required", _) => {}
                    (_, value) => within(value, place),
                }
            }
        }
        _ => {}
    }
}

/// What a key means there.
fn meaning(place: &str, key: &str) -> Option<&'static str> {
    let find = |place: &str, key: &str| DESCRIPTIONS.iter().find(|(where_, what, _)| (*where_, *what) == (place, key));
    let found = find(place, key).or_else(|| find("*", key));
    // Patterns of keys have no name.
    let found = found.or_else(|| key.starts_with('^').then(|| find(place, "*")).flatten());
    found.map(|(_, _, text)| *text)
}
