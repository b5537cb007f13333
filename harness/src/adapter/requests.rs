//! What reaches the thread that owns the conversation.

use std::sync::mpsc::{Sender, SyncSender};

use scopecheck_scenarios::laws::Reply;

use super::lines::Line;
use crate::library::{Conduct, PlannedCall};

/// Something to deal with.
pub(super) enum Event {
    /// Calls to be made; the replies are sent back together, in the same order.
    Calls(Vec<PlannedCall>, Sender<Vec<Reply>>),
    /// A process said something. Those of a process that has been replaced are passed over by their number.
    Child(u32, ChildEvent),
    /// End the conversation, and say how it went.
    Finish(Sender<Conduct>),
    /// End at once.
    Abort,
}

/// What a process does.
pub(super) enum ChildEvent {
    /// It wrote lines; dropping the sender asks for more.
    Lines(Vec<Line>, SyncSender<()>),
    /// It closed its standard output.
    Closed,
}
