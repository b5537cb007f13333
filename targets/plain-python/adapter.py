#!/usr/bin/env python3
"""A correct adapter in plain Python: all operations, the strict dialect, the standard library only.

It stands on its own: each operation is a function from `input` to `ok`, `OPERATIONS` names them, and `serve` speaks
the protocol. Whoever writes an adapter for a real library keeps `serve` and calls the library in the functions.
"""

import base64
import json
import re
import sys


class Refused(Exception):
    """The input is refused. The text names the first offender."""


# --- scopes, RFC 6749 section 3.3 ---

SCOPE = re.compile(r"[\x21\x23-\x5B\x5D-\x7E]+")


def refuse(problem, offender):
    # `ascii` escapes whatever the offender holds, so no message carries raw control characters.
    raise Refused(f"{problem}: {ascii(offender)[:100]}")


def distinct(scopes):
    # A dict keeps the order in which its keys came.
    return list(dict.fromkeys(scopes))


def absent(required, granted):
    """What is required and not granted, in the order of what is required. Equal means equal octet by octet."""
    held = set(granted)
    return distinct(scope for scope in required if scope not in held)


def checked(scopes):
    """A JSON array as a list of scopes. One element outside the grammar, and all of it is refused."""
    if not isinstance(scopes, list):
        refuse("not a list of scopes", scopes)
    for scope in scopes:
        # `fullmatch`, because `$` would let a line feed at the end pass.
        if not isinstance(scope, str) or not SCOPE.fullmatch(scope):
            refuse("not a scope", scope)
    return scopes


def split(text):
    """A scope string as a list. Only the space separates; further spaces make no difference."""
    return distinct(checked([piece for piece in text.split(" ") if piece]))


def string(value):
    """A JSON string, or `{"hex": ...}` for octets that are no UTF-8: they become characters that no scope may hold."""
    if isinstance(value, dict) and isinstance(value.get("hex"), str):
        return bytes.fromhex(value["hex"]).decode("latin-1")
    if not isinstance(value, str):
        refuse("not a string", value)
    return value


def members_of(value):
    """A JSON object."""
    return value if isinstance(value, dict) else refuse("not an object", value)


def parse(call):
    return {"scopes": split(string(call["text"]))}


def serialize(call):
    return {"text": " ".join(distinct(checked(call["scopes"])))}


def union(call):
    return {"scopes": distinct(checked(call["first"]) + checked(call["second"]))}


def covers(call):
    missing = absent(checked(call["required"]), checked(call["granted"]))
    return {"covered": not missing, "missing": missing}


# --- claims and tokens, RFC 8693 section 4.2 and RFC 9068 section 2.2.3 ---


def claimed(value):
    """The scopes of one claim: a string by the standard, an array by several vendors."""
    if value is None:
        return []
    return distinct(checked(value)) if isinstance(value, list) else split(string(value))


def in_claims(members):
    """The scopes of the claim `scope`, or of `scp` where that one is absent or blank."""
    scope, scp = claimed(members.get("scope")), claimed(members.get("scp"))
    # Two claims that contradict each other are no wider grant, and which of them is true nobody can say here.
    if scope and scp and set(scope) != set(scp):
        refuse("`scope` and `scp` differ", [scope, scp])
    return scope or scp


def payload(token):
    """The claims of a compact JWT, unverified; none where it is opaque (RFC 7519 section 7.2)."""
    segments = token.split(".")
    # The decoder would skip what is not of the alphabet; a JWT has no padding and no line breaks.
    if len(segments) != 3 or not re.fullmatch(r"[A-Za-z0-9_-]+", segments[1]):
        return {}
    try:
        octets = base64.urlsafe_b64decode(segments[1] + "=" * (-len(segments[1]) % 4))
        members = json.loads(octets.decode("utf-8"))
    except (ValueError, RecursionError):
        return {}
    return members if isinstance(members, dict) else {}


def claims(call):
    return {"scopes": in_claims(members_of(call["claims"]))}


def token(call):
    return {"scopes": in_claims(payload(string(call["token"])))}


# --- what a client holds and asks for, RFC 6749 sections 3.3 and 5.1 ---


def recorded(call):
    """What a client remembers of a token response."""
    requested, response = checked(call["requested"]), members_of(call["response"])
    # Absent means as requested. An empty string is not silence: it says that nothing was granted.
    if "scope" not in response:
        return {"scopes": distinct(requested)}
    return {"scopes": split(string(response["scope"]))}


def plan_step_up(call):
    """Whether a new login is needed, and what it asks for."""
    defaults, granted, required = (checked(call[name]) for name in ("defaults", "granted", "required"))
    missing = absent(required, granted)
    if not missing:
        return {"plan": "covered"}
    if not call["interactive"]:
        return {"plan": "missing", "missing": missing}
    # All of it, because the new token replaces the old one.
    return {"plan": "reauthenticate", "request": distinct(defaults + granted + required)}


def ensure_granted(call):
    """Whether a login granted what is required."""
    required, held = checked(call["required"]), checked(call["recorded"])
    claims_of_token = members_of(call["claims"] or {})
    # Where the token itself names its scopes, it decides: the record may be no more than what was asked for.
    if claims_of_token.get("scope") is not None or claims_of_token.get("scp") is not None:
        held = in_claims(claims_of_token)
    missing = absent(required, held)
    return {"granted": not missing, "missing": missing}


# --- registration, RFC 7591 sections 2 and 3.2.1 ---


