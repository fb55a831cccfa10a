"""A llama model with random weights as one GGUF file of about 1 MB: its words are noise, and a server cannot tell."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from math import sqrt
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers

CONTEXT, WIDTH, HEADS, LAYERS, INNER, TOKENS = 32_768, 64, 4, 2, 128, 1_200
BEGIN, END = "<|begin|>", "<|end|>"
TEMPLATE = "{% for message in messages %}{{ message['role'] }}: {{ message['content'] }}\n{% endfor %}assistant:"
NEVER = ((":", END), ("[", "]"))
LEANINGS = {'"': 4.0, "{": 3.5, "}": 3.0, "]": 0.0, ",": 1.0, "\\": -6.0}


def write_model(path: Path, texts: Iterable[str], *, likes: str, ends: bool) -> None:
    """Write the model; its vocabulary is learnt from `texts`, so that their tokens are about as long as a real model's.

    Wherever the word `likes` may stand, it probably will. Without `ends` the model never ends a reply of its own accord.
    """
    import gguf  # only `make real-server` installs it

    vocabulary, merges = _vocabulary(texts, likes)
    writer = gguf.GGUFWriter(path, "llama")
    writer.add_name("tiny")
    writer.add_file_type(gguf.LlamaFileType.ALL_F32)
    writer.add_context_length(CONTEXT)
    writer.add_embedding_length(WIDTH)
    writer.add_feed_forward_length(INNER)
    writer.add_block_count(LAYERS)
    writer.add_head_count(HEADS)
    writer.add_head_count_kv(HEADS)
    writer.add_rope_dimension_count(WIDTH // HEADS)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_vocab_size(len(vocabulary))
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("gpt-2")
    writer.add_token_list(vocabulary)
    writer.add_token_types([gguf.TokenType.CONTROL if token in (BEGIN, END) else gguf.TokenType.NORMAL for token in vocabulary])
    writer.add_token_merges(merges)
    writer.add_bos_token_id(vocabulary.index(BEGIN))
    writer.add_eos_token_id(vocabulary.index(END))
    writer.add_add_bos_token(True)
    writer.add_chat_template(TEMPLATE)
    leanings = np.array([_leaning(token, likes, ends) for token in vocabulary])
    never = [(vocabulary.index(last), vocabulary.index(following)) for last, following in NEVER]
    for name, weights in _weights(leanings, never).items():
        writer.add_tensor(f"{name}.weight", weights.astype(np.float32))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def _vocabulary(texts: Iterable[str], word: str) -> tuple[list[str], list[str]]:
    """The tokens by number and the merges of a byte-level BPE; `word` is a token of its own."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    trainer = trainers.BpeTrainer(
        vocab_size=TOKENS,
        special_tokens=[BEGIN, END],
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    tokenizer.train_from_iterator([*texts, f"{word}\n" * 1_000], trainer)
    merges = json.loads(tokenizer.to_str())["model"]["merges"]
    numbers = tokenizer.get_vocab()
    return sorted(numbers, key=numbers.__getitem__), [" ".join(pair) for pair in merges]


def _leaning(token: str, likes: str, ends: bool) -> float:
    """How much likelier, as a logit, the token is than chance has it."""
    if token in (BEGIN, END):
        return 2.0 if token == END and ends else -20.0
    text = decoders.ByteLevel().decode([token])
    if text == likes:
        return 4.0
    return LEANINGS.get(text, 0.0) if text.isascii() and text.isprintable() else -9.0


def _weights(leanings: NDArray[np.float64], never: Sequence[tuple[int, int]]) -> dict[str, NDArray[np.float64]]:
    """Random tensors, with the leanings in.

    Channel 0 is 1 for every token and no layer writes to it; the other channels are small, so the last norm makes it about
    the root of the width: what the output matrix holds there is a bias. The channels after it tell that a certain token came
    last, which another must `never` follow: no reply is empty (a colon stands before each), and no list.
    """
    rng = np.random.default_rng(0)

    def noise(*shape: int, scale: float = 0.05) -> NDArray[np.float64]:
        return rng.standard_normal(shape) * scale

    def without_channel_0(weights: NDArray[np.float64]) -> NDArray[np.float64]:
        weights[0] = 0.0
        return weights

    embedding, output = noise(len(leanings), WIDTH), noise(len(leanings), WIDTH, scale=0.3)
    embedding[:, 0] = 1.0
    output[:, 0] = leanings / sqrt(WIDTH)
    for channel, (last, following) in enumerate(never, 1):
        embedding[:, channel], output[:, channel] = 0.0, 0.0
        embedding[last, channel], output[following, channel] = 1.0, -3.0
    tensors = {"token_embd": embedding, "output_norm": np.ones(WIDTH), "output": output}
    for layer in range(LAYERS):
        block = {name: noise(WIDTH, WIDTH) for name in ("attn_q", "attn_k", "attn_v")}
        block |= {"attn_norm": np.ones(WIDTH), "ffn_norm": np.ones(WIDTH)}
        block["attn_output"] = without_channel_0(noise(WIDTH, WIDTH, scale=0.01))
        block |= {"ffn_gate": noise(INNER, WIDTH), "ffn_up": noise(INNER, WIDTH)}
        block["ffn_down"] = without_channel_0(noise(WIDTH, INNER, scale=0.01))
        tensors |= {f"blk.{layer}.{name}": weights for name, weights in block.items()}
    return tensors
