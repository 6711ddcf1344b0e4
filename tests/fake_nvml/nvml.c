/* A management library that answers from environment variables, so that the real ctypes path of the
 * probe runs on a machine without a GPU. Built by tests/envs.py; with -DOLD it lacks what drivers of
 * 2018 lacked.
 *
 * FAKE_NVML_MODE       hang: nvmlInit never returns; error: it returns FAKE_NVML_ERROR (18)
 * FAKE_NVML_DRIVER     535.104.05
 * FAKE_NVML_CUDA       12020
 * FAKE_NVML_GPUS       "NAME|MAJOR.MINOR|TOTAL MiB|USED MiB|UTILISATION|MIG;NAME|…"
 * FAKE_NVML_PROCESSES  "GPU:PID:MiB,…"; PID may be `self`, MiB may be `?` (the driver does not say)
 * FAKE_NVML_PRINT      text that nvmlInit prints on stdout
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { OK = 0, INVALID = 2, NOT_SUPPORTED = 3, SMALL = 7 };
#define MAX 16
#define MIB (1024ULL * 1024ULL)

typedef struct {
  char name[96];
  int major, minor, mig;
  unsigned long long total, used;
  unsigned utilization;
  int instance; /* > 0: a MIG instance */
} gpu_t;

static gpu_t gpus[MAX], instances[2];
static int count;

static const char *value(const char *name, const char *otherwise) {
  const char *found = getenv(name);
  return found && *found ? found : otherwise;
}

static void load(void) {
  char *text = strdup(value("FAKE_NVML_GPUS", "NVIDIA L4|8.9|23034|1200|7|0")), *rest = text, *one;
  count = 0;
  while ((one = strsep(&rest, ";")) && count < MAX) {
    gpu_t *g = &gpus[count];
    memset(g, 0, sizeof *g);
    if (sscanf(one, "%95[^|]|%d.%d|%llu|%llu|%u|%d", g->name, &g->major, &g->minor, &g->total,
               &g->used, &g->utilization, &g->mig) >= 5)
      count++;
  }
  free(text);
  for (int i = 0; i < 2; i++) {
    memset(&instances[i], 0, sizeof instances[i]);
    snprintf(instances[i].name, sizeof instances[i].name, "NVIDIA A100 MIG %dg.5gb", i + 1);
    instances[i].total = 4864 * (i + 1);
    instances[i].instance = i + 1;
  }
}

static int start(void) {
  const char *mode = value("FAKE_NVML_MODE", "");
  if (getenv("FAKE_NVML_PRINT")) {
    printf("%s\n", getenv("FAKE_NVML_PRINT"));
    fflush(stdout);
  }
  if (!strcmp(mode, "hang"))
    for (;;) pause();
  if (!strcmp(mode, "error")) return atoi(value("FAKE_NVML_ERROR", "18"));
  load();
  return OK;
}

static int copy(char *out, unsigned size, const char *text) {
  snprintf(out, size, "%s", text);
  return OK;
}

