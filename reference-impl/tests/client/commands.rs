//! The resolver of a command, and the injector.

use std::sync::{Arc, Mutex};

use scopecheck_reference::client::{
    BearerInjector, Credential, CredentialProvider, CredentialRequest, FixedToken, Pending, ProviderError,
    ResolveError, Resolver,
};
use scopecheck_reference::grant::Granted;
use scopecheck_reference::identity::Identity;

use crate::support::{World, list};

/// A provider that writes down what it is asked, and answers what it is told.
#[derive(Debug, Default)]
struct Recording {
    asked: Mutex<Vec<String>>,
    answers: Mutex<Vec<Result<(&'static str, &'static str), &'static str>>>,
}

impl Recording {
    fn answering(answers: &[Result<(&'static str, &'static str), &'static str>]) -> Arc<Self> {
        let answers = Mutex::new(answers.iter().rev().copied().collect());
        Arc::new(Self { asked: Mutex::default(), answers })
    }

    fn asked(&self) -> String {
        self.asked.lock().unwrap().join("; ")
    }

    fn answer(&self, asked: String) -> Result<Credential, ProviderError> {
        self.asked.lock().unwrap().push(asked);
        let answer = self.answers.lock().unwrap().pop().unwrap_or(Ok(("t", "u")));
        answer
            .map(|(token, subject)| credential(token, subject))
            .map_err(|why| ProviderError::Other(why.to_owned()))
    }
}

fn credential(token: &str, subject: &str) -> Credential {
    Credential {
        access_token: token.to_owned(),
        expires_at: 0,
        granted: Granted::default(),
        identity: Identity { name: String::new(), subject: subject.to_owned() },
        refreshable: false,
    }
}

impl CredentialProvider for Recording {
    fn get_credential<'a>(&'a self, _resource: &'a str) -> Pending<'a> {
        Box::pin(async { self.answer("unaware".to_owned()) })
    }

    fn get_credential_for<'a>(&'a self, request: &'a CredentialRequest) -> Pending<'a> {
        Box::pin(async { self.answer(request.scopes.list().join(" ")) })
    }
}

fn resolver(provider: &Arc<Recording>, declared: &str) -> Resolver<Arc<Recording>> {
    Resolver::new(Arc::clone(provider), "http://127.0.0.1:1", "list", Some(&list(declared)))
}

#[tokio::test]
async fn what_was_requested_is_requested_again_and_nothing_twice() {
    let provider = Recording::answering(&[]);
    let resolver = resolver(&provider, "base:read base:read");
    resolver.resolve().await.unwrap();
    resolver.resolve_with_scopes(&list("extra:write")).await.unwrap();
    resolver.resolve_with_scopes(&list("extra:write")).await.unwrap();
    resolver.resolve_with_scopes(&list("base:read")).await.unwrap();
    resolver.resolve_with_scopes(&list("y")).await.unwrap();
    assert_eq!(provider.asked(), "base:read; base:read extra:write; base:read extra:write y");
}

#[tokio::test]
async fn a_failure_leaves_everything_as_it_was() {
    let provider = Recording::answering(&[Ok(("one", "u")), Err("no"), Ok(("two", "other"))]);
    let resolver = resolver(&provider, "a");
    resolver.resolve().await.unwrap();
    let error = resolver.resolve_with_scopes(&list("b")).await.unwrap_err();
    assert!(error.is_auth_error());
    insta::assert_snapshot!(error, @"auth provider: no");
    let error = resolver.resolve_with_scopes(&list("b")).await.unwrap_err();
    assert!(matches!(error, ResolveError::Identity(_)) && !error.is_auth_error());
    assert_eq!(resolver.resolve().await.unwrap().access_token, "one");
    assert_eq!(provider.asked(), "a; a b; a b");
}

#[tokio::test]
async fn the_first_credential_is_the_one_that_is_peeked_at() {
    let provider = Recording::answering(&[Ok(("one", "u")), Ok(("two", "u"))]);
    let resolver = resolver(&provider, "");
    assert!(resolver.peek().is_none());
    resolver.resolve().await.unwrap();
    resolver.resolve_with_scopes(&list("b")).await.unwrap();
    assert_eq!(resolver.peek().unwrap().access_token, "one");
}

#[tokio::test]
async fn a_command_without_credential_asks_nobody() {
    let provider = Recording::answering(&[]);
    let resolver = Resolver::new(Arc::clone(&provider), "http://127.0.0.1:1", "version", None);
    assert!(resolver.try_resolve().await.unwrap().is_none());
    insta::assert_snapshot!(resolver.resolve().await.unwrap_err(), @"the command `version` is declared no_auth and has no credential; declare what it needs");
    assert_eq!(provider.asked(), "");
}

#[tokio::test]
async fn an_injector_asks_once_and_never_keeps_an_empty_token() {
    let provider = Recording::answering(&[Ok(("", "u")), Ok(("filled", "u")), Ok(("wide", "u"))]);
    let injector = BearerInjector::new(Arc::clone(&provider), "http://127.0.0.1:1");
    assert_eq!(injector.authorization().await.unwrap(), "Bearer ");
    assert_eq!(injector.clone().authorization().await.unwrap(), "Bearer filled");
    assert_eq!(injector.authorization().await.unwrap(), "Bearer filled");
    assert_eq!(provider.asked(), "unaware; unaware");
}

#[tokio::test]
async fn an_injector_picks_up_what_was_stepped_up_before() {
    let world = World::plain().await;
    world.log_in("a").await;
    let injector = BearerInjector::new(Arc::clone(&world.provider), &world.resource());
    let resolver = Resolver::new(Arc::clone(&world.provider), &world.resource(), "write", Some(&list("b")));
    let wide = resolver.resolve().await.unwrap();
    assert_eq!(wide.granted.names(), ["a", "b"]);
    assert_eq!(injector.authorization().await.unwrap(), format!("Bearer {}", wide.access_token));
}

#[tokio::test]
async fn a_fixed_token_is_given_whatever_is_needed() {
    let provider = FixedToken::new(credential("t", ""));
    let resolver = Resolver::new(provider, "http://127.0.0.1:1", "write", Some(&list("a")));
    assert_eq!(resolver.resolve_with_scopes(&list("b")).await.unwrap().access_token, "t");
}

#[tokio::test]
async fn no_debug_text_shows_a_token() {
    let world = World::plain().await;
    world.log_in("a").await;
    let status = world.provider.status(None).await.unwrap();
    let text = format!("{status:?} {:?} {:?} {:?}", world.provider, world.store, credential("access-9", "u"));
    assert!(!text.contains("access-") && !text.contains("refresh-"), "{text}");
}
