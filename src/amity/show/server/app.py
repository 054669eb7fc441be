"""The desk as an ASGI application: pages and their JSON by address, forms, static files, and faults in one sentence."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import cache, partial
from importlib.resources import files
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from amity.errors import AmityError, NotFound
from amity.show.server import acting, drawing, timeline
from amity.show.server.desk import Desk, StillDrawing
from amity.show.server.guard import Guard
from amity.show.server.openapi import describe_pages
from amity.show.server.pages import Page, Query, Sheet, Tools, list_pages
from amity.show.server.reviewing import list_labels
from amity.show.server.search import Search
from amity.show.server.uploading import Uploads
from amity.show.wording import UNPRINTABLE

# Cookie that says when this browser last looked, set by a button.
SEEN_COOKIE = "amity_seen"
STATIC = {
    "report.css": ("amity.show", "templates/report.css", "text/css"),
    "report.js": ("amity.show", "templates/report.js", "text/javascript"),
    "desk.css": ("amity.show.server", "static/desk.css", "text/css"),
    "desk.js": ("amity.show.server", "static/desk.js", "text/javascript"),
    "mark.svg": ("amity.show.server", "static/mark.svg", "image/svg+xml"),
    "htmx.min.js": ("amity.show.server", "static/htmx.min.js", "text/javascript"),
}
TITLES = {404: "Not found", 503: "Not yet"}
NOWHERE = "There is no page at this address; see / for what there is."
# Characters of a page that is kept ready to be sent; a longer one is put together from its kept parts.
MOST_PAGE = 1_500_000


def make_app(desk: Desk) -> Starlette:
    """A desk -> the application; the reader is loaded by the first upload."""
    tools, uploads = Tools(desk, Search()), Uploads(desk)

    @asynccontextmanager
    async def live(app: Starlette) -> AsyncIterator[None]:
        yield
        uploads.close()
        tools.search.close()

    pages = list_pages()
    routes = [Route("/static/{name}", send_static), Route("/openapi.json", lambda r: acting.send_json(describe_pages(pages)))]
    routes += [Route("/network/drawing", partial(send_drawing, tools)), Route("/review/labels.jsonl", partial(send_labels, tools))]
    for page in pages:
        routes += [Route(page.json_path, partial(send_rows, tools, page)), Route(page.path, partial(send_page, tools, page))]
    routes += acting.list_forms(tools, uploads)
    faults: dict[Any, Callable[..., Any]] = {AmityError: say_fault, HTTPException: say_refusal, StillDrawing: say_wait}
    app = Starlette(routes=routes, middleware=[Middleware(Guard, options=desk.options)], exception_handlers=faults, lifespan=live)
    app.state.uploads = uploads
    return app


def read_query(request: Request) -> Query:
    """A request -> what it asks of a page."""
    seen = request.cookies.get(SEEN_COOKIE, "")
    return Query(dict(request.path_params), dict(request.query_params), seen if acting.is_moment(seen) else "", request.state.csrf)


async def send_page(tools: Tools, page: Page, request: Request) -> Response:
    """A page as HTML."""
    return HTMLResponse(await run_in_threadpool(render_page, tools, page, read_query(request)))


def render_page(tools: Tools, page: Page, query: Query) -> str:
    """A page and what is asked of it -> its HTML, kept while nothing that it is drawn from changes."""
    if page.live:
        return render_sheet(tools, page, query)
    tools.desk.view()
    name = ("page", page.path, *sorted(query.path.items()), *sorted((k, v) for k, v in query.asked.items() if k in page.params))
    stamp = (tools.desk.stamp(), tools.desk.state() if page.path.startswith("/document/") else None)
    found = tools.desk.look_up(name)
    if found and found.state == stamp:
        return str(found.value)
    text = render_sheet(tools, page, query)
    # Pages that rest on what was not drawn before are kept from the next time on.
    return tools.desk.keep(name, lambda: text, stamp) if len(text) <= MOST_PAGE else text


def render_sheet(tools: Tools, page: Page, query: Query) -> str:
    """A page and what is asked of it -> its HTML, made now."""
    return draw_sheet(tools, page, page.make(tools, query), query)


def draw_sheet(tools: Tools, page: Page, sheet: Sheet, query: Query, **more: Any) -> str:
    """A sheet -> its HTML in the frame of the desk."""
    asked = {k: v for k, v in query.asked.items() if k in page.params}
    frame = {"title": sheet.title, "page": page.path, "view": sheet.view, "csrf": query.csrf, "params": asked}
    frame |= {"documents": sheet.view.documents, "marks": {}, "rows_at": rows_address(page, query, asked), "part": 0}
    return drawing.draw_page(sheet.template, frame | dict(sheet.context) | more, sheet.view)


def rows_address(page: Page, query: Query, asked: dict[str, str]) -> str:
    """A page as it was asked for -> the address of its JSON."""
    from urllib.parse import quote, urlencode

    path = page.json_path
    for name, value in query.path.items():
        path = path.replace("{" + name + "}", quote(value, safe=""))
    return path + ("?" + urlencode(asked) if asked else "")


async def send_rows(tools: Tools, page: Page, request: Request) -> Response:
    """The rows of a page as JSON."""
    query = read_query(request)
    return acting.send_json(await run_in_threadpool(lambda: page.make(tools, query).data()))


async def send_drawing(tools: Tools, request: Request) -> Response:
    """The network on a step of the slider, alone, to be set into the page."""

    def draw() -> str:
        query = read_query(request)
        view = tools.desk.view(query.day("as_of"))
        moment = timeline.draw_moment(tools.desk, view, None, query.whole("step", 0))
        return drawing.draw_page("drawing.html", {"moment": moment, "view": view}, view)

    return HTMLResponse(await run_in_threadpool(draw))


async def send_labels(tools: Tools, request: Request) -> Response:
    """Every decision as a label for training, a line each."""
    rows = await run_in_threadpool(lambda: [json.dumps(drawing.say_plain(r), ensure_ascii=False) for r in list_labels(tools.desk)])
    return Response("".join(r + "\n" for r in rows), media_type="application/jsonl")


async def send_static(request: Request) -> Response:
    """One of the files of STATIC; nothing else has an address."""
    name = request.path_params["name"]
    if name not in STATIC:
        raise HTTPException(404, "There is no such file.")
    package, path, kind = STATIC[name]
    return Response(read_static(package, path), media_type=kind, headers={"Cache-Control": "max-age=3600"})


@cache
def read_static(package: str, path: str) -> bytes:
    """A file of the package -> its bytes."""
    return (files(package) / path).read_bytes()


async def say_fault(request: Request, fault: Exception) -> Response:
    """A fault that a person may see -> its sentence, on a page or as JSON."""
    return say_plainly(request, 404 if isinstance(fault, NotFound) else 400, str(fault))


async def say_refusal(request: Request, fault: Exception) -> Response:
    """A request that leads nowhere -> its sentence."""
    status = fault.status_code if isinstance(fault, HTTPException) else 500
    detail = fault.detail if isinstance(fault, HTTPException) else ""
    return say_plainly(request, status, NOWHERE if status == 404 and detail == "Not Found" else detail)


async def say_wait(request: Request, fault: Exception) -> Response:
    """What is being worked out -> that it is, and when to look again."""
    answer = say_plainly(
        request, 503, f"The {fault} of this ledger are being worked out, which takes a while; the page looks again by itself."
    )
    answer.headers["Retry-After"] = "10"
    if not request.url.path.endswith(".json"):
        answer.headers["Refresh"] = "10"
    return answer


def say_plainly(request: Request, status: int, text: str) -> Response:
    """A sentence -> the response that says it."""
    if request.url.path.endswith((".json", ".jsonl")):
        return acting.send_json({"fault": text}, status)
    page = drawing.load_pages().get_template("fault.html").render({"title": TITLES.get(status, "Not done"), "text": text})
    return HTMLResponse(UNPRINTABLE.sub("\ufffd", page), status)
