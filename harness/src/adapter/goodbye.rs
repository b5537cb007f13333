//! The end of a conversation.

use std::time::Instant;

use super::{
    child::ended,
    harm::ENDING,
    kinds::Kind,
    pump::Pump,
    record::last_words,
    requests::{ChildEvent, Event},
};
use crate::library::Conduct;

impl Pump {
    /// Says goodbye and waits for the end.
    pub(super) fn finish(&mut self) -> Conduct {
        if let Some(mut child) = self.child.take() {
            child.send(b"{\"bye\":{}}\n".to_vec());
            let until = Instant::now() + self.limits.call;
            let mut open = true;
            while open {
                match self.inbox.recv_timeout(until.saturating_duration_since(Instant::now())) {
                    Ok(Event::Child(number, ChildEvent::Lines(lines, _more))) if number == self.number => {
                        for line in lines {
                            self.line_of_a_call(&line);
                        }
                    }
                    Ok(Event::Child(number, ChildEvent::Closed)) if number == self.number => open = false,
                    Ok(_) => {}
                    Err(_) => break,
                }
            }
            child.close();
            let status = child.status_within(until.saturating_duration_since(Instant::now()).max(ENDING));
            let last = last_words(&child.last_lines());
            match status {
                Some(status) if status.success() => {}
                Some(status) => {
                    let what = format!("after `bye` the adapter ended with {}", ended(Some(status)));
                    self.record.breach(Kind::Status, "", what, last);
                }
                None => {
                    let what = format!(
                        "the adapter was still there {} s after `bye`",
                        self.limits.call.as_secs_f32()
                    );
                    self.record.breach(Kind::Stays, "", what, last);
                }
            }
        }
        self.record.conduct().clone()
    }
}
