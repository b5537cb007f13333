//! The file store under bad conditions.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use scopecheck_reference::client::{ClientConfig, Drawer, FileStore, StoreKey, TokenStore};
use tempfile::TempDir;

use crate::double::Rules;
use crate::support::World;

fn key() -> StoreKey {
    StoreKey::new(Drawer::Credentials, "provider", "dev").unwrap()
}

/// A store with one entry.
fn store() -> (TempDir, FileStore) {
    let folder = tempfile::tempdir().unwrap();
    let store = FileStore::new(folder.path().join("state"));
    replace(&store, "old");
    (folder, store)
}

fn replace(store: &FileStore, text: &str) {
    store.try_lock(&key()).unwrap().unwrap().replace(text).unwrap();
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[test]
fn only_the_owner_can_read_what_is_kept() {
    let (_folder, store) = store();
    let path = store.path(&key());
    assert_eq!(mode(&path), 0o600);
    for folder in path.ancestors().skip(1).take(2) {
        assert_eq!(mode(folder), 0o700, "{}", folder.display());
    }
    fs::set_permissions(path.parent().unwrap(), fs::Permissions::from_mode(0o755)).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
    replace(&store, "new");
    assert_eq!((mode(&path), mode(path.parent().unwrap())), (0o600, 0o700));
}

#[test]
fn what_is_kept_comes_back_and_can_be_removed() {
    let (_folder, store) = store();
    assert_eq!(store.read(&key()).unwrap().as_deref(), Some("old"));
    assert_eq!(store.keys(Drawer::Credentials).unwrap(), [key()]);
    assert!(store.keys(Drawer::Clients).unwrap().is_empty());
    store.try_lock(&key()).unwrap().unwrap().remove().unwrap();
    store.try_lock(&key()).unwrap().unwrap().remove().unwrap();
    assert_eq!(store.read(&key()).unwrap(), None);
}

#[test]
fn what_an_interrupted_write_has_left_is_in_nobodys_way() {
    let (_folder, store) = store();
    let beside = store.path(&key()).with_extension("new");
    fs::write(&beside, "{\"access_tok").unwrap();
    assert_eq!(store.read(&key()).unwrap().as_deref(), Some("old"));
    replace(&store, "new");
    assert_eq!(store.read(&key()).unwrap().as_deref(), Some("new"));
    assert!(!beside.exists());
}

#[test]
fn a_folder_that_cannot_be_written_leaves_what_is_there() {
    let (_folder, store) = store();
    let mut entry = store.try_lock(&key()).unwrap().unwrap();
    // A folder in the way stops a write for root, too, whom no mode stops.
    let beside = store.path(&key()).with_extension("new");
    fs::create_dir(&beside).unwrap();
    fs::write(beside.join("x"), "").unwrap();
    let error = entry.replace("new").unwrap_err().to_string();
    assert!(error.starts_with("cannot write ") && error.ends_with("nothing was changed"), "{error}");
    assert_eq!(store.read(&key()).unwrap().as_deref(), Some("old"));
}

#[test]
fn one_has_the_lock_and_the_others_wait() {
    let (_folder, store) = store();
    let held = store.try_lock(&key()).unwrap().unwrap();
    assert!(store.try_lock(&key()).unwrap().is_none());
    drop(held);
    assert!(store.try_lock(&key()).unwrap().is_some());
}

/// A process that is forked while a lock is held has it too until it executes its program.
#[test]
fn a_lock_that_is_dropped_is_free_though_a_fork_still_has_the_file() {
    let (_folder, store) = store();
    let done = Arc::new(AtomicBool::new(false));
    let forks = {
        let done = Arc::clone(&done);
        thread::spawn(move || {
            while !done.load(Ordering::Relaxed) {
                Command::new("true").status().unwrap();
            }
        })
    };
    for _ in 0..2000 {
        drop(store.try_lock(&key()).unwrap().unwrap());
    }
    done.store(true, Ordering::Relaxed);
    forks.join().unwrap();
}

#[test]
fn what_is_no_text_is_read_as_an_empty_one() {
    let (_folder, store) = store();
    let path = store.path(&key());
    fs::write(&path, [0xff, 0xfe]).unwrap();
    assert_eq!(store.read(&key()).unwrap().as_deref(), Some(""));
    fs::write(&path, vec![b'a'; 1024 * 1024 + 1]).unwrap();
    assert_eq!(store.read(&key()).unwrap().as_deref(), Some(""));
    fs::remove_file(&path).unwrap();
    fs::create_dir(&path).unwrap();
    assert_eq!(store.read(&key()).unwrap().as_deref(), Some(""));
}

/// The test that does the work of another process; alone it has nothing to do.
#[test]
fn the_work_of_another_process() {
    let Ok(folder) = std::env::var("STORE_OF_THE_TEST") else { return };
    let store = FileStore::new(folder);
    let text = format!("{:0>2000}", std::process::id());
    for _ in 0..200 {
        while let Ok(None) =
            store.try_lock(&key()).map(|entry| entry.map(|mut entry| entry.replace(&text).unwrap()))
        {}
        let read = store.read(&key()).unwrap().unwrap();
        assert_eq!(read.len(), 2000, "half a text was read");
    }
}

fn child(folder: &Path) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "store::the_work_of_another_process"]).env("STORE_OF_THE_TEST", folder);
    command
}

