//! The stored findings of one subject, during a run.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::ErrorKind,
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};

use super::{
    FOLDER, Finding, FindingError, SCHEMA_VERSION, Sighting, Start, StoredCall, StoredInput, StoredSubject,
    file::{names, read, write},
    name::name,
    parts,
};
use crate::system::Clock;

/// How many stored inputs of a law are put before anything is generated.
const MOST_OF_A_LAW: usize = 100;
/// How many files are looked at.
const MOST: usize = 10_000;
/// How many findings may want the same name.
const NAMESAKES: usize = 100;

/// The stored findings of one subject. What goes wrong with a file is kept as a warning and ends nothing.
#[derive(Debug)]
pub struct FindingStore {
    folder: PathBuf,
    start: Start,
    clock: Clock,
    of_laws: Mutex<BTreeMap<String, Vec<StoredInput>>>,
    broken: Mutex<BTreeSet<String>>,
    fixed: Mutex<BTreeSet<String>>,
    warnings: Mutex<Vec<FindingError>>,
}

impl FindingStore {
    /// Reads what is stored of this subject in `.scopecheck/findings` below `home`, the folder that the run was started in.
    pub fn open(home: &Path, start: Start, clock: Clock) -> Self {
        let store = Self {
            folder: home.join(FOLDER),
            start,
            clock,
            of_laws: Mutex::default(),
            broken: Mutex::default(),
            fixed: Mutex::default(),
            warnings: Mutex::default(),
        };
        store.load();
        store
    }

    /// The stored inputs of a law, those that still broke it first.
    pub fn of_law(&self, law: &str) -> Vec<StoredInput> {
        self.of_laws.lock().unwrap_or_else(PoisonError::into_inner).get(law).cloned().unwrap_or_default()
    }

    /// Stores a counterexample that was found, once: where its input is stored, the file is brought up to date. Gives the name of the finding.
    pub fn found(&self, sighting: Sighting<'_>) -> Option<String> {
        let known = self.of_law(sighting.law).into_iter().find(|stored| stored.input == *sighting.input);
        if let Some(stored) = known {
            self.still_fails(&stored.name, sighting);
            return Some(stored.name);
        }
        let now = self.clock.now();
        let finding = self.seen(sighting, now.clone(), now);
        let name = self.create(&name(sighting.library, sighting.law, sighting.input), &finding)?;
        note(&self.broken, &name);
        let stored =
            StoredInput { name: name.clone(), input: finding.input, fickle: finding.fickle, fixed: false };
        let mut of_laws = self.of_laws.lock().unwrap_or_else(PoisonError::into_inner);
        of_laws.entry(finding.law).or_default().push(stored);
        Some(name)
    }

    /// Notes that a stored input breaks its law as before, or again.
    pub fn still_fails(&self, name: &str, sighting: Sighting<'_>) {
        note(&self.broken, name);
        self.change(name, |finding| {
            let fickle = finding.fickle || sighting.fickle;
            let (seed, cases) = (finding.seed, finding.cases);
            let first_seen = finding.first_seen.clone();
            *finding = Finding { fickle, seed, cases, ..self.seen(sighting, first_seen, self.clock.now()) };
        });
    }

    /// Notes that a stored input breaks its law no longer. The file stays, so that it is put again.
    pub fn no_longer_fails(&self, name: &str) {
        note(&self.fixed, name);
        self.change(name, |finding| finding.fixed = Some(self.clock.now()));
    }

    /// The findings that were stored, or seen to fail still, since this was opened; sorted.
    pub fn broken(&self) -> Vec<String> {
        noted(&self.broken)
    }

    /// The findings that were seen to fail no longer, since this was opened; sorted.
    pub fn fixed(&self) -> Vec<String> {
        noted(&self.fixed)
    }

