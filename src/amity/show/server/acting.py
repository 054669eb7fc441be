"""Forms of the desk: what a person decides, sends in, or has seen. Every one carries the token of its session."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from typing import Any
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from amity.show.server import drawing, reviewing
from amity.show.server.guard import same_text
from amity.show.server.pages import Tools
from amity.show.server.uploading import Job, Uploads

# Characters of a reason that a person may give.
MOST_WHY = 2_000
# Files of one form.
MOST_FILES = 200
YEAR = 365 * 24 * 3600


def list_forms(tools: Tools, uploads: Uploads) -> list[Route]:
    """The addresses that take a form, and those of jobs."""
    return [
        Route("/seen", partial(take_seen, tools), methods=["POST"]),
        Route("/review", partial(take_verdict, tools), methods=["POST"]),
        Route("/review/actors", partial(take_pair, tools), methods=["POST"]),
        Route("/upload", partial(take_files, tools, uploads), methods=["POST"]),
        Route("/job/{id}.json", partial(send_job, tools, uploads, True)),
        Route("/job/{id}", partial(send_job, tools, uploads, False)),
    ]


async def read_form(request: Request, files: int = 0) -> FormData:
    """A request -> its form. Raises HTTPException where the token of the session is not in it."""
    form = await request.form(max_files=files, max_fields=20, max_part_size=64_000)
    if not same_text(str(form.get("csrf", "")), request.state.csrf):
        raise HTTPException(403, "This form is too old or not the desk's own; open the page again and repeat.")
    return form


def say(form: FormData, name: str) -> str:
    """A field of a form -> its text."""
    return str(form.get(name, "")).strip()[:MOST_WHY]


def is_moment(text: str) -> bool:
    """Whether text is a time as the desk writes it."""
    try:
        return datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False


async def take_seen(tools: Tools, request: Request) -> Response:
    """All that there is now has been seen by this browser."""
    await read_form(request)
    answer = RedirectResponse("/", 303)
    answer.set_cookie("amity_seen", datetime.now(UTC).isoformat(timespec="seconds"), max_age=YEAR, httponly=True, samesite="strict")
    return answer


async def take_verdict(tools: Tools, request: Request) -> Response:
    """A verdict on a claim -> its rows, then the next claim."""
    form = await read_form(request)
    fixed = {name: say(form, name) for name in reviewing.FIXABLE}
    await run_in_threadpool(reviewing.judge_claim, tools.desk, say(form, "claim"), say(form, "verdict"), say(form, "why"), fixed)
    back = "/claim/" + quote(say(form, "claim"), safe="") if say(form, "back") == "claim" else "/review"
    return RedirectResponse(back, 303)


async def take_pair(tools: Tools, request: Request) -> Response:
    """A verdict on two actors -> its row, then the next pair."""
    form = await read_form(request)
    ends = say(form, "a"), say(form, "b")
    await run_in_threadpool(reviewing.judge_pair, tools.desk, ends, say(form, "verdict"), say(form, "why"))
    return RedirectResponse("/review/actors", 303)


async def take_files(tools: Tools, uploads: Uploads, request: Request) -> Response:
    """Files as a browser sends them -> a job that reads them, one after the other."""
    form = await read_form(request, MOST_FILES)
    sent = [f for f in form.getlist("files") if isinstance(f, UploadFile) and f.filename]
    if not sent:
        raise HTTPException(400, "No file was sent; choose one or several reports (text, HTML, JSON Lines).")
    job = uploads.start([(str(f.filename), await f.read()) for f in sent])
    return RedirectResponse(f"/job/{job.id}", 303)


async def send_job(tools: Tools, uploads: Uploads, rows: bool, request: Request) -> Response:
    """A job -> how far it is."""
    job = uploads.jobs.get(request.path_params["id"])
    if job is None:
        raise HTTPException(404, "No upload has this id; those of an earlier run of the desk are forgotten, their claims are kept.")
    if rows:
        return send_json(tell_job(job))
    draw: Callable[[], str] = partial(draw_job, tools, job, "hx-request" in request.headers)
    return HTMLResponse(await run_in_threadpool(draw))


def send_json(rows: Any, status: int = 200) -> Response:
    """Plain values -> a response."""
    return Response(json.dumps(rows, ensure_ascii=False, allow_nan=False), status, media_type="application/json")


def draw_job(tools: Tools, job: Job, part: bool) -> str:
    """A job -> its page, or the part of it that is set anew while it runs."""
    view = tools.desk.view()
    frame = {"title": "Upload", "page": "/upload", "view": view, "job": job, "params": {}, "rows_at": f"/job/{job.id}.json"}
    return drawing.draw_page("job_steps.html" if part else "job.html", frame, view)


def tell_job(job: Job) -> dict[str, Any]:
    """A job -> its rows for JSON."""
    return {"id": job.id, "files": list(job.names), "done": job.done, "fault": job.fault, "steps": drawing.say_plain(list(job.steps))}
