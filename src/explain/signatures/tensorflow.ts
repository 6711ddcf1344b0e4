/** TensorFlow and Keras. */
import { tensorflowBuild } from '../../compat/tensorflow';
import type { View } from '../../facts/view';
import { condaOwns, gpuBuild, tensorflowFindsWheels } from '../../rules/cuda';
import { condaInstall, pipInstall } from '../../rules/words';
import { publicVersion, satisfies } from '../../versions/pep440';
import { text } from '../../text/text';
import { cellFix, moveTo, reinstall, restartIfStale } from '../advice';
import { distributionOf } from '../names';
import { defineSignature, type IAdvice, type ISeen } from '../types';

/** cuDNN as this TensorFlow was built with, by the manager that owns TensorFlow. */
function rightCudnn(_seen: ISeen, view: View): IAdvice {
  const build = gpuBuild(view, 'tensorflow');
  if (!build) {
    return {};
  }
  const version = publicVersion(build.framework.version ?? '');
  const table = tensorflowBuild(version)?.value;
  const evidence = table?.cudnn
    ? [
        {
          text: text(
            'tensorflow %1 was built with cuDNN %2',
            version,
            table.cudnn
          ),
          path: build.path
        }
      ]
    : [];
  return {
    about: [build.distribution],
    evidence,
    fix: condaOwns(view, build.distribution)
      ? table?.cudnn
        ? cellFix([
            condaInstall([`cudnn=${table.cudnn}`], ['-c', 'conda-forge'])
          ])
        : null
      : tensorflowFindsWheels(version)
        ? cellFix([pipInstall(view, [`tensorflow[and-cuda]==${version}`])])
        : null
  };
}

export const cudnnOlder = defineSignature({
  id: 'tensorflow-cudnn-older',
  hints: ['Loaded runtime CuDNN library'],
  pattern:
    /Loaded runtime CuDNN library: (?<loaded>[\d.]{1,10}\d) but source was compiled with: (?<built>[\d.]{1,10}\d)/,
  grade: 'exact',
  covers: ['tensorflow-cudnn'],
  title: 'cuDNN %1 is loaded, the build needs %2',
  why: 'The cuDNN that is found must have the same major version and at least the minor version of the build.',
  args: seen => [seen.groups.loaded, seen.groups.built],
  about: seen =>
    /jax|xla_bridge|XlaRuntimeError/.test(seen.text)
      ? ['jax', 'LD_LIBRARY_PATH']
      : ['tensorflow', 'nvidia-cudnn-cu12', 'LD_LIBRARY_PATH'],
  rules: ['R61', 'R56', 'R58', 'R63', 'R57', 'R55'],
  advise: rightCudnn,
  examples: [
    `2023-04-06 12:44:35.570076: E tensorflow/compiler/xla/stream_executor/cuda/cuda_dnn.cc:417] Loaded runtime CuDNN library: 8.4.0 but source was compiled with: 8.6.0.  CuDNN library needs to have matching major version and equal or higher minor version. If using a binary install, upgrade your CuDNN library.  If building from sources, make sure the library loaded at runtime is compatible with the version specified during compile configuration.
2023-04-06 12:44:35.571376: W tensorflow/core/framework/op_kernel.cc:1830] OP_REQUIRES failed at conv_ops_fused_impl.h:625 : UNIMPLEMENTED: DNN library is not found.`
  ]
});

