//! The conversation.

use std::io::{self, BufReader, BufWriter, Read, Write};

use serde_json::Value;

use super::broken;
use super::line::{Next, answer, refuse};
use super::lines::{LONGEST_LINE, Line, next_line};
use crate::faults::Fault;
use crate::library::Library;

/// How much is read from the pipe at once, in bytes.
const BUFFER: usize = 64 * 1024;

/// The exit status of a program that panicked.
const DEAD: u8 = 101;

/// Speaks the protocol until `bye` or the end of the input. An error is one of reading or writing; whatever the lines
/// say, it goes on. The answer is the exit status of the adapter, 0 but for some faults.
///
/// Replies are written together as long as further requests are at hand, and sent before waiting for more.
pub fn run(reader: impl Read, writer: impl Write, library: &Library) -> io::Result<u8> {
    let mut reader = BufReader::with_capacity(BUFFER, reader);
    let mut writer = BufWriter::with_capacity(BUFFER, writer);
    loop {
        if !reader.buffer().contains(&b'\n') {
            writer.flush()?;
        }
        let next = match next_line(&mut reader, LONGEST_LINE)? {
            Line::End => break,
            Line::Whole(line) if line.iter().all(u8::is_ascii_whitespace) => continue,
            Line::Whole(line) => answer(&line, library),
            Line::TooLong => refuse(None, &format!("the line is longer than {LONGEST_LINE} bytes")),
        };
        match next {
            Next::Say(reply) => write(&mut writer, reply, library)?,
            Next::Leave => break,
            Next::FallSilent => {
                writer.flush()?;
                io::copy(&mut reader, &mut io::sink())?;
                break;
            }
            Next::Die => {
                writer.flush()?;
                return Ok(DEAD);
            }
        }
    }
    writer.flush()?;
    Ok(broken::status(library))
}

/// Writes a reply on a line of its own.
fn write(writer: &mut impl Write, reply: Value, library: &Library) -> io::Result<()> {
    if library.has(Fault::AdapterPrintsDebugLine) {
        writer.write_all(broken::DEBUG)?;
    }
    let times = broken::times(&reply, library);
    let reply = broken::emptied(reply, library);
    for _ in 0..times {
        serde_json::to_writer(&mut *writer, &reply)?;
        writer.write_all(b"\n")?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn talk(input: &[u8]) -> String {
        let mut output = Vec::new();
        run(input, &mut output, &Library::default()).unwrap();
        String::from_utf8(output).unwrap()
    }

    #[test]
    fn a_conversation_goes_from_hello_to_bye() {
        let said = talk(
            br#"{"hello":{"protocol":1,"suite":"scopecheck 0.1.0"}}
{"seq":1,"op":"union","input":{"first":["b","a"],"second":["a","c"]}}
{"seq":2,"op":"parse","input":{"text":"a\tb"}}
{"seq":3,"op":"frobnicate","input":{}}
{"bye":{}}
{"seq":4,"op":"parse","input":{"text":"never answered"}}
"#,
        );
        insta::assert_snapshot!(said);
    }

    #[test]
    fn a_bad_line_gets_an_answer_and_the_conversation_goes_on() {
        let mut input =
            b"not json\n[]\n\n\xff\n{\"hello\":{\"protocol\":2}}\n{\"seq\":7}\n{\"op\":\"parse\"}\n".to_vec();
        input.extend(b"{\"seq\":-1,\"op\":\"parse\"}\n{\"seq\":8,\"op\":\"parse\"}\n{\"seq\":9,\"op\":\"parse\",\"input\":{\"text\":1}}\n");
        input.extend(vec![b'['; 2 * 1024 * 1024]);
        input.extend(b"\n{\"seq\":10,\"op\":\"parse\",\"input\":{\"text\":\"a\"}}");
        insta::assert_snapshot!(talk(&input));
    }

    #[test]
    fn duplicate_members_and_deep_claims_reach_the_operation() {
        let deep = format!("{}{}", "[".repeat(126), "]".repeat(126));
        let too_deep = format!("{}{}", "[".repeat(127), "]".repeat(127));
        let said = talk(
            format!(
                "{{\"seq\":1,\"op\":\"claims\",\"input\":{{\"claims\":{{\"scope\":\"a\",\"scope\":\"b\"}}}}}}\n\
                 {{\"seq\":2,\"op\":\"claims\",\"input\":{{\"claims\":{{\"scope\":\"a\",\"x\":{deep}}}}}}}\n\
                 {{\"seq\":3,\"op\":\"claims\",\"input\":{{\"claims\":{{\"scope\":\"a\",\"x\":{too_deep}}}}}}}\n"
            )
            .as_bytes(),
        );
        insta::assert_snapshot!(said);
    }
}
