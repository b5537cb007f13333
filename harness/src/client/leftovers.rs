//! Processes of a run that have left its group: they are found by what only the environment of that run holds.

use std::{fs, path::Path};

use nix::{
    sys::signal::{Signal, kill},
    unistd::Pid,
};

/// Kills every process whose environment holds this mark. Where there is no `/proc`, none is found.
pub(super) fn end(mark: &str) {
    // A process that is found may just have started another one.
    for _ in 0..3 {
        let found = marked(mark);
        if found.is_empty() {
            return;
        }
        for id in found {
            let _ = kill(Pid::from_raw(id), Signal::SIGKILL);
        }
    }
}

fn marked(mark: &str) -> Vec<i32> {
    let own = i32::try_from(std::process::id()).unwrap_or_default();
    let ids = fs::read_dir("/proc").into_iter().flatten().filter_map(|entry| {
        let id: i32 = entry.ok()?.file_name().to_str()?.parse().ok()?;
        (id != own).then_some(id)
    });
    ids.filter(|id| holds(*id, mark)).collect()
}

fn holds(id: i32, mark: &str) -> bool {
    let environment = fs::read(Path::new("/proc").join(id.to_string()).join("environ")).unwrap_or_default();
    !mark.is_empty() && environment.windows(mark.len()).any(|window| window == mark.as_bytes())
}