def expand_registration(call):
    """What a client is registered with: what it requested, or else the defaults, and the baseline."""
    supported, baseline = checked(call["supported"]), checked(call["baseline"])
    wanted = distinct(checked(call["requested"] or call["defaults"]))
    # Before the baseline is joined, so that it cannot mask a scope that is not supported.
    strangers = absent(wanted, supported)
    if strangers:
        refuse("unsupported scope", strangers[0])
    registered = distinct(wanted + baseline)
    return {"registered": registered, "expanded": len(registered) > len(wanted)}


def validate_baseline(call):
    """Whether all of a baseline is supported; else its first offender."""
    strangers = absent(checked(call["baseline"]), checked(call["supported"]))
    return {"valid": not strangers, "offending": strangers[0] if strangers else None}


# --- challenges, RFC 9110 sections 11.2 and 11.6.1, RFC 6750 section 3 ---

NAME = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"
TOKEN68 = r"[A-Za-z0-9._~+/-]+=*"
# Anything but quotes, backslashes and control characters; or a backslash and what it quotes.
QUOTED = r'"((?:[^"\\\x00-\x08\x0A-\x1F\x7F]|\\[^\x00-\x08\x0A-\x1F\x7F])*)"'
# Whatever ends is followed by a comma or by nothing.
END = r"(?=[ \t]*(?:,|\Z))"

GAP = re.compile(r"[ \t,]*")
SCHEME = re.compile(rf"({NAME})(?:{END}| +(?:{TOKEN68}{END})?)")
PARAMETER = re.compile(rf"({NAME})[ \t]*=[ \t]*(?:({NAME})|{QUOTED}){END}")
ERROR = re.compile(r"[\x20\x21\x23-\x5B\x5D-\x7E]+")


def challenges(header):
    """The challenges of a header, each its scheme and its parameters; names in lower case, for they have none."""
    found = []
    position = GAP.match(header).end()
    while position < len(header):
        # A parameter first: a scheme is a name that no equals sign follows.
        if match := PARAMETER.match(header, position):
            name, plain, quoted = match.groups()
            if not found or name.lower() in found[-1][1]:
                refuse("a parameter without a challenge, or twice in one", name)
            # A quoted pair stands for its second octet.
            found[-1][1][name.lower()] = plain or re.sub(r"\\(.)", r"\1", quoted)
        elif match := SCHEME.match(header, position):
            found.append((match[1].lower(), {}))
        else:
            refuse("no challenge", header[position:])
        position = GAP.match(header, match.end()).end()
    return found


def challenge(call):
    """The scopes and the error of the Bearer challenge, wherever it stands among others."""
    for scheme, parameters in challenges(string(call["header"])):
        if scheme == "bearer":
            return {"scopes": split(parameters.get("scope", "")), "error": parameters.get("error")}
    return {"scopes": [], "error": None}


def emit_challenge(call):
    """A challenge for a `WWW-Authenticate` header."""
    scopes, error = distinct(checked(call["scopes"])), call["error"]
    parameters = []
    if error is not None:
        if not ERROR.fullmatch(string(error)):
            refuse("not an error code", error)
        parameters.append(f'error="{string(error)}"')
    if scopes:
        parameters.append(f'scope="{" ".join(scopes)}"')
    if not parameters:
        refuse("a challenge needs a parameter", scopes)
    return {"header": "Bearer " + ", ".join(parameters)}


# --- the protocol ---

OPERATIONS = {
    "parse": parse,
    "serialize": serialize,
    "claims": claims,
    "token": token,
    "union": union,
    "covers": covers,
    "recorded": recorded,
    "plan_step_up": plan_step_up,
    "ensure_granted": ensure_granted,
    "expand_registration": expand_registration,
    "validate_baseline": validate_baseline,
    "challenge": challenge,
    "emit_challenge": emit_challenge,
}

HELLO = {
    "name": "plain-python",
    "version": "1.0.0",
    "language": "python",
    "operations": list(OPERATIONS),
    "semantics": {
        "separators": "space",
        "duplicates": "first",
        "claims": "first",
        "malformed": "reject",
        "matching": "exact",
        "order": "kept",
        "plan": "three",
        "grant": "claim",
    },
    "max_in_flight": 64,
}


def answer(op, call):
    """The member of the reply that says how the call went."""
    try:
        if not isinstance(op, str) or op not in OPERATIONS:
            return {"unsupported": {"reason": f"no operation {ascii(op)[:100]}"}}
        return {"ok": OPERATIONS[op](members_of(call))}
    except Refused as refusal:
        return {"rejected": {"kind": "Refused", "message": str(refusal)}}
    except Exception as error:  # A crash is an answer, too: one bad call must not end the conversation.
        return {"crashed": {"detail": f"{type(error).__name__}: {ascii(str(error))[:1000]}"}}


def reply(line):
    """The reply to a line of the suite, or nothing where the suite says goodbye."""
    try:
        request = members_of(json.loads(line))
    except (ValueError, RecursionError, Refused) as error:
        # An input that is nested too deeply for the decoder can still be refused: the number stands in front of it.
        number = re.match(rb'\{"seq":(\d+)', line)
        refusal = {"kind": type(error).__name__, "message": ascii(str(error))[:1000]}
        return {"seq": int(number[1]) if number else None, "rejected": refusal}
    if "hello" in request:
        return {"hello": HELLO}
    if "bye" in request:
        return None
    return {"seq": request.get("seq"), **answer(request.get("op"), request.get("input"))}


def serve(reader, writer):
    """Answers line after line until `bye` or the end of the input.

    What has arrived is answered at once and written at once, then flushed before waiting for more: a reply that stays
    in a buffer looks like a hang.
    """
    encode = json.JSONEncoder(separators=(",", ":")).encode
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
            writer.write(encode(said).encode() + b"\n")
        writer.flush()


if __name__ == "__main__":
    serve(sys.stdin.buffer, sys.stdout.buffer)
