//! The keys of a server table, one by one.

use std::{borrow::Cow, time::Duration};

use indexmap::IndexMap;
use scopecheck_scenarios::{
    error::SourceFile,
    model::Word,
    nearest::did_you_mean,
    vocabulary::{NEEDS, PROFILES, SETTINGS},
};
use toml::Spanned;

use super::{
    super::{
        Client, ClientAuth, ClientMode, Login, LoginMode, Scopes, SecretSource, Start, UnknownScope,
        mistake::Mistake,
        parse_duration,
        placeholder::{PLACEHOLDERS, fill},
        raw::{RawClientAuth, RawClientMode, RawLogin, RawLoginMode, RawRegistration, RawScopes, RawStart},
    },
    address,
    words::{known, scope_list, scope_token},
};

/// How long a target may take to become ready where the table does not say.
const PATIENCE: Duration = Duration::from_secs(20);

/// Checks the keys of a table against the file that they stand in.
#[derive(Clone, Copy)]
pub(super) struct Check<'a> {
    pub(super) source: &'a SourceFile,
}

impl Check<'_> {
    fn at(self, span: std::ops::Range<usize>, message: impl Into<String>) -> Mistake {
        Mistake::at(self.source, span, message)
    }

    pub(super) fn profiles(self, words: &[Word]) -> Result<Vec<String>, Mistake> {
        let profile = |word: &Word| {
            known(self.source, &word.value, word.span.clone(), PROFILES, "profile")
                .map(|()| word.value.clone())
        };
        words.iter().map(profile).collect()
    }

    /// Whether a command says what is to be run.
    pub(super) fn program(self, command: &Spanned<Vec<Word>>) -> Result<(), Mistake> {
        if command.get_ref().first().is_none_or(|program| program.value.is_empty()) {
            return Err(self
                .at(command.span(), "a command needs a program")
                .help("write the program and its arguments as an array: `[\"node\", \"server.mjs\"]`"));
        }
        Ok(())
    }

    pub(super) fn command(self, command: &Spanned<Vec<Word>>) -> Result<Vec<String>, Mistake> {
        self.program(command)?;
        command.get_ref().iter().map(|word| self.fillable(word, &PLACEHOLDERS)).collect()
    }

    fn fillable(self, word: &Word, known: &[&str]) -> Result<String, Mistake> {
        let any = |name: &str| known.contains(&name).then_some(Cow::Borrowed("1"));
        fill(&word.value, any)
            .map(|_| word.value.clone())
            .map_err(|error| address::placeholder(self.source, word, &error, known))
    }

    /// The settings: scopes each, none of them is as good as any number.
    pub(super) fn settings(
        self,
        raw: Option<&IndexMap<Spanned<String>, Word>>,
    ) -> Result<IndexMap<String, String>, Mistake> {
        let setting = |(name, word): (&Spanned<String>, &Word)| {
            if !SETTINGS.contains(&name.get_ref().as_str()) {
                let near = did_you_mean(name.get_ref(), SETTINGS.iter().copied());
                return Err(self
                    .at(name.span(), format!("`{}` is no setting", name.get_ref()))
                    .help(near.unwrap_or_else(|| format!("the settings are {}", SETTINGS.join(" and ")))));
            }
            let value = if word.value.is_empty() { String::new() } else { scope_list(self.source, word)? };
            Ok((name.get_ref().clone(), value))
        };
        raw.into_iter().flatten().map(setting).collect()
    }

    /// A setting that nothing names would be changed by a case and change nothing.
    pub(super) fn settings_are_named(
        self,
        raw: Option<&IndexMap<Spanned<String>, Word>>,
        start: Option<&Start>,
    ) -> Result<(), Mistake> {
        let Some(start) = start else { return Ok(()) };
        let named = |name: &str| {
            let placeholder = format!("{{{name}}}");
            start.command.iter().chain(start.env.values()).any(|text| text.contains(&placeholder))
        };
        match raw.into_iter().flatten().find(|(name, _)| !named(name.get_ref())) {
            None => Ok(()),
            Some((name, _)) => Err(self
                .at(name.span(), format!("the command in `start` does not name `{{{}}}`", name.get_ref()))
                .help("name it among the arguments or in `env`, or take the setting out")),
        }
    }

    pub(super) fn start(self, raw: &RawStart, settings: &IndexMap<String, String>) -> Result<Start, Mistake> {
        let known: Vec<&str> = PLACEHOLDERS.into_iter().chain(settings.keys().map(String::as_str)).collect();
        let timeout = match &raw.timeout {
            None => PATIENCE,
            Some(word) => {
                parse_duration(&word.value).map_err(|error| self.at(word.span.clone(), error.to_string()))?
            }
        };
        let ready = match &raw.ready {
            None => "/".to_owned(),
            Some(word) if word.value.starts_with('/') => word.value.clone(),
            Some(word) => {
                return Err(self
                    .at(word.span.clone(), "`ready` is a path that answers 200 once the target is ready")
                    .help("start it with `/`, as in `/.well-known/openid-configuration`"));
            }
        };
        let variable = |(name, word): (&String, &Word)| Ok((name.clone(), self.fillable(word, &known)?));
        let env = raw.env.iter().map(variable).collect::<Result<_, Mistake>>()?;
        self.program(&raw.command)?;
        let words = raw.command.get_ref().iter().map(|word| self.fillable(word, &known));
        Ok(Start { command: words.collect::<Result<_, _>>()?, env, ready, timeout })
    }

    pub(super) fn issuer(
        self,
        word: Option<&Word>,
        start: Option<&RawStart>,
    ) -> Result<Option<String>, Mistake> {
        match (word, start) {
            (None, None) => Ok(None),
            (None, Some(start)) => Err(self
                .at(start.command.span(), "a table with `start` needs an `issuer`")
                .help("add `issuer = \"http://127.0.0.1:{port}\"`")),
            (Some(word), start) => address::issuer(self.source, word, start.is_some()).map(Some),
        }
    }

    pub(super) fn scopes(self, raw: &RawScopes) -> Result<Scopes, Mistake> {
        let mut grantable: Vec<String> = Vec::with_capacity(raw.grantable.len());
        for word in &raw.grantable {
            let scope = scope_token(self.source, word)?;
            if grantable.contains(&scope) {
                return Err(self
                    .at(word.span.clone(), format!("`{scope}` is listed twice"))
                    .help("remove one of them"));
            }
            grantable.push(scope);
        }
        let forbidden = raw.forbidden.as_ref().map(|word| scope_token(self.source, word)).transpose()?;
        let mut refused = raw.forbidden.iter().chain(&raw.unknown);
        if let Some(word) = refused.find(|word| grantable.contains(&word.value)) {
            return Err(self
                .at(word.span.clone(), format!("`{word}` is grantable, so it cannot be refused"))
                .help("name a scope that is not in `grantable`, or leave the key out (cases that need it are then n/a)"));
        }
        let unknown = match &raw.unknown {
            None => UnknownScope::Auto,
            Some(word) if word.value == "auto" => UnknownScope::Auto,
            Some(word) => UnknownScope::Named(scope_token(self.source, word)?),
        };
        let default = raw.default.as_ref().map(|word| scope_list(self.source, word)).transpose()?;
        Ok(Scopes { grantable, forbidden, unknown, default })
    }

    pub(super) fn client(self, raw: &Spanned<RawRegistration>) -> Result<Client, Mistake> {
        let RawRegistration { mode, auth, scope, id, redirect_uri } = raw.get_ref();
        let mode = match mode {
            None | Some(RawClientMode::Dcr) => ClientMode::Dcr,
            Some(RawClientMode::Registered) => ClientMode::Registered,
            Some(RawClientMode::Cimd) => ClientMode::Cimd,
        };
        if mode == ClientMode::Registered && (id.is_none() || redirect_uri.is_none()) {
            return Err(self
                .at(raw.span(), "a registered client is known by its id and its redirect URI")
                .help("add `id = \"...\"` and `redirect-uri = \"...\"`, as they are registered"));
        }
        let auth = auth.iter().map(|auth| match auth {
            RawClientAuth::None => ClientAuth::None,
            RawClientAuth::ClientSecretBasic => ClientAuth::ClientSecretBasic,
            RawClientAuth::ClientSecretPost => ClientAuth::ClientSecretPost,
        });
        Ok(Client {
            mode,
            auth: auth.collect(),
            scope: scope.as_ref().map(|word| scope_list(self.source, word)).transpose()?,
            id: id.as_ref().map(|word| word.value.clone()),
            redirect_uri: redirect_uri.as_ref().map(|word| word.value.clone()),
        })
    }

    pub(super) fn login(
        self,
        raw: &Spanned<RawLogin>,
        secrets: &IndexMap<String, SecretSource>,
    ) -> Result<Login, Mistake> {
        let RawLogin { mode, fields, url, command } = raw.get_ref();
        let missing = |key: &str| self.at(raw.span(), format!("this login needs `{key}`"));
        let mode = match mode {
            RawLoginMode::Auto => LoginMode::Auto,
            RawLoginMode::Form if fields.is_empty() => {
                return Err(missing("fields")
                    .help("name the fields of the form: `fields = { login = \"u\", password = \"p\" }`"));
            }
            RawLoginMode::Form => LoginMode::Form,
            RawLoginMode::Json if url.is_none() => {
                return Err(missing("url").help("say where the fields are posted to: `url = \"/api/auth/\"`"));
            }
            RawLoginMode::Json => LoginMode::Json,
            RawLoginMode::Command if command.is_empty() => {
                return Err(missing("command").help("say what is run: `command = [\"./login.sh\"]`"));
            }
            RawLoginMode::Command => LoginMode::Command,
            RawLoginMode::Print => LoginMode::Print,
            RawLoginMode::Token => LoginMode::Token,
        };
        for word in fields.values() {
            let named = word.value.strip_prefix("{secrets.").and_then(|rest| rest.strip_suffix('}'));
            if let Some(name) = named.filter(|name| !secrets.contains_key(*name)) {
                return Err(self
                    .at(word.span.clone(), format!("there is no secret `{name}`"))
                    .help(format!("add `secrets = {{ {name} = {{ env = \"...\" }} }}`")));
            }
        }
        Ok(Login {
            mode,
            fields: fields.iter().map(|(name, word)| (name.clone(), word.value.clone())).collect(),
            url: url.as_ref().map(|word| word.value.clone()),
            command: command.iter().map(|word| word.value.clone()).collect(),
        })
    }

    pub(super) fn capabilities(
        self,
        raw: Option<&IndexMap<Spanned<String>, bool>>,
    ) -> Result<IndexMap<String, bool>, Mistake> {
        let capability = |(word, holds): (&Spanned<String>, &bool)| {
            known(self.source, word.get_ref(), word.span(), NEEDS, "capability")
                .map(|()| (word.get_ref().clone(), *holds))
        };
        raw.into_iter().flatten().map(capability).collect()
    }

    pub(super) fn secrets(
        self,
        raw: Option<&IndexMap<String, Spanned<toml::Value>>>,
    ) -> Result<IndexMap<String, SecretSource>, Mistake> {
        raw.into_iter().flatten().map(|(name, value)| Ok((name.clone(), self.secret(name, value)?))).collect()
    }

    fn secret(self, name: &str, value: &Spanned<toml::Value>) -> Result<SecretSource, Mistake> {
        let strings = |values: &[toml::Value]| {
            values.iter().map(|value| value.as_str().map(str::to_owned)).collect::<Option<Vec<_>>>()
        };
        let source = value.get_ref().as_table().filter(|table| table.len() == 1).and_then(|table| {
            let (key, value) = table.iter().next()?;
            match (key.as_str(), value) {
                ("env", toml::Value::String(variable)) => Some(SecretSource::Env(variable.clone())),
                ("file", toml::Value::String(path)) => Some(SecretSource::File(path.into())),
                ("command", toml::Value::Array(words)) if !words.is_empty() => {
                    strings(words).map(SecretSource::Command)
                }
                _ => None,
            }
        });
        source.ok_or_else(|| {
            self
                .at(value.span(), format!("`{name}` does not say where the secret comes from"))
                .help("write `{ env = \"VARIABLE\" }`, `{ file = \"path\" }` or `{ command = [\"program\", \"argument\"] }`; the secret itself never stands in this file")
                // What stands there may be the secret.
                .hidden()
        })
    }
}
