"""Writes the offender as it is, which half a surrogate pair does not survive."""

import json
import sys

sys.dont_write_bytecode = True

import honest


def say(message):
    sys.stdout.buffer.write((json.dumps(message, ensure_ascii=False) + "\n").encode("utf-8"))
    sys.stdout.buffer.flush()


def answer(call, number):
    reply = honest.reply(call)
    if "rejected" in reply:
        reply["rejected"]["message"] = "not a scope: " + str(call["input"].get("text"))[:200]
    return [reply]


honest.serve(say=say, answer=answer)
