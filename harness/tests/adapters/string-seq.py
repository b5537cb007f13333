"""Gives the number back as a string."""

import sys

sys.dont_write_bytecode = True

import honest

honest.serve(answer=lambda call, number: [honest.reply(call) | {"seq": str(call["seq"])}])
