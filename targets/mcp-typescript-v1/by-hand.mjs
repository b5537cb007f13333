import http from "node:http";
const refresh = process.env.REFRESH, at = "http://127.0.0.1:4200", tools = { one: "a", two: "b", three: "c" }, granted = {};
let asked;
const server = http.createServer(async (req, res) => {
  const url = new URL(req.url, at); let body = ""; for await (const part of req) body += part;
  const json = (value, code = 200, more = {}) => { res.writeHead(code, { "content-type": "application/json", ...more }); res.end(JSON.stringify(value)); };
  if (url.pathname.includes("oauth-protected-resource")) return json({ resource: at, authorization_servers: [at] });
  if (url.pathname.includes("oauth-authorization-server")) return json({ issuer: at, authorization_endpoint: at + "/authorize", token_endpoint: at + "/token",
    registration_endpoint: at + "/register", response_types_supported: ["code"], code_challenge_methods_supported: ["S256"], grant_types_supported: ["authorization_code", "refresh_token"] });
  if (url.pathname === "/register") return json({ ...JSON.parse(body), client_id: "c" }, 201);
  if (url.pathname === "/authorize") {
    console.log("authorize", asked = url.searchParams.get("scope"));
    res.writeHead(302, { location: `${url.searchParams.get("redirect_uri")}?code=x&state=${url.searchParams.get("state")}` }); return res.end();
  }
  if (url.pathname === "/token") {
    const form = new URLSearchParams(body), token = "t" + Object.keys(granted).length; granted[token] = asked;
    console.log("token", form.get("grant_type"), "->", asked);
    return json({ access_token: token, token_type: "Bearer", scope: asked, ...(refresh && { refresh_token: "r" }) });
  }
  if (req.method !== "POST") return json({}, 405);
  const call = JSON.parse(body), has = (granted[(req.headers.authorization ?? "").slice(7)] ?? "").split(" ");
  const need = tools[call.params?.name] ?? "a", error = req.headers.authorization ? ', error="insufficient_scope"' : "";
  if (!has.includes(need) && (call.params?.name || !error)) return json({}, error ? 403 : 401, { "www-authenticate": `Bearer scope="${need}"${error}, resource_metadata="${at}/.well-known/oauth-protected-resource"` });
  if (call.id === undefined) return json({}, 202);
  json({ jsonrpc: "2.0", id: call.id, result: { initialize: { protocolVersion: "2025-11-25", capabilities: { tools: {} }, serverInfo: { name: "x", version: "0" } },
    "tools/list": { tools: Object.keys(tools).map((name) => ({ name, inputSchema: { type: "object" } })) }, "tools/call": { content: [] } }[call.method] });
});
server.listen(4200, "127.0.0.1");
