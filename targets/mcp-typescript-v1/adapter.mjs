// Speaks the adapter protocol for the OAuth functions of the MCP TypeScript SDK v1. README.md beside this file says which function serves
// which operation. Nothing is converted: what the SDK answers is the answer.

import { isUtf8 } from "node:buffer";
import { readFileSync } from "node:fs";
import { validateHeaderValue } from "node:http";

import { extractWWWAuthenticateParams } from "@modelcontextprotocol/sdk/client/auth.js";
import { InvalidTokenError } from "@modelcontextprotocol/sdk/server/auth/errors.js";
import { authorizationHandler } from "@modelcontextprotocol/sdk/server/auth/handlers/authorize.js";
import { requireBearerAuth } from "@modelcontextprotocol/sdk/server/auth/middleware/bearerAuth.js";
import { ProxyOAuthServerProvider } from "@modelcontextprotocol/sdk/server/auth/providers/proxyProvider.js";

class Unsupported extends Error {} // an input that the SDK has no notion of
class Rejected extends Error {} // a refusal; `name` is the SDK's own word for it
const rejected = (name, message) => Object.assign(new Rejected(message), { name });

function text(value) {
  if (typeof value !== "string") throw new Unsupported(`text is expected, not ${value?.hex ? "octets" : typeof value}`);
  if (!value.isWellFormed()) throw new Unsupported("a lone surrogate is no text that could arrive over HTTP");
  return value;
}

function texts(value) {
  if (!Array.isArray(value)) throw new Unsupported("an array of strings is expected");
  return value.map(text);
}

// What Express would hand over: only what the SDK calls, and what it was called with.
const response = (done = () => {}) => ({
  setHeader() {},
  set(_name, value) { this.header = value; },
  status(code) { this.code = code; return this; },
  json(body) { this.body = body; done(this); },
  redirect(...to) { this.location = new URL(to.at(-1)); done(this); },
});

const client = { client_id: "client", redirect_uris: ["https://client.example/cb"] };
const asked = { client_id: "client", response_type: "code", code_challenge: "challenge", code_challenge_method: "S256" };

// The handler of authorization requests gives its provider a list of scopes. That list is the answer.
const authorize = authorizationHandler({
  rateLimit: false,
  provider: { clientsStore: { getClient: async () => client }, authorize: async (_client, { scopes }, res) => res.answer({ scopes }) },
});

function parse(input) {
  const request = { method: "GET", url: "/", headers: {}, query: { ...asked, scope: text(input.text) } };
  return new Promise((answer, fail) => {
    const refused = (res) => {
      const { error, error_description: message } = res.location ? Object.fromEntries(res.location.searchParams) : res.body;
      fail(error === "server_error" ? new Error(message) : rejected(error, message));
    };
    authorize(request, Object.assign(response(refused), { answer }), fail);
  });
}

const endpoints = { authorizationUrl: "https://as.example/authorize", tokenUrl: "https://as.example/token" };
const proxy = new ProxyOAuthServerProvider({ endpoints, verifyAccessToken: async () => {}, getClient: async () => client });

async function serialize(input) {
  const res = response();
  await proxy.authorize(client, { redirectUri: client.redirect_uris[0], codeChallenge: "challenge", scopes: texts(input.scopes) }, res);
  const written = res.location.searchParams.get("scope");
  if (written === null) throw new Unsupported("the parameter is left out where there are no scopes");
  return { text: written };
}

// Runs the middleware once; the verifier says what the token is worth.
async function guarded(requiredScopes, verifyAccessToken) {
  const res = response();
  const guard = requireBearerAuth({ verifier: { verifyAccessToken }, requiredScopes });
  await guard({ headers: { authorization: "Bearer opaque" } }, res, () => { res.passed = true; });
  if (res.code >= 500) throw new Error(`the middleware answered ${res.code}: ${JSON.stringify(res.body)}`);
  return res;
}

