"""Trains a voice adapter with Hugging Face PEFT: LoRA, or QLoRA where the settings say quantised.

The dataset's folder and the settings are those of `candor tune`. The output's folder has the adapter, as PEFT keeps
it, and run.json; `candor adapters import NAME FOLDER` takes it.
"""

import argparse
import math
import time
from pathlib import Path

import torch
from peft import LoraConfig, get_peft_model, prepare_model_for_kbit_training
from transformers import AutoModelForCausalLM, AutoTokenizer, BitsAndBytesConfig, get_cosine_schedule_with_warmup

import examples
from run import MODULES, Run, base_hash, settings


def load(base: Path, quantised: bool):
    """The tokenizer and the model, spread over the GPUs there are; a GGUF file is dequantised."""
    cuda = torch.cuda.is_available()
    if quantised and not cuda:
        raise SystemExit("quantised (QLoRA) needs a GPU with CUDA; set it to false")
    place, kind = (str(base.parent), {"gguf_file": base.name}) if base.is_file() else (str(base), {})
    tokenizer = AutoTokenizer.from_pretrained(place, **kind)
    kind |= {"dtype": torch.bfloat16 if cuda else torch.float32, "use_cache": False}
    if cuda:
        kind["device_map"] = "auto"
    if quantised:
        kind["quantization_config"] = BitsAndBytesConfig(
            load_in_4bit=True,
            bnb_4bit_quant_type="nf4",
            bnb_4bit_use_double_quant=True,
            bnb_4bit_compute_dtype=torch.bfloat16,
        )
    model = AutoModelForCausalLM.from_pretrained(place, **kind)
    if quantised:
        model = prepare_model_for_kbit_training(model)
    elif cuda:
        model.gradient_checkpointing_enable()
        model.enable_input_require_grads()
    return tokenizer, model


def adapted(model, chosen: dict):
    config = LoraConfig(
        r=chosen["rank"],
        lora_alpha=chosen["alpha"],
        lora_dropout=chosen["dropout"],
        target_modules=[MODULES[target] for target in chosen["targets"]],
        task_type="CAUSAL_LM",
    )
    return get_peft_model(model, config)


def loss_sum(model, batch: list) -> torch.Tensor:
    """In nats, over the answers' tokens."""
    data = examples.tensors(batch, model.device)
    answer = data["labels"].shape[1]
    output = model(input_ids=data["ids"], attention_mask=data["mask"], logits_to_keep=answer + 1)
    scores = output.logits[:, :-1].float()
    labels = data["labels"].to(scores.device)
    return torch.nn.functional.cross_entropy(
        scores.flatten(0, 1), labels.flatten(), ignore_index=examples.NOT_AN_ANSWER, reduction="sum"
    )


def answer_tokens(batches: list) -> int:
    return sum(example.answer for batch in batches for example in batch)


def validate(model, batches: list) -> float:
    model.eval()
    with torch.no_grad():
        total = sum(loss_sum(model, batch).item() for batch in batches)
    model.train()
    return total / answer_tokens(batches)


class Trainer:
    def __init__(self, model, train: list, validation: list, chosen: dict, run: Run, out: Path):
        self.model, self.train, self.chosen, self.run, self.out = model, train, chosen, run, out
        self.validation = examples.batches(validation, chosen["batch_tokens"])
        self.weights = [p for p in model.parameters() if p.requires_grad]
        self.optimizer = torch.optim.AdamW(
            self.weights, lr=chosen["learning_rate"], weight_decay=chosen["weight_decay"]
        )
        self.per_epoch = len(self.steps(0))
        steps = self.per_epoch * chosen["epochs"]
        self.schedule = get_cosine_schedule_with_warmup(self.optimizer, math.ceil(chosen["warmup"] * steps), steps)
        self.best, self.waited, self.done = math.inf, 0, 0

    def steps(self, epoch: int) -> list:
        seed = self.chosen["seed"] * 1000 + epoch
        return examples.steps(self.train, self.chosen["batch_tokens"], self.chosen["accumulation"], seed)

    def fit(self):
        """Keeps the adapter of the lowest validation loss; stops when that no longer falls."""
        every = max(1, self.per_epoch // self.chosen["validations"])
        self.model.train()
        for epoch in range(self.chosen["epochs"]):
            for batches in self.steps(epoch):
                self.step(batches)
                if self.done % every == 0 and not self.goes_on():
                    return
        if self.done % every:
            self.goes_on()

    def step(self, batches: list):
        start = time.perf_counter()
        count = answer_tokens(batches)
        total = 0.0
        for batch in batches:
            loss = loss_sum(self.model, batch) / count
            loss.backward()
            total += loss.item()
        torch.nn.utils.clip_grad_norm_(self.weights, self.chosen["clip"])
        self.optimizer.step()
        self.schedule.step()
        self.optimizer.zero_grad()
        self.done += 1
        tokens = sum(len(example.tokens) for batch in batches for example in batch)
        speed = tokens / (time.perf_counter() - start)
        self.run.step(self.done, total, speed)
        print(f"step {self.done} of {self.per_epoch * self.chosen['epochs']}: loss {total:.4f}, {speed:.0f} tokens/s")

    def goes_on(self) -> bool:
        """Without validation examples, the last adapter is kept."""
        if not self.validation:
            self.model.save_pretrained(self.out)
            return True
        loss = validate(self.model, self.validation)
        self.run.validation(self.done, loss)
        print(f"validation after step {self.done}: loss {loss:.4f}")
        if loss < self.best:
            self.best, self.waited = loss, 0
            self.model.save_pretrained(self.out)
        else:
            self.waited += 1
        return self.waited < self.chosen["patience"]


def main(arguments: list[str] | None = None):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("dataset", type=Path, help="a folder with train.jsonl and validation.jsonl")
    parser.add_argument("--base", type=Path, required=True, help="a model's folder, or its GGUF file")
    parser.add_argument("--out", type=Path, required=True, help="the folder to write, which must not have a run")
    parser.add_argument("--name", default="voice", help="of the run")
    parser.add_argument("--settings", type=Path, help="settings as JSON, or another run.json")
    parser.add_argument("--served", type=Path, help="the GGUF file that Candor serves of that base: named by its hash")
    given = parser.parse_args(arguments)
    if (given.out / "run.json").exists():
        raise SystemExit(f"{given.out} has a run already")
    chosen = settings(given.settings)
    torch.manual_seed(chosen["seed"])
    tokenizer, model = load(given.base, chosen["quantised"])
    train, validation = examples.read(given.dataset, tokenizer)
    given.out.mkdir(parents=True, exist_ok=True)
    base = {"name": given.base.name, "sha256": base_hash(given.base, given.served)}
    dataset = {
        "sha256": examples.sha256(given.dataset),
        "train_examples": len(train),
        "validation_examples": len(validation),
    }
    run = Run(given.out, given.name, base, dataset, chosen)
    Trainer(adapted(model, chosen), train, validation, chosen, run, given.out).fit()
    run.finish(given.out / "adapter_model.safetensors")
    print(f"the adapter is in {given.out}")


if __name__ == "__main__":
    main()
