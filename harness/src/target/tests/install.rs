//! Installed once, and again when what pins it changes.

use std::{fs, path::Path};

use super::super::{RunnerError, install::install};

fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(ToString::to_string).collect()
}

fn times(folder: &Path) -> usize {
    fs::read_to_string(folder.join("log")).unwrap_or_default().lines().count()
}

#[tokio::test]
async fn an_installation_is_skipped_while_the_lock_file_is_unchanged() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let command = words(&["sh", "-c", "echo installed >> log"]);
    fs::write(folder.join("package-lock.json"), "1").unwrap();
    install(&command, folder).await.unwrap();
    install(&command, folder).await.unwrap();
    assert_eq!(times(folder), 1);
    fs::write(folder.join("package-lock.json"), "2").unwrap();
    install(&command, folder).await.unwrap();
    assert_eq!(times(folder), 2);
    install(&words(&["sh", "-c", "echo otherwise >> log"]), folder).await.unwrap();
    assert_eq!(times(folder), 3, "another command is another installation");
}

#[tokio::test]
async fn without_a_lock_file_it_is_done_each_time() {
    let folder = tempfile::tempdir().unwrap();
    let command = words(&["sh", "-c", "echo installed >> log"]);
    install(&command, folder.path()).await.unwrap();
    install(&command, folder.path()).await.unwrap();
    assert_eq!(times(folder.path()), 2);
}

#[tokio::test]
async fn a_lock_file_that_the_installation_writes_counts() {
    let folder = tempfile::tempdir().unwrap();
    let command = words(&["sh", "-c", "echo installed >> log; echo made > package-lock.json"]);
    install(&command, folder.path()).await.unwrap();
    install(&command, folder.path()).await.unwrap();
    assert_eq!(times(folder.path()), 1);
}

#[tokio::test]
async fn two_runs_at_once_install_once() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("package-lock.json"), "1").unwrap();
    let command = words(&["sh", "-c", "sleep 0.2; echo installed >> log"]);
    let (first, second) = tokio::join!(install(&command, folder.path()), install(&command, folder.path()));
    first.unwrap();
    second.unwrap();
    assert_eq!(times(folder.path()), 1);
}

#[tokio::test]
async fn a_failed_installation_is_told_with_its_last_lines_and_tried_again() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("package-lock.json"), "1").unwrap();
    let command =
        words(&["sh", "-c", "echo fetching >> log; echo first; printf 'no \\033[31mnetwork' >&2; exit 7"]);
    let error = install(&command, folder.path()).await.unwrap_err();
    let text = error.to_string().replace(&folder.path().display().to_string(), "HERE");
    assert!(text.contains("first"), "{text}");
    insta::assert_snapshot!(text.replace("    first\n", ""), @r"
    the installation failed: exit status: 7
      command: sh -c echo fetching >> log; echo first; printf 'no \033[31mnetwork' >&2; exit 7
      folder: HERE
      its last lines:
        no \u{1b}[31mnetwork
    help: run the command by hand in that folder
    ");
    assert!(!error.is_configuration());
    let again = install(&command, folder.path()).await.unwrap_err();
    assert!(matches!(again, RunnerError::InstallFailed { .. }));
    assert_eq!(times(folder.path()), 2);
}

#[tokio::test]
async fn a_folder_that_cannot_be_written_is_told() {
    let error = install(&words(&["true"]), Path::new("/no/such/folder")).await.unwrap_err();
    insta::assert_snapshot!(error, @r"
    cannot use /no/such/folder/.installed.lock: No such file or directory (os error 2)
    help: the folder of a target with `install` has to be writable
    ");
}
