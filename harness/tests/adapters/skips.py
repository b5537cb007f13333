"""Leaves its third call unanswered, and goes on."""

import sys

sys.dont_write_bytecode = True

import honest


def answer(call, number):
    return [] if number == 3 else [honest.reply(call)]


honest.serve(answer=answer)
