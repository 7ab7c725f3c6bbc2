"""Compares adapters of Candor with Hugging Face PEFT: same weights, same tokens, same log-probabilities.

A check is a folder: base.gguf, peft/ (an adapter that PEFT trained) and expected.json (what PEFT says with it).
PeftInteropTest reads it, and writes what `compare` reads. See docs/adapters.md.

  peft_check.py tiny llama FOLDER     makes a base of 50,000 random weights, and the rest of the folder
  peft_check.py train FOLDER          makes the rest for the base.gguf that is there
  peft_check.py compare FOLDER        compares what PeftInteropTest wrote with PEFT
"""

import argparse
import json
import os
import tempfile
from pathlib import Path

os.environ["HF_HUB_OFFLINE"] = "1"

import gguf
import numpy
import torch
from peft import LoraConfig, PeftModel, get_peft_model
from transformers import (
    AutoModelForCausalLM,
    AutoTokenizer,
    LlamaConfig,
    LlamaForCausalLM,
    Qwen2Config,
    Qwen2ForCausalLM,
)

TARGETS = ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"]
TEXT = "A parcel is returned within thirty days. Keep the receipt, and we refund what you have paid for it. "


def load(base: Path):
    model = AutoModelForCausalLM.from_pretrained(str(base.parent), gguf_file=base.name, dtype=torch.float32)
    return model.eval()


def log_probabilities(model, tokens: list[int]) -> list[float]:
    ids = torch.tensor([tokens])
    with torch.no_grad():
        scores = model(input_ids=ids).logits[0, :-1].double().log_softmax(-1)
    return scores.gather(1, ids[0, 1:, None])[:, 0].tolist()


# A base small enough for the repository


def tiny(architecture: str, file: Path):
    """Heads are of 32 values because Candor keeps keys in 8-bit blocks of 32; Qwen2's are as wide as its layers."""
    heads, width = (4, 32) if architecture == "llama" else (2, 64)
    shape = dict(
        vocab_size=256,
        hidden_size=width,
        intermediate_size=64,
        num_hidden_layers=2,
        num_attention_heads=heads,
        num_key_value_heads=heads // 2,
        head_dim=32,
        max_position_embeddings=512,
        initializer_range=1.4 / width**0.5,
        tie_word_embeddings=True,
    )
    makers = {"llama": (LlamaForCausalLM, LlamaConfig), "qwen2": (Qwen2ForCausalLM, Qwen2Config)}
    model_type, config_type = makers[architecture]
    model = model_type(config_type(**shape))
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            if name.endswith("bias"):
                parameter.normal_(std=0.25)
    write_gguf(model, architecture, file)
    return model.eval()


def write_gguf(model, architecture: str, file: Path):
    config = model.config
    writer = gguf.GGUFWriter(file, architecture)
    writer.add_context_length(config.max_position_embeddings)
    writer.add_embedding_length(config.hidden_size)
    writer.add_block_count(config.num_hidden_layers)
    writer.add_feed_forward_length(config.intermediate_size)
    writer.add_head_count(config.num_attention_heads)
    writer.add_head_count_kv(config.num_key_value_heads)
    writer.add_key_length(config.head_dim)
    writer.add_value_length(config.head_dim)
    writer.add_rope_dimension_count(config.head_dim)
    writer.add_rope_freq_base(config.rope_parameters["rope_theta"])
    writer.add_layer_norm_rms_eps(config.rms_norm_eps)
    writer.add_vocab_size(config.vocab_size)
    add_bytes_as_tokens(writer)
    names = gguf.get_tensor_name_map(gguf.MODEL_ARCH[architecture.upper()], config.num_hidden_layers)
    for name, parameter in model.named_parameters():
        values = parameter.detach().numpy()
        if architecture == "llama" and ".q_proj." in name:
            values = interleaved(values, config.num_attention_heads)
        if architecture == "llama" and ".k_proj." in name:
            values = interleaved(values, config.num_key_value_heads)
        writer.add_tensor(names.get_name(name, try_suffixes=(".weight", ".bias")), values)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def add_bytes_as_tokens(writer: gguf.GGUFWriter):
    """Token 65 is the byte 65; GPT-2's alphabet writes a byte that is not printable as a letter from 256 on."""
    printable = [*range(33, 127), *range(161, 173), *range(174, 256)]
    others = [byte for byte in range(256) if byte not in printable]
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("smollm")
    writer.add_token_list([chr(b) if b in printable else chr(256 + others.index(b)) for b in range(256)])
    writer.add_token_types([gguf.TokenType.CONTROL if b == 0 else gguf.TokenType.NORMAL for b in range(256)])
    writer.add_token_merges(["t h"])  # llama.cpp wants one
    writer.add_bos_token_id(0)
    writer.add_eos_token_id(0)
    writer.add_add_bos_token(False)
    writer.add_chat_template("{{ messages[0]['content'] }}")


