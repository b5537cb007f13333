// Starts oidc-provider on loopback as a server for Scopecheck to test.
//
//   PORT=4101 MODE=opaque node server.mjs    opaque access tokens, OpenID Connect scopes (the default mode)
//   PORT=4101 MODE=jwt    node server.mjs    JWT access tokens for one API, `urn:api`, with scopes of its own
//
// Everything about scope is left as the product ships it. What is set here is what a test needs: open
// registration, all grants, a login form that takes any name, and refresh tokens without `offline_access`.

import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import Provider from 'oidc-provider';

const HOST = '127.0.0.1';
const API = 'urn:api';
const API_SCOPES = ['api:read', 'api:write', 'api:list', 'api:admin'];
const OIDC_SCOPES = ['openid', 'offline_access'];
// A claim list makes its key a scope.
const CLAIMS = { openid: ['sub'], profile: ['name'], email: ['email'], address: ['address'], phone: ['phone_number'] };

const MODES = ['opaque', 'jwt'];
const mode = process.env.MODE ?? 'opaque';
const port = Number(process.env.PORT);

if (!MODES.includes(mode)) stop(`MODE is ${JSON.stringify(mode)}: set it to one of ${MODES.join(', ')}.`);
if (!Number.isInteger(port) || port < 1 || port > 65535) stop('PORT is not a port: set it to a number from 1 to 65535.');

const provider = new Provider(`http://${HOST}:${port}`, {
  // Keys live as long as the process: the shipped development keys are public knowledge.
  cookies: { keys: [randomBytes(32).toString('hex')] },
  jwks: { keys: [signingKey()] },

  findAccount: (_ctx, id) => ({ accountId: id, claims: () => ({ sub: id }) }),

  // The shipped rule demands `offline_access`. The refresh cases need a refresh token for any scope.
  issueRefreshToken: (_ctx, client) => client.grantTypeAllowed('refresh_token'),
  // The shipped rule rotates for public clients, and for others late in a token's life. The cases look at the
  // scope of the new token for both.
  rotateRefreshToken: true,
  ttl: {
    AccessToken: 600,
    ClientCredentials: 600,
    Grant: 3600,
    IdToken: 600,
    Interaction: 600,
    RefreshToken: 3600,
    Session: 3600,
  },

  features: {
    clientCredentials: { enabled: true },
    devInteractions: { enabled: true },
    introspection: { enabled: true },
    registration: { enabled: true },
    registrationManagement: { enabled: true },
    resourceIndicators: { enabled: mode === 'jwt', ...apiResource() },
    revocation: { enabled: true },
  },

  ...(mode === 'jwt' ? { scopes: [...OIDC_SCOPES, ...API_SCOPES] } : { scopes: OIDC_SCOPES, claims: CLAIMS }),
});

// One API stands behind the server, and a request that names none means this one.
function apiResource() {
  return {
    defaultResource: (_ctx, _client, oneOf) => oneOf ?? API,
    getResourceServerInfo: () => ({
      scope: API_SCOPES.join(' '),
      audience: API,
      accessTokenFormat: 'jwt',
      jwt: { sign: { alg: 'RS256' } },
    }),
    useGrantedResource: () => true,
  };
}

// RS256, because that is what a registration gets that names no algorithm (OpenID Connect Registration, section 2).
function signingKey() {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return { ...privateKey.export({ format: 'jwk' }), alg: 'RS256', use: 'sig' };
}

function stop(message) {
  console.error(message);
  process.exit(2);
}

// Only the kind of an error is printed: its details may hold codes, tokens or secrets.
provider.on('server_error', (_ctx, error) => console.error(`server error: ${error.name}`));

const server = createServer(provider.callback());
server.on('error', (error) => stop(`cannot listen on ${HOST}:${port}: ${error.code}`));
server.listen(port, HOST, () => console.log(`listening http://${HOST}:${port} (${mode})`));

// SIGTERM and SIGINT end the process by default. A parent that was killed outright sends nothing, and a
// server left behind would hold its port, so the process also goes when its parent has gone.
const parent = process.ppid;
setInterval(() => {
  if (process.ppid !== parent) process.exit(0);
}, 500).unref();
