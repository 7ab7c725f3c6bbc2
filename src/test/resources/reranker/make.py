"""Writes words.onnx and tokenizer.json beside this file: pip install onnx; python make.py

A cross-encoder with BERT's inputs whose score is known: how many pairs of equal words question and passage have.
"""
import json
import pathlib
from onnx import TensorProto, checker, helper, save

FOLDER = pathlib.Path(__file__).parent
WORDS = "how long is the return window for a tent stove boots rug delivery takes days you have thirty two".split()
VOCABULARY = {word: i for i, word in enumerate(["[PAD]", "[UNK]", "[CLS]", "[SEP]", *WORDS])}
FIRST_WORD = 4


def scalar(name, value, kind):
    return helper.make_tensor(name, kind, [1], [value])


node = helper.make_node
nodes = [
    node("Greater", ["input_ids", "last_special"], ["is_word"]),
    node("Equal", ["token_type_ids", "zero"], ["first"]),
    node("Equal", ["token_type_ids", "one"], ["second"]),
    node("Cast", ["attention_mask"], ["attended"], to=TensorProto.BOOL),
    node("And", ["is_word", "attended"], ["read"]),
    node("And", ["read", "first"], ["question"]),
    node("And", ["read", "second"], ["passage"]),
    node("Unsqueeze", ["input_ids", "row"], ["down"]),
    node("Unsqueeze", ["input_ids", "column"], ["across"]),
    node("Equal", ["down", "across"], ["same"]),
    node("Unsqueeze", ["question", "row"], ["question_down"]),
    node("Unsqueeze", ["passage", "column"], ["passage_across"]),
    node("And", ["question_down", "passage_across"], ["pair"]),
    node("And", ["same", "pair"], ["shared"]),
    node("Cast", ["shared"], ["counted"], to=TensorProto.FLOAT),
    node("ReduceSum", ["counted", "both"], ["total"], keepdims=0),
    node("Unsqueeze", ["total", "column"], ["logits"]),
]
constants = [
    scalar("last_special", FIRST_WORD - 1, TensorProto.INT64),
    scalar("zero", 0, TensorProto.INT64),
    scalar("one", 1, TensorProto.INT64),
    scalar("row", 2, TensorProto.INT64),
    scalar("column", 1, TensorProto.INT64),
    helper.make_tensor("both", TensorProto.INT64, [2], [1, 2]),
]
inputs = [
    helper.make_tensor_value_info(name, TensorProto.INT64, ["batch", "tokens"])
    for name in ("input_ids", "attention_mask", "token_type_ids")
]
logits = helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["batch", 1])
graph = helper.make_graph(nodes, "shared words", inputs, [logits], constants)
model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
checker.check_model(model, full_check=True)
save(model, FOLDER / "words.onnx")


def token(name, kind):
    return {"SpecialToken": {"id": name, "type_id": kind}}


def text(name, kind):
    return {"Sequence": {"id": name, "type_id": kind}}


def special(name):
    return {
        "id": VOCABULARY[name], "content": name, "single_word": False, "lstrip": False, "rstrip": False,
        "normalized": False, "special": True,
    }


tokenizer = {
    "version": "1.0",
    "truncation": None,
    "padding": None,
    "added_tokens": [special(name) for name in list(VOCABULARY)[:FIRST_WORD]],
    "normalizer": {"type": "Lowercase"},
    "pre_tokenizer": {"type": "BertPreTokenizer"},
    "post_processor": {
        "type": "TemplateProcessing",
        "single": [token("[CLS]", 0), text("A", 0), token("[SEP]", 0)],
        "pair": [token("[CLS]", 0), text("A", 0), token("[SEP]", 0), text("B", 1), token("[SEP]", 1)],
        "special_tokens": {
            name: {"id": name, "ids": [VOCABULARY[name]], "tokens": [name]} for name in ("[CLS]", "[SEP]")
        },
    },
    "decoder": None,
    "model": {"type": "WordLevel", "vocab": VOCABULARY, "unk_token": "[UNK]"},
}
(FOLDER / "tokenizer.json").write_text(json.dumps(tokenizer, indent=1) + "\n")
