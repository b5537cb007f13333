//! `--report FORMAT=PATH`.

use std::path::Path;

use scopecheck_reports::{Destination, Format, junit};

use crate::fixtures::everything;

fn message(text: &str) -> String {
    text.parse::<Destination>().unwrap_err().to_string()
}

#[test]
fn a_format_and_a_path() {
    let destination: Destination = "junit=out/a=b.xml".parse().unwrap();
    assert_eq!(destination.format, Format::Junit);
    assert_eq!(destination.path, Path::new("out/a=b.xml"));
    for format in Format::ALL {
        assert_eq!(format.name().parse(), Ok(format));
    }
}

#[test]
fn what_is_not_understood_names_what_would_be() {
    let messages = ["xml=out.xml", "junit", "junit=", "out.xml", "=out.xml"].map(message);
    insta::assert_snapshot!(messages.join(
        "
"
    ));
}

#[test]
fn every_format_renders() {
    for format in Format::ALL {
        let text = format.render(&everything()).unwrap();
        assert!(text.ends_with('\n'), "{format}");
    }
    assert_eq!(Format::Junit.render(&everything()).unwrap(), junit::render(&everything()).unwrap());
}
