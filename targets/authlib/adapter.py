"""The adapter of Authlib: its own functions, unchanged, behind the adapter protocol.

Nothing is converted. Strings and lists go in as they came, and the library's answer comes out.
"""

import json
import re
import sys
from importlib.metadata import version

from authlib.common.errors import AuthlibBaseError
from authlib.oauth2.rfc6749 import TokenValidator, list_to_scope, scope_to_list


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


def covers(call):
    granted = [text(scope) for scope in call["granted"]]
    required = [text(scope) for scope in call["required"]]
    # The library takes alternatives, one of which has to be granted whole. Ours is one alternative; nothing required is
    # no alternative at all, as in a bare `@require_oauth()`. The answer is a bool, so there is no `missing`.
    alternatives = [required] if required else []
    return {"covered": not TokenValidator.scope_insufficient(granted, alternatives)}


OPERATIONS = {"parse": parse, "serialize": serialize, "covers": covers}

HELLO = {
    "name": "Authlib",
    "version": version("Authlib"),
    "language": "python",
    "operations": list(OPERATIONS),
    # README.md says what each of these rests on.
    "semantics": {
        "separators": "whitespace",
        "duplicates": "keep",
        "malformed": "keep",
        "matching": "exact",
        "order": "kept",
    },
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
    except AuthlibBaseError as refusal:
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
