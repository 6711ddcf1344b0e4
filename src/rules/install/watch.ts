/** What is known of packages before a resolver answers: which of them bring their own release of a framework. */

/** A package that asks for one release of a framework. */
export interface IWatched {
  /** Distributions, by normalised name. */
  readonly name: RegExp;
  /** What they move. */
  readonly moves: string;
  /** Where that was read. */
  readonly source: string;
}

/** Names whose recent releases pin a framework to one release. */
export const WATCHED: readonly IWatched[] = [
  {
    name: /^(torchvision|torchaudio|torchtext|torchdata|functorch)$/,
    moves: 'torch',
    source: 'Requires-Dist of the wheels'
  },
  {
    name: /^(xformers|vllm|sglang|lmdeploy|unsloth(-zoo)?|pytorch-triton|torch-tensorrt|fbgemm-gpu|torchrec|executorch)$/,
    moves: 'torch',
    source: 'facebookresearch/xformers#752'
  },
  {
    name: /^(fastai|auto-gptq|allennlp)$/,
    moves: 'torch',
    source: 'Requires-Dist of the wheels'
  },
  {
    name: /^(tensorflow-text|tf-models-official|tensorflow-decision-forests)$/,
    moves: 'tensorflow',
    source: 'Requires-Dist of the wheels'
  },
  {
    name: /^imageai$/,
    moves: 'keras',
    source: 'Requires-Dist of the wheels'
  }
];

/** Installed packages whose upgrade concerns others, when a command names them without saying which version. */
export const FOUNDATIONS: ReadonlySet<string> = new Set([
  'torch',
  'tensorflow',
  'numpy',
  'protobuf',
  'jax',
  'jaxlib',
  'keras',
  'transformers'
]);
