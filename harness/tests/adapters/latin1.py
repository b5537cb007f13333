"""Writes Latin-1."""

import json
import sys

sys.dont_write_bytecode = True

import honest


def say(message):
    text = json.dumps(message, ensure_ascii=False) + "\n"
    sys.stdout.buffer.write(text.encode("latin-1", "replace"))
    sys.stdout.buffer.flush()


def answer(call, number):
    reply = honest.reply(call)
    if "rejected" in reply:
        reply["rejected"]["message"] = "not a scope: " + str(call["input"])[:200]
    return [reply]


honest.serve(say=say, answer=answer)
