//! The library under test, as Scopecheck sees it: four closures that call it and convert nothing.

use scopecheck::embed::{Check, Library, check, json};
use scopecheck_in_cargo_test::{missing, parse, serialize, union};

fn library() -> Library {
    Library::named("in-cargo-test", env!("CARGO_PKG_VERSION"))
        .declares("order", "kept")
        .declares("duplicates", "first")
        // The error of the library becomes a refusal of the input.
        .op("parse", |input| Ok(json!({ "scopes": parse(input.text("text")?)? })))
        .op("serialize", |input| Ok(json!({ "text": serialize(&input.list("scopes")?)? })))
        .op("union", |input| Ok(json!({ "scopes": union(&input.list("first")?, &input.list("second")?) })))
        .op("covers", |input| {
            let missing = missing(&input.list("granted")?, &input.list("required")?);
            Ok(json!({ "covered": missing.is_empty(), "missing": missing }))
        })
}

#[test]
fn it_keeps_what_it_offers() {
    check(&library()).assert_clean();
}

#[test]
fn its_union_keeps_the_laws_for_other_inputs_as_well() {
    Check::of(&library()).only(["union"]).cases(1_000).seed(2).run().assert_clean();
}
