//! Panics of a library under test: caught, told with their place, and kept off the screen.

use std::{
    cell::{Cell, RefCell},
    panic::{self, AssertUnwindSafe, PanicHookInfo, catch_unwind},
    sync::Once,
};

thread_local! {
    /// Whether this thread is inside a call of the library.
    static WATCHED: Cell<bool> = const { Cell::new(false) };
    /// The panic that was seen last on this thread.
    static SEEN: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Calls the library; a panic is the error, in words.
///
/// A law that a panic breaks is shrunk over thousands of calls, and each would print its panic. So the hook is exchanged, once in a
/// process, for one that keeps what happens in here to itself and hands on everything else.
pub(super) fn guarded<T>(call: impl FnOnce() -> T) -> Result<T, String> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let before = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if WATCHED.get() {
                SEEN.with_borrow_mut(|seen| *seen = Some(in_words(info)));
            } else {
                before(info);
            }
        }));
    });
    WATCHED.set(true);
    // What a panic leaves half-done is the library's own, and the next call will show it.
    let outcome = catch_unwind(AssertUnwindSafe(call));
    WATCHED.set(false);
    outcome.map_err(|payload| {
        // Somebody else may have exchanged the hook since; then the payload has to do.
        let seen = SEEN.with_borrow_mut(Option::take);
        seen.unwrap_or_else(|| format!("it panicked: {}", said(payload.as_ref())))
    })
}

fn in_words(info: &PanicHookInfo<'_>) -> String {
    let place = info.location().map(|place| format!(" at {}:{}", place.file(), place.line()));
    format!("it panicked{}: {}", place.unwrap_or_default(), said(info.payload()))
}

fn said(payload: &(dyn std::any::Any + Send)) -> &str {
    let text = payload.downcast_ref::<&str>().copied();
    text.or_else(|| payload.downcast_ref::<String>().map(String::as_str)).unwrap_or("without a text")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_told_with_its_place() {
        let told = guarded(|| panic!("no scope {:?}", "a")).unwrap_err();
        assert!(told.starts_with("it panicked at ") && told.ends_with(": no scope \"a\""), "{told}");
        assert_eq!(guarded(|| 1), Ok(1));
    }
}
