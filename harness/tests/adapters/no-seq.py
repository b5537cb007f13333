"""Leaves the number out."""

import sys

sys.dont_write_bytecode = True

import honest


def answer(call, number):
    reply = honest.reply(call)
    del reply["seq"]
    return [reply]


honest.serve(answer=answer)
