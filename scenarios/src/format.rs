//! The layout of case files: `case fmt` writes them all alike, so that a difference between two versions is one of meaning.
//!
//! The words of a file and their comments stay; what changes is the order of keys (that of the format), the space around `=`, blank
//! lines (one before each table), and arrays: one that fits is written on one line, unless it was written over several.

use toml_edit::{Array, Decor, DocumentMut, Item, RawString, Table, Value};

use crate::error::{FileError, SourceFile};

/// The column of a value inside another one: it is never spread on account of its length.
const INNER: usize = 0;

/// The longest line that an array is written on.
const WIDTH: usize = 140;

/// The keys of a case's header in the order in which they are written; keys that are not listed keep their places behind these. Of other
/// tables the `id` comes first.
const ORDER: &[&str] = &[
    "id",
    "title",
    "subject",
    "impact",
    "why",
    "profiles",
    "needs",
    "axes",
    "tags",
    "origin",
    "counter",
    "client",
    "mcp-scenario",
    "law",
    "protocol",
    "dialect",
];

/// The file in the layout of the format. What is no TOML is refused where it breaks.
pub fn format(source: &SourceFile) -> Result<String, Box<FileError>> {
    let text = source.text.replace("\r\n", "\n");
    let mut document: DocumentMut = text.parse().map_err(|error: toml_edit::TomlError| {
        let place = error.span().unwrap_or_default();
        let mistake = FileError::at(source, place, error.message().trim().to_owned());
        Box::new(mistake.help("only what can be read can be laid out: mend this first"))
    })?;
    let mut about = about_the_file(document.as_table_mut());
    lay_out_table(document.as_table_mut(), ORDER);
    // The comments of a key that has come first stand at the top now, where nobody can tell them from those about the file.
    about.push_str(&about_the_file(document.as_table_mut()));
    let mut first = document.as_table().iter().next().is_none();
    lay_out_headers(document.as_table_mut(), &mut first);
    let trailing = comments(document.trailing());
    document.set_trailing(if trailing.is_empty() { String::new() } else { format!("\n{trailing}") });
    let body = document.to_string();
    let blank = if about.is_empty() || body.starts_with('\n') { "" } else { "\n" };
    let whole = format!("{about}{blank}{body}");
    let out = format!("{}\n", whole.trim());
    if out.parse::<toml::Table>().ok() == text.parse::<toml::Table>().ok() {
        return Ok(out);
    }
    let left_alone = "this file would say something else in the layout of the format; it was left alone";
    Err(Box::new(FileError::whole(source.path.clone(), left_alone).help("please report this with the file")))
}

/// Takes the comments at the top of the file, as far as they are about the file: all of them before a key, those before a blank line
/// where the file begins with a table.
fn about_the_file(table: &mut Table) -> String {
    let Some((mut key, item)) = table.iter_mut().next() else { return String::new() };
    let decor = match item {
        Item::Value(_) => {
            let decor = key.leaf_decor_mut();
            let about = decor.prefix().map(comments).unwrap_or_default();
            decor.set_prefix("");
            return about;
        }
        Item::Table(first) => first.decor_mut(),
        Item::ArrayOfTables(tables) => match tables.iter_mut().next() {
            Some(first) => first.decor_mut(),
            None => return String::new(),
        },
        Item::None => return String::new(),
    };
    let before = decor.prefix().and_then(RawString::as_str).unwrap_or_default().to_owned();
    let Some((about, own)) = before.rsplit_once("\n\n") else { return String::new() };
    decor.set_prefix(own);
    comments(&about.into())
}

/// The keys of a table and what stands behind them.
fn lay_out_table(table: &mut Table, order: &[&str]) {
    let place = |key: &str| order.iter().position(|known| *known == key).unwrap_or(order.len());
    table.sort_values_by(|left, _, right, _| place(left.get()).cmp(&place(right.get())));
    let mut values = 0;
    for (mut key, item) in table.iter_mut() {
        if let Item::Value(value) = item {
            let prefix = lines_before(key.leaf_decor(), values == 0);
            let decor = key.leaf_decor_mut();
            decor.set_prefix(prefix);
            decor.set_suffix(" ");
            lay_out_value(value, key.get().len() + 3);
            let behind =
                value.decor().suffix().and_then(RawString::as_str).unwrap_or_default().trim_end().to_owned();
            value.decor_mut().set_prefix(" ");
            value.decor_mut().set_suffix(behind);
            values += 1;
        }
    }
}

/// The headers of the tables below this one, in the order of the file: a blank line stands before each.
fn lay_out_headers(table: &mut Table, first: &mut bool) {
    for (_, item) in table.iter_mut() {
        match item {
            Item::Table(inner) => lay_out_header(inner, first),
            Item::ArrayOfTables(tables) => tables.iter_mut().for_each(|inner| lay_out_header(inner, first)),
            Item::None | Item::Value(_) => {}
        }
    }
}