const worth = (scopes) => async (token) => ({ token, clientId: "client", scopes, expiresAt: Date.now() / 1000 + 3600 });
const worthless = async () => { throw new InvalidTokenError("refused"); };

async function covers(input) {
  const res = await guarded(texts(input.required), worth(texts(input.granted)));
  return { covered: res.passed === true };
}

async function emit_challenge(input) {
  const verifier = new Map([["insufficient_scope", worth([])], ["invalid_token", worthless]]).get(input.error);
  if (!verifier) throw new Unsupported("the middleware has the errors insufficient_scope and invalid_token, and no challenge without one");
  const res = await guarded(texts(input.scopes), verifier);
  if (res.passed) throw new Unsupported("where nothing is required, nothing is refused");
  validateHeaderValue("WWW-Authenticate", res.header); // as Node does when the header is set for real
  return { header: res.header };
}

// `fetch` hands over the octets of a header as the characters U+0000 to U+00FF, so they go in and come out like that.
function received(value) {
  const octets = Buffer.from(value, "latin1");
  return isUtf8(octets) ? octets.toString() : { hex: octets.toString("hex") };
}

function challenge(input) {
  const hex = input.header?.hex;
  const octets = typeof hex === "string" ? Buffer.from(hex, "hex") : Buffer.from(text(input.header));
  const headers = new Headers();
  try {
    headers.set("WWW-Authenticate", octets.toString("latin1"));
  } catch (error) {
    throw rejected("Headers", error.message); // `fetch` can receive no such field
  }
  const { scope, error } = extractWWWAuthenticateParams(new Response(null, { status: 401, headers }));
  // The SDK passes the string on as it stands. Only where it is plainly a list can it be shown as one.
  const scopes = scope === undefined ? [] : scope.split(" ");
  if (scopes.includes("")) throw new Unsupported("the SDK does not split the string, and does not decide what further spaces in it mean");
  return { scopes: scopes.map(received), error: error === undefined ? null : received(error) };
}

const operations = { parse, serialize, covers, challenge, emit_challenge };
const semantics = { separators: "space", duplicates: "keep", malformed: "keep", matching: "exact", order: "kept" };
const manifest = new URL("node_modules/@modelcontextprotocol/sdk/package.json", import.meta.url);
const { name, version } = JSON.parse(readFileSync(manifest, "utf8"));
const hello = { name, version, language: "javascript", operations: Object.keys(operations), semantics, max_in_flight: 64 };

async function reply({ seq, op, input }) {
  try {
    if (!Object.hasOwn(operations, op)) throw new Unsupported("the SDK has no such function");
    return { seq, ok: await operations[op](input ?? {}) };
  } catch (error) {
    if (error instanceof Unsupported) return { seq, unsupported: { reason: error.message } };
    const refusal = error instanceof Rejected || error.code === "ERR_INVALID_CHAR"; // the latter: `validateHeaderValue`
    if (refusal) return { seq, rejected: { kind: error.name, message: error.message } };
    return { seq, crashed: { detail: String(error?.stack ?? error) } };
  }
}

let waiting = []; // replies that come about together are written together
function send(message) {
  if (waiting.push(JSON.stringify(message)) === 1) setImmediate(() => process.stdout.write(`${waiting.splice(0).join("\n")}\n`));
}

let pieces = []; // of the line that is still coming in; `readline` would also cut at U+2028, which may stand in JSON as it is
process.stdin.setEncoding("utf8").on("data", (chunk) => {
  const lines = chunk.includes("\n") ? [...pieces, chunk].join("").split("\n") : [];
  pieces = lines.length > 0 ? [lines.pop()] : [...pieces, chunk];
  for (const message of lines.filter(Boolean).map((line) => JSON.parse(line))) {
    if (message.hello) send({ hello });
    else if (message.bye) process.stdin.destroy();
    else reply(message).then(send);
  }
});
