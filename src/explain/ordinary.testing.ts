/** Errors of people's own code, as notebooks and terminals show them: none of them says anything of the environment. */
export const ORDINARY: Readonly<Record<string, string>> = {
  'a name that was never defined': `---------------------------------------------------------------------------
NameError                                 Traceback (most recent call last)
Cell In[3], line 1
----> 1 pritn("x")

NameError: name 'pritn' is not defined`,
  'a key of a dictionary': `Traceback (most recent call last):
  File "main.py", line 4, in <module>
    print(config["batch"])
KeyError: 'batch'`,
  'a column of a data frame': `KeyError                                  Traceback (most recent call last)
File /opt/conda/lib/python3.10/site-packages/pandas/core/indexes/base.py:3802, in Index.get_loc(self, key, method, tolerance)
   3801 try:
-> 3802     return self._engine.get_loc(casted_key)

File /opt/conda/lib/python3.10/site-packages/pandas/_libs/index.pyx:138, in pandas._libs.index.IndexEngine.get_loc()

KeyError: 'Survived'

The above exception was the direct cause of the following exception:

KeyError                                  Traceback (most recent call last)
Cell In[8], line 1
----> 1 df['Survived']

KeyError: 'Survived'`,
  'adding text to a number': `TypeError                                 Traceback (most recent call last)
<ipython-input-5-6f3e3a1fbe08> in <module>
----> 1 1 + "a"

TypeError: unsupported operand type(s) for +: 'int' and 'str'`,
  'an argument that a function of the user does not have': `Traceback (most recent call last):
  File "train.py", line 88, in <module>
    fit(model, epoch=3)
TypeError: fit() got an unexpected keyword argument 'epoch'`,
  'an argument that a library does not have': `TypeError                                 Traceback (most recent call last)
Cell In[11], line 1
----> 1 plt.plot(x, y, colour="red")

File /opt/conda/lib/python3.10/site-packages/matplotlib/artist.py:1067, in Artist._internal_update(self, kwargs)
AttributeError: Line2D.set() got an unexpected keyword argument 'colour'`,
  'a misspelt module of the user': `Traceback (most recent call last):
  File "main.py", line 1, in <module>
    from utlis import load
ModuleNotFoundError: No module named 'utlis'`,
  'a package that is not installed': `ModuleNotFoundError                       Traceback (most recent call last)
Cell In[1], line 1
----> 1 import seaborn as sns

ModuleNotFoundError: No module named 'seaborn'`,
  'a package that nobody installed, asked for in a cell': `ModuleNotFoundError                       Traceback (most recent call last)
Cell In[1], line 1
----> 1 import tf_keras

ModuleNotFoundError: No module named 'tf_keras'`,
  'a name that the own module lacks': `Traceback (most recent call last):
  File "/home/me/project/main.py", line 1, in <module>
    from helpers import clean_text
ImportError: cannot import name 'clean_text' from 'helpers' (/home/me/project/helpers.py)`,
  'a name that the user takes from the wrong module': `ImportError                               Traceback (most recent call last)
Cell In[2], line 1
----> 1 from sklearn.model_selection import train_test_splitt

ImportError: cannot import name 'train_test_splitt' from 'sklearn.model_selection' (/opt/conda/lib/python3.10/site-packages/sklearn/model_selection/__init__.py)`,
  'an attribute that the user misspelt': `AttributeError                            Traceback (most recent call last)
Cell In[4], line 1
----> 1 np.arrray([1])

File /opt/conda/lib/python3.10/site-packages/numpy/__init__.py:414, in __getattr__(attr)
    411 raise AttributeError("module {!r} has no attribute "
--> 414                      "{!r}".format(__name__, attr))

AttributeError: module 'numpy' has no attribute 'arrray'`,
  'a name that a cell asks for while a package calls it': `ImportError                               Traceback (most recent call last)
Cell In[6], line 5
      1 def parse(x):
----> 5 df.text.apply(parse)

File /opt/conda/lib/python3.10/site-packages/pandas/core/series.py:4630, in Series.apply(self, func, convert_dtype, args, **kwargs)
-> 4630 return SeriesApply(self, func, convert_dtype, args, kwargs).apply()

Cell In[6], line 2, in parse(x)
----> 2     from sklearn.utils import nonsense

ImportError: cannot import name 'nonsense' from 'sklearn.utils' (/opt/conda/lib/python3.10/site-packages/sklearn/utils/__init__.py)`,
  'an attribute in an app that a package runs': `Traceback (most recent call last):
  File "/opt/venv/lib/python3.11/site-packages/streamlit/runtime/scriptrunner/script_runner.py", line 534, in _run_script
    exec(code, module.__dict__)
  File "/home/me/app.py", line 12, in <module>
    x = np.float(3)
  File "/opt/venv/lib/python3.11/site-packages/numpy/__init__.py", line 305, in __getattr__
    raise AttributeError(__former_attrs__[attr])
AttributeError: module 'numpy' has no attribute 'float'.`,
  'an import of the own old code': `Traceback (most recent call last):
  File "/home/me/setup.py", line 1, in <module>
    from distutils.core import setup
ModuleNotFoundError: No module named 'distutils'`,
  'an attribute of an object': `AttributeError: 'NoneType' object has no attribute 'shape'`,
  'a file that is not there': `FileNotFoundError                         Traceback (most recent call last)
Cell In[2], line 1
----> 1 df = pd.read_csv("data/trian.csv")

File /opt/conda/lib/python3.10/site-packages/pandas/io/common.py:856, in get_handle()
FileNotFoundError: [Errno 2] No such file or directory: 'data/trian.csv'`,
  'shapes that do not fit': `ValueError                                Traceback (most recent call last)
Cell In[7], line 1
----> 1 np.ones((3, 2)) @ np.ones((3, 2))

ValueError: matmul: Input operand 1 has a mismatch in its core dimension 0, with gufunc signature (n?,k),(k,m?)->(n?,m?) (size 3 is different from 2)`,
  'matrices of PyTorch that do not fit': `RuntimeError                              Traceback (most recent call last)
File /opt/conda/lib/python3.10/site-packages/torch/nn/modules/linear.py:114, in Linear.forward(self, input)
--> 114     return F.linear(input, self.weight, self.bias)

RuntimeError: mat1 and mat2 shapes cannot be multiplied (32x784 and 512x10)`,
  'memory of the GPU': `OutOfMemoryError                          Traceback (most recent call last)
Cell In[12], line 3
----> 3 out = model(batch)

OutOfMemoryError: CUDA out of memory. Tried to allocate 2.00 GiB (GPU 0; 14.76 GiB total capacity; 12.11 GiB already allocated; 1.32 GiB free; 12.45 GiB reserved in total by PyTorch)`,
  'tensors on two devices': `RuntimeError: Expected all tensors to be on the same device, but found at least two devices, cuda:0 and cpu!`,
  'a label outside of the classes': `RuntimeError: CUDA error: device-side assert triggered
CUDA kernel errors might be asynchronously reported at some other API call, so the stacktrace below might be incorrect.`,
  'TensorFlow shapes': `InvalidArgumentError                      Traceback (most recent call last)
File /opt/conda/lib/python3.10/site-packages/keras/utils/traceback_utils.py:70, in filter_traceback.<locals>.error_handler(*args, **kwargs)
InvalidArgumentError: Graph execution error:

Detected at node 'categorical_crossentropy/softmax_cross_entropy_with_logits' defined at (most recent call last):
logits and labels must be broadcastable: logits_size=[32,10] labels_size=[32,5]`,
  'a request that took too long': `ReadTimeout                               Traceback (most recent call last)
File /opt/conda/lib/python3.10/site-packages/urllib3/connectionpool.py:468, in HTTPConnectionPool._make_request()
ReadTimeout: HTTPSConnectionPool(host='example.org', port=443): Read timed out. (read timeout=10)`,
  'an assertion': `AssertionError                            Traceback (most recent call last)
Cell In[2], line 1
----> 1 assert len(x) == 3, "three are needed"

AssertionError: three are needed`,
  'a syntax error': `  Cell In[6], line 2
    for i in range(3)
                     ^
SyntaxError: expected ':'`,
  'an indentation error': `  File "<tokenize>", line 4
    return x
    ^
IndentationError: unindent does not match any outer indentation level`,
  'an interrupt': `KeyboardInterrupt                         Traceback (most recent call last)
Cell In[2], line 1
----> 1 time.sleep(100)

KeyboardInterrupt: `,
  'a model that was not fitted': `NotFittedError                            Traceback (most recent call last)
File /opt/conda/lib/python3.10/site-packages/sklearn/utils/validation.py:1462, in check_is_fitted(estimator, attributes, msg, all_or_any)
NotFittedError: This RandomForestClassifier instance is not fitted yet. Call 'fit' with appropriate arguments before using this estimator.`,
  'an index beyond the end': `IndexError: list index out of range`,
  'a division by zero': `ZeroDivisionError: division by zero`,
  'JSON that is none': `JSONDecodeError: Expecting value: line 1 column 1 (char 0)`,
  'a deep recursion': `RecursionError: maximum recursion depth exceeded while calling a Python object`,
  'a model that is not on the hub': `OSError: bert-base-unkased is not a local folder and is not a valid model identifier listed on 'https://huggingface.co/models'
If this is a private repository, make sure to pass a token having permission to this repo`,
  'a command that failed': `CalledProcessError: Command '['git', 'clone', 'x']' returned non-zero exit status 128.`,
  'an own class without an argument': `TypeError: Net.__init__() missing 1 required positional argument: 'classes'`,
  'a permission': `PermissionError: [Errno 13] Permission denied: '/data/out.csv'`,
  'a text of ours in the source of an ordinary error': `---------------------------------------------------------------------------
NameError                                 Traceback (most recent call last)
Cell In[3], line 2
      1 # RuntimeError: operator torchvision::nms does not exist
----> 2 raise_("numpy.dtype size changed, may indicate binary incompatibility. Expected 96 from C header, got 88 from PyObject")

NameError: name 'raise_' is not defined`,
  'the same in a terminal': `Traceback (most recent call last):
  File "x.py", line 2, in <module>
    check("RuntimeError: Numpy is not available")
NameError: name 'check' is not defined`
};
