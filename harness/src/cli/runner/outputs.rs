//! Where a run leaves its artefacts. Every place is tried before the run, so that nothing is lost after it.

use std::{
    fs::{self, File, OpenOptions},
    io::{BufReader, Write},
    path::{Path, PathBuf},
};

use scopecheck_reports::{Destination, Event, Results, log, log::EventWriter};

use crate::cli::{CliError, args::RunArgs};

/// The folder of a run that was given none.
const FOLDER: &str = "scopecheck-out";

/// The event log of a run, and where its reports go.
pub(in crate::cli) struct Outputs {
    log: PathBuf,
    writer: EventWriter<File>,
    reports: Vec<Destination>,
}

impl Outputs {
    /// Tries every place, and leaves what is there as it is.
    pub(in crate::cli) fn try_places(args: &RunArgs) -> Result<(), CliError> {
        for (number, report) in args.reports.iter().enumerate() {
            if args.reports[..number].iter().any(|other| other.path == report.path) {
                return Err(CliError::usage(format!("two reports go to {}", report.path.display()))
                    .help("give each report a file of its own"));
            }
            try_place(&report.path).map_err(|error| {
                CliError::usage(format!("the report cannot be written to {}: {error}", report.path.display()))
                    .help("name a file in a folder that exists and can be written to")
            })?;
        }
        let log = log_of(args);
        prepared(&log).and_then(|()| try_place(&log)).map_err(|error| unwritable(&log, &error))
    }

    /// Tries every place and opens the event log.
    pub(in crate::cli) fn open(args: &RunArgs) -> Result<Self, CliError> {
        Self::try_places(args)?;
        let log = log_of(args);
        let file = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&log)
            .map_err(|error| unwritable(&log, &error))?;
        // Two runs in one folder would tear each other's log; the lock ends with the file.
        if file.try_lock().is_err() {
            return Err(CliError::usage(format!("another run is writing to {}", log.display()))
                .help("name another folder with --out DIR"));
        }
        file.set_len(0).map_err(|error| unwritable(&log, &error))?;
        Ok(Self { log, writer: EventWriter::new(file), reports: args.reports.clone() })
    }

    /// Puts an event down.
    pub(in crate::cli) fn append(&mut self, event: &Event) -> Result<(), CliError> {
        self.writer.append(event).map_err(|error| CliError::incomplete(error.to_string()))
    }

    /// The results are what the log says, and nothing else.
    pub(in crate::cli) fn results(&self) -> Result<Results, CliError> {
        let file = File::open(&self.log)
            .map_err(|error| CliError::incomplete(format!("{}: {error}", self.log.display())))?;
        log::read(BufReader::new(file))
            .map_err(|error| CliError::bug(format!("{}: {error}", self.log.display())))
    }

    /// The event log.
    pub(in crate::cli) fn log(&self) -> &Path {
        &self.log
    }

    /// Writes every report.
    pub(in crate::cli) fn write(&self, results: &Results) -> Result<(), CliError> {
        for report in &self.reports {
            let text = report
                .format
                .render(results)
                .map_err(|error| CliError::bug(format!("{}: {error}", report.format)))?;
            File::create(&report.path).and_then(|mut file| file.write_all(text.as_bytes())).map_err(
                |error| {
                    CliError::incomplete(format!(
                        "the report could not be written to {}: {error}",
                        report.path.display()
                    ))
                    .help(format!("the run itself is kept: scopecheck report {}", self.log.display()))
                },
            )?;
        }
        Ok(())
    }
}

fn log_of(args: &RunArgs) -> PathBuf {
    args.out.clone().unwrap_or_else(|| PathBuf::from(FOLDER)).join("events.ndjson")
}

fn prepared(log: &Path) -> std::io::Result<()> {
    log.parent().map_or(Ok(()), fs::create_dir_all)
}

fn unwritable(log: &Path, error: &std::io::Error) -> CliError {
    CliError::usage(format!("the event log cannot be written to {}: {error}", log.display()))
        .help("name another folder with --out DIR")
}

/// Opens a file for writing without touching what it holds; one that was made for the trial is taken away again.
fn try_place(path: &Path) -> std::io::Result<()> {
    let existed = path.exists();
    OpenOptions::new().append(true).create(true).open(path)?;
    if existed { Ok(()) } else { fs::remove_file(path) }
}