export const cudnnMissing = defineSignature({
  id: 'tensorflow-cudnn',
  hints: [
    'DNN library is not found',
    'Could not create cudnn handle',
    'Failed to get convolution algorithm',
    'Fail to find the dnn implementation'
  ],
  pattern:
    /DNN library is not found|Could not create cudnn handle: \w{1,60}|Failed to get convolution algorithm\. This is probably because cuDNN failed to initialize|Fail to find the dnn implementation/,
  grade: 'exact',
  title: 'cuDNN could not be started',
  why: 'The layer runs on the GPU by cuDNN, and the cuDNN that is found is missing, another version, or has no memory left.',
  about: seen =>
    /jax|xla_bridge/.test(seen.text) && !/tensorflow/.test(seen.text)
      ? ['jax', 'LD_LIBRARY_PATH']
      : ['tensorflow', 'LD_LIBRARY_PATH'],
  rules: ['R61', 'R62', 'R56', 'R58', 'R63', 'R55'],
  advise: rightCudnn,
  examples: [
    `---------------------------------------------------------------------------
UnimplementedError                        Traceback (most recent call last)
<ipython-input-20-b1a06131f182> in <module>
     16                     validation_data=(x_val, y_val),
---> 17                     callbacks = callbacks)

/usr/local/lib/python3.7/dist-packages/tensorflow/python/eager/execute.py in quick_execute(op_name, num_outputs, inputs, attrs, ctx, name)
     54     tensors = pywrap_tfe.TFE_Py_Execute(ctx._handle, device_name, op_name,
---> 55                                         inputs, attrs, num_outputs)

UnimplementedError: Graph execution error:

Detected at node 'sequential_2/conv2d_2/Conv2D' defined at (most recent call last):
DNN library is not found.
	 [[{{node sequential_2/conv2d_2/Conv2D}}]] [Op:__inference_train_function_32418]`,
    `2021-05-12 18:03:11.213561: E tensorflow/stream_executor/cuda/cuda_dnn.cc:336] Could not create cudnn handle: CUDNN_STATUS_NOT_INITIALIZED`
  ]
});

export const gpuLibraries = defineSignature({
  id: 'tensorflow-gpu-libraries',
  hints: ['Cannot dlopen some GPU libraries'],
  pattern: /Cannot dlopen some GPU libraries/,
  title: 'TensorFlow does not find its CUDA libraries',
  why: 'It falls back to the CPU: at least one of the libraries that it was built with is not where the loader looks.',
  about: ['tensorflow', 'LD_LIBRARY_PATH'],
  rules: ['R62', 'R61', 'R63', 'R55'],
  examples: [
    `2024-01-18 10:31:24.540325: W tensorflow/core/common_runtime/gpu/gpu_device.cc:2256] Cannot dlopen some GPU libraries. Please make sure the missing libraries mentioned above are installed properly if you would like to use GPU. Follow the guide at https://www.tensorflow.org/install/gpu for how to download and setup the required libraries for your platform.
Skipping registering GPU devices...`
  ]
});

export const brokenPackage = defineSignature({
  id: 'tensorflow-incomplete',
  hints: ["module 'tensorflow' has no attribute", "from 'tensorflow' (unknown"],
  pattern:
    /AttributeError: module 'tensorflow' has no attribute '(?<name>Variable|compat|constant|Tensor|io|keras|__version__|function|config|python|data|version|nn)'|cannot import name '\w{1,40}' from 'tensorflow' \(unknown location\)/,
  grade: 'exact',
  covers: ['attribute-of-other-version'],
  title: 'The TensorFlow that is imported is not whole',
  why: 'The folder `tensorflow` is there without its `__init__.py`, as after one of two distributions with the same folder was removed.',
  about: ['tensorflow'],
  rules: ['R25', 'R04', 'R10', 'R01', 'R05', 'R16'],
  advise: (_seen, view) => ({ fix: reinstall(view, 'tensorflow') }),
  examples: [
    `AttributeError                            Traceback (most recent call last)
<ipython-input-3-c6d6f1ed2d2f> in <module>()
----> 1 x = tf.Variable(3)

AttributeError: module 'tensorflow' has no attribute 'Variable'`,
    `  File "/opt/conda/lib/python3.7/site-packages/keras/backend/tensorflow_backend.py", line 17, in <module>
    if tf.compat.v1.executing_eagerly():
AttributeError: module 'tensorflow' has no attribute 'compat'`
  ]
});

