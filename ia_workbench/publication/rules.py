"""Decisions about packages: for whom, in which form, with which hash."""

from enum import StrEnum


class Audience(StrEnum):
    """For whom a finding was released."""

    BODY = "body"
    PUBLIC = "public"
