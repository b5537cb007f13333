//! An observed behaviour that the configuration pins becomes a check.

use insta::assert_snapshot;

use crate::{
    double::Double,
    plain::{Manners, Plain},
    support::{Room, settings},
};

fn pinned(check: &str, behaviour: &str) -> String {
    let plain = Plain::new(Manners::default());
    let server = Double::start(move |seen| plain.answer(seen));
    let room = Room::new();
    room.write(
        "scopecheck.toml",
        &format!(
            "[target.mine.server.default]\nissuer = \"{}\"\npin = {{ \"{check}\" = \"{behaviour}\" }}\n",
            server.origin
        ),
    );
    let said = room.run(&[
        "server",
        "--target",
        "mine",
        "--filter",
        "id(server/authorize/unknown-scope@row=beside-a-known-one)",
    ]);
    room.shown(&said, &server.origin)
}

#[test]
fn the_pinned_behaviour_passes_and_another_fails() {
    settings().bind(|| {
        assert_snapshot!(pinned("server/authorize/unknown-scope#ignored-or-refused", "refused"));
        assert_snapshot!(pinned("server/authorize/unknown-scope#ignored-or-refused", "ignored"));
    });
}

#[test]
fn a_pin_that_can_never_hold_is_a_mistake_of_configuration() {
    settings().bind(|| {
        assert_snapshot!(pinned("server/authorize/unknown-scope#ignored-or-refusd", "refused"));
        assert_snapshot!(pinned("server/authorize/unknown-scope#ignored-or-refused", "refusd"));
    });
}
