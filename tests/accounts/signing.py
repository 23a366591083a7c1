"""A provider in the hand of a test: it says what it is told to, and signs what it is told to."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import parse_qs, parse_qsl, urlsplit

import authlib.deprecate  # noqa: F401 - it asks for every warning when it is loaded, so not in a test
from joserfc import jwt
from joserfc.jwk import ECKey
from werkzeug.serving import make_server

from campaign.accounts.sign_on import fetching
from campaign.accounts.sign_on.fetching import Answer, Away

ISSUER = "https://sso.example.vn/realms/Tinh"
CLIENT = "ngon-co"
ENDED = "http://schemas.openid.net/event/backchannel-logout"
SETTINGS = {
    "OIDC_ISSUER": ISSUER,
    "OIDC_CLIENT_ID": CLIENT,
    "OIDC_CLIENT_SECRET": "bí mật",
    "OIDC_NAME": "Cổng cán bộ",
}


class HandProvider:
    """Nhà cung cấp: `claims` and `header` change the next token, `is_away` what is answered."""

    def __init__(self):
        self.key = ECKey.generate_key("P-256", {"kid": "1"})
        self.published = [self.key.as_dict(private=False)]
        self.claims, self.header, self.metadata = {}, {}, {}
        self.nonces, self.asked, self.forms = {}, [], []
        self.is_away = False

    def ask(self, address, *, form=None, headers=None, by):
        """What the program would send over the network."""
        del headers
        assert by <= time.monotonic() + 4.0
        self.asked.append(address.removeprefix(ISSUER))
        if self.is_away:
            raise Away("away")  # noqa: EM101 - a test's own
        if address.endswith("/openid-configuration"):
            told = {
                "issuer": ISSUER,
                "authorization_endpoint": f"{ISSUER}/auth",
                "token_endpoint": f"{ISSUER}/token",
                "jwks_uri": f"{ISSUER}/keys",
                **self.metadata,
            }
        elif address.endswith("/keys"):
            told = {"keys": self.published}
        else:
            sent = dict(parse_qsl(form.decode()))
            self.forms.append(sent)
            told = {"access_token": "x", "token_type": "Bearer", "id_token": self.id_token(sent)}
        return Answer(200, json.dumps(told).encode())

    def _signed(self, claims, key=None, **header):
        whole = {"alg": "ES256", "kid": "1", **header, **self.header}
        wanted = {name: value for name, value in (claims | self.claims).items() if value != "-"}
        key = key or self.key
        return jwt.encode(whole, wanted, key, algorithms=[whole["alg"]])

    def id_token(self, sent, key=None):
        """The token for the one code there is."""
        now = int(time.time())
        claims = {
            "iss": ISSUER,
            "aud": CLIENT,
            "sub": "a1B2",
            "iat": now,
            "exp": now + 300,
            "nonce": self.nonces.get(sent.get("code")),
            "sid": "s-1",
        }
        return self._signed(claims, key)

    def logout_token(self, number="1", **changed):
        """Whose session has ended."""
        now = int(time.time())
        claims = {
            "iss": ISSUER,
            "aud": CLIENT,
            "iat": now,
            "exp": now + 120,
            "jti": number,
            "sub": "a1B2",
            "sid": "s-1",
            "events": {ENDED: {}},
        }
        header = changed.pop("header", {})
        return self._signed({**claims, **changed}, **header)

    def went(self, answer):
        """Where the browser was sent: what it carries there; its code will be the state."""
        sent = {
            name: values[0] for name, values in parse_qs(urlsplit(answer.location).query).items()
        }
        self.nonces[sent["state"]] = sent["nonce"]
        return sent


@contextmanager
def serving(app, host="127.0.0.1") -> Iterator[str]:
    """Serve over HTTP, and end however long the machine takes."""
    server = make_server(host, 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield f"http://{host}:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def install(app, monkeypatch, provider=None, **settings):
    """Let the application know this provider, and remember nothing of another."""
    for name, value in {**SETTINGS, **settings}.items():
        monkeypatch.setitem(app.config, name, value)
    app.extensions.pop("sign_on", None)
    if provider is not None:
        monkeypatch.setattr(fetching, "ask", provider.ask)
    return provider