fn lay_out_header(table: &mut Table, first: &mut bool) {
    if !table.is_implicit() && !table.is_dotted() {
        let comments = table.decor().prefix().map(comments).unwrap_or_default();
        let blank = if *first { "" } else { "\n" };
        let behind =
            table.decor().suffix().and_then(RawString::as_str).unwrap_or_default().trim_end().to_owned();
        table.decor_mut().set_prefix(format!("{blank}{comments}"));
        table.decor_mut().set_suffix(behind);
        *first = false;
    }
    lay_out_table(table, &ORDER[..1]);
    lay_out_headers(table, first);
}

/// What stands before a key: its comments, and one blank line where the writer left one or more.
fn lines_before(decor: &Decor, first: bool) -> String {
    let Some(before) = decor.prefix() else { return String::new() };
    let comments = comments(before);
    let blank = before.as_str().is_some_and(|text| text.starts_with('\n') || text.contains("\n\n"));
    if blank && !first { format!("\n{comments}") } else { comments }
}

/// The comment lines of what stands between two words of a file, each with its end.
fn comments(between: &RawString) -> String {
    let lines = between.as_str().unwrap_or_default().lines().map(str::trim).filter(|line| !line.is_empty());
    let mut out = String::new();
    for line in lines {
        out.push_str(line);
        out.push('\n');
    }
    out
}

/// Arrays and inline tables; `column` is where the value begins.
fn lay_out_value(value: &mut Value, column: usize) {
    match value {
        Value::Array(array) => lay_out_array(array, column),
        Value::InlineTable(table) => {
            table.fmt();
            for (_, inner) in table.iter_mut() {
                lay_out_value(inner, INNER);
                inner.decor_mut().set_prefix(" ");
            }
            table.set_trailing("");
        }
        _ => {}
    }
}

fn lay_out_array(array: &mut Array, column: usize) {
    if array.to_string().contains('#') && array.iter().any(has_comment)
        || array.trailing().as_str().is_some_and(|text| text.contains('#'))
    {
        // Comments between the items belong where their writer put them.
        return;
    }
    let spread = array.iter().any(|item| {
        item.decor().prefix().and_then(RawString::as_str).is_some_and(|text| text.contains('\n'))
    });
    array.iter_mut().for_each(|item| lay_out_value(item, INNER));
    array.fmt();
    if !spread && (column == INNER || column + array.to_string().len() <= WIDTH) {
        return;
    }
    array.iter_mut().for_each(|item| item.decor_mut().set_prefix("\n  "));
    array.set_trailing("\n");
    array.set_trailing_comma(true);
}

fn has_comment(item: &Value) -> bool {
    let parts = [item.decor().prefix(), item.decor().suffix()];
    parts.into_iter().flatten().any(|part| part.as_str().is_some_and(|text| text.contains('#')))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn formatted(text: &str) -> String {
        format(&SourceFile { path: "case.toml".to_owned(), text: text.into() }).unwrap()
    }

    #[test]
    fn keys_stand_in_the_order_of_the_format_and_comments_go_with_them() {
        insta::assert_snapshot!(formatted(
            "# About the file.\ntitle=\"t\"\n\n\n# Why so hard.\nimpact  = \"leak\" # really\nid = \"a/b/c\"\n[[row]]\nask = \"x\"\nid=\"one\"\n\n\n\n# The other.\n[[row]]\nid=\"two\"\n# The end."
        ));
    }

    #[test]
    fn an_array_that_fits_is_written_on_one_line_unless_it_was_spread() {
        insta::assert_snapshot!(formatted(
            "needs = [\"a\",\"b\" , \"c\"]\norigin = [\n\"x\",\n    \"y\"]\n[[check]]\noutcomes=[{is=[\"exact\",\"narrower\"],grade=\"pass\"},\n {else={default=\"warn\",oidc=\"pass\"}}]\n"
        ));
    }

    #[test]
    fn a_formatted_file_stays_as_it_is_and_says_the_same() {
        let text = "b = 1\nid = \"x\"\n[[step]]\nid = \"go\"\nrefresh = {token=\"{login.refresh_token}\",scope=\"a\"}\n[vector.profiles.x]\nok = '''{\"a\":[1,  2]}'''\n";
        let once = formatted(text);
        assert_eq!(formatted(&once), once);
        let value = |text: &str| text.parse::<toml::Table>().unwrap();
        assert_eq!(value(&once), value(text));
    }

    #[test]
    fn the_comment_of_a_key_that_comes_first_is_laid_out_once_and_for_all() {
        for (text, laid_out) in [
            ("tags = []\n# Why.\nid = \"x\"\n", "# Why.\n\nid = \"x\"\ntags = []\n"),
            ("# About.\ntags = []\n# Why.\nid = \"x\"\n", "# About.\n# Why.\n\nid = \"x\"\ntags = []\n"),
        ] {
            assert_eq!(formatted(text), laid_out);
            assert_eq!(formatted(laid_out), laid_out);
        }
    }

    #[test]
    fn what_is_no_toml_is_refused_in_place() {
        let source = SourceFile { path: "case.toml".to_owned(), text: "id = \"a\"\ntitle = \n".into() };
        insta::assert_snapshot!(format(&source).unwrap_err());
    }
}
