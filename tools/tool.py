"""A tool is one typed function; what every door needs to know of it is derived here."""

import functools
import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, ParamSpec, TypeVar, get_type_hints

from pydantic import BaseModel, ConfigDict, ValidationError, create_model, validate_call
from pydantic.fields import FieldInfo

from store.errors import Invalid

P = ParamSpec("P")
R = TypeVar("R")
Kind = Literal["read", "write", "destructive"]


class Result(BaseModel):
    """What a tool returns: typed data and the sentences a user reads, made from the database."""

    summary: str


@dataclass(frozen=True)
class Tool:
    """A tool as the doors see it.

    ``arguments`` is the Pydantic model of its keyword arguments without the library and ``confirm``; ``chat`` tells
    whether the conversation offers it.
    """

    name: str
    kind: Kind
    chat: bool
    function: Callable[..., Any]
    arguments: type[BaseModel]

    @property
    def description(self) -> str:
        """The first line of the docstring."""
        return (inspect.getdoc(self.function) or "").split("\n", 1)[0]

    @property
    def required(self) -> list[str]:
        """The arguments that must be given."""
        return [name for name, field in self.arguments.model_fields.items() if field.is_required()]

    def schema(self) -> dict[str, Any]:
        """JSON schema of the arguments."""
        return self.arguments.model_json_schema()


TOOLS: dict[str, Tool] = {}
"""Every tool by name, in the order of definition."""


def tool(kind: Kind, *, chat: bool = True) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Make a typed function ``f(store, *, …) -> Result`` a tool.

    Arguments are validated and converted at the call, from whatever door it comes.

    Args:
        kind: whether it reads, writes, or destroys (and so asks for confirmation).
        chat: whether the conversation offers it to the model.

    Raises:
        Invalid: at the call, when an argument does not fit its type or range.
    """

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        validated = validate_call(config=ConfigDict(arbitrary_types_allowed=True))(function)
        name = function.__name__

        @functools.wraps(function)
        def checked(*args: P.args, **kwargs: P.kwargs) -> R:
            try:
                return validated(*args, **kwargs)
            except ValidationError as error:
                if error.title != name:
                    raise  # a result that does not validate is a bug of ours, not of the caller
                raise _invalid(error) from error

        TOOLS[name] = Tool(name, kind, chat, checked, _arguments(function))
        return checked

    return decorate


def _arguments(function: Callable[..., Any]) -> type[BaseModel]:
    hints = get_type_hints(function, include_extras=True)
    fields: dict[str, Any] = {}
    for name, parameter in list(inspect.signature(function).parameters.items())[1:]:
        if name == "confirm":
            continue
        default = ... if parameter.default is inspect.Parameter.empty else parameter.default
        fields[name] = (hints[name], default)
    return create_model(function.__name__, __config__=ConfigDict(extra="forbid"), **fields)


def _invalid(error: ValidationError) -> Invalid:
    first = error.errors()[0]
    field = str(first["loc"][0]) if first["loc"] else "arguments"
    reasons = {
        "missing_keyword_only_argument": "given",
        "unexpected_keyword_argument": "left out: this tool does not know it",
    }
    allowed = reasons.get(first["type"], first["msg"].replace("Input should be", "").strip())
    context = first.get("ctx", {})
    if {"ge", "le"} & set(context):
        allowed = _range(field)
    return Invalid(field, first.get("input") if first["type"] not in reasons else None, allowed)


def _range(field: str) -> str:
    return "from 0 to 10" if field.endswith("rating") else "inside its range"


def describe(field: FieldInfo) -> str:
    """The words under an argument, for help texts."""
    return field.description or ""
