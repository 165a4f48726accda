"""The library's tools as LangChain tools: what they return is a sentence and a typed outcome."""

import logging
from collections.abc import Callable
from typing import Any

from langchain_core.tools import BaseTool, StructuredTool

from agent.choice import Stopped
from agent.events import Call, Confirm
from agent.memory import Outcome, Pending
from agent.prompt import read_data
from store.errors import Ambiguous, NeedsConfirmation, XilftenError
from tools import Library, Result
from tools.tool import Tool

log = logging.getLogger(__name__)
Run = Callable[[dict[str, Any]], Result]


def langchain_tools(library: Library, tools: list[Tool], own: dict[str, Run]) -> list[BaseTool]:
    """One LangChain tool per tool.

    Args:
        library: the open library.
        tools: what the conversation offers.
        own: how to run the agent's own tools, by name; all others are the library's.
    """
    return [_langchain_tool(library, tool, own.get(tool.name)) for tool in tools]


def _langchain_tool(library: Library, tool: Tool, run: Run | None) -> BaseTool:
    def act(**args: Any) -> tuple[str, dict[str, Any]]:
        outcome = _outcome(tool.name, args, run or (lambda given: library.call(tool.name, given)))
        words = outcome.question or (outcome.call.result or {}).get("summary") or outcome.call.error or ""
        return words, outcome.model_dump(mode="json")

    return StructuredTool.from_function(
        func=act,
        name=tool.name,
        description=tool.description,
        # The schema as data: checking is the tool's own, so that every door gives the same error.
        args_schema=tool.schema(),
        response_format="content_and_artifact",
    )


def _outcome(name: str, args: dict[str, Any], run: Run) -> Outcome:
    shown = {key: value for key, value in args.items() if key != "confirm"}
    call = Call(tool=name, args=shown)
    try:
        call.result = run(args).model_dump(mode="json")
    except NeedsConfirmation as error:
        confirm = Confirm(tool=error.tool, args=error.arguments, token=error.token, message=str(error))
        return Outcome(call=call, question=str(error), confirm=confirm)
    except Ambiguous as error:
        argument = _ambiguous_argument(args)
        pending = Pending(call=call, argument=argument, candidates=error.candidates) if argument else None
        call.error = str(error)
        return Outcome(call=call, question=str(error), pending=pending)
    except XilftenError as error:
        call.error = str(error)
    except Stopped:
        call.error = read_data("questions.yaml")["stopped"]
    except Exception:  # the other acts of the turn stand, and the step is seen to end
        log.exception("%s failed", name)
        call.error = read_data("questions.yaml")["broken"]
    return Outcome(call=call)


def _ambiguous_argument(args: dict[str, Any]) -> str | None:
    return next((name for name in ("title", "person", "preset", "name", "sources") if name in args), None)
