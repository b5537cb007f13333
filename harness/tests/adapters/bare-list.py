"""Answers with a list where an object is due."""

import sys

sys.dont_write_bytecode = True

import honest


def answer(call, number):
    reply = honest.reply(call)
    if "ok" in reply:
        reply["ok"] = next(iter(reply["ok"].values()))
    return [reply]


honest.serve(answer=answer)
