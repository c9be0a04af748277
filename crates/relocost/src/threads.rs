//! Work in chunks on several threads, none of which waits for another.
//!
//! In: chunks by number, and what is done with one. Out: what each thread came to. A system that refuses a thread gets
//! the work done by those that it gave, or by the caller's own. The threads bear the library's name, and take none of
//! the signals that are sent to the process: those are its own threads' to handle.

mod workers;

use std::num::NonZeroUsize;
use std::ops::Range;
use std::panic::resume_unwind;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread::{Builder, Scope, ScopedJoinHandle};
use std::time::Duration;

pub(crate) use self::workers::with_workers;
use crate::error::Error;
use crate::limits;
use crate::watch::{Pulse, THREAD_NAME};

/// The time between two calls of the watch while other threads work.
const WAIT: Duration = Duration::from_millis(5);

/// Gives a thread its next chunk, until none is left.
///
/// # Errors
/// The watch cancels it.
pub(crate) type Next<'n> = &'n dyn Fn() -> Result<Option<u64>, Error>;

/// The number of threads for a number of chunks.
pub(crate) fn wanted(threads: Option<NonZeroUsize>, chunks: &Range<u64>) -> usize {
    let most = usize::try_from(chunks.end.saturating_sub(chunks.start)).unwrap_or(usize::MAX).max(1);
    self::most(threads).min(most)
}

/// The most threads: so many, or one for each core.
fn most(threads: Option<NonZeroUsize>) -> usize {
    let cores = || std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
    threads.unwrap_or_else(cores).get().min(limits::THREADS)
}

/// Runs `work` on so many threads, by default one for each core, or on as many as the system gives. Every chunk is given
/// to one of them; `told` hears how many are done. What the threads come to is in no order.
///
/// # Errors
/// The first thread's error, or the interruption by the watch.
pub(crate) fn on_threads<T: Send>(
    threads: Option<NonZeroUsize>,
    chunks: &Range<u64>,
    pulse: &Pulse<'_>,
    told: impl Fn(u64) -> Result<(), Error>,
    work: impl Fn(&Pulse<'_>, Next<'_>) -> Result<T, Error> + Sync,
) -> Result<Vec<T>, Error> {
    let (wanted, chunks, stop) = (wanted(threads, chunks), Chunks::new(chunks), AtomicBool::new(false));
    let ends: Vec<Result<T, Error>> = std::thread::scope(|scope| {
        let _guard = StopAtEnd(&stop);
        // A thread lives as long as it holds its sender, whatever ends it.
        let (alive, ended) = channel::<()>();
        let worker = || {
            let (alive, stop, chunks, work) = (alive.clone(), &stop, &chunks, &work);
            move || {
                let _alive = alive;
                unless_stopped(stop, chunks, work)
            }
        };
        let workers: Vec<_> = if wanted == 1 { Vec::new() } else { started(scope, wanted, worker) };
        if workers.is_empty() {
            return Ok(vec![Ok(work(&pulse.part(), &|| told(chunks.taken()).map(|()| chunks.take()))?)]);
        }
        drop(alive);
        while pulse.is_heard() && ended.recv_timeout(WAIT) == Err(RecvTimeoutError::Timeout) {
            // Each has one under way. An error stops the others, and the scope waits for them.
            told(chunks.taken().saturating_sub(workers.len() as u64))?;
        }
        Ok::<_, Error>(workers.into_iter().map(end_of).collect())
    })?;
    settled(ends)
}

/// Chunks by number, each of which is taken once.
struct Chunks {
    next: AtomicU64,
    all: Range<u64>,
}

impl Chunks {
    fn new(all: &Range<u64>) -> Self {
        Self { next: AtomicU64::new(all.start), all: all.clone() }
    }

    fn take(&self) -> Option<u64> {
        Some(self.next.fetch_add(1, Ordering::Relaxed)).filter(|chunk| *chunk < self.all.end)
    }

    /// How many are taken.
    fn taken(&self) -> u64 {
        self.next.load(Ordering::Relaxed).min(self.all.end) - self.all.start
    }
}

/// The work of a thread that others can stop, and that stops them at an error.
fn unless_stopped<T>(
    stop: &AtomicBool,
    chunks: &Chunks,
    work: &impl Fn(&Pulse<'_>, Next<'_>) -> Result<T, Error>,
) -> Result<T, Error> {
    let unless_done = StopAtEnd(stop);
    let end = work(&Pulse::stopped_by(stop), &|| Ok(chunks.take()));
    if end.is_ok() {
        std::mem::forget(unless_done);
    }
    end
}

/// What a thread came to. A panic is a defect, which whoever asked must hear of.
fn end_of<T>(worker: ScopedJoinHandle<'_, T>) -> T {
    worker.join().unwrap_or_else(|panic| resume_unwind(panic))
}

