//! Another static library in Rust, which hears its own panics.

use std::sync::atomic::{AtomicU32, Ordering};

static HEARD: AtomicU32 = AtomicU32::new(0);

/// Sets the hook of this library's panics.
#[unsafe(no_mangle)]
pub extern "C" fn other_listens() {
    std::panic::set_hook(Box::new(|_| {
        HEARD.fetch_add(1, Ordering::Relaxed);
    }));
}

/// Panics and catches it; gives how many panics were heard.
#[unsafe(no_mangle)]
pub extern "C" fn other_panics() -> u32 {
    let _ = std::panic::catch_unwind(|| panic!("heard by the hook"));
    HEARD.load(Ordering::Relaxed)
}
