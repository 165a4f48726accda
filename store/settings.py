"""Every setting in one place: environment variables with the prefix XILFTEN_, or a .env file."""

from pathlib import Path
from typing import Annotated

from platformdirs import user_cache_path, user_data_path
from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """What can be configured; the README lists the same names."""

    model_config = SettingsConfigDict(env_prefix="XILFTEN_", env_file=".env", extra="ignore")

    home: Annotated[Path, Field(description="the folder of one library: database, vectors, conversations")] = (
        user_data_path("xilften")
    )
    models: Annotated[Path, Field(description="model weights, shared by all libraries")] = user_cache_path(
        "xilften"
    )
    backend: Annotated[
        str,
        Field(description="auto, embedded, ollama, ollama:<model> or openai:<base_url>#<model>"),
    ] = "auto"
    ollama_url: Annotated[str, Field(description="where Ollama answers")] = "http://127.0.0.1:11434"
    ollama_model: Annotated[str, Field(description="the chat model asked of Ollama")] = "qwen2.5:3b"
    openai_api_key: Annotated[str, Field(description="key for an OpenAI-compatible server")] = "none"
    embedding: Annotated[str, Field(description="minilm (built in) or ollama:<embedding model>")] = "minilm"
    num_ctx: Annotated[int, Field(ge=4096, le=32768, description="context of the chat model, tokens")] = 8192
    threads: Annotated[int, Field(ge=0, description="threads of the embedded model, 0 for all cores")] = 0
    timeout: Annotated[float, Field(gt=0, description="seconds to wait for the model's next word")] = 120
    event_past_years: Annotated[
        int, Field(ge=0, description="how many years back a calendar event may lie")
    ] = 5
    host: Annotated[str, Field(description="where the page listens; loopback only until logins exist")] = (
        "127.0.0.1"
    )
    port: Annotated[int, Field(ge=0, le=65535, description="the page's port, 0 for a free one")] = 8765

    @property
    def database(self) -> Path:
        """The DuckDB file."""
        return self.home / "xilften.duckdb"

    @property
    def chroma(self) -> Path:
        """The folder of the vector index."""
        return self.home / "chroma"

    @property
    def memory(self) -> Path:
        """The SQLite file of the agent's checkpoints."""
        return self.home / "memory.sqlite"

    @property
    def chat(self) -> Path:
        """The SQLite file of the page's history."""
        return self.home / "chat.sqlite"
