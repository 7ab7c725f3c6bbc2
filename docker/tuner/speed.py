"""Measures how fast Hugging Face PEFT trains on this machine's CPU; `./candor bench` compares the trainer with it.

The shape is SmolLM2-135M's with random weights, which cost what others cost. Nothing slows it down: 32-bit values,
fused attention, no checkpointing of activations, no padding, and logits of the answers' tokens alone. Prints JSON.
"""

import argparse
import json
import statistics
import time

import torch
from peft import LoraConfig, get_peft_model
from transformers import LlamaConfig, LlamaForCausalLM


def model(rank: int, targets: list[str], dropout: float):
    shape = LlamaConfig(
        vocab_size=49152,
        hidden_size=576,
        intermediate_size=1536,
        num_hidden_layers=30,
        num_attention_heads=9,
        num_key_value_heads=3,
        rope_parameters={"rope_type": "default", "rope_theta": 100000.0},
        tie_word_embeddings=True,
        attn_implementation="sdpa",
        use_cache=False,
    )
    base = LlamaForCausalLM(shape).float()
    config = LoraConfig(
        r=rank, lora_alpha=2 * rank, lora_dropout=dropout, target_modules=targets, task_type="CAUSAL_LM"
    )
    return get_peft_model(base, config).train()


def step(trained, optimizer, tokens: torch.Tensor, answer: int) -> float:
    start = time.perf_counter()
    scores = trained(input_ids=tokens, logits_to_keep=answer + 1).logits[:, :-1]
    loss = torch.nn.functional.cross_entropy(scores.flatten(0, 1), tokens[:, -answer:].flatten())
    loss.backward()
    torch.nn.utils.clip_grad_norm_([p for p in trained.parameters() if p.requires_grad], 1.0)
    optimizer.step()
    optimizer.zero_grad()
    return time.perf_counter() - start


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--steps", type=int, default=10, help="measured, after two that warm up")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--rank", type=int, default=16)
    parser.add_argument("--dropout", type=float, default=0.0)
    parser.add_argument("--targets", nargs="+", default=["q_proj", "v_proj"])
    parser.add_argument("--batch", type=int, default=4, help="examples of a step")
    parser.add_argument("--length", type=int, default=320, help="tokens of an example")
    parser.add_argument("--answer", type=int, default=80, help="tokens at its end that the loss is on")
    parser.add_argument("--products", choices=["highest", "medium"], default="highest", help="torch's own choice, or oneDNN's")
    arguments = parser.parse_args()
    torch.set_float32_matmul_precision(arguments.products)
    torch.manual_seed(1)
    torch.set_num_threads(arguments.threads)
    trained = model(arguments.rank, arguments.targets, arguments.dropout)
    optimizer = torch.optim.AdamW([p for p in trained.parameters() if p.requires_grad], lr=5e-4)
    tokens = torch.randint(0, 49152, (arguments.batch, arguments.length))
    times = [step(trained, optimizer, tokens, arguments.answer) for _ in range(arguments.steps + 2)][2:]
    seconds = statistics.median(times)
    print(
        json.dumps(
            {
                "tokens_per_second": round(tokens.numel() / seconds, 1),
                "step_seconds": round(seconds, 3),
                "fastest_step_seconds": round(min(times), 3),
                "steps": len(times),
                "torch": torch.__version__,
            }
        )
    )


if __name__ == "__main__":
    main()
