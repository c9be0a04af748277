//! Pieces of work that the caller's thread makes one after another: it hands them to other threads, and works too.
//!
//! In: what is done with a piece, and a caller that hands pieces over. Out: what each came to, in the order of the pieces.
//! Threads last from the first pieces to the end, and none of them waits for another while pieces are there. So few
//! pieces are under way at a time that a table of any length takes little memory.

use std::collections::VecDeque;
use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::ScopedJoinHandle;

use super::{StopAtEnd, WAIT, end_of, most, settled, started};
use crate::error::Error;
use crate::watch::Pulse;

/// The most pieces that wait for each of the other threads: enough for them to go on while the caller works on one.
const WAITING: usize = 4;
/// The most pieces for each thread that are handed over and not taken back, while the first of them takes long.
const UNDER_WAY: usize = 16;

/// The threads that work for a caller, and what they have come to.
pub(crate) struct Workers<'s, P, D> {
    queue: &'s Queue<P>,
    /// What the caller does with a piece itself.
    work: Box<dyn FnMut(P) -> Result<D, Error> + 's>,
    /// Starts another thread, if the system gives one.
    start: Box<dyn FnMut() -> Option<Handle<'s>> + 's>,
    handles: Vec<Handle<'s>>,
    /// The most of them.
    most: usize,
    /// What other threads have done, by the numbers of the pieces.
    done: Receiver<(usize, D)>,
    /// What each piece came to, from the first on that is not taken back; nothing while it is under way.
    under_way: VecDeque<Option<D>>,
    /// The number of that first piece.
    first: usize,
    pulse: &'s Pulse<'s>,
    /// Looks whether another thread has stopped the caller's.
    others: Pulse<'s>,
}

type Handle<'s> = ScopedJoinHandle<'s, Result<(), Error>>;

