//! The signals that end a run early.

use std::io;

use tokio::signal::unix::{Signal, SignalKind, signal};

/// What asked the run to end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Interrupt {
    /// Ctrl-C (`SIGINT`).
    Keyboard,
    /// `SIGTERM`.
    Terminate,
    /// The terminal went away (`SIGHUP`).
    Hangup,
}

/// Listens for the signals that end a run. From [`Interrupts::listen`] on, none of them ends the process by itself any more, so that
/// the caller can drop what it runs and, with it, every target.
#[derive(Debug)]
pub struct Interrupts {
    keyboard: Signal,
    terminate: Signal,
    hangup: Signal,
}

impl Interrupts {
    /// Starts to listen, for the rest of the life of the process.
    pub fn listen() -> io::Result<Self> {
        Ok(Self {
            keyboard: signal(SignalKind::interrupt())?,
            terminate: signal(SignalKind::terminate())?,
            hangup: signal(SignalKind::hangup())?,
        })
    }

    /// Waits for the next signal.
    pub async fn next(&mut self) -> Interrupt {
        tokio::select! {
            _ = self.keyboard.recv() => Interrupt::Keyboard,
            _ = self.terminate.recv() => Interrupt::Terminate,
            _ = self.hangup.recv() => Interrupt::Hangup,
        }
    }
}

/// Listens, and waits for the first signal.
pub async fn interrupted() -> io::Result<Interrupt> {
    Ok(Interrupts::listen()?.next().await)
}

#[cfg(test)]
mod tests {
    use nix::{
        sys::signal::{Signal, kill},
        unistd::getpid,
    };

    use super::*;

    #[tokio::test]
    async fn a_signal_is_told_and_does_not_end_the_process() {
        let mut interrupts = Interrupts::listen().unwrap();
        for (sent, told) in [
            (Signal::SIGTERM, Interrupt::Terminate),
            (Signal::SIGHUP, Interrupt::Hangup),
            (Signal::SIGINT, Interrupt::Keyboard),
        ] {
            kill(getpid(), sent).unwrap();
            assert_eq!(interrupts.next().await, told);
        }
    }
}
