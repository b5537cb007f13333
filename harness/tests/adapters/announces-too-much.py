"""Announces an operation that it does not have, and answers another with a name of its own."""

import sys

sys.dont_write_bytecode = True

import honest


def answer(call, number):
    reply = honest.reply(call)
    if call["op"] == "union" and "ok" in reply:
        reply["ok"] = {"scope": reply["ok"]["scopes"]}
    return [reply]


honest.serve(hello=honest.HELLO | {"operations": ["union", "covers"]}, answer=answer)
