//! Started anew, with settings of a case.

use std::{path::PathBuf, time::Duration};

use indexmap::IndexMap;

use super::super::{ServerTable, Setting, Start, TargetStarter};
use crate::subject::{Launch, Starter as _};

/// Logs what it was told, and refuses to start with a certain baseline.
const SERVER: &str = r#"
import http.server, os, sys
print('{"level":"INFO","msg":"%s"}' % os.environ["BASELINE"], file=sys.stderr, flush=True)
if os.environ["BASELINE"] == "wrong":
    sys.exit("error: `wrong` is not supported")
class Answer(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
    def log_message(self, *args): pass
http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Answer).serve_forever()
"#;

fn table() -> ServerTable {
    let start = Start {
        command: ["python3", "-c", SERVER, "{port}"].map(str::to_owned).to_vec(),
        env: [("BASELINE".to_owned(), "{baseline}".to_owned())].into_iter().collect(),
        ready: "/".to_owned(),
        timeout: Duration::from_secs(20),
    };
    let settings = [("baseline".to_owned(), "of the table".to_owned())].into_iter().collect();
    ServerTable { start: Some(start), settings, ..ServerTable::bare("http://127.0.0.1:{port}") }
}

fn setting() -> Setting {
    Setting { program: PathBuf::from("/opt/scopecheck") }
}

async fn launch(baseline: Option<&str>) -> Launch {
    let settings: IndexMap<String, String> =
        baseline.map(|baseline| ("baseline".to_owned(), baseline.to_owned())).into_iter().collect();
    TargetStarter::of(&table(), &setting()).unwrap().start(&settings).await.unwrap()
}

#[tokio::test]
async fn a_case_sets_what_it_names_and_reads_the_log() {
    for (given, told) in [(None, "of the table"), (Some("of the case"), "of the case"), (Some(""), "")] {
        let Launch::Up(launched) = launch(given).await else { panic!("it did not start") };
        assert_eq!(launched.log().await.unwrap(), format!("{{\"level\":\"INFO\",\"msg\":\"{told}\"}}\n"));
        assert!(launched.command().ends_with("{port}"), "the port differs from run to run");
        launched.stop().await;
    }
}

#[tokio::test]
async fn a_start_that_is_refused_is_told_with_its_words() {
    let Launch::Refused { status, words, .. } = launch(Some("wrong")).await else { panic!("it started") };
    assert_eq!(status, "exit status: 1");
    assert!(words.ends_with("error: `wrong` is not supported"), "{words}");
}

#[test]
fn nothing_is_set_where_a_table_has_no_settings_or_starts_nothing() {
    let without = ServerTable { settings: IndexMap::new(), ..table() };
    assert!(TargetStarter::of(&without, &setting()).is_none());
    let running = ServerTable { start: None, ..table() };
    assert!(TargetStarter::of(&running, &setting()).is_none());
}
