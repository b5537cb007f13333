"""Flushes the answer to hello, and leaves every reply in the buffer until it ends."""

import json
import sys

sys.dont_write_bytecode = True

import honest


# A buffer of its own: that of Python is none where PYTHONUNBUFFERED is set.
output = open(1, "w", buffering=1 << 24, closefd=False)


def say(message):
    output.write(json.dumps(message) + "\n")
    if "hello" in message:
        output.flush()


honest.serve(say=say)
