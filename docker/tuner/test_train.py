"""Trains a tiny random model on CPU; needs what requirements.txt names, but bitsandbytes."""

import hashlib
import json
import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import torch
from peft import PeftModel
from tokenizers import Tokenizer, decoders, models, pre_tokenizers
from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

import examples
import train

TEMPLATE = (
    "{% for m in messages %}<|im_start|>{{ m['role'] }}\n{{ m['content'] }}<|im_end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)
SETTINGS = {
    "rank": 4,
    "alpha": 8,
    "targets": ["attn_q", "attn_v", "attn_output", "ffn_up", "ffn_down"],
    "learning_rate": 0.03,
    "epochs": 6,
    "batch_tokens": 800,
    "patience": 20,
}


def make_base(folder: Path):
    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    vocabulary = {letter: number for number, letter in enumerate([*alphabet, "<|im_start|>", "<|im_end|>"])}
    bytes_alone = Tokenizer(models.BPE(vocab=vocabulary, merges=[]))
    bytes_alone.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    bytes_alone.decoder = decoders.ByteLevel()
    tokenizer = PreTrainedTokenizerFast(tokenizer_object=bytes_alone, eos_token="<|im_end|>", pad_token="<|im_end|>")
    tokenizer.add_special_tokens({"additional_special_tokens": ["<|im_start|>"]})
    tokenizer.chat_template = TEMPLATE
    tokenizer.save_pretrained(folder)
    torch.manual_seed(0)
    shape = LlamaConfig(
        vocab_size=len(tokenizer),
        hidden_size=32,
        intermediate_size=64,
        num_hidden_layers=2,
        num_attention_heads=4,
        num_key_value_heads=2,
        initializer_range=0.2,
    )
    LlamaForCausalLM(shape).save_pretrained(folder)
    return tokenizer


def make_dataset(folder: Path):
    folder.mkdir()
    for name, first, last in (("train.jsonl", 0, 30), ("validation.jsonl", 30, 36)):
        with (folder / name).open("w") as file:
            for number in range(first, last):
                messages = [
                    {"role": "system", "content": "You answer."},
                    {"role": "user", "content": f"Facts:\n[1] It takes {number} days.\n\nQuestion: How long?"},
                    {"role": "assistant", "content": f"Gladly! That takes {number} days. [1]"},
                ]
                file.write(json.dumps({"conversation": str(number), "messages": messages}) + "\n")


class TrainTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        torch.set_num_threads(1)  # a tiny model: threads would wait for each other
        cls.scratch = tempfile.TemporaryDirectory()
        cls.folder = Path(cls.scratch.name)
        cls.tokenizer = make_base(cls.folder / "base")
        make_dataset(cls.folder / "dataset")
        cls.first, cls.second = cls.trained("first"), cls.trained("second")

    @classmethod
    def tearDownClass(cls):
        cls.scratch.cleanup()

    @classmethod
    def trained(cls, name: str, **changed) -> dict:
        settings = cls.folder / "settings.json"
        settings.write_text(json.dumps(SETTINGS | changed))
        paths = {"--base": cls.folder / "base", "--out": cls.folder / name, "--settings": settings}
        options = [str(part) for pair in paths.items() for part in pair]
        train.main([str(cls.folder / "dataset"), *options])
        return json.loads((cls.folder / name / "run.json").read_text())

    def test_the_loss_falls_on_what_was_not_learnt_from(self):
        losses = [point["loss"] for point in self.first["curves"]["validation"]]
        self.assertLess(min(losses), 0.7 * losses[0])

    def test_the_same_seed_gives_the_same_adapter(self):
        self.assertEqual(self.first["adapter_sha256"], self.second["adapter_sha256"])
        self.assertEqual(self.first["curves"]["validation"], self.second["curves"]["validation"])

    def test_the_run_says_what_it_was_made_of(self):
        adapter = self.folder / "first" / "adapter_model.safetensors"
        self.assertEqual(self.first["adapter_sha256"], hashlib.sha256(adapter.read_bytes()).hexdigest())
        dataset = self.folder / "dataset"
        whole = (dataset / "train.jsonl").read_bytes() + (dataset / "validation.jsonl").read_bytes()
        sha256 = hashlib.sha256(whole).hexdigest()
        self.assertEqual(self.first["dataset"], {"sha256": sha256, "train_examples": 30, "validation_examples": 6})
        self.assertEqual(self.first["settings"]["rank"], 4)
        self.assertEqual(self.first["settings"]["dropout"], 0.05)

    def test_the_adapter_that_is_kept_is_the_best_one(self):
        base = LlamaForCausalLM.from_pretrained(self.folder / "base")
        model = PeftModel.from_pretrained(base, self.folder / "first")
        _, validation = examples.read(self.folder / "dataset", self.tokenizer)
        loss = train.validate(model, examples.batches(validation, 800))
        self.assertAlmostEqual(loss, min(p["loss"] for p in self.first["curves"]["validation"]), places=3)

    def test_the_loss_is_on_the_answer_and_its_end_alone(self):
        learnt, _ = examples.read(self.folder / "dataset", self.tokenizer)
        example = learnt[7]
        answer = self.tokenizer.decode(example.tokens[example.prompt :])
        self.assertEqual(answer, "Gladly! That takes 7 days. [1]<|im_end|>")
        model = LlamaForCausalLM.from_pretrained(self.folder / "base").eval()
        ids = torch.tensor([example.tokens])
        labels = ids.clone()
        labels[0, : example.prompt] = -100
        with torch.no_grad():
            expected = model(input_ids=ids, labels=labels).loss.item() * example.answer
            shorter = min(learnt, key=lambda e: len(e.tokens))
            together = train.loss_sum(model, [example, shorter]).item()
            alone = train.loss_sum(model, [example]).item() + train.loss_sum(model, [shorter]).item()
            self.assertAlmostEqual(train.loss_sum(model, [example]).item(), expected, places=3)
        self.assertAlmostEqual(together, alone, places=3)

    def test_what_cannot_be_done_is_said(self):
        for changed, reason in (
            ({"full": True}, "full must be false"),
            ({"targets": ["attn_x"]}, "attn_x"),
            ({"quantised": True}, "needs a GPU"),
        ):
            if "quantised" in changed and torch.cuda.is_available():
                continue
            with self.assertRaisesRegex(SystemExit, reason):
                self.trained("refused", **changed)


if __name__ == "__main__":
    unittest.main()
