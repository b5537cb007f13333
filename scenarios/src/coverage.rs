//! Which requirement is checked by what.

use indexmap::IndexMap;

use crate::{catalog::Catalog, model::Standing, words::is_executed};

/// Every requirement with its checks, or with the reason why it has none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Coverage {
    /// One entry for each requirement, in the order of the files.
    pub entries: Vec<Entry>,
    /// Requirements that have neither a check nor a reason; must be empty.
    pub silent: Vec<String>,
    /// Counts by source (`RFC 6749`), in the order of the files.
    pub sources: IndexMap<String, Counts>,
    /// Counts of all.
    pub total: Counts,
    /// What the checks stand in.
    pub means: Means,
}

/// How many cases, vectors, laws, rules and points there are that this version runs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Means {
    /// Cases with steps.
    pub cases: usize,
    /// Vectors.
    pub vectors: usize,
    /// Laws.
    pub laws: usize,
    /// Rules of the adapter protocol.
    pub rules: usize,
    /// Points of a library's dialect.
    pub points: usize,
}

impl Means {
    fn of(catalog: &Catalog) -> Self {
        let mut means = Self::default();
        for loaded in catalog.cases.values().filter(|loaded| is_executed(&loaded.case)) {
            match &loaded.case {
                case if case.vector.is_some() => means.vectors += 1,
                case if case.law.is_some() => means.laws += 1,
                case if case.protocol.is_some() => means.rules += 1,
                case if case.dialect.is_some() => means.points += 1,
                _ => means.cases += 1,
            }
        }
        means
    }
}

/// One requirement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The id of the requirement.
    pub requirement: String,
    /// The document that it stands in.
    pub source: String,
    /// How it is covered.
    pub cover: Cover,
}

/// How a requirement is covered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cover {
    /// By these checks (`case#check`).
    Checked(Vec<String>),
    /// A check will come, when this is there.
    Planned(String),
    /// There will be none, for this reason.
    Excluded(String),
    /// Nobody said: a mistake.
    Silent,
}

/// How many requirements are covered how.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// With checks.
    pub checked: usize,
    /// With a check to come.
    pub planned: usize,
    /// Without a check, for a reason.
    pub excluded: usize,
    /// Without either.
    pub silent: usize,
}

impl Counts {
    /// All of them.
    pub fn total(self) -> usize {
        self.checked + self.planned + self.excluded + self.silent
    }

    fn add(&mut self, cover: &Cover) {
        match cover {
            Cover::Checked(_) => self.checked += 1,
            Cover::Planned(_) => self.planned += 1,
            Cover::Excluded(_) => self.excluded += 1,
            Cover::Silent => self.silent += 1,
        }
    }
}

/// Looks at every requirement of a catalogue.
pub fn coverage(catalog: &Catalog) -> Coverage {
    let named = checks_by_requirement(catalog);
    let mut coverage = Coverage { means: Means::of(catalog), ..Coverage::default() };
    for (id, requirement) in &catalog.requirements {
        let reason = requirement.reason.clone().filter(|reason| !reason.trim().is_empty());
        let cover = match (named.get(id.as_str()), requirement.standing, reason) {
            (Some(checks), ..) => Cover::Checked(checks.clone()),
            (None, Standing::Planned, Some(reason)) => Cover::Planned(reason),
            (None, Standing::Excluded, Some(reason)) => Cover::Excluded(reason),
            _ => Cover::Silent,
        };
        if cover == Cover::Silent {
            coverage.silent.push(id.clone());
        }
        coverage.sources.entry(requirement.source.clone()).or_default().add(&cover);
        coverage.total.add(&cover);
        coverage.entries.push(Entry { requirement: id.clone(), source: requirement.source.clone(), cover });
    }
    coverage
}

/// The checks (`case#check`) that name each requirement, by themselves or in a row of their table. A case that this version does not
/// run checks nothing yet.
pub(crate) fn checks_by_requirement(catalog: &Catalog) -> IndexMap<&str, Vec<String>> {
    let mut named: IndexMap<&str, Vec<String>> = IndexMap::new();
    for (id, loaded) in catalog.cases.iter().filter(|(_, loaded)| is_executed(&loaded.case)) {
        for check in &loaded.case.checks {
            let full = format!("{id}#{}", check.id);
            let rows = check.outcomes.iter().filter_map(|row| row.requirement.as_ref());
            for requirement in check.requirement.iter().chain(rows) {
                let checks = named.entry(requirement.as_str()).or_default();
                if checks.last() != Some(&full) {
                    checks.push(full.clone());
                }
            }
        }
    }
    named
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::from_texts;

    fn requirement(id: &str, rest: &str) -> String {
        format!(
            "[[requirement]]\nid = '{id}'\nsource = 'RFC 6749'\nsection = '6'\nlevel = 'MUST'\nrole = 'authorization-server'\nsummary = 'S.'\ntestable = 'black-box'\nhow = 'H.'\nseverity = 'security'\nbasis = 'explicit'\n{rest}\n"
        )
    }

    #[test]
    fn every_requirement_is_checked_or_has_a_reason_or_is_silent() {
        let requirements = [
            requirement("A", "standing = 'checked'"),
            requirement("B", "standing = 'planned'\nreason = 'Waits.'"),
            requirement("C", "standing = 'excluded'\nreason = 'Cannot.'"),
            requirement("D", "standing = 'checked'"),
        ]
        .concat();
        let case = |subject: &str, requirement: &str| {
            format!(
                "id = '{subject}/a/b'\ntitle = 'T'\nsubject = '{subject}'\nimpact = 'leak'\n[[check]]\nid = 'x'\nrequirement = '{requirement}'\nwitness = 'go.decided'\n"
            )
        };
        let (catalog, errors) = from_texts(&[
            ("requirements/a.toml", &requirements),
            ("cases/server/a/b.toml", &case("server", "A")),
            ("cases/library/a/b.toml", &case("library", "B")),
        ]);
        assert_eq!(errors, []);
        let coverage = coverage(&catalog);
        assert_eq!(coverage.entries[0].cover, Cover::Checked(vec!["server/a/b#x".into()]));
        assert_eq!(
            coverage.entries[1].cover,
            Cover::Planned("Waits.".into()),
            "a library case that is neither a law nor a vector is not run"
        );
        assert_eq!(coverage.entries[2].cover, Cover::Excluded("Cannot.".into()));
        assert_eq!(coverage.silent, ["D"]);
        assert_eq!(coverage.sources["RFC 6749"], Counts { checked: 1, planned: 1, excluded: 1, silent: 1 });
    }
}
