"""Answers the same call differently each second time."""

import sys

sys.dont_write_bytecode = True

import honest


def answer(call, number):
    reply = honest.reply(call)
    if number % 2 == 0 and reply.get("ok", {}).get("scopes"):
        reply["ok"]["scopes"] = reply["ok"]["scopes"][1:]
    return [reply]


honest.serve(answer=answer)
