use std::{
    io::{BufRead as _, BufReader},
    process::Stdio,
};

use insta::assert_snapshot;

use crate::support::{command, shown};

#[test]
fn a_mistyped_command_gets_the_nearest_one() {
    assert_snapshot!(shown(&["lisst"]));
}

#[test]
fn a_mistyped_flag_gets_the_nearest_one() {
    assert_snapshot!(shown(&["list", "--fromat", "json"]));
}

#[test]
fn a_pipe_that_is_closed_early_is_no_error() {
    let mut child = command(std::env::temp_dir().as_path(), &["list", "--format", "json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut first = String::new();
    BufReader::with_capacity(1, child.stdout.take().unwrap()).read_line(&mut first).unwrap();
    assert_eq!(first, "[\n");
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), String::from_utf8(output.stderr).unwrap()), (Some(0), String::new()));
}

#[test]
#[cfg(target_os = "linux")]
fn output_that_is_lost_to_a_full_disk_is_an_error() {
    let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
    let output = command(std::env::temp_dir().as_path(), &["list"]).stdout(full).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert_snapshot!(String::from_utf8(output.stderr).unwrap(), @r"
    error: the output could not be written: No space left on device (os error 28)
    help: check the space and the rights where it goes
    ");
}
