//! Whether those who are left in a process group are dead already.
//!
//! A process whose parent has ended is waited for by the first process of the system. In many containers that one waits late or
//! never, and until then a signal still seems to reach the dead.

use nix::unistd::Pid;

/// Whether the group has members, and every one of them has ended. Where the system does not tell, the answer is no.
pub(super) fn all_dead(group: Pid) -> bool {
    let Ok(processes) = std::fs::read_dir("/proc") else { return false };
    let group = group.to_string();
    let mut members = processes
        .filter_map(Result::ok)
        .filter_map(|process| std::fs::read_to_string(process.path().join("stat")).ok())
        .filter_map(|stat| member(&stat, &group))
        .peekable();
    members.peek().is_some() && members.all(|state| matches!(state, 'Z' | 'X'))
}

/// The state of a process, if it belongs to the group. The name in parentheses may hold anything, so fields are counted behind it.
fn member(stat: &str, group: &str) -> Option<char> {
    let (_, fields) = stat.rsplit_once(") ")?;
    let mut fields = fields.split(' ');
    let state = fields.next()?.chars().next()?;
    (fields.nth(1)? == group).then_some(state)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_member_is_known_by_its_group_whatever_its_name() {
        assert_eq!(member("7 (sh) Z 1 42 42 0 -1", "42"), Some('Z'));
        assert_eq!(member("7 (a) S 1 42) R 1 43 43 0", "43"), Some('R'));
        assert_eq!(member("7 (sh) S 42 7 7 0", "42"), None);
        assert_eq!(member("", "42"), None);
    }

    #[test]
    fn the_living_are_not_dead() {
        assert!(!all_dead(nix::unistd::getpgrp()));
        assert!(!all_dead(Pid::from_raw(i32::MAX)), "a group without members is no matter of this function");
    }
}
