//! Each fault of the client shows in a story.

use std::fmt::Write as _;

use scopecheck_reference::client::ClientConfig;
use scopecheck_reference::faults::{self, Role};

use crate::stories::{STORIES, tell};

/// A story as it goes again and again. The port of a kept registration may be taken by chance, and then the client has to
/// register once more, fault or not.
async fn told(story: &str, config: &ClientConfig) -> String {
    let mut last = Box::pin(tell(story, config.clone())).await;
    for _ in 0..5 {
        let again = Box::pin(tell(story, config.clone())).await;
        if again == last {
            return again;
        }
        last = again;
    }
    panic!("the story `{story}` never goes the same way twice");
}

#[tokio::test]
async fn the_stories_of_an_honest_client() {
    let mut text = String::new();
    for story in STORIES {
        writeln!(text, "# {story}\n{}\n", told(story, &ClientConfig::default()).await).unwrap();
    }
    insta::assert_snapshot!(text);
}

#[tokio::test]
async fn each_fault_deviates_from_the_honest_client() {
    let mut honest = Vec::new();
    for story in STORIES {
        honest.push(told(story, &ClientConfig::default()).await);
    }
    let mut text = String::new();
    for info in faults::all().iter().filter(|info| info.role == Role::Client) {
        let mut seen = false;
        for (story, honest) in STORIES.iter().zip(&honest) {
            let config = ClientConfig { faults: [info.fault].into(), ..ClientConfig::default() };
            let faulty = told(story, &config).await;
            let differing = honest.lines().zip(faulty.lines()).find(|(honest, faulty)| honest != faulty);
            if let Some((honest, faulty)) = differing {
                writeln!(text, "{} in `{story}`\n  honest: {honest}\n  faulty: {faulty}", info.name).unwrap();
                seen = true;
                break;
            }
        }
        assert!(seen, "no story tells of {}", info.name);
    }
    insta::assert_snapshot!(text);
}
