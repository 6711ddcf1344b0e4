/** transformers, huggingface_hub, sentence-transformers and their relatives. */
import { parseRequirement } from '../../versions/requirement';
import { satisfies } from '../../versions/pep440';
import { text } from '../../text/text';
import { moveTo, restartFix, restartIfStale, versionOf } from '../advice';
import { distributionOf } from '../names';
import { defineSignature, type ISeen } from '../types';

/** Names that huggingface_hub no longer has, and the release that dropped them. */
const DROPPED: Readonly<Record<string, string>> = {
  cached_download: '0.26',
  hf_cache_home: '0.26',
  Repository: '1.0',
  HfFolder: '1.0'
};

/** The package that imports: the innermost one of the traceback that is not the one that is imported. */
function asking(seen: ISeen, asked: string): string[] {
  const name = seen.packages.find(one => one !== asked);
  return name ? [distributionOf(name)] : [];
}

export const cachedDownload = defineSignature({
  id: 'huggingface-hub-too-new',
  hints: ["from 'huggingface_hub'"],
  pattern:
    /cannot import name '(?<name>cached_download|hf_cache_home|HfFolder|Repository)' from 'huggingface_hub(?:\.\w{1,30})?'/,
  grade: 'exact',
  covers: ['name-of-other-version'],
  title: 'huggingface_hub no longer has `%1`',
  why: 'The package that imports it was written for huggingface_hub below %2.',
  args: seen => [seen.groups.name, DROPPED[seen.groups.name]],
  about: seen => ['huggingface-hub', ...asking(seen, 'huggingface_hub')],
  rules: ['R40', 'R20', 'R01', 'R11'],
  advise: (seen, view) => {
    const limit = `<${DROPPED[seen.groups.name]}`;
    const stale = restartIfStale(view, ['huggingface-hub']);
    const has = versionOf(view, 'huggingface-hub');
    if (has !== null && satisfies(has, limit) === true) {
      return { fix: restartFix() };
    }
    const [owner] = asking(seen, 'huggingface_hub');
    return (
      stale ?? {
        fix: moveTo(
          view,
          'huggingface-hub',
          limit,
          owner
            ? text('Or update %1, which asks for it.', owner)
            : text('Or update the package that asks for it.')
        )
      }
    );
  },
  examples: [
    `---------------------------------------------------------------------------
ImportError                               Traceback (most recent call last)
Cell In[1], line 1
----> 1 from sentence_transformers import SentenceTransformer

File /opt/conda/lib/python3.10/site-packages/sentence_transformers/__init__.py:3
      1 __version__ = "2.2.2"
----> 3 from .datasets import SentencesDataset, ParallelSentencesDataset

File /opt/conda/lib/python3.10/site-packages/sentence_transformers/SentenceTransformer.py:12
---> 12 from huggingface_hub import HfApi, HfFolder, Repository, hf_hub_url, cached_download

ImportError: cannot import name 'cached_download' from 'huggingface_hub' (/opt/conda/lib/python3.10/site-packages/huggingface_hub/__init__.py)`
  ]
});

export const hubTooOld = defineSignature({
  id: 'huggingface-hub-too-old',
  hints: ["from 'huggingface_hub"],
  pattern:
    /cannot import name '(?<name>split_torch_state_dict_into_shards|DDUFEntry|export_entries_as_dduf|CommitInfo|HfFileSystem|get_full_repo_name|is_offline_mode|errors|reset_sessions|InferenceClient|get_session|ModelCard|snapshot_download|create_repo)' from 'huggingface_hub(?:\.\w{1,30})?'/,
  grade: 'exact',
  covers: ['name-of-other-version'],
  title: 'huggingface_hub has no `%1`',
  why: 'The package that imports it was written for another version of huggingface_hub.',
  args: seen => [seen.groups.name],
  about: seen => ['huggingface-hub', ...asking(seen, 'huggingface_hub')],
  rules: ['R40', 'R20', 'R19', 'R01', 'R11'],
  advise: (_seen, view) =>
    restartIfStale(view, ['huggingface-hub']) ?? {
      fix: moveTo(view, 'huggingface-hub', '')
    },
  examples: [
    `Traceback (most recent call last):
  File "/opt/venv/lib/python3.10/site-packages/diffusers/utils/import_utils.py", line 830, in _get_module
    return importlib.import_module("." + module_name, self.__name__)
  File "/opt/venv/lib/python3.10/site-packages/diffusers/models/modeling_utils.py", line 29, in <module>
    from huggingface_hub import create_repo, split_torch_state_dict_into_shards
ImportError: cannot import name 'split_torch_state_dict_into_shards' from 'huggingface_hub' (/opt/venv/lib/python3.10/site-packages/huggingface_hub/__init__.py)`
  ]
});

