"""Numbers its replies by itself."""

import sys

sys.dont_write_bytecode = True

import honest

honest.serve(answer=lambda call, number: [honest.reply(call) | {"seq": 1000 + number}])
