//! Where the documents are looked for.

use url::Url;

/// `/.well-known/NAME` put before the path (RFC 9728 section 3.1, RFC 8414 section 3.1).
pub(super) fn inserted(url: &Url, name: &str) -> String {
    let path = url.path().trim_end_matches('/');
    format!("{}/.well-known/{name}{path}", url.origin().ascii_serialization())
}

/// `/.well-known/NAME` behind the path (OpenID Connect Discovery section 4).
pub(super) fn appended(url: &Url, name: &str) -> String {
    let path = url.path().trim_end_matches('/');
    format!("{}{path}/.well-known/{name}", url.origin().ascii_serialization())
}

/// The document of a resource: for its path, then for the whole origin.
pub(super) fn of_resource(resource: &Url) -> Vec<String> {
    const NAME: &str = "oauth-protected-resource";
    let mut places = vec![inserted(resource, NAME)];
    let root = format!("{}/.well-known/{NAME}", resource.origin().ascii_serialization());
    if !places.contains(&root) {
        places.push(root);
    }
    places
}

/// The document of an authorization server: that of OAuth, then that of OpenID Connect in both places.
pub(super) fn of_server(issuer: &Url) -> Vec<String> {
    let mut places = vec![inserted(issuer, "oauth-authorization-server")];
    for place in [inserted(issuer, "openid-configuration"), appended(issuer, "openid-configuration")] {
        if !places.contains(&place) {
            places.push(place);
        }
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        Url::parse(text).unwrap()
    }

    #[test]
    fn a_resource_with_a_path_is_looked_for_twice() {
        let places = of_resource(&url("http://127.0.0.1:1/mcp"));
        assert_eq!(
            places,
            [
                "http://127.0.0.1:1/.well-known/oauth-protected-resource/mcp",
                "http://127.0.0.1:1/.well-known/oauth-protected-resource",
            ]
        );
        assert_eq!(of_resource(&url("http://127.0.0.1:1")).len(), 1);
    }

    #[test]
    fn a_server_with_a_path_is_looked_for_three_times() {
        assert_eq!(
            of_server(&url("https://as.example/t")),
            [
                "https://as.example/.well-known/oauth-authorization-server/t",
                "https://as.example/.well-known/openid-configuration/t",
                "https://as.example/t/.well-known/openid-configuration",
            ]
        );
        assert_eq!(
            of_server(&url("https://as.example/")),
            [
                "https://as.example/.well-known/oauth-authorization-server",
                "https://as.example/.well-known/openid-configuration",
            ]
        );
    }
}
