"""Prints what it does to standard output."""

import sys

sys.dont_write_bytecode = True

import honest


def answer(call, number):
    print("DEBUG calling", call["op"])
    return [honest.reply(call)]


honest.serve(answer=answer)
