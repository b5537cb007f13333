//! The log of `serve -v`: to standard error, a JSON object a line.

use std::{
    io::{self, Write as _},
    sync::Arc,
};

use scopecheck_reference::server::{Level, Log, Record};

/// Where the records of the reference server go: nowhere without `-v`, with it what an operator wants to know, and with `-vv` all of it.
pub(super) fn stderr_log(verbose: u8) -> Option<Arc<dyn Log>> {
    let most = match verbose {
        0 => return None,
        1 => Level::Info,
        _ => Level::Debug,
    };
    Some(Arc::new(StderrLog { most }))
}

#[derive(Debug)]
struct StderrLog {
    most: Level,
}

impl Log for StderrLog {
    fn write(&self, record: &Record) {
        if record.level <= self.most {
            // One write a record, so that two of them never mix; and nobody is left to tell if it fails.
            let _ = io::stderr().lock().write_all(format!("{}\n", record.line()).as_bytes());
        }
    }
}
