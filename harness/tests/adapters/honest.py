"""An adapter that keeps to the protocol. The scripts beside it change one thing each.

`python3 honest.py` runs it; the others import it and replace what they are about.
"""

import json
import re
import sys

# Where an exception was thrown says nothing here, and differs from one machine to the next.
sys.tracebacklimit = 0

HELLO = {
    "name": "honest",
    "version": "1.0",
    "language": "python",
    "operations": ["parse", "serialize", "union"],
    "max_in_flight": 8,
}
TOKEN = re.compile(r"[\x21\x23-\x5b\x5d-\x7e]+")


def checked(scopes):
    for scope in scopes:
        if not isinstance(scope, str) or not TOKEN.fullmatch(scope):
            raise ValueError(f"not a scope: {scope!a:.40}")
    return list(dict.fromkeys(scopes))


def parse(call):
    text = call["text"]
    if not isinstance(text, str):
        raise ValueError("not a string")
    return {"scopes": checked([piece for piece in text.split(" ") if piece])}


def serialize(call):
    return {"text": " ".join(checked(call["scopes"]))}


def union(call):
    return {"scopes": checked(call["first"] + call["second"])}


OPERATIONS = {"parse": parse, "serialize": serialize, "union": union}


def reply(call):
    """The reply to a call."""
    operation = OPERATIONS.get(call["op"])
    if operation is None:
        return {"seq": call["seq"], "unsupported": {"reason": "not offered"}}
    try:
        return {"seq": call["seq"], "ok": operation(call["input"])}
    except ValueError as error:
        return {"seq": call["seq"], "rejected": {"kind": "malformed", "message": str(error)}}


def say(message):
    """Writes one line, and flushes it."""
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()


def serve(hello=HELLO, say=say, answer=lambda call, number: [reply(call)], end=lambda: None):
    """Answers until `bye`. `answer` gives the replies to a call, which is the first, second, ... of this process."""
    number = 0
    for line in sys.stdin.buffer:
        message = json.loads(line)
        if "hello" in message:
            say({"hello": hello})
        elif "bye" in message:
            break
        else:
            number += 1
            for one in answer(message, number):
                say(one)
    end()


if __name__ == "__main__":
    serve()
