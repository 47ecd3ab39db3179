"""What the application and the current request hold, with types."""

from typing import cast

from flask import Flask, current_app, g

from healthlib.config import Settings
from healthlib.search.generation.generation import Generation
from healthlib.search.generation.live import Live

SETTINGS = "HEALTHLIB"
LIVE = "healthlib_live"


def settings_of(app: Flask) -> Settings:
    """Return the settings the application was made with."""
    return cast(Settings, app.config[SETTINGS])


def live_of(app: Flask) -> Live:
    """Return what lends generations to this application's requests."""
    return cast(Live, app.extensions[LIVE])


def current_settings() -> Settings:
    """Return the settings of the application that handles this request."""
    return settings_of(current_app)


def current_generation() -> Generation:
    """Return the generation that this request is served from: one for the whole request, never a mixture.

    Raises:
        GenerationError: when there is none; readers get 503.
    """
    if "generation" not in g:
        g.generation = live_of(current_app).borrow()
    return cast(Generation, g.generation)


def give_back_generation(_error: BaseException | None = None) -> None:
    """End this request's use of its generation."""
    generation = g.pop("generation", None)
    if generation is not None:
        live_of(current_app).give_back(generation)
