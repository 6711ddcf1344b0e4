/** protobuf, OpenCV, and what depends on the version of something else in general. */
import { satisfies } from '../../versions/pep440';
import { text } from '../../text/text';
import { moveTo, reinstall, restartIfStale, versionOf } from '../advice';
import { askerOf } from '../frames';
import { distributionOf } from '../names';
import { defineSignature, type ISeen } from '../types';

/** The package whose generated code is loaded: the innermost one but protobuf itself. */
function generated(seen: ISeen): string[] {
  const name = seen.packages.find(one => one !== 'google');
  return name ? [distributionOf(name)] : [];
}

export const descriptors = defineSignature({
  id: 'protobuf-too-new',
  hints: ['Descriptors cannot not be created', 'Descriptors cannot be created'],
  pattern: /TypeError: Descriptors cannot (?:not )?be created directly/,
  grade: 'exact',
  title: 'protobuf is newer than the code of a package allows',
  why: 'The generated code of the package was made for protobuf below 3.21, and protobuf 4 refuses it.',
  about: seen => ['protobuf', ...generated(seen)],
  rules: ['R36', 'R20', 'R01', 'R11', 'R12'],
  advise: (_seen, view) => {
    const stale = restartIfStale(view, ['protobuf']);
    const has = versionOf(view, 'protobuf');
    if (has !== null && satisfies(has, '<3.21') === true) {
      return stale ?? null;
    }
    return (
      stale ?? {
        fix: moveTo(
          view,
          'protobuf',
          '<3.21',
          text('Or update the package whose code is old.')
        )
      }
    );
  },
  examples: [
    `---------------------------------------------------------------------------
TypeError                                 Traceback (most recent call last)
Cell In[1], line 1
----> 1 import tensorflow as tf

File /opt/conda/lib/python3.9/site-packages/tensorflow/core/framework/attr_value_pb2.py:16
     15 from tensorflow.core.framework import tensor_pb2

File /opt/conda/lib/python3.9/site-packages/google/protobuf/descriptor.py:560, in FieldDescriptor.__new__(cls, name)
--> 560   _message.Message._CheckCalledFromGeneratedFile()

TypeError: Descriptors cannot not be created directly.
If this call came from a _pb2.py file, your generated code is out of date and must be regenerated with protoc >= 3.19.0.
If you cannot immediately regenerate your protos, some other possible workarounds are:
 1. Downgrade the protobuf package to 3.20.x or lower.
 2. Set PROTOCOL_BUFFERS_PYTHON_IMPLEMENTATION=python (but this will use pure-Python parsing and will be much slower).`
  ]
});

export const gencode = defineSignature({
  id: 'protobuf-too-old',
  hints: [
    'incompatible Protobuf Gencode/Runtime',
    "from 'google.protobuf",
    "module 'google.protobuf"
  ],
  pattern:
    /Detected incompatible Protobuf Gencode\/Runtime versions when loading (?<file>\S{1,200}): gencode (?<gencode>[\d.]{1,12}\d),? runtime (?<runtime>[\d.]{1,12}\d)|cannot import name '(?<name>builder|runtime_version)' from 'google\.protobuf(?:\.internal)?'|module 'google\.protobuf\.descriptor' has no attribute '_internal_create_key'/,
  grade: 'exact',
  covers: ['name-of-other-version', 'attribute-of-other-version'],
  title: 'protobuf is older than the code of a package needs',
  why: 'The generated code of the package was made with a newer protobuf than the one that is imported.',
  about: seen => ['protobuf', ...generated(seen)],
  rules: ['R36', 'R20', 'R19', 'R01', 'R11', 'R12'],
  advise: (seen, view) => {
    const wanted = seen.groups.gencode
      ? `>=${seen.groups.gencode},<${Number(seen.groups.gencode.split('.')[0]) + 1}`
      : seen.groups.name === 'builder'
        ? '>=3.20,<4'
        : seen.groups.name === 'runtime_version'
          ? '>=5.26'
          : '>=3.12,<4';
    return (
      restartIfStale(view, ['protobuf']) ?? {
        fix: moveTo(view, 'protobuf', wanted)
      }
    );
  },
  examples: [
    `google.protobuf.runtime_version.VersionError: Detected incompatible Protobuf Gencode/Runtime versions when loading tensorflow/core/framework/tensor.proto: gencode 5.28.3 runtime 4.25.3. Runtime version cannot be older than the linked gencode version. See Protobuf version guarantees at https://protobuf.dev/support/cross-version-runtime-guarantee.`,
    `  File "/opt/conda/lib/python3.9/site-packages/onnx/onnx_ml_pb2.py", line 5, in <module>
    from google.protobuf.internal import builder as _builder
ImportError: cannot import name 'builder' from 'google.protobuf.internal' (/opt/conda/lib/python3.9/site-packages/google/protobuf/internal/__init__.py)`
  ]
});

