//! A terminal, for a release that steps up only where somebody sits at one.

use std::os::fd::OwnedFd;

use nix::{fcntl::OFlag, pty, unistd};

/// Makes standard input a terminal. It is one for as long as the other end, which is given back, is held.
pub fn on_stdin() -> Option<pty::PtyMaster> {
    let master = pty::posix_openpt(OFlag::O_RDWR | OFlag::O_NOCTTY).ok()?;
    pty::grantpt(&master).ok()?;
    pty::unlockpt(&master).ok()?;
    let name = pty::ptsname_r(&master).ok()?;
    let slave: OwnedFd = std::fs::OpenOptions::new().read(true).write(true).open(name).ok()?.into();
    unistd::dup2_stdin(&slave).ok()?;
    Some(master)
}