def interleaved(rows: numpy.ndarray, heads: int) -> numpy.ndarray:
    """Transformers turns row i of a head together with row i + half, llama.cpp row 2i with row 2i + 1."""
    return rows.reshape(heads, 2, len(rows) // heads // 2, -1).swapaxes(1, 2).reshape(rows.shape)


# An adapter trained by PEFT


def train(model, tokens: list[int], folder: Path, config: LoraConfig, rate: float, steps: int) -> list[float]:
    adapted = get_peft_model(model, config)
    optimizer = torch.optim.AdamW([p for p in adapted.parameters() if p.requires_grad], lr=rate)
    ids = torch.tensor([tokens])
    for step in range(steps):
        loss = adapted(input_ids=ids, labels=ids).loss
        loss.backward()
        optimizer.step()
        optimizer.zero_grad()
        print(f"step {step + 1} of {steps}: loss {loss.item():.3f}")
    adapted.save_pretrained(folder)
    (folder / "README.md").unlink()
    return log_probabilities(adapted.eval(), tokens)


def make(model, tokens: list[int], folder: Path, config: LoraConfig, rate: float, steps: int):
    expected = {"tokens": tokens, "base": log_probabilities(model, tokens)}
    expected["adapted"] = train(model, tokens, folder / "peft", config, rate, steps)
    (folder / "expected.json").write_text(json.dumps(expected) + "\n")


def make_tiny(architecture: str, folder: Path):
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "base.gguf"
    model = tiny(architecture, file)
    tokens = list(TEXT.encode())
    if architecture == "llama":
        again = log_probabilities(load(file), tokens)
        assert numpy.allclose(again, log_probabilities(model, tokens), atol=1e-4), "the GGUF file is wrong"
    stabilised = architecture == "qwen2"
    config = LoraConfig(r=2, lora_alpha=6, target_modules=TARGETS, use_rslora=stabilised, task_type="CAUSAL_LM")
    make(model, tokens, folder, config, 0.02, 20)


def make_for_base(folder: Path):
    file = folder.resolve() / "base.gguf"
    tokenizer = AutoTokenizer.from_pretrained(str(file.parent), gguf_file=file.name)
    tokens = tokenizer(TEXT * 2).input_ids
    patterns = {"rank_pattern": {"down_proj": 4}, "alpha_pattern": {"layers.1.self_attn.k_proj": 48}}
    config = LoraConfig(r=8, lora_alpha=16, target_modules=TARGETS, task_type="CAUSAL_LM", **patterns)
    make(load(file), tokens, folder, config, 0.001, 6)


# Comparison


def merged(base: Path, adapter: Path, to: Path):
    """A copy of the base in 32-bit values to whose weights the adapter's products are added."""
    source, lora = gguf.GGUFReader(base), gguf.GGUFReader(adapter)
    factors = {t.name: t.data.astype(numpy.float32) for t in lora.tensors}
    alpha = lora.get_field("adapter.lora.alpha").contents()
    writer = gguf.GGUFWriter(to, source.get_field("general.architecture").contents())
    for field in source.fields.values():
        if not field.name.startswith("GGUF.") and field.name != "general.architecture":
            inner = field.types[-1] if field.types[0] == gguf.GGUFValueType.ARRAY else None
            writer.add_key_value(field.name, field.contents(), field.types[0], inner)
    for tensor in source.tensors:
        values = gguf.dequantize(tensor.data, tensor.tensor_type).astype(numpy.float32)
        if f"{tensor.name}.lora_a" in factors:
            a, b = factors[f"{tensor.name}.lora_a"], factors[f"{tensor.name}.lora_b"]
            values = values + (alpha / len(a) if alpha else 1) * b @ a
        writer.add_tensor(tensor.name, values)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def compare(folder: Path):
    """Each adapter in both forms; the logits by Transformers, the log-probabilities by Candor's engine."""
    base = (folder / "base.gguf").resolve()
    tokens = json.loads((folder / "expected.json").read_text())["tokens"]
    engine = json.loads((folder / "scores.json").read_text())
    report = {}
    print(json.dumps({"base": difference(engine["base"], log_probabilities(load(base), tokens))}))
    for name, peft in (("imported", "peft"), ("exported", "exported")):
        by_peft = PeftModel.from_pretrained(load(base), str(folder / peft)).eval()
        with tempfile.TemporaryDirectory(dir=folder) as scratch:
            file = Path(scratch) / "merged.gguf"
            merged(base, folder / f"{name}.gguf", file)
            by_gguf = load(file)
        ids = torch.tensor([tokens])
        with torch.no_grad():
            plain = load(base)(input_ids=ids).logits
            logits, others = by_peft(input_ids=ids).logits, by_gguf(input_ids=ids).logits
        report[name] = {
            "logits_moved_by_adapter": (logits - plain).abs().max().item(),
            "logits_peft_against_merged_gguf": (logits - others).abs().max().item(),
            "engine_against_peft": difference(engine[name], log_probabilities(by_peft, tokens)),
        }
    print(json.dumps(report, indent=2))


def difference(a: list[float], b: list[float]) -> dict:
    apart = numpy.abs(numpy.array(a) - numpy.array(b))
    return {"mean": float(apart.mean()), "max": float(apart.max())}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("tiny").add_argument("architecture", choices=["llama", "qwen2"])
    commands.add_parser("train")
    commands.add_parser("compare")
    for command in commands.choices.values():
        command.add_argument("folder", type=Path)
    arguments = parser.parse_args()
    torch.manual_seed(1)
    torch.set_num_threads(2)
    match arguments.command:
        case "tiny":
            make_tiny(arguments.architecture, arguments.folder)
        case "train":
            make_for_base(arguments.folder)
        case "compare":
            compare(arguments.folder)


if __name__ == "__main__":
    main()
