"""The page: a ready Chat in, a Gradio app out. It only draws events and hands clicks on; nothing is decided here.

Three panels (conversations, chat, profile) are `gr.HTML` components drawn by scripts in assets/ from plain JSON; text never
becomes markup. Who the visitor is lives in their browser as an unguessable token; everything else lives in the store.
"""

from __future__ import annotations

import logging
import os
import threading
from pathlib import Path
from typing import Any

os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")  # must precede the import, which reads it

import gradio as gr
from starlette.middleware import Middleware
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from chatrec.assemble import Parts
from chatrec.settings import Settings
from chatrec.ui.desk import Desk
from chatrec.ui.headers import SafeHeaders
from chatrec.ui.texts import TEXTS

logger = logging.getLogger(__name__)

ASSETS = Path(__file__).parent / "assets"
BROWSER_KEY = "chatrec-visitor"
BROWSER_SECRET = "chatrec"  # fixed so that the token survives a restart; it hides nothing from the visitor's own machine


def launch(parts: Parts, settings: Settings, *, host: str | None = None, port: int | None = None, block: bool = True) -> str:
    """Serve the page and give its address; with `block` only returns when the server stops.

    Host and port default to Gradio's own environment (which Hugging Face Spaces sets), then 127.0.0.1 and 7860.
    """
    demo = build(parts, settings)
    _, url, _ = demo.launch(
        server_name=host,
        server_port=port,
        prevent_thread_lock=True,
        quiet=True,
        show_error=False,
        ssr_mode=False,
        run_history=False,
        enable_monitoring=False,
        max_threads=max(40, settings.concurrency),
        footer_links=[],
        # Else Gradio fetches its own page first, and gives up on a machine too busy to answer within three seconds.
        _frontend=False,
        theme=_theme(),
        css=(ASSETS / "page.css").read_text(encoding="utf-8"),
        app_kwargs={
            "middleware": [Middleware(SafeHeaders)],
            "routes": [Mount("/chatrec-files", StaticFiles(directory=ASSETS))],
        },
    )
    logger.info("the page is on %s", url)
    threading.Thread(target=parts.warm, daemon=True).start()  # after the page is up, so that it does not wait for this
    if block:
        demo.block_thread()
    return str(url)


def build(parts: Parts, settings: Settings) -> gr.Blocks:
    """The page, not yet served."""
    desk = Desk(parts)
    demo: gr.Blocks
    with gr.Blocks(title=TEXTS["title"], analytics_enabled=False, fill_height=True) as demo:
        session = gr.State({}, time_to_live=24 * 3600)
        visitor = gr.BrowserState("", storage_key=BROWSER_KEY, secret=BROWSER_SECRET)
        with gr.Row(elem_id="frame"):
            with gr.Column(elem_id="left"):
                left = _panel("left", {"talks": [], "tuner": None})
            with gr.Column(elem_id="middle"):
                chat = _panel("chat", desk.empty_view(""), elem_id="chat")
                with gr.Column(elem_id="composer"):
                    message = gr.Textbox(
                        elem_id="msg",
                        label="Message",
                        show_label=False,
                        placeholder=TEXTS["placeholder" if desk.films else "placeholder_other"],
                        lines=1,
                        max_lines=6,
                        max_length=20_000,
                        submit_btn=True,
                        interactive=False,  # until it is known who is here
                    )
            with gr.Column(elem_id="right"):
                right = _panel("right", {"person": [], "conversation": []})
        everything = [session, visitor, left, chat, right]
        answer: dict[str, Any] = {
            "outputs": [message, chat, left, right],
            "show_progress": "hidden",
            "concurrency_limit": settings.concurrency,
            "api_visibility": "private",
        }
        click: dict[str, Any] = {
            "show_progress": "hidden",
            "concurrency_limit": settings.concurrency,
            "api_visibility": "private",
        }
        demo.load(desk.arrive, [visitor], [*everything, message], **click)
        running: list[Any] = [
            message.submit(desk.respond, [message, session], **answer),
            chat.submit(desk.respond_to_chip, [session], **answer),
            chat.retry(desk.again, [session], **answer),
        ]
        # Gradio cancels only after a function given here has run, so drawing what is left must be a step of its own.
        stopped = message.stop(None, cancels=running, api_visibility="private")
        stopped.then(desk.refresh, [session], [message, chat, left, right], **click)
        chat.like(desk.mark, [session], [chat, right], trigger_mode="multiple", **click)
        turned = left.click(desk.conversations, [session, visitor], everything, cancels=running, **click)
        turned.then(desk.refresh, [session], [message, chat, left, right], **click)
        # Looking is an event of its own: Gradio drops one that comes while another of the same kind is being answered.
        left.expand(desk.left_view, [session], [left], trigger_mode="multiple", **click)
        left.select(desk.tune, [session, visitor], [session, visitor, left], trigger_mode="always_last", **click)
        right.expand(desk.people, [session], [right], trigger_mode="multiple", **click)
        right.select(desk.be, [session, visitor], [session, visitor, right], **click)
        right.click(desk.edit_profile, [session, visitor], everything, trigger_mode="multiple", **click)
    demo.queue(max_size=settings.concurrency * 20, default_concurrency_limit=settings.concurrency)
    return demo


def _panel(script: str, value: Any, elem_id: str | None = None) -> gr.HTML:
    source = "\n".join((ASSETS / f"{name}.js").read_text(encoding="utf-8") for name in ("draw", script))
    return gr.HTML(
        value, html_template="<div></div>", js_on_load=source, apply_default_css=False, elem_id=elem_id, texts=dict(TEXTS)
    )


def _theme() -> gr.themes.Base:
    return gr.themes.Base(
        primary_hue="orange", neutral_hue="stone", font=["Inter", "system-ui", "sans-serif"], font_mono=["monospace"]
    )
