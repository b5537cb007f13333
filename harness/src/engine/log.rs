//! What the server of a case has logged: one JSON object a line on its standard error.

use scopecheck_scenarios::model::{Records, Word};
use serde_json::{Map, Value};

use super::{anew::State, session::Session};
use crate::judge::{Answer, Event, Missed, Outcome};

impl Session<'_> {
    /// Reads the records that a step looks for.
    pub(super) async fn log(&mut self, wanted: &Records) -> Result<Answer, Missed> {
        let Some(State::Up(launched, _)) = self.anew.map(|anew| &anew.state) else {
            return Err(Missed::blocked("the server was not started by this case"));
        };
        let mentions = wanted.mentions.as_ref().map(|text| self.sent(Some(text))).transpose()?;
        let mentions = mentions.map(|sent| sent.text().to_lowercase()).unwrap_or_default();
        let level = wanted.level.as_ref().map(Word::as_str);
        let log = launched.log().await?;
        let (mut found, mut unreadable, mut any) = (Vec::new(), None, false);
        for line in log.lines() {
            match serde_json::from_str(line) {
                Ok(Value::Object(record)) => {
                    any = true;
                    if is_level(&record, level) && holds(&Value::Object(record.clone()), &mentions) {
                        found.push((line, record));
                    }
                }
                // What is no record has no level, and holds a token all the same.
                _ if level.is_none() && !mentions.is_empty() && line.to_lowercase().contains(&mentions) => {
                    unreadable = unreadable.or(Some(line));
                }
                _ => {}
            }
        }
        let shown: Vec<&str> = found.iter().map(|(line, _)| *line).chain(unreadable).collect();
        let exchange = self.recorder.len();
        let how = match found.len() {
            1 => "1 record found".to_owned(),
            count => format!("{count} records found"),
        };
        self.recorder.record_run(
            &self.step,
            "the log of the server",
            &shown.join("\n"),
            &how,
            self.clock.elapsed_ms(),
            0,
        );
        let mut fields = Map::new();
        let mut records = found.into_iter().map(|(_, record)| Value::Object(record));
        for name in ["first", "second"] {
            fields.extend(records.next().map(|record| (name.to_owned(), record)));
        }
        fields.extend(unreadable.map(|line| ("unreadable".to_owned(), Value::from(line))));
        fields.extend(shown.first().map(|line| ("line".to_owned(), Value::from(*line))));
        let event = |name| Event { name, exchange: Some(exchange), detail: how.clone() };
        // A log of another form cannot be judged, whatever stands in it.
        let found = any && !shown.is_empty();
        let events = any.then(|| event("logged")).into_iter().chain(found.then(|| event("found")));
        let events = events.collect();
        Ok(Answer::plain("log", Outcome::Accepted, events, fields))
    }
}

fn is_level(record: &Map<String, Value>, wanted: Option<&str>) -> bool {
    let level = record.get("level").and_then(Value::as_str).unwrap_or_default();
    wanted.is_none_or(|wanted| wanted.eq_ignore_ascii_case(level))
}

/// Whether a name or a value holds the text, which is in small letters.
fn holds(value: &Value, text: &str) -> bool {
    let has = |found: &str| found.to_lowercase().contains(text);
    match value {
        Value::String(found) => has(found),
        Value::Array(items) => items.iter().any(|item| holds(item, text)),
        Value::Object(members) => members.iter().any(|(name, value)| has(name) || holds(value, text)),
        other => has(&other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_is_found_by_its_level_and_by_what_it_mentions() {
        let record = serde_json::json!({"level": "INFO", "msg": "Baseline", "scopes": ["a", {"b": 7}]});
        let Value::Object(members) = &record else { unreachable!() };
        assert!(
            is_level(members, Some("info")) && is_level(members, None) && !is_level(members, Some("WARN"))
        );
        for text in ["", "baseline", "scopes", "7", "b"] {
            assert!(holds(&record, text), "{text}");
        }
        assert!(!holds(&record, "c d"));
    }
}