    /// What went wrong so far, each once; whoever asks has to tell it.
    pub fn warnings(&self) -> Vec<FindingError> {
        std::mem::take(&mut *self.warnings.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn load(&self) {
        let mut names = match names(&self.folder) {
            Ok(names) => names,
            Err(source) => return self.warn(FindingError::Unlisted { folder: self.folder.clone(), source }),
        };
        self.bound(&mut names, MOST, "all laws");
        let mut of_laws: BTreeMap<String, Vec<StoredInput>> = BTreeMap::new();
        for name in names {
            match read(&self.path(&name)) {
                Ok(finding) if finding.subject.start == self.start => {
                    let fixed = finding.fixed.is_some();
                    let Finding { law, input, fickle, .. } = finding;
                    of_laws.entry(law).or_default().push(StoredInput { name, input, fickle, fixed });
                }
                Ok(_) => {}
                Err(error) => self.warn(error),
            }
        }
        for (law, stored) in &mut of_laws {
            stored.sort_by(|a, b| (a.fixed, &a.name).cmp(&(b.fixed, &b.name)));
            self.bound(stored, MOST_OF_A_LAW, &format!("the law `{law}`"));
        }
        *self.of_laws.lock().unwrap_or_else(PoisonError::into_inner) = of_laws;
    }

    fn bound<T>(&self, stored: &mut Vec<T>, most: usize, what: &str) {
        let more = stored.len().saturating_sub(most);
        if more > 0 {
            stored.truncate(most);
            let (folder, what) = (self.folder.clone(), what.to_owned());
            self.warn(FindingError::TooMany { folder, what, most, more });
        }
    }

    /// What is stored of a sighting.
    fn seen(&self, sighting: Sighting<'_>, first_seen: String, last_seen: String) -> Finding {
        Finding {
            schema_version: SCHEMA_VERSION.to_owned(),
            law: sighting.law.to_owned(),
            input: sighting.input.clone(),
            expected: parts::text(&sighting.broken.expected).0,
            got: parts::text(&sighting.broken.got).0,
            calls: sighting.calls.iter().map(|(call, reply)| StoredCall::new(call, reply)).collect(),
            fickle: sighting.fickle,
            seed: sighting.seed,
            cases: sighting.cases,
            subject: StoredSubject {
                name: parts::short(sighting.library),
                version: parts::short(sighting.version),
                language: sighting.language.map(parts::short),
                start: self.start.clone(),
            },
            suite: concat!("scopecheck ", env!("CARGO_PKG_VERSION")).to_owned(),
            first_seen,
            last_seen,
            fixed: None,
        }
    }

    /// Writes a new file. Another subject may call itself the same and break the law by the same input, so a name that is taken gets a number.
    fn create(&self, wanted: &str, finding: &Finding) -> Option<String> {
        let others = (2..=NAMESAKES).map(|number| format!("{wanted}-{number}"));
        let mut last = None;
        for name in std::iter::once(wanted.to_owned()).chain(others) {
            match write(&self.path(&name), finding, false) {
                Ok(()) => return Some(name),
                Err(source) => {
                    // A file where the folder should be exists as well.
                    let taken = source.kind() == ErrorKind::AlreadyExists && self.path(&name).exists();
                    if taken && self.is_same(&name, finding) {
                        return Some(name);
                    }
                    last = Some(FindingError::Unwritable { path: self.path(&name), source });
                    if !taken {
                        break;
                    }
                }
            }
        }
        if let Some(error) = last {
            self.warn(error);
        }
        None
    }

    /// Whether a file holds this very finding: another run may have just written it.
    fn is_same(&self, name: &str, finding: &Finding) -> bool {
        read(&self.path(name)).is_ok_and(|other| {
            other.law == finding.law
                && other.input == finding.input
                && other.subject.start == finding.subject.start
        })
    }

    fn change(&self, name: &str, change: impl FnOnce(&mut Finding)) {
        let path = self.path(name);
        let changed = read(&path).and_then(|mut finding| {
            change(&mut finding);
            write(&path, &finding, true).map_err(|source| FindingError::Unwritable { path, source })
        });
        if let Err(error) = changed {
            self.warn(error);
        }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.join(format!("{name}.json"))
    }

    fn warn(&self, warning: FindingError) {
        self.warnings.lock().unwrap_or_else(PoisonError::into_inner).push(warning);
    }
}

fn note(names: &Mutex<BTreeSet<String>>, name: &str) {
    names.lock().unwrap_or_else(PoisonError::into_inner).insert(name.to_owned());
}

fn noted(names: &Mutex<BTreeSet<String>>) -> Vec<String> {
    names.lock().unwrap_or_else(PoisonError::into_inner).iter().cloned().collect()
}
