"""Says both that it went well and that it did not."""

import sys

sys.dont_write_bytecode = True

import honest

honest.serve(answer=lambda call, number: [honest.reply(call) | {"unsupported": {"reason": "maybe"}}])
