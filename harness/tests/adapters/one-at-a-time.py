"""Promises eight calls at once, and takes whatever it has read for one message."""

import json
import sys

sys.dont_write_bytecode = True

import honest

buffer = b""
while chunk := sys.stdin.buffer.raw.read(1 << 20):
    buffer += chunk
    if not buffer.endswith(b"\n"):
        continue
    # The usual mistake: what was read is taken for one message, whatever it holds.
    message = json.loads(buffer.split(b"\n")[0])
    buffer = b""
    if "hello" in message:
        honest.say({"hello": honest.HELLO})
    elif "bye" in message:
        break
    else:
        honest.say(honest.reply(message))
