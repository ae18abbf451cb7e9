"""A provider of OpenID Connect on this machine, which keeps the rules until a test tells it to lie."""

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import ec, rsa

KEYS: dict[str, Any] = {
    "RS256": rsa.generate_private_key(public_exponent=65537, key_size=2048),
    "ES256": ec.generate_private_key(ec.SECP256R1()),
}
STRANGER = rsa.generate_private_key(public_exponent=65537, key_size=2048)
CLIENT, SECRET = "visavis", "between us"


class Provider:
    """What it says: `claims` and `info` change a token or userinfo; a claim of None is left out."""

    def __init__(self) -> None:
        self.algorithm = "RS256"
        self.key: Any = None
        self.claims: dict[str, Any] = {}
        self.info: dict[str, Any] = {}
        self.signs_userinfo = True
        self.is_down = False
        self.codes: dict[str, dict[str, Any]] = {}
        self.asked: list[str] = []
        self.address = ""

    def consent(self, address: str, sub: str, **claims: Any) -> dict[str, str]:
        """Play the person at the provider: return what her browser brings back."""
        params = dict(parse_qsl(urlsplit(address).query))
        code = secrets.token_urlsafe(8)
        self.codes[code] = {**params, "sub": sub, "claims": claims}
        return {"code": code, "state": params["state"]}

    def described(self) -> dict[str, Any]:
        return {
            "issuer": self.address,
            "authorization_endpoint": f"{self.address}/authorize",
            "token_endpoint": f"{self.address}/token",
            "userinfo_endpoint": f"{self.address}/userinfo",
            "jwks_uri": f"{self.address}/keys",
            "end_session_endpoint": f"{self.address}/leave",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }

    def keys(self) -> dict[str, Any]:
        made = []
        for name, key in KEYS.items():
            jwk = jwt.get_algorithm_by_name(name).to_jwk(key.public_key(), as_dict=True)
            made.append({**jwk, "kid": name, "use": "sig", "alg": name})
        return {"keys": made}

    def sign(self, claims: dict[str, Any]) -> str:
        said = {name: value for name, value in claims.items() if value is not None}
        key = self.key if self.key is not None else KEYS.get(self.algorithm)
        return jwt.encode(said, key, algorithm=self.algorithm, headers={"kid": self.algorithm})

    def token(self, form: dict[str, str]) -> dict[str, Any] | None:
        begun = self.codes.pop(form.get("code", ""), None)
        challenge = base64.urlsafe_b64encode(
            hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        ).rstrip(b"=")
        if begun is None or begun["code_challenge"] != challenge.decode():
            return None
        if (form.get("client_id"), form.get("client_secret")) != (CLIENT, SECRET):
            return None
        now = int(time.time())
        claims = {
            "iss": self.address,
            "aud": CLIENT,
            "sub": begun["sub"],
            "iat": now,
            "exp": now + 60,
            "nonce": begun["nonce"],
            "acr": begun.get("acr_values", "").split(" ")[0] or None,
        }
        self.about = begun["sub"]
        token = self.sign(claims | begun["claims"] | self.claims)
        return {"access_token": "open", "token_type": "Bearer", "expires_in": 60, "id_token": token}

    def userinfo(self) -> dict[str, Any]:
        said = {"iss": self.address, "aud": CLIENT, "sub": self.about}
        names = {"given_name": "Amélie", "family_name": "Durand", "email": "amelie@example.org"}
        return said | names | self.info


@contextmanager
def running() -> Iterator[Provider]:
    """Run one until the block ends."""
    provider = Provider()

    class Handler(BaseHTTPRequestHandler):
        def answer(self, body: Any, kind: str = "application/json") -> None:
            status = 503 if provider.is_down else 400 if body is None else 200
            sent = (body if isinstance(body, str) else json.dumps(body or {})).encode()
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(sent)))
            self.end_headers()
            self.wfile.write(sent)

        def do_GET(self) -> None:
            provider.asked.append(self.path)
            if self.path.startswith("/userinfo"):
                told = provider.userinfo()
                if provider.signs_userinfo:
                    return self.answer(provider.sign(told), "application/jwt")
                return self.answer(told)
            pages = {"/keys": provider.keys, "/.well-known/openid-configuration": provider.described}
            return self.answer(pages[self.path]())

        def do_POST(self) -> None:
            provider.asked.append(self.path)
            sent = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self.answer(provider.token({name: value[0] for name, value in parse_qs(sent).items()}))

        def log_message(self, *args: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    provider.address = f"http://127.0.0.1:{server.server_address[1]}"
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
