// A plain MCP client on the TypeScript SDK v1: initialise, list the tools, call each once, exit 0 if all of that succeeded.
//
// The SDK decides everything about OAuth. What is written here is what its documentation leaves to an application: a provider that remembers
// what it is given, a person who follows the authorization URL (one plain GET, for the scripted server answers with the redirect), and the
// repetition of a call after the authorization that the SDK has asked for. A call is repeated once: one that then asks for another
// authorization has failed. There is no `fetch` wrapper and no retry of our own.
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { UnauthorizedError } from '@modelcontextprotocol/sdk/client/auth.js';

const url = new URL(process.argv.at(-1));

class Provider {
  redirectUrl = 'http://127.0.0.1:9/callback';
  clientMetadata = {
    client_name: 'Scopecheck driver for the MCP TypeScript SDK v1',
    redirect_uris: [this.redirectUrl],
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    token_endpoint_auth_method: 'none',
  };
  state() { return (this.sentState = crypto.randomUUID()); }
  clientInformation() { return this.information; }
  saveClientInformation(information) { this.information = information; }
  tokens() { return this.held; }
  saveTokens(tokens) { this.held = tokens; }
  saveCodeVerifier(verifier) { this.verifier = verifier; }
  codeVerifier() { return this.verifier; }
  async redirectToAuthorization(authorization) {
    this.code = undefined;
    const answer = await fetch(authorization, { redirect: 'manual' });
    const location = answer.headers.get('location');
    if (!location) throw new Error(`the authorization server answered with ${answer.status} and no redirect`);
    const back = new URL(location).searchParams;
    if (back.get('state') !== this.sentState) throw new Error('the state that came back is another one');
    if (!back.get('code')) throw new Error(`no code came back: ${back.get('error')} ${back.get('error_description') ?? ''}`);
    this.code = back.get('code');
  }
}

const provider = new Provider();
let transport;

// Hands over the code that an authorization has brought; false where there is none.
async function finished(error) {
  if (!(error instanceof UnauthorizedError) || !provider.code) return false;
  const code = provider.code;
  provider.code = undefined;
  await transport.finishAuth(code);
  return true;
}

async function connection() {
  const client = new Client({ name: 'scopecheck-driver', version: '0.0.0' });
  transport = new StreamableHTTPClientTransport(url, { authProvider: provider });
  await client.connect(transport);
  return client;
}

async function withAuthorization(call) {
  try {
    return await call();
  } catch (error) {
    if (!(await finished(error))) throw error;
    return call();
  }
}

let failures = 0;
try {
  const client = await withAuthorization(connection);
  const { tools } = await withAuthorization(() => client.listTools());
  for (const { name } of tools) {
    try {
      const answer = await withAuthorization(() => client.callTool({ name, arguments: {} }));
      if (answer.isError) throw new Error('the tool says that it failed');
      console.log(`${name}: done`);
    } catch (error) {
      failures += 1;
      console.error(`${name}: ${error.message}`);
    }
  }
  await client.close();
} catch (error) {
  failures += 1;
  console.error(error.message);
}
process.exit(failures === 0 ? 0 : 1);
