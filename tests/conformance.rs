//! Random scenarios with the exact results of an independent implementation: every figure, to the cent.

mod support;

use support::{compare, contains, expected, files, load};

#[test]
fn random_scenarios() {
    let files = files("conformance", ".expected.json");
    assert_eq!(files.len(), 60);
    let mut wrong = Vec::new();
    for path in files {
        let name = path.file_name().unwrap().to_string_lossy().replace(".expected.json", "");
        let scenario = load(&path.with_file_name(format!("{name}.toml")));
        let expected = expected(&path);
        for pair in expected["comparisons"].as_array().unwrap() {
            let found = compare(&scenario, pair["base"].as_str().unwrap(), pair["alternative"].as_str().unwrap());
            wrong.extend(contains(&found["comparison"], pair, &format!("{name}.comparison")));
            wrong.extend(contains(&found["pathways"], &expected["pathways"], &format!("{name}.pathways")));
        }
    }
    assert!(wrong.is_empty(), "{} figures differ:\n{}", wrong.len(), wrong[..wrong.len().min(40)].join("\n"));
}
