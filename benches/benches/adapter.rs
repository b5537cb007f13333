//! The driver of adapters beside an echo loop over the same child: the same calls, the same window, nothing read but the ends of lines.
#![allow(missing_docs, reason = "the macros of criterion write public items")]

use std::{
    io::{BufRead as _, BufReader, Write as _},
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
    sync::Arc,
    thread,
    time::Duration,
};

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use scopecheck::{
    adapter::{AdapterCommand, AdapterLimits, ProcessAdapter},
    library::{Adapter as _, PlannedCall},
};

/// How many calls are made in one go.
const CALLS: usize = 8_192;

/// How many are in flight, as the adapter announces.
const WINDOW: usize = 64;

/// How many laws are judged at once, each with a batch of its own in flight.
const THREADS: usize = 4;

fn script() -> String {
    format!("{}/../targets/plain-python/adapter.py", env!("CARGO_MANIFEST_DIR"))
}

fn calls() -> Vec<PlannedCall> {
    (0..CALLS)
        .map(|number| PlannedCall {
            op: "union".to_owned(),
            input: format!(
                r#"{{"first":["read","write","s{number}"],"second":["s{number}","admin:{number}"]}}"#
            ),
        })
        .collect()
}

/// The child of the echo loop.
struct Echo {
    child: Child,
    to: ChildStdin,
    from: BufReader<ChildStdout>,
}

impl Echo {
    fn start() -> Option<Self> {
        let mut child = Command::new("python3")
            .arg(script())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .ok()?;
        let (to, from) = (child.stdin.take()?, BufReader::new(child.stdout.take()?));
        let mut echo = Self { child, to, from };
        echo.go(&["{\"hello\":{\"protocol\":1}}\n".to_owned()]);
        Some(echo)
    }

    /// Writes the lines with so many in flight, and counts what comes back.
    fn go(&mut self, lines: &[String]) {
        let (mut sent, mut line) = (0, String::new());
        for came in 0..lines.len() {
            // Half a window at a time, so that neither side waits for the other.
            if sent - came <= WINDOW / 2 {
                let until = lines.len().min(came + WINDOW);
                let text: String = lines.get(sent..until).unwrap_or_default().concat();
                let _ = self.to.write_all(text.as_bytes()).and_then(|()| self.to.flush());
                sent = until;
            }
            line.clear();
            let _ = self.from.read_line(&mut line);
        }
    }
}

impl Drop for Echo {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn adapter(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("adapter");
    group.throughput(Throughput::Elements(CALLS as u64));
    let calls = calls();
    if let Some(mut echo) = Echo::start() {
        let lines: Vec<String> = calls
            .iter()
            .enumerate()
            .map(|(seq, call)| format!("{{\"seq\":{seq},\"op\":\"union\",\"input\":{}}}\n", call.input))
            .collect();
        group.bench_function("echo loop", |bencher| bencher.iter(|| echo.go(&lines)));
    }
    let command = AdapterCommand::new(["python3".to_owned(), script()]);
    if let Ok(driver) = ProcessAdapter::start(command, AdapterLimits::default()) {
        let driver = Arc::new(driver);
        group.bench_function("driver", |bencher| {
            bencher.iter(|| {
                thread::scope(|scope| {
                    for part in calls.chunks(CALLS / THREADS) {
                        let driver = Arc::clone(&driver);
                        scope.spawn(move || {
                            for batch in part.chunks(WINDOW) {
                                assert_eq!(driver.call_all(batch).len(), batch.len());
                            }
                        });
                    }
                });
            });
        });
    }
    group.finish();
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(20).warm_up_time(Duration::from_secs(1));
    targets = adapter
}
criterion_main!(benches);
