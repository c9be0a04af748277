//! The examples print what the files beside them and the guide say.

use std::path::Path;

#[path = "../examples/back_test.rs"]
#[expect(dead_code, reason = "its `main` prints what is compared here")]
mod back_test;
#[path = "../examples/real_cases.rs"]
#[expect(dead_code, reason = "its `main` prints what is compared here")]
mod real_cases;

/// The examples in Python and C are held to the same file.
#[test]
fn the_four_cases_give_what_their_file_has() {
    assert_eq!(real_cases::report().unwrap(), include_str!("../examples/real_cases.txt"));
}

/// The guide's words about the back-test, with the counts that the example comes to.
#[test]
fn the_guide_has_the_counts_of_the_back_test() {
    let (text, counts) = back_test::back_test().unwrap();
    let things = back_test::NAMES.len() - 1; // without all of them together
    let all = |spread: usize| counts[spread][..things].iter().map(|count| count.inside).sum::<u32>();
    let plans: u32 = counts[0][..things].iter().map(|count| count.plans).sum();
    let of = |name: &str| {
        let count = &counts[1][back_test::NAMES.iter().position(|each| *each == name).unwrap()];
        format!("{} of {}", count.inside, count.plans)
    };
    let guide = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/src/uncertainty.md")).unwrap();
    let guide = guide.split_whitespace().collect::<Vec<_>>().join(" ");
    for said in [
        format!(
            "Of {plans} plans for rent, medical care, school fees or the dollar, what came lay between P10 and P90 in {} \
             with constant errors, and in {} with yearly ones.",
            all(0),
            all(1)
        ),
        format!("as school fees did ({} plans) and rents ({})", of("school"), of("rent")),
    ] {
        assert!(guide.contains(&said), "the guide does not say: {said}");
    }
    // Eight in ten: the yearly errors are nearer to it, the constant ones too wide.
    assert!((10 * all(1)).abs_diff(8 * plans) < (10 * all(0)).abs_diff(8 * plans) && 10 * all(0) > 8 * plans);
    assert!(text.contains("yearly errors are nearer to that"), "{text}");
}