int nvmlShutdown(void) { return OK; }
const char *nvmlErrorString(int code) {
  return code == 9    ? "Driver Not Loaded"
         : code == 18 ? "Driver/library version mismatch"
                      : "Unknown Error";
}
int nvmlSystemGetDriverVersion(char *out, unsigned size) {
  return copy(out, size, value("FAKE_NVML_DRIVER", "535.104.05"));
}
static int cuda(int *out) {
  *out = atoi(value("FAKE_NVML_CUDA", "12020"));
  return OK;
}
static int number(unsigned *out) {
  *out = (unsigned)count;
  return OK;
}
static int handle(unsigned index, void **out) {
  if ((int)index >= count) return INVALID;
  *out = &gpus[index];
  return OK;
}
#ifdef OLD
int nvmlInit(void) { return start(); }
int nvmlSystemGetCudaDriverVersion(int *out) { return cuda(out); }
int nvmlDeviceGetCount(unsigned *out) { return number(out); }
int nvmlDeviceGetHandleByIndex(unsigned index, void **out) { return handle(index, out); }
#else
int nvmlInit_v2(void) { return start(); }
int nvmlSystemGetCudaDriverVersion_v2(int *out) { return cuda(out); }
int nvmlDeviceGetCount_v2(unsigned *out) { return number(out); }
int nvmlDeviceGetHandleByIndex_v2(unsigned index, void **out) { return handle(index, out); }
#endif
int nvmlDeviceGetName(gpu_t *g, char *out, unsigned size) { return copy(out, size, g->name); }
int nvmlDeviceGetUUID(gpu_t *g, char *out, unsigned size) {
  char text[80];
  if (g->instance)
    snprintf(text, sizeof text, "MIG-00000000-0000-0000-0000-%012d", g->instance);
  else
    snprintf(text, sizeof text, "GPU-00000000-0000-0000-0000-%012d", (int)(g - gpus));
  return copy(out, size, text);
}
int nvmlDeviceGetMemoryInfo(gpu_t *g, unsigned long long *out) {
  out[0] = g->total * MIB;
  out[1] = (g->total - g->used) * MIB;
  out[2] = g->used * MIB;
  return OK;
}
#ifndef OLD
int nvmlDeviceGetCudaComputeCapability(gpu_t *g, int *major, int *minor) {
  *major = g->major;
  *minor = g->minor;
  return OK;
}
int nvmlDeviceGetMigMode(gpu_t *g, unsigned *now, unsigned *later) {
  if (g->major < 8) return NOT_SUPPORTED;
  *now = *later = (unsigned)g->mig;
  return OK;
}
int nvmlDeviceGetMaxMigDeviceCount(gpu_t *g, unsigned *out) {
  *out = g->mig ? 7 : 0;
  return OK;
}
int nvmlDeviceGetMigDeviceHandleByIndex(gpu_t *g, unsigned index, void **out) {
  if (!g->mig || index > 1) return 6; /* not found */
  *out = &instances[index];
  return OK;
}
#endif
int nvmlDeviceGetUtilizationRates(gpu_t *g, unsigned *out) {
  if (g->mig) return NOT_SUPPORTED;
  out[0] = g->utilization;
  out[1] = 0;
  return OK;
}

/* stride: 16 bytes {pid, used}; 24 bytes with the two MIG instance numbers. */
static int processes(gpu_t *g, unsigned *room, char *out, unsigned stride) {
  char *text = strdup(value("FAKE_NVML_PROCESSES", "")), *rest = text, *one;
  unsigned found = 0;
  int small = 0;
  while ((one = strsep(&rest, ","))) {
    int gpu;
    char pid[24], used[24];
    if (sscanf(one, "%d:%23[^:]:%23s", &gpu, pid, used) != 3 || gpu != (int)(g - gpus)) continue;
    if (found < *room) {
      unsigned id = strcmp(pid, "self") ? (unsigned)atoi(pid) : (unsigned)getpid();
      unsigned long long bytes = *used == '?' ? ~0ULL : strtoull(used, NULL, 10) * MIB;
      memset(out + found * stride, 0xFF, stride);
      memcpy(out + found * stride, &id, 4);
      memcpy(out + found * stride + 8, &bytes, 8);
    } else
      small = 1;
    found++;
  }
  free(text);
  *room = found;
  return small ? SMALL : OK;
}
#ifdef OLD
int nvmlDeviceGetComputeRunningProcesses(gpu_t *g, unsigned *room, void *out) {
  return processes(g, room, out, 16);
}
#else
int nvmlDeviceGetComputeRunningProcesses_v3(gpu_t *g, unsigned *room, void *out) {
  return processes(g, room, out, 24);
}
int nvmlDeviceGetGraphicsRunningProcesses_v3(gpu_t *g, unsigned *room, void *out) {
  *room = 0;
  return OK;
}
#endif