/// Lets `caller` hand pieces over to threads, by default one for each core, the caller's among them. `work` is done with
/// each piece, and uses what its thread has for itself, which `own` makes.
///
/// # Errors
/// The first error of a thread, or the caller's.
pub(crate) fn with_workers<P: Send, D: Send, S, T>(
    threads: Option<NonZeroUsize>,
    pulse: &Pulse<'_>,
    own: impl Fn() -> S + Sync,
    work: impl Fn(&mut S, P, &Pulse<'_>) -> Result<D, Error> + Sync,
    caller: impl FnOnce(&mut Workers<'_, P, D>) -> Result<T, Error>,
) -> Result<T, Error> {
    let (queue, stop) = (Queue::default(), AtomicBool::new(false));
    let (queue, stop, own, work) = (&queue, &stop, &own, &work);
    std::thread::scope(|scope| {
        let end = EndOfWork { queue, stop };
        let (send, done) = channel();
        let (mut held, of_caller) = (None, pulse.part());
        let worker = move || {
            let send = send.clone();
            move || serve(queue, stop, own, work, &send)
        };
        let mut workers = Workers {
            queue,
            work: Box::new(move |piece| work(held.get_or_insert_with(own), piece, &of_caller)),
            start: Box::new(move || started(scope, 1, &worker).pop()),
            handles: Vec::new(),
            most: most(threads) - 1,
            done,
            under_way: VecDeque::new(),
            first: 0,
            pulse,
            others: Pulse::stopped_by(stop),
        };
        let came = caller(&mut workers);
        let handles = std::mem::take(&mut workers.handles);
        drop(end);
        let ends = handles.into_iter().map(end_of).collect();
        match came {
            // The error that stopped the others says more than the interruption that it caused.
            Err(error) if error.is_interruption() => Err(settled::<()>(ends).err().unwrap_or(error)),
            came => came,
        }
    })
}

/// A thread's work, until no piece will come.
fn serve<P, D, S>(
    queue: &Queue<P>,
    stop: &AtomicBool,
    own: &impl Fn() -> S,
    work: &impl Fn(&mut S, P, &Pulse<'_>) -> Result<D, Error>,
    done: &Sender<(usize, D)>,
) -> Result<(), Error> {
    let unless_done = StopAtEnd(stop);
    let (mut own, pulse) = (own(), Pulse::stopped_by(stop));
    while let Some((number, piece)) = queue.wait() {
        let came = work(&mut own, piece, &pulse)?;
        if done.send((number, came)).is_err() {
            break; // the caller has gone
        }
    }
    std::mem::forget(unless_done);
    Ok(())
}

impl<P, D> Workers<'_, P, D> {
    /// Hands a piece over. Where many wait, the caller works on one of them.
    ///
    /// # Errors
    /// Of the caller's work, or another thread's; the watch cancels it.
    pub(crate) fn hand_over(&mut self, piece: P) -> Result<(), Error> {
        self.others.beat()?;
        let number = self.first + self.under_way.len();
        self.under_way.push_back(None);
        let waiting = self.queue.put((number, piece));
        // A single piece is the caller's.
        if number > 0 && self.handles.len() < self.most {
            match (self.start)() {
                Some(handle) => self.handles.push(handle),
                None => self.most = self.handles.len(),
            }
        }
        if waiting > WAITING * self.handles.len() {
            self.work_on_one()?;
        }
        while self.under_way.len() > UNDER_WAY * (self.handles.len() + 1) && !self.is_first_done() {
            self.go_on()?;
        }
        Ok(())
    }

    /// Looks whether another thread has stopped the caller.
    ///
    /// # Errors
    /// It has.
    pub(crate) fn beat(&self) -> Result<(), Error> {
        self.others.beat()
    }

    /// What the next piece came to, if it is done.
    pub(crate) fn next_done(&mut self) -> Option<D> {
        if self.is_first_done() { self.take() } else { None }
    }

    /// What the next piece came to, once it is done; nothing once all are taken back.
    ///
    /// # Errors
    /// Of the caller's work, or another thread's; the watch cancels it.
    pub(crate) fn wait_for_next(&mut self) -> Result<Option<D>, Error> {
        loop {
            if let Some(came) = self.next_done() {
                return Ok(Some(came));
            }
            if self.under_way.is_empty() {
                return Ok(None);
            }
            self.go_on()?;
        }
    }

    fn is_first_done(&mut self) -> bool {
        while let Ok((number, came)) = self.done.try_recv() {
            self.keep(number, came);
        }
        self.under_way.front().is_some_and(Option::is_some)
    }

    /// Works on a piece that waits; or, if none does, waits for one that another thread works on.
    fn go_on(&mut self) -> Result<(), Error> {
        self.others.beat()?;
        if !self.work_on_one()? {
            self.pulse.beat()?;
            if let Ok((number, came)) = self.done.recv_timeout(WAIT) {
                self.keep(number, came);
            }
        }
        Ok(())
    }

    /// Works on one of the pieces that wait; false if none does.
    fn work_on_one(&mut self) -> Result<bool, Error> {
        let Some((number, piece)) = self.queue.take() else { return Ok(false) };
        let came = (self.work)(piece)?;
        self.keep(number, came);
        Ok(true)
    }

    fn keep(&mut self, number: usize, came: D) {
        if let Some(of_piece) = self.under_way.get_mut(number - self.first) {
            *of_piece = Some(came);
        }
    }

    fn take(&mut self) -> Option<D> {
        let came = self.under_way.pop_front_if(|came| came.is_some()).flatten();
        self.first += usize::from(came.is_some());
        came
    }
}

/// The pieces that wait, by their numbers.
struct Queue<P> {
    pieces: Mutex<Pieces<P>>,
    changed: Condvar,
}

struct Pieces<P> {
    waiting: VecDeque<(usize, P)>,
    /// True if no other will come.
    closed: bool,
}

impl<P> Default for Queue<P> {
    fn default() -> Self {
        Self { pieces: Mutex::new(Pieces { waiting: VecDeque::new(), closed: false }), changed: Condvar::new() }
    }
}

impl<P> Queue<P> {
    /// Nothing panics while it holds the lock.
    fn pieces(&self) -> MutexGuard<'_, Pieces<P>> {
        self.pieces.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Adds a piece: how many wait now.
    fn put(&self, piece: (usize, P)) -> usize {
        let mut pieces = self.pieces();
        pieces.waiting.push_back(piece);
        let waiting = pieces.waiting.len();
        drop(pieces);
        self.changed.notify_one();
        waiting
    }

    fn take(&self) -> Option<(usize, P)> {
        self.pieces().waiting.pop_front()
    }

    /// The next piece, once there is one; nothing once it is closed.
    fn wait(&self) -> Option<(usize, P)> {
        let idle = |pieces: &mut Pieces<P>| pieces.waiting.is_empty() && !pieces.closed;
        let mut pieces = self.changed.wait_while(self.pieces(), idle).unwrap_or_else(PoisonError::into_inner);
        if pieces.closed { None } else { pieces.waiting.pop_front() }
    }

    fn close(&self) {
        self.pieces().closed = true;
        self.changed.notify_all();
    }
}

/// Lets threads end once the caller has no more pieces, or when a panic of its unwinds.
struct EndOfWork<'s, P> {
    queue: &'s Queue<P>,
    stop: &'s AtomicBool,
}

impl<P> Drop for EndOfWork<'_, P> {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        self.queue.close();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Code;
    use crate::message;
    use crate::watch::Watch;

    /// The squares of numbers, each with the number of those that its thread had worked on before.
    fn squares(threads: usize, numbers: u64, pulse: &Pulse<'_>) -> Result<Vec<(u64, u64)>, Error> {
        let work = |before: &mut u64, number: u64, _: &Pulse<'_>| {
            *before += 1;
            Ok((number * number, *before - 1))
        };
        with_workers(
            NonZeroUsize::new(threads),
            pulse,
            || 0,
            work,
            |workers| {
                let mut squares = Vec::new();
                for number in 0..numbers {
                    workers.hand_over(number)?;
                    squares.extend(std::iter::from_fn(|| workers.next_done()));
                }
                while let Some(square) = workers.wait_for_next()? {
                    squares.push(square);
                }
                Ok(squares)
            },
        )
    }

    #[test]
    fn every_piece_is_worked_on_once_and_comes_back_in_order() {
        for (threads, numbers) in [(1, 100), (2, 0), (2, 1), (2, 10_000), (7, 1_000), (400, 5)] {
            let found = squares(threads, numbers, &Pulse::unheard()).unwrap();
            assert!(found.iter().map(|(square, _)| *square).eq((0..numbers).map(|number| number * number)));
            // Each thread that worked on any began with one.
            let began = found.iter().filter(|(_, before)| *before == 0).count();
            assert!(began <= threads && (began > 0 || numbers == 0), "{threads} {numbers}: {began}");
        }
        let alone = squares(1, 100, &Pulse::unheard()).unwrap();
        assert!(alone.into_iter().map(|(_, before)| before).eq(0..100));
    }

    #[test]
    fn few_pieces_are_under_way_while_the_first_takes_long() {
        // Another thread holds a piece back until the caller, which may hand over no more, waits for it and tells its watch.
        let (release, held) = (AtomicBool::new(false), AtomicBool::new(true));
        let watch = Watch::new(|_| {
            release.store(true, Ordering::Relaxed);
            std::ops::ControlFlow::Continue(())
        });
        let caller = std::thread::current().id();
        let work = |(): &mut (), number: usize, pulse: &Pulse<'_>| -> Result<usize, Error> {
            if std::thread::current().id() != caller && held.swap(false, Ordering::Relaxed) {
                while !release.load(Ordering::Relaxed) {
                    pulse.beat()?;
                    std::thread::yield_now();
                }
            }
            Ok(number)
        };
        let pulse = Pulse::of(Some(&watch), None);
        let found = with_workers(
            NonZeroUsize::new(2),
            &pulse,
            || (),
            work,
            |workers| {
                let mut found = Vec::new();
                for number in 0..1_000 {
                    workers.hand_over(number)?;
                    assert!(number == 0 || !workers.handles.is_empty(), "the system gives a thread");
                    while number > 0 && held.load(Ordering::Relaxed) {
                        std::thread::yield_now(); // until the other thread has a piece
                    }
                    assert!(workers.under_way.len() <= 2 * UNDER_WAY + 1);
                    found.extend(std::iter::from_fn(|| workers.next_done()));
                }
                while let Some(number) = workers.wait_for_next()? {
                    found.push(number);
                }
                Ok(found)
            },
        );
        assert!(found.unwrap().into_iter().eq(0..1_000));
    }

    /// Hands pieces over until another thread stops the caller, who takes back what they came to.
    fn hand_over_until_stopped(workers: &mut Workers<'_, (), ()>) -> Result<(), Error> {
        loop {
            workers.hand_over(())?;
            while workers.next_done().is_some() {}
            assert!(workers.first < 2 || !workers.handles.is_empty(), "the system gives a thread");
        }
    }

    #[test]
    fn an_error_of_a_thread_says_more_than_that_the_caller_was_stopped() {
        let caller = std::thread::current().id();
        let work = |(): &mut (), (): (), _: &Pulse<'_>| {
            if std::thread::current().id() == caller {
                return Ok(());
            }
            Err(Error::single(Code::TooMany, "here", message!("too many", "trop")))
        };
        let found = with_workers(NonZeroUsize::new(2), &Pulse::unheard(), || (), work, hand_over_until_stopped);
        assert_eq!(found.unwrap_err().code(), Code::TooMany);
    }

    #[test]
    fn a_watch_cancels_while_the_caller_waits() {
        let asked = std::cell::Cell::new(0);
        let watch = Watch::new(|_| {
            asked.set(asked.get() + 1);
            if asked.get() > 3 { std::ops::ControlFlow::Break(()) } else { std::ops::ControlFlow::Continue(()) }
        });
        let pulse = Pulse::of(Some(&watch), None);
        // Another thread's piece ends only when it is stopped; the caller's are none.
        let caller = std::thread::current().id();
        let work = |(): &mut (), (): (), pulse: &Pulse<'_>| -> Result<(), Error> {
            while std::thread::current().id() != caller {
                pulse.beat()?;
                std::thread::yield_now();
            }
            Ok(())
        };
        let found = with_workers(
            NonZeroUsize::new(2),
            &pulse,
            || (),
            work,
            |workers| {
                for () in [(); 2] {
                    workers.hand_over(())?;
                }
                while workers.handles.is_empty() || !workers.queue.pieces().waiting.is_empty() {
                    std::thread::yield_now(); // until another thread has one
                }
                while workers.wait_for_next()?.is_some() {}
                Ok(())
            },
        );
        assert_eq!((found.unwrap_err().code(), asked.get()), (Code::Interrupted, 4));
    }

    #[test]
    #[should_panic(expected = "a defect")]
    fn a_panic_of_a_thread_is_heard_by_whoever_asked() {
        let caller = std::thread::current().id();
        let work = |(): &mut (), (): (), _: &Pulse<'_>| -> Result<(), Error> {
            assert_eq!(std::thread::current().id(), caller, "a defect");
            Ok(())
        };
        let _ = with_workers(NonZeroUsize::new(2), &Pulse::unheard(), || (), work, hand_over_until_stopped);
    }
}
