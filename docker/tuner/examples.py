"""Candor's datasets as tokens: a folder with train.jsonl and validation.jsonl, as `candor tune prepare` writes it."""

import hashlib
import json
import random
from dataclasses import dataclass
from pathlib import Path

import torch

FILES = ("train.jsonl", "validation.jsonl")
NOT_AN_ANSWER = -100


@dataclass(frozen=True)
class Example:
    """The loss is on the tokens from `prompt` on: the answer and the token that ends it."""

    tokens: list[int]
    prompt: int

    @property
    def answer(self) -> int:
        return len(self.tokens) - self.prompt


def read(folder: Path, tokenizer) -> tuple[list[Example], list[Example]]:
    for name in FILES:
        if not (folder / name).is_file():
            raise SystemExit(f"{folder} has no {name}: `candor tune prepare` makes a dataset")
    return tuple([tokenised(json.loads(line), tokenizer) for line in lines(folder / name)] for name in FILES)


def lines(file: Path) -> list[str]:
    return [line for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]


def sha256(folder: Path) -> str:
    return hashlib.sha256(b"".join((folder / name).read_bytes() for name in FILES)).hexdigest()


def tokenised(example: dict, tokenizer) -> Example:
    messages = example["messages"]
    prompt = tokenizer.apply_chat_template(messages[:-1], tokenize=False, add_generation_prompt=True)
    whole = tokenizer.apply_chat_template(messages, tokenize=False)
    if messages[-1]["role"] != "assistant" or not whole.startswith(prompt):
        raise SystemExit(
            "an example must end with the assistant's answer, which must follow the chat template's prompt"
        )
    before = tokenizer(prompt, add_special_tokens=False).input_ids
    answer = tokenizer(whole[len(prompt) :].rstrip(), add_special_tokens=False).input_ids
    return Example(before + answer, len(before))


def batches(examples: list[Example], most_tokens: int) -> list[list[Example]]:
    """Batches of about equal length, so that little is filled up."""
    cut, batch = [], []
    for example in sorted(examples, key=lambda e: len(e.tokens)):
        if batch and (len(batch) + 1) * len(example.tokens) > most_tokens:
            cut.append(batch)
            batch = []
        batch.append(example)
    return cut + [batch] if batch else cut


def steps(examples: list[Example], most_tokens: int, accumulation: int, seed: int) -> list[list[list[Example]]]:
    """An epoch: steps of some batches each, in an order that follows from the seed."""
    order = random.Random(seed)
    shuffled = batches(order.sample(examples, len(examples)), most_tokens)
    order.shuffle(shuffled)
    return [shuffled[i : i + accumulation] for i in range(0, len(shuffled), accumulation)]


def tensors(batch: list[Example], device) -> dict:
    """Filled up on the left: the answers stand together, and logits of their tokens alone are computed."""
    longest = max(len(example.tokens) for example in batch)
    answer = max(example.answer for example in batch)
    ids = torch.zeros(len(batch), longest, dtype=torch.long)
    mask = torch.zeros_like(ids)
    labels = torch.full((len(batch), answer), NOT_AN_ANSWER)
    for row, example in enumerate(batch):
        ids[row, -len(example.tokens) :] = torch.tensor(example.tokens)
        mask[row, -len(example.tokens) :] = 1
        labels[row, -example.answer :] = torch.tensor(example.tokens[example.prompt :])
    return {"ids": ids.to(device), "mask": mask.to(device), "labels": labels.to(device)}
