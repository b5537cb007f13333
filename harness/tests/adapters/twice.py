"""Answers each call twice."""

import sys

sys.dont_write_bytecode = True

import honest

honest.serve(answer=lambda call, number: [honest.reply(call), honest.reply(call)])
