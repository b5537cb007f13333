//! The crate as its users see it: what is written, what is read back, and what people read.

#[cfg(test)]
mod fixtures;
#[cfg(test)]
mod formats;
#[cfg(test)]
mod hostile;
#[cfg(test)]
mod junit;
#[cfg(test)]
mod log;
#[cfg(test)]
mod results_json;
#[cfg(test)]
mod scale;
#[cfg(test)]
mod schemas;
#[cfg(test)]
mod terminal;
