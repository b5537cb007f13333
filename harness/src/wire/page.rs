//! The first POST form of an HTML page: enough of a browser to log in and to consent.

use scraper::{Html, Selector};

/// A form as it would be submitted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoginForm {
    /// Where it goes; empty means the page itself.
    pub action: String,
    /// Names and values, in document order.
    pub fields: Vec<(String, String)>,
}

/// The first form with `method="post"`, its hidden and preset fields, and `fill` put where the names match. A submit button is pressed:
/// the first whose name or value does not speak of cancelling.
pub fn login_form(html: &str, fill: &[(String, String)]) -> Option<LoginForm> {
    let page = Html::parse_document(html);
    let forms = Selector::parse("form").ok()?;
    let controls = Selector::parse("input, button, select, textarea").ok()?;
    let form = page
        .select(&forms)
        .find(|form| form.attr("method").is_some_and(|method| method.eq_ignore_ascii_case("post")))?;
    let mut fields = Vec::new();
    let mut pressed = false;
    for control in form.select(&controls) {
        let kind = control.attr("type").unwrap_or(if control.value().name() == "button" {
            "submit"
        } else {
            "text"
        });
        let Some(name) = control.attr("name").filter(|name| !name.is_empty()) else { continue };
        if control.attr("disabled").is_some() {
            continue;
        }
        let preset = control.attr("value").unwrap_or_default().to_owned();
        let filled = fill.iter().find(|(field, _)| field == name).map(|(_, value)| value.clone());
        match kind.to_ascii_lowercase().as_str() {
            "submit" | "image" => {
                let words = format!("{name} {preset}").to_ascii_lowercase();
                let cancels =
                    ["cancel", "deny", "abort", "reject", "decline"].iter().any(|word| words.contains(word));
                if !pressed && !cancels {
                    pressed = true;
                    fields.push((name.to_owned(), filled.unwrap_or(preset)));
                }
            }
            "button" | "reset" | "file" => {}
            "checkbox" | "radio" => {
                if filled.is_some()
                    || control.attr("checked").is_some()
                    || kind.eq_ignore_ascii_case("checkbox")
                {
                    let value = if preset.is_empty() { "on".to_owned() } else { preset };
                    if !(kind.eq_ignore_ascii_case("radio") && fields.iter().any(|(field, _)| field == name))
                    {
                        fields.push((name.to_owned(), filled.unwrap_or(value)));
                    }
                }
            }
            _ => fields.push((name.to_owned(), filled.unwrap_or(preset))),
        }
    }
    Some(LoginForm { action: form.attr("action").unwrap_or_default().to_owned(), fields })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_post_form_is_filled_and_its_consenting_button_pressed() {
        let html = r#"<form method="get"><input name="q"></form>
            <form method="POST" action="/go"><input type="hidden" name="csrf" value="x1">
            <input name="login"><input type="password" name="password"><input type="checkbox" name="scope_a" value="a">
            <button name="cancel" value="no">Cancel</button><button name="allow" value="yes">OK</button></form>"#;
        let fill = [("login".to_owned(), "alice".to_owned()), ("password".to_owned(), "pw".to_owned())];
        let form = login_form(html, &fill).unwrap();
        assert_eq!(form.action, "/go");
        let fields: Vec<String> = form.fields.iter().map(|(name, value)| format!("{name}={value}")).collect();
        assert_eq!(fields, ["csrf=x1", "login=alice", "password=pw", "scope_a=a", "allow=yes"]);
    }

    #[test]
    fn a_page_without_a_post_form_gives_none() {
        assert_eq!(login_form("<form><input name=a></form>", &[]), None);
    }
}
