# The verbs of this repository. `just` alone lists them.

[private]
default:
    @just --list

# Format, lint and documentation, as CI demands them.
check:
    cargo fmt --all --check
    cargo clippy --workspace --all-targets -- -D warnings
    RUSTDOCFLAGS="-D warnings" cargo doc --workspace --no-deps

# Every test of every crate; needs no network and no other language.
test:
    cargo test

# Write every generated file and snapshot again; look at the difference before committing it.
gen:
    UPDATE_SCHEMAS=1 UPDATE_README=1 UPDATE_LOCK=1 UPDATE_SEEDS=1 INSTA_UPDATE=always cargo test

# Check the case files and that no requirement is silent.
lint-cases:
    cargo run --release -q -- case lint
    cargo run --release -q -- coverage

# Every fault of the reference implementation against every check.
selftest:
    cargo run --release -q -- selftest

# The reference client against the reference servers, on loopback: login, call, 403, step-up, call.
demo:
    bash reference-impl/demo.sh

# Every real system; the first run installs each into its own folder. Needs Node, Python, Go and Java with Maven.
targets:
    cargo run --release -q -- server --target oidc-provider
    cargo run --release -q -- server --target oidc-provider/jwt
    cargo run --release -q -- server --target toolhive
    cargo run --release -q -- server --target toolhive/baseline
    for name in mcp-typescript-v1 mcp-typescript-v1/union cli-engine cli-engine/pr18 cli-engine/pr18-terminal; do cargo run --release -q -- client --target $name || exit; done
    for name in oauthlib oauthlib/relaxed authlib mcp-typescript-v1 node-oauth2-server fosite fosite/hierarchic fosite/wildcard fosite/arguments toolhive oxide-auth rmcp nimbus; do cargo run --release -q -- library --target $name || exit; done

# Everything CI runs.
ci:
    bash .ci/run
