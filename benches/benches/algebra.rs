//! Parse, serialize, union and covers at 5, 50, 1,000 and 100,000 scopes, beside the peers that have the same operation,
//! and the readers of claims and challenges, which have none here.
#![allow(missing_docs, reason = "the macros of criterion write public items")]

use std::hint::black_box;
use std::time::Duration;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use scopecheck_benches::{half_shared, naive_union, naive_union_owned, oxide_auth_parse, scopes};
use scopecheck_reference::challenge::read_bearer;
use scopecheck_reference::claims::{Members, read_claims};
use scopecheck_reference::scope::{ScopeSet, distinct_scopes, missing_scopes, union_scopes};

const SIZES: [usize; 4] = [5, 50, 1_000, 100_000];

/// The quadratic peer is not measured where one call takes minutes.
const NAIVE: usize = 1_000;

fn parse(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("parse");
    for size in SIZES {
        let text = scopes(size).join(" ");
        group.throughput(Throughput::Elements(size as u64));
        group.bench_with_input(BenchmarkId::new("reference", size), &text, |bencher, text| {
            bencher.iter(|| ScopeSet::parse(black_box(text)));
        });
        group.bench_with_input(BenchmarkId::new("oxide-auth", size), &text, |bencher, text| {
            bencher.iter(|| oxide_auth_parse(black_box(text)));
        });
    }
    group.finish();
}

fn serialize(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("serialize");
    for size in SIZES {
        let text = scopes(size).join(" ");
        group.throughput(Throughput::Elements(size as u64));
        if let Ok(set) = ScopeSet::parse(&text) {
            group.bench_with_input(BenchmarkId::new("reference", size), &set, |bencher, set| {
                bencher.iter(|| black_box(set).to_string());
            });
        }
        if let Some(scope) = oxide_auth_parse(&text) {
            group.bench_with_input(BenchmarkId::new("oxide-auth", size), &scope, |bencher, scope| {
                bencher.iter(|| black_box(scope).to_string());
            });
        }
    }
    group.finish();
}

/// Both borrow what they join, so that the search is measured and not the copying.
fn union(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("union");
    for size in SIZES {
        let lists = (scopes(size), half_shared(size));
        group.throughput(Throughput::Elements(2 * size as u64));
        group.bench_with_input(BenchmarkId::new("reference", size), &lists, |bencher, (first, second)| {
            bencher.iter(|| distinct_scopes(&[black_box(first), black_box(second)]));
        });
        if size <= NAIVE {
            group.bench_with_input(BenchmarkId::new("naive", size), &lists, |bencher, (first, second)| {
                bencher.iter(|| naive_union(black_box(first), black_box(second)));
            });
        }
    }
    group.finish();
}

/// Both copy every scope of the union.
fn union_owned(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("union-owned");
    for size in SIZES {
        let lists = (scopes(size), half_shared(size));
        group.throughput(Throughput::Elements(2 * size as u64));
        group.bench_with_input(BenchmarkId::new("reference", size), &lists, |bencher, (first, second)| {
            bencher.iter(|| union_scopes(black_box(first), black_box(second)));
        });
        if size <= NAIVE {
            group.bench_with_input(BenchmarkId::new("naive", size), &lists, |bencher, (first, second)| {
                bencher.iter(|| naive_union_owned(black_box(first), black_box(second)));
            });
        }
    }
    group.finish();
}

fn covers(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("covers");
    for size in SIZES {
        let lists = (scopes(size), half_shared(size));
        group.throughput(Throughput::Elements(2 * size as u64));
        group.bench_with_input(BenchmarkId::new("reference", size), &lists, |bencher, (held, asked)| {
            bencher.iter(|| missing_scopes(black_box(held), black_box(asked)));
        });
    }
    group.finish();
}

/// From the text of a payload to the scopes that it states.
fn claims(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("claims");
    for size in SIZES {
        let payload = format!("{{\"sub\":\"u\",\"scope\":\"{}\"}}", scopes(size).join(" "));
        group.throughput(Throughput::Elements(size as u64));
        group.bench_with_input(BenchmarkId::new("reference", size), &payload, |bencher, payload| {
            bencher.iter(|| Members::read(black_box(payload)).map(|members| read_claims(&members)));
        });
    }
    group.finish();
}

fn challenge(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("challenge");
    for size in SIZES {
        let scope = scopes(size).join(" ");
        let header = format!("Basic realm=\"a, b\", Bearer error=\"insufficient_scope\", scope=\"{scope}\"");
        group.throughput(Throughput::Elements(size as u64));
        group.bench_with_input(BenchmarkId::new("reference", size), &header, |bencher, header| {
            bencher.iter(|| read_bearer(black_box(header)));
        });
    }
    group.finish();
}

criterion_group! {
    name = algebra;
    config = Criterion::default()
        .sample_size(20)
        .warm_up_time(Duration::from_millis(300))
        .measurement_time(Duration::from_secs(1));
    targets = parse, serialize, union, union_owned, covers, claims, challenge
}
criterion_main!(algebra);
