//! The progress of a long computation: on a terminal only, and only once it has taken a second.

use std::cell::Cell;
use std::io::IsTerminal;
use std::ops::ControlFlow;
use std::time::Instant;

use indicatif::{ProgressBar, ProgressStyle};
use relocost::Watch;

/// Milliseconds before anything is shown, and between two looks.
const PATIENCE: u64 = 1_000;
const BETWEEN: u64 = 100;

/// The progress bar of a computation; gone when dropped.
pub(crate) struct Bar {
    shown: Option<ProgressBar>,
    watch: Watch<'static>,
}

/// A bar for the computations under its watch, shown for as long as it lives.
pub(crate) fn follow() -> Bar {
    if !std::io::stderr().is_terminal() {
        return Bar { shown: None, watch: Watch::default() };
    }
    let bar = ProgressBar::no_length();
    let (shown, begun, next) = (bar.clone(), Instant::now(), Cell::new(PATIENCE));
    let watch = Watch::new(move |progress| {
        let now = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);
        if now >= next.get() && !shown.is_finished() {
            next.set(now + BETWEEN);
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
    Bar { shown: Some(bar), watch }
}

impl Bar {
    pub(crate) fn watch(&self) -> &Watch<'static> {
        &self.watch
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        if let Some(bar) = &self.shown {
            bar.finish_and_clear();
        }
    }
}
