/** Keras and protobuf beside TensorFlow, by the metadata of its wheels. */
import { isPreview, answer, releaseOf, rowOf } from './look';
import { TENSORFLOW_NEEDS, TF_KERAS } from './tables.generated';
import type { IAnswer } from './types';

/** Specifier set of the Keras that this TensorFlow asks for; empty: it brings its own. null: not known. */
export function kerasForTensorflow(version: string): IAnswer<string> | null {
  const row = rowOf(TENSORFLOW_NEEDS, version);
  return row ? answer(row.keras, row) : null;
}

/** Specifier set of the protobuf that this TensorFlow asks for; null: not known. */
export function protobufForTensorflow(version: string): IAnswer<string> | null {
  const row = rowOf(TENSORFLOW_NEEDS, version);
  return row ? answer(row.protobuf, row) : null;
}

/** Specifier set of the TensorFlow that this tf-keras asks for; null: not known. */
export function tensorflowForTfKeras(version: string): IAnswer<string> | null {
  const release = isPreview(version) ? null : releaseOf(version);
  const row = TF_KERAS.find(one => releaseOf(one.version) === release);
  return row ? answer(row.tensorflow, row) : null;
}

/** Specifier of the tf-keras that was released for this TensorFlow, `==2.16.*`; null: not known. */
export function tfKerasFor(tensorflow: string): IAnswer<string> | null {
  const release = isPreview(tensorflow) ? null : releaseOf(tensorflow);
  const row = TF_KERAS.find(one => releaseOf(one.version) === release);
  return row ? answer(`==${release}.*`, row) : null;
}