export const messageFactory = defineSignature({
  id: 'protobuf-getprototype',
  hints: ["has no attribute 'GetPrototype'"],
  pattern:
    /AttributeError: '(?:MessageFactory|SymbolDatabase)' object has no attribute 'GetPrototype'/,
  grade: 'exact',
  title: 'protobuf no longer has `GetPrototype`',
  why: 'protobuf 5 and 6 dropped what the generated code of an older package calls.',
  about: seen => ['protobuf', ...generated(seen)],
  rules: ['R36', 'R20', 'R19'],
  advise: (_seen, view) =>
    restartIfStale(view, ['protobuf']) ?? {
      fix: moveTo(view, 'protobuf', '<5')
    },
  examples: [
    `File /usr/local/lib/python3.11/dist-packages/tensorflow/python/framework/ops.py:38
AttributeError: 'MessageFactory' object has no attribute 'GetPrototype'`
  ]
});

export const opencvPartial = defineSignature({
  id: 'opencv-mixed',
  hints: ["module 'cv2", "from 'cv2'", "'cv2' has no attribute"],
  pattern:
    /partially initialized module 'cv2' has no attribute '(?<name>\w{1,60})'|module 'cv2(?:\.cv2|\.dnn)?' has no attribute '(?<name2>gapi_wip_gst_GStreamerPipeline|_registerMatType|DictValue|xfeatures2d|ximgproc|legacy|aruco|imshow|imread)'|cannot import name '_registerMatType' from 'cv2\.cv2'/,
  grade: 'exact',
  covers: ['attribute-of-other-version', 'name-of-other-version'],
  title: 'The OpenCV that is imported is a mixture, or another build',
  why: 'Several OpenCV distributions write into one folder `cv2`, and what is imported is what the last of them left.',
  about: ['opencv-python'],
  rules: ['R24', 'R10', 'R04', 'R28'],
  advise: (seen, view) => {
    const name = seen.groups.name || seen.groups.name2;
    const own = distributionOf('cv2', view);
    return {
      about: [own],
      // These modules are in the contrib builds only.
      fix: /^(?:xfeatures2d|ximgproc|legacy)$/.test(name)
        ? null
        : reinstall(view, own)
    };
  },
  examples: [
    `---------------------------------------------------------------------------
AttributeError                            Traceback (most recent call last)
<ipython-input-1-c8ec22b3e787> in <module>
----> 1 import cv2

/usr/local/lib/python3.9/dist-packages/cv2/gapi/__init__.py in <module>
    301 cv.gapi.wip.GStreamerPipeline = cv.gapi_wip_gst_GStreamerPipeline

AttributeError: partially initialized module 'cv2' has no attribute 'gapi_wip_gst_GStreamerPipeline' (most likely due to a circular import)`
  ]
});

/** The package a module belongs to: `torch.onnx` → `torch`. */
function top(module: string): string {
  return module.split('.')[0];
}

/** Only between packages it is a matter of their versions. */
function betweenPackages(seen: ISeen): boolean {
  return askerOf(seen, top(seen.groups.module)) !== null;
}

function asker(seen: ISeen): string {
  return askerOf(seen, top(seen.groups.module)) ?? '';
}

