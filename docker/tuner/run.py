"""A training run's settings, and the run.json that Candor's registry of adapters keeps with a version."""

import hashlib
import json
from datetime import UTC, datetime
from pathlib import Path

MODULES = {
    "attn_q": "q_proj",
    "attn_k": "k_proj",
    "attn_v": "v_proj",
    "attn_output": "o_proj",
    "ffn_gate": "gate_proj",
    "ffn_up": "up_proj",
    "ffn_down": "down_proj",
}

# what `candor tune` takes, too, where nothing else is said
USUAL = {
    "rank": 16,
    "alpha": 32,
    "dropout": 0.05,
    "targets": ["attn_q", "attn_v"],
    "full": False,
    "quantised": False,
    "learning_rate": 5e-4,
    "warmup": 0.05,
    "weight_decay": 0,
    "clip": 1,
    "epochs": 3,
    "batch_tokens": 4096,
    "accumulation": 2,
    "validations": 2,
    "patience": 4,
    "seed": 1,
}


def settings(file: Path | None) -> dict:
    """A settings file, or a run.json whose settings are used again."""
    given = json.loads(file.read_text()) if file else {}
    chosen = USUAL | given.get("settings", given)
    unknown = [*(chosen.keys() - USUAL.keys()), *(t for t in chosen["targets"] if t not in MODULES)]
    if unknown:
        raise SystemExit(f"there are no settings or targets {unknown}")
    if chosen["full"]:
        raise SystemExit("adapters alone are trained here, not all weights: full must be false")
    return chosen


def file_hash(*files: Path) -> str:
    digest = hashlib.sha256()
    for file in files:
        with file.open("rb") as content:
            while block := content.read(1 << 20):
                digest.update(block)
    return digest.hexdigest()


def base_hash(base: Path, served: Path | None) -> str:
    """The served GGUF file's, by which the registry knows a base; else that of the folder's weights."""
    if served or base.is_file():
        return file_hash(served or base)
    return file_hash(*sorted(base.glob("*.safetensors")))


class Run:
    """Writes run.json whenever something is known, so that a run can be watched."""

    def __init__(self, folder: Path, name: str, base: dict, dataset: dict, chosen: dict):
        self.file = folder / "run.json"
        self.content = {
            "name": name,
            "base": base,
            "dataset": dataset,
            "settings": chosen,
            "curves": {"train": [], "validation": []},
            "started": now(),
        }
        self.write()

    def step(self, step: int, loss: float, tokens_per_second: float):
        point = {"step": step, "loss": round(loss, 5), "tokens_per_second": round(tokens_per_second, 1)}
        self.content["curves"]["train"].append(point)
        self.write()

    def validation(self, step: int, loss: float):
        self.content["curves"]["validation"].append({"step": step, "loss": round(loss, 5)})
        self.write()

    def finish(self, adapter: Path):
        self.content |= {"finished": now(), "adapter_sha256": file_hash(adapter)}
        self.write()

    def write(self):
        unfinished = self.file.with_suffix(".part")
        unfinished.write_text(json.dumps(self.content, indent=2) + "\n")
        unfinished.replace(self.file)


def now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
