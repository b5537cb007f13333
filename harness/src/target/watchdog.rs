//! What ends a target if we are killed ourselves, so that nothing can run any more that would end it.

use std::{
    io,
    os::unix::process::CommandExt as _,
    process::{Child, Command, Stdio},
};

/// A shell that waits for the end of its input, which comes with the end of this process, whatever ends it.
pub(crate) struct Watchdog(Child);

impl Watchdog {
    /// Guards the process group of this id.
    pub(crate) fn over(group: i32) -> io::Result<Self> {
        let script = format!("read -r _; kill -s TERM -- -{group} && sleep 3 && kill -s KILL -- -{group}");
        Command::new("/bin/sh")
            .args(["-c", &script])
            // A group of its own: Ctrl-C in a terminal must not end the guard before the guarded.
            .process_group(0)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .map(Self)
    }
}

impl Drop for Watchdog {
    fn drop(&mut self) {
        // The group is gone, and its id may soon be somebody else's. Killed first: the end of its input would wake it.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_group_ends_when_the_input_of_the_guard_does() {
        let mut guarded = Command::new("sleep").arg("60").process_group(0).spawn().unwrap();
        let mut watchdog = Watchdog::over(i32::try_from(guarded.id()).unwrap()).unwrap();
        assert!(guarded.try_wait().unwrap().is_none());
        drop(watchdog.0.stdin.take());
        assert!(!guarded.wait().unwrap().success());
    }

    #[test]
    fn a_guard_that_is_let_go_harms_nobody() {
        let mut guarded = Command::new("sleep").arg("60").process_group(0).spawn().unwrap();
        drop(Watchdog::over(i32::try_from(guarded.id()).unwrap()).unwrap());
        std::thread::sleep(std::time::Duration::from_millis(100));
        assert!(guarded.try_wait().unwrap().is_none());
        guarded.kill().unwrap();
        guarded.wait().unwrap();
    }
}
