// Speaks the adapter protocol for node-oauth2-server. README.md beside this file says which function serves which operation, and which
// operations the library leaves to the application. Nothing is converted: what the library answers is the answer.

import { readFileSync } from "node:fs";

import OAuth2Server from "@node-oauth/oauth2-server";

const { AbstractGrantType, OAuthError, Request, Response, ServerError } = OAuth2Server;

class Unsupported extends Error {} // an input that the library has no notion of

function text(value) {
  if (typeof value !== "string") throw new Unsupported(`text is expected, not ${value?.hex ? "octets" : typeof value}`);
  if (!value.isWellFormed()) throw new Unsupported("a lone surrogate is no text that could arrive over HTTP");
  return value;
}

function texts(value) {
  if (!Array.isArray(value)) throw new Unsupported("an array of strings is expected");
  return value.map(text);
}

// Every grant type, built in or of an extension, reads the parameter `scope` by this method.
const grantType = new AbstractGrantType({ accessTokenLifetime: 60, model: {} });

function parse(input) {
  return { scopes: grantType.getScope({ body: { scope: text(input.text) } }) };
}

const request = {
  method: "POST",
  headers: { "content-type": "application/x-www-form-urlencoded", "content-length": "1" },
  query: {},
  body: { grant_type: "client_credentials", client_id: "client", client_secret: "any" },
};

// The least model that the client credentials grant can be run with. Which scopes are granted is for the model to say (`validateScope`);
// the library writes them into the token response.
const granting = (scopes) => ({
  getClient: async () => ({ id: "client", grants: ["client_credentials"] }),
  getUserFromClient: async () => ({ id: "user" }),
  validateScope: async () => scopes,
  saveToken: async (token, client, user) => ({ ...token, client, user }),
});

async function serialize(input) {
  const response = new Response({});
  await new OAuth2Server({ model: granting(texts(input.scopes)) }).token(new Request(request), response);
  if (response.body.scope === undefined) throw new Unsupported("the response has no scope");
  return { text: response.body.scope };
}

const operations = { parse, serialize };
const semantics = { separators: "space", duplicates: "keep", malformed: "reject", order: "kept" };
const manifest = new URL("node_modules/@node-oauth/oauth2-server/package.json", import.meta.url);
const { name, version } = JSON.parse(readFileSync(manifest, "utf8"));
const hello = { name, version, language: "javascript", operations: Object.keys(operations), semantics, max_in_flight: 64 };

async function reply({ seq, op, input }) {
  try {
    if (!Object.hasOwn(operations, op)) throw new Unsupported("the library has no such function");
    return { seq, ok: await operations[op](input ?? {}) };
  } catch (error) {
    if (error instanceof Unsupported) return { seq, unsupported: { reason: error.message } };
    const refusal = error instanceof OAuthError && !(error instanceof ServerError);
    if (refusal) return { seq, rejected: { kind: error.constructor.name, message: error.message } };
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
