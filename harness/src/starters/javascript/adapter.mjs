#!/usr/bin/env node
// Puts a library's scope functions behind the adapter protocol, so that scopecheck can test them.
//
// The suite starts this program, writes one JSON object a line to its standard input, and reads one a line from its
// standard output. Standard error is free: what console.error prints is shown where something goes wrong. console.log is not.
//
//   scopecheck adapter check -- node adapter.mjs    says whether the conversation is sound
//   scopecheck library -- node adapter.mjs          says whether the library is
//
// Two rules: announce only what the library really offers, and convert nothing. The library's own answer is the answer.

// --- 1. The library: a stand-in that is right by RFC 6749 section 3.3. Import yours instead, and delete this. ---

class NotAScope extends Error {}

function standIn(text) {
  if (typeof text !== "string") throw new NotAScope("not a string");
  const scopes = text.split(" ").filter((piece) => piece !== "");
  for (const scope of scopes) {
    if (!/^[\x21\x23-\x5B\x5D-\x7E]+$/.test(scope)) throw new NotAScope(`not a scope: ${scope.slice(0, 100)}`);
  }
  return [...new Set(scopes)];
}

// --- 2. The operations: each takes the `input` of a call and gives the `ok` of its reply. A promise is welcome. ---

// A Map, for an object has members of its own, such as `constructor`, that nobody announced.
const operations = new Map([
  ["parse", (call) => {
    const scopes = standIn(incoming(call.text)); // Replace this by your library's call.
    return { scopes: scopes.map(outgoing) };
  }],

  // The next one goes here. A library that joins lists would have:
  //
  // ["union", (call) => ({ scopes: yourLibrary.union(call.first, call.second).map(outgoing) })],
  //
  // Each name in this map is announced, and with it the library accepts all the vectors and laws of that operation.
  // There are parse serialize claims token union covers recorded plan_step_up ensure_granted expand_registration
  // validate_baseline challenge emit_challenge; targets/ADAPTERS.md has their inputs and answers.
]);

// How your library refuses an input. Whatever else it throws counts as a crash.
const isRefusal = (error) => error instanceof NotAScope;

const hello = {
  name: "your-library",
  version: "0.0.0", // Read it from the package.json of the library, and it is never out of date.
  language: "javascript",
  operations: [...operations.keys()],
  // Where the library is knowingly not strict, say so, such as { separators: "whitespace", duplicates: "keep" }.
  semantics: {},
  // How many calls may be under way. They are answered one after the other, so this only keeps the pipe full.
  max_in_flight: 64,
};

// --- 3. The protocol: nothing below has to change. ---

/** Octets that are no UTF-8 come as {"hex": ...}. No string of JavaScript holds them, so no call can be made. */
class NoSuchString extends Error {}

function incoming(value) {
  if (value !== null && typeof value === "object" && "hex" in value) {
    throw new NoSuchString("a string of JavaScript holds no octets that are no text");
  }
  return value;
}

/** A string to be sent. One that is no text, for it holds half a surrogate pair, goes out as octets. */
function outgoing(text) {
  if (typeof text !== "string" || !/\p{Surrogate}/u.test(text)) return text;
  const octets = Array.from(text, (character) => {
    const point = character.codePointAt(0);
    const isHalf = point >= 0xd800 && point <= 0xdfff;
    return isHalf ? Buffer.from([0xe0 | (point >> 12), 0x80 | ((point >> 6) & 0x3f), 0x80 | (point & 0x3f)]) : Buffer.from(character);
  });
  return { hex: Buffer.concat(octets).toString("hex") };
}

/** A message may hold anything that the input held; half a surrogate pair would make the reply no UTF-8. */
const message = (error) => String(error?.message ?? error).slice(0, 1000).replace(/\p{Surrogate}/gu, "\uFFFD");

/** The member of a reply that says how the call went. */
async function outcome(op, call) {
  const operation = operations.get(op);
  if (operation === undefined) return { unsupported: { reason: `this adapter has no operation ${JSON.stringify(op)}` } };
  try {
    return { ok: await operation(call) };
  } catch (error) {
    if (error instanceof NoSuchString) return { unsupported: { reason: error.message } };
    if (isRefusal(error)) return { rejected: { kind: error.constructor.name, message: message(error) } };
    return { crashed: { detail: `${error?.constructor?.name}: ${message(error)}` } };
  }
}

/** The reply to a line; nothing where the suite says goodbye. */
async function reply(line) {
  let request;
  try {
    request = JSON.parse(line);
  } catch (error) {
    // JSON that cannot be read is still a call, and its number stands in front.
    const number = /^\s*\{\s*"seq"\s*:\s*(\d+)/.exec(line);
    return { seq: number && Number(number[1]), unsupported: { reason: `the adapter cannot read this line: ${message(error)}` } };
  }
  if ("hello" in request) return { hello };
  if ("bye" in request) return undefined;
  return { seq: request.seq, ...(await outcome(request.op, request.input)) };
}

/** Answers until `bye` or the end of the input: all lines that have arrived, then one write. */
async function serve() {
  let pieces = [];
  process.stdin.setEncoding("utf8");
  for await (const chunk of process.stdin) {
    const lines = chunk.split("\n");
    // Pieces of a long line are joined once: joining them one by one takes time that grows with its square.
    pieces.push(lines[0]);
    if (lines.length === 1) continue;
    lines[0] = pieces.join("");
    pieces = [lines.pop()];
    let said = "";
    for (const line of lines) {
      const answer = await reply(line);
      if (answer === undefined) return void process.stdout.write(said);
      said += `${JSON.stringify(answer)}\n`;
    }
    process.stdout.write(said);
  }
}

await serve();
