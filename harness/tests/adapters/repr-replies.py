"""Says hello in JSON, and replies in Python."""

import sys

sys.dont_write_bytecode = True

import honest


def say(message):
    honest.say(message) if "hello" in message else print(message, flush=True)


honest.serve(say=say)
