//! `extends`: one table over another of the same file.

use indexmap::IndexMap;
use scopecheck_scenarios::nearest::did_you_mean;

use super::super::{file::TargetFile, mistake::Mistake, raw::Layer};

/// The table with everything that it extends beneath it.
pub(super) fn merged<T: Layer>(
    tables: &IndexMap<String, T>,
    kind: &str,
    file: &TargetFile,
    table: &str,
) -> Result<T, Mistake> {
    let mut merged = tables.get(table).cloned().unwrap_or_default();
    let mut seen = vec![table.to_owned()];
    while let Some(base) = merged.base() {
        let at = |message: String| Mistake::at(&file.source, base.span.clone(), message);
        if seen.contains(&base.value) {
            let chain = seen.iter().chain([&base.value]).map(|name| format!("`{name}`")).collect::<Vec<_>>();
            return Err(at(format!("this table extends itself: {}", chain.join(" -> ")))
                .help("let one of them stand alone"));
        }
        let Some(under) = tables.get(&base.value) else {
            let names = tables.keys().map(String::as_str).filter(|name| *name != table);
            let listed = names.clone().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
            return Err(at(format!("there is no table `{kind}.{base}` to extend")).help(
                did_you_mean(&base.value, names)
                    .unwrap_or_else(|| format!("the other {kind} tables here: {listed}")),
            ));
        };
        seen.push(base.value.clone());
        merged = merged.over(under.clone());
    }
    Ok(merged)
}
