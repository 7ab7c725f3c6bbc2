// The same llama.cpp libraries used directly, for `candor bench --only engine` to be compared with.
//   cc -O2 peer.c -ldl -o peer;  peer FOLDER-OF-LIBRARIES MODEL.gguf THREADS CONTEXT
// Reads commands from standard input, a line each, and answers each with a line "tokens nanoseconds":
//   prefill FILE   forgets everything and computes the file's text
//   decode N       goes on greedily for N tokens
// The structs are opaque here: their sizes and offsets are those of llama.cpp v0.5.0 on 64-bit machines.
#include <dlfcn.h>
#include <glob.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

typedef struct { _Alignas(8) char bytes[80]; } model_params;
typedef struct { _Alignas(8) char bytes[160]; } context_params;
typedef struct { int32_t n_tokens; int32_t *token; float *embd; int32_t *pos; int32_t *n_seq_id; int32_t **seq_id; int8_t *logits; } batch;

enum { N_CTX = 0, N_THREADS = 28, N_THREADS_BATCH = 32 };

static void *library;

static void fail(const char *what) {
  fprintf(stderr, "peer: %s\n", what);
  exit(1);
}

static void open_library(const char *folder, const char *name) {
  char pattern[4096];
  glob_t found;
  snprintf(pattern, sizeof pattern, "%s/%s", folder, name);
  if (glob(pattern, 0, NULL, &found)) fail("no llama.cpp libraries there");
  library = dlopen(found.gl_pathv[0], RTLD_NOW | RTLD_GLOBAL);
  if (!library) fail(dlerror());
  globfree(&found);
}

static void *function(const char *name) {
  void *found = dlsym(library, name);
  if (!found) fail(dlerror());
  return found;
}

static long long now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1000000000LL + time.tv_nsec;
}

static void quiet(int level, const char *text, void *data) {
  (void)data;
  if (level == 4) fputs(text, stderr);
}

int main(int count, char **arguments) {
  if (count != 5) fail("peer FOLDER-OF-LIBRARIES MODEL.gguf THREADS CONTEXT");
  open_library(arguments[1], "libggml-base*.so");
  open_library(arguments[1], "libggml.*so");
  open_library(arguments[1], "libllama.*so");
  ((void (*)(void (*)(int, const char *, void *), void *))function("llama_log_set"))(quiet, NULL);
  ((void (*)(const char *))function("ggml_backend_load_all_from_path"))(arguments[1]);

  model_params with = ((model_params (*)(void))function("llama_model_default_params"))();
  void *model = ((void *(*)(const char *, model_params))function("llama_model_load_from_file"))(arguments[2], with);
  if (!model) fail("no model");
  context_params settings = ((context_params (*)(void))function("llama_context_default_params"))();
  int32_t threads = atoi(arguments[3]), size = atoi(arguments[4]);
  memcpy(settings.bytes + N_CTX, &size, 4);
  memcpy(settings.bytes + N_THREADS, &threads, 4);
  memcpy(settings.bytes + N_THREADS_BATCH, &threads, 4);
  void *context = ((void *(*)(void *, context_params))function("llama_init_from_model"))(model, settings);
  if (!context) fail("no context");

  const void *vocabulary = ((void *(*)(const void *))function("llama_model_get_vocab"))(model);
  int32_t words = ((int32_t (*)(const void *))function("llama_vocab_n_tokens"))(vocabulary);
  void *memory = ((void *(*)(const void *))function("llama_get_memory"))(context);
  void (*clear)(void *, bool) = (void (*)(void *, bool))function("llama_memory_clear");
  int32_t (*tokenize)(const void *, const char *, int32_t, int32_t *, int32_t, bool, bool) =
      (int32_t (*)(const void *, const char *, int32_t, int32_t *, int32_t, bool, bool))function("llama_tokenize");
  batch (*get_one)(int32_t *, int32_t) = (batch (*)(int32_t *, int32_t))function("llama_batch_get_one");
  int32_t (*decode)(void *, batch) = (int32_t (*)(void *, batch))function("llama_decode");
  float *(*logits)(void *, int32_t) = (float *(*)(void *, int32_t))function("llama_get_logits_ith");

  char line[4200];
  static char text[1 << 20];
  int32_t *tokens = malloc(size * sizeof *tokens);
  while (fgets(line, sizeof line, stdin)) {
    line[strcspn(line, "\n")] = 0;
    if (strncmp(line, "prefill ", 8) == 0) {
      FILE *file = fopen(line + 8, "rb");
      if (!file) fail("no such text");
      int32_t length = (int32_t)fread(text, 1, sizeof text, file);
      fclose(file);
      int32_t n = tokenize(vocabulary, text, length, tokens, size, false, true);
      if (n < 1 || n > size) fail("the text is too long");
      clear(memory, true);
      long long began = now();
      if (decode(context, get_one(tokens, n))) fail("llama_decode");
      logits(context, -1);
      printf("%d %lld\n", n, now() - began);
    } else if (strncmp(line, "decode ", 7) == 0) {
      int32_t n = atoi(line + 7);
      long long began = now();
      for (int32_t i = 0; i < n; i++) {
        float *row = logits(context, -1);
        int32_t best = 0;
        for (int32_t word = 1; word < words; word++) {
          if (row[word] > row[best]) best = word;
        }
        if (decode(context, get_one(&best, 1))) fail("llama_decode");
      }
      printf("%d %lld\n", n, now() - began);
    } else {
      fail("no such command");
    }
    fflush(stdout);
  }
  return 0;
}
