//! Work in chunks on several threads, none of which waits for another.

use std::num::NonZeroUsize;
use std::ops::Range;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

use crate::error::{Code, Error};
use crate::limits;
use crate::message;
use crate::watch::{Pulse, StopAtEnd};

/// How often a watch is asked while other threads work.
const WAIT: Duration = Duration::from_millis(5);

/// Gives a thread its next chunk, until none is left.
///
/// # Errors
/// It is to break off.
pub(super) type Next<'n> = &'n dyn Fn() -> Result<Option<u64>, Error>;

/// Runs `work` on so many threads, by default one for each core. Every chunk is given to one of them; `told` hears how
/// many are done. What the threads come to is in no order.
///
/// # Errors
/// What the first of them says, it is to break off, or the system gives no more threads.
pub(super) fn on_threads<T: Send>(
    threads: Option<NonZeroUsize>,
    chunks: &Range<u64>,
    pulse: &Pulse<'_>,
    told: impl Fn(u64) -> Result<(), Error>,
    work: impl Fn(&Pulse<'_>, Next<'_>) -> Result<T, Error> + Sync,
) -> Result<Vec<T>, Error> {
    let cores = || std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
    let most = usize::try_from(chunks.end - chunks.start).unwrap_or(usize::MAX).max(1);
    let threads = threads.unwrap_or_else(cores).get().min(most).min(limits::THREADS);
    let next = AtomicU64::new(chunks.start);
    let take = || Some(next.fetch_add(1, Ordering::Relaxed)).filter(|chunk| *chunk < chunks.end);
    let done = || next.load(Ordering::Relaxed).min(chunks.end).saturating_sub(chunks.start + threads as u64);
    if threads == 1 {
        let next = || told(next.load(Ordering::Relaxed) - chunks.start).map(|()| take());
        return Ok(vec![work(&pulse.part(), &next)?]);
    }
    let stop = AtomicBool::new(false);
    let ends: Vec<Result<T, Error>> = std::thread::scope(|scope| {
        let _guard = StopAtEnd(&stop);
        // A thread lives as long as it holds its sender, whatever ends it.
        let (alive, ended) = channel::<()>();
        let mut workers = Vec::with_capacity(threads);
        for _ in 0..threads {
            let (alive, stop, take, work) = (alive.clone(), &stop, &take, &work);
            let work = move || {
                let _alive = alive;
                let end = work(&Pulse::stopped_by(stop), &|| Ok(take()));
                if end.is_err() {
                    stop.store(true, Ordering::Relaxed);
                }
                end
            };
            let refused = |_| {
                Error::single(
                    Code::TooMany,
                    "threads",
                    message!(
                        "the system gives no more; ask for fewer",
                        "le système n'en donne pas plus ; en demander moins"
                    ),
                )
            };
            workers.push(std::thread::Builder::new().spawn_scoped(scope, work).map_err(refused)?);
        }
        drop(alive);
        while pulse.is_heard() && ended.recv_timeout(WAIT) == Err(RecvTimeoutError::Timeout) {
            told(done())?; // which stops the others, and the scope waits for them
        }
        let lost = |_| {
            Err(Error::single(Code::Interrupted, "", message!("a thread was lost", "un fil d'exécution a été perdu")))
        };
        Ok::<_, Error>(workers.into_iter().map(|worker| worker.join().unwrap_or_else(lost)).collect())
    })?;
    // What went wrong says more than that the others were stopped.
    let wrong = ends.iter().filter_map(|end| end.as_ref().err());
    match wrong.min_by_key(|error| error.code() == Code::Interrupted) {
        Some(cause) => Err(cause.clone()),
        None => ends.into_iter().collect(),
    }
}
