//! A programme can be followed and stopped.

use std::cell::Cell;
use std::ops::ControlFlow;

use relocost::{Code, Programme, ProgrammeOptions, Watch};

const FILE: &str = r#"
    schema = 1
    catalogue = "reference"
    programme = { first_fiscal_year = 2026, fiscal_years = 2 }
    cases = [{ members = [{ age = 34 }], arrives = "2026-01", count = 3, every_months = 2 }]
    agreements = [{ id = "a", label = "A", grants = [{ month = "2026-03", places = 1 }] }]
    expect = [{ figure = "waiting.queued", equals = 3 }]
"#;

#[test]
fn progress_never_goes_back_and_ends_at_its_total() {
    let programme = Programme::parse(FILE).unwrap();
    for (threads, values) in [(1, true), (1, false), (2, true), (2, false)] {
        let last = Cell::new(0);
        let follow = Watch::new(|progress| {
            let total = progress.total.unwrap();
            assert!((last.get()..=total).contains(&progress.done), "{} after {} of {total}", progress.done, last.get());
            last.set(progress.done);
            ControlFlow::Continue(())
        });
        let options = ProgrammeOptions::default().values(values).threads(std::num::NonZeroUsize::new(threads));
        programme.watched(&follow).run_with(&options).unwrap();
        // Three cases, and with values the two subsets of one agreement.
        assert_eq!(last.get(), if values { 3 + 2 } else { 3 });
    }
}

#[test]
fn a_watch_hears_the_run_and_can_stop_it() {
    let programme = Programme::parse(FILE).unwrap();
    let heard = Cell::new(0);
    let follow = Watch::new(|_| {
        heard.set(heard.get() + 1);
        ControlFlow::Continue(())
    });
    let options = ProgrammeOptions::default();
    assert!(programme.watched(&follow).run_with(&options).unwrap() == programme.run().unwrap());
    assert!(heard.get() > 0);
    assert!(programme.watched(&follow).run_expectations().unwrap()[0].passed);
    let stop = Watch::new(|_| ControlFlow::Break(()));
    assert_eq!(programme.watched(&stop).run_with(&options).unwrap_err().code(), Code::Interrupted);
    assert_eq!(programme.watched(&stop).run_expectations().unwrap_err().code(), Code::Interrupted);
}

#[test]
fn a_run_stops_wherever_it_is_told_to_and_asks_no_more() {
    let programme = Programme::parse(FILE).unwrap();
    let options = ProgrammeOptions::default().values(true).threads(std::num::NonZeroUsize::new(1));
    let stopped_at = |number: usize| {
        let heard = Cell::new(0);
        let stop = Watch::new(|_| {
            heard.set(heard.get() + 1);
            if heard.get() == number { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        (programme.watched(&stop).run_with(&options).map_err(|error| error.code()).err(), heard.get())
    };
    let (end, all) = stopped_at(0);
    assert!(end.is_none() && all > 100);
    // So many places that every part of the run has some.
    for number in (1..=all).step_by(1 + all / 100) {
        assert_eq!(stopped_at(number), (Some(Code::Interrupted), number));
    }
}

#[test]
fn a_difference_can_be_followed_and_stopped() {
    let old = Programme::parse(FILE).unwrap();
    let new = Programme::parse(&FILE.replace("count = 3", "count = 4").replace("places = 1", "places = 2")).unwrap();
    let last = Cell::new((0, 0));
    let follow = Watch::new(|progress| {
        let total = progress.total.unwrap();
        assert!((last.get().0..=total).contains(&progress.done));
        last.set((progress.done, total));
        ControlFlow::Continue(())
    });
    let options = ProgrammeOptions::default();
    assert!(old.watched(&follow).diff_with(&new, &options).unwrap() == old.diff(&new).unwrap());
    // Both budgets, the new case and the further place.
    assert_eq!(last.get(), (4, 4));
    let stop = Watch::new(|_| ControlFlow::Break(()));
    assert_eq!(old.watched(&stop).diff_with(&new, &options).unwrap_err().code(), Code::Interrupted);
}