/// What all threads came to. The error that stopped the others says more than the interruption that it caused.
fn settled<T>(ends: Vec<Result<T, Error>>) -> Result<Vec<T>, Error> {
    let wrong = ends.iter().filter_map(|end| end.as_ref().err());
    match wrong.min_by_key(|error| error.is_interruption()) {
        Some(cause) => Err(cause.clone()),
        None => ends.into_iter().collect(),
    }
}

/// Stops the other threads at an error, and when a panic unwinds.
struct StopAtEnd<'s>(&'s AtomicBool);

impl Drop for StopAtEnd<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// Starts so many threads, or as many as the system gives.
fn started<'s, T: Send + 's, W: FnOnce() -> T + Send + 's>(
    scope: &'s Scope<'s, '_>,
    wanted: usize,
    worker: impl Fn() -> W,
) -> Vec<ScopedJoinHandle<'s, T>> {
    without_signals(|| {
        let start = |_| Builder::new().name(THREAD_NAME.to_owned()).spawn_scoped(scope, worker()).ok();
        (0..wanted).map_while(start).collect()
    })
}

/// Starts threads while the process's signals are kept from this one, whose mask the new ones inherit. What a thread does
/// wrong itself must not wait.
#[cfg(unix)]
fn without_signals<T>(start: impl FnOnce() -> T) -> T {
    use nix::sys::signal::{SigSet, SigmaskHow, Signal};
    let mut blocked = SigSet::all();
    for own in [Signal::SIGSEGV, Signal::SIGBUS, Signal::SIGFPE, Signal::SIGILL, Signal::SIGTRAP, Signal::SIGABRT] {
        blocked.remove(own);
    }
    let before = blocked.thread_swap_mask(SigmaskHow::SIG_BLOCK);
    let started = start();
    if let Ok(before) = before {
        // It fails for a mask that is none only, and this one was in force.
        let _ = before.thread_set_mask();
    }
    started
}

#[cfg(not(unix))]
fn without_signals<T>(start: impl FnOnce() -> T) -> T {
    start()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Code;

    fn sum(threads: usize, pulse: &Pulse<'_>) -> Result<Vec<u64>, Error> {
        let work = |pulse: &Pulse<'_>, next: Next<'_>| {
            let mut sum = 0;
            while let Some(chunk) = next()? {
                pulse.beat()?;
                sum += chunk;
            }
            Ok(sum)
        };
        on_threads(
            NonZeroUsize::new(threads),
            &(10..20),
            pulse,
            |done| pulse.step(usize::try_from(done).unwrap()),
            work,
        )
    }

    #[test]
    fn every_chunk_is_given_to_one_thread() {
        for threads in [1, 2, 7, 400] {
            let found = sum(threads, &Pulse::unheard()).unwrap();
            assert_eq!((found.len(), found.iter().sum::<u64>()), (threads.min(10), (10..20).sum()));
        }
    }

    #[test]
    #[should_panic(expected = "a defect")]
    fn a_panic_is_heard_by_whoever_asked() {
        let work = |_: &Pulse<'_>, _: Next<'_>| -> Result<(), Error> { panic!("a defect") };
        let _ = on_threads(NonZeroUsize::new(2), &(0..2), &Pulse::unheard(), |_| Ok(()), work);
    }

    #[test]
    #[should_panic(expected = "a defect")]
    fn a_panic_stops_the_other_threads() {
        let work = |pulse: &Pulse<'_>, next: Next<'_>| -> Result<(), Error> {
            assert_ne!(next()?, Some(1), "a defect");
            loop {
                pulse.beat()?;
                std::thread::yield_now();
            }
        };
        let _ = on_threads(NonZeroUsize::new(2), &(0..2), &Pulse::unheard(), |_| Ok(()), work);
    }

    #[test]
    fn an_error_says_more_than_that_the_others_were_stopped() {
        let work = |pulse: &Pulse<'_>, next: Next<'_>| -> Result<(), Error> {
            if next()? == Some(1) {
                return Err(Error::single(Code::TooMany, "here", crate::message!("too many", "trop")));
            }
            loop {
                pulse.beat()?;
                std::thread::yield_now();
            }
        };
        let found = on_threads(NonZeroUsize::new(2), &(0..2), &Pulse::unheard(), |_| Ok(()), work);
        assert_eq!(found.unwrap_err().code(), Code::TooMany);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn the_threads_have_a_name_and_leave_signals_to_the_process() {
        use nix::sys::signal::{SigSet, Signal};
        let before = SigSet::thread_get_mask().unwrap();
        let work = |_: &Pulse<'_>, _: Next<'_>| {
            let mask = SigSet::thread_get_mask().unwrap();
            let named = std::thread::current().name() == Some(THREAD_NAME);
            Ok(named
                && mask.contains(Signal::SIGINT)
                && mask.contains(Signal::SIGALRM)
                && !mask.contains(Signal::SIGSEGV))
        };
        let found = on_threads(NonZeroUsize::new(2), &(0..2), &Pulse::unheard(), |_| Ok(()), work).unwrap();
        assert_eq!(found, [true, true]);
        assert_eq!(SigSet::thread_get_mask().unwrap(), before);
    }
}