export const tensorflow1Api = defineSignature({
  id: 'tensorflow-1-code',
  hints: ["module 'tensorflow' has no attribute", 'tensorflow.contrib'],
  pattern:
    /AttributeError: module 'tensorflow' has no attribute '(?<name>Session|placeholder|ConfigProto|GPUOptions|InteractiveSession|global_variables_initializer|get_default_graph|reset_default_graph|get_variable|variable_scope|contrib|app|flags|set_random_seed|log|logging|layers|train\.AdamOptimizer)'|No module named '(?<name2>tensorflow\.contrib)'/,
  grade: 'exact',
  covers: ['attribute-of-other-version'],
  title: 'Code for TensorFlow 1 runs on TensorFlow 2',
  why: '`%1` belongs to TensorFlow 1; TensorFlow 2 has it in `tf.compat.v1` or not at all.',
  args: seen => [seen.groups.name2 || `tf.${seen.groups.name}`],
  about: ['tensorflow'],
  rules: ['R20'],
  advise: (_seen, view) =>
    satisfies(view.dist('tensorflow')?.value.version ?? '', '<2') === true
      ? null
      : {},
  examples: [
    `Traceback (most recent call last):
  File "train.py", line 41, in <module>
    sess = tf.Session(config=config)
AttributeError: module 'tensorflow' has no attribute 'Session'`,
    `      1 import tensorflow as tf
----> 2 from tensorflow.contrib import rnn

ModuleNotFoundError: No module named 'tensorflow.contrib'`
  ]
});

export const keras3 = defineSignature({
  id: 'keras-3-transformers',
  hints: [
    'but this is not yet supported in Transformers',
    "No module named 'tf_keras'"
  ],
  pattern:
    /Your currently installed version of Keras is Keras 3, but this is not yet supported in Transformers|ModuleNotFoundError: No module named 'tf_keras'/,
  grade: 'exact',
  // In the user's own code it is a package that nobody installed.
  accept: seen =>
    /Transformers/.test(seen.text) || typeof seen.frames[0] === 'string',
  title: 'Keras 3 is installed, and Keras 2 is needed',
  why: 'What was imported was written for Keras 2, which lives on as the package `tf-keras`.',
  about: seen => [
    'keras',
    'tf-keras',
    ...(/Transformers/.test(seen.text) ? ['transformers'] : [])
  ],
  rules: ['R29'],
  advise: (_seen, view) => {
    const version = view.framework('tensorflow')?.value.version;
    const release = version ? /^\d+\.\d+/.exec(version)?.[0] : null;
    return view.has('tf-keras')
      ? (restartIfStale(view, ['tf-keras']) ?? {})
      : {
          fix: cellFix([
            pipInstall(view, [release ? `tf-keras==${release}.*` : 'tf-keras'])
          ])
        };
  },
  examples: [
    `RuntimeError: Failed to import transformers.models.bert.modeling_tf_bert because of the following error (look up to see its traceback):
Your currently installed version of Keras is Keras 3, but this is not yet supported in Transformers. Please install the backwards-compatible tf-keras package with \`pip install tf-keras\`.`,
    `Traceback (most recent call last):
  File "<stdin>", line 1, in <module>
  File "/opt/venv/lib/python3.11/site-packages/tensorflow_probability/python/internal/tf_keras.py", line 41, in <module>
    import tf_keras as _keras_module
ModuleNotFoundError: No module named 'tf_keras'`
  ]
});

