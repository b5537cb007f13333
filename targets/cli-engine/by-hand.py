"""A server to try the application by hand, without Scopecheck: `python3 by-hand.py [KEY=VALUE]...` prints a line for each request.

Keys: drop (scopes that are not granted, joined by `+`), echo (`no`, `empty`), jwt (1), more (a scope that a JWT claims beyond the grant), user, refuse (1), refresh (`no`), expires (seconds), slow (seconds before a token is given),
long (1: a code of 5,000 characters), pieces (1: the callback is sent from here, in two pieces).
"""

import base64, json, secrets, socket, sys, time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

codes, tokens, refreshes, rules = {}, {}, {}, {}


def segment(value):
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


def in_pieces(url):
    """The callback as a browser may send it."""
    with socket.create_connection((url.hostname, url.port)) as stream:
        request = f"GET {url.path}?{url.query} HTTP/1.1\r\nHost: {url.netloc}\r\n\r\n".encode()
        stream.sendall(request[:40])
        time.sleep(0.05)
        stream.sendall(request[40:])
        print("callback in two pieces ->", stream.recv(15).decode(), flush=True)


class Handler(BaseHTTPRequestHandler):
    def log_message(self, *_):
        pass

    def answer(self, status, body, location=None):
        self.send_response(status)
        if location:
            self.send_header("Location", location)
        self.end_headers()
        self.wfile.write(json.dumps(body).encode())

    def do_GET(self):
        url, query = urlsplit(self.path), parse_qs(self.path.partition("?")[2])
        if url.path == "/authorize":
            asked = query.get("scope", [""])[0]
            present = [name for name in ("scope", "prompt", "resource") if f"{name}=" in url.query]
            print(f"authorize `{asked}`, parameters: {' '.join(present)}", flush=True)
            back = {"state": query["state"][0]}
            if rules.get("refuse"):
                back |= {"error": "invalid_scope", "error_description": "there is no such scope"}
            else:
                code = back["code"] = secrets.token_hex(2500 if rules.get("long") else 8)
                codes[code] = " ".join(s for s in asked.split() if s not in rules.get("drop", "").split("+"))
            location = query["redirect_uri"][0] + "?" + urlencode(back)
            if rules.get("pieces"):
                in_pieces(urlsplit(location))
                return self.answer(200, {})
            return self.answer(302, {}, location)
        granted = tokens.get(self.headers.get("Authorization", "").removeprefix("Bearer "))
        print("call with", "no good token" if granted is None else f"the scopes `{granted}`", flush=True)
        self.answer(200 if granted is not None else 401, {})

    def do_POST(self):
        form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        kind, scope = form["grant_type"][0], form.get("scope", ["no scope"])[0]
        if kind == "refresh_token":
            granted = refreshes.pop(form["refresh_token"][0], None)
        else:
            granted = codes.pop(form["code"][0], None)
        print("token", kind, "with", scope, "->", granted, flush=True)
        if granted is None:
            return self.answer(400, {"error": "invalid_grant"})
        claimed = " ".join(granted.split() + rules.get("more", "").split())
        claims = {"sub": rules.get("user", "alice"), "scope": claimed, "jti": secrets.token_hex(4)}
        token = f"{segment({'alg': 'none'})}.{segment(claims)}.c2ln" if rules.get("jwt") else secrets.token_hex(16)
        refresh, tokens[token] = secrets.token_hex(8), granted
        refreshes[refresh] = granted
        body = {"access_token": token, "token_type": "Bearer", "expires_in": int(rules.get("expires", 3600))}
        if rules.get("refresh") != "no":
            body["refresh_token"] = refresh
        if rules.get("echo") != "no":
            body["scope"] = "" if rules.get("echo") == "empty" else granted
        time.sleep(float(rules.get("slow", 0)))
        self.answer(200, body)


rules.update(pair.split("=", 1) for pair in sys.argv[1:])
print("http://127.0.0.1:4300/api", rules, flush=True)
ThreadingHTTPServer(("127.0.0.1", 4300), Handler).serve_forever()
