//! Following an authorization request to its end: redirects, cookies, pages that wait for a person.

use cookie_store::CookieStore;
use url::Url;

use super::session::{Received, Session};
use crate::{
    judge::Missed,
    subject::Login,
    wire::{Pair, Request, encode, login_form},
};

/// The longest chain of redirects and pages that is followed.
const HOPS: usize = 20;
/// The most forms that are filled in on the way.
const FORMS: usize = 8;

const NOBODY: &str = "the server shows a page, and nobody logs in here; describe the login in scopecheck.toml: `login = { mode = \"form\", fields = { ... } }`";
const REPEATED: &str = "the server answers each form with another one; are the names and values in `login.fields` those of its login page?";
const NO_FORM: &str = "the server shows a page without a form that is sent by POST";

/// Where an authorization request ended.
#[derive(Debug)]
pub(super) enum Landed {
    /// At the redirect URI of the request: its parameters.
    RedirectUri { location: String, parameters: Vec<(String, String)>, received: Received },
    /// At some other address, not followed because the step says so.
    Elsewhere { location: String, received: Received },
    /// On a page that waits for a person, and why nobody went on.
    Page(Received, &'static str),
    /// On an answer that goes nowhere.
    End(Received),
}

impl Session<'_> {
    /// Follows a request until it lands.
    pub(super) async fn walk(
        &mut self,
        start: String,
        redirect_uri: &str,
        follow: bool,
    ) -> Result<Landed, Missed> {
        let mut cookies = CookieStore::default();
        let mut request = Request::get(start);
        let mut forms = 0;
        for _ in 0..HOPS {
            let here = Url::parse(&request.url)
                .map_err(|error| Missed::blocked(format!("`{}` cannot be followed: {error}", request.url)))?;
            if let Some(header) = cookie_header(&cookies, &here) {
                request = request.header("cookie", header);
            }
            let received = self.send(request).await?;
            for cookie in received.reply.header_values("set-cookie") {
                // A cookie that a browser would refuse is refused here, too.
                let _refused = cookies.parse(cookie, &here);
            }
            match received.reply.status {
                300..=399 => {
                    let Some(location) = received.reply.header("location").map(str::to_owned) else {
                        return Ok(Landed::End(received));
                    };
                    let next = here.join(&location).map_or_else(|_| location.clone(), |url| url.to_string());
                    if let Some(parameters) = parameters_at(&next, redirect_uri) {
                        return Ok(Landed::RedirectUri { location, parameters, received });
                    }
                    if !follow {
                        return Ok(Landed::Elsewhere { location, received });
                    }
                    request = Request::get(next);
                }
                200..=299 if received.reply.is_html() => {
                    let Login::Form(fill) = &self.world.setup.login else {
                        return Ok(Landed::Page(received, NOBODY));
                    };
                    if forms == FORMS {
                        return Ok(Landed::Page(received, REPEATED));
                    }
                    let page = String::from_utf8_lossy(&received.reply.body).into_owned();
                    let Some(form) = login_form(&page, fill).filter(|_| follow) else {
                        return Ok(Landed::Page(received, NO_FORM));
                    };
                    forms += 1;
                    let action =
                        here.join(&form.action).map_or_else(|_| form.action.clone(), |url| url.to_string());
                    let pairs: Vec<Pair> = form
                        .fields
                        .iter()
                        .map(|(name, value)| Pair::new(name.as_str(), value.as_bytes()))
                        .collect();
                    request = Request::post(action, "application/x-www-form-urlencoded", encode(&pairs));
                }
                _ => return Ok(Landed::End(received)),
            }
        }
        Err(Missed::blocked(format!(
            "the authorization request was redirected more than {HOPS} times and never came back"
        )))
    }
}

fn cookie_header(cookies: &CookieStore, url: &Url) -> Option<String> {
    let pairs: Vec<String> =
        cookies.get_request_values(url).map(|(name, value)| format!("{name}={value}")).collect();
    (!pairs.is_empty()).then(|| pairs.join("; "))
}

/// The parameters of an address if it is the redirect URI. For the code flow they stand in the query (RFC 6749 sections 4.1.2 and 4.1.2.1); what
/// stands in the fragment a server-side client never sees.
fn parameters_at(address: &str, redirect_uri: &str) -> Option<Vec<(String, String)>> {
    let (address, target) = (Url::parse(address).ok()?, Url::parse(redirect_uri).ok()?);
    let same = address.scheme() == target.scheme()
        && address.host_str() == target.host_str()
        && address.port_or_known_default() == target.port_or_known_default()
        && address.path() == target.path();
    same.then(|| address.query_pairs().map(|(name, value)| (name.into_owned(), value.into_owned())).collect())
}

#[cfg(test)]
mod tests {
    use super::parameters_at;

    #[test]
    fn the_redirect_uri_is_known_by_its_origin_and_path() {
        let cb = "https://client.example/cb?x=1";
        let found = parameters_at("https://client.example/cb?x=1&code=c#state=s", cb).unwrap();
        assert_eq!(found.len(), 2);
        assert!(parameters_at("https://client.example/cb2?code=c", cb).is_none());
        assert!(parameters_at("https://client.example.evil/cb?code=c", cb).is_none());
        assert!(parameters_at("/relative", cb).is_none());
    }
}
