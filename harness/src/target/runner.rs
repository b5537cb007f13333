//! The life of a target during a run: installed, started, ready, stopped.

use std::{
    borrow::Cow,
    io,
    net::{Ipv4Addr, TcpListener},
    path::PathBuf,
    time::Duration,
};

use indexmap::IndexMap;
use tokio::net::TcpStream;
use url::Url;

use super::{
    RunnerError, ServerTable, Start, install::install, placeholder::fill, process::Group, ready::ready,
};

/// What a target's commands can name beside `{port}`.
#[derive(Clone, Debug)]
pub struct Setting {
    /// This program, `{scopecheck}`.
    pub program: PathBuf,
}

impl Setting {
    /// The program that is running.
    pub fn current() -> io::Result<Self> {
        std::env::current_exe().map(|program| Self { program })
    }
}

/// A target that can be tested. What we started ends when this is dropped, with its whole process group.
pub struct RunningTarget {
    issuer: String,
    group: Option<Group>,
}

impl RunningTarget {
    /// Installs and starts what the table says, and waits until it is ready. A target that runs already is left alone.
    pub async fn start(table: &ServerTable, setting: &Setting) -> Result<Self, RunnerError> {
        let no_issuer = || RunnerError::NoIssuer { table: table.full_name() };
        let issuer = table.issuer.as_ref().ok_or_else(no_issuer)?;
        let Some(start) = &table.start else {
            return Ok(Self { issuer: issuer.clone(), group: None });
        };
        if let (Some(command), Some(folder)) = (&table.install, &table.folder) {
            install(command, folder).await?;
        }
        let port = free_port()?.to_string();
        let program = setting.program.to_string_lossy();
        let value = |name: &str| match name {
            "port" => Some(Cow::Borrowed(port.as_str())),
            "scopecheck" => Some(Cow::Borrowed(&*program)),
            setting => table.settings.get(setting).map(|value| Cow::Borrowed(value.as_str())),
        };
        // The table was checked when it was read; what cannot be filled in is passed on as it is.
        let filled = |text: &String| fill(text, value).unwrap_or_else(|_| text.clone());
        let issuer = filled(issuer);
        let command: Vec<String> = start.command.iter().map(filled).collect();
        let env: IndexMap<String, String> =
            start.env.iter().map(|(name, text)| (name.clone(), filled(text))).collect();
        let url = Url::parse(&issuer).map_err(|_| no_issuer())?;
        refuse_a_stranger(&url).await?;
        let shown = command.join(" ");
        let group = Group::spawn(&command, &env, table.folder.as_deref())
            .map_err(|source| RunnerError::NotStarted { command: shown.clone(), source })?;
        let group = wait_until_ready(group, start, &url, shown, table.install.is_some()).await?;
        Ok(Self { issuer, group: Some(group) })
    }

    /// The issuer, with its port.
    pub fn issuer(&self) -> &str {
        &self.issuer
    }

    /// How the target ended, if it did so by itself.
    pub fn ended(&mut self) -> Option<String> {
        self.group.as_mut().and_then(Group::status).map(|status| status.to_string())
    }

    /// The last lines that the target printed. They may hold secrets that it logs, so they are for nobody but who started it.
    pub fn lines(&self) -> Vec<String> {
        self.group.as_ref().map(Group::lines).unwrap_or_default()
    }

    /// What the target wrote to standard error so far, up to 16 MiB.
    pub fn log(&self) -> String {
        self.group.as_ref().map(Group::log).unwrap_or_default()
    }

    /// Stops what was started: the whole process group is asked to end, and killed after three seconds.
    pub async fn stop(self) {
        if let Some(group) = self.group {
            group.end().await;
        }
    }
}

fn free_port() -> Result<u16, RunnerError> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).map_err(RunnerError::NoPort)?;
    Ok(listener.local_addr().map_err(RunnerError::NoPort)?.port())
}

/// A fixed port may be taken; then we would test whatever listens there.
async fn refuse_a_stranger(url: &Url) -> Result<(), RunnerError> {
    let host = url.host_str().unwrap_or_default().trim_matches(['[', ']']);
    let port = url.port_or_known_default().unwrap_or_default();
    let attempt = tokio::time::timeout(Duration::from_secs(1), TcpStream::connect((host, port))).await;
    match attempt {
        Ok(Ok(_)) => Err(RunnerError::PortTaken { address: url.authority().to_owned() }),
        _ => Ok(()),
    }
}

async fn wait_until_ready(
    mut group: Group,
    start: &Start,
    issuer: &Url,
    command: String,
    installed: bool,
) -> Result<Group, RunnerError> {
    let url = issuer.join(&start.ready).map_or_else(|_| issuer.to_string(), String::from);
    let mut last = "nothing answers there".to_owned();
    let status = tokio::select! {
        () = ready(&url, &mut last) => return Ok(group),
        status = group.wait() => Some(status.map_or_else(|error| error.to_string(), |status| status.to_string())),
        () = tokio::time::sleep(start.timeout) => None,
    };
    let lines = group.last_lines().await;
    group.end().await;
    Err(match status {
        Some(status) => RunnerError::Died { command, status, lines, installed },
        None => RunnerError::NotReady { command, url, timeout: start.timeout, last, lines },
    })
}