export const cacheFolder = defineSignature({
  id: 'cache-folder-unknown',
  hints: ["unexpected keyword argument 'cache_folder'"],
  pattern:
    /TypeError: (?:(?<owner>\w{1,60})\.)?(?<function>\w{1,60})\(\) got an unexpected keyword argument 'cache_folder'/,
  grade: 'exact',
  title: 'sentence-transformers does not know `cache_folder`',
  why: 'The argument was given to a sentence-transformers of another version than the caller was written for.',
  about: ['sentence-transformers', 'transformers', 'huggingface-hub'],
  rules: ['R40', 'R20', 'R19', 'R01', 'R11'],
  advise: (_seen, view) =>
    restartIfStale(view, [
      'sentence-transformers',
      'transformers',
      'huggingface-hub'
    ]) ?? {
      fix: moveTo(
        view,
        'sentence-transformers',
        '',
        text('It moves transformers and huggingface-hub with it.')
      )
    },
  examples: [
    `---------------------------------------------------------------------------
TypeError                                 Traceback (most recent call last)
Cell In[5], line 1
----> 1 embedding_function = SentenceTransformerEmbeddings(model_name="all-MiniLM-L6-v2")

File /opt/conda/lib/python3.10/site-packages/langchain_community/embeddings/huggingface.py:72, in HuggingFaceEmbeddings.__init__(self, **kwargs)
     71 self.client = sentence_transformers.SentenceTransformer(
---> 72     self.model_name, cache_folder=self.cache_folder, **self.model_kwargs
     73 )

TypeError: SentenceTransformer.__init__() got an unexpected keyword argument 'cache_folder'`,
    `Traceback (most recent call last):
  File "embed.py", line 4, in <module>
    model = SentenceTransformer("all-MiniLM-L6-v2", cache_folder="models")
TypeError: __init__() got an unexpected keyword argument 'cache_folder'`
  ]
});

export const hubGuard = defineSignature({
  id: 'transformers-guard',
  hints: ['is required for a normal functioning of this module'],
  pattern:
    /ImportError: (?<requirement>[A-Za-z0-9_.-]{1,40}[<>=!~][^\s]{1,80}) is required for a normal functioning of this module, but found (?<found>[A-Za-z0-9_.-]{1,40}==\S{1,30}\w|None)/,
  grade: 'exact',
  title: 'transformers refuses %1',
  why: 'It checks what it depends on when it is imported, and asks for %2.',
  args: seen => [seen.groups.found, seen.groups.requirement],
  about: seen => [
    parseRequirement(seen.groups.requirement)?.name ?? 'transformers',
    'transformers'
  ],
  rules: ['R40', 'R20', 'R19', 'R01', 'R11'],
  advise: (seen, view) => {
    const wanted = parseRequirement(seen.groups.requirement);
    if (!wanted) {
      return {};
    }
    const has = versionOf(view, wanted.name);
    return has !== null && satisfies(has, wanted.specifier) === true
      ? { fix: restartFix() }
      : { fix: moveTo(view, wanted.name, wanted.specifier) };
  },
  examples: [
    `Traceback (most recent call last):
  File "/opt/conda/lib/python3.10/site-packages/transformers/dependency_versions_check.py", line 57, in <module>
    require_version_core(deps[pkg])
  File "/opt/conda/lib/python3.10/site-packages/transformers/utils/versions.py", line 44, in _compare_versions
    raise ImportError(
ImportError: huggingface-hub>=0.19.3,<1.0 is required for a normal functioning of this module, but found huggingface-hub==1.0.0.
Try: \`pip install transformers -U\` or \`pip install -e '.[dev]'\` if you're working with git main`
  ]
});

export const torchTooOld = defineSignature({
  id: 'transformers-torch-too-old',
  hints: ['Disabling PyTorch because PyTorch'],
  pattern:
    /Disabling PyTorch because PyTorch ?>= ?(?<needs>[\d.]{1,8}) is required but found (?<has>[\w.+]{1,30}\w)/,
  grade: 'exact',
  title: 'transformers needs PyTorch %1, and finds %2',
  why: 'It goes on without PyTorch, so every model of it is missing.',
  args: seen => [seen.groups.needs, seen.groups.has],
  about: ['transformers', 'torch'],
  rules: ['R20', 'R19', 'R01', 'R11'],
  advise: (_seen, view) =>
    restartIfStale(view, ['torch', 'transformers']) ?? {},
  examples: [
    'Disabling PyTorch because PyTorch >= 2.1 is required but found 2.0.1'
  ]
});

export const accelerateMissing = defineSignature({
  id: 'accelerate-missing',
  hints: ['requires `accelerate', 'requires Accelerate'],
  pattern:
    /ImportError: Using (?:the )?`(?:Trainer|low_cpu_mem_usage=True|bitsandbytes)`[^\n]{0,80}? requires (?:`accelerate(?<range>[<>=]{1,2}[\d.]{1,10}\d)?`|Accelerate)/,
  grade: 'exact',
  title: 'transformers does not find Accelerate',
  why: 'It looks for the package once, when it is imported; what is installed later is seen after a restart.',
  about: ['accelerate', 'transformers'],
  rules: ['R20', 'R13'],
  advise: (seen, view) => {
    const range = seen.groups.range;
    const has = versionOf(view, 'accelerate');
    return has !== null && (!range || satisfies(has, range) === true)
      ? { fix: restartFix() }
      : { fix: moveTo(view, 'accelerate', range || '') };
  },
  examples: [
    `ImportError                               Traceback (most recent call last)
Cell In[9], line 1
----> 1 args = TrainingArguments("out")

File /opt/conda/lib/python3.10/site-packages/transformers/training_args.py:1787, in TrainingArguments._setup_devices(self)
   1786     if not is_accelerate_available(min_version="0.20.1"):
-> 1787         raise ImportError(

ImportError: Using the \`Trainer\` with \`PyTorch\` requires \`accelerate>=0.20.1\`: Please run \`pip install transformers[torch]\` or \`pip install accelerate -U\``
  ]
});
