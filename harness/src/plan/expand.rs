//! From cases to instances: one for each row and each combination of axes.

use std::collections::BTreeMap;

use scopecheck_scenarios::{catalog::LoadedCase, model::Row};

/// A case under its axes and one row.
#[derive(Debug, Clone)]
pub struct Instance<'a> {
    /// `case@axis=value,...`, axes sorted by name.
    pub id: String,
    /// The case.
    pub loaded: &'a LoadedCase,
    /// Axes and row, sorted by name.
    pub variant: BTreeMap<String, String>,
    /// The row.
    pub row: Option<&'a Row>,
}

/// Which rows and axes of a case are wanted: everything, or the one that a script plays.
#[derive(Debug, Clone, Default)]
pub struct RowChoice {
    /// Only this row.
    pub row: Option<String>,
    /// Only these values of axes.
    pub axes: BTreeMap<String, String>,
}

/// The instances of a case.
pub fn expand<'a>(loaded: &'a LoadedCase, choice: &RowChoice) -> Vec<Instance<'a>> {
    let case = &loaded.case;
    let mut variants: Vec<BTreeMap<String, String>> = vec![BTreeMap::new()];
    for (axis, values) in &case.axes {
        let wanted: Vec<&str> = values
            .iter()
            .map(|word| word.as_str())
            .filter(|value| choice.axes.get(axis).is_none_or(|only| only == value))
            .collect();
        variants = variants
            .iter()
            .flat_map(|variant| {
                wanted.iter().map(move |value| {
                    let mut variant = variant.clone();
                    variant.insert(axis.clone(), (*value).to_owned());
                    variant
                })
            })
            .collect();
    }
    let rows: Vec<Option<&Row>> = if case.rows.is_empty() {
        vec![None]
    } else {
        case.rows
            .iter()
            .filter(|row| choice.row.as_ref().is_none_or(|only| *only == row.id.value))
            .map(Some)
            .collect()
    };
    variants
        .into_iter()
        .flat_map(|variant| {
            rows.iter().map(move |row| {
                let mut variant = variant.clone();
                if let Some(row) = row {
                    variant.insert("row".to_owned(), row.id.value.clone());
                }
                Instance { id: full_id(&case.id.value, &variant), loaded, variant, row: *row }
            })
        })
        .collect()
}

fn full_id(case: &str, variant: &BTreeMap<String, String>) -> String {
    if variant.is_empty() {
        return case.to_owned();
    }
    let axes: Vec<String> = variant.iter().map(|(axis, value)| format!("{axis}={value}")).collect();
    format!("{case}@{}", axes.join(","))
}
