"""Replies with the scopes alone."""

import sys

sys.dont_write_bytecode = True

import honest


def answer(call, number):
    reply = honest.reply(call)
    return [{"seq": reply["seq"], **reply.get("ok", {"error": "refused"})}]


honest.serve(answer=answer)
