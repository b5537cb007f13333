//! The commands, one module each.

pub(crate) mod adapter;
mod by_hand;
pub(crate) mod case;
mod case_json;
pub(crate) mod client;
pub(crate) mod coverage;
pub(crate) mod embedded;
pub(crate) mod embedded_client;
pub(crate) mod embedded_library;
pub(crate) mod embedded_resource;
pub(crate) mod embedded_server;
pub(crate) mod explain;
pub(crate) mod library;
pub(crate) mod list;
pub(crate) mod plan;
pub(crate) mod reference;
pub(crate) mod replay;
pub(crate) mod report;
pub(crate) mod resource;
pub(crate) mod select;
pub(crate) mod selftest;
pub(crate) mod serve;
pub(crate) mod server;
pub(crate) mod write;