export const kerasMoved = defineSignature({
  id: 'keras-module-moved',
  hints: ["No module named 'keras.", "No module named 'tensorflow.keras"],
  pattern:
    /ModuleNotFoundError: No module named '(?<name>keras\.(?:engine|src\.engine|layers\.core|layers\.recurrent|layers\.convolutional|layers\.normalization|legacy_tf_layers|preprocessing\.text|utils\.np_utils|utils\.generic_utils|optimizers\.\w{1,30}|wrappers|api\._v2)(?:\.\w{1,40}){0,3}|tensorflow\.keras\.(?:wrappers|layers\.experimental|optimizers\.\w{1,30})(?:\.\w{1,40}){0,3})'/,
  grade: 'exact',
  title: 'This Keras has no `%1`',
  why: 'The module belongs to an older Keras than the one that is installed.',
  args: seen => [seen.groups.name],
  about: seen => [
    ...seen.packages
      .slice(0, 1)
      .filter(name => !['keras', 'tensorflow'].includes(name))
      .map(name => distributionOf(name)),
    'keras',
    'tensorflow'
  ],
  rules: ['R29', 'R20'],
  examples: [
    `ModuleNotFoundError                       Traceback (most recent call last)
Cell In[1], line 1
----> 1 import tensorflow_addons as tfa

File /opt/conda/lib/python3.11/site-packages/tensorflow_addons/utils/types.py:29
     28 if Version(tf.__version__).release >= Version("2.13").release:
---> 29     from keras.src.engine import keras_tensor

ModuleNotFoundError: No module named 'keras.src.engine'`
  ]
});

export const tensorflowDll = defineSignature({
  id: 'tensorflow-dll',
  hints: ['_pywrap_tensorflow_internal', '_pywrap_tf2'],
  pattern:
    /DLL load failed(?: while importing (?:_pywrap_tensorflow_internal|_pywrap_tf2))?: (?:The specified module could not be found|A dynamic link library \(DLL\) initialization routine failed)/,
  grade: 'exact',
  accept: seen => /tensorflow/.test(seen.text),
  title: 'The compiled part of TensorFlow cannot be loaded',
  why: 'On Windows it needs the Visual C++ runtime of its release, and no second TensorFlow in the same folder.',
  about: ['tensorflow'],
  rules: ['R25', 'R01', 'R04', 'R10', 'R21', 'R71'],
  examples: [
    String.raw`Traceback (most recent call last):
  File "C:\Users\me\anaconda3\lib\site-packages\tensorflow\python\pywrap_tensorflow.py", line 62, in <module>
    from tensorflow.python._pywrap_tensorflow_internal import *
ImportError: DLL load failed while importing _pywrap_tensorflow_internal: A dynamic link library (DLL) initialization routine failed.`
  ]
});

/** Releases of TensorFlow Probability and the oldest TensorFlow they take: `_ensure_tf_install` of each. */
const PROBABILITY: readonly (readonly [string, string])[] = [
  ['0.25', '2.18'],
  ['0.24', '2.16'],
  ['0.23', '2.15'],
  ['0.22', '2.14']
];

export const tfpRange = defineSignature({
  id: 'tensorflow-probability-range',
  hints: ['This version of TensorFlow Probability requires'],
  pattern:
    /This version of TensorFlow Probability requires TensorFlow version >= (?<range>[\d.]{1,8}\d)(?:; Detected an installation of version (?<has>[\w.+-]{1,30}?)\.(?:\s|$))?/,
  grade: 'exact',
  title: 'TensorFlow Probability needs TensorFlow %1 or newer',
  why: 'It checks TensorFlow when it is imported and refuses an older one.',
  args: seen => [seen.groups.range],
  about: ['tensorflow-probability', 'tensorflow'],
  rules: ['R20'],
  advise: (_seen, view) => {
    const version =
      view.framework('tensorflow')?.value.version ??
      view.dist('tensorflow')?.value.version;
    const fits = PROBABILITY.find(
      ([, tensorflow]) =>
        version && satisfies(publicVersion(version), `>=${tensorflow}`)
    );
    return fits
      ? { fix: moveTo(view, 'tensorflow-probability', `==${fits[0]}.*`) }
      : {};
  },
  examples: [
    `ImportError: This version of TensorFlow Probability requires TensorFlow version >= 2.15; Detected an installation of version 2.13.0. Please upgrade TensorFlow to proceed.`
  ]
});
