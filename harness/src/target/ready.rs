//! Whether a target answers.

use std::time::Duration;

use reqwest::{Client, redirect::Policy};

/// How long one question may wait for its answer.
const ONCE: Duration = Duration::from_secs(2);
/// How long to wait between two questions.
const PAUSE: Duration = Duration::from_millis(50);

/// Asks for `url` until it answers 200. Never ends by itself otherwise; `last` tells what came of the last attempt.
pub(super) async fn ready(url: &str, last: &mut String) {
    // Proxies of the environment are for the network, and this is loopback.
    let client = Client::builder().no_proxy().redirect(Policy::none()).timeout(ONCE).build();
    let client = match client {
        Ok(client) => client,
        Err(error) => {
            *last = error.to_string();
            return std::future::pending().await;
        }
    };
    loop {
        match client.get(url).send().await {
            Ok(answer) if answer.status().as_u16() == 200 => return,
            Ok(answer) => *last = format!("it answers {}", answer.status()),
            Err(error) if error.is_timeout() => {
                "it accepts the connection and does not answer".clone_into(last);
            }
            Err(_) => "nothing answers there".clone_into(last),
        }
        tokio::time::sleep(PAUSE).await;
    }
}
