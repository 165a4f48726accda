"""A tool is one typed function; what every door needs to know of it is derived here."""

import functools
import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any, Literal, ParamSpec, TypeVar, get_args, get_type_hints

from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError, create_model, validate_call
from typing_extensions import is_typeddict

from store.errors import Invalid

P = ParamSpec("P")
R = TypeVar("R")
Kind = Literal["read", "write", "destructive"]
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
"""Text that says something: not blank, without blanks around it."""


class Result(BaseModel):
    """What a tool returns: typed data and the sentences a user reads, made from the database."""

    summary: str


@dataclass(frozen=True)
class Tool:
    """A tool as the doors see it.

    ``arguments`` is the Pydantic model of its keyword arguments without the library and ``confirm``; ``chat``
    tells whether the conversation offers it.
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

    @functools.cache  # noqa: B019 - tools live as long as the program
    def schema(self) -> dict[str, Any]:
        """JSON schema of the arguments."""
        return self.arguments.model_json_schema()


DEFINED: dict[str, Tool] = {}
"""Every tool defined so far, by name; ``tools.TOOLS`` has them in their order."""


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
        arguments = _arguments(function)
        numbers = {name: _number_words(field.annotation) for name, field in arguments.model_fields.items()}

        @functools.wraps(function)
        def checked(*args: P.args, **kwargs: P.kwargs) -> R:
            for argument, value in kwargs.items():
                # Pydantic would read true as 1, and save a rating of 1/10.
                if (words := numbers.get(argument)) and _is_truth(value):
                    raise Invalid(argument, value, words)
            try:
                return validated(*args, **kwargs)
            except ValidationError as error:
                if error.title != name:
                    raise  # a result that does not validate is a bug of ours, not of the caller
                raise _invalid(error, arguments) from error

        DEFINED[name] = Tool(name, kind, chat, checked, arguments)
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


def _number_words(annotation: Any) -> str | None:
    """What an argument that takes numbers but neither true nor false must be."""
    types = {annotation, *(inner for part in get_args(annotation) for inner in (part, *get_args(part)))}
    if bool in types or not types & {int, float}:
        return None
    return "a whole number" if int in types else "a number"


def _is_truth(value: object) -> bool:
    parts = value.values() if isinstance(value, dict) else [value]
    return any(isinstance(part, bool) for part in parts)


_EXPECTED = {
    "missing_keyword_only_argument": "given",
    "unexpected_keyword_argument": "left out: this tool does not know it",
    "unexpected_positional_argument": "given by its name",
    "string_too_short": "given",
    "float_parsing": "a number",
    "float_type": "a number",
    "int_parsing": "a whole number",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "extra_forbidden": "left out: this tool does not know it",
    "bool_parsing": "yes or no",
    "bool_type": "yes or no",
    "string_type": "text",
    "list_type": "a list",
    "dict_type": "a mapping",
    "date_from_datetime_parsing": "a date such as 2025-11-28",
}
"""What an argument must be, by the type of Pydantic's error."""
_UNGIVEN = {"missing_keyword_only_argument", "unexpected_keyword_argument", "extra_forbidden"}


def _invalid(error: ValidationError, arguments: type[BaseModel]) -> Invalid:
    first = error.errors()[0]
    kind, context = first["type"], first.get("ctx", {})
    field = str(first["loc"][0]) if first["loc"] and isinstance(first["loc"][0], str) else "argument"
    declared = arguments.model_fields.get(field)
    if declared and is_typeddict(declared.annotation) and len(first["loc"]) > 1:
        field = str(first["loc"][1])
    value = None if kind in _UNGIVEN else first.get("input")
    if kind in _EXPECTED:
        allowed = _EXPECTED[kind]
    elif {"ge", "le"} & set(context):
        allowed = _range(arguments, field, context)
    elif kind == "string_too_long":
        value, allowed = f"{str(value)[:40]}…", f"at most {context['max_length']} characters long"
    elif kind in ("too_short", "too_long"):
        bounds = {"too_short": "min_length", "too_long": "max_length"}
        allowed = f"{'at least' if kind == 'too_short' else 'at most'} {context[bounds[kind]]} of them"
    else:
        allowed = first["msg"].replace("Input should be", "").strip()
    return Invalid(field, value, allowed)


def _range(arguments: type[BaseModel], field: str, context: dict[str, Any]) -> str:
    bounds = dict(context)
    for rule in arguments.model_fields[field].metadata if field in arguments.model_fields else ():
        bounds |= {name: getattr(rule, name) for name in ("ge", "le") if hasattr(rule, name)}
    if {"ge", "le"} <= set(bounds):
        return f"from {bounds['ge']:g} to {bounds['le']:g}"
    return f"{bounds['ge']:g} or more" if "ge" in bounds else f"at most {bounds['le']:g}"
