//! Many results. (How fast and in how much memory is measured elsewhere.)

use scopecheck_reports::{Format, Grade, Results, json};

use crate::fixtures::{case, failing, run, unexercised};

fn ten_thousand() -> Results {
    let cases = (0..10_000)
        .map(|n| {
            let id = format!("server/area-{:02}/case-{n:05}", n % 40);
            match n % 5 {
                0 => failing(&id),
                1 => unexercised(&id, Grade::Blocked, &format!("reason {}", n % 7)),
                2 => case(&id, Grade::Warn),
                3 => unexercised(&id, Grade::NotApplicable, "needs grant.device"),
                _ => case(&id, Grade::Pass),
            }
        })
        .collect();
    run(cases, 1, "broken")
}

#[test]
fn ten_thousand_results_go_through_every_format() {
    let results = ten_thousand();
    let text = Format::Terminal.render(&results).unwrap();
    assert_eq!(text.matches("    rerun ").count(), 2_000);
    let document = Format::Junit.render(&results).unwrap();
    assert_eq!(
        roxmltree::Document::parse(&document).unwrap().root_element().attribute("tests"),
        Some("10000")
    );
    let read = json::read(Format::Json.render(&results).unwrap().as_bytes()).unwrap();
    assert_eq!(read.cases.len(), 10_000);
    assert_eq!(read.counts(), results.counts());
}
