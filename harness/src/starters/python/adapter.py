#!/usr/bin/env python3
"""Puts a library's scope functions behind the adapter protocol, so that scopecheck can test them.

The suite starts this program, writes one JSON object a line to its standard input, and reads one a line from its standard
output. Standard error is free: what you print there is shown where something goes wrong.

    scopecheck adapter check -- python3 adapter.py    says whether the conversation is sound
    scopecheck library -- python3 adapter.py          says whether the library is

Two rules: announce only what the library really offers, and convert nothing. The library's own answer is the answer.
"""

import json
import re
import sys

# --- 1. The library: a stand-in that is right by RFC 6749 section 3.3. Import yours instead, and delete this. ---


class NotAScope(ValueError):
    """The stand-in refuses an input."""


def stand_in(text):
    if not isinstance(text, str):
        raise NotAScope("not a string")
    scopes = [piece for piece in text.split(" ") if piece]
    for scope in scopes:
        if not re.fullmatch(r"[\x21\x23-\x5B\x5D-\x7E]+", scope):
            raise NotAScope(f"not a scope: {scope[:100]}")
    return list(dict.fromkeys(scopes))


# --- 2. The operations: each takes the `input` of a call and gives the `ok` of its reply. ---


def parse(call):
    scopes = stand_in(incoming(call["text"]))  # Replace this by your library's call.
    return {"scopes": [outgoing(scope) for scope in scopes]}


# The next one goes here. A library that joins lists would have:
#
# def union(call):
#     scopes = your_library.union(call["first"], call["second"])
#     return {"scopes": [outgoing(scope) for scope in scopes]}

# Each name here is announced, and with it the library accepts all the vectors and laws of that operation. There are
# parse serialize claims token union covers recorded plan_step_up ensure_granted expand_registration validate_baseline
# challenge emit_challenge; targets/ADAPTERS.md has their inputs and answers.
OPERATIONS = {"parse": parse}

# The exceptions by which your library refuses an input. Every other one counts as a crash.
REFUSALS = (NotAScope,)

HELLO = {
    "name": "your-library",
    "version": "0.0.0",  # importlib.metadata.version("your-library") is never out of date.
    "language": "python",
    "operations": list(OPERATIONS),
    # Where the library is knowingly not strict, say so, such as {"separators": "whitespace", "duplicates": "keep"}.
    "semantics": {},
    # How many calls may be under way. They are answered one after the other, so this only keeps the pipe full.
    "max_in_flight": 64,
}

# --- 3. The protocol: nothing below has to change. ---


def incoming(value):
    """A string as it was sent. Octets that are no UTF-8 come as {"hex": ...}, and become what Python makes of them."""
    if isinstance(value, dict) and "hex" in value:
        return bytes.fromhex(value["hex"]).decode("utf-8", "surrogateescape")
    return value


def outgoing(text):
    """A string to be sent. One that is no text, such as half a surrogate pair, goes out as octets."""
    for errors in ("strict", "surrogateescape", "surrogatepass"):
        try:
            octets = text.encode("utf-8", errors)
        except UnicodeEncodeError:
            continue
        return text if errors == "strict" else {"hex": octets.hex()}
    return {"hex": text.encode("utf-16-be", "surrogatepass").hex()}


def message(error):
    """A message may hold anything that the input held; half a surrogate pair would make the reply no UTF-8."""
    return str(error)[:1000].encode("utf-8", "backslashreplace").decode("utf-8")


def outcome(op, call):
    """The member of a reply that says how the call went."""
    if op not in OPERATIONS:
        return {"unsupported": {"reason": f"this adapter has no operation {ascii(op)[:100]}"}}
    try:
        return {"ok": OPERATIONS[op](call)}
    except REFUSALS as refusal:
        return {"rejected": {"kind": type(refusal).__name__, "message": message(refusal)}}
    except Exception as error:
        return {"crashed": {"detail": f"{type(error).__name__}: {message(error)}"}}


def reply(line):
    """The reply to a line; nothing where the suite says goodbye."""
    try:
        request = json.loads(line)
    except (ValueError, RecursionError) as error:
        # JSON that Python cannot read is still a call, and its number stands in front.
        number = re.match(rb'\s*\{\s*"seq"\s*:\s*(\d+)', line)
        reason = f"the adapter cannot read this line: {message(error)}"
        return {"seq": int(number[1]) if number else None, "unsupported": {"reason": reason}}
    if "hello" in request:
        return {"hello": HELLO}
    if "bye" in request:
        return None
    return {"seq": request["seq"], **outcome(request["op"], request["input"])}


def serve(reader, writer):
    """Answers until `bye` or the end of the input: all lines that have arrived, then one flush."""
    # Octets, not text: text streams have an encoding of their own, which depends on the machine.
    rest = bytearray()
    while chunk := reader.read1(1 << 16):
        whole, end, begun = chunk.rpartition(b"\n")
        if not end:
            rest += begun
            continue
        lines = (rest + whole).split(b"\n")
        rest = bytearray(begun)
        for line in lines:
            said = reply(line)
            if said is None:
                return
            writer.write(json.dumps(said).encode("ascii") + b"\n")
        writer.flush()  # Output to a pipe is buffered, and a reply in a buffer looks like a hang.


if __name__ == "__main__":
    serve(sys.stdin.buffer, sys.stdout.buffer)