export const nameOfOtherVersion = defineSignature({
  id: 'name-of-other-version',
  hints: ['cannot import name'],
  pattern:
    /ImportError: cannot import name '(?<name>\w{1,80})' from '(?<module>[A-Za-z_][\w.]{0,100})' \((?<path>[^)\n]{0,300}(?:site|dist)-packages[^)\n]{0,300})\)/,
  grade: 'general',
  accept: betweenPackages,
  title: '%1 asks %2 for `%3`, which this version does not have',
  why: 'The two packages were not made for each other in these versions.',
  args: seen => [
    distributionOf(asker(seen)),
    distributionOf(top(seen.groups.module)),
    seen.groups.name
  ],
  about: seen => [
    distributionOf(asker(seen)),
    distributionOf(top(seen.groups.module))
  ],
  rules: ['R20', 'R40', 'R19', 'R01', 'R03', 'R11', 'R12', 'R04', 'R23'],
  advise: (seen, view) =>
    restartIfStale(view, [
      distributionOf(top(seen.groups.module), view),
      distributionOf(asker(seen), view)
    ]) ?? {},
  examples: [
    `---------------------------------------------------------------------------
ImportError                               Traceback (most recent call last)
Cell In[2], line 1
----> 1 import flask

File /opt/conda/lib/python3.9/site-packages/flask/__init__.py:14
     13 from jinja2 import escape

ImportError: cannot import name 'escape' from 'jinja2' (/opt/conda/lib/python3.9/site-packages/jinja2/__init__.py)`
  ]
});

export const attributeOfOtherVersion = defineSignature({
  id: 'attribute-of-other-version',
  hints: ['has no attribute'],
  pattern:
    /AttributeError: module '(?<module>(?:numpy|scipy|pandas|torch|torchvision|tensorflow|keras|jax|jaxlib|transformers|sklearn|PIL|numba|google|typing_extensions|pydantic|pyarrow|matplotlib|OpenSSL|lib|triton)(?:\.[\w.]{1,80})?)' has no attribute '(?<name>\w{1,80})'/,
  grade: 'general',
  accept: betweenPackages,
  title: '%1 uses `%2.%3`, which this version does not have',
  why: 'The two packages were not made for each other in these versions.',
  args: seen => [
    distributionOf(asker(seen)),
    seen.groups.module,
    seen.groups.name
  ],
  about: seen => [
    distributionOf(asker(seen)),
    distributionOf(
      { lib: 'pyOpenSSL', OpenSSL: 'pyOpenSSL' }[top(seen.groups.module)] ??
        top(seen.groups.module)
    )
  ],
  rules: ['R20', 'R40', 'R37', 'R19', 'R01', 'R11', 'R12', 'R04'],
  advise: (seen, view) =>
    restartIfStale(view, [
      distributionOf(top(seen.groups.module), view),
      distributionOf(asker(seen), view)
    ]) ?? {},
  examples: [
    `Traceback (most recent call last):
  File "<stdin>", line 1, in <module>
  File "/opt/conda/lib/python3.9/site-packages/transformers/__init__.py", line 26, in <module>
    from . import dependency_versions_check
  File "/opt/conda/lib/python3.9/site-packages/transformers/utils/generic.py", line 455, in <module>
    _torch_pytree.register_pytree_node(
AttributeError: module 'torch.utils._pytree' has no attribute 'register_pytree_node'`
  ]
});

export const pydanticMoved = defineSignature({
  id: 'pydantic-2-moved',
  hints: ['PydanticImportError', 'PydanticUserError', 'pydantic-settings'],
  pattern:
    /PydanticImportError: `(?<name>[\w:.]{1,60})` has been (?:moved to the `(?<to>[\w-]{1,40})` package|removed in V2)/,
  grade: 'exact',
  title: 'pydantic 2 no longer has `%1`',
  why: 'The package that imports it was written for pydantic 1.',
  args: seen => [seen.groups.name],
  about: seen => [
    'pydantic',
    ...seen.packages
      .filter(one => one !== 'pydantic')
      .slice(0, 1)
      .map(one => distributionOf(one)),
    ...(seen.groups.to ? [seen.groups.to] : [])
  ],
  rules: ['R20', 'R01'],
  advise: (_seen, view) => ({
    fix:
      restartIfStale(view, ['pydantic'])?.fix ??
      moveTo(
        view,
        'pydantic',
        '<2',
        text('Or update the package that imports it.')
      )
  }),
  examples: [
    `File /opt/conda/lib/python3.10/site-packages/chromadb/config.py:1
----> 1 from pydantic import BaseSettings

File /opt/conda/lib/python3.10/site-packages/pydantic/_migration.py:296, in getattr_migration.<locals>.wrapper(name)
--> 296     raise PydanticImportError(

PydanticImportError: \`BaseSettings\` has been moved to the \`pydantic-settings\` package. See https://docs.pydantic.dev/2.5/migration/#basesettings-has-moved-to-pydantic-settings for more details.

For further information visit https://errors.pydantic.dev/2.5/u/import-error`
  ]
});
