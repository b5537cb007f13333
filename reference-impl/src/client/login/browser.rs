//! Starting a browser.

use tokio::process::Command;
use url::Url;

use super::LoginError;

/// The programs that open a URL, by system.
const OPENERS: [&str; 4] = ["xdg-open", "open", "x-www-browser", "www-browser"];

/// Starts the first program that can be started, and does not wait for it.
pub(super) fn start(url: &Url) -> Result<(), LoginError> {
    let mut why = String::new();
    for opener in OPENERS {
        // The URL is one argument, so that no shell reads it.
        match Command::new(opener).arg(url.as_str()).spawn() {
            Ok(_) => return Ok(()),
            Err(error) => why = format!("{opener}: {error}"),
        }
    }
    Err(LoginError::Browser(why))
}