#[test]
fn two_processes_never_see_half_a_text() {
    let folder = tempfile::tempdir().unwrap();
    replace(&FileStore::new(folder.path()), &"0".repeat(2000));
    let children: Vec<_> =
        (0..2).map(|_| child(folder.path()).stdout(Stdio::null()).spawn().unwrap()).collect();
    for mut child in children {
        assert!(child.wait().unwrap().success());
    }
}

#[test]
fn a_disk_without_space_loses_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let store = FileStore::new(folder.path());
    replace(&store, "old");
    // No file may grow in the child: what a full disk does, for root as well.
    let program = std::env::current_exe().unwrap();
    let script = "trap '' XFSZ; ulimit -f 0; exec \"$0\" --exact store::the_work_of_another_process";
    let output = Command::new("bash")
        .args(["-c", script])
        .arg(program)
        .env("STORE_OF_THE_TEST", folder.path())
        .output()
        .unwrap();
    let said =
        String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success() && said.contains("Write {"), "{said}");
    assert_eq!(store.read(&key()).unwrap().as_deref(), Some("old"));
    assert!(!store.path(&key()).with_extension("new").exists());
}

#[tokio::test]
async fn records_that_cannot_be_read_heal_with_a_note() {
    for text in [
        "",
        "{",
        r#"{"access_token":"t","expires_at":1.5}"#,
        r#"{"access_token":"t","expires_at":1,"scopes":null}"#,
    ] {
        let folder = tempfile::tempdir().unwrap();
        let store = Arc::new(FileStore::new(folder.path()));
        let world = World::with_store(Rules::default(), ClientConfig::default(), store).await;
        world.write(text);
        assert_eq!(world.held().await, "nothing", "{text}");
        assert_eq!(world.text(), None, "{text}");
        let notes = world.provider.take_notes();
        assert!(notes.len() == 1 && notes[0].contains("was no record and has been removed"), "{notes:?}");
        assert_eq!(world.call("a").await, "done");
    }
}

#[tokio::test]
async fn records_of_earlier_versions_load() {
    let world = World::plain().await;
    let payload = "eyJzY29wZSI6ImEgYiJ9";
    world.write(&format!(r#"{{"access_token":"h.{payload}.s","expires_at":99999999999,"new":1}}"#));
    assert_eq!(world.held().await, "a (claimed), b (claimed)");
    world.write(r#"{"access_token":"opaque","expires_at":99999999999}"#);
    assert_eq!(world.held().await, "");
}
