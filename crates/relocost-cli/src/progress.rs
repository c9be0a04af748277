//! The progress of a long computation: on a terminal only, and only once it has taken a second.

use std::io::IsTerminal;
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use indicatif::{ProgressBar, ProgressStyle};
use relocost::{Scenario, Watch};

/// Milliseconds before anything is shown, and between two looks.
const PATIENCE: u64 = 1_000;
const BETWEEN: u64 = 100;

/// What is shown of a computation; gone when dropped.
pub(crate) struct Bar(Option<ProgressBar>);

/// The scenario, whose computations are shown for as long as the bar lives.
pub(crate) fn follow(scenario: &Scenario) -> (Scenario, Bar) {
    if !std::io::stderr().is_terminal() {
        return (scenario.clone(), Bar(None));
    }
    let bar = ProgressBar::no_length();
    let (shown, begun, next) = (bar.clone(), Instant::now(), AtomicU64::new(PATIENCE));
    let watch = Watch::new(move |progress| {
        let now = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);
        if now >= next.load(Ordering::Relaxed) && !shown.is_finished() {
            next.store(now + BETWEEN, Ordering::Relaxed);
            let form = if progress.total.is_some() { "{percent:>3} % {wide_bar}" } else { "{pos} rows" };
            if let Ok(style) = ProgressStyle::with_template(form) {
                shown.set_style(style);
            }
            progress.total.map_or_else(|| shown.unset_length(), |total| shown.set_length(total));
            shown.set_position(progress.done);
            shown.tick();
        }
        ControlFlow::Continue(())
    });
    (scenario.watched(&watch), Bar(Some(bar)))
}

impl Drop for Bar {
    fn drop(&mut self) {
        if let Some(bar) = &self.0 {
            bar.finish_and_clear();
        }
    }
}
