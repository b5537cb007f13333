"""The adapter of oauthlib: its own functions, unchanged, behind the adapter protocol.

Nothing is converted. A string, a list and a JSON text go in as they came, and the library's answer comes out; a set has
to become a list, which is why the adapter declares `order = "any"`.
"""

import json
import re
import sys
from importlib.metadata import version

from oauthlib.oauth2 import OAuth2Error, WebApplicationClient
from oauthlib.oauth2.rfc6749.utils import list_to_scope, scope_to_list


class Unsupported(Exception):
    """The library has no notion of this input."""


def text(value):
    # `{"hex": ...}` stands for octets that are no UTF-8. The functions take `str`, so such octets never reach them.
    if isinstance(value, dict) and list(value) == ["hex"]:
        raise Unsupported("the library reads text, not octets")
    return value


def parse(call):
    return {"scopes": scope_to_list(text(call["text"]))}


def serialize(call):
    return {"text": list_to_scope([text(scope) for scope in call["scopes"]])}


def recorded(call):
    # What a client of the library does with a token response: it hands over the body and the scope that it asked for.
    # The client is new each time, because it remembers the token.
    client = WebApplicationClient("client")
    text(call["response"].get("scope"))
    token = client.parse_request_body_response(json.dumps(call["response"]), scope=call["requested"])
    return {"scopes": token.scopes}


OPERATIONS = {"parse": parse, "serialize": serialize, "recorded": recorded}

# A scope that differs from the requested one is raised as a bare `Warning`, unless OAUTHLIB_RELAX_TOKEN_SCOPE is set.
REFUSALS = (OAuth2Error, Warning)

HELLO = {
    "name": "oauthlib",
    "version": version("oauthlib"),
    "language": "python",
    "operations": list(OPERATIONS),
    # README.md says what each of these rests on.
    "semantics": {"separators": "space", "duplicates": "keep", "malformed": "keep", "order": "any"},
    "max_in_flight": 64,
}


def answer(op, call):
    """The member of the reply that says how the call went."""
    try:
        if op not in OPERATIONS:
            return {"unsupported": {"reason": f"no operation {op!r}"}}
        return {"ok": OPERATIONS[op](call)}
    except Unsupported as reason:
        return {"unsupported": {"reason": str(reason)}}
    except REFUSALS as refusal:
        return {"rejected": {"kind": type(refusal).__name__, "message": str(refusal)[:1000]}}
    except Exception as error:
        return {"crashed": {"detail": f"{type(error).__name__}: {error}"[:1000]}}


def reply(line):
    """The reply to a line, or nothing where the suite says goodbye."""
    try:
        request = json.loads(line)
    except (ValueError, RecursionError) as error:
        # Numbers too long and nesting too deep for Python's decoder; the number of the call stands in front.
        number = re.match(rb'\{"seq":(\d+)', line)
        return {"seq": int(number[1]) if number else None, "unsupported": {"reason": str(error)[:1000]}}
    if "hello" in request:
        return {"hello": HELLO}
    if "bye" in request:
        return None
    return {"seq": request["seq"], **answer(request["op"], request["input"])}


def serve(reader, writer):
    """Answers whatever has arrived, then flushes before waiting for more."""
    pending = bytearray()
    while chunk := reader.read1(1 << 16):
        pending += chunk
        if b"\n" not in chunk:
            continue
        *lines, pending = pending.split(b"\n")
        for line in lines:
            said = reply(line)
            if said is None:
                writer.flush()
                return
            # Everything beyond ASCII is escaped, so lone surrogates get through as well.
            writer.write(json.dumps(said).encode() + b"\n")
        writer.flush()


if __name__ == "__main__":
    serve(sys.stdin.buffer, sys.stdout.buffer)
