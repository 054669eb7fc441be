"""Who may ask: Host, Origin and token of every request, the size of what is sent, and the headers of every answer."""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import secrets
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from amity.show.server.desk import DeskOptions

LOCAL = frozenset({"127.0.0.1", "localhost", "::1"})
# Own files only; styles in attributes place the bars of the tables and hold numbers alone.
POLICY = (
    "default-src 'none'; style-src 'self'; style-src-attr 'unsafe-inline'; script-src 'self'; connect-src 'self'; img-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # Under no-referrer browsers send "Origin: null" with a page's own forms, which could not be told from a stranger's.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
TOKEN_COOKIE, SESSION_COOKIE = "amity_token", "amity_session"
# Bytes of a form without a file, and room for the parts around a file.
FORM_BYTES = 64_000


class Guard:
    """ASGI around the pages: refuses what does not come from the desk's own pages, and limits what is sent."""

    def __init__(self, app: ASGIApp, options: DeskOptions) -> None:
        self.app, self.options = app, options

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Check, then pass on with a session and the headers of safety."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = Request(scope)
        session = request.cookies.get(SESSION_COOKIE, "")
        fresh = not (len(session) == 32 and session.isalnum() and session.isascii())
        session = secrets.token_hex(16) if fresh else session
        scope.setdefault("state", {})["csrf"] = sign_session(self.options.secret, session)

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers[name] = value
                if fresh:
                    headers.append("Set-Cookie", f"{SESSION_COOKIE}={session}; Path=/; HttpOnly; SameSite=Strict")
            await send(message)

        refused = self.refuse(request)
        if refused is not None:
            await refused(scope, receive, send_guarded)
            return
        await self.app(scope, limit_body(receive, self.options.upload + FORM_BYTES), send_guarded)

    def refuse(self, request: Request) -> Response | None:
        """A request -> the answer that refuses it; None where it may pass."""
        if not is_own_host(request.headers, self.options.host):
            return say(421, "The desk does not answer to this name; open it by the address that `amity serve` printed.")
        if request.method not in ("GET", "HEAD", "POST"):
            return say(405, "Allowed are GET and POST.")
        if request.method == "POST" and not is_own_origin(request.headers):
            return say(403, "This form does not come from the desk's own pages.")
        length = request.headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > self.options.upload + FORM_BYTES:
            return say(413, f"The upload is larger than {self.options.upload:,} bytes; split the file.")
        return check_token(request, self.options.token)


def say(status: int, text: str) -> Response:
    """A refusal as plain text."""
    return PlainTextResponse(text + "\n", status)


def limit_body(receive: Receive, most: int) -> Receive:
    """A body's stream -> the same, ended by an answer of 413 beyond `most` bytes, whatever length it announced."""
    taken = 0

    async def receive_limited() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > most:
            raise HTTPException(413, f"More than {most:,} bytes were sent; split the file.")
        return message

    return receive_limited


def is_own_host(headers: Headers, bound: str) -> bool:
    """Whether the Host header names this desk, so that no name that others point here can be used from a browser.

    Bound to every address (0.0.0.0, ::), any literal address may be asked for, but no name.
    """
    try:
        name = urlsplit("//" + headers.get("host", "")).hostname or ""
    except ValueError:
        return False
    if bound in ("0.0.0.0", "::"):
        return name in LOCAL or is_address(name)
    return name in LOCAL or name == bound.lower()


def is_address(name: str) -> bool:
    """Whether a host is written as an address.

    >>> is_address("10.0.0.4"), is_address("desk.example")
    (True, False)
    """
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def is_own_origin(headers: Headers) -> bool:
    """Whether a form was sent by a page of this desk; where a browser does not say, by what else it says of the site.

    The form's own token is asked for besides, so that a client that sends neither header still needs it.
    """
    origin = headers.get("origin")
    if origin is not None:
        return urlsplit(origin).netloc == headers.get("host", "") != ""
    return headers.get("sec-fetch-site", "same-origin") in ("same-origin", "none")


def check_token(request: Request, token: str) -> Response | None:
    """A request -> None where no token is needed or the right one is given; else the refusal.

    Given once in the address, the token moves into a cookie and out of the address.
    """
    if not token:
        return None
    asked = request.query_params.get("token", "")
    bearer = request.headers.get("authorization", "").removeprefix("Bearer ")
    if request.method == "GET" and same_text(asked, token):
        answer = RedirectResponse("/", 303)
        answer.set_cookie(TOKEN_COOKIE, token, httponly=True, samesite="strict", path="/")
        return answer
    if same_text(request.cookies.get(TOKEN_COOKIE, ""), token) or same_text(bearer, token):
        return None
    return say(401, "This desk asks for its token: open the address that `amity serve` printed.")


def same_text(given: str, wanted: str) -> bool:
    """Whether two secrets are equal, in a time that tells nothing of either."""
    return hmac.compare_digest(given.encode("utf-8", "replace"), wanted.encode("utf-8"))


def sign_session(secret: bytes, session: str) -> str:
    """A session -> the token that its forms must carry."""
    return hmac.new(secret, session.encode(), hashlib.sha256).hexdigest()
